"""The report is short enough to be read: its pages are counted, and nothing in it is told twice."""

from __future__ import annotations

from collections import Counter
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from reviewapp.figures.gaps import gaps, recommendation_place
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status
from reviewapp.report.chart_blocks import Dumbbells, Tiles
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.profiles import PROFILES
from reviewapp.report.runs import Computed, plain_text
from reviewapp.report.tree import Block, Cards, Document, Fact, Facts, Heading, PageBreak, Profile, Quote
from tests.core.report import fidelity
from tests.core.report.building import report, rich_visit
from tests.core.report.large import large_report
from tests.core.report.sampled import sample_report, sample_visit
from tests.core.report.test_golden import outline

MAIN, WHOLE = 16, 34
"""The most pages of the sample's main part, and of the whole report."""

every_copy = pytest.mark.parametrize("profile", PROFILES)


@cache
def sample(profile: Profile) -> Document:
    return sample_report(profile)


def main_part(document: Document) -> list[Block]:
    """Everything before the first appendix."""
    place = next(n for n, one in enumerate(document.parts) if isinstance(one, Heading) and one.id == "standards")
    return list(document.parts[:place])


@every_copy
def test_the_sample_has_no_more_pages_than_people_read(profile: Profile) -> None:
    reader = PdfReader(BytesIO(pdf_bytes(sample(profile))))
    tops = {one.title: reader.get_destination_page_number(one) for one in reader.outline if not isinstance(one, list)}
    appendix = next(page for title, page in tops.items() if title and title.startswith("Appendix A"))
    assert tops["Summary"] == 1, "the decision sheet is page 2"
    assert appendix is not None and appendix <= MAIN, "pages before the first appendix"
    assert len(reader.pages) <= WHOLE


@every_copy
def test_every_quote_is_printed_once_and_numbered_in_the_order_in_which_it_is_read(profile: Profile) -> None:
    for document in (sample(profile), report(profile=profile), fidelity.reported("two lenses", profile)):
        quotes = [block for block in document.parts if isinstance(block, Quote)]
        assert [one.number for one in quotes] == list(range(1, len(quotes) + 1))
        text = outline(document)
        for words, printed in Counter(one.text for one in quotes).items():
            assert text.count(words) == printed, words


@every_copy
def test_each_standard_not_met_is_told_once(profile: Profile) -> None:
    state, document = sample_visit(), sample(profile)
    text = outline(document)
    assert gaps(state)
    for standard in gaps(state):
        recommended = state.passages[recommendation_place(standard.number)].text.strip()
        why = state.agreed[standard.number].reason.strip()
        for once in (standard.statement, recommended, why):
            assert text.count(once) == 1, once
        ids = [one.id for one in document.parts if isinstance(one, Heading)]
        assert ids.count(f"improvement-{standard.number}") == ids.count(f"standard-{standard.number}") == 1


@every_copy
def test_each_standard_met_is_a_card_of_at_most_five_lines(profile: Profile) -> None:
    cards = [card for one in sample(profile).parts if isinstance(one, Cards) for card in one.cards]
    met = [number for number, one in sample_visit().agreed.items() if one.value == "met"]
    assert {card.id for card in cards} >= {f"achievement-{number}" for number in met}
    assert len({card.id for card in cards}) == len(cards)
    assert all(2 + len(card.lines) <= 5 for card in cards), "title, rating with sources, and three more"


@pytest.mark.parametrize("state", [rich_visit(), sample_visit()])
def test_the_tiles_show_what_the_figures_count(state) -> None:
    figures = status(state)["figures"]
    (tiles,) = [one for one in report(state).parts if isinstance(one, Tiles)]
    for column, at in zip(tiles.columns, range(len(tiles.columns)), strict=True):
        found = Counter(tile.verdict for row in tiles.rows for tile in row.cells[at])
        counts = figures["by_type"][column.title.removeprefix("Type ")]
        kinds = {"strength": "met", "gap": "not_met", "na": "na", "unrated": "unrated"}
        assert {kinds[verdict]: many for verdict, many in found.items()} == {
            name: counts[name] for name in kinds.values() if counts[name]
        }
    for row in tiles.rows:
        met = sum(tile.verdict == "strength" for cell in row.cells for tile in cell)
        assert met == figures["by_section"][row.label]["met"]
    assert sum(len(cell) for row in tiles.rows for cell in row.cells) == len(state.instrument.standards)


def test_the_dumbbells_count_what_both_sides_rated_and_their_title_is_the_message() -> None:
    (found,) = [one for one in sample("committee").parts if isinstance(one, Dumbbells)]
    assert plain_text(found.title) == "The team rated itself met on 5 standards that reviewers did not"
    full = with_report_counts(sample_visit(), status(sample_visit()))
    assert [run.value for run in found.title if isinstance(run, Computed)] == [full["self_review_compared"]["lower"]]
    assert all(row.of is not None and row.first.value <= row.of.value >= row.second.value for row in found.rows)


def test_the_decision_sheet_names_who_does_what_by_when_and_what_is_asked() -> None:
    parts = sample("committee").parts
    first = next(n for n, one in enumerate(parts) if isinstance(one, Heading))
    end = next(n for n, one in enumerate(parts) if n > first and isinstance(one, PageBreak))
    sheet = Document(
        title="", subject="", status="draft", profile="committee", running="", parts=parts[first:end], made="2026-11-21"
    )
    text = outline(sheet)
    assert "Team manager, by 26 February 2027 (in progress)" in text
    assert "at least one threshold is not reached" in text
    assert "Asked of you: Decide on presentation 1 of at most 3: accredited, deferred or not accredited." in text
    assert "2 immediate concerns were raised" in text


def test_the_copy_for_circulation_prints_no_owner_of_an_action() -> None:
    assert "Team manager, by" not in outline(sample("circulation"))
    assert "Team manager, by" in outline(sample("host"))


def test_a_written_summary_removes_nothing() -> None:
    written, without = sample("committee"), report(rich_visit())
    for document in (written, without):
        kinds = [type(one) for one in main_part(document)]
        assert kinds.count(Tiles) == kinds.count(Dumbbells) == 1


def test_two_hundred_standards_stay_readable() -> None:
    document = large_report()
    (tiles,) = [one for one in document.parts if isinstance(one, Tiles)]
    assert sum(len(cell) for row in tiles.rows for cell in row.cells) == 200


def test_no_label_of_a_fact_is_blank() -> None:
    facts: list[Fact] = [row for one in sample("committee").parts if isinstance(one, Facts) for row in one.rows]
    assert all(fact.label.strip() and plain_text(fact.runs).strip() for fact in facts)


def test_the_picture_of_the_self_review_says_which_standards_it_leaves_out():
    """On the page before, a section of the sample has 18 standards that apply, and in the picture 17."""
    assert "The picture counts those that both rated met or not met." in outline(sample("committee"))
