"""What the host says of having positive practice published."""

from __future__ import annotations

from reviewapp.visit.record import Record


class PracticeConsentRecord(Record, frozen=True, kw_only=True):
    """`47/host`. `about` is a print of the words that the host answered about; None is not answered, and means no."""

    standard: str
    published: bool | None = None
    named: bool | None = None
    about: str = ""
