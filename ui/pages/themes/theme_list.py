"""The themes in force as a list of ticks, each with the key that ticks it, and found as one types."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.theme_records import ThemeInForce, Themes
from ui.widgets.choice_list import ChoiceList, ChoiceModel
from ui.widgets.command_keys import CommandKeys
from ui.widgets.row_delegate import LOOK, RowLook, RowStyle
from ui.widgets.status_list import StatusRow, look_of

Index = QModelIndex | QPersistentModelIndex
NONE_FITS, NEXT = "none", "next"
"""What the two keys stand for that are no theme's."""
NONE_KEY, NEXT_KEY = "0", " "
_ID = re.compile(r"\b[A-Za-z]+-?[0-9][A-Za-z0-9-]*\b")
"""What may be the id of a theme within a sentence: letters and a number."""
CLOSE = RowStyle(wraps=True, top=1, bottom=1)
SIGNS = digits[1:] + ascii_lowercase
"""The keys of the themes, in the order of the codebook; themes beyond them are found by typing."""


def keys_of(themes: Themes) -> dict[str, str]:
    """The key of each theme that may be coded, by its id: 1 to 9, then a to z.

    A theme that comes later, or is hidden, changes the key of no other one.
    """
    every = themes.by_id | themes.hidden
    signs = dict(zip((id_ for id_ in themes.ids if every[id_].codable), SIGNS, strict=False))
    return {id_: sign for id_, sign in signs.items() if id_ in themes.by_id}


class ThemeKeys(CommandKeys):
    """Emits `chosen` with the id of a theme, `("theme", id)`, or with `NONE_FITS` or `NEXT`."""

    REPEATS: ClassVar[bool] = False
    LETTERS: ClassVar[int] = 3

    def show_themes(self, themes: Themes) -> None:
        """Listen to the keys of these themes."""
        found: dict[str, object] = {sign: ("theme", id_) for id_, sign in keys_of(themes).items()}
        self.set_keys(found | {NONE_KEY: NONE_FITS, NEXT_KEY: NEXT})


@lru_cache(maxsize=1_024)
def _look(row: StatusRow, offered: bool, ticked: bool) -> RowLook:
    """How a theme looks; kept, as every row is asked for several times at every key."""
    look = replace(look_of(row), style=CLOSE)
    if offered:
        look = replace(look, icon="box_on" if ticked else "box_off", icon_role="accent" if ticked else "muted")
    return replace(look, detail_icon="arrow_right", detail_icon_role="accent") if row.detail else look


class ThemeModel(ChoiceModel):
    """The themes; those that only hold others are headings."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != LOOK:
            return super().data(index, role)
        row = self.rows[index.row()]
        return _look(row, row.key in self.offered, row.key in self.ticked)


class ThemeList(ChoiceList):
    """Themes to tick. Emits `toggled` for a tick, and `current(id)` when another one becomes current."""

    current = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.told: ChoiceModel = ThemeModel()
        self.setModel(self.told)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_themes(
        self, themes: Themes, ticked: Collection[str], suggested: Collection[str], because: str, words: str = ""
    ) -> None:
        """Show the themes whose titles hold these words, with ticks; `because` says why some are suggested."""
        signs = keys_of(themes)
        found = matching(themes, words)
        rows = [
            _row(one, signs.get(one.id, ""), because if one.id in suggested else "")
            for one in themes.by_id.values()
            if one.id in found
        ]
        offered = [one.id for one in themes.by_id.values() if one.codable and one.id in found]
        before = self.told.offered, self.told.ticked
        self.told.offered, self.told.ticked = frozenset(offered), frozenset(ticked)
        self.show_rows(rows)
        if before != (self.told.offered, self.told.ticked):
            self._announce()

    def press(self, theme: str) -> None:
        """Tick a theme, or take its tick away, as its key does."""
        self.choose(theme)
        if theme in self.told.offered:
            self._set(self.told.ticked ^ {theme})

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current.emit(self.told.rows[current.row()].key if current.isValid() else "")


def matching(themes: Themes, words: str) -> set[str]:
    """The ids of the themes that hold all these words in title, path or guidance, with those above them."""
    asked = words.casefold().split()
    found: set[str] = set()
    for one in themes.by_id.values():
        text = " ".join((*one.path, one.use_when)).casefold()
        if one.codable and all(word in text for word in asked):
            found.add(one.id)
            above = one.parent
            while above in themes.by_id and above not in found:
                found.add(above)
                above = themes.by_id[above].parent
    return found if asked else set(themes.by_id)


def first_match(themes: Themes, words: str) -> str:
    """The theme that Enter ticks while one types: the first whose title begins so, else holds it, else any found."""
    found = [one for one in themes.by_id.values() if one.codable and one.id in matching(themes, words)]
    asked = words.strip().casefold()

    def rank(one: ThemeInForce) -> int:
        title = one.title.casefold()
        return 0 if title.startswith(asked) else 1 if all(word in title for word in asked.split()) else 2

    return min(found, key=rank).id if asked and found else ""


def title_by_id(themes: Themes) -> dict[str, str]:
    """The title of each theme in force, by its id."""
    return {one.id: one.title for one in themes.by_id.values()}


def guidance(theme: ThemeInForce | None, titles: Mapping[str, str]) -> Sequence[str]:
    """When to use a theme and when not, a line each; another theme that is named there by its id is so by its title."""
    if theme is None:
        return ()

    def named(found: re.Match[str]) -> str:
        return f"“{titles[found[0]]}”" if found[0] in titles else found[0]

    use_when, not_when = (_ID.sub(named, text) for text in (theme.use_when, theme.not_when))
    lines = (
        _("{id}: {title}", id=theme.id, title=theme.title),
        use_when and _("Use when: {words}", words=use_when),
        not_when and _("Not when: {words}", words=not_when),
    )
    return [line for line in lines if line]


def _row(one: ThemeInForce, sign: str, suggested: str) -> StatusRow:
    if not one.codable:
        return StatusRow(one.id, one.title, tone="na", icon="folder")
    title = _("{key}   {title}", key=sign.upper(), title=one.title) if sign else one.title
    return StatusRow(one.id, title, detail=suggested, level=1)
