"""What every record of a visit is."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record; `person` is the author of a personal one and empty for a shared one."""

    key: str
    person: str = ""
