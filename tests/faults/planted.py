"""What the tests of the locked program share: a home with planted words, and the search for them in a process."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop, NewPerson

PASSPHRASE = "plantedpassphrase with three more words"
TEXTS = 60
LONGEST = 40
PATIENCE = 240
"""Seconds; only a program that hangs takes them."""

NEEDS = [
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


def all_words() -> set[str]:
    """Every planted word that is known once the visit is open."""
    return {planted(number) for number in range(TEXTS)}
