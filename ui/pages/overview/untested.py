"""Standards with fewer than two sources, type 1 first, each with the next question to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Slot

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import EvidenceIndex, Untested
from reviewapp.instruments.nouns import Nouns, nouns_of
from reviewapp.visit.labels import TeamMember, person
from reviewapp.visit.state import VisitState
from ui.labels import A_ONE_OF, MANY
from ui.widgets import Button, Card, SectionHeading, Text
from ui.widgets.full_height_table import WORDS, CellText, FullHeightTable, Index

if TYPE_CHECKING:
    from ui.pages.base import Page

FEW = 6
SOURCES = {
    **{group: many.lower() for group, many in MANY.items()},
    "survey": _("the survey"),
    "case_note": _("case notes"),
    "document": _("documents"),
}
Target = tuple[str, dict[str, str]]


class UntestedCell(NamedTuple):
    """One cell: its text, and the page and place that a click opens."""

    words: CellText
    target: Target


UntestedRow = tuple[UntestedCell, UntestedCell]


class UntestedModel(QAbstractTableModel):
    """Model of the untested standards, in two columns: the standard, and the next step."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[UntestedRow] = []

    def show(self, rows: list[UntestedRow]) -> None:
        """Replace the rows; with the same number of rows the current cell is kept."""
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        words = self.rows[index.row()][index.column()].words
        if role == WORDS:
            return words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken()
        return None

    def target(self, index: Index) -> Target:
        """Page and place that a click on this cell opens."""
        return self.rows[index.row()][index.column()].target


def row_of(state: VisitState, found: Untested, me: str) -> UntestedRow:
    """The two cells for one untested standard."""
    heard = (
        _("Heard so far: ") + ", ".join(SOURCES.get(s, s) for s in found.heard)
        if found.heard
        else _("Nothing heard yet")
    )
    typed = len(state.instrument.types()) > 1
    pill = (_("Type {type}", type=found.type), "warn" if found.type == "1" else "na", "standards") if typed else None
    here: Target = ("standards", {"standard": found.standard})
    standard = CellText(f"{found.standard}  {found.title}", heard, pill, link=True)
    return UntestedCell(standard, here), _next_step(state, found, here, me)


def _next_step(state: VisitState, found: Untested, here: Target, me: str) -> UntestedCell:
    """The best next step: a question to ask, the case notes, the documents, or the sources still missing."""
    if found.try_next:
        group, prompt, text = found.try_next[0]
        asks = state.asks.get(prompt)
        ask = _("Ask {group}", group=A_ONE_OF.get(group, group))
        words = CellText(_who_asks(ask, asks.who if asks else (), me, state.people), text, link=True)
        return UntestedCell(words, ("interviews", {"group": group, "prompt": prompt}))
    item = next((a for a in state.instrument.audit if found.standard in a.standards), None)
    if "case_note" in found.not_heard and item is not None:
        words = CellText(_("Look in the case notes"), f"{item.item}  {item.text}", link=True)
        return UntestedCell(words, ("case_notes", {"item": item.item}))
    if "document" in found.not_heard:
        note = _("Then rate it, and say in your note what you read.")
        return UntestedCell(CellText(_("Read the documents"), note, link=True), here)
    rest = ", ".join(SOURCES.get(s, s) for s in found.not_heard)
    return UntestedCell(
        CellText("", _("Could also be heard from: {rest}", rest=rest) if rest else _("No other source is named.")),
        here,
    )


def _who_asks(ask: str, who: Sequence[str], me: str, people: Mapping[str, TeamMember]) -> str:
    """The request and who asks it: `Ask a patient: yours to ask`, `Ask a patient: R4 (clinician) asks this`."""
    if me in who:
        return _("{ask}: yours to ask", ask=ask)
    if who:
        named = ", ".join(person(people, code) for code in who)
        return plural("{ask}: {list} asks this", "{ask}: {list} ask this", len(who), ask=ask, list=named)
    return ask


class UntestedCard(Card):
    """Card with the first `FEW` untested standards; a button shows all."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._all = False
        self._title = _("Still untested")
        self.head = SectionHeading(self._title, " ")
        self.more = Button(_("Show all"), "chevron_down", "quiet")
        self.more.clicked.connect(self._on_more)
        self.model = UntestedModel()
        self.table = FullHeightTable(_("Still untested, with what to ask next"), (1, 1.25))
        self.table.setModel(self.model)
        self.table.activated.connect(self._on_go)
        self.table.clicked.connect(self._on_go)
        self.done = Text("", "body")
        self.add(self.head, self.table, self.done, self.more)

    def refresh(self, index: EvidenceIndex) -> None:
        """Show the standards that are untested in this index."""
        found = index.still_untested()
        state, me = self._page.state, self._page.visit.me
        self._show(
            nouns_of(state.instrument), [one.type for one in found], lambda place: row_of(state, found[place], me)
        )

    def _show(self, nouns: Nouns, found: Sequence[str], made: Callable[[int], UntestedRow]) -> None:
        """Show so many rows as are wanted; `found` are the types of all, `made` makes a row."""
        ones = sum(1 for one in found if one == "1")
        self.model.show([made(place) for place in range(len(found) if self._all else min(FEW, len(found)))])
        note = plural(
            "{standards} has fewer than two sources",
            "{standards} have fewer than two sources",
            len(found),
            standards=nouns.counted(len(found)),
        ) + (_(", {ones} of them type 1.", ones=ones) if ones else ".")
        self.head.set_note(note + _(" Select one to open it, or what to ask to go there.") if found else "")
        self.table.setVisible(bool(found))
        self.done.setText(_("Every {noun} has two sources. Nothing is left untested.", noun=nouns.one))
        self.done.setVisible(not found)
        self.more.setVisible(len(found) > FEW)
        self.more.setText(_("Show fewer") if self._all else _("Show all {n}", n=len(found)))
        self.more.setAccessibleName(f"{self.more.text()}: {self._title}")
        self.table.adjust_height()

    def again(self) -> None:
        """Show the present state."""
        self.refresh(EvidenceIndex(self._page.state))

    @Slot()
    def _on_more(self) -> None:
        self._all = not self._all
        self.again()

    @Slot(QModelIndex)
    def _on_go(self, index: QModelIndex) -> None:
        page, place = self.model.target(index)
        self._page.session.show_page(page, place)
