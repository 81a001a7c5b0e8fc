"""The list of a drop-down is as high as what is in it: no entry is cut, and no arrow to scroll is needed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.ui.fit import rest
from tests.ui.support import Homes, Opener
from ui.widgets.drop_down import show_every_entry


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_list_that_was_made_too_low_shows_every_entry(program: Opener, homes: Homes) -> None:
    window = program(homes.lead).window
    box = QComboBox(window)
    box.addItems([f"Entry {n}" for n in range(3)])
    box.show()
    box.showPopup()
    view = box.view()
    QApplication.processEvents()
    around, needed = view.parentWidget(), 3 * view.sizeHintForRow(0)
    assert around is not None
    around.resize(around.width(), around.height() - 6)
    rest()
    assert view.viewport().height() < needed, "the last entry is cut"
    show_every_entry(view)
    rest()
    assert view.viewport().height() >= needed
    box.hidePopup()
