"""The list of shortcuts is made of the menus and the pages' own tables, and has every key that does something."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from tests.ui.support import App, Homes, Opener
from ui.pages import PAGES
from ui.shell.shortcuts import ShortcutsDialog, all_shortcuts, as_text

FORM = QKeySequence.SequenceFormat.NativeText


def opened(app: App) -> ShortcutsDialog:
    app.window.actions_.shortcuts.trigger()
    dialog = app.window.findChild(ShortcutsDialog)
    assert dialog is not None
    return dialog


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_shortcuts_can_be_searched(program: Opener, homes: Homes) -> None:
    dialog = opened(program(homes.lead))
    assert len(dialog.list.told.rows) == len(dialog.shortcuts)
    dialog.find_box.setText("lock")
    assert [(row.title, row.pill) for row in dialog.list.told.rows] == [("Lock", "Ctrl+L")]
    dialog.find_box.setText("nothing like it")
    assert dialog.none.isVisible()
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_every_menu_entry_with_a_key_is_listed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    listed = {key for one in all_shortcuts(app.window.menuBar(), app.visit) for key in one.keys.split(", ")}
    for action in app.window.actions():
        assert {key.toString(FORM) for key in action.shortcuts()} <= listed
    assert {"Ctrl+Y", "Ctrl+Z", "Ctrl+F1", "M", "N"} <= listed


def test_every_key_of_a_page_is_in_its_table(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    for entry in PAGES:
        page = app.go(entry.name)
        page.finish()
        keys = {one.key().toString(FORM) for one in page.findChildren(QShortcut)}
        told = {QKeySequence(one.keys).toString(FORM) for one in entry.keys}
        assert keys <= told, entry.name


def test_the_printed_list_has_each_page_once(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    lines = as_text(all_shortcuts(app.window.menuBar(), app.visit)).splitlines()
    assert lines.count("Interviews") == lines.count("Standards") == lines.count("Edit") == 1
