"""`intake`: reading the team's spreadsheets, and writing empty ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.cli.common import CliContext, existing, json_option, pass_cli_context, print_json
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Group
from reviewapp.intake import SHEETS, Choices, Intake, read_intake
from reviewapp.intake import template as write_template
from reviewapp.intake.column_choices import ColumnMemory
from reviewapp.intake.form_columns import plain
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.spreadsheets.problems import OddCells
from reviewapp.visit.second import seen_by
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.second import of_second


@click.command()
@click.argument("words", metavar="[VISIT] FILE", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(list(SHEETS)))
@click.option("--template", type=click.Choice(list(SHEETS)), help="Write a blank form of this kind to FILE.")
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Read this sheet; the others are left out.")
@click.option("--skip-bad", is_flag=True, help="Leave out cells that are not understood; they are listed.")
@click.option("--replace", is_flag=True, help="Empty what earlier sheets of this kind had and this one has not.")
@click.option("--add", is_flag=True, help="The people of this file are others than those counted before.")
@click.option("--keep-notes", is_flag=True, help="Keep comments and words beside the table as notes from the team.")
@click.option("--group", type=click.Choice(SURVEY_GROUPS), help="Who answered a survey, if its file does not say.")
@click.option(
    "--column", "columns", metavar="HEADING=WHAT", multiple=True,
    help="What a column of a survey is: a standard's number, comment, group or ignore. Remembered.",
)  # fmt: skip
@click.option("--instrument", metavar="ID", help="The second instrument of the visit, for a self-review by it.")
@click.option("--preview", is_flag=True, help="Say what would be imported and overwritten; change nothing.")
@json_option
@pass_cli_context
def intake(
    context: CliContext,
    words: tuple[str, ...],
    kind: str | None,
    template: str | None,
    sheets: tuple[str, ...],
    skip_bad: bool,
    replace: bool,
    add: bool,
    keep_notes: bool,
    group: Group | None,
    columns: tuple[str, ...],
    instrument: str | None,
    preview: bool,
    as_json: bool,
) -> None:
    """Import a spreadsheet from the team (`intake VISIT FILE --kind KIND`), or write a blank form (`--template`)."""
    if template is not None and len(words) == 1:
        _write_template(context, template, Path(words[0]), instrument)
        return
    if template is not None or kind is None or len(words) != 2:
        raise click.UsageError("give VISIT, FILE and --kind, or --template KIND FILE")
    _check_usage(kind, survey_only=bool(group or columns or add), instrument=instrument, both=add and replace)
    with context.open_visit(words[0]) as visit:
        if kind == "response" and not visit.is_lead:
            raise Invalid("only the lead imports the team's answers", do="import them on the lead's laptop")
        visit.write_as_host_if_lead()
        memory, said = ColumnMemory(context.folder), _said_of_columns(columns)
        remembered = memory.of(visit.state.instrument) if kind == "survey" else {}
        choices = Choices(
            sheets=sheets, skip_bad=skip_bad, replace=replace, keep_notes=keep_notes, me=visit.me, group=group,
            columns={**remembered, **said}, add=add,
        )  # fmt: skip
        state = seen_by(visit.state, instrument) if instrument else visit.state
        read = _read(state, existing(Path(words[1])), kind, choices, as_json=as_json)
        there = {plain(one.heading) for one in read.headings}
        if lost := [heading for heading in said if plain(heading) not in there]:
            raise Invalid(f"the file has no column “{lost[0]}”", field="column", do="copy the heading from the file")
        if not preview:
            memory.remember(visit.state.instrument, said)
        lines = read.lines if state is visit.state else [of_second(line, state) for line in read.lines]
        entries = 0 if preview else len(visit.record(*lines).steps)
    result = {"lines": len(read.lines), "entries": entries, **read.as_json()}
    result["identifying"] = [place.as_json() for place in read.identifying]
    if as_json:
        print_json(result)
    else:
        click.echo(read.full_summary(), err=True)
        if read.words and not keep_notes:
            what = "note from the team is" if len(read.words) == 1 else "notes from the team are"
            hint = "add --keep-notes to keep what is written beside the table"
            click.echo(f"{len(read.words)} {what} not kept; {hint}", err=True)


def _check_usage(kind: str, *, survey_only: bool, instrument: str | None, both: bool) -> None:
    """Raise UsageError for options that do not belong to this kind of sheet, or to each other."""
    if kind != "survey" and survey_only:
        raise click.UsageError("--group, --column and --add are for --kind survey")
    if instrument and kind != "self_review":
        raise click.UsageError("--instrument is for --kind self_review")
    if both:
        raise click.UsageError("give --add for other people, or --replace for the same")


def _said_of_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """What was said of columns, by heading; a heading may itself hold an equals sign."""
    said = {}
    for one in columns:
        heading, equals, what = one.rpartition("=")
        if not equals or not heading.strip() or not what.strip():
            raise Invalid(f"{one!r} does not say what a column is", field="column", do='write it as "HEADING=47"')
        said[heading.strip()] = what.strip()
    return said


def _read(state: VisitState, file: Path, kind: str, choices: Choices, *, as_json: bool) -> Intake:
    """The content of the file; what has to be settled first is listed on stdout before the error is raised."""
    try:
        return read_intake(file, kind, state.instrument, state, choices)
    except SheetsUndecided as error:
        sheets = msgspec.to_builtins(error.accounts)
        _list({"sheets": sheets}, [one.sentence() for one in error.accounts], as_json=as_json)
        raise
    except OddCells as error:
        cells = msgspec.to_builtins(error.cells)
        _list({"not_taken": cells}, [one.sentence() for one in error.cells], as_json=as_json)
        if any(one.stops for one in error.cells):
            raise
        do = f"{error.do}; or add --skip-bad to take the rest without these cells"
        raise OddCells(error.what, field=error.field, do=do, kept=error.kept, cells=error.cells) from None


def _list(found: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json({"lines": 0, "entries": 0, **found})
    else:
        click.echo("\n".join(lines))


def _write_template(context: CliContext, kind: str, file: Path, instrument: str | None) -> None:
    of = context.laptop().library.get(instrument) if instrument else builtin()[0]
    save_file(file, write_template(kind, of, suffix=file.suffix))
    click.echo(f"saved {file}", err=True)
