"""How a rating looks: a sign for what it means, and none that looks like help beside a score."""

from __future__ import annotations

from reviewapp.instruments.library import builtin
from ui.widgets.rating import icon_of


def test_a_score_has_no_sign_that_looks_like_help_to_press() -> None:
    scored = next(one for one in builtin() if one.id == "example-fidelity-8").scale
    assert {icon_of(scored, value.value) for value in scored.values if value.counts == "scored"} == {"dot"}
    assert icon_of(scored, None) == "circle"
