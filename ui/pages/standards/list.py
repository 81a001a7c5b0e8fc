"""The list of standards: rows, model, filter and delegate."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import SOURCES_NEEDED
from reviewapp.figures.ratings import peer_ratings, self_review_ratings
from reviewapp.instruments.model import Instrument, Scale, Score, Standard
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.blind import shows_others
from reviewapp.visit.labels import person
from ui.pages.shared.criteria_words import points_words, range_words
from ui.pages.standards.sets import SeenSet
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.copied_rows import COPIED
from ui.widgets.list_model import RowsModel
from ui.widgets.paint_cache import PaintCache
from ui.widgets.plain_text import plain_tip
from ui.widgets.rating import icon_of, tone_of, value_label
from ui.widgets.status import paint_pill

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_SELECTED = QStyle.StateFlag.State_Selected.value


@dataclass(frozen=True)
class StandardRow:
    """A standard as the list shows it; `others` is empty while their ratings are hidden."""

    standard: Standard
    team: Score | None
    mine: Score | None
    others: tuple[tuple[str, Score], ...]
    pieces: int
    sources: int
    who: tuple[str, ...] = ()
    """Of each of the `others` who it is, by code and role."""
    criteria: str = ""
    """What its criteria give, in words: `5 of 6 points`, `criteria: 2 to 4`."""

    @property
    def differs(self) -> bool:
        """Whether my rating differs from the team's."""
        return self.mine is not None and self.team is not None and self.mine != self.team

    @property
    def shown(self) -> Hashable:
        """Everything that the delegate draws of the row, as key of its cache."""
        standard = self.standard
        return (
            standard.number,
            standard.title,
            standard.type,
            self.team,
            self.mine,
            self.others,
            self.pieces,
            self.criteria,
        )

    def others_named(self) -> list[tuple[str, Score]]:
        """The others' ratings, each with who gave it, by code and role."""
        return [(who, value) for who, (_code, value) in zip(self.who, self.others, strict=True)]

    def others_by_value(self) -> list[tuple[Score, list[str]]]:
        """The others' ratings, each with the codes of those who gave it."""
        result: dict[Score, list[str]] = {}
        for code, value in self.others:
            result.setdefault(value, []).append(code)
        return list(result.items())

    def words(self, instrument: Instrument) -> str:
        """The whole row in words, for a screen reader."""
        scale = instrument.scale
        parts = [
            _(
                "{standard}, {title}",
                standard=nouns_of(instrument).numbered(self.standard.number),
                title=self.standard.title,
            ),
            *((_("type {type}", type=self.standard.type),) if len(instrument.types()) > 1 else ()),
            _("my rating: {rating}", rating=value_label(scale, self.mine)),
            _("the team says: {rating}", rating=value_label(scale, self.team, "nothing")),
            *((self.criteria,) if self.criteria else ()),
            plural("{n} piece of evidence", "{n} pieces of evidence", self.pieces),
            *(f"{who}: {value_label(scale, value)}" for who, value in self.others_named()),
        ]
        return "; ".join(parts)

    def copied(self, instrument: Instrument) -> tuple[str, ...]:
        """The row as it is copied, below `copied_headings`."""
        scale = instrument.scale
        return (
            self.standard.number,
            self.standard.title,
            *((self.standard.type,) if len(instrument.types()) > 1 else ()),
            value_label(scale, self.mine),
            value_label(scale, self.team, _("no self-review")),
            str(self.pieces),
            ", ".join(f"{who}: {value_label(scale, value)}" for who, value in self.others_named()),
            self.criteria,
        )


def copied_headings(instrument: Instrument) -> tuple[str, ...]:
    """What stands above rows that are copied."""
    return (
        nouns_of(instrument).title,
        _("Title"),
        *((_("Type"),) if len(instrument.types()) > 1 else ()),
        _("My rating"),
        _("Team"),
        _("Evidence"),
        _("Other reviewers"),
        _("Criteria"),
    )


