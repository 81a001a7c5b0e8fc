"""Rows of a list or table as text for the clipboard: what is shown of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView

from ui.widgets.clipboard import copy_text
from ui.widgets.row_delegate import LOOK, RowLook

_Flag = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex
COPIED = Qt.ItemDataRole.UserRole + 90
"""Role under which a model gives what is copied of a row of several parts (a tuple of texts), or of a cell (a text);
and as the header of section 0 the headings of these parts. What a person may not see is not in it."""
if TYPE_CHECKING:
    _View = QAbstractItemView
else:
    _View = object
_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class SeveralRows(_View):
    """A list or table in which several rows can be selected, with Shift, Ctrl or Ctrl+A, to be copied.

    One of them is still the current one, which everything else is about. Stands before Qt's class among the bases.
    """

    _picked = -1

    def allow_several(self) -> None:
        """Let several rows be selected; called once the view is made."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _Flag:
        # A row that the program chooses is chosen alone, also while Ctrl or Shift is held down for a shortcut. Once a
        # key or the mouse has chosen a row, Qt asks again without the event.
        again, self._picked = index.row() == self._picked, -1 if event is None else index.row()
        if event is not None or again:
            return super().selectionCommand(index, event)
        rows = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
        return _Flag.ClearAndSelect | _Flag.Rows if rows else _Flag.ClearAndSelect


class RowsView(SeveralRows, QListView):
    """A list in which several rows can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self.allow_several()


def selected_rows(view: QAbstractItemView) -> list[int]:
    """The selected rows from above; where nothing is selected the current one, if there is any."""
    found = {index.row() for index in view.selectedIndexes() if not view.isIndexHidden(index)}
    current = view.currentIndex()
    return sorted(found) or ([current.row()] if current.isValid() else [])


def all_rows(view: QAbstractItemView) -> list[int]:
    """Every row that the list shows; one that a filter leaves out is not among them."""
    return list(range(view.model().rowCount())) if view.model() is not None else []


def rows_as_text(view: QAbstractItemView, rows: Sequence[int]) -> str:
    """These rows, a line each with tabs between the cells; under the headings where there are several rows."""
    model = view.model()
    lines = [cells for row in rows if any(cells := _cells(view, model, row))]
    headings = _headings(view, model) if len(lines) > 1 else []
    return "\n".join("\t".join(map(_one_line, cells)) for cells in ([headings] if any(headings) else []) + lines)


def copy_rows(view: QAbstractItemView, rows: Sequence[int]) -> int:
    """Copy these rows, and tell how many; they are taken off the clipboard when the program locks."""
    text = rows_as_text(view, rows)
    if text:
        copy_text(text)
    return len(rows) if text else 0


def _one_line(text: str) -> str:
    """A cell of a copied table has no tab and no line end in it: these would make another cell or row."""
    return " ".join(text.split())


def _columns(view: QTableView) -> list[int]:
    """The columns that are shown, in the order in which they stand."""
    head = view.horizontalHeader()
    there = (head.logicalIndex(place) for place in range(head.count()))
    return [column for column in there if not view.isColumnHidden(column)]


def _cells(view: QAbstractItemView, model: QAbstractItemModel, row: int) -> list[str]:
    if not isinstance(view, QTableView):
        return _parts(model.index(row, 0))
    beside = [] if view.verticalHeader().isHidden() else [_header(model, row, _DOWN)]
    return beside + [_cell(model.index(row, column)) for column in _columns(view)]


def _headings(view: QAbstractItemView, model: QAbstractItemModel) -> list[str]:
    if not isinstance(view, QTableView):
        return list(model.headerData(0, _ACROSS, COPIED) or ())
    if view.horizontalHeader().isHidden():
        return []
    beside = [] if view.verticalHeader().isHidden() else [""]
    return beside + [_header(model, column, _ACROSS) for column in _columns(view)]


def _header(model: QAbstractItemModel, section: int, way: Qt.Orientation) -> str:
    return _first_text(model.headerData(section, way, role) for role in (COPIED, Qt.ItemDataRole.DisplayRole))


def _parts(index: Index) -> list[str]:
    """What is copied of a row of a list: what the model says, else what is drawn."""
    given = index.data(COPIED)
    if given is not None:
        return list(given)
    look = index.data(LOOK)
    if isinstance(look, RowLook):
        if look.is_heading:
            return []
        title = look.marked.text if look.marked is not None else look.title
        detail = look.marked_detail.text if look.marked_detail is not None else look.detail
        return [title, *([look.pill] if look.pill else []), *([detail] if detail else [])]
    return [_cell(index)]


def _cell(index: Index) -> str:
    roles = COPIED, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
    return _first_text(index.data(role) for role in roles)


def _first_text(values: Iterable[Any]) -> str:
    """The first that is given at all: an empty cell is empty, whatever else is said of it."""
    return next((str(value) for value in values if value is not None), "")
