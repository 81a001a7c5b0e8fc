"""The section on the service and the visit: facts about the service, the review team, the timetable."""

from __future__ import annotations

from reviewapp.figures.previous import NOT_ABOUT_THE_SERVICE
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Runs, Table
from reviewapp.visit import labels
from reviewapp.visit.state import ContextRecord


def service_section(material: ReportData) -> list[Block]:
    """The section on the service and the visit: facts with national figures, the review team, the timetable."""
    made: list[Block] = [Heading(level=1, runs=text("The service and the visit"), id="service")]
    return [*made, *_context(material), *_team(material), *_timetable(material)]


def _context(material: ReportData) -> list[Block]:
    rows = []
    known = list(labels.CONTEXT)
    fields = sorted(material.state.context, key=lambda f: (known.index(f) if f in known else len(known), f))
    for field in fields:
        rec = material.state.context[field]
        if rec.value is None or field.startswith(NOT_ABOUT_THE_SERVICE):
            continue
        rows.append((text(labels.label(field)), value(material, field, rec), _national(material, field)))
    made: list[Block] = [Heading(level=2, runs=text("The service"), id="service-facts")]
    if not rows:
        return [*made, Paragraph(runs=text("Nothing about the service has been entered."))]
    columns = [Column(title="About the service", weight=2.4), Column(title="As told by the team", weight=2)]
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


def _team(material: ReportData) -> list[Block]:
    people = sorted(material.state.people.items())
    made: list[Block] = [Heading(level=2, runs=text("The review team"), id="service-team")]
    if not people:
        return [*made, Paragraph(runs=text("No review team has been named."))]
    named = not material.circulation and any(p.name.strip() for _, p in people)
    rows: list[tuple[Runs, ...]] = []
    for code, person in people:
        row = [text(code, bold=True), text(labels.role(person.role).capitalize())]
        if named:
            row.append(text(person.name.strip()))
        rows.append(tuple(row))
    columns = [Column(title="Code", weight=0.6), Column(title="Part in the review", weight=2.4)]
    if named:
        columns.append(Column(title="Name", weight=2.4))
    return [*made, Table(caption="", columns=tuple(columns), rows=tuple(rows))]


def _timetable(material: ReportData) -> list[Block]:
    slots = sorted(material.state.slots.values(), key=lambda s: (s.start, s.end, s.key))
    if not slots or material.circulation:  # who was met when would reveal how few they were
        return []
    rooms = any(slot.room.strip() for slot in slots)
    rows = tuple(
        (
            text(f"{slot.start}–{slot.end}".strip("–")),
            text(slot.title),
            *((text(slot.room.strip()),) if rooms else ()),
            text(labels.all_of(slot.who) if slot.who else "all"),
        )
        for slot in slots
    )
    columns = (
        Column(title="Time", weight=0.9), Column(title="What", weight=3),
        *((Column(title="Where", weight=1.3),) if rooms else ()), Column(title="Who", weight=1.2),
    )  # fmt: skip
    return [
        Heading(level=2, runs=text("The day"), id="service-day"),
        Table(caption="", columns=columns, rows=rows),
    ]
