"""One question of the guide: the standards it tests, its coverage, and a box for notes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import PromptCoverage
from reviewapp.instruments.model import Prompt
from reviewapp.visit.statements import Answer, Statement
from ui.theme import space
from ui.widgets import Pill, Text

if TYPE_CHECKING:
    from ui.pages.base import Page

NOTES = "notes"
LEAST_LINES = 4
"""Lines of an answer that are always seen, however little room there is."""


class PromptState(NamedTuple):
    """State of one question in an interview; `why_not` is the reason why no notes may be taken, else empty.

    `mine`: this reviewer was chosen to ask it; `others`: who else was, with name or role.
    """

    text: str
    heard: PromptCoverage
    mine: bool
    others: tuple[str, ...]
    why_not: str


def answer_line(interview: str, prompt: str, text: str) -> Statement:
    """The statement of the notes on one question."""
    return Answer(interview=interview, prompt=prompt, text=text)


def coverage_words(heard: PromptCoverage) -> str:
    """Coverage of a question: `Heard from 1 of 3`, or `Heard from 1` without a target."""
    if heard.target:
        return _("Answered by {count} of {target}", count=heard.count, target=heard.target)
    return _("Answered by {count}", count=heard.count) if heard.count else _("Not answered yet")


class PromptBox(QWidget):
    """A question with its notes; without a prompt, the box for anything else. Emits `quote_wanted(box)` for Ctrl+Q."""

    quote_wanted = Signal(object)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.prompt_id = NOTES
        self.standards: list[str] = []
        self._asked: tuple[Prompt | None, ...] = ()
        self._bound = ""
        self.words, self.number = Text("", "strong"), Text("", "overline", wrap=False)
        self.heard, self.mine = Pill(), Pill(_("Yours to ask"), "accent", "pin")
        self.others = Pill()
        self.tests = Text("", "small")
        self.editor = page.draft(_("Notes"), placeholder=_("What did they say?"), rows=2, most=16)
        self.editor.installEventFilter(self)
        self.words.setBuddy(self.editor)
        for part in (self.number, self.words, self.tests, self.mine, self.heard, self.others, self.editor):
            part.setParent(self)
        self._laid: dict[int, tuple[int, list[tuple[QWidget, QRect]]]] = {}
        self._placed = -1
        self._room = 0

    def ask(self, prompt: Prompt | None, covers: str) -> None:
        """Show a question of the guide with what it `covers`, or anything else; `show_state` has to follow."""
        if self._asked == (prompt,):
            return
        self._asked = (prompt,)
        self.prompt_id = prompt.id if prompt else NOTES
        self.standards = list(prompt.standards) if prompt else []
        self._bound = ""
        self.words.setText(prompt.text if prompt else _("Anything else they said"))
        self.number.setText(prompt.id if prompt else "")
        self.tests.setText(covers)
        self.editor.setAccessibleName(_("Notes: {text}", text=self.words.text()))
        for part in (self.number, self.heard):
            part.setVisible(prompt is not None)
        self.forget_heights()

    def show_state(self, interview: str, saying: PromptState) -> None:
        """Show an interview's notes, or update the same ones; text being typed is not disturbed."""
        place = interview if not saying.why_not or saying.text else ""
        if self._bound != f"{interview}|{place}":
            self._bound = f"{interview}|{place}"
            self.forget_heights()
            self.editor.bind(
                partial(answer_line, interview.split("/")[0], self.prompt_id) if place else None, saying.text
            )
        else:
            self.editor.refresh(saying.text)
        if not self.isVisible():
            self.forget_heights()
        self.editor.setPlaceholderText(saying.why_not or _("What did they say?"))
        enough = saying.heard.enough and not saying.text
        kind = "muted" if enough else "strong"
        if self.words.property("kind") != kind:
            self.words.set_kind(kind)
        self.heard.set_state(
            coverage_words(saying.heard) + (_(": enough") if saying.heard.enough else ""),
            "met" if saying.heard.enough else "na",
            "check" if saying.heard.enough else "circle",
        )
        self.mine.setVisible(saying.mine)
        rest = saying.others
        too = _(" too") if saying.mine else ""
        self.others.set_state(
            plural("{list} asks this{too}", "{list} ask this{too}", len(rest), list=", ".join(rest), too=too),
            "na",
            "people",
        )
        self.others.setVisible(bool(rest))

    def selected(self) -> str:
        """The selected text of the box."""
        return self.editor.textCursor().selectedText().replace("\u2029", "\n").strip()

    def unmark(self) -> None:
        """Clear the selection; the caret stays."""
        cursor = self.editor.textCursor()
        cursor.clearSelection()
        self.editor.setTextCursor(cursor)

    # Geometry ------------------------------------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """Height that the box needs at this width; cached."""
        return self._layout_for(width)[0]

    def set_room(self, room: int) -> None:
        """Be no higher than this, so that the question stays in view above a long answer; 0: as high as it likes."""
        if room != self._room:
            self._room = room
            self.forget_heights()

    def forget_heights(self) -> None:
        """Clear the cached heights, and places."""
        self._laid.clear()
        self._placed = -1

    def arrange(self, width: int) -> None:
        """Place the parts for this width, unless they already are."""
        if self._placed != width:
            self._placed = width
            for part, place in self._layout_for(width)[1]:
                part.setGeometry(place)

    def _layout_for(self, width: int) -> tuple[int, list[tuple[QWidget, QRect]]]:
        """The height at this width, and the places of question, standards, coverage and notes; cached.

        By hand and not with a layout, because a dozen boxes are placed at a time.
        """
        found = self._laid.get(width)
        if found is None:
            places: list[tuple[QWidget, QRect]] = []
            found = self._laid[width] = self._lay_out(width, places), places
        return found

    def _lay_out(self, width: int, places: list[tuple[QWidget, QRect]]) -> int:
        top, left = space(1), 0
        if not self.number.isHidden():
            size = self.number.sizeHint()
            left = size.width() + space(3)
            places.append((self.number, QRect(0, top, size.width(), size.height())))
        for label, start in ((self.words, left), (self.tests, 0)):
            label.ensurePolished()
            high = label.heightForWidth(max(1, width - start))
            places.append((label, QRect(start, top, width - start, high)))
            top += high + space(1.5)
        top = self._chips(top, width, places)
        high = self.editor.sizeHint().height()
        if self._room:
            least = LEAST_LINES * self.editor.fontMetrics().lineSpacing()
            high = min(high, max(least, self._room - top - space(2)))
        places.append((self.editor, QRect(0, top, width, high)))
        return top + high + space(2)

    def _chips(self, top: int, width: int, places: list[tuple[QWidget, QRect]]) -> int:
        """Place the pills side by side, wrapping; returns the top of what follows."""
        left = line = 0
        for chip in (self.mine, self.heard, self.others):
            if chip.isHidden():
                continue
            size = chip.sizeHint().boundedTo(QSize(max(1, width), 100_000))
            if left and left + size.width() > width:
                left, top, line = 0, top + line + space(2), 0
            places.append((chip, QRect(left, top, size.width(), size.height())))
            left += size.width() + space(2)
            line = max(line, size.height())
        return top + line + space(1.5) if line else top

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width())

    def event(self, event: QEvent) -> bool:
        # A child wants another size.
        if event.type() == QEvent.Type.LayoutRequest:
            before = self.height()
            self.forget_heights()
            self.arrange(self.width())
            if self.height_for(self.width()) != before:
                self.updateGeometry()
        return super().event(event)

    # Events ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While the box has the focus Ctrl+Q quotes, whatever it does elsewhere.
        if (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Q
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.quote_wanted.emit(self)
                return True
        return super().eventFilter(watched, event)
