"""Gone means gone: words that were withdrawn are in no byte of a home, whatever was done before or is done after."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import backup, cleaning, journal, rolling_backups, withdrawal
from reviewapp.store.clock import utc_now
from reviewapp.visit import statements
from reviewapp.visit.entities import WITHDRAW
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import may_survive, withdraw
from tests.core.every_byte import every_byte
from tests.core.homes import PASSPHRASE, Team
from tests.core.workspace.support import exchange

WORDS = (b"plantedword", b"tedword")
"""The second is what the index of words keeps, where beginnings that words share are kept once."""


def talk(visit: OpenVisit) -> None:
    """Two interviews, with planted words in the first, in every kind of place where words of it can be."""
    visit.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Interview(id="P2", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text="plantedword in an answer"),
        statements.Quote(id="Q1", interview="P1", text="plantedword in a quote", standards=["47"]),
        statements.Quote(id="Q2", interview="P1", text="movedword in a quote", standards=["47"]),
    )
    visit.record(statements.Answer(interview="P1", prompt="P01", text="plantedword put otherwise"))
    visit.record(statements.Quote(id="Q2", interview="P2"))
    visit.jottings.write(("interview", f"P1/{visit.me}"), "plantedword for nobody else")
    visit.save_draft(statements.Answer(interview="P1", prompt="P02", text="plantedword half typed"))
    visit.find("planted")


def found_in(team: Team, code: str) -> list[bytes]:
    held = every_byte(team.laptops[code].home)
    return [word for word in WORDS if word in held]


def restore(team: Team, code: str, path: Path) -> OpenVisit:
    """The visit of a person restored from a backup, and opened."""
    if code in team.visits:
        team.visits.pop(code).close()
    team.laptops[code].restore(path, PASSPHRASE)
    return reopen(team, code)


def reopen(team: Team, code: str) -> OpenVisit:
    if code in team.visits:
        team.visits.pop(code).close()
    team.visits[code] = team.laptops[code].open_visit(team.visit_id)
    return team.visits[code]


@pytest.mark.parametrize("who", ["R2", "L1"])
def test_withdrawn_words_are_in_no_byte_of_a_home_after_any_operation(team: Team, who: str) -> None:
    talk(team.visit("R2"))
    for code in ("R2", "R3"):
        exchange(team, code)
    for code in ("R2", "L1", "R3"):
        visit = team.visit(code)
        visit.find("planted")
        visit.back_up_now()
        visit.backup(team.folder / f"{code}.away")
        assert found_in(team, code) == list(WORDS), "they are found where they are"
    team.visit("R2").save_draft(statements.Answer(interview="P1", prompt="P07", text="plantedword half typed"))
    late = team.return_of("R3").rename(team.folder / "late.review")
    restore(team, "L1", team.folder / "L1.away")
    withdraw(team.visit(who), "interview", "P1/R2", reason="the person asked")
    assert found_in(team, who) == []
    for code in ("R2", "R3"):
        exchange(team, code)
    for code in ("R2", "L1", "R3"):
        assert found_in(team, code) == [], code
        for done in operations(team, code, late):
            assert found_in(team, code) == [], f"{code} {done}"
            assert "interview/P1/R2" in team.visit(code).state.withdrawn
            assert set(team.visit(code).state.quotes) == {"Q2/R2"}, "it had been moved to the other interview"
    for code in ("R2", "R3"):
        exchange(team, code)
    assert [one.name for one in team.visit("R3").check_integrity() if not one.ok] == []


@pytest.mark.parametrize("who", ["R2", "L1"])
def test_words_that_were_hidden_first_and_withdrawn_then_are_in_no_byte_of_a_home(team: Team, who: str) -> None:
    """A laptop of R2's that stands apart asks, everybody hides, and one who may decides."""
    talk(team.visit("R2"))
    team.certify("R2")
    for code in ("R2", "R3"):
        exchange(team, code)
    for code in ("R2", "L1", "R3"):
        team.visit(code).find("planted")
        team.visit(code).backup(team.folder / f"{code}.away")
    second = team.another_laptop("R2b", me="R2")
    second.merge(team.return_of("L1"))
    withdraw(second, "interview", "P1/R2", reason="the person asked")
    late = team.return_of("R3").rename(team.folder / "late.review")
    path = team.return_of("R2b")
    for code in ("R2", "L1", "R3"):
        team.visit(code).merge(path)
        assert found_in(team, code) == list(WORDS) and "interview/P1/R2" in team.visit(code).state.hidden
    withdraw(team.visit(who), "interview", "P1/R2", reason="the person asked")
    assert found_in(team, who) == []
    path = team.return_of(who)
    for code in ("R2", "L1", "R3", "R2b"):
        team.visit(code).merge(path)
        assert found_in(team, code) == [], code
    for code in ("R2", "L1", "R3"):
        for done in operations(team, code, late):
            assert found_in(team, code) == [], f"{code} {done}"
            assert set(team.visit(code).state.quotes) == {"Q2/R2"} and not team.visit(code).state.hidden


