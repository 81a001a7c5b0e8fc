"""Who may speak: what each laptop's words count for, by its key, whatever came first and whoever says what it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.visit.entities import ASIDE, CERTIFY, CONTINUES, ENTITIES, HEADER
from reviewapp.visit.heads import FieldHeads, heads, unaware
from reviewapp.visit.laptop_marks import Certificate, Marks, SetAside
from reviewapp.visit.rights import is_allowed, needs_lead
from reviewapp.visit.standing import Said, Standing, Standings
from reviewapp.visit.validators import COMMITTEE, HOST

FOUNDER = "f"
CLAIMS = {FOUNDER: "L1", "a": "R2", "b": "R2", "c": "R3"}
RATING = ("rating", "47/R2", "value")
AGREED = ("agreed", "47", "value")
SHARED = ("passage", "summary", "text")


def team(
    *certificates: tuple[str, str] | Certificate,
    asides: Sequence[SetAside] = (),
    continues: Sequence[tuple[str, str]] = (),
    claims: dict[str, str] | None = None,
    authority: str = "key",
) -> Standings:
    """The laptops of a visit: the lead's that founded it, two of R2 and one of R3, and of which the lead says more."""
    given_ = [one if isinstance(one, Certificate) else Certificate(*one, 1) for one in certificates]
    signed = [one._replace(by=authority) for one in (Certificate(FOUNDER, "L1", 1), *given_)]
    return Standings(
        Marks(
            founder=FOUNDER, lead="L1", authority=authority, claims=CLAIMS | (claims or {}),
            certificates=tuple(signed), asides=tuple(one._replace(by=authority) for one in asides),
            continues=tuple(continues),
        )
    )  # fmt: skip


def said(name: str, device: str, *parents: str, person: str = "", seq: int = 5) -> Said:
    return Said(name, device, person or CLAIMS.get(device, ""), seq, parents)


def states(found: Standings) -> dict[str, str]:
    return {device: found.of(device).state for device in sorted(CLAIMS)}


# Whose a laptop is -------------------------------------------------------------------------------------------


def test_until_the_lead_says_whose_they_are_all_laptops_count_and_none_is_certified() -> None:
    found = team()
    assert states(found) == {"a": "uncertified", "b": "uncertified", "c": "uncertified", FOUNDER: "lead"}
    assert found.of("a") == Standing("a", "R2", "uncertified", "a")
    assert found.of(FOUNDER) == Standing(
        FOUNDER, "L1", "lead", FOUNDER, None, lead=True, certified="L1", led=((1, None),)
    )
    assert found.devices() == set(CLAIMS)
    assert found.of("unseen") == Standing("unseen", "", "uncertified", "unseen")
    assert found.is_visit and found.lead_code == "L1"


def test_where_one_laptop_of_a_person_is_certified_every_other_that_says_so_stands_apart() -> None:
    found = team(("a", "R2"))
    assert states(found) == {"a": "certified", "b": "apart", "c": "uncertified", FOUNDER: "lead"}
    assert found.of("a").certified == "R2" and not found.of("a").lead and found.of("a").apart_from is None
    apart = found.of("b")
    assert (apart.apart_from, apart.why, apart.certified, apart.lead) == (1, "another is certified", "", False)
    assert states(team(("a", "R2"), ("b", "R2"))) == {
        "a": "certified",
        "b": "certified",
        "c": "uncertified",
        "f": "lead",
    }


def test_a_laptop_that_is_certified_as_somebody_else_stands_apart_and_certifies_nobody() -> None:
    found = team(("a", "R3"))
    assert states(found) == {"a": "apart", "b": "uncertified", "c": "uncertified", FOUNDER: "lead"}
    assert found.of("a").why == "certified as another" and found.of("a").apart_from == 1


def test_a_laptop_that_has_said_nothing_yet_is_whose_the_lead_says_it_is() -> None:
    found = team(("new", "R2"))
    assert "new" in found.devices() and found.of("a").state == "apart"
    assert found.of("new").state == "apart" and found.of("new").code == ""


