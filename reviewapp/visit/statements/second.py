"""What is judged by a visit's second instrument: the same kinds of judgement, in records of their own.

The evidence of a visit is heard once and seen by both instruments; a judgement belongs to one. A judgement by the
second has a kind of record of its own, with the instrument first in its key (`core-fidelity-2/12/R2`), because the
first one's keys are what they were before there was a second: a program that knows one instrument only keeps what it
does not know and passes it on, where it would refuse a rating of a standard that it does not have.

A line of `record` may name the instrument with the plain kind: `addressed` turns one into the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.criterion_records import AlsoAgreedCriterionRecord, AlsoCriterionRecord
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.second import second_state
from reviewapp.visit.state import (
    AlsoAcceptedLateCriterionRecord,
    AlsoAcceptedLateRecord,
    AlsoAgreedRecord,
    AlsoRatingRecord,
    AlsoSelfReviewRecord,
    AlsoTextRecord,
    VisitState,
)
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.statements.criteria import AgreedCriterion, CriterionFinding
from reviewapp.visit.statements.host import SelfReview
from reviewapp.visit.statements.meeting import AcceptLate, AcceptLateCriterion
from reviewapp.visit.statements.ratings import Agreed, LocalContext, Rating
from reviewapp.visit.statements.rounds import THIS, Round

ALSO = "also_"
"""What the name of a kind begins with that is judged by the second instrument."""


class AlsoRating(Rating, frozen=True, kw_only=True, tag="also_rating"):
    """A reviewer's own judgement of one standard of the second instrument."""

    IDS = ("instrument", "standard")
    TABLE = "also_ratings"
    RECORD = AlsoRatingRecord
    PHRASE = gettext_noop("a reviewer's rating in the second set ({key})")
    WHOSE = gettext_noop("rating of standard {standard} of {instrument} by {author}")
    COUNTED = ngettext_noop("{n} rating in the second set", "{n} ratings in the second set")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoAgreed(Agreed, frozen=True, kw_only=True, tag="also_agreed"):
    """The review team's rating of one standard of the second instrument. Only the lead records it."""

    IDS = ("instrument", "standard")
    TABLE = "also_agreed"
    RECORD = AlsoAgreedRecord
    PHRASE = gettext_noop("the agreed rating in the second set {key}")
    COUNTED = ngettext_noop("{n} agreed rating in the second set", "{n} agreed ratings in the second set")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoAcceptLate(AcceptLate, frozen=True, kw_only=True, tag="also_accept_late"):
    """The lead lets a rating by the second instrument count that arrived after the meeting had opened."""

    IDS = ("instrument", "standard", "reviewer")
    TABLE = "also_accepted_late"
    RECORD = AlsoAcceptedLateRecord
    PHRASE = gettext_noop("the counting of the late rating in the second set {key}")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoCriterionFinding(CriterionFinding, frozen=True, kw_only=True, tag="also_criterion"):
    """What a reviewer found of one criterion of the second instrument, from one source."""

    IDS = ("instrument", "standard", "criterion", "source")
    TABLE = "also_criteria"
    RECORD = AlsoCriterionRecord
    PHRASE = gettext_noop("what a reviewer found on a criterion of the second set ({key})")
    WHOSE = gettext_noop(
        "finding on criterion {criterion} of standard {standard} of {instrument} ({source}) by {author}"
    )
    COUNTED = ngettext_noop("{n} criterion of the second set", "{n} criteria of the second set")

    instrument: str

    def check(self, state: VisitState, person: str) -> None:
        """As of the first instrument."""
        plain(self).check(second_state(state) or state, person)

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoAgreedCriterion(AgreedCriterion, frozen=True, kw_only=True, tag="also_agreed_criterion"):
    """What the review team holds of one criterion of the second instrument. Only the lead records it."""

    IDS = ("instrument", "standard", "criterion")
    TABLE = "also_agreed_criteria"
    RECORD = AlsoAgreedCriterionRecord
    PHRASE = gettext_noop("the agreed criterion of the second set {key}")
    COUNTED = ngettext_noop("{n} agreed criterion of the second set", "{n} agreed criteria of the second set")

    instrument: str

    def check(self, state: VisitState, person: str) -> None:
        """As of the first instrument."""
        plain(self).check(second_state(state) or state, person)

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoAcceptLateCriterion(AcceptLateCriterion, frozen=True, kw_only=True, tag="also_accept_late_criterion"):
    """The lead lets a late finding on a criterion of the second instrument count."""

    IDS = ("instrument", "standard", "criterion", "source", "reviewer")
    TABLE = "also_accepted_late_criteria"
    RECORD = AlsoAcceptedLateCriterionRecord
    PHRASE = gettext_noop("the counting of the late finding in the second set {key}")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoLocalContext(LocalContext, frozen=True, kw_only=True, tag="also_local_context"):
    """What lies outside the team's control for one standard of the second instrument."""

    IDS = ("instrument", "standard")
    TABLE = "also_local_context"
    RECORD = AlsoTextRecord
    PHRASE = gettext_noop("the local context of a standard of the second set ({key})")
    WHOSE = gettext_noop("local context of standard {standard} of {instrument} by {author}")
    COUNTED = ngettext_noop("{n} local context of the second set", "{n} local contexts of the second set")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoSelfReview(SelfReview, frozen=True, kw_only=True, tag="also_self_review"):
    """What the team claims for one standard of the second instrument."""

    IDS = ("instrument", "standard")
    TABLE = "also_self_review"
    RECORD = AlsoSelfReviewRecord
    PHRASE = gettext_noop("the team's own rating in the second set {key}")
    COUNTED = ngettext_noop("{n} self-review rating in the second set", "{n} self-review ratings in the second set")

    instrument: str

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


