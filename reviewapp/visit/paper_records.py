"""Which documents of the team are here."""

from __future__ import annotations

from reviewapp.visit.record import Record


class PaperRecord(Record, frozen=True, kw_only=True):
    """`example-fidelity-8/5/a`: whether the document from which this criterion is established has come in."""

    scale: str
    standard: str
    criterion: str
    received: bool = False
