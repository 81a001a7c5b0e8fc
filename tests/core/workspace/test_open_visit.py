"""The desk: one call, one change, always undoable; typing is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.exchange import join, returns
from reviewapp.store.driver import OperationalError
from reviewapp.store.visit_store import NotForThis
from reviewapp.visit import statements as say
from reviewapp.workspace.open_visit import Change, LineError, OpenVisit
from tests.core.homes import PHRASE, Team


@pytest.fixture
def desk(team: Team) -> OpenVisit:
    return team.desk("L1")


def talk(desk: OpenVisit, **consent: bool) -> None:
    agreed = {"consent_notes": True, "consent_quotes": True} | consent
    desk.record(say.Interview(id="P1", group="patient", **agreed))


def test_a_rating_is_one_named_change_that_listeners_hear(desk: OpenVisit) -> None:
    heard: list[Change] = []
    end = desk.subscribe(heard.append)
    change = desk.record(say.Rating(standard="47", value="met"))
    assert (change.name, change.records) == ("rating of standard 47", {("rating", "47/L1")})
    assert heard == [change] and desk.undo_name == "rating of standard 47"
    end()
    desk.record(say.Rating(standard="4", value="met"))
    assert heard == [change]


def test_saying_the_same_again_is_no_change(desk: OpenVisit) -> None:
    desk.record(say.Rating(standard="47", value="met"))
    before = desk.store.digest()
    assert desk.record(say.Rating(standard="47", value="met")).records == frozenset()
    assert desk.store.digest() == before


def test_undo_and_redo_walk_through_every_kind_of_change(desk: OpenVisit) -> None:
    pictures = []
    for lines in (
        [say.Rating(standard="47", value="met", note="n")],
        [say.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)],
        [say.Quote(id="Q1", interview="P1", text="t", standards=["47"], tone="positive")],
        [say.Quote(id="Q1", deleted=True)],
        [say.Rating(standard="47", value="not_met"), say.Agreed(standard="47", value="met", reason="r")],
        [say.Interview(id="P1", deleted=True)],
        [say.Audit(case_note="3", item="A1", value="yes")],
        [say.CaseNote(id="3", deleted=True)],
    ):
        pictures.append(picture(desk))
        desk.record(*lines)
    pictures.append(picture(desk))
    for expected in reversed(pictures[:-1]):
        desk.undo()
        assert picture(desk) == expected
    assert desk.undo() is None and desk.undo_name is None
    for expected in pictures[1:]:
        desk.redo()
        assert picture(desk) == expected


def picture(desk: OpenVisit) -> object:
    desk.reload()
    state = desk.state
    return [dict(getattr(state, name)) for name in ("ratings", "interviews", "quotes", "agreed", "audit", "case_notes")]


def test_the_state_after_each_change_is_what_opening_anew_reads(desk: OpenVisit) -> None:
    talk(desk)
    desk.record(say.Quote(id="Q1", interview="P1", text="t"), say.Audit(case_note="3", item="A1", value="no"))
    desk.record(say.Interview(id="P1", deleted=True), say.CaseNote(id="3", deleted=True))
    now = [dict(desk.state.quotes), dict(desk.state.audit), dict(desk.state.interviews)]
    desk.reload()
    assert now == [desk.state.quotes, desk.state.audit, desk.state.interviews] == [{}, {}, {}]


def test_undo_refuses_kindly_when_somebody_changed_it_since(team: Team) -> None:
    lead, reviewer = team.desk("L1"), team.desk("R2")
    lead.record(say.Context(field="caseload", value=30))
    reviewer.merge(team.return_of("L1"))
    reviewer.record(say.Context(field="caseload", value=31))
    lead.merge(team.return_of("R2"))
    with pytest.raises(ReviewError, match="changed since"):
        lead.undo()
    assert lead.state.context["caseload"].value == 31


def test_many_lines_are_taken_all_or_none_and_the_bad_one_is_named(desk: OpenVisit) -> None:
    good = [say.Rating(standard=s.number, value="met") for s in desk.state.instrument.standards]
    before = desk.store.digest()
    with pytest.raises(LineError, match="not on the scale") as caught:
        desk.record(*good, say.Rating(standard="47", value="good"))
    assert (caught.value.line, caught.value.field) == (45, "value")
    assert desk.store.digest() == before and desk.state.ratings == {}
    desk.record(*good)
    assert len(desk.state.ratings) == 44


def test_what_is_typed_is_found_again_and_becomes_one_entry(team: Team) -> None:
    desk = team.desk("L1")
    for text in ("T", "Th", "The"):
        desk.save_draft(say.Rating(standard="47", note=text))
    crashed = desk.second()  # what another start of the program would read
    assert crashed.drafts() == [say.Rating(standard="47", note="The")]
    crashed.close()
    change = desk.commit_drafts()
    assert change is not None and change.name == "note on standard 47"
    assert desk.state.ratings["47/L1"].note == "The" and desk.drafts() == []
    assert len(desk.history("rating", "47/L1")) == 1


def test_a_desk_that_reads_refuses_to_write_and_leaves_drafts_where_they_were(desk: OpenVisit) -> None:
    typed, rating = say.Passage(place="summary", text="half"), say.Rating(standard="47", value="met")
    desk.save_draft(typed)
    reader = desk.second(read_only=True)
    for write in (
        lambda: reader.record(rating),
        lambda: reader.save_draft(typed),
        reader.commit_drafts,
        reader.undo,
        reader.redo,
        lambda: reader.store.forget_drafts(reader.store.db, ["passage/summary/text"]),
    ):
        with pytest.raises(NotForThis):
            write()
    with pytest.raises(OperationalError, match="readonly"):
        reader.store.db.execute("DELETE FROM draft")
    reader.close()
    assert desk.drafts() == [typed] and desk.state.passages == {} and desk.state.ratings == {}


def test_a_desk_that_reads_sees_drafts_and_what_is_said_while_another_writes(desk: OpenVisit) -> None:
    reader = desk.second(read_only=True)
    desk.save_draft(say.Passage(place="summary", text="half"))
    assert reader.drafts() == desk.drafts() != []
    with desk.store.transaction():
        reader.reload()
        assert reader.state.ratings == {}, "who writes holds nobody up"
    desk.record(say.Rating(standard="47", value="met"))
    reader.reload()
    assert reader.state.ratings == desk.state.ratings != {}
    reader.close()


def test_no_second_desk_makes_entries_of_what_is_being_typed(desk: OpenVisit, tmp_path: Path) -> None:
    typed = say.Passage(place="summary", text="half")
    desk.save_draft(typed)
    second = desk.second()
    second.write_return(tmp_path / "one.review")
    second.write_visit_pack(tmp_path / "one.rvpack", PHRASE)
    second.backup(tmp_path / "one.rvbackup")
    second.back_up_now()
    second.record(say.Rating(standard="47", value="met"))
    for write in (second.commit_drafts, lambda: second.save_draft(typed)):
        with pytest.raises(NotForThis):
            write()
    second.close()
    assert desk.drafts() == [typed] and desk.history("passage", "summary") == []


def test_what_a_second_desk_says_does_not_throw_away_what_is_being_typed_there(desk: OpenVisit) -> None:
    desk.save_draft(say.Passage(place="summary", text="mine"))
    second = desk.second()
    desk.adopt(second.record(say.Passage(place="summary", text="theirs")))
    second.close()
    desk.commit_drafts()
    (conflict,) = desk.state.conflicts
    assert {value.value for value in conflict.values} == {"mine", "theirs"}


def test_closing_leaves_what_was_typed_to_be_found_again(team: Team) -> None:
    desk, typed = team.desk("R2"), say.Passage(place="summary", text="half")
    desk.save_draft(typed)
    desk.close()
    team.desks["R2"] = again = team.laptops["R2"].open_visit(team.visit)
    assert again.drafts() == [typed] and again.has_draft(say.Passage(place="summary", text=""))
    again.commit_drafts()
    assert again.state.passages["summary"].text == "half" and not again.has_draft(typed)


def test_a_draft_that_may_not_be_said_stays_a_draft_and_is_named(desk: OpenVisit) -> None:
    talk(desk)
    desk.save_draft(say.Answer(interview="P1", prompt="P01", text="kept"))
    desk.record(say.Interview(id="P1", consent_notes=False))
    desk.save_draft(say.Rating(standard="47", note="fine"))
    change = desk.commit_drafts()
    assert change is not None and "did not agree" in change.problems[0]
    assert desk.state.ratings["47/L1"].note == "fine"
    assert desk.drafts() == [say.Answer(interview="P1", prompt="P01", text="kept")]


def test_typing_into_a_field_that_another_laptop_changed_meanwhile_is_a_conflict(team: Team) -> None:
    lead, reviewer = team.desk("L1"), team.desk("R2")
    lead.save_draft(say.Passage(place="summary", text="mine"))
    reviewer.record(say.Passage(place="summary", text="theirs"))
    path = team.return_of("R2")
    other = lead.second()
    join.join(other.store, path, lead="L1", instrument=other.state.instrument, look=lambda: returns.OpenMatters([], 0))
    other.close()
    lead.commit_drafts()
    (conflict,) = lead.state.conflicts
    assert {value.value for value in conflict.values} == {"mine", "theirs"}
    assert "mine" in lead.state.passages["summary"].text and "theirs" in lead.state.passages["summary"].text


def test_ids_are_never_used_twice(desk: OpenVisit) -> None:
    talk(desk)
    desk.record(say.Interview(id="P1", deleted=True))
    assert desk.next_id("interview", "P") == "P2"


def test_who_may_say_what(team: Team) -> None:
    observer, reviewer, lead = team.desk("O5"), team.desk("R2"), team.desk("L1")
    with pytest.raises(Invalid, match="observer"):
        observer.record(say.Rating(standard="47", value="met"))
    for line in (
        say.Agreed(standard="47", value="met"),
        say.Decision(presentation=1, label="deferred"),
        say.Slot(id="T1", title="x"),
    ):
        with pytest.raises(Invalid, match="only the lead"):
            reviewer.record(line)
        lead.record(line)
    with pytest.raises(Invalid, match="works as R2"):
        team.desks.pop("R2").close()
        team.laptops["R2"].open_visit(team.visit, me="host")


def test_a_quote_needs_consent(desk: OpenVisit) -> None:
    with pytest.raises(Invalid, match="no interview"):
        desk.record(say.Quote(id="Q1", interview="P1", text="t"))
    talk(desk, consent_quotes=False)
    with pytest.raises(Invalid, match="not agreed to be quoted"):
        desk.record(say.Quote(id="Q1", interview="P1", text="t"))
    desk.record(say.Interview(id="P1", consent_quotes=True), say.Quote(id="Q1", interview="P1", text="t"))
    with pytest.raises(Invalid, match="has quotes"):
        desk.record(say.Interview(id="P1", consent_quotes=False))


def test_a_second_program_is_told_and_can_read(team: Team) -> None:
    team.desk("L1").record(say.Rating(standard="47", value="met"))
    with pytest.raises(Busy, match="another window"):
        team.laptops["L1"].open_visit(team.visit)
    reader = team.laptops["L1"].open_visit(team.visit, read_only=True)
    assert reader.read_only and reader.status()["progress"]["people"]["L1"]["rated"] == 1
    with pytest.raises(Busy):
        reader.record(say.Rating(standard="4", value="met"))
    reader.close()


def test_looking_the_store_over_finds_what_is_wrong(team: Team) -> None:
    desk = team.desk("L1")
    desk.record(say.Rating(standard="47", value="met", note="true"))
    desk.back_up_now()
    assert [check.name for check in desk.check_integrity() if not check.ok] == []
    desk.store.db.execute("UPDATE rating SET note = '\"false\"'")
    assert [check.name for check in desk.check_integrity() if not check.ok] == ["tables"]
    desk.store.db.execute("UPDATE entry SET value = '\"false\"' WHERE field = 'note'")
    assert "entries" in [check.name for check in desk.check_integrity() if not check.ok]
    (backup,) = (desk.store.folder / "backups").iterdir()
    backup.write_bytes(backup.read_bytes()[:-5000] + bytes(5000))
    assert "backups" in [check.name for check in desk.check_integrity() if not check.ok]


def test_two_laptops_that_differ_about_a_word_of_a_few_leave_a_record_that_can_be_read(team: Team) -> None:
    reviewer = team.desk("R2")
    reviewer.record(say.Action(id="AP1", standard="47", action="mine", status="done", due="2026-12-01"))
    team.desk("R3").record(say.Action(id="AP1", standard="4", action="theirs", status="open", due="2026-12-02"))
    lead = team.desk("L1")
    for code in ("R2", "R3"):
        assert lead.merge(team.return_of(code)).reason is None
    action = lead.state.actions["AP1"]
    assert action.standard in ("4", "47") and action.due == "" and action.status == "open"
    assert "mine" in action.action and "theirs" in action.action
    assert {c.field for c in lead.state.conflicts} == {"standard", "action", "status", "due"}
    reviewer.merge(team.return_of("L1"))
    assert reviewer.state.actions == lead.state.actions


def test_an_undo_that_the_disk_refused_can_be_tried_again(desk: OpenVisit) -> None:
    desk.record(say.Rating(standard="47", value="met"))
    desk.store.db.execute("PRAGMA query_only = ON")
    with pytest.raises(ReviewError, match="cannot save"):
        desk.undo()
    desk.store.db.execute("PRAGMA query_only = OFF")
    assert desk.undo_name == "rating of standard 47"
    desk.undo()
    assert desk.state.ratings == {}


def test_the_list_of_visits_tells_the_newest_change_on_any_laptop(team: Team) -> None:
    lead, reviewer = team.desk("L1"), team.desk("R2")
    for desk, number in ((lead, "4"), (reviewer, "47"), (lead, "54")):
        desk.record(say.Rating(standard=number, value="met"))
    lead.merge(team.return_of("R2"))
    told = [lead.history("rating", key)[-1].at for key in ("4/L1", "47/R2", "54/L1")]
    assert team.laptops["L1"].visits()[0].last_change == max(told)
    reviewer.record(say.Rating(standard="47", note="later"))
    lead.merge(team.return_of("R2"))
    assert team.laptops["L1"].visits()[0].last_change == lead.history("rating", "47/R2")[-1].at
