"""`codebook`: list, show, import and export the themes to which what people said is coded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.cli.common import CliContext, existing, in_path, json_option, out_path, pass_cli_context, print_json
from reviewapp.codebooks.differences import differences
from reviewapp.codebooks.export_sheet import export_codebook
from reviewapp.codebooks.import_file import import_codebook
from reviewapp.codebooks.model import Codebook


@click.group()
def codebook() -> None:
    """The themes to which what people said is coded."""


@codebook.command("list")
@json_option
@pass_cli_context
def list_(context: CliContext, as_json: bool) -> None:
    """The codebooks on this laptop."""
    found, problems = context.codebooks.all(), context.codebooks.problems()
    if as_json:
        value: dict[str, Any] = {"codebooks": [{"id": one.id, "title": one.title} for one in found]}
        if problems:
            value["problems"] = [{"file": name, "problem": str(error)} for name, error in problems.items()]
        print_json(value)
        return
    for one in found:
        click.echo(f"{one.id}  {one.title}, {sum(theme.codable for theme in one.themes)} themes")
    for error in problems.values():
        click.echo(f"not usable: {error}", err=True)


@codebook.command("show")
@click.argument("codebook_id", metavar="ID")
@json_option
@pass_cli_context
def show(context: CliContext, codebook_id: str, as_json: bool) -> None:
    """One codebook in full."""
    found = context.codebooks.get(codebook_id)
    if as_json:
        print_json(_as_json(found))
        return
    click.echo(f"{found.title} ({found.source})" if found.source else found.title)
    for theme in found.themes:
        indent = "  " * len(found.path(theme))
        click.echo(f"{indent}{theme.id}  {theme.title}{'' if theme.codable else ' (holds others)'}")
        for name, text in (("use when", theme.use_when), ("not when", theme.not_when)):
            if text and theme.codable:
                click.echo(f"{indent}    {name}: {' '.join(text.split())}")


@codebook.command("import")
@click.argument("file", type=in_path)
@click.option("--id", "codebook_id", required=True, help="A short name for it; use the same one again to update it.")
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Read this sheet; the others are left out.")
@json_option
@pass_cli_context
def import_(context: CliContext, file: Path, codebook_id: str, sheets: tuple[str, ...], as_json: bool) -> None:
    """A codebook from an XLSX, a CSV, or the .qdc of another program; all or nothing."""
    before = context.codebooks.find(codebook_id)
    read = import_codebook(existing(file), codebook_id, before, sheets)
    happened = context.codebooks.add(read.codebook)
    counts: dict[str, int] = msgspec.to_builtins(differences(before, read.codebook))
    themes = len(read.codebook.themes)
    if as_json:
        print_json({"id": codebook_id, "result": happened, "themes": themes, **counts, "not_read": read.not_read})
        return
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"{codebook_id}: {themes} themes, {happened}: {told}")
    for words in read.not_read:
        click.echo(f"note: {words}", err=True)


@codebook.command("export")
@click.argument("codebook_id", metavar="ID")
@click.argument("file", type=out_path)
@pass_cli_context
def export(context: CliContext, codebook_id: str, file: Path) -> None:
    """The themes as XLSX or CSV, in the columns that `import` reads, or as .qdc for other programs."""
    replaced = export_codebook(context.codebooks.get(codebook_id), file)
    click.echo(f"saved {file}", err=True)
    if replaced:
        click.echo(f"note: {replaced} characters that programs count differently are written as their names", err=True)


def _as_json(found: Codebook) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "source": found.source,
        "themes": [
            {
                "id": one.id,
                "parent": one.parent,
                "title": one.title,
                "use_when": one.use_when,
                "not_when": one.not_when,
                "codable": one.codable,
                "guid": one.uuid,
                "standards": one.standards,
                "same_as": one.same_as,
                "near": one.near,
            }
            for one in found.themes
        ],
    }
