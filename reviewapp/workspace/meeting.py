"""The meeting: opening and closing it, and accepting ratings that arrived late."""

from __future__ import annotations

from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.statements import AcceptLate, AlsoAcceptLate, Meeting
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit


def open_meeting(visit: OpenVisit) -> Change:
    """Open the meeting: reviewers now see each other's ratings, and later ones wait for the lead.

    Drafts become entries first. Raises Invalid if the meeting is open.
    """
    visit.commit_drafts()
    if visit.state.meeting_open:
        raise Invalid(_("the meeting is open already"), do=_("close it first to open it anew"))
    return visit.record(Meeting(open=True, held=visit.held_at_opening()), name=_("opening of the meeting"))


def close_meeting(visit: OpenVisit) -> Change:
    """Close the meeting. Raises Invalid if it is not open."""
    if not visit.state.meeting_open:
        raise Invalid(_("the meeting is not open"), do=_("open it first"))
    return visit.record(Meeting(open=False), name=_("closing of the meeting"))


def accept_late(visit: OpenVisit, *keys: str) -> Change:
    """Let ratings count that arrived after the meeting opened, as one change; a key is `47/R2`.

    Of one by the second instrument it is `core-fidelity-2/12/R2`.

    Of a rating with two versions both are let in: they are a conflict until its author settles it, and no longer late.
    Raises Invalid if one of them does not wait.
    """
    lines = [_acceptance(visit, key) for key in keys]
    name = _("acceptance of {n} late ratings", n=len(lines)) if len(lines) > 1 else ""
    return visit.record(*lines, name=name)


def _acceptance(visit: OpenVisit, key: str) -> AcceptLate:
    late = visit.state.late | visit.state.also_late
    if key not in late:
        waiting = ", ".join(sorted(late)) or _("none")
        raise Invalid(
            _("no late rating {key} is waiting", key=key), field="key", do=_("waiting now: {waiting}", waiting=waiting)
        )
    if key in visit.state.also_late:
        instrument, standard, reviewer = key.split("/")
        entry, *others = visit.head_ids("also_rating", key, "value")
        more = others or (None if key in visit.state.also_accepted_late else UNSET)
        return AlsoAcceptLate(instrument=instrument, standard=standard, reviewer=reviewer, entry=entry, others=more)
    standard, __, reviewer = key.partition("/")
    entry, *others = visit.head_ids("rating", key, "value")
    more = others or (None if key in visit.state.accepted_late else UNSET)
    return AcceptLate(standard=standard, reviewer=reviewer, entry=entry, others=more)
