"""A visit with two instruments: one evidence, two judgements, and no rating ever moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.exchange.visit_pack import write_visit_pack
from reviewapp.figures.lens import lens, looked_at_through, untested_by_second
from reviewapp.figures.ratings import effective_ratings, rating_values
from reviewapp.visit.blind import as_seen_by, seen_conflicts
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import (
    Agreed,
    AlsoAgreed,
    AlsoRating,
    Answer,
    Audit,
    Interview,
    Quote,
    Rating,
    Statement,
    Survey,
)
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import NewPerson
from tests.core.crosswalk.building import SCORED, numbered
from tests.core.homes import PHRASE
from tests.core.two_lenses import FIRST, SECOND, WALK, TwoLenses


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TwoLenses]:
    team = TwoLenses(tmp_path)
    yield team
    team.close()


def _also(standard: str, value: int | None, **more: Any) -> AlsoRating:
    return AlsoRating(instrument=SECOND.id, standard=standard, value=value, **more)


def _second(state: VisitState) -> VisitState:
    found = second_state(state)
    assert found is not None
    return found


HEARD: tuple[Statement, ...] = (
    Interview(id="P1", group="patient", mode="phone", consent_notes=True, consent_quotes=True),
    Quote(id="Q1", interview="P1", text="They came when they said", standards=["151"], tone="positive"),
    Quote(id="Q2", interview="P1", text="The number was answered", standards=["151", "153"], tone="positive"),
)


def test_both_instruments_and_the_crosswalk_travel_with_the_visit(team: TwoLenses) -> None:
    visit = team.visit("R2")
    assert (visit.state.instrument, visit.state.also, visit.state.crosswalk) == (FIRST, SECOND, WALK)
    assert team.laptops["R2"].library.editions(SECOND.id) == (), "they travel inside the visit alone"
    assert visit.laptops.visit_words() == team.visits["L1"].laptops.visit_words()


def test_evidence_is_seen_by_both_and_says_where_it_was_heard(team: TwoLenses) -> None:
    visit = team.visit("R2")
    visit.record(*HEARD)
    items = {one.standard: one for one in lens(visit.state, SECOND.id)}
    assert [(e.via, e.relation, e.source, e.text, e.key) for e in items["1"].evidence] == [
        ("151", "overlaps", "patient", "They came when they said", "Q1/R2"),
        ("151", "overlaps", "patient", "The number was answered", "Q2/R2"),
        ("153", "within", "patient", "The number was answered", "Q2/R2"),
    ]  # fmt: skip
    assert items["1"].pieces == 2, "a quote that is reached by two ways is one piece"
    assert [one.criteria for one in items["2"].evidence] == [("a", "b")] * 2, "one row for several criteria of one item"
    assert items["1"].evidence[0].in_words() == "also heard under 151"
    assert items["12"].evidence == ()
    own = {one.standard: one for one in lens(visit.state, FIRST.id)}
    assert [e.key for e in own["153"].evidence] == ["Q2/R2"]


def test_answers_surveys_and_case_notes_are_seen_too(team: TwoLenses) -> None:
    visit = team.visit("R2")
    guide = FIRST.guide("patient")
    assert guide is not None
    prompt = next(one.id for one in guide.prompts if "151" in one.standards)
    item = next(one.item for one in FIRST.audit if {"47", "151", "153"} & set(one.standards))
    visit.record(
        HEARD[0], Answer(interview="P1", prompt=prompt, text="Yes, always"),
        Audit(case_note="3", item=item, value="yes"),
    )  # fmt: skip
    lead = team.visits["L1"]
    lead.me = "host"
    lead.record(Survey(group="carer", standard="47", yes=9, no=4, na=1))
    lead.me = "L1"
    lead.merge(team.return_of("R2"))
    seen = [(e.kind, e.source, e.key) for one in lens(lead.state, SECOND.id) for e in one.evidence]
    assert ("answer", "patient", f"P1/{prompt}/R2") in seen
    assert ("survey", "survey", "carer/47") in seen
    assert ("audit", "case_note", item) in seen


def test_no_rating_moves_from_one_instrument_to_the_other(team: TwoLenses) -> None:
    visit = team.visit("R2")
    visit.record(*HEARD, Rating(standard="151", value="met"))
    assert set(rating_values(effective_ratings(_second(visit.state))).values()) == {None}
    visit.record(_also("1", 4))
    assert effective_ratings(_second(visit.state))["1"].value == 4
    assert effective_ratings(visit.state)["1"].value is None
    item = lens(visit.state, SECOND.id)[0]
    assert (item.score, item.lowest, item.highest) == (4, 4, 4)
    other = lens(visit.state, SECOND.id)[1]
    assert (other.score, other.lowest, other.highest) == (None, 1, 5)


def test_what_the_second_does_not_have_is_refused_by_the_same_rules(team: TwoLenses) -> None:
    visit = team.visit("R2")
    for line, field in (
        (_also("151", 4), "standard"), (_also("1", 9), "value"),
        (AlsoRating(instrument="other", standard="1"), "instrument"),
        (AlsoRating(instrument=FIRST.id, standard="151", value="met"), "instrument"),
        (AlsoAgreed(instrument=SECOND.id, standard="1", value=4), "kind"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as told:
            visit.record(line)
        assert told.value.field == field


def test_a_rating_by_the_second_is_undone_searched_and_in_the_history_like_any_other(team: TwoLenses) -> None:
    visit = team.visit("R2")
    visit.record(_also("1", 4, note="a zebra note"))
    assert visit.undo_name == "rating of standard 1, by example-scored"
    hits = visit.find("zebra")
    assert [(hit.kind, hit.standards) for hit in hits] == [("note", ())]
    assert SECOND.title in hits[0].title.text
    visit.undo()
    assert visit.state.also_ratings == {}
    visit.redo()
    said = visit.history("also_rating", f"{SECOND.id}/1/R2")
    assert [one.value for one in said if one.field == "value"] == [4, None, 4]


def test_reviewers_are_blind_to_each_other_under_the_second_too(team: TwoLenses) -> None:
    visit, lead = team.visit("R2"), team.visits["L1"]
    visit.record(_also("1", 4, note="a zebra note"))
    team.visit("R3").merge(team.return_of("R2"))
    other = team.visit("R3")
    assert _second(as_seen_by(other.state, "R3")).ratings == {}
    assert other.find("zebra") == []
    assert lead.state.also_ratings == {}
    lead.merge(team.return_of("R2"))
    assert effective_ratings(_second(as_seen_by(lead.state, "L1")))["1"].value == 4
    meeting.open_meeting(lead)
    other.merge(team.return_of("L1"))
    assert effective_ratings(_second(as_seen_by(other.state, "R3")))["1"].value == 4
    assert other.find("zebra") == [], "not before a rating of their own"
    other.record(_also("1", 2))
    assert len(other.find("zebra")) == 1


def test_a_late_rating_by_the_second_waits_for_the_lead(team: TwoLenses) -> None:
    visit, lead = team.visit("R2"), team.visits["L1"]
    meeting.open_meeting(lead)
    visit.record(_also("1", 4), Rating(standard="47", value="met"))
    lead.merge(team.return_of("R2"))
    key = f"{SECOND.id}/1/R2"
    assert (lead.state.also_late, lead.state.late) == (frozenset({key}), frozenset({"47/R2"}))
    assert effective_ratings(_second(lead.state))["1"].value is None
    assert lead.status()["also"]["late"] == [key]
    meeting.accept_late(lead, key)
    assert effective_ratings(_second(lead.state))["1"].value == 4
    assert lead.state.also_late == frozenset() and lead.state.late == frozenset({"47/R2"})
    lead.undo()
    assert lead.state.also_late == frozenset({key})


def test_two_laptops_of_one_person_conflict_under_the_second_too(team: TwoLenses) -> None:
    visit = team.visit("R2")
    again = team.another_laptop("R2 again", me="R2")
    visit.record(_also("1", 4))
    again.record(_also("1", 2))
    team.certify("R2", "R2 again")
    visit.merge(team.return_of("L1"))
    again.write_return(team.folder / "again.review")
    visit.merge(team.folder / "again.review")
    (conflict,) = visit.state.conflicts
    assert (conflict.entity, conflict.key) == ("also_rating", f"{SECOND.id}/1/R2")
    assert [one.entity for one in _second(visit.state).conflicts] == ["rating"]
    assert effective_ratings(_second(visit.state))["1"].value is None
    assert seen_conflicts(visit.state, "R2") and not seen_conflicts(visit.state, "R3")


def test_what_is_agreed_by_the_second_is_the_leads(team: TwoLenses) -> None:
    visit, lead = team.visit("R2"), team.visits["L1"]
    visit.record(_also("1", 4))
    lead.merge(team.return_of("R2"))
    lead.record(_also("1", 2))
    status = lead.status()["also"]
    assert [one["ratings"] for one in status["disagreements"]] == [{"L1": 2, "R2": 4}]
    lead.record(AlsoAgreed(instrument=SECOND.id, standard="1", value=3, reason="both were heard"))
    lead.record(Agreed(standard="47", value="met"))
    status = lead.status()
    assert status["also"]["figures"]["basis_counts"] == {"agreed": 1}
    assert status["also"]["figures"]["score"]["total"] == 3
    assert status["figures"]["basis_counts"] == {"agreed": 1}
    assert status["also"]["progress"]["people"]["L1"] == {"rated": 1, "of": 12}


def test_status_says_what_is_untested_under_either(team: TwoLenses) -> None:
    visit = team.visit("R2")
    before = {one.standard for one in untested_by_second(visit.state)}
    assert before == {s.number for s in SECOND.standards}
    visit.record(*HEARD)
    found = {one.standard: one for one in untested_by_second(visit.state)}
    assert (found["1"].heard, found["1"].via) == (["patient"], ["151", "153"])
    status = visit.status()
    assert status["also"]["crosswalk"]["first"] == {
        "looked_at": 4, "linked": 3, "none": 1, "of": 44,
        "open": [s.number for s in FIRST.standards if s.number not in ("151", "153", "47", "4")],
    }  # fmt: skip
    assert {one["standard"] for one in status["also"]["untested"]} == set(found)
    assert status["untested"]


def test_a_visit_with_one_instrument_says_nothing_of_a_second(tmp_path: Path) -> None:
    from tests.core.homes import Team

    team = Team(tmp_path)
    visit = team.visits["L1"]
    assert second_state(visit.state) is None and "also" not in visit.status()
    with pytest.raises(Invalid, match="is not used in this visit"):
        lens(visit.state, SECOND.id)
    assert untested_by_second(visit.state) == []
    team.close()


def test_an_instrument_that_the_visit_does_not_carry_is_looked_through_without_a_rating(team: TwoLenses) -> None:
    visit = team.visit("R2")
    visit.record(*HEARD, _also("1", 4))
    state = msgspec.structs.replace(visit.state, also=None, crosswalk=None)
    items = looked_at_through(state, SECOND, WALK)
    assert items[0].pieces == 2 and items[0].score is None


def test_without_a_crosswalk_no_evidence_is_shared_and_ratings_are_given_all_the_same(tmp_path: Path) -> None:
    team = TwoLenses(tmp_path, walk=False)
    visit = team.visit("R2")
    visit.record(*HEARD, _also("1", 4))
    assert visit.state.crosswalk is None
    assert all(one.evidence == () for one in lens(visit.state, SECOND.id))
    assert visit.status()["also"]["crosswalk"] is None
    team.close()


def test_the_second_needs_an_id_of_its_own_and_must_be_here(team: TwoLenses) -> None:
    laptop = team.laptops["L1"]
    said: dict[str, Any] = {
        "instrument": FIRST.id, "service": "S", "organisation": "O", "date": "2026-11-17",
        "people": [NewPerson("L1", "lead")],
    }  # fmt: skip
    for also in (FIRST.id, "none"):
        before = laptop.home.visit_ids()
        with pytest.raises(Invalid):
            laptop.new_visit(**said, also=also)
        assert laptop.home.visit_ids() == before


def test_a_visit_keeps_its_instruments_whatever_is_imported_later(team: TwoLenses) -> None:
    """An answer is for ever shown in the edition in which it was given."""
    lead = team.visits["L1"]
    lead.record(_also("1", 4), Rating(standard="47", value="met"))
    lead.close()
    laptop = team.laptops["L1"]
    newer = msgspec.structs.replace(
        numbered(SCORED.id, "1", "2", edition="a later edition"), title="Another wording of the same id"
    )
    laptop.library.add(newer)
    visit = team.visits["L1"] = laptop.open_visit(team.visit_id)
    assert visit.state.also == SECOND and visit.state.crosswalk == WALK
    assert visit.status()["also"]["ratings"]["1"] == {"value": 4, "basis": "peer"}
    assert laptop.library.editions(SCORED.id) == (newer, SECOND)


def test_a_pack_whose_second_instrument_is_malformed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = TwoLenses(tmp_path)
    laptop = team.laptops["L1"]
    for fields in (
        {"also": {"id": "x"}, "crosswalk": None}, {"also": msgspec.to_builtins(FIRST), "crosswalk": None},
        {"also": msgspec.to_builtins(SECOND), "crosswalk": {"pairs": 3}},
        {"also": msgspec.to_builtins(SECOND),
         "crosswalk": msgspec.to_builtins(msgspec.structs.replace(WALK, pairs=(*WALK.pairs, WALK.pairs[0])))},
        {"crosswalk": msgspec.to_builtins(WALK)},
    ):  # fmt: skip
        monkeypatch.setattr(laptop, "_second", lambda *_args, fields=fields: fields)
        bad = laptop.new_visit(
            instrument=FIRST.id, service="S", organisation="O", date="2026-11-17", people=[NewPerson("L1", "lead")],
            also=SECOND.id,
        )  # fmt: skip
        store = laptop.home.open_store(bad)
        write_visit_pack(store, tmp_path / f"{bad}.pack", PHRASE)
        store.close()
        with pytest.raises(Damaged, match=r"is malformed|does not say what the visit is"):
            laptop.peek_pack(tmp_path / f"{bad}.pack", PHRASE)
    team.close()
