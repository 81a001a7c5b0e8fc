"""Too much of everything: what is accepted can always travel, and what grew too large goes into several files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base import limits
from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.files import save_file
from reviewapp.exchange import pack, parts
from reviewapp.spreadsheets.csv_text import csv_rows
from reviewapp.spreadsheets.sheet import Limits
from reviewapp.store import mark_values, marks, signing
from reviewapp.store.own_entries import in_turns
from reviewapp.store.visit_store import FieldWrite
from reviewapp.visit import statements, validators
from reviewapp.visit.entities import AUTHORITY_FIELD, CERTIFY, HEADER, PROOF
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.meeting import open_meeting
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PASSPHRASE, PHRASE, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    yield team
    team.close()


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of two laptops at most, the lead's in each of them."""
    monkeypatch.setattr(pack, "LARGEST_OF_FORMAT_1", 1000)
    monkeypatch.setattr(limits, "MOST_LAPTOPS_OF_PART", 2)


@pytest.fixture
def worked(team: Team) -> Team:
    """R2, R3 and R4 have rated and spoken to somebody; R3 withdrew a quote; the lead has heard of all of it."""
    for code in ("R2", "R3", "R4"):
        visit = team.visit(code)
        visit.record(
            statements.Rating(standard="47", value="not_met", note=f"as {code} saw it"),
            statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
            statements.Quote(id="Q1", interview="P1", text=f"said to {code}"),
            statements.Concern(id="IC1", text=f"told to {code}", told="nobody"),
        )
    withdraw(team.visit("R3"), "quote", "Q1/R3", reason="asked by the person")
    team.certify("R2", "R3", "R4")
    return team


def test_what_grew_too_large_goes_into_several_files_that_are_joined_in_any_order(
    worked: Team, small_files: None
) -> None:
    """Each part by itself; the receipt says which are missing; the last one brings both to the same digest."""
    lead, path = worked.visit("L1"), worked.folder / "all.review"
    written = lead.write_return(path)
    assert [one.name for one in written] == ["all.review", "all (2 of 3).review", "all (3 of 3).review"]
    for number, order in enumerate(permutations(range(3))):
        fresh = worked.another_laptop(f"O5-{number}", me="O5")
        missing = []
        for place in order:
            receipt = fresh.merge(written[place])
            assert receipt.reason is None and not receipt.refused_parts and receipt.part is not None
            assert (receipt.part.number, receipt.part.of) == (place + 1, 3)
            missing.append(receipt.part.missing)
        assert missing[0] == tuple(one + 1 for one in sorted(order[1:])) and missing[-1] == ()
        assert fresh._store.digest() == lead._store.digest()
        assert fresh.state.quotes.keys() == {"Q1/R2", "Q1/R4"} and len(fresh.state.concerns) == 3
        assert all(check.ok for check in fresh.check_integrity())


def test_a_visit_pack_in_several_files_is_begun_with_any_of_them(worked: Team, small_files: None) -> None:
    lead = worked.visit("L1")
    written = lead.write_visit_pack(worked.folder / "all.reviewpack", PHRASE)
    assert len(written) == 3
    for number, first in enumerate(written):
        laptop = Laptop.create(worked.folder / f"new-{number}", PASSPHRASE)[0]
        visit_id = laptop.import_pack(first, me="O5", phrase=PHRASE)
        visit = laptop.open_visit(visit_id)
        receipts = [visit.merge(one) for one in written if one != first]
        assert [one.reason for one in receipts] == [None, None]
        assert receipts[-1].part is not None and receipts[-1].part.missing == ()
        assert visit._store.digest() == lead._store.digest()
        visit.close()


