"""A home on a disk that takes no write any more, read-only or full, can be read and its work got away."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from reviewapp.visit.statements import Passage
from reviewapp.workspace.laptop import Laptop
from tests.core.cli.support import EVERY_KIND, Shell
from tests.disks import mounted, needs_mounting, read_only

pytestmark = needs_mounting


def full(place: Path) -> None:
    """Fill the disk to its last byte."""
    with (place / "filler").open("wb", buffering=0) as filler:
        for size in (65536, 4096, 1):
            try:
                while filler.write(bytes(size)):
                    pass
            except OSError:
                continue


@pytest.fixture
def recorded(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """R2's laptop with one of every kind; what is kept for a moment lies in a folder that can be looked into."""
    (shell.folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shell.folder / "tmp"))
    shell.record("R2", EVERY_KIND, me="R2")
    return shell


def rescued(shell: Shell, home: str) -> None:
    """All of the work can be seen, and got away; what came away says the same."""
    before = shell.json("elsewhere", "visit", "status", shell.visit)["digest"]
    assert [one["problem"] for one in shell.json(home, "visits")["visits"] if one.get("problem")] == []
    assert shell.json(home, "visit", "status", shell.visit)["digest"] == before
    assert shell.json(home, "visit", "history", shell.visit, "rating", "47/R2")
    assert shell.json(home, "visit", "verify", shell.visit)["ok"]
    shell(home, "visit", "find", shell.visit, "a")
    shell(home, "report", shell.visit, "--pdf", shell.folder / "out.pdf")
    assert "will not list out.pdf" in shell.err
    shell(home, "visit", "return", shell.visit, shell.folder / "rescued.review")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "rescued.review")
    shell(home, "visit", "backup", shell.visit, shell.folder / "rescued")
    assert "will not list rescued" in shell.err
    shell("saved", "visit", "restore", shell.folder / "rescued")
    for other in ("L1", "saved"):
        assert len(shell.json(other, "visit", "history", shell.visit, "rating", "47/R2")) > 0
    assert shell.json("saved", "visit", "status", shell.visit)["figures"]
    assert list((shell.folder / "tmp").iterdir()) == [], "no copy stays behind"


def as_reference(shell: Shell) -> None:
    shell("R2", "visit", "backup", shell.visit, shell.folder / "reference")
    shell("elsewhere", "visit", "restore", shell.folder / "reference")


def test_a_home_that_can_only_be_read_is_read_reported_and_rescued(recorded: Shell) -> None:
    as_reference(recorded)
    with read_only(recorded.folder / "R2"):
        rescued(recorded, "R2")
        for words in (
            ("record", recorded.visit, recorded.folder / "lines.jsonl", "--as", "R2"),
            ("visit", "merge", recorded.visit, recorded.folder / "rescued.review"),
            ("visit", "withdraw", recorded.visit, "quote", "Q1", "--reason", "r"),
            ("passphrase", "new-code"),
        ):
            recorded("R2", *words, code=1)
            assert "is read-only" in recorded.err and len(recorded.err.splitlines()) == 1
        recorded("R2", "visit", "merge", recorded.visit, recorded.folder / "rescued.review", "--preview")
    recorded("R2", "visit", "status", recorded.visit)


def test_what_is_only_in_the_log_of_a_home_that_can_only_be_read_is_read_too(recorded: Shell) -> None:
    home = recorded.folder / "R2"
    laptop = Laptop.open(home, (recorded.folder / "pass").read_text().strip())
    visit = laptop.open_visit(recorded.visit)
    visit.save_draft(Passage(place="summary", text="being typed"))
    recorded.folder.joinpath("killed").mkdir()
    subprocess.run(["cp", "-a", str(home), str(recorded.folder / "killed" / "R2")], check=True)
    visit.close()
    killed = recorded.folder / "killed" / "R2"
    assert (killed / "visits" / recorded.visit / "visit.db-wal").stat().st_size
    with read_only(killed):
        recorded("killed/R2", "visit", "return", recorded.visit, recorded.folder / "r")
        assert "1 texts that were being typed are not in it" in recorded.err
        recorded("killed/R2", "visit", "backup", recorded.visit, recorded.folder / "b")
    recorded("saved", "visit", "restore", recorded.folder / "b")
    saved = Laptop.open(recorded.folder / "saved", (recorded.folder / "pass").read_text().strip())
    with_draft = saved.open_visit(recorded.visit)
    assert [line.values() for line in with_draft.drafts()] == [{"text": "being typed"}]
    with_draft.close()


def test_a_home_on_a_full_disk_is_read_and_backed_up_to_another_one(recorded: Shell) -> None:
    as_reference(recorded)
    small = recorded.folder / "small"
    small.mkdir()
    with mounted(small, "-t", "tmpfs", "-o", "size=8m", "none"):
        subprocess.run(["cp", "-a", str(recorded.folder / "R2"), str(small / "R2")], check=True)
        full(small)
        rescued(recorded, "small/R2")
        recorded("small/R2", "record", recorded.visit, recorded.folder / "lines.jsonl", "--as", "R2", code=1)
        assert "no room" in recorded.err
        recorded("small/R2", "visit", "backup", recorded.visit, small / "here", code=1)
        assert "no room" in recorded.err
        (small / "filler").unlink()
        assert recorded.json("small/R2", "visit", "verify", recorded.visit)["ok"]
        recorded("small/R2", "record", recorded.visit, recorded.folder / "lines.jsonl", "--as", "R2")
