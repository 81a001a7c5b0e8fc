"""Searching one visit: which records match a query, may be seen by this person, and in what order they are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import chain

from reviewapp.base.errors import ReviewError
from reviewapp.search.query import HighlightedText, QueryTerm, highlight, matches, parse_query
from reviewapp.search.result_titles import KIND_OF, KINDS, Described, HitDescriber
from reviewapp.store import search_index
from reviewapp.store.driver import DatabaseError, OperationalError, without_waiting
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import ENTITIES, RecordId
from reviewapp.visit.state import VisitState

EACH = 8
"""Most hits of each kind, unless another limit is given."""


class SearchHit:
    """A record that matches a query.

    `kind` is its kind to a reader (`KINDS`); `entity` and `key` name the record, or `standard`, `prompt` and
    `audit_item` with a number a part of the instrument. Its texts are composed only when they are read, because of many
    hits few are in view.
    """

    def __init__(self, record: RecordId, naming: HitDescriber, looked_for: tuple[QueryTerm, ...]) -> None:
        """`looked_for` is highlighted in the texts that `naming` composes for the record."""
        self.entity, self.key = record
        self.kind = KIND_OF[self.entity]
        self._naming, self._looked_for = naming, looked_for

    @cached_property
    def _named(self) -> Described:
        return self._naming.named(self.entity, self.key)

    @cached_property
    def _best(self) -> tuple[str, str]:
        """The field with the most terms of the query, and its text."""
        texts = self._named.texts
        if len(texts) < 2:
            return texts[0] if texts else ("", "")
        return max(texts, key=self._matching_terms)

    def _matching_terms(self, field: tuple[str, str]) -> int:
        return sum(matches(field[1], part) for part in self._looked_for)

    @property
    def title(self) -> HighlightedText:
        """The record's title, with matches marked."""
        return highlight(self._named.title, self._looked_for, whole=True)

    @property
    def snippet(self) -> HighlightedText:
        """The text of the best field, cut to the part about its first match."""
        return highlight(self._best[1], self._looked_for)

    @property
    def field(self) -> str:
        """The field that the snippet is from; empty for a record that has only a title."""
        return self._best[0]

    @property
    def standards(self) -> tuple[str, ...]:
        """The numbers of the standards that the record bears on."""
        return self._named.standards


