"""The list of all shortcuts, made of the menus and of what each page says of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QMenuBar, QWidget

from reviewapp.base.i18n import _
from ui.pages import PAGES
from ui.shell.menus import PLAIN
from ui.theme import space
from ui.widgets import Button, Text, column, row
from ui.widgets.printing import print_text
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

_FORM = QKeySequence.SequenceFormat.NativeText


class Shortcut(NamedTuple):
    """A key, what it does, and where: the name of the menu, or of the page."""

    where: str
    words: str
    keys: str


def all_shortcuts(bar: QMenuBar, visit: OpenVisit | None) -> list[Shortcut]:
    """Every shortcut of the menus, then those of the pages; the keys of ratings are those of the open visit."""
    return [*_of_menus(bar), *_of_pages(visit)]


def _of_menus(bar: QMenuBar) -> Iterator[Shortcut]:
    for top in bar.actions():
        for action in _entries(top):
            keys = [key.toString(_FORM) for key in action.shortcuts()]
            if keys:
                yield Shortcut(
                    _plain(top.text()), _plain(str(action.property(PLAIN) or action.text())), ", ".join(keys)
                )


def _entries(action: QAction) -> Iterator[QAction]:
    menu = action.menu()
    if isinstance(menu, QMenu):
        for entry in menu.actions():
            yield from _entries(entry)
    else:
        yield action


def _plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _of_pages(visit: OpenVisit | None) -> Iterator[Shortcut]:
    for page in PAGES:
        for one in page.keys:
            yield Shortcut(page.nav, one.words, QKeySequence(one.keys).toString(_FORM) or one.keys)
        if page.rates and visit is not None:
            for value in visit.state.instrument.scale.values:
                if value.key:
                    yield Shortcut(page.nav, _("Rate: {label}, in the list", label=value.label), value.key.upper())


def as_text(shortcuts: list[Shortcut]) -> str:
    """The shortcuts as text to print, each place under its name."""
    lines = [_("Reviewapp: keyboard shortcuts")]
    before = ""
    for one in shortcuts:
        if one.where != before:
            lines += ["", one.where]
            before = one.where
        lines.append(f"{one.keys}\t{one.words}")
    return "\n".join(lines)


class ShortcutsDialog(QDialog):
    """The list, with a box to search it and a button to print it; deleted when it closes."""

    def __init__(self, parent: QWidget, bar: QMenuBar, visit: OpenVisit | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setMinimumSize(space(150), space(130))
        self.shortcuts = all_shortcuts(bar, visit)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Find a shortcut"))
        self.find_box.setAccessibleName(_("Find a shortcut"))
        self.find_box.setClearButtonEnabled(True)
        self.find_box.textChanged.connect(self._on_find)
        self.list = StatusList(_("Keyboard shortcuts"))
        self.none = Text(_("No matches"), "muted")
        self.printer, self.close_ = Button(_("Print…"), "printer"), Button(_("Close"), kind="primary")
        self.printer.clicked.connect(self._on_print)
        self.close_.clicked.connect(self.accept)
        self.note = Text("", "small")
        self.note.hide()
        layout = column(
            self.find_box, self.list, self.none, self.note, row(None, self.printer, self.close_), gap=3, margin=6
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._on_find()

    @Slot()
    def _on_find(self) -> None:
        """Show those that have every word that was typed."""
        words = self.find_box.text().casefold().split()
        found = [one for one in self.shortcuts if all(word in " ".join(one).casefold() for word in words)]
        rows = [
            StatusRow(f"{number}", one.words, pill=one.keys, tone="info", note=one.where)
            for number, one in enumerate(found)
        ]
        self.list.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.list.told.index(0))
        self.none.setVisible(not rows)

    @Slot()
    def _on_print(self) -> None:
        sent = print_text(self, as_text(self.shortcuts))
        if sent != "":
            self.note.setText(_("No printer was found.") if sent is None else _("Printed."))
            self.note.show()
