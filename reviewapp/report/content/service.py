"""The section on the service and the visit: facts about the service, and the timetable."""

from __future__ import annotations

from reviewapp.figures.previous import NOT_ABOUT_THE_SERVICE
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Runs
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.state import ContextRecord, SlotRecord, VisitState


def service_section(material: ReportData) -> list[Block]:
    """The section on the service and the visit: facts with national figures, and the timetable."""
    made: list[Block] = [Heading(level=1, runs=text("The service and the visit"), id="service")]
    return [*made, *_context(material), *_timetable(material)]


def _context(material: ReportData) -> list[Block]:
    rows = []
    known = list(labels.CONTEXT)
    fields = sorted(material.state.context, key=lambda f: (known.index(f) if f in known else len(known), f))
    for field in fields:
        rec = material.state.context[field]
        if rec.value is None or field.startswith(NOT_ABOUT_THE_SERVICE):
            continue
        rows.append((text(labels.label(field)), value(material, field, rec), _national(material, field)))
    made: list[Block] = [Heading(level=2, runs=text("The service"), id="service-facts", listed=False)]
    if not rows:
        return [*made, Paragraph(runs=text("Nothing about the service has been entered."))]
    columns = [Column(title="About the service", weight=2), Column(title="As described by the team", weight=2.6)]
    if any(row[2] and row[2][0].text for row in rows):
        columns.append(Column(title="National figure", align="right"))
    return [*made, Table(caption="", columns=tuple(columns), rows=tuple(row[: len(columns)] for row in rows))]


def value(material: ReportData, field: str, rec: ContextRecord) -> Runs:
    """A fact about the service as runs: yes or no, a traced number, or the text as typed."""
    if isinstance(rec.value, bool):
        return text("Yes" if rec.value else "No")
    if isinstance(rec.value, int | float):
        return (material.typed(rec.value, "context", field),)
    return text(str(rec.value))


def _national(material: ReportData, field: str) -> Runs:
    """The network's published mean, or the per cent of teams for which the fact holds; empty if none is published."""
    path = f"report.benchmark.context.{field}"
    try:
        mean, percent = material.value(f"{path}.mean"), material.value(f"{path}.percent")
    except KeyError:
        return text("")
    if mean is not None:
        return (*text("mean "), material.number(f"{path}.mean"))
    if percent is not None:
        return (material.percent(f"{path}.percent"), *text(" of teams"))
    return text("")


def _timetable(material: ReportData) -> list[Block]:
    slots = sorted(material.state.slots.values(), key=lambda s: (s.start, s.end, s.key))
    if not slots or material.circulation:  # who was met when would reveal how few they were
        return []
    rows = tuple(
        (
            text(f"{slot.start}–{slot.end}".strip("–") or "no time"),
            text(slot.title),
            text(slot.room.strip() or "–"),
            text(who_of_slot(material.state, slot)),
        )
        for slot in slots
    )
    columns = (
        Column(title="Time", weight=1.1), Column(title="What", weight=4), Column(title="Where", weight=2.6),
        Column(title="Who", weight=0.9),
    )  # fmt: skip
    return [
        Heading(level=2, runs=text("The day"), id="service-day", listed=False),
        Paragraph(runs=text(f"{who_is_who(material.state)}."), style="small", keep=True),
        Table(caption="", columns=columns, rows=rows),
    ]


def who_of_slot(state: VisitState, slot: SlotRecord) -> str:
    """The codes of those at an appointment; `everybody` where it is all reviewers, or nobody is named."""
    everybody = len(slot.who) > 1 and set(slot.who) == set(state.people)
    return "everybody" if everybody or not slot.who else ", ".join(slot.who)


def who_is_who(state: VisitState) -> str:
    """What the codes of the reviewers stand for: `L1: lead reviewer; R2, R3: clinician from another team`."""
    by_role: dict[str, list[str]] = {}
    for code, person in sorted(state.people.items()):
        by_role.setdefault(person.role, []).append(code)
    return "; ".join(f"{', '.join(codes)}: {labels.role(role)}" for role, codes in by_role.items())
