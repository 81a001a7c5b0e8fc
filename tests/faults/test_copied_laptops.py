"""A laptop that was copied: real folders, `cp -a`, and both record on; and a laptop that tells two stories."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.files import save_file
from reviewapp.exchange import pack, returns
from reviewapp.store import entry, forks, marks, signing
from reviewapp.store.entry import Entry
from reviewapp.visit import statements
from reviewapp.visit.forks import laptop_of
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PASSPHRASE, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    yield team
    team.close()


def rated(visit: OpenVisit, standard: str, value: str) -> None:
    visit.record(statements.Rating(standard=standard, value=value))


def copy_of(team: Team, name: str, copy: str) -> OpenVisit:
    """The folder of a laptop copied as it is, and the copy opened."""
    team.visit(name).close()
    shutil.copytree(team.folder / name, team.folder / copy)
    for one in (name, copy):
        team.laptops[one] = Laptop.open(team.folder / one, PASSPHRASE)
        team.visits[one] = team.laptops[one].open_visit(team.visit_id)
    return team.visits[copy]


def everybody_joins(team: Team, *names: str) -> None:
    """Twice round, so that everybody holds everything."""
    for _ in range(2):
        for sender in names:
            path = team.return_of(sender)
            for other in names:
                if other != sender:
                    receipt = team.visit(other).merge(path)
                    assert receipt.reason is None and receipt.entries.refused == 0, receipt


def picture(visit: OpenVisit) -> Any:
    """What must be the same everywhere: what is held, how each laptop stands, figures, conflicts, records."""
    standings = marks.load(visit._store.db)
    status = json.loads(json.dumps(visit.status()))
    state = msgspec.to_builtins(visit.state)
    records = {name: state[name] for name in ("ratings", "agreed", "people", "passages", "concerns")}
    standing = sorted(map(str, (standings.of(one) for one in standings.devices())))
    conflicts = sorted((one.entity, one.key, one.field) for one in visit.state.conflicts)
    return visit.here.holdings().digest, standing, status["figures"], status["forecast"], conflicts, records


def copied_after_one_rating(team: Team, name: str = "R2") -> None:
    rated(team.visit(name), "1", "met")
    copy_of(team, name, f"{name}copy")
    rated(team.visit(name), "47", "met")
    rated(team.visit(f"{name}copy"), "47", "not_met")
    rated(team.visit(f"{name}copy"), "4", "met")


@pytest.mark.parametrize("certified", ["", "before", "after"])
def test_both_copies_of_a_laptop_count_and_everybody_comes_to_the_same(team: Team, certified: str) -> None:
    rated(team.visit("R3"), "47", "met")
    if certified == "before":
        team.certify("R2")
    copied_after_one_rating(team)
    everybody_joins(team, "L1", "R2", "R2copy", "R3")
    lead = team.visit("L1")
    one, two = (one for one in lead.laptops.all() if one.copied_from)
    assert one.code == two.code == "R2" and one.words == two.words and one.first == two.first
    if certified == "after":
        lead.laptops.certify(one.device, "R2")
        everybody_joins(team, "L1", "R2", "R2copy", "R3")
        kinds = {laptop.device: laptop.state for laptop in lead.laptops.all() if laptop.copied_from}
        assert kinds == {one.device: "certified", two.device: "apart"}
        lead.laptops.certify(two.device, "R2")
        everybody_joins(team, "L1", "R2", "R2copy", "R3")
    pictures = [picture(team.visit(name)) for name in ("L1", "R2", "R2copy", "R3")]
    assert all(one == pictures[0] for one in pictures)
    assert [c.key for c in lead.state.conflicts] == ["47/R2"] and {"1/R2", "4/R2"} <= set(lead.state.ratings)
    for name in ("L1", "R2", "R2copy", "R3"):
        assert all(check.ok for check in team.visit(name).check_integrity())


def test_it_is_told_in_plain_words_once_and_to_the_copies_of_themselves(team: Team) -> None:
    copied_after_one_rating(team)
    lead, first, copy = team.visit("L1"), team.visit("R2"), team.visit("R2copy")
    old = first.device
    assert lead.merge(team.return_of("R2")).forks == ()
    (told,) = lead.merge(team.return_of("R2copy")).forks
    assert (told.device, told.code, len(told.branches), told.own) == (old, "R2", 2, False)
    assert lead.merge(team.return_of("R2copy")).forks == (), "it is known now"
    for visit in (first, copy):
        assert visit.device == old
        (told,) = visit.merge(team.return_of("L1")).forks
        assert told.own and visit.device != old, "it continues under a new key"
        rated(visit, "36", "met" if visit is first else "na")
    everybody_joins(team, "L1", "R2", "R2copy")
    assert picture(lead) == picture(first) == picture(copy)
    assert sorted(c.key for c in lead.state.conflicts) == ["36/R2", "47/R2"]
    (note,) = [one for one in lead.laptops.all() if one.device == first.device]
    assert laptop_of(note.restored_from) == old != note.restored_from, "it continues for its own branch"


def test_a_copy_that_recorded_nothing_yet_goes_on_under_a_new_key_before_it_does(team: Team) -> None:
    rated(team.visit("R2"), "1", "met")
    copy = copy_of(team, "R2", "R2copy")
    rated(team.visit("R2"), "47", "met")
    (told,) = copy.merge(team.return_of("R2")).forks
    assert told.own and told.branches == ()
    rated(copy, "47", "not_met")
    everybody_joins(team, "L1", "R2", "R2copy")
    assert not [one for one in team.visit("L1").laptops.all() if one.copied_from], "no number was used twice"
    assert picture(team.visit("L1")) == picture(team.visit("R2")) == picture(copy)


def test_the_order_in_which_three_copies_and_a_copy_of_a_copy_come_makes_no_difference(team: Team) -> None:
    rated(team.visit("R2"), "1", "met")
    for name, value in (("b", "na"), ("c", "not_met")):
        rated(copy_of(team, "R2", name), "47", value)
    rated(team.visit("R2"), "47", "met")
    rated(copy_of(team, "c", "d"), "4", "met")
    rated(team.visit("c"), "4", "na")
    files = {}
    for name in ("R2", "b", "c", "d"):
        files[name] = team.folder / f"{name}.file"
        team.visit(name).write_return(files[name])
    pictures = []
    for number, order in enumerate(list(permutations(files))[::5]):
        visit = team.another_laptop(f"R3-{number}", me="R3")
        for name in (*order, order[0]):
            assert visit.merge(files[name]).reason is None
        pictures.append(picture(visit))
        assert len([one for one in visit.laptops.all() if one.copied_from]) == 4
    assert all(one == pictures[0] for one in pictures)


def test_the_lead_sets_one_copy_aside_and_takes_it_back(team: Team) -> None:
    copied_after_one_rating(team)
    everybody_joins(team, "L1", "R2", "R2copy", "R3")
    lead = team.visit("L1")
    branch = next(item.device for item in lead.history("rating", "4/R2"))
    lead.laptops.set_aside(branch, None, "the copy was a mistake")
    assert "4/R2" not in lead.state.ratings and lead.state.ratings["47/R2"].value == "met"
    assert lead.state.ratings["1/R2"].value == "met" and not lead.state.conflicts
    everybody_joins(team, "L1", "R2", "R2copy", "R3")
    assert picture(lead) == picture(team.visit("R3")) == picture(team.visit("R2"))
    copy = team.visit("R2copy")
    assert copy.state.ratings["4/R2"].value == "met" and [c.key for c in copy.state.conflicts] == ["47/R2"], (
        "its own person still sees what they said there, beside the other's"
    )
    lead.laptops.take_aside_back(branch)
    assert lead.state.ratings["4/R2"].value == "met" and [c.key for c in lead.state.conflicts] == ["47/R2"]
    lead.laptops.set_aside(
        branch, 1 + next(one.first for one in lead.laptops.all() if one.device == branch), "from there on"
    )
    assert "4/R2" not in lead.state.ratings and [c.key for c in lead.state.conflicts] == ["47/R2"]


def test_a_laptop_that_was_set_aside_stays_so_with_every_copy(team: Team) -> None:
    rated(team.visit("R2"), "1", "met")
    copy_of(team, "R2", "R2copy")
    team.tell("R2", "L1")
    lead = team.visit("L1")
    lead.laptops.set_aside(team.visit("R2").device, None, "nobody knows whose it is")
    rated(team.visit("R2"), "47", "met")
    rated(team.visit("R2copy"), "47", "not_met")
    for name in ("R2copy", "R2"):
        assert lead.merge(team.return_of(name)).reason is None
    assert lead.state.ratings == {} and {one.state for one in lead.laptops.all() if one.code == "R2"} == {"aside"}
    everybody_joins(team, "L1", "R3")
    assert picture(team.visit("R3")) == picture(lead)


def test_of_two_copies_of_the_leads_laptop_one_leads_and_the_other_is_kept_beside(team: Team) -> None:
    """The key of authority was copied too; not the right to use it twice."""
    lead = team.visit("L1")
    lead.record(statements.Agreed(standard="1", value="met", reason="seen by all"))
    team.visit("R2")
    copy = copy_of(team, "L1", "L1copy")
    lead = team.visit("L1")
    lead.record(statements.Agreed(standard="4", value="met", reason="one"))
    copy.record(statements.Agreed(standard="4", value="not_met", reason="other"))
    copy.record(statements.Agreed(standard="36", value="met", reason="only here"))
    everybody_joins(team, "R2", "L1", "L1copy")
    assert picture(lead) == picture(copy) == picture(team.visit("R2"))
    assert lead.laptops.own_standing.lead != copy.laptops.own_standing.lead, "one leads"
    assert [c.key for c in lead.state.conflicts if c.field == "value"] == ["4"] and "36" in lead.state.agreed
    leads, other = (lead, copy) if lead.laptops.own_standing.lead else (copy, lead)
    assert other.laptops.leading().copy_here and not leads.laptops.leading().copy_here
    other.laptops.lead_from_this_copy()
    everybody_joins(team, "L1", "R2", "L1copy")
    assert other.laptops.own_standing.lead and not leads.laptops.own_standing.lead
    assert picture(lead) == picture(copy) == picture(team.visit("R2"))
    settle(other, "agreed", "4", "value", value="met", reason="decided")
    everybody_joins(team, "L1", "R2", "L1copy")
    assert not [c for c in team.visit("R2").state.conflicts if c.field == "value"]
    assert picture(lead) == picture(copy) == picture(team.visit("R2"))


def test_receipts_purge_and_backups_know_which_branch_is_held(team: Team) -> None:
    copied_after_one_rating(team)
    first, copy, lead = team.visit("R2"), team.visit("R2copy"), team.visit("L1")
    lead.merge(team.return_of("R2"))
    receipt = team.folder / "receipt"
    lead.write_receipt(receipt)
    assert first.merge(receipt).reason is None and first.here.unreceipted() == 0
    assert copy.merge(receipt).reason is not None and copy.here.unreceipted() > 0, "what the copy wrote is not there"
    lead.merge(team.return_of("R2copy"))
    lead.write_receipt(receipt)
    for visit in (first, copy):
        assert visit.merge(receipt).reason is None and visit.here.unreceipted() == 0
    copy.merge(team.return_of("L1"))
    assert copy.here.unreceipted() == 0 or copy.merge(receipt).reason is None
    assert copy.here.unreceipted() == 0
    backup = team.folder / "away.rvbackup"
    lead.backup(backup)
    assert lead.here.held_nowhere_else() == 0
    home = Laptop.create(team.folder / "other", PASSPHRASE)[0]
    restored = home.restore(backup, PASSPHRASE)
    visit = home.open_visit(restored if isinstance(restored, str) else team.visit_id)
    team.visits["other"] = visit
    assert visit.here.holdings().digest == lead.here.holdings().digest and picture(visit)[2:] == picture(lead)[2:]
    assert all(check.ok for check in visit.check_integrity())


def test_words_taken_back_on_one_copy_are_blank_in_both(team: Team) -> None:
    visit = team.visit("R2")
    talk = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)
    visit.record(talk, statements.Quote(id="Q1", interview="P1", text="said before"))
    team.certify("R2")
    copy = copy_of(team, "R2", "R2copy")
    copy.record(statements.Quote(id="Q2", interview="P1", text="said on the copy"))
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="asked by the person")
    everybody_joins(team, "L1", "R2", "R2copy", "R3")
    for name in ("L1", "R2", "R2copy", "R3"):
        held = team.visit(name)
        assert all(one.value is None for key in ("Q1/R2", "Q2/R2") for one in held.history("quote", key))
        assert all(check.ok for check in held.check_integrity())


def test_who_takes_the_pack_of_a_lead_that_holds_two_branches_holds_both(team: Team) -> None:
    copied_after_one_rating(team)
    lead = team.visit("L1")
    for name in ("R2", "R2copy"):
        lead.merge(team.return_of(name))
    team.pack.unlink(missing_ok=True)
    late = team.another_laptop("late", me="R4")
    assert picture(late)[1:] == picture(lead)[1:] or len(late.laptops.all()) == len(lead.laptops.all()) + 1
    assert [c.key for c in late.state.conflicts] == ["47/R2"]
    assert late.here.holdings().digest == lead.here.holdings().digest


def two_stories(team: Team, name: str, stories: list[list[tuple[str, str]]], *, shared: int = 1) -> list[Path]:
    """Files in which one laptop, by its own key, tells others another story: same numbers, other entries.

    From number `shared` + 2 on the entries of the first story are in all of them, which no honest laptop can do.
    """
    visit = team.visit(name)
    store, me = visit._store, visit.me
    private = bytes.fromhex(store.local("device_key"))
    made: list[list[Entry]] = []
    for number, said in enumerate(stories):
        own: list[Entry] = []
        for seq, (standard, value) in enumerate(said, start=1):
            again = made and seq > shared + 1 and seq <= len(made[0])
            if made and (seq <= shared or again):
                own.append(made[0][seq - 1])
                continue
            own.append(
                entry.make(
                    person=me, device=store.device, seq=seq, at=f"2026-11-17T10:0{number}:00.000000Z",
                    address=("rating", f"{standard}/{me}", "value"), value=value, parents=(),
                )
            )  # fmt: skip
        made.append(own)
    paths = []
    for number, own in enumerate(made):
        head = entry.GENESIS
        for one in own:
            head = entry.chain(head, one.id)
        signed = signing.sign_head(private, visit=team.visit_id, person=me, seq=len(own), chain=head)
        manifest = pack.Manifest(team.visit_id, me, store.device, len(own), (signed,))
        path = team.folder / f"{name}-story-{number}.review"
        save_file(path, pack.seal(returns.pack_cover("return", store), manifest, own, store.local("identity")))
        paths.append(path)
    return paths


def test_a_laptop_that_tells_two_stories_cuts_nobody_off_and_both_are_held_by_all(team: Team) -> None:
    rated(team.visit("R3"), "47", "met")
    said = [[("1", "met"), ("4", "met"), ("36", "met")], [("1", "met"), ("4", "na"), ("36", "met"), ("113", "met")]]
    one, two = two_stories(team, "R2", said)
    assert team.visit("L1").merge(one).reason is None and team.visit("R3").merge(two).reason is None
    everybody_joins(team, "L1", "R3", "R4")
    assert picture(team.visit("L1")) == picture(team.visit("R3")) == picture(team.visit("R4"))
    lead = team.visit("L1")
    assert [c.key for c in lead.state.conflicts] == ["4/R2"] and lead.state.ratings["47/R3"].value == "met"
    assert len([one for one in lead.laptops.all() if one.copied_from]) == 2
    for name in ("L1", "R3", "R4"):
        assert all(check.ok for check in team.visit(name).check_integrity())
    assert lead.merge(one).entries.new == 0 and lead.merge(two).entries.new == 0
    for device in [one.device for one in lead.laptops.all() if one.copied_from]:
        lead.laptops.set_aside(device, None, "it tells two stories")
    assert "4/R2" not in lead.state.ratings and lead.state.ratings["47/R3"].value == "met"


def test_a_file_that_says_wrongly_what_branches_share_is_refused_whole(team: Team) -> None:
    copied_after_one_rating(team)
    lead, other = team.visit("L1"), team.visit("R3")
    for name in ("R2", "R2copy"):
        lead.merge(team.return_of(name))
    manifest, found = returns.everything(lead._store)
    entries, store = list(found), lead._store
    *_, first, second = manifest.branches
    before = other.here.holdings().digest
    wrong = [
        (first, msgspec.structs.replace(second, seq=9)),
        (first, msgspec.structs.replace(second, seq=-1)),
        (first, msgspec.structs.replace(second, after=99)),
        (first, msgspec.structs.replace(second, after=second.head)),
        (first, msgspec.structs.replace(second, head=99)),
        (first, first),
        (second, first),
        (first,),
    ]
    for branches in wrong:
        forged = msgspec.structs.replace(manifest, branches=branches)
        path = team.folder / "forged.review"
        save_file(path, pack.seal(returns.pack_cover("return", store), forged, entries, store.local("identity")))
        receipt = other.merge(path)
        assert receipt.reason is not None and other.here.holdings().digest == before, branches
    assert other.merge(team.return_of("L1")).reason is None
    assert forks.held(other._store.db).forks == forks.held(lead._store.db).forks


def test_an_earlier_program_is_given_the_format_that_it_reads_unless_there_is_a_fork(team: Team) -> None:
    rated(team.visit("R2"), "1", "met")
    assert b'"format":1' in team.return_of("R2").read_bytes().split(b"\n")[0]
    copied_after_one_rating(team, "R3")
    for name in ("R3", "R3copy"):
        team.visit("L1").merge(team.return_of(name))
    assert b'"format":2' in team.return_of("L1").read_bytes().split(b"\n")[0]