def build_rows(seen: SeenSet, me: str) -> list[StandardRow]:
    """A row per standard, in the instrument's order; others' ratings only as far as they may be shown."""
    state = seen.judged
    rated, team, heard = peer_ratings(state), self_review_ratings(state), seen.evidence()
    criteria = _criteria(seen)
    opened = state.meeting_opened
    rows = []
    for standard in state.instrument.standards:
        number = standard.number
        given = rated.get(number, {})
        others: tuple[tuple[str, Score], ...] = ()
        if opened and shows_others(state, me, number):
            others = tuple(sorted((c, v) for c, v in given.items() if c != me))
        who = tuple(person(state.people, code) for code, _value in others)
        rows.append(
            StandardRow(
                standard, team.get(number), given.get(me), others, *heard[number], who, criteria.get(number, "")
            )
        )
    return rows


def _criteria(seen: SeenSet) -> dict[str, str]:
    """By standard what its criteria give, in words."""
    scores = {number: _("criteria: {score}", score=range_words(one)) for number, one in seen.derived().items()}
    return scores | {number: points_words(one) for number, one in seen.points().items()}


class StandardsModel(RowsModel[StandardRow]):
    """List model of the standards, in the instrument's order."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__()
        self.instrument = instrument

    @property
    def scale(self) -> Scale:
        """The scale of the instrument whose standards are shown."""
        return self.instrument.scale

    def key_of(self, row: StandardRow) -> str:
        """The row's key: the number of the standard."""
        return row.standard.number

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == COPIED:
            return row.copied(self.instrument)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.standard.number} {row.standard.title}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = row.words(self.instrument)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == COPIED:
            return copied_headings(self.instrument)
        return super().headerData(section, orientation, role)


class StandardsFilter(QSortFilterProxyModel):
    """Filter of the list; a row that has passed stays until the filter changes, so that rating never hides it."""

    def __init__(self, model: StandardsModel) -> None:
        super().__init__()
        self.type = self.section = self.words = ""
        self.unrated = self.differs = self.one_source = False
        self.by = ""
        self.setDynamicSortFilter(False)
        self.setSourceModel(model)
        self._model = model

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        # Every filter that is set must match.
        item = self._model.rows[row]
        standard = item.standard
        if (self.type and standard.type != self.type) or (self.section and standard.section != self.section):
            return False
        if (self.unrated and item.mine is not None) or (self.differs and not item.differs):
            return False
        if self.one_source and item.sources >= SOURCES_NEEDED:
            return False
        return self._found(standard)

    def _found(self, standard: Standard) -> bool:
        if not self.words:
            return True
        text = f"{standard.number} {standard.title} {standard.statement} {standard.section}".casefold()
        return all(word in text for word in self.words.casefold().split())

    def again(self) -> None:
        """Apply the filter again to every row."""
        self.beginFilterChange()
        self.endFilterChange()

    def sort_by(self, by: str) -> None:
        """Put the rows in an order of `ORDERS`; empty: as the standards are numbered. It stands until called again."""
        self.by = by
        self.sort(0 if by else -1)

    def lessThan(self, left: Index, right: Index) -> bool:
        # Only what is told of the rows in the list is compared.
        rows = self._model.rows
        return self._key(rows[left.row()], left.row()) < self._key(rows[right.row()], right.row())

    def _key(self, row: StandardRow, place: int) -> tuple[object, ...]:
        values = [one.value for one in self._model.scale.values]
        keys: dict[str, tuple[object, ...]] = {
            "mine": (_place_of(row.mine, values),),
            "team": (_place_of(row.team, values),),
            "evidence": (row.sources, row.pieces),
            "title": (row.standard.title.casefold(),),
            "type": (row.standard.type,),
        }
        return (*keys.get(self.by, ()), place)


def _place_of(value: Score | None, values: list[Score]) -> int:
    """Where a rating stands on the scale; what is not rated comes first, as it is still to be done."""
    return values.index(value) if value in values else -1


ORDERS = (
    ("mine", _("By my rating")),
    ("team", _("By the team's rating")),
    ("evidence", _("By evidence, least first")),
    ("type", _("By type")),
    ("title", _("By title")),
)
"""The orders of the list, beside that of the standards."""


