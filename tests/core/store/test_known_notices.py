"""What a home knows to be withdrawn is put in force where it is not known, as entries that others believe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from reviewapp.store import change_log, journal, key_copies, known_notices, written_files
from reviewapp.store.home import Home
from reviewapp.store.known_notices import Source
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import WITHDRAW
from tests.core.store.test_home import V1, content
from tests.core.store.test_new_keys import OLD, key_file

KEY = bytes(range(32))
NOTICE = "interview/P1/R2"


class Laptops:
    """Bare stores of one visit, each of a laptop of somebody."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack, self._many = folder, stack, 0

    def of(self, person: str) -> VisitStore:
        """A further laptop of a person, who has said nothing on it."""
        self._many += 1
        store = VisitStore.create(self._folder / f"laptop{self._many}", KEY)
        self._stack.callback(store.close)
        with store.transaction() as db:
            store.become_new_device(db)
            store.set_local(db, "visit", "v")
            store.set_local(db, "me", person)
            store.sign(db)
        return store

    def after(self, store: VisitStore) -> VisitStore:
        """What a restore makes of the entries that a laptop holds: the same person goes on, as a new device."""
        restored = self.of(store.local("me"))
        take(restored, store)
        return restored


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    with ExitStack() as stack:
        yield Laptops(tmp_path, stack)


def say(store: VisitStore, *names: str, key: str = "Q1/R2") -> None:
    store.write([FieldWrite("quote", key, name, f"{name} that was said", ()) for name in names], person="R2")


def withdraw(store: VisitStore, key: str = NOTICE, **fields: object) -> None:
    """Withdraw as the laptop's own person, and sign it."""
    me = store.local("me")
    with store.transaction() as db:
        for field, value in (fields or {"records": ["quote/Q1/R2"], "reason": "the person asked"}).items():
            store.write_in(db, [FieldWrite(WITHDRAW, key, field, value, ())], person=me)
        store.sign(db)


def take(store: VisitStore, other: VisitStore) -> None:
    with store.transaction() as db:
        journal.add(db, list(journal.everything(other.db)))
        for device in other.devices().values():
            store.remember_device(db, device)


def source(store: VisitStore) -> Source:
    return known_notices.source_of(store.db)


def notices(store: VisitStore) -> list[tuple[str, str, str, object]]:
    return sorted((one.person, one.device, one.field, one.value) for one in journal.of_entity(store.db, WITHDRAW))


def blank(store: VisitStore) -> set[str]:
    return {one.key for one in journal.everything(store.db) if one.withdrawn}


def test_what_ones_own_person_withdrew_is_written_anew_by_the_laptop_that_goes_on(laptops: Laptops) -> None:
    old = laptops.of("R2")
    say(old, "text")
    restored = laptops.after(old)
    withdraw(old)
    known_notices.apply(restored, [source(old)])
    assert blank(restored) == {"Q1/R2"}
    assert [(one, device) for one, device, *_ in notices(restored)] == [("R2", restored.device)] * 2
    assert [(field, value) for *_, field, value in notices(restored)] == [
        ("reason", "the person asked"), ("records", ["quote/Q1/R2"]),
    ]  # fmt: skip


def test_what_is_known_already_is_not_said_again_and_what_follows_it_is(laptops: Laptops) -> None:
    old = laptops.of("R2")
    say(old, "text")
    withdraw(old)
    restored = laptops.after(old)
    withdraw(old, "interview/P2/R2", records=[], reason="another person asked")
    for _ in range(2):
        known_notices.apply(restored, [source(old), source(old)])
        found = notices(restored)
        assert len(found) == 4 and sum(device == restored.device for _, device, *_ in found) == 2


def test_what_somebody_else_withdrew_comes_as_they_signed_it_with_all_that_they_had_said(laptops: Laptops) -> None:
    reviewer, mine = laptops.of("R2"), laptops.of("R3")
    say(reviewer, "text")
    take(mine, reviewer)
    restored = laptops.after(mine)
    say(reviewer, "tone")
    withdraw(reviewer)
    say(reviewer, "text", key="Q2/R2")  # it is not signed yet
    take(mine, reviewer)
    known_notices.apply(restored, [source(mine)])
    assert notices(restored) == notices(reviewer) and blank(restored) == {"Q1/R2"}
    assert [one.seq for one in journal.everything(restored.db)] == [1, 2, 3, 4]
    assert restored.devices()[reviewer.device] == reviewer.devices()[reviewer.device]