def operations(team: Team, code: str, late: Path) -> list[str]:
    """What a person may do afterwards, one thing after the other; each is named once it was done."""
    steps: dict[str, Callable[[OpenVisit], object]] = {
        "a late return": lambda visit: visit.merge(late),
        "its preview": lambda visit: visit.merge(late, preview=True),
        "search": lambda visit: visit.find("planted"),
        "rolling backup": lambda visit: visit.back_up_now(),
        "check": lambda visit: visit.check_integrity(),
        "undo": lambda visit: visit.undo(),
        "return": lambda visit: visit.write_return(team.folder / "again.review"),
        "restored from before": lambda _: restore(team, code, team.folder / f"{code}.away"),
        "late again": lambda _: team.visit(code).merge(late),
        "restored once more": lambda _: restore(team, code, team.folder / f"{code}.away"),
        "opened again": lambda _: reopen(team, code),
    }
    done = []
    for name, step in steps.items():
        step(team.visit(code))
        done.append(name)
        assert found_in(team, code) == [], f"{code}: {name}"
    return done


# One rule: what belongs to an interview ---------------------------------------------------------------------------


def moved(visit: OpenVisit) -> None:
    visit.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Interview(id="P2", group="patient", consent_notes=True, consent_quotes=True),
        statements.Quote(id="Q1", interview="P1", text="said by the second person", standards=["47"]),
        statements.Quote(id="Q2", interview="P2", text="said by the first person", standards=["47"]),
    )


def move(visit: OpenVisit) -> None:
    visit.record(statements.Quote(id="Q1", interview="P2"), statements.Quote(id="Q2", interview="P1"))


def test_a_quote_that_was_moved_goes_with_the_interview_to_which_it_belongs_now(team: Team) -> None:
    visit = team.visit("R2")
    moved(visit)
    move(visit)
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    assert {key: one.text for key, one in visit.state.quotes.items()} == {"Q1/R2": "said by the second person"}
    visit.record(statements.Quote(id="Q1", tone="positive"))
    exchange(team, "R2", "R3")
    for code in ("L1", "R3"):
        assert {key: one.text for key, one in team.visit(code).state.quotes.items()} == {
            "Q1/R2": "said by the second person"
        }
    assert b"said by the first" not in every_byte(team.laptops["R3"].home)


def test_a_quote_that_was_moved_meanwhile_comes_back_to_whoever_withdrew_not_knowing_of_it(team: Team) -> None:
    """The lead takes the first interview back before hearing of the move; in the end all laptops agree."""
    moved(team.visit("R2"))
    exchange(team, "R2", "R3")
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    assert set(team.visit("L1").state.quotes) == {"Q2/R2"}
    assert team.visit("R3").merge(team.return_of("L1")).reason is None
    move(team.visit("R2"))
    exchange(team, "R2", "R3")
    for code in ("L1", "R2", "R3"):
        assert {key: one.text for key, one in team.visit(code).state.quotes.items()} == {
            "Q1/R2": "said by the second person"
        }, code
    team.visit("R2").record(statements.Quote(id="Q1", tone="positive"))


def test_a_quote_that_went_with_its_interview_unnamed_does_not_come_back_under_its_number(team: Team) -> None:
    """The lead had not heard of it; were its number free again, its old words could come back from another laptop."""
    visit = team.visit("R2")
    moved(visit)
    exchange(team, "R2")
    visit.record(statements.Quote(id="Q5", interview="P1", text="plantedword", standards=["47"]))
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    visit.merge(team.return_of("L1"))
    assert "quote/Q5/R2" in visit.state.withdrawn
    with pytest.raises(ReviewError, match="was withdrawn"):
        visit.record(statements.Quote(id="Q5", interview="P2", text="other words", standards=["47"]))


# Files of the home that are no part of the journal ----------------------------------------------------------------


def test_receipts_that_an_earlier_version_kept_lose_the_words_in_them(team: Team) -> None:
    visit = team.visit("R2")
    talk(visit)
    with visit._store.transaction() as db:
        old = {"who": {"person": "R3", "device": "d"}, "counts": {"in": 1, "new": 1, "already_here": 0, "refused": 0}}
        seen = {"conflicts": [{"values": [{"value": "plantedword in a conflict"}]}]}
        visit._store.remember_joined(db, person="R3", device="d", receipt=msgspec.json.encode(old | {"seen": seen}))
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    assert found_in(team, "R2") == []
    assert [one.receipt for one in visit.here.joined_files()] == [old]


