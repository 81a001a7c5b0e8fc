"""Wrong clocks keep nobody from recording and nothing from being joined; what came later is shown later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewapp.store import entry as entries
from reviewapp.store import rolling_backups
from reviewapp.visit import statements
from reviewapp.workspace import meeting
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team
from tests.core.workspace.support import exchange

DAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def at(team: Team, code: str, *moments: datetime) -> OpenVisit:
    """The visit on a laptop whose clock says these times in turn, and then the last of them for ever."""
    team.visit(code).close()
    times = list(moments)
    team.laptops[code].home.clock = lambda: times.pop(0) if len(times) > 1 else times[0]
    team.visits[code] = team.laptops[code].open_visit(team.visit_id)
    return team.visits[code]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Everybody's clock is right, at nine on the day."""
    team = Team(tmp_path, clock=lambda: DAY)
    yield team
    team.close()


def say(visit: OpenVisit, value: int) -> None:
    visit.record(statements.Context(field="caseload", value=value))


def said(visit: OpenVisit) -> list[int]:
    return [item.value for item in visit.history("context", "caseload")]


@pytest.mark.parametrize("year", [1, 1969, 1970, 1999, 2105, 9999])
def test_what_is_recorded_under_an_impossible_clock_is_kept_told_and_taken_by_everybody(team: Team, year: int) -> None:
    visit = at(team, "R3", DAY.replace(year=year))
    assert "this laptop's clock is wrong" in visit.here.clock_warning()
    visit.record(statements.Rating(standard="47", value="met"))
    visit.save_draft(statements.Rating(standard="47", note="typed"))
    visit.commit_drafts()
    told = visit.history("rating", "47/R3")
    assert told[0].at.startswith("20") and told[0].at <= told[1].at and not any(item.clock_wrong for item in told)
    assert all(check.ok for check in visit.check_integrity())
    assert team.visit("L1").merge(team.return_of("R3")).reason is None
    exchange(team, "R2")
    assert team.visit("R2").state.ratings["47/R3"].note == "typed"
    assert team.visit("L1").here.wrong_clocks() == []


def test_a_clock_that_jumps_back_and_forth_during_the_day_keeps_the_order_of_what_was_said(team: Team) -> None:
    jumps = [0, 3, -5, 30, -400, 24 * 365 * 80, -24 * 365 * 60, 1]
    visit = at(team, "R2", *(DAY + timedelta(hours=hours) for hours in jumps for _ in range(9)))
    for value in range(len(jumps) * 3):
        say(visit, value)
    assert said(visit) == list(range(len(jumps) * 3))
    exchange(team, "R2")
    assert said(team.visit("L1")) == said(visit)


@pytest.mark.parametrize("stamp", ["1970-01-01T00:00:00.000001Z", "1999-06-01T09:00:00.000000Z",
                                   "2105-02-28T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z",
                                   "9999-12-31T23:59:59.999999Z"])  # fmt: skip
