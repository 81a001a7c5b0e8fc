"""The date that a PDF says it was made on. reportlab's own would be the clock's, or 1 January 2000 for all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def pdf_date(made: str) -> str:
    """A day (YYYY-MM-DD) or a moment with its offset, as PDF writes it (ISO 32000-1, 7.9.4); a day has no hour."""
    moment = _moment(made)
    return f"D:{moment:%Y%m%d}" if _is_day(made) else f"D:{moment:%Y%m%d%H%M%S}Z"


def xmp_date(made: str) -> str:
    """The same as the metadata write it (XMP, part 1, 8.2.1.1)."""
    return made if _is_day(made) else f"{_moment(made):%Y-%m-%dT%H:%M:%SZ}"


def set_file_date(canvas: Any, made: str) -> None:
    """Have the file of this canvas say that it was made then."""
    canvas.setDateFormatter(lambda *_clock: pdf_date(made))


def _is_day(made: str) -> bool:
    return len(made) == len("YYYY-MM-DD")


def _moment(made: str) -> datetime:
    moment = datetime.fromisoformat(made)
    return moment if _is_day(made) else moment.astimezone(UTC)
