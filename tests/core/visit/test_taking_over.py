"""Who leads after a take-over, whose words count since when, and what was typed for somebody: on marks alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from reviewapp.visit.entities import CONFIRMS
from reviewapp.visit.laptop_marks import Certificate, Confirmed, Marks, SetAside
from reviewapp.visit.leading import Deputy, Heard, TakeOver, within
from reviewapp.visit.rights import typed_for
from reviewapp.visit.standing import Said, Standings
from reviewapp.visit.validators import COMMITTEE, HOST

FIRST, NEXT, LAST = "key of the first lead", "key of the deputy", "key of the deputy's deputy"
CLAIMS = {"f": "L1", "a": "R2", "b": "R2", "c": "R3"}
AGREED, RATING = ("agreed", "47", "value"), ("rating", "47/R2", "value")
FOUNDER = Certificate("f", "L1", 1, 0, FIRST, "f", 1)
DEPUTY = Deputy("R2", NEXT, 1, 0, FIRST, "f", 2)
TAKEN = TakeOver("5", "a", 5, "R2", 1, NEXT, {"f": 3})
CERTIFIED = Certificate("a", "R2", 2, 1, NEXT, "a", 6)


def visit(
    *,
    certificates: Sequence[Certificate] = (),
    deputies: Sequence[Deputy] = (DEPUTY,),
    take_overs: Sequence[TakeOver] = (TAKEN,),
    heard: Sequence[Heard] = (),
    yielded: Sequence[tuple[str, int]] = (),
    asides: Sequence[SetAside] = (),
    confirmed: Sequence[Confirmed] = (),
    continues: Sequence[tuple[str, str]] = (),
    claims: Mapping[str, str] = CLAIMS,
    authority: str = FIRST,
) -> Standings:
    """A visit that `f` founded and whose deputy R2 took over on laptop `a`, which held three of the lead's entries."""
    return Standings(
        Marks(
            founder="f", lead="L1", authority=authority, claims=claims,
            certificates=(FOUNDER, CERTIFIED, *certificates), deputies=tuple(deputies), take_overs=tuple(take_overs),
            heard=tuple(heard), yielded=frozenset(yielded), asides=tuple(asides), confirmed=tuple(confirmed),
            continues=tuple(continues),
        )
    )  # fmt: skip


def said(device: str, seq: int, person: str = "") -> Said:
    return Said(f"{device}{seq}", device, person or CLAIMS[device], seq, ())


def leads(found: Standings) -> list[str]:
    return [device for device in CLAIMS if found.of(device).state == "lead"]


def test_a_span_holds_both_its_ends_and_may_have_no_last() -> None:
    assert [within([(2, 4)], seq) for seq in range(1, 6)] == [False, True, True, True, False]
    assert [within([(2, None), (9, 1)], seq) for seq in (1, 2, 99)] == [False, True, True]
    assert not within([], 1)


def test_a_deputy_who_takes_over_leads_from_that_entry_on_and_the_earlier_lead_up_to_what_was_known() -> None:
    found = visit()
    assert (leads(found), found.epoch, found.lead_code, found.authority) == (["a"], 1, "R2", NEXT)
    assert found.of("a").led == ((5, None),) and found.of("a").unaware == ()
    assert found.of("f").led == ((1, 3),) and found.of("f").unaware == ((4, None),)
    assert not found.of("f").lead and found.of("f").certified == "L1"
    assert [found.has_lead(said("a", seq)) for seq in (4, 5)] == [False, True]
    assert [found.has_lead(said("f", seq)) for seq in (1, 3, 4)] == [True, True, False]
    assert found.lead_codes() == {"L1", "R2"} and "a" in found.devices()
    assert [found.epoch_of(key) for key in (FIRST, NEXT, "none of these")] == [0, 1, 0]
    before = visit(take_overs=())
    assert (leads(before), before.epoch, before.of("f").led, before.of("f").unaware) == (["f"], 0, ((1, None),), ())


