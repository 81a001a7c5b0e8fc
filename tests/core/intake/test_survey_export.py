"""What comes back from a form of ours: counted once, by name, with nothing of who sent it."""

from __future__ import annotations

import json

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.intake import Choices, read_intake
from reviewapp.intake.column_choices import ColumnMemory, ColumnsUndecided
from reviewapp.spreadsheets.problems import OddCells
from reviewapp.visit.statements import SurveyComment
from tests.core.intake.export_building import OWN, case, comments_in, counted, kobo, question
from tests.core.intake.sheet_building import instrument, write_csv, write_xlsx

Q4, Q47 = question("4"), question("47")
WORDS = next(one for one in OWN.questions if one.kind == "text")
WHO = "respondent_group"


def read(path, **chosen):
    return read_intake(path, "survey", instrument(), None, Choices(**chosen))


EXPECTED = {("patient", "4"): (1, 1, 0), ("patient", "47"): (0, 1, 1)}


ROWS = ((1, "yes", "no", "They listened.", "patient"), (2, "no", "na", "", "patient"))


@pytest.mark.parametrize("path", ["{}", "part/{}", "part-{}", "a/b/{}", "part.{}"])
def test_a_column_is_known_by_its_name_with_whatever_path(tmp_path, path) -> None:
    heads = [path.format(name) for name in (Q4.name, Q47.name, WORDS.name, WHO)]
    found = read(kobo(tmp_path / "e.csv", heads, *ROWS))
    assert counted(found) == EXPECTED and found.people == {"patient": 2}
    (comment,) = comments_in(found)
    assert isinstance(comment, SurveyComment)
    assert (comment.group, comment.text, comment.about) == ("patient", "They listened.", "Example section")
    assert "KoboToolbox" in found.summary and "1 comment" in found.summary and "version" not in found.summary


@pytest.mark.parametrize("before", ["", "Example section/", "Example section - "])
def test_labels_are_taken_where_only_one_question_has_them(tmp_path, before) -> None:
    heads = [before + one.labels["en"] for one in (Q4, Q47, WORDS)] + [WHO]
    rows = [(n, {"yes": "Yes", "no": "No", "na": "This does not apply to me"}[a],
             {"no": "No", "na": "This does not apply to me"}[b], *rest) for n, a, b, *rest in ROWS]  # fmt: skip
    assert counted(read(kobo(tmp_path / "e.csv", heads, *rows))) == EXPECTED


def test_the_order_of_the_columns_means_nothing(tmp_path) -> None:
    heads, rows = [WHO, WORDS.name, Q47.name, Q4.name], [(n, *reversed(answers)) for n, *answers in ROWS]
    turned = read(kobo(tmp_path / "t.csv", heads, *rows))
    straight = read(kobo(tmp_path / "s.csv", [Q4.name, Q47.name, WORDS.name, WHO], *ROWS))
    assert turned.lines == straight.lines


def test_an_option_in_a_column_of_its_own_counts(tmp_path) -> None:
    heads = [f"part/{Q4.name}/yes", f"part/{Q4.name}/no", f"part/{Q4.name}/na", WHO]
    found = read(
        kobo(tmp_path / "e.csv", heads, (1, 1, 0, 0, "carer"), (2, "", "", "", "carer"), (3, 0, 1, 0, "carer"))
    )
    assert counted(found) == {("carer", "4"): (1, 1, 0)}
    assert found.people == {"carer": 2} and "1 submission without any answer" in found.summary


def test_central_is_read_by_its_columns_and_short_rows(tmp_path) -> None:
    heads = ["SubmissionDate", f"part-{Q4.name}", WHO, "KEY", "SubmitterID", "SubmitterName", "FormVersion", "Status"]
    rows = [["2026-11-21", "yes", "staff", "uuid:a", "7", "Somebody", OWN.version]]
    found = read(write_csv(tmp_path / "e.csv", [heads, *rows, [*rows[0][:3], "uuid:b"]]))
    assert counted(found) == {("staff", "4"): (2, 0, 0)} and found.people == {"staff": 2}
    assert "Somebody" not in json.dumps(found.as_json()) and "version" not in found.summary


