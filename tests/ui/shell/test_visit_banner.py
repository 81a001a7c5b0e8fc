"""A wrong clock is told above every page, for as long as it is wrong, and keeps nobody from working."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from reviewapp.store.clock import utc_now
from reviewapp.visit.statements import Rating
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on
from tests.ui.support import Homes, Opener, words_on
from ui.pages.shared.clock import clock


def test_a_clock_that_stopped_is_told_until_it_is_set(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    banner, store = app.window.clock_banner, app.visit._store
    assert banner.isHidden()
    store._clock = lambda: datetime(1999, 6, 1, 9, 0, tzinfo=UTC)
    app.visit.record(Rating(standard="47", value="met"))
    assert banner.isVisible() and "it says 1 June 1999, 09:00" in banner.label.text()
    assert app.visit.state.ratings["47/R2"].value == "met"
    store._clock = utc_now
    app.visit.record(Rating(standard="47", value="not_met"))
    assert banner.isHidden()
    store._clock = lambda: datetime(2105, 6, 1, 9, 0, tzinfo=UTC)
    app.visit.record(Rating(standard="4", value="met"))
    assert "it says 1 June 2105" in banner.label.text()
    app.session.close_visit()
    assert banner.isHidden()


def test_the_work_of_a_laptop_years_ahead_is_joined_and_its_clock_is_told(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    ahead = open_visit_on(fresh(homes, tmp_path / "second", "R2"))
    ahead._store._clock = lambda: utc_now() + timedelta(days=3650)
    ahead.record(Rating(standard="4", value="not_met"))
    ahead.write_return(tmp_path / "ahead.review")
    ahead.close()
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, tmp_path / "ahead.review")
    join(app, page)
    assert "The clock of the laptop of R2 (clinician) was wrong" in app.window.status.message.text()
    assert "Wrong clock" in [row.pill for row in page.laptops.list.told.rows]
    assert app.window.clock_banner.isHidden(), "the others' clocks agree with this one"
    app.go("start")
    assert "by the clock of the laptop of R2 (clinician), which was wrong" in words_on(app.page)


def test_the_time_of_a_wrong_clock_is_shown_with_its_year_and_marked() -> None:
    marked = "(the clock of that laptop was wrong)"
    for stamp, year in (("1999-06-01T12:00:00.000000Z", "1999"), ("2150-06-01T12:00:00.000000Z", "2150")):
        assert year in clock(stamp) and marked in clock(stamp)
    assert clock("9999-12-31T23:59:59.999999Z") and clock("0001-01-01T00:00:00.000000Z")
    assert marked not in clock(utc_now().isoformat())
