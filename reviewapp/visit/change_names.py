"""What a change is called in "Undo ..." and in the history."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from reviewapp.base.i18n import _
from reviewapp.visit import statements as n


def change_name(lines: Sequence[n.Statement]) -> str:
    """A short name for what these lines do; several of them are named by their number."""
    if not lines:
        return "nothing"
    first = lines[0]
    if len(lines) > 1 and any(type(line) is not type(first) for line in lines):
        return _("{n} changes", n=len(lines))
    if len(lines) > 1:
        return f"{len(lines)} × {_noun(first)}"
    return _one(first)


def _one(line: n.Statement) -> str:
    noun = _noun(line)
    if getattr(line, "deleted", None) is True:
        noun = _("deletion of {noun}", noun=noun)
    identity = " ".join(str(getattr(line, name)) for name in line.IDS)
    if isinstance(line, n.Rating) and line.value is UNSET and line.note is not UNSET:
        return _("note on standard {standard}", standard=line.standard)
    if isinstance(line, n.FindingAccepted):
        return noun  # the id of a finding says nothing to a person
    return (
        f"{noun} {identity}" if not isinstance(line, n.Answer) else _("notes of {interview}", interview=line.interview)
    )


def _noun(line: n.Statement) -> str:
    return _NOUNS.get(line.kind(), line.kind().replace("_", " "))


_NOUNS = {
    "rating": _("rating of standard"),
    "self_review": _("self-review of standard"),
    "survey": _("survey counts"),
    "case_note": _("case note"),
    "audit": _("case note"),
    "agreed": _("agreed rating of standard"),
    "agreed_audit": _("agreed case note cell"),
    "local_context": _("local context of standard"),
    "response": _("response on standard"),
    "response_decision": _("decision on the response on standard"),
    "passage": _("report passage"),
    "slot": _("appointment"),
    "asks": _("who asks prompt"),
    "settled": _("reason for"),
    "accept_late": _("acceptance of the late rating"),
    "known_name": _("name to look for"),
    "finding_accepted": _("acceptance of a finding"),
}
