"""The law of two connections: whatever one does between any two statements of the other, nothing is lost.

One writes, types, undoes and redoes, as the window does. The other writes returns, packs, receipts and backups, looks,
verifies, joins and tries to restore, as the worker and other programs do. No file is unreadable, no alarm is false, no
value is lost, and who writes is kept waiting only where the other writes too.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reviewapp.base.errors import Busy, ReviewError
from reviewapp.store import backup, journal
from reviewapp.store.home import Home
from reviewapp.visit import statements
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Statement
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, PHRASE, Team
from tests.core.workspace.beside import writing_beside

BRIEF = 16
"""Statements in a row for which a job that writes a file may keep others from writing: what it stores of that file."""

words = st.sampled_from(["first words", "other words", "third words"])
said = st.one_of(
    st.builds(statements.Rating, standard=st.sampled_from(["47", "4"]), value=st.sampled_from(["met", "not_met"])),
    st.builds(statements.Rating, standard=st.sampled_from(["47", "4"]), note=words),
    st.builds(statements.Passage, place=st.just("summary"), text=words),
    st.builds(statements.Action, id=st.just("AP1"), standard=st.just("47"), action=words),
    st.builds(statements.Action, id=st.just("AP1"), standard=st.just("47"), deleted=st.booleans()),
)
typed = st.one_of(
    st.builds(statements.Rating, standard=st.just("47"), note=words),
    st.builds(statements.Passage, place=st.sampled_from(["summary", "method"]), text=words),
)
done = st.one_of(
    st.tuples(st.just("say"), said),
    st.tuples(st.just("say"), said),
    st.tuples(st.just("type"), typed),
    st.tuples(st.sampled_from(["stop typing", "undo", "redo", "write the log back"]), st.none()),
)
meanwhile = st.lists(st.tuples(st.integers(1, 12), done), max_size=8)
"""What one does between the statements of the other: after how many of them, and what."""


class TwoConnections(RuleBasedStateMachine):
    """The lead's visit, open in the window, and everything else that happens to it at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        original, keys, self.id = _prepared()
        shutil.copytree(original, self.folder / "homes")
        homes = {code: Home(self.folder / "homes" / code, key) for code, key in keys.items()}
        self.laptops = {code: Laptop(home) for code, home in homes.items()}
        self.visits = {code: self._opened(code) for code in homes}
        self.said: list[tuple[str, str, str, Any]] = []
        self.drafts: dict[tuple[str, str], Statement] = {}
        self.files = count()

    def teardown(self) -> None:
        for visit in self.visits.values():
            visit.close()
        shutil.rmtree(self.folder)

    def _opened(self, code: str) -> OpenVisit:
        return self.laptops[code].open_visit(self.id)

    @property
    def window(self) -> OpenVisit:
        return self.visits["L1"]

    # What one does -------------------------------------------------------------------------------------------

    def act(self, what: str, line: Statement | None) -> None:
        if what == "say" and line is not None:
            self.window.record(line)
            self.drafts.pop((line.kind(), line.key("L1") + "/".join(line.values())), None)
            self.said += [(line.kind(), line.key("L1"), field, value) for field, value in line.values().items()]
        elif what == "type" and line is not None:
            self.window.save_draft(line)
            self.drafts[line.kind(), line.key("L1") + "/".join(line.values())] = line
        elif what == "stop typing":
            self.stop_typing()
        elif what == "write the log back":
            self.window._store.db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        else:
            self.stop_typing()  # as the window does before it undoes
            self._step(self.window.undo if what == "undo" else self.window.redo)

    def stop_typing(self) -> None:
        self.window.commit_drafts()
        for line in self.drafts.values():
            self.said += [(line.kind(), line.key("L1"), field, value) for field, value in line.values().items()]
        self.drafts.clear()

    @staticmethod
    def _step(step: Callable[[], object]) -> None:
        try:
            step()
        except ReviewError as error:
            if "changed since" not in error.what:
                raise

    @contextmanager
    def beside(self, reader: OpenVisit, plan: list[Any], *, waits: int = 0) -> Iterator[None]:
        """Carry out the plan between the statements of `reader`; at most so many of these may keep it waiting."""
        rest = list(plan)
        gap = rest[0][0] if rest else 0

        def between() -> None:
            nonlocal gap
            gap -= 1
            if rest and gap <= 0:
                self.act(*rest[0][1])
                rest.pop(0)
                gap = rest[0][0] if rest else 0

        with writing_beside(reader, self.window, between) as told:
            yield
        assert told.waited <= waits, "who only reads keeps nobody waiting"

    @contextmanager
    def second(self, *, read_only: bool = False) -> Iterator[OpenVisit]:
        with closing(self.window.second(read_only=read_only)) as second:
            yield second

    def path(self, name: str) -> Path:
        return self.folder / f"{next(self.files)}-{name}"

    def entries(self) -> int:
        return journal.count(self.window._store.db)

    # What happens at the same time ---------------------------------------------------------------------------

    @initialize(line=said)
    def begin(self, line: Statement) -> None:
        self.act("say", line)

    @rule(act=done)
    def alone(self, act: Any) -> None:
        self.act(*act)

    @rule(plan=meanwhile)
    def a_return_is_written(self, plan: list[Any]) -> None:
        path, before = self.path("L1.review"), self.entries()
        with self.second() as second, self.beside(second, plan, waits=BRIEF):
            second.write_return(path)
        receipt = self.visits["R2"].merge(path)
        assert receipt.reason is None and before <= receipt.entries.in_ <= self.entries()

    @rule(plan=meanwhile)
    def a_visit_pack_is_written(self, plan: list[Any]) -> None:
        path = self.path("pack")
        with self.second() as second, self.beside(second, plan, waits=BRIEF):
            second.write_visit_pack(path, PHRASE)
        assert self.laptops["R2"].peek_pack(path, PHRASE).visit == self.id

    @rule(plan=meanwhile)
    def a_receipt_is_given(self, plan: list[Any]) -> None:
        path = self.path("receipt")
        with self.second() as second, self.beside(second, plan, waits=BRIEF):
            second.write_receipt(path)
        assert self.visits["R2"].merge(path).reason is None

    @rule(plan=meanwhile, rolling=st.booleans())
    def a_backup_is_written(self, plan: list[Any], rolling: bool) -> None:
        path, before = self.path("backup"), self.entries()
        with self.second() as second, self.beside(second, plan, waits=BRIEF):
            if rolling:
                path = second.back_up_now()
            else:
                second.backup(path)
        held = backup.count_entries(path, backup.key_here(self.laptops["L1"].home, path), self.folder)
        assert before <= held <= self.entries()

    @rule(plan=meanwhile)
    def it_is_verified(self, plan: list[Any]) -> None:
        with self.second(read_only=True) as second, self.beside(second, plan):
            checks = second.check_integrity()
            checks += self.laptops["L1"].check_integrity(self.id)
        assert [one for one in checks if not one.ok] == []

    @rule(plan=meanwhile, line=said)
    def a_file_is_looked_at(self, plan: list[Any], line: Statement) -> None:
        self.visits["R2"].record(line)
        path = self.path("R2.review")
        self.visits["R2"].write_return(path)
        here = journal.entries_per_device(self.window._store.db).get(self.visits["R2"].device, 0)
        with self.second(read_only=True) as second, self.beside(second, plan):
            assert second.merge(path, preview=True).reason is None
        assert journal.entries_per_device(self.window._store.db).get(self.visits["R2"].device, 0) == here

    @rule(plan=meanwhile, line=said)
    def a_file_is_joined(self, plan: list[Any], line: Statement) -> None:
        self.visits["R2"].record(line)
        path = self.path("R2.review")
        self.visits["R2"].write_return(path)
        with self.second() as second, self.beside(second, plan, waits=10**6):  # both write
            receipt = second.merge(path)
        assert receipt.reason is None
        self.window.reload()
        theirs = journal.entries_per_device(self.visits["R2"]._store.db)[self.visits["R2"].device]
        assert journal.entries_per_device(self.window._store.db)[self.visits["R2"].device] == theirs

    @rule(plan=meanwhile)
    def another_program_tries_to_restore(self, plan: list[Any]) -> None:
        path = self.path("backup")
        with self.second() as second, self.beside(second, plan, waits=BRIEF):
            second.backup(path)
            with pytest.raises(Busy):
                self.laptops["L1"].restore(path, PASSPHRASE)

    # What holds ----------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        for kind, key, field, value in self.said:
            values = [one.value for one in self.window.history(kind, key) if one.field == field]
            assert value in values
        kept = {line: 0 for line in map(msgspec.json.encode, self.drafts.values())}
        assert kept.keys() <= {msgspec.json.encode(line) for line in self.window.drafts()}

    @invariant()
    def the_window_shows_what_is_in_the_journal(self) -> None:
        with self.second(read_only=True) as fresh:
            assert _shown(fresh.state) == _shown(self.window.state)


def _shown(state: VisitState) -> list[Any]:
    tables = ("ratings", "passages", "actions")
    return [dict(getattr(state, name)) for name in tables] + [state.conflicts]


@cache
def _prepared() -> tuple[Path, dict[str, bytes], str]:
    """The lead's laptop and a reviewer's, their keys, and the visit's id."""
    folder = Path(tempfile.mkdtemp())
    team = Team(folder)
    team.visit("L1").record(statements.Rating(standard="47", value="met"))
    team.visit("R2").record(statements.Rating(standard="47", value="not_met"))
    assert team.visit("L1").merge(team.return_of("R2")).reason is None
    team.close()
    shutil.rmtree(folder / "L1" / "visits" / team.visit_id / "backups")
    return folder, {code: team.laptops[code].home.key for code in ("L1", "R2")}, team.visit_id


TestTwoConnections = TwoConnections.TestCase
TestTwoConnections.settings = settings(max_examples=12, stateful_step_count=12)
