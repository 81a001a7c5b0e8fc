"""What people told us, as the report counts it: coded passages, how alike the coders see them, and theme by group."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.figures.theme_agreement import coder_agreement
from reviewapp.figures.theme_groups import theme_groups
from reviewapp.visit.figure_cache import READING, cached_figure
from reviewapp.visit.state import VisitState


@cached_figure(*READING, "survey_comments", "codings", "agreed_codings", "codebooks", "themes", "meetings")
def told_counts(state: VisitState) -> dict[str, Any] | None:
    """The counts of the coding as plain numbers, or None where there is nothing to report of it.

    `units` passages were to be coded, `coded` were, `by_two` by two coders or more; in `unsettled` of them the coders
    differ about a theme. `alpha` is None where it cannot be computed, `interval` its two ends or None, and `by_theme`
    the alpha of each theme with its counts (`theme_agreement`). `groups` holds the cells by theme and group.
    Before the meeting is opened nothing is reported of several coders, who must not see each other's themes.
    """
    found = coder_agreement(state)
    if not found.coded or (len(found.coders) > 1 and not state.meeting_opened):
        return None
    groups = theme_groups(state)
    return {
        "coders": len(found.coders),
        "units": found.all,
        "coded": found.coded,
        "by_two": {"n": found.coded, "yes": found.by_two, "percent": 100 * found.by_two / found.coded},
        "alpha": found.alpha,
        "interval": list(found.interval) if found.interval is not None else None,
        "by_theme": {theme: msgspec.to_builtins(one) for theme, one in found.by_theme.items()},
        "unsettled": len({one.unit for one in found.open}),
        "groups": {theme: msgspec.to_builtins(row.cells) for theme, row in groups.rows.items()},
        "not_to_be_read": [theme for theme, row in groups.rows.items() if row.grey],
    }
