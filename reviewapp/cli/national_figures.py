"""`national status`, `benchmark` and `export`: the figures of a set, through the mask, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, json_option, out_path, pass_cli_context, print_json
from reviewapp.cli.national import opened_set, set_argument
from reviewapp.figures.formatting import percent_text
from reviewapp.national.figures import Counts, NationalFigures, Ranked, Spread
from reviewapp.visit import labels

engine_option = click.option(
    "--engine", metavar="ENGINE", default="sqlite", show_default=True,
    help="Who counts: sqlite, duckdb (in memory), or a Spark server (sc://host:15002).",
)  # fmt: skip
cycle_option = click.option("--cycle", metavar="NAME", help="Another cycle than the newest.")


@click.command("status")
@set_argument
@cycle_option
@engine_option
@json_option
@pass_cli_context
def status_command(context: CliContext, name: str, cycle: str | None, engine: str, as_json: bool) -> None:
    """All figures of a set; counts of fewer than five people are withheld, and what would tell them."""
    from reviewapp.national.shown import shown_figures

    with opened_set(context, name, read_only=True) as found:
        shown = shown_figures(found, cycle=cycle, engine=engine)
    if as_json:
        print_json(msgspec.to_builtins(shown))
        return
    for line in _lines(shown):
        click.echo(line)


@click.command("benchmark")
@set_argument
@click.argument("file", type=out_path)
@cycle_option
@pass_cli_context
def benchmark_command(context: CliContext, name: str, file: Path, cycle: str | None) -> None:
    """The figures as a file that visits print beside their own, once a lead has imported it (benchmark import)."""
    from reviewapp.national.benchmark import benchmark_of, save_benchmark
    from reviewapp.national.shown import shown_figures

    with opened_set(context, name, read_only=True) as found:
        made = benchmark_of(shown_figures(found, cycle=cycle), found.instrument)
    save_benchmark(made, file)
    click.echo(f"saved {file}: {made.title}, {made.teams} teams", err=True)


def _lines(shown: NationalFigures) -> Iterator[str]:
    visits = plural("{n} visit", "{n} visits", shown.n_visits)
    teams = plural("{n} team", "{n} teams", shown.n_teams)
    drafts = plural(", {n} of them a draft", ", {n} of them drafts", shown.drafts) if shown.drafts else ""
    cycle = f", cycle {shown.cycle}" if shown.cycle else ""
    yield f"{shown.name}{cycle}: {visits} of {teams}{drafts}, by {shown.instrument} ({shown.edition})"
    if shown.score is None:
        yield from _shares("All standards", {"": shown.overall})
        yield from _shares("By type", {f"type {name}": one for name, one in shown.by_type.items()})
        yield from _shares("By section", shown.by_section)
        yield from _ranked(shown)
    else:
        yield from _scores(shown)
    yield from _spreads(shown)
    yield from _people(shown)
    yield from _cycles(shown)
    yield "Basis of the ratings: " + (", ".join(f"{name} {n}" for name, n in _basis(shown).items()) or "none")
    for one in shown.left_out:
        yield f"left out: {one.team} {one.visit}: {one.why}"
    for said in shown.withheld:
        yield f"withheld: {said}"


def _basis(shown: NationalFigures) -> dict[str, int]:
    return {**shown.basis, **{f"{name} (drafts)": n for name, n in shown.basis_drafts.items()}}


def _shares(title: str, found: Mapping[str, Counts]) -> Iterator[str]:
    yield f"{title}:"
    for name, one in found.items():
        of = f" ({one.met} of {one.applicable})" if one.applicable else ""
        yield f"  {percent_text(one.percent):>8}  {name or 'met'}{of}"


def _ranked(shown: NationalFigures) -> Iterator[str]:
    for section in shown.most_met:
        for title, found in (("most met", shown.most_met), ("least met", shown.least_met)):
            if found[section]:
                yield f"{section}, {title}: " + "; ".join(map(_rank, found[section]))


def _rank(one: Ranked) -> str:
    return f"{one.number} ({one.met} of {one.of}, {percent_text(one.percent)})"


def _scores(shown: NationalFigures) -> Iterator[str]:
    yield "Points of the teams whose every item is scored:"
    for name, one in {"total": shown.score or Spread(), **shown.subscales}.items():
        yield f"  {name}: {_spread(one)}"
    if shown.norm:
        norm = shown.norm
        yield (
            f"  beside them {norm.title}: median {norm.total.median}, quartiles {norm.total.lower_quartile} and "
            f"{norm.total.upper_quartile}"
        )


def _spreads(shown: NationalFigures) -> Iterator[str]:
    if shown.score is None:
        yield "Shares of the teams:"
        for name, one in shown.distribution.items():
            yield f"  {name}: {_spread(one, '%')}"


def _spread(one: Spread, unit: str = "") -> str:
    if one.median is None:
        return "none shown"
    low, q1, median, q3, high = (
        f"{value:.1f}".removesuffix(".0")
        for value in (one.min, one.q1, one.median, one.q3, one.max)
        if value is not None
    )
    return f"median {median}{unit}, middle half {q1} to {q3}{unit}, all {low} to {high}{unit} (n {one.n})"


def _people(shown: NationalFigures) -> Iterator[str]:
    for field, one in shown.context.items():
        if one.yes is not None:
            yield f"{labels.CONTEXT.get(field, field)}: yes for {one.yes} of {one.n}"
        elif one.mean is not None:
            yield f"{labels.CONTEXT.get(field, field)}: mean {one.mean:.1f}, {one.min:g} to {one.max:g} (n {one.n})"
    for group, answers in shown.surveys.items():
        told = "withheld" if answers.respondents is None else f"{answers.respondents} answered"
        yield f"survey of {labels.group(group).lower()}: {told}, {answers.visits} visits"


def _cycles(shown: NationalFigures) -> Iterator[str]:
    for pair in shown.same_teams:
        if pair.later == shown.cycle and pair.teams:
            teams = plural("{n} team", "{n} teams", pair.teams)
            before, after = percent_text(pair.before.percent), percent_text(pair.after.percent)
            yield f"The {teams} of both cycles: {before} in {pair.earlier}, {after} in {pair.later}"


@click.command("export")
@set_argument
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--de-identified", "confirmed", is_flag=True, help="Say that you know: the files are not encrypted.")
@json_option
@pass_cli_context
def export_command(context: CliContext, name: str, folder: Path, confirmed: bool, as_json: bool) -> None:
    """Plain Parquet with a manifest, for an outside engine: it leaves the encrypted set."""
    from reviewapp.national.export import MANIFEST, export

    if not confirmed:
        raise Invalid(
            "what is exported is not encrypted: ratings by number, and counts of people through the mask",
            do="add --de-identified if that is meant",
        )
    with opened_set(context, name, read_only=True) as found:
        made = export(found, folder)
    if as_json:
        print_json(msgspec.to_builtins(made))
        return
    for one in made.files:
        click.echo(f"{one.path}: {one.rows} rows")
    click.echo(f"saved {folder}, with {MANIFEST}; it is not encrypted", err=True)
