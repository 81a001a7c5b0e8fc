"""`forms`: a survey as a form for the programs with which teams ask people."""

from __future__ import annotations

from pathlib import Path

import click

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.cli.common import CliContext, json_option, out_path, pass_cli_context, print_json, visit_argument
from reviewapp.instruments.model import Group
from reviewapp.intake.survey_form import survey_form
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.intake.xlsform import LANGUAGES, xlsform


@click.group()
def forms() -> None:
    """Forms with which a team asks people."""


@forms.command("export")
@visit_argument
@click.argument("file", type=out_path)
@click.option("--kind", type=click.Choice(["survey"]), required=True)
@click.option("--group", type=click.Choice(SURVEY_GROUPS), required=True, help="Who is asked.")
@click.option("--language", metavar="CODE", default="", help="A second language, such as cy: a column to translate.")
@json_option
@pass_cli_context
def export(
    context: CliContext, visit_id: str, file: Path, kind: str, group: Group, language: str, as_json: bool
) -> None:
    """An XLSForm for KoboToolbox and ODK, with what the visit's standards ask of this group."""
    if file.suffix.casefold() != ".xlsx":
        raise Invalid(f"a form is not written as {file.suffix!r}", field="file", do="name the file .xlsx")
    with context.open_visit(visit_id, read_only=True) as visit:
        form = survey_form(visit.state.instrument, group)
    written = xlsform(form, language)
    save_file(file, written.data)
    told = {"form_id": form.form_id, "version": form.version, "questions": written.questions,
            "to_translate": written.untranslated}  # fmt: skip
    if as_json:
        print_json({"file": str(file), **told})
        return
    click.echo(f"saved {file}: {written.questions} questions, version {form.version}", err=True)
    if written.untranslated:
        click.echo(
            f"the texts under {LANGUAGES[language]} are still the English ones; translate {written.untranslated} of "
            "them in the file before it is used", err=True,
        )  # fmt: skip