def test_of_several_certificates_the_one_with_the_highest_turn_holds() -> None:
    certificates = [Certificate("a", "R2", 1), Certificate("a", "R3", 2), Certificate("a", "", 3)]
    for order in itertools.permutations(certificates):
        assert states(team(*order))["a"] == "uncertified", "it is nobody's any more"
        assert states(team(*(one for one in order if one.turn < 3)))["a"] == "apart"
    both = team(Certificate("a", "R2", 2), Certificate("a", "R3", 2))
    assert both.of("a").certified == "R2", "the lead's two laptops said both at once"
    assert both.next_turn("a") == 3 and both.next_turn("c") == 1 and both.next_turn(FOUNDER) == 2


def test_a_mark_about_a_laptop_has_the_next_turn_whatever_it_says() -> None:
    found = team(Certificate("a", "R2", 4), asides=[SetAside("a", 3, 7), SetAside("b", 3, 2)])
    assert (found.next_turn("a"), found.next_turn("b"), found.next_turn("c")) == (8, 3, 1)


# The lead ----------------------------------------------------------------------------------------------------


def test_a_second_laptop_of_the_lead_leads_once_it_is_certified() -> None:
    found = team(("second", "L1"), claims={"second": "L1"})
    assert found.of("second").state == "lead" and found.of("second").lead and found.of(FOUNDER).lead
    liar = team(claims={"liar": "L1"})
    assert liar.of("liar").state == "apart" and not liar.of("liar").lead


@pytest.mark.parametrize("code", [HOST, COMMITTEE])
def test_a_laptop_that_begins_by_writing_for_the_host_is_the_leads(code: str) -> None:
    found = team(("second", "L1"), claims={"second": code})
    assert found.claim("second") == "L1" and found.of("second").lead
    assert found.claim("a") == "R2" and found.claim("unseen") == ""


def test_in_a_visit_from_before_there_was_a_key_of_authority_the_laptop_that_made_it_is_the_leads() -> None:
    marks = Marks(founder=FOUNDER, lead="L1", claims=CLAIMS)
    assert Standings(marks).of(FOUNDER).lead and Standings(marks).of("a").state == "uncertified"
    with_key = Standings(Marks(founder=FOUNDER, lead="L1", claims=CLAIMS, authority="key"))
    assert not with_key.of(FOUNDER).lead and with_key.of(FOUNDER).state == "uncertified"


def test_where_the_lead_has_no_key_of_authority_only_the_leads_line_certifies_and_sets_aside() -> None:
    def of(by: str) -> Standings:
        return Standings(
            Marks(
                founder=FOUNDER, lead="L1", claims=CLAIMS, certificates=(Certificate("a", "R2", 1, writer=by),),
                asides=(SetAside("c", 1, 1, writer=by),), continues=(("g", FOUNDER),),
            )
        )  # fmt: skip

    for by in (FOUNDER, "g"):
        assert of(by).of("a").state == "certified" and of(by).of("c").state == "aside"
    assert of("b").of("a").state == of("b").of("c").state == "uncertified"


def test_entries_of_no_visit_all_count() -> None:
    found = Standings(Marks(claims=CLAIMS, certificates=(Certificate("a", "R3", 1),), asides=(SetAside("a", 1, 1),)))
    assert found.of("a") == Standing("a", "R2", "uncertified", "a") and not found.is_visit
    assert found.devices() == set(CLAIMS)
    assert found.counts(AGREED, said("1", "a")) and found.counts((CERTIFY, "b", "code"), said("1", "a"))
    assert found.may_replace(RATING, said("2", "c"), said("1", "a"))


# Set aside ---------------------------------------------------------------------------------------------------


def test_what_a_laptop_said_before_it_was_set_aside_counts_and_nothing_after() -> None:
    found = team(("a", "R2"), asides=[SetAside("a", 5, 1)])
    one = found.of("a")
    assert (one.state, one.apart_from, one.certified, one.why) == ("aside", 5, "R2", "set aside")
    assert one.counts_at(4) and not one.counts_at(5) and not one.counts_at(6)
    assert found.of("b").state == "apart", "what it said while it was certified holds, so another stays apart"
    assert found.counts(RATING, said("1", "a", seq=4)) and not found.counts(RATING, said("1", "a", seq=5))


@pytest.mark.parametrize("from_", [0, 1])
def test_a_laptop_that_is_set_aside_altogether_is_nobodys(from_: int) -> None:
    found = team(("a", "R2"), asides=[SetAside("a", from_, 1)])
    assert found.of("b").state == "uncertified" and found.of("a").state == "aside"
    assert team(("a", "R2"), asides=[SetAside("a", 2, 1)]).of("b").state == "apart"


