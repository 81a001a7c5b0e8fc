"""Handover notes: what whoever gives up a post of the programme tells whoever comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, plural
from reviewapp.figures.handovers import HandoverView, handover_views
from reviewapp.visit import labels
from reviewapp.visit.programme_records import HandoverRecord
from reviewapp.visit.statements import Handover
from ui.formats import long_date
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_section import SectionSpec
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

POSTS = {post: _(words) for post, words in labels.POSTS.items()}
POST = FieldSpec("post", _("Post that changes hands"), "choice", choices=tuple(POSTS.items()), wide=True)
BY = FieldSpec("by", _("Who hands over, by role"), "line", _("May be empty for the team manager and the facilitator"))
TEXT = FieldSpec("text", _("What the next person needs to know"))


def _line(key: str, field: str, value: Any) -> Statement:
    return Handover(id=key, **{field: value})


def _records(state: VisitState, _me: str) -> list[HandoverRecord]:
    """The latest first."""
    return [state.handovers[one.id] for one in handover_views(state)]


def _view(state: VisitState, key: str) -> HandoverView:
    return next(one for one in handover_views(state) if one.id == key)


def _row(state: VisitState, one: HandoverRecord, _on: str) -> StatusRow:
    view = _view(state, one.id)
    title = " · ".join(filter(None, (POSTS.get(view.post, view.post), view.date and long_date(view.date))))
    people = (
        _("{by}; nobody has taken over yet", by=view.by) if view.vacant else _("{by} to {to}", by=view.by, to=view.to)
    )
    pill, tone, icon = (_("Vacant"), "warn", "alert") if view.vacant else (_("Handed over"), "met", "check")
    return StatusRow(one.id, title, view.text, pill, tone, icon, note=people)


def _begin(page: Page, typed: dict[str, Any]) -> Statement:
    post = typed["post"]
    by = typed["by"] or (POSTS[post].lower() if post != "other" else "")
    # The author's code is part of the id, so that two laptops cannot give the same id to different notes.
    number = page.visit.next_id("handover", f"H-{page.visit.me}-")
    return Handover(id=number, post=post, date=today().isoformat(), by=by, text=typed["text"])


def handover_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    found = handover_views(state)
    if not found:
        return _("None")
    told = plural("{n} note", "{n} notes", len(found))
    vacant = [POSTS.get(one.post, one.post) for one in found if one.vacant]
    return f"{told} · {_('vacant: {list}', list=', '.join(vacant))}" if vacant else told


HANDOVERS = SectionSpec(
    kind="handover", title=_("Handover notes"),
    about=_("When the team manager, the facilitator or the owner of a goal changes: what was promised to whom, what "
        "worked and what is next. Name people by role."),
    empty=_("None yet. Say which post changes hands, and what the next person needs to know."),
    fields=(
        POST,
        FieldSpec("date", _("Day of the handover"), "day"),
        FieldSpec("by", BY.label, "line"),
        FieldSpec("to", _("Who takes over, by role"), "line", _("Empty while the post is vacant")),
        TEXT,
    ),
    line=_line, records=_records, row=_row, also=(POST, BY),
    first=FieldSpec("text", TEXT.label, "line"), add=_("Add a handover note"), begin=_begin,
    remove=_("Delete this note"), removed=_("Handover note deleted. You can undo this."),
)  # fmt: skip
