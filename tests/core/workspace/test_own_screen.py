"""Who begins anew on the day sees what they type, though it counts for nothing until the lead certifies that laptop."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.report.content.build import build
from reviewapp.store import tables
from reviewapp.store.field_write import FieldWrite
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.exchange.test_pack_again import begun, written
from tests.core.homes import PASSPHRASE, Team

DAY = date(2026, 11, 17)


def anew(team: Team) -> OpenVisit:
    """R3, whose laptop is certified, forgot its passphrase and begins anew from the pack that R2 writes again."""
    team.certify("R2", "R3")
    team.tell("R3", "R2")
    fresh = begun(team, written(team, "R2"), "R3")
    team.tell("R2", "anew")
    assert fresh.laptops.own_standing.state == "apart"
    return fresh


def ratings(visit: OpenVisit) -> dict[str, Any]:
    return {key: one.value for key, one in visit.state.ratings.items() if key.endswith("/R3")}


def seen_by_others(team: Team) -> list[Any]:
    """What stands on every other laptop, after whatever may have been said on R3's new one."""
    return [
        (name, visit.status(), visit.state.conflicts, ratings(visit), visit.laptops.apart())
        for name, visit in team.visits.items()
        if name != "anew"
    ]


def test_the_day_of_somebody_who_begins_anew(team: Team) -> None:
    team.visit("R3").record(statements.Rating(standard="47", value="met"))
    fresh = anew(team)
    assert ratings(fresh) == {"47/R3": "met"}, "what their first laptop had given away"
    fresh.record(statements.Rating(standard="4", value="met"))
    fresh.record(statements.Rating(standard="4", value="not_met", note="On second thoughts"))
    fresh.record(
        statements.Interview(id="P1", group="patient", consent_notes=True),
        statements.Answer(interview="P1", prompt="P01", text="They rang back"),
        statements.Passage(place="summary", text="A summary"),
    )
    assert ratings(fresh) == {"47/R3": "met", "4/R3": "not_met"} and fresh.state.conflicts == ()
    assert fresh.state.answers["P1/P01/R3"].text == "They rang back" and "P1/R3" in fresh.state.interviews
    assert fresh.state.passages["summary"].text == "A summary" and [hit.key for hit in fresh.find("rang")] != []
    assert all(check.ok for check in fresh.check_integrity())
    fresh.reload()
    assert ratings(fresh)["4/R3"] == "not_met"

    team.tell("anew", "L1", "R2")
    for name in ("L1", "R2"):
        other = team.visit(name)
        assert ratings(other) == {"47/R3": "met"} and not other.state.interviews and not other.state.conflicts
        assert {one.record for one in other.laptops.apart()} == {one.record for one in fresh.laptops.apart()}
        assert other.status()["digest"] == fresh.status()["digest"]

    team.visit("L1").laptops.certify(fresh.device, "R3")
    team.tell("L1", "R2", "anew")
    for name in ("L1", "R2", "anew"):
        now = team.visit(name)
        assert ratings(now) == {"47/R3": "met", "4/R3": "not_met"} and now.state.conflicts == (), name
        assert now.state.answers["P1/P01/R3"].text == "They rang back" and now.laptops.apart() == []
    assert not fresh.state.only_here


def test_two_laptops_of_one_person_that_differ_are_a_conflict_on_the_screen_of_the_new_one_only(team: Team) -> None:
    team.visit("R3").record(statements.Rating(standard="47", value="met"))
    fresh = anew(team)
    change = fresh.record(statements.Rating(standard="47", value="not_met"))
    assert change.beside and fresh.laptops.only_here(change) == [("rating", "47/R3", "value")]
    (conflict,) = fresh.state.conflicts
    assert {one.value for one in conflict.values} == {"met", "not_met"} and ratings(fresh) == {"47/R3": None}
    assert not fresh.laptops.may_settle(conflict)
    fresh.undo()
    assert fresh.state.conflicts == () and ratings(fresh) == {"47/R3": "met"}
    fresh.redo()
    team.tell("anew", "L1")
    lead = team.visit("L1")
    assert lead.state.conflicts == () and ratings(lead) == {"47/R3": "met"}
    lead.laptops.certify(fresh.device, "R3")
    team.tell("L1", "anew")
    assert ratings(fresh) == ratings(lead) == {"47/R3": "not_met"}, "said knowing of what stood there"


