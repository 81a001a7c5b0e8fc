"""The report page: what is written is kept and printed, the pages are real, and what is open is a click away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest

import ui.files
from reviewapp.visit.lines import Agreed, Concern, Passage
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.report import ReportPage

LONG_MS = 60_000


def open_page(app: App, place: dict[str, str] | None = None) -> ReportPage:
    return cast(ReportPage, app.go("report", place))


def wait_for_pages(app: App, page: ReportPage) -> None:
    app.qtbot.waitUntil(lambda: page.pages.up_to_date and page.pages.view.pages > 0, timeout=LONG_MS)


def passage(app: App, place: str) -> str:
    found = app.desk.state.passages.get(place)
    return found.text if found else ""


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def save(app: App, page: ReportPage, kind: str, path: Path) -> Path:
    ui.files.NEXT.append([path])
    button = {"pdf": page.saving.pdf, "docx": page.saving.word, "json": page.saving.json}[kind]
    app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    app.settle()
    return path


def find(page: ReportPage, kind: str) -> QModelIndex:
    keys = [row.key for row in page.open.told.rows]
    return page.open.told.index(next(i for i, key in enumerate(keys) if key.startswith(f"{kind}|")))


def test_what_is_written_is_kept_and_stands_in_the_saved_report(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "A kind and steady team, less sure once it has left the house.")
    path = save(app, page, "pdf", tmp_path / "draft-report.pdf")
    assert passage(app, "summary").startswith("A kind and steady team")
    assert "A kind and steady team" in text_of(path)
    assert str(path) in page.saving.saved_words.text()
    assert page.saving.saved.isVisible()


def test_the_pages_are_the_real_ones_and_follow_what_is_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
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
    assert page.pages.state_pill.text() == "Up to date"
    assert page.pages.view.pages >= pages
    assert page.editor.waiting, "making the pages did not end the typing"
    assert page.editor.hasFocus()


def test_the_pages_stay_where_one_was_reading(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    focus(page.pages.view)
    for _ in range(6):
        app.qtbot.keyClick(page.pages.view, Qt.Key.Key_PageDown)
    here = page.pages.view.verticalScrollBar().value()
    assert here > 0
    app.desk.record(Passage(place="method", text="One more sentence."))
    wait_for_pages(app, page)
    assert page.pages.view.verticalScrollBar().value() == here


def test_choosing_a_part_shows_its_page_and_what_can_be_written_there(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.desk.record(Agreed(standard="119", value="not_met", reason="Patients do not have it"))
    page = open_page(app)
    wait_for_pages(app, page)
    keys = [row.key for row in page.outline.told.rows]
    assert {"summary", "achievements", "improvements", "method", "recommendation:119"} <= set(keys)
    sections = app.desk.state.instrument.sections
    assert {f"section:{name}" for name in sections} <= set(keys)
    page.outline.choose("figures")
    assert not page.editor.isVisible()
    assert page.pages.view.page > 1
    page.outline.choose("recommendation:119")
    assert "Patients do not have it" in page.about_words.text()
    app.keys(page.editor, "Give every patient a copy.")
    focus(page.outline)
    assert passage(app, "recommendation:119") == "Give every patient a copy."


def test_turning_to_another_part_keeps_what_was_typed_in_its_own_place(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("achievements")
    app.keys(page.editor, "People are treated kindly.")
    page.outline.choose("method")
    assert page.editor.toPlainText() == ""
    assert passage(app, "achievements") == "People are treated kindly."
    app.window.actions_.undo.trigger()
    assert passage(app, "achievements") == ""


def test_another_change_does_not_disturb_typing(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "Half a sentence")
    cursor = page.editor.textCursor()
    cursor.setPosition(4)
    page.editor.setTextCursor(cursor)
    app.desk.record(Agreed(standard="119", value="not_met"))
    assert page.outline.chosen_key() == "summary"
    assert (page.editor.textCursor().position(), page.editor.toPlainText()) == (4, "Half a sentence")


def test_word_and_json_are_saved_too(program: Opener, homes: Homes, tmp_path: Path) -> None:
    from docx import Document

    app = program(homes.lead)
    page = open_page(app)
    word = save(app, page, "docx", tmp_path / "draft.docx")
    assert any("Summary" in paragraph.text for paragraph in Document(str(word)).paragraphs)
    data = json.loads(save(app, page, "json", tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["printed"]


def test_wider_circulation_leaves_immediate_concerns_out(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.qtbot.mouseClick(page.saving.circulation, Qt.MouseButton.LeftButton)
    assert "without immediate concerns" in page.saving.explained.text()
    told = [rec.text for rec in app.desk.state.concerns.values()]
    path = save(app, page, "pdf", tmp_path / "wide.pdf")
    words = text_of(path)
    assert told and not any(" ".join(text.split()) in words for text in told)


def test_a_folder_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    save(app, page, "json", tmp_path / "gone" / "report.json")
    assert not page.saving.saved.isVisible()
    assert "annot write" in app.window.status.message.text()


def test_each_finding_is_a_click_from_its_cause(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.desk.record(Agreed(standard="119", value="not_met"), Concern(id="IC9", text="Somebody may be at risk"))
    page = open_page(app)
    index = find(page, "disagreement")
    focus(page.open)
    page.open.setCurrentIndex(index)
    app.keys(page.open, Qt.Key.Key_Return)
    assert app.page.TITLE == "Agree"
    assert app.page.place()["standard"] == index.data(Qt.ItemDataRole.UserRole).key.split("|")[2]
    page = open_page(app)
    app.settle()
    page.open.scrollTo(find(page, "recommendation"))
    where = page.open.visualRect(find(page, "recommendation")).center()
    QTest.mouseClick(
        page.open.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(where.x(), where.y())
    )
    assert page.outline.chosen_key() == "recommendation:119"
    page.open.clicked.emit(find(page, "concern"))
    assert app.page.TITLE == "Interviews" or app.page.TITLE == "Not in this version"


def test_what_is_settled_leaves_the_list(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.desk.record(Agreed(standard="119", value="not_met"))
    page = open_page(app)
    before = len(page.open.told.rows)
    focus(page.outline)
    app.session.show_page("report", {"passage": "recommendation:119"})
    assert page.editor.hasFocus()
    app.keys(page.editor, "Give every patient a copy.")
    focus(page.outline)
    assert len(page.open.told.rows) == before - 1


def test_in_a_narrow_window_pages_and_writing_take_turns(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.window.resize(900, 600)
    app.settle()
    assert page.saving.pages.isVisible()
    assert page.editor.isVisible()
    assert not page.pages.isVisible()
    page.saving.pages.click()
    assert page.pages.isVisible()
    assert not page.editor.isVisible()
    app.settle()


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
