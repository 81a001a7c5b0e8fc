"""`visits`, `visit ...` and `record`: preparing a visit, recording, exchanging files, status, backup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import plural
from reviewapp.base.passphrases import check_new, weakness
from reviewapp.cli import output
from reviewapp.cli.common import (
    CliContext,
    as_option,
    existing,
    in_path,
    json_option,
    out_path,
    pass_cli_context,
    print_checks,
    print_json,
    read_secret,
    visit_argument,
)
from reviewapp.cli.crosswalks import tell_crosswalk
from reviewapp.cli.programme import programme_lines, programme_part, tell_follow_up, warn_of_goals
from reviewapp.cli.rounds import carried_by
from reviewapp.cli.take_over import deputy_words, tell_words
from reviewapp.exchange.phrase import new_phrase, plain_phrase
from reviewapp.exchange.returns import Receipt
from reviewapp.figures.left_out import team_change
from reviewapp.plan.next_round import begin_next_round
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.entities import WITHDRAW
from reviewapp.visit.jsonl import Numbered, read_lines, refused
from reviewapp.visit.statements import Person, Round, Statement
from reviewapp.visit.statements.rounds import THIS
from reviewapp.visit.statements.second import addressed
from reviewapp.workspace.laptop import KINDS, NewPerson
from reviewapp.workspace.open_visit import LineError, OpenVisit
from reviewapp.workspace.withdrawal import may_survive

phrase_option = click.option("--phrase-file", type=out_path, required=True, help="The six words.")


@click.command()
@click.option("--follow-up", is_flag=True, help="Progress on each team's plan: meetings, hours, help asked for.")
@json_option
@pass_cli_context
def visits(context: CliContext, follow_up: bool, as_json: bool) -> None:
    """The visits on this laptop."""
    found = context.laptop().visits()
    if follow_up:
        tell_follow_up(context, found, as_json=as_json)
        return
    if as_json:
        print_json({"visits": [output.summary(one) for one in found]})
        return
    for one in found:
        click.echo(output.summary_line(one))
    if not found:
        click.echo("no visits yet; make one with: visit new", err=True)


@click.group()
def visit() -> None:
    """One visit: prepare it, exchange files, read it."""


@visit.command("new")
@click.option("--instrument", metavar="ID", help="Which standards; with --after those of the earlier visit.")
@click.option("--kind", type=click.Choice(KINDS), help="accreditation unless told otherwise.")
@click.option("--service", help="Needed without --after.")
@click.option("--organisation", help="Needed without --after.")
@click.option("--date", required=True, metavar="YYYY-MM-DD")
@click.option("--person", "people", multiple=True, metavar="CODE:ROLE[:NAME]", help="Needed without --after.")
@click.option("--round", "label", metavar="LABEL", help="baseline, 6 months, 12 months, or your own words.")
@click.option("--after", metavar="FILE", help="The carry-over file of the earlier visit, or that visit on this laptop.")
@click.option("--phrase-file", "phrases", type=in_path, multiple=True, metavar="F", help="The words of the carry-over.")
@click.option("--deputy", metavar="CODE", help="Who can take over from the lead, with the words in --takeover-file.")
@click.option("--takeover-file", type=out_path, metavar="F", help="Where the deputy's eight words are written.")
@click.option("--also", metavar="INSTRUMENT", help="A second instrument on the same evidence.")
@pass_cli_context
def new(
    context: CliContext,
    instrument: str | None,
    kind: str | None,
    service: str | None,
    organisation: str | None,
    date: str,
    people: tuple[str, ...],
    label: str | None,
    after: str | None,
    phrases: tuple[Path, ...],
    deputy: str | None,
    takeover_file: Path | None,
    also: str | None,
) -> None:
    """Create a visit as its lead; prints its id."""
    if (deputy is None) != (takeover_file is None):
        raise click.UsageError("give both --deputy CODE and --takeover-file F, or neither")
    needed = {"--instrument": instrument, "--service": service, "--organisation": organisation, "--person": people}
    missing = [name for name, value in needed.items() if not value]
    if missing and not after:
        raise click.UsageError(f"missing {', '.join(missing)}; or give --after with the earlier visit")
    carried = carried_by(context, after, phrases) if after else None
    words = deputy_words(takeover_file) if takeover_file else ""
    said: dict[str, Any] = {
        "instrument": instrument or "", "service": service or "", "organisation": organisation or "", "date": date,
        "people": [_new_person(text) for text in people], "deputy": deputy or "", "words": words,
        "also": also or "",
    }  # fmt: skip
    if carried is not None:
        visit_id = begin_next_round(context.laptop(), carried, label=label or "", kind=kind or "", **said)
    else:
        begin = [Round(id=THIS, label=label, planned=date)] if label else []
        visit_id = context.laptop().new_visit(kind=kind or KINDS[0], begin=begin, **said)
    click.echo(visit_id)
    if takeover_file:
        tell_words(deputy or "", takeover_file)
    if also:
        tell_crosswalk(context, visit_id)
    context.warn_of_clock(visit_id)


def _new_person(text: str) -> NewPerson:
    code, _, rest = text.partition(":")
    role, _, name = rest.partition(":")
    return NewPerson(code, role, name)


@visit.command("pack")
@visit_argument
@click.argument("file", type=out_path)
@phrase_option
@pass_cli_context
def pack(context: CliContext, visit_id: str, file: Path, phrase_file: Path) -> None:
    """Make the visit pack for the other laptops, opened by six words. For the lead and confirmed laptops."""
    with context.open_visit(visit_id, rescues=True) as visit:
        if not visit.laptops.may_write_pack:
            raise Invalid(
                "only the lead, or a laptop that the lead confirmed, can make the visit pack",
                do="import a file that the lead wrote since then, or give your own work with: visit return",
            )
        if not phrase_file.exists():
            save_file(phrase_file, f"{new_phrase()}\n".encode())
        phrase = read_secret(phrase_file)
        check_new(plain_phrase(phrase), "visit phrase")
        written = visit.write_visit_pack(file, phrase)
    click.echo(f"{output.saved(written)}; the words are in {phrase_file}", err=True)


@visit.command("join-as")
@click.argument("file", type=in_path)
@click.option("--as", "me", required=True, metavar="CODE")
@click.option("--phrase-file", type=in_path, required=True)
@pass_cli_context
def join_as(context: CliContext, file: Path, me: str, phrase_file: Path) -> None:
    """Join a visit from its pack and work as CODE; prints the visit's id."""
    phrase = read_secret(phrase_file)
    visit_id = context.laptop().import_pack(existing(file), me=me, phrase=phrase)
    click.echo(visit_id)
    with context.open_visit(visit_id, read_only=True) as visit:
        click.echo(
            f"check words of this laptop: {visit.laptops.own_words()}; of the visit: {visit.laptops.visit_words()};"
            " the lead sees the same",
            err=True,
        )
    context.warn_of_clock(visit_id)
    why = weakness(plain_phrase(phrase))
    if why:
        click.echo(f"warning: the visit phrase is weak: {why}; ask the lead for a pack with six words", err=True)


