"""What the screen says of criteria: verdicts, why one is as it is, what they give, and what would lift it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.instruments.model import Scale, ScaleValue
from reviewapp.instruments.nouns import nouns_of
from reviewapp.instruments.quantities import CriterionVerdict

if TYPE_CHECKING:
    from reviewapp.figures.criteria import Why
    from reviewapp.figures.items import DerivedScore, PointsMet
    from reviewapp.instruments.model import Criterion, Instrument, Standard
    from reviewapp.instruments.scoring import Lift

VERDICTS = Scale(
    kind="rated",
    values=(
        ScaleValue(value="met", label=_("Met"), key="m", counts="met"),
        ScaleValue(value="not_met", label=_("Not met"), key="n", counts="not_met"),
        ScaleValue(value="not_established", label=_("Not established"), key="e", counts="na"),
    ),
)
"""What can be said of a criterion, as buttons and as keys."""
NO_FINDING = _("No finding yet")
MOST_SETS = 3
"""How many ways to a higher score are written out; the others are counted."""


def where_words(standard: Standard, instrument: Instrument) -> str:
    """Number, type and section of a standard; no type where all have the same."""
    named, section = nouns_of(instrument).numbered(standard.number), standard.section
    if len(instrument.types()) < 2:
        return _("{standard} · {section}", standard=named, section=section)
    return _("{standard} · Type {type} · {section}", standard=named, type=standard.type, section=section)


def verdict_words(verdict: CriterionVerdict | None) -> str:
    """Met, Not met, Not established; or that nothing was said yet."""
    found = VERDICTS.find(verdict) if verdict is not None else None
    return found.label if found else NO_FINDING


def verdict_look(verdict: CriterionVerdict | None) -> tuple[str, str]:
    """Tone and icon of a verdict."""
    if verdict == "met":
        return "met", "check"
    if verdict == "not_met":
        return "not_met", "cross"
    return "na", "help" if verdict == "not_established" else "circle"


def why_words(why: Why) -> str:
    """Why a criterion counts as it does; nothing where its sources simply say so."""
    return {
        "": "",
        "agreed": _("agreed in the meeting"),
        "implied": _("it follows from another criterion"),
        "differ": _("those who looked disagree"),
        "contradict": _("it contradicts another criterion"),
        "missing": "",
    }[why]


def asked_words(one: Criterion) -> str:
    """What a measured criterion asks for: `at least 80% of case notes`; nothing for a plain yes or no."""
    if one.measure == "yes-no" or one.threshold is None:
        return ""
    per = "%" if one.measure == "share" else ""
    number = f"{one.threshold:g}{per}"
    asked = {
        ">=": _("needs at least {number}", number=number),
        ">": _("needs more than {number}", number=number),
        "<=": _("needs at most {number}", number=number),
        "<": _("needs less than {number}", number=number),
        "=": _("needs exactly {number}", number=number),
    }.get(one.op, "")
    return " ".join(part for part in (asked, one.unit) if part) if asked else ""


def range_words(found: DerivedScore) -> str:
    """`3`, or `2 to 4` while not everything that matters is established."""
    if found.score is not None:
        return str(found.score)
    return _("{lowest} to {highest}", lowest=found.lowest, highest=found.highest)


def points_words(points: PointsMet) -> str:
    """`5 of 6 points`."""
    return plural("{met} of {n} point", "{met} of {n} points", points.of, met=points.met)


def open_words(many: int) -> str:
    """How many criteria are not established; nothing for none."""
    return plural("{n} not established", "{n} not established", many) if many else ""


def lift_words(found: Lift | None) -> str:
    """What would lift the score, in words; nothing where nothing could."""
    if found is None:
        return ""
    if found.any_of and len(found.any_of) > found.need:
        letters = ", ".join(found.any_of)
        return plural(
            "To reach {score}: {n} more of {letters}.", "To reach {score}: any {n} more of {letters}.", found.need,
            score=found.score, letters=letters,
        )  # fmt: skip
    ways = [join_words(letters, _(" and ")) for letters in found.sets[:MOST_SETS]]
    rest = len(found.sets) - len(ways)
    words = _("To reach {score}: {ways} as well", score=found.score, ways=_either(ways))
    return words + (plural(", or {n} other way.", ", or {n} other ways.", rest) if rest else ".")


def _either(ways: Iterable[str]) -> str:
    return _(", or ").join(ways)
