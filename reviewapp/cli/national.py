"""`national`: the network's sets of many visits, what is joined to them, and what their office decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import plural
from reviewapp.cli.common import (
    CliContext,
    in_path,
    json_option,
    out_path,
    pass_cli_context,
    print_checks,
    print_json,
)
from reviewapp.national.network_set import NetworkSet

set_argument = click.argument("name", metavar="NAME")
visit_option = click.option(
    "--visit", "visit", required=True, metavar="ID", help="The visit, as `national show` has it."
)


@click.group()
def national() -> None:
    """The network's picture: sets of many visits, their figures and their report."""


@national.command("new")
@set_argument
@click.option("--key", "key", type=out_path, required=True, help="Where the key file for the leads is written.")
@click.option("--instrument", required=True, help="The instrument of the set, ID or ID@EDITION.")
@click.option("--with-drafts", is_flag=True, help="Count drafts too, separately.")
@pass_cli_context
def new_command(context: CliContext, name: str, key: Path, instrument: str, with_drafts: bool) -> None:
    """Make an empty set; the leads encrypt their extracts with its key file."""
    from reviewapp.national.network_key import write_network_key
    from reviewapp.national.networks import Networks

    content = context.library.get(instrument)
    networks = Networks(context.laptop().home)
    made = networks.new(name, content, with_drafts=with_drafts)
    with networks.open(made) as found:
        write_network_key(key, found.key)
        words = found.key.words
    click.echo(made)
    click.echo(f"saved {key}; its check words, which the leads' screens should show too: {words}", err=True)


@national.command("key")
@set_argument
@click.argument("file", type=out_path)
@pass_cli_context
def key_command(context: CliContext, name: str, file: Path) -> None:
    """Write the key file of a set again."""
    from reviewapp.national.network_key import write_network_key

    with opened_set(context, name, read_only=True) as found:
        write_network_key(file, found.key)
        click.echo(f"saved {file}; its check words: {found.key.words}", err=True)


@national.command("list")
@json_option
@pass_cli_context
def list_command(context: CliContext, as_json: bool) -> None:
    """The sets on this laptop."""
    from reviewapp.national.networks import Networks

    found = Networks(context.laptop().home).summaries()
    if as_json:
        print_json({"sets": [msgspec.to_builtins(one) for one in found]})
        return
    for one in found:
        held = plural("{n} visit counts", "{n} visits count", one.visits)
        click.echo(f"{one.id}  {one.name}: {one.problem or f'{one.instrument}, {held}, of {one.extracts} extracts'}")


@national.command("show")
@set_argument
@json_option
@pass_cli_context
def show_command(context: CliContext, name: str, as_json: bool) -> None:
    """Who has sent what: every extract, whether it counts, and why not."""
    from reviewapp.national import deciding

    with opened_set(context, name, read_only=True) as found:
        rows, missing = _rows(found), deciding.missing(found, found.figures().cycle)
        document = {
            "set": found.id, "name": found.name, "words": found.key.words, "extracts": rows,
            "taken_back": found.taken_back(), "expected": deciding.expected(found),
            "missing": missing,
            "reports": [msgspec.to_builtins(one) for one in found.printed()],
        }  # fmt: skip
    if as_json:
        print_json(document)
        return
    for row in rows:
        said = "counts" if row["counts"] else row["why"] or "a later revision counts"
        click.echo(f"{row['n']:>5}  {row['team']:<8} {row['cycle']} {row['visit']} revision {row['revision']}: {said}")
    if missing:
        click.echo(f"nothing counted yet from: {', '.join(missing)}")


@national.command("expect")
@set_argument
@click.argument("codes", nargs=-1, metavar="CODE...")
@pass_cli_context
def expect_command(context: CliContext, name: str, codes: tuple[str, ...]) -> None:
    """Say which teams should send an extract, so that missing ones are listed; without codes, none is expected."""
    from reviewapp.national import deciding

    with opened_set(context, name) as found:
        deciding.expect(found, codes)


def _rows(found: NetworkSet) -> list[dict[str, Any]]:
    counted = {one.n for one in found.counted()}
    why = {one.visit: one.why for one in found.left_out()}
    return [
        {
            "n": one.n, "visit": one.visit, "team": one.team, "cycle": one.cycle, "revision": one.revision,
            "kind": one.kind, "status": one.status, "counts": one.n in counted,
            "why": "" if one.n in counted else one.apart or why.get(one.visit, ""),
        }
        for one in found.received()
    ]  # fmt: skip


