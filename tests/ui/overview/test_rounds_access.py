"""What moved, the score, and the documents to look at are looked at from all sides, as every page is."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from reviewapp.workspace.laptop import Laptop
from tests.ui.access.walk import walked_places
from tests.ui.support import PASSPHRASE, Opener
from ui.app.scored_sample import make_scored_visit
from ui.pages.overview.page import OverviewPage


def test_rounds_score_and_documents_keep_every_promise_of_a_page(program: Opener, tmp_path: Path) -> None:
    laptop, _ = Laptop.create(tmp_path / "home", PASSPHRASE)
    make_scored_visit(laptop)
    app = program(tmp_path / "home", copy=False)
    page = cast(OverviewPage, app.go("overview"))
    page.paperwork.open()
    assert page.rounds.moved.isVisible() and page.forecast.score.isVisible() and page.second_score.isVisible()
    places = {
        "rounds": ("overview", {"card": "rounds"}),
        "paperwork": ("overview", {"card": "paperwork"}),
        "passages": ("agree", {"standard": "1"}),
        "second": ("standards", {"standard": "1", "instrument": "core-fidelity-2"}),
    }
    assert walked_places(app.window, places) == {}
