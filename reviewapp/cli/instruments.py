"""`instruments`: list, show, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.cli.common import CliContext, existing, in_path, json_option, out_path, pass_cli_context, print_json
from reviewapp.instruments import editions
from reviewapp.instruments.exporting import export_instrument
from reviewapp.instruments.importing.read import import_instrument, is_owners_workbook
from reviewapp.instruments.model import MapRow


@click.group()
def instruments() -> None:
    """The sets of standards, and the scales, that visits are rated against."""


@instruments.command("list")
@json_option
@pass_cli_context
def list_(context: CliContext, as_json: bool) -> None:
    """The instruments on this laptop."""
    found, problems = context.library.all(), context.library.problems()
    fields = ("id", "title", "edition", "scope", "superseded_by")
    if as_json:
        value: dict[str, Any] = {"instruments": [{name: getattr(one, name) for name in fields} for one in found]}
        if earlier := context.library.earlier():
            value["earlier"] = [{name: getattr(one, name) for name in fields} for one in earlier]
        if problems:
            value["problems"] = [{"file": name, "problem": str(error)} for name, error in problems.items()]
        print_json(value)
        return
    for one in found:
        note = f" (superseded by {one.superseded_by})" if one.superseded_by else ""
        click.echo(f"{one.id}  {one.title}, {one.edition}, {len(one.standards)} standards, {one.scope}{note}")
    for one in context.library.earlier():
        click.echo(f"{one.id}@{editions.digest(one)[: editions.SHOWN]}  {one.title}, {one.edition}, kept from before")
    for error in problems.values():
        click.echo(f"not usable: {error}", err=True)


@instruments.command("show")
@click.argument("instrument_id", metavar="ID")
@json_option
@pass_cli_context
def show_(context: CliContext, instrument_id: str, as_json: bool) -> None:
    """One instrument in full."""
    instrument = context.library.get(instrument_id)
    if as_json:
        value: dict[str, Any] = msgspec.to_builtins(instrument)
        # An instrument without criteria leaves them out where it is kept; here they are always said.
        value["standards"] = [{**one, "criteria": one.get("criteria", []), "map": one.get("map", [])}
                              for one in value["standards"]]  # fmt: skip
        print_json(value)
        return
    click.echo(f"{instrument.title}, {instrument.edition}")
    for standard in instrument.standards:
        click.echo(f"{standard.number:>5} [{standard.type}] {standard.title}")
        for one in standard.criteria:
            click.echo(f"{'':>6}{one.id}  {one.text}")
        for row in sorted(standard.map, key=_highest_first):
            click.echo(f"{'':>6}{row.score}: {row.rule}")


def _highest_first(row: MapRow) -> int:
    return -row.score


@instruments.command("import")
@click.argument("file", type=in_path)
@click.option("--id", "instrument_id", default="", help="A short name for it; an owner's workbook has its own.")
@click.option("--title", default="", help="An owner's workbook has its own.")
@click.option("--replace", is_flag=True, help="Replace an imported instrument with the same id.")
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Read this sheet; the others are left out.")
@json_option
@pass_cli_context
def import_(
    context: CliContext,
    file: Path,
    instrument_id: str,
    title: str,
    replace: bool,
    sheets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Official wording from a CSV, an XLSX, or text with the table of Appendix A; a scored scale from its workbook."""
    if not (instrument_id and title) and not is_owners_workbook(existing(file)):
        raise click.UsageError("give --id and --title; only the workbook of a scored scale has its own")
    report = import_instrument(existing(file), instrument_id, title, context.library, replace=replace, sheets=sheets)
    value: dict[str, Any] = msgspec.to_builtins(report)
    if as_json:
        print_json(value)
        return
    types = ", ".join(f"{count} of type {name}" for name, count in value["by_type"].items())
    click.echo(f"found {value['found']} standards: {types}")
    for anomaly in value["anomalies"]:
        where = f"line {anomaly['line']}: " if anomaly["line"] else ""
        click.echo(f"  {where}{anomaly['kind'].replace('_', ' ')}: {anomaly['text']}")


@instruments.command("export")
@click.argument("instrument_id", metavar="ID")
@click.argument("file", type=out_path)
@pass_cli_context
def export(context: CliContext, instrument_id: str, file: Path) -> None:
    """The standards as CSV or XLSX, in the columns that `import` reads; a scored scale as its owner's workbook."""
    instrument = context.library.get(instrument_id)
    export_instrument(instrument, file)
    if file.suffix.casefold() == ".csv" and any(one.criteria for one in instrument.standards):
        click.echo("note: a CSV holds no criteria and no scoring rules; export as .xlsx to keep them", err=True)
    click.echo(f"saved {file}", err=True)
