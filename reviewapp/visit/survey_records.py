"""The record of what somebody wrote in a survey, in words of their own."""

from __future__ import annotations

from reviewapp.visit.record import Record


class SurveyCommentRecord(Record, frozen=True, kw_only=True):
    """`S0a1b2c3d4e5f`: what one person wrote. Nothing says which other answers or comments are of the same person."""

    id: str
    group: str = ""
    text: str = ""
    about: str = ""
    standard: str = ""
