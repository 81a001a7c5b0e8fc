"""`plan`: exporting the action plan to the team, importing it again, and printing pages from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from reviewapp.base.dates import today
from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import any_of
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
from reviewapp.cli.output import tell_saved
from reviewapp.cli.plan_words import lines_of
from reviewapp.cli.report_check import refuse_stops, tell_stops
from reviewapp.plan.before_saving import plan_stops
from reviewapp.plan.pages.build import PAGES, SUFFIXES, page_file

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from reviewapp.spreadsheets.account import SheetsUndecided
    from reviewapp.spreadsheets.problems import OddCells

SHEET = "sheet"


@click.group()
def plan() -> None:
    """The action plan: out to the team, and back."""


@plan.command("export")
@visit_argument
@click.argument("file", type=out_path)
@click.option(
    "--kind", type=click.Choice([SHEET, *PAGES]), default=SHEET, show_default=True,
    help="The sheet the team fills in (XLSX), or as PDF or Word: You said, we did; a summary in plain words for those "
    "who were interviewed; a brief for new staff; progress on the plan; the pack for a scoping day; the minutes of "
    "the meetings on the plan; a brief for senior managers; the team on one page, to read before the day.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Write nothing while something in it may identify a person.")
@pass_cli_context
def plan_export(context: CliContext, visit_id: str, file: Path, kind: str, strict: bool) -> None:
    """The sheet the team fills in, or a page to print; anything in it that may identify a person is named."""
    _check_suffix(file, kind)
    stops = _stops(context, visit_id, kind)
    if strict:
        refuse_stops(stops)
    if kind == SHEET:
        _write_sheet(context, visit_id, file)
    else:
        with context.open_visit(visit_id, read_only=True) as visit:
            visit.save_document(file, page_file(kind, visit, today(), file.suffix.lower().lstrip(".")))
    tell_saved(file)
    tell_stops(stops)


def _check_suffix(file: Path, kind: str) -> None:
    """Raise Invalid unless the file is named as one of this kind."""
    wanted = (".xlsx",) if kind == SHEET else tuple(f".{suffix}" for suffix in SUFFIXES)
    given = file.suffix.lower()
    if given in wanted:
        return
    a_kind = f"{'an' if kind == SHEET else 'a'} {any_of(wanted)}"
    also = f"; for a page add --kind {any_of(PAGES)}" if kind == SHEET and given.lstrip(".") in SUFFIXES else ""
    raise Invalid(f"{file.name} is not {a_kind} file", do=f"give a name that ends in {any_of(wanted)}{also}")


def _stops(context: CliContext, visit_id: str, kind: str) -> list[Finding]:
    with context.open_visit(visit_id, read_only=True) as visit:
        return plan_stops(visit, kind)


def _write_sheet(context: CliContext, visit_id: str, file: Path) -> None:
    from reviewapp.plan import remember_sent, sheet_of

    with context.open_visit(visit_id, rescues=True) as visit:
        visit.save_document(file, sheet_of(visit))
        if not visit.place_is_read_only:
            remember_sent(visit, today().isoformat())


@plan.command("import")
@visit_argument
@click.argument("file", type=in_path)
@click.option("--preview", is_flag=True, help="Say what would change and change nothing.")
@click.option(
    "--sheet", "sheets", metavar="NAME", multiple=True, help="The sheet that holds the plan, if the file has several."
)
@click.option(
    "--skip-bad", is_flag=True, help="Leave cells that cannot be understood as they are here; import the rest."
)
@click.option("--keep-notes", is_flag=True, help="Keep comments and words beside the plan as notes from the team.")
@as_option
@json_option
@pass_cli_context
def plan_import(
    context: CliContext,
    visit_id: str,
    file: Path,
    preview: bool,
    sheets: tuple[str, ...],
    skip_bad: bool,
    keep_notes: bool,
    me: str | None,
    as_json: bool,
) -> None:
    """Import the filled-in sheet; rows are matched by id, never guessed.

    Unless --as says otherwise, on the lead's laptop the changes are recorded as the team's. Where both changed the
    same cell there are two versions until one is chosen. Comments and words outside the cells to fill in are listed,
    and kept only with --keep-notes.
    """
    from reviewapp.plan import preview_return, record_return
    from reviewapp.spreadsheets.account import SheetsUndecided
    from reviewapp.spreadsheets.problems import OddCells

    with context.open_visit(visit_id, me=me, read_only=preview) as visit:
        try:
            found = preview_return(visit, existing(file), says=me or "", sheets=sheets, skip_odd=skip_bad)
        except (OddCells, SheetsUndecided) as error:
            _list_open(error, as_json=as_json)
            raise
        keep = found.words if keep_notes else ()
        if not preview and (found.lines or keep):
            record_return(visit, found, says=me or "", keep=keep)
    if as_json:
        print_json(found.as_json())
    else:
        for line in lines_of(found):
            click.echo(line)
    if found.words and not keep_notes:
        n = len(found.words)
        notes = "note from the team is" if n == 1 else "notes from the team are"
        click.echo(f"{n} {notes} not kept; add --keep-notes to keep what is written beside the plan", err=True)


def _list_open(error: OddCells | SheetsUndecided, *, as_json: bool) -> None:
    """What has to be settled before the plan can be taken, on stdout; the error follows on stderr."""
    from reviewapp.plan import PlanReturn

    odd = getattr(error, "cells", ())
    rows = odd or getattr(error, "accounts", ())
    if as_json:
        print_json(PlanReturn().as_lists() | {"not_taken" if odd else "sheets": msgspec.to_builtins(rows)})
    else:
        click.echo("\n".join(one.sentence() for one in rows))


@plan.command("carry")
@visit_argument
@click.option(
    "--from", "earlier", metavar="VISIT", required=True, help="An earlier visit to the service, on this laptop."
)
@pass_cli_context
def plan_carry(context: CliContext, visit_id: str, earlier: str) -> None:
    """Copy the plan of an earlier visit, for an interim review; what is here already stays."""
    from reviewapp.plan import carry_over

    with context.open_visit(visit_id) as visit, context.open_visit(earlier, read_only=True) as before:
        change = carry_over(visit, before)
    taken = sum(entity == "action" for entity, _ in change.records)
    click.echo(f"{taken} {'action' if taken == 1 else 'actions'} copied", err=True)