def test_what_an_earlier_lead_says_unaware_stays_beside_and_knowing_of_it_counts_for_nothing() -> None:
    found = visit(heard=[Heard("f", 8, 1), Heard("f", 11, 1), Heard("a", 2, 1)])
    assert found.of("f").unaware == ((4, 8),)
    assert [found.counts(AGREED, said("f", seq)) for seq in (3, 4, 8, 9)] == [True, True, True, False]
    assert not found.may_replace(AGREED, said("f", 4), said("a", 5))
    assert found.may_replace(AGREED, said("a", 5), said("f", 4))
    assert found.why_apart(AGREED, said("f", 9)) == "R2 leads the visit since then, and this laptop knew it"
    assert "only the lead's laptop" in found.why_apart(AGREED, said("c", 1))
    assert "someone else's record" in found.why_apart(RATING, said("f", 9))
    assert not found.must_hear("f") and not found.must_hear("a") and not found.must_hear("c")
    assert visit().must_hear("f") and visit(heard=[Heard("a", 2, 1)]).must_hear("f")
    assert visit(heard=[Heard("f", 8, 0), Heard("f", 9, 2)]).must_hear("f"), "of another epoch"


def test_only_the_laptop_that_always_led_always_leads() -> None:
    assert visit(take_overs=()).always_leads("f") and not visit(take_overs=()).always_leads("c")
    assert not visit().always_leads("a") and not visit().always_leads("f")
    aside = SetAside("f", 9, 1, 0, FIRST, "f", 2)
    assert not visit(take_overs=(), asides=[aside]).always_leads("f")


def test_a_mark_of_the_earlier_lead_holds_as_far_as_whoever_took_over_knew_it() -> None:
    known, unknown = Certificate("c", "R3", 1, 0, FIRST, "f", 3), Certificate("c", "R3", 1, 0, FIRST, "f", 4)
    assert visit(certificates=[known]).of("c").state == "certified"
    assert visit(certificates=[unknown]).of("c").state == "uncertified"
    by_another = Certificate("c", "R3", 1, 0, FIRST, "b", 1)
    assert visit(certificates=[by_another]).of("c").state == "uncertified", "nothing of that laptop was known"


@pytest.mark.parametrize("epoch", [2, 99])
def test_a_mark_of_an_epoch_that_has_not_begun_counts_for_nothing(epoch: int) -> None:
    found = visit(certificates=[Certificate("c", "R3", 9, epoch, "a liar's key", "c", 1)])
    assert found.of("c").state == "uncertified" and leads(found) == ["a"]


@pytest.mark.parametrize(
    "taken",
    [
        TAKEN._replace(by="another key"),
        TAKEN._replace(code="R3", device="c"),
        TAKEN._replace(device="c"),
        TAKEN._replace(epoch=2),
        TAKEN._replace(epoch=0),
        TAKEN._replace(seen={"f": 1}),
        TAKEN._replace(seen={}),
    ],
)
def test_nobody_takes_over_but_whom_the_lead_had_named_with_the_key_that_was_given(taken: TakeOver) -> None:
    assert leads(visit(take_overs=[taken])) == ["f"]


@pytest.mark.parametrize(
    "deputy",
    [DEPUTY._replace(by="another key"), DEPUTY._replace(epoch=1), DEPUTY._replace(code="R3"), DEPUTY._replace(seq=4)],
)
def test_a_deputy_counts_as_the_lead_named_them_and_as_was_known(deputy: Deputy) -> None:
    assert leads(visit(deputies=[deputy])) == ["f"]


