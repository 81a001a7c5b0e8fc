"""Text being typed: saved durably at every pause, and made entries when its field is left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.change_names import change_name
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.statements import AnyStatement, Statement
from reviewapp.workspace.changes import Change, LineError
from reviewapp.workspace.seen import SeenEntries
from reviewapp.workspace.writer import JournalWriter

_LINE = msgspec.json.Decoder(AnyStatement)


class Drafts:
    """The texts that the person at this laptop is typing: each a statement with its ids and one field."""

    def __init__(self, store: VisitStore, seen: SeenEntries, writer: JournalWriter, person: Callable[[], str]) -> None:
        """`person`: who types, as it is when asked."""
        self._store, self._seen, self._writer, self._person = store, seen, writer, person

    def save(self, line: Statement) -> None:
        """Save one, durable on return; it is not in the journal yet."""
        address = self._address(line)
        self._store.drafts.save("/".join(address), msgspec.json.encode(line), address, self._seen.head_ids)

    def all(self) -> list[Statement]:
        """The saved ones as statements; one of another version that cannot be read here stays where it is."""
        found: list[Statement] = []
        for draft in self._store.drafts.all():
            with contextlib.suppress(msgspec.ValidationError):
                found.append(_LINE.decode(draft.line))
        return found

    def has(self, line: Statement) -> bool:
        """Whether there is still a draft of this statement's one field."""
        return self._store.drafts.has("/".join(self._address(line)))

    def commit(self) -> Change | None:
        """Turn every draft into an entry; None if there are none. A refused one stays and is named in `problems`."""
        self._store.drafts.check_kept()
        stored = self._store.drafts.all()
        if not stored or self._store.read_only:
            return None
        good: list[Statement] = []
        seen: dict[FieldAddress, tuple[str, ...]] = {}
        problems: list[str] = []
        for draft in stored:
            try:
                line: Statement = _LINE.decode(draft.line)
                self._writer.check(line, self._person())
            except Invalid as error:
                problems.append(str(error))
                continue
            except msgspec.ValidationError:
                problems.append(
                    _("a text ({slot}) was typed in another version of the program; it is kept", slot=draft.slot)
                )
                continue
            good.append(line)
            seen[self._address(line)] = draft.parents
        change = self._record_good(good, seen, problems)
        return msgspec.structs.replace(change, problems=tuple(problems))

    def _record_good(
        self, lines: list[Statement], seen: dict[FieldAddress, tuple[str, ...]], problems: list[str]
    ) -> Change:
        """Record drafts as one change; one that does not fit those before it stays a draft, named in `problems`."""
        me = self._person()
        while True:
            known = {address: seen[address] for address in map(self._address, lines)}
            try:
                return self._writer.record(lines, known, change_name(lines, me), me)
            except Invalid as error:
                del lines[error.line - 1 if isinstance(error, LineError) else 0]
                problems.append(str(error))

    def _address(self, line: Statement) -> FieldAddress:
        fields = list(line.values())
        if len(fields) != 1:
            raise ValueError(_("a draft has exactly one field besides its ids"))
        return (line.kind(), line.key(self._person()), fields[0])
