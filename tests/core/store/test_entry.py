"""What an entry promises about itself."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Damaged
from reviewapp.store import entry
from reviewapp.store.journal import blanked

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner, max_size=4),
    max_leaves=10,
)


def make(value: Any = "met", **changes: Any) -> entry.Entry:
    facts: dict[str, Any] = {
        "person": "R2",
        "device": "d" * 32,
        "seq": 1,
        "at": "2026-11-17T10:00:00.000000Z",
        "address": ("rating", "47/R2", "value"),
        "value": value,
        "parents": [],
    }
    return entry.make(**facts | changes)


@given(values)
def test_an_entry_survives_the_journey_through_json(value: Any) -> None:
    made = make(value)
    back = msgspec.json.decode(msgspec.json.encode(made), type=entry.Entry)
    entry.check(back)
    assert back == made


@pytest.mark.parametrize(
    "change",
    [
        {"value": "not_met"},
        {"person": "R3"},
        {"seq": 2},
        {"at": "2026-11-17T10:00:01.000000Z"},
        {"key": "47/R3"},
        {"field": "note"},
        {"salt": "00"},
        {"parents": ("a" * 64,)},
        {"withdrawn": True},
    ],
)
def test_nothing_in_an_entry_can_be_changed_unnoticed(change: dict[str, Any]) -> None:
    with pytest.raises(Damaged):
        entry.check(msgspec.structs.replace(make(), **change))


def test_a_blanked_entry_keeps_its_id_and_says_nothing() -> None:
    made = make("something private")
    blank = blanked(made)
    entry.check(blank)
    assert blank.id == made.id
    assert b"private" not in msgspec.json.encode(blank)


def test_the_same_words_twice_leave_different_seals() -> None:
    assert make("met").seal != make("met").seal


identities = st.lists(st.sampled_from([f"{n:064x}" for n in (1, 2, 15, 16, 255)]), unique=True)


@given(identities, identities)
def test_equal_digests_mean_the_same_entries(one: list[str], other: list[str]) -> None:
    assert (entry.digest("\n".join(sorted(one))) == entry.digest("\n".join(sorted(other)))) == (set(one) == set(other))


def test_a_blank_holds_neither_words_nor_the_salt_by_which_they_could_be_guessed() -> None:
    blank = blanked(make("planted words"))
    entry.check(blank)
    for left in ({"value": "planted words"}, {"salt": "s"}, {"value": "planted words", "salt": "s"}):
        with pytest.raises(Damaged):
            entry.check(msgspec.structs.replace(blank, **left))


def test_the_entries_one_replaces_are_named_once_each_and_in_order() -> None:
    one, two = "1" * 64, "2" * 64
    assert make(parents=[two, one, two]).parents == (one, two)
    for parents in ((two, one), (one, one)):
        made = make(parents=parents)
        spoilt = msgspec.structs.replace(made, parents=parents)
        same = (made.person, made.device, made.seq, made.at, made.address, made.seal)
        spoilt = msgspec.structs.replace(spoilt, id=entry._identity(*same, parents))
        with pytest.raises(Damaged):
            entry.check(spoilt)


def test_equal_values_have_equal_bytes_and_every_salt_is_its_own() -> None:
    assert entry.canonical({"b": 1, "a": [2, {"d": 3, "c": 4}]}) == b'{"a":[2,{"c":4,"d":3}],"b":1}'
    assert len(bytes.fromhex(make().salt)) == 16 and make().salt != make().salt
