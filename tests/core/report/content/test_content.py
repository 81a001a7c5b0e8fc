"""What a report says of a visit, and what it keeps to itself."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.figures.status import status
from reviewapp.report.chart_blocks import Dumbbells, Tiles
from reviewapp.report.content.ranking import gaps
from reviewapp.report.content.report_data import ReportData
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Callout, Cards, Cover, Heading, Listing, Paragraph, Quote, Table
from reviewapp.visit.state import ConcernRecord, DecisionRecord, InterviewRecord, PersonRecord, RatingRecord, TextRecord
from tests.core.report.building import empty_visit, report, rich_visit
from tests.core.visit.building import scored_instrument
from tests.core.visit.building import visit as scored_visit


def everything(document):
    """Every word of a tree, as one text."""
    return msgspec.json.encode(document.parts).decode()


def part(document, anchor):
    """The blocks from the level 1 heading `anchor` to the next one."""
    found, inside = [], False
    for block in document.parts:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.id == anchor
        if inside:
            found.append(block)
    return found


def test_the_parts_come_in_the_order_a_reader_needs():
    headings = [b.id for b in report().parts if isinstance(b, Heading) and b.level == 1]
    assert headings == [
        "summary",
        "figures",
        "compared",
        "concerns",
        "improvements",
        "achievements",
        "conflicts",
        "standards",
        "voices",
        "case-notes",
        "differences",
        "service",
        "method",
    ]


@pytest.mark.parametrize("state", [rich_visit(), empty_visit()])
def test_headings_never_jump_and_have_names_of_their_own(state):
    headings = [b for b in report(state).parts if isinstance(b, Heading)]
    levels = [b.level for b in headings]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    assert len({b.id for b in headings}) == len(headings)


def test_every_table_row_has_a_cell_for_every_column():
    for block in report().parts:
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} <= {len(block.columns)}


def test_a_quote_without_consent_never_appears():
    for profile in ("host", "circulation"):
        assert "WITHOUT CONSENT" not in everything(report(profile=profile))


def test_a_quote_whose_conversation_is_gone_never_appears():
    state = rich_visit()
    state.interviews = {k: v for k, v in state.interviews.items() if k != "P1/R4"}
    assert "They asked me first" not in everything(report(state))


def test_the_copy_for_circulation_leaves_out_what_is_for_the_host_alone():
    host, wide = everything(report()), everything(report(profile="circulation"))
    for words in ("SOMEBODY AT RISK", "ONLY FOR THE HOST", "seen in the leaflet", "Example Name", "version 0"):
        assert words in host
        assert words not in wide
    assert "They asked me first" in wide


def test_small_numbers_and_what_would_reveal_them_are_not_in_the_copy_for_circulation():
    survey = ReportData(rich_visit(), status(rich_visit()), "circulation")
    assert plain_text(survey.share("survey.carer.standards.36")) == "too few to show"  # 7 of 9: two said no
    assert plain_text(survey.share("survey.patient.standards.4")) == "too few to show"  # 4 of 16 said no
    assert plain_text(survey.share("survey.patient.standards.36")) == "6 of 16"
    assert plain_text((survey.people("material.people_spoken_to.patient"),)) == "fewer than 5"


def test_people_are_letters_and_numbers():
    labels = {b.label for b in report().parts if isinstance(b, Quote)}
    assert labels == {"P1", "C1", "S1–S3"}


def test_nobody_is_shown_as_the_reviewer_who_differed():
    table = next(b for b in part(report(), "differences") if isinstance(b, Table))
    rated = {plain_text(row[0]): plain_text(row[3]) for row in table.rows}
    assert rated == {"4  Sharing is agreed": "1 Met, 1 Not met", "47  Feedback is acted on": "1 Met, 1 Not met"}


def test_a_disagreement_tells_how_it_was_settled_and_keeps_the_other_view():
    said = everything(report())
    assert "four of us saw it" in said
    assert "one was not asked" in said


def test_a_subset_is_called_one_on_the_cover_in_the_summary_and_with_the_figures():
    document = report()
    cover = next(b for b in document.parts if isinstance(b, Cover))
    assert "subset" in cover.notices[1].title
    assert any(isinstance(b, Callout) for b in part(document, "summary"))
    assert "not an accreditation outcome" in everything(
        msgspec.structs.replace(document, parts=part(document, "figures"))
    )


def test_a_full_set_is_not_called_a_subset():
    state = rich_visit()
    full = msgspec.structs.replace(state.instrument, scope="full", subset_note="")
    assert "subset" not in everything(report(msgspec.structs.replace(state, instrument=full)))


def test_it_is_a_draft_until_the_committee_has_decided():
    assert report().mark == "DRAFT"
    state = rich_visit()
    state.decisions = {
        "1": DecisionRecord(key="1", presentation=1, date="2026-12-01", label="deferred", note="two open")
    }
    document = report(state)
    assert document.mark == ""
    assert "DRAFT" not in everything(document)
    assert "deferred" in everything(document)


def test_a_conflict_is_named_plainly():
    said = plain_text(next(b for b in part(report(), "conflicts") if isinstance(b, Listing)).items[0])
    assert said.startswith("Two laptops hold different text for the written passage “improvements”.")


def test_type_1_comes_first_among_what_is_not_met():
    state = rich_visit()
    agreed = dict(state.agreed)
    agreed["14"] = msgspec.structs.replace(agreed["36"], key="14", standard="14", reason="")
    state.agreed = agreed
    assert gaps(ReportData(state, status(state), "host")) == ["36", "14"]


def test_what_is_not_met_carries_its_recommendation_and_local_context():
    said = everything(msgspec.structs.replace(report(), parts=part(report(), "improvements")))
    assert "Give people their plan." in said
    assert "no printer is funded" in said


def test_a_concern_without_a_time_says_so():
    state = rich_visit()
    state.concerns = {"IC1/R4": ConcernRecord(key="IC1/R4", id="IC1", text="x")}
    assert "not recorded" in everything(report(state))


def test_every_chart_can_be_read_without_seeing_it():
    (tiles,) = [b for b in report().parts if isinstance(b, Tiles)]
    for row in tiles.rows:
        assert row.label in tiles.alt
        assert all(tile.label in tiles.alt for cell in row.cells for tile in cell)
    (dumbbells,) = [b for b in report().parts if isinstance(b, Dumbbells)]
    for pair in dumbbells.rows:
        assert f"{pair.label}: the team {pair.first.text}, the review {pair.second.text}" in dumbbells.alt


def test_an_empty_visit_has_a_report_too():
    said = everything(report(empty_visit()))
    assert "No standard has been rated yet." in said
    assert "No survey answers have been entered." in said


def test_a_conversation_nobody_consented_to_print_still_counts_as_held():
    state = rich_visit()
    talks = {k: msgspec.structs.replace(v, consent_quotes=None) for k, v in state.interviews.items()}
    state.interviews = {k: v for k, v in talks.items() if isinstance(v, InterviewRecord)}
    assert not [b for b in report(state).parts if isinstance(b, Quote)]


def test_a_day_closed_without_somebody_is_said_and_why_only_to_the_host():
    state = rich_visit()
    state.people["R9"] = PersonRecord(key="R9", role="clinician")
    place = "closed_without:R9"
    state.passages[place] = TextRecord(key=place, subject=place, text="The laptop was left on the train")
    host, wider = everything(report(state)), everything(report(state, "circulation"))
    assert "The day was closed without the work of R9. Why: The laptop was left on the train" in host
    assert "closed without the work of R9" in wider and "on the train" not in wider
    state.ratings["4/R9"] = RatingRecord(key="4/R9", person="R9", standard="4", value="met")
    assert "closed without" not in everything(report(state)), "what came in after all is not missing"


def test_on_a_scored_scale_high_items_are_achievements_and_low_ones_are_to_improve():
    state = scored_visit(scored_instrument(5), agreed={"1": 1, "2": 2, "3": 3, "4": 4, "5": 5})
    state.passages["recommendation:1"] = TextRecord(key="recommendation:1", subject="1", text="Visit at weekends.")
    document = report(state)
    (cards,) = [b.cards for b in part(document, "achievements") if isinstance(b, Cards)]
    assert [card.id for card in cards] == ["achievement-4", "achievement-5"]
    assert [b.id for b in part(document, "improvements") if isinstance(b, Heading)][1:] == [
        "improvement-1",
        "improvement-2",
    ]
    told = everything(document)
    assert "Visit at weekends." in told
    assert " met" not in "".join(plain_text(b.runs) for b in part(document, "improvements") if isinstance(b, Paragraph))


def test_without_a_high_or_low_score_the_report_says_so():
    document = report(scored_visit(scored_instrument(1), agreed={"1": 3}))
    told = everything(document)
    assert "No item has been scored above the middle of the scale yet." in told
    assert "No item has been scored below the middle of the scale." in told
