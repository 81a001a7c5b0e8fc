"""A survey as an XLSForm: what the programs that make forms of it ask for, and what it must not ask."""

from __future__ import annotations

import io
import re

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.instruments.editions import digest
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.intake.survey_form import SurveyForm, survey_form
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.intake.xlsform import xlsform

FIRST = builtin()[0]


def rows_of(data: bytes, sheet: str) -> list[dict[str, str]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [{str(name): str(value) for name, value in zip(head, row, strict=True) if value} for row in rows]


def judged(data: bytes) -> list[str]:
    """What the usual converter warns of; it raises where it refuses."""
    convert = pytest.importorskip("pyxform.xls2xform").convert
    warnings: list[str] = []
    assert "<h:html" in convert(io.BytesIO(data), warnings=warnings, file_type=".xlsx").xform
    return warnings


def with_standards(instrument: Instrument, texts: list[tuple[str, str, str]]) -> Instrument:
    """The instrument with these standards: number, section, statement."""
    model = msgspec.structs.replace(instrument.standards[0], sources=("survey", "patient"))
    made = [
        msgspec.structs.replace(model, number=number, section=section, statement=statement)
        for number, section, statement in texts
    ]
    return msgspec.structs.replace(instrument, standards=tuple(made))


@pytest.mark.parametrize("language", ["", "cy"])
@pytest.mark.parametrize("group", SURVEY_GROUPS)
@pytest.mark.parametrize("instrument", builtin(), ids=lambda one: one.id)
def test_the_converter_takes_every_form_without_a_warning(instrument, group, language) -> None:
    assert judged(xlsform(survey_form(instrument, group), language).data) == []


def test_a_form_asks_what_a_survey_of_the_group_tests_and_nothing_of_the_person() -> None:
    form = survey_form(FIRST, "patient")
    asked = {one.number for one in FIRST.standards if {"survey", "patient"} <= set(one.sources)}
    assert {one.standard for one in form.questions if one.standard} == asked and len(asked) == 25
    rows = rows_of(xlsform(form).data, "survey")
    assert {row["type"] for row in rows} == {
        "note", "begin_group", "end_group", "select_one yes_no_na", "text", "calculate"
    }  # fmt: skip
    parts = [row for row in rows if row["type"] == "begin_group"]
    assert len([row for row in rows if row["type"] == "text"]) == len(parts) == len(form.parts)
    assert all(row["required"] == "no" for row in rows if row["type"] in ("text", "select_one yes_no_na"))
    assert all("string-length" in row["constraint"] for row in rows if row["type"] == "text")
    assert {row["name"]: row["calculation"] for row in rows if row["type"] == "calculate"} == {
        "respondent_group": "'patient'", "form_version": f"'{digest(FIRST)[:12]}'"
    }  # fmt: skip


def test_settings_name_the_form_and_the_wording_it_was_made_from() -> None:
    data = xlsform(survey_form(FIRST, "carer")).data
    (settings_,) = rows_of(data, "settings")
    assert settings_["version"] == digest(FIRST)[:12] and settings_["default_language"] == "English (en)"
    assert settings_["form_id"] == "qn_crhtt_4_pc_carer"
    assert [row["name"] for row in rows_of(data, "choices")] == ["yes", "no", "na"]


def test_a_second_language_is_a_column_to_translate_and_how_much_is_told() -> None:
    written = xlsform(survey_form(FIRST, "staff"), "cy")
    rows = rows_of(written.data, "survey")
    for row in rows:
        assert row.get("label::Cymraeg (cy)") == row.get("label::English (en)")
    assert written.untranslated >= written.questions + 3
    assert xlsform(survey_form(FIRST, "staff")).untranslated == 0
    with pytest.raises(Invalid, match="no language 'tlh'"):
        xlsform(survey_form(FIRST, "staff"), "tlh")


def test_a_question_has_one_name_in_the_forms_of_all_groups() -> None:
    def names(form: SurveyForm) -> dict[str, str]:
        return {one.standard: one.name for one in form.questions if one.standard}

    together = names(survey_form(FIRST))
    for group in SURVEY_GROUPS:
        assert names(survey_form(FIRST, group)).items() <= together.items()


NUMBERS = st.text(alphabet="aAbB19.-_ é", min_size=1, max_size=40)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NUMBERS, WORDS, WORDS), min_size=1, max_size=6, unique_by=lambda one: one[0]))
def test_names_are_short_plain_and_each_once_whatever_standards_are_called(texts) -> None:
    form = survey_form(with_standards(FIRST, texts), "patient")
    names = [one.name for one in form.questions] + [one.name for one in form.parts]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)
    labels = [one.labels["en"] for one in form.questions if one.standard]
    assert len(set(labels)) == len(labels)
    xlsform(form, "cy")


def test_odd_wording_is_taken_by_the_converter_too() -> None:
    texts = [
        ("1", "A & B <i>", "Is ${this} a question?"), ("1.0", "a & b <i>", "=SUM(A1) [x] (y) #1"),
        ("A1", "${part}", "Same words"), ("a1", "${part}", "Same words"), ("é", "", ""),
    ]  # fmt: skip
    assert judged(xlsform(survey_form(with_standards(FIRST, texts), "patient"), "fr").data) == []
