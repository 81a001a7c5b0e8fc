"""Real exports of form programs, and those that the exporter itself wrote of one form in every setting."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.intake.form_columns import place_columns
from reviewapp.intake.submissions import answers_of, chosen, is_repeat, source_of, submissions
from reviewapp.intake.survey_form import FormChoice, FormQuestion
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import read_sheets
from tests.core.intake.export_building import case, read_form

GENERATED = [
    "kobo-labels-en-both.csv", "kobo-labels-en-both.xlsx", "kobo-labels-fr-groups-details.csv",
    "kobo-xml-values-both.csv", "kobo-xml-values-both.xlsx", "kobo-xml-values-summary-nogroups.csv",
]  # fmt: skip
WHY = {"q01_why", "q02_why"}


def answers(name: str) -> tuple[list[dict[str, tuple[str, ...]]], set[str], list[str]]:
    """Of a generated export: the answers of each submission, the headings nobody can tell apart, what was odd."""
    form = read_form(case("generated/peer-visit-form.xlsx"))
    sheet = read_sheets(case(f"generated/{name}"))[0]
    source = source_of(sheet)
    assert source == "kobo"
    columns, problems = place_columns(sheet.rows[0].cells, form, {}), Problems()
    assert [one.heading for one in columns if one.treatment == "unknown"] == []
    assert {one.heading for one in columns if one.treatment == "personal"} == {"_submitted_by"}
    found = []
    for one in submissions(sheet, source):
        assert one.known_by == "id"
        row = {}
        for question in form.questions:
            mine = [c for c in columns if c.question == question and c.treatment in ("answer", "choice")]
            if mine:
                row[question.name] = answers_of(sheet, one.row, question, mine, problems)
        found.append(row)
    undecided = {one.heading for one in columns if one.treatment == "undecided"}
    return found, undecided, [f"{odd.cell} {odd.text}" for odd in problems.cells()]


@pytest.mark.parametrize("name", GENERATED)
def test_every_setting_of_an_export_gives_the_same_answers(name: str) -> None:
    found, undecided, odd = answers(name)
    assert [row["role"] for row in found] == [("su",), ("carer",), ("staff",)]
    assert [set(row["heard"]) for row in found] == [{"gp", "self"}, set(), {"ae"}]
    assert [row["q01"] for row in found][:2] == [("3",), ("na",)]
    assert [row["q02"] for row in found] == [("1",), ("2",), ()]
    assert [row["visits"] for row in found] == [("7",), ("0",), ("12",)]
    if "labels" in name:  # both questions after a rating read the same
        assert len(undecided) == 1 and WHY.isdisjoint(found[0])
    else:
        assert undecided == set()
        assert found[0]["q01_why"] == ('They "really" listened; always.\nTwice a day.',)
        assert found[1]["q02_why"] == ("Zoë 😀 naïve – “quotes”",)
    assert len(odd) == 1 and odd[0].endswith(" 4"), "the answer that is in no list is told, and not taken"


REAL = {
    "kobo/kobo-rank-groups.xlsx": ("kobo", 7, "id"),
    "kobo/kobo-nested-groups.xlsx": ("kobo", 3, "id"),
    "kobo/kobo-group-without-uuid.xlsx": ("kobo", 3, "number"),
    "kobo/kobo-nested-repeat-empty-uuid.xlsx": ("kobo", 1, "number"),
    "kobo/kobo-meeting-repeats-data.xlsx": ("kobo", 5, "id"),
    "kobo/kobo-docs-repeat-merge-data-labels.xlsx": ("kobo", 7, "row"),
    "kobo/kobo-labels-exit-interview-header-only.xlsx": ("kobo", 0, ""),
    "kobo/google-forms-export.csv": ("google_forms", 5, "row"),
    "odk-central/build_Flora-Quadrat-0-4_1564384341.csv": ("odk_central", None, "id"),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_export_is_known_by_its_columns_and_each_row_by_its_id(name: str) -> None:
    source, count, known_by = REAL[name]
    sheets = read_sheets(case(name))
    (main,) = (sheet for sheet in sheets if source_of(sheet) and not is_repeat(sheet))
    assert source_of(main) == source
    found = list(submissions(main, source))
    assert len(found) == (len(main.rows) - 1 if count is None else count)
    assert {one.known_by for one in found} == ({known_by} if known_by else set())
    assert len({known for one in found for known in one.known}) >= len(found)
    assert all(is_repeat(sheet) for sheet in sheets if sheet is not main)


PERSONAL = {
    "kobo/kobo-meeting-repeats-data.xlsx": {
        "_Project_location_latitude", "_Project_location_longitude", "_Project_location_altitude",
        "_Project_location_precision", "_submitted_by",
    },
    "kobo/kobo-labels-exit-interview-header-only.xlsx": {"deviceid", "_submitted_by"},
}  # fmt: skip


@pytest.mark.parametrize("name", PERSONAL)
def test_who_sent_it_and_from_where_is_never_a_question(name: str) -> None:
    form = read_form(case("generated/peer-visit-form.xlsx"))
    columns = place_columns(read_sheets(case(name))[0].rows[0].cells, form, {})
    assert {one.heading for one in columns if one.treatment == "personal"} >= PERSONAL[name]
    assert not any(one.question for one in columns)


def test_places_and_senders_of_central_are_personal_too() -> None:
    form = read_form(case("generated/peer-visit-form.xlsx"))
    sheet = read_sheets(case("odk-central/build_Flora-Quadrat-0-4_1564384341.csv"))[0]
    columns = {one.heading: one.treatment for one in place_columns(sheet.rows[0].cells, form, {})}
    assert {columns[name] for name in ("SubmitterID", "SubmitterName", "device_id", "location-corner1-Latitude")} == {
        "personal"
    }
    assert columns["KEY"] == columns["SubmissionDate"] == columns["meta-instanceID"] == "meta"
    assert min(len(row.cells) for row in sheet.rows) < len(sheet.rows[0].cells), "rows are shorter than the headings"
    repeats = read_sheets(case("odk-central/build_Flora-Quadrat-0-4_1564384341-taxon_encounter.csv"))
    assert is_repeat(repeats[0]) and source_of(repeats[0]) == "odk_central"


@pytest.mark.parametrize("name", ["pyxform-case_insensitivity.xlsx", "pyxform-extra_sheet_names.xlsx",
                                  "pyxform-duplicate_columns.xlsx"])  # fmt: skip
def test_a_form_is_no_export_of_one(name: str) -> None:
    try:
        sheets = read_sheets(case(f"forms/{name}"))
    except (Damaged, Invalid):
        return
    assert not any(source_of(sheet) for sheet in sheets)


def test_joined_labels_are_split_only_where_there_is_one_way() -> None:
    def question(*labels: str) -> FormQuestion:
        listed = tuple(FormChoice(name=f"c{n}", labels={"en": label}) for n, label in enumerate(labels))
        return FormQuestion(name="q", kind="choices", choices=listed)

    assert chosen(question("From my GP", "I rang myself"), "From my GP I rang myself") == ("c0", "c1")
    assert chosen(question("A", "B", "A B"), "A B") == ("c2",), "the label as a whole"
    assert chosen(question("A", "B", "A B", "C"), "A B C") is None, "two ways"
    many = question(*("a" * n for n in range(1, 40)))
    assert chosen(many, "a" * 700 + "x") is None, "in a bounded number of tries"
    assert chosen(question("A", "B"), "A X") is None and chosen(question("A"), "c0") == ("c0",)
