"""Checks of one entry of a pack: shape, authorship, sizes, and the rules by which it could have been recorded here."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec

from reviewapp.base import limits
from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.files import shortened
from reviewapp.base.i18n import _
from reviewapp.exchange.local_knowledge import LocalKnowledge
from reviewapp.store import entry as entries
from reviewapp.store.deletions import SEEING
from reviewapp.store.entry import Entry
from reviewapp.store.signing import Device
from reviewapp.visit import rules, validators
from reviewapp.visit.entities import (
    CONCERNS_FIELD,
    ENTITIES,
    HEADER,
    HEADER_FIELDS,
    SEEN,
    WITHDRAW,
    WITHDRAW_FIELD,
    WITHDRAWABLE,
    EntityInfo,
    FieldAddress,
    author_of,
    belongs_to,
    can_be_withdrawn,
    record_in_words,
    statement_for,
)
from reviewapp.visit.standing import NEVER_APART
from reviewapp.visit.validators import COMMITTEE, HOST, InstrumentTerms

_HEX64 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[\w.:-]{1,200}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
"""Of any year: a laptop whose clock had stopped is no reason to refuse what its owner recorded."""
_NOBODYS = "|".join(kind for kind in WITHDRAWABLE if ENTITIES[kind].shared)
_WITHDRAWN = re.compile(
    rf"({'|'.join((*WITHDRAWABLE, 'answer'))})(/[\w.:-]{{1,200}}){{2,3}}|({_NOBODYS})/[\w.:-]{{1,200}}"
)
"""An answer is taken back with its interview. What is nobody's own has no author at the end of its key."""
_CONCERN = re.compile(rf"{NEVER_APART}(/[\w.:-]{{1,200}}){{2}}")

_LONGEST_SHOWN = 60


class PartRefused(Exception):
    """Why the entries of one laptop are not taken."""


def refused(name: str, reason: str) -> Damaged:
    """The error for a pack that is not joined; `reason` completes "... is not taken"."""
    return Damaged(_("{name} was not added: {reason}", name=name, reason=reason), do=_("ask its author for a new file"))


