"""A part of a page that is folded away under its heading until somebody opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.theme import space
from ui.theme.icons import set_icon
from ui.widgets.basics import Card, DescribingText, row
from ui.widgets.buttons import Button

Body = TypeVar("Body", bound=QWidget)


class Fold(Card, Generic[Body]):
    """A heading that opens and closes a part of a page, with a line beside it that says what is inside.

    The part is made when it is opened for the first time. Emits `unfolded` when it was opened.
    """

    unfolded = Signal()

    def __init__(self, title: str, make: Callable[[], Body], parent: QWidget | None = None) -> None:
        super().__init__(margin=0.5, parent=parent)
        self._title, self._make = title, make
        self.part: Body | None = None
        self.head = Button(title, "chevron_right", "quiet")
        self.head.clicked.connect(self._on_clicked)
        self.note = DescribingText("", "muted", of=self.head)
        line = row(self.head, self.note, gap=3)
        line.setStretch(1, 1)
        self.add(line)
        self._say()

    @property
    def is_open(self) -> bool:
        """Whether the part is shown."""
        return self.part is not None and not self.part.isHidden()

    def set_note(self, note: str) -> None:
        """The line beside the heading; empty leaves its place blank."""
        self.note.setText(note)

    def open(self) -> Body:
        """Show the part, and make it where it was never shown; returns it."""
        if self.part is None:
            self.part = self._make()
            self.body.addWidget(self.part)
        self.part.show()
        self._say()
        self.unfolded.emit()
        return self.part

    def close_part(self) -> None:
        """Fold it away; what was typed in it stays."""
        if self.part is not None:
            self.part.hide()
        self._say()

    def _say(self) -> None:
        shown = self.is_open
        edge = space(1.5 if shown else 0.5)  # closed it takes as little of the page as a line
        self.body.setContentsMargins(edge, edge, edge, edge)
        set_icon(self.head, "chevron_down" if shown else "chevron_right", "accent", 18)
        told = _("{title}, shown", title=self._title) if shown else _("{title}, hidden", title=self._title)
        self.head.setAccessibleName(told)
        # Of a part that is shown a reader says the name when one comes into it; closed it is its heading only.
        self.setAccessibleName(self._title if shown else "")

    @Slot()
    def _on_clicked(self) -> None:
        if self.is_open:
            self.close_part()
        else:
            self.open()
