"""A set is kept like a visit: found by name, checked, backed up, restored, under new keys, and destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid, WrongPassphrase
from reviewapp.national.joining import join
from reviewapp.national.model import Notice
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE
from tests.core.national.office import QN, Office, extract_of, quote


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    with made.open() as found:
        join(found, [made.file(extract_of("T01", quotes=(quote(),))), made.file(extract_of("T02"))])
    return made


def test_a_set_is_no_visit(office: Office) -> None:
    assert office.laptop.visits() == []
    assert [one.name for one in office.networks.summaries()] == ["Crisis teams 2021"]
    with pytest.raises(Invalid, match="there is no visit"):
        office.laptop.open_visit(office.set_id)


def test_it_is_found_by_its_name_in_any_case(office: Office) -> None:
    assert office.networks.find("crisis TEAMS 2021") == office.set_id


def test_a_name_is_given_once(office: Office) -> None:
    with pytest.raises(Invalid, match="there is a set crisis teams 2021 already"):
        office.networks.new("crisis teams 2021", QN)


def test_everything_is_well_after_joining(office: Office) -> None:
    checks = office.networks.verify(office.set_id)
    assert [(one.name, one.ok) for one in checks] == [
        ("pages", True), ("extracts", True), ("tables", True), ("log", True), ("backups", True)
    ]  # fmt: skip


def test_what_was_altered_in_the_store_is_told(office: Office) -> None:
    with office.open() as found, found.transaction() as db:
        db.execute("UPDATE extract SET revision = 77 WHERE n = 1")
    wrong = [one.name for one in office.networks.verify(office.set_id) if not one.ok]
    assert "extracts" in wrong


def test_a_backup_brings_it_back_on_another_laptop(office: Office, tmp_path: Path) -> None:
    with office.open() as found:
        found.write_backup(tmp_path / "taken away.reviewbackup")
    from reviewapp.national.networks import Networks

    other = Networks(Laptop.create(tmp_path / "other", PASSPHRASE)[0].home)
    with pytest.raises(WrongPassphrase):
        other.restore(tmp_path / "taken away.reviewbackup", "another passphrase")
    assert other.restore(tmp_path / "taken away.reviewbackup", PASSPHRASE) == office.set_id
    with other.open("Crisis teams 2021") as restored:
        assert [one.team for one in restored.extracts()] == ["T01", "T02"]


def test_what_was_taken_back_since_does_not_come_back_with_a_backup(office: Office, tmp_path: Path) -> None:
    with office.open() as found:
        found.write_backup(tmp_path / "taken away.reviewbackup")
        join(found, [office.file(Notice(visit="visitT01", records=("quote/Q1/R2",)))])
    office.networks.restore(tmp_path / "taken away.reviewbackup", PASSPHRASE)
    with office.open(read_only=True) as restored:
        assert restored.extract(1).quotes == ()


def test_a_backup_of_a_set_is_no_backup_of_a_visit(office: Office, tmp_path: Path) -> None:
    with office.open() as found:
        found.write_backup(tmp_path / "set.reviewbackup")
    with pytest.raises(Invalid, match="national restore"):
        office.laptop.restore(tmp_path / "set.reviewbackup", PASSPHRASE)


def test_a_new_passphrase_opens_it_and_the_old_one_no_more(office: Office) -> None:
    office.laptop.change_passphrase(PASSPHRASE, "another long passphrase")
    from reviewapp.national.networks import Networks

    again = Networks(Laptop.open(office.laptop.home.folder, "another long passphrase").home)
    with again.open(office.set_id, read_only=True) as found:
        assert len(found.received()) == 2
        assert found.key == office.key


def test_destroying_it_leaves_a_certificate_and_nothing_else(office: Office, tmp_path: Path) -> None:
    written = office.networks.purge("Crisis teams 2021", tmp_path / "certificate.json")
    assert (written.extracts, written.left) == (2, ())
    assert (tmp_path / "certificate.json").is_file()
    assert office.networks.summaries() == []
    assert not office.laptop.home.visit_folder(office.set_id).exists()


def test_destroying_it_destroys_what_a_restore_put_aside_too(office: Office, tmp_path: Path) -> None:
    with office.open() as found:
        found.write_backup(tmp_path / "taken away.reviewbackup")
    office.networks.restore(tmp_path / "taken away.reviewbackup", PASSPHRASE)
    office.networks.purge("Crisis teams 2021", tmp_path / "certificate.json")
    assert list((office.laptop.home.folder / "visits").iterdir()) == []


def test_an_installation_with_a_set_is_not_forgotten(office: Office) -> None:
    Laptop.forget_unused(office.laptop.home.folder)
    assert Laptop.exists(office.laptop.home.folder)
