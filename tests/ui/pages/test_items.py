"""On a scored scale what is rated is called an item, on every page; the page where it is rated keeps its name."""

from __future__ import annotations

import re

from tests.ui.access.tree import lines
from tests.ui.scored_visit import ScoredHomes, scored
from tests.ui.support import Opener, words_on
from ui.pages.overview.page import OverviewPage

__all__ = ["scored"]

THE_PAGE = re.compile(r"Standards(?= page| and Agree pages| You have rated)|\"Standards\"")
"""Where the page itself is named."""
PLACES = {
    "overview": {},
    "standards": {"standard": "1"},
    "agree": {"standard": "1"},
    "bring_together": {},
    "action_plan": {},
    "report": {},
}


def test_no_page_speaks_of_standards_where_items_are_rated(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.opened)
    told: dict[str, list[str]] = {}
    for name, place in PLACES.items():
        page = app.go(name, place)
        page.finish()
        app.settle()
        if isinstance(page, OverviewPage):
            page.rounds.edit.open()
        said = THE_PAGE.sub("", f"{words_on(page)} {lines(page)}")
        if found := re.findall(r".{0,50}\b[Ss]tandards?\b.{0,40}", said):
            told[name] = found
    assert told == {}
