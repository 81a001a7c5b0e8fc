"""Private jottings lie among what only this laptop keeps, each under who wrote it and what it is about."""

from __future__ import annotations

from reviewapp.store import jottings
from reviewapp.store.withdrawal import WithdrawalNotices
from tests.core.store.journals import Author, empty


def test_a_jotting_is_kept_by_who_wrote_it_and_what_it_is_about() -> None:
    db = empty()
    db.execute("INSERT INTO local (name, value) VALUES ('me', 'R2')")
    about, other = ("interview", "P1/R2"), ("standard", "47")
    jottings.write(db, "R2", about, "first")
    jottings.write(db, "R2", about, "in its place")
    jottings.write(db, "R2", other, " words ")
    jottings.write(db, "R3", other, "theirs")
    assert jottings.read(db, "R2") == {about: "in its place", other: " words "}
    assert jottings.read(db, "R3") == {other: "theirs"} and jottings.read(db, "R") == {}
    assert jottings.count(db) == 3
    jottings.write(db, "R2", other, "  \n")
    assert jottings.read(db, "R2") == {about: "in its place"} and jottings.count(db) == 2


def test_jottings_about_what_was_withdrawn_go_whoever_wrote_them() -> None:
    db = empty()
    for person in ("R2", "R3"):
        jottings.write(db, person, ("interview", "P1/R2"), "words")
        jottings.write(db, person, ("standard", "47"), "words")
    notices = WithdrawalNotices(db, [Author("R2").says("withdraw", "interview/P1/R2", "records", [])])
    assert jottings.blank(db, notices) == 2
    assert [jottings.read(db, person) for person in ("R2", "R3")] == [{("standard", "47"): "words"}] * 2
    assert jottings.blank(db, notices) == 0
