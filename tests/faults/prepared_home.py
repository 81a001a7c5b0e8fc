"""What the fault tests share: a prepared home to copy, a worker to start, and what must hold afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import WrongPassphrase
from reviewapp.store import backup
from reviewapp.store.home import Home
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, Team
from tests.faults.worker import OTHER_PASSPHRASE

ROOT = Path(__file__).parents[2]
WORKER = [sys.executable, "-m", "tests.faults.worker"]
QUIET = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}


class PreparedHome(msgspec.Struct, frozen=True):
    """L1's home as it was before the fault, its key, the visit, and a return of R2's to join."""

    home: Path
    key: bytes
    visit: str
    file: Path

    def copy(self, folder: Path) -> PreparedHome:
        """The same in a folder of its own."""
        home = folder / "L1"
        shutil.copytree(self.home, home)
        return msgspec.structs.replace(self, home=home)

    def command(self, what: str, path: Path) -> list[str]:
        """How to start a worker on this home."""
        return [*WORKER, what, str(self.home), self.key.hex(), self.visit, str(path)]

    def opened(self) -> OpenVisit:
        """The visit after the fault."""
        return Laptop(Home(self.home, self.key)).open_visit(self.visit)


def prepare(folder: Path) -> PreparedHome:
    """A visit with some work in it, and a return with 44 ratings."""
    team = Team(folder)
    lead, reviewer = team.visit("L1"), team.visit("R2")
    lead.record(statements.Rating(standard="14", note="before"), statements.Passage(place="summary", text="before"))
    reviewer.record(
        *(statements.Rating(standard=s.number, value="met", note="n") for s in reviewer.state.instrument.standards)
    )
    lead.back_up_now()
    file = team.return_of("R2")
    team.close()
    return PreparedHome(folder / "L1", team.laptops["L1"].home.key, team.visit_id, file)


def check_nothing_is_lost(prepared: PreparedHome, reported: list[str]) -> None:
    """The store opens and is well, and everything that was reported as saved is there."""
    visit = prepared.opened()
    try:
        faults = [one.what for one in visit.check_integrity() if not one.ok]
        assert faults == [], faults
        assert [path.name for path in visit._store.folder.rglob(".*")] == [], "a crash leaves no copy behind"
        assert "before" in {item.value for item in visit.history("rating", "14/L1")}
        joined = {key for key in visit.state.ratings if key.endswith("/R2")}
        assert len(joined) in (0, 44), "a file is joined whole or not at all"
        drafts = {d.place: str(d.text) for d in visit.drafts() if isinstance(d, statements.Passage)}
        for line in reported:
            _check_reported(prepared, visit, line, drafts, joined)
        visit.record(statements.Rating(standard="54", note="and work goes on"))
    finally:
        visit.close()


def _check_reported(
    prepared: PreparedHome, visit: OpenVisit, line: str, drafts: dict[str, str], joined: set[str]
) -> None:
    what, *rest = line.split(maxsplit=2)
    if what == "note":
        number, count = rest
        assert f"note {count}" in {item.value for item in visit.history("rating", f"{number}/L1")}
    elif what == "draft":
        number, count = rest
        said = {item.value for item in visit.history("passage", f"p{number}")} | {drafts.get(f"p{number}")}
        assert any(text and int(str(text).split()[1]) >= int(count) for text in said)
    elif what == "joined":
        assert joined
    elif what == "backup":
        path, home = Path(rest[0]), Home(prepared.home, prepared.key)
        assert backup.count_entries(path, backup.key_here(home, path), prepared.home) > 0
    elif what == "export":
        assert Path(rest[0]).read_bytes().rstrip().endswith(b"%%EOF")


def whole_lines(text: str) -> list[str]:
    """The lines that were reported to the end."""
    return [line[:-1] for line in text.splitlines(keepends=True) if line.endswith("\n")]


# What the next start does first -----------------------------------------------------------------------------------


def as_it_was(mine: PreparedHome) -> PreparedHome:
    """Nothing to finish: it is looked at at once."""
    return mine


def all_old_or_all_new(mine: PreparedHome) -> PreparedHome:
    """One of the two passphrases opens this laptop; with it, the key of now."""
    keys = [_key(mine.home, passphrase) for passphrase in (PASSPHRASE, OTHER_PASSPHRASE)]
    (key,) = (one for one in keys if one is not None)
    assert (key == mine.key) == (keys[0] is not None), "the old passphrase goes with the old key"
    assert not [path for path in mine.home.iterdir() if path.name.startswith(".")], "nothing is left beside"
    return msgspec.structs.replace(mine, key=key)


def finished_or_taken_back(mine: PreparedHome) -> PreparedHome:
    """The next start finishes a restore or goes back to what was there; nothing half made is left."""
    assert Home.unlock(mine.home, PASSPHRASE).visit_ids() == [mine.visit]
    left = sorted(path.name for path in (mine.home / "visits").iterdir() if path.name != mine.visit)
    assert not [name for name in left if not name.startswith(".before-restore-")] and len(left) <= 1
    return mine


def _key(home: Path, passphrase: str) -> bytes | None:
    try:
        return Home.unlock(home, passphrase).key
    except WrongPassphrase:
        return None


# Faults by strace -------------------------------------------------------------------------------------------------

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
"""The calls by which the program changes what is on a disk. Reports go out by `writev` and are not among them."""


def needs_strace() -> None:
    """Skip, with the reason, where faults cannot be injected."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        pytest.skip("strace is not installed, so faults cannot be injected")
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("strace may not trace processes here, so faults cannot be injected")


def strace(command: list[str], log: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run under strace; what it saw is in `log`."""
    full = ["strace", "-f", "-o", str(log), *options, *command]
    return subprocess.run(full, capture_output=True, text=True, cwd=ROOT, env=QUIET, check=False, timeout=600)


def points_of(counts: dict[str, int], most: int | None) -> list[tuple[str, int]]:
    """Each of the calls by its name and number, or at most `most` of them, spread evenly."""
    points = [(call, number) for call, count in counts.items() for number in range(1, count + 1)]
    return points if most is None else points[:: -(-len(points) // most)]


def counted(prepared: PreparedHome, folder: Path, what: str) -> dict[str, int]:
    """How often one undisturbed run makes each of the calls."""
    folder.mkdir()
    done = strace(
        prepared.copy(folder).command(what, target(prepared, folder, what)),
        folder / "log",
        "-e",
        "trace=" + ",".join(CALLS),
    )
    assert done.returncode == 0, done.stderr
    names = re.findall(r"^\d+ +(\w+)\(", (folder / "log").read_text(), re.M)
    return {name: names.count(name) for name in CALLS if name in names}


def target(prepared: PreparedHome, folder: Path, what: str) -> Path:
    """The file an action works on."""
    return prepared.file if what in ("join", "day") else folder / f"made-by-{what}"
