"""From one round of a team's reviews to the next: what is carried over, and a visit that begins with it.

Service, organisation, people, instrument, plan and the values of every round before come with it, so that nothing is
typed again. What was said in conversations, notes and concerns stays where it was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.exchange import carry_over as files
from reviewapp.exchange.carry_over import (
    FORMAT,
    WITH_SECOND,
    CarriedPerson,
    CarriedStatement,
    CarriedVisit,
    CarryOver,
)
from reviewapp.figures.rounds import RoundFigures, earlier_rounds, record_of, round_of, rounds_of_records, this_round
from reviewapp.plan.carry_over import carried_goals, carry_over_statements, fitted
from reviewapp.plan.sent_versions import History
from reviewapp.visit import labels
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AlsoRound, Goal, Round
from reviewapp.visit.statements.rounds import THIS
from reviewapp.workspace.laptop import Laptop, NewPerson, SecondContent

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

_MUST_AGREE = ("person", "goal", "action", "round", "also_round")
"""Kinds of which none may say two things when they are carried over."""


def write_carry_over(visit: OpenVisit, path: Path, phrase: str) -> CarryOver:
    """Write what the next visit begins with, drafts included. Raises what `write_recorded` does."""
    if visit.is_lead:
        visit.commit_drafts()
    return write_recorded(visit, path, phrase)


def write_recorded(visit: OpenVisit, path: Path, phrase: str) -> CarryOver:
    """The same from what is recorded: for a connection that keeps no drafts.

    Only the lead has all of it. Raises Invalid or ReviewError.
    """
    if not visit.is_lead:
        raise Invalid(
            _("only the lead saves the carry-over of a visit"), do=_("ask the lead for it, or create a new visit")
        )
    carried = carried_from(visit)
    visit.written.carry_over(path, carried, phrase, visit.me)
    return carried


def carried_from(visit: OpenVisit) -> CarryOver:
    """What the next visit begins with, from a visit on this laptop. Raises Invalid where something says two things."""
    return carry_over_of(visit.state, partial(visit.history, "action"))


def carry_over_of(state: VisitState, history: History) -> CarryOver:
    """The carry-over of a visit; `history` is that of its actions. Raises Invalid where something says two things."""
    conflict = next((one for one in state.conflicts if one.entity in _MUST_AGREE), None)
    if conflict is not None:
        raise Invalid(
            _("there are two versions of {kind} {key} in that visit", kind=conflict.entity, key=conflict.key),
            do=_("choose one in that visit first"),
        )
    info, own = state.info, this_round(state)
    nothing = VisitState(info=info, instrument=state.instrument)
    actions = carry_over_statements(state, history, nothing)
    goals = carried_goals(state, nothing, {line.goal for line in actions})
    rounds = [*earlier_rounds(state), round_of(state)]
    second = second_state(state)
    also = [] if second is None else [*earlier_rounds(second), round_of(second)]
    return CarryOver(
        visit=CarriedVisit(
            visit=info.id, service=info.service, organisation=info.organisation, date=info.date, kind=info.kind,
            content=msgspec.to_builtins(state.instrument), label=own.label, planned=own.planned, held=own.held,
            people=tuple(CarriedPerson(code, one.role, one.name) for code, one in state.people.items()),
            also=msgspec.to_builtins(state.also), crosswalk=msgspec.to_builtins(state.crosswalk),
            format=FORMAT if state.also is None else WITH_SECOND,
        ),
        instrument=state.instrument, also=state.also, crosswalk=state.crosswalk,
        lines=(*(_round_line(one, n) for n, one in enumerate(rounds, start=1)),
               *(_also_line(one, n) for n, one in enumerate(also, start=1)), *goals, *actions),
    )  # fmt: skip


def rounds_in(carried: CarryOver) -> list[RoundFigures]:
    """The rounds that a carry-over knows of, the visit itself last."""
    lines = [one for one in carried.lines if isinstance(one, Round) and not isinstance(one, AlsoRound)]
    return rounds_of_records(map(_record, lines), carried.instrument)


def rounds_by_second(carried: CarryOver) -> list[RoundFigures]:
    """The same by the second instrument; empty where the visit had one."""
    lines = [one for one in carried.lines if isinstance(one, AlsoRound)]
    return [] if carried.also is None else rounds_of_records(map(_record, lines), carried.also)


def _record(line: Round) -> RoundRecord:
    said = {"key": line.id, "id": line.id, "instrument": line.instrument or ""} | _given(line.values())
    return msgspec.convert(said, type=RoundRecord)


def check_same_team(carried: CarryOver, service: str, organisation: str) -> None:
    """Raise Invalid for a carry-over of another team; capital letters and blanks make no difference."""
    for named, theirs in ((service, carried.visit.service), (organisation, carried.visit.organisation)):
        if named and _plain(named) != _plain(theirs):
            raise Invalid(
                _("this carry-over is of {theirs}, not of {named}", theirs=theirs, named=named),
                field="service" if named is service else "organisation",
                do=_("choose the carry-over of the same team, or start without one"),
            )


def begin_next_round(
    laptop: Laptop,
    carried: CarryOver,
    *,
    date: str,
    label: str = "",
    instrument: str = "",
    kind: str = "",
    service: str = "",
    organisation: str = "",
    people: Sequence[NewPerson] = (),
    deputy: str = "",
    words: str = "",
    also: str = "",
) -> str:
    """A new visit on this laptop that begins where the earlier one ended; returns its id.

    What is not given is as it was then; people given are added, or have a new role. Without `instrument` it is the very
    one of the earlier visit, and without `also` it has the second instrument of the earlier one, if that had one, with
    the crosswalk between the two. Raises Invalid for another team, and for a day that is not after the earlier visit.
    """
    before = carried.visit
    check_same_team(carried, service, organisation)
    last = max([before.date, before.held])
    if date <= last:
        raise Invalid(
            _("the visit is dated {day}, and the one before it {last}", day=labels.day(date), last=labels.day(last)),
            field="date",
            do=_("enter a later day, or choose an earlier visit to start from"),
        )
    team = {one.code: NewPerson(one.code, one.role, one.name) for one in before.people}
    own = Round(id=THIS, planned=date, label=label or UNSET)
    second = None if also or (carried.also and carried.also.id == instrument) else carried.also
    return laptop.new_visit(
        instrument=instrument or carried.instrument.id, content=None if instrument else carried.instrument,
        kind=kind or before.kind, service=service or before.service, organisation=organisation or before.organisation,
        date=date, people=list((team | {one.code: one for one in people}).values()), deputy=deputy, words=words,
        begin=[*_fitting(laptop, carried, instrument, also or (second.id if second else "")), own], also=also,
        second=None if second is None else SecondContent(second, None if instrument else carried.crosswalk),
    )  # fmt: skip


def open_carry_over(path: Path, phrase: str) -> CarryOver:
    """What a carry-over holds; what is raised is that of `exchange.carry_over.read`."""
    return files.read(path, phrase)


def _fitting(laptop: Laptop, carried: CarryOver, instrument: str, also: str) -> list[CarriedStatement]:
    """The lines as they can be recorded on the instruments of the next visit: of another one some standards are gone.

    What rounds said by a second instrument goes where the next visit has the same one beside its first.
    """
    kept = [one for one in carried.lines if not isinstance(one, AlsoRound) or one.instrument == also]
    if not instrument:
        return kept
    content = laptop.library.get(instrument) if instrument else carried.instrument
    lines: list[CarriedStatement] = []
    for one in kept:
        if isinstance(one, Round):
            lines.append(one)
        elif isinstance(one, Goal):
            lines.append(fitted(one, content))
        else:
            lines.append(fitted(one, content))
    return lines


def _round_line(one: RoundFigures, number: int) -> Round:
    record = record_of(one, f"E{number}")
    values: dict[str, Any] = {name: getattr(record, name) for name in RoundRecord.__struct_fields__}
    values["range"] = list(record.range)
    values["ranges"] = {item: list(span) for item, span in record.ranges.items()}
    values["label"] = record.label or labels.day(one.day)
    said = {
        name: value for name, value in values.items() if name not in ("key", "person", "id") and value not in _EMPTY
    }
    return Round(id=record.id, **said)


def _also_line(one: RoundFigures, number: int) -> AlsoRound:
    return AlsoRound(**{name: getattr(line, name) for line in [_round_line(one, number)]
                        for name in line.__struct_fields__})  # fmt: skip


_EMPTY: tuple[Any, ...] = ("", None, [], {})


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
