"""`visit lens`: the evidence of a visit seen by the items of its other instrument."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from reviewapp.cli.common import CliContext, json_option, pass_cli_context, print_json, visit_argument
from reviewapp.crosswalk.model import relation_in_words
from reviewapp.figures.lens import LensItem, SeenEvidence, lens, looked_at_through
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.state import VisitState

_SHOWN = 100


@click.command("lens")
@visit_argument
@click.argument("instrument")
@json_option
@pass_cli_context
def lens_command(context: CliContext, visit_id: str, instrument: str, as_json: bool) -> None:
    """The evidence seen by the items of INSTRUMENT; no rating is ever carried over."""
    with context.open_visit(visit_id, read_only=True) as visit:
        state = as_seen_by(visit.state, visit.me)
        title = state.also.title if state.also is not None and instrument == state.also.id else ""
        items, note = _items(context, state, instrument)
    if as_json:
        print_json({"instrument": instrument, "items": [_values(one) for one in items]})
    else:
        for line in _lines(items, title):
            click.echo(line)
    if note:
        click.echo(f"note: {note}", err=True)


def _items(context: CliContext, state: VisitState, instrument: str) -> tuple[list[LensItem], str]:
    """The items, and a note where the visit does not carry the instrument or has no crosswalk to it."""
    if state.also is not None and instrument == state.also.id:
        note = (
            "" if state.crosswalk else "this visit has no crosswalk, so none of its evidence is shown under these items"
        )
        return lens(state, instrument), note
    if instrument == state.instrument.id:
        return lens(state, instrument), ""
    other = context.library.get(instrument)
    items = looked_at_through(state, other, context.crosswalks.between(state.instrument, other))
    return items, "it is not an instrument of this visit: shown through the crosswalk on this laptop, and not rated"


def _values(item: LensItem) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(item)
    return {**said, "pieces": item.pieces}


def _lines(items: list[LensItem], title: str) -> list[str]:
    found = [title] if title else []
    for item in items:
        if item.lowest is not None:
            rated = str(item.score) if item.score is not None else f"{item.lowest}-{item.highest}"
        else:
            rated = str(item.value) if item.value is not None else "not rated"
        found.append(f"{item.standard:>5}  {rated}, {item.pieces} pieces of evidence")
        found += [f"       {_line(one)}" for one in item.evidence]
    return found


def _line(one: SeenEvidence) -> str:
    text = one.text if len(one.text) <= _SHOWN else f"{one.text[: _SHOWN - 1]}…"
    return f"{one.in_words()} ({relation_in_words(one.relation)}), {one.source} {one.key}: {' '.join(text.split())}"
