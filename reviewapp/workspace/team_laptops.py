"""Whose the laptops of a visit are, who leads it, and what was typed for somebody: what the lead decides of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from reviewapp.store import field_heads, journal
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.standing import Standing
from reviewapp.visit.state import Conflict
from reviewapp.workspace import laptops, take_over, typed_for
from reviewapp.workspace.changes import Change
from reviewapp.workspace.laptops import ApartRecord, LaptopStanding, Marking
from reviewapp.workspace.state_cache import StateCache
from reviewapp.workspace.take_over import Leading
from reviewapp.workspace.typed_for import TypedFor


class TeamLaptops:
    """The laptops of an open visit."""

    def __init__(
        self,
        store: VisitStore,
        cache: StateCache,
        write: Callable[[Marking, bool], Change],
        another_leads: Callable[[str], Change],
    ) -> None:
        """`write`: writes what is said of a laptop, undoable or not; `another_leads`: what follows when one does."""
        self._store, self._cache, self._write, self._another_leads = store, cache, write, another_leads

    @property
    def own_standing(self) -> Standing:
        """What the words of this laptop count for."""
        return self._cache.own_standing

    @property
    def is_lead(self) -> bool:
        """Whether the person of this laptop leads the visit, and the laptop speaks for the lead."""
        lead = self._cache.state.lead()
        return self.own_standing.lead and lead is not None and lead.key == self._own_code

    @cached_property
    def _own_code(self) -> str:
        """Whose laptop this is: said when the visit came onto it, and never again."""
        return self._store.local("me")

    @property
    def may_mark(self) -> bool:
        """Whether the person of this laptop can say whose laptops are."""
        return self.is_lead and laptops.may_mark(self._store)

    @property
    def may_write_pack(self) -> bool:
        """Whether this laptop gives out the visit pack: the lead's, and any that it knows to be certified."""
        return self.is_lead or self.own_standing.state == "certified"

    def all(self) -> list[LaptopStanding]:
        """Every laptop of the visit and what its words count for, by code."""
        return laptops.laptops(self._store)

    def own_words(self) -> str:
        """Three words that name this laptop; the lead's screen shows the same ones beside its work."""
        return laptops.own_words(self._store)

    def visit_words(self) -> str:
        """Four words, the same on every laptop that has the same standards and the same lead."""
        return laptops.visit_words(self._store)

    def apart(self) -> list[ApartRecord]:
        """What stands apart and counts for nothing, by laptop and record."""
        return laptops.apart(self._store)

    def only_here(self, change: Change) -> list[FieldAddress]:
        """The fields in which what a change wrote stands on this laptop's screen only, and counts for nothing."""
        if self.own_standing.apart_from is None:
            return []
        written = {step.entry for step in change.steps if step.entry in step.now}
        standings = self._store.standings()
        made = journal.of_ids(self._store.db, sorted(written))
        return [one.address for one in made if standings.only_here(one.address, field_heads.without_value(one))]

    def certify(self, device: str, code: str) -> Change:
        """Say that a laptop is this person's (`laptops.certify`). Undoable. Raises Invalid for anybody but the lead."""
        return self._write(laptops.certifying(self._store, self._cache.state.people, device, code), True)

    def set_aside(self, device: str, from_seq: int | None, reason: str) -> Change:
        """Set a laptop aside, from one of its entries on or all of it. Undoable. Raises Invalid."""
        return self._write(laptops.setting_aside(self._store, self._cache.state.people, device, from_seq, reason), True)

    def times_of(self, device: str) -> list[tuple[int, str]]:
        """Number and time of each entry of a laptop, in order, by that laptop's own clock."""
        return journal.times_of(self._store.db, device)

    def take_aside_back(self, device: str) -> Change:
        """No longer set a laptop aside. Undoable. Raises Invalid."""
        return self._write(laptops.taking_aside_back(self._store, self._cache.state.people, device), True)

    def may_settle(self, conflict: Conflict) -> bool:
        """Whether what this laptop says takes the place of all values that stand in a conflict."""
        return laptops.may_replace(self._store, conflict)

    def begun_twice(self, conflict: Conflict) -> bool:
        """Whether two laptops began what a conflict is about without knowing of each other: of two people, perhaps."""
        return laptops.begun_twice(self._store, conflict)

    def typed_for(self) -> list[TypedFor]:
        """What was typed for somebody without a laptop, and is not confirmed yet."""
        return typed_for.waiting(self._store)

    def confirm_typed(self, code: str) -> Change:
        """Confirm all that was typed for this person (`typed_for.confirming`). Not undoable. Raises Invalid."""
        return self._write(
            typed_for.confirming(self._store, self._cache.state.people, code, self._store.local("me")), False
        )

    # Who leads ---------------------------------------------------------------------------------------------

    def leading(self) -> Leading:
        """Who leads the visit, who may take over, and what came of a take-over."""
        return take_over.leading(self._store)

    def name_deputy(self, code: str, words: str) -> Change:
        """Name who may take over with these eight words (`take_over.naming`). Not undoable. Raises Invalid."""
        return self._write(take_over.naming(self._store, self._cache.state, code, words), False)

    def take_over(self, words: str) -> Change:
        """Lead the visit from this laptop (`take_over.take_over`). Not undoable. Raises Invalid or WrongPhrase."""
        return self._another_leads(take_over.take_over(self._store, words))

    def give_way(self) -> Change:
        """Not lead, of two laptops that took over at the same time. Not undoable. Raises Invalid."""
        return self._another_leads(take_over.give_way(self._store))

    def lead_from_this_copy(self) -> Change:
        """Lead from this of the copies of the lead's laptop (`take_over.lead_from_copy`). Raises Invalid."""
        return self._another_leads(take_over.lead_from_copy(self._store))
