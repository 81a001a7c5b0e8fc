"""What a file may hold: the same bounds when it is written as when it is read, so that none is written in vain."""

from __future__ import annotations

from itertools import repeat

import pytest

from reviewapp.base import limits
from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.exchange import pack
from reviewapp.exchange.visit_pack import new_identity
from reviewapp.store import entry

MANIFEST = pack.Manifest("a" * 16, "R2", "d" * 32, 0, ())
COVER = pack.Cover("return", pack.WHOLE, "a" * 16)


def said(value: object) -> entry.Entry:
    return entry.make(
        person="R2", device="d" * 32, seq=1, at="2026-11-17T09:00:00.000000Z", address=("rating", "47/R2", "note"),
        value=value, parents=(),
    )  # fmt: skip


def test_a_file_that_nobody_could_open_is_not_written() -> None:
    small, large = said("met"), said("x" * (limits.LONGEST_LINE // 2))
    for entries in (repeat(small, limits.MOST_LINES), repeat(large, 200), [said("x" * limits.LONGEST_LINE)]):
        with pytest.raises(ReviewError, match="too large for one work file"):
            pack.seal(COVER, MANIFEST, entries, new_identity())


def test_the_fullest_file_that_is_written_can_be_read() -> None:
    identity = new_identity()
    count = limits.MOST_LINES - 1
    fullest = pack.Manifest(MANIFEST.visit, MANIFEST.person, MANIFEST.device, count, ())
    sealed = pack.seal(COVER, fullest, repeat(said(None), count), identity)
    name, _, body = sealed.partition(b"\n")
    assert name.startswith(b"{")
    try:
        assert len(pack.open_sealed("full.review", body, identity).entries) == count
    except Damaged as error:
        pytest.fail(str(error))
