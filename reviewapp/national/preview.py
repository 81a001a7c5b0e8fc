"""What leaves the laptop with an extract, in words: every count, every quote and example, and what stays and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.figures.theme_groups import MIXED
from reviewapp.national.extract import Reason
from reviewapp.national.giving import Prepared
from reviewapp.national.model import Extract, Notice, Quote
from reviewapp.visit import labels


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it, a line each."""

    heading: str
    lines: tuple[str, ...]


NEVER = _(
    "Never in it: names of people, who rated what, notes of interviews, reviewers' comments, immediate concerns, the "
    "team's answers, any day (only the month)."
)


def preview(prepared: Prepared) -> list[Section]:
    """Everything that leaves, what stays, and what is never in it."""
    extract, staying = prepared.extract, prepared.extracted.staying
    stays = [
        *(_quotes_stay(reason, len(keys)) for reason, keys in staying.quotes.items()),
        *(_practice_stays(reason, standards) for reason, standards in staying.practice.items()),
        *(_context_stays(reason, fields) for reason, fields in staying.context.items()),
    ]
    sections = [
        Section(_("Who it goes to"), tuple(_to_whom(prepared))),
        Section(_("What is sent"), tuple(_counts(extract))),
        Section(
            plural("{n} quote is sent", "{n} quotes are sent", len(extract.quotes)),
            tuple(_quote(one) for one in extract.quotes),
        ),
        Section(
            plural(
                "{n} example of good practice is sent",
                "{n} examples of good practice are sent",
                len(extract.practice),
            )
            if extract.practice
            else _("No example of good practice is sent"),
            tuple(
                _("“{text}” (standard {number}; {name})", text=one.text, number=", ".join(one.standards),
                  name=_("printed as of {team}", team=one.team) if one.team else _("without the team's name"))
                for one in extract.practice
            ),
        ),
        Section(_("What stays here"), (*stays, NEVER)),
    ]  # fmt: skip
    return sections


def in_lines(sections: Iterable[Section]) -> list[str]:
    """The same for a terminal."""
    lines: list[str] = []
    for section in sections:
        lines += [section.heading + (":" if section.lines else ""), *(f"  {line}" for line in section.lines)]
    return lines


def notice_in_lines(notice: Notice) -> list[str]:
    """What a notice tells, in words."""
    lines = []
    if notice.records:
        many = plural("{n} quote was withdrawn", "{n} quotes were withdrawn", len(notice.records))
        lines.append(_("{many}: the network deletes its words", many=many))
    if notice.hidden:
        many = plural("{n} text", "{n} texts", len(notice.hidden))
        lines.append(_("{many} may not be shown for now: the network hides it", many=many))
    return lines


def _to_whom(prepared: Prepared) -> Iterable[str]:
    network, extract = prepared.network, prepared.extract
    if network.set_id:
        yield _("{name}. Its key has these check words: {words}", name=network.name, words=network.words)
    else:
        yield _("This laptop only: no network's key was given.")
    what = _("Final") if extract.status == "final" else _("Draft")
    yield _("{what}, team {team}, cycle {cycle}, {month}, revision {revision}",
            what=what, team=extract.team, cycle=extract.cycle, month=_month(extract.month),
            revision=extract.revision)  # fmt: skip
    yield from prepared.told


def _counts(extract: Extract) -> Iterable[str]:
    rated = Counter(value.basis for value in extract.values.values())
    parts = [
        _("{n} agreed", n=rated["agreed"]) if rated["agreed"] else "",
        _("{n} as the reviewers rated alike", n=rated["peer"]) if rated["peer"] else "",
        _("{n} from the criteria", n=rated["derived"]) if rated["derived"] else "",
        _("{n} from the self-review", n=rated["self_review"]) if rated["self_review"] else "",
        _("{n} without a rating", n=rated[""]) if rated[""] else "",
    ]
    many = plural("The rating of {n} standard", "The ratings of {n} standards", len(extract.values))
    yield f"{many}: {', '.join(part for part in parts if part)}"
    criteria = sum(len(value.criteria) for value in extract.values.values())
    if criteria:
        yield plural("{n} established criterion", "{n} established criteria", criteria)
    if extract.surveys:
        said = [f"{labels.group(name)} {one.respondents}" for name, one in extract.surveys.items()]
        yield _("Survey counts, with how many answered: {list}", list=", ".join(said))
    if extract.audit:
        yield plural("Case-note counts of {n} item", "Case-note counts of {n} items", len(extract.audit))
    if extract.context:
        facts = [f"{labels.label(name)} {_fact(value)}" for name, value in extract.context.items()]
        yield _("Facts about the service: {list}", list="; ".join(facts))
    if extract.spoken:
        yield _("How many people were interviewed: {list}", list=_listed(extract.spoken, labels.GROUPS))
    if extract.reviewers:
        said = [f"{labels.ROLES.get(role, role)} {n}" for role, n in extract.reviewers.items()]
        yield _("How many reviewers there were: {list}", list=", ".join(said))
    actions = sum(n for states in extract.actions.values() for n in states.values())
    if actions:
        yield plural("{n} action of the plan: only its standard and status",
                     "{n} actions of the plan: only their standard and status", actions)  # fmt: skip


def _listed(counts: Mapping[str, int], known: Mapping[str, object]) -> str:
    return ", ".join(f"{labels.group(name) if name in known else name} {n}" for name, n in counts.items())


def _fact(value: float | bool) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def _quote(one: Quote) -> str:
    who = _("a person in a mixed group") if one.group == MIXED else labels.one_of(one.group)
    parts = [who, labels.TONES.get(one.tone, one.tone).lower()]
    if one.standards:
        parts.append(_("standard {numbers}", numbers=", ".join(one.standards)))
    return _("“{text}” ({about}; {number})", text=one.text, about=", ".join(parts),
             number=labels.record_number(one.record.partition("/")[2]))  # fmt: skip


def _month(month: str) -> str:
    return f"{labels.MONTHS[int(month[5:]) - 1]} {month[:4]}"


def _quotes_stay(reason: Reason, n: int) -> str:
    many = plural("{n} quote", "{n} quotes", n)
    return {
        "no_consent": _("{many}: no consent to a published report", many=many),
        "no_interview": _("{many}: the interview is not on this laptop", many=many),
        "identifying": _("{many}: the words may identify someone", many=many),
        "conflict": _("{many}: there are two versions", many=many),
    }.get(reason, _("{many}: longer than an extract holds, or with characters that it does not hold", many=many))


def _practice_stays(reason: Reason, standards: tuple[str, ...]) -> str:
    what = _("Good practice at {numbers}", numbers=", ".join(standards))
    return {
        "not_asked": _("{what}: the team has not said yes to its publication", what=what),
        "host_said_no": _("{what}: the team said no to its publication", what=what),
        "changed": _("{what}: the words have changed since the team said yes", what=what),
        "identifying": _("{what}: the words may identify someone", what=what),
        "conflict": _("{what}: there are two versions", what=what),
    }.get(reason, _("{what}: longer than an extract holds, or with characters that it does not hold", what=what))


def _context_stays(reason: Reason, fields: tuple[str, ...]) -> str:
    names = ", ".join(labels.label(name) for name in fields)
    return {
        "words": _("Facts in words: {names}", names=names),
        "identifying": _("Facts whose names may identify someone: {n}", n=len(fields)),
        "conflict": _("Facts with two versions: {names}", names=names),
    }.get(reason, _("Facts that a network does not count: {names}", names=names))
