"""`report --check` and `report --accept`: printing the proof-reader's findings, and accepting one.

Also what stands in the way of a document that is saved: it is named, and with `--strict` nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from reviewapp.base.errors import Invalid
from reviewapp.cli.common import CliContext, print_json
from reviewapp.report.proofreading import Finding, as_json, proofread
from reviewapp.report.proofreading.before_saving import headline
from reviewapp.workspace.findings import accept_finding
from reviewapp.workspace.seen_figures import seen_state

GRAVITY = {"stop": "Stop", "warn": "Look", "note": "Note"}


def check_report(context: CliContext, visit_id: str, *, as_json_document: bool) -> None:
    """Print the proof-reader's findings, or write them as JSON to stdout; findings are no failure of the command."""
    with context.open_visit(visit_id, read_only=True) as visit:
        found = proofread(seen_state(visit))
    if as_json_document:
        print_json({"findings": [as_json(one) for one in found]})
        return
    for one in found:
        _print(one)
    waiting = [one for one in found if one.accepted is None]
    stops = sum(1 for one in waiting if one.severity == "stop")
    click.echo(
        f"{len(found)} warnings: {len(found) - len(waiting)} accepted, {len(waiting)} open, {stops} of them to be "
        "dealt with before the report is sent. A text without warnings is not thereby anonymous.",
        err=True,
    )


def accept(context: CliContext, visit_id: str, finding: str, reason: str) -> None:
    """Record that a finding is accepted, with its reason. Raises Invalid for an unknown finding or without a reason."""
    with context.open_visit(visit_id) as visit:
        accept_finding(visit, finding, reason)
    click.echo(f"accepted {finding}; it comes back if what it is about changes", err=True)


def _print(one: Finding) -> None:
    click.echo(f"{GRAVITY[one.severity]}: {one.why} [{one.place}]")
    click.echo(f"      {one.action}. ({one.id})")
    if one.accepted is not None:
        click.echo(f"      Accepted by {one.accepted.person}: {' '.join(one.accepted.reason.split())}")


def refuse_stops(found: Sequence[Finding]) -> None:
    """Raise Invalid if findings to stop for are open, as `--strict` asks."""
    if found:
        raise Invalid(
            f"{headline(found)}: {', '.join(one.id for one in found)}",
            do="deal with them, or say why each is accepted with: report VISIT --accept ID --reason T",
            kept="nothing was written",
        )


def tell_stops(found: Sequence[Finding]) -> None:
    """Name on stderr the findings to stop for that were open when something was saved; nothing where there are none."""
    if not found:
        return
    click.echo(f"Do not send it like this: {headline(found)}.", err=True)
    for one in found:
        click.echo(f"{GRAVITY['stop']}: {one.why} [{one.place}] ({one.id})", err=True)
    click.echo("Deal with them, or say why each is accepted with: report VISIT --accept ID --reason T", err=True)
