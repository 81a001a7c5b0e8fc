"""The day on paper: the timetable, and the booklet in which a reviewer without a laptop rates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from reviewapp.base.dates import today
from reviewapp.base.errors import Invalid
from reviewapp.cli.common import CliContext, json_option, out_path, pass_cli_context, print_json, visit_argument
from reviewapp.figures.rounds import this_round
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState
from reviewapp.visit.usual_day import in_order, usual_day
from reviewapp.visit.validators import check_time_of_day, instrument_terms


@click.command("timetable")
@visit_argument
@click.option("--usual", metavar="HH:MM", help="Add the appointments of a usual day that begins then. Lead only.")
@click.option("--pdf", type=out_path, metavar="FILE", help="Write it as a page to print.")
@json_option
@pass_cli_context
def timetable_command(context: CliContext, visit_id: str, usual: str | None, pdf: Path | None, as_json: bool) -> None:
    """Who meets whom, when and in which room. What is in the timetable stays as it is."""
    with context.open_visit(visit_id, read_only=usual is None) as visit:
        if usual is not None:
            check_time_of_day("usual", usual, instrument_terms(visit.state.instrument))
            lines = usual_day(visit.state, usual)
            if lines:
                visit.record(*lines)
            click.echo(f"added: {len(lines)}", err=True)
        if pdf is not None:
            from reviewapp.report.paper.timetable import timetable_pdf

            visit.save_document(pdf, timetable_pdf(visit.state, today()))
        state = visit.state
    if as_json:
        print_json([
            {"id": one.key, "start": one.start, "end": one.end, "title": one.title, "room": one.room, "who": one.who}
            for one in in_order(state)
        ])  # fmt: skip
        return
    for line in _lines(state):
        click.echo(line)


def _lines(state: VisitState) -> Iterator[str]:
    if not state.slots:
        yield "no appointments yet"
    for one in in_order(state):
        room = f" ({one.room})" if one.room else ""
        yield f"{f'{one.start}–{one.end}'.strip('–')}  {one.title}{room}  {', '.join(one.who)}".rstrip()


@click.command("booklet")
@visit_argument
@click.argument("file", type=out_path)
@click.option("--for", "code", metavar="CODE", help="Whose booklet it is; without it a blank one.")
@pass_cli_context
def booklet_command(context: CliContext, visit_id: str, file: Path, code: str | None) -> None:
    """Every standard with boxes to tick and lines for notes, as PDF. Nothing that anybody said is in it."""
    from reviewapp.report.paper.booklet import rating_booklet

    with context.open_visit(visit_id, read_only=True) as visit:
        state = visit.state
        if code is not None and code not in state.people:
            raise Invalid(f"{code!r} is not on this visit", field="for", do=f"use one of: {', '.join(state.people)}")
        whose = f"{code}, {labels.role(state.people[code].role)}" if code else ""
        held = this_round(state).held
        made = rating_booklet(state.instrument, today(), service=state.info.service, visit_date=held, reviewer=whose)
        visit.save_document(file, made)
