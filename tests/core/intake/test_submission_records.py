"""A submission counts once, however the exports of a form were cut up, repeated and mixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.surveys import survey_figures
from reviewapp.intake import Choices, Intake, read_intake
from reviewapp.intake.submission_records import PeopleUndecided
from reviewapp.visit.state import ContextRecord, SurveyRecord, VisitState
from reviewapp.visit.state import Withdrawn as WithdrawnRecord
from reviewapp.visit.statements import Context, Survey, SurveyComment, SurveySubmission
from reviewapp.visit.survey_records import SurveyCommentRecord, SurveySubmissionRecord
from tests.core.intake.export_building import OWN, question
from tests.core.intake.sheet_building import instrument, write_csv
from tests.core.visit.building import visit

Q4, Q47 = question("4").name, question("47").name
WORDS = next(one.name for one in OWN.questions if one.kind == "text")
ASKED = [Q4, Q47, WORDS, "respondent_group"]
Row = Sequence[Any]


def state(**tables: Any) -> VisitState:
    return msgspec.structs.replace(visit(instrument()), **tables)


def recorded(before: VisitState, found: Intake) -> VisitState:
    """The visit once these lines are recorded."""
    forms, comments = dict(before.survey_submissions), dict(before.survey_comments)
    survey, context = dict(before.survey), dict(before.context)
    for line in found.lines:
        key, values = line.key("L1"), line.values()
        if isinstance(line, SurveySubmission | SurveyComment):
            table: dict[str, Any] = forms if isinstance(line, SurveySubmission) else comments
            kind = SurveySubmissionRecord if isinstance(line, SurveySubmission) else SurveyCommentRecord
            if values.pop("deleted", False):
                table.pop(key, None)
            else:
                table[key] = msgspec.convert({"key": key, "id": key, **values}, kind)
        elif isinstance(line, Survey):
            survey[key] = SurveyRecord(key=key, group=line.group, standard=line.standard, **values)
        elif isinstance(line, Context):
            context[key] = ContextRecord(key=key, **values)
    return state(survey_submissions=forms, survey_comments=comments, survey=survey, context=context)


def take(before: VisitState, path: Path, **chosen: Any) -> VisitState:
    return recorded(before, read(before, path, **chosen))


def read(before: VisitState, path: Path, **chosen: Any) -> Intake:
    return read_intake(path, "survey", before.instrument, before, Choices(**chosen))


def counts(of: VisitState) -> dict[str, Any]:
    return {
        group: (one.respondents, {number: (c.yes, c.no, c.na) for number, c in one.standards.items()})
        for group, one in survey_figures(of).items()
    }


def words(of: VisitState) -> list[str]:
    return sorted(one.text for one in of.survey_comments.values())


IDS: dict[str, list[str]] = {
    "kobo": ["_id", "_uuid", "_submission_time", "_index"],
    "central": ["SubmissionDate", "KEY"],
    "microsoft": ["ID", "Start time", "Completion time"],
    "google": ["Timestamp"],
}


def export(path: Path, program: str, rows: Iterable[tuple[int, Row]]) -> Path:
    """An export with these numbered submissions."""
    ids = {
        "kobo": lambda n, at: [n, f"u-{n}", "2026-11-21T09:11:00", at],
        "central": lambda n, at: ["2026-11-21", f"uuid:{n}"],
        "microsoft": lambda n, at: [n, f"09:0{n}", f"09:1{n}"],
        "google": lambda n, at: [f"2026/11/21 9:0{n}:00"],
    }[program]
    first = program in ("google", "microsoft")
    table = [[*ids(n, at), *row] if first else [*row, *ids(n, at)] for at, (n, row) in enumerate(rows, 1)]
    return write_csv(path, [[*IDS[program], *ASKED] if first else [*ASKED, *IDS[program]], *table])


WHO = ("patient", "carer")
ROWS: dict[int, Row] = {
    n: [("yes", "no", "na", "")[n % 4], ("no", "yes")[n % 2], f"Words {n}." if n % 3 else "", WHO[n % 2]]
    for n in range(1, 8)
}


@pytest.mark.parametrize("program", IDS)
@settings(max_examples=20)
@given(cuts=st.lists(st.lists(st.sampled_from(sorted(ROWS)), min_size=1, max_size=6), max_size=5), data=st.data())
def test_any_cut_into_exports_in_any_order_with_repeats_gives_the_same_counts(
    tmp_path_factory: Any, program: str, cuts: list[list[int]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    whole = take(state(), export(folder / "whole.csv", program, ROWS.items()))
    exports = data.draw(st.permutations([*cuts, [n for n in ROWS if not any(n in cut for cut in cuts)]]))
    found = state()
    for at, numbers in enumerate(exports):
        if numbers:
            rows = [(n, ROWS[n]) for n in numbers]
            found = take(found, export(folder / f"{at}.csv", program, rows), add=True)
    assert counts(found) == counts(whole) and words(found) == words(whole)
    again = take(found, export(folder / "whole.csv", program, ROWS.items()))
    assert counts(again) == counts(whole) and again.survey_submissions == found.survey_submissions


@pytest.mark.parametrize("program", ["kobo", "central"])
def test_only_new_ones_add_without_a_question_and_those_that_are_missing_are_told(tmp_path: Path, program: str) -> None:
    first = take(state(), export(tmp_path / "1.csv", program, [(2, ROWS[2]), (4, ROWS[4])]))
    found = read(first, export(tmp_path / "2.csv", program, [(6, ROWS[6])]))
    assert "1 of them is new" in found.summary and "2 submissions imported before are not" in found.summary
    assert "patient, a filled-in survey (2 times)" in found.earlier.left
    assert counts(recorded(first, found))["patient"][0] == 3


@pytest.mark.parametrize("program", ["kobo", "central", "microsoft"])
def test_one_that_was_edited_counts_as_it_is_now(tmp_path: Path, program: str) -> None:
    first = take(state(), export(tmp_path / "1.csv", program, [(1, ROWS[1]), (2, ROWS[2])]))
    edited = [(1, ["yes", "no", "", "carer"]), (2, ROWS[2])]
    found = read(first, export(tmp_path / "2.csv", program, edited))
    assert "1 has different answers" in found.summary and "not in this file" not in found.summary
    assert "carer, a filled-in survey → other answers" in found.earlier.overwritten
    after = recorded(first, found)
    assert counts(after)["carer"] == (1, {"4": (1, 0, 0), "47": (0, 1, 0)})
    assert "carer, comment on Example section: Words 1. → removed" in found.earlier.overwritten
    assert words(after) == ["Words 2."], "the comment that is no longer there is gone"


def test_an_edit_that_gives_it_another_uuid_is_known_by_its_number(tmp_path: Path) -> None:
    """KoboToolbox does so (kobotoolbox/kobocat#572)."""
    path = export(tmp_path / "1.csv", "kobo", [(1, ROWS[1])])
    first = take(state(), path)
    edited = tmp_path / "2.csv"
    edited.write_text(path.read_text().replace("u-1", "u-new").replace("Words 1.", "Other words."))
    after = take(first, edited)
    assert counts(after) == counts(first) and words(after) == ["Other words."]
    only_uuid = write_csv(tmp_path / "3.csv", [[*ASKED, "_uuid", "_submission_time"], [*ROWS[1], "u-1", "x"]])
    assert counts(take(after, only_uuid)) == counts(first), "every id that it ever had is known"


def test_what_was_deleted_in_the_form_program_goes_when_the_file_replaces_all(tmp_path: Path) -> None:
    first = take(state(), export(tmp_path / "1.csv", "kobo", ROWS.items()))
    rows = [(n, row) for n, row in ROWS.items() if n in (2, 4)]
    found = read(first, export(tmp_path / "2.csv", "kobo", rows), replace=True)
    assert "patient, a filled-in survey" in found.earlier.removed
    after = counts(recorded(first, found))
    assert after["patient"][0] == 2 and after["carer"] == counts(first)["carer"], "the file is of patients alone"


def test_rows_without_an_id_are_asked_about_where_they_may_be_the_same_people(tmp_path: Path) -> None:
    first = take(state(), export(tmp_path / "1.csv", "google", [(2, ROWS[2]), (4, ROWS[4])]))
    more = export(tmp_path / "2.csv", "google", [(2, ROWS[2]), (4, ROWS[4]), (6, ROWS[6])])
    assert counts(take(first, more))["patient"][0] == 3, "all rows and one more: nothing to ask"
    edited = export(tmp_path / "3.csv", "google", [(2, ROWS[2]), (4, ["no", "no", "", "patient"])])
    with pytest.raises(PeopleUndecided, match="others that were imported before are missing") as caught:
        read(first, edited)
    assert caught.value.groups == ("patient",) and caught.value.kept == "nothing was imported"
    assert counts(take(first, edited, replace=True))["patient"][0] == 2
    assert counts(take(first, edited, add=True))["patient"][0] == 3


def test_what_came_by_another_form_program_is_not_missing(tmp_path: Path) -> None:
    first = take(state(), export(tmp_path / "1.csv", "kobo", [(2, ROWS[2])]))
    found = read(first, export(tmp_path / "2.csv", "google", [(4, ROWS[4])]))
    assert "not in this file" not in found.summary and counts(recorded(first, found))["patient"][0] == 2


def test_an_export_with_other_ids_than_before_is_asked_about(tmp_path: Path) -> None:
    rows = [[*ROWS[2], "u-2", "x"], [*ROWS[4], "u-4", "x"]]
    first = take(state(), write_csv(tmp_path / "1.csv", [[*ASKED, "_uuid", "_submission_time"], *rows]))
    labels = write_csv(tmp_path / "2.csv", [[*ASKED, "_index"], [*ROWS[2], 1], [*ROWS[6], 2]])
    with pytest.raises(PeopleUndecided):
        read(first, labels)


def test_counts_of_a_sheet_and_forms_of_the_same_group_are_asked_about_once(tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "s.csv", [["group", "standard", "yes", "no", "na"], ["patient", "4", "3", "1", "0"]])
    counted = take(state(), sheet)
    forms = export(tmp_path / "f.csv", "kobo", [(2, ROWS[2])])
    with pytest.raises(PeopleUndecided, match="a sheet with 4 patients was counted before"):
        read(counted, forms)
    both = take(counted, forms, add=True)
    assert counts(both)["patient"] == (5, {"4": (3, 1, 1), "47": (0, 1, 0)})
    assert counts(take(both, export(tmp_path / "g.csv", "kobo", [(4, ROWS[4])])))["patient"][0] == 6, "asked once"
    assert counts(take(counted, forms, replace=True))["patient"][0] == 1
    by_form = take(state(), forms)
    with pytest.raises(PeopleUndecided, match="forms from 1 patient were counted before"):
        read(by_form, sheet)
    assert counts(take(by_form, sheet, add=True)) == counts(both)
    assert counts(take(by_form, sheet, replace=True)) == counts(counted)


def test_a_comment_that_was_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    path = export(tmp_path / "1.csv", "kobo", [(1, ROWS[1])])
    first = take(state(), path)
    (identity,) = first.survey_comments
    name = f"survey_comment/{identity}"
    gone = state(
        survey_submissions=first.survey_submissions, withdrawn={name: WithdrawnRecord(key=name, person="L1", at="")}
    )
    found = read(gone, path)
    assert "1 comment was withdrawn here and is not imported again" in found.summary
    assert words(recorded(gone, found)) == [] and counts(recorded(gone, found)) == counts(first)


def test_an_answer_to_nothing_is_nobody(tmp_path: Path) -> None:
    path = export(tmp_path / "1.csv", "kobo", [(1, ROWS[1]), (2, ["", "", "", "patient"])])
    first = take(state(), path)
    assert [one.group for one in first.survey_submissions.values()] == ["carer"]
    emptied = export(tmp_path / "2.csv", "kobo", [(1, ["", "", "", "carer"])])
    assert take(first, emptied).survey_submissions == {}
