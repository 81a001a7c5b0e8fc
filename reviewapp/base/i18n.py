"""The language of the program's own words.

Every text that a person reads on the screen goes through `_` or `plural`, with what it speaks of put in by name, so
that a translator sees whole sentences and may change their order. The language is settled when this module is loaded
and does not change while the program runs, for many words are read when theirs is: `REVIEWAPP_LANGUAGE` if that is
set, otherwise what the system speaks, where `resources/languages` has it, otherwise English, in which the words are
written. What people typed, the standards themselves and what other programs read (`--json`) are never translated.

`x-long` is no language: English with accents, 40 % longer and between marks. With it one sees what would not fit, and
what was forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

VARIABLE = "REVIEWAPP_LANGUAGE"
DOMAIN = "reviewapp"
SOURCE = "en"
LONG = "x-long"
SYSTEM = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says what it speaks, the first that is set; as gettext reads them."""


class Translations(Protocol):
    """What gives the words of a language."""

    def gettext(self, message: str, /) -> str:
        """The translation, or the message itself."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation for this number."""


def _(message: str, /, **values: object) -> str:
    """The message in the program's language, with `{name}` replaced by the values; without values as it stands."""
    words = message if _WORDS is None else _WORDS.gettext(message)
    return words.format(**values) if values else words


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """The form that goes with `n`, which is put in for `{n}`."""
    words = (one if n == 1 else many) if _WORDS is None else _WORDS.ngettext(one, many, n)
    return words.format(n=n, **values)


def gettext_noop(message: str) -> str:
    """Marks a message that is kept in English and goes through `_` where it is shown."""
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """As `later`, for what goes through `plural`."""
    return one, many


def join_words(words: Iterable[str], join: str) -> str:
    """`a, b or c`, where `join` is the translated ` or `; also for ` and `."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)}{join}{last}" if first else last


def load_translations(code: str, folder: Path) -> Translations | None:
    """The words of a language from `<folder>/<code>/LC_MESSAGES/reviewapp.mo`; None where there are none."""
    if code == LONG:
        from reviewapp.base.pseudolocale import Pseudolocale

        return Pseudolocale()
    try:
        there = (folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()
    except (OSError, ValueError):
        return None
    if not there:
        return None
    from gettext import translation

    return translation(DOMAIN, folder, [code])


def wanted(variables: Callable[[str], str | None]) -> list[str]:
    """The languages to look for, the likeliest first: `cy_GB`, `cy`."""
    told = variables(VARIABLE) or next((value for name in SYSTEM if (value := variables(name))), "")
    found: list[str] = []
    for one in told.split(":"):
        code = one.partition(".")[0].partition("@")[0]
        found += [code, code.partition("_")[0]]
    return [code for code in dict.fromkeys(found) if code]


def _chosen() -> tuple[str, Translations | None]:
    from reviewapp.base.paths import resource

    folder = resource("languages")
    for code in wanted(os.environ.get):
        if code.partition("_")[0] == SOURCE:
            break
        words = load_translations(code, folder)
        if words is not None:
            return code, words
    return SOURCE, None


CODE, _WORDS = _chosen()
"""The language in use, as in `cy` or `cy_GB`."""


def any_of(words: Iterable[str]) -> str:
    """`a, b or c`."""
    return join_words(words, " or ")
