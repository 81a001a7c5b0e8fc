"""Overview says what is untested under either set of standards, and where more could be heard."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from reviewapp.figures.lens import untested_by_second
from tests.ui.scored_visit import make_two_sets
from tests.ui.support import Homes, Opener
from ui.pages.overview.page import OverviewPage


@pytest.fixture(scope="module")
def two_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_two_sets(tmp_path_factory.mktemp("two") / "L1")


def test_what_is_untested_by_the_second_set_is_listed_and_leads_there(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = cast(OverviewPage, app.go("overview"))
    card = page.second_untested
    assert card.isVisible()
    assert card.head.title.text() == "Still untested by CORE fidelity scale (skeleton)"
    found = untested_by_second(app.visit.state)
    assert card.head.note.text().startswith(f"{len(found)} items have fewer than two sources")
    first, way = card.model.index(0, 0), card.model.index(0, 1)
    assert card.model.target(first) == ("standards", {"standard": found[0].standard, "instrument": "core-fidelity-2"})
    assert "Could also be heard from" in str(way.data()) or "No other source" in str(way.data())
    card.more.click()
    assert card.model.rowCount() == len(found)


def test_a_visit_with_one_set_has_no_such_card(program: Opener, homes: Homes) -> None:
    page = cast(OverviewPage, program(homes.lead).go("overview"))
    assert "second_untested" not in vars(page) and "second_score" not in vars(page)
    assert page.untested.more.accessibleName() == f"{page.untested.more.text()}: Still untested"
