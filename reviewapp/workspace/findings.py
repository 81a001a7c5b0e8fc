"""Findings of the proof-reader in the journal: accepted with a reason, or open when a document was saved."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.report.proofreading import Finding, proofread
from reviewapp.visit.statements import FindingAccepted, SavedAnyway
from reviewapp.visit.validators import MOST_ITEMS
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.seen_figures import seen_state


def accept_finding(visit: OpenVisit, finding: str, reason: str) -> Change:
    """Accept a finding for a reason; it is reported again once what it concerns is changed. Undoable.

    Raises Invalid if there is no such finding now, without a reason, or for anybody but the lead.
    """
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why you accept the warning"))
    if all(found.id != finding for found in proofread(seen_state(visit))):
        raise Invalid(
            _("there is no warning {finding}", finding=f"{finding!r}"),
            field="id",
            do=_("see them with: report VISIT --check"),
        )
    return visit.record(FindingAccepted(id=finding, reason=reason.strip()))


def record_saved_anyway(visit: OpenVisit, document: str, found: Sequence[Finding]) -> Change:
    """Record that `document` was saved knowing that these findings were open; undo leaves it."""
    line = SavedAnyway(
        id=visit.next_id("saved_anyway", "D"), document=document, findings=[one.id for one in found][:MOST_ITEMS]
    )
    return visit.record(line, undoable=False)
