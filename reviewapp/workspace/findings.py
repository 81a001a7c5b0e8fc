"""Accepting a finding of the proof-reader: done by the lead, with a reason, recorded in the journal."""

from __future__ import annotations

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import FindingAccepted
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit


def accept_finding(visit: OpenVisit, finding: str, reason: str) -> Change:
    """Accept a finding for a reason; it is reported again once what it concerns is changed. Undoable.

    Raises Invalid if there is no such finding now, without a reason, or for anybody but the lead.
    """
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why the finding may stand"))
    if all(found.id != finding for found in proofread(visit.state)):
        raise Invalid(
            _("there is no finding {finding}", finding=f"{finding!r}"),
            field="id",
            do=_("see them with: report VISIT --check"),
        )
    return visit.record(FindingAccepted(id=finding, reason=reason.strip()))
