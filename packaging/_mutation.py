"""The command `mutate` of packaging/dev.py: the tests each package is tried on, and what survives without a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from _run import ROOT, Stop, run, say

REASONS = ROOT / "packaging" / "mutants.md"
RESULTS = ROOT / "build" / "mutants"
MOST_SURVIVORS = 0.05
"""Of all mutants of all packages together. In one alone it may be more: much of what `store` does shows only where a
disk or another program fails, and each of its survivors has its reason in the table."""
MORE_SECONDS = "8"
"""So much longer than at first the tests may take for a mutant that nothing noticed before."""
TESTS: dict[str, tuple[str, ...]] = {
    "visit": ("tests/core/visit", "tests/core/exchange/test_pack_checks.py"),
    "figures": ("tests/core/figures", "tests/core/report/content", "tests/core/visit/test_figure_cache.py"),
    "store": (
        "tests/core/store",
        "tests/core/workspace",
        "tests/core/exchange/test_returns.py",
        "tests/core/test_old_files.py",
        "tests/core/test_broken_home.py",
        "tests/core/test_on_windows.py",
    ),
    "exchange": ("tests/core/exchange",),
}
"""For each package the tests that belong to it: those that would be run while it is changed."""


def mutate(python: Path, name: str, *, again: bool = False, sharp: bool = False) -> str:
    """Try every mutant of a package; says what survives and is not listed, and returns the figures in a line.

    Raises Stop when more than MOST_SURVIVORS survive of all packages together: of this one as it is now, of the others
    as the table of mutants.md says.
    """
    if name not in TESTS:
        raise Stop(f"{name} has no tests to be tried on; use one of: {', '.join(TESTS)}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    out = RESULTS / f"{name}.json"
    command: list[str | Path] = [python, "packaging/_mutate.py", f"reviewapp/{name}", "--out", out]
    command += [
        *(["--again", "--budget", MORE_SECONDS] if again else []),
        *(["--sharp"] if sharp else []),
        "--tests",
        *TESTS[name],
    ]
    run(command, extra={"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"})
    found = list(json.loads(out.read_text("utf-8")).values())
    survivors, listed = [one for one in found if one["outcome"] == "survived"], reasons()
    unlisted = [one for one in survivors if row(one) not in listed]
    for one in unlisted:
        say(f"{one['module']}:{one['line']} {one['function']}: {changed(one)}")
    counts = Counter(one["outcome"] for one in found)
    tried = counts["killed"] + counts["survived"]
    share = share_of_all(name, tried, counts["survived"])
    told = (
        f"{tried} mutants, {counts['survived']} survived ({len(unlisted)} without a reason in {REASONS.name}), "
        f"{counts['unreached']} reached by no test; of all packages together {share:.1%} survive"
    )
    if share > MOST_SURVIVORS:
        raise Stop(f"{name}: {told}; at most {MOST_SURVIVORS:.0%} may")
    return told


def share_of_all(name: str, tried: int, survived: int) -> float:
    """What share survives of all packages together, this one's figures in place of those in the table."""
    table = measured() | {name: (tried, survived)}
    every = sum(tried for tried, _ in table.values())
    return sum(survived for _, survived in table.values()) / every if every else 0.0


def measured() -> dict[str, tuple[int, int]]:
    """How many mutants of each package were tried and survived, by the table of figures in mutants.md."""
    rows = re.findall(r"^\| (\w+) \| \d+ \| (\d+) \| \d+ \| (\d+) \|", REASONS.read_text("utf-8"), re.M)
    return {name: (int(tried), int(survived)) for name, tried, survived in rows}


def reasons() -> set[str]:
    """The survivors that mutants.md lists: module, function and change of each."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| .+ \|$", REASONS.read_text("utf-8"), re.M)
    return {" ".join(cells) for cells in rows}


def row(one: dict[str, Any]) -> str:
    """A survivor as a row of the table names it."""
    return f"{Path(one['module']).name} {one['function']} {changed(one)}"


def changed(one: dict[str, Any]) -> str:
    """What was changed, in a line; a stroke would end the cell of a table."""
    before, after = (" ".join(one[side].split()).replace("|", "¦") for side in ("before", "after"))
    return f"`{_short(before)}` → `{_short(after)}`"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
