"""What moved between the rounds, item by item: a picture that is a table, with the numbers as words for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.figures.scores import item_points
from reviewapp.figures.series import CriterionChange, Series, SeriesItem, caution_points
from reviewapp.instruments.model import Instrument
from reviewapp.instruments.nouns import nouns_of
from ui.formats import long_date
from ui.pages.shared.criteria_words import verdict_words
from ui.widgets import Button, Text, column, row, value_label
from ui.widgets.full_height_table import WORDS, CellText, Index
from ui.widgets.slopes import SLOPE, Slope, SlopeTable

if TYPE_CHECKING:
    from ui.pages.base import Page

FEW = 6
SHARES = (1.15, 1.7, 1.4)
UNKNOWN_NOISE = _("We do not know how far two totals on this scale may differ by chance. Look at the items.")


class MovedRow(NamedTuple):
    """One row: the item, its values over the rounds, and what changed of its criteria; the first names the rounds."""

    standard: str
    item: CellText
    values: CellText
    changes: CellText
    slope: Slope | None


def compared(found: Series | None) -> list[SeriesItem]:
    """The items that can be compared over the rounds."""
    return [one for one in found.items if one.comparable] if found is not None else []


def round_names(found: Series) -> tuple[str, ...]:
    """What each round is called: its label, else its day."""
    return tuple(one.label or long_date(one.held or one.planned) for one in found.rounds)


def values_words(item: SeriesItem, instrument: Instrument, names: Sequence[str]) -> str:
    """`baseline 2; 6 months 3 to 4; 12 months not known`."""
    parts = []
    for name, value, span in zip(names, item.values, item.ranges, strict=True):
        if value is not None:
            words = str(value) if isinstance(value, int) else value_label(instrument.scale, value)
        elif span is not None:
            words = _("{lowest} to {highest}", lowest=span[0], highest=span[1])
        else:
            words = _("not known")
        parts.append(_("{round} {value}", round=name, value=words))
    return "; ".join(parts)


def change_words(change: CriterionChange, names: Sequence[str]) -> str:
    """`b: not met, then met at 12 months`."""
    before, after = (verdict_words(value).lower() for value in (change.before, change.after))  # type: ignore[arg-type]
    return _(
        "{letter}: {before}, then {after} at {round}",
        letter=change.criterion,
        before=before,
        after=after,
        round=names[change.round],
    )


def moved_rows(found: Series, instrument: Instrument, items: Sequence[SeriesItem]) -> list[MovedRow]:
    """The heading and a row for each of these items."""
    names, points = round_names(found), item_points(instrument.scale)
    listed = _("Rounds: {list}", list="; ".join(names))
    head = Slope(names=names) if points else None
    changes = any(item.criteria for item in items)
    rows = [MovedRow("", CellText(nouns_of(instrument).title, dim=True), CellText(listed, dim=True),
                     CellText(_("Criteria that changed"), dim=True) if changes else CellText(), head)]  # fmt: skip
    own = {one.number for one in instrument.standards}
    for item in items:
        title = f"{item.standard}  {item.title}".strip()
        told = "\n".join(change_words(change, names) for change in item.criteria)
        rows.append(
            MovedRow(
                item.standard,
                CellText(title, link=item.standard in own),
                CellText("", values_words(item, instrument, names)),
                CellText("", told),
                _slope(item, points) if points else None,
            )
        )
    return rows


def _slope(item: SeriesItem, points: Sequence[int]) -> Slope:
    shown = tuple(
        (value, value) if isinstance(value, int) else span for value, span in zip(item.values, item.ranges, strict=True)
    )
    return Slope(shown, (min(points), max(points)))


def not_comparable_words(found: Series, instrument: Instrument) -> str:
    """What cannot be compared, those of one reason together; empty where everything can."""
    by_reason: dict[str, list[str]] = {}
    for item in found.items:
        if not item.comparable:
            by_reason.setdefault(item.why, []).append(item.standard)
    if not by_reason:
        return ""
    parts = [_("{list}: {why}", list=join_words(numbers, _(" and ")), why=why) for why, numbers in by_reason.items()]
    many = nouns_of(instrument).counted(found.not_comparable)
    return _("Not comparable: {many}. {list}.", many=many, list="; ".join(parts))


class MovedModel(QAbstractTableModel):
    """The rows in three columns."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MovedRow] = []

    def show(self, rows: list[MovedRow]) -> None:
        """Replace the rows, if they are others."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(SHARES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self.rows[index.row()]
        words: CellText = (shown.item, shown.values, shown.changes)[index.column()]
        if role == WORDS:
            return words
        if role == SLOPE:
            return shown.slope if index.column() == 1 else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken()
        return None


class MovedItems(QWidget):
    """The items whose value moved, all comparable ones on request; hidden until two rounds say more than a total."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._all = False
        self._found: Series | None = None
        self.head = Text("", "strong")
        self.caution = Text("", "muted")
        self.model = MovedModel()
        self.table = SlopeTable(_("What changed between rounds"), SHARES)
        self.table.setModel(self.model)
        self.table.activated.connect(self._on_go)
        self.table.clicked.connect(self._on_go)
        self.more = Button("", "chevron_down", "quiet")
        self.more.clicked.connect(self._on_more)
        self.others = Text("", "muted")
        self.setLayout(column(self.head, self.caution, self.table, row(self.more, None), self.others, gap=1.5))
        self.hide()

    def show_series(self, found: Series | None, instrument: Instrument) -> None:
        """Show the items of these rounds."""
        self._found = found
        comparable = compared(found)
        self.setVisible(bool(comparable))
        if found is None or not comparable:
            return
        nouns, moved = nouns_of(instrument), [one for one in comparable if one.moved]
        self.head.setText(
            _("{moved} changed, of {comparable} that can be compared.", comparable=nouns.counted(len(comparable)),
              moved=len(moved))
        )  # fmt: skip
        scored = instrument.scale.kind == "scored"
        known = caution_points(instrument) is not None
        self.caution.setText(_about(known=known) if scored else "")
        self.caution.setVisible(scored)
        listed = comparable if self._all else moved[:FEW]
        self.model.show(moved_rows(found, instrument, listed) if listed else [])
        self.table.setVisible(bool(listed))
        self.table.adjust_height()
        self.more.setVisible(len(comparable) > len(moved[:FEW]))
        self.more.setText(_("Show what changed") if self._all else _("Show all {n}", n=len(comparable)))
        self.more.setAccessibleName(f"{self.more.text()}: {self.table.accessibleName()}")
        told = not_comparable_words(found, instrument)
        self.others.setText(told)
        self.others.setVisible(bool(told))

    @Slot()
    def _on_more(self) -> None:
        self._all = not self._all
        self.show_series(self._found, self._page.state.instrument)

    @Slot(QModelIndex)
    def _on_go(self, index: QModelIndex) -> None:
        shown = self.model.rows[index.row()]
        if shown.item.link:
            self._page.session.show_page("standards", {"standard": shown.standard})


def _about(*, known: bool) -> str:
    """How to read the picture, with the caution about totals where they are not cautioned above it."""
    words = _("A dot is a certain score, a bar is a range. A single step may be chance too: read why it changed.")
    return words if known else f"{words} {UNKNOWN_NOISE}"
