"""Private jottings about a standard or an interview: they never leave this laptop's own visit file and its backups."""

from __future__ import annotations

from collections.abc import Callable

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.store import jottings
from reviewapp.store.driver import Database
from reviewapp.store.visit_store import VisitStore
from reviewapp.store.withdrawal import WithdrawalNotices
from reviewapp.visit.entities import RecordId
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import check_size

STANDARD, INTERVIEW = "standard", "interview"
"""What a jotting can be about; the key is the standard's number, or that of the interview (`P1/R2`)."""


class Jottings:
    """The jottings of the person at this laptop. They are no entries: nobody is told of them, and none is undone.

    One about an interview is deleted, here and in the backups, when that interview is withdrawn.
    """

    def __init__(self, store: VisitStore, person: Callable[[], str], state: Callable[[], VisitState]) -> None:
        self._store, self._person, self._state = store, person, state

    def text(self, about: RecordId) -> str:
        """The jotting about a record; empty if there is none."""
        return self.all().get(about, "")

    def all(self) -> dict[RecordId, str]:
        """Every jotting of this person, by the record that it is about; not of what is hidden now."""
        hidden = self._state().hidden
        found = jottings.read(self._store.db, self._person())
        return {about: text for about, text in found.items() if "/".join(about) not in hidden}

    def write(self, about: RecordId, text: str) -> None:
        """Keep a jotting in place of the one there was, durable on return; an empty one deletes it.

        Raises Invalid for a record that is not there or was withdrawn, and where somebody did not agree to notes.
        """
        with self._store.transaction() as db:
            if text.strip():
                self._check(db, about, text)
            jottings.write(db, self._person(), about, text)

    def _check(self, db: Database, about: RecordId, text: str) -> None:
        kind, key = about
        check_size(_("private jotting"), text)
        if kind == STANDARD and any(one.number == key for one in self._state().instrument.standards):
            return
        # Asked of the store and not of the state: a withdrawal may just have been joined on another connection.
        if kind == INTERVIEW and not WithdrawalNotices(db).covers(kind, key):
            interview = self._state().interviews.get(key)
            if interview is not None and interview.consent_notes:
                return
            if interview is not None:
                raise Invalid(
                    _("{id} has not agreed to notes, and a private jotting is a note", id=interview.id),
                    do=_("ask first, and say so at the top"),
                )
        raise Invalid(_("the thing this jotting is about is not in the visit"), do=_("write it somewhere else"))