@pytest.mark.parametrize(("program", "first"), [
    ("Microsoft Forms", ["ID", "Start time", "Completion time", "Email", "Name"]),
    ("Google Forms", ["Timestamp", "Email address"]),
])  # fmt: skip
def test_forms_typed_by_hand_are_read_by_their_headings(tmp_path, program, first) -> None:
    heads = [*first, "Who", Q4.labels["en"], "47. Something shorter", "Anything else?"]
    start = [["1", "9:00", "9:05", "a@b.example", "Some Body"], ["2", "9:01", "9:06", "", ""]]
    rows = [[*start[n][: len(first)], "Service user", *answers] for n, answers in
            enumerate([["Yes", "No", "Nothing"], ["No", "N/A", ""]])]  # fmt: skip
    path = write_xlsx(tmp_path / "e.xlsx", [heads, *rows])
    found = read(path)
    assert counted(found) == EXPECTED and program in found.summary
    assert "1 column does not match any question of this survey" in found.summary
    assert "Some Body" not in json.dumps(found.as_json())
    (comment,) = read(path, columns={"anything  ELSE?": "comment/47"}).lines[2:]
    assert isinstance(comment, SurveyComment)
    assert (comment.text, comment.standard, comment.about) == ("Nothing", "47", "anything ELSE?")


def test_the_same_submission_counts_once_and_a_changed_one_is_told(tmp_path) -> None:
    heads = [Q4.name, WHO]
    path = kobo(tmp_path / "e.csv", heads, (1, "yes", "patient"), (1, "yes", "patient"), (2, "no", "patient"))
    found = read(path)
    assert counted(found) == {("patient", "4"): (1, 1, 0)}
    assert "1 row repeats a submission" in found.summary
    changed = kobo(tmp_path / "c.csv", heads, (1, "yes", "patient"), (1, "no", "patient"))
    with pytest.raises(OddCells, match="already in row 2, with different answers"):
        read(changed)
    assert read(changed, skip_bad=True).people == {"patient": 1}


def test_without_any_id_equal_rows_are_one_and_that_is_told(tmp_path) -> None:
    heads = ["Timestamp", Q4.labels["en"], "Who"]
    path = write_csv(
        tmp_path / "e.csv", [heads, ["9:00", "Yes", "Carer"], ["9:00", "Yes", "Carer"], ["9:01", "No", "Carer"]]
    )
    found = read(path)
    assert found.people == {"carer": 2} and "2 submissions have no id" in found.summary


def test_a_label_that_two_columns_have_is_asked_once(tmp_path) -> None:
    said = Q4.labels["en"]
    path = kobo(
        tmp_path / "e.csv", [said, f"Example section/{said}", Q47.name, WHO], (1, "Yes", "No", "yes", "patient")
    )
    with pytest.raises(ColumnsUndecided, match="standard 4") as caught:
        read(path)
    assert set(caught.value.columns) == {said, f"Example section/{said}"} and "--column" in caught.value.do
    found = read(path, columns={f"Example section/{said}": "ignore"})
    assert counted(found) == {("patient", "4"): (1, 0, 0), ("patient", "47"): (1, 0, 0)}


def test_of_two_columns_the_one_with_the_name_is_the_question(tmp_path) -> None:
    path = kobo(tmp_path / "e.csv", [Q4.labels["en"], Q4.name, WHO], (1, "no", "yes", "patient"))
    with pytest.raises(ColumnsUndecided) as caught:
        read(path)
    assert list(caught.value.columns) == [Q4.labels["en"]]
    with pytest.raises(ColumnsUndecided):
        read(path, columns={Q4.labels["en"]: "4"})
    found = read(path, columns={Q4.labels["en"]: "ignore"})
    assert counted(found) == {("patient", "4"): (1, 0, 0)}


def test_what_a_column_is_is_remembered_for_the_wording(tmp_path) -> None:
    memory, one = ColumnMemory(tmp_path), instrument()
    assert memory.of(one) == {}
    memory.remember(one, {"Anything else?": "comment", "Visits": "ignore"})
    memory.remember(one, {"anything else?": "comment/4"})
    assert memory.of(one) == {"Visits": "ignore", "anything else?": "comment/4"}
    assert memory.of(msgspec.structs.replace(one, edition="2nd edition")) == {}
    with pytest.raises(Invalid, match="neither a standard nor a comment"):
        memory.remember(one, {"Visits": "999"})


def test_a_file_that_does_not_say_who_answered_needs_somebody_to_say_it(tmp_path) -> None:
    path = kobo(tmp_path / "e.csv", [Q4.name], (1, "yes"))
    with pytest.raises(Invalid, match="does not say who answered"):
        read(path)
    assert read(path, group="carer").people == {"carer": 1}


def test_another_version_is_a_warning(tmp_path) -> None:
    path = kobo(tmp_path / "e.csv", [Q4.name, WHO], (1, "yes", "staff"), version="0123456789ab")
    found = read(path)
    assert found.people == {"staff": 1} and "has version 0123456789ab" in found.summary
    own = kobo(
        tmp_path / "o.csv",
        [Q4.name, WHO, "form_version"],
        (1, "yes", "staff", OWN.version),
        version="v9ZvZtkwzAjX7nith7eVme",
    )
    assert "version" not in read(own).summary, "its own counting says nothing where the form names its version"


