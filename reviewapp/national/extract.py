"""What a visit gives to its network, worked out of all that it says: a pure function of a `VisitState`.

Ratings as they count, with their basis; counts; words only where the speaker agreed to a published report, or the host
to the publication of its practice, and nothing in them tells who somebody is. What stays is counted with the reason
(`Staying`), so that nobody wonders where it went.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.audit import audit_figures
from reviewapp.figures.conversations import people_by_group
from reviewapp.figures.criteria import MET, NOT_MET, criterion_verdicts
from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.presentations import decided_presentations
from reviewapp.figures.previous import PREVIOUS
from reviewapp.figures.ratings import effective_ratings
from reviewapp.figures.rounds import this_round
from reviewapp.figures.surveys import survey_figures
from reviewapp.figures.theme_groups import MIXED, themes_that_count
from reviewapp.instruments.editions import edition_of
from reviewapp.national import bounds
from reviewapp.national.model import (
    AuditAnswers,
    Counted,
    Extract,
    Practice,
    Quote,
    Status,
    Survey,
    SurveyAnswers,
    Value,
)
from reviewapp.national.telling import tells_who
from reviewapp.visit import sorting
from reviewapp.visit.practice import Said, practices
from reviewapp.visit.state import InterviewRecord, QuoteRecord, VisitState, has_committee
from reviewapp.visit.themes import themes_in_force
from reviewapp.workspace.qda_export import agreed_to

Reason = Literal[
    "no_consent", "no_interview", "identifying", "conflict", "not_asked", "host_said_no", "changed",
    "words", "out_of_bounds",
]  # fmt: skip
"""Why something stays: no consent to publication, its interview is not here, it may tell who somebody is, two laptops
say different things; of practice: the host was not asked, said no, or answered
about other words; of a fact: it is in words. `out_of_bounds`: it is more than an extract holds."""

_RESPONDENTS = "respondents_"
"""Facts that say how many answered a survey: they are in its counts."""
_DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-\d{2}")


class Staying(msgspec.Struct, frozen=True, kw_only=True):
    """What does not leave, by reason: keys of quotes, standards of practice passages, names of facts."""

    quotes: Mapping[Reason, tuple[str, ...]]
    practice: Mapping[Reason, tuple[str, ...]]
    context: Mapping[Reason, tuple[str, ...]]


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What the lead chooses: the code of the team, the cycle (empty: the year of the review), and draft or final."""

    team: str
    cycle: str = ""
    status: Status = "final"


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """An extract, and what stays."""

    extract: Extract
    staying: Staying


def may_be_final(state: VisitState) -> bool:
    """Whether a final extract can be made: the committee, or where there is none the lead, has decided.

    A developmental review has no decision, and neither has an instrument without thresholds and labels for one.
    """
    rule = state.instrument.rule
    return bool(decided_presentations(state)) or not has_committee(state) or not (rule.thresholds or rule.labels)


def extract_of(state: VisitState, choices: Choices, revision: int = 1) -> Extracted:
    """The extract of a visit. Raises Invalid for a team code or a cycle that cannot be one, and for a date without one.

    A function of what the visit says: equal states give equal extracts.
    """
    month = _month(state)
    cycle = choices.cycle.strip() or month[:4]
    _check(choices, cycle)
    quotes, quotes_stay = _quotes(state)
    practice, practice_stays = _practice(state)
    context, context_stays = _context(state)
    extract = Extract(
        visit=state.info.id, revision=revision, team=choices.team.strip(), cycle=cycle, month=month,
        kind=state.info.kind, status=choices.status, instrument=edition_of(state.instrument),
        scope=state.instrument.scope, values=_values(state), surveys=_surveys(state), audit=_audit(state),
        context=context, spoken={group: n for group, n in people_by_group(state).items() if n},
        reviewers=dict(sorted(Counter(person.role for person in state.people.values()).items())),
        actions=_actions(state), quotes=quotes, practice=practice, round=_round(state),
    )  # fmt: skip
    return Extracted(
        extract=extract, staying=Staying(quotes=quotes_stay, practice=practice_stays, context=context_stays)
    )


