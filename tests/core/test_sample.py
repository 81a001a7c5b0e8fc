"""The sample visit in resources/sample: complete, honest about being invented, and true to itself."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import TypeVar

import msgspec
import pytest

from reviewapp.base.paths import resource
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.visit import statements

REVIEWERS = ("L1", "R2", "R3", "R4")
CODERS = ("R2", "R3", "R4")
FILES = ("prepare", *REVIEWERS, *(f"coding-{code}" for code in CODERS), "agree", "answers")

L = TypeVar("L", bound=statements.Statement)


@cache
def lines(name: str) -> tuple[statements.Statement, ...]:
    """Every line of one file, decoded as `record` decodes it."""
    decoder: msgspec.json.Decoder[statements.AnyStatement] = msgspec.json.Decoder(statements.AnyStatement)
    return tuple(decoder.decode(raw) for raw in resource("sample", f"{name}.jsonl").read_bytes().splitlines())


def of(kind: type[L], *names: str) -> list[tuple[str, L]]:
    """Lines of one kind with the file they stand in."""
    return [(name, line) for name in names or FILES for line in lines(name) if isinstance(line, kind)]


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    """The standards the sample is measured against."""
    return next(i for i in builtin() if i.id == VISIT["instrument"])


VISIT = tomllib.loads(resource("sample", "visit.toml").read_text(encoding="utf-8"))


def test_the_sample_says_plainly_that_it_is_invented() -> None:
    assert "Example" in VISIT["service"]
    assert "invented" in VISIT["organisation"]
    assert "THIS IS AN EXAMPLE" in resource("sample", "visit.toml").read_text(encoding="utf-8")
    method = next(line.text for _, line in of(statements.Passage) if line.place == "method")
    assert isinstance(method, str)
    assert "invented" in method


def test_four_reviewers_without_names_one_of_them_a_patient_representative() -> None:
    assert [p["code"] for p in VISIT["people"]] == list(REVIEWERS)
    assert Counter(p["role"] for p in VISIT["people"]) == {"lead": 1, "clinician": 2, "patient_rep": 1}
    assert all("name" not in person for person in VISIT["people"])


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_said_once(name: str) -> None:
    places = Counter((line.kind(), line.key(name)) for line in lines(name))
    assert [place for place, times in places.items() if times > 1] == []


def test_the_team_rates_and_explains_every_standard(instrument: Instrument) -> None:
    claims = {line.standard: line for _, line in of(statements.SelfReview)}
    assert set(claims) == {s.number for s in instrument.standards}
    assert all(isinstance(line.comment, str) and len(line.comment) > 20 for line in claims.values())
    assert Counter(line.value for line in claims.values()) == {"met": 36, "not_met": 6, "na": 2}


def test_sixteen_patients_and_fourteen_carers_and_no_more_answered_the_surveys(instrument: Instrument) -> None:
    stated = {line.field: line.value for _, line in of(statements.Context)}
    assert (stated["respondents_patient"], stated["respondents_carer"]) == (16, 14)
    answered = defaultdict(list)
    for _, line in of(statements.Survey):
        assert isinstance(line.yes, int)
        assert isinstance(line.no, int)
        assert isinstance(line.na, int)
        answered[line.group].append(line.yes + line.no + line.na)
        can_judge = {line.group, "survey"} <= set(instrument.standard(line.standard).sources)
        assert can_judge, f"{line.group} cannot judge {line.standard}"
    assert {group: max(sums) for group, sums in answered.items()} == {"patient": 16, "carer": 14}


def test_every_reviewer_rates_nearly_all_standards_mostly_with_a_note() -> None:
    for code in REVIEWERS:
        own = [line for _, line in of(statements.Rating, code)]
        assert len(own) >= 38, code
        assert sum(isinstance(line.note, str) for line in own) >= 0.8 * len(own), code


def test_reviewers_really_disagree_and_once_about_whether_a_standard_applies(instrument: Instrument) -> None:
    given: dict[str, dict[str, object]] = defaultdict(dict)
    for code, line in of(statements.Rating, *REVIEWERS):
        given[line.standard][code] = line.value
    apart = {number: set(by.values()) for number, by in given.items() if len(set(by.values())) > 1}
    assert len(apart) == 9
    assert sum(instrument.standard(number).type == "1" for number in apart) == 3
    assert [number for number, values in apart.items() if values == {"na", "met"}] == ["172"]


def test_the_right_people_were_spoken_to_and_asked_for_consent_first() -> None:
    own: list[tuple[str, statements.Interview]] = of(statements.Interview, *REVIEWERS)
    joint = [(code, line) for code, line in own if isinstance(line.with_, list)]
    assert {(code, line.id, *(line.with_ or ())) for code, line in joint} == {("L1", "M1", "R3"), ("R3", "M1", "L1")}
    once = [line.group for code, line in own if (code, line.id) != ("R3", "M1")]
    assert Counter(once) == {"patient": 3, "carer": 3, "staff": 4, "manager": 1}
    assert {line.mode for _, line in own} == {"in_person", "phone", "video"}
    assert all(line.consent_notes is True for _, line in own)
    assert [(code, line.id) for code, line in own if line.consent_quotes is False] == [("R2", "P1")]


def test_answers_are_to_prompts_of_the_guide_and_come_after_consent(instrument: Instrument) -> None:
    for code in REVIEWERS:
        seen: dict[str, str] = {}
        for line in lines(code):
            if isinstance(line, statements.Interview):
                seen[line.id] = str(line.group)
            elif isinstance(line, statements.Answer):
                guide = instrument.guide(seen[line.interview])
                assert guide is not None
                assert line.prompt in {p.id for p in guide.prompts}, (code, line)


def test_about_forty_quotes_and_only_from_people_who_agreed(instrument: Instrument) -> None:
    quotes = of(statements.Quote, *REVIEWERS)
    assert 38 <= len(quotes) <= 45
    agreed = {(code, line.id) for code, line in of(statements.Interview) if line.consent_quotes is True}
    assert {(code, line.interview) for code, line in quotes} <= agreed
    assert all(instrument.standard(number) for _, line in quotes for number in line.standards or ())
    assert {line.tone for _, line in quotes} == {"positive", "negative", "mixed"}


def test_three_people_code_every_quote_and_most_of_what_differs_is_settled_with_a_reason() -> None:
    quotes = {f"quote/{line.id}/{code}" for code, line in of(statements.Quote, *REVIEWERS)}
    seen: dict[str, set[frozenset[str]]] = defaultdict(set)
    for code in CODERS:
        own = [line for _, line in of(statements.Coding, f"coding-{code}")]
        assert {line.unit for line in own} == quotes
        for line in own:
            assert isinstance(line.themes, list)
            seen[line.unit].add(frozenset(line.themes))
    apart = {unit for unit, themes in seen.items() if len(themes) > 1}
    settled = {line.unit: line for _, line in of(statements.AgreedCoding)}
    assert set(settled) < apart and len(settled) == 11
    assert all(line.reason for line in settled.values())


def test_ten_case_notes_are_read_in_full_and_two_of_them_twice(instrument: Instrument) -> None:
    read = of(statements.CaseNote, *REVIEWERS)
    assert {line.id for _, line in read} == {str(number) for number in range(1, 11)}
    assert len(read) == 12
    cells = {(code, line.case_note, line.item) for code, line in of(statements.Audit, *REVIEWERS)}
    assert cells == {(code, line.id, item.item) for code, line in read for item in instrument.audit}


def test_every_cell_seen_differently_is_agreed() -> None:
    seen: dict[tuple[str, str], set[object]] = defaultdict(set)
    for _, line in of(statements.Audit, *REVIEWERS):
        seen[line.case_note, line.item].add(line.value)
    apart = {cell for cell, values in seen.items() if len(values) > 1}
    assert apart == {(line.case_note, line.item) for _, line in of(statements.AgreedAudit)}
    assert len(apart) == 2


def test_two_immediate_concerns_say_who_was_told_and_when() -> None:
    concerns = of(statements.Concern)
    assert len(concerns) == 2
    assert all(line.text and line.told and str(line.at).startswith(VISIT["date"]) for _, line in concerns)


def test_everything_but_one_type_2_standard_is_agreed_with_a_reason(instrument: Instrument) -> None:
    agreed = {line.standard: line for _, line in of(statements.Agreed)}
    left = [s for s in instrument.standards if s.number not in agreed]
    assert [(s.number, s.type) for s in left] == [("142", "2")]
    assert {line.value for _, line in of(statements.Rating) if line.standard == "142"} == {"met"}
    assert all(line.reason for line in agreed.values())
    assert sorted(number for number, line in agreed.items() if isinstance(line.dissent, str)) == ["151", "156"]


def test_what_is_agreed_follows_from_what_reviewers_found() -> None:
    given: dict[str, set[object]] = defaultdict(set)
    for _, line in of(statements.Rating, *REVIEWERS):
        given[line.standard].add(line.value)
    assert [line.standard for _, line in of(statements.Agreed) if line.value not in given[line.standard]] == []


def test_every_standard_not_met_has_a_recommendation_and_every_action_a_standard_not_met() -> None:
    not_met = {line.standard for _, line in of(statements.Agreed) if line.value == "not_met"}
    places = {line.place for _, line in of(statements.Passage)}
    assert {f"recommendation:{number}" for number in not_met} <= places
    assert {"summary", "achievements", "improvements", "method"} <= places
    assert {line.standard for _, line in of(statements.Action)} <= not_met


def test_the_host_lets_some_of_its_practice_be_published_and_was_not_asked_of_all() -> None:
    places = [line.place for _, line in of(statements.Passage)]
    praised = {place.removeprefix("practice:") for place in places if place.startswith("practice:")}
    met = {line.standard for _, line in of(statements.Agreed) if line.value == "met"}
    answers = {line.standard: (line.published, line.named) for _, line in of(statements.PracticeConsent)}
    assert praised == {"47", "153", "171"} and praised <= met
    assert answers == {"47": (True, True), "153": (True, False)}


def test_sections_written_about_are_sections_of_the_standards(instrument: Instrument) -> None:
    named = {
        line.place.removeprefix("section:") for _, line in of(statements.Passage) if line.place.startswith("section:")
    }
    assert named == set(instrument.sections)


def test_every_prompt_for_the_people_who_are_met_is_given_to_somebody(instrument: Instrument) -> None:
    asked = {line.prompt: line.who for _, line in of(statements.Asks)}
    for group in ("patient", "carer", "staff", "manager"):
        guide = instrument.guide(group)
        assert guide is not None
        assert {p.id for p in guide.prompts} <= set(asked)
    assert all(isinstance(who, list) and set(who) <= set(REVIEWERS) for who in asked.values())


def test_the_timetable_fills_the_day() -> None:
    slots = [line for _, line in of(statements.Slot)]
    assert (slots[0].start, max(str(line.end) for line in slots)) == ("08:45", "16:30")
    for code in REVIEWERS:
        own = sorted((str(s.start), str(s.end)) for s in slots if isinstance(s.who, list) and code in s.who)
        assert all(end <= start for (_, end), (start, _) in pairwise(own)), code


IDENTIFYING = {
    "an e-mail address": r"\S@\S",
    "a web address": r"https?:|www\.",
    "a telephone or NHS number": r"\d(?:[ -]?\d){6,}",
    "a postcode": r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    "a date of birth": r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
    "a title with a name": r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir)\b",
}


@pytest.mark.parametrize("what", IDENTIFYING)
@pytest.mark.parametrize("name", FILES)
def test_nothing_looks_as_if_it_could_identify_somebody(name: str, what: str) -> None:
    for line in lines(name):
        for field, value in line.values().items():
            if isinstance(value, str) and field not in ("at", "due"):
                assert re.search(IDENTIFYING[what], value) is None, f"{what}: {value}"
