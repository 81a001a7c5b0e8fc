"""`report --previous`: reading the figures of the previous visit from a file."""

from __future__ import annotations

from pathlib import Path

import click

from reviewapp.cli.common import CliContext
from reviewapp.figures.previous import previous_of
from reviewapp.figures.previous_common import common_figures
from reviewapp.spreadsheets.reader import read_bytes
from reviewapp.workspace.seen_figures import seen_state


def record_previous(context: CliContext, visit_id: str, file: Path) -> None:
    """Record the figures of an earlier visit in the journal. Raises Invalid for a file that is not of one."""
    with context.open_visit(visit_id) as visit:
        visit.record(visit.earlier_figures(read_bytes(file)), name="Figures of the visit before")
        found = previous_of(visit.state)
        compared = common_figures(seen_state(visit), found.common) if found is not None and found.common else None
    if found is not None:
        click.echo(f"the figures of the visit of {found.date} stand beside those of this one", err=True)
    if compared is not None:
        before, now = compared.not_comparable["before"], compared.not_comparable["now"]
        click.echo(
            f"it was made on another edition: {compared.compared} standards are compared; {before} of the earlier "
            f"visit and {now} of this one cannot be",
            err=True,
        )
        for side, by in compared.left_out.items():
            whose = "of the earlier visit" if side == "before" else "of this one"
            for why, numbers in by.items():
                click.echo(f"  not comparable {whose}: {', '.join(numbers)}: {why}", err=True)
