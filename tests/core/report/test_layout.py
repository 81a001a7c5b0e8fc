"""How the pages look, measured on the finished PDF: of the sample visit, of a large one, and of very long texts."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise, takewhile

import msgspec
import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from reviewapp.figures.status import status
from reviewapp.report import charts, fonts, house_style
from reviewapp.report.content.build import build
from reviewapp.report.measure import PADDING, WIDEST_WORD, column_widths
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Table
from reviewapp.visit.state import DecisionRecord
from tests.core.report import fidelity
from tests.core.report.building import TODAY, report, saying, with_previous
from tests.core.report.large import large_report
from tests.core.report.measuring import ARTIFACT, Piece, filled, pieces, read
from tests.core.report.pdf.test_pdf import all_blocks
from tests.core.report.sampled import sample_report, sample_visit

REPORTS = {
    "sample": lambda: sample_report("committee"),
    "sample for the host": lambda: sample_report("host"),
    "sample for circulation": lambda: sample_report("circulation"),
    "beside the visit before": lambda: report(with_previous(sample_visit())),
    "large": large_report,
    "long texts": lambda: report(saying("Some words that fill the page. " * 60)),
}
HEADINGS = ("H1", "H2", "H3", "Caption")


@cache
def tree(name: str):
    return REPORTS[name]()


@cache
def measured(name: str) -> list[Piece]:
    return pieces(pdf_bytes(tree(name)))


every_report = pytest.mark.parametrize("name", REPORTS)
unbroken = pytest.mark.parametrize("typed", ["W" * 6_000, "\U0001f600" * 900, "<b>" * 3_000, "=HYPERLINK(1)" * 900])


@every_report
def test_what_is_read_is_at_least_10_points(name):
    assert min(piece.size for piece in measured(name) if piece.role != ARTIFACT) >= 10
    assert min(piece.size for piece in measured(name)) >= 9  # running heads


@every_report
def test_nothing_runs_out_of_the_page_margins(name):
    for piece in measured(name):
        assert piece.left >= house_style.SIDE - 0.5, piece
        assert piece.right <= house_style.PAGE_WIDTH - house_style.SIDE + 0.5, piece
        assert piece.role == ARTIFACT or house_style.BOTTOM - 1 <= piece.base <= house_style.PAGE_HEIGHT - 20, piece


@every_report
def test_no_words_lie_over_others(name):
    assert_apart(measured(name))


def assert_apart(found: list[Piece]) -> None:
    lines: dict[tuple[int, int], list[Piece]] = {}
    for piece in found:
        lines.setdefault((piece.page, round(piece.base)), []).append(piece)
    for line in lines.values():
        line.sort(key=lambda p: p.left)
        for before, after in pairwise(line):
            assert before.right <= after.left + 0.6, (before, after)


@unbroken
def test_what_has_no_space_to_break_at_stays_within_its_margins_and_columns(typed):
    found = pieces(pdf_bytes(all_blocks(typed)))
    assert min(piece.left for piece in found) >= house_style.SIDE - 0.5
    assert max(piece.right for piece in found) <= house_style.PAGE_WIDTH - house_style.SIDE + 0.5
    assert_apart(found)


@every_report
def test_no_heading_stands_alone_at_the_foot_of_a_page(name):
    for held in read(measured(name)).values():
        assert held[-1].role not in HEADINGS, held[-1]


@every_report
def test_every_page_is_a_third_full_but_the_last_of_a_part(name):
    held = read(measured(name))
    first = next(page for page, pieces in held.items() if pieces[0].role == "H1")  # after the cover and the contents
    for page in range(first, max(held)):
        begins_a_part = held[page + 1][0].role == "H1"
        assert begins_a_part or filled(held[page]) >= 1 / 3, f"page {page} is {filled(held[page]):.0%} full"


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "long texts"])
def test_the_summary_is_one_page_and_all_of_it(name):
    held = read(measured(name))
    page = next(number for number, pieces in held.items() if pieces[0].role == "H1")
    assert page == 2, "a decision sheet on the page after the cover"
    assert held[page + 1][0].role in ("H1", "H2", "P"), "what was written, or the contents, begin on the next page"
    assert not any(piece.role in ("H1", "H2") for piece in held[page][1:] if piece.size > 20)
    assert filled(held[page]) > 1 / 3


@every_report
def test_no_column_is_narrower_than_its_longest_word(name):
    fonts.register()
    for table in [block for block in tree(name).parts if isinstance(block, Table)]:
        for place, (column, room) in enumerate(
            zip(table.columns, column_widths(table, house_style.TEXT_WIDTH), strict=True)
        ):
            words = [column.title, *(plain_text(row[place]) for row in table.rows)]
            longest = max((_wide(word) for text in words for word in text.split()), default=0)
            assert room - 2 * PADDING >= min(longest, WIDEST_WORD - 2 * PADDING) - 0.01, (table.caption, column.title)


def _wide(word: str) -> float:
    return float(stringWidth(word, fonts.BOLD, house_style.SMALL_SIZE))


@every_report
def test_every_page_of_a_table_begins_with_its_head(name):
    for page, held in read(measured(name)).items():
        if held[0].role in ("TD", "TH"):
            above = [p for p in measured(name) if p.page == page and p.role == ARTIFACT and p.base > held[0].base]
            assert any(house_style.SMALL_SIZE <= p.size < 11 for p in above), f"page {page}"


@every_report
def test_no_row_of_a_table_stands_alone_on_its_last_page(name):
    for page, held in read(measured(name)).items():
        cells = list(takewhile(_is_cell, held))
        rows = {round(piece.base) for piece in cells if piece.role == "TH"}
        assert len(rows) != 1, f"page {page}"


def _is_cell(piece: Piece) -> bool:
    return piece.role in ("TD", "TH")


def test_bars_can_be_told_apart_without_colour():
    looks = [(round(_grey(fill), 1), _grey(line) < 0.75, stripes) for fill, line, stripes in charts.FILLS]
    assert len(set(looks)) == len(charts.FILLS) >= 5
    for one, other in pairwise(charts.FILLS):
        assert abs(_grey(one[0]) - _grey(other[0])) > 0.2 or one[2] != other[2]


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_contents_of_a_visit_seen_by_two_instruments_stand_on_one_page():
    made = pdf_bytes(fidelity.reported("two lenses", "committee"))
    words = PdfReader(BytesIO(made)).pages[2].extract_text()
    assert "Contents" in words and "Appendix H" in words


def test_the_contents_of_a_report_that_was_decided_on_stand_on_one_page():
    decided = DecisionRecord(key="1", presentation=1, label="deferred", date="2027-01-20")
    state = msgspec.structs.replace(sample_visit(), decisions={"1": decided})
    made = pdf_bytes(build(state, status(state), today=TODAY))
    words = PdfReader(BytesIO(made)).pages[2].extract_text()
    assert "Contents" in words and "Appendix G" in words
