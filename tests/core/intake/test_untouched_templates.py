"""Our own empty sheets say nothing until they are filled in, and then exactly what was filled in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.intake import SHEETS, Intake, read_intake, template
from reviewapp.visit import rules
from reviewapp.visit.statements import Audit, CaseNote, SelfReview, Survey
from reviewapp.visit.validators import LONGEST_TEXT
from tests.core.intake.sheet_building import instrument, write_csv
from tests.core.plan.plan_building import visit

STANDARDS = [standard.number for standard in instrument().standards]
ITEMS = [item.item for item in instrument().audit]
comments = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\ufffe\uffff"), max_size=40),
    st.sampled_from(["=1+1", "+cmd", "#REF!", "007", "25%", "x" * 32_000, "'quoted"]),
)


def back(kind: str, cells: dict[str, Any], folder: Path, sheet: int = 1) -> Intake:
    """The empty sheet of a kind with these cells filled in, read again."""
    book = openpyxl.load_workbook(io.BytesIO(template(kind, instrument())))
    for address, value in cells.items():
        cell = book.worksheets[sheet][address]
        cell.value = value
        if isinstance(value, str) and value:
            cell.data_type = "s"
    book.save(folder / "sheet.xlsx")
    return read_intake(folder / "sheet.xlsx", kind, instrument(), visit())


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", list(SHEETS))
def test_an_empty_sheet_of_ours_says_nothing(tmp_path: Path, kind: str, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(template(kind, instrument(), suffix))
    found = read_intake(path, kind, instrument(), visit())
    assert (found.lines, found.words, found.not_taken) == ((), (), ())


@given(value=st.sampled_from(["met", "not_met", "na"]), comment=comments)
def test_a_self_review_says_what_was_filled_in(tmp_path_factory: Any, value: Any, comment: str) -> None:
    label = next(one.label for one in instrument().scale.values if one.value == value)
    found = back("self_review", {"E2": label, "F2": comment}, tmp_path_factory.mktemp("sheet"))
    (line,) = found.lines
    assert isinstance(line, SelfReview)
    rules.check(line, visit(), "host")
    assert (line.standard, line.value) == (STANDARDS[0], value)
    assert (line.comment or "") == comment if comment.strip() else line.comment is not comment
    assert (found.words, found.not_taken) == ((), ())


def test_a_comment_may_be_as_long_as_any_text_of_the_visit(tmp_path: Path) -> None:
    text = "x" * LONGEST_TEXT
    path = write_csv(tmp_path / "a.csv", [["Standard", "Rating", "Comment"], ["4", "Met", text]])
    (line,) = read_intake(path, "self_review", instrument(), visit()).lines
    assert line == SelfReview(standard="4", value="met", comment=text)


@given(answers=st.lists(st.sampled_from(["yes", "no", "na", "not_recorded"]), min_size=len(ITEMS), max_size=len(ITEMS)))
def test_an_audit_says_what_was_filled_in(tmp_path_factory: Any, answers: list[Any]) -> None:
    cells = {f"{chr(ord('B') + n)}2": answer.replace("_", " ") for n, answer in enumerate(answers)}
    found = back("audit", cells, tmp_path_factory.mktemp("sheet"))
    assert found.lines == (
        CaseNote(id="1"),
        *(Audit(case_note="1", item=item, value=value) for item, value in zip(ITEMS, answers, strict=True)),
    )
    assert found.not_taken == ()


@given(yes=st.integers(1, 100_000), no=st.integers(0, 100_000), na=st.integers(0, 100_000))
def test_survey_counts_are_those_filled_in(tmp_path_factory: Any, yes: int, no: int, na: int) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    rows: list[list[Any]] = [["group", "standard", "yes", "no", "na"], ["carer", "4", yes, no, na]]
    found = read_intake(write_csv(folder / "a.csv", rows), "survey", instrument(), visit())
    assert found.lines[0] == Survey(group="carer", standard="4", yes=yes, no=no, na=na)
    assert (found.words, found.not_taken) == ((), ())
