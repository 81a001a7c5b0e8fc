"""`report`: writing the report's documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reviewapp.base.dates import today
from reviewapp.cli import response_sheet
from reviewapp.cli.common import (
    CliContext,
    existing,
    in_path,
    out_path,
    pass_cli_context,
    read_secret,
    visit_argument,
)
from reviewapp.cli.output import tell_saved
from reviewapp.cli.report_previous import record_previous
from reviewapp.report.formats import FORMATS
from reviewapp.workspace.seen_figures import seen_state, seen_status

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from reviewapp.report.proofreading.before_saving import DocumentKind

Profile = Literal["committee", "host", "circulation"]
STDOUT = "-"


def _format_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option `--suffix FILE` for every format; that of JSON is told apart, for without FILE it prints findings."""
    for suffix in reversed(FORMATS):
        if suffix != "json":
            command = click.option(f"--{suffix}", type=out_path)(command)
    return command


@click.command()
@visit_argument
@_format_options
@click.option(
    "--json",
    "json_file",
    type=out_path,
    is_flag=False,
    flag_value=STDOUT,
    help="FILE: the content tree, with every computed number. With --check and no FILE: the warnings on stdout.",
)
@click.option(
    "--encrypt-with",
    "password_file",
    type=in_path,
    help="The PDF opens only with the password in the first line of FILE (AES-256). Such a copy is PDF/UA, not PDF/A.",
)
@click.option("--profile", type=click.Choice(["committee", "host", "circulation"]), default="committee")
@click.option(
    "--response-sheet", "sheet", type=out_path, help="XLSX for the host team's answers, to send with the draft."
)
@click.option("--reply-by", metavar="YYYY-MM-DD", help="The deadline on the response sheet.")
@click.option("--previous", type=in_path, help="The last visit's report.json or status.json.")
@click.option(
    "--strict", is_flag=True, help="Write nothing while a warning marked Stop is open; without it they are named."
)
@click.option("--check", is_flag=True, help="List the warnings to look at before it is sent; changes nothing.")
@click.option("--accept", "accepted", metavar="ID", help="Accept a warning; --reason says why.")
@click.option("--reason", help="Kept with --accept.")
@click.option(
    "--comments",
    "comments_file",
    type=in_path,
    is_flag=False,
    flag_value=STDOUT,
    metavar="[FILE]",
    help="FILE: import the comments that readers made in a Word copy of the report. Alone: list them by part.",
)
@click.option("--preview", is_flag=True, help="With --comments FILE: say what would be imported.")
@pass_cli_context
def report(
    context: CliContext,
    /,
    visit_id: str,
    json_file: Path | None,
    password_file: Path | None,
    profile: Profile,
    sheet: Path | None,
    reply_by: str | None,
    previous: Path | None,
    strict: bool,
    check: bool,
    accepted: str | None,
    reason: str | None,
    comments_file: Path | None,
    preview: bool,
    **written: Path | None,
) -> None:
    """The report as PDF, Word, HTML and JSON, with the sheet for the team's answers; or what to check before."""
    to_stdout = json_file == Path(STDOUT)
    files = written | {"json": None if to_stdout else json_file}
    if comments_file is not None:
        others = (*files.values(), sheet, previous, password_file, reply_by, accepted, reason, check, strict)
        _comments(context, visit_id, comments_file, others, preview=preview, as_json=to_stdout)
        return
    documents: list[DocumentKind] = ["report"] if any(files.values()) else []
    documents += ["response-sheet"] if sheet is not None else []
    if strict:
        if check or accepted is not None or not documents:
            raise click.UsageError("--strict goes with a file to write")
        _refuse_stops(context, visit_id, documents)
    password = _password(password_file, with_pdf=files["pdf"] is not None)
    if previous is not None:
        record_previous(context, visit_id, existing(previous))
    if check or accepted is not None or reason is not None:
        _check(context, visit_id, [*files.values(), sheet], check, to_stdout, accepted, reason)
        return
    if to_stdout:
        raise click.UsageError("give --json a file, or --check")
    if sheet is None and (reply_by is not None or not any((*files.values(), previous))):
        options = ", ".join(f"--{suffix}" for suffix in FORMATS)
        raise click.UsageError(f"give at least one of {options}, --response-sheet, --previous")
    if sheet is not None:
        response_sheet.write_sheet(context, visit_id, sheet, reply_by)
    chosen = {suffix: path for suffix, path in files.items() if path is not None}
    _write_report(context, visit_id, chosen, profile, password)
    _tell_stops(context, visit_id, documents)


