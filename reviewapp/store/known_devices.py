"""The laptops that were seen in a visit: each with its newest signed head, and when it was first seen here."""

from __future__ import annotations

from reviewapp.store.driver import Database
from reviewapp.store.signing import Device


def known(db: Database) -> dict[str, Device]:
    """Every device known in this visit by its id, with its newest signed head."""
    rows = db.execute("SELECT device, person, public_key, seq, chain, signature FROM device").fetchall()
    return {str(row[0]): Device(*row) for row in rows}


def first_seen(db: Database) -> dict[str, str]:
    """When each device was first seen here."""
    return {str(device): str(at) for device, at in db.execute("SELECT device, first_seen FROM device")}


def remember(db: Database, device: Device, now: str) -> None:
    """Store a device's newest signed head, inside the caller's transaction; `now`: when, if it was not known before."""
    db.execute(
        """INSERT INTO device (device, person, public_key, seq, chain, signature, first_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device) DO UPDATE
           SET seq = excluded.seq, chain = excluded.chain, signature = excluded.signature
           WHERE excluded.seq >= device.seq""",
        (device.device, device.person, device.public_key, device.seq, device.chain, device.signature, now),
    )
