"""What a column of an export is likely to be is proposed, and nothing is taken by a proposal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reviewapp.intake import Choices, Intake, read_intake
from reviewapp.intake.column_choices import ColumnsUndecided, GroupUndecided, NoQuestions
from tests.core.intake.export_building import counted, question
from tests.core.intake.sheet_building import instrument, write_csv

Q4 = question("4")


def read(path: Path, **chosen: Any) -> Intake:
    return read_intake(path, "survey", instrument(), None, Choices(**chosen))


def export(path: Path, heading: str, *texts: str) -> Path:
    """An export with one column more than a question of ours."""
    rows = [[f"2026/11/21 9:0{n}", "Carer", "Yes", text] for n, text in enumerate(texts)]
    return write_csv(path, [["Timestamp", "Who", Q4.labels["en"], heading], *rows])


@pytest.mark.parametrize(
    ("heading", "texts", "proposed"),
    [
        ("What example 47 is asking, in one sentence", ["Yes", "No", ""], "47"),
        ("An example titled 90", ["no", "N/A"], "90"),
        ("Did the moon shine?", ["Yes", "No"], "ignore"),
        ("Anything else?", ["They were kind to us all.", "", "I waited for a long time."], "comment"),
        ("Ward", ["North", "South", "North"], "ignore"),
    ],
)
def test_a_column_is_proposed_by_its_heading_and_the_kind_of_its_answers(
    tmp_path: Path, heading: str, texts: list[str], proposed: str
) -> None:
    found = read(export(tmp_path / "e.csv", heading, *texts))
    (column,) = found.columns
    assert (column.heading, column.proposed, column.said) == (heading, proposed, False)
    assert column.filled == sum(map(bool, texts)) and len(column.candidates) <= 3
    assert counted(found).keys() == {("carer", "4")}, "nothing is taken by a proposal"


def test_what_was_said_before_stands_there_and_is_not_asked(tmp_path: Path) -> None:
    path = export(tmp_path / "e.csv", "Anything else?", "They were kind to us all.")
    (column,) = read(path, columns={"anything else?": "comment/47"}).columns
    assert (column.proposed, column.said) == ("comment/47", True)


def test_a_column_with_nothing_in_it_is_not_asked_about(tmp_path: Path) -> None:
    assert read(export(tmp_path / "e.csv", "Points - Anything else?", "", "")).columns == ()


def test_columns_that_must_be_said_come_with_those_that_may(tmp_path: Path) -> None:
    head = ["Timestamp", "Who", Q4.labels["en"], Q4.labels["en"], "Ward"]
    with pytest.raises(ColumnsUndecided) as caught:
        read(write_csv(tmp_path / "e.csv", [head, ["1", "Carer", "Yes", "No", "North"]]))
    assert [(one.heading, one.must, one.candidates) for one in caught.value.open] == [
        (Q4.labels["en"], True, ("4",)), ("Ward", False, ()),
    ]  # fmt: skip


def test_a_column_of_groups_is_proposed_as_who_answered_before_that_is_asked(tmp_path: Path) -> None:
    head = ["Timestamp", Q4.labels["en"], "Which describes you?"]
    path = write_csv(tmp_path / "e.csv", [head, ["1", "Yes", "Carer"], ["2", "No", "Service user"]])
    with pytest.raises(GroupUndecided) as caught:
        read(path)
    assert [(one.heading, one.proposed) for one in caught.value.open] == [("Which describes you?", "group")]
    assert read(path, columns={"Which describes you?": "group"}).people == {"patient": 1, "carer": 1}


def test_where_no_heading_is_a_question_the_columns_of_answers_can_be_said(tmp_path: Path) -> None:
    head = ["Timestamp", "Who", "Was it said what example 4 asks?", "Ward"]
    path = write_csv(tmp_path / "e.csv", [head, ["1", "Carer", "Yes", "North"]])
    with pytest.raises(NoQuestions, match="no column of") as caught:
        read(path)
    assert [one.heading for one in caught.value.open] == head[2:] and "XML values" in caught.value.do
    other = write_csv(tmp_path / "o.csv", [["Timestamp", "Ward"], ["1", "North"]])
    with pytest.raises(NoQuestions) as caught:
        read(other)
    assert caught.value.open == (), "nothing in it looks like a survey of ours"