def _check(choices: Choices, cycle: str) -> None:
    if not bounds.is_team_code(choices.team.strip()):
        raise Invalid(
            _("{team} cannot be the code of a team", team=f"{choices.team!r}"),
            field="team",
            do=_("use the code that the network's office gave to this team, such as T07"),
        )
    if not bounds.is_name(cycle) or len(cycle) > bounds.LONGEST_CYCLE:
        raise Invalid(
            _("{cycle} cannot be a cycle", cycle=f"{cycle[:60]!r}"), field="cycle", do=_("use a year, such as 2026")
        )


def _month(state: VisitState) -> str:
    own = this_round(state)
    for day in (own.held, own.planned, state.info.date):
        found = _DAY.fullmatch(day)
        if found:
            return found[1]
    raise Invalid(_("the visit has no date"), field="date", do=_("say when it was held, then make the extract"))


def _round(state: VisitState) -> str:
    label = this_round(state).label.strip()
    is_plain = len(label) <= bounds.LONGEST_NAME and label.isprintable()
    return label if is_plain and not tells_who(state, label) else ""


# Ratings -------------------------------------------------------------------------------------------------------------


def _values(state: VisitState) -> dict[str, Value]:
    effective, verdicts, items = effective_ratings(state), criterion_verdicts(state), item_scores(state)
    found = {}
    for standard in state.instrument.standards:
        number = standard.number
        rating, item = effective[number], items.get(number)
        choice = None if rating.value is None else state.instrument.scale.find(rating.value)
        counts: Counted = "unrated" if choice is None or choice.counts == "scored" else choice.counts
        criteria = {letter: said for letter, said in verdicts.get(number, {}).items() if said in (MET, NOT_MET)}
        found[number] = Value(
            counts=counts,
            basis=rating.basis if choice is not None and rating.basis is not None else "",
            score=choice.points if choice is not None and choice.counts == "scored" else None,
            lowest=item.lowest if item else None,
            highest=item.highest if item else None,
            criteria=criteria,
        )
    return found


# Counts --------------------------------------------------------------------------------------------------------------


def _surveys(state: VisitState) -> dict[str, Survey]:
    known = {standard.number for standard in state.instrument.standards}
    return {
        group: Survey(
            respondents=said.respondents,
            standards={
                number: SurveyAnswers(yes=one.yes, no=one.no, na=one.na)
                for number, one in said.standards.items()
                if number in known
            },
        )
        for group, said in survey_figures(state).items()
        if said.respondents or said.standards
    }


def _audit(state: VisitState) -> dict[str, AuditAnswers]:
    return {
        item: AuditAnswers(yes=one.yes, no=one.no, na=one.na, not_recorded=one.not_recorded)
        for item, one in audit_figures(state).items()
        if one.n or one.na
    }


def _actions(state: VisitState) -> dict[str, dict[str, int]]:
    """How many actions are in each state, by standard; of one in conflict the state is not known."""
    unsettled = {one.key for one in state.conflicts if one.entity == "action"}
    known = {standard.number for standard in state.instrument.standards}
    found: dict[str, Counter[str]] = {}
    for action in state.actions.values():
        if action.key not in unsettled and action.status:
            found.setdefault(action.standard if action.standard in known else "", Counter())[action.status] += 1
    return {number: dict(sorted(found[number].items())) for number in sorting.in_order(found)}


def _context(state: VisitState) -> tuple[dict[str, int | float | bool], dict[Reason, tuple[str, ...]]]:
    """The facts that are numbers or yes and no, and the others by the reason why they stay."""
    found: dict[str, int | float | bool] = {}
    stays: dict[Reason, list[str]] = {}
    for field, fact in sorted(state.context.items()):
        value = fact.value
        if field == PREVIOUS or field.startswith(_RESPONDENTS):
            continue
        if value is None:
            if _in_conflict(state, "context", field):
                stays.setdefault("conflict", []).append(field)
        elif isinstance(value, str):
            stays.setdefault("words", []).append(field)
        elif not bounds.is_name(field) or not bounds.is_number(value):
            stays.setdefault("out_of_bounds", []).append(field)
        elif tells_who(state, field):
            stays.setdefault("identifying", []).append(field)
        else:
            found[field] = value
    return found, _sorted(stays)


