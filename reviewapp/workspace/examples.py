"""Sharing positive practice with other teams, and taking what they share where this team scored low."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.figures.examples import offered_examples
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Example, SharedPractice
from reviewapp.workspace.changes import Change
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit


class OfferedExamples(msgspec.Struct, frozen=True):
    """What the other visits of this laptop offer; `unread` are ids of visits that could not be opened, with why."""

    lines: tuple[Example, ...]
    unread: tuple[tuple[str, str], ...] = ()


def share_practice(visit: OpenVisit, standard: str, *, text: str = "", team: str = "") -> Change:
    """Let other teams read what is good here at a standard: `text`, or the passage as it stands now.

    `team` is what this team is called there. Only the lead. Raises Invalid where there is nothing to share.
    """
    passage = visit.state.passages.get(f"practice:{standard}")
    words = text.strip() or (passage.text.strip() if passage is not None else "")
    return visit.record(SharedPractice(standard=standard, text=words, team=team.strip() or UNSET))


def stop_sharing(visit: OpenVisit, standard: str) -> Change:
    """Offer it no more. What another visit took before stays there. Raises Invalid where it is not shared."""
    held = visit.state.shared_practice.get(standard)
    if held is None or not held.text.strip():
        raise Invalid(
            _("the practice of {standard} is not shared", standard=standard), do=_("there is nothing to remove")
        )
    return visit.record(SharedPractice(standard=standard, text=None, team=None))


def offered_here(laptop: Laptop, visit: OpenVisit) -> OfferedExamples:
    """What the other visits on this laptop share at the low items of this one; each is opened for reading only."""
    others: list[VisitState] = []
    unread: list[tuple[str, str]] = []
    for one in laptop.visits():
        if one.id == visit.state.info.id:
            continue
        try:
            other = laptop.open_visit(one.id, read_only=True)
        except ReviewError as error:
            unread.append((one.id, error.what))
            continue
        try:
            others.append(other.state)
        finally:
            other.close()
    return OfferedExamples(tuple(offered_examples(visit.state, others)), tuple(unread))


def take_examples(visit: OpenVisit, lines: Sequence[Example]) -> Change:
    """Record examples of other teams, in one undoable change. Only the lead, and only once the meeting was opened.

    Before that they would tell reviewers which items the others rated low. Raises Invalid.
    """
    if not visit.state.meeting_opened:
        raise Invalid(
            _("examples can be imported once the meeting was opened: they show which items are low"),
            do=_("open the meeting first"),
        )
    if not lines:
        raise Invalid(_("no other visit shares a new example"), do=_("there is nothing to import"))
    n = len(lines)
    return visit.record(*lines, name=plural("importing {n} example", "importing {n} examples", n))
