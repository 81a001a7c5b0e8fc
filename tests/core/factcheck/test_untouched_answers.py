"""The response sheet that nobody touched says nothing when it comes back, whatever answers the visit accepts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.factcheck import read_answers
from reviewapp.intake import read_intake
from reviewapp.visit import rules
from reviewapp.visit.state import AgreedRecord, ResponseRecord, TextRecord, VisitState
from reviewapp.visit.statements import LocalContext, Response
from reviewapp.visit.validators import LONGEST_TEXT
from tests.core.factcheck.test_response_sheet import Sheet
from tests.core.plan.plan_building import visit
from tests.core.plan.test_import_sheet import office
from tests.core.plan.test_untouched import ODD

words = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(ODD))


def answered(text: str, evidence: str, outside: str, reason: str = "") -> VisitState:
    """A visit with an answer on standard 4, after the rules accepted it as they accept a form's."""
    state = visit()
    rules.check(Response(standard="4", text=text, evidence=evidence), state, "host")
    rules.check(LocalContext(standard="4", text=outside), state, "host")
    state.responses["4"] = ResponseRecord(key="4", person="host", standard="4", text=text, evidence=evidence)
    state.local_context["4/host"] = TextRecord(key="4/host", person="host", subject="4", text=outside)
    state.agreed["4"] = AgreedRecord(key="4", standard="4", value="not_met", reason=reason)
    return state


@given(text=words, evidence=words, outside=words, reason=words)
def test_whatever_answer_is_accepted_comes_back_untouched(
    tmp_path_factory: Any, text: str, evidence: str, outside: str, reason: str
) -> None:
    state = answered(text, evidence, outside, reason)
    path = tmp_path_factory.mktemp("answers") / "answers.xlsx"
    Sheet(state).book.save(path)
    found = read_intake(path, "response", state.instrument, state)
    assert (found.lines, found.summary) == ((), "No answer is filled in.")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_answer_may_be_as_long_as_any_text_of_the_visit(tmp_path: Path, suffix: str) -> None:
    from tests.core.intake.sheet_building import write_csv, write_xlsx

    text = "x" * (32_000 if suffix == "xlsx" else LONGEST_TEXT)
    write = write_xlsx if suffix == "xlsx" else write_csv
    path = write(tmp_path / f"a.{suffix}", [["Standard", "Your answer"], ["4", text]])
    (line,) = read_intake(path, "response", visit().instrument, visit()).lines
    assert line == Response(standard="4", text=text)


@pytest.mark.parametrize("kind", ["added to", "the notice taken away"])
def test_the_beginning_of_a_long_answer_never_replaces_it(tmp_path: Path, kind: str) -> None:
    state = answered("first words " * 5_000, "", "")
    sheet = Sheet(state)
    shown = sheet.sheet[f"F{sheet.row('4')}"].value
    sheet.put("4", text=f"{shown} And more." if kind == "added to" else shown[:30_000])
    path = tmp_path / "answers.xlsx"
    sheet.book.save(path)
    with pytest.raises(Invalid, match="only the beginning of a longer answer"):
        read_intake(path, "response", state.instrument, state)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_only_went_through_libreoffice_is_untouched(tmp_path: Path) -> None:
    state = visit()
    for standard, text in zip(state.instrument.standards, ODD, strict=False):
        number = standard.number
        state.responses[number] = ResponseRecord(key=number, person="host", standard=number, text=text, evidence=text)
        state.local_context[f"{number}/host"] = TextRecord(
            key=f"{number}/host", person="host", subject=number, text=text
        )
    path = tmp_path / "answers.xlsx"
    Sheet(state).book.save(path)
    from reviewapp.spreadsheets.reader import Limits, read_sheets

    assert read_answers(read_sheets(office(tmp_path, path), Limits(characters=LONGEST_TEXT)), state).lines == ()
