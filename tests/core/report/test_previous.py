"""The figures of the visit before, beside those of this one."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.previous import PREVIOUS, previous_fact, previous_of
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status
from reviewapp.report.content.status_path import resolve
from reviewapp.report.json_export import report_json
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Paragraph, Table
from reviewapp.visit.state import ContextRecord
from tests.core.report.building import INSTRUMENT, earlier_status, report, rich_visit, with_previous


def test_tables_show_the_visit_before_and_the_figures_say_when_it_was():
    made = report(with_previous(rich_visit()))
    said = [plain_text(b.runs) for b in made.parts if isinstance(b, Paragraph)]
    assert any(one.startswith("At the visit before, on 12 November 2024, 3 standards were met") for one in said)
    tables = [b for b in made.parts if isinstance(b, Table) and b.columns[-1].title == "Visit before"]
    assert {plain_text(row[-1]) for table in tables for row in table.rows} == {"1 of 2", "2 of 2", "3 of 4", "–"}


def test_without_a_visit_before_nothing_is_said_of_one():
    assert "visit before" not in str(report().parts)
    assert not any(c.title == "Visit before" for b in report().parts if isinstance(b, Table) for c in b.columns)


def test_each_of_its_numbers_can_be_traced():
    state = with_previous(rich_visit())
    full = with_report_counts(state, status(state))
    found = [n for n in report_json(report(state))["printed"] if n["from"].startswith("report.previous")]
    assert found
    assert all(resolve(full, number["from"]) == number["value"] for number in found)


def test_the_report_that_was_saved_of_the_visit_before_will_do():
    before = rich_visit()
    before.info = msgspec.structs.replace(before.info, id="before", date="2024-11-12")
    saved = msgspec.json.encode(report_json(report(before, "circulation")))
    found = previous_of(with_previous(rich_visit(), saved))
    assert found is not None
    now = status(rich_visit())["figures"]
    assert (found.date, found.overall.met, found.by_type["1"].percent) == (
        "2024-11-12", now["overall"]["met"], now["by_type"]["1"]["percent"]
    )  # fmt: skip


def test_shares_are_worked_out_from_the_counts_and_not_believed():
    found = previous_of(with_previous(rich_visit()))
    assert found is not None
    assert (found.overall.percent, found.by_type["1"].percent) == (75.0, 50.0)


def test_other_standards_are_named_as_such():
    state = with_previous(rich_visit(), earlier_status(instrument="another"))
    told = [plain_text(b.runs) for b in report(state).parts if isinstance(b, Paragraph)]
    assert any("other standards were used. Nothing was rated at both visits that can be compared." in t for t in told)


def test_figures_that_an_earlier_program_took_of_other_standards_are_compared_roughly():
    state = with_previous(rich_visit())
    kept = str(state.context[PREVIOUS].value).replace(INSTRUMENT.id, "another")
    state = msgspec.structs.replace(state, context={PREVIOUS: ContextRecord(key=PREVIOUS, value=kept)})
    assert any("compared only roughly" in plain_text(b.runs) for b in report(state).parts if isinstance(b, Paragraph))


def test_it_is_not_listed_among_the_facts_about_the_service():
    assert "Previous visit" not in str(report(with_previous(rich_visit())).parts)
    assert '"by_type"' not in "".join(str(b) for b in report(with_previous(rich_visit())).parts)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not the figures"),
        (b"\xff\xfe", "not the figures"),
        (b"[]", "not the figures"),
        (b'{"profile": "host", "tree": []}', "not the figures"),
        (earlier_status(date="yesterday"), "not a date"),
        (earlier_status(date="2026-11-17"), "not earlier"),
        (earlier_status(id="v1"), "not earlier"),
        (earlier_status().replace(b'"agreed"', b'"self_review"'), "no reviewer had rated"),
        (earlier_status().replace(b'"met":3', b'"met":-3', 1), "below nought"),
    ],
)
def test_what_is_no_earlier_visit_is_refused_in_one_line(content, told):
    with pytest.raises(Invalid, match=told) as caught:
        previous_fact(content, rich_visit())
    assert "\n" not in str(caught.value)


def test_two_laptops_that_hold_different_ones_print_none():
    state = with_previous(rich_visit())
    line = state.context[PREVIOUS].value
    both = f"{line}\n{line}"
    state.context[PREVIOUS] = msgspec.structs.replace(state.context[PREVIOUS], value=both)
    assert previous_of(state) is None
    assert report(state).parts