def test_a_return_written_with_an_odd_time_by_an_earlier_version_is_joined(
    team: Team, stamp: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = entries.make

    def as_earlier_versions_did(**facts: object) -> entries.Entry:
        return made(**(facts | {"at": stamp}))  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(entries, "make", as_earlier_versions_did)
        team.visit("R3").record(statements.Rating(standard="47", value="met"))
        path = team.return_of("R3")
    lead = team.visit("L1")
    assert lead.merge(path).reason is None
    assert lead.state.ratings["47/R3"].value == "met"
    (wrong,) = lead.here.wrong_clocks()
    assert (wrong.person, wrong.at) == ("R3", stamp) and "was wrong" in wrong.in_words(lead.state.people)
    say(lead, 30)
    assert lead.history("context", "caseload")[-1].at.startswith("2026-11-17T09:")
    exchange(team, "R2")
    assert all(check.ok for check in lead.check_integrity())
    say(team.visit("R3"), 31)  # its own clock is right now
    assert team.visit("R3").history("context", "caseload")[-1].at.startswith("2026-11-17T09:")


@pytest.mark.parametrize("stamp", ["2026-13-01T00:00:00.000000Z", "2026-02-30T00:00:00.000000Z", "26-1-1", "",
                                   "2026-11-17T09:00:00.000000+01:00", "٢٠٢٦-11-17T09:00:00.000000Z"])  # fmt: skip
def test_what_is_no_time_at_all_is_refused(team: Team, stamp: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = entries.make
    monkeypatch.setattr(entries, "make", lambda **facts: made(**(facts | {"at": stamp})))
    team.visit("R3").record(statements.Rating(standard="47", value="met"))
    reason = team.visit("L1").merge(team.return_of("R3")).reason
    assert reason is not None and "malformed" in reason


def test_one_laptop_ahead_moves_no_other_and_what_came_after_it_is_shown_after_it(team: Team) -> None:
    lead, early = team.visit("L1"), at(team, "R3", DAY.replace(year=2035))
    say(lead, 1)
    exchange(team, "R3")
    say(early, 2)
    exchange(team, "R3")
    say(lead, 3)
    exchange(team, "R2")
    say(team.visit("R2"), 4)
    exchange(team, "R2", "R3")
    for code in ("L1", "R2", "R3"):
        assert said(team.visit(code)) == [1, 2, 3, 4]
    told = lead.history("context", "caseload")
    assert [item.at[:4] for item in told] == ["2026", "2035", "2026", "2026"]
    assert [item.clock_wrong for item in told] == [False, True, False, False]
    assert "years after everything in this visit" in early.here.clock_warning()
    assert lead.here.clock_warning() == ""
    assert [(one.person, one.at[:4]) for one in lead.here.wrong_clocks()] == [("R3", "2035")]


def test_once_its_clock_is_set_right_a_laptop_gives_right_times_again_and_is_told_once(team: Team) -> None:
    say(at(team, "R3", DAY.replace(year=2035)), 1)
    visit = at(team, "R3", DAY + timedelta(hours=1))
    assert "went back" in visit.here.clock_warning()
    say(visit, 2)
    assert said(visit) == [1, 2] and visit.history("context", "caseload")[-1].at.startswith("2026-11-17T10:")
    assert visit.here.clock_warning() == ""
    assert team.laptops["R3"].visits()[0].last_change.startswith("2026-11-17T10:")


def test_a_lead_years_ahead_holds_nobody_up(team: Team) -> None:
    lead = at(team, "L1", DAY.replace(year=2035))
    say(lead, 1)
    exchange(team, "R2")
    assert team.visit("R2").here.clock_warning() == ""  # R2's own clock was right before
    meeting.open_meeting(lead)
    exchange(team, "R2")
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    exchange(team, "R2")
    assert lead.state.late == frozenset() and lead.state.ratings["47/R2"].value == "met"
    say(team.visit("R2"), 2)
    assert said(team.visit("R2")) == [1, 2]


def test_the_list_of_visits_says_whose_clock_the_last_change_has(team: Team) -> None:
    lead, early = team.visit("L1"), at(team, "R3", DAY.replace(year=2036))
    say(lead, 1)
    (before,) = team.laptops["L1"].visits()
    assert before.last_change.startswith("2026-11-17T09:") and before.clock == ""
    early.record(statements.Rating(standard="47", value="met"))
    lead.merge(team.return_of("R3"))
    (told,) = team.laptops["L1"].visits()
    assert told.last_change.startswith("2036-11-17") and "the laptop of R3 (clinician), which was wrong" in told.clock
    say(lead, 2)
    (after,) = team.laptops["L1"].visits()
    assert after.last_change.startswith("2026-11-17T09:") and after.clock == ""


def test_backups_stay_in_order_and_are_kept_though_the_clock_stood_still_or_ran_ahead(team: Team) -> None:
    visit = at(team, "R2", DAY.replace(year=1970))
    still = [visit.back_up_now() for _ in range(3)]
    assert len(set(still)) == 3 and rolling_backups.oldest_first(visit._store.folder, DAY)[-3:] == still
    visit = at(team, "R2", DAY.replace(year=2035))
    for _ in range(rolling_backups.KEPT):
        visit.back_up_now()
    visit = at(team, "R2", DAY)
    newest = [visit.back_up_now() for _ in range(2)]
    assert rolling_backups.oldest_first(visit._store.folder, DAY)[-2:] == newest and all(
        path.exists() for path in newest
    )


def test_a_store_of_the_first_kind_that_keeps_no_order_of_arrival_is_recorded_in(team: Team) -> None:
    visit = team.visit("L1")
    db = visit._store.db
    ((made,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchall()
    indexes = [
        row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'entry' AND sql LIKE '%INDEX%'")
    ]
    db.execute("ALTER TABLE entry RENAME TO newer")
    db.execute(f"{made} WITHOUT ROWID")
    db.execute("INSERT INTO entry SELECT * FROM newer")
    db.execute("DROP TABLE newer")
    for index in indexes:
        db.execute(index)
    visit.record(statements.Rating(standard="47", value="met"))
    assert visit.state.ratings["47/L1"].value == "met" and visit.here.clock_warning() == ""
    assert visit.status() and visit.check_integrity()
