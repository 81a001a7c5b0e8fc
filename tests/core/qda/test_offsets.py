"""Whatever program wrote the positions, they come back on the same words; where that cannot be known, it is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.qda.offsets import OffsetRule, RawSelection, RawText, choose_rule, selected, usual_rule

FAMILY, HEBREW, ACCENT = "a\U0001f468\u200d\U0001f469", "\u05e9\u05dc\u05d5\u05dd", "e\u0301tat"
WORDS = st.sampled_from(
    ["visit", "the", "Tuesday", "\U0001f600", ACCENT, HEBREW, "naïve", FAMILY, "—", "4.30", "…", "教师"]
)
ENDS = st.sampled_from([" ", " ", " ", "\n", "\n\n"])
TEXTS = st.lists(st.tuples(WORDS, ENDS), min_size=1, max_size=40)


class Program:
    """How one program lays out a text and counts in it."""

    def __init__(self, origin: str, *, line_end: str = "\n", mark: bool = False) -> None:
        self.origin, self.line_end, self.mark = origin, line_end, mark
        self.rule = usual_rule(origin) or OffsetRule()

    def file(self, text: str) -> bytes:
        return ("\ufeff" * self.mark + text.replace("\n", self.line_end)).encode()

    def offset(self, before: str) -> int:
        counted = before.replace("\n", self.line_end) if self.rule.two_for_line_end else before
        return len(counted.encode("utf-16-le")) // 2 if self.rule.utf16 else len(counted)


PROGRAMS = [
    Program("NVivo for Windows 12.6", line_end="\r\n", mark=True),
    Program("ATLAS.ti for Windows 23.2.3", line_end="\r\n"),
    Program("MAXQDA 24 (Release 24.7.0)"),
    Program("QualCoder", mark=True),
    Program("qc 1.3.2"),
]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.origin.split()[0])
@settings(max_examples=60, deadline=None)
@given(pieces=TEXTS, spans=st.lists(st.tuples(st.integers(0, 39), st.integers(1, 5)), min_size=1, max_size=6))
def test_positions_of_each_program_come_back_on_the_same_words(
    program: Program, pieces: list[tuple[str, str]], spans: list[tuple[int, int]]
) -> None:
    words = [part for piece in pieces for part in piece]
    text = "".join(words)
    wanted, selections = [], []
    for first, count in spans:
        start = len("".join(words[: 2 * min(first, len(pieces) - 1)]))
        end = min(len(text), start + len("".join(words[2 * min(first, len(pieces) - 1) :][: 2 * count - 1])))
        wanted.append(text[start:end])
        selections.append(RawSelection(program.offset(text[:start]), program.offset(text[:end]), text[start:end]))
    raw = RawText(program.file(text), "a.qdpx")
    choice = choose_rule([(raw, selections)], program.origin, "a.qdpx")
    found = [raw.text[start:end] for start, end in selected(raw, selections, choice.rule)]
    assert found == wanted and choice.fits == choice.of


@settings(max_examples=100, deadline=None)
@given(pieces=TEXTS, rule=st.builds(OffsetRule, st.booleans(), st.booleans(), st.booleans()), mark=st.booleans())
def test_every_place_of_a_text_is_found_by_every_rule(
    pieces: list[tuple[str, str]], rule: OffsetRule, mark: bool
) -> None:
    text = "".join(part for piece in pieces for part in piece)
    raw = RawText(("\ufeff" * mark + text.replace("\n", "\r\n")).encode(), "a.qdpx")
    for at in range(len(text) + 1):
        counted = text[:at].replace("\n", "\r\n") if rule.two_for_line_end else text[:at]
        offset = len(counted.encode("utf-16-le")) // 2 if rule.utf16 else len(counted)
        offset += mark and rule.counts_mark
        assert raw.positions({offset}, rule) == {offset: at}
    assert raw.positions({-1, 10**9}, rule) == {}


def test_the_middle_of_a_character_is_no_place() -> None:
    raw = RawText("\U0001f600 a\r\nb".encode(), "a.qdpx")
    assert raw.positions({0, 1, 2}, OffsetRule(utf16=True)) == {0: 0, 2: 1}
    assert raw.positions({3, 4, 5}, OffsetRule(two_for_line_end=True)) == {3: 3, 5: 4}


def test_every_selection_of_every_text_is_evidence() -> None:
    texts = [
        (RawText(f"\U0001f600 {words}\r\nmore".encode(), "a.qdpx"), [RawSelection(3, 3 + len(words), words)] * many)
        for words, many in (("one", 2), ("twelve", 3), ("six", 1))
    ]
    choice = choose_rule(texts, "?", "a.qdpx")
    assert choice.rule.utf16 and (choice.fits, choice.of, choice.next_best) == (6, 6, 0)


def test_a_tie_that_means_other_words_is_refused_unless_the_program_is_known() -> None:
    raw = RawText(b"one\r\ntwo six ten", "a.qdpx")
    selections = [RawSelection(4, 7, ""), RawSelection(8, 11, "")]
    raw_tie = RawText("\U0001f600 a b c d e".encode(), "a.qdpx")
    tie = [RawSelection(4, 5, "")]
    assert choose_rule([(raw, selections)], "?", "a.qdpx").rule == OffsetRule()
    with pytest.raises(Invalid, match="does not show how its program counts characters"):
        choose_rule([(raw_tie, tie)], "Somebody's program", "a.qdpx")
    known = choose_rule([(raw_tie, tie)], "MAXQDA 24", "a.qdpx")
    assert known.rule == OffsetRule() and not known.certain


def test_words_weigh_more_than_what_is_known_of_a_program() -> None:
    text = "\U0001f600 aa bb cc"
    raw = RawText(text.encode(), "a.qdpx")
    selections = [RawSelection(6, 8, "bb")]
    choice = choose_rule([(raw, selections)], "MAXQDA 24", "a.qdpx")
    assert choice.rule.utf16 and choice.certain


def test_a_name_that_was_cut_still_counts() -> None:
    raw = RawText("\U0001f600 one two three four".encode(), "a.qdpx")
    choice = choose_rule([(raw, [RawSelection(3, 16, "one two…")])], "?", "a.qdpx")
    assert choice.rule.utf16


def test_a_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(Invalid, match="not UTF-8"):
        RawText("naïve".encode("latin-1"), "a.qdpx")


def test_a_text_with_a_mark_and_no_selection_takes_the_plainest_rule() -> None:
    raw = RawText("\ufeffone\r\n\U0001f600".encode(), "a.qdpx")
    assert choose_rule([(raw, [])], "?", "a.qdpx").rule == OffsetRule()


def test_a_program_that_counts_the_mark_is_seen_by_its_words() -> None:
    raw = RawText("\ufeffone two three".encode(), "a.qdpx")
    choice = choose_rule([(raw, [RawSelection(5, 8, "two")])], "?", "a.qdpx")
    assert choice.rule == OffsetRule(counts_mark=True) and choice.rule.id == "code-point/crlf-1/bom"