@click.command()
@visit_argument
@click.argument("file", type=in_path)
@as_option
@click.option("--for", "typed_for", metavar="CODE", help="Typed for CODE, until CODE or the lead confirms it.")
@json_option
@pass_cli_context
def record(
    context: CliContext, visit_id: str, file: Path, me: str | None, typed_for: str | None, as_json: bool
) -> None:
    """Record JSON lines, checked exactly as the forms are; all or nothing."""
    read = read_lines(existing(file))
    with context.open_visit(visit_id, me=me) as visit:
        lines = [Numbered(one.number, addressed(one.line, visit.state)) for one in read]
        told = _figures_that_change(visit, [one.line for one in lines])
        try:
            said = [one.line for one in lines]
            change = visit.record_for(typed_for, *said) if typed_for else visit.record(*said)
        except LineError as error:
            raise refused(file, lines[error.line - 1].number, error) from error
        except Invalid as error:
            raise (refused(file, lines[0].number, error) if error.field and len(lines) == 1 else error) from error
        told += warn_of_goals(visit.state, [one.line for one in lines])
        only_here = visit.laptops.only_here(change)
    result = {"lines": len(lines), "records": len(change.records), "entries": len(change.steps)}
    if as_json:
        print_json(result)
    else:
        taken = plural("{n} line recorded", "{n} lines recorded", result["lines"])
        click.echo(f"{taken}, {plural('{n} new entry', '{n} new entries', result['entries'])}", err=True)
    if change.beside and not only_here:
        told.append(
            plural(
                "for {n} value there are two versions, until the lead chooses one (visit status)",
                "for {n} values there are two versions, until the lead chooses one (visit status)",
                len(change.beside),
            )
        )
    if change.apart and typed_for:
        told.append(f"typed for {typed_for}: it counts once {typed_for} or the lead confirms it (visit confirm)")
    elif change.apart:
        told.append(
            plural(
                "{n} value is kept but not counted (visit laptops says why)",
                "{n} values are kept but not counted (visit laptops says why)",
                len(change.apart),
            )
        )
    for words in told:
        click.echo(f"note: {words}", err=True)


def _figures_that_change(visit: OpenVisit, lines: list[Statement]) -> list[str]:
    """What becomes of the figures when these lines take somebody off the team, give a role or bring somebody back."""
    found = []
    for line in lines:
        if isinstance(line, Person):
            known = visit.state.people.get(line.code)
            role = line.role or (known.role if known else None)
            change = team_change(visit.state, line.code, None if line.deleted is True else role)
            found.append(change.words(visit.state) if change else "")
    return [words for words in found if words]


