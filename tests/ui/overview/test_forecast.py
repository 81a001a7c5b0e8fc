"""The forecast on the screens begins with the first rating of a reviewer and says what it rests on."""

from __future__ import annotations

from typing import cast

from reviewapp.figures.forecast import forecast
from reviewapp.visit.statements import Rating
from tests.ui.support import Homes, Opener, words_on
from ui.pages.agree.page import AgreePage
from ui.pages.overview.page import OverviewPage


def test_of_the_teams_own_claims_nothing_is_foretold(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(OverviewPage, app.go("overview"))
    assert app.visit.state.self_review and not app.visit.state.ratings
    card = page.forecast
    assert card.pill.text() == "No forecast yet"
    said = words_on(card)
    assert "The forecast does not count that" in said
    for wrong in ("Would not meet", "Whatever happens to the open", "wanted", "What would change it:"):
        assert wrong not in said or not card.change.isVisible(), wrong
    assert not card.cases.isVisible() and card.rows.count() == 0
    app.visit.record(Rating(standard="47", value="met"))
    page.refresh(None)
    assert card.pill.text() != "No forecast yet" and card.cases.isVisible() and card.rows.count() > 0
    assert "1 from the reviewers' ratings" in card.basis.text()


def test_the_meeting_foretells_nothing_before_a_rating(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    strip = cast(AgreePage, app.go("agree")).forecast
    strip.show_forecast(forecast(app.visit.state), "", reviewed=False)
    assert strip.now.text() == "No forecast yet" and "forecast starts" in strip.cases.text()
    strip.show_forecast(forecast(app.visit.state), "", reviewed=True)
    assert strip.now.text() != "No forecast yet"
