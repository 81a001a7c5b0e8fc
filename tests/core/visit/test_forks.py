"""What the branches of a laptop that forked count for: as what they grew from, until the lead says otherwise."""

from __future__ import annotations

from reviewapp.visit.forks import Branch, branch_name, laptop_of, path
from reviewapp.visit.laptop_marks import Certificate, Confirmed, Marks, SetAside
from reviewapp.visit.leading import Deputy, TakeOver
from reviewapp.visit.standing import Said, Standings

ONE, TWO, TWO_TWO, TWO_THREE = "1~a", "2~a", "22~a", "23~a"
FORKS = {ONE: Branch("a", 5), TWO: Branch("a", 5), TWO_TWO: Branch(TWO, 8), TWO_THREE: Branch(TWO, 8)}
LEAD = {"1~f": Branch("f", 5), "2~f": Branch("f", 5)}
CLAIMS = {"f": "L1", "a": "R2", "b": "R2", "c": "R3", **dict.fromkeys(FORKS, "R2"), **dict.fromkeys(LEAD, "L1")}
RATING, AGREED, SHARED = ("rating", "47/R2", "value"), ("agreed", "47", "value"), ("passage", "summary", "text")


def team(*marks: Certificate | SetAside | Confirmed, forks: dict[str, Branch] = FORKS, **more: object) -> Standings:
    signed = [one._replace(by="key") if not isinstance(one, Confirmed) else one for one in marks]
    given: dict[str, object] = {
        "certificates": (Certificate("f", "L1", 1, by="key"), *(o for o in signed if isinstance(o, Certificate))),
        "asides": tuple(one for one in signed if isinstance(one, SetAside)),
        "confirmed": tuple(one for one in signed if isinstance(one, Confirmed)),
        "claims": {name: code for name, code in CLAIMS.items() if "~" not in name or name in forks},
    }
    return Standings(
        Marks(founder="f", lead="L1", authority="key", forks=forks, **(given | more))  # type: ignore[arg-type]
    )


def said(device: str, seq: int = 9, person: str = "") -> Said:
    return Said(f"{device}/{seq}", device, person or CLAIMS.get(device, ""), seq, ())


def test_a_branch_is_named_by_its_chain_and_shows_whose_it_is() -> None:
    name = branch_name("ab" * 16, "cd" * 32)
    assert laptop_of(name) == "ab" * 16 and name.startswith("cd" * 4) and laptop_of("ab" * 16) == "ab" * 16
    assert path(TWO_TWO, FORKS) == [TWO_TWO, TWO, "a"] and path("c", FORKS) == ["c"]


def test_branches_stand_as_what_they_grew_from() -> None:
    found = team(Certificate("a", "R2", 2))
    assert {found.of(one).state for one in ("a", *FORKS)} == {"certified"} and found.of("b").state == "apart"


def test_a_certificate_of_one_branch_leaves_the_others_apart_and_is_of_the_trunk_too() -> None:
    found = team(Certificate(TWO, "R2", 2))
    assert {one: found.of(one).state for one in ("a", *FORKS)} == {
        "a": "certified", ONE: "apart", TWO: "certified", TWO_TWO: "certified", TWO_THREE: "certified"
    }  # fmt: skip
    assert team(Certificate(TWO, "R2", 2), Certificate(ONE, "R2", 3)).of(ONE).state == "certified"


def test_a_trunk_is_set_aside_with_all_branches_from_the_same_number_on() -> None:
    found = team(SetAside("a", 7, 2))
    assert [found.of(one).apart_from for one in ("a", *FORKS)] == [7] * 5
    assert found.counts(RATING, said(ONE, 6)) and not found.counts(RATING, said(ONE, 7))
    one_back = team(SetAside("a", 7, 2), SetAside(ONE, None, 3))
    assert one_back.of(ONE).apart_from is None and one_back.of(TWO).apart_from == 7


