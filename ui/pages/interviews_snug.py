"""A scrolling page that is no longer than what is on it."""

from __future__ import annotations

from ui.widgets import Scroll


def snug(scroll: Scroll) -> Scroll:
    """Let its height follow from its width alone.

    Qt also asks for the sum of the least heights, and words that wrap state theirs for a much narrower column: at the
    end of a long page that leaves an empty stretch of a screen or more.
    """
    content = scroll.widget()
    if content is not None:
        content.setMinimumHeight(1)
    return scroll
