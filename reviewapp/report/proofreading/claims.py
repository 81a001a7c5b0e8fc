"""Rules that compare claims in written texts with the computed figures and ratings: none may contradict them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from reviewapp.base.i18n import _
from reviewapp.figures.conversations import people_by_group
from reviewapp.figures.formatting import percent_text
from reviewapp.figures.gaps import gaps
from reviewapp.figures.ratings import RatingCounts, RatingFigures, current_figures, effective_ratings
from reviewapp.report.proofreading import passage_claims
from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.report.proofreading.passage_claims import CountClaim, ShareClaim
from reviewapp.report.proofreading.texts import WrittenText, passages
from reviewapp.report.proofreading.verdicts import RatingWord
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState

SAID = {"met": "met", "not_met": _("not met"), "na": _("not applicable"), "unrated": _("not rated")}
_NARROWER = re.compile(r"\bstandards? (?:about|on|for|in|under|that|which|concerning|to do with|relating)\b", re.I)
TITLE_WORDS = 3
"""The fewest words of a title that is searched for: a shorter one may occur in a sentence by chance."""


def wrong_figures(state: VisitState) -> list[Finding]:
    """Counts, percentages and `all` in written passages that the computed figures contradict; no recommendations."""
    computed = current_figures(state)
    found = []
    for text in passages(state):
        if text.key.startswith("recommendation:"):
            continue
        wrong = [(c.said, _corrected_count(c, text, computed)) for c in passage_claims.counts(text.text)]
        wrong += [(s.said, _corrected_share(s, text, state, computed)) for s in passage_claims.shares(text.text)]
        for phrase, truth in dict.fromkeys(wrong):
            if truth:
                found.append(_contradicts(state, text, phrase, truth))
    return found


def _contradicts(state: VisitState, text: WrittenText, phrase: str, truth: str) -> Finding:
    return finding(
        state,
        "contradicts_figures",
        "stop",
        at=text.at,
        concerning=[phrase, truth, text.text],
        why=_("{named} says “{said}”; {truth}.", named=text.named, said=phrase, truth=truth),
        action=_("Leave the number to the figures, or correct it"),
    )


def _candidate_counts(
    text: WrittenText, computed: RatingFigures, type_: str, sentence: str
) -> list[tuple[str, RatingCounts]]:
    """(name, counts) that a sentence may refer to: of a type if it names one, else of its sections and of all."""
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


def _corrected_count(count: CountClaim, text: WrittenText, computed: RatingFigures) -> str:
    """The correct statement instead of a written count; empty if the count is right."""
    truths = [
        _correction(count, name, counts)
        for name, counts in _candidate_counts(text, computed, count.type, count.sentence)
    ]
    return "" if not truths or "" in truths else truths[0]


def _correction(count: CountClaim, name: str, counts: RatingCounts) -> str:
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
    actual: int = getattr(counts, count.verdict)
    if count.all:
        others = counts.not_met + counts.unrated if count.verdict == "met" else counts.met + counts.unrated
        return (
            _("{held} of {total} {name} are {said}", held=actual, total=total, name=name, said=SAID[count.verdict])
            if others
            else ""
        )
    return (
        ""
        if actual == count.number
        else _("{held} {name} are {said}", held=actual, name=name, said=SAID[count.verdict])
    )


def _corrected_share(share: ShareClaim, text: WrittenText, state: VisitState, computed: RatingFigures) -> str:
    """The correct statement instead of a written percentage; empty if it is right or cannot be checked.

    It is right if it equals a computed one, rounded as typed, or a threshold of the rule.
    """
    required = {t.type: float(t.required) for t in state.instrument.rule.thresholds}
    if share.percent in ([required.get(share.type)] if share.type else required.values()):
        return ""
    named = any(name.casefold() in share.sentence.casefold() for name in computed.by_section)
    if _NARROWER.search(share.sentence) and not named:
        return ""
    candidates = _candidate_counts(text, computed, share.type, share.sentence)
    if not share.type:
        candidates += [(_("standards of type {name}", name=name), counts) for name, counts in computed.by_type.items()]
    known = [(name, counts.percent) for name, counts in candidates if counts.percent is not None]
    if not known or any(_rounds_to(share, percent) or _rounds_to(share, 100 - percent) for __, percent in known):
        return ""
    return _("computed is {percent} ({known})", percent=percent_text(known[0][1]), known=known[0][0])


def _rounds_to(share: ShareClaim, percent: float) -> bool:
    return abs(share.percent - percent) <= 0.5 * 0.1**share.places + 1e-9


def wrong_people_counts(state: VisitState) -> list[Finding]:
    """Numbers of people spoken to in written passages that differ from those recorded."""
    spoken = people_by_group(state)
    found = []
    for text in passages(state):
        for said in passage_claims.people_claims(text.text):
            held = spoken.get(said.group, 0)
            if said.number > held or (said.listed and said.number != held):
                truth = _(
                    "recorded are interviews with {held} ({words})", held=held, words=_(labels.one_of(said.group))
                )
                found.append(_contradicts(state, text, said.said, truth))
    return found


# Named standards and their ratings --------------------------------------------------------------------------


def wrong_ratings(state: VisitState) -> list[Finding]:
    """Passages that say of a standard what its rating does not, or name it in the wrong part."""
    words, titles = _rating_words(state), tuple(s.title for s in state.instrument.standards)
    found = []
    for text in passages(state):
        for rating in passage_claims.ratings(text.text):
            for number in rating.numbers:
                held = words.get(number)
                if held is not None and rating.verdict not in (None, held):
                    why = _(
                        "says that standard {number} is {said}; it is rated {rated}",
                        number=number,
                        said=SAID[str(rating.verdict)],
                        rated=SAID[held],
                    )
                    found.append(_misnamed(state, text, number, why, "stop"))
        if text.key in ("achievements", "improvements"):
            found += _in_the_wrong_part(state, text, titles)
    return found


def _in_the_wrong_part(state: VisitState, text: WrittenText, titles: tuple[str, ...]) -> Iterator[Finding]:
    """Gaps named among the achievements, and strengths among what is to improve."""
    scale, now = state.instrument.scale, effective_ratings(state)
    for number in dict.fromkeys(_named_without_rating(state, titles, text.text)):
        value = now[number].value if number in now and now[number].basis != "self_review" else None
        choice, verdict = None if value is None else scale.find(value), scale.verdict(value)
        if choice is not None and (text.key, verdict) in (("achievements", "gap"), ("improvements", "strength")):
            if choice.counts == "scored":
                why = _("names standard {number}, which is scored {label}", number=number, label=choice.label)
            elif verdict == "gap":
                why = _("names standard {number}, which is not met", number=number)
            else:
                why = _("names standard {number}, which is met", number=number)
            yield _misnamed(state, text, number, why, "stop" if verdict == "gap" else "warn")


def _rating_words(state: VisitState) -> dict[str, RatingWord]:
    """What each rated standard may be said to be; a score is neither met nor not met."""
    scale = state.instrument.scale
    found: dict[str, RatingWord] = {}
    for number, rating in effective_ratings(state).items():
        choice = None if rating.value is None or rating.basis == "self_review" else scale.find(rating.value)
        if choice is not None and choice.counts != "scored":
            found[number] = choice.counts
    return found


@lru_cache(maxsize=1024)
def _titles_in(text: str, titles: tuple[str, ...]) -> tuple[int, ...]:
    """The indices of the titles of `TITLE_WORDS` or more words that occur in a text."""
    folded = " ".join(text.casefold().split())
    return tuple(
        i
        for i, title in enumerate(titles)
        if title.count(" ") + 1 >= TITLE_WORDS and " ".join(title.casefold().split()) in folded
    )


def _named_without_rating(state: VisitState, titles: tuple[str, ...], text: str) -> Iterator[str]:
    """Numbers of the standards that a text names, by number or whole title, without giving a rating."""
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
        action=_("Change the sentence, or check the rating again"),
    )


def standards_unknown(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Printed texts, other than quotes, that cite a standard the instrument does not have."""
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
                        "{named} mentions standard {number}, which this set does not have.",
                        named=text.named,
                        number=number,
                    ),
                    action=_("Name a standard of this set"),
                    concerning=[number, text.text],
                )
            )
    return found


def not_printed(state: VisitState) -> list[Finding]:
    """What is written on standards that do not print it: recommendations print on gaps and items alone.

    Positive practice is printed at every standard; a recommendation at what is not met, and at every item: those of a
    scored scale, and standards with criteria.
    """
    scored = state.instrument.scale.kind == "scored"
    items = {standard.number for standard in state.instrument.standards if scored or standard.criteria}
    every = {standard.number for standard in state.instrument.standards}
    printed = {"recommendation": items | {standard.number for standard in gaps(state)}, "practice": every}
    return [
        finding(
            state,
            "recommendation_not_printed",
            "note",
            at=text.at,
            standard=text.standard,
            why=_not_printed(text),
            action=_("Move what is still true to the areas for improvement"),
            concerning=text.text,
        )
        for text in passages(state)
        if text.standard not in printed.get(text.key.partition(":")[0], {text.standard})
    ]


def _not_printed(text: WrittenText) -> str:
    if text.key.startswith("practice:"):
        return _(
            "There is positive practice on standard {standard}, which is not a standard of this visit. It is not "
            "printed.",
            standard=text.standard,
        )
    return _(
        "There is a recommendation on standard {standard}, which is not rated as not met. It is not printed.",
        standard=text.standard,
    )
