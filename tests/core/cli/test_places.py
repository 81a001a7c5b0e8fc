"""Trouble of the place, and limits: told at the door as what they are, never a fault in the program."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base import files, limits
from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.cli import app
from reviewapp.instruments import check
from reviewapp.instruments.library import Library
from reviewapp.store import driver
from reviewapp.store.damage import trouble_of
from reviewapp.visit.statements import Person, Rating
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.cli.support import PASSPHRASE, Shell, shell
from tests.core.homes import Team

__all__ = ["shell"]

NEW = (
    "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example team", "--organisation", "Example trust",
    "--date", "2026-11-17", "--person", "L1:lead",
)  # fmt: skip


class Place:
    """Runs commands on a home anywhere; each must be refused in one line that calls nothing a fault."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys, self._pass = capsys, folder / "pass"
        self._pass.write_text(PASSPHRASE)

    def refused(self, home: Path, *words: str) -> str:
        self._capsys.readouterr()
        code = app.main(["--home", str(home), "--passphrase-file", str(self._pass), *words])
        err = self._capsys.readouterr().err
        assert code == 1 and "fault in the program" not in err and "Traceback" not in err, err
        assert len(err.splitlines()) == 1 and err.startswith("error: ") and err.count("; ") >= 2, err
        return err


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    return Place(tmp_path, capsys)


def test_a_path_that_is_too_long_is_refused_before_anything_is_made(place: Place, tmp_path: Path) -> None:
    long = tmp_path.joinpath("a" * 200, "b" * 200, "c" * 100)
    assert "too long" in place.refused(long, *NEW)
    assert not (tmp_path / ("a" * 200)).exists()
    assert "name is too long" in place.refused(tmp_path / ("a" * 300), *NEW)


