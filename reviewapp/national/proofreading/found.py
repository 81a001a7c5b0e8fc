"""What a rule of the proof-reader finds, before it has an id."""

from __future__ import annotations

import msgspec

from reviewapp.report.proofreading.finding import Severity


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something to mend: where, what it concerns (an acceptance ends when that changes), why, and what to do."""

    severity: Severity
    place: str
    concerning: str
    why: str
    action: str
