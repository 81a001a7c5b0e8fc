"""What the lead is asked about laptops: whose a new one is, and what becomes of what stands apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from reviewapp.base.i18n import _, plural
from reviewapp.visit.entities import ASIDE
from ui.pages.bring_together.join_summary import kinds_in_words
from ui.pages.shared.clock import clock
from ui.pages.shared.conflict_words import whose_in_words
from ui.pages.shared.laptop_words import LaptopNames, copy_in_words, standing_look
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.labels import TeamMember
    from reviewapp.workspace.laptops import ApartRecord, LaptopStanding
    from reviewapp.workspace.open_visit import OpenVisit

Answer = Literal["certify", "aside", "back", "away"]
MOST_NAMED = 8
"""So many records are named; of more their number is told."""
MOST_MOMENTS = 200
"""So many moments are offered from which on a laptop can be set aside, the newest."""
OFF = ("apart", "aside")
"""States of a laptop of which nothing counts, or nothing any more."""
PUT_AWAY = "apart_put_away:"
"""Prefix of the note on this laptop, completed by a device, of how many entries that stand apart were put away."""


@dataclass(frozen=True)
class LaptopQuestion:
    """One laptop that something is to be decided of. `does`: what each of the `answers` does.

    `records`: what it says that stands apart, in plain words.
    """

    row: StatusRow
    device: str
    code: str
    person: str
    words: str
    does: str = ""
    answers: tuple[Answer, ...] = ()
    records: str = ""
    away: bool = False
    moments: Callable[[], list[tuple[int, str]]] = field(default=list, compare=False)
    """The entries from which on it can be set aside, and how that is said; asked for when it is to be."""


def new_laptops(visit: OpenVisit, laptops: list[LaptopStanding]) -> list[LaptopQuestion]:
    """The laptops that nobody certified, for whoever can; none for anybody else."""
    if not visit.laptops.may_mark:
        return []
    named = LaptopNames(visit.state.people, laptops)
    copies = [
        _copy(one, named)
        for one in laptops
        if one.copied_from and one.state in ("lead", "certified") and not one.decided
    ]
    return copies + [
        LaptopQuestion(
            row=StatusRow(
                key=one.device,
                title=named.title(one.code, one.device),
                detail=_seen(one),
                pill=_("Not confirmed yet"),
                tone="warn",
                icon="clock",
                note=sentence(copy_in_words(one)) if one.copied_from else _restored(one, named),
            ),
            device=one.device,
            code=one.code,
            person=named.person(one.code),
            words=one.words,
            moments=partial(moments_of, visit, one.device),
            answers=("certify", "aside"),
        )
        for one in laptops
        if one.state == "uncertified" and one.device != visit.device
    ]


def _copy(one: LaptopStanding, named: LaptopNames) -> LaptopQuestion:
    """A branch of a laptop that was copied, of which the lead has not decided yet; it counts until then."""
    return LaptopQuestion(
        row=StatusRow(
            key=one.device,
            title=named.title(one.code, one.device),
            detail=sentence(copy_in_words(one)),
            pill=_("Copied"),
            tone="warn",
            icon="alert",
            note=_restored(one, named),
        ),
        device=one.device,
        code=one.code,
        person=named.person(one.code),
        words=one.words,
        does=_(
            "The folder of this laptop was copied, and more than one copy has recorded. All of them count, and "
            "where they changed the same field there are two versions. Ask {person} which copies are theirs. Confirm "
            "those and set the others aside. You can undo both.",
            person=named.person(one.code),
        ),
        answers=("certify", "aside"),
    )


def laptops_apart(visit: OpenVisit, laptops: list[LaptopStanding]) -> list[LaptopQuestion]:
    """The laptops of which something stands apart; `away` are those that were put away, until there is more of it."""
    records: dict[str, list[ApartRecord]] = defaultdict(list)
    for record in visit.laptops.apart():
        records[record.device].append(record)
    named = LaptopNames(visit.state.people, laptops)
    return [_apart(visit, one, found, named) for one in laptops if (found := records[one.device]) or one.state in OFF]


def put_away(visit: OpenVisit, device: str) -> None:
    """Leave what stands apart of a laptop off the list, until there is more of it. On this laptop only."""
    many = _number([one for one in visit.laptops.apart() if one.device == device])
    visit.here.set_local_note(PUT_AWAY + device, str(many))


def bring_back(visit: OpenVisit, device: str) -> None:
    """Put a laptop on the list again."""
    if visit.here.local_note(PUT_AWAY + device):
        visit.here.set_local_note(PUT_AWAY + device, "")


def moments_of(visit: OpenVisit, device: str) -> list[tuple[int, str]]:
    """From which of its entries on a laptop can be set aside, and how that is said: a minute each, the newest first."""
    said = visit.laptops.times_of(device)
    found = []
    for minute, entries in groupby(said, lambda one: clock(one[1])):
        first = next(entries)[0]
        many = plural("{n} entry", "{n} entries", sum(1 for number, _at in said if number >= first))
        found.append((first, _("From {minute} on ({many})", minute=minute, many=many)))
    return found[:0:-1][:MOST_MOMENTS]


def reason_of(visit: OpenVisit, device: str) -> str:
    """Why the lead set a laptop aside."""
    said = [item.value for item in visit.history(ASIDE, device) if item.counts and isinstance(item.value, dict)]
    return str(said[-1].get("reason", "")) if said else ""


def _put_away(visit: OpenVisit, device: str) -> int:
    return int(visit.here.local_note(PUT_AWAY + device) or 0)


def _number(records: list[ApartRecord]) -> int:
    return sum(one.entries for one in records)


def _apart(visit: OpenVisit, one: LaptopStanding, records: list[ApartRecord], named: LaptopNames) -> LaptopQuestion:
    own = one.device == visit.device
    pill, tone, icon = standing_look(one) if one.state in OFF else (_("Partly not counted"), "warn", "alert")
    answers, does = _decision(one, named)
    if not visit.laptops.may_mark or own:
        answers, does = (), _("Only the lead can decide this, on the laptop that leads the visit.")
    kinds = kinds_in_words(Counter(record.entity for record in {(r.entity, r.key): r for r in records}.values()))
    why = list(dict.fromkeys(sentence(text) for text in (one.why, *(record.why for record in records)) if text))
    reason = reason_of(visit, one.device) if one.state == "aside" else ""
    told = [*why, _("Reason: {reason}", reason=reason) if reason else ""]
    return LaptopQuestion(
        row=StatusRow(
            key=one.device,
            title=named.title(one.code, one.device) + (_(" (this laptop)") if own else ""),
            detail=". ".join(part.rstrip(".") for part in (*told, kinds or _("Nothing from it is here yet")) if part),
            pill=pill,
            tone=tone,
            icon=icon,
            note=_restored(one, named),
        ),
        device=one.device,
        code=one.code,
        person=named.person(one.code),
        words=one.words,
        moments=partial(moments_of, visit, one.device),
        does=does,
        answers=answers,
        records=_named(records, visit.state.people),
        away=one.state not in OFF and _number(records) <= _put_away(visit, one.device),
    )


def _decision(one: LaptopStanding, named: LaptopNames) -> tuple[tuple[Answer, ...], str]:
    if one.state == "aside":
        return ("back",), _(
            "Count it again reverses the decision: what it recorded counts as before. Until then it is kept but not "
            "counted."
        )
    if one.state == "apart":
        return ("certify", "aside"), _(
            "Ask {person} to read out the three check words on their screen. If they match these words, the laptop is "
            "theirs too: what it recorded counts, and where their laptops differ, they choose. If they do "
            "not match, set it aside: its work is kept but not counted. You can undo both.",
            person=named.person(one.code),
        )
    return ("away", "aside"), _(
        "If some of it is right, you can record it yourself, and then it counts. Hide removes it from this list "
        "until there is more of it. If you do not trust the laptop, set it aside: nothing from it then counts."
    )


def _named(records: list[ApartRecord], people: Mapping[str, TeamMember]) -> str:
    names = list(dict.fromkeys(sentence(whose_in_words(one.entity, one.key, people)) for one in records))
    if len(names) <= MOST_NAMED:
        return "\n".join(names)
    return "\n".join([*names[:MOST_NAMED], plural("and {n} more", "and {n} more", len(names) - MOST_NAMED)])


def _seen(one: LaptopStanding) -> str:
    entries = plural("{n} entry", "{n} entries", one.entries)
    return _("{entries}, first seen {when}", entries=entries, when=clock(one.first_seen)) if one.first_seen else entries


def _restored(one: LaptopStanding, named: LaptopNames) -> str:
    if not one.restored_from:
        return ""
    return _("Restored from a backup: it continues for {laptop}", laptop=named(one.code, one.restored_from))
