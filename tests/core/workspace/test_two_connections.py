"""One works on while another connection reads everything: files are of one moment, and nobody waits for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from reviewapp.store import backup
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PHRASE, Team
from tests.core.workspace.beside import Write, writing_beside

BRIEF = 12
"""Statements in a row for which a job that writes a file may keep others from writing."""


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    """The lead's, with some work of two people in it."""
    lead, reviewer = team.visit("L1"), team.visit("R2")
    for one in (lead, reviewer):
        one.record(*(statements.Rating(standard=s.number, value="met") for s in one.state.instrument.standards[:8]))
    assert lead.merge(team.return_of("R2")).reason is None
    return lead


@pytest.fixture
def second(visit: OpenVisit) -> Iterator[OpenVisit]:
    """The worker's connection, as for a job that writes."""
    other = visit.second()
    yield other
    other.close()


def rating(visit: OpenVisit) -> Write:
    """Rate on and on, and write the log back into the file after each."""
    numbers = count()

    def write() -> None:
        visit.record(statements.Rating(standard="47", note=f"note {next(numbers)}"))
        visit._store.db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    return write


def test_a_return_written_while_one_rates_can_be_joined(
    team: Team, visit: OpenVisit, second: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "L1.review"
    before = visit.here.holdings().entries
    with writing_beside(second, visit, rating(visit)) as told:
        second.write_return(path)
    assert told.written and told.waited <= BRIEF
    receipt = team.visit("R2").merge(path)
    assert receipt.reason is None and receipt.entries.in_ >= before


def test_a_visit_pack_written_while_one_rates_can_be_opened(
    team: Team, visit: OpenVisit, second: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "visit.reviewpack"
    with writing_beside(second, visit, rating(visit)) as told:
        second.write_visit_pack(path, PHRASE)
    assert told.written and told.waited <= BRIEF and team.laptops["R2"].peek_pack(path, PHRASE).visit == team.visit_id


def test_a_receipt_written_while_one_joins_and_rates_is_taken(
    team: Team, visit: OpenVisit, second: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "receipt.review"
    with writing_beside(second, visit, rating(visit)) as told:
        second.write_receipt(path)
    assert told.written and told.waited <= BRIEF
    assert team.visit("R2").merge(path).reason is None and team.visit("R2").here.unreceipted() == 0


def test_a_backup_written_while_one_rates_raises_no_false_alarm(
    visit: OpenVisit, second: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "one.rvbackup"
    before = visit.here.holdings().entries
    with writing_beside(second, visit, rating(visit)) as told:
        second.backup(path)
        own = second.back_up_now()
    assert told.written and told.waited <= BRIEF
    for written in (path, own):
        assert backup.count_entries(written, backup.key_here(visit._home, written), tmp_path) >= before


def test_verify_finds_nothing_wrong_while_one_rates_and_looks_at_everything(
    team: Team, visit: OpenVisit, second: OpenVisit
) -> None:
    visit.find("met")  # so that there is an index to compare
    visit.back_up_now()
    with writing_beside(second, visit, rating(visit)) as told:
        checks = second.check_integrity() + team.laptops["L1"].check_integrity(team.visit_id)
    assert told.written and not told.waited, "nobody is kept waiting by who only reads"
    assert {"pages", "entries", "laptops", "tables", "words", "backups"} <= {one.name for one in checks}
    assert [one for one in checks if not one.ok] == []


def test_to_look_at_a_file_that_came_in_holds_nobody_up(team: Team, visit: OpenVisit) -> None:
    reviewer = team.visit("R2")
    numbers = [one.number for one in visit.state.instrument.standards[:4]]
    reviewer.record(*(statements.Rating(standard=number, note="new") for number in numbers))
    path, before = team.return_of("R2"), visit.here.holdings()
    reader = visit.second(read_only=True)
    with writing_beside(reader, visit, rating(visit)) as told:
        looked = reader.merge(path, preview=True)
    reader.close()
    assert told.written and not told.waited
    assert looked.reason is None and looked.entries.new == 4
    assert visit.here.holdings().entries == before.entries + told.written, "to look changes nothing"
    visit.reload()
    assert all(not visit.state.ratings[f"{number}/R2"].note for number in numbers)
    joined = visit.merge(path)
    assert joined.entries == looked.entries and joined.kinds == looked.kinds


def test_a_file_is_joined_whole_while_one_rates(team: Team, visit: OpenVisit, second: OpenVisit) -> None:
    reviewer = team.visit("R2")
    reviewer.record(statements.Rating(standard="47", value="not_met", note="new"))
    path = team.return_of("R2")
    with writing_beside(second, visit, rating(visit)) as told:
        receipt = second.merge(path)
    assert told.written and receipt.reason is None and receipt.entries.new == 2
    visit.reload()
    assert visit.state.ratings["47/R2"].note == "new" and visit.state.ratings["47/L1"].note.startswith("note")
    assert [one for one in visit.check_integrity() if not one.ok] == []


def test_what_came_in_and_is_not_on_the_screen_yet_is_not_overwritten(team: Team, visit: OpenVisit) -> None:
    reviewer = team.visit("R2")
    reviewer.record(
        statements.Passage(place="summary", text="theirs"), statements.Passage(place="method", text="theirs")
    )
    path = team.return_of("R2")
    visit.record(statements.Passage(place="summary", text="mine at first"))
    second = visit.second()
    assert second.merge(path).reason is None
    second.close()
    visit.record(statements.Passage(place="summary", text="mine"), statements.Rating(standard="47", note="mine"))
    visit.record(statements.Passage(place="summary", text="mine, longer"))
    visit.undo()
    visit.redo()
    visit.save_draft(statements.Passage(place="method", text="typed"))
    visit.reload()
    assert {value.value for conflict in visit.state.conflicts for value in conflict.values} == {
        "theirs",
        "mine, longer",
    }
    visit.commit_drafts()
    said = {conflict.key: {value.value for value in conflict.values} for conflict in visit.state.conflicts}
    assert said == {"summary": {"theirs", "mine, longer"}, "method": {"theirs", "typed"}}
    assert visit.state.ratings["47/L1"].note == "mine"
    visit.record(statements.Passage(place="summary", text="both"))
    assert [conflict.key for conflict in visit.state.conflicts] == ["method"], "what one has seen can be replaced"


def test_what_one_wrote_oneself_meanwhile_is_no_conflict(team: Team, visit: OpenVisit) -> None:
    second = visit.second()
    for text in ("one", "two", "three"):
        visit.record(statements.Passage(place="summary", text=text))
        second.record(statements.Rating(standard="47", value="met" if text == "two" else "not_met"))
    visit.undo()
    visit.redo()
    visit.record(statements.Passage(place="summary", text="four"))
    second.close()
    visit.reload()
    assert visit.state.conflicts == () and visit.state.passages["summary"].text == "four"
