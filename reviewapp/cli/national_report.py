"""`national passage` and `national report`: what the office writes, and the report of a set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.files import read_whole, reason_of, save_file
from reviewapp.cli.common import CliContext, existing, in_path, json_option, out_path, pass_cli_context, print_json
from reviewapp.cli.national import opened_set, set_argument

if TYPE_CHECKING:
    from reviewapp.national.proofreading.proofread import NationalFinding

STDOUT = "-"


@click.command("passage")
@set_argument
@click.argument("place", required=False)
@click.option("--text", help="The text; an empty one removes it.")
@click.option("--text-file", type=in_path, help="The same from a file.")
@json_option
@pass_cli_context
def passage_command(
    context: CliContext, name: str, place: str | None, text: str | None, text_file: Path | None, as_json: bool
) -> None:
    """Write a passage of the report at a PLACE; without one, list the places and what stands there."""
    from reviewapp.national.report import passages

    if text_file is not None:
        text = _text_of(existing(text_file))
    if (place is None) != (text is None):
        raise click.UsageError("give PLACE with --text or --text-file, or neither")
    with opened_set(context, name, read_only=place is None) as found:
        if place is not None and text is not None:
            passages.write(found, place, text)
            return
        written, places = passages.passages(found), passages.places(found.instrument)
    if as_json:
        print_json({"passages": [{"place": one, "text": written.get(one, "")} for one in places]})
        return
    for one in places:
        click.echo(f"{one}: {' '.join(written[one].split())[:100] if one in written else '-'}")


@click.command("report")
@set_argument
@click.option("--pdf", type=out_path)
@click.option("--docx", type=out_path)
@click.option("--xlsx", type=out_path, help="The figures as tables, for analysts.")
@click.option(
    "--json",
    "json_file",
    type=out_path,
    is_flag=False,
    flag_value=STDOUT,
    help="FILE: the content tree, with every computed number. With --check and no FILE: the warnings on stdout.",
)
@click.option("--team", default="", metavar="CODE", help="The copy for this team: its own dot is filled.")
@click.option("--cycle", metavar="C", help="Another cycle than the newest.")
@click.option("--check", is_flag=True, help="List the warnings to look at before it is given out; changes nothing.")
@click.option("--accept", "accepted", metavar="ID", help="Accept a warning; --reason says why.")
@click.option("--reason", help="Kept with --accept.")
@pass_cli_context
def report_command(
    context: CliContext,
    name: str,
    pdf: Path | None,
    docx: Path | None,
    xlsx: Path | None,
    json_file: Path | None,
    team: str,
    cycle: str | None,
    check: bool,
    accepted: str | None,
    reason: str | None,
) -> None:
    """The national report, or a team's own copy of it; or what to look at before it is given out."""
    from reviewapp.national.report import make

    to_stdout = json_file == Path(STDOUT)
    wanted = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "json": None if to_stdout else json_file}
    if (accepted is None) != (reason is None) or (to_stdout and not check):
        raise click.UsageError("give --accept ID together with --reason T, and --json without a file with --check")
    if not (any(wanted.values()) or check or accepted):
        raise click.UsageError("give at least one of --pdf, --docx, --xlsx, --json, or --check")
    with opened_set(context, name) as found:
        report = make.report_of(found, found.figures(cycle=cycle), team=team)
        if accepted is not None and reason is not None:
            make.accept(found, report, accepted, reason)
        findings = make.findings(found, report)
        if check:
            _print_findings(findings, as_json=to_stdout)
        if not any(wanted.values()):
            return
        for suffix, path in wanted.items():
            if path is not None:
                save_file(path, report.rendered(suffix))
                click.echo(f"saved {path}", err=True)
        found.note_printed(report.printed)
    whose = f"copy for team {team}, which is {report.material.codes[team]} in it" if team else "copy for everyone"
    click.echo(f"report number {report.number}, {whose}", err=True)
    for one in findings:
        if one.severity == "stop" and not one.accepted:
            click.echo(f"proof-reader: {one.place}: {one.why}; {one.action}", err=True)


def _text_of(path: Path) -> str:
    """What a text file holds, of at most a passage's length. Raises Invalid for one that is no text or too long."""
    from reviewapp.national.report.passages import LONGEST

    most = 4 * LONGEST  # bytes of the longest characters
    try:
        raw = read_whole(path, most)
        if len(raw) <= most:
            return raw.decode("utf-8-sig")
        why = "it is longer than any passage"
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except OSError as error:
        why = reason_of(error)
    raise Invalid(f"{path.name} cannot be imported as a passage: {why}", field="text_file", do="give another file")


def _print_findings(findings: list[NationalFinding], *, as_json: bool) -> None:
    if as_json:
        print_json({"findings": [msgspec.to_builtins(one) for one in findings]})
        return
    for one in findings:
        may = f" (accepted: {one.accepted})" if one.accepted else ""
        click.echo(f"{one.severity}  {one.id}  {one.place}: {one.why}; {one.action}{may}")
