"""Drafts recovered after a crash: which record each belongs to and which page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviewapp.base.i18n import _
from reviewapp.visit import statements as n

Place = dict[str, str]


@dataclass(frozen=True)
class RecoveredDraft:
    """A recovered draft: a label without any of its text, the page and place that show it, and its field."""

    words: str
    page: str
    place: tuple[tuple[str, str], ...]
    field: tuple[str, ...]


def recovered_drafts(drafts: Iterable[n.Statement], me: str) -> tuple[RecoveredDraft, ...]:
    """Locate each draft's record and page; two fields of one record are listed once."""
    found = [_recovered_draft(line, me) for line in drafts]
    return tuple({(one.page, one.place): one for one in found}.values())


def field_of(line: n.Statement) -> tuple[str, ...]:
    """Kind of record, ids and field name of a statement with one text field, without the text."""
    return (line.kind(), *(str(getattr(line, name)) for name in line.IDS), *line.values())


def _recovered_draft(line: n.Statement, me: str) -> RecoveredDraft:
    ids = {name: str(getattr(line, name)) for name in line.IDS}
    words, page, place = _PLACES.get(type(line), _anywhere)(ids, me)
    return RecoveredDraft(words, page, tuple(place.items()), field_of(line))


def _rating(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Your note on standard {standard}", standard=ids["standard"]), "standards", ids


def _local_context(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Local context of standard {standard}", standard=ids["standard"]), "standards", ids


def _agreed(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("What was agreed on standard {standard}", standard=ids["standard"]), "agree", ids


def _answer(ids: Place, me: str) -> tuple[str, str, Place]:
    place = {"interview": f"{ids['interview']}/{me}", "prompt": ids["prompt"]}
    return _("Your notes of interview {interview}", interview=ids["interview"]), "interviews", place


def _quote(ids: Place, me: str) -> tuple[str, str, Place]:
    return _("Quote {id}", id=ids["id"]), "interviews", {"quote": f"{ids['id']}/{me}"}


def _concern(ids: Place, me: str) -> tuple[str, str, Place]:
    return _("Immediate concern {id}", id=ids["id"]), "interviews", {"concern": f"{ids['id']}/{me}"}


def _audit(ids: Place, _me: str) -> tuple[str, str, Place]:
    place = {"record": ids["case_note"], "item": ids["item"]}
    return _("Case note {case_note}, item {item}", case_note=ids["case_note"], item=ids["item"]), "case_notes", place


def _passage(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("A passage of the report"), "report", {"passage": ids["place"]}


def _action(ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("Action {id}", id=ids["id"]), "action_plan", {"action": ids["id"]}


def _anywhere(_ids: Place, _me: str) -> tuple[str, str, Place]:
    return _("What you typed"), "overview", {}


_PLACES: dict[type[n.Statement], Callable[[Place, str], tuple[str, str, Place]]] = {
    n.Rating: _rating,
    n.LocalContext: _local_context,
    n.Agreed: _agreed,
    n.Answer: _answer,
    n.Quote: _quote,
    n.Concern: _concern,
    n.Audit: _audit,
    n.Passage: _passage,
    n.Action: _action,
}
