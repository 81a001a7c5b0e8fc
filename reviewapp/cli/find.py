"""`visit find`: searching a visit's records and its instrument."""

from __future__ import annotations

from typing import Any

import click

from reviewapp.base.errors import Busy
from reviewapp.cli.common import CliContext, json_option, pass_cli_context, print_json, visit_argument
from reviewapp.search import SearchHit
from reviewapp.search.finder import EACH
from reviewapp.store.rescue import PlaceRefuses


@click.command("find")
@visit_argument
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 10_000), default=EACH, help="At most so many of each kind.")
@json_option
@pass_cli_context
def find(context: CliContext, visit_id: str, text: str, limit: int, as_json: bool) -> None:
    """Whatever says all these words, by their first letters; "in quotation marks" a phrase."""
    try:
        with context.open_visit(visit_id, patient=False) as visit:
            hits = [_as_json(one) for one in visit.find(text, limit)]
    except (Busy, PlaceRefuses):
        with context.open_visit(visit_id, read_only=True) as visit:
            hits = [_as_json(one) for one in visit.find(text, limit)]
    if as_json:
        print_json({"found": hits})
        return
    for one in hits:
        click.echo(": ".join(part for part in (one["title"], one["text"]) if part))
    if not hits:
        click.echo("no matches", err=True)


def _as_json(one: SearchHit) -> dict[str, Any]:
    """A hit as `--json` prints it; `marks` are the spans of `text` that match."""
    return {
        "kind": one.kind,
        "entity": one.entity,
        "key": one.key,
        "field": one.field,
        "title": one.title.text,
        "text": one.snippet.text,
        "marks": one.snippet.marks,
        "standards": one.standards,
    }
