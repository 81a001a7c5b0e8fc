"""`visit laptops`, `visit certify`, `visit set-aside`: whose laptops are, and what their words count for."""

from __future__ import annotations

import click

from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, json_option, pass_cli_context, print_json, visit_argument
from reviewapp.cli.output import entries
from reviewapp.visit.forks import laptop_of
from reviewapp.workspace.laptops import LaptopStanding


@click.command("laptops")
@visit_argument
@json_option
@pass_cli_context
def laptops_command(context: CliContext, visit_id: str, as_json: bool) -> None:
    """Every laptop of the visit: whose it is, the three words its own screen shows, what it counts for."""
    with context.open_visit(visit_id, read_only=True) as visit:
        found, words, apart = visit.laptops.all(), visit.laptops.visit_words(), visit.laptops.apart()
        own, typed = visit.device, visit.laptops.typed_for()
    if as_json:
        print_json({"laptops": found, "words": words, "this": own, "apart": apart, "typed_for": typed})
        return
    click.echo(f"the visit: {words}")
    for one in found:
        click.echo(_line(one, own))
    for typing in typed:
        click.echo(
            f"  typed for {typing.code} by {typing.typist}, not confirmed: {entries(typing.entries)} (visit confirm)"
        )
    for record in apart:
        click.echo(f"  apart: {record.record}, from {record.code}'s laptop {record.device[:8]}: {record.why}")


@click.command("certify")
@visit_argument
@click.argument("device")
@click.option("--as", "code", required=True, metavar="CODE", help="Whose laptop it is.")
@pass_cli_context
def certify_command(context: CliContext, visit_id: str, device: str, code: str) -> None:
    """Say that a laptop is CODE's, once the three words on its screen are those that stand here."""
    with context.open_visit(visit_id) as visit:
        visit.laptops.certify(device, code)
    click.echo(f"certified as {code}'s; give the others a new return", err=True)


@click.command("set-aside")
@visit_argument
@click.argument("device")
@click.option("--from", "from_seq", type=click.IntRange(min=1), metavar="N", help="From its entry N on; else all.")
@click.option("--reason", default="", help="Kept with the decision.")
@click.option("--undo", is_flag=True, help="No longer set it aside.")
@pass_cli_context
def set_aside_command(
    context: CliContext, visit_id: str, device: str, from_seq: int | None, reason: str, undo: bool
) -> None:
    """Count nothing of a laptop: a mark, never a deletion. Immediate concerns are shown all the same."""
    if undo and (from_seq is not None or reason):
        raise click.UsageError("--undo takes neither --from nor --reason")
    if not undo and not reason:
        raise click.UsageError("give --reason T")
    with context.open_visit(visit_id) as visit:
        if undo:
            visit.laptops.take_aside_back(device)
        else:
            visit.laptops.set_aside(device, from_seq, reason)
    click.echo("it counts again" if undo else "set aside; give the others a new return", err=True)


@click.command("confirm")
@visit_argument
@click.argument("code")
@pass_cli_context
def confirm_command(context: CliContext, visit_id: str, code: str) -> None:
    """Confirm all that was typed for CODE on other laptops (record --for), as CODE or as the lead; for good."""
    with context.open_visit(visit_id) as visit:
        waited = sum(one.entries for one in visit.laptops.typed_for() if one.code == code)
        visit.laptops.confirm_typed(code)
    counted = plural("{n} entry counts as {code}'s", "{n} entries count as {code}'s", waited, code=code)
    click.echo(f"{counted}; give the others a new return", err=True)


def _line(one: LaptopStanding, own: str) -> str:
    state = "set aside" if one.state == "aside" else one.state
    told = [entries(one.entries)]
    if one.apart_from is not None and one.apart_from > 1:
        told.append(f"apart from entry {one.apart_from} on")
    if one.restored_from:
        told.append(f"goes on for {one.restored_from[:8]}")
    if one.copied_from:
        told.append(f"one of the copies of laptop {laptop_of(one.device)[:8]}, from entry {one.first} on")
    if one.second_copy:
        told.append("another copy leads")
    if one.concern:
        told.append("it holds an immediate concern")
    told += [one.why] if one.why else []
    this = ", this laptop" if one.device == own else ""
    return f"{one.code}  {one.device[:8]}  {one.words}  {state}{this} ({'; '.join(told)})"
