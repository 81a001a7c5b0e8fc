"""Rows of the find panel: pages, commands and search hits of the visit, under headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from reviewapp.base.i18n import _
from reviewapp.search import HighlightedText, SearchHit
from reviewapp.search.query import QueryTerm, highlight, matches, parse_query
from ui.pages import PAGES
from ui.shell.menus import PLAIN

HEADINGS = {
    "page": (_("Pages"), "arrow_right"),
    "command": (_("Commands"), "play"),
    "standard": (_("Standards"), "standards"),
    "person": (_("People"), "person"),
    "quote": (_("Quotes"), "quote"),
    "note": (_("Notes"), "edit"),
    "concern": (_("Immediate concerns"), "alert"),
    "interview": (_("Interviews"), "interviews"),
    "case_note": (_("Case notes"), "case_notes"),
    "self_review": (_("The team's self-review"), "survey"),
    "agreed": (_("Agreed"), "agree"),
    "report": (_("Report"), "report"),
    "response": (_("The team's answer to the draft"), "sheet"),
    "action": (_("Action plan"), "plan"),
    "timetable": (_("Timetable"), "clock"),
    "document": (_("Documents seen"), "file"),
    "question": (_("Questions"), "help"),
}
"""Heading and icon of each kind."""

MOST_ACTIONS = 4
_PAGE_NAMES = frozenset(page.name for page in PAGES)


@dataclass(frozen=True)
class ResultRow:
    """One row: a heading (no `found`, no `action`), a search hit, a page or command, or `more` of a kind."""

    kind: str
    found: SearchHit | None = None
    action: QAction | None = None
    named: HighlightedText | None = None
    more: bool = False

    @property
    def heading(self) -> bool:
        """Whether this row is a heading."""
        return self.found is None and self.action is None and not self.more

    @property
    def title(self) -> HighlightedText:
        """Title of the row, with matches marked."""
        if self.found is not None:
            return self.found.title
        if self.named is not None:
            return self.named
        words = HEADINGS[self.kind][0]
        return HighlightedText(_("More: {words}", words=words) if self.more else words)

    @property
    def snippet(self) -> HighlightedText:
        """Text around the match of a search hit, with matches marked; empty for other rows."""
        return self.found.snippet if self.found is not None else HighlightedText("")

    @property
    def keys(self) -> str:
        """Shortcut of a page or command as text; empty if it has none."""
        if self.action is None:
            return ""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def words(self) -> str:
        """The whole row as one text for a screen reader."""
        kind = "" if self.heading else HEADINGS[self.kind][0]
        return ". ".join(part for part in (kind, self.title.text, self.snippet.text, self.keys) if part)


def actions_in(menu_bar: QMenuBar) -> Iterator[QAction]:
    """Yield every menu entry that is enabled and visible, submenus included."""
    for action in menu_bar.actions():
        yield from _entries(action)


def _entries(action: QAction) -> Iterator[QAction]:
    menu = action.menu()
    if isinstance(menu, QMenu):
        for entry in menu.actions():
            yield from _entries(entry)
    elif action.isEnabled() and action.isVisible() and not action.isSeparator():
        yield action


def name_of(action: QAction) -> str:
    """Text of a menu entry, with the name of its submenu where the entry alone would be unclear."""
    # The name of the change that Undo would revert belongs to the visit, not to the command.
    words = (action.property(PLAIN) or action.text()).replace("&&", "\0").replace("&", "").replace("\0", "&")
    if isinstance(action.data(), int):
        return _("Lock automatically: {words}", words=words.lower())
    return (
        _("Colours: {words}", words=words.lower()) if action.isCheckable() and isinstance(action.data(), str) else words
    )


def matching_actions(actions: Iterable[QAction], typed: str) -> list[ResultRow]:
    """Rows for actions that contain every term of the query, pages first; all actions for an empty query."""
    looked_for = parse_query(typed)
    rows: list[ResultRow] = []
    for action in actions:
        name = name_of(action)
        if all(matches(name, part) for part in looked_for):
            kind = "page" if action.data() in _PAGE_NAMES else "command"
            rows.append(ResultRow(kind, action=action, named=_highlighted(name, looked_for)))
    rows.sort(key=_pages_first)
    return rows


def _highlighted(name: str, looked_for: tuple[QueryTerm, ...]) -> HighlightedText:
    return highlight(name, looked_for, whole=True)


def _pages_first(row: ResultRow) -> bool:
    return row.kind != "page"


def rows_with_headings(actions: list[ResultRow], found: list[SearchHit], *, each: int) -> list[ResultRow]:
    """Rows with headings; `more` follows each kind of hit that reached the limit `each`.

    At most four pages and four commands are listed.
    """
    rows: list[ResultRow] = []
    for kind in ("page", "command"):
        of_kind = [row for row in actions if row.kind == kind][:MOST_ACTIONS]
        rows += [ResultRow(kind), *of_kind] if of_kind else []
    for kind, group in groupby(found, key=_kind):
        some = [ResultRow(kind, found=one) for one in group]
        rows += [ResultRow(kind), *some]
        if len(some) == each:
            rows.append(ResultRow(kind, more=True))
    return rows


def _kind(one: SearchHit) -> str:
    return one.kind
