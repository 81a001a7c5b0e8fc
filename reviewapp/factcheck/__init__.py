"""The host's factual check: the response sheet sent with the draft report, and the team's answers read from it."""

from reviewapp.factcheck.export_sheet import default_reply_by, response_sheet
from reviewapp.factcheck.import_sheet import Answers, read_answers

__all__ = ["Answers", "default_reply_by", "read_answers", "response_sheet"]
