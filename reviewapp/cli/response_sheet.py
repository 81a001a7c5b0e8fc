"""`report --response-sheet`: writing the sheet in which the host answers the draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reviewapp.base.dates import today
from reviewapp.base.errors import Invalid
from reviewapp.cli.common import CliContext
from reviewapp.cli.output import tell_saved
from reviewapp.visit.validators import check_date
from reviewapp.workspace.seen_figures import seen_state


def write_sheet(context: CliContext, visit_id: str, file: Path, reply_by: str | None) -> None:
    """Write the response sheet; without `reply_by` the deadline follows from the network's rule, counted from today.

    Raises Invalid for another suffix than .xlsx or a `reply_by` that is no date.
    """
    from reviewapp.factcheck import default_reply_by, response_sheet

    if file.suffix.lower() != ".xlsx":
        raise Invalid(f"{file.name} is not an .xlsx file", do="give a name that ends in .xlsx")
    if reply_by is not None:
        check_date(reply_by, "reply-by")
    with context.open_visit(visit_id, read_only=True) as visit:
        until = date.fromisoformat(reply_by) if reply_by else default_reply_by(visit.state, today())
        visit.save_document(file, response_sheet(seen_state(visit), until))
    tell_saved(file)
