"""A short print of what a standard asks, by which two editions, rounds or teams tell whether they asked the same."""

from __future__ import annotations

import hashlib

import msgspec

from reviewapp.instruments.model import Standard


def wording_of(standard: Standard) -> str:
    """A short print of what a standard asks and how it is scored: two with the same one can be compared."""
    plain = " ".join((standard.statement.strip() or standard.title).split()).casefold()
    asked = [plain, *filter(None, (standard.criteria, standard.map))]
    return hashlib.sha256(msgspec.json.encode(asked, order="sorted")).hexdigest()[:16]
