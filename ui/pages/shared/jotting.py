"""A private jotting: a box whose text stays on this laptop, and a button that copies it where others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, DescribingText, DraftText, Text, column, row
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.visit.entities import RecordId
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.bridge import Bridge

STAYS_HERE = _(
    "For you only. It stays on this laptop and in its backups. It is not in any work file, report or plan, and is "
    "deleted with the visit."
)


def added_to(text: str, jotting: str) -> str:
    """The text with the jotting as its last paragraph; as it is if it holds the jotting already."""
    return text if jotting in text else f"{text.rstrip()}\n{jotting}".lstrip()


class JottingText(DraftText):
    """A text box like any other, but what is typed becomes a private jotting and never an entry."""

    def __init__(self, bridge: Bridge, name: str, *, placeholder: str = "", rows: int = 1) -> None:
        self._about: RecordId | None = None
        super().__init__(bridge, name, placeholder=placeholder, rows=rows)
        self._bridge = bridge

    def bind_to(self, about: RecordId | None, text: str) -> None:
        """Bind to the jotting about another record, or with None to none; text typed for the last one is saved."""
        self.commit()
        self._about = about
        self.show_bound(text)

    @property
    def bound(self) -> bool:
        """Whether there is a record that the jotting is about."""
        return self._about is not None

    def save_text(self, text: str) -> bool:
        """Keep the jotting; False if that failed."""
        return self._about is not None and self._bridge.save_jotting(self._about, text)

    def commit_text(self) -> bool:
        """True: a jotting that is saved needs nothing more."""
        return True

    def has_draft(self) -> bool:
        """False: a jotting that is saved is not waiting for anything."""
        return False


class JottingBox(QWidget):
    """The jotting about one record, and where it stays; emits `copy_wanted(text)` for the words to be shared."""

    copy_wanted = Signal(str)

    def __init__(self, bridge: Bridge, copy: str, *, explained: str = "") -> None:
        super().__init__()
        self.label = Text(_("Private jotting"), "strong")
        self._words = f"{STAYS_HERE} {explained}".strip()
        self.editor = JottingText(bridge, _("Private jotting"), placeholder=_("Nobody else can read this"))
        self.explained = DescribingText(self._words, of=self.editor)
        self.label.setBuddy(self.editor)
        self.copy = Button(copy, "copy", "quiet")
        self.setLayout(column(self.label, self.explained, self.editor, row(self.copy, None), gap=1))
        self.copy.clicked.connect(self._on_copy)
        self.editor.edited.connect(self._on_edited)
        self._shown: RecordId | None = None
        self._why_not = ""

    def show_about(self, visit: OpenVisit, about: RecordId, why_not: str = "") -> None:
        """Show the jotting about a record; text being typed is not disturbed. `why_not`: why none may be written."""
        text = visit.jottings.text(about)
        writes = not why_not or bool(text)
        if self._shown != about or self._why_not != why_not or self.editor.bound is not writes:
            self._shown, self._why_not = about, why_not
            self.editor.bind_to(about if writes else None, text)
            self.editor.setPlaceholderText(why_not or _("Nobody else can read this"))
        else:
            self.editor.refresh(text)
        self.explained.setText(why_not if why_not and text else self._words)
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        written = not self.editor.isReadOnly() and bool(self.editor.toPlainText().strip())
        usable(self.copy, "" if written else _("Nothing is written here to be copied."))

    @Slot()
    def _on_copy(self) -> None:
        self.editor.commit()
        self.copy_wanted.emit(self.editor.toPlainText().strip())
