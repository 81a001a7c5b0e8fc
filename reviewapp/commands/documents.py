"""`intake`, `report`, `plan`: spreadsheets in, documents out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

import click
import msgspec

from reviewapp.commands.common import (
    Place,
    as_option,
    existing,
    in_path,
    json_option,
    out_path,
    pass_place,
    show,
    visit_argument,
)
from reviewapp.errors import Invalid
from reviewapp.files import save_file
from reviewapp.instruments.library import builtin

Profile = Literal["host", "circulation"]
IntakeKind = Literal["self_review", "survey", "audit"]
INTAKE_KINDS: tuple[IntakeKind, ...] = ("self_review", "survey", "audit")


@click.command()
@click.argument("words", metavar="[VISIT] FILE", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(INTAKE_KINDS))
@click.option("--template", type=click.Choice(INTAKE_KINDS), help="Write an empty sheet of this kind to FILE.")
@json_option
@pass_place
def intake(
    place: Place, words: tuple[str, ...], kind: IntakeKind | None, template: IntakeKind | None, as_json: bool
) -> None:
    """Spreadsheets from the team: `intake VISIT FILE --kind KIND`, or `intake --template KIND FILE`."""
    if template is not None and len(words) == 1:
        _write_template(template, Path(words[0]))
        return
    if template is not None or kind is None or len(words) != 2:
        raise click.UsageError("give VISIT, FILE and --kind, or --template KIND FILE")
    from reviewapp.intake import read_intake

    with place.desk(words[0]) as desk:
        desk.speak_as_host_if_lead()
        read = read_intake(existing(Path(words[1])), kind, desk.state.instrument)
        change = desk.record(*read.lines)
    result = {"lines": len(read.lines), "entries": len(change.steps), "summary": read.summary}
    if as_json:
        show(result)
    else:
        click.echo(read.summary, err=True)


def _write_template(kind: IntakeKind, file: Path) -> None:
    from reviewapp.intake import template

    save_file(file, template(kind, builtin()[0], suffix=file.suffix))
    click.echo(f"saved {file}", err=True)


@click.command()
@visit_argument
@click.option("--pdf", type=out_path)
@click.option("--docx", type=out_path)
@click.option("--json", "json_file", type=out_path, help="The content tree, with every computed number.")
@click.option("--profile", type=click.Choice(["host", "circulation"]), default="host", show_default=True)
@pass_place
def report(
    place: Place, visit_id: str, pdf: Path | None, docx: Path | None, json_file: Path | None, profile: Profile
) -> None:
    """The draft report as PDF, Word and JSON."""
    from reviewapp.report import content, export
    from reviewapp.report.docx import docx_bytes
    from reviewapp.report.pdf import pdf_bytes

    if pdf is None and docx is None and json_file is None:
        raise click.UsageError("give at least one of --pdf, --docx, --json")
    with place.desk(visit_id, read_only=True) as desk:
        document = content.build(desk.state, desk.status(), profile=profile, today=date.today())
    if pdf is not None:
        save_file(pdf, pdf_bytes(document))
    if docx is not None:
        save_file(docx, docx_bytes(document))
    if json_file is not None:
        value = export.report_json(document)
        save_file(json_file, msgspec.json.format(msgspec.json.encode(value), indent=1))
    for path in (pdf, docx, json_file):
        if path is not None:
            click.echo(f"saved {path}", err=True)


@click.group()
def plan() -> None:
    """The action plan: out to the team, and back."""


@plan.command("export")
@visit_argument
@click.argument("file", type=out_path)
@pass_place
def plan_export(place: Place, visit_id: str, file: Path) -> None:
    """The sheet the team fills in."""
    from reviewapp.plan import export_plan

    if file.suffix.lower() != ".xlsx":
        raise Invalid(f"{file.name} is not an .xlsx file", do="give a name that ends in .xlsx")
    with place.desk(visit_id, read_only=True) as desk:
        save_file(file, export_plan(desk.state))
    click.echo(f"saved {file}", err=True)


@plan.command("import")
@visit_argument
@click.argument("file", type=in_path)
@click.option("--preview", is_flag=True, help="Say what would change and change nothing.")
@as_option
@json_option
@pass_place
def plan_import(place: Place, visit_id: str, file: Path, preview: bool, me: str | None, as_json: bool) -> None:
    """The filled-in sheet, back into the visit; rows are matched by id, never guessed."""
    from reviewapp.plan import read_plan

    with place.desk(visit_id, me=me, read_only=preview) as desk:
        found = read_plan(existing(file), desk.state)
        if not preview and found.lines:
            desk.record(*found.lines, name="action plan from the team")
    value: dict[str, Any] = {
        name: msgspec.to_builtins(getattr(found, name))
        for name in ("changed", "new", "unknown", "duplicated", "conflicts")
    }
    if as_json:
        show(value)
        return
    for name, rows in value.items():
        click.echo(f"{name}: {len(rows)}")
