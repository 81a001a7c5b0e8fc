"""The laws of joining with everything real: visits, keys, signed files, backups, and people who make a day of it."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import ReviewError
from reviewapp.store import journal
from reviewapp.store.driver import DatabaseError
from reviewapp.visit import statements
from reviewapp.workspace import meeting
from reviewapp.workspace.withdrawal import withdraw
from tests.core.exchange.visit_machine import OWNERS, File, Machine
from tests.core.store.model import WrittenEntry
from tests.examples import few

names = st.sampled_from(sorted(OWNERS))
skews = st.lists(st.integers(-86400, 86400), min_size=len(OWNERS), max_size=len(OWNERS))
words = st.sampled_from(["first words", "other words"])
sayings = st.one_of(
    st.builds(
        statements.Rating, standard=st.sampled_from(["47", "4"]), value=st.sampled_from(["met", "not_met", None])
    ),
    st.builds(statements.Rating, standard=st.just("47"), value=st.sampled_from(["met", "not_met"]), note=words),
    st.builds(statements.Answer, interview=st.just("P1"), prompt=st.sampled_from(["notes", "P01"]), text=words),
    st.builds(statements.Quote, id=st.just("Q1"), interview=st.just("P1"), text=words),
    st.builds(statements.Quote, id=st.just("Q1"), tone=st.sampled_from(["mixed", "negative"])),
    st.builds(statements.Quote, id=st.just("Q1"), deleted=st.just(True)),
    st.builds(statements.Interview, id=st.just("P1"), mode=st.sampled_from(["phone", "video"])),
    st.builds(statements.Interview, id=st.just("P1"), deleted=st.just(True)),
    st.builds(statements.Context, field=st.just("caseload"), value=st.integers(30, 32)),
    st.builds(statements.Passage, place=st.just("summary"), text=words),
    st.builds(statements.Action, id=st.just("AP1"), standard=st.just("47"), action=words),
    st.builds(statements.Action, id=st.just("AP1"), deleted=st.just(True)),
)
typings = st.one_of(
    st.builds(statements.Rating, standard=st.just("47"), note=words),
    st.builds(statements.Passage, place=st.just("summary"), text=words),
    st.builds(statements.Answer, interview=st.just("P9"), prompt=st.just("notes"), text=words),  # refused for ever
)
PERSON = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)


def step(what: str, *details: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One thing that happens: a method of `Day` and what it needs to know."""
    return st.tuples(st.just(what), *details)


numbers = st.integers(0, 99)
withdrawable = st.sampled_from([("interview", "P1"), ("quote", "Q1")])
reviewers = st.sampled_from(["R2", "R3"])
saying = step("somebody_says", names, sayings)
encounter = step("two_laptops_meet", names, names)
joining = step("a_file_is_joined", names, numbers)
happenings = st.one_of(
    saying, saying, saying, saying, encounter, encounter, joining,
    step("somebody_types", names, typings),
    step("somebody_takes_it_back", names),
    step("somebody_takes_it_back", st.just("L1")),
    step("somebody_does_it_again", names),
    step("somebody_does_it_again", st.just("L1")),
    step("a_write_fails", names, sayings),
    step("a_late_rating_is_let_in", numbers),
    step("a_return_is_written", names),
    step("a_backup_is_written", names),
    step("a_backup_is_brought_back", names),
    step("something_is_withdrawn", names, withdrawable, reviewers),
    step("the_meeting_opens"),
    step("a_name_is_forged", names, names, st.sampled_from(["L1", "R2", "R3", "R4"]), numbers),
)  # fmt: skip


