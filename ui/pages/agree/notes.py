"""The reviewers' notes on a standard, side by side: cards of the same kind, width and height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import Evidence
from reviewapp.figures.whose_words import raters
from ui.labels import ROLES
from ui.theme import space, theme
from ui.widgets import Button, Card, Elided, FlowLayout, Pill, Text, clear, column, row, tone_of, value_label
from ui.widgets.rating import icon_of

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState

LEAST = 155
GAP = 3


class NoteCard(Card):
    """One reviewer's rating and note; emits `accept_wanted(key)` when the lead accepts a late rating."""

    accept_wanted = Signal(str)

    def __init__(self, code: str, role: str) -> None:
        super().__init__(kind="inset", margin=3)
        self.setAccessibleName(f"{code}, {role}")
        self.pill = Pill()
        self.note = Text("", select=True, fills=True)
        self._key = ""
        self.late = Pill(_("Late, not counted"), "warn", "clock")
        self.accept = Button(
            _("Count it"), "check", "quiet", name=_("Count the late rating of {code}, {role}", code=code, role=role)
        )
        self.accept.clicked.connect(self._on_accept)
        who = row(Text(code, "strong", wrap=False), None, self.pill)
        self.add(column(who, Elided(role, "small"), gap=0), row(self.late, None), row(self.accept, None))
        self.add(self.note, None)

    def show_late(self, key: str, *, may: bool) -> None:
        """Show that the rating with this `key` is late; an empty key hides it."""
        self._key = key
        self.late.setVisible(bool(key))
        self.accept.setVisible(bool(key) and may)

    @Slot()
    def _on_accept(self) -> None:
        self.accept_wanted.emit(self._key)


class Notes(QWidget):
    """The cards, as many side by side as stay readable; no rating is set apart from the others.

    Emits `accept_wanted(key)` when the lead accepts a late rating.
    """

    accept_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=GAP)
        self._cards: dict[str, NoteCard] = {}
        self._room = 0
        self._shown = QTimer(self)  # a child, so that it never fires after the cards were deleted
        self._shown.setSingleShot(True)
        self._shown.timeout.connect(self.refit)

    def show_notes(self, state: VisitState, found: Evidence, me: str, *, may: bool) -> None:
        """Show the notes on a standard; before the meeting is opened only those of `me`."""
        codes = [code for code in raters(state) if state.meeting_opened or code == me]
        if codes != list(self._cards):
            clear(self._flow)
            self._cards = {code: NoteCard(code, ROLES[state.people[code].role]) for code in codes}
            for card in self._cards.values():
                card.accept_wanted.connect(self.accept_wanted)
                self._flow.addWidget(card)
        scale = state.instrument.scale
        for code, card in self._cards.items():
            rating = found.ratings.get(code)
            value = rating.value if rating else None
            card.pill.set_state(value_label(scale, value), tone_of(scale, value), icon_of(scale, value))
            card.show_late(rating.key if rating and rating.key in state.late else "", may=may)
            note = rating.note.strip() if rating else ""
            card.note.setText(note or _("No note"))
            card.note.setAccessibleName(note or _("No note"))
            card.note.set_kind("body" if note else "small")

    def apply_width(self, room: int) -> None:
        """Lay the cards out in `room` pixels of width."""
        self._room = room
        many, gap = len(self._cards), space(GAP)
        if not many:
            return
        beside = max(1, min(many, (room + gap) // (theme().px(LEAST) + gap)))
        width = max(theme().px(LEAST), (room - (beside - 1) * gap) // beside)
        heights = []
        for card in self._cards.values():
            card.setFixedWidth(width)
            layout = card.layout()
            heights.append(layout.totalHeightForWidth(width) if layout is not None else 0)
        for card, height in zip(self._cards.values(), heights, strict=True):
            card.setFixedHeight(max(heights) if beside > 1 else height)
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        # Text that grew while another page was in view reports its size only once it is shown.
        super().showEvent(event)
        self._shown.start(0)

    @Slot()
    def refit(self) -> None:
        """Lay the cards out in the same width again."""
        if self._room:
            self.apply_width(self._room)
