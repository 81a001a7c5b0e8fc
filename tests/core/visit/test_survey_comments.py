"""What people wrote in a survey: a unit to code that says nothing of who wrote it."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.theme_groups import theme_groups
from reviewapp.visit import statements as say
from reviewapp.visit.themes import suggested, themes_in_force, unit_of, units
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path):
    team = Team(tmp_path)
    team.visit("R2").record(
        say.SurveyComment(id="S1", group="carer", text="Nobody told us when they would come.", standard="20"),
        say.SurveyComment(id="S2", group="carer", text="Different people each day.", about="Staffing"),
    )
    return team


def test_a_survey_comment_is_a_unit_of_its_group_and_of_nobody(team: Team) -> None:
    state = team.visit("R2").state
    assert [unit.key for unit in units(state)] == ["survey_comment/S1", "survey_comment/S2"]
    unit = unit_of(state, "survey_comment/S1")
    assert unit is not None
    assert (unit.group, unit.person, unit.interview, unit.standards) == ("carer", "", "", ("20",))
    assert suggested(themes_in_force(state), unit.standards) is not None


def test_it_is_coded_like_a_quote_and_counts_as_up_to_so_many_people(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(
        say.Coding(unit="survey_comment/S1", themes=["T2"]), say.Coding(unit="survey_comment/S2", themes=["T2"])
    )
    cell = theme_groups(visit.state).rows["T2"].cells["carer"]
    assert (cell.people, cell.up_to, cell.units) == (1, 2, 2)


def test_a_deleted_comment_is_no_unit_and_its_coding_counts_nowhere(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(say.Coding(unit="survey_comment/S1", themes=["T2"]))
    visit.record(say.SurveyComment(id="S1", deleted=True))
    assert [unit.key for unit in units(visit.state)] == ["survey_comment/S2"]
    assert not theme_groups(visit.state).rows
    with pytest.raises(Invalid, match="there is no survey_comment/S1"):
        visit.record(say.Coding(unit="survey_comment/S1", themes=["T2"]))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (say.SurveyComment(id="S3", group="patient", text="  "), "needs words"),
        (say.SurveyComment(id="S3", text="Words."), "needs the group"),
        (say.SurveyComment(id="S3", group="patient", text="Words.", standard="999"), "999"),
    ],
)
def test_a_comment_has_words_and_a_group(team: Team, line: say.SurveyComment, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        team.visit("R2").record(line)
