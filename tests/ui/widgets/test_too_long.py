"""More than a text holds: told under the words, kept in the box, and never waited for."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QMimeData

from reviewapp.base.limits import LONGEST_TEXT
from tests.ui.support import App, Homes, Opener
from ui.pages.standards.page import StandardsPage
from ui.widgets import DraftText


def note(app: App) -> DraftText:
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    return page.detail.note


def test_what_is_too_long_is_told_and_stays_and_is_kept_once_it_is_shorter(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    box = note(app)
    box.setPlainText("x" * (LONGEST_TEXT + 12))
    box.commit()
    assert "12 characters too many. The limit is 100,000" in box.hint
    assert len(box.toPlainText()) == LONGEST_TEXT + 12 and box.waiting
    box.setPlainText("short enough")
    box.commit()
    assert (box.hint, box.waiting) == ("", False)
    assert app.visit.state.ratings["47/L1"].note == "short enough"


def test_a_book_is_not_pasted_and_the_words_that_stood_there_stay(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    box = note(app)
    box.setPlainText("these words")
    book = QMimeData()
    book.setText("x" * 10_000_000)
    box.insertFromMimeData(book)
    assert box.toPlainText() == "these words"
    assert "10,000,000 characters" in box.hint and "Paste it in parts" in box.hint
    app.keys(box, " and more")
    app.qtbot.waitUntil(lambda: not box.hint)
