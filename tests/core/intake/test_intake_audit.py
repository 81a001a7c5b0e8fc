from __future__ import annotations

from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.intake import read_intake
from reviewapp.visit.statements import Audit, CaseNote
from tests.core.intake.sheet_building import instrument, write_csv, write_xlsx


def read(path):
    return read_intake(path, "audit", instrument())


def test_answers_are_taken_and_blanks_left_open(tmp_path):
    rows: list[list[Any]] = [["case_note", "A1", "a2"], [1, "yes", "Not recorded"], ["2", "", "N/A"], [3, "", ""]]
    found = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert found.lines == (
        CaseNote(id="1"),
        Audit(case_note="1", item="A1", value="yes"),
        Audit(case_note="1", item="A2", value="not_recorded"),
        CaseNote(id="2"),
        Audit(case_note="2", item="A2", value="na"),
    )
    assert found.summary == "Audit of 2 case notes: 3 answers to 2 items."


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["A1"], ["yes"]], 'has no column "case_note"'),
        ([["case note"], ["1"]], "has no column headed with the items of the audit"),
        ([["case note", "A1", "A9"], ["1", "yes", "no"]], "cell C1: the heading 'A9' is not an item"),
        ([["case note", "A1", "A1"], ["1", "yes", "no"]], "cell C1: item A1 has two columns"),
        ([["case note", "A1"], ["1", "perhaps"]], "cell B2: 'perhaps' is not an answer"),
        ([["case note", "A1"], ["", "yes"]], "cell A2: the row has answers but no case note"),
        ([["case note", "A1"], ["1", "yes"], ["1", "no"]], "cell A3: case note 1 already has different answers"),
        ([["case note", "A1"], ["943 476 5919", "yes"]], "cell A2: it looks like an NHS number"),
        ([["case note", "A1"], ["NHS9434765919", "yes"]], "cell A2: it looks like an NHS number"),
        ([["case note", "A1"], ["NHS/943.476-5919", "yes"]], "cell A2: it looks like an NHS number"),
        ([["case note", "A1"], ["AB123456C", "yes"]], "cell A2: it looks like a National Insurance number"),
        ([["case note", "A1"], ["07700900123", "yes"]], "cell A2: it looks like a telephone number"),
        ([["case note", "A1"], ["J. Example/2", "yes"]], "cell A2: 'J. Example/2' cannot be the number"),
        ([["case note", "A1"], ["1", "=TRUE()"]], "cell B2: it contains a formula"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_taken(tmp_path, rows, told):
    with pytest.raises(Invalid) as caught:
        read(write_csv(tmp_path / "a.csv", rows))
    assert told in caught.value.what
    assert caught.value.kept == "nothing was imported"