def test_a_branch_is_set_aside_alone() -> None:
    found = team(SetAside(TWO, 1, 2))
    assert [one for one in ("a", *FORKS) if found.of(one).state == "aside"] == [TWO, TWO_TWO, TWO_THREE]


def test_a_branch_takes_the_place_of_what_it_grew_from_and_not_of_another_branch() -> None:
    found = team(continues=(("x", ONE), ("y", "a")))
    for later, earlier in ((ONE, "a"), (TWO_TWO, "a"), (TWO_TWO, TWO), ("x", ONE), ("x", "a"), (ONE, "y")):
        assert found.may_replace(SHARED, said(later), said(earlier, 1)), (later, earlier)
    for later, earlier in ((ONE, TWO), (TWO_TWO, ONE), (TWO_TWO, TWO_THREE), ("x", TWO), ("b", "a")):
        assert not found.may_replace(SHARED, said(later), said(earlier, 1)), (later, earlier)


def test_what_was_confirmed_is_of_the_branch_that_was_named_and_of_what_it_grew_from() -> None:
    typed = ("rating", "47/R3", "value")
    for named, counts in (("a", {"a"}), (TWO, {"a", TWO}), (TWO_TWO, {"a", TWO, TWO_TWO})):
        found = team(Confirmed(named, "R3", 9, "c", 1))
        assert {one for one in ("a", *FORKS) if found.counts(typed, said(one, 4, "R2"))} == counts, named
    by_a_branch = team(Confirmed("a", "R2", 9, ONE, 1))
    assert not by_a_branch.confirmed("a", "R2"), "who typed it does not confirm it, from a copy neither"


def test_of_the_leads_branches_the_lowest_leads_until_one_says_that_it_does() -> None:
    found = team(forks=LEAD)
    assert [found.of(one).lead for one in ("f", "1~f", "2~f")] == [True, True, False]
    assert not found.has_lead(said("2~f")) and found.counts(AGREED, said("2~f"))
    assert not found.may_replace(AGREED, said("2~f"), said("1~f"))
    assert found.may_replace(AGREED, said("1~f"), said("2~f"))
    later = team(forks=LEAD, leads_on=(("2~f", 1),))
    assert [later.of(one).lead for one in ("f", "1~f", "2~f")] == [True, False, True]
    again = team(forks=LEAD, leads_on=(("2~f", 1), ("1~f", 2)))
    assert again.of("1~f").lead and not again.of("2~f").lead and again.copies_turn() == 3


def test_who_goes_on_for_a_branch_speaks_for_it_where_it_says_that_it_leads() -> None:
    more = {"continues": (("x", "2~f"),), "claims": CLAIMS | {"x": "L1"}}
    assert not team(forks=LEAD, **more).of("x").lead
    found = team(forks=LEAD, leads_on=(("x", 1),), **more)
    assert found.of("x").lead and found.of("2~f").lead and not found.of("1~f").lead


def test_what_a_second_copy_of_the_leads_says_of_laptops_counts_for_nothing() -> None:
    second, first = (Certificate("b", "R2", 2, by="key", writer=one) for one in ("2~f", "1~f"))
    assert team(second, forks=LEAD).of("b").state == "uncertified"
    assert team(first, forks=LEAD).of("b").state == "certified"


def test_a_take_over_stays_when_the_lost_leads_laptop_turns_out_to_have_been_copied() -> None:
    deputy = Deputy("R3", "key 2", 1, 0, "key", "1~f", 7)
    begun = TakeOver("e", "c", 3, "R3", 1, "key 2", {"f": 8})
    found = team(forks=LEAD, deputies=(deputy,), take_overs=(begun,))
    assert found.epoch == 1 and found.lead_code == "R3"


def test_a_visit_from_before_is_led_by_one_branch_of_the_laptop_that_made_it() -> None:
    marks = Marks(founder="f", lead="L1", claims={"f": "L1", "1~f": "L1", "2~f": "L1"}, forks=LEAD)
    found = Standings(marks)
    assert [found.of(one).lead for one in ("f", "1~f", "2~f")] == [True, True, False]
