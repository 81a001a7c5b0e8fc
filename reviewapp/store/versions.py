"""Which of very many values of one field are shown: every laptop's newest first, so that no flood hides another's.

All of them stand, are handed on and are in the history; what settles the field replaces them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base import limits
from reviewapp.store.driver import Database
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.standing import NEVER_APART

_HEADS = "SELECT id FROM head WHERE entity = ? AND key = ? AND field = ? ORDER BY id"
_RANKED = """SELECT id FROM (
               SELECT entry.id, ifnull(standing.lead, 0) AS lead, ifnull(standing.certified, '') != '' AS certified,
                 row_number() OVER (PARTITION BY entry.device ORDER BY entry.seq DESC) AS place
               FROM head JOIN entry ON entry.id = head.id LEFT JOIN standing ON standing.device = entry.device
               WHERE head.entity = ? AND head.key = ? AND head.field = ?)
             WHERE place <= ? ORDER BY place, lead DESC, certified DESC, id LIMIT ?"""


def shown(db: Database, address: FieldAddress) -> tuple[list[str], int]:
    """The ids, sorted, of the entries to show for a field, and how many more stand that are not shown.

    Of an immediate concern the newest words of every laptop are shown, however many laptops there are.
    """
    ids = [str(row[0]) for row in db.conn.execute(_HEADS, address)]
    if len(ids) <= limits.MOST_VERSIONS:
        return ids, 0
    everybody = address[0] == NEVER_APART
    places, most = (1, -1) if everybody else (limits.MOST_VERSIONS, limits.MOST_VERSIONS)
    some = sorted(str(row[0]) for row in db.conn.execute(_RANKED, (*address, places, most)))
    return some, len(ids) - len(some)


def joined(texts: Sequence[str], more: int) -> str:
    """Versions of a text one after the other, and how many more there are."""
    told = [f"[{more} more versions]"] if more else []
    return "\n\n[other version] ".join(texts) + "".join(f"\n\n{one}" for one in told)
