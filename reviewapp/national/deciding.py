"""What the network's office decides about a set: what is left out, whose extract counts, and what is taken out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.national import counting
from reviewapp.national.network_set import NetworkSet, PrintedReport
from reviewapp.store import received_extracts


def set_aside(network: NetworkSet, visit: str, reason: str) -> None:
    """Leave a visit out of the figures, with a reason that is kept. Raises Invalid for one that is not here."""
    _check_is_here(network, visit)
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why the visit is set aside"))
    with network.transaction() as db:
        received_extracts.mark_aside(db, visit, reason.strip(), network.now())
        network.refresh(db)


def count_again(network: NetworkSet, visit: str) -> None:
    """Count a visit that was set aside. Raises Invalid for one that is not here or was not set aside."""
    _check_is_here(network, visit)
    if visit not in network.reasons_of_aside():
        raise Invalid(_("the visit {visit} is not set aside", visit=visit), do=_("see what is: national show"))
    with network.transaction() as db:
        received_extracts.mark_aside(db, visit, None, network.now())
        network.refresh(db)


def accept(network: NetworkSet, visit: str, n: int) -> None:
    """Count the extract of this number, and what the same key signs for the visit from now on.

    Another visit that the team has under this code in the same cycle is set aside, with the reason. Raises Invalid
    where there is no such extract of the visit.
    """
    held = network.received()
    chosen = next((one for one in held if one.n == n and one.visit == visit), None)
    if chosen is None:
        raise Invalid(_("there is no such extract of the visit {visit}", visit=visit), do=_("see: national show"))
    others = {
        one.visit
        for one in counting.speaking(held)
        if one.visit != visit and (one.team, one.cycle) == (chosen.team, chosen.cycle)
    }
    with network.transaction() as db:
        received_extracts.accept_key(db, visit, chosen.key, chosen.authorities, chosen.team)
        received_extracts.take_in(db, visit, chosen.key, _("the office accepted another laptop for this visit"))
        received_extracts.mark_aside(db, visit, None, network.now())
        for other in sorted(others):
            reason = _("another visit of {team} was accepted for {cycle}", team=chosen.team, cycle=chosen.cycle)
            received_extracts.mark_aside(db, other, reason, network.now())
        network.refresh(db)


def withdraw(network: NetworkSet, visit: str, records: Sequence[str]) -> list[PrintedReport]:
    """Take words out of everything the set holds, for good; returns the reports that may still hold them.

    Backups on this laptop that hold them are destroyed, and one without them is written. Raises Invalid for a
    visit that is not here, or a record that no extract of it ever had.
    """
    _check_is_here(network, visit)
    known = network.records_of(visit) | set(network.taken_back().get(visit, {}))
    for record in records:
        if record not in known:
            raise Invalid(
                _("no extract of the visit {visit} has the words {record}", visit=visit, record=record),
                do=_("see what it holds: national show"),
            )
    with network.transaction() as db:
        network.take_back(db, visit, records, state=received_extracts.GONE)
    network.destroy_older_backups()
    gone = {f"{visit}/{record}" for record in records}
    return [report for report in network.printed() if gone & {*report.records}]


def keep_shown(network: NetworkSet, visit: str, records: Sequence[str]) -> None:
    """Show words again that a laptop without the right asked to be taken back. Raises Invalid for any others."""
    _check_is_here(network, visit)
    asked = {name for name, at in network.taken_back().get(visit, {}).items() if at == received_extracts.ASKED}
    for record in records:
        if record not in asked:
            raise Invalid(
                _("nobody asked for {record} of the visit {visit} to be withdrawn", record=record, visit=visit),
                do=_("see what is asked: national show"),
            )
    with network.transaction() as db:
        received_extracts.show_again(db, visit, records, state=received_extracts.ASKED)


def expect(network: NetworkSet, codes: Sequence[str]) -> None:
    """Keep which teams are to send an extract, by their codes; none where nobody is waited for.

    Raises Invalid for a code that is empty or too long.
    """
    wanted = sorted({code.strip() for code in codes if code.strip()})
    for code in wanted:
        if len(code) > LONGEST_CODE:
            raise Invalid(
                _("the code of a team has at most {n} characters", n=LONGEST_CODE), field="team",
                do=_("shorten {code}", code=f"{code[:20]!r}"),
            )  # fmt: skip
    network.set_local(EXPECTED, msgspec.json.encode(wanted).decode())


def expected(network: NetworkSet) -> list[str]:
    """The codes of the teams that are to send an extract, sorted."""
    return msgspec.json.decode(network.local(EXPECTED) or "[]", type=list[str])


def missing(network: NetworkSet, cycle: str) -> list[str]:
    """Of the teams that are expected, those of which nothing counts in a cycle."""
    there = {one.team for one in network.counted() if one.cycle == cycle}
    return [code for code in expected(network) if code not in there]


EXPECTED = "expected teams"
"""Under which name a set keeps them."""
LONGEST_CODE = 40


def _check_is_here(network: NetworkSet, visit: str) -> None:
    if not any(one.visit == visit for one in network.received()):
        raise Invalid(
            _("the set {name} holds nothing of the visit {visit}", name=network.name, visit=visit),
            do=_("see what it holds: national show"),
        )
