"""Who may speak: what each laptop's words count for, as a pure function of the entries that are held.

A laptop is a key, and one laptop after a restore is another key that the old one vouched for: together they are a
*line*. The lead's key certifies whose a laptop is. What a rule does not allow, and what comes from a laptop that stands
apart or is set aside, is kept and passed on like everything else and counts for nothing.

A laptop that was copied and went on twice is two from the first entry that differs on (`forks`): each branch is of a
line of its own, to which what was written before belongs too, and stands as that did until the lead says otherwise of
it. Of the branches of a laptop of the lead's one leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from reviewapp.base.i18n import _
from reviewapp.visit import leading
from reviewapp.visit.copies import Copies, lines, lines_behind
from reviewapp.visit.entities import (
    CONFIRMS,
    CONTINUES,
    HEADER,
    HEARD,
    LEADS_ON,
    MARKS,
    TAKE_OVER,
    YIELDS,
    FieldAddress,
)
from reviewapp.visit.forks import laptop_of, path
from reviewapp.visit.laptop_marks import Certificate, Confirmed, Marks, SetAside, newest
from reviewapp.visit.leading import Deputy, Epoch, Span, within
from reviewapp.visit.rights import PERSONAL, is_allowed, needs_lead, refusal_in_words, typed_for
from reviewapp.visit.validators import COMMITTEE, HOST

State = Literal["lead", "certified", "uncertified", "apart", "aside"]
Why = Literal["", "another is certified", "certified as another", "set aside", "goes on for one set aside"]

NEVER_APART = "concern"
"""An immediate concern is shown at once, whoever's laptop it comes from."""
_ABOUT_LAPTOPS = frozenset({HEADER, *MARKS})
_OF_ITSELF = frozenset({CONTINUES, TAKE_OVER, HEARD, YIELDS, LEADS_ON})
"""Marks that a laptop writes of itself; whether they hold is in what they prove."""


class Standing(msgspec.Struct, frozen=True):
    """What one laptop's words count for; from entry `apart_from` on they count for nothing.

    `lead`: it speaks with the lead's authority. `certified`: the code that the lead says it is of, else empty.
    `led`: which of its entries were said with that authority. `unaware`: those of a laptop that no longer led and did
    not know it: they stay, and take nobody's place.
    """

    device: str
    code: str
    state: State
    line: str
    apart_from: int | None = None
    lead: bool = False
    certified: str = ""
    why: Why = ""
    led: tuple[Span, ...] = ()
    unaware: tuple[Span, ...] = ()

    def counts_at(self, seq: int) -> bool:
        """Whether the laptop's entry with this number may count, as far as the laptop goes."""
        return self.apart_from is None or seq < self.apart_from

    def in_words(self, code: str) -> str:
        """Why something of this laptop, which says it is this person's, counts for nothing."""
        if self.why == "another is certified":
            return _("another laptop is confirmed as {code}'s, and this one is not", code=code)
        if self.why == "certified as another":
            return _("the lead says that this laptop is not {code}'s", code=code)
        if self.why == "goes on for one set aside":
            return _("it continues for a laptop that the lead set aside")
        return _("the lead set this laptop aside")


class Said(NamedTuple):
    """An entry without what it says: of one field, by whom, and knowing of which others of the field."""

    id: str
    device: str
    person: str
    seq: int
    parents: tuple[str, ...]


