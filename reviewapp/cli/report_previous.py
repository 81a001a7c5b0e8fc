"""`report --previous`: reading the figures of the previous visit from a file."""

from __future__ import annotations

from pathlib import Path

import click

from reviewapp.cli.common import CliContext
from reviewapp.figures.previous import previous_fact, previous_of
from reviewapp.spreadsheets.reader import read_bytes


def record_previous(context: CliContext, visit_id: str, file: Path) -> None:
    """Record the figures of an earlier visit in the journal. Raises Invalid for a file that is not of one."""
    with context.open_visit(visit_id) as visit:
        visit.record(previous_fact(read_bytes(file), visit.state), name="Figures of the visit before")
        found = previous_of(visit.state)
    if found is not None:
        click.echo(f"the figures of the visit of {found.date} stand beside those of this one", err=True)
