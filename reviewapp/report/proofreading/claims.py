"""Rules on what is written against what is computed: no passage may contradict the body of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from reviewapp.base.i18n import _
from reviewapp.figures.conversations import people_by_group
from reviewapp.figures.formatting import percent_text
from reviewapp.figures.ratings import RatingCounts, RatingFigures, compliance, effective, values_of
from reviewapp.report.proofreading import passage_claims
from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.report.proofreading.passage_claims import Count, Share
from reviewapp.report.proofreading.small_numbers import WORDS
from reviewapp.report.proofreading.texts import WrittenText, passages
from reviewapp.report.proofreading.verdicts import Verdict
from reviewapp.visit.state import VisitState

SAID = {"met": "met", "not_met": _("not met"), "na": _("not applicable"), "unrated": _("not rated")}
_NARROWER = re.compile(r"\bstandards? (?:about|on|for|in|under|that|which|concerning|to do with|relating)\b", re.I)
TITLE_WORDS = 3
"""A title with fewer words may stand in a sentence by chance."""


def figures_typed(state: VisitState) -> list[Finding]:
    """Counts, percentages and `all` in written passages that the computed figures contradict."""
    computed = compliance(state, values_of(effective(state)))
    found = []
    for text in passages(state):
        if text.key.startswith("recommendation:"):
            continue
        wrong = [(c.said, _count_is(c, text, computed)) for c in passage_claims.counts(text.text)]
        wrong += [(s.said, _share_is(s, text, state, computed)) for s in passage_claims.shares(text.text)]
        for said, truth in dict.fromkeys(wrong):
            if truth:
                found.append(_contradicts(state, text, said, truth))
    return found


def _contradicts(state: VisitState, text: WrittenText, said: str, truth: str) -> Finding:
    return finding(
        state,
        "contradicts_figures",
        "stop",
        at=text.at,
        concerning=[said, truth, text.text],
        why=_("{named} says “{said}”; {truth}.", named=text.named, said=said, truth=truth),
        action=_("Leave the number to the figures, or correct it"),
    )


def _counted(text: WrittenText, computed: RatingFigures, type_: str, sentence: str) -> list[tuple[str, RatingCounts]]:
    """The counts a passage may mean: of a type if it names one, of a section it names or stands in, of all."""
    if type_:
        return (
            [(_("standards of type {type}", type=type_), computed.by_type[type_])] if type_ in computed.by_type else []
        )
    folded, own = sentence.casefold(), text.key.partition(":")[2]
    meant = [name for name in computed.by_section if name.casefold() in folded or name == own]
    if "section" in folded and not meant:
        meant = list(computed.by_section)
    return [
        *((_("standards of “{name}”", name=name), computed.by_section[name]) for name in meant),
        ("standards", computed.overall),
    ]


def _count_is(count: Count, text: WrittenText, computed: RatingFigures) -> str:
    """What is true instead, or nothing when the passage is right."""
    truths = [_truth(count, name, counts) for name, counts in _counted(text, computed, count.type, count.sentence)]
    return "" if not truths or "" in truths else truths[0]


def _truth(count: Count, name: str, counts: RatingCounts) -> str:
    total = counts.applicable + counts.na + counts.unrated
    if count.whole is not None and count.whole not in (total, counts.applicable):
        return _(
            "there are {total} {name}, {applicable} of them applicable and rated",
            total=total,
            name=name,
            applicable=counts.applicable,
        )
    if count.verdict is None:
        right = count.whole is not None or count.number in (total, counts.applicable)
        return "" if right else _("there are {total} {name}", total=total, name=name)
    held: int = getattr(counts, count.verdict)
    if count.all:
        others = counts.not_met + counts.unrated if count.verdict == "met" else counts.met + counts.unrated
        return (
            _("{held} of {total} {name} are {said}", held=held, total=total, name=name, said=SAID[count.verdict])
            if others
            else ""
        )
    return "" if held == count.number else _("{held} {name} are {said}", held=held, name=name, said=SAID[count.verdict])


def _share_is(share: Share, text: WrittenText, state: VisitState, computed: RatingFigures) -> str:
    """A typed percentage is right when it is a computed one, rounded as typed, or a threshold of the rule."""
    required = {t.type: float(t.required) for t in state.instrument.rule.thresholds}
    if share.percent in ([required.get(share.type)] if share.type else required.values()):
        return ""
    named = any(name.casefold() in share.sentence.casefold() for name in computed.by_section)
    if _NARROWER.search(share.sentence) and not named:
        return ""
    may = _counted(text, computed, share.type, share.sentence)
    if not share.type:
        may += [(_("standards of type {name}", name=name), counts) for name, counts in computed.by_type.items()]
    known = [(name, counts.percent) for name, counts in may if counts.percent is not None]
    if not known or any(_rounds_to(share, percent) or _rounds_to(share, 100 - percent) for __, percent in known):
        return ""
    return _("computed is {percent} ({known})", percent=percent_text(known[0][1]), known=known[0][0])


def _rounds_to(share: Share, percent: float) -> bool:
    return abs(share.percent - percent) <= 0.5 * 0.1**share.places + 1e-9


def people_typed(state: VisitState) -> list[Finding]:
    """Numbers of people spoken to that are not those recorded."""
    spoken = people_by_group(state)
    found = []
    for text in passages(state):
        for said in passage_claims.talked(text.text):
            held = spoken.get(said.group, 0)
            if said.number > held or (said.listed and said.number != held):
                truth = _("recorded are conversations with {held} ({words})", held=held, words=WORDS[said.group])
                found.append(_contradicts(state, text, said.said, truth))
    return found


# Ratings that are named -------------------------------------------------------------------------------------


def ratings_named(state: VisitState) -> list[Finding]:
    """Passages that say of a standard what its rating does not, or name it in the wrong part."""
    verdicts, titles = _verdicts(state), tuple(s.title for s in state.instrument.standards)
    found = []
    for text in passages(state):
        for rating in passage_claims.ratings(text.text):
            for number in rating.numbers:
                held = verdicts.get(number)
                if held is not None and rating.verdict not in (None, held):
                    why = _(
                        "says that standard {number} is {said}; it is rated {rated}",
                        number=number,
                        said=SAID[str(rating.verdict)],
                        rated=SAID[held],
                    )
                    found.append(_misnamed(state, text, number, why, "stop"))
        for number in dict.fromkeys(_only_named(state, titles, text.text)):
            held, place = verdicts.get(number), text.key
            if place == "achievements" and held == "not_met":
                why = _("names standard {number}, which is not met", number=number)
                found.append(_misnamed(state, text, number, why, "stop"))
            elif place == "improvements" and held == "met":
                why = _("names standard {number}, which is met", number=number)
                found.append(_misnamed(state, text, number, why, "warn"))
    return found


def _verdicts(state: VisitState) -> dict[str, Verdict]:
    """What each rated standard counts as."""
    scale = state.instrument.scale
    found: dict[str, Verdict] = {}
    for number, rating in effective(state).items():
        choice = None if rating.value is None else scale.find(rating.value)
        if choice is not None and choice.counts != "scored":
            found[number] = choice.counts
    return found


@lru_cache(maxsize=1024)
def _titles_in(text: str, titles: tuple[str, ...]) -> tuple[int, ...]:
    """Which of these titles stand in a text, of those that are long enough to be meant."""
    folded = " ".join(text.casefold().split())
    return tuple(
        i
        for i, title in enumerate(titles)
        if title.count(" ") + 1 >= TITLE_WORDS and " ".join(title.casefold().split()) in folded
    )


def _only_named(state: VisitState, titles: tuple[str, ...], text: str) -> Iterator[str]:
    """Standards named by number or by their whole title, without a word on their rating."""
    for rating in passage_claims.ratings(text):
        if rating.verdict is None:
            yield from rating.numbers
    yield from (state.instrument.standards[i].number for i in _titles_in(text, titles))


def _misnamed(state: VisitState, text: WrittenText, number: str, why: str, severity: Severity) -> Finding:
    return finding(
        state,
        "contradicts_rating",
        severity,
        at=text.at,
        standard=number,
        concerning=[number, why, text.text],
        why=f"{text.named} {why}.",
        action=_("Change the sentence, or look at the rating again"),
    )


def standards_unknown(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Texts that cite a standard which these standards do not have."""
    known = {standard.number for standard in state.instrument.standards} | set(state.instrument.types())
    found = []
    for text in texts:
        if not text.printed or text.entity == "quote":
            continue
        cited: list[Any] = [n for rating in passage_claims.ratings(text.text) for n in rating.numbers if n not in known]
        for number in dict.fromkeys(cited):
            found.append(
                finding(
                    state,
                    "standard_outside_set",
                    "warn",
                    at=text.at,
                    standard=text.standard,
                    why=_(
                        "{named} cites standard {number}, which this set does not have.",
                        named=text.named,
                        number=number,
                    ),
                    action=_("Name a standard of this set"),
                    concerning=[number, text.text],
                )
            )
    return found


def not_printed(state: VisitState) -> list[Finding]:
    """Recommendations for standards that are not among those not met: they stay out of the report."""
    verdicts = _verdicts(state)
    return [
        finding(
            state,
            "recommendation_not_printed",
            "note",
            at=text.at,
            standard=text.standard,
            why=_(
                "Something is recommended on standard {standard}, which is not rated as not met; it is not printed.",
                standard=text.standard,
            ),
            action=_("Move what is still true to the areas for improvement"),
            concerning=text.text,
        )
        for text in passages(state)
        if text.key.startswith("recommendation:") and verdicts.get(text.standard) != "not_met"
    ]