def test_one_that_stands_apart_anyway_is_not_heard_from_its_first_word_on() -> None:
    found = team(("a", "R2"), asides=[SetAside("b", 5, 1)])
    assert found.of("b").state == "aside" and found.of("b").apart_from == 1


def test_of_several_words_on_setting_aside_the_last_holds_and_of_two_at_once_the_earlier_entry() -> None:
    words = [SetAside("a", 3, 1), SetAside("a", 9, 2), SetAside("a", 4, 2), SetAside("a", None, 2)]
    for order in itertools.permutations(words):
        assert team(asides=order).of("a").apart_from == 4
    taken_back = team(asides=[*words, SetAside("a", None, 3)])
    assert taken_back.of("a").state == "uncertified" and taken_back.of("a").apart_from is None


# Lines: a laptop after a restore -----------------------------------------------------------------------------


def test_a_laptop_that_goes_on_for_another_is_of_one_line_with_it_and_whose_that_one_is() -> None:
    found = team(("a", "R2"), claims={"d": "R2", "e": "R2"}, continues=[("e", "d"), ("d", "a")])
    assert {found.line(one) for one in "ade"} == {"a"} and found.line("b") == "b"
    assert found.goes_on_for("e") == {"d"} and found.goes_on_for("a") == set()
    assert found.of("e").state == found.of("d").state == "certified" and found.of("b").state == "apart"
    assert {"d", "e"} <= found.devices()


def test_a_line_is_named_by_its_lowest_laptop_whatever_is_known_first() -> None:
    pairs = [("m", "n"), ("b", "m"), ("n", "q"), ("x", "y")]
    for order in itertools.permutations(pairs):
        found = Standings(Marks(founder=FOUNDER, lead="L1", continues=tuple(order)))
        assert {found.line(one) for one in "bmnq"} == {"b"} and found.line("y") == "x"


def test_what_is_said_of_a_laptop_itself_holds_in_place_of_what_is_said_of_the_one_it_goes_on_for() -> None:
    found = team(("a", "R2"), ("d", ""), claims={"d": "R2"}, continues=[("d", "a")])
    assert found.of("d").state == "apart" and found.of("d").why == "another is certified"
    other = team(("a", "R3"), ("d", "R2"), claims={"d": "R2"}, continues=[("d", "a")])
    assert other.of("d").certified == "R2" and other.of("a").state == "apart"
    behind = team(("a", "R2"), ("d", "R3"), claims={"d": "R3", "e": "R2"}, continues=[("e", "d"), ("d", "a")])
    assert behind.of("e").why == "certified as another", "what lies behind one that is spoken of is left out"


def test_a_laptop_that_goes_on_for_two_is_whose_either_is() -> None:
    found = team(("a", "R2"), ("c", "R3"), claims={"d": "R3"}, continues=[("d", "a"), ("d", "c")])
    assert found.of("d").certified == "R3"
    ring = team(("a", "R2"), claims={"d": "R2"}, continues=[("d", "c"), ("c", "d"), ("d", "a")])
    assert ring.of("d").certified == "R2"


def test_one_that_goes_on_for_one_set_aside_is_set_aside_unless_the_lead_speaks_of_it() -> None:
    continues, claims = [("d", "a"), ("e", "d")], {"d": "R2", "e": "R2"}
    found = team(asides=[SetAside("a", 4, 1)], continues=continues, claims=claims)
    for one in "de":
        standing = found.of(one)
        assert (standing.state, standing.apart_from, standing.why) == ("aside", 1, "goes on for one set aside")
    assert found.of("a").why == "set aside" and found.of("a").apart_from == 4
    certified = team(("d", "R2"), asides=[SetAside("a", 4, 1)], continues=continues, claims=claims)
    assert certified.of("d").state == certified.of("e").state == "certified"
    spoken = team(asides=[SetAside("a", 4, 1), SetAside("d", None, 1)], continues=continues, claims=claims)
    assert spoken.of("d").state == spoken.of("e").state == "uncertified" and spoken.of("d").why == ""
    taken_back = team(asides=[SetAside("a", None, 1)], continues=continues, claims=claims)
    assert taken_back.of("d").state == "uncertified"


# What may be said --------------------------------------------------------------------------------------------


