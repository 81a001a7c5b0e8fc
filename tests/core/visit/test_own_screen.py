"""What a laptop that stands apart shows of its own words, as a law over everything the lead may have said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.visit.entities import CERTIFY, FieldAddress
from reviewapp.visit.heads import heads
from reviewapp.visit.laptop_marks import Certificate, Marks, SetAside
from reviewapp.visit.own_screen import OwnScreen
from reviewapp.visit.standing import NEVER_APART, Said, Standings

CLAIMS = {"f": "L1", "a": "R2", "b": "R2", "c": "R3"}
RATING, AGREED, SHARED = ("rating", "47/R2", "value"), ("agreed", "47", "value"), ("passage", "summary", "text")
CONCERN, MARK = (NEVER_APART, "IC1/R2", "text"), (CERTIFY, "b", "value")
LAPTOPS = sorted(CLAIMS)


def _certificate(device: str, code: str, turn: int) -> Certificate:
    return Certificate(device, code, turn, by="key")


def _aside(device: str, from_: int | None, turn: int) -> SetAside:
    return SetAside(device, from_, turn, by="key")


CERTIFICATES = st.builds(_certificate, st.sampled_from(LAPTOPS), st.sampled_from(["R2", "R3", ""]), st.integers(1, 3))
ASIDES = st.builds(_aside, st.sampled_from(["a", "b", "c"]), st.sampled_from([1, 2, 4, None]), st.integers(1, 3))


@st.composite
def visits(draw: st.DrawFn) -> Marks:
    """What the lead said of the laptops; one of R2's may have been restored from the other."""
    certificates = (Certificate("f", "L1", 4, by="key"), *draw(st.lists(CERTIFICATES, max_size=3)))
    continues = draw(st.sampled_from([(), (("b", "a"),)]))
    asides = tuple(draw(st.lists(ASIDES, max_size=2)))
    return Marks(founder="f", lead="L1", authority="key", claims=CLAIMS, certificates=certificates, asides=asides,
                 continues=continues)  # fmt: skip


@st.composite
def fields(draw: st.DrawFn) -> tuple[FieldAddress, list[Said]]:
    """One field, and what the laptops said in it, each knowing of some of what there was."""
    address = draw(st.sampled_from([RATING, AGREED, SHARED, CONCERN, MARK]))
    made: list[Said] = []
    for number, device in enumerate(draw(st.lists(st.sampled_from(LAPTOPS), max_size=7))):
        known = draw(st.lists(st.sampled_from([one.id for one in made]), max_size=2, unique=True)) if made else []
        person = "R2" if draw(st.booleans()) else CLAIMS[device]
        made.append(Said(f"e{number}", device, person, 1 + number, tuple(known)))
    return address, made


@given(visits(), fields(), st.sampled_from(LAPTOPS))
def test_what_words_count_for_is_the_same_on_whoevers_screen(
    marks: Marks, field: tuple[FieldAddress, list[Said]], here: str
) -> None:
    elsewhere, own = Standings(marks), OwnScreen(marks, [here])
    address, said = field
    for device in LAPTOPS:
        assert own.of(device) == elsewhere.of(device)
        assert own.confirmations(device) == elsewhere.confirmations(device)
    for one in said:
        assert own.counts(address, one) == elsewhere.counts(address, one)
        assert own.has_lead(one) == elsewhere.has_lead(one)
        assert own.may_withdraw("R2", one) == elsewhere.may_withdraw("R2", one)
        assert all(own.withdraws_from(one, each) == elsewhere.withdraws_from(one, each) for each in LAPTOPS)


@given(visits(), fields(), st.sampled_from(LAPTOPS))
def test_own_words_stand_beside_what_others_say_and_in_nobodys_place(
    marks: Marks, field: tuple[FieldAddress, list[Said]], here: str
) -> None:
    elsewhere, own = Standings(marks), OwnScreen(marks, [here])
    address, said = field
    before, shown = heads(address, said, elsewhere), heads(address, said, own)
    by_id = {one.id: one for one in said}
    mine = {"a", here} if here == "b" and marks.continues else {here}
    assert {one for one in before.ids if by_id[one].device not in mine} <= set(shown.ids)
    for one in set(shown.ids) - set(before.ids):
        assert by_id[one].device in mine and own.only_here(address, by_id[one])
    assert shown.plain == before.plain, "and what of it counts for nothing is listed as ever"
    if all(own.of(one).apart_from is None for one in mine):
        assert shown == before


@given(visits(), fields(), st.sampled_from(LAPTOPS))
def test_the_last_that_a_laptop_said_is_on_its_own_screen(
    marks: Marks, field: tuple[FieldAddress, list[Said]], here: str
) -> None:
    address, said = field
    own = OwnScreen(marks, [here])
    mine = [one for one in said if one.device == here and (own.counts(address, one) or own.only_here(address, one))]
    if mine:
        later = [one for one in said if mine[-1].id in one.parents]
        assert mine[-1].id in heads(address, said, own).ids or later, "unless somebody wrote on from it"
