"""The report as one file for a browser: complete, the same as the PDF, and safe whatever was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.report import house_style
from reviewapp.report.chart_blocks import Chart
from reviewapp.report.escape import for_html
from reviewapp.report.html.look import DARK, NAMES, colour_value
from reviewapp.report.html.render import html_bytes
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Heading, Paragraph, Profile, Table, computed_numbers
from tests.core.report.building import empty_visit, report, rich_visit
from tests.core.report.html.html_checks import html_faults, html_words
from tests.core.report.pdf.test_pdf import HOSTILE, all_blocks, coded
from tests.core.report.reading import squeezed


def page(document) -> str:
    return html_bytes(document).decode()


@pytest.mark.parametrize("profile", ["committee", "host", "circulation"])
@pytest.mark.parametrize("state", [rich_visit(), empty_visit()])
def test_nothing_is_run_or_fetched_and_everything_is_marked_as_what_it_is(state, profile):
    assert html_faults(page(report(state, profile=profile))) == []


def test_every_kind_of_block_is_written_with_code_in_it():
    made = page(all_blocks(HOSTILE))
    assert html_faults(made) == []
    assert "<img src" not in made


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), coded))
def test_what_is_typed_comes_back_exactly_and_is_never_code(typed):
    made = page(all_blocks(typed))
    assert html_faults(made) == []
    assert made.count(for_html(typed)) >= 5


def test_lone_surrogates_and_control_letters_are_signed():
    assert "[U+D800]" in page(all_blocks("\ud800x"))
    assert "[U+0007]" in page(all_blocks("\x07"))


def test_the_page_says_what_the_pdf_says():
    document = report()
    words = html_words(page(document))
    for block in document.parts:
        if isinstance(block, Heading | Paragraph):
            assert squeezed(plain_text(block.runs)) in words
        elif isinstance(block, Table):
            assert all(squeezed(plain_text(cell)) in words for row in block.rows for cell in row)
    for number in computed_numbers([b for b in document.parts if not isinstance(b, Chart)]):
        assert squeezed(number.text) in words


def test_no_quote_without_consent_and_no_note_for_the_host_leaks_into_the_page():
    secrets: dict[Profile, str] = {"host": "WITHOUT CONSENT", "circulation": "ONLY FOR THE HOST"}
    for profile, secret in secrets.items():
        assert secret not in page(report(profile=profile))


def test_the_same_visit_gives_the_same_bytes():
    assert html_bytes(report()) == html_bytes(report())


def test_a_draft_says_so_on_the_page_and_in_its_title():
    made = page(report())
    assert '<p class="mark">DRAFT</p>' in made
    assert re.search(r"<title>DRAFT – ", made)


def test_every_page_has_its_accessibility_statement():
    assert 'id="accessibility"' in page(report())


def test_text_and_charts_stand_out_in_light_and_in_the_dark():
    light = {name: colour for colour, name in NAMES.items()}
    assert light.keys() == DARK.keys()
    for look in (light, DARK):
        for name in ("ink", "muted", "accent", "alert"):
            for ground in ("paper", "tint", "warm"):
                assert contrast(look[name], look[ground]) >= 4.5, (name, ground)
        for name in ("axis", "mid", "accent", "alert"):
            assert contrast(look[name], look["paper"]) >= 3, name
        assert contrast(look["paper"], look["accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_a_chart_follows_light_and_dark():
    assert colour_value(house_style.ACCENT) == "var(--accent)"
    shapes = re.findall(r"(?:fill|stroke):(#[0-9A-Fa-f]+)", page(report()).split("</style>")[1])
    assert {*shapes} == set()


def test_the_decision_sheet_and_the_numbers_of_quotes_lead_to_what_they_name():
    made = page(report(rich_visit()))
    sheet = made.partition('id="summary"')[2].partition("<h2")[0]
    assert re.search(r'<a href="#standard-[^"]+"><strong>', sheet)
    assert re.search(r'<a href="#improvement-[^"]+"><strong>', sheet)
    assert re.search(r'<a href="#[a-z]+-[^"]+">Quotes? \d+</a>', made)


def test_on_a_telephone_pictures_scroll_by_themselves_and_sources_are_told_in_words():
    made = page(report(rich_visit()))
    assert '<div class="wide picture" tabindex="0" role="region" aria-label="All ' in made
    assert re.search(r'<p class="told">Heard: [a-z ,]+\.', made)


def test_letters_of_a_picture_are_as_wide_as_they_were_laid_out():
    labels = re.findall(r"<text [^>]*>(?=[^<\s])", page(report(rich_visit())))
    assert labels and all("textLength=" in one for one in labels)
