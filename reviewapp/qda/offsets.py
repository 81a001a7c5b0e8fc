"""Where a selection lies: programs count characters by different rules, so the rule is found from the file itself.

Known rules (measured on files of these programs, or read in their sources): NVivo for Windows counts UTF-16 units, two
for a line end of carriage return and line feed, none for the byte order mark; ATLAS.ti counts one for such a line end;
QualCoder, MAXQDA and qc count code points of text with line feeds. Ends are exclusive in all of them.
"""

from __future__ import annotations

from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Set
from functools import cached_property
from itertools import accumulate, count, product
from operator import add
from typing import NamedTuple

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

_SHORT = ("…", "...")
_HIGH_SURROGATES = bytes(0xD8 <= byte <= 0xDB for byte in range(256))
"""1 for the upper byte of a unit with which a character of two units begins."""


class OffsetRule(NamedTuple):
    """How a program counts: in UTF-16 units or code points, a line end as two or one, the byte order mark or not."""

    utf16: bool = False
    two_for_line_end: bool = False
    counts_mark: bool = False

    @property
    def words(self) -> str:
        """The rule as it is told."""
        parts = [_("UTF-16 units") if self.utf16 else _("characters")]
        parts.append(_("a line end of two counts as two") if self.two_for_line_end else _("a line end counts as one"))
        if self.counts_mark:
            parts.append(_("the byte order mark counts"))
        return ", ".join(parts)

    @property
    def id(self) -> str:
        """The rule as it stands in JSON, such as `utf-16/crlf-2`."""
        parts = ["utf-16" if self.utf16 else "code-point", "crlf-2" if self.two_for_line_end else "crlf-1"]
        return "/".join([*parts, "bom"] if self.counts_mark else parts)


class RawSelection(NamedTuple):
    """A selection as its file gives it: `name` is what the program copied there of its words, often nothing."""

    start: int
    end: int
    name: str


