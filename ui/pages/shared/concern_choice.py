"""Which immediate concerns go with an interview that is withdrawn: none, unless each is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.labels import concern, person, record_number
from reviewapp.workspace.withdrawal import concerns_of
from ui.widgets import DescribingText, Text, clear, column
from ui.widgets.buttons import Check

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState

LONGEST = 90
"""So many characters of a concern stand beside its tick."""


class ConcernChoice(QWidget):
    """A tick for each immediate concern of an interview's author, at first none; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("", "muted")
        self._ticks = QWidget()
        self._ticks.setLayout(column(gap=1))
        self.ticks: dict[str, Check] = {}
        self.setLayout(column(self.words, self._ticks, gap=1))
        self.hide()

    def show_concerns(self, state: VisitState, author: str) -> None:
        """Show the concerns of this author, none of them ticked."""
        keys = concerns_of(state, author) if author else []
        layout = self._ticks.layout()
        assert layout is not None
        clear(layout)
        self.ticks = {}
        for key in keys:
            text = " ".join(state.concerns[key].text.split())
            of = state.concerns[key].interview
            text = _("Came up in {interview}: {text}", interview=record_number(of), text=text) if of else text
            cut = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
            tick = Check(_("Also withdraw: {concern}", concern=concern(state.people, key)))
            self.ticks[key] = tick
            layout.addWidget(tick)
            layout.addWidget(DescribingText(cut, of=tick))
        self.words.setText(
            plural(
                "{author} recorded an immediate concern. It is kept unless you tick it.",
                "{author} recorded {n} immediate concerns. They are kept unless you tick them.",
                len(keys),
                author=person(state.people, author),
            )
        )
        self.setVisible(bool(keys))

    def chosen(self) -> list[str]:
        """The keys of the concerns that are ticked."""
        return [key for key, tick in self.ticks.items() if tick.isChecked()]