# Words ---------------------------------------------------------------------------------------------------------------


def _quotes(state: VisitState) -> tuple[tuple[Quote, ...], dict[Reason, tuple[str, ...]]]:
    """The quotes whose speakers agreed to a published report, and the others by the reason why they stay."""
    found: list[Quote] = []
    stays: dict[Reason, list[str]] = {}
    known = {standard.number for standard in state.instrument.standards}
    themes, counted = _shared_themes(state), themes_that_count(state)
    for key, quote in sorted(state.quotes.items(), key=_by_key):
        if not quote.text.strip():
            continue
        talk = state.interviews.get(quote.interview)
        reason = _why_quote_stays(state, quote, talk)
        if reason is not None or talk is None:
            stays.setdefault(reason or "no_interview", []).append(key)
            continue
        found.append(
            Quote(
                record=f"quote/{key}",
                text=quote.text.strip(),
                group=MIXED if len(talk.groups) > 1 else talk.group,
                tone=quote.tone or "neutral",
                standards=tuple(dict.fromkeys(one for one in quote.standards if one in known)),
                themes=tuple(one for one in themes if one in counted.get(f"quote/{key}", ())),
            )
        )
    return tuple(found), _sorted(stays)


def _why_quote_stays(state: VisitState, quote: QuoteRecord, talk: InterviewRecord | None) -> Reason | None:
    if talk is None:
        return "no_interview"
    if not agreed_to(talk, "published"):
        return "no_consent"
    if _in_conflict(state, "quote", quote.key):
        return "conflict"
    return _why_words_stay(state, quote.text, ("quote", quote.key, "text"))


def _why_words_stay(state: VisitState, text: str, at: tuple[str, str, str]) -> Reason | None:
    if not bounds.is_text(text.strip()):
        return "out_of_bounds"
    return "identifying" if tells_who(state, text, at) else None


_HOST_SAID: dict[Said, Reason] = {"no": "host_said_no", "not_asked": "not_asked", "changed": "changed"}


def _practice(state: VisitState) -> tuple[tuple[Practice, ...], dict[Reason, tuple[str, ...]]]:
    """The practice that the host lets be published, and the other by the reason why it stays."""
    found: list[Practice] = []
    stays: dict[Reason, list[str]] = {}
    for one in practices(state):
        reason = _HOST_SAID.get(one.said)
        if reason is None and _in_conflict(state, "passage", one.place):
            reason = "conflict"
        reason = reason or _why_words_stay(state, one.text, ("passage", one.place, "text"))
        if reason is not None:
            stays.setdefault(reason, []).append(one.standard)
            continue
        team = ", ".join(name for name in (state.info.service.strip(), state.info.organisation.strip()) if name)
        found.append(
            Practice(
                record=f"passage/{one.place}",
                text=one.text,
                standards=(one.standard,),
                team=team if one.named else "",
            )
        )
    return tuple(found), _sorted(stays)


def _shared_themes(state: VisitState) -> list[str]:
    """The themes of the codebooks in force, in their order: an own theme of this visit means nothing elsewhere."""
    return [theme for theme in themes_in_force(state).by_id if theme not in state.themes]


def _in_conflict(state: VisitState, entity: str, key: str) -> bool:
    return any(one.entity == entity and one.key == key for one in state.conflicts)


def _by_key(item: tuple[str, QuoteRecord]) -> tuple[tuple[str | int, ...], str]:
    return sorting.natural(item[0])


def _sorted(stays: Mapping[Reason, Iterable[str]]) -> dict[Reason, tuple[str, ...]]:
    return {reason: tuple(names) for reason, names in sorted(stays.items())}
