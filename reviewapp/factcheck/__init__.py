"""The host's factual check: one sheet goes out with the draft, and comes back with the team's answers."""

from reviewapp.factcheck.export_sheet import default_reply_by, response_sheet
from reviewapp.factcheck.import_sheet import Answers, read_answers

__all__ = ["Answers", "default_reply_by", "read_answers", "response_sheet"]
