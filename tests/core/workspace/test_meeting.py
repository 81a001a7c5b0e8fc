"""The meeting, settling, and taking back what somebody said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.store import backup, driver
from reviewapp.store.driver import Database
from reviewapp.visit import statements as say
from reviewapp.workspace import meeting
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import Team


def rate(team: Team, code: str, value: str, standard: str = "47") -> None:
    team.visit(code).record(say.Rating(standard=standard, value=value))


def exchange(team: Team, *codes: str) -> None:
    """The lead joins these people's work, and they take the lead's."""
    for code in codes:
        assert team.visit("L1").merge(team.return_of(code)).reason is None
    for code in codes:
        assert team.visit(code).merge(team.return_of("L1")).reason is None


def test_a_rating_that_comes_in_after_the_opening_waits_for_the_lead(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    rate(team, "R3", "not_met")
    visit = team.visit("L1")
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R3"))
    assert visit.state.late == {"47/R3"} and visit.state.ratings["47/R3"].value == "not_met"
    assert visit.status()["disagreements"] == []
    assert visit.status()["figures"]["overall"]["met"] == 1
    meeting.accept_late(visit, "47/R3")
    assert visit.state.late == frozenset() and len(visit.status()["disagreements"]) == 1
    with pytest.raises(Invalid, match="no late rating"):
        meeting.accept_late(visit, "47/R3")
    visit.undo()
    assert visit.state.late == {"47/R3"}


def test_every_laptop_says_the_same_about_what_is_late(team: Team) -> None:
    rate(team, "R2", "met")
    rate(team, "R3", "not_met")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2", "R3")
    exchange(team, "R2", "R3")
    assert {team.visit(code).state.late for code in ("L1", "R2", "R3")} == {frozenset({"47/R2", "47/R3"})}
    assert len({team.visit(code).store.digest() for code in ("L1", "R2", "R3")}) == 1


def test_who_knew_of_the_opening_rates_on_in_the_meeting(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2")
    rate(team, "R2", "not_met")
    rate(team, "R2", "na", "4")
    rate(team, "L1", "met")
    team.visit("L1").merge(team.return_of("R2"))
    assert team.visit("L1").state.late == frozenset()
    team.visit("R2").undo()
    team.visit("L1").merge(team.return_of("R2"))
    assert team.visit("L1").state.ratings["47/R2"].value == "not_met"
    assert "4/R2" not in team.visit("L1").state.ratings


def test_who_knew_of_the_opening_and_takes_a_rating_back_is_not_late(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    rate(team, "R2", "not_met")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2")
    assert team.visit("L1").state.late == team.visit("R2").state.late == {"47/R2"}
    team.visit("R2").undo()
    exchange(team, "R2")
    assert team.visit("L1").state.late == team.visit("R2").state.late == frozenset()
    assert team.visit("L1").state.ratings["47/R2"].value == "met"


def test_only_the_lead_opens_and_closes_the_meeting_once(team: Team) -> None:
    with pytest.raises(Invalid, match="only the lead"):
        meeting.open_meeting(team.visit("R2"))
    visit = team.visit("L1")
    with pytest.raises(Invalid, match="not open"):
        meeting.close_meeting(visit)
    meeting.open_meeting(visit)
    with pytest.raises(Invalid, match="open already"):
        meeting.open_meeting(visit)
    meeting.close_meeting(visit)
    assert visit.state.meeting_opened and not visit.state.meeting_open


def test_a_conflict_is_settled_with_a_reason_attributed_and_undoable(team: Team) -> None:
    for code, value in (("R2", 30), ("R3", 37)):
        team.visit(code).record(say.Context(field="caseload", value=value))
    exchange(team, "R2", "R3")
    visit = team.visit("L1")
    (conflict,) = visit.state.conflicts
    chosen = next(v.entry for v in conflict.values if v.value == 37)
    settle(visit, "context", "caseload", "value", entry=chosen, reason="the manager's own count")
    assert visit.state.conflicts == () and visit.state.context["caseload"].value == 37
    assert visit.state.settled["context caseload value"].reason == "the manager's own count"
    exchange(team, "R2", "R3")
    assert team.visit("R3").state.conflicts == ()
    visit.undo()
    assert len(visit.state.conflicts) == 1


def test_a_reviewers_own_record_is_settled_by_its_author_and_the_lead_is_told_what_to_do_meanwhile(team: Team) -> None:
    team.another("R2b", me="R2")
    rate(team, "R2", "met")
    rate(team, "R2b", "not_met")
    exchange(team, "R2", "R2b")
    visit = team.visit("L1")
    (conflict,) = visit.state.conflicts
    where = (conflict.entity, conflict.key, conflict.field)
    assert where == ("rating", "47/R2", "value") and {value.person for value in conflict.values} == {"R2"}
    with pytest.raises(Invalid, match=r"only R2 can settle this.*the lead can give the agreed rating"):
        settle(visit, *where, value="met", reason="r")
    visit.record(say.Agreed(standard="47", value="not_met", reason="R2 had to leave"))
    assert visit.status()["figures"]["overall"]["not_met"] == 1
    exchange(team, "R2", "R2b")
    own = team.visit("R2")
    settle(own, *where, value="not_met", reason="the second look counts")
    exchange(team, "R2", "R2b")
    assert visit.state.conflicts == () and visit.state.ratings["47/R2"].value == "not_met"
    assert {item.person for item in visit.history("settled", "rating 47/R2 value")} == {"R2"}
    own.undo()
    exchange(team, "R2", "R2b")
    assert {value.value for value in visit.state.conflicts[0].values} == {"met", "not_met"}


def test_settling_refuses_what_makes_no_sense(team: Team) -> None:
    visit = team.visit("L1")
    with pytest.raises(Invalid, match="not in conflict"):
        settle(visit, "context", "caseload", "value", value=3, reason="r")
    for code, value in (("R2", 30), ("R3", 37)):
        team.visit(code).record(say.Context(field="caseload", value=value))
    exchange(team, "R2", "R3")
    with pytest.raises(Invalid, match="not one of the values"):
        settle(visit, "context", "caseload", "value", entry="feed", reason="r")
    with pytest.raises(Invalid, match="reason is missing"):
        settle(visit, "context", "caseload", "value", value=3, reason=" ")
    with pytest.raises(Invalid, match="does not fit"):
        settle(visit, "context", "caseload", "value", value=[], reason="r")
    with pytest.raises(Invalid, match="nothing was chosen"):
        settle(visit, "context", "caseload", "value", reason="r")


def talk(team: Team, code: str) -> None:
    team.visit(code).record(
        say.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        say.Answer(interview="P1", prompt="P01", text="plantedword in an answer"),
        say.Quote(id="Q1", interview="P1", text="plantedword in a quote", standards=["47"]),
    )


def everything_in(db: Database) -> str:
    """All rows of all tables."""
    return str([list(db.table(name).rows) for name in db.table_names()])


def decrypted(team: Team, code: str) -> bytes:
    """Every byte a person with the key could read on a laptop: the store, and each backup, opened."""
    visit, home = team.visit(code), team.laptops[code].home
    key = home.visit_key(team.visit_id)
    found = everything_in(visit.store.db)
    for path in backup.rolling(visit.store.folder):
        copy = team.folder / "opened"
        copy.write_bytes(path.read_bytes().partition(b"\n")[2])
        db = driver.connect(copy, key, read_only=True)
        found += everything_in(db)
        db.close()
        for leftover in team.folder.glob("opened*"):
            leftover.unlink()
    return found.encode()


def words_of(team: Team, code: str) -> bytes:
    """Every byte of the index by which words are found."""
    rows = team.visit(code).store.db.execute("SELECT block FROM word_data").fetchall()
    return b"".join(bytes(row[0]) for row in rows)


def test_what_is_withdrawn_is_gone_from_every_laptop_that_joins_it_and_its_backups(team: Team) -> None:
    talk(team, "R2")
    exchange(team, "R2", "R3")
    assert b"plantedword" in decrypted(team, "R3")
    for code in ("L1", "R2", "R3"):
        assert len(team.visit(code).find("planted")) == 2
        assert b"tedword" in words_of(team, code)  # beginnings that words share are kept once
    before = team.visit("R2").store.digest()
    team.visit("R2").save_draft(say.Answer(interview="P1", prompt="P02", text="plantedword half typed"))
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    late = team.folder / "late.review"
    team.visit("R2").write_return(late)
    exchange(team, "R2", "R3")
    team.visit("L1").merge(late)
    for code in ("L1", "R2", "R3"):
        visit = team.visit(code)
        assert b"plantedword" not in decrypted(team, code)
        assert b"tedword" not in words_of(team, code)
        assert visit.find("planted") == [] and b"tedword" not in words_of(team, code)
        assert visit.state.interviews == {} and visit.state.quotes == {} and visit.state.answers == {}
        assert visit.state.withdrawn["interview/P1/R2"].person == "L1"
        assert [check for check in visit.check_integrity() if not check.ok] == []
    exchange(team, "R2", "R3")
    assert len({team.visit(code).store.digest() for code in ("L1", "R2", "R3")}) == 1
    assert team.visit("R2").store.digest() != before
    with pytest.raises(Invalid, match="was withdrawn"):
        talk(team, "R2")


def test_one_quote_can_be_withdrawn_alone(team: Team) -> None:
    talk(team, "R2")
    visit = team.visit("R2")
    withdraw(visit, "quote", "Q1/R2", reason="the person asked")
    assert visit.state.quotes == {} and len(visit.state.answers) == 1
    assert visit.undo() is None


def test_only_the_author_or_the_lead_withdraws_and_only_what_is_there(team: Team) -> None:
    talk(team, "R2")
    exchange(team, "R2", "R3")
    with pytest.raises(Invalid, match="only R2 or the lead"):
        withdraw(team.visit("R3"), "interview", "P1/R2", reason="r")
    with pytest.raises(Invalid, match="there is no"):
        withdraw(team.visit("R2"), "interview", "P9/R2", reason="r")
    with pytest.raises(ReviewError, match="is not withdrawn"):
        withdraw(team.visit("R2"), "rating", "47/R2", reason="r")
    with pytest.raises(Invalid, match="reason"):
        withdraw(team.visit("R2"), "interview", "P1/R2", reason="")


def test_a_withdrawal_by_somebody_else_is_refused_when_joining(team: Team, tmp_path: Path) -> None:
    from reviewapp.store.visit_store import FieldWrite

    talk(team, "R2")
    exchange(team, "R2", "R3")
    forged = FieldWrite("withdraw", "interview/P1/R2", "records", ["interview/P1/R2"], ())
    team.visit("R3").store.write([forged], person="R3")
    receipt = team.visit("L1").merge(team.return_of("R3"))
    assert receipt.reason and "withdrawal" in receipt.reason
    assert team.visit("L1").state.quotes
