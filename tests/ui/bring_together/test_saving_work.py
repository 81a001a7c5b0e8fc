"""Every laptop's work is saved to a file that another one can join, and receipts say what is safe elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Rating
from tests.disks import needs_mounting, read_only
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on, titles
from tests.ui.support import Homes, Opener
from tests.ui.unlock.support import unlock


def test_my_work_is_saved_where_it_says_and_another_laptop_can_join_it(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(fresh(homes, tmp_path / "mine", "R2"))
    page = open_page(app)
    app.visit.record(Rating(standard="4", value="met"))
    path = tmp_path / "stick" / "R2.review"
    path.parent.mkdir()
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.keys(page.give_button, Qt.Key.Key_Space)
    app.settle()
    assert str(path) in page.outcome.words.text()
    assert page.outcome.card.isVisible()
    with_lead = open_visit_on(fresh(homes, tmp_path / "joiner", "L1"))
    assert with_lead.merge(path).reason is None
    assert with_lead.state.ratings["4/R2"].value == "met"
    with_lead.close()


def test_the_suggested_name_says_nothing_private() -> None:
    from ui.pages.bring_together.jobs import suggested_name
    from ui.pages.bring_together.receipts import receipt_name

    day = date(2026, 11, 17)
    assert suggested_name("R2", everybody=False, today=day) == "R2-2026-11-17.rvreturn"
    assert suggested_name("L1", everybody=True, today=day) == "L1-everybody-2026-11-17.rvreturn"
    assert receipt_name("L1", day) == "L1-receipts-2026-11-17.rvreceipt"


def test_a_stick_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "gone" / "R2.review"])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    assert not page.outcome.card.isVisible()
    told = page.outcome.error.label
    assert told.isVisible()
    assert "Not saved" in told.text() and "the stick or folder is not there" in told.text()
    assert "your work is safe" in told.text()
    (tmp_path / "gone").mkdir()
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "gone" / "R2.review"])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    assert page.outcome.card.isVisible() and not told.isVisible(), "trying again works, and is not spoken against"


def test_a_stick_pulled_the_moment_after_is_no_bug(tmp_path: Path) -> None:
    from ui.pages.bring_together.saved import Saved

    with pytest.raises(ReviewError, match="cannot be found"):
        Saved.at(tmp_path / "pulled.review")


def test_when_all_are_here_the_lead_gives_everybody_the_joined_visit(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.give_button.text() == "Save the combined visit to a file…"
    path = tmp_path / "everybody.review"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    reviewer = open_visit_on(fresh(homes, tmp_path / "taker", "R3"))
    assert reviewer.merge(path).reason is None
    assert reviewer._store.digest() == app.visit._store.digest()
    reviewer.close()


def test_receipts_are_given_taken_and_told(program: Opener, homes: Homes, tmp_path: Path) -> None:
    reviewer = open_visit_on(fresh(homes, tmp_path / "mine", "R2"))
    reviewer.record(Rating(standard="4", value="met"), Rating(standard="47", value="na"))
    reviewer.write_return(tmp_path / "R2.review")
    reviewer.close()
    app = program(homes.lead)
    app.visit.merge(tmp_path / "R2.review")
    page = open_page(app)
    path = tmp_path / "receipts.review"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.keys(page.receipts.give, Qt.Key.Key_Space)
    app.settle()
    assert str(path) in page.outcome.words.text() and "every reviewer" in page.outcome.next.text()
    other = program(tmp_path / "mine")
    page = open_page(other)
    assert not page.receipts.give.isVisible()
    assert page.receipts.held.text() == "2 entries not yet confirmed by the lead"
    bring(other, page, path)
    assert titles(page) == [("Receipt", "Receipt from L1 (lead reviewer)")]
    assert page.receipts.held.text() == "2 entries not yet confirmed by the lead", "looking takes nothing"
    join(other, page)
    assert page.receipts.held.text() == "The lead has all your work"
    assert "Receipt imported: the lead has all your work" in other.window.status.message.text()
    other.visit.record(Rating(standard="151", value="met"))
    assert page.receipts.held.text() == "1 entry not yet confirmed by the lead"


@needs_mounting
def test_work_on_a_disk_that_can_only_be_read_is_said_to_be_and_gets_away(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(fresh(homes, tmp_path / "mine", "R2"), unlocked=False)
    with read_only(app.session.home):
        unlock(app)
        assert app.session.laptop is not None
        app.session.open_visit(app.session.laptop.visits()[0].id)
        page = open_page(app)
        assert "cannot be written to" in app.window.banner.label.text() and not page.drop.isEnabled()
        path = tmp_path / "R2.review"
        ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
        app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
        app.settle()
        assert str(path) in page.outcome.words.text()
        app.session.close_visit()
    with_lead = open_visit_on(fresh(homes, tmp_path / "joiner", "L1"))
    assert with_lead.merge(path).reason is None
    with_lead.close()
