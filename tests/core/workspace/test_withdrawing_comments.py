"""What somebody wrote in a survey can be taken back: nobody's own on the team, so the lead decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit import statements as say
from reviewapp.visit.themes import units
from reviewapp.workspace.withdrawal import is_hidden, may_survive, show_again, withdraw
from tests.core.every_byte import every_byte
from tests.core.homes import Team
from tests.core.workspace.support import exchange

KEY, NAME = "S1", "survey_comment/S1"


@pytest.fixture
def written(team: Team) -> Team:
    """A comment that came in on the lead's laptop, and was coded on two."""
    team.visit("L1").record(say.SurveyComment(id=KEY, group="carer", text="plantedword in a comment", standard="20"))
    exchange(team, "R2", "R3")
    for code in ("L1", "R2"):
        team.visit(code).record(say.Coding(unit=NAME, themes=["T2"], memo=f"plantedword of {code}"))
    exchange(team, "R2", "R3")
    return team


def test_a_withdrawn_comment_and_what_coders_said_of_it_are_in_no_file_of_any_home(written: Team) -> None:
    for code in ("L1", "R2", "R3"):
        assert b"plantedword" in every_byte(written.laptops[code].home)
    withdraw(written.visit("L1"), "survey_comment", KEY, reason="they asked")
    exchange(written, "R2", "R3")
    for code in ("L1", "R2", "R3"):
        visit = written.visit(code)
        assert b"plantedword" not in every_byte(written.laptops[code].home)
        assert visit.find("planted") == [] and units(visit.state) == () and visit.state.survey_comments == {}
        assert visit.state.withdrawn[NAME].person == "L1"
        assert not any(one.themes for one in visit.state.codings.values())
        assert [check for check in visit.check_integrity() if not check.ok] == []
    with pytest.raises(Invalid, match="was withdrawn"):
        written.visit("R2").record(say.SurveyComment(id=KEY, group="carer", text="again"))


def test_a_comment_and_a_coding_that_arrive_late_are_blanked(written: Team) -> None:
    withdraw(written.visit("L1"), "survey_comment", KEY, reason="they asked")
    written.visit("R3").record(say.Coding(unit=NAME, themes=["T1"], memo="plantedword late"))
    written.visit("L1").merge(written.return_of("R3"))
    assert b"plantedword" not in every_byte(written.laptops["L1"].home)


def test_the_files_that_left_before_are_named(written: Team, tmp_path: Path) -> None:
    visit = written.visit("L1")
    file = tmp_path / "codings.qdpx"
    visit.written.document(file, b"the codings")
    withdraw(visit, "survey_comment", KEY, reason="they asked")
    assert str(file) in may_survive(visit)


def test_only_the_lead_withdraws_it_and_whoever_asks_hides_it_everywhere_until_then(written: Team) -> None:
    reviewer, lead = written.visit("R2"), written.visit("L1")
    with pytest.raises(Invalid, match="only the lead withdraws this") as caught:
        withdraw(reviewer, "survey_comment", KEY, reason="they asked")
    assert "ask the lead, or have it hidden until the lead decides" in caught.value.do
    withdraw(reviewer, "survey_comment", KEY, reason="they asked", asks=True)
    assert is_hidden(reviewer, "survey_comment", KEY)
    exchange(written, "R2", "R3")
    for code in ("L1", "R2", "R3"):
        visit = written.visit(code)
        assert visit.state.survey_comments == {} and visit.state.hidden[NAME].person == ""
        assert not any(one.unit == NAME for one in visit.state.codings.values())
    with pytest.raises(Invalid, match="only the lead's laptop decides"):
        show_again(written.visit("R3"), "survey_comment", KEY, reason="no")
    show_again(lead, "survey_comment", KEY, reason="a mistake")
    exchange(written, "R2", "R3")
    assert all(KEY in written.visit(code).state.survey_comments for code in ("L1", "R2", "R3"))
    withdraw(lead, "survey_comment", KEY, reason="after all")
    assert b"plantedword" not in every_byte(written.laptops["L1"].home)


def test_a_person_whose_code_is_the_comments_has_no_right_to_it(team: Team) -> None:
    """The key of what is nobody's own ends in no author."""
    team.visit("L1").record(
        say.SurveyComment(id="R2", group="carer", text="plantedword in a comment", standard="20")
    )  # fmt: skip
    exchange(team, "R2")
    with pytest.raises(Invalid, match="only the lead withdraws this"):
        withdraw(team.visit("R2"), "survey_comment", "R2", reason="r")
