"""Sheet of a group's questions, one below the other.

Its boxes are created once and reused for whichever interview is in view. The first ones are shown at once, the rest
shortly after: sixty interviews with a dozen questions each can be browsed without waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import nouns_of
from ui.pages.interviews.prompt import PromptBox
from ui.theme import space, theme

if TYPE_CHECKING:
    from reviewapp.instruments.model import Prompt
    from ui.pages.base import Page

AT_ONCE, AT_A_TIME, MADE_AT_A_TIME = 2, 3, 2
"""Questions shown at once (one for the very first interview), questions per later step, and per step while their

boxes have yet to be created.
"""
PAUSE_MS = 70
"""Pause between two steps, for keys and painting."""

BETWEEN = space(4) + 1
"""Distance between two questions, with a line in its middle."""


class GuideSheet(QWidget):
    """The question boxes of one interview.

    `fill(box)` is called to show the notes in a box; `on_quote` and `on_selection` receive the box's signals.
    Tab reaches the first box from `before`.
    """

    def __init__(
        self,
        page: Page,
        before: QWidget,
        fill: Callable[[PromptBox], None],
        on_quote: Callable[[PromptBox], None],
        on_selection: Callable[[], None],
    ) -> None:
        super().__init__()
        self._page, self._before = page, before
        self._fill, self._on_quote, self._on_selection = fill, on_quote, on_selection
        self._prompts: list[Prompt | None] = []
        self._covers: dict[tuple[str, ...], str] = {}
        self._made: list[PromptBox] = []
        self._shown = 0
        self._heights: dict[int, int] = {}
        self._placed_at = 0
        self._room = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._on_later)

    def begin(self, group: str, wanted: Callable[[Prompt], bool]) -> None:
        """Show the `wanted` questions of a group from the first on; drafts in the boxes must be committed before."""
        before, self._prompts, self._shown = self._shown, [], 0  # hiding may move the focus, which requests more boxes
        for box in reversed(self._made[AT_ONCE:before]):
            box.hide()
        guide = self._page.state.instrument.guide(group)
        self._prompts = [*filter(wanted, guide.prompts if guide else ()), None]
        for box in self._made[len(self._prompts) : AT_ONCE]:
            box.hide()
        self._show_more(AT_ONCE if self._made else 1)

    def refresh(self) -> None:
        """Fill the boxes again for the same questions."""
        for box in self._made[: self._shown]:
            self._fill(box)
        if not self.isVisible():  # a hidden widget gets no LayoutRequest
            self._heights.clear()
            self.updateGeometry()

    def set_room(self, room: int) -> None:
        """Set how high a question with its answer may be at most."""
        if room != self._room:
            self._room = room
            for box in self._made:
                box.set_room(room)
            self._changed()

    def finish(self) -> None:
        """Show all remaining questions at once."""
        if self._shown < len(self._prompts):
            self._show_more(len(self._prompts))

    def shown(self) -> dict[str, PromptBox]:
        """The boxes shown so far by prompt id, in the guide's order; the last of all is for anything else."""
        return {box.prompt_id: box for box in self._made[: self._shown]}

    def _show_more(self, many: int) -> None:
        if self._page.session.visit is None:  # closed meanwhile
            self._later.stop()
            return
        for place in range(self._shown, min(self._shown + many, len(self._prompts))):
            if place == len(self._made):
                self._make()
            box = self._made[place]
            prompt = self._prompts[place]
            box.ask(prompt, self._covers_words(prompt))
            self._fill(box)
            self._shown = place + 1
            box.show()
        self._changed()
        if self._shown < len(self._prompts):
            self._later.start()
        else:
            self._later.stop()

    def _covers_words(self, prompt: Prompt | None) -> str:
        """What a question covers, by number and title; kept, because every interview asks the same."""
        standards = prompt.standards if prompt is not None else ()
        found = self._covers.get(tuple(standards))
        if found is None:
            instrument = self._page.state.instrument
            titles = ", ".join(f"{number} {instrument.standard(number).title}" for number in standards)
            found = self._covers[tuple(standards)] = (
                _("Covers {standards}", standards=titles)
                if titles
                else _("Not tied to any {noun}, but a quote can be.", noun=nouns_of(instrument).one)
            )
        return found

    def preparations(self) -> Iterator[Callable[[], object]]:
        """Boxes for the longest guide, before they are needed."""
        longest = max((len(guide.prompts) for guide in self._page.state.instrument.guides), default=0)
        while len(self._made) <= longest:
            yield self._make_hidden

    def _make_hidden(self) -> None:
        self._make()
        self._made[-1].hide()

    def _make(self) -> None:
        box = PromptBox(self._page, self)
        box.set_room(self._room)
        box.quote_wanted.connect(self._on_quote)
        box.editor.selectionChanged.connect(self._on_selection)
        QWidget.setTabOrder(self._made[-1].editor if self._made else self._before, box.editor)
        self._made.append(box)

    # Geometry ------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Lay out again after boxes or their heights changed."""
        self._heights.clear()
        self._place()
        self.updateGeometry()
        self.update()

    def _place(self) -> None:
        top, width = 0, self.width()
        for box in self._made[: self._shown]:
            high = box.height_for(width)
            box.setGeometry(0, top, width, high)
            box.arrange(width)
            top += high + BETWEEN

    def heightForWidth(self, width: int) -> int:
        high = self._heights.get(width)
        if high is None:
            shown = self._made[: self._shown]
            high = sum(box.height_for(width) for box in shown) + max(0, len(shown) - 1) * BETWEEN
            self._heights[width] = high
        return high

    def sizeHint(self) -> QSize:
        # The height comes from heightForWidth.
        return QSize(space(100), 0)

    def minimumSizeHint(self) -> QSize:
        # As narrow as a note may be.
        return QSize(max((box.editor.minimumSizeHint().width() for box in self._made[:1]), default=0), 0)

    def event(self, event: QEvent) -> bool:
        # A box wants another height.
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._placed_at != theme().percent or not self._heights:  # while it was hidden
            self._placed_at = theme().percent
            for box in self._made:
                box.forget_heights()
            self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        # A thin line between two questions.
        painter = QPainter(self)
        for box in self._made[1 : self._shown]:
            painter.fillRect(0, box.y() - BETWEEN // 2, self.width(), 1, theme().colour("line"))

    @Slot()
    def _on_later(self) -> None:
        self._show_more(AT_A_TIME if self._shown < len(self._made) else MADE_AT_A_TIME)
