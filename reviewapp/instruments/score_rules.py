"""The rules of a score map: reading them, and which letters they name.

A map has one row a score, read from the highest score down, the lowest `otherwise`. A rule is one of, or a combination
with `&` (and), `|` (or) and brackets of, where `&` binds closer than `|`:

- `n>=4`, `n=4`: so many criteria of the standard are met (steps of a ladder are not counted);
- `a`: the criterion with this letter is met;
- `level=3`, `level>=3`: the highest step of the ladder that is met; 0 when none is.

There is no "not": a criterion more may never cost a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

OTHERWISE = "otherwise"
LONGEST = 400
"""Most characters in a rule."""
DEEPEST = 12
"""Most brackets within each other."""
RESERVED = ("n", "level", OTHERWISE)
"""What a letter cannot be, because it means something in a rule."""
LETTER = re.compile(r"[a-z][a-z0-9]{0,7}")

_TOKEN = re.compile(r"\s*(?:(?P<word>[A-Za-z][A-Za-z0-9]*)|(?P<number>\d{1,4})|(?P<sign>>=|≥|=|[&|()])|(?P<odd>\S))")
_RULES = _("write it as n>=4, n=4, a, level=3, or these joined by & and | with brackets")


class Count(msgspec.Struct, frozen=True):
    """So many criteria are met; `at_least` or exactly."""

    at_least: bool
    many: int


class Level(msgspec.Struct, frozen=True):
    """The highest step that is met is this one; `at_least` this one."""

    at_least: bool
    step: int


class Letter(msgspec.Struct, frozen=True):
    """This criterion is met."""

    id: str


class Joined(msgspec.Struct, frozen=True):
    """All of the parts hold (`&`), or any of them (`|`)."""

    by: Literal["&", "|"]
    parts: tuple[ScoreRule, ...]


class Otherwise(msgspec.Struct, frozen=True):
    """Whatever is met."""


ScoreRule = Count | Level | Letter | Joined | Otherwise


def parse(text: str) -> ScoreRule:
    """The rule that a text states. Raises Invalid, saying what in it is not understood."""
    if len(text) > LONGEST:
        raise Invalid(
            _("the rule beginning {text} is longer than {most} characters", text=f"{text[:30]!r}", most=LONGEST),
            field="rule",
            do=_("shorten it"),
        )
    if text.strip().casefold() == OTHERWISE:
        return Otherwise()
    return _Reader(text).whole()


def letters(rule: ScoreRule) -> Iterator[str]:
    """The letters that a rule names, as often as it does."""
    if isinstance(rule, Letter):
        yield rule.id
    elif isinstance(rule, Joined):
        for part in rule.parts:
            yield from letters(part)


def counts(rule: ScoreRule) -> Iterator[Count]:
    """The counts in a rule."""
    if isinstance(rule, Count):
        yield rule
    elif isinstance(rule, Joined):
        for part in rule.parts:
            yield from counts(part)


def levels(rule: ScoreRule) -> Iterator[Level]:
    """The levels in a rule."""
    if isinstance(rule, Level):
        yield rule
    elif isinstance(rule, Joined):
        for part in rule.parts:
            yield from levels(part)


class _Reader:
    """Reads one rule from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [found for found in _TOKEN.finditer(text) if found.lastgroup]
        self.at = 0

    def whole(self) -> ScoreRule:
        if not self.tokens:
            raise self._wrong(_("it is empty"))
        rule = self._joined("|", 0)
        if self.at < len(self.tokens):
            raise self._wrong(_("{what} is not expected there", what=repr(self._next())))
        return rule

    def _joined(self, by: Literal["&", "|"], depth: int) -> ScoreRule:
        parts = [self._part(by, depth)]
        while self._next() == by:
            self.at += 1
            parts.append(self._part(by, depth))
        return parts[0] if len(parts) == 1 else Joined(by, tuple(parts))

    def _part(self, by: Literal["&", "|"], depth: int) -> ScoreRule:
        return self._joined("&", depth) if by == "|" else self._atom(depth)

    def _atom(self, depth: int) -> ScoreRule:
        word = self._take()
        if word == "(":
            if depth >= DEEPEST:
                raise self._wrong(_("there are more than {most} brackets within each other", most=DEEPEST))
            rule = self._joined("|", depth + 1)
            if self._next() != ")":
                raise self._wrong(_("a bracket is not closed"))
            self.at += 1
            return rule
        name = word.casefold()
        if name == "n":
            return Count(*self._compared(_("n")))
        if name == "level":
            return Level(*self._compared(_("level")))
        if name == OTHERWISE:
            raise self._wrong(_("`otherwise` must be alone"))
        if not LETTER.fullmatch(name):
            raise self._wrong(_("{what} is not understood", what=repr(word)) if word else _("it stops too soon"))
        return Letter(name)

    def _compared(self, what: str) -> tuple[bool, int]:
        sign = self._take()
        if sign not in (">=", "≥", "="):
            raise self._wrong(_("after {what} write >= or =", what=what))
        number = self._take()
        if not number.isdigit():
            raise self._wrong(_("after {what} write a whole number", what=f"{what}{sign}"))
        return sign != "=", int(number)

    def _next(self) -> str:
        return self.tokens[self.at][0].strip() if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        word = self._next()
        self.at += 1
        return word

    def _wrong(self, why: str) -> Invalid:
        return Invalid(_("the rule {text}: {why}", text=f"{self.text!r}", why=why), field="rule", do=_RULES)