class Day:
    """Real laptops on which anything may happen in any order."""

    def __init__(self, skews: list[int]) -> None:
        """R2 and R3 have already spoken to somebody, and R2's second laptop knows of it."""
        self.day = Machine(skews)
        self.files: list[File] = []
        for name in ("R2", "R3"):
            self.day.visits[name].record(PERSON)
            self.day.visits[name].record(statements.Quote(id="Q1", interview="P1", text="said at nine"))
            self.day.remember_new_entries(name)
        self.two_laptops_meet("R2b", "R2")

    def somebody_says(self, name: str, line: statements.Statement) -> None:
        try:
            self.day.visits[name].record(line)
        except ReviewError as refused:
            assert "\n" not in str(refused)
        self.day.remember_new_entries(name)

    def somebody_types(self, name: str, line: statements.Statement) -> None:
        self.day.visits[name].save_draft(line)

    def somebody_takes_it_back(self, name: str) -> None:
        self._step(name, "undo")

    def somebody_does_it_again(self, name: str) -> None:
        self._step(name, "redo")

    def _step(self, name: str, which: str) -> None:
        self.day.save_typing(name)
        try:
            getattr(self.day.visits[name], which)()
        except ReviewError as refused:
            assert "changed since" in str(refused)
        self.day.remember_new_entries(name)

    def a_write_fails(self, name: str, line: statements.Statement) -> None:
        """After its first entry, which is not there afterwards either."""
        visit = self.day.visits[name]
        db, before = visit._store.db, visit._store.digest()
        db.execute(
            f"""CREATE TEMP TRIGGER refuse AFTER INSERT ON entry
                WHEN (SELECT count(*) FROM entry) > {journal.count(db) + 1}
                BEGIN SELECT raise(ABORT, 'refused for this test'); END"""
        )
        try:
            visit.record(line, statements.Passage(place="refused", text="by the disk"))
        except (ReviewError, DatabaseError):
            assert visit._store.digest() == before
        finally:
            db.execute("DROP TRIGGER refuse")
        self.day.remember_new_entries(name)

    def a_late_rating_is_let_in(self, number: int) -> None:
        visit = self.day.visits["L1"]
        if visit.state.late:
            meeting.accept_late(visit, sorted(visit.state.late)[number % len(visit.state.late)])
            self.day.remember_new_entries("L1")

    def a_return_is_written(self, name: str) -> None:
        self.files.append(self.day.write_return(name))

    def a_file_is_joined(self, name: str, number: int) -> None:
        """Anybody's, of any age, also one that was joined before or that passes on the work of a third."""
        if self.files:
            self.day.merge(name, self.files[-1 - number % len(self.files)])

    def two_laptops_meet(self, name: str, other: str) -> None:
        self.day.merge(name, self.day.write_return(other))

    def a_backup_is_written(self, name: str) -> None:
        self.day.back_up(name)

    def a_backup_is_brought_back(self, name: str) -> None:
        self.day.restore(name)

    def something_is_withdrawn(self, name: str, what: tuple[str, str], whose: str) -> None:
        try:
            withdraw(self.day.visits[name], what[0], f"{what[1]}/{whose}", reason="asked by the person")
        except ReviewError as refused:
            assert "\n" not in str(refused)
        self.day.remember_new_entries(name)

    def the_meeting_opens(self) -> None:
        visit = self.day.visits["L1"]
        if not visit.state.meeting_opened:
            meeting.open_meeting(visit)
            self.day.remember_new_entries("L1")

    def a_name_is_forged(self, name: str, other: str, claimed: str, which: int) -> None:
        """Whoever has the visit's identity and our own code still cannot speak for somebody else."""
        if claimed == OWNERS[name] or not self.day.has_written(name):
            return
        self.day.save_typing(other)
        file, visit = self.day.forge(name, claimed, which), self.day.visits[other]
        held = self.day.holds[other]
        receipt = visit.merge(file.path)
        counts = receipt.entries
        assert receipt.reason is not None and counts.in_ == len(file.holds)
        assert counts.in_ == counts.new + counts.already_here + counts.refused
        left_out = {one.device for one in receipt.refused_parts}
        others = {identity for identity in file.holds if self.day.devices[identity] not in left_out} - file.forged
        assert counts.new == len(others - held) and counts.refused == len(file.holds) - len(others)
        self.day.holds[other] = held | others
        assert journal.count(visit._store.db) == len(held | others)

    def everybody_joins_everything(self) -> None:
        """By way of the lead, in any order, somebody twice."""
        for name in [*sorted(OWNERS, reverse=True), "R2"]:
            if name != "L1":
                self.two_laptops_meet("L1", name)
        joined = self.day.write_return("L1")
        for name in OWNERS:
            self.day.merge(name, joined)

    def check_that_nothing_is_lost(self) -> None:
        everything, gone = self.day.held_by_anybody(), self.day.withdrawn()
        records = {told.address[:2] for told in everything.values()}
        for visit in self.day.visits.values():
            found = {one.entry: one for record in records for one in visit.history(*record)}
            assert found.keys() == everything.keys()
            assert journal.count(visit._store.db) == len(everything)
            for identity, told in everything.items():
                one = found[identity]
                assert (one.person, one.withdrawn) == (told.person, identity in gone)
                assert one.value == (None if one.withdrawn else told.value)

    def check_that_all_see_the_same(self) -> None:
        visits = list(self.day.visits.values())
        expected, late = self.day.conflicts(), late_ratings(self.day)
        for visit in visits:
            status = visit.status()
            assert status["digest"] == visits[0].status()["digest"]
            shown = msgspec.to_builtins(status["conflicts"])
            assert {place_of(one): who(one) for one in shown} == expected
            assert visit.state.late == late
            assert visit.state == visits[0].state
            shown_now = visit.state
            visit.reload()
            assert visit.state == msgspec.structs.replace(
                shown_now, digest=visit.state.digest, last_counted=visit.state.last_counted
            )
        assert [check for check in self.day.visits["R2"].check_integrity() if not check.ok] == []


