"""The visit: one call, one change, always undoable; typing is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.exchange import join
from reviewapp.store.driver import OperationalError
from reviewapp.store.visit_store import WrongConnectionError
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import Change, LineError, OpenVisit
from tests.core.homes import PHRASE, Team


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    return team.visit("L1")


def talk(visit: OpenVisit, *, consent_quotes: bool = True) -> None:
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=consent_quotes))


def test_a_rating_is_one_named_change_that_listeners_hear(visit: OpenVisit) -> None:
    heard: list[Change] = []
    end = visit.subscribe(heard.append)
    change = visit.record(statements.Rating(standard="47", value="met"))
    assert (change.name, change.records) == ("rating of standard 47", frozenset({("rating", "47/L1")}))
    assert heard == [change] and visit.undo_name == "rating of standard 47"
    end()
    visit.record(statements.Rating(standard="4", value="met"))
    assert heard == [change]


def test_recording_the_same_again_is_no_change(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    before = visit._store.digest()
    assert visit.record(statements.Rating(standard="47", value="met")).records == frozenset()
    assert visit._store.digest() == before


def test_to_say_of_a_new_record_that_it_is_not_deleted_excuses_nobody_from_what_it_needs(visit: OpenVisit) -> None:
    before = visit._store.digest()
    for new, field in (
        (statements.Interview(id="P1", deleted=False), "group"),
        (statements.Concern(id="C1", deleted=False), "text"),
        (statements.KnownName(id="N1", deleted=False), "name"),
        (statements.Action(id="AP1", deleted=False), "standard"),
        (statements.TeamNote(id="T1", deleted=False), "text"),
        (statements.CaseNote(id="943-476-5919", deleted=False), "id"),
    ):
        with pytest.raises(Invalid) as refused:
            visit.record(new)
        assert refused.value.field == field
    assert visit._store.digest() == before
    whole = statements.Concern(id="C1", text="t", deleted=False)
    visit.record(whole)
    visit.record(statements.Concern(id="C1", deleted=True))
    assert not visit.state.concerns
    visit.record(statements.Concern(id="C1", deleted=False))
    assert visit.state.concerns["C1/L1"].text == "t", "what was deleted is brought back with what it had"
    visit.record(statements.Concern(id="C1", deleted=False, told="the manager"))
    assert visit.state.concerns["C1/L1"].told == "the manager"


def test_undo_and_redo_walk_through_every_kind_of_change(visit: OpenVisit) -> None:
    pictures = []
    for lines in (
        [statements.Rating(standard="47", value="met", note="n")],
        [statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)],
        [statements.Quote(id="Q1", interview="P1", text="t", standards=["47"], tone="positive")],
        [statements.Quote(id="Q1", deleted=True)],
        [statements.Rating(standard="47", value="not_met"), statements.Agreed(standard="47", value="met", reason="r")],
        [statements.Interview(id="P1", deleted=True)],
        [statements.Audit(case_note="3", item="A1", value="yes")],
        [statements.CaseNote(id="3", deleted=True)],
    ):
        pictures.append(picture(visit))
        visit.record(*lines)
    pictures.append(picture(visit))
    for expected in reversed(pictures[:-1]):
        visit.undo()
        assert picture(visit) == expected
    assert visit.undo() is None and visit.undo_name is None
    for expected in pictures[1:]:
        visit.redo()
        assert picture(visit) == expected


def picture(visit: OpenVisit) -> object:
    visit.reload()
    state = visit.state
    return [dict(getattr(state, name)) for name in ("ratings", "interviews", "quotes", "agreed", "audit", "case_notes")]


def test_the_state_after_each_change_is_what_opening_anew_reads(visit: OpenVisit) -> None:
    talk(visit)
    visit.record(
        statements.Quote(id="Q1", interview="P1", text="t"), statements.Audit(case_note="3", item="A1", value="no")
    )
    visit.record(statements.Interview(id="P1", deleted=True), statements.CaseNote(id="3", deleted=True))
    now = [dict(visit.state.quotes), dict(visit.state.audit), dict(visit.state.interviews)]
    visit.reload()
    assert now == [visit.state.quotes, visit.state.audit, visit.state.interviews] == [{}, {}, {}]


def test_undo_refuses_kindly_when_somebody_changed_it_since(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    lead.record(statements.Context(field="caseload", value=30))
    reviewer.merge(team.return_of("L1"))
    reviewer.record(statements.Context(field="caseload", value=31))
    lead.merge(team.return_of("R2"))
    with pytest.raises(ReviewError, match="changed since"):
        lead.undo()
    (conflict,) = lead.state.conflicts
    assert [one.value for one in sorted(conflict.values, key=lambda one: one.person)] == [30, 31]


def test_many_lines_are_taken_all_or_none_and_the_bad_one_is_named(visit: OpenVisit) -> None:
    good = [statements.Rating(standard=s.number, value="met") for s in visit.state.instrument.standards]
    before = visit._store.digest()
    with pytest.raises(LineError, match="not on the scale") as caught:
        visit.record(*good, statements.Rating(standard="47", value="good"))
    assert (caught.value.line, caught.value.field) == (45, "value")
    assert visit._store.digest() == before and visit.state.ratings == {}
    visit.record(*good)
    assert len(visit.state.ratings) == 44


def test_what_is_typed_is_found_again_and_becomes_one_entry(team: Team) -> None:
    visit = team.visit("L1")
    for text in ("T", "Th", "The"):
        visit.save_draft(statements.Rating(standard="47", note=text))
    crashed = visit.second()  # what another start of the program would read
    assert crashed.drafts() == [statements.Rating(standard="47", note="The")]
    crashed.close()
    change = visit.commit_drafts()
    assert change is not None and change.name == "note on standard 47"
    assert visit.state.ratings["47/L1"].note == "The" and visit.drafts() == []
    assert len(visit.history("rating", "47/L1")) == 1


def test_a_visit_opened_to_read_refuses_to_write_and_leaves_drafts_where_they_were(visit: OpenVisit) -> None:
    typed, rating = statements.Passage(place="summary", text="half"), statements.Rating(standard="47", value="met")
    visit.save_draft(typed)
    reader = visit.second(read_only=True)
    for write in (
        lambda: reader.record(rating),
        lambda: reader.save_draft(typed),
        reader.commit_drafts,
        reader.undo,
        reader.redo,
        lambda: reader._store.drafts.forget(reader._store.db, ["passage/summary/text"]),
    ):
        with pytest.raises(WrongConnectionError):
            write()
    with pytest.raises(OperationalError, match="readonly"):
        reader._store.db.execute("DELETE FROM draft")
    reader.close()
    assert visit.drafts() == [typed] and visit.state.passages == {} and visit.state.ratings == {}


def test_a_visit_opened_to_read_sees_drafts_and_changes_while_another_writes(visit: OpenVisit) -> None:
    reader = visit.second(read_only=True)
    visit.save_draft(statements.Passage(place="summary", text="half"))
    assert reader.drafts() == visit.drafts() != []
    with visit._store.transaction():
        reader.reload()
        assert reader.state.ratings == {}, "who writes holds nobody up"
    visit.record(statements.Rating(standard="47", value="met"))
    reader.reload()
    assert reader.state.ratings == visit.state.ratings != {}
    reader.close()


def test_a_visit_opened_a_second_time_makes_no_entries_of_what_is_being_typed(visit: OpenVisit, tmp_path: Path) -> None:
    typed = statements.Passage(place="summary", text="half")
    visit.save_draft(typed)
    second = visit.second()
    second.write_return(tmp_path / "one.review")
    second.write_visit_pack(tmp_path / "one.rvpack", PHRASE)
    second.backup(tmp_path / "one.rvbackup")
    second.back_up_now()
    second.record(statements.Rating(standard="47", value="met"))
    for write in (second.commit_drafts, lambda: second.save_draft(typed)):
        with pytest.raises(WrongConnectionError):
            write()
    second.close()
    assert visit.drafts() == [typed] and visit.history("passage", "summary") == []


def test_what_a_visit_opened_a_second_time_records_does_not_throw_away_what_is_being_typed(visit: OpenVisit) -> None:
    visit.save_draft(statements.Passage(place="summary", text="mine"))
    second = visit.second()
    visit.adopt(second.record(statements.Passage(place="summary", text="theirs")))
    second.close()
    visit.commit_drafts()
    (conflict,) = visit.state.conflicts
    assert {value.value for value in conflict.values} == {"mine", "theirs"}


def test_closing_leaves_what_was_typed_to_be_found_again(team: Team) -> None:
    visit, typed = team.visit("R2"), statements.Passage(place="summary", text="half")
    visit.save_draft(typed)
    visit.close()
    team.visits["R2"] = again = team.laptops["R2"].open_visit(team.visit_id)
    assert again.drafts() == [typed] and again.has_draft(statements.Passage(place="summary", text=""))
    again.commit_drafts()
    assert again.state.passages["summary"].text == "half" and not again.has_draft(typed)


def test_a_draft_that_may_not_be_recorded_stays_a_draft_and_is_named(visit: OpenVisit) -> None:
    talk(visit)
    visit.save_draft(statements.Answer(interview="P1", prompt="P01", text="kept"))
    visit.record(statements.Interview(id="P1", consent_notes=False))
    visit.save_draft(statements.Rating(standard="47", note="fine"))
    change = visit.commit_drafts()
    assert change is not None and "declined notes" in change.problems[0]
    assert visit.state.ratings["47/L1"].note == "fine"
    assert visit.drafts() == [statements.Answer(interview="P1", prompt="P01", text="kept")]


def test_typing_into_a_field_that_another_laptop_changed_meanwhile_is_a_conflict(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    lead.save_draft(statements.Passage(place="summary", text="mine"))
    reviewer.record(statements.Passage(place="summary", text="theirs"))
    path = team.return_of("R2")
    other = lead.second()
    join.join(other._store, path, lead="L1", instrument=other.state.instrument)
    other.close()
    lead.commit_drafts()
    (conflict,) = lead.state.conflicts
    assert {value.value for value in conflict.values} == {"mine", "theirs"}
    assert "mine" in lead.state.passages["summary"].text and "theirs" in lead.state.passages["summary"].text


def test_ids_are_never_used_twice(visit: OpenVisit) -> None:
    talk(visit)
    visit.record(statements.Interview(id="P1", deleted=True))
    assert visit.next_id("interview", "P") == "P2"


def test_nobody_records_what_belongs_to_another_role(team: Team) -> None:
    observer, reviewer, lead = team.visit("O5"), team.visit("R2"), team.visit("L1")
    with pytest.raises(Invalid, match="observer"):
        observer.record(statements.Rating(standard="47", value="met"))
    for line in (
        statements.Agreed(standard="47", value="met"),
        statements.Decision(presentation=1, label="deferred"),
        statements.Slot(id="T1", title="x"),
    ):
        with pytest.raises(Invalid, match="only the lead"):
            reviewer.record(line)
        lead.record(line)
    with pytest.raises(Invalid, match="works as R2"):
        team.visits.pop("R2").close()
        team.laptops["R2"].open_visit(team.visit_id, me="host")


def test_a_quote_needs_consent(visit: OpenVisit) -> None:
    with pytest.raises(Invalid, match="no interview"):
        visit.record(statements.Quote(id="Q1", interview="P1", text="t"))
    talk(visit, consent_quotes=False)
    with pytest.raises(Invalid, match="not agreed to be quoted"):
        visit.record(statements.Quote(id="Q1", interview="P1", text="t"))
    visit.record(
        statements.Interview(id="P1", consent_quotes=True), statements.Quote(id="Q1", interview="P1", text="t")
    )
    with pytest.raises(Invalid, match="has quotes"):
        visit.record(statements.Interview(id="P1", consent_quotes=False))


def test_a_second_program_is_told_and_can_read(team: Team) -> None:
    team.visit("L1").record(statements.Rating(standard="47", value="met"))
    with pytest.raises(Busy, match="another window"):
        team.laptops["L1"].open_visit(team.visit_id)
    reader = team.laptops["L1"].open_visit(team.visit_id, read_only=True)
    assert reader.read_only and reader.status()["progress"]["people"]["L1"]["rated"] == 1
    with pytest.raises(Busy):
        reader.record(statements.Rating(standard="4", value="met"))
    for write in (reader.write_return, reader.write_receipt, reader.backup, reader.merge):
        with pytest.raises(Busy):
            write(team.pack)
    assert not team.pack.exists(), "refused before anything is written"
    path = team.return_of("R2")
    assert reader.merge(path, preview=True).reason is None, "to look at a file is to read"
    reader.close()


def test_checking_the_integrity_of_a_store_finds_what_is_wrong(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(statements.Rating(standard="47", value="met", note="true"))
    visit.back_up_now()
    assert [check.name for check in visit.check_integrity() if not check.ok] == []
    visit._store.db.execute("UPDATE rating SET note = '\"false\"'")
    assert [check.name for check in visit.check_integrity() if not check.ok] == ["tables"]
    visit._store.db.execute("UPDATE entry SET value = '\"false\"' WHERE field = 'note'")
    assert "entries" in [check.name for check in visit.check_integrity() if not check.ok]
    (backup,) = (visit._store.folder / "backups").iterdir()
    backup.write_bytes(backup.read_bytes()[:-5000] + bytes(5000))
    assert "backups" in [check.name for check in visit.check_integrity() if not check.ok]


def test_two_laptops_that_differ_about_a_word_of_a_few_leave_a_record_that_can_be_read(team: Team) -> None:
    reviewer = team.visit("R2")
    reviewer.record(statements.Action(id="AP1", standard="47", action="mine", status="done", due="2026-12-01"))
    team.visit("R3").record(statements.Action(id="AP1", standard="4", action="theirs", status="open", due="2026-12-02"))
    lead = team.visit("L1")
    for code in ("R2", "R3"):
        assert lead.merge(team.return_of(code)).reason is None
    action = lead.state.actions["AP1"]
    assert action.standard in ("4", "47") and action.due == "" and action.status == "open"
    assert "mine" in action.action and "theirs" in action.action
    assert {c.field for c in lead.state.conflicts} == {"standard", "action", "status", "due"}
    reviewer.merge(team.return_of("L1"))
    assert reviewer.state.actions == lead.state.actions


def test_an_undo_that_the_disk_refused_can_be_tried_again(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    visit._store.db.execute("PRAGMA query_only = ON")
    with pytest.raises(ReviewError, match="cannot save"):
        visit.undo()
    visit._store.db.execute("PRAGMA query_only = OFF")
    assert visit.undo_name == "rating of standard 47"
    visit.undo()
    assert visit.state.ratings == {}


def test_the_list_of_visits_tells_the_newest_change_on_any_laptop(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    for visit, number in ((lead, "4"), (reviewer, "47"), (lead, "54")):
        visit.record(statements.Rating(standard=number, value="met"))
    lead.merge(team.return_of("R2"))
    told = [lead.history("rating", key)[-1].at for key in ("4/L1", "47/R2", "54/L1")]
    assert team.laptops["L1"].visits()[0].last_change == max(told)
    reviewer.record(statements.Rating(standard="47", note="later"))
    lead.merge(team.return_of("R2"))
    assert team.laptops["L1"].visits()[0].last_change == lead.history("rating", "47/R2")[-1].at
