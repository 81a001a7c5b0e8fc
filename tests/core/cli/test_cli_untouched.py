"""Our own sheets, sent back as they went out, are taken without a word, whatever was recorded before."""

from __future__ import annotations

import json

import pytest

from tests.core.cli.support import Shell

NOTHING: dict[str, list[object]] = {"changed": [], "new": [], "unknown": [], "duplicated": [], "conflicts": []}


@pytest.mark.parametrize("due", ["1899-12-31", "2126-09-30", "9999-12-31"])
def test_a_plan_with_any_due_day_comes_back_untouched(shell: Shell, due: str) -> None:
    line = {"kind": "action", "id": "AP1", "standard": "47", "action": "x" * 40_000, "due": due, "priority": 5}
    shell.record("L1", json.dumps(line), me="L1")
    sheet = shell.folder / "plan.xlsx"
    shell("L1", "plan", "export", shell.visit, sheet)
    assert shell.json("L1", "plan", "import", shell.visit, sheet) == NOTHING
    assert len(shell.json("L1", "visit", "history", shell.visit, "action", "AP1")) == 4, "nothing was recorded"


def test_answers_of_any_length_come_back_untouched(shell: Shell) -> None:
    for number, text in (("36", "The evidence is this. " * 1_000), ("47", "Long. " * 10_000)):
        line = {"kind": "response", "standard": number, "text": text, "evidence": text}
        shell.record("L1", json.dumps(line), me="host")
    sheet = shell.folder / "answers.xlsx"
    shell("L1", "report", shell.visit, "--response-sheet", sheet, "--reply-by", "2027-01-10")
    told = shell.json("L1", "intake", shell.visit, sheet, "--kind", "response")
    assert (told["lines"], told["entries"], told["notes"]) == (0, 0, [])
    assert told["summary"].splitlines()[0] == "No answer is filled in."
