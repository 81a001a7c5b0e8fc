"""Keeps headings and captions on the page of what follows them, by conditional page breaks computed before layout.

reportlab's own keep-with-next moves a whole long table to the next page and leaves its heading behind. Here every run
of headings and captions asks for the room it needs itself plus the beginning of what follows. A notice is not divided.
"""

from __future__ import annotations

from typing import Any

from reviewapp.report import house_style

TABLE_BEGINNING = 88.0
"""Points for the header of a table and its first rows."""
SMALL_TABLE = 0.2 * house_style.TEXT_HEIGHT
"""The greatest height, in points, of a table that is not divided."""
FEW_ROWS = 3
"""A table of no more rows is not divided either, as one of them would stand alone."""
NEARLY_A_PAGE = 0.98 * house_style.TEXT_HEIGHT
"""The most room that is asked for, in points; what needs more cannot be kept together."""
TEXT_BEGINNING = 3 * house_style.BODY_LEADING
"""Points for the first lines of a paragraph."""


def keep_with_next(flowable: Any) -> Any:
    """Mark a flowable that must not be the last on its page, and return it."""
    flowable.stays = True
    return flowable


def undivided(flowable: Any) -> Any:
    """Mark a flowable that stands on one page where it fits on one, and return it."""
    flowable.undivided = flowable.whole = True
    return flowable


def kept(story: list[Any]) -> list[Any]:
    """The story with a conditional page break before everything marked by `stays`."""
    from reportlab.platypus import CondPageBreak

    made: list[Any] = []
    place = 0
    while place < len(story):
        end = place
        while end < len(story) and getattr(story[end], "stays", False):
            end += 1
        if end > place:
            following = beginning(story[end]) if end < len(story) else 0.0
            made.append(CondPageBreak(min(_height_kept_together(story, place, end) + following, NEARLY_A_PAGE)))
            made += story[place:end]
        if end < len(story):
            if end == place and getattr(story[end], "undivided", False):
                made.append(CondPageBreak(min(_with_space(story[end]), NEARLY_A_PAGE)))
            made.append(story[end])
        place = end + 1
    return made


def _height_kept_together(story: list[Any], start: int, end: int) -> float:
    """Height of the flowables that stay together, with the space around them.

    At least the `least_room` of a heading among them, as far as its part is that long.
    """
    needed = sum(_with_space(f) for f in story[start:end])
    least = max((float(getattr(f, "least_room", 0.0)) for f in story[start:end]), default=0.0)
    return needed if needed >= least else needed + _height_of_rest(story[end:], least - needed)


def _height_of_rest(story: list[Any], enough: float) -> float:
    """Height of the flowables up to the end of the same part, but not more than `enough`."""
    total = 0.0
    for flowable in story:
        if total >= enough or hasattr(flowable, "repeatRows"):
            return enough
        if getattr(flowable, "level", 0) == 1 or type(flowable).__name__ == "PageBreak":
            return total
        total += _with_space(flowable)
    return min(total, enough)


def _with_space(flowable: Any) -> float:
    return _height(flowable) + float(flowable.getSpaceBefore()) + float(flowable.getSpaceAfter())


def _height(flowable: Any) -> float:
    return float(flowable.wrap(house_style.TEXT_WIDTH, house_style.TEXT_HEIGHT)[1])


def beginning(flowable: Any) -> float:
    """Height in points of the part of a flowable that must be on the page of its heading."""
    if hasattr(flowable, "repeatRows"):
        height = _height(flowable)
        few = len(flowable._cellvalues) - int(flowable.repeatRows) <= FEW_ROWS
        return height if few or height <= SMALL_TABLE else TABLE_BEGINNING
    whole = getattr(flowable, "whole", False)
    height = _height(flowable) + float(flowable.getSpaceBefore())
    return height if whole else min(height, TEXT_BEGINNING)