@national.command("join")
@set_argument
@click.argument("files", type=in_path, nargs=-1, required=True)
@click.option("--preview", is_flag=True, help="Say what joining would do; change nothing.")
@json_option
@pass_cli_context
def join_command(context: CliContext, name: str, files: tuple[Path, ...], preview: bool, as_json: bool) -> int:
    """Join extracts and notices, file by file; exit 1 if any file was refused (the others are joined)."""
    from reviewapp.national import joining

    with opened_set(context, name, read_only=preview) as found:
        receipts = (joining.preview if preview else joining.join)(found, files)
    if as_json:
        print_json([msgspec.to_builtins(one) for one in receipts])
    else:
        for one in receipts:
            about = f" {one.team}, visit {one.visit}, revision {one.revision}" if one.visit else ""
            click.echo(f"{one.file}: {one.result.replace('_', ' ')}{about}{f' ({one.reason})' if one.reason else ''}")
    return 1 if any(one.result == "refused" for one in receipts) else 0


@national.command("withdraw")
@set_argument
@visit_option
@click.option("--record", "records", multiple=True, required=True, metavar="KEY", help="As `visit extract` lists it.")
@click.option("--keep", is_flag=True, help="Show words again that a laptop without the right asked to withdraw.")
@json_option
@pass_cli_context
def withdraw_command(
    context: CliContext, name: str, visit: str, records: tuple[str, ...], keep: bool, as_json: bool
) -> None:
    """Remove words from the set for good; names the reports that may still hold them."""
    from reviewapp.national import deciding

    with opened_set(context, name) as found:
        if keep:
            deciding.keep_shown(found, visit, records)
            return
        printed = deciding.withdraw(found, visit, records)
    if as_json:
        print_json({"taken_back": list(records), "reports": [msgspec.to_builtins(one) for one in printed]})
        return
    click.echo(f"removed from the set and from its backups here: {', '.join(records)}", err=True)
    for one in printed:
        click.echo(f"report number {one.number} of {one.at[:10]} holds them: recall the copies that were given out")


@national.command("set-aside")
@set_argument
@visit_option
@click.option("--reason", default="", help="Kept, and printed where the report says what was left out.")
@click.option("--undo", is_flag=True, help="Count it again.")
@pass_cli_context
def set_aside_command(context: CliContext, name: str, visit: str, reason: str, undo: bool) -> None:
    """Leave a visit out of the figures, or count it again."""
    from reviewapp.national import deciding

    with opened_set(context, name) as found:
        if undo:
            deciding.count_again(found, visit)
        else:
            deciding.set_aside(found, visit, reason)


@national.command("accept")
@set_argument
@visit_option
@click.option("--extract", "number", type=int, required=True, metavar="N", help="Its number in `national show`.")
@pass_cli_context
def accept_command(context: CliContext, name: str, visit: str, number: int) -> None:
    """Count an extract that was kept but not counted, and what the same laptop signs for that visit from now on."""
    from reviewapp.national import deciding

    with opened_set(context, name) as found:
        deciding.accept(found, visit, number)


@national.command("verify")
@set_argument
@json_option
@pass_cli_context
def verify_command(context: CliContext, name: str, as_json: bool) -> None:
    """Look the set over: what is wrong and what to do."""
    from reviewapp.national.networks import Networks

    print_checks(Networks(context.laptop().home).verify(name), as_json=as_json)


@national.command("backup")
@set_argument
@click.argument("file", type=out_path)
@pass_cli_context
def backup_command(context: CliContext, name: str, file: Path) -> None:
    """A backup to be taken away; it opens with the passphrase or the recovery code of today."""
    with opened_set(context, name, read_only=True) as found:
        found.write_backup(file)
    click.echo(f"saved {file}", err=True)


@national.command("restore")
@click.argument("file", type=in_path)
@pass_cli_context
def restore_command(context: CliContext, file: Path) -> None:
    """Restore a set from a backup; one of the same id that is here is moved aside."""
    from reviewapp.national.networks import Networks

    click.echo(Networks(context.laptop().home).restore(file, context.passphrase()))


@national.command("purge")
@set_argument
@click.option("--certificate", type=out_path, required=True, help="Written before anything goes.")
@pass_cli_context
def purge_command(context: CliContext, name: str, certificate: Path) -> None:
    """Destroy the set on this laptop: its key, its store, its backups."""
    from reviewapp.national.networks import Networks

    if certificate.exists():
        raise Invalid(f"{certificate.name} exists already", do="choose another name for the certificate")
    written = Networks(context.laptop().home).purge(name, certificate)
    click.echo(f"destroyed the set {written.name} in {plural('{n} file', '{n} files', written.files)}", err=True)
    for path in written.left:
        click.echo(f"not deleted yet, as another program has it open: {path}", err=True)


def opened_set(context: CliContext, name: str, *, read_only: bool = False) -> NetworkSet:
    """The set of this name or id, open; used in a `with`."""
    from reviewapp.national.networks import Networks

    return Networks(context.laptop().home).open(name, read_only=read_only)