class RawText:
    """A text as it lies in its file. Raises Invalid where it is not UTF-8: a byte guessed would shift what follows."""

    def __init__(self, data: bytes, file: str) -> None:
        try:
            raw = data.removeprefix(BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Invalid(
                _("{file} holds a text that is not UTF-8", file=file), do=_("export it again, texts as UTF-8")
            ) from error
        self.has_mark = data.startswith(BOM_UTF8)
        units = raw.encode("utf-16-le")
        self.has_wide = len(units) > 2 * len(raw)
        lines = raw.split("\r\n")
        self.has_two = len(lines) > 1
        text = "\n".join(lines)
        self.text = text.replace("\r", "\n") if "\r" in text else text
        self._size = len(raw)
        self._twos = list(map(add, accumulate(map(len, lines[:-1])), count(step=2)))
        self._wides = _wide(units) if self.has_wide else []
        self._walks: dict[tuple[bool, bool], tuple[frozenset[int], dict[int, int]]] = {}

    def positions(self, offsets: Set[int], rule: OffsetRule) -> dict[int, int]:
        """Where in `text` each offset lies by a rule. One that is outside, or within a character, is left out."""
        utf16, two = rule.utf16 and self.has_wide, rule.two_for_line_end and self.has_two
        if not (rule.counts_mark and self.has_mark):
            return self._counted(frozenset(offsets), utf16, two)
        found = self._counted(frozenset(offset - 1 for offset in offsets), utf16, two)
        return {at + 1: index for at, index in found.items()}

    def _counted(self, offsets: frozenset[int], utf16: bool, two: bool) -> dict[int, int]:
        """Where each offset lies in a text without a mark; what was asked last is remembered."""
        known = self._walks.get((utf16, two))
        if known is None or known[0] != offsets:
            known = self._walks[utf16, two] = offsets, self._place(offsets, utf16, two)
        return known[1]

    def _place(self, offsets: frozenset[int], utf16: bool, two: bool) -> dict[int, int]:
        wides = (self._wides if two else self._wides_of_text) if utf16 else []
        size = self._size if two else len(self.text)
        if not wides and not two:
            return {offset: offset for offset in offsets if 0 <= offset <= size}
        found: dict[int, int] = {}
        for offset in offsets:
            at = _less(offset, wides)
            if at is None or not 0 <= at <= size:
                continue
            index = _less(at, self._twos) if two else at
            if index is not None:
                found[offset] = index
        return found

    @cached_property
    def _wides_of_text(self) -> list[int]:
        """Where the characters of two units stand once a line end is one, counted in units."""
        return [unit - bisect_left(self._twos, unit - before) for before, unit in enumerate(self._wides)]


def _less(offset: int, pairs: list[int]) -> int | None:
    """An offset less one for each of these pairs that ends before it or at it; None within a pair."""
    before = bisect_left(pairs, offset)
    if before and pairs[before - 1] == offset - 1:
        return None
    return offset - before


def _wide(units: bytes) -> list[int]:
    """Where a character of two units begins in UTF-16 of the lower byte first, in units."""
    marks = units[1::2].translate(_HIGH_SURROGATES)
    found, at = [], marks.find(1)
    while at >= 0:
        found.append(at)
        at = marks.find(1, at + 2)
    return found


class RuleChoice(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that was taken, and why: how many of `of` selections fit it, and the best that another rule reaches.

    `certain` is False where the texts alone did not decide and what is known of the program did. A project without
    selections, or one in which all rules say the same, has no `others`.
    """

    rule: OffsetRule
    fits: int
    of: int
    next_best: int | None = None
    certain: bool = True


_OF_PROGRAMS = (
    ("nvivo for mac", OffsetRule()),
    ("nvivo", OffsetRule(utf16=True, two_for_line_end=True)),
    ("atlas", OffsetRule()),
    ("maxqda", OffsetRule()),
    ("qualcoder", OffsetRule()),
    ("qc", OffsetRule()),
    ("reviewapp", OffsetRule()),
)
"""The usual rule by how a program's name begins, without regard to capitals."""


def usual_rule(origin: str) -> OffsetRule | None:
    """The rule that a program is known to count by, or None for a program that is not known."""
    plain = origin.strip().casefold()
    return next((rule for begins, rule in _OF_PROGRAMS if plain.startswith(begins)), None)


def choose_rule(texts: list[tuple[RawText, list[RawSelection]]], origin: str, file: str) -> RuleChoice:
    """The rule by which all selections of a project count.

    Chosen by evidence: a selection fits where its words are those the file gives as its name, which weighs more, or
    where it begins and ends between words; some programs give other names (qc: "line:6"). Among rules that fit equally
    well and mean different words, that of the program which wrote the file is taken. Raises Invalid where that is not
    known: nothing is guessed.
    """
    of = sum(len(selections) for _text, selections in texts)
    results = _results(texts, _rules([text for text, _selections in texts]))
    plainly = of >= _MANY and max(found[0].fits for found in results.values()) >= _NEARLY_ALL * of
    if not plainly and any(text.has_mark for text, _selections in texts):
        marked = [rule._replace(counts_mark=True) for _found, some in results.values() for rule in some]
        results = _results(texts, [*(rule for _found, some in results.values() for rule in some), *marked])
    ordered = sorted(results.values(), key=_by_evidence, reverse=True)
    best = [found for found in ordered if found[0] == ordered[0][0]]
    usual = usual_rule(origin)
    evidence, rules = next((found for found in best if usual in found[1]), best[0])
    if len(best) > 1 and not any(usual in found[1] for found in best):
        raise Invalid(
            _(
                "{file} does not show how its program counts characters: {one} and {other} fit equally well",
                file=file,
                one=_quoted(best[0][1][0].words),
                other=_quoted(best[1][1][0].words),
            ),
            do=_("export it from a program whose files are known, or with the words of each selection as its name"),
        )
    rule = usual if usual is not None and usual in rules else rules[0]
    others = [found[0].fits for found in ordered if found[1] is not rules]
    return RuleChoice(
        rule=rule, fits=evidence.fits, of=of, next_best=max(others) if others else None, certain=len(best) == 1
    )


def _results(texts: list[tuple[RawText, list[RawSelection]]], rules: list[OffsetRule]) -> _Results:
    """What rules lead to: the ranges, how well these fit, and the rules that all lead there."""
    results: _Results = {}
    asked = [(text, selections, _offsets(selections)) for text, selections in texts]
    for rule in rules:
        ranges = tuple(one for text, selections, offsets in asked for one in _ranges(text, selections, offsets, rule))
        if ranges in results:
            results[ranges][1].append(rule)
        else:
            results[ranges] = (_evidence(texts, ranges), [rule])
    return results


def selected(text: RawText, selections: list[RawSelection], rule: OffsetRule) -> list[tuple[int | None, int | None]]:
    """Where each selection begins and ends in the text by a rule; None where that lies outside or in a character."""
    return _ranges(text, selections, _offsets(selections), rule)


def _offsets(selections: list[RawSelection]) -> frozenset[int]:
    return frozenset(at for start, end, _name in selections for at in (start, end))


def _ranges(
    text: RawText, selections: list[RawSelection], offsets: frozenset[int], rule: OffsetRule
) -> list[tuple[int | None, int | None]]:
    found = text.positions(offsets, rule)
    return [(found.get(start), found.get(end)) for start, end, _name in selections]


class _Evidence(NamedTuple):
    """Selections whose words are their name, and those that fit in either way. Words weigh more than borders."""

    named: int
    fits: int


_Ranges = tuple[tuple[int | None, int | None], ...]
_Results = dict[_Ranges, tuple[_Evidence, list[OffsetRule]]]
_MANY, _NEARLY_ALL = 20, 0.9
"""No program that is known counts the byte order mark, so that is asked only where too little fits without."""


def _by_evidence(found: tuple[_Evidence, list[OffsetRule]]) -> _Evidence:
    return found[0]


def _quoted(words: str) -> str:
    return f"“{words}”"


def _rules(texts: list[RawText]) -> list[OffsetRule]:
    """The rules that can differ on these texts; the plainest first."""
    wide = (False, True) if any(text.has_wide for text in texts) else (False,)
    two = (False, True) if any(text.has_two for text in texts) else (False,)
    # A usual rule that says more than these texts can show means the same as its plainer form here.
    found = [OffsetRule(*parts) for parts in product(wide, two)]
    return found + [rule for _begins, rule in _OF_PROGRAMS if rule not in found]


def _evidence(texts: list[tuple[RawText, list[RawSelection]]], ranges: _Ranges) -> _Evidence:
    named = fits = 0
    placed = iter(ranges)
    for text, selections in texts:
        words = text.text
        for one, (start, end) in zip(selections, placed, strict=False):
            if start is None or end is None or start > end:
                continue
            has_name = bool(one.name) and _has_name(words[start:end], one.name)
            named += has_name
            fits += has_name or (_is_border(words, start) and _is_border(words, end))
    return _Evidence(named, fits)


def _has_name(words: str, name: str) -> bool:
    """Whether a name is the words, or their beginning where the program cut it; spaces and line ends count alike."""
    words, name = " ".join(words.split()), " ".join(name.split())
    cut = next((name.removesuffix(end).rstrip() for end in _SHORT if name.endswith(end)), None)
    return words == name or (bool(cut) and words.startswith(cut or ""))


def _is_border(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())
