"""Laptops that worked apart come together: whole files, in any order, any number of times, nothing lost."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Damaged, Invalid, WrongPhrase
from reviewapp.exchange.pack import Manifest, PackEntries
from reviewapp.exchange.phrase import WORDS, new_phrase, plain_phrase
from reviewapp.exchange.returns import EntryCounts, RefusedWhole, Sender, known, receipt_of_refusal
from reviewapp.store import journal
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PASSPHRASE, PHRASE, Team
from tests.key_stretch import costs_of_the_program

CODES = ("L1", "R2", "R3", "R4")


def work(team: Team) -> None:
    """Everybody says something of their own."""
    for number, code in enumerate(CODES):
        visit = team.visit(code)
        visit.record(statements.Rating(standard="47", value=("met", "not_met")[number % 2], note=f"planted by {code}"))
        visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True))
        visit.record(statements.Quote(id="Q1", interview="P1", text=f"words to {code}", standards=["47"], tone="mixed"))


def test_four_laptops_joined_in_any_order_and_twice_hold_the_same(team: Team) -> None:
    work(team)
    files = [team.return_of(code) for code in CODES]
    for code, order in zip(CODES, itertools.permutations(files), strict=False):
        for path in [*order, order[0]]:
            receipt = team.visit(code).merge(path)
            counts = receipt.entries
            assert receipt.reason is None
            assert counts.in_ == counts.new + counts.already_here + counts.refused
    assert len({team.visit(code).status()["digest"] for code in CODES}) == 1
    for code in CODES:
        state = team.visit(code).state
        assert {key: r.note for key, r in state.ratings.items()} == {f"47/{c}": f"planted by {c}" for c in CODES}
        assert {q.text for q in state.quotes.values()} == {f"words to {c}" for c in CODES}
        assert team.visit(code).status()["disagreements"][0]["standard"] == "47"


def test_a_preview_says_what_would_happen_and_changes_nothing(team: Team) -> None:
    work(team)
    path = team.return_of("R2")
    lead = team.visit("L1")
    before = lead._store.digest()
    seen = lead.merge(path, preview=True)
    assert lead._store.digest() == before and "47/R2" not in lead.state.ratings
    taken = lead.merge(path)
    assert (seen.entries, seen.disagreements, seen.digest) == (taken.entries, taken.disagreements, taken.digest)


def test_each_file_that_was_joined_is_remembered_with_what_it_brought_and_no_other_is(team: Team) -> None:
    lead, sender = team.visit("L1"), team.visit("R2")
    shared = journal.count(lead._store.db)
    work(team)
    path, own = team.return_of("R2"), journal.count(sender._store.db)
    lead.merge(path, preview=True)
    for _ in range(2):
        lead.merge(path)
    spoilt = team.folder / "spoilt.review"
    spoilt.write_bytes(path.read_bytes()[:-1])
    assert lead.merge(spoilt).from_ == Sender("", "")
    joined = lead._store.joined()
    assert {(one["person"], one["device"]) for one in joined} == {("R2", sender._store.device)}
    assert [json.loads(one["receipt"])["counts"] for one in joined] == [
        {"in": own, "new": own - shared, "already_here": shared, "refused": 0},
        {"in": own, "new": 0, "already_here": own, "refused": 0},
    ]


def test_of_what_a_refused_file_says_of_its_sender_only_the_start_is_repeated() -> None:
    device, reason = "d" * 32, Damaged("why", do="ask", kept="all")
    for said, told in (("R2", "R2"), ("p" * 64, "p" * 64), ("p" * 65, "p" * 64)):
        refused = RefusedWhole(reason, PackEntries(Manifest("v", said, device, 0, ()), []))
        assert (refused.who, refused.counts) == (Sender(told, device), EntryCounts())
        assert (refused.what, refused.do, refused.kept) == ("why", "ask", "all")
    endless = RefusedWhole(reason, PackEntries(Manifest("v", "R2", "d" * 65, 0, ()), []))
    assert endless.who.device == "d" * 64


def test_the_receipt_of_a_refused_file_says_who_sent_it_and_that_nothing_of_it_was_joined() -> None:
    entries: list[Any] = [None] * 3
    reason = Damaged("why", do="ask")
    whole = RefusedWhole(reason, PackEntries(Manifest("v", "R2", "d" * 32, 3, ()), entries))
    for error, who, counts in (
        (whole, Sender("R2", "d" * 32), EntryCounts(in_=3, refused=3)),
        (reason, Sender(), EntryCounts()),
    ):
        receipt = receipt_of_refusal(Path("x/a.review"), "v", error, "digest")
        assert (receipt.file, receipt.visit, receipt.reason, receipt.digest) == ("a.review", "v", str(error), "digest")
        assert (receipt.from_, receipt.entries) == (who, counts)
        assert (receipt.conflicts, receipt.disagreements, receipt.kinds, receipt.late) == ([], 0, {}, [])


def test_what_comes_is_checked_against_all_that_is_here_and_what_goes_out_is_signed_for(team: Team) -> None:
    visit = team.visit("L1")
    visit.write_return(team.folder / "a.review")
    visit.record(statements.Interview(id="P1", group="patient"))
    withdraw(visit, "interview", "P1/L1", reason="asked by the person")
    store = visit._store
    here = known(store, "L1", visit.state.instrument)
    assert (here.lead, here.instrument) == ("L1", visit.state.instrument)
    assert here.people == {"L1", "R2", "R3", "R4", "O5"} and here.taken_back == {"interview/P1/L1"}
    assert here.devices == store.devices() and here.devices.keys() == {store.device}
    own = journal.of_device(store.db, store.device)
    assert here.ids_of is not None and here.ids_of(store.device) == own
    assert here.address_of is not None and here.address_of("0" * 64) is None
    assert {one.id: here.address_of(one.id) for one in journal.everything(store.db)} == {
        one.id: one.address for one in journal.everything(store.db)
    }
    assert store.devices()[store.device].seq < own[-1][0]
    visit.write_return(team.folder / "b.review")
    assert store.devices()[store.device].seq == own[-1][0] and store.devices()[store.device].verifies(team.visit_id)


def test_two_laptops_that_changed_a_shared_field_are_a_conflict_with_both_values(team: Team) -> None:
    team.visit("R2").record(statements.Context(field="caseload", value=30))
    team.visit("R3").record(statements.Context(field="caseload", value=37))
    receipts = [team.visit("L1").merge(team.return_of(code)) for code in ("R2", "R3")]
    (conflict,) = receipts[1].conflicts
    assert (conflict["entity"], conflict["key"], conflict["field"]) == ("context", "caseload", "value")
    assert {(v["person"], v["value"]) for v in conflict["values"]} == {("R2", 30), ("R3", 37)}
    lead = team.visit("L1")
    in_conflict = lead.state.context["caseload"]
    assert in_conflict.value is None
    lead.record(statements.Context(field="caseload", value=37))
    assert lead.state.conflicts == () and lead.state.context["caseload"].value == 37
    assert {item.value for item in lead.history("context", "caseload")} == {30, 37}
    lead.undo()
    assert len(lead.state.conflicts) == 1


def test_work_travels_through_others_with_its_authors_signature(team: Team) -> None:
    work(team)
    team.visit("R3").merge(team.return_of("R2"))
    lead = team.visit("L1")
    receipt = lead.merge(team.return_of("R3"))
    assert receipt.from_.person == "R3" and "47/R2" in lead.state.ratings


def test_another_visits_return_is_refused_by_name(team: Team, tmp_path: Path) -> None:
    other = Team(tmp_path / "other")
    receipt = team.visit("L1").merge(other.return_of("L1"))
    assert receipt.reason and "another visit" in receipt.reason
    other.close()


@pytest.mark.parametrize("where", [0, 5, 200, 400, -5, -1])
def test_a_changed_byte_anywhere_is_refused_and_nothing_changes(team: Team, where: int) -> None:
    work(team)
    path = team.return_of("R2")
    raw = bytearray(path.read_bytes())
    raw[where] ^= 1
    path.write_bytes(bytes(raw))
    lead = team.visit("L1")
    before = lead._store.digest()
    assert lead.merge(path).reason is not None
    assert lead._store.digest() == before


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"hello", b'{"reviewapp":"return"}\n' * 3, b"[" * 100_000])
def test_a_foreign_file_is_refused_with_a_reason(team: Team, content: bytes) -> None:
    path = team.folder / "foreign"
    path.write_bytes(content)
    receipt = team.visit("L1").merge(path)
    assert receipt.reason and "\n" not in receipt.reason


def test_a_return_cut_short_is_refused(team: Team) -> None:
    path = team.return_of("R2")
    path.write_bytes(path.read_bytes()[:-40])
    receipt = team.visit("L1").merge(path)
    assert receipt.reason and "cut short" in receipt.reason


def test_a_pack_says_who_is_who_before_it_is_taken(team: Team, tmp_path: Path) -> None:
    team.visit("L1").record(statements.Person(code="R2", role="clinician", name="Ravi Shah"))
    team.visit("L1").write_visit_pack(team.pack, PHRASE)
    laptop, _ = Laptop.create(tmp_path / "x", PASSPHRASE)
    contents = laptop.peek_pack(team.pack, PHRASE)
    assert contents.names == {"R2": "Ravi Shah"}
    assert contents.people["R2"] == "clinician"


def test_the_phrase_opens_the_pack_whatever_the_case_and_spaces(team: Team, tmp_path: Path) -> None:
    team.visit("L1").write_visit_pack(team.pack, PHRASE)
    laptop, _ = Laptop.create(tmp_path / "x", PASSPHRASE)
    contents = laptop.peek_pack(team.pack, f"  {PHRASE.upper().replace(' ', '   ')}\n")
    assert contents.people["R4"] == "patient_rep"
    with pytest.raises(WrongPhrase):
        laptop.import_pack(team.pack, me="R2", phrase="six other words that are wrong")
    with pytest.raises(Invalid, match="not on this visit"):
        laptop.import_pack(team.pack, me="R9", phrase=PHRASE)
    assert laptop.visits() == []
    laptop.import_pack(team.pack, me="R2", phrase=PHRASE)
    with pytest.raises(Invalid, match="already"):
        laptop.import_pack(team.pack, me="R2", phrase=PHRASE)


def test_a_pack_and_a_return_show_nothing_of_what_is_in_them(team: Team) -> None:
    work(team)
    team.visit("L1").write_visit_pack(team.pack, PHRASE)
    for path in (team.pack, team.return_of("R2")):
        raw = path.read_bytes()
        assert b"planted" not in raw and b"Example" not in raw and b"patient_rep" not in raw


def test_a_new_phrase_has_six_words_and_is_never_the_same() -> None:
    first, second = new_phrase(), new_phrase()
    assert len(first.split()) == WORDS and first != second and plain_phrase(first) == first


def test_a_restored_laptop_continues_as_a_new_one_and_still_joins(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(statements.Rating(standard="47", value="met"))
    backup = team.folder / "r2.reviewbackup"
    visit.backup(backup)
    old_device = visit._store.device
    visit.record(statements.Rating(standard="4", value="met"))
    lead = team.visit("L1")
    lead.merge(team.return_of("R2"))
    visit.close()
    assert team.laptops["R2"].restore(backup, PASSPHRASE) == team.visit_id
    team.visits["R2"] = again = team.laptops["R2"].open_visit(team.visit_id)
    assert again._store.device != old_device and "4/R2" not in again.state.ratings
    again.record(statements.Rating(standard="14", value="met"))
    assert lead.merge(team.return_of("R2")).reason is None
    again.merge(team.return_of("L1"))
    assert set(again.state.ratings) == {"47/R2", "4/R2", "14/R2"}
    assert again._store.digest() == lead._store.digest()


def test_what_a_newer_version_says_is_kept_word_for_word_and_passed_on(team: Team) -> None:
    from reviewapp.store.visit_store import FieldWrite

    team.visit("R2")._store.write(
        [
            FieldWrite("mood_board", "1/R2", "picture", {"deep": ["kept"]}, ()),
            FieldWrite("rating", "47/R2", "sureness", 0.5, ()),
        ],
        person="R2",
    )
    assert team.visit("R3").merge(team.return_of("R2")).reason is None
    team.visit("L1").merge(team.return_of("R3"))
    (item,) = team.visit("L1").history("mood_board", "1/R2")
    assert item.value == {"deep": ["kept"]}
    assert (
        len(list(journal.everything(team.visit("L1")._store.db)))
        == team.visit("L1").merge(team.return_of("R3")).entries.already_here
    )


def test_the_words_of_a_pack_cost_as_much_as_a_passphrase(team: Team) -> None:
    with costs_of_the_program():
        team.visits["L1"].write_visit_pack(team.pack, PHRASE)
    stretch = json.loads(team.pack.read_bytes().partition(b"\n")[0])["phrase"]["stretch"]
    assert (stretch["memory_kib"], stretch["passes"], stretch["lanes"]) == (65536, 3, 1)


@pytest.mark.parametrize("which", ["passphrase", "recovery"])
def test_a_backup_with_an_unreasonable_cover_is_called_damaged(team: Team, which: str) -> None:
    path = team.folder / "b"
    team.visit("L1").backup(path)
    line, _, rest = path.read_bytes().partition(b"\n")
    cover = json.loads(line)
    cover["keys"][which]["stretch"]["memory_kib"] = 2**30
    path.write_bytes(json.dumps(cover).encode() + b"\n" + rest)
    with pytest.raises(Damaged):
        team.laptops["L1"].restore(path, "not the passphrase")