class Finder:
    """Searches one visit for one person. `state` returns the visit's present state."""

    def __init__(self, store: VisitStore, me: str, state: Callable[[], VisitState]) -> None:
        """Reads nothing yet: the first search does."""
        self._store, self._me, self._state = store, me, state
        self._index = search_index.SearchIndex(store.db, apart=store.read_only)
        self._naming: HitDescriber | None = None

    def unread_entries(self) -> int:
        """Number of entries written since the last search; reading thousands takes a moment."""
        return self._index.unread_entries()

    def catch_up(self) -> None:
        """Index the entries written since the last search.

        While the store cannot be written to, only entries indexed before are found; the next search tries again.
        """
        if not self._index.unread_entries():
            return
        if self._store.read_only:
            self._index.catch_up()
            return
        try:
            self._read()
        except DatabaseError:
            self._rebuild_index()

    def find(self, text: str, limit: int = EACH, kind: str = "") -> list[SearchHit]:
        """The records that match every term, at most `limit` of each kind, kind by kind, best first.

        A kind with exactly the number typed comes first. Words are found by their first letters, accents do not matter,
        text in quotation marks is a phrase; no text is a syntax error. Others' ratings and notes are found when they
        may be seen, deleted records never. With `kind` only records of that kind.
        """
        looked_for = parse_query(text)
        if not looked_for:
            return []
        self.catch_up()
        room = dict.fromkeys([kind] if kind else KINDS, limit)
        try:
            hits = self._hits(looked_for, dict(room))
        except OperationalError:  # nothing was indexed yet, and the store cannot be written to
            return []
        except DatabaseError:
            self._rebuild_index()
            hits = self._hits(looked_for, dict(room))
        naming = self._named()
        return [SearchHit(one, naming, looked_for) for one in _in_order(hits, looked_for)]

    def close(self) -> None:
        """Close the index when the visit closes."""
        self._index.close()

    def _read(self) -> None:
        """Index new entries in a transaction of its own; while a join holds the store, the next search does it."""
        try:
            with without_waiting(self._store.db), self._store.transaction():
                self._index.catch_up()
        except ReviewError as error:
            if error.__cause__ is None:
                raise

    def _rebuild_index(self) -> None:
        """Replace an index that cannot be read by a new one, built from the journal."""
        if self._store.read_only:
            self._index.reset()
            self._index.catch_up()
            return
        with self._store.transaction():
            self._index.reset()
        self._read()

    def _hits(self, looked_for: tuple[QueryTerm, ...], room: dict[str, int]) -> list[RecordId]:
        """The matching records that exist and may be seen, of each kind at most as many as `room` allows."""
        shown = self._named().shown
        wanted = {entity for entity, kind in KIND_OF.items() if kind in room}
        hits: dict[RecordId, None] = {}
        typed = search_index.expression((part.typed, part.beginning) for part in looked_for)
        for record in chain(self._numbered(looked_for), self._index.matching(typed, wanted)):
            if record[0] not in wanted or record in hits or not shown(*record):
                continue
            hits[record] = None
            here = KIND_OF[record[0]]
            room[here] -= 1
            if not room[here]:
                wanted.difference_update(_ENTITIES[here])
                if not wanted:
                    break
        return list(hits)

    def _named(self) -> HitDescriber:
        state = self._state()
        if self._naming is None or self._naming.state is not state:
            self._naming = HitDescriber(state, self._me)
        return self._naming

    def _numbered(self, looked_for: tuple[QueryTerm, ...]) -> list[RecordId]:
        """The records that have exactly the number that was typed: `47`, `P1`."""
        if len(looked_for) > 1 or len(looked_for[0].words) > 1:
            return []
        typed = looked_for[0].typed
        if not any(map(str.isdigit, typed)):
            return []
        written = dict.fromkeys((typed, typed.lower(), typed.upper()))
        authors = self._state().people
        possible = [(entity, one) for one in written for entity in _NUMBERED]
        possible += [(entity, f"{one}/{who}") for one in written for entity in _NUMBERED_BY for who in authors]
        there = {entity: self._named().there(entity) for entity in (*_NUMBERED, *_NUMBERED_BY)}
        return [(entity, key) for entity, key in possible if key in there[entity]]


_WITH_NUMBERS = [info for name, info in ENTITIES.items() if info.statement.NUMBERED and name in KIND_OF]
_NUMBERED = (
    *(search_index.STANDARD, search_index.PROMPT, search_index.ITEM),
    *(info.name for info in _WITH_NUMBERS if info.shared),
)
_NUMBERED_BY = tuple(info.name for info in _WITH_NUMBERS if not info.shared)
"""The kinds of record that each author numbers on their own."""

_PLACE = {entity: KINDS.index(kind) for entity, kind in KIND_OF.items()}
_ENTITIES = {kind: [entity for entity, its in KIND_OF.items() if its == kind] for kind in KINDS}


def _in_order(hits: list[RecordId], looked_for: tuple[QueryTerm, ...]) -> list[RecordId]:
    """The hits kind by kind; a kind that contains exactly the number that was typed comes before all others."""
    typed = looked_for[0].words[0]
    first = {KIND_OF[entity] for entity, key in hits if _is_number(entity, key, typed)} if len(looked_for) == 1 else ()
    return sorted(hits, key=lambda one: (KIND_OF[one[0]] not in first, _PLACE[one[0]]))


def _is_number(entity: str, key: str, typed: str) -> bool:
    return (entity in _NUMBERED or entity in _NUMBERED_BY) and key.partition("/")[0].lower() == typed
