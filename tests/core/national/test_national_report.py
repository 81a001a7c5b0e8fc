"""The national report of the example set: every printed share of 2021, every number from the figures, words once."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from reviewapp.codebooks.library import builtin
from reviewapp.figures.benchmark import benchmark_for
from reviewapp.national.figures import NationalFigures
from reviewapp.national.model import Practice, Quote
from reviewapp.national.report.material import NationalMaterial, Words
from reviewapp.national.report.workbook import workbook
from reviewapp.report.chart_blocks import Chart, Dots, Slopes
from reviewapp.report.content.status_path import resolve
from reviewapp.report.docx.render import docx_bytes
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import Computed, plain_text
from reviewapp.report.tree import Document, Heading, Listing, Paragraph, Table, computed_numbers
from reviewapp.report.tree import Quote as QuoteBlock
from tests.core.national import second_set
from tests.core.national.reported import CODES, document, golden_figures, material
from tests.core.national.sets import figures as figures_of
from tests.core.national.teams_2021 import INSTRUMENT
from tests.core.report.word_schema import schema_faults

WORDS = Words(
    quotes=(
        Quote(record="quote/Q1/R2", text="They came when they said.", group="patient", standards=("151", "1")),
        Quote(record="quote/Q2/R2", text="Nobody asked how I was.", group="carer", standards=("36",)),
        Quote(record="quote/Q3/R2", text="It rained.", group="staff"),
    ),
    practice=(
        Practice(record="passage/practice:153", text="One number on a card.", standards=("153",), team="Example team"),
        Practice(record="passage/practice:54", text="A carer on every panel.", standards=("54",)),
    ),
)


@pytest.fixture(scope="module")
def figures() -> NationalFigures:
    return golden_figures()


@pytest.fixture(scope="module")
def everybodys(figures: NationalFigures) -> Document:
    return document(material(figures, words=WORDS))


def texts(report: Document) -> str:
    return "\n".join(words(part) for part in report.parts)


def words(part: Any) -> str:
    match part:
        case Paragraph() | Heading():
            return plain_text(part.runs)
        case Listing():
            return "\n".join(plain_text(item) for item in part.items)
        case Table():
            return "\n".join(" | ".join(plain_text(cell) for cell in row) for row in part.rows)
        case Dots():
            return "\n".join(f"{row.label} | {plain_text(row.note)}" for row in part.rows)
        case QuoteBlock():
            return f"{part.text}\n{part.whose}"
        case _:
            return ""


def test_every_share_printed_in_2021_is_printed_but_the_one_that_cannot_be(everybodys: Document) -> None:
    known = benchmark_for(INSTRUMENT)
    assert known is not None
    shown = texts(everybodys)
    for name, percent in known.by_section.items():
        assert f"{name} | {percent}% | " in shown
    for kind, percent in known.by_type.items():
        assert f"Type {kind} | {percent}% | " in shown
    printed = {(n.from_, n.text) for n in computed_numbers(everybodys.parts)}
    for number, percent in known.by_standard.items():
        assert (f"by_standard.{number}.percent", f"{percent}%") in printed
    assert "All standards | 77% | 978 of 1276" in shown


def test_every_printed_number_is_the_figure_it_names(everybodys: Document) -> None:
    numbers = list(computed_numbers(everybodys.parts))
    assert len(numbers) > 700
    for one in numbers:
        assert resolve(everybodys.rests_on["figures"], one.from_) == one.value


def test_figures_and_tables_are_numbered_without_a_gap_and_none_twice(everybodys: Document) -> None:
    captions = [part.caption for part in everybodys.parts if isinstance(part, Table | Dots | Chart)]
    for kind in ("Figure", "Table"):
        numbers = [int(one.split()[1].rstrip(".")) for one in captions if one.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_headings_have_ids_of_their_own_and_no_level_is_jumped(everybodys: Document) -> None:
    headings = [part for part in everybodys.parts if isinstance(part, Heading)]
    assert max(Counter(one.id for one in headings).values()) == 1
    levels = [0, *(one.level for one in headings)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_quote_and_example_stands_once_with_the_role_of_who_said_it(everybodys: Document) -> None:
    shown = texts(everybodys)
    for quote in WORDS.quotes:
        assert shown.count(quote.text) == 1
    for example in WORDS.practice:
        assert shown.count(example.text) == 1
    assert "— A patient, on standards 151 and 1" in shown
    assert "— A member of staff\n" in f"{shown}\n"
    assert "Example team: One number on a card." in shown
    assert "A team: A carer on every panel." in shown


def test_teams_stand_in_the_order_of_their_random_codes_never_of_their_shares(everybodys: Document) -> None:
    teams = [part for part in everybodys.parts if isinstance(part, Dots) and part.rows[0].label.startswith("Team ")]
    assert len(teams) == 7
    for plot in teams:
        assert [row.label for row in plot.rows] == [f"Team {code}" for code in sorted(CODES.values())]
        assert not any(row.own for row in plot.rows)


def test_no_code_of_the_office_is_printed(everybodys: Document) -> None:
    shown = texts(everybodys)
    assert not [team for team in CODES if team in shown]


def test_a_teams_own_copy_fills_its_dot_and_says_whose_it_is(figures: NationalFigures) -> None:
    own = document(material(figures, own="T07"))
    for plot in (part for part in own.parts if isinstance(part, Dots) and part.rows[0].label.startswith("Team ")):
        assert [row.label for row in plot.rows if row.own] == [f"Team {CODES['T07']}"]
    assert f"for team {CODES['T07']} only" in plain_text(own.parts[0].facts[3].runs)  # type: ignore[union-attr]


def test_two_cycles_stand_side_by_side_on_the_teams_that_were_in_both() -> None:
    found = figures_of(second_set.both_cycles(), second_set.RATED)
    codes = {team.code: f"{n:02}" for n, team in enumerate(found.teams)}
    made = NationalMaterial(found, second_set.RATED, words=Words(), passages={}, codes=codes)
    report = document(made)
    (slopes,) = [part for part in report.parts if isinstance(part, Slopes)]
    assert slopes.rounds == ("2025", "2026")
    assert "2025 and 2026, teams reviewed in both" in "".join(getattr(one, "caption", "") for one in report.parts)
    assert report.mark == "DRAFT"
    assert pdf_bytes(report).startswith(b"%PDF")


def test_a_scored_set_prints_totals_subscales_and_items_and_no_share_of_standards_met() -> None:
    found = figures_of(second_set.scored(), second_set.SCORED)
    codes = {team.code: f"{n:02}" for n, team in enumerate(found.teams)}
    made = NationalMaterial(found, second_set.SCORED, words=Words(), passages={}, codes=codes)
    report = document(made)
    (totals,) = [part for part in report.parts if isinstance(part, Dots)]
    assert (totals.lowest, totals.highest, len(totals.rows)) == (8.0, 40.0, 7)
    assert [plain_text(row.note) for row in totals.rows].count("open") == 1
    assert "Met of applicable" not in texts(report)
    for one in computed_numbers(report.parts):
        assert resolve(report.rests_on["figures"], one.from_) == one.value
    assert schema_faults(docx_bytes(report)) == []


def test_quotes_without_a_standard_stand_under_their_theme(figures: NationalFigures) -> None:
    theme = builtin()[0].themes[-1]
    words = Words(quotes=(Quote(record="quote/Q1/R2", text="It was calm.", group="patient", themes=(theme.id,)),))
    report = document(material(figures, words=words))
    headings = [plain_text(part.runs) for part in report.parts if isinstance(part, Heading)]
    assert theme.title in headings


def test_nothing_stands_among_most_and_least_met_at_once(figures: NationalFigures) -> None:
    for name, most in figures.most_met.items():
        assert not {one.number for one in most} & {one.number for one in figures.least_met[name]}


def test_every_place_of_a_passage_is_printed_once(figures: NationalFigures) -> None:
    from reviewapp.national.report.passages import places

    empty = {"cycles"}  # one cycle has nothing to stand beside
    written = {place: f"The passage at {place}." for place in places(INSTRUMENT)}
    shown = texts(document(material(figures, written)))
    assert {place for place, said in written.items() if shown.count(said) != 1} == empty


def test_a_section_in_which_nothing_applies_says_so_and_is_never_0_per_cent(figures: NationalFigures) -> None:
    name = "Staffing and training"
    none = msgspec.structs.replace(figures.by_section[name], met=0, not_met=0, na=116, applicable=0, percent=None)
    changed = msgspec.structs.replace(figures, by_section=figures.by_section | {name: none})
    shown = texts(document(material(changed)))
    assert f"{name} | none applicable | none applicable" in shown


def test_drafts_make_the_report_a_draft_and_are_told_on_its_cover(figures: NationalFigures) -> None:
    report = document(material(msgspec.structs.replace(figures, drafts=3)))
    assert report.mark == "DRAFT"
    assert "Drafts are included" in [one.title for one in report.parts[0].notices]  # type: ignore[union-attr]


def test_an_empty_set_says_that_nothing_counts(figures: NationalFigures) -> None:
    empty = msgspec.structs.replace(figures, n_teams=0, n_visits=0, teams=[])
    assert "Nothing to report yet" in texts(document(material(empty)))


def test_the_same_figures_give_the_same_bytes(everybodys: Document, figures: NationalFigures) -> None:
    assert pdf_bytes(everybodys) == pdf_bytes(document(material(figures, words=WORDS)))
    assert docx_bytes(everybodys) == docx_bytes(document(material(figures, words=WORDS)))


def test_the_alternative_of_every_picture_tells_every_value(everybodys: Document) -> None:
    for plot in (part for part in everybodys.parts if isinstance(part, Dots)):
        for row in plot.rows:
            assert f"{row.label}: {plain_text(row.note)}" in plot.alt


def test_a_withheld_number_is_words_and_no_number(figures: NationalFigures) -> None:
    answers = figures.surveys["carer"]
    hidden = {"yes": None, "no": None, "na": None, "n": None, "percent": None, "visits": 3}
    changed = msgspec.structs.replace(answers, standards=answers.standards | {"47": hidden})
    masked = msgspec.structs.replace(figures, surveys=figures.surveys | {"carer": changed})
    made: NationalMaterial = material(masked)
    run = made.number("surveys.carer.standards.47.n")
    assert not isinstance(run, Computed) and run.text == "too few to show"
    assert "1 standard is not shown: too few people answered." in texts(document(made))


def test_shares_of_a_few_standards_are_counts():
    parts = document(material(golden_figures())).parts
    table = next(one for one in parts if isinstance(one, Table) and one.caption.endswith("by team and section"))
    assert all(plain_text(cell).endswith(("of 4", "none applicable", "not rated")) for _, _, _, cell, *_ in table.rows)
    assert all(plain_text(row[1]).endswith("%") for row in table.rows)


def test_the_workbook_prints_as_wide_as_the_paper_with_its_heads_on_every_page():
    made = load_workbook(BytesIO(workbook(material(golden_figures()), number=1)))
    for sheet in made:
        assert sheet.print_title_rows == "$1:$1" and sheet.sheet_properties.pageSetUpPr.fitToPage
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                wide = sheet.column_dimensions[cell.column_letter].width
                assert not isinstance(cell.value, str) or wide >= min(len(cell.value), 70)