def test_an_immediate_concern_counts_whoever_says_it() -> None:
    found = team(("a", "R2"), asides=[SetAside("c", 1, 1)])
    assert all(found.counts(("concern", "47/R2", "text"), said("1", device)) for device in ("b", "c", "unseen"))


def test_of_laptops_only_the_lead_speaks_and_each_of_itself_which_it_goes_on_for() -> None:
    found = team(("a", "R2"))
    for entity in (CERTIFY, ASIDE):
        assert found.counts((entity, "a", "code"), said("1", FOUNDER)), entity
        assert not found.counts((entity, "a", "code"), said("1", "a")), entity
    assert found.counts((CONTINUES, "b", "of"), said("1", "b")) and not found.counts(
        (CONTINUES, "b", "of"), said("1", "a")
    )
    header = (HEADER, "v", "lead")
    assert found.counts(header, said("1", FOUNDER)) and not found.counts(header, said("1", "a"))
    second = team(("second", "L1"), claims={"second": "L1"})
    assert not second.counts(header, said("1", "second")) and second.counts((CERTIFY, "a", "code"), said("1", "second"))
    late = team(asides=[SetAside(FOUNDER, 5, 1)])
    assert late.has_lead(said("1", FOUNDER, seq=4)) and not late.has_lead(said("1", FOUNDER, seq=5))
    assert not late.counts((CERTIFY, "a", "code"), said("1", FOUNDER, seq=5))


def test_what_only_the_lead_records_counts_from_the_leads_laptop_only() -> None:
    found = team(("a", "R2"))
    assert found.counts(AGREED, said("1", FOUNDER)) and not found.counts(AGREED, said("1", "a"))
    assert found.counts(SHARED, said("1", "a")) and found.counts(RATING, said("1", "a"))
    assert not found.counts(RATING, said("1", "c")), "the record of somebody else"
    assert not found.counts(RATING, said("1", "b")), "its laptop stands apart"


def test_each_kind_of_record_is_the_leads_a_persons_own_or_everyones() -> None:
    for entity in ENTITIES:
        if needs_lead(entity, "R2"):
            assert is_allowed(entity, "x", "R2", lead=True) and not is_allowed(entity, "x/R2", "R2", lead=False)
        else:
            assert is_allowed(entity, "x/R2", "R2", lead=False)
            assert is_allowed(entity, "x/R2", "R3", lead=True) is is_allowed(entity, "x/R2", "R3", lead=False)
    assert not is_allowed("rating", "47/R2", "R3", lead=True) and not is_allowed("rating", "47/AR3", "R3", lead=False)
    assert is_allowed("action", "AP1", "R3", lead=False) and is_allowed("later", "x", "R3", lead=False)
    assert needs_lead("agreed", "R2") and not needs_lead("action", "R2")


@pytest.mark.parametrize("person", [HOST, COMMITTEE])
def test_for_the_host_only_the_leads_laptop_writes_and_only_what_everyone_may(person: str) -> None:
    assert needs_lead("action", person)
    for entity in ("response", "later"):
        assert is_allowed(entity, "x", person, lead=True) and not is_allowed(entity, "x", person, lead=False)
    for entity in ("agreed", "rating", "interview"):
        assert not is_allowed(entity, f"x/{person}", person, lead=True), entity


def test_why_an_entry_stands_apart_is_told_in_plain_words() -> None:
    found = team(("a", "R2"), ("c", "R2"), asides=[SetAside("d", 1, 1)], continues=[("e", "d")], claims={"e": "R4"})
    assert found.why_apart(RATING, said("1", "b")) == "another laptop is confirmed as R2's, and this one is not"
    assert found.why_apart(RATING, said("1", "c")) == "the lead says that this laptop is not R3's"
    assert found.why_apart(RATING, said("1", "d")) == "the lead set this laptop aside"
    assert found.why_apart(RATING, said("1", "e")) == "it continues for a laptop that the lead set aside"
    assert found.why_apart(AGREED, said("1", "a")) == "only the lead's laptop can say an agreed rating"
    assert found.why_apart(("rating", "47/R3", "value"), said("1", "a")).startswith(
        "it is in someone else's record: typed for R3"
    )
    assert found.why_apart(("team_note", "x", "text"), said("1", "a", person=HOST)).endswith("can say team note")
    assert found.why_apart(("later_on", "x", "text"), said("1", "a", person=HOST)).endswith("can say later on")


# What replaces what ------------------------------------------------------------------------------------------