def place_of(conflict: dict[str, Any]) -> tuple[str, str, str]:
    return (conflict["entity"], conflict["key"], conflict["field"])


def who(conflict: dict[str, Any]) -> set[tuple[str, str]]:
    return {(value["entry"], value["person"]) for value in conflict["values"]}


def late_ratings(day: Machine) -> set[str]:
    """The ratings that the lead had not heard at the opening, by somebody who had not heard of the opening.

    Nor of one that was taken back, for here the meeting is opened anew only after that; and that were not let in.
    """
    newest, held = day.newest(), ("meeting", "meeting", "held")
    openings = [one for one in newest.get(held, ()) if one.value]
    before = [one for one in day.held_by_anybody().values() if one.address == held and one.value]
    accepted = day.visits["L1"].state.accepted_late
    let_in = {key: {one.entry, *one.others} for key, one in accepted.items()}
    return {
        place[1]
        for place, told in newest.items()
        if openings and place[::2] == ("rating", "value")
        for one in told
        if one.entry not in let_in.get(place[1], ())
        and not any(knew_of(opening, one) for opening in openings)
        and not any(knew_of(one, opening) for opening in before)
    }


def knew_of(one: WrittenEntry, other: WrittenEntry) -> bool:
    return other.entry in one.known


@few(12, slow=60)
@given(skews, st.lists(happenings, min_size=20, max_size=40), st.lists(sayings, min_size=len(OWNERS), max_size=12))
def test_whatever_happens_on_the_day_nothing_is_lost_and_all_see_the_same(
    skews: list[int], history: Any, last_words: list[statements.Statement]
) -> None:
    day = Day(skews)
    try:
        for what, *details in history:
            getattr(day, what)(*details)
        for name, line in zip(cycle(OWNERS), last_words, strict=False):  # apart, so that there is something to settle
            day.somebody_says(name, line)
        day.everybody_joins_everything()
        day.check_that_nothing_is_lost()
        day.check_that_all_see_the_same()
    finally:
        day.day.close()
