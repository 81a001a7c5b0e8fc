"""The total of a scored instrument in words."""

from __future__ import annotations

from reviewapp.base.i18n import _, plural
from reviewapp.figures.scores import ScoreFigures


def total_words(score: ScoreFigures) -> str:
    """The total, or between which totals it lies, with its band and how much is scored."""
    if score.lowest == score.highest:
        words = _("{total} points", total=score.lowest)
    else:
        words = _("{lowest} to {highest} points", lowest=score.lowest, highest=score.highest)
    band = f" · {score.band}" if score.band else ""
    scored = plural("{rated} of {n} item scored", "{rated} of {n} items scored", score.of, rated=score.rated)
    return f"{words}{band} · {scored}"
