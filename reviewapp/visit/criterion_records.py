"""What a visit holds of the criteria of its standards."""

from __future__ import annotations

from reviewapp.instruments.quantities import CriterionVerdict
from reviewapp.visit.record import Record


class CriterionRecord(Record, frozen=True, kw_only=True):
    """`12/b/case_note/R2`. While two of its laptops differ about it, `value` and the numbers are None."""

    standard: str
    criterion: str
    source: str
    value: CriterionVerdict | None = None
    n: int | float | None = None
    of: int | float | None = None
    ticked: tuple[int, ...] | None = None
    note: str = ""


class AgreedCriterionRecord(Record, frozen=True, kw_only=True):
    """`12/b`. While two laptops agreed differently `value` is None (a conflict), so it is not established."""

    standard: str
    criterion: str
    value: CriterionVerdict | None = None
    reason: str = ""


class AlsoCriterionRecord(CriterionRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/b/case_note/R2`: what was found of a criterion of the second instrument."""

    instrument: str


class AlsoAgreedCriterionRecord(AgreedCriterionRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/b`."""

    instrument: str
