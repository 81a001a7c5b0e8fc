"""The law of who leads, on entries alone: laptops that take over, join and give way in any order come to the same."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.visit.heads import heads
from reviewapp.visit.laptop_marks import Certificate, Marks
from reviewapp.visit.leading import Deputy, Heard, TakeOver
from reviewapp.visit.standing import Said, Standings

CLAIMS = {"f": "L1", "a": "R2", "b": "R2", "c": "R3"}
AGREED = ("agreed", "47", "value")
FIRST, NEXT = "key of the first lead", "key of the deputy"


class Written(NamedTuple):
    """An entry: what it says of laptops or of the field, and whether its author held that it leads."""

    device: str
    seq: int
    mark: Any = None
    said: Said | None = None
    as_lead: bool = False


class Day:
    """Honest laptops, each with what it holds."""

    def __init__(self) -> None:
        self.held: dict[str, list[Written]] = {device: [] for device in CLAIMS}
        self._ids = 0
        deputy = Deputy("R2", NEXT, 1, 0, FIRST, "f", 2)
        self.write("f", Certificate("f", "L1", 1, 0, FIRST, "f", 1))
        self.write("f", deputy)
        for device in "abc":
            self.join(device, "f")

    def write(self, device: str, mark: Any = None, said: Said | None = None, *, as_lead: bool = False) -> None:
        seq = 1 + sum(one.device == device for one in self.held[device])
        self.held[device].append(Written(device, seq, mark, said, as_lead))

    def seq(self, device: str) -> int:
        return 1 + sum(one.device == device for one in self.held[device])

    def name(self) -> str:
        self._ids += 1
        return f"{(self._ids * 7919) % 1000:03}"

    def join(self, to: str, of: str) -> None:
        known = {(one.device, one.seq) for one in self.held[to]}
        self.held[to] += [one for one in self.held[of] if (one.device, one.seq) not in known]
        if self.standings(to).must_hear(to):
            self.write(to, Heard(to, self.seq(to), 1))

    def standings(self, device: str) -> Standings:
        return standings(self.held[device])

    def take_over(self, device: str) -> None:
        if device in "ab" and not self.standings(device).epoch:
            seen = {other: self.held_of(device, other) for other in CLAIMS}
            self.write(device, TakeOver(self.name(), device, self.seq(device), "R2", 1, NEXT, seen))
            self.write(device, Certificate(device, "R2", 2, 1, NEXT, device, self.seq(device)))

    def held_of(self, device: str, other: str) -> int:
        return max((one.seq for one in self.held[device] if one.device == other), default=0)

    def agree(self, device: str) -> None:
        """As the program has it: only on a laptop that leads, knowing of what stands there."""
        found = self.standings(device)
        if found.of(device).lead:
            field = [one.said for one in self.held[device] if one.said]
            parents = heads(AGREED, field, found).ids
            said = Said(self.name(), device, CLAIMS[device], self.seq(device), parents)
            self.write(device, said=said, as_lead=True)

    def give_way(self, device: str) -> None:
        found = self.standings(device)
        if found.epoch and found.epochs[1].rivals and device in "ab":
            self.write(device, ("gives way", device))
            if self.standings(device).must_hear(device):
                self.write(device, Heard(device, self.seq(device), 1))


def standings(entries: list[Written]) -> Standings:
    marks = [one.mark for one in entries]
    return Standings(
        Marks(
            founder="f", lead="L1", authority=FIRST, claims=CLAIMS,
            certificates=tuple(one for one in marks if isinstance(one, Certificate)),
            deputies=tuple(one for one in marks if isinstance(one, Deputy)),
            take_overs=tuple(one for one in marks if isinstance(one, TakeOver)),
            heard=tuple(one for one in marks if isinstance(one, Heard)),
            yielded=frozenset((one[1], 1) for one in marks if type(one) is tuple),
        )
    )  # fmt: skip


laptops = st.sampled_from(sorted(CLAIMS))
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("join"), laptops, laptops),
        st.tuples(st.just("join"), laptops, laptops),
        st.tuples(st.just("agree"), laptops),
        st.tuples(st.just("take_over"), st.sampled_from("ab")),
        st.tuples(st.just("give_way"), st.sampled_from("ab")),
    ),
    max_size=25,
)


@given(happenings, st.randoms(use_true_random=False))
def test_laptops_that_heard_everything_agree_who_leads_and_what_stands(happened: list[Any], random: Any) -> None:
    day = Day()
    for what, *details in happened:
        getattr(day, what)(*details)
    every = {(one.device, one.seq): one for held in day.held.values() for one in held}
    entries = list(every.values())
    field = [one.said for one in entries if one.said]
    found = standings(entries)
    once = {device: found.of(device) for device in CLAIMS}, heads(AGREED, field, found)
    random.shuffle(entries)
    random.shuffle(field)
    again = standings(entries)
    assert ({device: again.of(device) for device in CLAIMS}, heads(AGREED, field, again)) == once
    (lead,) = [device for device in CLAIMS if found.of(device).lead]
    begun = [one.mark for one in entries if isinstance(one.mark, TakeOver)]
    gave_way = {one.mark[1] for one in entries if type(one.mark) is tuple}
    if begun:
        staying = [one for one in begun if one.device not in gave_way] or begun
        assert lead == min(staying).device and found.lead_code == "R2"
    else:
        assert lead == "f" and found.lead_code == "L1"
    by_id = {one.said.id: one for one in entries if one.said}
    assert all(found.counts(AGREED, said) for said in field), "an honest laptop's word as the lead is never lost"
    for said in field:
        if said.id not in once[1].ids:  # then somebody wrote knowing of it, who had the right
            later = [other for other in field if said.id in known(by_id, other.id)]
            assert any(found.has_lead(other) or other.device == said.device for other in later)


def known(by_id: dict[str, Written], identity: str) -> set[str]:
    said = by_id[identity].said
    assert said is not None
    return set(said.parents).union(*(known(by_id, one) for one in said.parents))
