"""Grid that assigns questions to reviewers: one row per question, one column per reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.model import Prompt
from reviewapp.visit.labels import person
from reviewapp.visit.state import PersonRecord, VisitState
from reviewapp.visit.statements import Asks, Statement
from ui.labels import MANY, ROLES
from ui.theme import theme
from ui.theme.icons import paint_icon, set_icon
from ui.widgets import Button, Card, FlowLayout, SectionHeading, Toggle, column, row
from ui.widgets.full_height_table import WORDS, CellText, FullHeightTable, Index
from ui.widgets.one_stop import OneStop
from ui.widgets.plain_text import plain_tip
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

ON = Qt.ItemDataRole.UserRole + 1


class AsksModel(QAbstractTableModel):
    """Model of the grid: column 0 is the question, then one column per reviewer."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts: tuple[Prompt, ...] = ()
        self.people: list[str] = []
        self._who: dict[str, tuple[str, ...]] = {}
        self._roles: dict[str, str] = {}
        self._people: Mapping[str, PersonRecord] = {}

    def show(self, state: VisitState, group: str) -> None:
        """Show the questions of one group of interviewees."""
        guide = state.instrument.guide(group)
        prompts, people = guide.prompts if guide else (), list(state.people)
        self._people = state.people
        self._roles = {
            code: ", ".join(word for word in (one.name, ROLES.get(one.role, one.role)) if word)
            for code, one in state.people.items()
        }
        same = prompts == self.prompts and people == self.people
        if not same:
            self.beginResetModel()
        self.prompts, self.people = prompts, people
        self._who = {key: rec.who for key, rec in state.asks.items()}
        if not same:
            self.endResetModel()
        elif prompts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(prompts) - 1, len(people)))

    def who(self, row: int) -> list[str]:
        """Codes of the reviewers who ask the question in this row; none means that anybody may."""
        return list(self._who.get(self.prompts[row].id, ()))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.prompts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.people) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        prompt = self.prompts[index.row()]
        if index.column() == 0:
            words = CellText("", f"{prompt.id}  {prompt.text}")
            return (
                words
                if role == WORDS
                else words.note
                if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
                else None
            )
        code = self.people[index.column() - 1]
        asks = code in self._who.get(prompt.id, ())
        if role == ON:
            return asks
        if role == WORDS:
            return CellText()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who = person(self._people, code)
            return _("{person} asks this", person=who) if asks else _("{person} does not ask this", person=who)
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _("Question") if section == 0 else self.people[section - 1]
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.AccessibleTextRole and section:
            return person(self._people, self.people[section - 1])
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole and section:
            return plain_tip(self._roles.get(self.people[section - 1], "")) or None
        return None


