"""`visit settle`, `visit meeting`, `visit withdraw`, `visit show-again`: what is decided once work is joined."""

from __future__ import annotations

import json
from typing import Any

import click

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, as_option, pass_cli_context, visit_argument
from reviewapp.visit.entities import WITHDRAWABLE, author_of
from reviewapp.visit.hiding import who_decides
from reviewapp.visit.lateness import JUDGED
from reviewapp.workspace import meeting
from reviewapp.workspace.conflicts import NOT_GIVEN, settle
from reviewapp.workspace.withdrawal import concerns_of, is_hidden, may_survive, show_again, withdraw

reason_option = click.option("--reason", required=True, help="Kept with the decision.")


@click.command("settle")
@visit_argument
@click.argument("entity")
@click.argument("key")
@click.argument("field")
@click.option("--entry", metavar="ID", help="The version to keep: the id of its entry, or the beginning of it.")
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
    """Choose one of two or more versions; every version stays in the history."""
    if (entry is None) == (value is None):
        raise click.UsageError("give either --entry or --value")
    given = NOT_GIVEN if value is None else _json(value)
    with context.open_visit(visit_id, me=me) as visit:
        settle(visit, entity, key, field, entry=entry, value=given, reason=reason)
    click.echo("chosen", err=True)


@click.command("meeting")
@visit_argument
@click.argument("what", type=click.Choice(["open", "close", "accept-late"]))
@click.argument("key", required=False)
@pass_cli_context
def meeting_command(context: CliContext, visit_id: str, what: str, key: str | None) -> None:
    """Open or close the meeting, or count a late rating (KEY: 47/R2) or finding (12/b/staff/R2)."""
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
            in_conflict = any(one.key == key and one.entity in JUDGED for one in visit.state.conflicts)
    let_in = f"{key} is accepted; it counts once its author has chosen a version" if in_conflict else f"{key} counts"
    click.echo({"open": "the meeting is open", "close": "the meeting is closed"}.get(what, let_in), err=True)


@click.command("withdraw")
@visit_argument
@click.argument("entity", type=click.Choice(WITHDRAWABLE))
@click.argument("key")
@reason_option
@click.option(
    "--concern",
    "concerns",
    multiple=True,
    metavar="KEY|keep",
    help="An immediate concern that is withdrawn with the interview, such as IC1/R2; without it all are kept.",
)
@click.option("--ask", is_flag=True, help="Hide what is not yours until its author or the lead decides.")
@pass_cli_context
def withdraw_command(
    context: CliContext, visit_id: str, entity: str, key: str, reason: str, concerns: tuple[str, ...], ask: bool
) -> None:
    """Erase what a person withdraws, here and on every laptop that imports this. It cannot be undone.

    On a laptop without the right to do so, the words are hidden everywhere until the author or the lead decides.
    """
    chosen = [one for one in concerns if one != "keep"]
    if chosen and len(chosen) < len(concerns):
        raise click.UsageError("give --concern keep, or the concerns that are withdrawn too")
    with context.open_visit(visit_id) as visit:
        author = author_of(f"{entity}/{key}")
        kept = [one for one in concerns_of(visit.state, author) if one not in chosen] if entity == "interview" else []
        withdraw(visit, entity, key, reason=reason, concerns=chosen, asks=ask)
        hidden, written = is_hidden(visit, entity, key), may_survive(visit)
        who = who_decides(author, visit.state.people)
    if hidden:
        click.echo(
            f"hidden here, and on every laptop that imports this, until {who} decides (visit withdraw, or"
            " visit show-again); give the others a new work file",
            err=True,
        )
    else:
        click.echo(
            "withdrawn here, also in every backup kept here; give the others a new work file. Copies made before"
            " (packs, work files, backups saved elsewhere, exported documents) still hold it until they are deleted",
            err=True,
        )
    if kept:
        click.echo(
            plural(
                "the immediate concern {keys} is kept: withdraw the interview again with --concern {first} if it goes"
                " too",
                "the immediate concerns {keys} are kept: withdraw the interview again with --concern {first} if one of"
                " them goes too",
                len(kept),
                keys=", ".join(kept),
                first=kept[0],
            ),
            err=True,
        )
    for path in () if hidden else written:
        click.echo(f"may still hold it: {path}", err=True)


@click.command("show-again")
@visit_argument
@click.argument("entity", type=click.Choice(WITHDRAWABLE))
@click.argument("key")
@reason_option
@pass_cli_context
def show_again_command(context: CliContext, visit_id: str, entity: str, key: str, reason: str) -> None:
    """Show again what a laptop asked to withdraw; only its author and the lead can."""
    with context.open_visit(visit_id) as visit:
        show_again(visit, entity, key, reason=reason)
        still = is_hidden(visit, entity, key)
    told = "this request no longer hides it, but another one does" if still else "shown again"
    click.echo(f"{told}; give the others a new work file", err=True)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Invalid(f"{text!r} is not JSON", field="value", do='write text in quotes, such as "met"') from error
