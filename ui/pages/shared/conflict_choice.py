"""Form that settles a conflict between two laptops: choose a version and give a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.state import Conflict, ConflictValue
from reviewapp.workspace.conflicts import NOT_GIVEN
from ui.theme import space
from ui.widgets import Button, Card, Field, FlowLayout, Text, Toggle, column, row
from ui.widgets.one_stop import OneStop
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BOTH = -2
"""Button id for keeping all versions of a text; versions count from 0, and -1 means that none is chosen."""


@dataclass(frozen=True)
class ConflictChoice:
    """The outcome of a conflict form: the chosen entry, or a text joined from all versions, and the reason."""

    conflict: Conflict
    entry: str | None
    value: Any
    reason: str


class ConflictForm(QWidget):
    """The versions side by side; emits `settled(ConflictChoice)`. Without the right to settle it is read-only."""

    settled = Signal(object)

    def __init__(
        self, conflict: Conflict, words: Callable[[Any], str], authors: Mapping[str, str], *, may: bool, writable: bool
    ) -> None:
        super().__init__()
        self.conflict, self._authors = conflict, authors
        self.choice = QButtonGroup(self)
        self.choice.idClicked.connect(self._on_chosen)
        versions = row(*(self._version(value, i, words, may) for i, value in enumerate(conflict.values)), gap=3)
        for i in range(versions.count()):
            versions.setStretch(i, 1)
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._on_settle)
        self.field = Field(
            _("Why"), self.reason, hint=_("Saved with your code and the time. The other versions stay in the history.")
        )
        self.settle = Button(_("Save choice"), "check")
        self.settle.clicked.connect(self._on_settle)
        form = QWidget()
        form.setLayout(column(self.field, row(self.settle, None), gap=2))
        if not may:
            form.hide()
        whole = column(versions, gap=2)
        if conflict.more:
            more = plural(
                "{n} more version is in the history. Your choice replaces it too.",
                "{n} more versions are in the history. Your choice replaces them too.",
                conflict.more,
            )
            whole.addWidget(Text(more, "small"))
        if may and _are_texts(conflict) and not conflict.more:
            whole.addWidget(self._both())
        whole.addWidget(form)
        self.setLayout(whole)
        OneStop(self, *self.choice.buttons())
        usable(self, only_read(writable))

    def _version(self, value: ConflictValue, number: int, words: Callable[[Any], str], may: bool) -> Card:
        card = Card(kind="inset", margin=3)
        said = words(value.value)
        author = self._authors[value.entry]
        card.add(Text(author, "small"), Text(said, select=True), None)
        if may:
            button = Toggle(
                _("Use this version"),
                name=_("Use what {author} says: {said}", author=author.rpartition(",")[0], said=said[:80]),
            )
            self.choice.addButton(button, number)
            card.body.addLayout(row(button, None))
        card.setMinimumWidth(space(30))
        return card

    def _both(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        button = Toggle(_("Keep both, one after the other"))
        self.choice.addButton(button, BOTH)
        flow.addWidget(button)
        return holder

    @Slot(int)
    def _on_chosen(self, _number: int) -> None:
        self.field.set_error("")

    @Slot()
    def _on_settle(self) -> None:
        number, reason = self.choice.checkedId(), self.reason.text().strip()
        if number == -1:
            self.field.set_error(_("Choose a version first"))
        elif not reason:
            self.field.set_error(_("Say why in a few words. Everyone can read it later"))
            self.reason.setFocus()
        elif number == BOTH:
            both = "\n\n".join(str(value.value) for value in self.conflict.values)
            self.settled.emit(ConflictChoice(self.conflict, None, both, reason))
        else:
            entry = self.conflict.values[number].entry
            self.settled.emit(ConflictChoice(self.conflict, entry, NOT_GIVEN, reason))


def _are_texts(conflict: Conflict) -> bool:
    """Whether the versions are free texts that can be joined, one after the other."""
    texts = all(isinstance(value.value, str) and value.value for value in conflict.values)
    return texts and conflict.field not in ("value", "at", "due", "start", "end", "tone", "group", "mode", "role")
