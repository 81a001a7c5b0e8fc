"""From what somebody types to the records that say it: who may see them, in what order, with the matches marked."""

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
from reviewapp.visit.state import VisitState

EACH = 8
"""So many of each kind are found, unless more are asked for."""

Record = tuple[str, str]


class SearchHit:
    """A record that says what was looked for.

    `kind` is what it is to a reader (`KINDS`); `entity` and `key` name the record, or `standard`, `prompt` and
    `audit_item` with a number what stands in the instrument. Its words are put together when they are looked at,
    because of many that are found few are in view.
    """

    def __init__(self, record: Record, naming: HitDescriber, looked_for: tuple[QueryTerm, ...]) -> None:
        """What was looked for is marked in it."""
        self.entity, self.key = record
        self.kind = KIND_OF[self.entity]
        self._naming, self._looked_for = naming, looked_for

    @cached_property
    def _named(self) -> Described:
        return self._naming.named(self.entity, self.key)

    @cached_property
    def _best(self) -> tuple[str, str]:
        """The field that says most of what was looked for, and what it says."""
        texts = self._named.texts
        if len(texts) < 2:
            return texts[0] if texts else ("", "")
        return max(texts, key=self._says)

    def _says(self, field: tuple[str, str]) -> int:
        return sum(matches(field[1], part) for part in self._looked_for)

    @property
    def title(self) -> HighlightedText:
        """What it is called."""
        return highlight(self._named.title, self._looked_for, whole=True)

    @property
    def snippet(self) -> HighlightedText:
        """What it says, about the first match."""
        return highlight(self._best[1], self._looked_for)

    @property
    def field(self) -> str:
        """The field that says it, empty for what has only a title."""
        return self._best[0]

    @property
    def standards(self) -> tuple[str, ...]:
        """The numbers of the standards that it bears on."""
        return self._named.standards


class Finder:
    """Looks things up for one visit. `state` gives the visit as it is now."""

    def __init__(self, store: VisitStore, me: str, state: Callable[[], VisitState]) -> None:
        """Reads nothing yet."""
        self._store, self._me, self._state = store, me, state
        self._words = search_index.SearchIndex(store.db, apart=store.read_only)
        self._naming: HitDescriber | None = None

    def behind(self) -> int:
        """How many entries were written since something was looked for; reading thousands takes a moment."""
        return self._words.behind()

    def catch_up(self) -> None:
        """Read what was written since. Where that cannot be, what was read before is found, and the rest next time."""
        if not self._words.behind():
            return
        if self._store.read_only:
            self._words.catch_up()
            return
        try:
            self._read()
        except DatabaseError:
            self._begin_again()

    def find(self, text: str, limit: int = EACH, kind: str = "") -> list[SearchHit]:
        """What says all of this, at most `limit` of each kind: exact numbers first, else kind by kind, the best first.

        Whatever is typed: words are found by their first letters, accents do not matter, what stands in quotation
        marks is a phrase. Others' ratings and notes are found when they may be seen, deleted records never.
        With `kind` only those of that kind.
        """
        looked_for = parse_query(text)
        if not looked_for:
            return []
        self.catch_up()
        room = dict.fromkeys([kind] if kind else KINDS, limit)
        try:
            hits = self._hits(looked_for, dict(room))
        except OperationalError:  # nothing was read yet and nothing can be written
            return []
        except DatabaseError:
            self._begin_again()
            hits = self._hits(looked_for, dict(room))
        naming = self._named()
        return [SearchHit(one, naming, looked_for) for one in _in_order(hits, looked_for)]

    def close(self) -> None:
        """The visit closes."""
        self._words.close()

    def _read(self) -> None:
        """In a transaction of its own; while a join holds the store what is new is read the next time."""
        try:
            with without_waiting(self._store.db), self._store.transaction():
                self._words.catch_up()
        except ReviewError as error:
            if error.__cause__ is None:
                raise

    def _begin_again(self) -> None:
        """The index cannot be read: another one is made from what was written."""
        if self._store.read_only:
            self._words.begin_again()
            self._words.catch_up()
            return
        with self._store.transaction():
            self._words.begin_again()
        self._read()

    def _hits(self, looked_for: tuple[QueryTerm, ...], room: dict[str, int]) -> list[Record]:
        """What may be seen and is there, of each kind as many as there is room for."""
        shown = self._named().shown
        wanted = {entity for entity, kind in KIND_OF.items() if kind in room}
        hits: dict[Record, None] = {}
        typed = search_index.expression((part.typed, part.beginning) for part in looked_for)
        for record in chain(self._numbered(looked_for), self._words.matching(typed, wanted)):
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

    def _numbered(self, looked_for: tuple[QueryTerm, ...]) -> list[Record]:
        """What may have exactly the number that was typed: `47`, `P1`."""
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


_NUMBERED = (search_index.STANDARD, search_index.PROMPT, search_index.ITEM, "person", "action", "slot", "decision")
_NUMBERED_BY = ("interview", "quote", "case_note", "concern")
"""Those whose number is their author's own."""

_PLACE = {entity: KINDS.index(kind) for entity, kind in KIND_OF.items()}
_ENTITIES = {kind: [entity for entity, its in KIND_OF.items() if its == kind] for kind in KINDS}


def _in_order(hits: list[Record], looked_for: tuple[QueryTerm, ...]) -> list[Record]:
    """Kind by kind; a kind of which one has exactly the number that was typed stands before all others."""
    typed = looked_for[0].words[0]
    first = {KIND_OF[entity] for entity, key in hits if _is_number(entity, key, typed)} if len(looked_for) == 1 else ()
    return sorted(hits, key=lambda one: (KIND_OF[one[0]] not in first, _PLACE[one[0]]))


def _is_number(entity: str, key: str, typed: str) -> bool:
    return (entity in _NUMBERED or entity in _NUMBERED_BY) and key.partition("/")[0].lower() == typed
