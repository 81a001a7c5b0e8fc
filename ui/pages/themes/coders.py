"""Coders against coders: how alike the codebook is used, and each unit that coders see otherwise, to be settled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.theme_agreement import CoderAgreement, ThemeAgreement, coder_agreement
from reviewapp.visit.labels import person
from reviewapp.visit.statements import AgreedCoding, Statement
from reviewapp.visit.themes import Unit, themes_in_force, units
from ui.pages.themes.unit_pane import titles_of
from ui.pages.themes.unit_rows import unit_name, where_from
from ui.pages.themes.words_table import Row, WordsTable
from ui.theme import space
from ui.widgets import Button, Card, Scroll, Text, column, row
from ui.widgets.basics import sentence
from ui.widgets.choice_list import ChoiceList
from ui.widgets.full_height_table import CellText
from ui.widgets.panes import scroll_into_view
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.theme_records import Themes
    from ui.pages.base import Page


KEYS = _(
    "Keys: Enter goes from the list to the themes, Space ticks one, Enter goes to the reason, Ctrl+Enter saves and "
    "goes to the next, Escape goes back to the list"
)


def reason_line(unit: str, text: str) -> Statement:
    """The statement of why these themes were agreed for a unit."""
    return AgreedCoding(unit=unit, reason=text)


def alpha_words(value: float | None) -> str:
    """An alpha, or that there is none."""
    return _("cannot be computed") if value is None else f"{value:.2f}"


def summary(found: CoderAgreement) -> str:
    """What was coded, by how many, and how alike: numbers with what they rest on, and no verdict."""
    share = round(100 * found.by_two / found.all) if found.all else 0
    lines = [
        _("{coded} of {n} quotes and answers are coded, {both} of them by two or more coders ({share}% of all).",
          coded=found.coded, n=found.all, both=found.by_two, share=share),
        _("Agreement beyond chance over all themes (Krippendorff's alpha; 1 is complete, 0 is chance): {alpha}",
          alpha=alpha_words(found.alpha))
        + (_(", n = {n}", n=found.by_two) if found.by_two else ""),
    ]  # fmt: skip
    if found.interval is not None:
        lines[-1] += _("; with other interviews it would be between {low} and {high} 95 times in 100",
                       low=f"{found.interval[0]:.2f}", high=f"{found.interval[1]:.2f}")  # fmt: skip
    lines[-1] += "."
    lines.append(_("It shows how alike coders use the codebook, not how good a coder is."))
    return "\n".join(lines)


class CodersView(Scroll):
    """The table of themes, and the list of units that coders see otherwise with what is agreed on each."""

    def __init__(self, page: Page) -> None:
        super().__init__(margin=0, gap=3, width=space(260))
        self._page = page
        self._seen: VisitState | None = None
        self._themes: Themes | None = None
        self._units: dict[str, Unit] = {}
        self._key = ""
        self.blind = Text("", "muted")
        self.summary = Text("", select=True)
        self.table = WordsTable(_("Themes, and how alike coders see them"))
        self.heading = Text(_("Where coders differ"), "heading")
        self.none = Text(_("Coders differ nowhere."), "muted")
        self.list = StatusList(_("Quotes and answers coded differently"), most=260)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._build_decision()
        for part in (self.list, self.choice, self.reason):
            part.installEventFilter(self)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_settle)
        self.differ = QWidget()
        self.differ.setLayout(column(self.heading, self.none, self.list, self.decision, gap=2))
        self.add(self.blind, self.summary, self.differ, self.table, None)

    def _build_decision(self) -> None:
        self.decision = Card()
        self.words = Text("", "lead", select=True)
        self.where = Text("", "small")
        self.sides = Text("", select=True)
        self.choice = ChoiceList(_("Agreed themes"), most=260)
        self.choice.toggled.connect(self._on_ticked)
        self.reason = self._page.draft(
            _("Reason, kept with what is agreed"), placeholder=_("Why these themes?"), rows=2
        )
        self.reason_label = Text(_("Reason · kept with what is agreed"), "strong")
        self.reason_label.setBuddy(self.reason)
        self.settle = Button(_("Save choice"), "agree", "primary")
        self.settle.clicked.connect(self._on_settle)
        self.again = Button(_("Not agreed"), "undo", "quiet", name=_("Undo agreement"))
        self.again.clicked.connect(self._on_again)
        self.only_lead = Text(_("Only the lead reviewer records what is agreed."), "muted")
        self.keys = Text(KEYS, "small")
        self.said = Text("", select=True)
        self.decision.add(
            self.words, self.where, self.sides, self.said, self.choice, column(self.reason_label, self.reason, gap=1),
            row(self.settle, self.again, None), self.keys, self.only_lead,
        )  # fmt: skip

    # Showing -------------------------------------------------------------------------------------------------

    def show_visit(self, seen: VisitState) -> None:
        """Show how coders agree; before the meeting only that they will be compared."""
        self._seen, self._themes = seen, themes_in_force(seen)
        self._units = {unit.key: unit for unit in units(seen)}
        opened = seen.meeting_opened
        found = coder_agreement(seen)
        self.blind.setText(_("Coders are compared once the lead has opened the meeting, on the Agree page."))
        self.blind.setVisible(not opened)
        self.summary.setText(summary(found))
        self.summary.setAccessibleName(self.summary.text())
        for part in (self.summary, self.table, self.differ):
            part.setVisible(opened)
        if not opened:
            return
        alone = len(found.coders) < 2
        self.none.setText(_("There is only one coder so far, so there is nothing to compare.") if alone else
                          _("Coders differ nowhere."))  # fmt: skip
        self.table.setVisible(bool(found.by_theme))
        self.table.show_rows(
            (_("Theme"), _("Alpha"), _("n"), _("Seen by all"), _("By some")),
            [self._row(theme, one) for theme, one in found.by_theme.items()],
        )
        self._show_differences(found)

    def _row(self, theme: str, one: ThemeAgreement) -> Row:
        held = self._themes.by_id.get(theme) if self._themes is not None else None
        numbers = (alpha_words(one.alpha), str(one.units), str(one.both), str(one.one))
        return theme, (CellText(held.title if held else theme), *map(CellText, numbers))

    def _show_differences(self, found: CoderAgreement) -> None:
        assert self._seen is not None
        settled = [k for k, one in self._seen.agreed_codings.items() if one.themes is not None and k in self._units]
        keys = list(dict.fromkeys([*(one.unit for one in found.open), *settled]))
        self.none.setVisible(not keys)
        self.list.setVisible(bool(keys))
        self.list.show_rows([self._difference(key) for key in keys])
        self.heading.setText(
            plural("Coders differ on {n} quote or answer", "Coders differ on {n} quotes and answers",
                   len(keys) - len(settled))
            if keys else _("Where coders differ")
        )  # fmt: skip
        if keys and self.list.chosen_key() not in keys:
            self.list.choose(keys[0])
        self._show_decision()

    def _difference(self, key: str) -> StatusRow:
        assert self._seen is not None and self._themes is not None
        agreed = self._seen.agreed_codings.get(key)
        done = agreed is not None and agreed.themes is not None
        return StatusRow(
            key,
            " ".join(self._units[key].text.split())[:160],
            detail=" · ".join(self._sides(key)),
            pill=_("Agreed") if done else _("Not agreed yet"),
            tone="met" if done else "warn",
            icon="agree" if done else "differ",
        )

    def _sides(self, key: str) -> list[str]:
        assert self._seen is not None and self._themes is not None
        return [
            f"{person(self._seen.people, one.person)}: {titles_of(self._themes, one.themes)}"
            for one in sorted(self._seen.codings.values(), key=lambda one: one.person)
            if one.unit == key and one.themes is not None
        ]

    def _show_decision(self) -> None:
        seen, themes, key = self._seen, self._themes, self.list.chosen_key()
        self.decision.setVisible(bool(key))
        if seen is None or themes is None or not key or key not in self._units:
            self._key = ""
            self.reason.bind(None)
            return
        fresh, self._key = key != self._key, key
        agreed = seen.agreed_codings.get(key)
        self.words.setText(self._units[key].text)
        self.words.setAccessibleName(self._units[key].text)
        self.where.setText(where_from(self._units[key], seen.people))
        self.sides.setText("\n".join(self._sides(key)))
        self.sides.setAccessibleName(self.sides.text())
        done = agreed is not None and agreed.themes is not None
        self.said.setText(
            _("Agreed: {themes}", themes=titles_of(themes, agreed.themes or ())) if agreed and done else ""
        )
        self.said.setAccessibleName(self.said.text())
        self.said.setVisible(done)
        may = self._page.visit.is_lead and self._page.writable
        self._show_choice(key, seen, themes, fresh=fresh)
        reason = agreed.reason if agreed else ""
        if fresh:
            self.reason.bind(partial(reason_line, key) if may else None, reason)
        else:
            self.reason.refresh(reason)
        self.choice.setVisible(may)
        self.settle.setVisible(may)
        self.keys.setVisible(may)
        self.again.setVisible(may and done)
        for part in (self.reason_label, self.reason):
            part.setVisible(may or bool(reason))
        self.only_lead.setVisible(not self._page.visit.is_lead)

    def _show_choice(self, key: str, seen: VisitState, themes: Themes, *, fresh: bool) -> None:
        """Offer every theme that a coder sees in the unit or that is agreed; ticked is what all see, or is agreed."""
        said = [set(one.themes) for one in seen.codings.values() if one.unit == key and one.themes is not None]
        agreed = seen.agreed_codings.get(key)
        wanted = set().union(*said, set(agreed.themes or ()) if agreed else set())
        offered = [one for one in themes.by_id if one in wanted]
        ticked = (
            set(agreed.themes) if agreed and agreed.themes is not None else set.intersection(*said) if said else set()
        )
        if not fresh and not (agreed and agreed.themes is not None):
            ticked = set(self.choice.ticked())
        self.choice.show_choices([StatusRow(one, themes.by_id[one].title) for one in offered], offered, ticked)
        self._on_ticked()

    def reveal(self, unit: str) -> None:
        """Make a unit the chosen one."""
        self.list.choose(unit)

    # Settling ------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_decision()

    @Slot()
    def _on_ticked(self) -> None:
        """The button says what would be agreed, so that nothing ticked is not taken for nothing said."""
        many = len(self.choice.ticked())
        words = plural("Save with {n} theme", "Save with {n} themes", many) if many else _("Save: none fits")
        self.settle.setText(words)
        self.settle.setAccessibleName(words)

    @Slot()
    def _on_settle(self) -> None:
        """Record what is ticked; nothing ticked: none fits."""
        key, ticked = self._key, [one.key for one in self.choice.told.rows if one.key in self.choice.ticked()]
        if not key or self.settle.isHidden():
            return
        after = self._next_open(key)
        self.reason.commit()
        name = _("agreed themes of {unit}", unit=self._named(key))
        if self._page.record(AgreedCoding(unit=key, themes=ticked), name=name) is None:
            self.reason.setFocus()
            return
        unit, agreed = sentence(self._named(key)), titles_of(self._themes, ticked) if self._themes else ""
        if after:
            self.list.choose(after)
            many = sum(one.tone == "warn" for one in self.list.told.rows)
            said = plural(
                "{unit}: {agreed}. {n} to go.", "{unit}: {agreed}. {n} to go.", many, unit=unit, agreed=agreed
            )
        else:
            said = _("{unit}: {agreed}. Nothing left to agree.", unit=unit, agreed=agreed)
        self._page.notify(said, "met")
        self._to_list()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(self.list)

    def _next_open(self, after: str) -> str:
        """The next unit in the list that is not agreed, starting again from the top; empty: none."""
        keys = [one.key for one in self.list.told.rows if one.tone == "warn" or one.key == after]
        start = keys.index(after) + 1 if after in keys else 0
        return next((one for one in (*keys[start:], *keys[:start]) if one != after), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter goes on from the list to the themes and from there to the reason; Escape goes back to the list.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        if event.key() == Qt.Key.Key_Escape and watched is not self.list:
            self._to_list()
            return True
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.settle.isHidden():
            return False
        forward: QWidget | None = None
        if watched is self.list:
            forward = self.choice
            if not self.choice.currentIndex().isValid():
                self.choice.setCurrentIndex(self.choice.told.index(0))
        elif watched is self.choice:
            forward = self.reason
        if forward is not None:
            forward.setFocus(Qt.FocusReason.ShortcutFocusReason)
            scroll_into_view(self.decision)
        return forward is not None

    def start_focus(self) -> QWidget | None:
        """The list, where there is one, so that the keys work at once."""
        return self.list if self.list.isVisible() else None

    def _named(self, unit: str) -> str:
        """A unit as messages name it, whoever wrote it down with name or role."""
        return unit_name(unit, self._page.state.people)

    @Slot()
    def _on_again(self) -> None:
        if self._key:
            self._page.record(AgreedCoding(unit=self._key, themes=None),
                              name=_("agreed themes of {unit}", unit=self._named(self._key)))  # fmt: skip
