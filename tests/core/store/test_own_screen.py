"""What a laptop shows of its own words is worked out from the key it holds, and nothing of it is on another laptop."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.store import journal, mark_values, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.field_write import FieldWrite
from reviewapp.visit.entities import CONTINUES, HEADER, PROOF
from tests.core.store.journals import Author, empty, values
from tests.core.store.test_field_heads import RATING, SHARED, THEIRS, People, check, history, picture

KEYS = {name: bytes([number]) * 32 for number, name in enumerate(("lead", "mine", "second", "other"), start=1)}


def keyed() -> People:
    """The people of a visit, on laptops whose keys are known here."""
    people = People()
    for name, key in KEYS.items():
        getattr(people, name).device = signing.device_id(signing.public_of(key))
    people.lead.said.clear()
    people.made = people.lead.says(HEADER, "v", "content", None)
    return people


@pytest.fixture
def people() -> People:
    return keyed()


def screen_of(name: str, said: Sequence[Entry] = ()) -> Database:
    """The store of a laptop that was given these entries; without a name, of no laptop in particular."""
    db = empty()
    if name:
        db.execute("INSERT INTO local (name, value) VALUES ('device_key', ?)", (KEYS[name].hex(),))
    for one in said:
        journal.add(db, [one])
    return db


def test_what_a_laptop_that_stands_apart_says_is_on_its_own_screen_and_no_other(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    said = [people.made, first, people.certifies(people.mine), people.second.says(*RATING, "not_met", first)]
    assert values(screen_of("second", said), RATING) == ["met", "not_met"]
    for name in ("", "lead", "mine", "other"):
        assert values(screen_of(name, said), RATING) == ["met"]
    check(screen_of("second", said))


def test_a_laptop_goes_on_from_its_own_words_and_beside_those_of_others(people: People) -> None:
    first = people.mine.says(*RATING, "met")
    db = screen_of("second", [people.made, first, people.certifies(people.mine)])
    for value in ("not_met", "na"):
        journal.append(db, [people.second.says(*RATING, value, *journal.heads(db, RATING))])
        assert values(db, RATING) == sorted(["met", value])
        check(db)
    journal.append(db, [people.second.says(*SHARED, "own"), people.second.says(*THEIRS, "met")])
    assert values(db, SHARED) == ["own"] and values(db, THEIRS) == [], "nobody else's record, there either"
    journal.add(db, [people.certifies(people.second)])
    assert values(db, RATING) == ["na"], "once certified it takes the place of what it knew"
    check(db)


def test_what_a_laptop_said_from_the_entry_on_from_which_it_is_set_aside_is_on_its_screen(people: People) -> None:
    first = people.second.says(*RATING, "met")
    said = [people.made, first, people.certifies(people.second), people.sets_aside(people.second, 2)]
    db = screen_of("second", said)
    journal.append(db, [people.second.says(*RATING, "na", first), people.second.says(*SHARED, "own")])
    assert values(db, RATING) == ["na"] and values(db, SHARED) == ["own"]
    check(db)
    other = screen_of("lead", [*said, *people.second.said[1:]])
    assert values(other, RATING) == ["met"] and values(other, SHARED) == []


@pytest.mark.parametrize("told", [False, True])
def test_a_restored_laptop_shows_what_it_said_under_its_earlier_key(people: People, told: bool) -> None:
    said = [people.made, people.second.says(*RATING, "met"), people.certifies(people.mine)]
    restored = Author("R2", device="restored")
    restored.device = signing.device_id(signing.public_of(bytes(32)))
    value = mark_values.go_on(KEYS["second"].hex(), "v", restored.device, 1)
    db = screen_of("second", said)
    db.execute("UPDATE local SET value = ? WHERE name = 'device_key'", (bytes(32).hex(),))
    if told:
        journal.append(db, [restored.says(CONTINUES, restored.device, PROOF, value)])
    else:
        waiting = msgspec.json.encode([FieldWrite(CONTINUES, restored.device, PROOF, value, ())]).decode()
        db.execute("INSERT INTO local (name, value) VALUES (?, ?)", (marks.PENDING_MARKS, waiting))
    journal.add(db, [people.mine.says(*SHARED, "words"), people.second.says(*SHARED, "own")])
    assert values(db, RATING) == ["met"] and values(db, SHARED) == ["own", "words"]
    check(db)


@given(st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_on_every_laptop_whose_words_count_all_is_as_if_none_had_a_screen_of_its_own(random: Random) -> None:
    people, said = history(random, keyed())
    nobodys = screen_of("", said)
    heads, limited, standing = picture(nobodys)
    for name in KEYS:
        db = screen_of(name)
        for one in random.sample(said, k=len(said)):
            journal.add(db, [one])
        check(db)
        own = getattr(people, name)
        if marks.load(db).of(own.device).apart_from is None:
            assert picture(db) == [heads, limited, standing]
        else:
            shown = {str(row[3]) for row in picture(db)[0]}
            theirs = {str(row[3]) for row in heads} - {one.id for one in own.said}
            assert theirs <= shown and shown - theirs <= {one.id for one in own.said}
            assert picture(db)[1] == limited and [row[:5] for row in picture(db)[2]] == [row[:5] for row in standing]
