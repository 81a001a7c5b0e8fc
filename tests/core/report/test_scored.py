"""On a scale of scores nothing is met or not met: no document, page, sheet or finding says that it is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec
import openpyxl
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.cli import output
from reviewapp.factcheck import response_sheet
from reviewapp.figures.gaps import gaps
from reviewapp.figures.previous import previous_fact, previous_of
from reviewapp.figures.status import status
from reviewapp.instruments.model import Score
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.pages.build import PAGES, page_of
from reviewapp.plan.rows import plan_rows
from reviewapp.report.content.build import build
from reviewapp.report.content.ranking import gaps as told_gaps
from reviewapp.report.content.ranking import strengths
from reviewapp.report.content.report_data import ReportData
from reviewapp.report.formats import FORMATS
from reviewapp.report.profiles import PROFILES
from reviewapp.report.proofreading import proofread
from reviewapp.visit.state import ContextRecord, VisitState
from tests.core.report.reading import pages, word_lines
from tests.core.scored_visit import INSTRUMENT, SCORES, everything

TODAY = date(2026, 11, 21)
VERDICTS = re.compile(r"\b(?:unmet|met|meets?|not yet so|type item|threshold)\b", re.I)
"""Words that judge as no scale of scores does."""
HARMLESS = ("A patient meets no more than a handful", "each reviewer met different people")
"""Where such a word is none: a statement of the set, and how reviewers came to differ."""

NONE: dict[str, Score] = {}
MIXED: dict[str, Score] = {"1": 1, "2": "na", "3": 5}
CASES: dict[str, Callable[[], VisitState]] = {
    "everything": everything,
    "nothing rated": lambda: nobody(everything(NONE)),
    "only the team's own": lambda: msgspec.structs.replace(everything(NONE), ratings={}, agreed={}),
    "all top": lambda: everything(dict.fromkeys(SCORES, 5)),
    "all lowest": lambda: everything(dict.fromkeys(SCORES, 1)),
    "none applies": lambda: everything(dict.fromkeys(SCORES, "na")),
    "mixed": lambda: everything(MIXED),
}


def verdicts(words: str) -> list[str]:
    """The words that judge, with what stands around them."""
    plain = " ".join(words.split())
    for phrase in HARMLESS:
        plain = plain.replace(phrase, "")
    return [plain[max(0, m.start() - 60) : m.end() + 30] for m in VERDICTS.finditer(plain)]


def nobody(state: VisitState) -> VisitState:
    """The visit with no rating of anybody."""
    return msgspec.structs.replace(state, ratings={}, agreed={}, self_review={})


def strengths_or_gaps(state: VisitState, found: dict[str, Any]) -> bool:
    """Whether there is something to tell the people who were interviewed."""
    material = ReportData(state, found, "circulation")
    return bool(strengths(material) or told_gaps(material))


def printed(state: VisitState) -> Iterator[tuple[str, str]]:
    """Everything that leaves the visit, by name."""
    found = status(state)
    yield "status", "\n".join(output.status(found))
    for profile in PROFILES:
        document = build(state, found, profile=profile, today=TODAY)
        yield f"word, {profile}", "\n".join(word_lines(FORMATS["docx"].render(document)))
        yield f"pdf, {profile}", "\n".join(pages(FORMATS["pdf"].render(document)))
    nothing = {"rounds"} if strengths_or_gaps(state, found) else {"rounds", "plain-summary"}
    for page in PAGES.keys() - nothing:  # there is one round only, and perhaps nothing to tell of
        yield page, "\n".join(pages(page_of(page, state, found, lambda _key: (), TODAY)))
    for name, sheet in (("plan", export_plan(state, lambda _key: ())), ("response", response_sheet(state, TODAY))):
        rows = [row for each in openpyxl.load_workbook(io.BytesIO(sheet)) for row in each.iter_rows(values_only=True)]
        yield name, "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    yield "findings", "\n".join(f"{one.why} {one.action}" for one in proofread(state))


@pytest.mark.parametrize("case", CASES)
def test_nothing_that_leaves_a_scored_visit_says_met_or_not_met(case: str) -> None:
    for name, words in printed(CASES[case]()):
        assert not verdicts(words), name


def test_the_report_the_plan_and_the_recommendations_speak_of_the_same_low_items() -> None:
    state = everything()
    low = ["1", "2", "3", "7", "8", "10"]
    words = "\n".join(word_lines(FORMATS["docx"].render(build(state, status(state), today=TODAY))))
    improvements = words[words.rindex("\nAreas for improvement\n") : words.rindex("\nAreas of achievement\n")]
    titles = {s.number: s.title for s in INSTRUMENT.standards}
    assert [n for n in titles if titles[n] in improvements] == low
    assert "Come soon" in improvements, "what is recommended is printed"
    assert [s.number for s in gaps(state)] == low
    assert [row.number for row in plan_rows(state) if row.number][: len(low)] == low
    assert "recommendation_not_printed" not in {one.rule for one in proofread(state)}


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("everything", "total score 33 with 12 of 12 items scored. That is: low."),
        ("all top", "total score 60 with 12 of 12 items scored. That is: high."),
        ("nothing rated", "No item has been scored yet."),
        (
            "only the team's own",
            "No reviewer has scored anything yet. In the team's own view: total score 48 with 12 of 12",
        ),
        ("mixed", "total score 6 with 2 of 11 items scored."),
    ],
)
def test_the_result_is_said_as_a_score(case: str, sentence: str) -> None:
    state = CASES[case]()
    assert sentence in "\n".join(word_lines(FORMATS["docx"].render(build(state, status(state), today=TODAY))))


def test_where_no_item_applies_there_is_no_score_and_no_band() -> None:
    state = everything(dict.fromkeys(SCORES, "na"))
    found = status(state)
    assert found["figures"]["score"]["band"] is None and found["forecast"]["outcome"] == "undecided"
    words = "\n".join(word_lines(FORMATS["docx"].render(build(state, found, profile="committee", today=TODAY))))
    assert "No item applies" in words


def test_the_next_visit_says_the_score_of_the_one_before() -> None:
    before = everything()
    document = status(before) | {"visit": status(before)["visit"] | {"id": "before", "date": "2024-05-12"}}
    now = everything(dict.fromkeys(SCORES, 3))
    line = previous_fact(msgspec.json.encode(document), now)
    later = msgspec.structs.replace(now, context={line.field: ContextRecord(key=line.field, value=str(line.value))})
    held = previous_of(later)
    assert held is not None and held.score is not None
    assert (held.score.total, held.score.of, held.score.band) == (33, 12, "low")
    words = "\n".join(word_lines(FORMATS["docx"].render(build(later, status(later), today=TODAY))))
    assert "At the visit before, on 12 May 2024, the total score was 33, with 12 of 12 items scored (low)." in words
    assert not verdicts(words)


def test_a_score_of_the_visit_before_that_cannot_be_is_refused() -> None:
    before = status(everything())
    document = before | {"visit": before["visit"] | {"id": "before", "date": "2024-05-12"}}
    document["figures"]["score"]["rated"] = 99
    with pytest.raises(Invalid, match="a score in this file cannot be"):
        previous_fact(msgspec.json.encode(document), everything())
