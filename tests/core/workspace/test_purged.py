"""What a purge asks before, and what it reaches: every copy this home keeps, its keys first, and the certificate."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.cli.app import main
from reviewapp.exchange import pack
from reviewapp.exchange.returns import everything
from reviewapp.store import backup, backup_key, deletion, rolling_backups
from reviewapp.store.restore import restore
from reviewapp.visit import labels, statements
from reviewapp.workspace import purge
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, Team
from tests.core.report.reading import pdf_text
from tests.core.workspace.support import exchange


def close(team: Team, code: str) -> None:
    if code in team.visits:
        team.visits.pop(code).close()


def asked(team: Team, code: str) -> str:
    """What a purge without force says; it destroys nothing."""
    close(team, code)
    with pytest.raises(ReviewError) as caught:
        purge.purge(team.laptops[code], team.visit_id, certificate=team.folder / "not written")
    assert not list(team.folder.glob("not written*")) and team.laptops[code].home.visit_ids() == [team.visit_id]
    team.visits[code] = team.laptops[code].open_visit(team.visit_id)
    return str(caught.value)


def purged(team: Team, code: str, *, force: bool = False) -> purge.Certificate:
    close(team, code)
    written = purge.purge(
        team.laptops[code], team.visit_id, certificate=team.folder / f"{code}-certificate", force=force
    )
    assert [path.name for path in (team.laptops[code].home.folder / "visits").iterdir()] == []
    return written


# What is asked before ---------------------------------------------------------------------------------------------


def test_a_purge_on_the_leads_laptop_asks_while_nobody_else_is_known_to_hold_what_is_there(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    lead = team.visit("L1")
    team.certify("R2")
    lead.record(statements.Rating(standard="47", value="met"), statements.Rating(standard="4", value="met"))
    assert lead.here.held_nowhere_else() == 2
    assert "2 entries on this laptop may be nowhere else; nothing was changed" in asked(team, "L1")
    exchange(team, "R2")
    assert team.visit("L1").here.held_nowhere_else() == 2, "the return that came was written before R2 had them"
    team.visit("L1").merge(team.return_of("R2"))
    assert team.visit("L1").here.held_nowhere_else() == 0, "R2's laptop has shown that it holds them"
    team.visit("L1").write_receipt(team.folder / "receipt")
    assert team.visit("L1").here.held_nowhere_else() == 3, "under a receipt R2's laptop may be emptied"
    asked(team, "L1")
    team.visit("L1").backup(team.folder / "away")
    assert team.visit("L1").here.held_nowhere_else() == 0
    team.visit("L1").record(statements.Rating(standard="1", value="na"))
    assert "1 entry " in asked(team, "L1")
    assert purged(team, "L1", force=True).unreceipted == 1


def test_only_a_certified_laptop_shows_that_somebody_else_holds_the_work(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    lead.record(statements.Rating(standard="4", value="met"))
    exchange(team, "R2")
    lead.merge(team.return_of("R2"))
    assert lead.here.held_nowhere_else() == 1, "anybody with the visit phrase can start a laptop that says it is R2's"
    told = asked(team, "L1")
    assert "1 entry on this laptop may be nowhere else" in told
    whose = labels.laptop(reviewer.state.people, "R2", reviewer.device)
    assert f"Not counted: 1 entry that {whose} shows. Nobody confirmed that laptop" in told
    lead = team.visit("L1")
    lead.laptops.certify(reviewer.device, "R2")
    assert lead.here.held_nowhere_else() == 0 and lead.here.not_counted_as_held() == [], (
        "what it showed before counts now"
    )
    lead.laptops.set_aside(reviewer.device, None, "Stolen")
    assert [(one.code, one.entries, one.why) for one in lead.here.not_counted_as_held()] == [("R2", 1, "apart")]
    assert "is not counted or is set aside" in asked(team, "L1")


def test_a_file_in_the_name_of_a_certified_laptop_that_it_did_not_sign_shows_nothing(team: Team) -> None:
    """Whoever has the visit's identity writes the file of a certified laptop anew, as if it held all of the lead's."""
    lead, reviewer = team.visit("L1"), team.visit("R2")
    team.certify("R2")
    lead.record(statements.Rating(standard="4", value="met"))
    true = team.return_of("R2")
    cover, sealed = pack.read_file(true)
    identity = lead._store.local("identity")
    hers = pack.open_sealed(true.name, sealed, identity)
    for proof in ("", hers.manifest.proof, "00"):
        manifest, entries = everything(lead._store)
        forged = msgspec.structs.replace(manifest, person="R2", device=reviewer.device, proof=proof)
        path = team.folder / "forged.review"
        path.write_bytes(pack.seal(cover, forged, list(entries), identity))
        assert lead.merge(path).reason is None
        assert lead.here.held_nowhere_else() == 1
        assert [(one.code, one.entries, one.why) for one in lead.here.not_counted_as_held()] == [
            ("R2", 1, "not_signed")
        ]


def test_a_file_of_ones_own_shows_nothing(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(statements.Rating(standard="4", value="met"))
    lead.merge(team.return_of("L1"))
    assert lead.here.held_nowhere_else() == 1 and lead.here.not_counted_as_held() == []


def test_what_was_noted_by_an_earlier_version_is_asked_about_and_told(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(statements.Rating(standard="4", value="met"))
    with lead._store.transaction() as db:
        lead._store.set_local(db, "held_by_others", f'{{"{lead.device}":1000}}')
    assert lead.here.held_nowhere_else() == 1
    assert "under an earlier version shows. It was not recorded whose it was." in asked(team, "L1")
    team.visit("L1").write_receipt(team.folder / "receipt")
    assert team.visit("L1").here.not_counted_as_held() == []


def test_what_a_return_signs_is_no_receipt(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(statements.Rating(standard="4", value="met"))
    manifest, _ = everything(lead._store)
    assert manifest.proof and manifest.holdings() != manifest.statement()
    reviewer = team.visit("R2")
    reviewer.record(statements.Rating(standard="47", value="met"))
    lead.merge(team.return_of("R2"))
    manifest, _ = everything(lead._store)
    path = team.folder / "receipt"
    identity = lead._store.local("identity")
    forged = msgspec.structs.replace(manifest, entries=0)
    path.write_bytes(pack.seal(pack.Cover("receipt", pack.FORMAT, team.visit_id), forged, [], identity))
    assert "signature is wrong" in str(reviewer.merge(path).reason) and reviewer.here.unreceipted() == 1


def test_a_visit_that_was_only_set_up_goes_without_being_asked(team: Team) -> None:
    assert purged(team, "L1").unreceipted == 0


def test_after_a_restore_work_is_asked_about_whatever_device_it_was_written_on(team: Team) -> None:
    """A restored laptop counts anew from one; a receipt for a hundred entries of before covers none of the new ones."""
    reviewer = team.visit("R2")
    reviewer.record(*(statements.Rating(standard=str(number), value="met") for number in (1, 4, 14)))
    team.visit("L1").merge(team.return_of("R2"))
    team.visit("L1").write_receipt(team.folder / "receipt")
    reviewer.merge(team.folder / "receipt")
    assert reviewer.here.unreceipted() == 0
    reviewer.backup(team.folder / "away")
    reviewer.record(statements.Rating(standard="20", value="met"))
    close(team, "R2")
    team.laptops["R2"].restore(team.folder / "away", PASSPHRASE)
    reviewer = team.visits["R2"] = team.laptops["R2"].open_visit(team.visit_id)
    assert reviewer.here.unreceipted() == 0
    reviewer.record(statements.Rating(standard="36", value="met"))
    assert reviewer.here.unreceipted() == 1
    assert "2 entries made on this laptop" in asked(team, "R2"), "the other is in what the restore moved aside"
    team.visit("L1").merge(team.return_of("R2"))
    team.visit("L1").write_receipt(team.folder / "receipt")
    assert team.visit("R2").merge(team.folder / "receipt").reason is None
    assert team.visit("R2").here.unreceipted() == 0 and "1 entry made on this laptop" in asked(team, "R2")


def test_the_count_of_an_earlier_version_holds_where_there_was_one_device_only(team: Team) -> None:
    reviewer = team.visit("R2")
    reviewer.record(statements.Rating(standard="1", value="met"), statements.Rating(standard="4", value="met"))
    with reviewer._store.transaction() as db:
        reviewer._store.set_local(db, "receipted", "1")
    assert reviewer.here.unreceipted() == 1
    with reviewer._store.transaction() as db:
        reviewer._store.sign(db)
        reviewer._store.become_new_device(db)
    reviewer.record(statements.Rating(standard="14", value="met"))
    assert reviewer.here.unreceipted() == 3


# What it reaches --------------------------------------------------------------------------------------------------


def test_after_a_purge_no_copy_that_was_kept_here_opens_whoever_finds_its_blocks(team: Team) -> None:
    """Links stand for the blocks of deleted files: what is overwritten in one is overwritten in the other."""
    visit, home = team.visit("R2"), team.laptops["R2"].home
    for standard in ("1", "4", "14"):
        visit.record(statements.Rating(standard=standard, value="met"))
        visit.back_up_now()
    visit.backup(team.folder / "away")
    close(team, "R2")
    team.laptops["R2"].restore(team.folder / "away", PASSPHRASE)
    folder = home.visit_folder(team.visit_id)
    earlier = folder / "backups" / f"20261117T090000000000{backup.SUFFIX}"
    team.visits["R2"] = team.laptops["R2"].open_visit(team.visit_id)
    backup.write(home, team.visit_id, team.visits["R2"]._store, earlier)
    close(team, "R2")
    shutil.copytree(folder, folder.with_name(".restoring-0a1b2c3d"))
    carved = []
    for number, path in enumerate(sorted((home.folder / "visits").rglob("*"))):
        if path.is_file() and path.name != "lock":
            carved.append(team.folder / f"{number}-{path.name}")
            carved[-1].hardlink_to(path)
    keys = [path for path in carved if path.name.endswith((deletion.KEY, *backup_key.NAMES))]
    backups = [path for path in carved if path.suffix == backup.SUFFIX]
    assert len(keys) == 9 and len(backups) == 11
    before = [path.read_bytes() for path in keys]
    written = purged(team, "R2", force=True)
    for path, old in zip(keys, before, strict=True):
        assert len(path.read_bytes()) == len(old) and path.read_bytes()[:16] != old[:16]
    for path in backups:
        with pytest.raises(Damaged, match="not a backup"):
            restore(home, path, PASSPHRASE, moved_aside="x")
    assert home.visit_ids() == []
    assert restore(home, team.folder / "away", PASSPHRASE, moved_aside="x") == team.visit_id, "made to be taken away"
    assert (len(written.keys), written.backups, written.backups_of_earlier_kind) == (9, 11, 2)
    assert (written.moved_aside, written.unfinished) == (1, 1)
    text = pdf_text((team.folder / "R2-certificate.pdf").read_bytes())
    for words in (
        "9filesofkeys,overwritten", "eachof11rollingbackups", "1earlierstatethatarestore", "1folderthatarestore",
        "2ofthebackupsweremadebyanearlierversion", "solid-statedisk",
    ):  # fmt: skip
        assert words in text, words


def test_a_purge_that_is_killed_after_the_keys_went_is_finished_at_the_next_unlocking(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.visit("R2").back_up_now()
    team.visit("R2").backup(team.folder / "away")
    close(team, "R2")
    team.laptops["R2"].restore(team.folder / "away", PASSPHRASE)

    class KilledError(BaseException):
        pass

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(deletion, "destroy_keys", kill)
        with pytest.raises(KilledError):
            purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c", force=True)
    home = team.laptops["R2"].home
    (aside,) = team.laptops["R2"].moved_aside()
    links = {team.folder / f"of {folder.name}": folder / deletion.KEY for folder in (aside,)}
    for link, path in links.items():
        link.hardlink_to(path)
    old = {link: link.read_bytes() for link in links}
    assert team.laptops["R2"].visits() == []
    Laptop.open(home.folder, PASSPHRASE)
    assert list((home.folder / "visits").iterdir()) == []
    assert all(link.read_bytes() != old[link] for link in links)


def test_documents_that_were_exported_are_listed_also_those_saved_while_another_program_had_the_visit(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    lead = team.visit("L1")
    lead.record(statements.Action(id="AP1", standard="4", action="Write it down"))
    (team.folder / "pass").write_text(PASSPHRASE)
    words = ["--home", str(team.folder / "L1"), "--passphrase-file", str(team.folder / "pass")]
    made = {name: team.folder / name for name in ("r.pdf", "r.docx", "r.json", "answers.xlsx", "said.pdf", "plan.xlsx")}
    report = ["report", team.visit_id, "--pdf", str(made["r.pdf"]), "--docx", str(made["r.docx"]), "--json"]
    assert main([*words, *report, str(made["r.json"])]) == 0
    assert main([*words, "report", team.visit_id, "--response-sheet", str(made["answers.xlsx"])]) == 0
    assert main([*words, "plan", "export", team.visit_id, str(made["said.pdf"]), "--kind", "you-said"]) == 0
    known = {str(path) for path in made.values()} - {str(made["plan.xlsx"])}
    assert known <= set(lead.written.elsewhere()), "noted beside the visit that this program has open"
    raw = (lead._store.folder / "written.log").read_bytes()
    assert b"answers" not in raw
    close(team, "L1")
    assert main([*words, "plan", "export", team.visit_id, str(made["plan.xlsx"])]) == 0
    assert not (team.laptops["L1"].home.visit_folder(team.visit_id) / "written.log").exists(), "taken over"
    lead = team.visits["L1"] = team.laptops["L1"].open_visit(team.visit_id)
    known |= {str(made["plan.xlsx"])}
    assert known <= set(lead.written.elsewhere())
    capsys.readouterr()
    close(team, "L1")
    purge_it = ["visit", "purge", team.visit_id, "--force", "--certificate", str(team.folder / "c")]
    assert main([*words, *purge_it]) == 0
    assert known <= set(json.loads((team.folder / "c.json").read_text())["may_survive"])
    err = capsys.readouterr().err
    assert all(f"may still exist: {path}" in err for path in known)


def test_a_withdrawal_on_the_command_line_names_the_files_that_may_still_hold_it(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = team.visit("R2")
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
    visit.write_return(team.folder / "R2.review")
    close(team, "R2")
    (team.folder / "pass").write_text(PASSPHRASE)
    words = ["--home", str(team.folder / "R2"), "--passphrase-file", str(team.folder / "pass"), "visit", "withdraw"]
    assert main([*words, team.visit_id, "interview", "P1/R2", "--reason", "asked"]) == 0
    assert f"may still hold it: {team.folder / 'R2.review'}" in capsys.readouterr().err


def test_a_visit_that_does_not_open_still_has_its_files_elsewhere_listed_from_its_backups(team: Team) -> None:
    visit = team.visit("R2")
    visit.write_return(team.folder / "R2.review")
    visit.back_up_now()
    close(team, "R2")
    (team.laptops["R2"].home.visit_folder(team.visit_id) / "visit.db").write_bytes(b"damaged" * 10_000)
    assert purged(team, "R2", force=True).may_survive == (str(team.folder / "R2.review"),)


def test_a_backup_of_an_earlier_version_opens_and_is_told_as_being_from_before(team: Team) -> None:
    """Then a rolling backup carried a key of its own: the passphrase opened it, wherever it lay."""
    visit, home = team.visit("R2"), team.laptops["R2"].home
    earlier = Path(visit.back_up_now())
    rolling_backups.delete([earlier])
    backup.write(home, team.visit_id, visit._store, earlier)
    assert rolling_backups.of_earlier_kind(visit._store.folder) == [earlier]
    (told,) = (one for one in visit.check_integrity() if one.name == "backups")
    assert told.ok and "1 of them" in told.what and "passphrase" in told.what
    close(team, "R2")
    assert team.laptops["R2"].restore(earlier, PASSPHRASE) == team.visit_id


def test_a_changed_passphrase_forgets_no_document_that_was_saved_while_the_visit_was_only_read(team: Team) -> None:
    lead, home = team.visit("L1"), team.laptops["L1"].home
    with_reader = team.laptops["L1"].open_visit(team.visit_id, read_only=True)
    with_reader.save_document(team.folder / "report.pdf", b"a report")
    with_reader.close()
    assert str(team.folder / "report.pdf") in lead.written.elsewhere()
    close(team, "L1")
    home.change_passphrase(PASSPHRASE, "another passphrase for tests")
    lead = team.visits["L1"] = team.laptops["L1"].open_visit(team.visit_id)
    assert str(team.folder / "report.pdf") in lead.written.elsewhere()
