"""Everything that people typed into a visit, each text with its place and what that place is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reviewapp.visit.evidence import may_print
from reviewapp.visit.people_spoken_to import labels
from reviewapp.visit.previous import PREVIOUS
from reviewapp.visit.state import Rec, VisitState

NAMED = {
    "summary": "the summary",
    "achievements": "the areas of achievement",
    "improvements": "the areas for improvement",
    "method": "the passage on how the review was done",
}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One text. `where` names it in a sentence; `wide`: it stands in the copy for wider circulation too.

    What is not `printed` is still kept in the visit and travels to the other laptops.
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
        """Entity, key and field."""
        return self.entity, self.key, self.field

    @property
    def named(self) -> str:
        """What it is called at the beginning of a sentence."""
        return self.where[:1].upper() + self.where[1:]


def passages(state: VisitState) -> list[Written]:
    """The written passages of the report that say something."""
    return [
        Written(
            entity="passage", key=key, field="text", text=rec.text, where=passage_name(key),
            standard=key.partition(":")[2] if key.startswith("recommendation:") else "", wide=True,
        )
        for key, rec in state.passages.items()
        if rec.text.strip()
    ]  # fmt: skip


def passage_name(place: str) -> str:
    """What a passage is called in a sentence."""
    kind, _, name = place.partition(":")
    if kind == "recommendation":
        return f"the recommendation on standard {name}"
    if kind == "section":
        return f"the commentary on “{name}”"
    return NAMED.get(place, f"the passage “{place}”")


def all_texts(state: VisitState) -> list[Written]:
    """Every text of the visit that is not blank; what the report prints comes first."""
    return [text for text in (*passages(state), *_printed(state), *_kept(state)) if text.text.strip()]


def _printed(state: VisitState) -> Iterator[Written]:
    yield from _quotes(state)
    yield from _each(state.agreed.values(), "agreed", ("reason", "dissent"), "what was agreed on", wide=True)
    yield from _each(state.local_context.values(), "local_context", ("text",), "the local context of", wide=True)
    yield from _each(state.ratings.values(), "rating", ("note",), "a reviewer's note on")
    yield from _each(state.self_review.values(), "self_review", ("comment",), "the team's own comment on", wide=True)
    yield from _each(state.responses.values(), "response", ("text", "evidence"), "the team's answer on")
    yield from _each(
        state.response_decisions.values(), "response_decision", ("reason",), "the decision on the answer on"
    )
    yield from _each(state.concerns.values(), "concern", ("text", "told"), "an immediate concern")
    yield from _each(state.slots.values(), "slot", ("title",), "the timetable")
    yield from _each(state.decisions.values(), "decision", ("note",), "the note on a decision")
    yield from _each(state.actions.values(), "action", ("action", "measure", "progress"), "the action plan")
    for key, fact in state.context.items():
        if isinstance(fact.value, str) and key != PREVIOUS:
            where = f"the fact about the service “{key}”"
            yield Written(entity="context", key=key, field="value", text=fact.value, where=where, wide=True)


def _kept(state: VisitState) -> Iterator[Written]:
    """What the report does not print."""
    called = labels(state)
    for key, rec in state.answers.items():
        where = f"the notes of interview {called.get(rec.interview, rec.interview)}"
        yield Written(entity="answer", key=key, field="text", text=rec.text, where=where, printed=False)
    yield from _each(state.audit.values(), "audit", ("note",), "a note in the case-note grid", printed=False)
    yield from _each(
        state.agreed_audit.values(), "agreed_audit", ("reason",), "a reason in the case-note grid", printed=False
    )
    for key, record in state.case_notes.items():
        where = "the number of a case note"
        yield Written(entity="case_note", key=key, field="id", text=record.id, where=where, printed=False)


def _quotes(state: VisitState) -> Iterator[Written]:
    called = labels(state)
    for key, rec in state.quotes.items():
        yield Written(
            entity="quote", key=key, field="text", text=rec.text, where=f"a quote of {called.get(rec.interview, key)}",
            printed=may_print(state, rec), wide=may_print(state, rec, circulation=True),
        )  # fmt: skip


def _each(
    records: Iterable[Rec],
    entity: str,
    fields: tuple[str, ...],
    where: str,
    *,
    printed: bool = True,
    wide: bool = False,
) -> Iterator[Written]:
    for rec in records:
        number = getattr(rec, "standard", "") or (getattr(rec, "subject", "") if entity == "local_context" else "")
        called = f"{where} standard {number}" if where.endswith(" on") or where.endswith(" of") else where
        for field in fields:
            text = getattr(rec, field)
            if text:
                yield Written(
                    entity=entity, key=rec.key, field=field, text=text, where=called, standard=number,
                    printed=printed, wide=wide,
                )  # fmt: skip
