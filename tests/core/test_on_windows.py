"""What only Windows does to a program, played by a double: held files, cp1252, names; it was never run there."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from reviewapp.base import files
from reviewapp.base.errors import ReviewError
from reviewapp.base.file_names import is_portable, portable
from reviewapp.base.files import save_file
from reviewapp.cli import app, common
from reviewapp.cli.streams import json_for
from reviewapp.store import deletion
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.purge import purge
from tests.core.homes import PASSPHRASE, Team
from tests.core.report.reading import pdf_text
from tests.windows_double import WindowsDouble, names_that_windows_refuses, windows

__all__ = ["windows"]


# A target open in Word or Excel -----------------------------------------------------------------------------------


def test_a_file_open_in_another_program_is_tried_for_a_second_and_then_named(
    windows: WindowsDouble, tmp_path: Path
) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    windows.hold(target)
    with pytest.raises(ReviewError, match="open in another program: close it there"):
        save_file(target, b"new")
    assert 0.9 < windows.waited < 1.5
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]
    windows.let_go()
    save_file(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_file_that_a_scanner_holds_for_a_moment_is_written(windows: WindowsDouble, tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    target.write_bytes(b"old")
    windows.hold(target, pauses=3)
    save_file(target, b"new")
    assert target.read_bytes() == b"new" and windows.waited == pytest.approx(3 * files.TRY_AGAIN_AFTER)


def test_a_folder_without_the_right_to_write_is_not_called_open_elsewhere() -> None:
    denied = PermissionError(13, "Access is denied", "x")
    denied.winerror = 5  # type: ignore[attr-defined, unused-ignore]
    assert files.reason_of(denied) == "permission is denied"
    assert files.reason_of(denied, replacing=Path("nothing-there")) == "permission is denied"


# Purge and restore ------------------------------------------------------------------------------------------------


def test_a_purge_goes_on_when_a_file_is_held_and_the_rest_goes_later(windows: WindowsDouble, team: Team) -> None:
    team.visit("R2").record(Rating(standard="47", value="met"))
    team.visits.pop("R2").close()
    laptop = team.laptops["R2"]
    folder = laptop.home.visit_folder(team.visit_id)
    windows.hold(folder / "visit.db")
    written = purge(laptop, team.visit_id, certificate=team.folder / "c", force=True)
    assert written.left == (str(folder / "visit.db"),)
    assert laptop.visits() == [], "what is left is no visit"
    assert sorted(path.name for path in folder.iterdir()) == [deletion.MARK, "visit.db"]
    told = json.loads((team.folder / "c.json").read_text())
    assert told["left"] == list(written.left) and told["entries"] == written.entries
    assert "couldnotbedeleted" in pdf_text((team.folder / "c.pdf").read_bytes())
    Laptop.open(team.folder / "R2", PASSPHRASE)
    assert folder.exists(), "still held"
    windows.let_go()
    Laptop.open(team.folder / "R2", PASSPHRASE)
    assert not folder.exists()


def test_a_purge_whose_key_is_held_destroys_nothing(windows: WindowsDouble, team: Team) -> None:
    team.visit("R2").record(Rating(standard="47", value="met"))
    team.visits.pop("R2").close()
    laptop = team.laptops["R2"]
    windows.hold(laptop.home.visit_folder(team.visit_id) / "key.json")
    with pytest.raises(ReviewError, match="cannot be destroyed") as caught:
        purge(laptop, team.visit_id, certificate=team.folder / "c", force=True)
    assert "nothing of the visit was destroyed" in str(caught.value)
    assert not list(team.folder.glob("c.*")), "no certificate of what did not happen"
    windows.let_go()
    visit = laptop.open_visit(team.visit_id)
    assert visit.state.ratings["47/R2"].value == "met"
    visit.close()


def test_the_command_line_says_what_is_left_and_that_the_key_is_gone(
    windows: WindowsDouble, team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    team.visit("R2")
    team.visits.pop("R2").close()
    (team.folder / "pass").write_text(PASSPHRASE)
    windows.hold(team.folder / "R2" / "visits" / team.visit_id / "visit.db")
    words = ["--home", str(team.folder / "R2"), "--passphrase-file", str(team.folder / "pass"), "visit", "purge"]
    assert app.main([*words, team.visit_id, "--force", "--certificate", str(team.folder / "c")]) == 0
    err = capsys.readouterr().err
    assert "its key is gone" in err and "visit.db" in err and "Traceback" not in err


@pytest.mark.parametrize("pauses", [2, 10**9])
def test_a_restore_over_a_held_visit_waits_or_leaves_it_as_it_is(
    windows: WindowsDouble, team: Team, pauses: int
) -> None:
    visit = team.visit("R2")
    visit.backup(team.folder / "copy.rvbackup")
    visit.record(Rating(standard="47", value="met"))
    team.visits.pop("R2").close()
    laptop = team.laptops["R2"]
    folder = laptop.home.visit_folder(team.visit_id)
    windows.hold(folder / "visit.db", pauses=pauses)
    if pauses == 2:
        laptop.restore(team.folder / "copy.rvbackup", PASSPHRASE)
    else:
        with pytest.raises(ReviewError, match="cannot be replaced"):
            laptop.restore(team.folder / "copy.rvbackup", PASSPHRASE)
        windows.let_go()
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".restoring")] == []
    opened = laptop.open_visit(team.visit_id)
    assert bool(opened.state.ratings) == (pauses != 2)
    opened.close()


def test_a_restore_that_cannot_give_its_name_puts_the_old_visit_back(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = team.visit("R2")
    visit.backup(team.folder / "copy.rvbackup")
    team.visits.pop("R2").close()
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name.startswith(".restoring"):
            raise PermissionError(13, "Access is denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(ReviewError, match="cannot be replaced"):
        team.laptops["R2"].restore(team.folder / "copy.rvbackup", PASSPHRASE)
    assert [one.problem for one in team.laptops["R2"].visits()] == [""]
    assert team.laptops["R2"].moved_aside() == []


# Streams ----------------------------------------------------------------------------------------------------------


def command(home: Path, secret: Path, *words: str) -> int:
    return app.main(["--home", str(home), "--passphrase-file", str(secret), *words])


def test_a_welsh_name_goes_through_a_pipe_of_windows(windows: WindowsDouble, tmp_path: Path) -> None:
    laptop, _ = Laptop.create(tmp_path / "L1", PASSPHRASE)
    service, trust = "T\u0177 Gwyn \N{SMILING FACE WITH SMILING EYES}", "Example trust \u201ccaf\xe9\u201d"
    person = "Sion G\u0175yn"
    visit = laptop.new_visit(
        instrument="qn-crhtt-4-pc", service=service, organisation=trust, date="2026-11-17",
        people=[NewPerson("L1", "lead", person)],
    )  # fmt: skip
    secret = tmp_path / "pass"
    secret.write_text(PASSPHRASE)
    (tmp_path / "lines").write_text(json.dumps({"kind": "passage", "place": "summary", "text": service}))
    assert command(tmp_path / "L1", secret, "record", visit, str(tmp_path / "lines"), "--as", "L1") == 0
    asked = (
        ("visits",), ("visit", "status", visit), ("visit", "verify", visit),
        ("visit", "history", visit, "person", "L1"),
        ("visit", "find", visit, "Gwyn"), ("instruments", "list"), ("report", visit, "--check"),
    )  # fmt: skip
    for words in asked:
        out, err = windows.streams()
        assert command(tmp_path / "L1", secret, *words, "--json") == 0, (words, err.getvalue())
        document = json.loads(out.getvalue().decode("ascii"))
        if words == ("visits",):
            assert document["visits"][0]["service"] == service
        out, err = windows.streams()
        assert command(tmp_path / "L1", secret, *words) == 0, (words, err.getvalue())
        out.getvalue().decode("cp1252")
    out, err = windows.streams()
    assert command(tmp_path / "L1", secret, "visit", "merge", visit, str(tmp_path / "T\u0177")) == 1
    assert b"fault" not in err.getvalue() and b"T\\u0177" in err.getvalue()


def test_a_document_is_the_same_for_every_encoding_of_the_pipe() -> None:
    document = msgspec.json.encode({"a": "T\u0177 \N{SMILING FACE WITH SMILING EYES} \u2028"}).decode()

    class Pipe:
        def __init__(self, encoding: str) -> None:
            self.encoding = encoding

    for encoding in ("cp1252", "cp850", "ascii", "utf-16", "mbcs"):
        text = json_for(Pipe(encoding), document)
        assert text.isascii() and json.loads(text) == json.loads(document)
    for encoding in ("utf-8", "UTF8", "utf_8_sig"):
        assert json_for(Pipe(encoding), document) == document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_with_a_secret_is_read_as_notepad_and_powershell_write_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "words").write_text("six w\u0175rds\r\n", encoding=encoding)
    assert common.read_secret(tmp_path / "words") == "six w\u0175rds"


def test_a_file_with_a_secret_in_a_code_page_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes("caf\xe9".encode("cp1252"))
    with pytest.raises(ReviewError, match="UTF-8"):
        common.read_secret(tmp_path / "words")


# Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("con", "con_"), ("NUL.txt", "NUL_.txt"), ("com1.rvreturn", "com1_.rvreturn"), ("ends. ", "ends"),
        ("a:b?.pdf", "a-b-.pdf"), ("", "_"), ("...", "_"), ("R2-2026-11-17.rvreturn", "R2-2026-11-17.rvreturn"),
        ("console.pdf", "console.pdf"), ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)  # fmt: skip
def test_a_name_is_made_one_that_every_system_takes(name: str, made: str) -> None:
    assert portable(name) == made and portable(made) == made
    assert is_portable(name) == (name == made)


def test_every_file_that_a_laptop_keeps_has_a_name_that_windows_takes(team: Team) -> None:
    team.visit("R2").back_up_now()
    team.visit("R2").backup(team.folder / "copy.rvbackup")
    team.visits.pop("R2").close()
    team.laptops["R2"].restore(team.folder / "copy.rvbackup", PASSPHRASE)
    assert names_that_windows_refuses(team.folder) == []


@pytest.mark.parametrize("visit", ["con", "NUL", "lpt1"])
def test_a_visit_whose_id_is_a_device_of_windows_gets_no_folder(team: Team, visit: str) -> None:
    with pytest.raises(ReviewError, match="not the id"):
        team.laptops["L1"].home.visit_folder(visit)
