"""Where one was before: page, place on it, and the widget that had the focus; Alt+Left and Alt+Right go through it."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtWidgets import QWidget

MOST = 50
"""Places kept in each direction."""


@dataclass(frozen=True)
class Spot:
    """A place in the program, as it was left."""

    page: str
    place: dict[str, str]
    focus: QWidget | None = None

    def focus_there(self) -> QWidget | None:
        """The widget that had the focus, if it still exists, can be seen and takes it; else None."""
        widget = self.focus
        if widget is None or not shiboken6.isValid(widget) or not widget.isEnabled() or not widget.isVisible():
            return None
        return widget


class PlaceHistory:
    """The places that were left for another, as in a browser: a new one ends the way forward."""

    def __init__(self) -> None:
        self._back: list[Spot] = []
        self._forward: list[Spot] = []

    def left(self, spot: Spot) -> None:
        """A place was left for another one that was chosen."""
        self._forward.clear()
        if not self._back or (self._back[-1].page, self._back[-1].place) != (spot.page, spot.place):
            self._back.append(spot)
            del self._back[:-MOST]

    def back(self, here: Spot) -> Spot | None:
        """The place before; None if there is none. `here` is where Forward leads then."""
        return _step(self._back, self._forward, here)

    def forward(self, here: Spot) -> Spot | None:
        """The place that Back has left; None if there is none."""
        return _step(self._forward, self._back, here)

    def clear(self) -> None:
        """Forget everything: another visit is open."""
        self._back.clear()
        self._forward.clear()


def _step(taken: list[Spot], given: list[Spot], here: Spot) -> Spot | None:
    while taken:
        spot = taken.pop()
        if (spot.page, spot.place) != (here.page, here.place):
            given.append(here)
            return spot
    return None
