"""The members of the review team and what has come in from each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural
from reviewapp.figures.left_out import Recorded, left_out
from reviewapp.figures.status import held_by_author, progress
from reviewapp.visit.sorting import natural
from ui.labels import ROLES
from ui.pages.shared.clock import clock

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


CLOSED = "closed_without:"
"""Prefix of the passage, completed by a person's code, that records why the day was closed without their laptop."""


@dataclass(frozen=True)
class ParticipantRow:
    """One member of the review team.

    `at` is when their laptop last came in, `closed` the reason why the day was closed without them.
    """

    code: str
    role: str
    mine: bool
    here: bool
    missing: bool
    at: str
    closed: str
    rated: str
    interviews: int
    case_notes: int
    quotes: int
    off: bool = False
    """No longer on the review team, though some of their work is here."""

    def state(self) -> tuple[str, str, str]:
        """Label, tone and icon of the state of this person's work."""
        if self.off:
            return _("Removed from the team, not counted"), "warn", "alert"
        if self.mine:
            return _("This laptop"), "info", "check"
        if self.here:
            return (_("Received {when}", when=clock(self.at)) if self.at else _("Received")), "met", "check"
        if self.closed:
            return _("Closed without"), "na", "dash"
        return (_("Not received yet"), "warn", "clock") if self.missing else (_("Not needed"), "na", "dash")

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """One text per column of the table; a view asks for each of them many times."""
        name = f"{self.code}, {ROLES.get(self.role, self.role)}" if self.role else self.code
        numbers = (str(self.interviews), str(self.case_notes), str(self.quotes))
        return (name, self.state()[0], self.rated, *numbers)


def people_rows(visit: OpenVisit) -> list[ParticipantRow]:
    """A row for everybody on the visit, in natural order of their codes."""
    state, came = visit.state, _came_in(visit)
    mine, uncounted = progress(state).people, {one.person: one for one in left_out(state)}
    talks, notes, quotes = held_by_author(state)
    rows = []
    for code, person in sorted(state.people.items(), key=lambda item: natural(item[0])):
        rated = mine.get(code)
        held = talks[code] + notes[code] + quotes[code] + (rated.rated if rated else 0)
        here = code in came or held > 0
        closed = state.passages.get(CLOSED + code)
        rows.append(
            ParticipantRow(
                code=code,
                role=person.role,
                mine=code == visit.me,
                here=here,
                missing=person.rates and not here and code != visit.me,
                at=came.get(code, ""),
                closed=closed.text.strip() if closed else "",
                rated=_("{rated} of {of}", rated=rated.rated, of=rated.of)
                if rated
                else _uncounted(uncounted.get(code)),
                interviews=talks[code],
                case_notes=notes[code],
                quotes=quotes[code],
            )
        )
    return rows + [
        ParticipantRow(
            code=code, role="", mine=False, here=True, missing=False, at=came.get(code, ""), closed="",
            rated=_uncounted(one), interviews=talks[code], case_notes=notes[code], quotes=quotes[code], off=True,
        )
        for code, one in uncounted.items()
        if code not in state.people
    ]  # fmt: skip


def _uncounted(one: Recorded | None) -> str:
    if one is None or not one.ratings:
        return _("does not rate")
    return plural("{n} rating, not counted", "{n} ratings, not counted", one.ratings)


def _came_in(visit: OpenVisit) -> dict[str, str]:
    """Code → when their laptop last came in here."""
    return {one.person: one.at for one in visit.here.joined_files()}
