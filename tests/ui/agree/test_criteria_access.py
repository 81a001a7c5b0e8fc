"""The criteria to agree, looked at from all sides as every page is, in both themes, at 100 % and 200 % text."""

from __future__ import annotations

from tests.ui.access.walk import walked_places
from tests.ui.scored_visit import ScoredHomes
from tests.ui.support import Opener


def test_criteria_to_agree_keep_every_promise_of_a_page(program: Opener, scored: ScoredHomes) -> None:
    assert walked_places(program(scored.opened).window, {"criteria": ("agree", {"standard": "1"})}) == {}
