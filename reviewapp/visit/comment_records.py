"""Comments that readers of the report made in Word."""

from __future__ import annotations

from reviewapp.visit.record import Record


class ReportCommentRecord(Record, frozen=True, kw_only=True):
    """`W0a1b2c3d4e5f`: a comment at a part of the report; `answer` and `done` say what became of it.

    `part` is the id of the part's heading in the report, `heading` what it said in that copy; `quoted` are the words
    that the comment was made on, `at` when, as Word wrote it, and `reply_to` is the id of the comment it answers.
    """

    id: str
    part: str = ""
    heading: str = ""
    author: str = ""
    at: str = ""
    quoted: str = ""
    text: str = ""
    reply_to: str = ""
    answer: str = ""
    done: bool = False
