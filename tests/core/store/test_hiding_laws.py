"""What is hidden and what is blank follow from the entries alone, whatever laptops ask and decide in what order."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.store import journal, requests
from reviewapp.store.driver import Database
from reviewapp.visit.entities import ANSWERED_FIELD, ASK_WITHDRAW, SHOW_AGAIN, WITHDRAW, WITHDRAW_FIELD
from tests.core.store.test_standing_laws import Laptop, World, store_of

TALKS = ("P1/R2", "P2/R2")
NAMED = ("interview/P1/R2", "quote/Q1/R2")
_laptop = st.integers(0, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("talk"), _laptop, st.sampled_from(TALKS), st.none()),
        st.tuples(st.just("quote"), _laptop, st.sampled_from(["P1", "P2"]), st.none()),
        st.tuples(st.just("withdraw"), _laptop, st.sampled_from(NAMED), st.sampled_from([WITHDRAW, ASK_WITHDRAW])),
        st.tuples(st.just("show"), _laptop, st.sampled_from(NAMED), st.none()),
        st.tuples(st.just("certify"), st.just(0), _laptop, st.sampled_from(["R2", ""])),
        st.tuples(st.just("aside"), st.just(0), _laptop, st.sampled_from([None, 1, 3])),
        st.tuples(st.just("hear"), _laptop, _laptop, st.none()),
        st.tuples(st.just("restore"), _laptop, st.none(), st.none()),
    ),
    max_size=25,
)


class Team(World):
    """Laptops that also speak to people, ask for it to be withdrawn, and decide."""

    def play(self, history: list[Any]) -> World:
        for what, number, which, how in history:
            laptop = self.laptops[number]
            if what == "talk":
                self.say(laptop, ("interview", which, "group"), "patient")
            elif what == "quote":
                self.say(laptop, ("quote", "Q1/R2", "interview"), which)
                self.say(laptop, ("quote", "Q1/R2", "text"), f"words of {number}")
            elif what == "withdraw":
                self.say(laptop, (how, which, WITHDRAW_FIELD), [which])
            elif what == "show":
                self.say(laptop, (SHOW_AGAIN, which, ANSWERED_FIELD), asked(laptop, which))
            else:
                super().play([(what, number, which, how)])
        return self


def asked(laptop: Laptop, name: str) -> list[str]:
    return sorted(one.id for one in laptop.holds.values() if one.entity in (WITHDRAW, ASK_WITHDRAW) and one.key == name)


def blank(db: Database) -> list[str]:
    return list(journal.blank_ids(db))


@settings(max_examples=60)
@given(steps, st.integers(0, 999), st.integers(0, 999))
def test_the_same_entries_in_any_order_hide_and_blank_the_same(history: list[Any], seed: int, other: int) -> None:
    entries = [known.entry for known in Team().play(history).said.values()]
    one, another = store_of(entries, seed), store_of(entries, other)
    for db in (one, another):  # the values come once more: what was blanked before its notice lost its right comes back
        journal.add(db, entries)
    assert requests.hidden_records(one) == requests.hidden_records(another)
    assert blank(one) == blank(another)
    assert requests.open_requests(one) == requests.open_requests(another)


@settings(max_examples=60)
@given(steps, st.integers(0, 999))
def test_nothing_is_hidden_that_is_blank_and_nothing_is_blank_that_has_no_notice(history: list[Any], seed: int) -> None:
    entries = [known.entry for known in Team().play(history).said.values()]
    db = store_of(entries, seed)
    journal.add(db, entries)
    hidden = requests.hidden_records(db)
    notices = {one.key for one in entries if one.entity == WITHDRAW}
    asked_for = notices | {one.key for one in entries if one.entity == ASK_WITHDRAW}
    assert {name for one in hidden.values() for name in one.requested} <= asked_for
    for name in hidden:
        entity, _, key = name.partition("/")
        assert any(not one.withdrawn for one in journal.history(db, entity, key)), name
    assert bool(notices) or not blank(db)