def test_of_several_deputies_the_last_one_that_was_known_may_take_over() -> None:
    later = Deputy("R3", LAST, 2, 0, FIRST, "f", 3)
    assert leads(visit(deputies=[DEPUTY, later])) == ["f"]
    assert leads(visit(deputies=[DEPUTY, later._replace(seq=4)])) == ["a"]
    assert leads(visit(deputies=[DEPUTY, Deputy("R3", LAST, 1, 0, FIRST, "f", 3)])) == ["a"], "both were named at once"
    waiting = visit(take_overs=(), deputies=[DEPUTY, later, later._replace(by="another", turn=9)])
    assert waiting.deputies() == [later]
    assert visit(deputies=[DEPUTY]).deputies() == [], "of the epoch before"
    next_one = Deputy("R3", LAST, 1, 1, NEXT, "a", 7)
    assert visit(deputies=[DEPUTY, next_one, next_one._replace(by=FIRST, turn=5)]).deputies() == [next_one]


def test_of_two_that_took_over_the_lower_leads_until_it_gives_way() -> None:
    other = TAKEN._replace(id="4", device="b", seq=7)
    certified = Certificate("b", "R2", 2, 1, NEXT, "b", 8)
    both = visit(take_overs=[TAKEN, other], certificates=[certified])
    assert leads(both) == ["b"] and both.epochs[1].rivals == (TAKEN,)
    assert both.of("a").unaware == ((5, None),) and both.must_hear("a") and not both.must_hear("b")
    assert both.of("a").led == () and both.of("b").led == ((7, None),)
    gave_way = visit(take_overs=[TAKEN, other], certificates=[certified], yielded=[("b", 1)])
    assert leads(gave_way) == ["a"]
    assert leads(visit(take_overs=[TAKEN, other], certificates=[certified], yielded=[("b", 2)])) == ["b"]
    nobody = visit(take_overs=[TAKEN, other], certificates=[certified], yielded=[("a", 1), ("b", 1)])
    assert leads(nobody) == ["b"], "somebody has to"
    again = TAKEN._replace(id="6", seq=9)
    assert visit(take_overs=[again, TAKEN]).epochs[1].rivals == ()
    assert visit(take_overs=[again, TAKEN, other], certificates=[certified]).of("a").unaware == ((5, None),)


def test_whoever_took_over_names_the_next() -> None:
    third = TakeOver("9", "c", 4, "R3", 2, LAST, {"a": 7, "f": 3})
    certified = Certificate("c", "R3", 3, 2, LAST, "c", 5)
    deputies = [DEPUTY, Deputy("R3", LAST, 1, 1, NEXT, "a", 7)]
    found = visit(deputies=deputies, take_overs=[third, TAKEN], certificates=[certified])
    assert (leads(found), found.epoch) == (["c"], 2) and set(found.lead_codes()) == {"L1", "R2", "R3"}
    assert found.of("a").led == ((5, 7),) and found.of("a").unaware == ((8, None),)
    assert found.of("f").unaware == ((4, None),)
    heard = visit(deputies=deputies, take_overs=[third, TAKEN], certificates=[certified], heard=[Heard("f", 6, 2)])
    assert heard.of("f").unaware == ((4, 6),), "of a later one it knows too that it leads no more"


def test_who_is_certified_after_a_take_over_led_nothing_before() -> None:
    found = visit(claims={**CLAIMS, "c": "L1"}, certificates=[Certificate("c", "L1", 2, 1, NEXT, "a", 7)])
    assert found.of("c").certified == "L1" and found.of("c").led == found.of("c").unaware == ()


def test_a_laptop_certified_as_the_leads_that_says_it_is_anothers_leads_nothing() -> None:
    found = visit(certificates=[Certificate("c", "R2", 2, 1, NEXT, "a", 7)])
    assert leads(found) == ["a"] and found.of("c").led == ()


def test_a_laptop_that_goes_on_for_the_one_that_took_over_leads_as_it_did() -> None:
    found = visit(claims={**CLAIMS, "a2": "R2"}, continues=[("a2", "a")])
    assert found.of("a2").lead and found.of("a2").led == ((1, None),)


