"""What an open visit held at one moment, so that a second connection to it need not read the whole of it again."""

from __future__ import annotations

import msgspec

from reviewapp.visit.standing import Standing
from reviewapp.visit.state import VisitState


class Moment(msgspec.Struct, frozen=True):
    """What a visit held when entry `newest` was the last one and `writers` other connections had been made to write.

    A newer entry tells that it has passed. A join may also give back the values of older ones, hence `writers`.
    """

    newest: int
    writers: int
    own_standing: Standing
    state: VisitState


def copy_of(state: VisitState) -> VisitState:
    """A state that stays as it is, whatever happens to this one: records are immutable, only their tables are not."""
    fields = ((name, getattr(state, name)) for name in state.__struct_fields__)
    return msgspec.structs.replace(state, **{name: dict(table) for name, table in fields if isinstance(table, dict)})
