"""The pictures of a set: teams or standards, each a dot with its number beside it, and what is behind a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.formatting import percent_text
from ui.widgets import Card, FlowLayout, Text, column
from ui.widgets.dot_strip import STRIP, DotStrip, DotTable
from ui.widgets.full_height_table import WORDS, CellText, Index
from ui.widgets.panes import scroll_into_view
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewapp.national.figures import Counts, NationalFigures, Spread
    from reviewapp.national.look import SetLook
    from reviewapp.national.model import Counted

LETTERS = 28
"""Width of a box of choices, which are filled in later."""
BY_CODE, BY_VALUE = "code", "value"
COUNTED = {
    "met": (_("Met"), "met", "check"),
    "not_met": (_("Not met"), "not_met", "cross"),
    "na": (_("Not applicable"), "na", "dash"),
    "unrated": (_("Not rated"), "na", "circle"),
}
"""How a standard counts: in words, with tone and icon."""


class DotRow(NamedTuple):
    """A row of a picture: what it is, its dot, its number in words, and by what it is sorted (None: last)."""

    key: str
    label: str
    strip: DotStrip
    note: str
    value: float | None


class DotModel(QAbstractTableModel):
    """Model of dot rows in three columns: what, dot, number."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DotRow] = []

    def show(self, rows: Sequence[DotRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == STRIP and index.column() == 1:
            return row.strip
        if role == WORDS:
            return CellText(row.label, link=bool(row.key)) if index.column() == 0 else CellText(row.note)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.label if index.column() == 0 else row.note
        return None


def counts_words(found: Counts) -> str:
    """`15 of 29 · 52%`."""
    if not found.applicable:
        return _("not rated") if found.unrated else _("none applicable")
    return _("{met} of {of} · {share}", met=found.met, of=found.applicable, share=percent_text(found.percent))


def middle_of(found: Spread) -> tuple[float, float, float] | None:
    """Lower quartile, median and upper quartile; None where too few have a value."""
    if found.q1 is None or found.median is None or found.q3 is None:
        return None
    return found.q1, found.median, found.q3


def team_rows(figures: NationalFigures, part: str) -> list[DotRow]:
    """A row for each team: `overall`, a section by its name, or `type N`."""
    middle = middle_of(figures.distribution[part])
    rows = []
    for team in figures.teams:
        found = (
            team.counts if part == "overall"
            else team.by_type[part.removeprefix("type ")] if part.startswith("type ")
            else team.by_section[part]
        )  # fmt: skip
        strip = DotStrip(found.percent, middle, none=counts_words(found))
        rows.append(
            DotRow(f"team {team.code}", _("Team {code}", code=team.code), strip, counts_words(found), found.percent)
        )
    return rows  # fmt: skip


def score_rows(look: SetLook) -> list[DotRow]:
    """A row for each team with its total, on a scored scale."""
    figures, scale = look.figures, [one.points for one in look.instrument.scale.values if one.counts == "scored"]
    many = len(look.instrument.standards)
    ends = (float(min(scale) * many), float(max(scale) * many))
    middle = middle_of(figures.score) if figures.score else None
    rows = []
    for team in figures.teams:
        total = team.score.total if team.score else None
        words = str(total) if total is not None else _("some items open")
        strip = DotStrip(None if total is None else float(total), middle, ends, words, unit="")
        rows.append(DotRow(f"team {team.code}", _("Team {code}", code=team.code), strip, words, total))
    return rows


def standard_rows(look: SetLook, section: str) -> list[DotRow]:
    """A row for each standard of a section."""
    rows = []
    for one in look.instrument.standards:
        if one.section == section:
            found = look.figures.by_standard[one.number]
            label = f"{one.number} [{one.type}] {one.title}"
            strip = DotStrip(found.percent, none=counts_words(found))
            rows.append(DotRow(f"standard {one.number}", label, strip, counts_words(found), found.percent))
    return rows


def in_order(rows: list[DotRow], order: str) -> list[DotRow]:
    """As given, or from the lowest to the highest; what has no value last, whatever the order."""
    if order == BY_CODE:
        return rows
    return sorted(rows, key=lambda row: (row.value is None, row.value or 0.0))


class PicturesView(QWidget):
    """The picture that is chosen, and what is behind a row. Emits `asked(team or standard)` to have that read."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._look: SetLook | None = None
        self.what, self.order = QComboBox(), QComboBox()
        self.what.setAccessibleName(_("What to show"))
        self.order.setAccessibleName(_("Order"))
        self.order.addItem(_("In their usual order"), BY_CODE)
        self.order.addItem(_("Lowest to highest"), BY_VALUE)
        for box in (self.what, self.order):
            box.setMinimumContentsLength(LETTERS)
            box.currentIndexChanged.connect(self._on_choice)
        choices = QWidget()
        flow = FlowLayout(choices)
        flow.addWidget(self.what)
        flow.addWidget(self.order)
        self.none = Text(_("No review counts in this set yet, so there is nothing to show."), "muted")
        self.about = Text("", "muted")
        self.table = DotTable(_("Teams"), (1.6, 4, 1.4))
        self.model = DotModel()
        self.table.setModel(self.model)
        self.table.clicked.connect(self._on_row)
        self.table.activated.connect(self._on_row)
        self.behind, self.behind_title = Card(), Text("", "heading")
        self.behind_list = StatusList(_("Details of this row"), most=420)
        self.behind.add(self.behind_title, self.behind_list)
        self.setLayout(column(choices, self.none, self.about, self.table, self.behind, gap=3))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_scroll)

    def show_set(self, look: SetLook) -> None:
        """Show the set; the chosen picture stays."""
        self._look = look
        chosen = self.what.currentData()
        self.what.blockSignals(True)
        self.what.clear()
        for words, value in self._choices(look):
            self.what.addItem(words, value)
        self.what.setCurrentIndex(max(self.what.findData(chosen), 0))
        self.what.blockSignals(False)
        self._show()

    def _choices(self, look: SetLook) -> list[tuple[str, str]]:
        if look.instrument.scale.kind == "scored":
            return [(_("Teams: total score"), "score")]
        sections = list(dict.fromkeys(one.section for one in look.instrument.standards))
        types = sorted({one.type for one in look.instrument.standards})
        found = [(_("Teams: all standards"), "overall")]
        found += [(_("Teams: {section}", section=name), name) for name in sections]
        found += [(_("Teams: type {type}", type=kind), f"type {kind}") for kind in types]
        return found + [(_("Standards: {section}", section=name), f"standards {name}") for name in sections]

    def _rows(self, look: SetLook, chosen: str) -> list[DotRow]:
        if not look.figures.n_teams or not chosen:
            return []
        if chosen == "score":
            return score_rows(look)
        if chosen.startswith("standards "):
            return standard_rows(look, chosen.removeprefix("standards "))
        return team_rows(look.figures, chosen)

    def _show(self) -> None:
        look, chosen = self._look, str(self.what.currentData() or "")
        if look is None:
            return
        rows = in_order(self._rows(look, chosen), str(self.order.currentData()))
        self.none.setVisible(not rows)
        for part in (self.about, self.table, self.what, self.order):
            part.setVisible(bool(rows))
        self.behind.hide()
        if not rows:
            return
        self.table.setAccessibleName(self.what.currentText())
        self.about.setText(self._about(rows, look))
        scale, unit = rows[0].strip.scale, rows[0].strip.unit
        ends = DotStrip(scale=scale, unit=unit, heading=True)
        named = _("Standard") if chosen.startswith("standards ") else _("Team")
        words = _("From {least} to {most}", least=f"{scale[0]:g}{unit}", most=f"{scale[1]:g}{unit}")
        self.model.show([DotRow("", named, ends, words, None), *rows])
        self.table.setCurrentIndex(self.model.index(1, 0))
        self.table.adjust_height()

    def _about(self, rows: list[DotRow], look: SetLook) -> str:
        middle = rows[0].strip.middle
        unit = "" if look.instrument.scale.kind == "scored" else "%"
        told = _("Press Enter on a row to see its details.")
        if middle is None:
            return told
        q1, median, q3 = (f"{value:.0f}{unit}" for value in middle)
        return _(
            "Shaded: half of the teams, between {q1} and {q3}. The line is the median, {median}. {told}",
            q1=q1, q3=q3, median=median, told=told,
        )  # fmt: skip

    @Slot()
    def _on_choice(self) -> None:
        self._show()

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        key = self.model.rows[index.row()].key
        if key:
            self.asked.emit(key)

    def show_team(self, team: str, found: dict[str, Counted]) -> None:
        """Show how each standard counts for a team: those not met first, then in the order of the standards."""
        if self._look is None:
            return
        rows = []
        for one in self._look.instrument.standards:
            words, tone, icon = COUNTED[found.get(one.number, "unrated")]
            rows.append(StatusRow(one.number, f"{one.number} [{one.type}] {one.title}", "", words, tone, icon))
        rows.sort(key=lambda row: row.tone != "not_met")
        self._show_behind(_("Team {code}", code=team), rows)

    def show_standard(self, number: str, found: dict[str, Counted]) -> None:
        """Show how a standard counts for every team: those that do not meet it first."""
        rows = []
        for team, counted in found.items():
            words, tone, icon = COUNTED[counted]
            rows.append(StatusRow(team, _("Team {code}", code=team), "", words, tone, icon))
        rows.sort(key=lambda row: row.tone != "not_met")
        self._show_behind(_("Standard {n}", n=number), rows)

    def _show_behind(self, title: str, rows: list[StatusRow]) -> None:
        self.behind_title.setText(title)
        self.behind_list.setAccessibleName(title)
        self.behind_list.show_rows(rows)
        self.behind.show()
        self.behind_list.setFocus()
        if rows:
            self.behind_list.choose(rows[0].key)
        self._timer.start(0)

    @Slot()
    def _on_scroll(self) -> None:
        scroll_into_view(self.behind)
