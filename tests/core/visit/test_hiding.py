"""What is hidden by requests to withdraw, on marks and entries alone: a plain model of the rule, and cases by name."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.visit import hiding
from reviewapp.visit.entities import RecordId
from reviewapp.visit.hiding import Request, ShownAgain
from reviewapp.visit.laptop_marks import Certificate, Marks, SetAside
from reviewapp.visit.standing import Said, Standings
from reviewapp.visit.state import PersonRecord

CLAIMS = {"f": "L1", "l": "L1", "a": "R2", "b": "R2", "c": "R3"}
"""Whose each laptop says it is: the lead's, one that only says so, two of R2 and one of R3."""
TALK, QUOTE = ("interview", "P1/R2"), ("quote", "Q1/R2")
COVERED = {TALK: frozenset({TALK, QUOTE}), QUOTE: frozenset({QUOTE})}


class World(NamedTuple):
    """What is said: certificates, from which entry on laptops are set aside, requests, answers and who wrote what."""

    certified: frozenset[str]
    aside: dict[str, int | None]
    own_line: bool
    requests: list[Request]
    shown: list[ShownAgain]
    written: dict[RecordId, list[str]]

    def standings(self) -> Standings:
        signed = [Certificate(one, CLAIMS[one], 1, by="key") for one in {"f", *self.certified}]
        return Standings(
            Marks(
                founder="f", lead="L1", authority="key", claims=CLAIMS, certificates=tuple(signed),
                asides=tuple(SetAside(one, from_, 1, by="key") for one, from_ in self.aside.items()),
            )
        )  # fmt: skip

    # The rule, in the plainest words -----------------------------------------------------------------------------

    def is_aside(self, one: Said) -> bool:
        from_ = self.aside.get(one.device)
        return from_ is not None and one.seq >= from_

    def is_lead(self, one: Said) -> bool:
        return one.device == "f" and not self.is_aside(one)

    def speaks_for_r2(self, one: Said) -> bool:
        if one.device not in ("a", "b") or self.is_aside(one):
            return False
        in_force = {device for device in self.certified if self.aside.get(device) != 1}
        return one.device in self.certified or not in_force & {"a", "b"}

    def decides(self, one: Said, device: str) -> bool:
        if self.is_lead(one):
            return True
        both = one.device in self.certified and device in self.certified and CLAIMS[device] == "R2"
        return self.speaks_for_r2(one) and (one.device == device or (both and not self.own_line))

    def answered(self, request: Request, device: str) -> bool:
        if self.is_lead(request.said) and not request.asks:
            return False
        return any(
            one.record == request.record
            and request.id in one.requests
            and (one.said.device == request.said.device or self.decides(one.said, device))
            for one in self.shown
        )

    def hidden(self) -> dict[RecordId, tuple[str, ...]]:
        found: dict[RecordId, tuple[str, ...]] = {}
        for record in (TALK, QUOTE):
            ids: set[str] = set()
            for device in self.written[record]:
                asked = [one for one in self.requests if record in one.covered and not self.answered(one, device)]
                if not any(not one.asks and self.decides(one.said, device) for one in asked):
                    ids |= {one.id for one in asked if not self.is_aside(one.said)}
            if ids:
                found[record] = tuple(sorted(ids))
        return found


_laptop = st.sampled_from(sorted(CLAIMS))
_record = st.sampled_from([TALK, QUOTE])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    own_line = draw(st.booleans())
    requests = []
    for number in range(draw(st.integers(1, 4))):
        device, record = draw(_laptop), draw(_record)
        one = Said(f"{number}", device, CLAIMS[device], draw(st.integers(1, 4)), ())
        asks = draw(st.booleans())
        requests.append(Request(one.id, record, one, asks, own_line, COVERED[record]))
    shown = []
    for number in range(draw(st.integers(0, 3))):
        device = draw(_laptop)
        one = Said(f"s{number}", device, CLAIMS[device], draw(st.integers(1, 4)), ())
        ids = frozenset(draw(st.sets(st.sampled_from([request.id for request in requests]))))
        shown.append(ShownAgain(draw(_record), ids, one))
    return World(
        frozenset(draw(st.sets(st.sampled_from("abc")))),
        draw(st.dictionaries(st.sampled_from("abcl"), st.sampled_from([None, 1, 3]))),
        own_line, requests, shown,
        {record: draw(st.lists(st.sampled_from("abf"), unique=True)) for record in (TALK, QUOTE)},
    )  # fmt: skip


@settings(max_examples=300)
@given(worlds(), st.integers(0, 999))
def test_what_is_hidden_is_what_the_model_says_whatever_the_order_and_how_often(world: World, seed: int) -> None:
    found = hiding.hidden(world.requests, world.shown, world.written, world.standings())
    assert found == world.hidden()
    random = Random(seed)
    requests, shown = world.requests * 2, world.shown * 2
    random.shuffle(requests)
    random.shuffle(shown)
    written = {record: random.sample(devices, len(devices)) for record, devices in world.written.items()}
    assert hiding.hidden(requests, shown, dict(reversed(written.items())), world.standings()) == found


@settings(max_examples=100)
@given(worlds())
def test_once_every_laptop_that_asked_is_set_aside_or_answered_by_the_lead_nothing_is_hidden(world: World) -> None:
    lead = Said("last", "f", "L1", 9, ())
    ids = frozenset(one.id for one in world.requests)
    shown = [*world.shown, *(ShownAgain(record, ids, lead) for record in (TALK, QUOTE))]
    assert not world._replace(aside={}, shown=shown).hidden()
    answered = hiding.hidden(world.requests, shown, world.written, world._replace(aside={}).standings())
    assert not answered
    aside: dict[str, int | None] = dict.fromkeys("abcl", 1)
    by_lead = [one for one in world.requests if one.said.device == "f" and one.asks]
    left = hiding.hidden(world.requests, [], world.written, world._replace(aside=aside).standings())
    assert set(left) <= {record for one in by_lead for record in one.covered}


def test_what_stands_in_the_place_of_the_words_says_who_asked_and_who_decides() -> None:
    people = {
        "R3": PersonRecord(key="R3", name="", role="clinician"),
        "R4": PersonRecord(key="R4", name="Asha", role="carer_rep"),
    }
    told = hiding.in_words("R4", "R3", people)
    assert told == "Hidden: the laptop of R4 (Asha) asked to withdraw this; R3 (clinician) or the lead decides."
