"""Sorting: by pressing a heading or from the menu of a row; remembered, with a way back to the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QTableView

from reviewapp.base.i18n import _
from ui.widgets.row_menu import RowCommand

RowT = TypeVar("RowT")
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Kept(Protocol):
    """Where an order is remembered: in the program the settings of the session."""

    def text(self, name: str, default: str) -> str:
        """The text kept under a name."""

    def set(self, name: str, value: object) -> None:
        """Keep a value under a name."""


def in_order(rows: Iterable[RowT], key: Callable[[RowT], tuple[object, ...]], *, falling: bool = False) -> list[RowT]:
    """The rows by a key; those whose key is an empty tuple stand last either way, and equal ones stay as they were."""
    keyed = [(key(row), row) for row in rows]
    full = sorted((one for one in keyed if one[0]), key=_first, reverse=falling)
    return [row for __, row in full] + [row for given, row in keyed if not given]


def _first(keyed: tuple[tuple[object, ...], object]) -> tuple[object, ...]:
    return keyed[0]


class SteadyOrder:
    """An order in which a row keeps its place until `renew`, so that what is written in it never moves it away."""

    def __init__(self) -> None:
        self._places: dict[str, int] | None = None

    def order(
        self,
        rows: Sequence[RowT],
        key: Callable[[RowT], tuple[object, ...]],
        ident: Callable[[RowT], str],
        *,
        falling: bool = False,
    ) -> list[RowT]:
        """The rows by `key`, with an empty tuple for what stands last. `ident` knows a row; new ones come last."""
        if self._places is None:
            found = in_order(rows, key, falling=falling)
            self._places = {ident(row): place for place, row in enumerate(found)}
        last = len(self._places)
        at = [(self._places.get(ident(row), last), n) for n, row in enumerate(rows)]
        return [rows[n] for __, n in sorted(at)]

    def renew(self) -> None:
        """Sort anew the next time: the page is shown again, or shows other rows."""
        self._places = None


class HeadingSort(QObject):
    """By which column a table is sorted: pressed once from the first, twice from the last, three times as before.

    The table shows its rows as `order` gives them; `changed` says that it is another one, in words. `names` gives the
    column a lasting name by which it is remembered, as columns come and go.
    """

    changed = Signal(str)

    def __init__(self, table: QTableView, settings: Kept, name: str, names: Callable[[int], str]) -> None:
        super().__init__(table)
        self._table, self._settings, self._setting, self._names = table, settings, f"sort/{name}", names
        kept = settings.text(self._setting, "")
        self._by, self._falling = kept.removeprefix("-"), kept.startswith("-")
        self._steady = SteadyOrder()
        head = table.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._on_pressed)
        table.model().modelReset.connect(self.show_mark)

    @property
    def by(self) -> str:
        """The name of the column that is sorted by; empty in the order of the page."""
        return self._by

    def order(
        self, rows: Sequence[RowT], key: Callable[[RowT, str], tuple[object, ...]], ident: Callable[[RowT], str]
    ) -> list[RowT]:
        """The rows as they are to be shown; `key(row, name of the column)`, with an empty tuple for an empty cell.

        Once sorted, a row known by its `ident` keeps its place until `renew`: what is written in it never moves it away
        from under the hand. New rows come last.
        """
        if not self._by:
            return list(rows)
        return self._steady.order(rows, partial(_key_of, key, self._by), ident, falling=self._falling)

    def renew(self) -> None:
        """Sort anew the next time: the page is shown again, or shows other rows."""
        self._steady.renew()

    @Slot()
    def show_mark(self) -> None:
        """Mark the heading of the column that is sorted by."""
        head = self._table.horizontalHeader()
        place = next((n for n in range(head.count()) if self._names(n) == self._by), -1) if self._by else -1
        head.setSortIndicatorShown(place >= 0)
        if place >= 0:
            head.setSortIndicator(place, _DOWN if self._falling else _UP)

    def commands(self) -> list[RowCommand]:
        """What the menu of a row offers: sorting by the current column, and the way back."""
        column = self._table.currentIndex().column()
        heading = self._heading(column)
        up, down = _("Sort by {heading}", heading=heading), _("Sort by {heading}, last first", heading=heading)
        sort = [
            RowCommand(up, partial(self.sort_by, column, falling=False)),
            RowCommand(down, partial(self.sort_by, column, falling=True)),
        ]
        return [*(sort if column >= 0 else ()), RowCommand(_("Back to the usual order"), self.reset, bool(self._by))]

    def _heading(self, column: int) -> str:
        words = str(self._table.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return " ".join(words.split())

    def sort_by(self, column: int, *, falling: bool) -> None:
        """Sort by a column."""
        heading = self._heading(column)
        told = _("Sorted by {heading}, last first") if falling else _("Sorted by {heading}")
        self._set(self._names(column), falling, told.format(heading=heading))

    def reset(self) -> None:
        """Go back to the order of the page."""
        self._set("", False, _("In the usual order"))

    def _set(self, by: str, falling: bool, told: str) -> None:
        self._by, self._falling = by, falling
        self._steady.renew()
        self._settings.set(self._setting, f"-{by}" if falling else by)
        self.changed.emit(told)
        self.show_mark()

    @Slot(int)
    def _on_pressed(self, column: int) -> None:
        if self._names(column) != self._by:
            self.sort_by(column, falling=False)
        elif not self._falling:
            self.sort_by(column, falling=True)
        else:
            self.reset()


def _key_of(key: Callable[[RowT, str], tuple[object, ...]], by: str, row: RowT) -> tuple[object, ...]:
    return key(row, by)


class SortBox(QComboBox):
    """The orders of a list without headings, the usual one first; what was chosen is remembered."""

    def __init__(self, settings: Kept, name: str, orders: Iterable[tuple[str, str]], usual: str) -> None:
        super().__init__()
        self._settings, self._setting = settings, f"sort/{name}"
        self._steady = SteadyOrder()
        self.setAccessibleName(_("Order of the list"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(max(8, min(len(usual), 16)))
        self.addItem(usual, "")
        for by, words in orders:
            self.addItem(words, by)
        self.setCurrentIndex(max(0, self.findData(settings.text(self._setting, ""))))
        self.currentIndexChanged.connect(self._on_chosen)

    @property
    def by(self) -> str:
        """The order that is chosen; empty for the usual one."""
        return str(self.currentData() or "")

    def order(
        self, rows: Sequence[RowT], key: Callable[[RowT, str], tuple[object, ...]], ident: Callable[[RowT], str]
    ) -> list[RowT]:
        """The rows in the order that is chosen, each in its place until `renew`; `key(row, name of the order)`."""
        return self._steady.order(rows, partial(_key_of, key, self.by), ident) if self.by else list(rows)

    def renew(self) -> None:
        """Sort anew the next time: the page is shown again, or shows other rows."""
        self._steady.renew()

    @Slot(int)
    def _on_chosen(self, _place: int) -> None:
        self._steady.renew()
        self._settings.set(self._setting, self.by)
