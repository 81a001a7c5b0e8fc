"""The date that a PDF says it was made on. reportlab's own would be the clock's, or 1 January 2000 for all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def pdf_date(made: str) -> str:
    """A day (YYYY-MM-DD) or a moment with its offset, as PDF writes it (ISO 32000-1, 7.9.4); a day has no hour."""
    moment = datetime.fromisoformat(made)
    if len(made) == len("YYYY-MM-DD"):
        return f"D:{moment:%Y%m%d}"
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"


def set_file_date(canvas: Any, made: str) -> None:
    """Have the file of this canvas say that it was made then."""
    canvas.setDateFormatter(lambda *_clock: pdf_date(made))