def test_what_an_earlier_version_withdrew_is_cleaned_again_when_the_visit_is_opened(team: Team) -> None:
    visit = team.visit("R2")
    talk(visit)
    visit.backup(team.folder / "away")
    visit = restore(team, "R2", team.folder / "away")
    (aside,) = team.laptops["R2"].moved_aside()
    kept = team.folder / "kept aside"
    shutil.copytree(aside, kept)
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    shutil.rmtree(aside)
    shutil.move(kept, aside)
    with visit._store.transaction() as db:  # as it left it
        visit._store.remember_joined(db, person="R3", device="d", receipt=b'{"who":{},"seen":"plantedword"}')
        db.execute("DELETE FROM local WHERE name = 'withdrawal_rule'")
    assert found_in(team, "R2") == list(WORDS)
    reopen(team, "R2")
    assert found_in(team, "R2") == []


def test_a_withdrawal_that_finds_no_room_to_clean_is_finished_at_the_next_opening(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = team.visit("R2")
    talk(visit)
    visit.back_up_now()

    def full(*_args: object, **_kwargs: object) -> None:
        raise ReviewError("there is no room left on it", do="free some space")

    with monkeypatch.context() as patched:
        patched.setattr(backup, "save_pieces", full)
        with pytest.raises(ReviewError, match="no room"):
            withdraw(visit, "interview", "P1/R2", reason="the person asked")
        assert visit.state.interviews.keys() == {"P2/R2"} and found_in(team, "R2")
        assert rolling_backups.oldest_first(visit._store.folder), "there is never none"
        reopen(team, "R2")
        assert found_in(team, "R2") and withdrawal.is_to_scrub(team.visit("R2")._store.db)
    reopen(team, "R2")
    assert found_in(team, "R2") == [] and not withdrawal.is_to_scrub(team.visit("R2")._store.db)


def test_a_folder_that_a_restore_moved_aside_is_cleaned_or_where_it_does_not_open_destroyed(team: Team) -> None:
    visit = team.visit("R2")
    talk(visit)
    visit.backup(team.folder / "away")
    visit.close()
    for _ in range(2):
        restore(team, "R2", team.folder / "away")
    whole, broken = team.laptops["R2"].moved_aside()
    store = broken / "visit.db"
    store.write_bytes(store.read_bytes()[:8192] + bytes(8192) + store.read_bytes()[16384:])
    assert found_in(team, "R2") == list(WORDS)
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    assert found_in(team, "R2") == []
    assert whole.is_dir() and not broken.exists()


@pytest.mark.parametrize("name", [".restoring-0a1b2c3d", ".making-0a1b2c3d"])
def test_what_a_kill_left_of_a_restore_or_a_new_visit_goes_with_a_withdrawal(team: Team, name: str) -> None:
    visit = team.visit("R2")
    talk(visit)
    home = team.laptops["R2"].home
    left = home.folder / "visits" / name
    shutil.copytree(home.visit_folder(team.visit_id), left)
    with cleaning.unfinished(home) as found:
        assert set(found) == {left}
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    assert not left.exists() and found_in(team, "R2") == []


# Restoring --------------------------------------------------------------------------------------------------------


def test_a_restore_takes_withdrawals_from_whatever_in_the_home_still_knows_of_them(team: Team) -> None:
    """The visit that is replaced does not open: its backups know; then the one that was moved aside."""
    visit = team.visit("R2")
    talk(visit)
    visit.backup(team.folder / "away")
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    visit.close()
    folder = team.laptops["R2"].home.visit_folder(team.visit_id)
    (folder / "visit.db").write_bytes(b"damaged" * 10_000)
    for name in ("0", "z"):
        (folder / "backups" / f"{name}.reviewbackup").write_bytes(b"damaged" * 10_000)  # it knows nothing
    visit = restore(team, "R2", team.folder / "away")
    assert found_in(team, "R2") == [] and "interview/P1/R2" in visit.state.withdrawn
    assert [one.values() for one in visit.drafts()] == []
    visit.close()
    rolling_backups.delete(rolling_backups.oldest_first(folder))
    shutil.copytree(folder, folder.with_name(f".before-restore-{team.visit_id}-20261117T090000000000"))
    (folder / "visit.db").write_bytes(b"damaged" * 10_000)
    visit = restore(team, "R2", team.folder / "away")
    assert found_in(team, "R2") == [] and "interview/P1/R2" in visit.state.withdrawn


def test_a_restored_laptop_hands_the_withdrawal_on(team: Team) -> None:
    """Nobody else had heard of it: the notice must not be lost with the visit that was replaced."""
    visit = team.visit("R2")
    talk(visit)
    visit.commit_drafts()
    exchange(team, "R2")
    visit.backup(team.folder / "away")
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    restore(team, "R2", team.folder / "away")
    exchange(team, "R2", "R3")
    for code in ("L1", "R2", "R3"):
        assert found_in(team, code) == [], code
        told = team.visit(code).state.withdrawn["interview/P1/R2"]
        assert told.person == "R2" and team.visit(code).state.conflicts == ()
        assert [one.value for one in team.visit(code).history("withdraw", "interview/P1/R2") if one.field == "reason"]


def test_a_withdrawal_that_a_restore_writes_anew_is_of_the_time_of_the_restore(team: Team) -> None:
    visit = team.visit("R2")
    talk(visit)
    visit.backup(team.folder / "away")
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    later = utc_now() + timedelta(hours=3)
    team.laptops["R2"].home.clock = lambda: later
    visit = restore(team, "R2", team.folder / "away")
    assert {one.at[:16] for one in journal.of_entity(visit._store.db, WITHDRAW)} == {later.isoformat()[:16]}


def test_a_withdrawal_by_somebody_else_comes_back_as_their_own_entry(team: Team) -> None:
    """R3 can neither withdraw what R2 was told nor say so for R2: R2's own entries come, and only R2's."""
    talk(team.visit("R2"))
    exchange(team, "R2", "R3")
    team.visit("R3").backup(team.folder / "away")
    team.visit("L1").record(statements.Rating(standard="1", value="met"))
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    exchange(team, "R2", "R3")
    notice = {one.entry for one in team.visit("R3").history("withdraw", "interview/P1/R2")}
    assert "1/L1" in team.visit("R3").state.ratings
    visit = restore(team, "R3", team.folder / "away")
    assert found_in(team, "R3") == [] and "1/L1" not in visit.state.ratings
    assert {one.entry for one in visit.history("withdraw", "interview/P1/R2")} == notice
    assert [one.name for one in visit.check_integrity() if not one.ok] == []
    assert team.visit("L1").merge(team.return_of("R3")).reason is None


def test_files_that_were_written_elsewhere_stay_known_after_a_restore(team: Team) -> None:
    visit = team.visit("R2")
    visit.backup(team.folder / "away")
    visit.write_return(team.folder / "later.review")
    restore(team, "R2", team.folder / "away")
    assert {Path(path).name for path in team.visit("R2").here.holdings().written_elsewhere} == {"away", "later.review"}


def test_the_files_that_may_still_hold_it_are_told_until_they_are_written_anew(team: Team) -> None:
    visit = team.visit("R2")
    talk(visit)
    visit.write_return(team.folder / "before.review")
    visit.save_document(team.folder / "report.pdf", b"a report")
    withdraw(visit, "interview", "P1/R2", reason="the person asked")
    visit.write_return(team.folder / "after.review")
    before = [team.folder / "before.review", team.folder / "report.pdf"]
    assert [Path(path) for path in may_survive(visit)] == before
    visit.save_document(team.folder / "report.pdf", b"a report without the words")
    assert [Path(path) for path in may_survive(visit)] == before[:1]
    visit.backup(team.folder / "away")
    visit = restore(team, "R2", team.folder / "away")
    assert [Path(path) for path in may_survive(visit)] == before[:1]


@pytest.mark.parametrize("code", ["L1", "R3"])
def test_a_withdrawal_whose_right_was_said_after_the_backup_stays_in_force(team: Team, code: str) -> None:
    """R2's second laptop may withdraw what the first one heard since the lead certified both; the backup is older."""
    talk(team.visit("R2"))
    team.visit("R2").commit_drafts()
    exchange(team, "R2", "R3")
    team.visit(code).backup(team.folder / "away")
    second = team.another_laptop("R2 again", me="R2")
    team.visit("L1").merge(team.return_of("R2 again"))
    team.certify("R2", "R2 again")
    second.merge(team.return_of("L1"))
    withdraw(second, "interview", "P1/R2", reason="the person asked")
    team.visit("L1").merge(team.return_of("R2 again"))
    team.visit("R3").merge(team.return_of("L1"))
    assert found_in(team, code) == []
    restore(team, code, team.folder / "away")
    assert found_in(team, code) == [] and "interview/P1/R2" in team.visit(code).state.withdrawn