def test_nothing_of_who_sent_it_is_kept(tmp_path) -> None:
    heads = [Q4.name, WORDS.name, WHO, "deviceid", "_geolocation", "_place_latitude", "Name"]
    found = read(kobo(tmp_path / "e.csv", heads, (1, "yes", "Kind.", "patient", "d-77", "51 0", "51.5", "Some Body")))
    told = json.dumps([found.as_json(), msgspec.to_builtins(found.lines)])
    for secret in ("sender-9", "d-77", "51.5", "Some Body", "00000000-0000"):
        assert secret not in told
    kept = {one.heading: one.meaning for one in found.headings}
    assert all("may identify someone" in kept[name] for name in (*heads[3:], "_submitted_by"))


def test_comments_are_looked_through_and_cannot_be_put_together(tmp_path) -> None:
    rows = [(n, "yes", f"Ring me on 07700 900{n:03}", "carer") for n in range(1, 9)]
    found = read(kobo(tmp_path / "e.csv", [Q4.name, WORDS.name, WHO], *rows))
    assert len(found.identifying) == 8 and {one.entity for one in found.identifying} == {"survey_comment"}
    ids = [line.id for line in found.lines if isinstance(line, SurveyComment)]
    assert ids == sorted(ids)
    texts = [line.text for line in found.lines if isinstance(line, SurveyComment)]
    assert texts != [row[2] for row in rows], "not in the order of the file"


def test_hostile_cells_are_text_or_told(tmp_path) -> None:
    heads = [Q4.name, WORDS.name, WHO]
    rows = [
        (1, "=1+1", '=HYPERLINK("http://x")', "patient"),
        (2, "yes", "a;b\n<b>&amp;", "patient"),
        (3, "maybe", "x" * 19_000, "patient"),
    ]
    path = kobo(tmp_path / "e.csv", heads, *rows)
    with pytest.raises(OddCells) as caught:
        read(path)
    assert [odd.text for odd in caught.value.cells] == ["=1+1", "maybe"]
    found = read(path, skip_bad=True)
    comments = {line.text for line in found.lines if isinstance(line, SurveyComment)}
    assert comments == {'=HYPERLINK("http://x")', "a;b\n<b>&amp;", "x" * 19_000}
    with pytest.raises(Invalid, match="characters"):
        read(kobo(tmp_path / "l.csv", heads, (1, "yes", "x" * 2_000_000, "patient")))


REFUSED = [
    "kobo/kobo-rank-groups.xlsx", "kobo/kobo-nested-groups.xlsx", "kobo/kobo-group-without-uuid.xlsx",
    "kobo/kobo-nested-repeat-empty-uuid.xlsx", "kobo/kobo-meeting-repeats-data.xlsx",
    "kobo/kobo-docs-repeat-merge-data-labels.xlsx", "kobo/kobo-labels-exit-interview-header-only.xlsx",
    "kobo/google-forms-export.csv", "odk-central/build_Flora-Quadrat-0-4_1564384341.csv",
    "odk-central/build_Flora-Quadrat-0-4_1564384341-taxon_encounter.csv", "generated/kobo-labels-en-both.csv",
    "generated/kobo-xml-values-both.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_export_of_another_form_is_refused_in_one_line(name) -> None:
    with pytest.raises(Invalid) as caught:
        read(case(name))
    assert caught.value.kept == "nothing was imported" and "\n" not in str(caught.value)


def test_an_export_of_another_form_is_taken_once_somebody_says_what_it_asks() -> None:
    said = {"care/q01_why": "comment/47", "care/q02_why": "comment", "about/role": "ignore"}
    found = read(case("generated/kobo-xml-values-both.xlsx"), columns=said, group="patient")
    texts = {(line.text, line.standard) for line in found.lines if isinstance(line, SurveyComment)}
    assert texts == {
        ('They "really" listened; always.\nTwice a day.', "47"), ("Eleven different people, 3 on one day", ""),
        ("Zoë 😀 naïve – “quotes”", ""),
    }  # fmt: skip
    assert [account.treatment for account in found.sheets] == ["read", "not_asked"]


def test_of_columns_with_one_heading_no_comment_is_lost() -> None:
    found = read(case("generated/kobo-labels-en-both.csv"), columns={"Please say why": "comment"}, group="carer")
    assert len([line for line in found.lines if isinstance(line, SurveyComment)]) == 3


def test_two_comments_of_one_heading_are_two(tmp_path) -> None:
    path = kobo(tmp_path / "e.csv", ["Why?", Q4.name, "Why?", WHO], (1, "First.", "yes", "Second.", "patient"))
    found = read(path, columns={"Why?": "comment"})
    assert {line.text for line in found.lines if isinstance(line, SurveyComment)} == {"First.", "Second."}
