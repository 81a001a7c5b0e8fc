"""The one door for typed text: nothing is markup, nothing vanishes."""

from __future__ import annotations

import unicodedata
from io import StringIO
from xml.sax import parseString
from xml.sax.handler import ContentHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.report.escape import for_word, markup, one_line, replace_unprintable

LATIN = frozenset(range(32, 127))


@pytest.mark.parametrize(
    "typed",
    ["<redacted>", "<b>bold</b>", '<img src="/etc/passwd"/>', "&amp;", "{{ x }}", "=HYPERLINK()", "a < b & c > d"],
)
def test_what_looks_like_code_is_printed_as_typed(typed):
    assert read_back(markup(typed, LATIN)) == typed


@given(st.text())
def test_markup_is_always_well_formed_and_says_what_was_typed(typed):
    shown = read_back(markup(typed, LATIN)).replace("\u00a0", " ")
    assert shown == replace_unprintable(typed, LATIN).replace("\t", "    ")


@given(st.text())
def test_nothing_vanishes(typed):
    for character in typed.replace("\r\n", "\n").replace("\r", "\n"):
        shown = replace_unprintable(character, LATIN)
        assert shown == character or shown == f"[U+{ord(character):04X}]"


@given(st.text())
def test_word_gets_no_character_it_refuses(typed):
    for character in for_word(typed):
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("bell\x07", "bell[U+0007]"),
        ("\u202eback", "[U+202E]back"),
        ("no\u200bbreak", "no[U+200B]break"),
        ("\U0001f600", "[U+1F600]"),
        ("\ud800", "[U+D800]"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_what_cannot_be_printed_is_signed(typed, shown):
    assert replace_unprintable(typed, LATIN) == shown


def test_word_keeps_emoji_and_what_joins_them():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert for_word(family) == family


def test_a_line_stays_a_line():
    assert one_line("  two\nlines\tof it ") == "two lines of it"


def read_back(source: str) -> str:
    """What a reader of the markup would print."""
    out = StringIO()

    class Reader(ContentHandler):
        def characters(self, content: str) -> None:
            out.write(content)

        def startElement(self, name: str, attrs: object) -> None:
            assert name in ("doc", "br"), f"<{name}> came through"
            if name == "br":
                out.write("\n")

    parseString(f"<doc>{source}</doc>".encode(), Reader())
    return out.getvalue()
