"""`crosswalk`: import, export and show which standards of two instruments or editions have to do with each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.cli.common import CliContext, existing, in_path, json_option, out_path, pass_cli_context, print_json
from reviewapp.crosswalk.export_sheet import export_crosswalk
from reviewapp.crosswalk.import_sheet import ReadCrosswalk, read_crosswalks
from reviewapp.crosswalk.library import Added
from reviewapp.crosswalk.model import Crosswalk, Pair, completeness, relation_in_words
from reviewapp.instruments.model import Instrument


@click.group()
def crosswalk() -> None:
    """Which standards of two instruments, or of two editions (ID@EDITION), have to do with each other."""


@crosswalk.command("import")
@click.argument("file", type=in_path)
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Read this sheet; the others are left out.")
@json_option
@pass_cli_context
def import_(context: CliContext, file: Path, sheets: tuple[str, ...], as_json: bool) -> None:
    """Take the rows of an XLSX or CSV in the place of those that are here; all or nothing."""
    read = read_crosswalks(existing(file), context.library.editions, sheets)
    done = [(one, context.crosswalks.add(one)) for one in read.found]
    if as_json:
        print_json({"crosswalks": [_added(*one) for one in done], "not_read": read.not_read})
        return
    for one, added in done:
        sides = f"{one.crosswalk.left.in_words()} and {one.crosswalk.right.in_words()}"
        click.echo(f"{sides}: {len(one.crosswalk.pairs)} rows, {added.happened}: {added.new} new, "
                   f"{added.changed} changed, {added.gone} gone")  # fmt: skip
        click.echo(f"  {completeness(one.crosswalk, one.left).in_words()}")
    for words in read.not_read:
        click.echo(f"note: {words}", err=True)


@crosswalk.command("export")
@click.argument("from_", metavar="FROM")
@click.argument("to")
@click.argument("file", type=out_path)
@click.option("--like", metavar="ID", help="Begin with the rows to this instrument, which has the same numbers as TO.")
@pass_cli_context
def export(context: CliContext, from_: str, to: str, file: Path, like: str | None) -> None:
    """The rows as CSV or XLSX, in the columns that `import` reads."""
    one, other = context.library.get(from_), context.library.get(to)
    if like is None:
        found = context.crosswalks.between(one, other)
    else:
        found = context.crosswalks.like(one, other, context.library.get(like))
    export_crosswalk(found, file)
    click.echo(f"saved {file}", err=True)


@crosswalk.command("show")
@click.argument("from_", metavar="FROM")
@click.argument("to")
@json_option
@pass_cli_context
def show(context: CliContext, from_: str, to: str, as_json: bool) -> None:
    """Every row, and how many standards of FROM were looked at."""
    one, other = context.library.get(from_), context.library.get(to)
    found = context.crosswalks.between(one, other)
    if as_json:
        print_json(_shown(found, one))
        return
    click.echo(f"{found.left.in_words()} -> {found.right.in_words()}: {completeness(found, one).in_words()}")
    for pair in found.pairs:
        click.echo(_line(pair))
    _tell_proposed(found)


def pair_values(pair: Pair, crosswalk: Crosswalk) -> dict[str, Any]:
    """A row as plain values, named as the columns of the sheet."""
    said: dict[str, Any] = msgspec.to_builtins(pair)
    return {"from_instrument": crosswalk.left.id, "to_instrument": crosswalk.right.id, **said}


def _shown(crosswalk: Crosswalk, instrument: Instrument) -> dict[str, Any]:
    return {
        "from": crosswalk.left,
        "to": crosswalk.right,
        "pairs": [pair_values(pair, crosswalk) for pair in crosswalk.pairs],
        **msgspec.structs.asdict(completeness(crosswalk, instrument)),
        "proposed": crosswalk.proposed(),
    }


def _added(read: ReadCrosswalk, added: Added) -> dict[str, Any]:
    walk = read.crosswalk
    counted = msgspec.structs.asdict(completeness(walk, read.left))
    return {"from": walk.left, "to": walk.right, "pairs": len(walk.pairs), **counted, **msgspec.structs.asdict(added)}


def _line(pair: Pair) -> str:
    left, right = (f"{number}{f' {letter}' if letter else ''}" or "-" for number, letter in (pair.left, pair.right))
    change = f", {pair.change}" if pair.change else ""
    return f"{left:>8} {relation_in_words(pair.relation)} {right}{change}: {pair.reason} ({pair.author}, {pair.date})"


def tell_crosswalk(context: CliContext, visit_id: str) -> None:
    """Say on stderr by which crosswalk evidence is seen by a visit's second instrument, and that it is a proposal."""
    with context.open_visit(visit_id, read_only=True) as visit:
        walk, instrument = visit.state.crosswalk, visit.state.instrument
    if walk is None:
        click.echo("note: there is no crosswalk between the two here, so neither sees what was heard under the other; "
                   "import one and prepare the visit again", err=True)  # fmt: skip
        return
    click.echo(f"crosswalk: {completeness(walk, instrument).in_words()}", err=True)
    _tell_proposed(walk)


def _tell_proposed(walk: Crosswalk) -> None:
    if walk.proposed():
        many = f"{walk.proposed()} of {len(walk.pairs)} rows are"
        click.echo(f"note: {many} a proposal, to be checked by a clinician and a representative", err=True)
