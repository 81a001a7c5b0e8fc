"""What a change is called in "Undo ..." and in the history."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from reviewapp.visit import lines as n


def name_of(lines: Sequence[n.Line]) -> str:
    """A short name for what these lines do; several of them are named by their number."""
    if not lines:
        return "nothing"
    first = lines[0]
    if len(lines) > 1 and any(type(line) is not type(first) for line in lines):
        return f"{len(lines)} changes"
    if len(lines) > 1:
        return f"{len(lines)} × {_noun(first)}"
    return _one(first)


def _one(line: n.Line) -> str:
    noun = _noun(line)
    if getattr(line, "deleted", None) is True:
        noun = f"deletion of {noun}"
    identity = " ".join(str(getattr(line, name)) for name in line.IDS)
    if isinstance(line, n.Rating) and line.value is UNSET and line.note is not UNSET:
        return f"note on standard {line.standard}"
    if isinstance(line, n.FindingAccepted):
        return noun  # the id of a finding says nothing to a person
    return f"{noun} {identity}" if not isinstance(line, n.Answer) else f"notes of {line.interview}"


def _noun(line: n.Line) -> str:
    return _NOUNS.get(line.kind(), line.kind().replace("_", " "))


_NOUNS = {
    "rating": "rating of standard",
    "self_review": "self-review of standard",
    "survey": "survey counts",
    "case_note": "case note",
    "audit": "case note",
    "agreed": "agreed rating of standard",
    "agreed_audit": "agreed case note cell",
    "local_context": "local context of standard",
    "response": "response on standard",
    "response_decision": "decision on the response on standard",
    "passage": "report passage",
    "slot": "timetable entry",
    "asks": "who asks prompt",
    "settled": "reason for",
    "accept_late": "acceptance of the late rating",
    "known_name": "name to look for",
    "finding_accepted": "acceptance of a finding",
}
