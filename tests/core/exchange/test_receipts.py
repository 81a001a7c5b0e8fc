"""The lead's receipt: it says how much of a laptop's work is safe elsewhere, and nobody but the lead can say that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Busy, Damaged
from reviewapp.base.files import save_file
from reviewapp.exchange import pack, receipts, returns
from reviewapp.store import entry, journal, signing
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


def rate(visit: OpenVisit, *standards: str) -> None:
    for standard in standards:
        visit.record(statements.Rating(standard=standard, value="met"))


def receipt(team: Team, name: str = "a.rvreceipt") -> Path:
    path = team.folder / name
    receipts.write_receipt(team.visit("L1")._store, path)
    return path


def remade(team: Team, *, signer: str = "L1", proof: str | None = None, **changes: Any) -> Path:
    """A receipt of the lead's with changes, signed again by `signer` (or with this proof)."""
    lead, path = team.visit("L1")._store, receipt(team, "remade.rvreceipt")
    manifest = pack.open_sealed("x", pack.read_file(path)[1], lead.local("identity")).manifest
    every = list(changes.pop("every", ()))
    changed = msgspec.structs.replace(manifest, **changes)
    private = bytes.fromhex(team.visit(signer)._store.local("device_key"))
    signed = signing.sign(private, changed.statement()) if proof is None else proof
    changed = msgspec.structs.replace(changed, proof=signed)
    save_file(path, pack.seal(returns.pack_cover("receipt", lead), changed, every, lead.local("identity")))
    return path


def refusal(visit: OpenVisit, path: Path) -> str:
    before = receipts.unreceipted(visit._store)
    told = visit.merge(path).reason
    assert receipts.unreceipted(visit._store) == before
    return str(told)


def test_what_the_lead_holds_is_receipted_and_what_came_after_is_not(team: Team) -> None:
    visit = team.visit("R2")
    rate(visit, "4", "47")
    mine = receipts.unreceipted(visit._store)
    assert mine >= 2
    team.visit("L1").merge(team.return_of("R2"))
    first = receipt(team)
    assert visit.merge(first, preview=True).reason is None
    assert receipts.unreceipted(visit._store) == mine, "a preview changes nothing"
    assert visit.merge(first).reason is None
    assert receipts.unreceipted(visit._store) == 0
    rate(visit, "14", "36")
    assert receipts.unreceipted(visit._store) == 2
    team.visit("L1").merge(team.return_of("R2"))
    assert visit.merge(receipt(team, "b.rvreceipt")).reason is None
    assert receipts.unreceipted(visit._store) == 0
    assert visit.merge(first).reason is None, "an older receipt takes nothing back"
    assert receipts.unreceipted(visit._store) == 0


def test_a_receipt_that_does_not_speak_of_this_laptop_says_nothing_of_it(team: Team) -> None:
    early, visit = receipt(team), team.visit("R2")
    rate(visit, "4")
    assert visit.merge(early).reason is None
    assert receipts.unreceipted(visit._store) >= 1


def test_nobody_but_the_lead_gives_a_receipt(team: Team) -> None:
    visit = team.visit("R2")
    rate(visit, "4")
    team.visit("R3").merge(team.return_of("R2"))
    path = team.folder / "r3.rvreceipt"
    receipts.write_receipt(team.visit("R3")._store, path)
    assert "it is not the lead's receipt" in refusal(visit, path)
    team.visit("L1").merge(team.return_of("R3"))
    assert "its signature is wrong" in refusal(visit, remade(team, signer="R3"))
    assert "its signature is wrong" in refusal(visit, remade(team, proof=""))
    assert "it is not the lead's receipt" in refusal(visit, remade(team, device="0" * 32))


def test_a_receipt_is_of_this_visit_and_of_what_was_really_written(team: Team) -> None:
    visit, lead = team.visit("R2"), team.visit("L1")
    rate(visit, "4", "47")
    lead.merge(team.return_of("R2"))
    assert "not a receipt of this visit" in refusal(visit, remade(team, visit="fedcba9876543210"))
    some = [next(iter(returns.everything(lead._store)[1]))]
    assert "not a receipt of this visit" in refusal(visit, remade(team, every=some, entries=1))
    devices = tuple(lead._store.devices().values())
    mine = next(one for one in devices if one.device == visit._store.device)
    changes: list[dict[str, Any]] = [{"chain": entry.GENESIS}, {"seq": mine.seq - 1}, {"seq": mine.seq + 1}]
    for change in [*changes, {"seq": 10**9, "chain": ""}, {"seq": -1, "chain": ""}, {"seq": -1}]:
        others = tuple(msgspec.structs.replace(one, **change) if one is mine else one for one in devices)
        assert "entries that this laptop never wrote" in refusal(visit, remade(team, devices=others))
    unsigned = tuple(msgspec.structs.replace(one, signature="") if one.person == "L1" else one for one in devices)
    assert "it is not the lead's receipt" in refusal(visit, remade(team, devices=unsigned))


def test_the_head_that_a_file_hands_out_is_kept_and_a_reader_hands_out_none(team: Team) -> None:
    visit, path = team.visit("L1"), team.folder / "x"
    rate(visit, "4")
    reader = team.laptops["L1"].open_visit(team.visit_id, read_only=True)
    for write in (receipts.write_receipt, returns.write_return):
        rate(visit, "47")
        with pytest.raises(Busy):
            write(reader._store, path)
        assert not path.exists()
        write(visit._store, path)
        path.unlink()
        store = visit._store
        last = journal.of_device(store.db, store.device)[-1][0]
        assert store.devices()[store.device].seq == last and store.devices()[store.device].verifies(team.visit_id)
    reader.close()


def test_a_receipt_counts_nothing_as_joined(team: Team) -> None:
    visit = team.visit("R2")
    outcome = visit.merge(receipt(team))
    assert outcome.reason is None and outcome.from_.person == "L1"
    assert msgspec.to_builtins(outcome.entries) == {"in": 0, "new": 0, "already_here": 0, "refused": 0}
    with pytest.raises(Damaged):
        pack.open_sealed("x", b"", visit._store.local("identity"))
