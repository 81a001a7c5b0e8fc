"""`visit deputy`, `visit take-over`: who can take over from the lead, and doing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import plural
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
from reviewapp.exchange.phrase import new_deputy_words
from reviewapp.visit import labels
from reviewapp.workspace.take_over import WITHOUT_DEPUTY, Leading, check_words


def deputy_words(path: Path) -> str:
    """The eight words in a file, or new ones, which are written to it before the visit depends on them.

    Raises Invalid for a file that holds something else, ReviewError when it cannot be written.
    """
    if path.exists():
        words = read_secret(path)
        check_words(words)
        return words
    words = new_deputy_words()
    save_file(path, f"{words}\n".encode())
    return words


def tell_words(deputy: str, path: Path) -> None:
    """Say where the words are and what they are for."""
    click.echo(f"the eight words with which {deputy} can take over are in {path}", err=True)
    click.echo("note: print them, give the paper to the deputy only, and delete the file", err=True)


@click.command("deputy")
@visit_argument
@click.option(
    "--name", "code", metavar="CODE", help="Name who can take over, with new words; earlier ones no longer work."
)
@click.option("--takeover-file", type=out_path, metavar="F", help="Where the deputy's eight words are written.")
@json_option
@pass_cli_context
def deputy_command(
    context: CliContext, visit_id: str, code: str | None, takeover_file: Path | None, as_json: bool
) -> None:
    """Who leads, and who can take over; on the lead's laptop, name who can."""
    if (code is None) != (takeover_file is None):
        raise click.UsageError("give both --name CODE and --takeover-file F, or neither")
    with context.open_visit(visit_id, read_only=code is None) as visit:
        if code is not None and takeover_file is not None:
            if not visit.is_lead:
                raise Invalid("only the lead's laptop names a deputy", field="deputy", do="ask the lead")
            visit.laptops.name_deputy(code, deputy_words(takeover_file))
            tell_words(code, takeover_file)
        found, people = visit.laptops.leading(), visit.state.people
    if as_json:
        print_json(found)
        return
    for line in in_words(found, people):
        click.echo(line)


@click.command("take-over")
@visit_argument
@click.option("--code-file", type=in_path, metavar="F", help="First line: the deputy's eight words.")
@click.option("--give-way", is_flag=True, help="Of two laptops that took over at the same time: not this one.")
@click.option("--this-copy", is_flag=True, help="Of the copies of the lead's laptop: lead from this one.")
@pass_cli_context
def take_over_command(
    context: CliContext, visit_id: str, code_file: Path | None, give_way: bool, this_copy: bool
) -> None:
    """Lead the visit from this laptop, the deputy's; the others are told when they import its work file."""
    if (code_file is not None) + give_way + this_copy != 1:
        raise click.UsageError("give --code-file F (or --give-way, or --this-copy)")
    with context.open_visit(visit_id) as visit:
        if this_copy:
            visit.laptops.lead_from_this_copy()
        elif code_file is None:
            visit.laptops.give_way()
        else:
            visit.laptops.take_over(read_secret(existing(code_file)))
        found, people = visit.laptops.leading(), visit.state.people
    for line in in_words(found, people):
        click.echo(line, err=True)
    void = "" if this_copy else "; receipts of the earlier lead no longer count"
    click.echo(f"give everyone a new work file{void}", err=True)


def in_words(found: Leading, people: Mapping[str, labels.TeamMember]) -> Iterator[str]:
    """Who leads and what came of it, a line each."""
    here = ", on this laptop" if found.here else ""
    since = f" since {found.at}, by taking over" if found.take_over else ""
    yield f"{labels.person(people, found.code)} leads the visit{since}{here}"
    if found.led_here:
        yield "this laptop led before; what it records as lead no longer counts, what it records as a reviewer does"
    if found.copy_here:
        yield "another copy of this laptop leads; to lead from this one instead: visit take-over --this-copy"
    for device in found.rivals:
        yield f"laptop {device[:8]} took over at the same time and does not lead (visit take-over --give-way ends it)"
    if found.deputy:
        yield f"{labels.person(people, found.deputy)} can take over, with the eight words (visit take-over)"
    else:
        yield f"nobody can take over; name a deputy, or if the lead's laptop is lost: {WITHOUT_DEPUTY}"
    for one in found.lost:
        yield plural(
            "an earlier receipt listed {n} entry of {laptop} that is not here: import a work file from that laptop",
            "an earlier receipt listed {n} entries of {laptop} that are not here: import a work file from that laptop",
            one.entries,
            laptop=labels.laptop(people, one.code, one.device),
        )
