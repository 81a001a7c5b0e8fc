"""The pages beside the report's text are the real ones, made for the part one is at."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from reviewapp.visit.statements import Agreed, Passage
from tests.ui.report.support import LONG_MS, open_page, pages_seen, passage, wait_for_pages
from tests.ui.support import Homes, Opener, focus


def test_the_pages_are_the_real_ones_and_follow_what_is_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.pages.whole.click()
    wait_for_pages(app, page)
    assert page.pages.view.pages > 20
    pages = page.pages.view.pages
    app.qtbot.waitUntil(lambda: bool(page.pages.view._drawn), timeout=LONG_MS)
    focus(page.editor)
    QTest.keyClicks(page.editor, "Something new to say")
    assert not page.pages.up_to_date
    assert page.pages.state_pill.text() == "Updating…"
    assert page.editor.waiting, "the words are a draft, no entry"
    wait_for_pages(app, page)
    app.qtbot.waitUntil(lambda: page.pages.state_pill.text() == "Up to date")
    assert page.pages.view.complete, "nothing blank is called up to date"
    assert page.pages.view.pages >= pages
    assert page.editor.waiting, "making the pages did not end the typing"
    assert page.editor.hasFocus()


def test_the_pages_stay_where_one_was_reading(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.pages.whole.click()
    wait_for_pages(app, page)
    focus(page.pages.view)
    for _ in range(6):
        app.qtbot.keyClick(page.pages.view, Qt.Key.Key_PageDown)
    here = page.pages.view.verticalScrollBar().value()
    assert here > 0
    app.visit.record(Passage(place="method", text="One more sentence."))
    wait_for_pages(app, page)
    assert page.pages.view.verticalScrollBar().value() == here


def test_choosing_a_part_shows_its_page_and_what_can_be_written_there(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Agreed(standard="119", value="not_met", reason="Patients do not have it"))
    page = open_page(app)
    wait_for_pages(app, page)
    keys = [row.key for row in page.outline.told.rows]
    assert {"summary", "achievements", "improvements", "method", "recommendation:119"} <= set(keys)
    sections = app.visit.state.instrument.sections
    assert {f"section:{name}" for name in sections} <= set(keys)
    page.outline.choose("figures")
    assert not page.editor.isVisible()
    wait_for_pages(app, page)
    assert "The standards at a glance" in pages_seen(page)
    page.outline.choose("recommendation:119")
    assert "Patients do not have it" in page.about_words.text()
    app.keys(page.editor, "Give every patient a copy.")
    focus(page.outline)
    assert passage(app, "recommendation:119") == "Give every patient a copy."


def test_only_the_part_one_is_at_is_made_until_all_pages_are_asked_for(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    assert page.pages.view.pages == 1
    assert "of this part" in page.pages.page_words.text()
    page.outline.choose("method")
    assert page.pages.state_pill.text() == "Updating…"
    wait_for_pages(app, page)
    assert "How the figures are computed" in pages_seen(page)
    page.pages.whole.click()
    wait_for_pages(app, page)
    assert page.pages.view.pages > 20
    assert page.pages.view.page > 20, "the part one was at is in view"
    assert "of this part" not in page.pages.page_words.text()


def test_turning_to_another_part_while_pages_are_made_ends_at_that_part(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    for part in ("figures", "section:Staffing and training", "improvements", "voices"):
        page.outline.choose(part)
    wait_for_pages(app, page)
    assert "Who was heard" in pages_seen(page)


def test_the_document_is_closed_when_the_page_goes_away(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    held = page.pages.view.held
    assert held.document is not None
    app.go("overview")
    app.session.close_visit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.settle()
    assert held.document is None


def test_closing_the_window_closes_the_document_at_once(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    held = page.pages.view.held
    assert held.document is not None
    app.window.close()
    assert held.document is None, "no loop runs any more that could do it later"


def test_a_preview_is_called_up_to_date_only_when_its_pages_can_be_seen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    said = []

    def note() -> None:
        said.append((page.pages.state_pill.text(), page.pages.view.complete))

    page.pages.made.connect(note)
    page.pages.view.drawn.connect(note)
    wait_for_pages(app, page)
    app.qtbot.waitUntil(lambda: page.pages.state_pill.text() == "Up to date")
    assert said and all(complete for words, complete in said if words == "Up to date")
    assert ("Drawing the pages…", False) in said
