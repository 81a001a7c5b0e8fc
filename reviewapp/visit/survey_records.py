"""The records of what one person answered in a survey, and of what somebody wrote there in words of their own."""

from __future__ import annotations

import msgspec

from reviewapp.visit.record import Record


class SurveyCommentRecord(Record, frozen=True, kw_only=True):
    """`S0a1b2c3d4e5f`: what one person wrote. Nothing says which other answers or comments are of the same person."""

    id: str
    group: str = ""
    text: str = ""
    about: str = ""
    standard: str = ""


class SurveySubmissionRecord(Record, frozen=True, kw_only=True):
    """`F0a1b2c3d4e5f6a7`: what one person answered in a form, by standard: `yes`, `no` or `na`.

    `known_by`: digests of the ids that the form program gave it, so that it counts once; they do not lead back to them,
    nor to a comment of the same person.
    """

    id: str
    group: str = ""
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    known_by: list[str] = msgspec.field(default_factory=list)
