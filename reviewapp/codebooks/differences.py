"""What a codebook brings to one of the same id: new themes, changed ones, and those that are gone."""

from __future__ import annotations

import msgspec

from reviewapp.codebooks.model import Codebook


class Differences(msgspec.Struct, frozen=True):
    """How many themes are new, are changed, and are gone."""

    new: int
    changed: int
    gone: int


def differences(before: Codebook | None, now: Codebook) -> Differences:
    """How `now` differs from what was there before, theme by theme as their ids say; without that all are new."""
    old = {one.id: one for one in before.themes} if before else {}
    new = {one.id: one for one in now.themes}
    changed = sum(theme != old[id_] for id_, theme in new.items() if id_ in old)
    return Differences(new=len(new.keys() - old.keys()), changed=changed, gone=len(old.keys() - new.keys()))
