"""What a request to withdraw does before anybody with the right has decided: the words are hidden everywhere at once.

A notice (`withdraw`) blanks what its laptop may take back (`visit.standing`). A notice of a laptop without that right,
and what somebody asks for whom the words are not (`ask_withdraw`), is a *request*: it hides the words, and nothing is
lost. Whoever may withdraw the words decides, by a notice of their own or by `show_again`, which names the requests that
it answers; who asked may take it back in the same way. What a laptop asks that the lead set aside hides nothing, so
that nobody hides everything for ever. A notice of the lead's is never answered by `show_again`, any other one is, even
if its laptop comes to have the right later: what somebody decided to keep is not lost by a certificate.

All of it follows from the entries that are held, never from the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from reviewapp.base.i18n import _
from reviewapp.visit.entities import RecordId, author_of
from reviewapp.visit.labels import TeamMember, laptop, person
from reviewapp.visit.standing import Said, Standings


class Request(NamedTuple):
    """A notice or a request: of which record, and which records it covers, that one too.

    `asks`: it was made as a request, and blanks nothing whoever made it. `own_line`: two laptops began its record
    without knowing of each other, so that it takes nothing of the other's.
    """

    id: str
    record: RecordId
    said: Said
    asks: bool = False
    own_line: bool = False
    covered: frozenset[RecordId] = frozenset()

    @property
    def author(self) -> str:
        """Whose words they are; empty where they are nobody's own, and the lead alone may withdraw them."""
        return author_of("/".join(self.record))


class ShownAgain(NamedTuple):
    """Somebody says that what was asked for in these requests of a record hides no more."""

    record: RecordId
    requests: frozenset[str]
    said: Said


def may_decide(author: str, one: Said, device: str, standings: Standings, *, own_line: bool) -> bool:
    """Whether an entry decides about words of this author's that this laptop recorded: who may withdraw them may."""
    return standings.may_withdraw(author, one) and standings.withdraws_from(one, device, own_line=own_line)


def is_answered(request: Request, device: str, shown: Iterable[ShownAgain], standings: Standings) -> bool:
    """Whether somebody who may decide about what this laptop recorded said that a request hides no more."""
    if not request.asks and standings.is_visit and standings.has_lead(request.said):
        return False
    line = standings.line(request.said.device)
    return any(
        one.record == request.record
        and request.id in one.requests
        and (
            standings.line(one.said.device) == line
            or may_decide(request.author, one.said, device, standings, own_line=request.own_line)
        )
        for one in shown
    )


def blanks(request: Request, device: str, shown: Iterable[ShownAgain], standings: Standings) -> bool:
    """Whether what this laptop recorded of what a request covers is gone for good."""
    if request.asks or not may_decide(request.author, request.said, device, standings, own_line=request.own_line):
        return False
    return not is_answered(request, device, shown, standings)


def hides(request: Request, device: str, shown: Iterable[ShownAgain], standings: Standings) -> bool:
    """Whether what this laptop recorded of what a request covers is hidden, if nothing blanks it."""
    from_ = standings.aside_from(request.said.device) if standings.is_visit else None
    if from_ is not None and request.said.seq >= from_:
        return False
    return not is_answered(request, device, shown, standings)


def hidden(
    requests: Iterable[Request],
    shown: Collection[ShownAgain],
    written_by: Mapping[RecordId, Collection[str]],
    standings: Standings,
) -> dict[RecordId, tuple[str, ...]]:
    """The records that are hidden, each with the ids of the requests that hide it, sorted.

    `written_by`: which laptops wrote each record. One is hidden if any of what they wrote is, and is not blank.
    """
    asked = list(requests)
    covering: dict[RecordId, list[Request]] = {}
    for one in asked:
        for record in one.covered:
            covering.setdefault(record, []).append(one)
    found: dict[RecordId, tuple[str, ...]] = {}
    for record, some in covering.items():
        hiding: set[str] = set()
        for device in written_by.get(record, ()):
            if not any(blanks(one, device, shown, standings) for one in some):
                hiding |= {one.id for one in some if hides(one, device, shown, standings)}
        if hiding:
            found[record] = tuple(sorted(hiding))
    return found


def belongs(
    interviews: Collection[str],
    now: Collection[str],
    before: Iterable[str | None],
    *,
    named: bool,
    blank: bool = False,
) -> bool:
    """Whether a quote belongs to one of these interviews. `now`: of which its current entries say it is.

    Where nobody can tell it does if it was blanked before, or a notice `named` it. So does one that a notice names, and
    that nobody ever moved away from them; an entry of `before` that is blank (None) may have.
    """
    if any(one in interviews for one in now):
        return True
    if not now:
        return blank or named
    return named and not any(one is None or one in interviews for one in before)


def in_words(asker: str, author: str, people: Mapping[str, TeamMember]) -> str:
    """What stands in the place of hidden words."""
    asked, who = laptop(people, asker), who_decides(author, people)
    return _("Hidden: {laptop} asked to withdraw this; {who} decides.", laptop=asked, who=who)


def who_decides(author: str, people: Mapping[str, TeamMember]) -> str:
    """Who decides about words of this author's: they themselves or the lead; about those of nobody the lead alone."""
    return _("{author} or the lead", author=person(people, author)) if author else _("the lead")
