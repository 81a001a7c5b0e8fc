"""What a visit lets other teams read of its positive practice, and what it shows of theirs."""

from __future__ import annotations

from reviewapp.visit.record import Record


class SharedPracticeRecord(Record, frozen=True, kw_only=True):
    """`12`: what other teams may read of what is good here; without words nothing is shared.

    `team` is what this team is called there; empty: another team.
    """

    standard: str
    text: str = ""
    team: str = ""


class ExampleRecord(Record, frozen=True, kw_only=True):
    """`X0a1b2c3d4e5f`: what another team does well at a standard; `source` is the id of the visit that shared it."""

    id: str
    standard: str = ""
    text: str = ""
    team: str = ""
    source: str = ""
    asks: str = ""
