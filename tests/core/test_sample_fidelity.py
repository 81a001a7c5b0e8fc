"""The sample in resources/sample-fidelity: marked as invented, three rounds, something of everything to look at."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from typing import TypeVar

import msgspec
import pytest

from reviewapp.base.paths import resource
from reviewapp.instruments.library import builtin
from reviewapp.visit import statements

REVIEWERS = ("L1", "R2", "R3")
ROUNDS = ("baseline", "6-months", "12-months")
PROGRAMME = tomllib.loads(resource("sample-fidelity", "visit.toml").read_text(encoding="utf-8"))
FILES = sorted(str(path.relative_to(resource("sample-fidelity"))) for path in resource("sample-fidelity").glob("*/*"))

L = TypeVar("L", bound=statements.Statement)


@cache
def lines(name: str) -> tuple[statements.Statement, ...]:
    """Every line of one file, decoded as `record` decodes it."""
    decoder: msgspec.json.Decoder[statements.AnyStatement] = msgspec.json.Decoder(statements.AnyStatement)
    return tuple(decoder.decode(raw) for raw in resource("sample-fidelity", name).read_bytes().splitlines())


def of(kind: type[L], folder: str) -> list[tuple[str, L]]:
    """Lines of one kind in one round, with the file they stand in."""
    here = [name for name in FILES if name.startswith(f"{folder}/")]
    return [
        (name.removeprefix(f"{folder}/").removesuffix(".jsonl"), line)
        for name in here
        for line in lines(name)
        if isinstance(line, kind)
    ]


def test_it_says_plainly_that_it_is_invented() -> None:
    assert "Example" in PROGRAMME["service"] and "invented" in PROGRAMME["organisation"]
    assert "THIS IS AN EXAMPLE" in resource("sample-fidelity", "visit.toml").read_text(encoding="utf-8")
    for folder in ROUNDS:
        method = next(line.text for _, line in of(statements.Passage, folder) if line.place == "method")
        assert isinstance(method, str) and "invented" in method


def test_three_rounds_of_reviewers_of_three_kinds_without_names() -> None:
    assert [one["folder"] for one in PROGRAMME["rounds"]] == list(ROUNDS)
    assert [one["label"] for one in PROGRAMME["rounds"]] == ["baseline", "6 months", "12 months"]
    roles = {person["code"]: person["role"] for person in PROGRAMME["people"]}
    assert roles == {"L1": "lead", "R2": "clinician", "R3": "patient_rep"}
    assert all("name" not in person for person in PROGRAMME["people"])


def test_one_round_was_held_weeks_after_its_day() -> None:
    held = {folder: line.held for folder in ROUNDS for _, line in of(statements.Round, folder)}
    assert held == {"baseline": "2025-06-03", "6-months": "2026-01-13", "12-months": "2026-06-16"}
    assert [one["planned"] for one in PROGRAMME["rounds"]] == ["2025-06-03", "2025-12-02", "2026-06-09"]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".jsonl")])
def test_every_line_is_said_once(name: str) -> None:
    author = name.rpartition("/")[2].removesuffix(".jsonl")
    places = Counter((line.kind(), line.key(author)) for line in lines(name))
    assert [place for place, times in places.items() if times > 1] == []


@pytest.mark.parametrize("folder", ROUNDS)
def test_everybody_who_can_be_asked_was_asked_with_consent(folder: str) -> None:
    spoken = [line for _, line in of(statements.Interview, folder)]
    assert {"patient", "carer", "staff", "manager"} <= {line.group for line in spoken}
    assert all(line.consent_notes is True for line in spoken)
    agreed = {(who, line.id) for who, line in of(statements.Interview, folder) if line.consent_quotes is True}
    assert {(who, line.interview) for who, line in of(statements.Quote, folder)} <= agreed
    read = Counter(line.id for _, line in of(statements.CaseNote, folder))
    assert len(read) == 10 and [number for number, times in read.items() if times > 1] == ["5"]


@pytest.mark.parametrize("folder", ["baseline", "12-months"])
def test_reviewers_say_what_they_found_of_every_item_and_score_it(folder: str) -> None:
    instrument = next(one for one in builtin() if one.id == PROGRAMME["instrument"])
    every = {standard.number for standard in instrument.standards}
    assert {line.standard for _, line in of(statements.Agreed, folder)} == every
    for code in REVIEWERS:
        assert {line.standard for who, line in of(statements.Rating, folder) if who == code} == every
    found = {line.standard for _, line in of(statements.CriterionFinding, folder)}
    assert found == every
    assert {line.value for _, line in of(statements.CriterionFinding, folder)} >= {"met", "not_met", "not_established"}
    assert of(statements.AgreedCriterion, folder)
    assert of(statements.AgreedAudit, folder)


def test_at_six_months_only_goals_and_what_was_open_was_asked() -> None:
    assert {line.standard for _, line in of(statements.Agreed, "6-months")} == {"2", "3", "4", "7", "8"}


def test_the_months_after_hold_something_of_everything() -> None:
    for folder in ("baseline", "12-months"):
        (day,) = [line for _, line in of(statements.Scoping, folder)]
        assert day.held and day.planned and day.held > day.planned
        assert isinstance(day.present, dict) and {"patients", "carers", "senior"} <= set(day.present)
        goals = [line for _, line in of(statements.Goal, folder)]
        assert {line.proposed_by for line in goals} >= {"R2", "R3"}
        assert len({line.id for line in goals if line.chosen_by}) == 3
        assert len({line.domain for _, line in of(statements.Readiness, folder)}) == 5
        assert of(statements.Vote, folder)
        assert of(statements.LocalContext, folder)
        assert {line.status for _, line in of(statements.FollowUp, folder)} >= {"held", "cancelled"}
        assert len({line.barrier for _, line in of(statements.FollowUpGoal, folder) if line.barrier}) >= 3
        assert any(line.answered for _, line in of(statements.Escalation, folder))
        assert of(statements.StaffChange, folder)
        assert any(line.reply_by for _, line in of(statements.Escalation, folder))
        assert any(line.status == "left" and line.reason for line in goals)
        held = [line for _, line in of(statements.FollowUp, folder) if line.status == "held"]
        assert all(isinstance(line.present, dict) and {"patients", "carers"} <= set(line.present) for line in held)
    assert of(statements.Handover, "6-months")
    assert of(statements.Handover, "12-months")
    assert of(statements.SharedPractice, "12-months")
    assert of(statements.Example, "12-months")
    assert of(statements.LearningEvent, "6-months") and of(statements.LearningEvent, "12-months")


IDENTIFYING = r"\S@\S|https?:|www\.|\d(?:[ -]?\d){6,}|\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir)\b"


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".jsonl")])
def test_nothing_looks_as_if_it_could_identify_somebody(name: str) -> None:
    days = {"planned", "held", "due", "date", "briefed", "answered", "ended", "reply_by"}
    for line in lines(name):
        for field, value in line.values().items():
            if isinstance(value, str) and field not in days:
                assert re.search(IDENTIFYING, value) is None, value
