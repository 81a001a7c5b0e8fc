"""What decides whether entries may be believed: each check by the last that passes it and the first that does not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.base.limits import DEEPEST
from reviewapp.exchange import pack_checks
from reviewapp.store import entry as entries
from reviewapp.store import journal, signing
from reviewapp.store.deletions import SEEING
from reviewapp.visit.forks import laptop_of
from tests.core.exchange.signed import (
    AT,
    NOBODY_KNOWN,
    VISIT,
    Laptop,
    held_here,
    packed,
    refusal,
    refusal_of,
    with_entries,
)

OUT_OF_ORDER = "entries are missing or out of order"
MALFORMED = "an entry is malformed"
RATING = "a reviewer's rating (4 · R2)"
ID = "a" * 64


def a_laptop(person: str = "R2") -> Laptop:
    laptop = Laptop(person)
    laptop.says("rating", f"4/{person}", "value", "met")
    laptop.says("rating", f"47/{person}", "value", "not_met")
    return laptop


def nested(levels: int) -> Any:
    value: Any = "x"
    for number in range(levels):
        value = [value] if number % 2 else {"in": value}
    return value


# Whose file it is -------------------------------------------------------------------------------------------------


def test_what_a_laptop_signed_is_taken_from_it_and_from_whoever_passes_it_on() -> None:
    mine, theirs = a_laptop(), a_laptop("R3")
    assert refusal(packed(mine)) is refusal(packed(mine, theirs)) is refusal(packed(Laptop("R2"), theirs)) is None


def test_a_file_of_another_visit_is_not_taken() -> None:
    assert refusal(packed(a_laptop()), visit="fedcba9876543210") == "it belongs to another visit"


def test_the_list_of_laptops_names_each_once_and_the_sender_among_them() -> None:
    mine, theirs = packed(a_laptop()), packed(a_laptop("R3"))
    twice = msgspec.structs.replace(mine.manifest, devices=mine.manifest.devices * 2)
    without = msgspec.structs.replace(mine.manifest, devices=theirs.manifest.devices)
    for manifest in (twice, without):
        assert refusal(msgspec.structs.replace(mine, manifest=manifest)) == "its list of laptops is wrong"


def test_a_head_that_its_laptop_did_not_sign_is_not_taken() -> None:
    contents = packed(a_laptop())
    for change in ({"seq": 1}, {"chain": "0" * 64}, {"person": "R3"}, {"signature": ""}, {"public_key": "x"}):
        changed = msgspec.structs.replace(contents.manifest.devices[0], **change)
        manifest = msgspec.structs.replace(contents.manifest, devices=(changed,))
        reason = refusal(msgspec.structs.replace(contents, manifest=manifest))
        assert reason == f"the signature of laptop {changed.device[:8]} is wrong"


def test_a_laptop_belongs_to_one_person_of_the_visit_who_sends_their_own_file() -> None:
    mine = a_laptop()
    assert refusal(packed(mine), held_here(mine)) is None
    before = mine.signed()
    stolen = msgspec.structs.replace(
        held_here(mine), devices={mine.device: msgspec.structs.replace(before, person="R3")}
    )
    assert refusal(packed(mine), stolen) == f"laptop {mine.device[:8]} changed hands"
    guest = a_laptop("R9")
    assert refusal(packed(guest)) == f"laptop {guest.device[:8]} belongs to nobody on this visit"
    contents = packed(mine)
    claimed = msgspec.structs.replace(contents, manifest=msgspec.structs.replace(contents.manifest, person="R3"))
    assert refusal(claimed) == "it does not come from the laptop it names"


def test_whom_the_lead_puts_on_the_visit_in_the_same_file_may_be_in_it_and_nobody_whom_another_puts_there() -> None:
    guest = a_laptop("R9")
    for who, entity, code, taken in (
        ("L1", "person", "R9", True), ("R2", "person", "R9", False), ("L1", "person", "R8", False),
        ("L1", "later", "R9", False), ("R2", "later", "R9", False),
    ):  # fmt: skip
        other = Laptop(who)
        other.says(entity, code, "role", "clinician")
        reason = refusal(packed(other, guest))
        assert reason is None if taken else "belongs to nobody" in str(reason)
    lead = Laptop("L1")
    lead.says("person", "host", "role", "clinician")
    checked = pack_checks.check("x.review", VISIT, packed(lead, a_laptop("host")), NOBODY_KNOWN)
    assert "belongs to nobody" in checked.refused[1].why


# Whether all of it is there ---------------------------------------------------------------------------------------


def test_entries_come_as_one_two_three_from_laptops_that_the_file_lists() -> None:
    contents, stranger = packed(a_laptop()), a_laptop("R3")
    one, two = contents.entries
    for every in ([two, one], [two], [one, one], [one, two, *stranger.said]):
        assert refusal(with_entries(contents, *every)) == OUT_OF_ORDER
    assert "signed is not what the file contains" in str(refusal(with_entries(contents, one)))


def test_what_a_file_holds_is_what_its_laptop_signed_in_number_and_in_content() -> None:
    mine = a_laptop()
    contents, (one, two) = packed(mine), mine.said
    told = f"what laptop {mine.device[:8]} signed is not what the file contains"
    turned = entries.make(**_facts(two) | {"value": "met"})
    assert refusal(with_entries(contents, one, turned)) == told, "sound in itself, and not what was signed"
    head = contents.manifest.devices[0]
    for seq in (head.seq - 1, head.seq + 1):
        signed = signing.sign_head(mine.private, visit=VISIT, person="R2", seq=seq, chain=head.chain)
        manifest = msgspec.structs.replace(contents.manifest, devices=(signed,))
        assert refusal(msgspec.structs.replace(contents, manifest=manifest)) == told


def test_a_laptop_that_signed_two_stories_is_two_and_both_are_taken() -> None:
    mine, copied = a_laptop(), a_laptop()
    copied.private, copied.device = mine.private, mine.device
    copied.said = [entries.make(**_facts(one) | {"device": mine.device}) for one in copied.said]
    assert refusal(packed(mine), held_here(mine)) is None
    checked = pack_checks.check("x.review", VISIT, packed(copied), held_here(mine))
    assert not checked.refused and {laptop_of(one.device) for one in checked.entries} == {mine.device}
    assert {one.device for one in checked.entries} < checked.tree.forks.keys(), "each by the name of its branch"
    later = Laptop("R2")
    later.private, later.device, later.said = mine.private, mine.device, mine.said[:1]
    later.says("rating", "47/R2", "value", "na")
    checked = pack_checks.check("x.review", VISIT, packed(later), held_here(mine))
    first, second = checked.entries
    assert first.device == mine.device and checked.tree.forks[second.device] == (mine.device, 2)
    older = Laptop("R2")
    older.private, older.device, older.said = mine.private, mine.device, mine.said[:1]
    checked = pack_checks.check("x.review", VISIT, packed(older), held_here(mine))
    assert not checked.refused and not checked.tree.forks, "an older file of the same laptop"


def _facts(one: entries.Entry) -> dict[str, Any]:
    facts = {"address": one.address, "value": one.value, "parents": one.parents}
    return facts | {name: getattr(one, name) for name in ("person", "device", "seq", "at")}


def test_a_forerunner_may_be_missing_because_its_laptop_was_not_taken() -> None:
    """What it replaces then stands beside it; of a forerunner of another record nothing follows."""
    mine, theirs = a_laptop(), a_laptop("R3")
    mine.says("rating", "4/R2", "value", "na", parents=[mine.said[0].id])
    after = Laptop("R3")
    after.says("rating", "4/R3", "value", "na", parents=[theirs.said[0].id])
    after.says("rating", "47/R3", "value", "na", parents=[theirs.said[0].id])
    for known in (NOBODY_KNOWN, held_here(theirs), msgspec.structs.replace(NOBODY_KNOWN, address_of=None)):
        assert refusal(packed(mine, after), known) is None
    after.says("rating", "4/R3", "value", "na", parents=["no id"])
    assert refusal(packed(after)) == MALFORMED


# Whether an entry is well formed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [AT, "2026-12-31T23:59:59.999999Z", "2000-01-01T00:00:00.000000Z"])
def test_a_time_of_a_clock_is_taken(at: str) -> None:
    assert refusal_of("rating", "4/R2", "value", "met", at=at) is None


@pytest.mark.parametrize(
    "at",
    ["", "2026-11-17T10:00:00Z", "2026-11-17T10:00:00.000000", "2026-11-31T10:00:00.000000Z", AT + "\n",
     "2026-13-01T10:00:00.000000Z", "2026-11-17T24:00:00.000000Z", "2026-11-17 10:00:00.000000Z"],
)  # fmt: skip
def test_what_is_no_time_is_not(at: str) -> None:
    assert refusal_of("rating", "4/R2", "value", "met", at=at) == MALFORMED


def test_names_and_keys_are_short_and_printable() -> None:
    for entity, key, field in (("later", "k" * 500, "f" * 200), ("e" * 200, "any words, at all/R2", "a-b.c:d_9")):
        assert refusal_of(entity, key, field, 1) is None
    for entity, key, field in (
        ("later", "k" * 501, "f"), ("later", "", "f"), ("later", "a\tb", "f"), ("later", "k", "f" * 201),
        ("later", "k", ""), ("e" * 201, "k", "f"), ("a b", "k", "f"), ("later", "k", "f/g"), ("", "k", "f"),
    ):  # fmt: skip
        assert refusal_of(entity, key, field, 1) == MALFORMED
    assert refusal_of("rating", "4/R2", "value", "met", parents=["short"]) == MALFORMED
    assert refusal_of("rating", "4/R2", "value", "met", parents=["A" * 64]) == MALFORMED


def test_an_entry_is_what_its_id_says() -> None:
    mine = a_laptop()
    contents, (one, two) = packed(mine), mine.said
    for change in ({"value": "na"}, {"salt": ""}, {"at": AT.replace("10", "11")}, {"withdrawn": True}):
        altered = msgspec.structs.replace(two, **change)
        reason = refusal(with_entries(contents, one, altered))
        assert reason == f"an entry of laptop {mine.device[:8]} was changed by someone"


def test_values_are_nested_as_deep_as_an_instrument_and_not_for_ever() -> None:
    assert refusal_of("later", "k", "f", nested(DEEPEST)) is None
    assert refusal_of("later", "k", "f", nested(DEEPEST + 1)) == "a value is nested too deeply"
    assert refusal_of("later", "k", "f", {"wide": list(range(1000)), "deep": nested(DEEPEST)}) == (
        "a value is nested too deeply"
    )


# Whether it may be said -------------------------------------------------------------------------------------------

TAKEN = [
    ("R2", "rating", "4/R2", "value", "na"), ("R2", "rating", "4/R2", "value", None),
    ("R2", "rating", "4/R2", "later", 7),
    ("L1", "agreed", "4", "value", "met"), ("R2", "response", "4", "text", "t"), ("R2", "later", "any", "field", [1]),
    ("L1", "person", "R9", "role", "clinician"), ("L1", "person", "L1", "role", "lead"),
    ("L1", "person", "R2", "deleted", True),
    ("L1", "person", "L1", "deleted", False), ("L1", "action", "L1", "deleted", True),
    ("L1", "person", "L1", "name", "Example"), ("R2", "interview", "P1/R2", "deleted", True),
    ("R2", "interview", "P1/R2", SEEING, [ID]), ("R2", "interview", "P1/R2", SEEING, None),
    ("R2", "seen", "meeting/R2", "opening", ID), ("R2", "seen", "meeting/R2", "later", 1),
    ("R2", "withdraw", "interview/P1/R2", "records", ["interview/P1/R2", "answer/P1/P01/R2", "quote/Q1/R2"]),
    ("L1", "withdraw", "interview/P1/R2", "records", ["interview/P1/R2"]),
    ("R2", "withdraw", "quote/Q1/R2", "reason", "r"),
    ("R2", "withdraw", "known_name/N1/R2", "records", []),
    ("R2", "answer", "P1/P01/R2", "text", "t"), ("R2", "answer", "P1/notes/R2", "text", "t"),
    ("L1", "slot", "T1", "who", ["R2", "R77"]), ("R2", "quote", "Q1/R2", "interview", "P1"),
]  # fmt: skip
REFUSED = [
    ("R2", "rating", "4", "value", "met", "the key of a reviewer's rating (4) is malformed"),
    ("R2", "rating", "5/R2", "value", "met", "the key of a reviewer's rating (5 · R2) is malformed"),
    ("R2", "rating", "4/R2", "value", "excellent", f"“value” of {RATING} is malformed"),
    ("R2", "rating", "4/R2", "note", 7, f"“note” of {RATING} is malformed"),
    ("R2", "decision", "first", "note", "n", "the key of the committee's decision at presentation first is malformed"),
    ("L1", "decision", "first", "note", "n", "the key of the committee's decision at presentation first is malformed"),
    ("R2", "visit", VISIT, "service", "x", "it says again, differently, what the visit is"),
    ("L1", "person", "R2", "role", "lead", "it names another lead"),
    ("L1", "person", "L1", "role", "observer", "it names another lead"),
    ("L1", "person", "L1", "deleted", True, "it names another lead"),
    ("R2", "interview", "P1/R2", SEEING, "all", "what a deletion says it saw is malformed"),
    ("R2", "interview", "P1/R2", SEEING, ["x"], "what a deletion says it saw is malformed"),
    ("R2", "interview", "P1/R2", SEEING, "", "what a deletion says it saw is malformed"),
    ("R2", "interview", "P1/R2", SEEING, {}, "what a deletion says it saw is malformed"),
    ("R2", "interview", "P1/R2", SEEING, [ID, "x"], "what a deletion says it saw is malformed"),
    ("R2", "interview", "P1/R2", SEEING, [7], "what a deletion says it saw is malformed"),
    ("R2", "answer", "P1/X/R2", "text", "t", "the key of an answer in an interview (P1 · X · R2) is malformed"),
    ("L1", "slot", "T1", "who", ["R2", "?"], "“who” of the appointment T1 of the timetable is malformed"),
    ("R2", "quote", "Q1/R2", "interview", "a b", "“interview” of a quote (Q1 · R2) is malformed"),
    ("R2", "seen", "meeting/R2", "opening", "x", "what it says of the meeting is malformed"),
    ("R2", "seen", "meeting/R2", "opening", None, "what it says of the meeting is malformed"),
    ("R3", "withdraw", "interview/P1/R2", "records", ["interview/P1/R2"], "a withdrawal is malformed"),
    ("R2", "withdraw", "rating/4/R2", "records", [], "a withdrawal is malformed"),
    ("R2", "withdraw", "interview", "records", [], "a withdrawal is malformed"),
    ("L1", "withdraw", "interview/P1/", "records", [], "a withdrawal is malformed"),
    ("R2", "withdraw", "interview/P1/R2", "records", "all", "a withdrawal is malformed"),
    ("R2", "withdraw", "interview/P1/R2", "records", [7], "a withdrawal is malformed"),
    ("R2", "withdraw", "interview/P1/R2", "records", ["rating/4/R2"], "a withdrawal is malformed"),
    ("R2", "withdraw", "interview/P1/R2", "records", ["interview/P1/R3"],
     "a withdrawal names what someone else recorded"),
]  # fmt: skip


@pytest.mark.parametrize(("person", "entity", "key", "field", "value"), TAKEN)
def test_what_may_be_said_is_taken(person: str, entity: str, key: str, field: str, value: Any) -> None:
    assert refusal_of(entity, key, field, value, person=person) is None


@pytest.mark.parametrize(("person", "entity", "key", "field", "value", "reason"), REFUSED)
def test_what_may_not_be_said_is_refused_by_its_reason(
    person: str, entity: str, key: str, field: str, value: Any, reason: str
) -> None:
    assert refusal_of(entity, key, field, value, person=person) == reason


def test_nobody_writes_for_another() -> None:
    """Who writes for the host or the committee without being the lead is taken, and counts for nothing."""
    for owner, author, taken in [("L1", "host", True), ("L1", "committee", True), ("R2", "host", True),
                                 ("L1", "R3", False), ("R2", "L1", False)]:  # fmt: skip
        laptop = Laptop(owner)
        laptop.says("response", "4", "text", "t", person=author)
        assert refusal(packed(laptop)) == (None if taken else f"an entry by {author} comes from the laptop of {owner}")


def test_what_a_rule_does_not_allow_its_author_is_no_reason_to_refuse_it() -> None:
    for entity, key, field, value in (
        ("rating", "4/R3", "value", "met"), ("agreed", "4", "value", "met"), ("person", "R9", "role", "clinician"),
        ("decision", "1", "note", "n"),
    ):  # fmt: skip
        assert refusal_of(entity, key, field, value, person="R2") is None


def test_one_laptops_fault_keeps_out_its_own_entries_alone() -> None:
    well, wrong = a_laptop("R3"), a_laptop("R2")
    wrong.says("rating", "4/R2", "value", "excellent")
    for sender, other in ((well, wrong), (wrong, well)):
        checked = pack_checks.check("x.review", VISIT, packed(sender, other), NOBODY_KNOWN)
        assert checked.entries == well.said and [one.device for one in checked.devices] == [well.device]
        (part,) = checked.refused
        assert (part.device, part.code, part.entries) == (wrong.device, "R2", 3)
        assert part.why == f"“value” of {RATING} is malformed"


# What the visit is ------------------------------------------------------------------------------------------------


def test_what_the_visit_is_is_said_once() -> None:
    new = msgspec.structs.replace(NOBODY_KNOWN, address_of=None)
    anew, malformed = "it says again, differently, what the visit is", "what it says of the visit is malformed"

    def header(*said: tuple[str, Any], key: str = VISIT, known: Any = new) -> str | None:
        lead = Laptop("L1")
        for field, value in said:
            lead.says("visit", key, field, value)
        return refusal(packed(lead), known)

    assert header(("service", "Example"), ("date", "2026-11-17"), ("kind", "interim"), ("content", {})) is None
    assert header(("service", "Example"), ("service", "Another")) == anew
    assert header(("service", "Example"), known=NOBODY_KNOWN) == anew
    assert header(("service", "Example"), key="fedcba9876543210") == malformed
    assert header(("service", 7)) == header(("instrument", None)) == malformed
    assert header(("date", "17 November")) == malformed
    lead = Laptop("L1")
    lead.says("visit", VISIT, "service", "Example")
    assert refusal(packed(lead), held_here(lead)) is None, "the one that is here already"


# What was taken back ----------------------------------------------------------------------------------------------


def blanked(*, entity: str, key: str, person: str = "R2") -> Laptop:
    laptop = Laptop(person)
    laptop.says(entity, key, "text", "words")
    laptop.said[0] = journal.blanked(laptop.said[0])
    return laptop


def test_what_is_left_out_was_withdrawn_by_a_notice_here_or_in_the_file() -> None:
    reason = "it leaves out what R2 recorded, and nobody withdrew it"
    laptop = blanked(entity="quote", key="Q1/R2")
    assert refusal(packed(laptop)) == reason
    for records in ({"quote/Q1/R2"}, {"interview/P1/R2"}):
        assert refusal(packed(laptop), msgspec.structs.replace(NOBODY_KNOWN, taken_back=frozenset(records))) is None
    for records in ({"quote/Q2/R2"}, {"interview/P1/R3"}):
        known = msgspec.structs.replace(NOBODY_KNOWN, taken_back=frozenset(records))
        assert refusal(packed(laptop), known) == reason
    laptop.says("withdraw", "quote/Q1/R2", "records", ["quote/Q1/R2"])
    assert refusal(packed(laptop)) is None
    named = blanked(entity="quote", key="Q7/R2")
    named.says("withdraw", "quote/Q1/R2", "records", ["quote/Q7/R2"])
    assert refusal(packed(named)) is None
    named.says("withdraw", "known_name/N1/R2", "records", ["known_name/N1/R2"])
    assert refusal(packed(named)) is None, "each of several notices counts"
    answer = blanked(entity="answer", key="P1/P01/R2")
    assert refusal(packed(answer)) == reason
    answer.says("withdraw", "interview/P1/R2", "records", [])
    assert refusal(packed(answer)) is None
    trick = blanked(entity="quote", key="Q1/R2")
    trick.says("later", "any", "records", ["quote/Q1/R2"])
    assert refusal(packed(trick)) == reason, "what is no notice takes nothing back"
    rating = blanked(entity="rating", key="4/R2")
    rating.says("withdraw", "interview/P1/R2", "records", [])
    assert refusal(packed(rating)) == reason, "only what was said in it goes with an interview"


def test_what_is_judged_by_an_instrument_that_is_not_here_is_taken_only_with_values_of_the_right_types() -> None:
    """Else it would be kept in a table that nobody can read any more."""
    for field, value, wrong in (("value", 4, ["4"]), ("note", "as seen", 4), ("note", "", "x" * 200_000)):
        assert refusal_of("also_rating", "elsewhere/12/R2", field, value) is None
        told = refusal_of("also_rating", "elsewhere/12/R2", field, wrong)
        assert told == f"“{field}” of a reviewer's rating in the second set (elsewhere · 12 · R2) is malformed"
