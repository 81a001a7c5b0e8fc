"""The one delegate of lists: heights that follow from the words, and what a row shows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from reviewapp.search.query import HighlightedText
from ui.theme import space, theme
from ui.widgets.row_delegate import LOOK, RowDelegate, RowLook, RowStyle
from ui.widgets.status_list import StatusList, StatusRow

WRAPPED = RowStyle(wraps=True, ruled=True)
ONE_LINE = RowStyle(rounded=True)
LONG = "Words that go on and on until there is no more room for them on one line of the list. "


class Looks(QAbstractListModel):
    """Rows as they are given."""

    def __init__(self, *looks: RowLook) -> None:
        super().__init__()
        self.looks = looks

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.looks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        return self.looks[index.row()] if role == LOOK else None


def shown(qtbot: QtBot, *looks: RowLook, width: int = 300) -> QListView:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(Looks(*looks))
    view.setItemDelegate(RowDelegate(view))
    view.resize(width, 400)
    view.show()
    return view


def has(view: QListView, row: int, role: str) -> bool:
    """Whether a row shows a colour of the theme."""
    box = view.visualRect(view.model().index(row, 0))
    picture, wanted = view.viewport().grab(box).toImage(), theme().colour(role).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_words_that_wrap_make_a_row_higher_and_one_line_never(qtbot: QtBot) -> None:
    delegate = RowDelegate()
    assert delegate.height_of(RowLook(WRAPPED, LONG * 3), 300) > delegate.height_of(RowLook(WRAPPED, "Short"), 300)
    assert delegate.height_of(RowLook(WRAPPED, LONG * 3), 300) > delegate.height_of(RowLook(WRAPPED, LONG * 3), 600)
    assert delegate.height_of(RowLook(ONE_LINE, LONG), 300) == delegate.height_of(RowLook(ONE_LINE, "Short"), 300)
    assert delegate.height_of(RowLook(ONE_LINE, "a", "b"), 300) > delegate.height_of(RowLook(ONE_LINE, "a"), 300)


def test_a_detail_of_one_line_that_is_too_long_ends_in_dots(qtbot: QtBot) -> None:
    view = shown(qtbot, RowLook(ONE_LINE, "Title", detail=LONG))
    box = view.visualRect(view.model().index(0, 0))
    room = box.width() - space(3) - space(1) - space(3)
    cut = theme().metrics("small").elidedText(LONG, Qt.TextElideMode.ElideRight, room)
    assert cut.endswith("…")
    other = shown(qtbot, RowLook(ONE_LINE, "Title", detail=cut))
    assert view.viewport().grab(box).toImage() == other.viewport().grab(box).toImage()


def test_a_state_too_long_to_stand_beside_the_title_goes_beneath(qtbot: QtBot) -> None:
    delegate = RowDelegate()
    beside = delegate.height_of(RowLook(WRAPPED, "Title", pill="Taken in"), 300)
    assert beside == delegate.height_of(RowLook(WRAPPED, "Title"), 300)
    assert delegate.height_of(RowLook(WRAPPED, "Title", pill="Not taken in, for a long reason"), 300) > beside + space(
        4
    )


def test_a_heading_stands_above_a_row_or_alone(qtbot: QtBot) -> None:
    delegate, row = RowDelegate(), RowLook(ONE_LINE, "P1")
    alone = RowLook(ONE_LINE, heading="From R3")
    assert alone.is_heading and not row.is_heading
    assert not RowLook(ONE_LINE, marked=HighlightedText("Undo")).is_heading
    with_heading = RowLook(ONE_LINE, "P1", heading="From R3")
    assert delegate.height_of(with_heading, 300) > delegate.height_of(row, 300) > delegate.height_of(alone, 300)


def test_the_current_row_is_marked_by_a_bar_and_not_by_its_colour_alone(qtbot: QtBot) -> None:
    for style in (WRAPPED, ONE_LINE, RowStyle(cached=False)):
        view = shown(qtbot, RowLook(style, "First"), RowLook(style, "Second"))
        assert not has(view, 0, "accent")
        view.setCurrentIndex(view.model().index(0, 0))
        assert has(view, 0, "accent") and has(view, 0, "accent_soft")
        assert not has(view, 1, "accent")


def test_a_line_stands_between_rows_and_not_after_the_last(qtbot: QtBot) -> None:
    view = shown(qtbot, RowLook(WRAPPED, "First"), RowLook(WRAPPED, "Last"))
    assert has(view, 0, "line")
    assert not has(view, 1, "line")


def test_rows_that_wrap_are_laid_out_anew_for_another_width_alone(qtbot: QtBot) -> None:
    listed = StatusList("Themes")
    qtbot.addWidget(listed)
    listed.show_rows([StatusRow("one", LONG), StatusRow("two", "Short")])
    listed.resize(900, 400)
    listed.show()
    qtbot.waitUntil(listed.isVisible)
    QApplication.processEvents()
    listed.resize(240, 400)
    QApplication.processEvents()
    first, second = (listed.visualRect(listed.told.index(row)) for row in (0, 1))
    assert second.top() > first.bottom(), "or the second row is painted over the last words of the first"