def test_what_somebody_else_had_not_signed_is_put_in_force_as_ones_own(laptops: Laptops) -> None:
    """Nothing of it proves that they said so; and of nobody else anything is taken over."""
    reviewer, mine = laptops.of("R2"), laptops.of("R3")
    say(reviewer, "text")
    with reviewer.transaction() as db:
        reviewer.sign(db)
    take(mine, reviewer)
    restored = laptops.after(mine)
    with reviewer.transaction() as db:
        reviewer.write_in(db, [FieldWrite(WITHDRAW, NOTICE, "records", ["quote/Q1/R2"], ())], person="R2")
    take(mine, reviewer)
    say(mine, "text", key="Q9/R2")
    known_notices.apply(restored, [source(mine)])
    assert notices(restored) == [("R3", restored.device, "records", ["quote/Q1/R2"])]
    assert journal.count(restored.db) == 2


def test_the_device_of_the_notice_brings_its_entries_and_no_other_device(laptops: Laptops) -> None:
    reviewer, other, mine = laptops.of("R2"), laptops.of("R4"), laptops.of("R3")
    restored = laptops.after(mine)
    withdraw(reviewer)
    other.write([FieldWrite("rating", "1/R4", "note", "a note", ())], person="R4")
    with other.transaction() as db:
        other.sign(db)
    for one in (reviewer, other):
        take(mine, one)
    found = source(mine)
    assert set(found.journals) == {reviewer.device} and other.device in found.devices
    assert [one.device for one in found.journals[reviewer.device]] == [reviewer.device] * 2
    known_notices.apply(restored, [found])
    assert {one.device for one in journal.everything(restored.db)} == {reviewer.device}


def test_a_notice_of_a_device_that_nobody_knows_is_put_in_force_as_ones_own(laptops: Laptops) -> None:
    reviewer, mine = laptops.of("R2"), laptops.of("R3")
    withdraw(reviewer)
    restored = laptops.after(mine)
    with mine.transaction() as db:
        journal.add(db, list(journal.everything(reviewer.db)))
    found = source(mine)
    assert found.journals == {} and len(found.notices) == 2
    known_notices.apply(restored, [found])
    assert {(one, device) for one, device, *_ in notices(restored)} == {("R3", restored.device)}


def test_a_second_word_on_a_notice_follows_the_first(laptops: Laptops) -> None:
    """What was said of it last stands, and nothing is in conflict."""
    old = laptops.of("R2")
    restored = laptops.after(old)
    withdraw(old)
    first = source(old)
    withdraw(old, reason="the person asked twice", records=["quote/Q1/R2", "quote/Q2/R2"])
    last = msgspec.structs.replace(source(old), notices=source(old).notices[-2:])
    known_notices.apply(restored, [first, last])
    assert [one.value for one in journal.heads(restored.db, (WITHDRAW, NOTICE, "reason"))] == ["the person asked twice"]
    assert len(notices(restored)) == 4 and journal.conflicts(restored.db) == []


def test_files_that_were_written_elsewhere_stay_known(laptops: Laptops) -> None:
    old, restored = laptops.of("R2"), laptops.of("R2")
    with old.transaction() as db:
        for path in ("/a", "/b"):
            written_files.add_to_store(db, path)
    with restored.transaction() as db:
        written_files.add_to_store(db, "/b")
    known_notices.apply(restored, [source(old), source(old)])
    assert restored.written.elsewhere() == ["/b", "/a"]


# From the folders of a home ------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Home:
    key_copies.write(tmp_path, key_file(1))
    made = Home(tmp_path, OLD)
    made.new_store(V1, content(V1))
    return made


def test_what_was_noted_beside_a_store_is_known_too(home: Home) -> None:
    written_files.add_beside(home.visit_folder(V1), home.visit_key(V1), "/elsewhere")
    (own,) = known_notices.sources(home, V1)
    assert own.written == ["/elsewhere"]


@pytest.mark.parametrize("spoilt", ["the log", "the store"])
def test_a_damaged_log_is_kept_before_a_store_is_looked_into(home: Home, spoilt: str, tmp_path: Path) -> None:
    folder, store = home.visit_folder(V1), home.open_store(V1)
    for number in range(20):
        store.write([FieldWrite("quote", f"Q{number}/L1", "text", "words " * 200, ())], person="L1")
    shutil.copytree(folder, tmp_path / "killed")
    store.close()
    shutil.rmtree(folder)
    (tmp_path / "killed").rename(folder)
    log = folder / change_log.LOG
    if spoilt == "the log":
        raw = bytearray(log.read_bytes())
        raw[len(raw) // 2] ^= 1
        log.write_bytes(raw)
    else:
        (folder / "visit.db").write_bytes(b"")
    before = log.read_bytes()
    found = known_notices.sources(home, V1)
    if spoilt == "the log":
        assert [path.read_bytes() for path in change_log.kept(folder)] == [before]
    else:
        assert found == [] and log.read_bytes() == before