def test_nothing_that_others_hold_is_another_by_what_such_a_laptop_shows(team: Team) -> None:
    """The same entries, joined by laptops that never showed them: figures, conflicts and what stands apart."""
    fresh = anew(team)
    fresh.record(
        statements.Rating(standard="4", value="met"),
        statements.Interview(id="P1", group="patient"),
        statements.Passage(place="summary", text="A summary"),
        statements.LocalContext(standard="54", text="not commissioned"),
    )
    before = seen_by_others(team)
    team.tell("anew", "L1", "R2")
    for (name, status, conflicts, rated, _apart), now in zip(before, seen_by_others(team), strict=True):
        same = {part for part in status if status[part] == now[1][part]}
        assert {"figures", "ratings"} <= same and (conflicts, rated) == now[2:4], name
    assert {one.state for one in team.visit("L1").laptops.all() if one.device == fresh.device} == {"apart"}
    assert not fresh.laptops.may_write_pack and not fresh.is_lead
    with pytest.raises(Invalid):
        written(team, "anew")


def test_what_only_the_lead_says_and_what_is_somebody_elses_is_not_shown_there_either(team: Team) -> None:
    fresh = anew(team)
    fresh._store.write([FieldWrite("agreed", "4", "value", "met", ())], person="R3")
    fresh.reload()
    assert not fresh.state.agreed and "R9" not in fresh.state.people
    for line in (
        statements.Agreed(standard="4", value="met", reason="A reason"),
        statements.Person(code="R9", role="clinician"),
    ):
        with pytest.raises(Invalid):
            fresh.record(line)
    typed = fresh.record_for("R4", statements.Rating(standard="4", value="met"))
    assert typed.apart and "4/R4" not in fresh.state.ratings and fresh.laptops.only_here(typed) == []
    concern = fresh.record(statements.Concern(id="IC1", text="somebody may be at risk"))
    assert fresh.laptops.only_here(concern) == [], "it is shown to everybody"


def test_the_person_of_a_laptop_that_was_set_aside_still_sees_their_own_words(team: Team) -> None:
    team.certify("R3")
    lost, lead = team.visit("R3"), team.visit("L1")
    lost.record(statements.Rating(standard="47", value="met"))
    team.tell("R3", "L1")
    lead.laptops.set_aside(lost.device, None, "Lent to somebody")
    team.tell("L1", "R3")
    lost.record(statements.Rating(standard="4", value="na"))
    assert ratings(lost) == {"47/R3": "met", "4/R3": "na"} and lost.state.only_here
    team.tell("R3", "L1")
    assert ratings(lead) == {} and lost.laptops.own_standing.state == "aside"
    lead.laptops.take_aside_back(lost.device)
    team.tell("L1", "R3")
    assert ratings(lead) == ratings(lost) == {"47/R3": "met", "4/R3": "na"} and not lost.state.only_here


def test_after_a_restore_such_a_laptop_goes_on_from_what_it_showed(team: Team) -> None:
    fresh = anew(team)
    fresh.record(statements.Rating(standard="4", value="met"))
    fresh.backup(team.folder / "away")
    before = fresh.device
    fresh.close()
    team.laptops["anew"].restore(team.folder / "away", PASSPHRASE)
    again = team.visits["anew"] = team.laptops["anew"].open_visit(team.visit_id)
    assert ratings(again) == {"4/R3": "met"} and again.device != before
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    team.tell("R2", "anew")
    assert ratings(again) == {"4/R3": "met"}, "also before it has said under which key it goes on"
    again.record(statements.Rating(standard="4", value="na"))
    assert ratings(again) == {"4/R3": "na"} and again.state.conflicts == ()
    assert all(check.ok for check in again.check_integrity())


def test_a_document_made_there_says_what_it_rests_on(team: Team) -> None:
    fresh = anew(team)
    fresh.record(statements.Rating(standard="4", value="met"))
    for name, expected in (("anew", True), ("R2", False), ("L1", False)):
        visit = team.visit(name)
        document = build(visit.state, visit.status(), today=DAY)
        assert ("is not counted anywhere else" in repr(document)) == expected, name


def test_a_store_in_which_an_earlier_version_left_these_words_out_shows_them(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = anew(team)
    fresh.record(statements.Rating(standard="4", value="met"))
    with monkeypatch.context() as before:
        before.setattr(tables, "_LAYOUT", 6)
        earlier = tables.shape()
    store: VisitStore = fresh._store
    with store.transaction() as db:
        db.execute("DELETE FROM head WHERE entity = 'rating'")
        db.execute("DELETE FROM rating")
        store.set_local(db, "tables", earlier)
    fresh.close()
    again = team.visits["anew"] = team.laptops["anew"].open_visit(team.visit_id)
    assert ratings(again) == {"4/R3": "met"}
