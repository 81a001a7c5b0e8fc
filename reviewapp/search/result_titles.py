"""What a record is called where it was found, which of its fields hold words, and whether one may see it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, NamedTuple

from reviewapp.base.i18n import _
from reviewapp.instruments.model import AuditItem, Prompt, Standard
from reviewapp.instruments.nouns import nouns_of
from reviewapp.store import search_index as index
from reviewapp.visit import labels, state_loader
from reviewapp.visit.blind import JUDGED, hides_goal, seen_codings, shows_others
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.second import ALSO_KINDS, second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import unit_of

KINDS = (
    "standard",
    "person",
    "quote",
    "note",
    "concern",
    "interview",
    "case_note",
    "document",
    "self_review",
    "agreed",
    "report",
    "response",
    "action",
    "timetable",
    "question",
)
"""What was found is to a reader one of these, in this order."""

KIND_OF = {index.STANDARD: "standard", index.PROMPT: "question", index.ITEM: "question"} | {
    name: ENTITIES[name].statement.FOUND_AS for name in index.TEXTS
}


class Described(NamedTuple):
    """What a record is called; `texts` are its fields with words in them, `standards` the numbers it bears on."""

    title: str
    texts: tuple[tuple[str, str], ...]
    standards: tuple[str, ...] = ()


Describer = Callable[[VisitState, str, Any], tuple[str, tuple[str, ...]]]
"""From the visit, who is looking, and the record: its title, and the standards it bears on."""


class HitDescriber:
    """Of one visit as it is now, for one person."""

    def __init__(self, state: VisitState, me: str) -> None:
        """Reads the numbers of the instrument."""
        self.state, self._me = state, me
        instrument = state.instrument
        self.of_instrument: dict[str, dict[str, Any]] = {
            index.STANDARD: {one.number: one for one in instrument.standards},
            index.PROMPT: {one.id: (guide.group, one) for guide in instrument.guides for one in guide.prompts},
            index.ITEM: {one.item: one for one in instrument.audit},
        }

    def there(self, entity: str) -> Container[str]:
        """What there is of a kind, by key."""
        found = self.of_instrument.get(entity)
        return state_loader.records(self.state, entity) if found is None else found

    def shown(self, entity: str, key: str) -> bool:
        """Whether it is there and may be seen.

        As on the screens: others' notes with a rating once that may be seen, their notes in a case note not.
        """
        if entity in self.of_instrument:
            return key in self.of_instrument[entity]
        rec: Any = state_loader.record(self.state, entity, key)
        if rec is None or f"{entity}/{key}" in self.state.hidden:
            return False
        if entity in JUDGED:
            mine = rec.person == self._me
            judged = second_state(self.state) if entity in ALSO_KINDS else self.state
            seen = mine or (judged is not None and shows_others(judged, self._me, rec.standard))
            return bool(rec.note or getattr(rec, "reason", "")) and seen
        if entity == "audit":
            return bool(rec.note) and rec.person == self._me
        if entity == "coding":
            seen = key in seen_codings(self.state, self._me)
            return seen and bool(rec.memo) and unit_of(self.state, rec.unit) is not None
        if entity == "goal":
            return not hides_goal(self.state, self._me, rec)
        return True

    def named(self, entity: str, key: str) -> Described:
        """What is called so; of what is no longer there only the key."""
        if entity in self.of_instrument:
            return _NAMED_IN_INSTRUMENT[entity](key, self.of_instrument[entity][key])
        rec = state_loader.record(self.state, entity, key)
        if rec is None:
            return Described(key, ())
        title, standards = _DESCRIBERS[entity](self.state, self._me, rec)
        fields = ((name, getattr(rec, name)) for name in index.TEXTS[entity])
        texts = tuple((name, str(text)) for name, text in fields if text not in (None, "", True, False))
        return Described(title, texts, standards)


def _standard(key: str, one: Standard) -> Described:
    return Described(f"{key}  {one.title}", (("statement", one.statement), ("guidance", one.guidance)), (key,))


def _prompt(key: str, one: tuple[str, Prompt]) -> Described:
    group, prompt = one
    return Described(
        _("Question {key}, {group}", key=key, group=_(labels.one_of(group))),
        (("text", prompt.text),),
        prompt.standards,
    )


def _item(key: str, one: AuditItem) -> Described:
    return Described(_("Case notes, item {key}", key=key), (("text", one.text),), one.standards)


_NAMED_IN_INSTRUMENT: dict[str, Callable[[str, Any], Described]] = {
    index.STANDARD: _standard,
    index.PROMPT: _prompt,
    index.ITEM: _item,
}


def _by(state: VisitState, rec: Any, me: str) -> str:
    """After what it is: whose it is, by code and role; nothing of one's own."""
    return "" if rec.person == me else _(" by {person}", person=labels.person(state.people, rec.person))


def _mine(rec: Any, me: str, mine: str, other: str) -> str:
    return mine if rec.person == me else other


def _talk(state: VisitState, key: str) -> str:
    talk = state.interviews.get(key)
    return (
        _(
            "{number}, {group}",
            number=labels.record_number(key, state.people),
            group=_(labels.one_of(talk.group)),
        )
        if talk
        else labels.record_number(key, state.people)
    )


def _with_title(state: VisitState, number: str) -> str:
    title = next((one.title for one in state.instrument.standards if one.number == number), "")
    named = nouns_of(state.instrument).within(number)
    return _("{standard}, {title}", standard=named, title=title) if title else named


