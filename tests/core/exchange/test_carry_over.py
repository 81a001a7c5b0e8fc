"""The carry-over file: opened by its words, signed, bounded, and refused with one line when anything is wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyrage
import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, WrongPhrase
from reviewapp.base.limits import LONGEST_LINE
from reviewapp.exchange import carry_over, pack, phrase_lock
from reviewapp.plan.next_round import write_carry_over
from reviewapp.store import signing
from reviewapp.visit.statements import Action, Agreed, Goal, Round
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PHRASE, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    visit = team.visit("L1")
    visit.record(
        Round(id="this", label="baseline"),
        Agreed(standard="47", value="met"),
        Goal(id="G1", text="Nobody waits zalone", standards=["47"], chosen_by="team"),
        Action(id="AP1", standard="47", action="Ring back", goal="G1", owner="team manager"),
    )
    return visit


@pytest.fixture
def file(visit: OpenVisit, tmp_path: Path) -> Path:
    path = tmp_path / "visit.carry"
    write_carry_over(visit, path, PHRASE)
    return path


def opened(path: Path) -> tuple[pack.Cover, str, list[bytes]]:
    """Cover, identity and lines of a file."""
    cover, sealed = pack.read_file(path)
    assert cover.phrase is not None
    identity = phrase_lock.unlock(path.name, cover.phrase, PHRASE)
    deflated = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    return cover, identity, zlib.decompress(deflated).splitlines()


def closed(path: Path, cover: pack.Cover, identity: str, lines: list[bytes]) -> Path:
    """The file with these lines, as somebody who knows the words could write it."""
    deflated = zlib.compress(b"".join(line + b"\n" for line in lines))
    recipient = pyrage.x25519.Identity.from_str(identity).to_public()
    path.write_bytes(msgspec.json.encode(cover) + b"\n" + bytes(pyrage.encrypt(deflated, [recipient])))
    return path


def signed(lines: list[bytes]) -> list[bytes]:
    """These lines, signed by somebody with a key of their own: whoever has the words can."""
    private = signing.new_private_key()
    visit = msgspec.json.decode(lines[0])["visit"]
    manifest = carry_over._Manifest(visit, "L1", signing.public_of(private).hex())
    proof = signing.sign(private, carry_over._statement(manifest, lines[1:]))
    return [msgspec.json.encode(msgspec.structs.replace(manifest, signature=proof)), *lines[1:]]


def test_it_holds_the_visit_its_people_plan_and_values(file: Path) -> None:
    found = carry_over.read(file, "  SODA frame favorite series detect swallow ")
    assert (found.visit.service, found.visit.label, found.visit.date) == ("Example team", "baseline", "2026-11-17")
    assert [one.code for one in found.visit.people] == ["L1", "O5", "R2", "R3", "R4"]
    kinds = [type(one).__name__ for one in found.lines]
    assert kinds == ["Round", "Goal", "Action"]
    (own,) = (one for one in found.lines if isinstance(one, Round))
    assert own.scores == {"47": "met"} and isinstance(own.wording, dict) and len(own.wording) == 44


def test_nothing_of_it_can_be_read_without_the_words(file: Path) -> None:
    assert b"zalone" not in file.read_bytes() and b"Example" not in file.read_bytes()
    with pytest.raises(WrongPhrase):
        carry_over.read(file, "soda frame favorite series detect able")


def test_only_the_lead_writes_it(team: Team, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="only the lead"):
        write_carry_over(team.visit("R2"), tmp_path / "x", PHRASE)
    assert not (tmp_path / "x").exists()


def test_what_says_two_things_is_settled_first(team: Team, visit: OpenVisit, tmp_path: Path) -> None:
    other = team.visit("R2")
    other.record(Goal(id="G1", target="five"))
    visit.record(Goal(id="G1", target="four"))
    team.tell("R2", "L1")
    with pytest.raises(Invalid, match="there are two versions of goal G1 in that visit"):
        write_carry_over(visit, tmp_path / "x", PHRASE)


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_line_that_somebody_changed_is_noticed(file: Path, at: int) -> None:
    cover, identity, lines = opened(file)
    lines[at] = (
        lines[at].replace(b"L1", b"R2").replace(b"met", b"na").replace(b"zalone", b"long").replace(b"Ring", b"R")
    )
    with pytest.raises(Damaged, match=r"signature|not a carry-over"):
        carry_over.read(closed(file, cover, identity, lines), PHRASE)


def test_a_line_that_was_left_out_or_added_is_noticed(file: Path) -> None:
    cover, identity, lines = opened(file)
    for changed in (lines[:-1], [*lines, lines[-1]], lines[:1], []):
        with pytest.raises(Damaged):
            carry_over.read(closed(file, cover, identity, changed), PHRASE)


def test_a_file_cut_short_anywhere_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for end in (0, 10, whole.index(b"\n"), whole.index(b"\n") + 5, len(whole) - 1):
        file.write_bytes(whole[:end])
        with pytest.raises((Damaged, Invalid)):
            carry_over.read(file, PHRASE)


def test_more_than_any_visit_holds_is_refused_before_it_is_believed(file: Path) -> None:
    cover, identity, lines = opened(file)
    for more in ([lines[-1]] * (carry_over.MOST_LINES + 1), [b" " * (LONGEST_LINE + 1)]):
        with pytest.raises(Damaged, match="more than any visit"):
            carry_over.read(closed(file, cover, identity, [*lines, *more]), PHRASE)


def test_one_of_a_later_version_and_one_with_a_kind_that_is_not_carried_are_refused(file: Path) -> None:
    cover, identity, lines = opened(file)
    later = lines[1].replace(b'"format":1', b'"format":3')
    with pytest.raises(NewerVersion):
        carry_over.read(closed(file, cover, identity, signed([lines[0], later, *lines[2:]])), PHRASE)
    for line in (b'{"kind":"person","code":"X9","role":"lead"}', b'{"kind":"goal"}', b"[" * 5000):
        with pytest.raises(Damaged, match="does not belong in a carry-over"):
            carry_over.read(closed(file, cover, identity, signed([*lines, line])), PHRASE)


def test_it_is_no_pack_and_a_return_is_none(team: Team, visit: OpenVisit, file: Path, tmp_path: Path) -> None:
    receipt = visit.merge(file)
    assert receipt.reason is not None and "carry-over" in receipt.reason
    with pytest.raises(Invalid, match="is a carry-over, not a visit pack"):
        team.laptops["L1"].import_pack(file, me="R2", phrase=PHRASE)
    with pytest.raises(ReviewError, match="not a carry-over"):
        carry_over.read(team.return_of("L1"), PHRASE)