class AlsoRound(Round, frozen=True, kw_only=True, tag="also_round"):
    """What an earlier round of the team's reviews said by the second instrument; which round this visit is, `Round`
    says for both."""

    IDS = ("instrument", "id")
    TABLE = "also_rounds"
    RECORD = RoundRecord
    PHRASE = gettext_noop("a round of the team's reviews in the second set ({key})")
    COUNTED = ngettext_noop("{n} round in the second set", "{n} rounds in the second set")
    LEAD_RECORDS = _("what a round said by the second instrument")

    instrument: str

    def check(self, state: VisitState, person: str) -> None:
        """As of the first instrument; it is an earlier one."""
        if self.id == THIS:
            raise Invalid(
                _("which round this visit is holds for both instruments"), field="id", do=_("record it as a round")
            )
        plain(self).check(second_state(state) or state, person)

    def change_name(self, person: str) -> str:
        """As of the first instrument, with the name of the second."""
        return _by(self, person)


SECOND: Mapping[str, str] = {
    "rating": "also_rating", "agreed": "also_agreed", "criterion": "also_criterion",
    "agreed_criterion": "also_agreed_criterion", "local_context": "also_local_context",
    "self_review": "also_self_review",
}  # fmt: skip
"""The kinds that a line may say of either instrument, and what they are called when it is the second."""
_PLAIN: Mapping[type[Statement], type[Statement]] = {
    AlsoRating: Rating, AlsoAgreed: Agreed, AlsoAcceptLate: AcceptLate, AlsoCriterionFinding: CriterionFinding,
    AlsoAgreedCriterion: AgreedCriterion, AlsoAcceptLateCriterion: AcceptLateCriterion,
    AlsoLocalContext: LocalContext, AlsoSelfReview: SelfReview, AlsoRound: Round,
}  # fmt: skip


def kind_of_line(kind: Any, value: Mapping[str, Any]) -> Any:
    """The kind of a line as it is read: one that names an instrument is of the second until `addressed` looks."""
    return SECOND.get(kind, kind) if isinstance(kind, str) and "instrument" in value else kind


def addressed(line: Statement, state: VisitState) -> Statement:
    """The statement itself, or the plain one where the instrument that it names is the visit's first."""
    return plain(line) if getattr(line, "instrument", "") == state.instrument.id else line


def of_second(line: Statement, judged: VisitState) -> Statement:
    """What a statement about an only instrument would be of the second one; another one stays as it is.

    `judged`: the visit as the second instrument judges it (`second_state`).
    """
    kind = next((kind for kind, known in _PLAIN.items() if known is type(line)), None)
    if kind is None:
        return line
    said = {name: getattr(line, name) for name in line.__struct_fields__}
    return kind(**said | {"instrument": judged.instrument.id})


def plain(line: Statement) -> Statement:
    """What a statement about the second instrument would be of an only one; another one stays as it is."""
    kind = _PLAIN.get(type(line))
    return line if kind is None else kind(**{name: getattr(line, name) for name in kind.__struct_fields__})


def _by(line: Statement, person: str) -> str:
    instrument = getattr(line, "instrument", "")
    return _("{name}, by {instrument}", name=plain(line).change_name(person), instrument=instrument)
