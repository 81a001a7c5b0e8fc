"""Before the meeting no document tells a reviewer what another one rated, wrote about it or coded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.cli.support import Shell

HERS = "\n".join(
    json.dumps(one)
    for one in (
        {
            "kind": "rating",
            "standard": "1",
            "value": "not_met",
            "note": "Nobody answered the telephone, 07700 900123",
        },
        {"kind": "interview", "id": "P1", "group": "patient", "people": 1, "consent_quotes": True},
        {"kind": "quote", "id": "Q1", "interview": "P1", "text": "nobody rang", "standards": ["1"]},
        {"kind": "coding", "unit": "quote/Q1/R4", "themes": ["T1"]},
    )
)
WORDS = "Nobody answered the telephone"


@pytest.fixture
def team(shell: Shell, tmp_path: Path) -> Shell:
    """R2 has rated standard 47 and holds the work of R4, who rated standard 1."""
    shell("R4", "visit", "join-as", tmp_path / "pack", "--as", "R4", "--phrase-file", tmp_path / "phrase")
    shell.record("R4", HERS, me="R4")
    shell.record("R2", '{"kind": "rating", "standard": "47", "value": "met"}', me="R2")
    shell("R4", "visit", "return", shell.visit, tmp_path / "hers")
    shell("R2", "visit", "merge", shell.visit, tmp_path / "hers")
    shell("R2", "visit", "return", shell.visit, tmp_path / "both")
    shell("L1", "visit", "merge", shell.visit, tmp_path / "both")
    return shell


def rated(document: Path) -> int:
    """How many standards count as rated in the figures of a document."""
    found = json.loads(document.read_text(encoding="utf-8"))["figures"]["overall"]
    return int(found["met"] + found["not_met"] + found["na"])


def test_a_reviewers_report_before_the_meeting_rests_on_their_own_work_alone(team: Shell, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    team("R2", "report", team.visit, "--json", path)
    words = path.read_text(encoding="utf-8")
    assert rated(path) == 1 and WORDS not in words and "told-T1" not in words
    assert "nobody rang" in words, "what people said is everybody's"


def test_after_the_opening_it_rests_on_everything(team: Shell, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    team("L1", "visit", "meeting", team.visit, "open")
    team("L1", "visit", "return", team.visit, tmp_path / "opened")
    team("R2", "visit", "merge", team.visit, tmp_path / "opened")
    team("R2", "report", team.visit, "--json", path)
    assert rated(path) == 2 and "told-T1" in path.read_text(encoding="utf-8")


def test_the_lead_who_prepares_the_meeting_has_everything(team: Shell, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    team("L1", "report", team.visit, "--json", path)
    assert rated(path) == 2 and WORDS in path.read_text(encoding="utf-8")


def test_a_reviewers_findings_before_the_meeting_are_not_about_the_notes_of_others(team: Shell) -> None:
    places = [one["place"] for one in team.json("R2", "report", team.visit, "--check")["findings"]]
    assert not any("900123" in place or "R4" in place for place in places)
    assert "900123" not in team.err


def test_a_suggestion_is_not_read_in_its_history_before_it_is_shown(team: Shell, tmp_path: Path) -> None:
    team.record("R2", '{"kind": "goal", "id": "R2.1", "text": "Visits at night", "proposed_by": "R2"}', me="R2")
    team("R2", "visit", "return", team.visit, tmp_path / "suggested")
    team("L1", "visit", "merge", team.visit, tmp_path / "suggested")
    said = team.json("L1", "visit", "history", team.visit, "goal", "R2.1")
    assert said and "Visits at night" not in [one["value"] for one in said]
    team.record(
        "L1", '{"kind": "goal", "id": "G1", "text": "Our own"}\n{"kind": "suggestions", "shown": true}', me="L1"
    )
    said = team.json("L1", "visit", "history", team.visit, "goal", "R2.1")
    assert "Visits at night" in [one["value"] for one in said]
