from __future__ import annotations

import pytest

from reviewapp.plan.priority import LEVELS, following_priority, priority_from
from reviewapp.plan.progress import carried_text, log_of, plan_progress
from reviewapp.plan.rows import values_of
from reviewapp.workspace.changes import HistoryItem
from tests.core.plan.plan_building import action, visit


def said(*entries):
    """(day, person, text) of the field progress, each having seen the one before."""
    return [
        HistoryItem("progress", text, person, "d", f"{day}T10:00:00Z", f"e{n}", (f"e{n - 1}",) if n else ())
        for n, (day, person, text) in enumerate(entries)
    ]


def told(*entries):
    return [(one.day, one.person, one.text) for one in log_of(said(*entries))]


def test_each_report_has_its_day_and_its_author():
    first, second = ("2026-06-01", "host", "Begun"), ("2026-09-01", "L1", "Half of it is done")
    assert told(first, second) == [first, second]


def test_of_words_added_to_what_stood_there_only_the_new_ones_are_told():
    assert told(("2026-06-01", "host", "Begun."), ("2026-09-01", "host", "Begun.\nHalf done.")) == [
        ("2026-06-01", "host", "Begun."), ("2026-09-01", "host", "Half done."),
    ]  # fmt: skip


def test_what_one_person_wrote_in_pieces_on_one_day_is_one_report():
    assert told(("2026-06-01", "L1", "Beg"), ("2026-06-01", "L1", "Begun")) == [("2026-06-01", "L1", "Begun")]


def test_what_was_taken_back_is_not_told():
    day = "2026-06-01"
    assert told((day, "L1", "A"), ("2026-06-02", "L1", "B"), ("2026-06-02", "L1", "A")) == [(day, "L1", "A")]
    assert told((day, "L1", "A"), (day, "L1", None)) == []


def test_what_was_carried_from_the_visit_before_is_told_with_its_own_days_and_authors():
    carried = "12 May 2026, the team: Begun\nwith two of us\n3 June 2026, L1: Half of it"
    reports = [("2026-05-12", "host", "Begun\nwith two of us"), ("2026-06-03", "L1", "Half of it")]
    assert told(("2026-12-01", "L1", carried)) == reports
    assert told(("2026-12-01", "L1", carried), ("2026-12-01", "L1", f"{carried}\nDone")) == [
        *reports, ("2026-12-01", "L1", "Done"),
    ]  # fmt: skip


def test_carried_twice_it_is_prefixed_once():
    once = carried_text(log_of(said(("2026-05-12", "host", "Begun"), ("2026-06-03", "L1", "Half done"))))
    assert once == "12 May 2026, the team: Begun\n3 June 2026, L1: Half done"
    assert carried_text(log_of(said(("2026-12-01", "L1", once)))) == once


def test_late_is_what_has_passed_its_day_and_is_not_over():
    state = visit(
        action("AP1", "4", action="One", due="2026-05-01"),
        action("AP2", "4", action="Two", due="2026-05-01", status="done"),
        action("AP3", "4", action="Three", due="2026-05-01", status="dropped"),
        action("AP4", "4", action="Four", due="2026-05-02", status="in_progress"),
        action("AP5", "4", action="", due="2026-05-01"),
    )
    now = plan_progress(state, "2026-05-02")
    assert [a.id for a in now.late] == ["AP1"]
    assert [a.id for a in now.next] == ["AP4"]
    assert [a.id for a in now.done + now.dropped] == ["AP2", "AP3"]


@pytest.mark.parametrize(("impact", "expected"), [("high", [1, 1, 2]), ("medium", [1, 2, 3]), ("low", [2, 3, 3])])
def test_priority_is_impact_times_the_ease_of_the_work(impact, expected):
    assert [priority_from(impact, effort) for effort in ("low", "medium", "high")] == expected


def test_there_is_no_priority_from_one_of_the_two():
    assert {priority_from(level, "") for level in LEVELS} == {priority_from("", level) for level in LEVELS} == {None}
    before = values_of(None)
    assert following_priority(before, {**before, "impact": "high"}) is None
