"""`benchmark`: the figures of networks that stand beside a visit's own, imported on this laptop."""

from __future__ import annotations

from pathlib import Path

import click

from reviewapp.cli.common import CliContext, existing, in_path, json_option, pass_cli_context, print_json
from reviewapp.figures.benchmark import FOLDER, Benchmark, BenchmarkLibrary, benchmarks, read_benchmark


@click.group()
def benchmark() -> None:
    """The figures of networks that reports print beside a visit's own (made with: national benchmark)."""


@benchmark.command("import")
@click.argument("file", type=in_path)
@pass_cli_context
def import_command(context: CliContext, file: Path) -> None:
    """Take a network's figures; where the edition fits they stand in the place of those that come with the program."""
    found = read_benchmark(existing(file))
    _library(context).add(found)
    click.echo(f"{found.id}: {found.title}, {found.teams} teams")


@benchmark.command("list")
@json_option
@pass_cli_context
def list_command(context: CliContext, as_json: bool) -> None:
    """Those that were imported here, and those that come with the program."""
    library = _library(context)
    rows = [*(_row(one, imported=True) for one in library.all()), *(_row(one, imported=False) for one in benchmarks())]
    if as_json:
        print_json({"benchmarks": rows, "problems": library.problems()})
        return
    for row in rows:
        where = "imported" if row["imported"] else "built in"
        click.echo(f"{row['id']}  {row['title']}: {row['teams']} teams ({where})")
    for why in library.problems().values():
        click.echo(f"note: {why}", err=True)


@benchmark.command("remove")
@click.argument("name", metavar="ID")
@pass_cli_context
def remove_command(context: CliContext, name: str) -> None:
    """Forget one that was imported here."""
    _library(context).remove(name)


def _library(context: CliContext) -> BenchmarkLibrary:
    return BenchmarkLibrary(context.folder / FOLDER)


def _row(one: Benchmark, *, imported: bool) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "instruments": list(one.instruments), "teams": one.teams,
        "cycle": one.cycle, "source": one.source, "imported": imported,
        "editions": [edition.digest for edition in one.editions],
        "not_from_parts": list(one.not_from_parts), "notes": list(one.notes),
    }  # fmt: skip