def _rating(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    words = _mine(rec, me, _("Your note on {standard}"), _("Note on {standard}{by}"))
    said = words.format(standard=_with_title(state, rec.standard), by=_by(state, rec, me))
    return said, (rec.standard,)


def _by_second(tell: Describer) -> Describer:
    """For what is judged by the second instrument: it bears on no standard of the first."""

    def told(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
        second = second_state(state)
        if second is None or rec.instrument != second.instrument.id:
            return rec.key, ()
        return f"{tell(second, me, rec)[0]} ({second.instrument.title})", ()

    return told


def _local(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    words = _mine(rec, me, _("Your local context of {standard}"), _("Local context of {standard}{by}"))
    said = words.format(standard=_with_title(state, rec.subject), by=_by(state, rec, me))
    return said, (rec.subject,)


def _answer(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    prompt = state.instrument.prompt(rec.prompt)
    return _(
        "Notes of {talk}, question {prompt}", talk=_talk(state, rec.interview), prompt=rec.prompt
    ), prompt.standards if prompt else ()


def _quote(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    bears = _(", on {list}", list=", ".join(rec.standards)) if rec.standards else ""
    return _("Quote {id} from {talk}{bears}", id=rec.id, talk=_talk(state, rec.interview), bears=bears), rec.standards


def _audit(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    of = next((one.standards for one in state.instrument.audit if one.item == rec.item), ())
    whose = _mine(rec, me, _("Your note"), _("Note")) if rec.person else _("Agreed answer")
    by = _by(state, rec, me) if rec.person else ""
    return _(
        "{whose} on case note {case_note}, item {item}{by}", whose=whose, case_note=rec.case_note, item=rec.item, by=by
    ), of


def _said_of(words: str) -> Describer:
    """For records whose key is the number of a standard."""

    def tell(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
        return f"{words} {_with_title(state, rec.standard)}", (rec.standard,)

    return tell


def _plainly(words: str) -> Describer:
    """For records that are known by their key."""

    def tell(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
        return f"{words} {labels.record_number(rec.key, state.people)}".strip(), ()

    return tell


def _by_noun(entity: str) -> Describer:
    """For kinds that say nothing more of themselves: the noun and the key."""
    noun = ENTITIES[entity].statement.noun()
    plainly = _plainly(noun[:1].upper() + noun[1:])

    def tell(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
        number = getattr(rec, "standard", "")
        return plainly(state, me, rec)[0], (number,) if number else ()

    return tell


def _interview(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    return _(
        "Interview {id}, {group}",
        id=labels.record_number(rec.key, state.people),
        group=_(labels.one_of(rec.group)),
    ), ()


def _person(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    return f"{rec.key}, {_(labels.ROLES.get(rec.role, rec.role))}", ()


def _context(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    return _("About the service: {fact}", fact=rec.key.replace("_", " ")), ()


def _criterion(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    whose = _mine(rec, me, _("Your criterion"), _("Criterion")) if rec.person else _("Agreed: criterion")
    by = _by(state, rec, me) if rec.person else ""
    title = _("{whose} {letter} of {number}{by}", whose=whose, letter=rec.criterion, number=rec.standard, by=by)
    return title, (rec.standard,)


def _passage(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    kind, __, of = rec.subject.partition(":")
    return _("Report: {value}", value=f"{kind}, {of}" if of else kind), (of,) if kind == "recommendation" else ()


def _action(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    bears = _(", standard {standard}", standard=rec.standard) if rec.standard else ""
    return _("Action {id}{bears}", id=rec.id, bears=bears), (rec.standard,) if rec.standard else ()


def _team_note(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    number = rec.standard
    return (_("The team's note on {number}", number=number), (number,)) if number else (_("The team's note"), ())


def _survey_comment(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    title = _("Survey comment, {group}", group=_(labels.one_of(rec.group))) if rec.group else _("Survey comment")
    return title, (rec.standard,) if rec.standard else ()


def _document(state: VisitState, me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    bears = _(", on {list}", list=", ".join(rec.standards)) if rec.standards else ""
    number = labels.record_number(rec.key, state.people)
    return _("Document seen {number}{bears}", number=number, bears=bears), rec.standards


def _concern(state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    title = labels.concern(state.people, rec.key)
    return (_("{title}, {talk}", title=title, talk=_talk(state, rec.interview)) if rec.interview else title), ()


def _slot(_state: VisitState, _me: str, rec: Any) -> tuple[str, tuple[str, ...]]:
    return " ".join(part for part in (f"{rec.start}–{rec.end}" if rec.start else rec.id, *rec.who) if part), ()


_DESCRIBERS: dict[str, Describer] = {name: _by_noun(name) for name in index.TEXTS} | {
    "rating": _rating,
    "also_rating": _by_second(_rating),
    "also_agreed": _by_second(_said_of(_("Agreed on"))),
    "criterion": _criterion,
    "also_criterion": _by_second(_criterion),
    "also_agreed_criterion": _by_second(_criterion),
    "also_local_context": _by_second(_local),
    "also_self_review": _by_second(_said_of(_("The team on"))),
    "agreed_criterion": _criterion,
    "local_context": _local,
    "answer": _answer,
    "quote": _quote,
    "audit": _audit,
    "agreed_audit": _audit,
    "interview": _interview,
    "case_note": _plainly(_("Case note")),
    "concern": _concern,
    "self_review": _said_of(_("The team on")),
    "context": _context,
    "agreed": _said_of(_("Agreed on")),
    "settled": _plainly(_("Why this version was chosen:")),
    "passage": _passage,
    "decision": _plainly(_("Decision at presentation")),
    "finding_accepted": _plainly(_("Why a warning was accepted:")),
    "known_name": _plainly(_("A name to look for:")),
    "response": _said_of(_("The team's answer on")),
    "response_decision": _said_of(_("Decided on the team's answer on")),
    "team_note": _team_note,
    "survey_comment": _survey_comment,
    "action": _action,
    "slot": _slot,
    "document_seen": _document,
    "person": _person,
}
