"""A locked program holds nothing: its whole memory is searched for the passphrase and for what was said."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.faults.prepared_home import QUIET, ROOT

PASSPHRASE = "plantedpassphrase with three more words"
TEXTS = 60
LONGEST = 40
PATIENCE = 240
"""Seconds; only a program that hangs takes them."""

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="memory is read as on Linux"),
    pytest.mark.skipif(find_spec("PySide6") is None, reason="the desktop program needs Qt"),
]


def planted(number: int) -> str:
    return f"plantedtext{number:03d}end"


def make_home(folder: Path) -> None:
    laptop, __ = Laptop.create(folder, PASSPHRASE)
    visit_id = laptop.new_visit(
        instrument="qn-crhtt-4-pc",
        service="Example team",
        organisation="Example trust",
        date="2026-11-17",
        people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician")],
    )
    visit = laptop.open_visit(visit_id)
    standards = [one.number for one in visit.state.instrument.standards]
    lines: list[statements.Statement] = [
        statements.Interview(id="P1", group="patient", mode="phone", consent_notes=True, consent_quotes=True, people=1)
    ]
    for number in range(TEXTS):
        if number < len(standards):
            lines.append(statements.Rating(standard=standards[number], value="met", note=planted(number)))
        else:
            lines.append(statements.Quote(id=f"Q{number}", interview="P1", text=planted(number), tone="negative"))
    visit.record(*lines)
    visit.close()


def memory_of(process: int) -> list[bytes]:
    """Everything that can be read of a process's memory, region by region."""
    found = []
    with open(f"/proc/{process}/maps", encoding="ascii") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            low, high = (int(end, 16) for end in place.split("-"))
            if rights.startswith("r") and not re.search(r"\[v(var|sys|dso)", line):
                try:
                    memory.seek(low)
                    found.append(memory.read(high - low))
                except (OSError, OverflowError, ValueError):
                    continue  # memory of a device
    return found


def held_by(process: int) -> set[str]:
    """The planted words in a process's memory, in any of the ways in which Python or Qt keeps a text."""
    found = set()
    for region in memory_of(process):
        for way in ("utf-8", "utf-16-le", "utf-32-le"):
            begin = "planted".encode(way)
            at = region.find(begin)
            while at >= 0:
                after = region[at : at + 4 * LONGEST].decode(way, "replace")
                found.add(re.match(r"planted[a-z0-9]*", after)[0])  # type: ignore[index]
                at = region.find(begin, at + len(begin))
    return found


def wait_until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert process.poll() is None, "the program ended"
        assert time.monotonic() < end, "the program hangs"
        time.sleep(0.02)


def is_ready(process: int) -> bool:
    """Whether the program was started anew and has loaded what is needed after the passphrase."""
    command = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    return b"tests.faults.locked" not in command and "sqlcipher3" in Path(f"/proc/{process}/maps").read_text()


def test_the_memory_of_the_locked_program_holds_neither_the_passphrase_nor_anything_that_was_said(
    tmp_path: Path,
) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    make_home(home)
    typed = "plantedlast that was typed"
    (folder / "secret").write_text(f"{PASSPHRASE}\n{typed}\n", encoding="utf-8")
    words = {"plantedpassphrase", "plantedlast", *(planted(number) for number in range(TEXTS))}
    environment = QUIET | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "REVIEWAPP_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "tests.faults.locked", str(home), str(folder)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path) as process:
        try:
            wait_until((folder / "open").exists, process)
            try:
                assert words <= held_by(process.pid), "else the search finds nothing at all"
            except PermissionError:
                pytest.skip("this system lets no process look at another's memory")
            (folder / "lock").touch()
            wait_until(lambda: is_ready(process.pid), process)
            assert held_by(process.pid) == set()
            assert b"planted" not in Path(f"/proc/{process.pid}/environ").read_bytes()
        finally:
            process.kill()
    laptop = Laptop.open(home, PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    assert visit.state.ratings["47/L1"].note.startswith(typed), "what was being typed is saved"
    visit.close()


def test_a_program_that_crashes_leaves_nothing_of_its_memory() -> None:
    program = "import sys; from reviewapp.__main__ import main; main(); sys.stdin.read()"
    environment = QUIET | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, "--version"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0\s", limits)
        shared = Path(f"/proc/{process.pid}/coredump_filter")
        assert not shared.exists() or int(shared.read_text(), 16) == 0, "what is piped to a program takes no limit"
