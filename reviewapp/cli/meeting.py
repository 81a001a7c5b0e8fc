"""`visit settle`, `visit meeting`, `visit withdraw`: the lead's decisions once the laptops' work is joined."""

from __future__ import annotations

import json
from typing import Any

import click

from reviewapp.base.errors import Invalid
from reviewapp.cli.common import CliContext, as_option, pass_cli_context, visit_argument
from reviewapp.visit.entities import WITHDRAWABLE
from reviewapp.workspace import meeting
from reviewapp.workspace.conflicts import NOT_GIVEN, settle
from reviewapp.workspace.withdrawal import may_survive, withdraw

reason_option = click.option("--reason", required=True, help="Kept with the decision.")


@click.command("settle")
@visit_argument
@click.argument("entity")
@click.argument("key")
@click.argument("field")
@click.option("--entry", metavar="ID", help="The value that stands: the id of its entry, or its beginning.")
@click.option("--value", metavar="JSON", help="Or another value.")
@reason_option
@as_option
@pass_cli_context
def settle_command(
    context: CliContext,
    visit_id: str,
    entity: str,
    key: str,
    field: str,
    entry: str | None,
    value: str | None,
    reason: str,
    me: str | None,
) -> None:
    """Settle a conflict; every value stays in the history."""
    if (entry is None) == (value is None):
        raise click.UsageError("give either --entry or --value")
    given = NOT_GIVEN if value is None else _json(value)
    with context.open_visit(visit_id, me=me) as visit:
        settle(visit, entity, key, field, entry=entry, value=given, reason=reason)
    click.echo("settled", err=True)


@click.command("meeting")
@visit_argument
@click.argument("what", type=click.Choice(["open", "close", "accept-late"]))
@click.argument("key", required=False)
@pass_cli_context
def meeting_command(context: CliContext, visit_id: str, what: str, key: str | None) -> None:
    """Open or close the consensus meeting, or let a late rating (KEY: 47/R2) count."""
    if (what == "accept-late") != (key is not None):
        raise click.UsageError("accept-late takes a KEY such as 47/R2; open and close take none")
    in_conflict = False
    with context.open_visit(visit_id) as visit:
        if what == "open":
            meeting.open_meeting(visit)
        elif what == "close":
            meeting.close_meeting(visit)
        else:
            meeting.accept_late(visit, key or "")
            in_conflict = any((one.entity, one.key) == ("rating", key) for one in visit.state.conflicts)
    let_in = f"{key} is let in; it counts once its author has settled its versions" if in_conflict else f"{key} counts"
    click.echo({"open": "the meeting is open", "close": "the meeting is closed"}.get(what, let_in), err=True)


@click.command("withdraw")
@visit_argument
@click.argument("entity", type=click.Choice(WITHDRAWABLE))
@click.argument("key")
@reason_option
@pass_cli_context
def withdraw_command(context: CliContext, visit_id: str, entity: str, key: str, reason: str) -> None:
    """Blank what a person takes back, here and on every laptop that joins this. It cannot be undone."""
    with context.open_visit(visit_id) as visit:
        withdraw(visit, entity, key, reason=reason)
        written = may_survive(visit)
    click.echo(
        "withdrawn here, also in every backup kept here; give the others a new return. Copies made before (packs,"
        " returns, backups taken away, exported documents) still hold it until they are deleted",
        err=True,
    )
    for path in written:
        click.echo(f"may still hold it: {path}", err=True)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Invalid(f"{text!r} is not JSON", field="value", do='write text in quotes, such as "met"') from error