def test_a_laptop_replaces_what_its_line_said_and_the_lead_what_anybody_said() -> None:
    found = team(claims={"d": "R2"}, continues=[("d", "a")])
    assert found.may_replace(RATING, said("2", "a"), said("1", "a", person="R3"))
    assert found.may_replace(RATING, said("2", "d"), said("1", "a"))
    assert found.may_replace(SHARED, said("2", FOUNDER), said("1", "a"))
    assert not found.may_replace(SHARED, said("2", "a"), said("1", FOUNDER))
    assert not found.may_replace(RATING, said("2", "b"), said("1", "a")), "who knows whose they are"


def test_laptops_that_are_certified_as_one_persons_replace_what_each_said_in_that_persons_records() -> None:
    found = team(("a", "R2"), ("b", "R2"), ("c", "R3"))
    assert found.may_replace(RATING, said("2", "b"), said("1", "a"))
    assert not found.may_replace(SHARED, said("2", "b"), said("1", "a")), "a record of all"
    assert not found.may_replace(RATING, said("2", "c"), said("1", "a"))
    assert not found.may_replace(RATING, said("2", "c", person="R2"), said("1", "a"))
    assert not found.may_replace(RATING, said("2", "b", person="R3"), said("1", "a", person="R3"))
    assert found.may_replace(RATING, said("2", "b"), said("1", "a", person="R3")), "typed for R2, whose own words stand"
    assert not found.may_replace(RATING, said("2", "b", person="R3"), said("1", "a"))
    one_of_them = team(("a", "R2"))
    assert not one_of_them.may_replace(RATING, said("2", "a"), said("1", "b"))
    assert not one_of_them.may_replace(RATING, said("2", "b"), said("1", "a"))


def test_what_was_written_knowing_of_another_entry_replaces_it() -> None:
    chain = [said("1", "a"), said("2", "a", "1"), said("3", "a", "2")]
    for order in itertools.permutations(chain):
        assert heads(RATING, order, team()) == FieldHeads(("3",), plain=True)
    assert heads(RATING, [], team()) == FieldHeads((), plain=True)
    apart = [said("1", "a"), said("2", "b")]
    assert heads(RATING, apart, team()) == FieldHeads(("1", "2"), plain=True)


def test_what_does_not_count_replaces_nothing_and_does_not_stand() -> None:
    chain = [said("1", "a"), said("2", "b", "1"), said("3", "a", "2")]
    found = team(("a", "R2"))
    assert heads(RATING, chain[:2], found) == FieldHeads(("1",), plain=False)
    for order in itertools.permutations(chain):
        assert heads(RATING, order, found) == FieldHeads(("3",), plain=False), "it knew of the first through it"
    longer = [
        said("1", "a"),
        said("2", "b", "1"),
        said("3", "b", "2"),
        said("4", "b", "1", "2"),
        said("5", "a", "3", "4"),
    ]
    for order in itertools.permutations(longer):
        assert heads(RATING, order, found).ids == ("5",)
    assert heads(RATING, [chain[1]], found) == FieldHeads((), plain=False)


def test_what_may_not_be_replaced_stands_beside_what_was_written_knowing_of_it() -> None:
    pair = [said("1", FOUNDER), said("2", "a", "1")]
    assert heads(SHARED, pair, team()) == FieldHeads(("1", "2"), plain=False)
    assert heads(SHARED, [*pair, said("3", "a", "2")], team()).ids == ("1", "3")
    assert heads(SHARED, [*pair, said("3", FOUNDER, "2")], team()).ids == ("3",)
    assert heads(SHARED, [*pair, said("3", "c", "2"), said("4", FOUNDER, "3")], team()).ids == ("4",)


def test_who_may_replace_an_entry_and_knew_of_it_through_others_does_so_whatever_came_first() -> None:
    field = [said("1", "c"), said("2", "b", "1"), said("3", "b", "2"), said("4", FOUNDER, "2"), said("5", "b", "3")]
    for order in itertools.permutations(field):
        assert heads(SHARED, order, team()).ids == ("4", "5")
    deeper = [said("1", "c"), said("2", "b", "1"), said("3", "b", "2"), said("4", "b", "2"), said("5", FOUNDER, "4")]
    for order in itertools.permutations([*deeper, said("6", "b", "3")]):
        assert heads(SHARED, order, team()).ids == ("5", "6")