@visit.command("return")
@visit_argument
@click.argument("file", type=out_path)
@pass_cli_context
def return_(context: CliContext, visit_id: str, file: Path) -> None:
    """Write the work file: everything on this laptop, for the others."""
    with context.open_visit(visit_id, rescues=True) as visit:
        written = visit.write_return(file)
    click.echo(output.saved(written), err=True)


def _may_hold_withdrawn(visit: OpenVisit, receipts: Sequence[Receipt]) -> list[str]:
    """The files of this laptop that may still hold what these files withdrew; none where they withdrew nothing."""
    if not any(one.kinds.get(WITHDRAW) for one in receipts):
        return []
    return [f"may still hold what was withdrawn: {path}" for path in may_survive(visit)]


@visit.command("merge")
@visit_argument
@click.argument("files", metavar="FILE...", type=in_path, nargs=-1, required=True)
@click.option("--preview", is_flag=True, help="Say what would happen and change nothing.")
@json_option
@pass_cli_context
def merge(context: CliContext, visit_id: str, files: tuple[Path, ...], preview: bool, as_json: bool) -> int:
    """Import work files and receipts, one by one; a refused one does not stop the others."""
    with context.open_visit(visit_id, read_only=preview) as visit:
        receipts = [visit.merge(file, preview=preview) for file in files]
        wrong, people = visit.here.wrong_clocks(), visit.state.people
        written = [] if preview else _may_hold_withdrawn(visit, receipts)
    if as_json:
        print_json(receipts)
    for receipt in receipts:
        if receipt.reason is not None:
            click.echo(f"error: {receipt.reason}", err=True)
        elif not as_json:
            click.echo(output.receipt(receipt))
        for words in (*output.copied(receipt), *output.apart(receipt)):
            click.echo(f"note: {words}", err=True)
    for words in output.parts(receipts):
        click.echo(f"note: {words}", err=True)
    for words in (*output.waiting(receipts), *written):
        click.echo(f"note: {words}", err=True)
    joined = {receipt.from_.device for receipt in receipts}
    for other in wrong:
        if other.device in joined:
            click.echo(f"warning: {other.in_words(people)}", err=True)
    return int(any(receipt.reason is not None for receipt in receipts))


@visit.command("status")
@visit_argument
@json_option
@pass_cli_context
def status(context: CliContext, visit_id: str, as_json: bool) -> None:
    """Progress, figures, forecast, disagreements, and where there are two versions."""
    with context.open_visit(visit_id, read_only=True) as visit:
        value, state, me = visit.status(), as_seen_by(visit.state, visit.me), visit.me
    if as_json:
        print_json(value | programme_part(state, me))
    else:
        for line in (*output.status(value), *programme_lines(state)):
            click.echo(line)


@visit.command("history")
@visit_argument
@click.argument("entity")
@click.argument("key")
@json_option
@pass_cli_context
def history(context: CliContext, visit_id: str, entity: str, key: str, as_json: bool) -> None:
    """Every value each field of a record ever had."""
    with context.open_visit(visit_id, read_only=True) as visit:
        items: list[dict[str, Any]] = msgspec.to_builtins(visit.history(entity, key))
        told = [] if as_json else list(output.taken_back(visit, entity, key))
    if as_json:
        print_json(items)
        return
    for item in items:
        wrong = " (the clock of that laptop was wrong)" if item["clock_wrong"] else ""
        apart = "" if item["counts"] else " (kept but not counted)"
        value = "(hidden)" if item["hidden"] else repr(item["value"])
        click.echo(f"{item['at']}{wrong}  {item['person']}  {item['field']} = {value}{apart}")
    for line in told:
        click.echo(line)


@visit.command("verify")
@visit_argument
@json_option
@pass_cli_context
def verify(context: CliContext, visit_id: str, as_json: bool) -> None:
    """Check the files of a visit for damage: what is wrong and what to do."""
    print_checks(context.laptop(judged=True).check_integrity(visit_id), as_json=as_json)


@visit.command("backup")
@visit_argument
@click.argument("file", type=out_path)
@pass_cli_context
def backup(context: CliContext, visit_id: str, file: Path) -> None:
    """An encrypted copy; opens with this laptop's passphrase."""
    with context.open_visit(visit_id, rescues=True) as visit:
        visit.backup(file)
    click.echo(f"saved {file}", err=True)


@visit.command("restore")
@click.argument("file", type=in_path)
@pass_cli_context
def restore(context: CliContext, file: Path) -> None:
    """Restore a visit from a backup; prints its id. What is there now is moved aside, never deleted."""
    laptop = context.laptop()
    before = laptop.moved_aside()
    click.echo(laptop.restore(existing(file), context.passphrase()))
    for folder in laptop.moved_aside():
        if folder not in before:
            click.echo(f"what was here before is kept in {folder}", err=True)
