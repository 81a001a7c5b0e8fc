"""`visit laptops`, `visit certify`, `visit set-aside`: whose laptops are, and whether they count."""

from __future__ import annotations

import click

from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, json_option, pass_cli_context, print_json, visit_argument
from reviewapp.cli.output import entries
from reviewapp.visit import labels
from reviewapp.visit.forks import laptop_of
from reviewapp.workspace.laptops import LaptopStanding


@click.command("laptops")
@visit_argument
@json_option
@pass_cli_context
def laptops_command(context: CliContext, visit_id: str, as_json: bool) -> None:
    """Every laptop of the visit: whose it is, its three check words, and whether it counts."""
    with context.open_visit(visit_id, read_only=True) as visit:
        found, words, apart = visit.laptops.all(), visit.laptops.visit_words(), visit.laptops.apart()
        own, typed, people = visit.device, visit.laptops.typed_for(), visit.state.people
    if as_json:
        print_json({"laptops": found, "words": words, "this": own, "apart": apart, "typed_for": typed})
        return
    click.echo(f"the visit: {words}")
    for one in found:
        click.echo(_line(one, own, labels.person(people, one.code)))
    for typing in typed:
        click.echo(
            f"  typed for {labels.person(people, typing.code)} by {labels.person(people, typing.typist)}, not "
            f"confirmed: {entries(typing.entries)} (visit confirm)"
        )
    for record in apart:
        whose = labels.laptop(people, record.code, record.device)
        click.echo(f"  kept but not counted: {record.record}, from {whose}: {record.why}")


@click.command("certify")
@visit_argument
@click.argument("device")
@click.option("--as", "code", required=True, metavar="CODE", help="Whose laptop it is.")
@pass_cli_context
def certify_command(context: CliContext, visit_id: str, device: str, code: str) -> None:
    """Confirm that a laptop is CODE's, once the three check words on its screen match those listed here."""
    with context.open_visit(visit_id) as visit:
        visit.laptops.certify(device, code)
        who = labels.person(visit.state.people, code)
    click.echo(f"confirmed as the laptop of {who}; give the others a new work file", err=True)


@click.command("set-aside")
@visit_argument
@click.argument("device")
@click.option(
    "--from", "from_seq", type=click.IntRange(min=1), metavar="N", help="From its entry N on; otherwise all of it."
)
@click.option("--reason", default="", help="Kept with the decision.")
@click.option("--undo", is_flag=True, help="No longer set it aside.")
@pass_cli_context
def set_aside_command(
    context: CliContext, visit_id: str, device: str, from_seq: int | None, reason: str, undo: bool
) -> None:
    """Set a laptop aside: its work is kept but not counted. Immediate concerns are shown all the same."""
    if undo and (from_seq is not None or reason):
        raise click.UsageError("--undo takes neither --from nor --reason")
    if not undo and not reason:
        raise click.UsageError("give --reason T")
    with context.open_visit(visit_id) as visit:
        if undo:
            visit.laptops.take_aside_back(device)
        else:
            visit.laptops.set_aside(device, from_seq, reason)
    click.echo("it counts again" if undo else "set aside; give the others a new work file", err=True)


@click.command("confirm")
@visit_argument
@click.argument("code")
@pass_cli_context
def confirm_command(context: CliContext, visit_id: str, code: str) -> None:
    """Confirm everything typed for CODE on other laptops (record --for), as CODE or as the lead. No undo."""
    with context.open_visit(visit_id) as visit:
        waited = sum(one.entries for one in visit.laptops.typed_for() if one.code == code)
        visit.laptops.confirm_typed(code)
        who = labels.person(visit.state.people, code)
    counted = plural("{n} entry counts as said by {who}", "{n} entries count as said by {who}", waited, who=who)
    click.echo(f"{counted}; give the others a new work file", err=True)


_STATES = {
    "lead": "leads the visit",
    "certified": "confirmed",
    "uncertified": "not confirmed yet",
    "apart": "kept but not counted",
    "aside": "set aside",
}


def _line(one: LaptopStanding, own: str, person: str) -> str:
    state = _STATES[one.state]
    told = [entries(one.entries)]
    if one.apart_from is not None and one.apart_from > 1:
        told.append(f"not counted from entry {one.apart_from} on")
    if one.restored_from:
        told.append(f"restored from a backup, continues for laptop {one.restored_from[:8]}")
    if one.copied_from:
        told.append(f"one of the copies of laptop {laptop_of(one.device)[:8]}, from entry {one.first} on")
    if one.second_copy:
        told.append("another copy leads")
    if one.concern:
        told.append("it holds an immediate concern")
    told += [one.why] if one.why else []
    this = ", this laptop" if one.device == own else ""
    return f"{person}  {one.device[:8]}  {one.words}  {state}{this} ({'; '.join(told)})"