def _ground(chosen: bool) -> QColor:
    return theme().colour("accent_soft" if chosen else "surface")


def _team(scale: Scale, value: Score | None) -> str:
    return _("Team: {team}", team=value_label(scale, value, _("no self-review")))


class StandardsDelegate(QStyledItemDelegate):
    """Paints two lines: number, title and my rating; then type, the team's rating, evidence and others' ratings."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__()
        self.show_instrument(instrument)
        self._pictures = PaintCache()

    def show_instrument(self, instrument: Instrument, *, claims: bool = True) -> None:
        """Draw standards of this instrument; their type only where there are several. `claims`: what the team says."""
        self._scale, self._types, self._claims = instrument.scale, len(instrument.types()) > 1, claims

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        lines = look.metrics("body", strong=True).height() + max(24, look.px(24))
        return QSize(space(20), lines + space(5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, chosen = index.data(ROW), bool(option.state.value & _SELECTED)
        self._pictures.show(
            painter, option.rect, (row.shown, chosen, self._claims), _ground(chosen), self._draw, row, chosen
        )

    def _draw(self, painter: QPainter, rect: QRectF, row: StandardRow, chosen: bool) -> None:
        look = theme()
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft() + QPointF(space(3), 0), rect.bottomRight())
        inner = rect.adjusted(space(3), space(2), -space(3), -space(2))
        self._first_line(painter, inner, row)
        self._second_line(painter, inner, row, chosen)

    def _first_line(self, painter: QPainter, rect: QRectF, row: StandardRow) -> None:
        look = theme()
        painter.setFont(look.font("body", strong=True))
        metrics = look.metrics("body", strong=True)
        height = metrics.height()
        painter.setPen(look.colour("text"))
        gap = look.wide("0000", "body", strong=True) + space(1)
        top = QRectF(rect.left(), rect.top(), rect.width(), height)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, row.standard.number)
        words = top.adjusted(gap, 0, 0, 0)
        title = metrics.elidedText(row.standard.title, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)

    def _second_line(self, painter: QPainter, rect: QRectF, row: StandardRow, chosen: bool) -> None:
        """Paint type, ratings and evidence; texts that many rows share are drawn once and cached."""
        look, scale = theme(), self._scale
        ground = _ground(chosen)
        high = max(24, look.px(24))
        label, tone, icon = value_label(scale, row.mine), tone_of(scale, row.mine), icon_of(scale, row.mine)
        width = look.wide(label, "small", strong=True) + look.px(14) + space(6)
        top = round(rect.bottom()) - high + space(0.5)
        pill = QRect(round(rect.right()) - width, top, width, high)
        key = "pill", label, tone, icon, chosen
        self._pictures.show(painter, pill, key, ground, paint_pill, label, tone, icon)
        words = [
            *((("", _("Type {type}", type=row.standard.type), "muted"),) if self._types else ()),
            *((("", row.criteria, "muted"),) if row.criteria else ()),
            *(((icon_of(scale, row.team), _team(scale, row.team), tone_of(scale, row.team)),) if self._claims else ()),
            ("file", str(row.pieces), "muted"),
            *(
                (icon_of(scale, value), " ".join(codes), tone_of(scale, value))
                for value, codes in row.others_by_value()
            ),
        ]
        left = round(rect.left()) + look.wide("0000", "body", strong=True) + space(1)
        for picture, text, role in words:
            advance = look.wide(text, "small")
            width = advance + (look.px(13) + space(0.75) if picture else 0)
            if left + width > pill.left() - space(2):
                return
            place, key = QRect(left, top, width + 2, high), ("word", picture, text, role, chosen)
            self._pictures.show(painter, place, key, ground, self._word, picture, text, role, width - advance)
            left += width + space(3)

    def _word(self, painter: QPainter, rect: QRectF, icon: str, text: str, role: str, indent: int) -> None:
        """Paint an icon and a text."""
        look, side = theme(), theme().px(13)
        if icon:
            place = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            paint_icon(painter, place, icon, look.hex(role))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(role))
        painter.drawText(rect.adjusted(indent, 0, indent, 0), Qt.AlignmentFlag.AlignVCenter, text)
