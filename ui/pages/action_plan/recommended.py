"""What the report recommends on the standard of the chosen row, and an action that begins with these words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import nouns_of
from reviewapp.plan.recommended import recommended
from ui.widgets import Button, Card, Text, row

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from ui.pages.action_plan.table import ActionRow


class RecommendedCard(Card):
    """Shown while the report recommends something; emits `begin_wanted(words)` for an action that begins with it."""

    begin_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(kind="inset", margin=3)
        self._words = ""
        self.title, self.words = Text("", "overline"), Text("", select=True)
        self.begin = Button(_("Start the action with this"), "plus", "quiet")
        self.begin.clicked.connect(self._on_begin)
        self.add(self.title, self.words, row(self.begin, None))
        self.hide()

    def show_for(self, chosen: ActionRow | None, state: VisitState, *, writable: bool) -> None:
        """Show what is recommended on the standard of this row; the button only while its action has no words yet."""
        self._words = recommended(state, chosen.plan.number) if chosen is not None else ""
        self.setVisible(bool(self._words))
        if chosen is None or not self._words:
            return
        standard = nouns_of(state.instrument).within(chosen.plan.number)
        self.title.setText(_("Recommended in the report on {standard}", standard=standard))
        self.words.setText(self._words)
        self.begin.setVisible(writable and not chosen.raw("action"))
        self.begin.setAccessibleName(_("Begin the action on {standard} with what is recommended", standard=standard))

    @Slot()
    def _on_begin(self) -> None:
        self.begin_wanted.emit(self._words)
