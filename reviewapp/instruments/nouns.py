"""What the parts of an instrument that are rated are called: items on a scored scale, else standards.

The one place that decides it, for every sentence on the screen and every finding. Documents, which are in English
whatever the language of the screen, ask `english_nouns`.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewapp.base.i18n import _, gettext_noop, ngettext_noop, plural
from reviewapp.instruments.model import Instrument


@dataclass(frozen=True)
class Nouns:
    """`one` and `many` within a sentence, `title` and `titles` at its beginning or alone."""

    one: str
    many: str
    title: str
    titles: str
    number: str
    number_title: str
    how_many: tuple[str, str]

    def counted(self, n: int) -> str:
        """So many of them, in the language of the screen: `1 standard`, `8 items`."""
        return plural(*self.how_many, n)

    def numbered(self, number: str) -> str:
        """One of them at the beginning of a sentence: `Standard 47`, `Item 7`."""
        return self.number_title.format(number=number)

    def within(self, number: str) -> str:
        """One of them within a sentence: `standard 47`, `item 7`."""
        return self.number.format(number=number)


_STANDARDS = Nouns(
    one=gettext_noop("standard"), many=gettext_noop("standards"),
    title=gettext_noop("Standard"), titles=gettext_noop("Standards"),
    number=gettext_noop("standard {number}"), number_title=gettext_noop("Standard {number}"),
    how_many=ngettext_noop("{n} standard", "{n} standards"),
)  # fmt: skip
_ITEMS = Nouns(
    one=gettext_noop("item"), many=gettext_noop("items"),
    title=gettext_noop("Item"), titles=gettext_noop("Items"),
    number=gettext_noop("item {number}"), number_title=gettext_noop("Item {number}"),
    how_many=ngettext_noop("{n} item", "{n} items"),
)  # fmt: skip


def _translated(said: Nouns) -> Nouns:
    return Nouns(
        _(said.one), _(said.many), _(said.title), _(said.titles), _(said.number), _(said.number_title), said.how_many
    )


_SHOWN_STANDARDS, _SHOWN_ITEMS = _translated(_STANDARDS), _translated(_ITEMS)


def nouns_of(instrument: Instrument) -> Nouns:
    """The nouns for what an instrument rates, in the language of the screen."""
    return _SHOWN_ITEMS if instrument.scale.kind == "scored" else _SHOWN_STANDARDS


def english_nouns(instrument: Instrument) -> Nouns:
    """The same in English, for documents."""
    return _ITEMS if instrument.scale.kind == "scored" else _STANDARDS