def _comments(
    context: CliContext, visit_id: str, file: Path, others: tuple[object, ...], *, preview: bool, as_json: bool
) -> None:
    """Take in or list comments. Raises UsageError where one of the `others`, the rest of the options, is given."""
    from reviewapp.cli.report_comments import take_or_list

    if any(others):
        raise click.UsageError("--comments goes with --preview and --json only")
    given = None if file == Path(STDOUT) else existing(file)
    if preview and given is None:
        raise click.UsageError("--preview goes with --comments FILE")
    take_or_list(context, visit_id, given, preview=preview, as_json=as_json)


def _password(file: Path | None, *, with_pdf: bool) -> str | None:
    """The password for the PDF; None without `file`. Raises Invalid for one that is soon guessed or cannot be used."""
    if file is None:
        return None
    if not with_pdf:
        raise click.UsageError("--encrypt-with goes with --pdf FILE; the other documents cannot be encrypted")
    from reviewapp.report.pdf.encryption import check_password

    password = read_secret(file)
    check_password(password)
    return password


def _refuse_stops(context: CliContext, visit_id: str, documents: list[DocumentKind]) -> None:
    from reviewapp.cli.report_check import refuse_stops

    refuse_stops(_stops(context, visit_id, documents))


def _tell_stops(context: CliContext, visit_id: str, documents: list[DocumentKind]) -> None:
    from reviewapp.cli.report_check import tell_stops

    tell_stops(_stops(context, visit_id, documents))


def _stops(context: CliContext, visit_id: str, documents: list[DocumentKind]) -> list[Finding]:
    """The findings to stop for before these documents are saved, each once."""
    from reviewapp.report.proofreading.before_saving import stops

    if not documents:
        return []
    with context.open_visit(visit_id, read_only=True) as visit:
        found = {one.id: one for document in documents for one in stops(seen_state(visit), document)}
    return list(found.values())


def _check(
    context: CliContext,
    visit_id: str,
    files: list[Path | None],
    check: bool,
    as_json: bool,
    accepted: str | None,
    reason: str | None,
) -> None:
    """Run the proof-reader's options of `report` (--check, --accept). Raises UsageError for a wrong combination."""
    from reviewapp.cli import report_check

    if any(files):
        raise click.UsageError("--check and --accept write no files; write them with another call")
    if (accepted is None) != (reason is None) or (as_json and not check):
        raise click.UsageError("give --accept ID together with --reason T, and --json with --check")
    if accepted is not None and reason is not None:
        report_check.accept(context, visit_id, accepted, reason)
    if check:
        report_check.check_report(context, visit_id, as_json_document=as_json)


def _write_report(
    context: CliContext, visit_id: str, files: dict[str, Path], profile: Profile, password: str | None
) -> None:
    """`files`: where the report goes, by suffix; with a `password` the PDF opens with that only."""
    if not files:
        return
    from reviewapp.report.content.build import build
    from reviewapp.report.pdf.encryption import encrypted

    with context.open_visit(visit_id, read_only=True) as visit:
        document = build(seen_state(visit), seen_status(visit), profile=profile, today=today())
        for suffix, path in files.items():
            made = FORMATS[suffix].render(document)
            visit.save_document(path, encrypted(made, password) if suffix == "pdf" and password is not None else made)
    tell_saved(*files.values(), sealed=(files["pdf"],) if password is not None else ())
