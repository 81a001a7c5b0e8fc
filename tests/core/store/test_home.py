"""An installation on disk: which visits it has, how each is made whole or not at all, and whose key opens it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.store import deletion, keys, schema, unlock_throttle
from reviewapp.store.home import Home
from reviewapp.store.visit_folders import LONGEST_PATH, check_path
from reviewapp.store.visit_store import FieldWrite, VisitStore

V1, V2 = "0123456789abcdef", "fedcba9876543210"


def content(visit: str) -> Callable[[VisitStore], None]:
    """The least that a visit is."""

    def fill(store: VisitStore) -> None:
        with store.transaction() as db:
            store.set_local(db, "visit", visit)
            store.become_new_device(db)
            store.write_in(db, [FieldWrite("visit", visit, "service", "Example team", ())], person="L1")

    return fill


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", "long enough")[0]


def test_an_installation_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert not Home.exists(folder)
    made, _ = Home.create(folder, "long enough")
    assert Home.exists(folder) and made.visit_ids() == []
    with pytest.raises(Invalid, match="already has a passphrase"):
        Home.create(folder, "another one")
    assert Home.unlock(folder, "long enough").key == made.key
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Invalid, match="cannot be used"):
        Home.create(tmp_path / "file", "long enough")


def test_a_path_below_which_no_visit_could_be_kept_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    short = "x" * 50
    path = tmp_path
    while len(os.fsencode(path)) + 51 < LONGEST_PATH:
        path /= short
    path /= "y" * (LONGEST_PATH - len(os.fsencode(path)) - 1)
    assert len(os.fsencode(path)) == LONGEST_PATH
    check_path(path)
    with pytest.raises(Invalid, match="too long") as error:
        Home.create(path.with_name(path.name + "z"), "long enough")
    assert error.value.field == "home" and list(tmp_path.iterdir()) == []


def test_a_visit_is_there_once_it_is_whole_and_its_store_says_so(home: Home) -> None:
    home.new_store(V2, content(V2))
    home.new_store(V1, content(V1))
    assert home.visit_ids() == [V1, V2]
    store = home.open_store(V1)
    assert store.local("visit") == V1 and not store.read_only
    store.close()
    reader = home.open_store(V1, read_only=True)
    assert reader.read_only
    reader.close()
    with pytest.raises(Invalid, match="on this laptop already"):
        home.new_store(V1, content(V1))
    with pytest.raises(Invalid, match="there is no visit"):
        home.open_store("0" * 16)
    assert home.visit_key(V1) != home.visit_key(V2) and len(home.visit_key(V1)) == 32


def test_a_visit_that_could_not_be_filled_leaves_nothing(home: Home) -> None:
    def fill(store: VisitStore) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        home.new_store(V1, fill)
    assert home.visit_ids() == [] and list((home.folder / "visits").iterdir()) == []


@pytest.mark.parametrize(
    "visit", ["", "..", "a/b", "a.b", "a b", "x" * 65, "\N{LATIN SMALL LETTER E WITH ACUTE}", "con"]
)
def test_what_cannot_be_an_id_names_no_folder(home: Home, visit: str) -> None:
    with pytest.raises(Invalid, match="not the id of a visit"):
        home.visit_folder(visit)


def test_an_id_is_letters_and_digits(home: Home) -> None:
    for visit in ("a", "0", "x" * 64, V1):
        assert home.visit_folder(visit) == home.folder / "visits" / visit


def test_other_files_beside_the_visits_are_no_visits_and_what_is_half_there_is_listed(home: Home) -> None:
    home.new_store(V1, content(V1))
    visits = home.folder / "visits"
    for name in (".making-x", "with space", "empty", "marked", "half"):
        (visits / name).mkdir()
    (visits / "file").write_bytes(b"x")
    (visits / ".making-x" / "visit.db").write_bytes(b"x")
    (visits / "with space" / "visit.db").write_bytes(b"x")
    (visits / "marked" / deletion.MARK).write_bytes(b"")
    (visits / "half" / "visit.db").write_bytes(b"x")
    assert home.visit_ids() == [V1, "half"]


def test_a_store_of_another_visit_in_its_place_is_damage(home: Home) -> None:
    home.new_store(V1, content(V1))
    home.new_store(V2, content(V2))
    home.visit_folder(V1).rename(home.folder / "away")
    home.visit_folder(V2).rename(home.visit_folder(V1))
    with pytest.raises(Damaged):
        home.open_store(V1)
    empty = home.folder / "visits" / "a1"
    home.new_store("a1", lambda store: None)
    assert empty.exists()
    with pytest.raises(Damaged):
        home.open_store("a1")


def test_a_key_that_is_gone_spoilt_or_another_homes_is_damage_and_one_of_a_later_version_is_not(
    home: Home, tmp_path: Path
) -> None:
    home.new_store(V1, content(V1))
    path = home.visit_folder(V1) / "key.json"
    whole = json.loads(path.read_text())
    other, _ = Home.create(tmp_path / "other", "long enough")
    other.new_store(V1, content(V1))
    theirs = (other.visit_folder(V1) / "key.json").read_bytes()
    no_text = json.dumps(whole | {"sealed": "no base64!"}).encode()
    for spoilt in (b"", b"{}", b"[" * 5000, no_text, theirs, json.dumps(whole | {"more": 1}).encode(), b"\xff"):
        path.write_bytes(spoilt)
        with pytest.raises(Damaged, match="is damaged"):
            home.visit_key(V1)
    path.write_text(json.dumps({"store": schema.VERSION + 1, "sealed": 7}))
    with pytest.raises(NewerVersion):
        home.visit_key(V1)
    path.unlink()
    with pytest.raises(Damaged, match="is missing"):
        home.visit_key(V1)
    path.mkdir()
    with pytest.raises(Damaged):
        home.visit_key(V1)


def test_a_folder_of_visits_that_cannot_be_listed_is_told(home: Home) -> None:
    (home.folder / "visits").write_bytes(b"")
    with pytest.raises(ReviewError, match="cannot be listed"):
        home.visit_ids()


def test_an_installation_that_holds_nothing_can_be_taken_away_and_another_folder_stays(home: Home) -> None:
    with pytest.raises(WrongPassphrase):
        Home.unlock(home.folder, "something else")
    assert unlock_throttle.path_of(home.folder).exists()
    (home.folder / "own notes.txt").write_bytes(b"x")
    home.delete_key_file()
    assert [path.name for path in home.folder.iterdir()] == ["own notes.txt"]
    (home.folder / "own notes.txt").unlink()
    home.delete_key_file()
    assert not home.folder.exists()


def test_a_passphrase_is_changed_by_who_knows_it(home: Home) -> None:
    home.new_store(V1, content(V1))
    with pytest.raises(WrongPassphrase):
        home.change_passphrase("something else", "another one")
    with pytest.raises(Invalid):
        home.change_passphrase("long enough", "short")
    home.change_passphrase("long enough", "another one")
    assert Home.unlock(home.folder, "another one").visit_key(V1) == home.visit_key(V1)
    with pytest.raises(WrongPassphrase):
        keys.unlock(keys.read(home.folder), "long enough")


# What a store keeps for its laptop alone --------------------------------------------------------------------------


@pytest.fixture
def store(home: Home) -> VisitStore:
    home.new_store(V1, content(V1))
    return home.open_store(V1)


def test_where_files_were_written_is_kept_once_each_in_order(store: VisitStore, tmp_path: Path) -> None:
    assert store.written.elsewhere() == []
    for name in ("a", "b", "a"):
        store.written.remember(tmp_path / name)
    assert store.written.elsewhere() == [str(tmp_path / "a"), str(tmp_path / "b")]
    store.close()


def test_what_was_joined_is_kept_in_order_with_its_receipt(store: VisitStore) -> None:
    with store.transaction() as db:
        for person in ("R3", "R2"):
            store.remember_joined(db, person=person, device="d", receipt=b'{"a":1}')
    assert [(one["person"], one["device"], one["receipt"]) for one in store.joined()] == [
        ("R3", "d", '{"a":1}'), ("R2", "d", '{"a":1}'),
    ]  # fmt: skip
    assert store.local("never set") == ""
    store.close()


def test_typing_is_kept_by_its_slot_and_with_what_its_author_had_before_them(store: VisitStore) -> None:
    address = ("passage", "summary", "text")
    (first,) = store.write([FieldWrite(*address, "before", ())], person="L1")
    store.drafts.save("slot", b"typed", address)
    store.write([FieldWrite(*address, "meanwhile", (first.id,))], person="L1")
    store.drafts.save("other", b"x", ("passage", "method", "text"))
    store.drafts.save("slot", b"typed on", address)
    assert [(one.slot, one.line, one.parents) for one in store.drafts.all()] == [
        ("other", b"x", ()), ("slot", b"typed on", (first.id,)),
    ]  # fmt: skip
    assert store.drafts.has("slot") and not store.drafts.has("slots")
    with store.transaction() as db:
        store.drafts.forget(db, ["slot", "never there"])
    assert [one.slot for one in store.drafts.all()] == ["other"]
    store.close()


def test_only_a_newer_head_of_a_laptop_takes_the_place_of_the_one_that_is_known(store: VisitStore) -> None:
    head = store.signed_head()
    assert (head.person, head.seq) == (store.local("me"), 1) and head.verifies(V1)
    with store.transaction() as db:
        store.sign(db)
    assert store.devices() == {store.device: head}
    store.write([FieldWrite("passage", "summary", "text", "t", ())], person="L1")
    newer = store.signed_head()
    assert newer.seq == 2 and newer.chain != head.chain
    with store.transaction() as db:
        store.remember_device(db, newer)
        store.remember_device(db, head)
    assert store.devices()[store.device] == newer
    old = store.device
    with store.transaction() as db:
        store.become_new_device(db)
    assert store.device != old and store.signed_head().seq == 0
    store.close()
