"""What a store that cannot be read is told as: damaged, or a place that refuses; never a fault in the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from reviewapp.base.errors import Damaged
from reviewapp.base.i18n import _
from reviewapp.store.driver import DatabaseError, refused_by_place
from reviewapp.store.visit_store import cannot_save


def damaged_store(visit: str) -> Damaged:
    """The error of a visit whose store is there and cannot be read."""
    return Damaged(
        _("the store of visit {visit} is damaged", visit=visit),
        do=_("see what is wrong with: visit verify; then restore the newest backup that is well"),
        kept=_("the file is left as it is"),
    )


@contextmanager
def told_as_damage(visit: str) -> Iterator[None]:
    """Turn database errors inside the block into Damaged, or into the error of a disk or folder that refuses."""
    try:
        yield
    except (DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise (cannot_save(error) if refused_by_place(error) else damaged_store(visit)) from error