class Standings:
    """The standing of every laptop, worked out once from the marks."""

    def __init__(self, marks: Marks) -> None:
        """Nothing depends on the order in which the marks came."""
        self.marks = marks
        self.is_visit = bool(marks.founder)
        self._goes_on_for: dict[str, set[str]] = {}
        for new, old in marks.continues:
            self._goes_on_for.setdefault(new, set()).add(old)
        self._lines = lines(marks.continues)
        self._behind = lines_behind(marks.forks, self.line)
        self._claims = {device: self._first_claim(device) for device in {*marks.claims, *marks.forks}}
        self._copies = Copies(marks.forks, marks.leads_on, self._chain)
        deputies = [one for one in marks.deputies if not self._copies.is_second(one.writer)]
        self.epochs = leading.epochs(
            Epoch(marks.lead, marks.authority), deputies, marks.take_overs, marks.yielded, self._claims,
            self._made_visit, self._seen,
        )  # fmt: skip
        self.epoch = len(self.epochs) - 1
        self.lead_code = self.epochs[-1].code
        self.authority = self.epochs[-1].authority
        spoken = [one for one in marks.certificates if self._is_spoken(one)]
        self._codes = {device: {one.code for one in newest} for device, newest in newest(spoken).items()}
        if self.is_visit and not marks.authority:
            self._codes.setdefault(marks.founder, {marks.lead})
        self._certified_in = [self._certificates_of(spoken, number) for number in range(len(self.epochs))]
        self._asides = {
            device: min((one.from_ for one in newest if one.from_ is not None), default=None)
            for device, newest in newest(one for one in marks.asides if self._is_spoken(one)).items()
        }
        self._found: dict[str, Standing] = {}
        self._certified = {code for device in self.devices() for code in self._certified_as(device)}

    def _made_visit(self, device: str) -> bool:
        return self.is_same_line(device, self.marks.founder)

    def _first_claim(self, device: str) -> str:
        """Whose a laptop says it is by its first entry, which is in the trunk where it forked later."""
        said = [self.marks.claims[one] for one in path(device, self.marks.forks) if one in self.marks.claims]
        return said[-1] if said else ""

    def _seen(self, seen: Mapping[str, int], device: str) -> int:
        """How many entries of a laptop are among those that were held so many of each.

        Who did not know of a branch has numbered by the trunk.
        """
        return max((seen.get(one, 0) for one in path(device, self.marks.forks)), default=0)

    def _is_spoken(self, one: Certificate | SetAside) -> bool:
        """Whether a mark was made with the right of its epoch, and known to whoever took over from that one."""
        if one.epoch > self.epoch or self._copies.is_second(one.writer):
            return False
        if not self.epochs[one.epoch].may_mark(one.by, one.writer, self._made_visit):
            return False
        return one.epoch == self.epoch or one.seq <= self._seen_at_end(one.epoch, one.writer)

    def _seen_at_end(self, epoch: int, device: str) -> int:
        """How many entries of a laptop were known to the one that took over from an epoch."""
        after = self.epochs[epoch + 1].take_over
        return self._seen(after.seen, device) if after else 0

    def _certificates_of(self, spoken: Iterable[Certificate], epoch: int) -> dict[str, set[str]]:
        """Whose each laptop was in an epoch, by the certificates of this one only."""
        ours = newest(one for one in spoken if one.epoch == epoch)
        found = {device: {one.code for one in newest} for device, newest in ours.items()}
        if epoch == 0 and self.is_visit and not self.marks.authority:
            found.setdefault(self.marks.founder, {self.marks.lead})
        return found

    def devices(self) -> set[str]:
        """Every laptop that is spoken of."""
        took_over = {one.device for one in self.marks.take_overs}
        return {*self.marks.claims, *self._codes, *self._asides, *self._goes_on_for, *took_over}

    def deputies(self) -> list[Deputy]:
        """Whom the present lead named to take over; nearly always one, or none."""
        named = [
            one
            for one in self.marks.deputies
            if one.epoch == self.epoch
            and not self._copies.is_second(one.writer)
            and self.epochs[-1].may_mark(one.by, one.writer, self._made_visit)
        ]
        return leading.newest_deputies(named)

    def lead_codes(self) -> frozenset[str]:
        """The codes of all who lead or led."""
        every = [one for epoch in self.epochs for one in epoch.rivals]
        return frozenset({*(epoch.code for epoch in self.epochs), *(one.code for one in every)} - {""})

    def epoch_of(self, authority: str) -> int:
        """The newest epoch of a key of authority; the first for one that is none."""
        return max((number for number, one in enumerate(self.epochs) if one.authority == authority), default=0)

    def next_turn(self, device: str) -> int:
        """The turn of a new mark about a laptop, which holds in the place of every earlier one."""
        turns = [one.turn for one in self.marks.certificates if one.device == device]
        turns += [one.turn for one in self.marks.asides if one.device == device]
        return 1 + max(turns, default=0)

    def aside_from(self, device: str) -> int | None:
        """From which of its entries on a laptop is set aside; None: it is not."""
        return self._aside_from(device)[0]

    def line(self, device: str) -> str:
        """The name of the line of a laptop: the same for all laptops of the line."""
        return self._lines.get(device, device)

    def behind(self, device: str) -> frozenset[str]:
        """The line of a laptop, and those that its branch grew from."""
        line = self.line(device)
        return self._behind.get(line, frozenset({line}))

    def is_same_line(self, one: str, other: str) -> bool:
        """Whether two are one laptop: of one line, or a branch and what was written before the laptop forked."""
        if one == other:
            return True
        line, another = self.line(one), self.line(other)
        return line == another or another in self.behind(one) or line in self.behind(other)

    def is_second_copy(self, device: str) -> bool:
        """Whether it is a branch of a laptop that was copied, of which another one leads if that was the lead's."""
        return self._copies.is_second(device)

    def is_decided(self, device: str) -> bool:
        """Whether the lead said anything of this very laptop or branch, not only of what it goes on for."""
        return device in self._codes or device in self._asides

    def copies_turn(self) -> int:
        """The turn with which a copy of the lead's laptop says that it leads, in the place of every earlier one."""
        return 1 + max((turn for _, turn in self.marks.leads_on), default=0)

    def goes_on_for(self, device: str) -> set[str]:
        """The laptops that a restored one goes on for."""
        return self._goes_on_for.get(device, set())

    def claim(self, device: str) -> str:
        """Whose a laptop says it is; only the lead's begin by writing for the host."""
        code = self._claims.get(device, "")
        if code not in (HOST, COMMITTEE):
            return code
        known = {code for found in self._certified_in for code in found.get(device, ())} & self.lead_codes()
        return min(known, default=self.marks.lead)

    def of(self, device: str) -> Standing:
        """The standing of a laptop, also of one that was never seen."""
        found = self._found.get(device)
        if found is None:
            found = self._found[device] = self._work_out(device)
        return found

    def counts(self, address: FieldAddress, one: Said) -> bool:
        """Whether an entry counts: its laptop does, and a rule allows it to say this."""
        entity, key = address[:2]
        if entity == NEVER_APART or not self.is_visit:
            return True
        if entity in _ABOUT_LAPTOPS:
            return self._counts_about_laptops(entity, key, one)
        standing = self.of(one.device)
        if not standing.counts_at(one.seq):
            return False
        if is_allowed(entity, key, one.person, lead=within((*standing.led, *standing.unaware), one.seq)):
            return True
        return bool(code := typed_for(entity, key, one.person)) and one.seq <= self.confirmed(one.device, code)

    def only_here(self, address: FieldAddress, one: Said) -> bool:
        """Whether an entry that does not count stands on the screen of this laptop all the same (`own_screen`)."""
        return False

    def shows(self, device: str) -> bool:
        """Whether something of a laptop stands on the screen of this one only (`own_screen`)."""
        return False

    def confirmed(self, device: str, code: str) -> int:
        """Up to which of a laptop's entries what it typed for this person is theirs; 0: nothing is."""
        ours = [one for one in self.marks.confirmed if one.code == code and self._is_up_to(one.device, device)]
        return max((one.to for one in ours if self._may_confirm(one)), default=0)

    def _is_up_to(self, named: str, device: str) -> bool:
        """Whether what was said of a laptop up to one of its entries was said of this one: it, or what grew from it."""
        return device in path(named, self.marks.forks)

    def confirmations(self, device: str) -> dict[str, int]:
        """For whom a laptop typed what was confirmed, and up to which of its entries."""
        codes = sorted({one.code for one in self.marks.confirmed if self._is_up_to(one.device, device)})
        return {code: to for code in codes if (to := self.confirmed(device, code))}

    def _may_confirm(self, one: Confirmed) -> bool:
        """Whether the laptop that confirms is the person's own or the lead's, and not the one that typed."""
        said = Said("", one.writer, one.code, one.seq, ())
        if self.has_lead(said):
            return True
        standing = self.of(one.writer)
        own = standing.code == one.code and standing.counts_at(one.seq)
        return own and not self.is_same_line(one.writer, one.device)

    def why_apart(self, address: FieldAddress, one: Said) -> str:
        """Why an entry that does not count stands apart, in plain words."""
        standing = self.of(one.device)
        if standing.counts_at(one.seq):
            if standing.led and not standing.lead and needs_lead(address[0], one.person):
                return _("{code} leads the visit since then, and this laptop knew it", code=self.lead_code)
            return refusal_in_words(address, one.person)
        return standing.in_words(one.person)

    def has_lead(self, one: Said) -> bool:
        """Whether an entry was written with the lead's authority."""
        standing = self.of(one.device)
        return standing.counts_at(one.seq) and within(standing.led, one.seq)

    def always_leads(self, device: str) -> bool:
        """Whether all that a laptop says is said with the lead's authority."""
        standing = self.of(device)
        return standing.apart_from is None and standing.led == ((1, None),)

    def may_replace(self, address: FieldAddress, later: Said, earlier: Said) -> bool:
        """Whether a later entry stands in the place of an earlier one that its author knew; else it stands beside."""
        if not self.is_visit or self.is_same_line(later.device, earlier.device) or self.has_lead(later):
            return True
        if address[0] not in PERSONAL:
            return False
        if later.person != earlier.person:  # one's own words stand above what was typed for one
            return typed_for(*address[:2], earlier.person) == later.person == self.of(later.device).code
        code = self.of(later.device).certified
        return bool(code) and code == later.person and self.of(earlier.device).certified == code

    def may_withdraw(self, author: str, one: Said) -> bool:
        """Whether a notice blanks what this author recorded: by the lead, or by a laptop that counts as theirs."""
        if not self.is_visit or self.has_lead(one):
            return True
        standing = self.of(one.device)
        return one.person == author == standing.code and standing.counts_at(one.seq)

    def withdraws_from(self, one: Said, device: str, *, own_line: bool = False) -> bool:
        """Whether a notice reaches what this laptop recorded: another one of the same code is not known to be theirs.

        Two laptops may each have begun a P1, and one person's withdrawal takes nothing of the other: `own_line`.
        """
        if not self.is_visit or self.has_lead(one) or self.is_same_line(one.device, device):
            return True
        certified = self.of(one.device).certified
        own = bool(certified) and certified == self.of(device).certified
        return not own_line and (own or bool(self.confirmed(device, one.person)))

    def _counts_about_laptops(self, entity: str, key: str, one: Said) -> bool:
        if entity == HEADER:
            return one.device == self.marks.founder
        if entity == CONFIRMS:
            return self._may_confirm(Confirmed(*key.partition("/")[::2], 0, one.device, one.seq))
        return laptop_of(one.device) == laptop_of(key) if entity in _OF_ITSELF else self.has_lead(one)

    def _certified_as(self, device: str) -> set[str]:
        """The codes for which a laptop is certified, of which it says one, unless all of it is set aside."""
        if self._aside_from(device)[0] in (0, 1):
            return set()
        codes = self._codes_of(device)
        return codes & {self.claim(device)} if self._claims.get(device) else codes

    def _codes_of(self, device: str) -> set[str]:
        """What the newest certificates of a laptop say; without any, those of the laptops it goes on for.

        What was written before a laptop forked is of whom a branch is certified for, too.
        """
        return self._said_of(device, self._codes) - {""}

    def _said_of(self, device: str, certified: Mapping[str, set[str]]) -> set[str]:
        said = [one for one in self._chain(device, stop=certified) if one in certified]
        if not said:
            said = [one for one in certified if device in path(one, self.marks.forks)]
        return {code for one in said for code in certified[one]}

    def _aside_from(self, device: str) -> tuple[int | None, Why]:
        """From which entry on a laptop is set aside, and why; one that goes on for one set aside is so from the first.

        A branch is so from the entry that was named of the trunk, as its entries are numbered on. Unless the lead said
        otherwise of it.
        """
        if device in self._asides:
            return self._asides[device], "set aside"
        said = {*self._asides, *self._codes}
        for one in self._chain(device, stop=said):
            from_ = self._asides.get(one)
            if one != device and from_ is not None:
                if laptop_of(one) == laptop_of(device):
                    return from_, "set aside"
                return 1, "goes on for one set aside"
        return None, ""

    def _chain(self, device: str, stop: Iterable[str]) -> list[str]:
        """A laptop, those it goes on for and what it grew from, directly or not; nothing from behind one in `stop`."""
        known, todo, found = set(stop), [device], []
        while todo:
            one = todo.pop()
            if one not in found:
                found.append(one)
                before = {*self._goes_on_for.get(one, ()), *path(one, self.marks.forks)[1:2]}
                todo += sorted(before) if one not in known else []
        return found

    def _work_out(self, device: str) -> Standing:
        line, claim = self.line(device), self.claim(device)
        if not self.is_visit:
            return Standing(device, claim, "uncertified", line)
        codes = self._codes_of(device)
        from_, why = self._aside_from(device)
        certified = claim if claim in codes else ""
        apart: Why = ""
        if codes and not certified:
            apart = "certified as another"
        elif not certified and claim in self._certified:
            apart = "another is certified"
        led, unaware = self._led(device), self._unaware(device)
        lead = bool(certified) and any(to is None for _from, to in led)
        if from_ is not None:
            since = 1 if apart else from_
            return Standing(device, claim, "aside", line, since, lead, certified, why, led, unaware)
        if apart:
            return Standing(device, claim, "apart", line, 1, why=apart, led=led, unaware=unaware)
        state: State = "lead" if lead else "certified" if certified else "uncertified"
        return Standing(device, claim, state, line, None, lead, certified, led=led, unaware=unaware)

    def _leads_in(self, device: str, number: int) -> bool:
        """Whether a laptop leads in an epoch: it is certified in it as the lead's, and no rival's or second copy."""
        return not self._copies.is_second(device) and self._would_lead(device, number)

    def _would_lead(self, device: str, number: int) -> bool:
        epoch = self.epochs[number]
        rival = any(self.is_same_line(device, one.device) for one in epoch.rivals)
        if self.claim(device) != epoch.code or (rival and not self._took_over(device, epoch)):
            return False
        return epoch.code in self._said_of(device, self._certified_in[number])

    def _took_over(self, device: str, epoch: Epoch) -> bool:
        """Whether it is of the line that leads an epoch since a take-over: a rival may be another branch of it."""
        return epoch.take_over is not None and self.line(device) == self.line(epoch.take_over.device)

    def _led(self, device: str) -> tuple[Span, ...]:
        found: list[Span] = []
        for number, epoch in enumerate(self.epochs):
            if self._leads_in(device, number):
                begun = epoch.take_over
                from_ = begun.seq if begun and begun.device == device else 1
                to = None if number == self.epoch else self._seen_at_end(number, device)
                found += [(from_, to)] if to is None or to >= from_ else []
        return tuple(found)

    def _unaware(self, device: str) -> tuple[Span, ...]:
        """The entries that a laptop wrote as the lead's without knowing that another one led.

        All that a second copy wrote, as it has the key all the same: it stays, and takes nobody's place.
        """
        found = self._unaware_of_take_over(device)
        if self._copies.is_second(device):
            epochs = [number for number in range(len(self.epochs)) if self._would_lead(device, number)]
            found += [(1, self._heard_of(device, number + 1) if number < self.epoch else None) for number in epochs]
        return tuple(found)

    def _unaware_of_take_over(self, device: str) -> list[Span]:
        found: list[Span] = []
        for number, epoch in enumerate(self.epochs):
            if number < self.epoch and self._leads_in(device, number):
                found.append((self._seen_at_end(number, device) + 1, self._heard_of(device, number + 1)))
            mine = [one.seq for one in epoch.rivals if one.device == device]
            if mine:
                found.append((min(mine), self._heard_of(device, number)))
        return found

    def _heard_of(self, device: str, epoch: int) -> int | None:
        """The entry with which a laptop says that it knows of who leads in this epoch or a later one; None: not yet."""
        ours = path(device, self.marks.forks)
        known = [one.seq for one in self.marks.heard if one.device in ours and epoch <= one.epoch <= self.epoch]
        return min(known, default=None)

    def must_hear(self, device: str) -> bool:
        """Whether a laptop led, no longer does, and has not said that it knows."""
        return any(to is None for _from, to in self._unaware_of_take_over(device))