def test_another_certified_laptop_of_who_leads_speaks_for_the_lead_from_its_first_entry() -> None:
    assert visit(certificates=[Certificate("b", "R2", 2, 1, NEXT, "a", 7)]).of("b").led == ((1, None),)


@pytest.mark.parametrize(("known", "led"), [(0, ()), (1, ((1, 1),)), (2, ((1, 2),))])
def test_what_nobody_knew_of_a_laptop_at_the_next_take_over_was_not_said_with_the_leads_right(
    known: int, led: tuple[tuple[int, int], ...]
) -> None:
    third = TakeOver("9", "c", 4, "R3", 2, LAST, {"a": 7, "f": 3, "b": known})
    deputies = [DEPUTY, Deputy("R3", LAST, 1, 1, NEXT, "a", 7)]
    certificates = [Certificate("b", "R2", 2, 1, NEXT, "a", 7), Certificate("c", "R3", 3, 2, LAST, "c", 5)]
    assert visit(deputies=deputies, take_overs=[TAKEN, third], certificates=certificates).of("b").led == led


def test_the_first_lead_may_lead_again_and_only_on_a_laptop_that_is_certified_then() -> None:
    deputies = [DEPUTY, Deputy("L1", LAST, 1, 1, NEXT, "a", 7)]
    third = TakeOver("9", "f", 9, "L1", 2, LAST, {"a": 7, "f": 8})
    back = visit(
        deputies=deputies, take_overs=[TAKEN, third], certificates=[FOUNDER._replace(turn=3, epoch=2, by=LAST)]
    )
    assert back.of("f").led == ((1, 3), (9, None)) and leads(back) == ["f"]
    elsewhere = visit(
        deputies=deputies,
        take_overs=[TAKEN, third._replace(device="g", seq=2)],
        certificates=[Certificate("g", "L1", 3, 2, LAST, "g", 3)],
        claims={**CLAIMS, "g": "L1"},
    )
    assert elsewhere.of("g").lead and elsewhere.of("f").led == ((1, 3),)


def test_where_there_is_a_key_of_authority_the_laptop_that_made_the_visit_leads_by_its_certificate_only() -> None:
    found = Standings(Marks(founder="f", lead="L1", authority=FIRST, claims=CLAIMS))
    assert found.of("f").led == () and found.of("f").state == "uncertified"


def test_an_earlier_leads_laptop_that_stands_apart_led_what_it_led() -> None:
    found = visit(certificates=[Certificate("f", "R3", 9, 1, NEXT, "a", 7)]).of("f")
    assert (found.state, found.led, found.unaware) == ("apart", ((1, 3),), ((4, None),))


def test_what_a_lead_said_before_leading_is_refused_as_anybodys() -> None:
    assert "only the lead's laptop" in visit().why_apart(AGREED, said("a", 3))


def test_from_which_entry_on_a_laptop_is_set_aside_is_told() -> None:
    found = visit(take_overs=(), asides=[SetAside("a", 9, 1, 0, FIRST, "f", 2)])
    assert (found.aside_from("a"), found.aside_from("b")) == (9, None)


def test_a_visit_from_before_there_was_a_key_is_handed_on_by_the_laptop_that_made_it() -> None:
    named = DEPUTY._replace(by="")
    found = visit(authority="", deputies=[named])
    assert leads(found) == ["a"] and found.of("f").led == ((1, 3),)
    assert leads(visit(authority="", deputies=[named._replace(writer="c")])) == ["f"]


@pytest.mark.parametrize("code", [HOST, COMMITTEE])
def test_a_laptop_that_first_wrote_for_the_host_is_of_the_lead_who_certified_it(code: str) -> None:
    claims = {**CLAIMS, "h": code}
    ours = Certificate("h", "R2", 3, 1, NEXT, "a", 7)
    assert visit(claims=claims, certificates=[ours]).claim("h") == "R2"
    assert visit(claims=claims).claim("h") == "L1"
    before = Certificate("h", "L1", 2, 0, FIRST, "f", 2)
    assert visit(claims=claims, certificates=[before, ours]).claim("h") == "L1", "the same whatever came first"
    assert visit(claims=claims, certificates=[ours._replace(code="R3")]).claim("h") == "L1", "R3 never led"


