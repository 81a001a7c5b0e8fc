"""One part of the report by itself."""

from __future__ import annotations

import pytest

from reviewapp.report.content.excerpt import excerpt
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Contents, Heading
from tests.core.report.building import report
from tests.core.report.large import SECTIONS, large_report
from tests.core.report.reading import pages


def headings(document):
    return [block.id for block in document.parts if isinstance(block, Heading)]


@pytest.mark.parametrize("anchor", ["summary", "figures", "improvements", "method"])
def test_it_is_the_part_as_it_stands_in_the_whole(anchor):
    whole, part = report(), excerpt(report(), anchor)
    assert headings(part)[0] == anchor
    start = whole.parts.index(part.parts[0])
    held = [b for b in whole.parts[start:] if not isinstance(b, Contents)]  # of a part alone they would mislead
    assert tuple(held[: len(part.parts)]) == part.parts
    after = [b for b in held[len(part.parts) :] if isinstance(b, Heading)]
    assert not after or after[0].level == 1


def test_a_heading_within_a_part_brings_its_part():
    assert headings(excerpt(report(), "improvement-36"))[0] == "improvements"


def test_of_the_standards_of_a_large_visit_only_one_section_is_set():
    whole = large_report()
    assert headings(excerpt(whole, "standards"))[:2] == ["standards", "section-0"]
    first, second = headings(excerpt(whole, "section-0")), headings(excerpt(whole, "section-1"))
    assert (first[:2], second[:2]) == (["standards", "section-0"], ["standards", "section-1"])
    assert not set(first[1:]) & set(second[1:])
    assert headings(excerpt(whole, second[-1])) == second
    found = {h for n in range(len(SECTIONS)) for h in headings(excerpt(whole, f"section-{n}"))}
    assert {h for h in headings(whole) if h.startswith("standard-")} <= found
    assert pdf_bytes(excerpt(whole, "section-3"))


def test_an_unknown_heading_brings_the_first_part():
    assert headings(excerpt(report(), "nowhere"))[0] == "summary"


def test_its_pages_bear_no_numbers_and_have_their_margins_and_heads():
    made = pages(pdf_bytes(excerpt(report(), "figures")))
    assert all("DRAFT" in page for page in made)
    assert not any("Page 1" in page for page in made)
    assert plain_text(next(b for b in report().parts if isinstance(b, Heading) and b.id == "figures").runs) in made[0]
