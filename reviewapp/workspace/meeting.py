"""The meeting: opening and closing it, and accepting ratings and findings that arrived late."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.lateness import JUDGED
from reviewapp.visit.statements import (
    AcceptLate,
    AcceptLateCriterion,
    AlsoAcceptLate,
    AlsoAcceptLateCriterion,
    Meeting,
)
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit


def open_meeting(visit: OpenVisit) -> Change:
    """Open the meeting: reviewers now see each other's ratings, and later ones wait for the lead.

    Drafts become entries first. Raises Invalid if the meeting is open.
    """
    visit.commit_drafts()
    if visit.state.meeting_open:
        raise Invalid(_("the meeting is open already"), do=_("close it first to open it again"))
    opening = Meeting(open=True, held=visit.held_at_opening(), criteria=True)
    return visit.record(opening, name=_("opening of the meeting"))


def close_meeting(visit: OpenVisit) -> Change:
    """Close the meeting. Raises Invalid if it is not open."""
    if not visit.state.meeting_open:
        raise Invalid(_("the meeting is not open"), do=_("open it first"))
    return visit.record(Meeting(open=False), name=_("closing of the meeting"))


def accept_late(visit: OpenVisit, *keys: str) -> Change:
    """Let count what arrived after the meeting opened, as one change: ratings (`47/R2`), findings (`12/b/staff/R2`).

    By the second instrument they are `core-fidelity-2/12/R2` and `core-fidelity-2/12/b/staff/R2`.

    Of one with two versions both are let in: they are a conflict until its author settles it, and no longer late.
    Raises Invalid if one of them does not wait.
    """
    lines = [_acceptance(visit, key) for key in keys]
    name = _("counting {n} late ratings", n=len(lines)) if len(lines) > 1 else ""
    return visit.record(*lines, name=name)


def _acceptance(visit: OpenVisit, key: str) -> AcceptLate:
    kind = next((kind for kind, one in JUDGED.items() if key in getattr(visit.state, one.late)), None)
    if kind is None:
        late = sorted(key for one in JUDGED.values() for key in getattr(visit.state, one.late))
        raise Invalid(
            _("no late rating {key} is waiting", key=key), field="key",
            do=_("waiting now: {waiting}", waiting=", ".join(late) or _("none")),
        )  # fmt: skip
    judged = JUDGED[kind]
    entry, *others = [head for name in judged.fields for head in visit.head_ids(kind, key, name)]
    accepting = _ACCEPTING[judged.accepted_by]
    ids = dict(zip(accepting.IDS, key.split("/"), strict=True))
    known = key in getattr(visit.state, judged.accepted)
    return accepting(**ids, entry=entry, others=others or (None if known else UNSET))


_ACCEPTING: Mapping[str, type[AcceptLate]] = {
    kind.kind(): kind for kind in (AcceptLate, AlsoAcceptLate, AcceptLateCriterion, AlsoAcceptLateCriterion)
}
