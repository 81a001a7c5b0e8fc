"""What coders said of words goes with the words: withdrawn it is in no byte, hidden it stands nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.visit import statements as say
from reviewapp.workspace.withdrawal import withdraw
from tests.core.every_byte import every_byte
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """R2 spoke with somebody; R3, who has R2's words through the lead, coded them with a memo, and so did the lead."""
    team = Team(tmp_path)
    team.visit("R2").record(
        say.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        say.Answer(interview="P1", prompt="P01", text="an answer"),
        say.Quote(id="Q1", interview="P1", text="a quote"),
        say.Interview(id="P2", group="patient", consent_quotes=True),
        say.Quote(id="Q2", interview="P2", text="another"),
    )
    team.certify("R2", "R3")
    team.visit("R3").merge(team.return_of("L1"))
    for code in ("R3", "L1"):
        team.visit(code).record(
            say.Coding(unit="quote/Q1/R2", themes=["T2"], memo="plantedword in a memo"),
            say.Coding(unit="answer/P1/P01/R2", themes=["T2"], memo="plantedword in a memo"),
            say.Coding(unit="quote/Q2/R2", themes=["T4"], memo="keptword"),
        )
    team.visit("L1").record(say.AgreedCoding(unit="quote/Q1/R2", themes=["T2"], reason="plantedword in a reason"))
    return team


@pytest.mark.parametrize("who", ["R2", "L1"])
def test_memos_of_withdrawn_words_are_in_no_byte_of_a_home(team: Team, who: str) -> None:
    lead = team.visit("L1")
    lead.merge(team.return_of("R3"))
    withdraw(team.visit(who), "interview", "P1/R2", reason="they asked")
    if who == "R2":
        lead.merge(team.return_of("R2"))
    team.visit("R3").merge(team.return_of("L1"))
    for code in ("L1", "R3"):
        held = every_byte(team.laptops[code].home)
        assert b"plantedword" not in held and b"keptword" in held, code
        assert set(team.visit(code).state.codings) <= {"quote/Q2/R2/L1", "quote/Q2/R2/R3"}
        assert team.visit(code).state.agreed_codings == {}


def test_a_memo_that_arrives_after_the_words_went_is_blank(team: Team) -> None:
    lead = team.visit("L1")
    withdraw(lead, "quote", "Q1/R2", reason="they asked")
    lead.merge(team.return_of("R3"))
    held = every_byte(team.laptops["L1"].home)
    assert held.count(b"plantedword") and "quote/Q1/R2/R3" not in lead.state.codings, "that of the answer stays"
    assert lead.state.codings["answer/P1/P01/R2/R3"].memo


def test_memos_of_hidden_words_stand_nowhere(team: Team) -> None:
    other = team.another_laptop("R2b", me="R2")
    other.merge(team.return_of("L1"))
    withdraw(other, "interview", "P1/R2", reason="they asked")
    lead = team.visit("L1")
    lead.merge(team.return_of("R2b"))
    assert "quote/Q1/R2" in lead.state.hidden and "plantedword" not in repr(lead.state)
    assert "plantedword" not in repr(lead.find("planted")) + repr(lead.history("coding", "quote/Q1/R2/L1"))
