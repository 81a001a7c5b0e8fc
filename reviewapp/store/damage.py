"""What trouble with files is told as: a damaged store, or a place that refuses; never as a fault in the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import trouble_of_place
from reviewapp.base.i18n import _
from reviewapp.base.names import as_text
from reviewapp.store.driver import DatabaseError, is_damage, refused_by_place
from reviewapp.store.store_file import cannot_save


def damaged_store(visit: str) -> Damaged:
    """The error of a visit whose store is there and cannot be read."""
    return Damaged(
        _("the store of visit {visit} is damaged", visit=visit),
        do=_("see what is wrong with: visit verify; then restore the newest backup that is in order"),
        kept=_("the file is left as it is"),
    )


@contextmanager
def told_as_damage(visit: str) -> Iterator[None]:
    """Turn database errors inside the block into Damaged, or into the error of a disk or folder that refuses."""
    try:
        yield
    except (DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise (cannot_save(error) if refused_by_place(error) else damaged_store(visit)) from error


def trouble_of(error: BaseException) -> ReviewError | None:
    """The error that tells of a disk, a folder or a damaged file what escaped; None where the fault is the program's.

    For whoever shows what nothing else has caught: there it is known neither which visit nor what was to be done.
    """
    if isinstance(error, ReviewError):
        return error
    if isinstance(error, OSError):
        return trouble_of_place(error)
    if isinstance(error, UnicodeEncodeError):
        return Invalid(
            _(
                "a word or name that was given is not text ({text})",
                text=as_text(error.object[error.start : error.end]),
            ),
            do=_("write it again, in UTF-8"),
        )
    if isinstance(error, MemoryError):
        return ReviewError(
            _("there is not enough memory"),
            do=_("close other programs and try again"),
            kept=_("what was saved before is safe"),
        )
    if refused_by_place(error):
        return cannot_save(error)
    if is_damage(error):
        return Damaged(
            _("a file of this visit is damaged"),
            do=_("check the visit for damage, and restore the newest backup that is in order"),
            kept=_("the file is left as it is"),
        )
    return None
