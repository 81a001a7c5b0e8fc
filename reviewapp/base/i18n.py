"""Translation of the program's own texts, and the choice of the language at start.

Every text that a person reads on the screen goes through `_` or `plural`, with its values filled in by name, so that a
translator sees whole sentences and may change their order. The language is chosen when this module is loaded and does
not change while the program runs, for many texts are translated when their module is loaded: `REVIEWAPP_LANGUAGE` if
that is set, otherwise the system's language, where `resources/languages` has it, otherwise English, in which the texts
are written. Text that people typed, the standards themselves and output for other programs (`--json`) are never
translated.

`x-long` is no language: English with accents, 40 % longer and between marks. It shows which texts would not fit, and
which were not marked for translation.
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
"""The environment variables that name the system's language, the first that is set counts; as gettext reads them."""


class Translations(Protocol):
    """The interface of a language's translations, as gettext's."""

    def gettext(self, message: str, /) -> str:
        """The translation, or the message itself."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation in the form for the number `n`."""


def _(message: str, /, **values: object) -> str:
    """The message in the program's language, `{name}` replaced by the values; without values braces stay unchanged."""
    words = message if _WORDS is None else _WORDS.gettext(message)
    return words.format(**values) if values else words


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """The translated form for the number `n`, which also replaces `{n}`."""
    words = (one if n == 1 else many) if _WORDS is None else _WORDS.ngettext(one, many, n)
    return words.format(n=n, **values)


def gettext_noop(message: str) -> str:
    """The message itself, marked for translators: it is kept in English and goes through `_` where it is shown."""
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """As `gettext_noop`, for what goes through `plural`."""
    return one, many


def join_words(words: Iterable[str], join: str) -> str:
    """The words as `a, b or c`, where `join` is the translated ` or `; also for ` and `."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)}{join}{last}" if first else last


def load_translations(code: str, folder: Path) -> Translations | None:
    """The translations in `<folder>/<code>/LC_MESSAGES/reviewapp.mo`, or None without that file."""
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


def preferred_languages(variables: Callable[[str], str | None]) -> list[str]:
    """The codes of the languages to look for, the preferred first: `cy_GB`, `cy`; `variables` reads the environment."""
    setting = variables(VARIABLE) or next((value for name in SYSTEM if (value := variables(name))), "")
    found: list[str] = []
    for one in setting.split(":"):
        code = one.partition(".")[0].partition("@")[0]
        found += [code, code.partition("_")[0]]
    return [code for code in dict.fromkeys(found) if code]


def _chosen() -> tuple[str, Translations | None]:
    from reviewapp.base.paths import resource

    folder = resource("languages")
    for code in preferred_languages(os.environ.get):
        if code.partition("_")[0] == SOURCE:
            break
        words = load_translations(code, folder)
        if words is not None:
            return code, words
    return SOURCE, None


CODE, _WORDS = _chosen()
"""The code of the language in use, as in `cy` or `cy_GB`, and its translations; None for English."""


def any_of(words: Iterable[str]) -> str:
    """The words joined in English: `a, b or c`."""
    return join_words(words, " or ")
