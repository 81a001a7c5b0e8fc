"""Groups against groups: who speaks of what, in how many voices and in what tone; a cell opens the words behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from reviewapp.base.i18n import _, plural
from reviewapp.figures.theme_groups import MIXED, TONES, GroupCell, ThemeRow, cell_units, theme_groups
from reviewapp.visit.themes import themes_in_force
from ui.labels import MANY
from ui.labels import TONES as TONE_WORDS
from ui.pages.themes.unit_rows import where_from
from ui.pages.themes.words_table import Row, WordsTable
from ui.theme import space
from ui.widgets import Scroll, Text
from ui.widgets.full_height_table import CellText
from ui.widgets.panes import scroll_into_view
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from ui.pages.base import Page


def people_words(cell: GroupCell) -> str:
    """How many people spoke of it, at least and at most."""
    if cell.people == cell.up_to:
        return plural("{n} person", "{n} people", cell.people)
    return _("{least} to {most} people", least=cell.people, most=cell.up_to)


def cell_words(cell: GroupCell, coded: int, *, grey: bool) -> CellText:
    """A cell: how many units of how many, people, and tones."""
    if not cell.units:
        return CellText(_("0 of {n}", n=coded), dim=True)
    tones = [f"{TONE_WORDS[tone].lower()} {getattr(cell, tone)}" for tone in TONES if getattr(cell, tone)]
    note = " · ".join([people_words(cell), *tones])
    return CellText(_("{n} of {all}", n=cell.units, all=coded), note, link=not grey, dim=grey)


class GroupsView(Scroll):
    """The table, and the words behind the chosen cell. Emits `open_wanted(unit)`."""

    open_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(margin=0, gap=3, width=space(260))
        self._page = page
        self._seen: VisitState | None = None
        self._columns: list[str] = []
        self._cell = ("", "")
        self.about = Text("", "muted")
        self.none = Text(_("Nothing is coded yet."), "muted")
        self.table = WordsTable(_("Themes by group"))
        self.table.clicked.connect(self._on_cell)
        self.table.activated.connect(self._on_cell)
        self.heading = Text("", "heading")
        self.words = StatusList(_("The words counted in the cell"), most=320)
        self.words.activated.connect(self._on_word)
        self.words.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._on_soon)
        self.add(self.about, self.none, self.table, self.heading, self.words, None)

    def show_visit(self, seen: VisitState) -> None:
        """Show the groups; before the meeting from one's own codings alone."""
        self._seen = seen
        found, themes = theme_groups(seen), themes_in_force(seen)
        order = [*MANY, MIXED, ""]
        self._columns = sorted(found.coded, key=lambda one: order.index(one) if one in order else len(order))
        about = _(
            "Quotes and answers with each theme, out of those coded in the group. Press Enter or click to read the "
            "words; Escape goes back. Do not draw conclusions from a grey row."
        )
        if not seen.meeting_opened:
            about += " " + _("Before the meeting, this shows only your own codings.")
        self.about.setText(about)
        headings = [_("Theme"), *(f"{_group(one)} ({found.coded[one]})" for one in self._columns)]
        rows: list[Row] = []
        for theme in [*(one for one in themes.by_id if one in found.rows), *(found.rows.keys() - themes.by_id.keys())]:
            held = themes.by_id.get(theme)
            line = found.rows[theme]
            first = CellText(held.title if held else theme, _notes(line), dim=line.grey)
            cells = (cell_words(line.cells[one], found.coded[one], grey=line.grey) for one in self._columns)
            rows.append((theme, (first, *cells)))
        self.none.setVisible(not rows)
        for part in (self.table, self.about):
            part.setVisible(bool(rows))
        self.table.show_rows(headings, rows, 1.6)
        self._show_words()

    def _show_words(self) -> None:
        theme, group = self._cell
        shown = cell_units(self._seen, theme, group) if self._seen is not None and theme else ()
        people = self._page.state.people
        self.words.show_rows(
            [StatusRow(one.key, one.text, detail=where_from(one, people), tone="na", icon="quote") for one in shown]
        )
        for part in (self.heading, self.words):
            part.setVisible(bool(shown))
        if shown and self._seen is not None:
            held = themes_in_force(self._seen).by_id.get(theme)
            self.heading.setText(f"{held.title if held else theme}: {_group(group)}")

    @Slot(QModelIndex)
    def _on_cell(self, index: QModelIndex) -> None:
        if index.column() < 1:
            return
        self._cell = self.table.key_at(index.row()), self._columns[index.column() - 1]
        self._show_words()
        if self.words.told.rows:
            self.words.choose(self.words.told.rows[0].key)
            self.words.setFocus()
            self._soon.start()
        else:
            self._page.notify(_("No words are counted in this cell."), "info")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Escape leads from the words back to the cell that they stand behind.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not self.words or event.key() != Qt.Key.Key_Escape:
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(self.table)
        return True

    @Slot()
    def _on_soon(self) -> None:
        """Bring the words into view, once they have their place below the table."""
        scroll_into_view(self.words)

    @Slot(QModelIndex)
    def _on_word(self, _index: QModelIndex) -> None:
        self.open_wanted.emit(self.words.chosen_key())


def _group(group: str) -> str:
    if group == MIXED:
        return _("Several groups")
    return MANY.get(group, group) or _("No group")


def _notes(line: ThemeRow) -> str:
    notes = []
    if line.grey:
        notes.append(_("Coders differ at least as much as groups"))
    if line.unsettled:
        notes.append(plural("{n} not agreed and not counted", "{n} not agreed and not counted", line.unsettled))
    return ". ".join(notes)
