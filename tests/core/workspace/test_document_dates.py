"""A document bears the time of the last entry that counts: the same entries give the same file on any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from reviewapp.plan.pages.brief import brief
from reviewapp.report.content.build import build
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.visit import statements
from tests.core.homes import Team
from tests.core.workspace.support import exchange

DAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def test_the_same_entries_are_dated_alike_on_every_laptop_and_day(tmp_path: Path) -> None:
    clocks = {"now": DAY}
    team = Team(tmp_path, clock=lambda: clocks["now"])
    try:
        team.visit("L1").record(statements.Context(field="caseload", value=40))
        clocks["now"] = DAY + timedelta(hours=2, microseconds=7)
        team.visit("R2").record(statements.Rating(standard="47", value="met"))
        clocks["now"] = DAY - timedelta(hours=1)
        team.visit("R3").record(statements.Rating(standard="47", value="met"))
        exchange(team, "R2", "R3")
        made = []
        for code in ("L1", "R2"):
            for today in (date(2026, 11, 17), date(2027, 3, 1)):
                state, status = team.visit(code).state, team.visit(code).status()
                made.append(build(state, status, today=today).made)
                made.append(brief(state, status, today=today).made)
        assert set(made) == {"2026-11-17T11:00:00Z"}
    finally:
        team.close()


def test_a_clock_far_ahead_dates_no_document(tmp_path: Path) -> None:
    clocks = {"now": DAY}
    team = Team(tmp_path, clock=lambda: clocks["now"])
    try:
        exchange(team)
        before = team.visit("L1").status() and team.visit("L1").state.last_counted
        team.visit("R2").close()
        clocks["now"] = DAY + timedelta(days=5 * 366)
        team.visits["R2"] = team.laptops["R2"].open_visit(team.visit_id)
        team.visit("R2").record(statements.Rating(standard="47", value="met"))
        sent = team.return_of("R2")
        clocks["now"] = DAY
        assert team.visit("L1").merge(sent).reason is None
        team.visit("L1").status()
        assert team.visit("L1").state.last_counted == before
        state, status = team.visit("L1").state, team.visit("L1").status()
        assert pdf_bytes(build(state, status, today=DAY.date())).count(b"D:2031") == 0
    finally:
        team.close()
