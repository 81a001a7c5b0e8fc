"""`visit paperwork`: the documents that a review needs, in one list for the team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
import msgspec

from reviewapp.cli.common import CliContext, json_option, pass_cli_context, print_json, visit_argument
from reviewapp.figures.paperwork import Paper, paperwork
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.second import second_state


@click.command("paperwork")
@visit_argument
@json_option
@pass_cli_context
def paperwork_command(context: CliContext, visit_id: str, as_json: bool) -> None:
    """The documents to look at, criterion by criterion, and which are still open."""
    with context.open_visit(visit_id, read_only=True) as visit:
        state = as_seen_by(visit.state, visit.me)
    second = second_state(state)
    lists = {state.instrument.id: paperwork(state)}
    if second is not None:
        lists[second.instrument.id] = paperwork(second)
    if as_json:
        print_json({instrument: msgspec.to_builtins(papers) for instrument, papers in lists.items()})
        return
    for instrument, papers in lists.items():
        if second is not None:
            click.echo(f"{instrument}:")
        for line in _lines(papers):
            click.echo(line)


def _lines(papers: Sequence[Paper]) -> Iterator[str]:
    if not papers:
        yield "no criterion of these standards needs a document"
    for paper in papers:
        state = "looked at" if paper.looked_at else "received" if paper.received else "open"
        first = ", ask first" if paper.first else ""
        yield f"{paper.standard} {paper.criterion}  {paper.text} ({state}{first})"
