"""The report of a scored review: what each source found, what follows, the rounds, and a second instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.figures.series import series_of
from reviewapp.figures.status import status
from reviewapp.report import house_style
from reviewapp.report.chart_blocks import Slopes
from reviewapp.report.content.build import build
from reviewapp.report.content.report_data import text
from reviewapp.report.formats import FORMATS
from reviewapp.report.profiles import PROFILES
from reviewapp.report.proofreading import proofread
from reviewapp.report.runs import plain_text
from reviewapp.report.slopes import drawing, pieces
from reviewapp.report.tree import Column, Document, Profile, Table
from reviewapp.visit import state as s
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.programme_records import RoundRecord
from tests.core.report import fidelity
from tests.core.report.building import keyed
from tests.core.report.pdf.conformance import faults
from tests.core.report.reading import pages, word_lines
from tests.core.report.test_golden import outline


def words(name: str, profile: Profile = "host") -> str:
    return outline(fidelity.reported(name, profile))


def section(name: str, heading: str, profile: Profile = "host") -> str:
    """What stands under a heading, up to the next one."""
    said = re.sub("# Appendix [A-Z]: ", "# ", words(name, profile))
    return said.rpartition(f"# {heading}\n")[2].partition("\n#")[0]


def slopes(document: Document) -> list[Slopes]:
    return [block for block in document.parts if isinstance(block, Slopes)]


def changed(state: s.VisitState, **more: Any) -> s.VisitState:
    return msgspec.structs.replace(state, **more)


def rewritten(state: s.VisitState, **passages: str) -> s.VisitState:
    """The visit with these passages besides, `practice_5` for the place `practice:5`."""
    made = {name.replace("_", ":"): words for name, words in passages.items()}
    records = keyed(*(s.TextRecord(key=at, subject=at, text=text) for at, text in made.items()))
    return changed(state, passages={**state.passages, **records})


def test_an_item_whose_criteria_are_open_has_a_range_and_says_which_are_open() -> None:
    item = section("three rounds", "4  Everybody knows the plan")
    assert item.startswith("? 3 to 5\n")
    assert "From the criteria: 3 to 5; not established: b, c" in item
    assert "b  They name the same next step. | ✓ met | no finding | ✓ met | – | ? not established" in item


def test_all_of_the_smallest_sets_that_lift_an_item_are_named() -> None:
    assert "What would raise it: From 3 to 4: c or d." in section("three rounds", "5  At what hours somebody comes")
    assert "What would raise it: From 3 to 4: b or c." in section("three rounds", "7  Time for people")
    assert "What would raise it" not in section("three rounds", "6  Skills under one roof"), "it is at the top"


def test_a_given_score_stands_beside_the_derived_one_with_its_reason() -> None:
    item = section("three rounds", "7  Time for people")
    assert "- From the criteria: 3\n- Given: 4 (the criteria give another score)\n" in item
    assert "winter doubles the caseload" in item
    assert "winter doubles" not in words("three rounds", "circulation"), "a reviewer's own words"


def test_where_reviewers_differ_on_a_criterion_the_report_says_so_and_not_who() -> None:
    differed = section("three rounds", "Where reviewers differed")
    assert "8 c | Patients | 1 met, 1 not met | not agreed" in differed
    assert not re.search(r"\bR[23]\b", differed)
    assert "? reviewers differ" in section("three rounds", "8  Leaving with something in hand")


def test_no_band_is_named_while_the_range_reaches_over_two() -> None:
    figures = section("three rounds", "The items at a glance")
    assert "Total: 31 to 34. No band is named while the range reaches over more than one." in figures


def test_the_copy_for_circulation_carries_only_words_that_were_consented_to_and_no_source_of_few() -> None:
    for name in fidelity.VISITS:
        state, text = fidelity.VISITS[name](), words(name, "circulation")
        quoted = [one for one in state.quotes.values() if one.text.strip() in text]
        assert all(state.interviews[one.interview].consent_circulation for one in quoted), name
        assert not [one for one in state.answers.values() if one.text.strip() and one.text.strip() in text], name
    heads = [
        column.title
        for block in fidelity.reported("three rounds", "circulation").parts
        if isinstance(block, Table) and "what each source says" in block.caption
        for column in block.columns
    ]
    assert heads and not {"Patients", "Carers", "Staff", "Manager", "Other services"} & set(heads)


def test_a_total_has_dots_and_ranges_and_no_line_between_them() -> None:
    total, items = slopes(fidelity.reported("three rounds", "host"))
    assert not total.joined and items.joined
    assert [point and point.is_certain for point in total.rows[0].points] == [False, False, False]
    assert "→" not in words("three rounds") and "↑" not in words("three rounds")


def test_what_moved_is_what_differs_by_one_or_more_and_names_the_criteria() -> None:
    (__, items) = slopes(fidelity.reported("three rounds", "host"))
    series = series_of(fidelity.third_round())
    assert [row.label.partition(" ")[0] for row in items.rows] == [one.standard for one in series.items if one.moved]
    assert "6  Skills under one roof | 2 | 3 | 5 | c: not met, then met at 6 months" in words("three rounds")
    assert "4  Everybody knows the plan |" not in section("three rounds", "What moved")


def test_what_cannot_be_compared_is_counted_and_listed_with_why() -> None:
    assert "Not comparable: 39." in section("39 items", "What cannot be compared")
    assert "only one round has more than a total | 1, 2, 3," in section("39 items", "What cannot be compared")


def test_beside_totals_of_the_39_items_stand_the_norm_and_the_caution() -> None:
    text = words("39 items")
    assert "Median of the others | 122" in text and "Half of the others, between | 111 to 132" in text
    assert "! A caution, not a test: Two totals of one team differ beyond chance only above about 25 points." in text


def test_evidence_of_the_first_instrument_says_under_which_standard_it_was_heard() -> None:
    text = words("two lenses")
    second = text[text.index("Against a second set") :]
    assert "also heard under 153 (covered by): quotes of" in second and "also heard under 151 (partial)" in second
    assert "no rating was carried over from the other set" in second
    assert "| 5 | At what hours somebody comes | nobody | staff, managers, documents" in second


def test_an_item_without_findings_says_nothing_of_its_criteria() -> None:
    text = words("two lenses")
    item = text.partition("### 5  At what hours somebody comes\n")[2].partition("\n#")[0]
    assert item.strip() == "? Not rated"


def test_a_visit_of_one_round_has_no_section_on_rounds() -> None:
    state = changed(fidelity.third_round(), rounds=keyed(RoundRecord(key="this", id="this", label="baseline")))
    assert "Rounds side by side" not in outline(_report(state))


def test_positive_practice_that_nothing_speaks_for_is_told_and_one_with_a_finding_is_not() -> None:
    state = rewritten(changed(fidelity.third_round(), agreed={}), practice_5="Open at night.")
    assert "practice_not_found" not in {one.rule for one in proofread(state)}
    nothing = {key: one for key, one in state.criteria.items() if one.standard != "5"}
    found = [one for one in proofread(changed(state, criteria=nothing)) if one.rule == "practice_not_found"]
    assert [one.standard for one in found] == ["5"]


def test_practice_and_recommendations_of_items_are_printed_and_told_where_they_are_not() -> None:
    assert "recommendation_not_printed" not in {one.rule for one in proofread(fidelity.third_round())}
    plain = rewritten(fidelity.two_lenses(), practice_47="They ask.")
    assert "recommendation_not_printed" not in {one.rule for one in proofread(plain)}
    assert "They ask." in outline(_report(plain))
    stray = rewritten(fidelity.two_lenses(), practice_999="They ask.")
    (found,) = [one for one in proofread(stray) if one.rule == "recommendation_not_printed"]
    assert "not a standard of this visit" in found.why


def test_a_name_in_a_note_on_a_criterion_is_found_before_it_is_printed() -> None:
    state = fidelity.third_round()
    note = "ring 07700 900123"
    key = "1/a/patient/R2"
    noted = changed(state, criteria={**state.criteria, key: msgspec.structs.replace(state.criteria[key], note=note)})
    assert note in outline(_report(noted))
    assert [one.entity for one in proofread(noted) if one.rule == "phone"] == ["criterion"]


def test_what_was_typed_is_no_code_in_a_table_of_criteria() -> None:
    strange = "<img src='/etc/hostname'> & {{ }} <redacted>"
    state = fidelity.third_round()
    key = "1/a/patient/R2"
    noted = changed(state, criteria={**state.criteria, key: msgspec.structs.replace(state.criteria[key], note=strange)})
    shown = "".join("".join(pages(FORMATS["pdf"].render(_report(noted)))).split())
    assert "".join(strange.split()) in shown


@pytest.mark.parametrize("name", fidelity.VISITS)
def test_the_pdf_is_for_everybody_and_for_ever_and_word_has_every_drawing_with_its_words(name: str) -> None:
    document = fidelity.reported(name, "circulation")
    assert faults(FORMATS["pdf"].render(document)) == []
    made = "\n".join(word_lines(FORMATS["docx"].render(document)))
    for block in slopes(document):
        assert block.caption in made


@pytest.mark.parametrize("profile", PROFILES)
def test_no_criterion_is_said_to_be_met_that_is_not(profile: Profile) -> None:
    verdicts = criterion_verdicts(fidelity.third_round())
    said = {"✓ met": "met", "× not met": "not_met", "? not established": "not_established"}
    seen = 0
    for number, letter, cell in _together(fidelity.reported("three rounds", profile)):
        assert said[cell] == verdicts[number][letter], (number, letter)
        seen += 1
    assert seen == sum(map(len, verdicts.values()))


def _together(document: Document) -> Iterator[tuple[str, str, str]]:
    """Item, letter and what holds together, of every table of criteria."""
    for block in document.parts:
        if isinstance(block, Table) and "what each source says" in block.caption:
            number = block.caption.removeprefix("Item ").partition(":")[0]
            for row in block.rows:
                yield number, plain_text(row[0]).partition(" ")[0], plain_text(row[-1]).partition("\n")[0]


def _report(state: s.VisitState) -> Document:
    return build(state, status(state), profile="host", today=fidelity.TODAY)


def test_the_criteria_of_a_standard_of_met_and_not_met_are_ticks_that_decide_nothing() -> None:
    state = fidelity.two_lenses()
    first = state.instrument.standards[0]
    listed = msgspec.structs.replace(first, criteria=fidelity.SCALE.standards[0].criteria[:2])
    standards = (listed, *state.instrument.standards[1:])
    with_list = changed(
        state, also=None, crosswalk=None, also_agreed={},
        instrument=msgspec.structs.replace(state.instrument, standards=standards),
        criteria=keyed(
            CriterionRecord(
                key=f"{first.number}/a/patient/R2", person="R2", standard=first.number, criterion="a", source="patient",
                value="met",
            )
        ),
    )  # fmt: skip
    text = outline(_report(with_list))
    assert "1 of 2 points" in text and f"[table] Standard {first.number}: what each source says" in text


@pytest.mark.parametrize("many", [1, 7, 8, 9, 16, 17, 39])
def test_rounds_of_many_items_are_drawn_in_pieces_that_fit_on_a_page(many: int) -> None:
    (__, items) = slopes(fidelity.reported("three rounds", "host"))
    rows = tuple(msgspec.structs.replace(items.rows[0], label=f"row {n}") for n in range(many))
    made = [*pieces(msgspec.structs.replace(items, rows=rows))]
    assert [row for piece in made for row in piece.rows] == [*rows]
    assert max(len(piece.rows) for piece in made) - min(len(piece.rows) for piece in made) <= len(made)
    assert all(drawing(piece, house_style.TEXT_WIDTH).height < 0.9 * house_style.TEXT_HEIGHT for piece in made)


@pytest.mark.parametrize("lines", [3, 12, 30])
def test_what_is_left_of_a_table_goes_on_at_the_head_of_a_page_and_not_below_its_own_first_rows(lines: int) -> None:
    rows = tuple((text(f"row {n}"), text("\n".join(["a line"] * lines))) for n in range(12))
    table = Table(caption="", columns=(Column(title="HEADING"), Column(title="What")), rows=rows)
    document = msgspec.structs.replace(fidelity.reported("three rounds", "host"), parts=(table,))
    assert {page.count("HEADING") for page in pages(FORMATS["pdf"].render(document))} == {1}
