"""Coding: the units on the left, the words of the chosen one in the middle, the themes as keys on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.visit.blind import rates
from reviewapp.visit.statements import Coding
from reviewapp.visit.theme_records import Themes
from reviewapp.visit.themes import Unit, suggested, themes_in_force
from ui.pages.shared.typed_ratings import TypedRatings
from ui.pages.themes.filters import UnitFilters
from ui.pages.themes.seen import as_coded_by
from ui.pages.themes.theme_list import NEXT, NONE_FITS, ThemeKeys, ThemeList, first_match, guidance, title_by_id
from ui.pages.themes.unit_pane import UnitPane
from ui.pages.themes.unit_rows import UnitList, Units, themes_of, unit_name
from ui.theme import theme
from ui.widgets import Button, Text, Toggle, column, row
from ui.widgets.basics import sentence
from ui.widgets.find import FindKeys
from ui.widgets.panes import Panes
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Change
    from ui.pages.base import Page

GUIDANCE_LINES = 6
NARROW = 860
"""Below this width, in pixels at 100 %, the words stand below the list."""
NO_THEME = _("No theme holds these words.")
KEYS = _(
    "Keys in the list: 1 to 9 and letters tick themes, 0 none fits, Space next not coded, Enter memo, Delete "
    "removes your themes"
)


def _taken_back(unit: str, undone: int) -> str:
    if not undone:
        return _("That looked like typing, so nothing was coded. To write, click in a box first.")
    return _(
        "That looked like typing, so the themes of {unit} are unchanged. To write, click in a box first.", unit=unit
    )


def _coded_alone(change: Change | None) -> set[str] | None:
    """The units of a change that says nothing but codings; None of any other."""
    if change is None or not change.records or any(kind != "coding" for kind, __ in change.records):
        return None
    return {key.rpartition("/")[0] for __, key in change.records}


class CodingView(QWidget):
    """Codes one unit after another, with the keys of the themes or with the mouse."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._units = Units()
        self._themes = Themes((), {})
        self._seen: VisitState | None = None
        self._key = ""
        self._low = False
        self.panes = Panes(Qt.Orientation.Horizontal, self)
        self.reading = Panes(Qt.Orientation.Horizontal, self.panes)
        self._build_left()
        self.pane = UnitPane(page)
        page.tie_to_list(self.pane, self.list)
        self.pane.memo.installEventFilter(self)
        self.pane.words.installEventFilter(self)
        self.pane.quoted.connect(self._on_quoted)
        self._build_right()
        page.tie_to_list(self.right, self.list)
        for part in (self.left, self.pane):
            self.reading.addWidget(part)
        self.panes.addWidget(self.reading)
        self.panes.addWidget(self.right)
        self.keys_line = Text(KEYS, "small")
        layout = column(self.typed, self.pane.room, self.panes, self.keys_line, gap=1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        theme().changed.connect(self._on_themed)
        self._keep_room()

    def _build_left(self) -> None:
        self.filters = UnitFilters()
        self.filters.changed.connect(self._on_filter)
        self.list = UnitList(_("Quotes, answers and survey comments"))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.installEventFilter(self)
        self.find_keys = FindKeys(self.filters.find_box, self.list)
        self.keys = ThemeKeys(self.list, {})
        self.keys.chosen.connect(self._on_key)
        self.typed = TypedRatings(
            self._page.session, self.keys, self.list, words=_taken_back, redo=_("Redo the themes that were undone")
        )
        self.nothing = Text("", "muted")
        self.nothing.hide()
        self.left = QWidget()
        layout = column(self.filters, self.list, self.nothing, gap=2)
        layout.setStretch(1, 1)
        self.left.setLayout(layout)

    def _build_right(self) -> None:
        self.find_theme = QLineEdit()
        self.find_theme.setPlaceholderText(_("Find a theme (Ctrl+T)"))
        self.find_theme.setAccessibleName(_("Find a theme; Enter ticks the first one"))
        self.find_theme.setClearButtonEnabled(True)
        self.find_theme.textChanged.connect(self._on_words)
        self.find_theme.installEventFilter(self)
        shortcut = QShortcut(QKeySequence("Ctrl+T"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_find_theme)
        self.themes = ThemeList(_("Themes"))
        self.themes.toggled.connect(self._on_toggled)
        self.themes.current.connect(self._on_theme)
        self.guidance = Text("", "small", fills=True)
        self.guidance.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none_fits = Toggle(_("None fits (0)"), name=_("None of the themes fits"))
        self.none_fits.clicked.connect(self._on_none)
        self.next = Button(_("Next not coded"), "arrow_right", "quiet", tip=_("Next not coded (Space in the list)"))
        self.next.clicked.connect(self.go_on)
        self.why_not = Text(_("Observers watch and do not code."), "muted")
        self.right = QWidget()
        layout = column(
            self.find_theme, self.themes, self.guidance, self.why_not, row(self.none_fits, self.next, None), gap=2
        )
        layout.setStretch(1, 1)
        self.right.setLayout(layout)

    # Showing -------------------------------------------------------------------------------------------------

    def show_visit(self, seen: VisitState, change: Change | None) -> None:
        """Show the units of a visit of which only what may be shown is left (`as_coded_by`)."""
        self._seen = seen
        me, coded = self._page.visit.me, _coded_alone(change)
        if coded is None or not self._units.all:
            self._units.read(self._page.state, seen, me)
            self._themes = themes_in_force(seen)
            self.keys.show_themes(self._themes)
            self.filters.offer(seen, self._units.all)
        self.typed.changed()
        writable = self._page.writable and rates(seen, me)
        self.keys.enabled = writable and self._page.session.settings.flag("one_key", True)
        self._show_keys_line()
        self.why_not.setVisible(not rates(seen, me))
        for part in (self.themes, self.none_fits):
            usable(part, only_read(writable))
        rows = None if coded is None else self._units.recode(coded, seen, me)
        if rows is None:
            self._show_rows(again=change is None)
            return
        for place, shown in rows.items():
            self.list.told.replace(place, shown)
        self._show_chosen()

    def prepare(self) -> None:
        """Count what the first view shows: the units, their rows, and the codebooks."""
        me, state = self._page.visit.me, self._page.state
        seen = as_coded_by(state, me)
        self._units.read(state, seen, me)
        self._units.apply(seen, me, again=True)
        themes_in_force(seen)

    def _show_rows(self, *, again: bool) -> None:
        if self._seen is None:
            return
        self.list.show_rows(self._units.apply(self._seen, self._page.visit.me, again=again))
        self.nothing.setText(
            _("No matches. Remove a filter, or clear the find box.")
            if self._units.all
            else _("There is nothing to code yet. Write down what people say on the Interviews page.")
        )
        self.nothing.setVisible(not self._units.shown)
        if not self.list.currentIndex().isValid() and self._units.shown:
            self.list.choose(self._units.shown[0].key)
        self._show_chosen()

    def _show_chosen(self) -> None:
        usable(self.next, _("Everything is coded.") if self._units.all_coded() else "")
        self._show_unit()

    def unit(self) -> Unit | None:
        """The chosen unit."""
        return self._units.unit(self.list.chosen_key())

    def _show_unit(self) -> None:
        seen, unit = self._seen, self.unit()
        if seen is None:
            return
        fresh = self._key != (unit.key if unit else "")
        self._key = unit.key if unit else ""
        self.pane.show_unit(unit, seen, self._themes, self._units.coders, fresh=fresh)
        for part in (self.right, self.pane):
            part.setVisible(unit is not None)
        if unit is not None:
            self._show_themes(unit, seen)

    def _show_themes(self, unit: Unit, seen: VisitState) -> None:
        mine = themes_of(seen, unit.key, self._page.visit.me)
        because = _("Suggested by standard {list}", list=join_words(unit.standards, _(" or ")))
        self.themes.show_themes(
            self._themes, mine or (), suggested(self._themes, unit.standards), because, self.find_theme.text()
        )
        self.none_fits.setChecked(mine == ())

    def progress(self) -> str:
        """How many are coded, in words."""
        if self._seen is None:
            return ""
        return _("You have coded {mine} of {n}", mine=len(self._units.coded), n=len(self._units.all))

    def reveal(self, unit: str) -> None:
        """Make a unit the chosen one, without the filters if they hide it."""
        if not self.list.choose(unit) and self._units.unit(unit) is not None:
            self.filters.clear()
            self.list.choose(unit)

    # Coding --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_key(self, what: object) -> None:
        unit = self.unit()
        if unit is None:
            return
        if what == NEXT:
            self.go_on()
            return
        change = None
        if what is None:
            change = self._code(unit, None)
        elif what == NONE_FITS:
            change = self._code(unit, [])
        elif isinstance(what, tuple):
            change = self._code(unit, self._with(unit, str(what[1])))
            self.find_theme.clear()
            self.themes.choose(str(what[1]))
        if change is not None:
            self.typed.add_change(self._named(unit), change)

    def _with(self, unit: Unit, theme: str) -> list[str] | None:
        """The themes of a unit with one more, or without it if it is one of them; None where none is left."""
        seen = self._seen
        mine = (themes_of(seen, unit.key, self._page.visit.me) if seen is not None else None) or ()
        wanted = set(mine) ^ {theme}
        return self._in_order(wanted)

    def _in_order(self, wanted: set[str]) -> list[str] | None:
        """Themes as the codebook orders them. None rather than an empty list, which says that none fits."""
        return [one for one in self._themes.by_id if one in wanted] or None

    def _named(self, unit: Unit) -> str:
        """A unit as messages name it, whoever wrote it down with name or role."""
        return unit_name(unit.key, self._page.state.people)

    def _code(self, unit: Unit, themes: list[str] | None) -> Change | None:
        change = self._page.record(
            Coding(unit=unit.key, themes=themes), name=_("themes of {unit}", unit=self._named(unit))
        )
        if change is None:
            self._show_unit()
            return None
        titles = ", ".join(self._themes.by_id[one].title for one in themes or ())
        said = titles or (_("none fits") if themes is not None else _("not coded"))
        self._page.notify(_("{unit}: {themes}", unit=sentence(self._named(unit)), themes=said), "info")
        return change

    @Slot()
    def _on_toggled(self) -> None:
        unit = self.unit()
        if unit is not None:
            mine = themes_of(self._seen, unit.key, self._page.visit.me) if self._seen is not None else None
            hidden = set(mine or ()) - self.themes.told.offered  # the find box hides them
            self._code(unit, self._in_order(set(self.themes.ticked()) | hidden))

    @Slot(bool)
    def _on_none(self, on: bool) -> None:
        unit = self.unit()
        if unit is not None:
            self._code(unit, [] if on else None)

    @Slot()
    def go_on(self) -> None:
        """Make the next unit current that I have not coded."""
        if self._seen is None:
            return
        key = self._units.next_uncoded(self.list.chosen_key())
        if key:
            self.list.choose(key)
        else:
            self._page.notify(_("Everything in this list is coded."), "met")

    @Slot(str)
    def _on_quoted(self, unit: str) -> None:
        """Go on with the quote that was made of marked words, also where it does not pass the filters."""
        self._units.admit(unit)
        self._show_rows(again=False)
        self.list.choose(unit)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Finding -------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_unit()

    @Slot()
    def _on_filter(self) -> None:
        self._units.filter = self.filters.value()
        self._show_rows(again=True)

    @Slot(str)
    def _on_theme(self, theme_id: str) -> None:
        self.guidance.setText("\n".join(guidance(self._themes.by_id.get(theme_id), title_by_id(self._themes))))
        self._show_guidance()

    def _show_keys_line(self) -> None:
        self.keys_line.setVisible(self.keys.enabled and not self._low)

    def _show_guidance(self) -> None:
        self.guidance.setVisible(bool(self.guidance.text()) and not self._low)

    @Slot()
    def _on_words(self) -> None:
        unit = self.unit()
        if unit is not None and self._seen is not None:
            self._show_themes(unit, self._seen)
            first = first_match(self._themes, self.find_theme.text())
            if first:
                self.themes.choose(first)
            elif self.find_theme.text().strip():
                self.guidance.setText(NO_THEME)
                self._show_guidance()

    @Slot()
    def _on_find_theme(self) -> None:
        self.find_theme.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_theme.selectAll()

    def _tick_found(self) -> None:
        """Tick the theme that was found, empty the box and go back to the list."""
        first, unit = first_match(self._themes, self.find_theme.text()), self.unit()
        if first and unit is not None and self.themes.isEnabled():
            self.find_theme.clear()
            self._code(unit, self._with(unit, first))
            self.themes.choose(first)
        elif self.find_theme.text().strip():
            self._page.notify(NO_THEME, "info")
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter in the list goes to the memo, Escape there goes back; Enter in the find box ticks what was found.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.list and enter and self.pane.memo.isEnabled():
            self.pane.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if watched in (self.pane.memo, self.pane.words) and event.key() == Qt.Key.Key_Escape:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.find_theme and (enter or event.key() == Qt.Key.Key_Escape):
            if enter:
                self._tick_found()
            else:
                self.find_theme.clear()
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    # Room ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()

    @Slot()
    def _on_themed(self) -> None:
        self._keep_room()
        self._apply_width()
        self.list.scheduleDelayedItemsLayout()

    def _keep_room(self) -> None:
        """Room for what is mostly said of a theme, so that the list of themes does not move from key to key."""
        self.guidance.setMinimumHeight(theme().metrics("small").height() * GUIDANCE_LINES)

    def _apply_width(self) -> None:
        narrow = self.width() < theme().px(NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.reading.orientation() != wanted:
            self.reading.setOrientation(wanted)
        self.panes.share(*((3, 2) if narrow else (2, 1)))
        self.reading.share(1, 1)
        low = self.height() < theme().px(520)
        self.filters.set_low(low=low)
        self._low = low
        self._show_guidance()
        self._show_keys_line()
