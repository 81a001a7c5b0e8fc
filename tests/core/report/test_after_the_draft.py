"""What the report says of the host's answers and of the committee, and what it computes them from."""

from __future__ import annotations

import msgspec

from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status
from reviewapp.report.content.status_path import resolve
from reviewapp.report.json_export import report_json
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Cover, Facts, Heading, Profile, Table
from reviewapp.visit.state import AgreedRecord, DecisionRecord, ResponseDecisionRecord, ResponseRecord
from tests.core.report.building import keyed, report, rich_visit
from tests.core.report.content.test_content import part


def answered(*, accepted: bool | None, now: str = "met", about: str = ""):
    """Standard 36 was not met in the draft; the team answered."""
    state = rich_visit()
    state.responses = keyed(
        ResponseRecord(key="36", person="host", standard="36", text="WE DO", evidence="A PAPER", rating="not_met")
    )
    if accepted is not None:
        state.response_decisions = keyed(
            ResponseDecisionRecord(key="36", standard="36", accepted=accepted, reason="READ IT", about=about)
        )
    state.agreed["36"] = AgreedRecord(key="36", standard="36", value=now, reason="agreed anew")
    return state


def facts_of(document, anchor):
    """The labelled statements under a heading, up to the next one."""
    found: dict[str, str] = {}
    inside = False
    for block in document.parts:
        if isinstance(block, Heading):
            inside = block.id == anchor
        elif inside and isinstance(block, Facts):
            found |= {row.label: plain_text(row.runs) for row in block.rows}
    return found


def test_a_rating_that_changed_because_of_an_answer_is_told_before_and_after():
    told = facts_of(report(answered(accepted=True)), "standard-36")
    assert told["The team's answer"] == "WE DO"
    assert told["Further evidence"] == "A PAPER"
    assert told["Decision on it"] == "Accepted. READ IT"
    assert told["Rating changed"] == "In the draft × Not met; after the team's answer ✓ Met."


def test_a_rating_that_did_not_change_is_not_said_to_have():
    told = facts_of(report(answered(accepted=False, now="not_met")), "standard-36")
    assert told["Decision on it"] == "Not accepted. READ IT"
    assert "Rating changed" not in told


def test_a_change_without_an_accepted_answer_is_not_put_down_to_it():
    told = facts_of(report(answered(accepted=False)), "standard-36")
    assert "not because of the answer" in told["Rating changed"]


def test_an_answer_changed_after_its_decision_is_said_to_wait():
    told = facts_of(report(answered(accepted=True, about="0" * 16)), "standard-36")
    assert "waits to be decided again" in told["Decision on it"]


def test_every_answer_stands_in_one_table_and_its_counts_can_be_traced():
    state = answered(accepted=True)
    (table,) = [b for b in part(report(state), "responses") if isinstance(b, Table)]
    assert [plain_text(cell) for cell in table.rows[0]][3:] == ["× Not met", "✓ Accepted", "✓ Met"]
    made = report_json(report(state))
    full = with_report_counts(state, status(state))
    numbers = [one for one in made["printed"] if one["from"].startswith("report.responses.")]
    assert len(numbers) >= 4
    assert all(resolve(full, one["from"]) == one["value"] for one in numbers)


def test_without_an_answer_nothing_is_said_of_answers():
    assert part(report(), "responses") == []


def deferred():
    """Deferred over standard 36; met since."""
    state = answered(accepted=True)
    stood: dict[str, str | int] = {"4": "met", "14": "met", "36": "not_met", "36.1": "na"}
    state.decisions = keyed(
        DecisionRecord(
            key="1", presentation=1, date="2026-12-01", label="deferred", note="BRING IT", stood=stood, answered={}
        )
    )
    return state


def test_the_final_report_tells_what_stood_in_the_way_and_what_came_since():
    document = report(deferred())
    assert document.status == "final"
    blocks = part(document, "decisions")
    then = next(b for b in blocks if isinstance(b, Table) and b.caption)
    assert [plain_text(cell) for cell in then.rows[0]] == ["Type 1", "100%", "1 of 2", "× Not reached", "36"]
    told = msgspec.json.encode(blocks).decode()
    assert "The team sent an answer or further evidence on standard 36." in told
    assert "on these 6 example standards only" in told
    points = [plain_text(item) for b in blocks for item in getattr(b, "items", ())]
    assert points[0] == "Standard 36 (Everybody has a care plan): × Not met, now ✓ Met."


def test_the_committees_note_is_for_the_team_and_the_committee():
    told: dict[Profile, bool] = {"committee": True, "host": True, "circulation": False}
    for profile, there in told.items():
        assert ("BRING IT" in msgspec.json.encode(report(deferred(), profile).parts).decode()) == there


def test_a_decision_without_what_stood_says_so():
    state = rich_visit()
    state.decisions = keyed(DecisionRecord(key="1", presentation=1, label="deferred"))
    assert "were not kept" in msgspec.json.encode(part(report(state), "decisions")).decode()


def test_the_cover_of_the_final_report_names_the_decision():
    cover = report(deferred()).parts[0]
    assert isinstance(cover, Cover)
    assert {f.label: plain_text(f.runs) for f in cover.facts}["Committee's decision"] == "Deferred, 1 December 2026"
