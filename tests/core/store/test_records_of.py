"""The records that a number of entries say, before any store holds them."""

from __future__ import annotations

from reviewapp.store.records_of import records_of
from tests.core.store.journals import Author


def test_the_records_of_one_kind_are_told_as_a_store_would_tell_them() -> None:
    lead, other = Author("L1"), Author("R2")
    first = lead.says("person", "R2", "name", "Somebody")
    entries = [
        lead.says("action", "AP1", "owner", "somebody"),
        first,
        lead.says("person", "R2", "role", "clinician"),
        lead.says("person", "R2", "name", "Somebody Else", first),
        lead.says("person", "R3", "role", "clinician"),
        lead.says("person", "R3", "deleted", True),
        other.says("person", "R10", "role", "observer"),
    ]
    for given in (entries, entries[::-1]):
        found = records_of(given, "person")
        assert [(one["key"], one.get("name"), one["role"]) for one in found] == [
            ("R2", "Somebody Else", "clinician"), ("R10", None, "observer"),
        ]  # fmt: skip
    assert [one["key"] for one in records_of(entries, "action")] == ["AP1"]
    assert records_of([], "person") == []
