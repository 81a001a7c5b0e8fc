"""Text known only when every page is laid out: page numbers in the contents, and the number of pages.

Laying out all pages again until the numbers are right costs two or three times as much. Instead a placeholder is
written into the page, and the text is drawn there before the file is written; the caller reserves the room.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from reviewapp.report.pdf.word_breaks import word_breaking_text

_PLACEHOLDER = re.compile(r"^%later (\d+)$", re.MULTILINE)
"""The placeholder, a line of its own in a page's stream: typed text never begins a line, so none can look like it."""


@dataclass(frozen=True)
class DeferredText:
    """Text to draw later, right-aligned at `x`, `y`, in the coordinates current when it was deferred.

    `words` returns it once all pages are laid out.
    """

    words: Callable[[], str]
    x: float
    y: float
    font: str
    size: float
    colour: str


@cache
def deferred_canvas() -> Any:
    """The class of canvases with deferred text (made on first use, as it needs reportlab)."""
    from reportlab import rl_config
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # its text form of streams makes files a quarter larger

    class DeferredCanvas(Canvas):  # type: ignore[misc]
        """A canvas whose `later` defers text and whose `save` draws all of it."""

        _code: list[str]

        def __init__(self, *args: Any, **options: Any) -> None:
            self.kept: list[DeferredText] = []
            super().__init__(*args, **options)

        def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:
            """A text object whose words do not run together; called by reportlab for all text."""
            return word_breaking_text()(self, x, y, direction=direction)

        def later(self, wanted: DeferredText) -> None:
            """Write a placeholder at this point of the page; the text is drawn when all pages are laid out."""
            self._code.append(f"%later {len(self.kept)}")
            self.kept.append(wanted)

        @property
        def page_count(self) -> int:
            """Number of pages finished so far; in `save`, of all pages."""
            return len(self._doc.Pages.pages)

        def save(self) -> None:
            """Replace every placeholder by its text and write the file."""
            if self._code:
                self.showPage()
            for page in self._doc.Pages.pages:
                page.stream = _PLACEHOLDER.sub(self._drawn_text, page.stream)
            super().save()

        def _drawn_text(self, placeholder: re.Match[str]) -> str:
            deferred = self.kept[int(placeholder[1])]
            before, self._code = self._code, []
            self.saveState()
            self.setFillColor(HexColor(deferred.colour))
            self.setFont(deferred.font, deferred.size)
            self.drawRightString(deferred.x, deferred.y, deferred.words())
            self.restoreState()
            drawn, self._code = "\n".join(self._code), before
            return drawn

    return DeferredCanvas