class EntryChecker:
    """Checks the entries of one file one after the other; the result for each record's key is remembered."""

    def __init__(self, name: str, visit: str, known: LocalKnowledge, leads: frozenset[str], *, branches: bool) -> None:
        """`branches`: a laptop in the file forked."""
        self._name, self._visit, self._known, self._leads = name, visit, known, leads
        self._terms = validators.InstrumentTerms(known.instrument, known.also)
        self._keys: dict[FieldAddress, tuple[EntityInfo, InstrumentTerms | None] | None] = {}
        self._parts: set[str] = set()
        self._header: set[str] = set()
        self._branches = branches
        self._good: set[tuple[str, str]] = set()

    def check_once(self, one: Entry, device: Device) -> None:
        """As `check`; what branches of a laptop that forked have in common is not judged again."""
        known = (one.id, device.person)
        if not self._branches or known not in self._good:
            self.check(one, device)
            if self._branches:
                self._good.add(known)

    def check(self, one: Entry, device: Device) -> None:
        """Raise PartRefused unless this entry is well formed, and Damaged when it was altered after it was signed."""
        if not _is_time(one.at) or not all(_HEX64.fullmatch(parent) for parent in one.parents):
            raise PartRefused(_("an entry is malformed"))
        self.check_untouched(one)
        self._check_names(one)
        if one.person not in (device.person, HOST, COMMITTEE):
            raise PartRefused(
                _(
                    "an entry by {person} comes from the laptop of {owner}",
                    person=one.person[:40],
                    owner=device.person,
                )
            )
        record = (one.entity, one.key, one.person)
        if record not in self._keys:
            self._keys[record] = self._check_key(one)
        self._check_value(one)

    def check_untouched(self, one: Entry) -> None:
        """Raise Damaged when an entry is not what its laptop signed."""
        try:
            entries.check(one)
        except (Damaged, ValueError) as error:
            altered = _("an entry of laptop {device} was changed by someone", device=one.device[:8])
            raise refused(self._name, altered) from error

    def _check_names(self, one: Entry) -> None:
        for part in (one.person, one.entity, one.field):
            if part not in self._parts:
                if not _ID.fullmatch(part):
                    raise PartRefused(_("an entry is malformed"))
                self._parts.add(part)

    def _check_key(self, one: Entry) -> tuple[EntityInfo, InstrumentTerms | None] | None:
        """The kind of record, and the words by which it is judged; None for what this version does not know.

        Refuse a key of the wrong shape for a known kind of record; of an unknown kind one that is not printable. What
        is judged by an instrument that the visit does not have here has no words (None): it is kept and passed on where
        its values are of the right types.
        """
        if not one.key or len(one.key) > limits.LONGEST_KEY or not one.key.isprintable():
            raise PartRefused(_("an entry is malformed"))
        info = ENTITIES.get(one.entity)
        if info is None:
            return None
        parts = info.split(one.key)
        if parts is None:
            raise PartRefused(_("the key of {record} is malformed", record=_in_words(one)))
        ids: dict[str, Any] = parts[0]
        try:
            terms = rules.terms_for(ids, self._terms)
        except Invalid:
            return info, None
        try:
            line = statement_for(one.entity, one.key, {})
            rules.check_ids(info, {name: getattr(line, name) for name in ids}, terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise PartRefused(_("the key of {record} is malformed", record=_in_words(one))) from error
        return info, terms

    def _check_value(self, one: Entry) -> None:
        """Refuse a value that may not be recorded in a known field; unknown fields are kept unchanged."""
        if isinstance(one.value, (list, dict)) and not _is_flat(one.value):
            raise PartRefused(_("a value is nested too deeply"))
        if one.entity == HEADER:
            self._check_header(one)
        elif one.entity == WITHDRAW:
            _check_withdrawal(one, self._leads)
        elif one.entity == SEEN:
            self._check_seen(one)
        elif one.field == SEEING and one.value is not None and not _are_ids(one.value):
            raise PartRefused(_("what a deletion says it saw is malformed"))
        known = self._keys[one.entity, one.key, one.person]
        if known is None or one.field not in known[0].fields or one.value is None:
            return
        info, terms = known
        try:
            msgspec.convert(one.value, type=info.types[one.field])
            if terms is None:
                validators.check_size(one.field, one.value)
            else:
                rules.check_value(info, one.field, one.value, terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise PartRefused(
                _("“{field}” of {record} is malformed", field=one.field, record=_in_words(one))
            ) from error
        if one.entity == "person":
            self._check_lead_stays(one)

    def _check_lead_stays(self, one: Entry) -> None:
        """Refuse another lead than those who lead or led, and the only one taken off the visit."""
        leads = one.key in self._leads
        only = leads and len(self._leads) == 1
        another = one.field == "role" and (not leads if one.value == "lead" else only)
        if another or (one.field == "deleted" and only and one.value is True):
            raise PartRefused(_("it names another lead"))

    def _check_header(self, one: Entry) -> None:
        """Refuse a header that is malformed or differs from the one written when the visit was made."""
        if one.key != self._visit or (one.field in HEADER_FIELDS[:5] and not isinstance(one.value, str)):
            raise PartRefused(_("what it says of the visit is malformed"))
        known = self._known
        anew = known.address_of is not None and known.address_of(one.id) is None
        if anew or one.field in self._header:
            raise PartRefused(_("it says again, differently, what the visit is"))
        self._header.add(one.field)
        if one.field == "date":
            try:
                validators.check_date(one.value, "date")
            except Invalid as error:
                raise PartRefused(_("what it says of the visit is malformed")) from error

    def _check_seen(self, one: Entry) -> None:
        if one.field == "opening" and not (isinstance(one.value, str) and _HEX64.fullmatch(one.value)):
            raise PartRefused(_("what it says of the meeting is malformed"))


def _is_flat(value: Any) -> bool:
    """True if lists and objects are nested at most `limits.DEEPEST` deep; counted level by level, without recursion."""
    level = [value]
    for __ in range(limits.DEEPEST):
        inner = [one for outer in level for one in (outer.values() if isinstance(outer, dict) else outer)]
        level = [one for one in inner if isinstance(one, (list, dict))]
        if not level:
            return True
    return False


def is_texts(value: Any) -> bool:
    """True for a list of nothing but texts."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_ids(value: Any) -> bool:
    return is_texts(value) and all(_HEX64.fullmatch(one) for one in value)


def _is_time(text: str) -> bool:
    if not _AT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _in_words(one: Entry) -> str:
    """The record that an entry is about, with its article and a key that is not longer than a line."""
    return record_in_words(one.entity, shortened(one.key, _LONGEST_SHOWN), _)


def _check_withdrawal(one: Entry, leads: frozenset[str]) -> None:
    """Refuse a withdrawal by anybody but the record's author or the lead, or of another author's records."""
    if not can_be_withdrawn(one.key) or one.person not in {author_of(one.key), *leads}:
        raise PartRefused(_("a withdrawal is malformed"))
    shape = {WITHDRAW_FIELD: _WITHDRAWN, CONCERNS_FIELD: _CONCERN}.get(one.field)
    if shape is None:
        return
    records = one.value
    if not is_texts(records) or not all(shape.fullmatch(record) for record in records):
        raise PartRefused(_("a withdrawal is malformed"))
    if any(not belongs_to(record, one.key) for record in records):
        raise PartRefused(_("a withdrawal names what someone else recorded"))
