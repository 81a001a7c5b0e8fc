"""The PDF as a reader has it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reviewapp.report.chart_blocks import Chart, Group
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import Computed, Text, plain_text
from reviewapp.report.tree import (
    Callout,
    Column,
    Contents,
    Cover,
    Document,
    Fact,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    computed_numbers,
)
from tests.core.report.building import empty_visit, report, rich_visit, saying
from tests.core.report.reading import as_pdf_shows, pages, pdf_text, squeezed

HOSTILE = (
    '<redacted> <b>b</b> <img src="/etc/passwd"/> &amp; {{ }} =HYPERLINK("x") \x07 \U0001f600 \u202e Ŵyn Ωμέγα Жизнь ✗'
)


CODE = (
    "<redacted>", "<b>", "</b>", '<img src="/etc/passwd"/>', "&amp;", "&#65;", "{{ visit }}", "{% x %}", "${HOME}",
    '=HYPERLINK("x")', "+cmd|' /C calc'!A0", "@SUM(1)", "<!--", "]]>", "%s", "%later 0", "\\n", "(", ")",
    "\x00", "\x07", "\x1b[31m", "\u202e", "\u200d", "\U0001f600", "\U0001f468\u200d\U0001f469", "Ŵyn", "Ωμέγα", "Жизнь",
    "مرحبا", "✗", "\ufffe",
)  # fmt: skip
"""What other programs take for markup, a template, a formula or an order, and what no font here has."""
coded = st.lists(st.sampled_from(CODE) | st.text("ab \n\t<>&=", max_size=3), min_size=1, max_size=8).map("".join)


@cache
def host_pdf() -> bytes:
    """The document for the host, set once."""
    return pdf_bytes(report())


def words(text):
    return (Text(text=text),)


def document(*blocks):
    return Document(
        title="T",
        subject="Peer review report",
        status="draft",
        profile="host",
        running="R",
        parts=blocks,
        made="2026-11-21",
    )


def all_blocks(typed):
    """A document that prints `typed` in every kind of block."""
    number = Computed(text="50 %", value=50, from_="x")
    return document(
        Cover(
            kind_of_report="Report",
            title=typed or "-",
            subtitle=typed,
            facts=(Fact(label="Who", runs=words(typed)),),
            notices=(Callout(title="DRAFT", runs=words(typed)),),
        ),
        Contents(title="Contents"),
        Heading(level=1, runs=words(typed), id="a"),
        Paragraph(runs=words(typed)),
        Listing(items=(words(typed),)),
        Facts(rows=(Fact(label="Said", runs=words(typed)),)),
        Table(
            caption=typed,
            columns=(Column(title="A", weight=3), Column(title="B", align="right")),
            rows=((words(typed), (number,)),),
        ),
        Quote(text=typed, label="P1", group="patient"),
        Chart(caption=typed, alt=typed, series=("x",), groups=(Group(label=typed, bars=(number, None)),)),
        PageBreak(),
        Callout(title="Note", runs=words(typed)),
    )


TYPED_IN = 10
"""Blocks above that print all of what was typed, the contents included (the chart's label may be cut)."""


@settings(max_examples=12)
@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]) | st.sampled_from(" \n\t\x07"), max_size=60))
def test_what_is_typed_comes_back_or_is_signed(typed):
    shown = as_pdf_shows(typed)
    if shown:
        assert pdf_text(pdf_bytes(all_blocks(typed))).count(shown) >= TYPED_IN


@settings(max_examples=15)
@given(coded)
def test_what_looks_like_code_comes_back_from_every_block(typed):
    text = pdf_text(pdf_bytes(all_blocks(typed)))
    assert text.count(as_pdf_shows(typed)) >= TYPED_IN


@settings(max_examples=4)
@given(coded)
def test_what_looks_like_code_comes_back_from_every_place_where_somebody_types(typed):
    shown = as_pdf_shows(typed.strip())  # the report leaves out white space around a text
    assert pdf_text(pdf_bytes(report(saying(typed)))).count(shown) >= 8


def test_code_is_printed_as_typed():
    text = pdf_text(pdf_bytes(report(saying(HOSTILE))))
    assert text.count(as_pdf_shows(HOSTILE)) >= 8
    assert "root:" not in text


@pytest.mark.parametrize("typed", ["x" * 20_000, "long words " * 2_000, "line\n" * 150])
def test_very_long_text_breaks_over_pages_and_nothing_is_lost(typed):
    text = pdf_text(pdf_bytes(all_blocks(typed)))
    for letter in set(as_pdf_shows(typed)):  # letters, as table heads and page numbers come between the pieces
        assert text.count(letter) >= typed.count(letter) * TYPED_IN


def test_every_number_and_every_text_of_the_tree_is_on_paper():
    made = report()
    text = pdf_text(pdf_bytes(made))
    for number in computed_numbers(made.parts):
        assert squeezed(number.text) in text
    for block in made.parts:
        if isinstance(block, Heading | Paragraph):
            assert as_pdf_shows(plain_text(block.runs)) in text
        if isinstance(block, Quote):
            assert as_pdf_shows(block.text) in text


def test_draft_is_on_every_page_and_pages_are_numbered():
    made = pages(host_pdf())
    assert len(made) > 5
    assert all("DRAFT" in page for page in made)
    assert all(f"Page {n} of {len(made)}" in page for n, page in enumerate(made[1:], 2))


def test_a_final_report_bears_no_draft_mark():
    final = document(Heading(level=1, runs=words("One"), id="a"))
    made = pages(
        pdf_bytes(type(final)(**{f: getattr(final, f) for f in final.__struct_fields__} | {"status": "final"}))
    )
    assert not any("DRAFT" in page for page in made)


def test_the_contents_name_the_page_each_part_is_on():
    made = pages(host_pdf())
    lines = made[2].splitlines()
    page = int(next(after for line, after in pairwise(lines) if line.endswith("How this review was done")))
    assert "How this review was done" in made[page - 1]


def test_the_file_says_what_it_is():
    reader = PdfReader(BytesIO(host_pdf()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Peer review report: Example Team, 17 November 2026"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)][:2] == [
        "Summary",
        "The standards at a glance",
    ]


@pytest.mark.parametrize("state", [rich_visit(), empty_visit()])
def test_the_same_visit_gives_the_same_bytes(state):
    assert pdf_bytes(report(state)) == pdf_bytes(report(state))


def test_no_heading_stands_alone_at_the_foot_of_a_page():
    made = report(saying("Some words that fill the page. " * 60))
    headings = {plain_text(b.runs).strip() for b in made.parts if isinstance(b, Heading)}
    made_pages = pages(pdf_bytes(made))
    contents = next(n for n, page in enumerate(made_pages) if "Contents" in page.splitlines())
    for page in made_pages[contents + 1 :]:
        lines = [
            line
            for line in page.splitlines()
            if line.strip() and not line.startswith(("DRAFT", "Page ", "Peer review"))
        ]
        assert lines[-1].strip() not in headings
