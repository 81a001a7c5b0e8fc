"""Takes back what a sentence typed into a list has rated or coded, and says so above the list, with a way to redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets import Banner, Button
from ui.widgets.command_keys import CommandKeys

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


def _words(number: str, undone: int) -> str:
    if not undone:
        return _("That looked like typing, so nothing was rated. To write, click in a box first.")
    return _(
        "That looked like typing, so the rating of {number} is unchanged. To write, click in a box first.",
        number=number,
    )


class TypedRatings(Banner):
    """The line above a list of ratings; takes no space until something was typed.

    The page tells it each change that a rating key made (`add_change`), and of every other change (`changed`). Where
    something else than standards is rated, `words(what, undone)` says what was taken back, and `redo` what its button
    redoes.
    """

    def __init__(
        self,
        session: Session,
        keys: CommandKeys,
        view: QWidget,
        *,
        words: Callable[[str, int], str] = _words,
        redo: str = _("Redo the rating that was undone"),
    ) -> None:
        super().__init__()
        self._session, self._view, self._in_words = session, view, words
        self._number = ""
        self._made: list[Change] = []
        self._undone: Change | None = None
        self._times = 0
        self.redo = Button(_("Redo"), "redo", "quiet", name=redo)
        self.redo.clicked.connect(self._on_redo)
        self.add(self.redo)
        self.listen(keys)

    def listen(self, keys: CommandKeys) -> None:
        """Take back what these keys do as well: the same commands where something else has the focus."""
        keys.begun.connect(self._on_begun)
        keys.typed.connect(self._on_typed)

    def add_change(self, number: str, change: Change) -> None:
        """Note what a rating key has just changed at this standard."""
        if change.records:
            self._number = number
            self._made.append(change)

    def changed(self) -> None:
        """Offer no Redo any more if something else was changed since."""
        visit = self._session.visit
        if self._undone is not None and (visit is None or visit.last_undone is not self._undone):
            self._undone = None
            self.set_text("")

    @Slot()
    def _on_begun(self) -> None:
        self._made.clear()
        self._undone = None
        self.set_text("")

    @Slot(int)
    def _on_typed(self, _many: int) -> None:
        """Undo the ratings of the burst, the last one first; what was changed since by others stays."""
        bridge, visit = self._session.bridge, self._session.visit
        made, self._made = self._made, []
        undone = 0
        while visit is not None and made and visit.last_done is made[-1]:
            before = visit.last_undone
            bridge.undo()
            if visit.last_undone is before:
                break  # refused, and the status bar says why
            made.pop()
            undone += 1
        if undone and visit is not None:
            self._undone, self._times = visit.last_undone, undone
        if undone or not self.isVisible():
            self.redo.setVisible(bool(undone))
            words = self._in_words(self._number, undone)
            self.set_text(words, "warn", "alert")
            self._session.notify(words, "warn")

    @Slot()
    def _on_redo(self) -> None:
        undone, times, self._undone = self._undone, self._times, None
        visit = self._session.visit
        if visit is not None and undone is not None and visit.last_undone is undone:
            for __ in range(times):
                self._session.bridge.redo()
        self.set_text("")
        self._view.setFocus()