class BoxDelegate(QStyledItemDelegate):
    """Paints a tick box centred in its cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Large enough as a target for the pointer.
        return QSize(theme().px(40), theme().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, on = theme(), bool(index.data(ON))
        rect = QRectF(option.rect)
        side = look.px(20)
        box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QPen(look.colour("accent" if on else "line_strong"), 1.5))
        painter.setBrush(look.colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", look.hex("on_accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-5, -5, 5, 5), 6, 6)
        painter.restore()


class AsksTable(FullHeightTable):
    """Table of tick boxes; Enter, Space or a click emits `activated` or `clicked` for the box."""

    def __init__(self) -> None:
        super().__init__(_("Who asks what"), (6.0,))
        self.horizontalHeader().show()
        self._boxes = BoxDelegate(self)

    def show_people(self, people: int) -> None:
        """Set up one column of tick boxes for each of `people` reviewers."""
        for place in range(1, people + 1):
            self.setItemDelegateForColumn(place, self._boxes)
        self._shares = (6.0, *([1.0] * people))

    def adjust_height(self) -> None:
        """Fit columns and rows to the width; the height includes the header."""
        super().adjust_height()
        self.setFixedHeight(self.height() + self.horizontalHeader().sizeHint().height())


class AsksPart(Card):
    """Card that assigns the questions of one group at a time; collapsed until opened."""

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset")
        self._page = page
        self._group = ""
        self.show_button = Button(_("Share out the questions"), "chevron_down", "quiet")
        self.show_button.clicked.connect(self._on_show)
        heading = SectionHeading(
            _("Who asks what"),
            _("So that nobody is asked the same thing twice. Anyone can ask an unticked question."),
        )
        heading.add(self.show_button)
        self.inner = QWidget()
        flow = FlowLayout(self.inner, gap=1.5)
        self._choices = QButtonGroup(self)
        self._toggles: dict[str, Toggle] = {}
        for guide in page.state.instrument.guides:
            toggle = Toggle(
                MANY.get(guide.group, guide.group),
                name=_("Questions for {group}", group=MANY.get(guide.group, guide.group).lower()),
            )
            toggle.setProperty("group", guide.group)
            toggle.clicked.connect(self._on_group)
            self._choices.addButton(toggle)
            self._toggles[guide.group] = toggle
            flow.addWidget(toggle)
        OneStop(self.inner)
        self.model = AsksModel()
        self.evenly = Button(
            _("Share out evenly"), "people", tip=_("Unticked questions are given to the reviewers in turn")
        )
        self.evenly.clicked.connect(self._on_evenly)
        self._below = column(gap=0)
        self.add(heading, self.inner, row(self.evenly, None), self._below)
        self.inner.hide()
        self.evenly.hide()

    @cached_property
    def table(self) -> AsksTable:
        """The boxes, made when the questions are first shown."""
        made = AsksTable()
        made.setModel(self.model)
        made.clicked.connect(self._on_press)
        made.activated.connect(self._on_press)
        put_in_place(made, self._below, self.evenly)
        return made

    def refresh(self) -> None:
        """Show the current assignments."""
        shared = sum(1 for rec in self._page.state.asks.values() if rec.who)
        verb = (
            _("Hide questions")
            if self._group
            else _("Share out the questions")
            if not shared
            else _("Show ({shared} shared out)", shared=shared)
        )
        self.show_button.setText(verb)
        set_icon(self.show_button, "chevron_up" if self._group else "chevron_down", "accent", 18)
        self.show_button.setAccessibleName(_("{verb}: who asks what", verb=verb))
        if self._group:
            self.model.show(self._page.state, self._group)
            self.table.show_people(len(self.model.people))
            self.table.adjust_height()
            out = "" if self._shares() else _("Every question is shared out already.")
            usable(self.evenly, only_read(self._page.writable) or out)

    def _shares(self) -> list[Statement]:
        """Statements that give each unassigned question of the group to the next reviewer; observers get none."""
        people = [code for code, one in self._page.state.people.items() if one.role != "observer"]
        free = [prompt for row, prompt in enumerate(self.model.prompts) if not self.model.who(row)]
        return [Asks(prompt=prompt.id, who=[people[n % len(people)]]) for n, prompt in enumerate(free)]

    @Slot()
    def _on_evenly(self) -> None:
        lines = self._shares()
        if lines and self._page.record(*lines, name=_("sharing out {n} questions", n=len(lines))) is not None:
            self._page.notify(_("{n} questions are shared out. One Undo reverses it.", n=len(lines)), "met")

    def _open(self, group: str) -> None:
        self._group = group
        for name, toggle in self._toggles.items():
            toggle.setChecked(name == group)
        self.inner.setVisible(bool(group))
        self.evenly.setVisible(bool(group))
        if group or "table" in vars(self):
            self.table.setVisible(bool(group))
        self.refresh()

    @Slot()
    def _on_show(self) -> None:
        self._open("" if self._group else next(iter(self._toggles), ""))

    @Slot()
    def _on_group(self) -> None:
        toggle = self.sender()
        if toggle is not None:
            self._open(str(toggle.property("group")))

    @Slot(QModelIndex)
    def _on_press(self, index: QModelIndex) -> None:
        if index.column() == 0 or not self._page.writable:
            return
        code, prompt = self.model.people[index.column() - 1], self.model.prompts[index.row()].id
        who = self.model.who(index.row())
        chosen = [c for c in self.model.people if (c in who) != (c == code)]
        self._page.record(Asks(prompt=prompt, who=chosen), name=_("who asks {prompt}", prompt=prompt))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A narrower table needs higher rows.
        super().resizeEvent(event)
        if self._group:
            self.table.adjust_height()
