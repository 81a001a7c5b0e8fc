"""The host's factual check: one sheet goes out with the draft, and comes back with the team's answers."""

from reviewapp.factcheck.coming_back import Answers, read_answers
from reviewapp.factcheck.going_out import default_reply_by, response_sheet

__all__ = ["Answers", "default_reply_by", "read_answers", "response_sheet"]
