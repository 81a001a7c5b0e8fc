"""Words that are known only when every page is set: page numbers in the contents, and how many pages there are.

Setting all pages again until the numbers are true costs two or three times as much. Instead the place is kept, and the
words are drawn there before the file is written; whoever asks reserves the room.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

_PLACE = re.compile(r"^%later (\d+)$", re.MULTILINE)
"""A line of its own in a page: text in a page never begins a line, so nothing typed can look like it."""


@dataclass(frozen=True)
class DeferredText:
    """Words that end at `x`, `y`, in the coordinates that held when they were asked for."""

    words: Callable[[], str]
    x: float
    y: float
    font: str
    size: float
    colour: str


@cache
def deferred_canvas() -> Any:
    """The class of canvases that keep places."""
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    class DeferredCanvas(Canvas):  # type: ignore[misc]
        """`later` keeps a place; `save` fills them all."""

        _code: list[str]

        def __init__(self, *args: Any, **options: Any) -> None:
            self.kept: list[DeferredText] = []
            super().__init__(*args, **options)

        def later(self, wanted: DeferredText) -> None:
            """Draw this here when all pages are set."""
            self._code.append(f"%later {len(self.kept)}")
            self.kept.append(wanted)

        @property
        def page_count(self) -> int:
            """How many pages are set."""
            return len(self._doc.Pages.pages)

        def save(self) -> None:
            """Every page is set: fill the places, and write the file."""
            if self._code:
                self.showPage()
            for page in self._doc.Pages.pages:
                page.stream = _PLACE.sub(self._filled, page.stream)
            super().save()

        def _filled(self, place: re.Match[str]) -> str:
            wanted = self.kept[int(place[1])]
            before, self._code = self._code, []
            self.saveState()
            self.setFillColor(HexColor(wanted.colour))
            self.setFont(wanted.font, wanted.size)
            self.drawRightString(wanted.x, wanted.y, wanted.words())
            self.restoreState()
            drawn, self._code = "\n".join(self._code), before
            return drawn

    return DeferredCanvas
