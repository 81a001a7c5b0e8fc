"""The themes in force: the lead adds themes of the visit's own, words others anew, and hides what nobody needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from reviewapp.base.i18n import _
from reviewapp.visit.statements import Theme
from reviewapp.visit.themes import themes_in_force, themes_within
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import record_or_say
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.pages.themes.seen import as_coded_by
from ui.pages.themes.theme_list import guidance, keys_of, title_by_id
from ui.theme.icons import set_icon
from ui.widgets import Button, ErrorLine
from ui.widgets.status_list import StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from reviewapp.visit.theme_records import ThemeInForce
    from ui.pages.base import Page

ABOUT = _(
    "What each theme is for. The lead reviewer adds themes for this visit, rewords others, and hides those that "
    "nobody needs. If you clear a field, the wording of the codebook returns."
)
OUTERMOST = _("No other theme")
FIELDS = (
    FieldSpec("title", _("Title"), "line"),
    FieldSpec("parent", _("Part of"), "choice", choices=(("", OUTERMOST),), wide=True),
    FieldSpec("use_when", _("Use when")),
    FieldSpec("not_when", _("Not when")),
)
OWN = "V"
"""What the id of a theme of the visit's own begins with; codebooks name theirs otherwise."""


@dataclass(frozen=True)
class _Shown:
    """A theme as the list and the form show it."""

    theme: ThemeInForce
    sign: str
    hidden: bool
    reworded: bool
    titles: Mapping[str, str]

    @property
    def key(self) -> str:
        """Its id."""
        return self.theme.id


def theme_line(key: str, field: str, value: Any) -> Statement:
    """The statement that puts a value into a field of a theme."""
    if field == "title":
        return Theme(id=key, title=value or "")
    return Theme(id=key, **{field: value})


def _value(shown: _Shown, name: str) -> Any:
    return getattr(shown.theme, name)


def _records(state: VisitState, me: str) -> Sequence[_Shown]:
    """Those in force as the codebook orders them, then those that are hidden."""
    themes = themes_in_force(as_coded_by(state, me))
    signs, titles = keys_of(themes), title_by_id(themes)
    return [
        _Shown(one, signs.get(one.id, ""), one.id in themes.hidden, bool(one.book and _says(state, one)), titles)
        for one in (*themes.by_id.values(), *themes.hidden.values())
    ]


def _says(state: VisitState, one: ThemeInForce) -> bool:
    """Whether this visit has words of its own for a theme."""
    own = state.themes.get(one.id)
    return own is not None and bool(own.title or own.parent or own.use_when or own.not_when)


def _row(_state: VisitState, shown: _Shown, _on: str) -> StatusRow:
    one = shown.theme
    __, *lines = guidance(one, shown.titles)
    title = f"{one.title} ({shown.sign.upper()})" if shown.sign else one.title
    pill, tone, icon = "", "na", "folder" if not one.codable else "dot"
    if shown.hidden:
        pill, icon = _("Hidden"), "eye_off"
    elif not one.book:
        pill, tone = _("For this visit"), "info"
    elif shown.reworded:
        pill, tone = _("Reworded"), "info"
    level = 0 if len(one.path) == 1 and not one.codable else 1
    return StatusRow(one.id, title, "\n".join(lines) if one.codable else "", pill, tone, icon, level=level)


def _begin(page: Page, title: str) -> Statement:
    """A theme of the visit's own, with an id that no theme has."""
    number, ids = 1, set(themes_in_force(page.state).ids)
    while f"{OWN}{number}" in ids or page.visit.has_key("theme", f"{OWN}{number}"):
        number += 1
    return Theme(id=f"{OWN}{number}", title=title)


NEW = FieldSpec("title", _("A theme for this visit"), "line")
SPEC = SectionSpec(
    kind="theme", title=_("Themes in use, and when to use them"), about=ABOUT, empty="", fields=FIELDS,
    line=theme_line, records=_records, row=_row, value=_value, first=NEW, add=_("Add this theme"), begin=_begin,
)  # fmt: skip


class ThemesSection(RecordSection):
    """The list of themes, and for the lead the line for a new one and the form of the chosen one."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, SPEC)

    def build_more(self) -> None:
        """The button that hides a theme and shows it again, and why it could not."""
        self.hide_theme = Button(_("Hide this theme"), "eye_off", "quiet")
        self.hide_theme.clicked.connect(self._on_hide)
        self.flow.addWidget(self.hide_theme)
        self.not_hidden = ErrorLine()
        self.detail.add(self.not_hidden)
        self._refused = ""

    def refresh(self) -> None:
        """Show the themes; only the lead has anything to fill in."""
        super().refresh()
        lead = self._page.visit.is_lead
        for part in (self.begin_line, self.tools):
            if part is not None:
                part.setVisible(lead)

    def show_more(self, record: _Shown | None) -> None:
        """Offer to hide the theme or to show it again, and the themes it can be part of."""
        self.detail.setVisible(record is not None and self._page.visit.is_lead)
        if record is None:
            return
        words = _("Show this theme again") if record.hidden else _("Hide this theme")
        self.hide_theme.setText(words)
        self.hide_theme.setAccessibleName(words)
        set_icon(self.hide_theme, "eye" if record.hidden else "eye_off", "accent", 18)
        usable(self.hide_theme, only_read(self._page.writable))
        if self._refused != record.key:
            self.not_hidden.set_text()
        self._offer_parents(record)

    def _offer_parents(self, record: _Shown) -> None:
        """The themes that this one can be part of, and none; that of a codebook stands somewhere already."""
        box = self.form.fields["parent"].editor
        assert isinstance(box, QComboBox)
        themes = themes_in_force(as_coded_by(self._page.state, self._page.visit.me))
        mine = themes_within(themes, record.key)
        choices = [("", _in_codebook(record))] + [
            (one.id, ": ".join(one.path)) for one in themes.by_id.values() if one.id not in mine
        ]
        if choices != [(box.itemData(i), box.itemText(i)) for i in range(box.count())]:
            box.clear()
            for value, words in choices:
                box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(record.theme.parent)))

    @Slot()
    def _on_hide(self) -> None:
        record: _Shown | None = self.chosen()
        if record is None:
            return
        self._page.leave()
        name = _("showing theme {id}", id=record.key) if record.hidden else _("hiding theme {id}", id=record.key)
        refused = record_or_say(self._page, Theme(id=record.key, hidden=not record.hidden), name=name)
        self._refused = record.key if refused is not None else ""
        self.not_hidden.set_text(refused or "")
        if refused is None:
            title = record.theme.title
            told = (
                _("{title} can be used again.", title=title)
                if record.hidden
                else _("{title} is hidden. You can undo this.", title=title)
            )
            self._page.notify(told, "info")


def _in_codebook(record: _Shown) -> str:
    return _("As in the codebook") if record.theme.book else OUTERMOST
