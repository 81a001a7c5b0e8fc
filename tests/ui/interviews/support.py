"""What the tests of Interviews do again and again."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from tests.ui.support import App, focus
from ui.pages.interviews.page import InterviewsPage
from ui.pages.interviews.prompt import PromptBox


def opened(app: App) -> InterviewsPage:
    return cast(InterviewsPage, app.go("interviews"))


def begin(app: App, group: str = "patient", *answers: bool) -> InterviewsPage:
    """A new interview, and as many of the first three questions answered as given; after these the last, with no."""
    page = opened(app)
    page.side.new.click()
    page.side.group_buttons[group].click()
    for question, answer in zip(
        page.form.consent.questions, (*answers, False) if len(answers) == 3 else answers, strict=False
    ):
        (question.yes if answer else question.no).click()
    return page


def has_keyboard(widget: QWidget) -> bool:
    """Whether what is typed now goes there, as soon as the window is the active one."""
    return widget.window().focusWidget() is widget


def tab_stops(page: QWidget) -> list[QWidget]:
    """What Tab comes to on a page, from its beginning."""
    found, widget = [], page.nextInFocusChain()
    while widget is not None and widget is not page:
        if page.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def mark(box: PromptBox, words: str) -> None:
    text = box.editor.toPlainText()
    cursor = box.editor.textCursor()
    cursor.setPosition(text.index(words))
    cursor.setPosition(text.index(words) + len(words), QTextCursor.MoveMode.KeepAnchor)
    box.editor.setTextCursor(cursor)


def quote(app: App, box: PromptBox) -> None:
    focus(box.editor)
    app.qtbot.keyClick(box.editor, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def two_of_mine(app: App) -> list[str]:
    """A conversation with a patient and one with staff, both of whom agreed to notes; the second is in view."""
    keys = []
    for group, number in (("patient", "P1"), ("staff", "S1")):
        begin(app, group, True, True, True)
        keys.append(f"{number}/{app.visit.me}")
    return keys
