"""The rules a codebook must satisfy; each breach is one line of error that names the theme or the row."""

from __future__ import annotations

import re
from collections.abc import Callable

from reviewapp.base.errors import Invalid
from reviewapp.base.file_names import is_portable
from reviewapp.base.i18n import _
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.instruments.check_texts import check_text

MOST_THEMES = 2_000
DEEPEST = 20
LONGEST_TITLE, LONGEST_TEXT = 300, 4_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_COLOR = re.compile(r"#[0-9a-f]{6}")

Where = Callable[[int], str]
"""Where a theme stands, by its number counted from 0: words to be read before a colon."""


def check(codebook: Codebook, where: Where | None = None) -> None:
    """Return when the codebook is sound; raise Invalid with the place of its first fault."""
    check_id(codebook.id)
    if not codebook.title.strip() or len(codebook.title) > LONGEST_TITLE:
        raise Invalid(_("a codebook needs a title of at most {n} characters", n=LONGEST_TITLE), field="title")
    check_text(codebook.title, _("the title"), field="title")
    if not any(one.codable for one in codebook.themes):
        raise Invalid(_("the codebook has no theme that can be used"), field="themes", do=_("add one"))
    if len(codebook.themes) > MOST_THEMES:
        raise Invalid(_("the codebook has more than {n} themes", n=f"{MOST_THEMES:,}"), field="themes")
    depths: dict[str, int] = {}
    siblings: dict[tuple[str, str], str] = {}
    for number, theme in enumerate(codebook.themes):
        _check_theme(theme, where(number) if where else _("theme {id}", id=theme.id or number + 1), depths, siblings)


def check_id(codebook_id: str) -> None:
    """Raise Invalid unless this can be the id of a codebook, which is also the name of a file on every system."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", codebook_id) or not is_portable(codebook_id):
        raise Invalid(
            _("{text} cannot be the id of a codebook", text=f"{codebook_id!r}"[:60]),
            field="id",
            do=_("use 2 to 40 small letters, digits and hyphens"),
        )


def _check_theme(theme: Theme, place: str, depths: dict[str, int], siblings: dict[tuple[str, str], str]) -> None:
    if not _ID.fullmatch(theme.id):
        raise Invalid(
            _("{place}: {text} cannot be the id of a theme", place=place, text=f"{theme.id!r}"[:60]),
            field="id",
            do=_("use at most 40 letters, digits, points and hyphens"),
        )
    if theme.id in depths:
        raise Invalid(_("{place}: the id {id} is given twice", place=place, id=theme.id), field="id")
    if theme.parent and theme.parent not in depths:
        raise Invalid(
            _("{place}: the theme {parent} that it is part of is not listed before it",
              place=place, parent=f"{theme.parent!r}"[:60]),
            field="parent",
        )  # fmt: skip
    depths[theme.id] = depths.get(theme.parent, 0) + 1
    if depths[theme.id] > DEEPEST:
        raise Invalid(_("{place}: themes are nested deeper than {n}", place=place, n=DEEPEST), field="parent")
    _check_texts(theme, place)
    twin = siblings.setdefault((theme.parent, theme.title.strip().casefold()), theme.id)
    if twin != theme.id:
        raise Invalid(
            _("{place}: {title} is already the title of {twin} beside it", place=place, title=theme.title, twin=twin),
            field="title",
            do=_("give one of them another title"),
        )


def _check_texts(theme: Theme, place: str) -> None:
    if not theme.title.strip():
        raise Invalid(_("{place}: the title is missing", place=place), field="title", do=_("fill it in"))
    for field, most in (("title", LONGEST_TITLE), ("use_when", LONGEST_TEXT), ("not_when", LONGEST_TEXT)):
        text = getattr(theme, field)
        if len(text) > most:
            raise Invalid(
                _("{place}: {field} is longer than {most} characters", place=place, field=field, most=most),
                field=field,
                do=_("shorten it"),
            )
        check_text(text, place, field=field)
    if theme.color and not _COLOR.fullmatch(theme.color):
        raise Invalid(
            _("{place}: {text} is not a colour", place=place, text=f"{theme.color!r}"[:40]),
            field="color",
            do=_("write it as #1f3a4d"),
        )
