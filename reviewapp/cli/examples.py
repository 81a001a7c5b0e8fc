"""`visit share` and `visit examples`: positive practice that teams show each other, only where a lead opted in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.cli.common import (
    CliContext,
    json_option,
    out_path,
    pass_cli_context,
    print_json,
    visit_argument,
)
from reviewapp.cli.output import tell_saved
from reviewapp.cli.report_check import refuse_stops, tell_stops
from reviewapp.figures.examples import examples_at, low_items, shared_examples
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Example


@click.command("share")
@visit_argument
@click.argument("standard")
@click.option("--text", metavar="T", default="", help="What they read; otherwise the passage on positive practice.")
@click.option("--team", metavar="T", default="", help="What this team is called there; otherwise “another team”.")
@click.option("--stop", is_flag=True, help="No longer share it; what another visit recorded before stays there.")
@pass_cli_context
def share_command(context: CliContext, visit_id: str, standard: str, text: str, team: str, stop: bool) -> None:
    """The lead lets other teams read what is good here at a standard; nothing is shared otherwise."""
    from reviewapp.workspace.examples import share_practice, stop_sharing

    with context.open_visit(visit_id) as visit:
        if stop:
            stop_sharing(visit, standard)
            click.echo(f"the practice of {standard} is no longer shared", err=True)
            return
        share_practice(visit, standard, text=text, team=team)
        shared = visit.state.shared_practice[standard]
    click.echo(f"other teams may read of {standard}, as of “{shared.team or 'another team'}”: {shared.text}", err=True)


@click.command("examples")
@visit_argument
@click.option("--take", is_flag=True, help="Record what other visits on this laptop share at the low items.")
@click.option(
    "--write", "file", type=out_path, metavar="FILE.jsonl",
    help="What this visit shares, as lines that the lead of another team's visit imports with `record`.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="With --write: write nothing while something may identify a person.")
@json_option
@pass_cli_context
def examples_command(
    context: CliContext, visit_id: str, take: bool, file: Path | None, strict: bool, as_json: bool
) -> None:
    """Examples from other teams at the items that scored low, and what this visit shares with them."""
    from reviewapp.workspace.examples import offered_here, take_examples

    if file is not None:
        _write(context, visit_id, file, strict=strict)
        return
    with context.open_visit(visit_id, read_only=not take) as visit:
        offered = offered_here(context.laptop(), visit)
        if take:
            take_examples(visit, offered.lines)
            click.echo(f"{len(offered.lines)} taken", err=True)
        lines = () if take else offered.lines
        from reviewapp.workspace.seen_figures import seen_state

        state = seen_state(visit)
    for name, why in offered.unread:
        click.echo(f"note: {name} is left out: {why}", err=True)
    if as_json:
        print_json(_printed(state, lines))
        return
    for line in _lines(state, lines):
        click.echo(line)


def _write(context: CliContext, visit_id: str, file: Path, *, strict: bool) -> None:
    from reviewapp.report.proofreading.before_saving import stops

    with context.open_visit(visit_id, read_only=True) as visit:
        lines = shared_examples(visit.state)
        if not lines:
            raise Invalid("this visit shares nothing with other teams", do="share a practice first: visit share")
        found = stops(visit.state, "examples")
        if strict:
            refuse_stops(found)
        visit.save_document(file, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    tell_saved(file)
    tell_stops(found)


def _printed(state: VisitState, offered: Sequence[Example]) -> dict[str, Any]:
    held = examples_at(state)
    return {
        "low": [{"standard": number, "examples": [_plain(one) for one in held.get(number, ())]}
                for number in low_items(state)],
        "offered": [_plain(one) for one in offered],
        "shared": [_plain(one) for one in shared_examples(state)],
    }  # fmt: skip


def _plain(one: Example | ExampleRecord) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", "standard", "text", "team", "source")}


def _lines(state: VisitState, offered: Sequence[Example]) -> Iterator[str]:
    low, held = low_items(state), examples_at(state)
    yield f"low: {', '.join(low) or 'none'}"
    for number, found in held.items():
        for one in found:
            yield f"{number}  {one.team or 'another team'}: {one.text}"
    for line in offered:
        yield f"{line.standard}  offered by {line.team or 'another team'}: {line.text}"
    for line in shared_examples(state):
        yield f"{line.standard}  shared with other teams as {line.team or 'another team'}: {line.text}"
