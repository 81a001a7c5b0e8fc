"""Every submission counts once: which of a file's are in the visit already, and what is to be asked about the others.

A submission is known by the ids that its form program gave it. So an export that holds only new ones adds to those
taken before, one that holds all counts none twice, and one that was edited is taken anew. Where nothing tells whether
a row is somebody who was counted already, it is asked (`PeopleUndecided`), and never guessed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, ngettext_noop, plural
from reviewapp.figures.surveys import respondents_in_sheets
from reviewapp.instruments.model import Group
from reviewapp.intake.submissions import Submission
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import SurveyComment, SurveySubmission
from reviewapp.visit.survey_records import SurveySubmissionRecord

_DIGITS = 16
_CERTAIN = ("id", "number")
"""Kinds of id that a submission has in every export, and no other submission."""


class PeopleUndecided(Invalid):
    """Nothing tells whether people in a file were counted before. `told` says why; `groups` are theirs."""

    def __init__(self, file: str, told: str, groups: Sequence[Group]) -> None:
        super().__init__(
            _("{file}: {told}", file=file, told=told),
            field="add",
            do=_(
                "use --add if these are other people, or --replace if this file has everyone and replaces what was "
                "counted"
            ),
            kept=_("nothing was imported"),
        )
        self.told, self.groups = told, tuple(groups)


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission says: answers by standard, and the comments under the ids that each of its ids gives.

    `blank`: the ids of comments that it might have and has not.
    """

    submission: Submission
    group: Group
    answers: Mapping[str, str]
    comments: tuple[tuple[SurveyComment, ...], ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered at all."""
        return not self.answers and not self.comments


class Taken(msgspec.Struct, kw_only=True):
    """The statements, and how many submissions are new, stand there as they are, or have other answers now.

    `missing`: held of the same groups and form program, and not in the file. `withdrawn`: comments that were taken back
    and stay so.
    """

    lines: list[SurveySubmission | SurveyComment] = []
    new: list[Answered] = []
    again: int = 0
    changed: int = 0
    missing: list[SurveySubmissionRecord] = []
    withdrawn: int = 0

    def sentences(self) -> Iterator[str]:
        """What a person should know of it."""
        if self.again or self.changed or self.missing:
            yield plural(*_NEW, len(self.new)) if self.new else _("None of them is new.")
        for many, n in (
            (_CHANGED, self.changed), (_WITHDRAWN, self.withdrawn), (_MISSING, len(self.missing)),
        ):  # fmt: skip
            if n:
                yield plural(*many, n)


_NEW = ngettext_noop("{n} of them is new.", "{n} of them are new.")
_CHANGED = ngettext_noop(
    "{n} has different answers from last time; the new answers count.",
    "{n} have different answers from last time; the new answers count.",
)
_WITHDRAWN = ngettext_noop(
    "{n} comment was withdrawn here and is not imported again.",
    "{n} comments were withdrawn here and are not imported again.",
)
_MISSING = ngettext_noop(
    "{n} submission imported before is not in this file and still counts. If it was deleted in the form program, "
    "replace what is here with an export of everything.",
    "{n} submissions imported before are not in this file and still count. If they were deleted in the form "
    "program, replace what is here with an export of everything.",
)


def taken(answered: Iterable[Answered], state: VisitState | None) -> Taken:
    """The statements that take in these submissions, beside those that the visit holds already."""
    found, held = Taken(), _Held(state)
    groups: set[tuple[str, str]] = set()
    for one in answered:
        groups.add((one.group, one.submission.source))
        record = held.find(one)
        found.lines += [SurveyComment(id=identity, deleted=True) for identity in one.blank if identity in held.comments]
        if one.is_empty:
            found.lines += [SurveySubmission(id=record.id, deleted=True)] if record is not None else []
            found.changed += record is not None
            continue
        line = _line(one, record)
        found.lines.append(line)
        found.lines += _comments(one, state, found)
        if record is None:
            found.new.append(one)
        elif (record.group, record.answers) == (line.group, line.answers):
            found.again += 1
        else:
            found.changed += 1
    found.missing = [
        one for one in held.left() if any((one.group, source) in groups for source in _sources(one.known_by))
    ]
    return found


def refuse_undecided(found: Taken, state: VisitState | None, file: str) -> None:
    """Raise PeopleUndecided where new people may be those that were counted before, and nothing tells."""
    if state is None:
        return
    groups = sorted({one.group for one in found.new}, key=SURVEY_GROUPS.index)
    in_sheets = respondents_in_sheets(state)
    by_form = {one.group for one in state.survey_submissions.values()}
    for group in groups:
        if in_sheets[group] and group not in by_form:
            told = _("a sheet with {people} was counted before", people=in_words(in_sheets[group], group))
            raise PeopleUndecided(file, told, [group])
    doubtful = [group for group in groups if _may_be_same(found, group)]
    if doubtful:
        told = _("new rows have no id, and others that were imported before are missing")
        raise PeopleUndecided(file, told, doubtful)


def in_words(n: int, group: Group) -> str:
    """So many people of a group, `3 carers`."""
    return plural(*_PEOPLE[group], n) if group in _PEOPLE else f"{n} {group}"


_PEOPLE: Mapping[str, tuple[str, str]] = {
    "patient": ngettext_noop("{n} patient", "{n} patients"),
    "carer": ngettext_noop("{n} carer", "{n} carers"),
    "staff": ngettext_noop("{n} member of staff", "{n} members of staff"),
}


def _may_be_same(found: Taken, group: Group) -> bool:
    """Whether a new row of a group could be one of those that are missing."""
    missing = [_kinds(one.known_by) for one in found.missing if one.group == group]
    new = [_kinds(_known_by(one.submission)) for one in found.new if one.group == group]
    return any(not one & other for one in new for other in missing)


def _kinds(known_by: Iterable[str]) -> frozenset[str]:
    return frozenset(one.partition(":")[0].partition(" ")[2] for one in known_by).intersection(_CERTAIN)


def _sources(known_by: Iterable[str]) -> frozenset[str]:
    return frozenset(one.partition(" ")[0] for one in known_by)


def _known_by(one: Submission) -> list[str]:
    """Digests of the ids, each after the form program and the kind (`kobo id:0a1b`).

    Comments are named after the ids themselves, which are not kept.
    """
    return [f"{one.source} {kind}:{hashlib.sha256(f'submission {identity}'.encode()).hexdigest()[:_DIGITS]}"
            for kind, identity in one.known]  # fmt: skip


def _line(one: Answered, record: SurveySubmissionRecord | None) -> SurveySubmission:
    known_by = _known_by(one.submission)
    identity = record.id if record is not None else f"F{known_by[0].partition(':')[2]}"
    before = record.known_by if record is not None else []
    return SurveySubmission(
        id=identity, group=one.group, answers=dict(sorted(one.answers.items())),
        known_by=[*before, *(known for known in known_by if known not in before)], deleted=False,
    )  # fmt: skip


class _Held:
    """The submissions of a visit, by any of their ids; each is found once."""

    def __init__(self, state: VisitState | None) -> None:
        records = state.survey_submissions.values() if state is not None else ()
        self.comments = state.survey_comments if state is not None else {}
        self._by_id = {known: one for one in records for known in one.known_by}
        self._left = {one.id: one for one in records}

    def find(self, one: Answered) -> SurveySubmissionRecord | None:
        found = next((self._by_id[known] for known in _known_by(one.submission) if known in self._by_id), None)
        return self._left.pop(found.id, None) if found is not None else None

    def left(self) -> list[SurveySubmissionRecord]:
        return list(self._left.values())


def _comments(one: Answered, state: VisitState | None, found: Taken) -> Iterator[SurveyComment]:
    """Each comment under the id by which it is held, or else the first; none that was withdrawn."""
    held = state.survey_comments if state is not None else {}
    withdrawn = state.withdrawn if state is not None else {}
    for alike in one.comments:
        if any(f"survey_comment/{line.id}" in withdrawn for line in alike):
            found.withdrawn += 1
        else:
            yield next((line for line in alike if line.id in held), alike[0])


def people_of(answered: Iterable[Answered]) -> dict[str, int]:
    """How many people of each group answered anything."""
    found = Counter(one.group for one in answered if not one.is_empty)
    return {str(group): found[group] for group in SURVEY_GROUPS if found[group]}
