"""Receipts say what is safe elsewhere; purging destroys a visit and says honestly what it cannot reach."""

from __future__ import annotations

import json

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import save_file
from reviewapp.exchange import pack
from reviewapp.visit import statements
from reviewapp.workspace import purge
from tests.core.homes import Team
from tests.core.report.reading import pdf_text


def receipt_for(team: Team, code: str) -> None:
    path = team.folder / "receipt"
    team.visit("L1").write_receipt(path)
    assert team.visit(code).merge(path).reason is None


def close(team: Team, code: str) -> None:
    team.visits.pop(code).close()


def test_a_receipt_covers_what_the_lead_holds_and_nothing_later(team: Team) -> None:
    reviewer = team.visit("R2")
    reviewer.record(statements.Rating(standard="47", value="met"))
    assert reviewer.here.unreceipted() == 1
    receipt_for(team, "R2")
    assert reviewer.here.unreceipted() == 1
    team.visit("L1").merge(team.return_of("R2"))
    receipt_for(team, "R2")
    assert reviewer.here.unreceipted() == 0
    reviewer.record(statements.Rating(standard="4", value="met"))
    assert reviewer.here.unreceipted() == 1


def test_a_receipt_changes_no_entry_and_is_not_taken_from_anybody_but_the_lead(team: Team) -> None:
    reviewer = team.visit("R2")
    before = reviewer._store.digest()
    receipt_for(team, "R2")
    assert reviewer._store.digest() == before
    with pytest.raises(Invalid, match="only the lead"):
        reviewer.write_receipt(team.folder / "x")
    reviewer.record(statements.Rating(standard="47", value="met"))
    team.visit("L1").merge(team.return_of("R2"))
    path = team.folder / "forged"
    team.visit("L1").write_receipt(path)
    cover, sealed = pack.read_file(path)
    identity = reviewer._store.local("identity")
    manifest = pack.open_sealed("x", sealed, identity).manifest
    devices = tuple(msgspec.structs.replace(d, seq=d.seq + 5) for d in manifest.devices)
    save_file(path, pack.seal(cover, msgspec.structs.replace(manifest, devices=devices), [], identity))
    refused = reviewer.merge(path)
    assert refused.reason and reviewer.here.unreceipted() == 1


def test_purge_refuses_while_work_has_no_receipt(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    close(team, "R2")
    with pytest.raises(ReviewError, match="has not confirmed 1 entry made on this laptop"):
        purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c")
    assert not (team.folder / "c.json").exists()
    assert [one.id for one in team.laptops["R2"].visits()] == [team.visit_id]


def test_purge_destroys_the_visit_and_leaves_a_certificate(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met", note="planted"))
    team.visit("L1").merge(team.return_of("R2"))
    receipt_for(team, "R2")
    digest = team.visit("R2")._store.digest()
    team.visit("R2").backup(team.folder / "elsewhere.reviewbackup")
    folder = team.visit("R2")._store.folder
    close(team, "R2")
    written = purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c.pdf")
    assert not folder.exists() and team.laptops["R2"].visits() == []
    told = json.loads((team.folder / "c.json").read_text())
    assert told["digest"] == written.digest == digest
    assert (told["person"], told["unreceipted"]) == ("R2", 0)
    assert {path.rpartition("/")[2] for path in told["may_survive"]} == {"R2.review", "elsewhere.reviewbackup"}
    assert f"{team.visit_id}/visit.db" in told["files"] and "not encrypted" in told["not_promised"]
    assert (team.folder / "c.pdf").read_bytes().startswith(b"%PDF")


def test_purge_with_force_says_how_much_was_unreceipted(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    close(team, "R2")
    assert purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c", force=True).unreceipted == 1


def test_purge_also_destroys_what_a_restore_had_put_aside(team: Team) -> None:
    from tests.core.homes import PASSPHRASE

    team.visit("R2").backup(team.folder / "b")
    close(team, "R2")
    team.laptops["R2"].restore(team.folder / "b", PASSPHRASE)
    (aside,) = team.laptops["R2"].moved_aside()
    written = purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c", force=True)
    assert not aside.exists() and f"{aside.name}/key.json" in written.files


def test_a_visit_that_does_not_open_goes_only_with_force_and_the_certificate_says_it_was_not_read(team: Team) -> None:
    store = team.visit("R2")._store.folder / "visit.db"
    close(team, "R2")
    store.write_bytes(b"not a store" * 1000)
    with pytest.raises(Damaged, match="cannot be opened"):
        purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c")
    assert store.exists() and not (team.folder / "c.json").exists()
    written = purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c", force=True)
    assert (written.entries, written.unreceipted, written.digest) == (None, None, "")
    assert f"{team.visit_id}/visit.db" in written.files and not store.parent.exists()
    assert "destroyedunread" in pdf_text((team.folder / "c.pdf").read_bytes())
