"""`visit codebook`, `visit themes`, `visit qdpx`, `visit coding`: coding what people said, and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import plural
from reviewapp.cli.common import (
    CliContext,
    as_option,
    existing,
    in_path,
    json_option,
    out_path,
    pass_cli_context,
    print_json,
    visit_argument,
)
from reviewapp.figures.theme_agreement import CoderAgreement, coder_agreement
from reviewapp.figures.theme_groups import ThemeGroups, theme_groups
from reviewapp.visit import statements
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.themes import themes_in_force
from reviewapp.workspace.qda_export import Circle, export_project, why_left_out
from reviewapp.workspace.qda_import import import_coding, in_words, preview_coding


@click.command("codebook")
@visit_argument
@click.argument("codebook_id", metavar="ID")
@click.option("--remove", is_flag=True, help="Remove it from the visit, while none of its themes is used.")
@pass_cli_context
def codebook_command(context: CliContext, visit_id: str, codebook_id: str, remove: bool) -> None:
    """Choose a codebook for the visit (lead only); several can be used at once."""
    book = None if remove else context.codebooks.get(codebook_id)
    with context.open_visit(visit_id) as visit:
        if book is None and codebook_id not in visit.state.codebooks:
            raise Invalid(f"{codebook_id!r} is not a codebook of this visit", field="codebook")
        chosen = statements.Codebook(id=codebook_id, content=book) if book else None
        visit.record(chosen or statements.Codebook(id=codebook_id, deleted=True))
        in_force = [one.title for one in themes_in_force(visit.state).books]
    click.echo(f"codebooks of this visit: {', '.join(in_force)}", err=True)


@click.command("themes")
@visit_argument
@as_option
@json_option
@pass_cli_context
def themes_command(context: CliContext, visit_id: str, me: str | None, as_json: bool) -> None:
    """Where coders agree and differ, and which groups speak of which themes."""
    with context.open_visit(visit_id, me=me, read_only=True) as visit:
        state = as_seen_by(visit.state, visit.me)
        agreement, groups, themes = coder_agreement(state), theme_groups(state), themes_in_force(state)
    titles = {one.id: one.title for one in themes.by_id.values()}
    if as_json:
        print_json(_as_json(agreement, groups, [book.id for book in themes.books]))
        return
    click.echo(f"coders {', '.join(agreement.coders) or 'none'}: {agreement.coded} of {agreement.all} units coded, "
               f"{agreement.by_two} by two or more")  # fmt: skip
    click.echo(f"agreement over all themes: {_alpha(agreement.alpha)}{_interval(agreement)}")
    for theme, one in agreement.by_theme.items():
        click.echo(f"  {theme}  {titles.get(theme, theme)}: {_alpha(one.alpha)}, seen by all in {one.both}, "
                   f"by some in {one.one} of {one.units}")  # fmt: skip
    for theme, row in groups.rows.items():
        cells = ", ".join(
            f"{group} {cell.units} of {groups.coded[group]} ({_people(cell.people, cell.up_to)})"
            for group, cell in row.cells.items()
        )
        click.echo(f"{theme}  {titles.get(theme, theme)}: {cells}{' [coders differ more than groups]' * row.grey}")
    for differs in agreement.open:
        click.echo(f"open: {differs.unit}  {differs.theme}: {', '.join(differs.coded_by)} yes, "
                   f"{', '.join(differs.not_by)} no")  # fmt: skip


def _alpha(value: float | None) -> str:
    return "not computable" if value is None else f"alpha {value:.3f}"


def _interval(found: CoderAgreement) -> str:
    return f" ({found.interval[0]:.2f} to {found.interval[1]:.2f})" if found.interval else ""


def _people(least: int, most: int) -> str:
    said = plural("{n} person", "{n} people", least)
    return said if least == most else f"{said}, up to {most}"


def _as_json(agreement: CoderAgreement, groups: ThemeGroups, books: list[str]) -> dict[str, Any]:
    return {
        "codebooks": books,
        "coders": agreement.coders,
        "units": {"all": agreement.all, "coded": agreement.coded, "by_two": agreement.by_two},
        "agreement": {
            "overall": {
                "alpha": agreement.alpha,
                "units": agreement.by_two,
                "pairs": agreement.pairs,
                "interval": agreement.interval,
            },
            "by_theme": agreement.by_theme,
        },
        "open": agreement.open,
        "groups": {theme: row.cells for theme, row in groups.rows.items()},
        "rows": {
            theme: {
                "groups_differ": row.groups_differ,
                "coders_differ": row.coders_differ,
                "unsettled": row.unsettled,
                "grey": row.grey,
            }
            for theme, row in groups.rows.items()
        },
        "coded": groups.coded,
    }


@click.command("qdpx")
@visit_argument
@click.argument("file", type=out_path)
@click.option("--consent", "circle", type=click.Choice(["quotes", "circulation", "published"]), default="circulation",
              show_default=True, help="Only words whose speakers agreed to this use.")  # fmt: skip
@click.option("--coders", "name_coders", is_flag=True, help="Write the coders' names; else Coder 1, Coder 2.")
@as_option
@json_option
@pass_cli_context
def qdpx_command(
    context: CliContext, visit_id: str, file: Path, circle: Circle, name_coders: bool, me: str | None, as_json: bool
) -> None:
    """A REFI-QDA project for NVivo, ATLAS.ti, MAXQDA and others. It is not encrypted."""
    with context.open_visit(visit_id, me=me, read_only=True) as visit:
        written, told = export_project(visit.state, visit.me, circle, name_coders=name_coders)
        visit.written.document(file, written.data)
    if as_json:
        print_json(told)
        return
    click.echo(f"saved {file}: {told.conversations} interviews, {told.units} units, {told.codings} codings", err=True)
    for reason, count in told.left_out.items():
        click.echo(f"left out: {count} units, {why_left_out(reason, circle)}", err=True)
    if told.replaced:
        click.echo(
            f"note: {told.replaced} characters that programs count differently are written as their names", err=True
        )
    click.echo("note: this file is not encrypted", err=True)


@click.command("coding")
@visit_argument
@click.argument("file", type=in_path)
@click.option(
    "--coder", "coders", metavar="NAME=CODE", multiple=True, help="Which reviewer a name in the file belongs to."
)
@click.option("--preview", is_flag=True, help="Say what would be imported; change nothing.")
@as_option
@json_option
@pass_cli_context
def coding_command(
    context: CliContext,
    visit_id: str,
    file: Path,
    coders: tuple[str, ...],
    preview: bool,
    me: str | None,
    as_json: bool,
) -> None:
    """Import the codings of a REFI-QDA project; the same file again changes nothing."""
    claims = {}
    for one in coders:
        name, equals, code = one.rpartition("=")
        if not equals or not name or not code:
            raise click.UsageError('give --coder as "Name in the file=R2"')
        claims[name] = code
    with context.open_visit(visit_id, me=me, read_only=preview) as visit:
        take = preview_coding if preview else import_coding
        found = take(visit, existing(file), claims)
    if as_json:
        print_json(found)
        return
    for words in in_words(found):
        click.echo(words, err=True)