def test_a_part_that_lies_about_which_it_is_is_refused_and_nothing_changes(worked: Team, small_files: None) -> None:
    lead, store = worked.visit("L1"), worked.visit("L1")._store
    written = lead.write_return(worked.folder / "all.review")
    contents = pack.open_sealed("x", pack.read_file(written[1])[1], store.local("identity"))
    sound = contents.manifest.part
    assert sound is not None
    other = worked.visit("R2")
    for lie in (
        pack.Part(sound.files, 4, 3, sound.sender), pack.Part(sound.files, 0, 3, sound.sender),
        pack.Part("../" * 9, 1, 3, sound.sender), pack.Part(sound.files, 1, 10**9, sound.sender),
        pack.Part(sound.files, 1, 3, other._store.signed_head()),
    ):  # fmt: skip
        manifest = msgspec.structs.replace(contents.manifest, part=lie)
        cover = pack.as_part(pack.Cover("return", pack.WHOLE, lead.id))
        path = worked.folder / "lie.review"
        path.write_bytes(pack.seal(cover, manifest, contents.entries, store.local("identity")))
        before = other._store.digest()
        receipt = other.merge(path)
        assert receipt.reason is not None and "was not added" in receipt.reason
        assert other._store.digest() == before


def test_where_one_of_several_files_cannot_be_written_none_is_left(
    worked: Team, small_files: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        if "(2 of 3)" in path.name:
            raise ReviewError("there is no room left on it", do="choose another place")
        save_file(path, data)

    monkeypatch.setattr(parts, "save_file", full)
    folder = worked.folder / "stick"
    folder.mkdir()
    with pytest.raises(ReviewError, match="no room left"):
        worked.visit("L1").write_return(folder / "all.review")
    assert list(folder.iterdir()) == []


def test_what_fits_in_one_file_is_written_as_versions_before_open_it(worked: Team) -> None:
    (path,) = worked.visit("L1").write_return(worked.folder / "all.review")
    cover, sealed = pack.read_file(path)
    assert cover.format == 1
    contents = pack.open_sealed("x", sealed, worked.visit("L1")._store.local("identity"))
    assert contents.manifest.part is None


@given(count=st.integers(0, 40), most=st.integers(1, 9))
@settings(max_examples=60)
def test_more_than_one_entry_can_name_is_replaced_one_after_another(count: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MOST_PARENTS", most)
        turns = list(in_turns([str(number) for number in range(count)]))
    assert [one for turn in turns for one in turn] == [str(number) for number in range(count)]
    assert all(len(turn) <= most for turn in turns) and all(turns[1:] and turn for turn in turns[1:])


def test_a_field_with_more_values_than_one_entry_can_name_is_settled(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values of a laptop that names none of its own: what replaces them travels, and one stands everywhere."""
    monkeypatch.setattr(limits, "MOST_PARENTS", 7)
    visit, lead = team.visit("R2"), team.visit("L1")
    visit._store.write([FieldWrite("rating", "47/R2", "note", f"note {n}", ()) for n in range(40)], person="R2")
    visit.reload()
    change = visit.record(statements.Rating(standard="47", value="met", note="as it was"))
    assert len(change.steps) == 2 and visit.state.ratings["47/R2"].note == "as it was"
    assert lead.merge(team.return_of("R2")).reason is None
    assert lead.state.ratings["47/R2"].note == "as it was" and lead.state.conflicts == ()
    visit.undo()
    assert lead.merge(team.return_of("R2")).reason is None
    assert lead._store.digest() == visit._store.digest()


def test_a_laptop_that_has_said_as_much_as_a_file_holds_goes_on_as_a_new_one_and_keeps_its_standing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.certify("R2")
    monkeypatch.setattr(limits, "FULL_LAPTOP_ENTRIES", 30)
    visit, lead = team.visit("R2"), team.visit("L1")
    devices = set()
    for number in range(50):
        visit.record(statements.Rating(standard="47", value=("met", "not_met")[number % 2], note=f"note {number}"))
        devices.add(visit.device)
    assert len(devices) > 2
    visit.undo()
    assert visit.state.ratings["47/R2"].note == "note 48"
    receipt = lead.merge(team.return_of("R2"))
    assert receipt.reason is None and not receipt.apart and not receipt.refused_parts
    assert lead.state.ratings["47/R2"].note == "note 48" and lead.state.conflicts == ()
    assert lead._store.digest() == visit._store.digest()
    assert all(held < 45 for held in lead.entries_by_device().values())
    standings = {one.device: one.state for one in lead.laptops.all()}
    assert all(standings[device] == "certified" for device in devices)


def test_what_could_not_be_handed_on_is_refused_wherever_it_arrives(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what this program writes for it: 1e9 is read from three characters and takes twelve."""
    other, lead = team.visit("R2"), team.visit("L1")
    other.record(statements.Rating(standard="47", value="met"))
    lead.merge(team.return_of("R2"))
    with pytest.raises(Invalid, match="too large to pass on"):
        other._store.write([FieldWrite("later", "K1/R2", "value", [1e9] * 100_000, ())], person="R2")
    with monkeypatch.context() as liar:
        liar.setattr(limits, "LARGEST_ENTRY", limits.LONGEST_LINE)
        other._store.write([FieldWrite("later", "K1/R2", "value", [1e9] * 100_000, ())], person="R2")
    path = team.folder / "large.review"
    other.write_return(path)
    before = lead._store.digest()
    receipt = lead.merge(path)
    (part,) = receipt.refused_parts
    assert "more than can be passed on" in part.why and lead._store.digest() == before
    assert lead.state.ratings["47/R2"].value == "met"


def test_of_what_one_laptop_says_of_laptops_the_same_counts_on_every_laptop(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A liar floods the visit with marks: the lead's hold, and no signature of a key without power is looked at."""
    monkeypatch.setattr(limits, "MOST_MARKS_OF_LAPTOP", 6)
    lead, visit, liar = team.visit("L1"), team.visit("R2"), team.another_laptop("liar", me="R3")
    team.certify("R2", "R4")
    key = signing.new_private_key().hex()
    said = [
        FieldWrite(CERTIFY, f"{n:032x}", PROOF, mark_values.certify(key, team.visit_id, f"{n:032x}", "R3", 1), ())
        for n in range(30)
    ]
    liar._store.write(said, person="R3")
    looked_at: list[str] = []
    verified = signing.verified

    def count(public: str, signature: str, statement: bytes) -> bool:
        looked_at.append(public)
        return verified(public, signature, statement)

    monkeypatch.setattr(signing, "verified", count)
    for other in (lead, visit):
        assert other.merge(team.return_of("liar")).reason is None
    visit.merge(team.return_of("L1"))
    lead.merge(team.return_of("R2"))
    assert signing.public_of(bytes.fromhex(key)).hex() not in looked_at
    assert lead._store.digest() == visit._store.digest()
    states = [{one.device: one.state for one in each.laptops.all()} for each in (lead, visit)]
    assert states[0] == states[1]
    assert states[0][visit.device] == "certified" and states[0][liar.device] == "uncertified"


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_standing_after_a_flood_is_a_function_of_the_marks_that_are_held(rng: random.Random) -> None:
    """In any order, with any of them twice."""
    key = signing.new_private_key()
    public = signing.public_of(key).hex()
    head = [
        marks.MarkEntry(HEADER, "v", "content", None, "L1", "a" * 32, 1, "0"),
        marks.MarkEntry(HEADER, "v", AUTHORITY_FIELD, public, "L1", "a" * 32, 2, "1"),
    ]
    said = [
        marks.MarkEntry(
            CERTIFY, d, PROOF, mark_values.certify(key.hex(), "v", d, code, turn), "L1", by, seq, f"{by}{seq}"
        )
        for seq, (d, code, turn, by) in enumerate(
            [(n * 32, c, t, b * 32) for n in "bc" for c in ("R2", "R3") for t in (1, 2) for b in "ad"], start=3
        )
    ]
    claims = {"a" * 32: "L1", "b" * 32: "R2", "c" * 32: "R3", "d" * 32: "L1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MOST_MARKS_OF_LAPTOP", rng.randint(1, 5))
        first = marks.standings([*head, *said], claims)
        shuffled = [*head, *said, *rng.sample(said, 4)]
        rng.shuffle(shuffled)
        second = marks.standings(shuffled, claims)
    assert [first.of(one) for one in claims] == [second.of(one) for one in claims]


def test_of_very_many_values_of_a_field_some_are_shown_and_every_laptops_newest_first(team: Team) -> None:
    """All of them stand, travel and are settled at once; no flood hides what another laptop said."""
    lead, visit, liar = team.visit("L1"), team.visit("R3"), team.another_laptop("liar", me="R3")
    line = statements.Rating(standard="47", value="met", note="the true words")
    visit.record(line)
    liar._store.write([FieldWrite("rating", "47/R3", "note", f"flood {n}", ()) for n in range(200)], person="R3")
    for name in ("R3", "liar"):
        assert lead.merge(team.return_of(name)).reason is None
    note = lead.state.ratings["47/R3"].note
    assert "the true words" in note and "flood 199" in note and "181 more versions" in note and len(note) < 1000
    (conflict,) = lead.state.conflicts
    assert len(conflict.values) == limits.MOST_VERSIONS and conflict.more == 181
    assert "the true words" in [one.value for one in conflict.values]
    team.certify("R3")
    assert visit.merge(team.return_of("L1")).reason is None
    assert lead.state.ratings["47/R3"].note == visit.state.ratings["47/R3"].note == "the true words"


def test_of_an_immediate_concern_the_words_of_every_laptop_are_shown(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_VERSIONS", 2)
    lead = team.visit("L1")
    for number in range(5):
        visit = team.another_laptop(f"laptop {number}", me="R3")
        visit._store.write(
            [FieldWrite("concern", "IC1/R3", "text", f"said {number}.{n}", ()) for n in range(4)], person="R3"
        )
        lead.merge(team.return_of(f"laptop {number}"))
    text = lead.state.concerns["IC1/R3"].text
    assert all(f"said {number}.3" in text for number in range(5)) and "15 more versions" in text


def test_a_meeting_is_opened_however_many_laptops_there_are_and_every_laptop_takes_it(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the lead says to hold lists no more laptops than an entry may; the certified ones first."""
    lead, visit = team.visit("L1"), team.visit("R2")
    visit.record(statements.Rating(standard="47", value="met"))
    team.certify("R2")
    for number in range(4):
        other = team.another_laptop(f"laptop {number}", me="R3")
        other.record(statements.Rating(standard="4", value="met"))
        lead.merge(team.return_of(f"laptop {number}"))
    monkeypatch.setattr(limits, "MOST_ITEMS", 3)
    monkeypatch.setattr(validators, "MOST_ITEMS", 3)
    open_meeting(lead)
    assert visit.merge(team.return_of("L1")).refused_parts == ()
    assert visit.state.meeting_open and {"47/R2"}.isdisjoint(visit.state.late | lead.state.late)
    lead.undo()
    lead.redo()
    assert visit.merge(team.return_of("L1")).refused_parts == () and visit.state.meeting_open


def test_a_cell_of_a_csv_that_holds_a_book_is_told_as_that() -> None:
    text = f"standard,comment\n47,{'x' * 200_000}\n"
    with pytest.raises(Invalid, match=r"s\.csv, line 2: a cell contains more than 100,000 characters"):
        list(csv_rows(text, "s.csv", Limits(characters=limits.LONGEST_TEXT)))


@pytest.mark.slow
def test_a_visit_of_a_hundred_and_sixty_thousand_entries_of_two_laptops_travels(team: Team) -> None:
    """Each fits in a file of its own, and both in none: entries of a kind that this version does not know."""
    lead, fresh = team.visit("L1"), team.visit("R4")
    for code in ("R2", "R3"):
        said = [FieldWrite("later", f"K{n}/{code}", "value", f"words {n}", ()) for n in range(80_000)]
        team.visit(code)._store.write(said, person=code)
        receipt = lead.merge(team.return_of(code))
        assert receipt.reason is None and receipt.entries.refused == 0
    written = lead.write_return(team.folder / "all.review")
    assert len(written) == 3, "what the visit is, and each of the two by itself"
    for one in reversed(written):
        receipt = fresh.merge(one)
        assert receipt.reason is None and receipt.refused_parts == ()
    assert receipt.part is not None and receipt.part.missing == ()
    assert fresh._store.digest() == lead._store.digest()
    assert len(fresh.write_return(team.folder / "back.review")) == 3
    packs = lead.write_visit_pack(team.folder / "all.reviewpack", PHRASE)
    laptop = Laptop.create(team.folder / "new", PASSPHRASE)[0]
    with pytest.raises(Invalid, match="does not say what the visit is; nothing was changed; open the first part here"):
        laptop.import_pack(packs[1], me="O5", phrase=PHRASE)
    visit = laptop.open_visit(laptop.import_pack(packs[0], me="O5", phrase=PHRASE))
    for one in packs[1:]:
        assert visit.merge(one).reason is None
    assert visit._store.digest() == lead._store.digest()
    visit.close()
    assert all(check.ok for check in fresh.check_integrity())