def test_a_parent_that_has_not_come_yet_is_no_hindrance() -> None:
    assert heads(RATING, [said("2", "a", "1"), said("3", "a", "2", "0")], team()) == FieldHeads(("3",), plain=True)


def test_two_entries_neither_of_which_knew_of_the_other_are_a_conflict() -> None:
    field = [said("1", "a"), said("2", "a", "1"), said("3", "b", "2", "9"), said("4", "c", "1")]
    assert not unaware(field, "1", "3") and not unaware(field, "3", "1") and not unaware(field, "2", "1")
    assert unaware(field, "3", "4") and unaware(field, "4", "2")


@st.composite
def fields(draw: st.DrawFn) -> list[Said]:
    """A field that several laptops wrote, each knowing of some of what was there."""
    found: list[Said] = []
    for number in range(draw(st.integers(1, 8))):
        parents = draw(st.sets(st.sampled_from([one.id for one in found]), max_size=3)) if found else set()
        device = draw(st.sampled_from([*CLAIMS, "d"]))
        found.append(said(str(number), device, *sorted(parents), person=draw(st.sampled_from(["R2", "L1"]))))
    return found


@given(fields(), st.sampled_from([RATING, SHARED, AGREED]), st.randoms(use_true_random=False), st.booleans())
def test_what_stands_is_what_no_later_entry_that_counts_may_replace(
    field: list[Said], address: tuple[str, str, str], random: object, certified: bool
) -> None:
    found = team(*([("a", "R2"), ("c", "R2")] if certified else []), continues=[("d", "a")], claims={"d": "R2"})
    by_id = {one.id: one for one in field}
    counted = {one.id for one in field if found.counts(address, one)}

    def known(identity: str) -> set[str]:
        direct = {one for one in by_id[identity].parents}
        return direct.union(*(known(one) for one in direct))

    expected = {
        one
        for one in counted
        if not any(one in known(other) and found.may_replace(address, by_id[other], by_id[one]) for other in counted)
    }
    shuffled = list(field)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    result = heads(address, shuffled, found)
    assert set(result.ids) == expected and list(result.ids) == sorted(result.ids)
    if result.plain:
        assert expected == {one for one in by_id if not any(one in other.parents for other in field)}


# Who may withdraw --------------------------------------------------------------------------------------------


def test_an_author_withdraws_what_is_theirs_and_the_lead_what_anybodys_is() -> None:
    found = team(("a", "R2"), asides=[SetAside("c", 5, 1), SetAside(FOUNDER, 9, 1)])
    assert found.may_withdraw("R2", said("1", "a")) and not found.may_withdraw("R3", said("1", "a"))
    assert not found.may_withdraw("R3", said("1", "a", person="R3")), "the laptop says it is R2's"
    assert not found.may_withdraw("R2", said("1", "a", person="R3"))
    assert not found.may_withdraw("R2", said("1", "b")), "it stands apart"
    assert found.may_withdraw("R3", said("1", "c", seq=4)) and not found.may_withdraw("R3", said("1", "c", seq=5))
    assert found.may_withdraw("R2", said("1", FOUNDER)) and not found.may_withdraw("R2", said("1", FOUNDER, seq=9))
    assert Standings(Marks(claims=CLAIMS)).may_withdraw("R3", said("1", "a")), "entries of no visit"


def test_a_notice_reaches_what_the_same_laptop_and_others_that_are_certified_as_that_persons_said() -> None:
    found = team(("a", "R2"), ("b", "R2"), ("c", "R3"), claims={"d": "R2"}, continues=[("d", "a")])
    assert found.withdraws_from(said("1", "a"), "a") and found.withdraws_from(said("1", "d"), "a")
    assert found.withdraws_from(said("1", "a"), "b") and not found.withdraws_from(said("1", "a"), "c")
    assert found.withdraws_from(said("1", FOUNDER), "c"), "the lead's reaches all"
    assert not found.withdraws_from(said("1", "a"), "b", own_line=True), "each may have begun a P1"
    assert found.withdraws_from(said("1", "d"), "a", own_line=True)
    nobody = team()
    assert not nobody.withdraws_from(said("1", "a"), "b") and nobody.withdraws_from(said("1", "a"), "a")
    assert Standings(Marks(claims=CLAIMS)).withdraws_from(said("1", "a"), "c"), "entries of no visit"