def test_the_longest_path_that_is_taken_holds_a_visit_and_its_backup(tmp_path: Path) -> None:
    from reviewapp.store.visit_folders import LONGEST_PATH

    room = LONGEST_PATH - len(os.fsencode(tmp_path)) - 2
    home = tmp_path / ("a" * (room // 2)) / ("b" * (room - room // 2))
    laptop, _ = Laptop.create(home, PASSPHRASE)
    visit = laptop.open_visit(_new(laptop))
    visit.back_up_now()
    assert all(one.ok for one in visit.check_integrity())
    visit.close()


def _new(laptop: Laptop) -> str:
    return laptop.new_visit(
        instrument="qn-crhtt-4-pc", service="Example team", organisation="Example trust", date="2026-11-17",
        people=[NewPerson("L1", "lead")],
    )  # fmt: skip


def test_a_home_that_is_a_file_or_below_one_is_told(place: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        for words in (NEW, ("visits",)):
            assert str(home) in place.refused(home, *words)


@pytest.fixture
def read_only(shell: Shell, tmp_path: Path) -> Iterator[Path]:
    """L1's home on a file system that can only be read."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    folder = tmp_path / "mounted"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a file system cannot be mounted here")
    shutil.copytree(shell.folder / "L1", folder / "L1")
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    yield folder / "L1"
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_home_that_can_only_be_read_is_told(shell: Shell, read_only: Path, place: Place, tmp_path: Path) -> None:
    (tmp_path / "line").write_text('{"kind":"rating","standard":"47","value":"met"}')
    assert "read-only" in place.refused(read_only, "record", shell.visit, str(tmp_path / "line"), "--as", "L1")
    assert "is read-only" in place.refused(read_only, *NEW)
    assert (
        app.main(
            ["--home", str(read_only), "--passphrase-file", str(tmp_path / "pass"), "visit", "status", shell.visit]
        )
        == 0
    )


def test_too_many_open_files_is_told(shell: Shell, place: Place, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = [open(os.devnull) for _ in range(8)]  # noqa: SIM115
    resource.setrlimit(resource.RLIMIT_NOFILE, (held[-1].fileno() + 1, hard))
    try:
        taken = []
        with pytest.raises(OSError, match="Too many open files"):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        code = app.main(["--home", str(shell.folder / "L1"), "--passphrase-file", str(shell.folder / "pass"), "visits"])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for descriptor in taken:
            os.close(descriptor)
        for stream in held:
            stream.close()
    err = shell.capsys.readouterr().err
    assert code == 1 and "fault" not in err and len(err.splitlines()) == 1, err


@pytest.mark.parametrize("most", [6, 7, 8, 9, 10])
def test_where_no_more_files_may_be_opened_that_is_what_is_told(shell: Shell, most: int) -> None:
    """Not that a stick is gone, or that there is no room: what was to be opened says anything but the real reason."""
    options = ["--home", str(shell.folder / "L1"), "--passphrase-file", str(shell.folder / "pass")]
    run = subprocess.run(
        [sys.executable, "-c", _FEW_FILES, str(most), *options, "visit", "verify", shell.visit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1 and len(run.stderr.splitlines()) == 1, run.stderr
    assert "may not open so many files at once" in run.stderr and "ulimit -n" in run.stderr
    assert "stick" not in run.stderr and "space" not in run.stderr


_FEW_FILES = """
import resource, sys
from reviewapp.cli.app import main
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
raise SystemExit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("number", sorted(files._PLAIN))
def test_every_known_trouble_of_a_place_is_told_in_words(number: int) -> None:
    told = trouble_of(OSError(number, os.strerror(number), "/a/place"))
    assert (
        told is not None and "/a/place cannot be used" in told.what and told.do and os.strerror(number) not in told.what
    )


def test_what_is_no_trouble_of_a_place_stays_a_fault() -> None:
    assert trouble_of(OSError(errno.EBADF, "Bad file descriptor")) is None
    assert trouble_of(ValueError("odd")) is None
    with pytest.raises(driver.DatabaseError) as caught:
        driver.in_memory().execute("SELECT * FROM nothing")
    assert trouble_of(caught.value) is None
    assert trouble_of(MemoryError()) is not None


def test_a_visit_whose_folder_vanished_or_was_replaced_saves_nothing_into_the_void(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(Rating(standard="47", value="met"))
    folder = team.laptops["L1"].home.visit_folder(team.visit_id)
    folder.rename(folder.with_name("away"))
    with pytest.raises(ReviewError, match="is missing or has been replaced"):
        visit.record(Rating(standard="4", value="met"))
    folder.with_name("away").rename(folder)
    visit.record(Rating(standard="4", value="met"))
    assert visit.state.ratings["4/L1"].value == "met"


# Limits ------------------------------------------------------------------------------------------------------------


def long_standards(folder: Path, letters: int) -> Path:
    path = folder / f"{letters}.csv"
    lines = [f"{number},1,Care,Statement {number},{'g' * (letters // 300)}" for number in range(1, 301)]
    path.write_text("\n".join(["number,type,section,statement,guidance", *lines]))
    return path


def test_standards_that_no_pack_could_hold_are_refused_at_import(shell: Shell) -> None:
    shell(
        "L1", "instruments", "import", long_standards(shell.folder, 1_200_000), "--id", "big", "--title", "Big", code=1
    )
    assert "shorten" in shell.err and "another laptop" in shell.err
    assert "big" not in {one["id"] for one in shell.json("L1", "instruments", "list")["instruments"]}


def test_the_largest_standards_that_are_taken_travel(shell: Shell) -> None:
    shell("L1", "instruments", "import", long_standards(shell.folder, 900_000), "--id", "big", "--title", "Big")
    words = [word if word != "qn-crhtt-4-pc" else "big" for word in NEW]
    visit = shell("L1", *words, "--person", "R2:clinician").strip()
    shell("L1", "visit", "pack", visit, shell.folder / "bigpack", "--phrase-file", shell.folder / "phrase")
    shell("R2", "visit", "join-as", shell.folder / "bigpack", "--as", "R2", "--phrase-file", shell.folder / "phrase")
    assert check.LARGEST < limits.LONGEST_LINE_OF_FORMAT_1


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux.v2", "ends-with-a-dot."])
def test_an_id_that_is_no_file_name_on_windows_is_refused(tmp_path: Path, name: str) -> None:
    import msgspec

    from reviewapp.instruments.library import builtin

    with pytest.raises(Invalid, match="Windows") as caught:
        Library(tmp_path).add(msgspec.structs.replace(builtin()[0], id=name))
    assert caught.value.field == "id" and list(tmp_path.iterdir()) == []


def test_codes_that_differ_by_case_only_are_refused(team: Team) -> None:
    with pytest.raises(Invalid, match="same code"):
        team.laptops["L1"].new_visit(
            instrument="qn-crhtt-4-pc", service="a", organisation="b", date="2026-11-17",
            people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician"), NewPerson("r2", "clinician")],
        )  # fmt: skip
    with pytest.raises(Invalid, match="capital letters"):
        team.visit("L1").record(Person(code="r2", role="clinician"))


@pytest.mark.parametrize("name", ["x" * 301, "two\nlines", "half \ud800"])
def test_a_name_that_no_document_holds_is_refused_at_the_door(team: Team, name: str) -> None:
    people = [NewPerson("L1", "lead", name)]
    for service, who in (("Example team", people), (name, [NewPerson("L1", "lead")])):
        with pytest.raises(Invalid):
            team.laptops["L1"].new_visit(
                instrument="qn-crhtt-4-pc", service=service, organisation="b", date="2026-11-17", people=who
            )
    with pytest.raises(Invalid):
        team.visit("L1").record(Person(code="R9", role="clinician", name=name))


def test_whether_a_file_may_be_read_is_found_by_reading_it_and_is_never_wrong_usage(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.record("R2", '{"kind":"rating","standard":"47","value":"met"}', me="R2")
    target = shell.file("r2", "in the way")
    monkeypatch.setattr(os, "access", lambda *_: False)
    shell("R2", "visit", "return", shell.visit, target)
    shell("L1", "visit", "merge", shell.visit, target)
    shell("L1", "visit", "backup", shell.visit, target)
