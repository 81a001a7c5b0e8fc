"""Overview: where the visit stands and what comes next."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit

from reviewapp.figures.evidence import still_untested
from reviewapp.visit.statements import Concern, Context, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.ui.overview.support import opened
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener
from ui.pages.report.jobs import _document
from ui.shell.navigation import nav_progress
from ui.widgets.full_height_table import WORDS


def test_rings_count_against_the_targets(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    rings = opened(app).progress._rings
    assert rings["patient"].accessibleName() == "Patients: 3 of 3"
    assert rings["carer"].accessibleName() == "Carers: 3 of 3"
    assert rings["case_notes"].accessibleName() == "Case notes: 10 of 10"
    assert rings["staff"].done == 4
    assert rings["manager"].done == 1
    assert rings["mine"].target == 44


def test_everybody_on_the_team_is_shown_with_how_far_they_are(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    lines = opened(app).people._lines
    assert list(lines) == ["L1", "R2", "R3", "R4"]
    assert lines["R2"][0].text() == "R2, clinician, you"
    assert lines["R4"][0].text() == "R4, patient representative"
    assert lines["R2"][2].text() == "0 of 44"


def test_untested_standards_come_type_1_first_with_what_to_ask(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    found = still_untested(app.visit.state)
    assert len(found) > 6
    page.untested.more.click()
    shown = [page.untested.model.index(row, 0).data(WORDS) for row in range(page.untested.model.rowCount())]
    assert [words.title.split()[0] for words in shown] == [one.standard for one in found]
    assert shown[0].pill[0] == "Type 1"
    assert page.untested.model.index(0, 1).data(WORDS).title


def test_an_untested_standard_leads_to_it_and_its_question_to_the_interview(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    first = page.untested.model.index(0, 0)
    number = still_untested(app.visit.state)[0].standard
    app.keys(page.untested.table)
    page.untested.table.setCurrentIndex(first)
    app.keys(page.untested.table, Qt.Key.Key_Return)
    assert app.page.place() == {"standard": number}
    opened(app)
    page.untested.table.setCurrentIndex(page.untested.model.index(0, 1))
    app.keys(page.untested.table, Qt.Key.Key_Return)
    assert app.page.TITLE == "Interviews"


def test_the_forecast_speaks_plainly_and_says_it_is_a_subset(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert page.forecast.pill.text() == "Would not meet the thresholds"
    assert "not an accreditation outcome" in page.forecast.head.note.text()
    assert "Whatever happens to the open standards" in page.forecast.cases.text()
    assert "must become met" in page.forecast.change.text()
    assert "are still open" in page.forecast.basis.text()


def test_with_nothing_rated_the_forecast_is_undecided(before: App) -> None:
    page = opened(before)
    assert page.forecast.pill.text() == "Undecided"
    assert page.forecast.basis.text() == "Nothing is rated yet."


def test_what_is_to_be_settled_leads_to_agree_and_nothing_is_told_before_the_meeting(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert not page.settle.isVisible() and not page.forecast.change.isVisible()
    meeting.open_meeting(app.visit)
    assert "standards differently" in page.settle.label.text() and page.forecast.change.isVisible()
    app.keys(page.see_settle, Qt.Key.Key_Space)
    assert app.page.TITLE == "Agree"


def test_concerns_conflicts_and_late_ratings_are_pointed_out_with_the_way_there(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert page.urgent.isVisible(), "also a concern that was told"
    laptop = Laptop.create(tmp_path / "R3", PASSPHRASE)[0]
    visit = laptop.open_visit(laptop.import_pack(homes.pack, me="R3", phrase=PHRASE))
    visit.merge(homes.returns["R3"])
    visit.record(Rating(standard="151", value="na"), Context(field="caseload", value=99))
    visit.record(Concern(id="IC9", text="Said he would not see the weekend"))
    visit.write_return(tmp_path / "late.review")
    visit.close()
    meeting.open_meeting(app.visit)
    app.visit.record(Context(field="caseload", value=77))
    app.visit.merge(tmp_path / "late.review")
    for one in app.visit.laptops.all():
        if one.code == "R3":
            app.visit.laptops.certify(one.device, "R3")
    assert "not who was told" in page.urgent.label.text()
    assert page.conflicts.label.text().startswith("1 thing was written differently on two laptops")
    assert page.settle.label.text().startswith("1 rating arrived late, waiting for you")
    app.keys(page.see_settle, Qt.Key.Key_Space)
    assert app.page.place() == {"standard": "151"}
    page = opened(app)
    app.keys(page.see_conflicts, Qt.Key.Key_Space)
    assert app.page.TITLE == "Combine"


@pytest.mark.parametrize("name", ["overview", "interviews", "case_notes"])
def test_everything_that_can_be_pressed_or_typed_in_has_a_name_and_a_size(
    program: Opener, homes: Homes, name: str
) -> None:
    app = program(homes.lead)
    page = app.go(name, {"interview": "S1/L1"} if name == "interviews" else None)
    page.finish()
    app.settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)
    found = [w for kind in kinds for w in page.findChildren(kind) if w.isVisibleTo(page) and w.objectName() == ""]
    found = [w for w in found if not isinstance(w.parent(), kinds) and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(found) > 8
    assert [str(w) for w in found if not w.accessibleName()] == []
    assert [f"{w.accessibleName()}: {w.height()}" for w in found if min(w.height(), w.width()) < 24] == []


def test_a_reviewer_cannot_tell_the_others_ratings_before_the_meeting(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    alone, joined = program(homes.reviewer), program(homes.reviewer)
    for app in (alone, joined):
        app.visit.record(Rating(standard="47", value="met"), Rating(standard="113", value="not_met"))
    for code in ("R3", "R4"):
        assert joined.visit.merge(homes.returns[code]).reason is None
    assert not joined.visit.state.meeting_opened and len(joined.visit.state.ratings) > 40
    told = []
    for app in (alone, joined):
        page = opened(app)
        card = page.forecast
        badges = nav_progress(app.visit)
        told.append((card.pill.text(), card.cases.text(), card.basis.text(), badges.get("agree"), badges["standards"]))
    assert told[0] == told[1]
    report = msgspec.json.encode(_document(joined.visit, "committee")).decode()
    theirs = {one.note for one in joined.visit.state.ratings.values() if one.person != "R2" and len(one.note) > 20}
    assert theirs and not [note for note in theirs if note in report]
    assert "only yours" in told[0][2]
