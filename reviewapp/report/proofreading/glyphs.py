"""The rule on characters that the PDF cannot print and shows as a code instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reviewapp.base.i18n import _
from reviewapp.report.escape import code_point_text, replace_unprintable
from reviewapp.report.fonts import register
from reviewapp.report.proofreading.finding import Finding, finding
from reviewapp.report.proofreading.texts import WrittenText
from reviewapp.visit.state import VisitState

SHOWN = 5
"""The most characters named in one finding."""


def unprintable(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Printed texts with characters that the PDF shows as `[U+XXXX]`."""
    glyphs = register()
    found = []
    for text in texts:
        missing = _missing(text.text, glyphs) if text.printed else ()
        if missing:
            signs = ", ".join(code_point_text(character) for character in missing[:SHOWN])
            more = _(" and others") if len(missing) > SHOWN else ""
            found.append(
                finding(
                    state,
                    "missing_glyph",
                    "warn",
                    at=text.at,
                    standard=text.standard,
                    concerning=text.text,
                    why=_(
                        "{where} has a character that cannot be printed. It prints as {signs}{more}.",
                        where=text.where,
                        signs=signs,
                        more=more,
                    ),
                    action=_("Write it in words"),
                )
            )
    return found


@lru_cache(maxsize=8192)
def _missing(text: str, glyphs: frozenset[int]) -> tuple[str, ...]:
    """The characters of a text that are not printed as themselves, each once, in order of first occurrence."""
    if text.isascii() and text.isprintable():
        return ()
    each = dict.fromkeys(text.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(character for character in each if replace_unprintable(character, glyphs) != character)