# Typed for somebody ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entity", "key", "person", "code"),
    [
        ("rating", "47/R2", "R3", "R2"),
        ("rating", "47/R2", "R2", ""),
        ("audit", "3/A1/R2", "L1", "R2"),
        ("passage", "summary", "R3", ""),
        ("agreed", "47", "R3", ""),
        ("rating", "47/R2", HOST, ""),
        ("of a later version", "1/R2", "R3", ""),
    ],
)
def test_whose_own_record_it_is_says_for_whom_something_was_typed(
    entity: str, key: str, person: str, code: str
) -> None:
    assert typed_for(entity, key, person) == code


def typed(seq: int) -> Said:
    return said("c", seq)


def test_what_was_typed_for_somebody_counts_once_they_or_the_lead_confirm_it() -> None:
    for_r2 = Confirmed("c", "R2", 4, "a", 9)
    found = visit(take_overs=(), confirmed=[for_r2])
    assert [found.counts(RATING, typed(seq)) for seq in (4, 5)] == [True, False]
    assert found.confirmed("c", "R2") == 4 and found.confirmations("c") == {"R2": 4} and found.confirmations("a") == {}
    assert found.confirmed("c", "R4") == found.confirmed("b", "R2") == 0
    by_lead = for_r2._replace(writer="f", to=6)
    assert visit(take_overs=(), confirmed=[for_r2, by_lead]).confirmed("c", "R2") == 6
    assert visit(take_overs=(), confirmed=[by_lead, for_r2]).confirmations("c") == {"R2": 6}


@pytest.mark.parametrize("writer", ["c", "unseen"])
def test_nobody_else_confirms_what_was_typed(writer: str) -> None:
    found = visit(take_overs=(), confirmed=[Confirmed("c", "R2", 4, writer, 9)])
    assert found.confirmed("c", "R2") == 0 and found.confirmations("c") == {}
    assert not found.counts(RATING, typed(4))


def test_a_laptop_that_stands_apart_or_typed_it_itself_confirms_nothing() -> None:
    aside = SetAside("a", 9, 1, 0, FIRST, "f", 2)
    for_r2 = Confirmed("c", "R2", 4, "a", 9)
    assert visit(take_overs=(), confirmed=[for_r2], asides=[aside]).confirmed("c", "R2") == 0
    assert visit(take_overs=(), confirmed=[for_r2._replace(seq=8)], asides=[aside]).confirmed("c", "R2") == 4
    assert visit(take_overs=(), confirmed=[Confirmed("a", "R2", 4, "a", 9)]).confirmed("a", "R2") == 0


def test_a_confirmation_counts_from_whoever_may_confirm() -> None:
    found = visit(take_overs=())
    address = (CONFIRMS, "c/R2", "to")
    assert [found.counts(address, said(device, 9)) for device in "afc"] == [True, True, False]


def test_ones_own_words_stand_above_what_was_typed_for_one_and_not_the_other_way_round() -> None:
    found = visit(take_overs=())
    assert found.may_replace(RATING, said("b", 5), said("c", 4))
    assert not found.may_replace(RATING, said("c", 5), said("b", 4))
    assert not found.may_replace(("rating", "47/R4", "value"), said("b", 5), said("c", 4)), "typed for somebody else"


def test_a_withdrawal_reaches_what_was_typed_for_its_author_and_confirmed() -> None:
    found = visit(take_overs=(), confirmed=[Confirmed("c", "R2", 4, "a", 9)])
    assert found.withdraws_from(said("b", 9), "c") and not found.withdraws_from(said("b", 9), "c", own_line=True)
    assert not visit(take_overs=()).withdraws_from(said("b", 9), "c")
