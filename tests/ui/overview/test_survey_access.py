"""What is asked of a survey's export keeps every promise of a page: names, keys, room, contrast."""

from __future__ import annotations

from pathlib import Path

from reviewapp.visit.statements import Survey
from tests.ui.access.walk import walked_places
from tests.ui.overview.support import taken_export
from tests.ui.support import App

PLACE = ("overview", {"card": "prepare"})


def test_the_questions_about_columns_keep_every_promise(before: App, tmp_path: Path) -> None:
    heads = "Ward;Please tell us more;respondent_group"
    card = taken_export(before, tmp_path / "e.csv", heads, "yes;North;They came late each day.;staff;a;1")
    assert card.columns.isVisible()
    assert walked_places(before.window, {"columns": PLACE}) == {}


def test_the_question_whether_people_were_counted_keeps_every_promise(before: App, tmp_path: Path) -> None:
    before.visit.record(Survey(group="carer", standard="4", yes=3, no=0, na=0))
    card = taken_export(before, tmp_path / "e.csv", "respondent_group", "yes;carer;a;1")
    assert card.odd.isVisible()
    assert walked_places(before.window, {"people": PLACE}) == {}
