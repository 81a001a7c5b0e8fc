"""`visit carry-over`, `visit round`, `visit series`: from one round of a team's reviews to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid, WrongPhrase
from reviewapp.base.files import save_file
from reviewapp.base.passphrases import check_new
from reviewapp.cli.common import (
    CliContext,
    existing,
    in_path,
    json_option,
    out_path,
    pass_cli_context,
    print_json,
    read_secret,
    visit_argument,
)
from reviewapp.exchange.phrase import new_phrase, plain_phrase
from reviewapp.figures.rounds import RoundFigures
from reviewapp.figures.series import Series, series_of
from reviewapp.visit.second import second_state
from reviewapp.visit.statements import Round
from reviewapp.visit.statements.rounds import THIS

_PHRASES = click.option(
    "--phrase-file", "phrases", type=in_path, multiple=True, metavar="F", help="The words of the carry-over files."
)


@click.command("carry-over")
@visit_argument
@click.argument("file", type=out_path)
@click.option("--phrase-file", type=out_path, required=True, metavar="F", help="The six words; made if missing.")
@pass_cli_context
def carry_over_command(context: CliContext, visit_id: str, file: Path, phrase_file: Path) -> None:
    """Write the carry-over: what the next visit to this team begins with, in a file opened by six words."""
    from reviewapp.plan.next_round import write_carry_over

    with context.open_visit(visit_id) as visit:
        if not visit.is_lead:
            raise Invalid("only the lead writes the carry-over of a visit", do="ask the lead for it")
        if not phrase_file.exists():
            save_file(phrase_file, f"{new_phrase()}\n".encode())
        phrase = read_secret(phrase_file)
        check_new(plain_phrase(phrase), "visit phrase")
        write_carry_over(visit, file, phrase)
    click.echo(f"saved {file}; the words are in {phrase_file}", err=True)


@click.command("round")
@visit_argument
@click.option("--label", metavar="L", help="baseline, 6 months, 12 months, or your own words.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of an earlier round, with --total.")
@click.option("--total", type=int, metavar="N", help="The total of an earlier round, where no more of it is known.")
@click.option("--planned", metavar="YYYY-MM-DD", help="The day for which this visit was planned.")
@click.option("--held", metavar="YYYY-MM-DD", help="The day on which this visit was held.")
@pass_cli_context
def round_command(
    context: CliContext,
    visit_id: str,
    label: str | None,
    date: str | None,
    total: int | None,
    planned: str | None,
    held: str | None,
) -> None:
    """An earlier round of which only the total is known; without --total, which round this visit is."""
    if total is None and date is not None:
        raise click.UsageError("--date is the day of an earlier round and needs --total; of this visit give --held")
    if total is not None and (not label or not date or planned or held):
        raise click.UsageError("an earlier round needs --label, --date and --total, and nothing else")
    if total is None and not (label or planned or held):
        raise click.UsageError("give --label, --planned or --held, or an earlier round with --total")
    with context.open_visit(visit_id) as visit:
        if total is None:
            visit.record(Round(id=THIS, label=label or UNSET, planned=planned or UNSET, held=held or UNSET))
            click.echo("which round this visit is has been recorded", err=True)
            return
        number = visit.next_id("round", "E")
        visit.record(Round(id=number, label=label, held=date, total=total))
    click.echo(f"the round “{label}” with a total of {total} stands beside this visit", err=True)


@click.command("series")
@visit_argument
@click.option(
    "--with", "others", metavar="FILE", multiple=True, help="A carry-over of another round, or a visit on this laptop."
)
@_PHRASES
@json_option
@pass_cli_context
def series_command(
    context: CliContext, visit_id: str, others: tuple[str, ...], phrases: tuple[Path, ...], as_json: bool
) -> None:
    """The rounds of one team side by side, item by item."""
    from reviewapp.plan.next_round import check_same_team, rounds_by_second, rounds_in

    known: list[RoundFigures] = []
    by_second: list[RoundFigures] = []
    with context.open_visit(visit_id, read_only=True) as visit:
        for other in others:
            carried = carried_by(context, other, phrases)
            check_same_team(carried, visit.state.info.service, visit.state.info.organisation)
            known += reversed(rounds_in(carried))
            by_second += reversed(rounds_by_second(carried))
        editions = visit.editions([*known, *by_second])
        found = series_of(visit.state, known, editions)
        second = second_state(visit.state)
        also = None if second is None else series_of(second, by_second, editions)
    if as_json:
        print_json(as_printed(found) | ({} if also is None else {"also": as_printed(also)}))
        return
    for line in in_lines(found):
        click.echo(line)
    if second is not None and also is not None:
        click.echo(f"by {second.instrument.title}:")
        for line in in_lines(also):
            click.echo(f"  {line}")


def carried_by(context: CliContext, named: str, phrases: Sequence[Path]) -> Any:
    """The carry-over in this file, or of the visit on this laptop that has this id. Raises ReviewError."""
    from reviewapp.plan.next_round import carried_from, open_carry_over

    path = Path(named)
    if not path.is_file() and named in context.laptop().home.visit_ids():
        with context.open_visit(named, read_only=True) as visit:
            return carried_from(visit)
    existing(path)
    if not phrases:
        raise Invalid(f"{path.name} is opened by six words", do="give the file with them: --phrase-file F")
    for last, phrase in enumerate(phrases, start=1):
        try:
            return open_carry_over(path, read_secret(phrase))
        except WrongPhrase:
            if last == len(phrases):
                raise
    raise AssertionError("there is a last phrase")


def as_printed(found: Series) -> dict[str, Any]:
    """The document of `visit series --json`."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return made


def in_lines(found: Series) -> list[str]:
    """The same for a terminal: the rounds, what changed in each item that can be compared, and what cannot."""
    lines = []
    for one in found.rounds:
        what = one.label or "this round"
        span = f"{one.lowest} to {one.highest}" if one.lowest != one.highest else f"{one.total}"
        share = f"{one.percent:.1f}% met of {one.n}" if one.percent is not None else ""
        total = f"total {span}" if one.lowest is not None else share or "nothing rated"
        lines.append(f"{one.held or one.planned}  {what}: {total}" + (f", {one.band}" if one.band else ""))
    for change in found.changes:
        names = [found.rounds[n].label or found.rounds[n].held for n in (change.before, change.after)]
        lines.append(f"{names[0]} and {names[1]}: {change.points:+d} points")
    if found.changes and found.caution:
        lines.append(found.caution)
    shown = [one for one in found.items if one.moved]
    lines += [f"{one.standard}: {', '.join('-' if v is None else str(v) for v in one.values)}" for one in shown]
    if found.common.n:
        lines.append(f"compared on {found.common.n} items that every round has")
    if found.not_comparable:
        lines.append(f"{found.not_comparable} items cannot be compared (--json says why)")
    return lines
