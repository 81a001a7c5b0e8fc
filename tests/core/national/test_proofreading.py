"""Each kind of contradiction that the 2021 report has, planted in a passage, is found; what is true is not.

The numbers in the comments are those of the list in the analysis of that report.
"""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.national.figures import NationalFigures
from reviewapp.national.model import Quote
from reviewapp.national.proofreading.proofread import RULES, NationalFinding, proofread
from reviewapp.national.report.material import Words
from tests.core.national.reported import document, golden_figures, material

EXPERIENCE = "Patient and family/carer experience"
STAFFING = "Staffing and training"
CARE = "Assessment, care planning and treatment"


@pytest.fixture(scope="module")
def golden() -> NationalFigures:
    return golden_figures()


def found(
    golden: NationalFigures, place: str = "key findings", text: str = "", words: Words | None = None
) -> list[NationalFinding]:
    made = material(golden, {place: text} if text else {}, words)
    return [one for one in proofread(made, document(made)) if one.rule != "edition-replaced"]


PLANTED = [
    # 1: 46 standards stated, 44 listed
    ("standards-counted", "introduction", "Every team was reviewed against 46 standards."),
    # 2: one section with two shares
    ("share-not-in-figures", "key findings", f"For {EXPERIENCE} the teams met 88 %."),
    ("share-not-in-figures", f"section {EXPERIENCE}", "Teams met 88 % of the standards on average."),
    # 3: a figure number that is not there, or was given twice
    ("figure-not-there", "key findings", "As Figure 99 shows, most teams did well."),
    # 4 and 5: a standard with the type of another
    ("type-tag", f"achievements {EXPERIENCE}", "People had one number to call, day and night: 153 [3]."),
    # 6: a standard that is quoted and not listed
    ("unknown-standard", "taking part", "Standard 81 asks that carers are offered training."),
    # 7: a mean of a type that has one standard
    ("share-of-few-standards", "key findings", "Type 3 was met to 48 %."),
    # 8: a share of all that the parts exclude
    ("share-not-in-figures", "key findings", "Overall the teams met 74 % of the standards."),
    ("share-not-in-figures", "key findings", "Across the teams, 97% of standards were met."),
    ("may-identify", "key findings", "A carer rang us on 07700 900123."),
    # 9: a wording close to the standard's and not the same
    ("wording-of-standard", f"achievements {CARE}", None),
    # 10: one standard as an achievement and for improvement
    ("on-both-lists", f"improvements {EXPERIENCE}", "Help with housing needs work: standard 163."),
    # 12: a standard named without any value
    ("standard-without-value", f"reflection {CARE}", "How do you plan with families, as standard 148 asks?"),
    # 13: a bullet that says something else than its standard
    ("wording-of-standard", f"achievements {STAFFING}", "Rooms were bright, clean and newly painted: 54 [2]."),
    # 14: drafts, read as if decided
    ("drafts", "introduction", "This report is made from the draft reports of all teams."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "place", "text"), PLANTED)
def test_a_planted_contradiction_is_found(golden: NationalFigures, rule: str, place: str, text: str | None) -> None:
    if text is None:
        statement = material(golden).standards["96"].statement
        text = f"All teams met standard 96, “{statement.replace('patient', 'visitor', 1)}”"
    if rule == "standard-without-value":
        none = msgspec.structs.replace(golden.by_standard["148"], met=0, not_met=0, na=29, applicable=0, percent=None)
        golden = msgspec.structs.replace(golden, by_standard=golden.by_standard | {"148": none})
    assert rule in {one.rule for one in found(golden, place, text)}


def test_a_quote_under_a_standard_it_does_not_speak_of_is_found(golden: NationalFigures) -> None:
    # 11: a quote about a delay, tagged with the standard about telling how long the wait will be
    said = "They agreed an hour for the visit, and told me at once when there was a delay."
    quote = Quote(record="quote/Q1/R2", text=said, group="patient", standards=("163",))
    (one,) = found(golden, words=Words(quotes=(quote,)))
    assert (one.rule, one.place) == ("quote-tag", "quote quote/Q1/R2")


def test_drafts_among_the_figures_are_told(golden: NationalFigures) -> None:
    (one,) = found(msgspec.structs.replace(golden, drafts=2))
    assert (one.rule, one.severity) == ("drafts", "warn")
    assert one.why == "2 of 29 reviews are drafts, on which no committee has decided"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("introduction", "Every team was reviewed against 44 standards."),
        ("key findings", f"For {EXPERIENCE} the teams met 74 %, and for {STAFFING} 47 %."),
        ("key findings", f"For {EXPERIENCE} the teams met 74 %."),
        ("key findings", "Overall the teams met 77 % of the standards, that is 76.6 %."),
        ("key findings", "Type 1 was met to 82 %, as Figure 2 shows."),
        (f"section {EXPERIENCE}", "Teams met 74 % of the standards."),
        (f"achievements {EXPERIENCE}", "Help with housing was met by all: standard 163."),
        (f"improvements {EXPERIENCE}", "Rights on paper, 156 [1], were given by 24 % of the teams."),
        ("foreword", "In 14 of 29 teams carers had a group. We thank all 29 teams, and 5 representatives."),
    ],
)
def test_what_is_true_is_not_questioned(golden: NationalFigures, place: str, text: str) -> None:
    assert found(golden, place, text) == []


def test_a_report_without_passages_has_nothing_to_question(golden: NationalFigures) -> None:
    assert found(golden) == []


def test_what_the_office_accepts_stays_listed_with_its_reason_until_the_text_changes(golden: NationalFigures) -> None:
    made = material(golden, {"key findings": "Overall the teams met 74 % of the standards."})
    (first,) = [one for one in proofread(made, document(made)) if one.rule == "share-not-in-figures"]
    reasons = {first.id: "as printed in 2021"}
    again = [one for one in proofread(made, document(made), reasons) if one.rule == "share-not-in-figures"]
    assert [one.accepted for one in again] == ["as printed in 2021"]
    other = material(golden, {"key findings": "Overall the teams met 73 % of the standards."})
    assert all(not one.accepted for one in proofread(other, document(other), reasons))


def test_every_rule_has_a_planted_contradiction() -> None:
    assert {rule for rule, *__ in PLANTED} | {"quote-tag", "edition-replaced"} == set(RULES)
