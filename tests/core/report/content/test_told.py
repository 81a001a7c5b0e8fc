"""What people told us: each quote once, small numbers kept, and the coders' agreement only with the method."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status
from reviewapp.report.content.quote_places import heading_of_quote
from reviewapp.report.content.status_path import resolve
from reviewapp.report.json_export import report_json
from reviewapp.report.profiles import PROFILES
from reviewapp.report.proofreading.texts import all_texts
from reviewapp.report.tree import Document, Heading, Profile, Quote
from reviewapp.visit.state import MeetingRecord, VisitState
from reviewapp.visit.theme_records import AgreedCodingRecord, CodingRecord, ThemeRecord
from tests.core.report.building import keyed, quote, report, rich_visit, talk
from tests.core.report.test_golden import outline

UNITS = ("quote/Q1/R4", "quote/Q2/R4", "quote/Q1/R2", "quote/Q2/R2")
OPEN = {"meeting": MeetingRecord(key="meeting", open=True, held={"device": 1})}


def coding(unit: str, person: str, *themes: str) -> CodingRecord:
    return CodingRecord(key=f"{unit}/{person}", person=person, unit=unit, themes=themes)


def coded(*codings: CodingRecord, state: VisitState | None = None, opened: bool = True) -> VisitState:
    base = rich_visit() if state is None else state
    return msgspec.structs.replace(base, codings=keyed(*codings), meetings=OPEN if opened else {})


def part(document: Document, heading: str) -> str:
    """The words of the part under a heading of the first level; empty if there is none."""
    found = f"\n{outline(document)}".split("\n# ")
    return next((one for one in found if re.sub("^Appendix [A-Z]: ", "", one).startswith(heading)), "")


def told(document: Document) -> str:
    return part(document, "What people told us")


def quoted(document: Document) -> list[str]:
    return [block.text for block in document.parts if isinstance(block, Quote)]


BOTH = (
    coding("quote/Q1/R4", "R2", "T3", "T1"), coding("quote/Q1/R4", "R4", "T3", "T1"),
    coding("quote/Q1/R2", "R2", "T2"), coding("quote/Q1/R2", "R4", "T4"),
)  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_without_any_coding_the_part_does_not_appear(profile: Profile) -> None:
    document = report(profile=profile)
    assert told(document) == "" and "read for themes" not in outline(document)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_quote_stands_under_its_first_theme_and_elsewhere_by_its_number(profile: Profile) -> None:
    document = report(coded(*BOTH), profile)
    words = told(document)
    number = 1 if profile == "circulation" else 2
    assert f"## Getting help, and how quickly\n> {number}. They asked me first" in words
    assert f"Flexible: Quote {number}." in words.partition("## Themes whose quotes stand elsewhere")[2]
    assert f"Quote {number}." in part(document, "Areas of achievement")
    assert f"Quote {number}." in part(document, "Evidence by standard")


def test_what_was_said_against_what_is_not_met_stands_with_it() -> None:
    document = report(coded(*BOTH), "committee")
    assert "> 1. ONLY FOR THE HOST" in part(document, "Areas for improvement")
    assert "ONLY FOR THE HOST" not in told(document)


def test_what_the_coders_do_not_agree_on_stands_under_no_theme() -> None:
    words = told(report(coded(*BOTH), "committee"))
    assert "## Regular" not in words and "## The same faces" not in words
    assert "We like it here" in words.partition("## Other things people said")[2]
    assert "nothing is agreed: 1;" in words


def headings_above(document: Document, words: str) -> set[str]:
    """The ids of the headings under which a quote is printed."""
    found, heading = set(), ""
    for block in document.parts:
        heading = block.id if isinstance(block, Heading) else heading
        if isinstance(block, Quote) and block.text == words:
            found.add(heading)
    return found


@pytest.mark.parametrize("codings", [(), BOTH])
def test_where_a_quote_is_printed_is_known_whether_or_not_it_was_coded(codings: Sequence[CodingRecord]) -> None:
    state = coded(*codings)
    document = report(state, "committee")
    for key, held in state.quotes.items():
        where = headings_above(document, held.text)
        assert heading_of_quote(state, key) in where or (not where and heading_of_quote(state, key) == "voices"), key
    assert heading_of_quote(state, "Q99/R2") == "voices"


def test_what_was_agreed_counts() -> None:
    state = coded(*BOTH)
    agreed = AgreedCodingRecord(key="quote/Q1/R2", unit="quote/Q1/R2", themes=("T4",), reason="so it is")
    state = msgspec.structs.replace(state, agreed_codings=keyed(agreed))
    assert "The same faces: Quote 1." in told(report(state, "committee"))


def test_a_row_on_which_coders_differ_as_much_as_groups_says_so_in_words() -> None:
    words = told(report(coded(*BOTH), "committee"))
    row = next(line for line in words.splitlines() if line.startswith("Groups not comparable"))
    assert "–" in row and "at least as much as the groups do" in words


def test_the_agreement_of_coders_stands_with_the_method_and_nowhere_else() -> None:
    document = report(coded(*BOTH), "committee")
    assert "by several reviewers: 2. Of 2 passages 2 were read by two" in part(document, "How this review was done")
    elsewhere = outline(document).replace(part(document, "How this review was done"), "")
    assert "alpha" not in elsewhere.casefold()
    alike = coded(coding("quote/Q1/R4", "R2"), coding("quote/Q1/R4", "R4"))
    assert "0 is chance): not computable." in part(report(alike), "How this review was done")
    alone = report(coded(coding("quote/Q1/R4", "R2", "T1")))
    assert "by one reviewer" in part(alone, "How this review was done") and "alpha" not in outline(alone)


def test_each_theme_has_its_alpha_with_what_it_rests_on_and_says_where_there_is_none() -> None:
    everywhere = (*BOTH[:2], coding("quote/Q1/R2", "R2", "T2", "T1"), coding("quote/Q1/R2", "R4", "T4", "T1"))
    words = part(report(coded(*everywhere), "committee"), "How this review was done")
    assert "Theme | Alpha | Passages read by two | All saw it | Only some saw it" in words
    assert "Getting help, and how quickly | not computable | 2 | 2 | 0" in words and "in every passage" in words
    assert "Flexible | 1.00 | 2 | 1 | 0" in words and "| 0.00 | 2 | 0 | 1" in words
    for few in (report(coded(BOTH[0])), report(coded(*everywhere), "circulation")):
        assert "All saw it" not in outline(few), "of one coder there is nothing; small numbers are no circulation's"


def test_an_alpha_stands_with_its_interval_where_there_is_one() -> None:
    state = coded(*BOTH, coding("quote/Q2/R2", "R2", "T1"), coding("quote/Q2/R2", "R4", "T1"))
    words = part(report(state, "committee"), "How this review was done")
    assert ", and between " in words and " in 95 of 100 draws of the interviews." in words


def test_before_the_meeting_nothing_is_told_of_several_coders() -> None:
    assert told(report(coded(*BOTH, opened=False), "committee")) == ""
    assert told(report(coded(BOTH[0], opened=False), "committee")) != ""


def test_for_circulation_only_words_agreed_to_it_and_no_small_number() -> None:
    words = told(report(coded(*BOTH), "circulation"))
    assert "They asked me first" in words and "ONLY FOR THE HOST" not in words
    assert "[table]" not in words and "left out of this copy" in words


def test_for_circulation_a_theme_that_enough_people_spoke_of_is_shown_with_a_range() -> None:
    state = rich_visit()
    talks = [talk(f"P{n}", "R4", "patient", quotes=True, circulation=True) for n in range(1, 8)]
    quotes = [quote(f"Q{n}", "R4", f"P{n}", f"words {n}", "negative", "4") for n in range(1, 8)]
    state = msgspec.structs.replace(state, interviews=keyed(*talks), quotes=keyed(*quotes))
    words = told(
        report(coded(*(coding(f"quote/Q{n}/R4", "R2", "T1") for n in range(1, 8)), state=state), "circulation")
    )
    assert "Getting help, and how quickly | 5 or more people\n7 negative" in words
    some = coded(*(coding(f"quote/Q{n}/R4", "R2", "T1" if n < 7 else "T2") for n in range(1, 8)), state=state)
    assert "[table]" not in told(report(some, "circulation"))  # six of seven would tell of the one left over


def test_people_who_spoke_together_are_counted_up_to() -> None:
    words = told(report(coded(coding("quote/Q2/R2", "R2", "T1")), "committee"))
    assert "up to 3 people\n1 positive" in words


def test_a_group_of_several_kinds_is_nobody_s() -> None:
    state = rich_visit()
    mixed = msgspec.structs.replace(state.interviews["S1/R2"], groups={"staff": 2, "carer": 1})
    state = msgspec.structs.replace(state, interviews={**state.interviews, mixed.key: mixed})
    words = told(report(coded(coding("quote/Q2/R2", "R2", "T1"), state=state), "committee"))
    assert "Theme | Mixed groups" in words and ", a mixed group, positive" in words


def test_the_title_of_a_theme_of_the_visit_is_looked_through_as_printed() -> None:
    state = msgspec.structs.replace(rich_visit(), themes=keyed(ThemeRecord(key="T12", id="T12", title="Dogs")))
    found = [one for one in all_texts(state) if one.entity == "theme"]
    assert [(one.text, one.printed, one.wide) for one in found] == [("Dogs", True, True)]


themes = st.lists(st.sampled_from(("T1", "T2", "T3", "T8a")), unique=True, max_size=3)
codings = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(("R2", "R4")), themes), max_size=8)


@given(codings, st.sampled_from(PROFILES))
@settings(max_examples=25, deadline=None)
def test_law_no_quote_stands_twice_none_is_lost_and_every_number_is_traced(
    found: Sequence[tuple[str, str, list[str]]], profile: Profile
) -> None:
    state = coded(*(coding(unit, person, *seen) for unit, person, seen in found))
    document = report(state, profile)
    may = {"They asked me first", "We like it here"} | ({"ONLY FOR THE HOST"} if profile != "circulation" else set())
    assert set(quoted(document)) == may
    assert len(quoted(document)) == len(may)
    numbers = [block.number for block in document.parts if isinstance(block, Quote)]
    assert numbers == list(range(1, len(may) + 1))
    ids = [block.id for block in document.parts if isinstance(block, Heading)]
    assert len(ids) == len(set(ids))
    full = with_report_counts(state, status(state))
    for number in report_json(document)["printed"]:
        assert resolve(full, number["from"]) == number["value"]
