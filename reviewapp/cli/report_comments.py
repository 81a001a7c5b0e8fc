"""`report --comments`: what readers wrote beside the report in Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewapp.base.i18n import plural
from reviewapp.cli.common import CliContext, print_json

if TYPE_CHECKING:
    from reviewapp.visit.comment_records import ReportCommentRecord
    from reviewapp.visit.statements import ReportComment
    from reviewapp.workspace.report_comments import IncomingComments

_FIELDS = ("id", "part", "heading", "author", "at", "quoted", "text", "reply_to", "answer")


def take_or_list(context: CliContext, visit_id: str, file: Path | None, *, preview: bool, as_json: bool) -> None:
    """Take in the comments of a Word copy (with `preview` only say them), then list all beside their parts."""
    from reviewapp.workspace.report_comments import comments_by_part, incoming_comments, take_comments

    incoming = None
    with context.open_visit(visit_id, read_only=file is None or preview) as visit:
        if file is not None:
            incoming = incoming_comments(visit, file)
            if incoming.new and not preview:
                take_comments(visit, incoming.new)
        parts = comments_by_part(visit)
    if as_json:
        listed = [{"title": title, "comments": [_plain(one) for one in found]} for title, found in parts]
        print_json({**_counts(incoming), "parts": listed})
        return
    if incoming is not None:
        _tell(incoming, preview=preview)
    for title, found in parts:
        click.echo(title)
        for one in found:
            state = "dealt with" if one.done else "open"
            who = f"{one.author or 'no name'}, {one.at[:10] or 'no date'}"
            click.echo(f"  {who}: {' '.join(one.text.split())} [{state}{f': {one.answer}' if one.answer else ''}]")


def _tell(incoming: IncomingComments, *, preview: bool) -> None:
    comments = plural("{n} comment", "{n} comments", len(incoming.new))
    word = "would be imported" if preview else "imported"
    click.echo(f"{comments} {word}, {len(incoming.held)} here already", err=True)
    if incoming.tracked:
        changes = plural("{n} tracked change", "{n} tracked changes", incoming.tracked)
        click.echo(f"note: the text has {changes}, which stay in the Word copy", err=True)


def _counts(incoming: IncomingComments | None) -> dict[str, Any]:
    if incoming is None:
        return {}
    return {
        "new": [_plain(one) for one in incoming.new],
        "held": len(incoming.held),
        "tracked_changes": incoming.tracked,
        "empty": incoming.empty,
    }


def _plain(one: ReportComment | ReportCommentRecord) -> dict[str, Any]:
    """A comment with every field, those that are not set empty."""
    texts = {name: found if isinstance(found := getattr(one, name), str) else "" for name in _FIELDS}
    return {**texts, "done": one.done is True}
