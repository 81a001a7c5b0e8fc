"""Collects all texts that people typed into a visit, each with its field's address, a name for it, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reviewapp.base.i18n import _
from reviewapp.codebooks.library import builtin
from reviewapp.codebooks.model import Codebook
from reviewapp.figures.evidence import may_print
from reviewapp.figures.previous import PREVIOUS
from reviewapp.visit import state_loader
from reviewapp.visit.blind import hides_goal
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import Record, VisitState

NAMED = {
    "summary": _("the summary"),
    "achievements": _("the areas of achievement"),
    "improvements": _("the areas for improvement"),
    "method": _("the passage on how the review was done"),
}


_PROGRAMME = {
    "scoping": _("the note on the scoping day"),
    "readiness": _("what the team says about its readiness"),
    "follow_up": _("a plan meeting"),
    "follow_up_goal": _("what a meeting said about a goal"),
    "learning_event": _("a learning event"),
    "staff_change": _("a staff change"),
    "escalation": _("a request to people above the team"),
    "handover": _("a handover note"),
}
"""What follows the plan and the report does not print, and what a text in each is called."""


class WrittenText(msgspec.Struct, frozen=True, kw_only=True):
    """One typed text; `where` names it in a sentence. `wide`: the copy for wider circulation prints it too.

    A text that is not `printed` is still stored in the visit and travels to the other laptops.
    """

    entity: str
    key: str
    field: str
    text: str
    where: str
    standard: str = ""
    printed: bool = True
    wide: bool = False

    @property
    def at(self) -> tuple[str, str, str]:
        """The address of the text: entity, key, field."""
        return self.entity, self.key, self.field

    @property
    def named(self) -> str:
        """`where` with a capital, for the beginning of a sentence."""
        return self.where[:1].upper() + self.where[1:]


def passages(state: VisitState) -> list[WrittenText]:
    """The written passages of the report that are not blank."""
    return [
        WrittenText(
            entity="passage",
            key=key,
            field="text",
            text=rec.text,
            where=passage_name(key),
            standard=key.partition(":")[2] if key.startswith(("recommendation:", "practice:")) else "",
            wide=True,
        )
        for key, rec in state.passages.items()
        if rec.text.strip()
    ]


def passage_name(place: str) -> str:
    """The name of a passage in a sentence, from its key: `the recommendation on standard 47`."""
    kind, __, name = place.partition(":")
    if kind == "recommendation":
        return _("the recommendation on standard {name}", name=name)
    if kind == "practice":
        return _("the positive practice of item {name}", name=name)
    if kind == "section":
        return _("the commentary on “{name}”", name=name)
    return NAMED.get(place, _("the passage “{place}”", place=place))


def all_texts(state: VisitState) -> list[WrittenText]:
    """Every text of the visit that is not blank; passages first, then other printed texts, then the rest."""
    return [text for text in (*passages(state), *_printed(state), *_not_printed(state)) if text.text.strip()]


def _printed(state: VisitState) -> Iterator[WrittenText]:
    yield from _quotes(state)
    yield from _each(
        state.agreed.values(), "agreed", ("reason", "dissent"), _("what was agreed on standard {number}"), wide=True
    )
    yield from _each(
        state.local_context.values(), "local_context", ("text",), _("the local context of standard {number}"), wide=True
    )
    yield from _each(state.ratings.values(), "rating", ("note",), _("a reviewer's note on standard {number}"))
    reason, criterion = _("why a score of {number} differs"), _("a note on a criterion of standard {number}")
    yield from _each(state.ratings.values(), "rating", ("reason",), reason)
    yield from _each(state.criteria.values(), "criterion", ("note",), criterion)
    yield from _each(state.agreed_criteria.values(), "agreed_criterion", ("reason",), criterion, wide=True)
    yield from _of_second(state)
    yield from _each(
        state.self_review.values(),
        "self_review",
        ("comment",),
        _("the team's own comment on standard {number}"),
        wide=True,
    )
    yield from _each(
        state.responses.values(), "response", ("text", "evidence"), _("the team's answer on standard {number}")
    )
    yield from _each(
        state.response_decisions.values(),
        "response_decision",
        ("reason",),
        _("the decision on the answer on standard {number}"),
    )
    yield from _each(state.concerns.values(), "concern", ("text", "told", "action"), _("an immediate concern"))
    yield from _each(
        state.documents_seen.values(), "document_seen", ("title", "version"), _("a document seen"), wide=True
    )
    yield from _each(state.slots.values(), "slot", ("title", "room"), _("the timetable"))
    yield from _each(state.decisions.values(), "decision", ("label", "note"), _("the decision and its note"))
    yield from _each(state.actions.values(), "action", ENTITIES["action"].statement.TEXTS or (), _("the action plan"))
    seen = [goal for goal in state.goals.values() if not hides_goal(state, "", goal)]  # others once they are shown
    yield from _each(seen, "goal", ENTITIES["goal"].statement.TEXTS or (), _("a goal of the team"))
    yield from _each(
        state.examples.values(), "example", ("text", "team"), _("the example from another team for {number}")
    )
    yield from _each(state.themes.values(), "theme", ("title",), _("a theme of this visit"), wide=True)
    for book in state.codebooks.values():
        for title in _titles(book.content):
            where = _("the codebook “{id}”", id=book.id)
            yield WrittenText(entity="codebook", key=book.key, field="content", text=title, where=where, wide=True)
    for key, fact in state.context.items():
        if isinstance(fact.value, str) and key != PREVIOUS:
            where = _("the fact about the service “{key}”", key=key)
            yield WrittenText(entity="context", key=key, field="value", text=fact.value, where=where, wide=True)


def _of_second(state: VisitState) -> Iterator[WrittenText]:
    """What the part of the second instrument prints."""
    yield from _each(
        state.also_agreed.values(), "also_agreed", ("reason", "dissent"),
        _("what was agreed on {number} of the second set"), wide=True, of_first=False,
    )  # fmt: skip
    yield from _each(
        state.also_ratings.values(), "also_rating", ("reason",),
        _("why a score of {number} of the second set differs"), of_first=False,
    )  # fmt: skip
    yield from _each(
        state.also_criteria.values(), "also_criterion", ("note",),
        _("a note on a criterion of {number} of the second set"), of_first=False,
    )  # fmt: skip
    yield from _each(
        state.also_self_review.values(), "also_self_review", ("comment",),
        _("the team's own comment on {number} of the second set"), wide=True, of_first=False,
    )  # fmt: skip
    yield from _each(
        state.also_local_context.values(), "also_local_context", ("text",),
        _("the local context of {number} of the second set"), wide=True, of_first=False,
    )  # fmt: skip
    yield from _each(
        state.also_agreed_criteria.values(), "also_agreed_criterion", ("reason",),
        _("what was agreed on a criterion of {number} of the second set"), wide=True, of_first=False,
    )  # fmt: skip


def _titles(book: Codebook | None) -> list[str]:
    """The titles of a codebook that somebody brought; those that come with the program need no second look."""
    if book is None or book in builtin():
        return []
    return [book.title, *(theme.title for theme in book.themes)]


def _not_printed(state: VisitState) -> Iterator[WrittenText]:
    """Texts that the report does not print: interview notes and texts of the case-note grid."""
    for key, rec in state.answers.items():
        where = _("the notes of interview {interview}", interview=record_number(rec.interview))
        yield WrittenText(entity="answer", key=key, field="text", text=rec.text, where=where, printed=False)
    yield from _each(state.audit.values(), "audit", ("note",), _("a note in the case-note grid"), printed=False)
    yield from _each(
        state.agreed_audit.values(), "agreed_audit", ("reason",), _("a reason in the case-note grid"), printed=False
    )
    yield from _each(
        state.also_ratings.values(), "also_rating", ("note",),
        _("a reviewer's note on {number} of the second set"),
        printed=False, of_first=False,
    )  # fmt: skip
    for kind, where in _PROGRAMME.items():
        records = state_loader.records(state, kind).values()
        yield from _each(records, kind, ENTITIES[kind].statement.TEXTS or (), where, printed=False)
    yield from _each(
        state.shared_practice.values(), "shared_practice", ("text", "team"),
        _("what other teams may read of the practice of {number}"), printed=False,
    )  # fmt: skip
    yield from _each(state.quotes.values(), "quote", ("speaker",), _("who in an interview said a quote"), printed=False)
    yield from _each(state.codings.values(), "coding", ("memo",), _("a coder's memo"), printed=False)
    yield from _each(
        state.agreed_codings.values(), "agreed_coding", ("reason",), _("the reason for themes"), printed=False
    )
    yield from _each(
        state.survey_comments.values(), "survey_comment", ("text", "about"), _("a survey comment"), printed=False
    )
    yield from _each(
        state.themes.values(), "theme", ("use_when", "not_when"), _("a theme of this visit"), printed=False
    )
    yield from _each(
        state.documents_seen.values(), "document_seen", ("note",), _("a note on a document seen"), printed=False
    )
    yield from _each(
        state.report_comments.values(), "report_comment", ("text", "quoted", "answer"), _("a comment from Word"),
        printed=False,
    )  # fmt: skip
    yield from _each(state.team_notes.values(), "team_note", ("text",), _("a note from the team"), printed=False)
    yield from _each(
        state.findings_accepted.values(),
        "finding_accepted",
        ("reason",),
        _("the reason for accepting a warning"),
        printed=False,
    )
    yield from _each(
        state.settled.values(), "settled", ("reason",), _("the reason for choosing a version"), printed=False
    )
    for key, record in state.case_notes.items():
        where = _("the number of a case note")
        yield WrittenText(entity="case_note", key=key, field="id", text=record.id, where=where, printed=False)


def _quotes(state: VisitState) -> Iterator[WrittenText]:
    for key, rec in state.quotes.items():
        yield WrittenText(
            entity="quote",
            key=key,
            field="text",
            text=rec.text,
            where=_("a quote of {interview}", interview=record_number(rec.interview)),
            printed=may_print(state, rec),
            wide=may_print(state, rec, circulation=True),
        )


def _each(
    records: Iterable[Record],
    entity: str,
    fields: tuple[str, ...],
    where: str,
    *,
    printed: bool = True,
    wide: bool = False,
    of_first: bool = True,
) -> Iterator[WrittenText]:
    """The texts in these fields of the records; `where` is their name, with `{number}` for the standard.

    Not `of_first`: their numbers are those of the visit's second instrument.
    """
    for rec in records:
        subject = getattr(rec, "subject", "") if entity in ("local_context", "also_local_context") else ""
        number = getattr(rec, "standard", "") or subject
        name = where.format(number=number)
        for field in fields:
            text = getattr(rec, field)
            if text:
                yield WrittenText(
                    entity=entity,
                    key=rec.key,
                    field=field,
                    text=text,
                    where=name,
                    standard=number if of_first else "",
                    printed=printed,
                    wide=wide,
                )
