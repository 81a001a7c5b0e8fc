"""A wrong clock on the command line: said on stderr, refuses nothing, and `visits` says whose the last change is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from reviewapp.base import dates
from reviewapp.cli import documents, plan, response_sheet
from reviewapp.store import clock
from reviewapp.store.home import Home
from tests.core.cli.support import Shell

RATING = '{"kind":"rating","standard":"47","value":"met"}'


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> object:
    """`at(moment)` sets the clock of every command from then on."""
    init = Home.__init__

    def set_clock(moment: datetime) -> None:
        def made(self: Home, folder: object, key: object, *, clock: object = None) -> None:
            init(self, folder, key, clock=lambda: moment)  # type: ignore[arg-type]

        monkeypatch.setattr(Home, "__init__", made)

    return set_clock


@pytest.mark.parametrize("year", [1969, 1999, 2105, 9999])
def test_a_clock_that_cannot_be_right_is_said_and_refuses_nothing(shell: Shell, at: object, year: int) -> None:
    at(datetime(year, 6, 1, 9, 0, tzinfo=UTC))  # type: ignore[operator]
    shell.record("R2", RATING, me="R2")
    assert f"warning: this laptop's clock is wrong: it says 1 June {year}, 09:00" in shell.err
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    assert "error" not in shell.err and "set the clock" in shell.err
    shell("R2", "visit", "status", shell.visit)
    assert shell.err == ""
    assert shell.json("R2", "visit", "verify", shell.visit)["ok"]
    at(clock.utc_now())  # type: ignore[operator]
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    assert "warning" not in shell.err
    assert shell.json("L1", "visit", "status", shell.visit)["figures"]["overall"]["met"] == 1


class _CenturiesAhead(date):
    """The day on a machine whose clock is centuries ahead: the system's call does not take it."""

    @classmethod
    def today(cls) -> _CenturiesAhead:
        raise OverflowError("timestamp too large")


def test_what_is_dated_with_the_day_is_written_whatever_the_clock_says(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (documents, plan, response_sheet):
        monkeypatch.setattr(module, "date", _CenturiesAhead, raising=False)
    folder = shell.folder
    shell("L1", "report", shell.visit, "--json", folder / "r.json", "--response-sheet", folder / "answers.xlsx")
    shell("L1", "plan", "export", shell.visit, folder / "plan.xlsx")
    shell("L1", "plan", "export", shell.visit, folder / "brief.pdf", "--kind", "brief")


def test_a_day_that_has_no_local_time_is_that_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoLocalTime(datetime):
        def astimezone(self, tz: object = None) -> NoLocalTime:
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(dates, "datetime", NoLocalTime)
    before = datetime.now(UTC).date()
    assert before <= dates.today() <= datetime.now(UTC).date()


def test_the_time_of_a_visit_made_where_nothing_told_it_is_called_wrong(shell: Shell, at: object) -> None:
    at(datetime(1970, 1, 2, 9, 0, tzinfo=UTC))  # type: ignore[operator]
    people = ("--person", "L1:lead", "--person", "R2:clinician")
    made = shell(
        "L2", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-11-17", *people,
    ).strip()  # fmt: skip
    shell("L2", "visit", "pack", made, shell.folder / "pack2", "--phrase-file", shell.folder / "phrase2")
    at(clock.utc_now())  # type: ignore[operator]
    shell("R3", "visit", "join-as", shell.folder / "pack2", "--as", "R2", "--phrase-file", shell.folder / "phrase2")
    (listed,) = shell.json("R3", "visits")["visits"]
    assert listed["clock"] == "by the clock of the laptop of L1 (lead reviewer), which was wrong"


def test_a_refused_command_says_the_reason_alone(shell: Shell, at: object) -> None:
    at(datetime(1999, 6, 1, 9, 0, tzinfo=UTC))  # type: ignore[operator]
    shell.record("R2", '{"kind":"rating","standard":"47","value":"perhaps"}', me="R2", code=1)
    assert shell.err.startswith("error: ") and shell.err.count("\n") == 1


def test_visits_and_history_say_that_a_clock_was_wrong(shell: Shell, at: object) -> None:
    now = clock.utc_now()
    at(now + timedelta(days=3650))  # type: ignore[operator]
    shell.record("R2", RATING, me="R2")
    assert "warning: this laptop's clock says" in shell.err and "check the clock" in shell.err
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    at(now)  # type: ignore[operator]
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    assert "warning: the clock of the laptop of R2 (" in shell.err and "was wrong" in shell.err
    (told,) = shell.json("L1", "visits")["visits"]
    year = str((now + timedelta(days=3650)).year)
    assert (
        told["last_change"].startswith(year)
        and "the laptop of R2 (" in told["clock"]
        and "which was wrong" in told["clock"]
    )
    assert f"last change {year}" in shell("L1", "visits") and "which was wrong" in shell("L1", "visits")
    assert "(the clock of that laptop was wrong)" in shell("L1", "visit", "history", shell.visit, "rating", "47/R2")
    assert shell.json("L1", "visit", "history", shell.visit, "rating", "47/R2")[0]["clock_wrong"] is True


@pytest.mark.parametrize("year", [1970, 2200])
def test_every_document_and_sheet_is_written_under_any_clock(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """A ZIP file of the standard library refuses times before 1980 and after 2107."""
    with monkeypatch.context() as patched:
        patched.setattr(time, "localtime", lambda *_: time.struct_time((year, 1, 1, 0, 0, 0, 3, 1, 0)))
        shell("L1", "plan", "export", shell.visit, shell.folder / "plan.xlsx")
        shell("L1", "plan", "import", shell.visit, shell.folder / "plan.xlsx", "--preview")
        shell("L1", "report", shell.visit, "--docx", shell.folder / "r.docx", "--pdf", shell.folder / "r.pdf")
        shell("L1", "intake", "--template", "survey", shell.folder / "t.xlsx")
        shell("L1", "report", shell.visit, "--response-sheet", shell.folder / "a.xlsx", "--reply-by", "2027-01-10")
