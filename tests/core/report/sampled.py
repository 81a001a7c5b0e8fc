"""The sample visit as its report sees it, without playing it on four laptops."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from reviewapp.base.paths import resource
from reviewapp.figures.status import status
from reviewapp.instruments.library import builtin
from reviewapp.report.content.build import build
from reviewapp.report.tree import Document, Profile
from reviewapp.visit import state_loader, statements
from reviewapp.visit.entities import DERIVED, HEADER, record_identity
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import MeetingRecord, VisitState
from tests.core.report.building import TODAY

AUTHORS = {
    "prepare": "L1",
    "L1": "L1",
    "R2": "R2",
    "R3": "R3",
    "R4": "R4",
    "coding-R2": "R2",
    "coding-R3": "R3",
    "coding-R4": "R4",
    "agree": "L1",
}


class _Lines:
    """What the lines of the sample say last, as the store would give it."""

    def __init__(self, about: dict[str, Any]) -> None:
        standards = next(i for i in builtin() if i.id == about["instrument"])
        self.header = {"key": "sample", "content": msgspec.to_builtins(standards), **about}
        self.held: dict[str, dict[str, dict[str, Any]]] = {}
        for person in about["people"]:
            self.add(statements.Person(**person), "L1")
        decoder: msgspec.json.Decoder[statements.AnyStatement] = msgspec.json.Decoder(statements.AnyStatement)
        for name, author in AUTHORS.items():
            for raw in resource("sample", f"{name}.jsonl").read_bytes().splitlines():
                self.add(decoder.decode(raw), author)

    def add(self, line: statements.Statement, author: str) -> None:
        self.held.setdefault(line.kind(), {}).setdefault(line.key(author), {}).update(line.values())

    def rows(self, entity: str) -> list[dict[str, Any]]:
        assert entity == HEADER
        return [self.header]

    def records(self, entity: str, keys: Sequence[str] | None = None) -> str:
        rows = []
        for key, said in sorted(self.held.get(entity, {}).items(), key=lambda item: natural(item[0])):
            kept = {k: v for k, v in said.items() if v is not None and k not in DERIVED.get(entity, ())}
            rows.append({**kept, **(record_identity(entity, key, said) or {})})
        return msgspec.json.encode(rows).decode()

    def deleted(self, entity: str) -> set[str]:
        return set()


@cache
def sample_visit() -> VisitState:
    """Agreed and written up, as the demonstration leaves it."""
    about = tomllib.loads(resource("sample", "visit.toml").read_text(encoding="utf-8"))
    state = state_loader.build(_Lines(about))
    state.meetings["meeting"] = MeetingRecord(key="meeting", open=True, held={"device": 1})
    state.digest = "3f9a" * 16
    return state


def sample_report(profile: Profile = "host") -> Document:
    """The report of the sample visit."""
    visit = sample_visit()
    return build(visit, status(visit), profile=profile, today=TODAY)
