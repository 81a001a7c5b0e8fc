"""What a screen reader makes of parts that Qt would call something else, and of tables whose rows it reads in whole."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTableView
from pytestqt.qtbot import QtBot

from tests.ui.access.support import Reader
from tests.ui.support import Homes, Opener
from ui.pages.case_notes.page import CaseNotesPage
from ui.pages.standards.page import StandardsPage
from ui.widgets import Card, RatingButtons
from ui.widgets.document import ReadingText

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_a_rating_is_one_choice_of_a_few_each_with_its_key(program: Opener, homes: Homes) -> None:
    page = cast(StandardsPage, program(homes.reviewer).go("standards", {"standard": "47"}))
    buttons = page.detail.findChild(RatingButtons)
    assert buttons is not None
    found = [QAccessible.queryAccessibleInterface(one) for one in buttons.findChildren(QPushButton)]
    assert [one.role() for one in found] == [QAccessible.Role.RadioButton] * 3
    assert found[0].text(QAccessible.Text.Name) == "My rating: Met"
    assert [one.text(QAccessible.Text.Description) for one in found] == [
        "1 of 3, key M",
        "2 of 3, key N",
        "3 of 3, key A",
    ]
    found[1].actionInterface().doAction(QAccessibleActionInterface.pressAction())
    assert [bool(one.state().checked) for one in found] == [False, True, False]


def test_no_layered_pane_is_told_of(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("start")
    app.go("case_notes")
    for stack in app.window.findChildren(QStackedWidget):
        seen = QAccessible.queryAccessibleInterface(stack)
        assert seen is not None and seen.role() is not QAccessible.Role.LayeredPane


def test_a_page_says_its_name_when_one_goes_to_it(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    app.go("start")
    for name in ("standards", "agree", "overview"):
        reader.polite.clear()
        app.window.navigate(name)
        assert app.page.TITLE in reader.polite
    reader.polite.clear()
    app.window.navigate("overview")
    assert app.page.TITLE not in reader.polite, "one is there already"


def test_evidence_is_read_from_its_start(qtbot: QtBot) -> None:
    text = ReadingText("Evidence")
    qtbot.addWidget(text)

    def write(page: ReadingText) -> None:
        page.heading("The team's self-review")
        with page.inset(marked=True):
            page.paragraph("Example: they listened.")
        page.paragraph("The last line")

    text.write(write)
    assert text.textCursor().position() == 0
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.write(write)
    assert text.textCursor().position() == 0


def test_what_was_recorded_before_a_cell_is_not_said_of_it_again(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    page = cast(CaseNotesPage, app.go("case_notes"))
    grid = page.grid
    grid.setCurrentIndex(page.model.index(0, 0))
    app.keys(grid, Qt.Key.Key_Y)
    assert page.model.index(1, 0).data(_SPOKEN).startswith("A1: Yes. ")
    app.keys(grid, Qt.Key.Key_Right)
    assert reader.renamed[-1] == page.model.index(1, 0).data(_SPOKEN) and "A1" not in reader.renamed[-1]


def test_no_cell_of_a_row_repeats_what_the_row_is(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    for name in ("overview", "bring_together", "agree", "action_plan"):
        page = app.go(name)
        page.finish()
        for table in page.findChildren(QTableView):
            model = table.model()
            for row in range(min(3, model.rowCount())):
                said = [str(model.index(row, column).data(_SPOKEN)) for column in range(model.columnCount())]
                first = said[0].split(":")[0].split(",")[0]
                assert not any(one.startswith(first) for one in said[1:]), said
                assert all(one != other for one, other in pairwise(said)), said


def test_a_card_around_one_part_of_the_same_name_leaves_the_name_to_it(qtbot: QtBot) -> None:
    card, text, more = Card("Evidence"), ReadingText("Evidence"), Card("Evidence")
    for one in (card, more):
        qtbot.addWidget(one)
    card.add(text)
    more.add(QPushButton("More"))
    assert card.accessibleName() == "", 'a reader would say "panel" and no name'
    assert more.accessibleName() == "Evidence"
