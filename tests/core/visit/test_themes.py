"""Codebooks, themes and codings on a visit: what may be said, by whom, and who sees it when."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.codebooks.library import builtin
from reviewapp.visit import rules
from reviewapp.visit import statements as say
from reviewapp.visit.blind import as_seen_by, seen_codings
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.rights import is_allowed
from reviewapp.visit.theme_records import ThemeRecord
from reviewapp.visit.themes import own_codebook, suggested, themes_in_force, unit_of, units
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path):
    team = Team(tmp_path)
    visit = team.visit("R2")
    visit.record(
        say.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True, people=1),
        say.Answer(interview="P1", prompt="P01", text="They came late."),
        say.Quote(id="Q1", interview="P1", text="nobody rang", standards=["151"], tone="negative"),
    )
    return team


def coded(*themes: str, unit: str = "quote/Q1/R2") -> say.Coding:
    return say.Coding(unit=unit, themes=list(themes))


def test_the_usual_codebook_is_in_force_until_the_lead_chooses(team: Team) -> None:
    lead = team.visit("L1")
    assert [book.id for book in themes_in_force(lead.state).books] == ["crisis-team-features"]
    other = next(book for book in builtin() if book.id == "crisis-team-practice")
    lead.record(say.Codebook(id=other.id, content=other))
    assert list(themes_in_force(lead.state).by_id) == ["W1", "W2", "W3", "W4", "W5"]
    lead.record(say.Codebook(id=builtin()[0].id, content=builtin()[0]))
    assert len(themes_in_force(lead.state).books) == 2 and "T8a" in themes_in_force(lead.state).by_id
    reviewer = team.visit("R2")
    with pytest.raises(Invalid, match="codebook"):
        reviewer.record(say.Codebook(id=other.id, content=other))
    with pytest.raises(Invalid, match="is of another codebook"):
        lead.record(say.Codebook(id="another", content=other))


def test_a_unit_is_a_quote_or_an_answer_with_words(team: Team) -> None:
    state = team.visit("R2").state
    assert [unit.key for unit in units(state)] == ["answer/P1/P01/R2", "quote/Q1/R2"]
    quote = unit_of(state, "quote/Q1/R2")
    assert quote is not None and (quote.group, quote.standards, quote.person) == ("patient", ("151",), "R2")
    assert unit_of(state, "quote/Q9/R2") is None and unit_of(state, "rating/47/R2") is None
    assert suggested(themes_in_force(state), quote.standards) == ("T2",)


def test_each_coder_has_a_coding_of_each_unit(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(coded("T2", "T4"), coded(unit="answer/P1/P01/R2"))
    assert visit.state.codings["quote/Q1/R2/R2"].themes == ("T2", "T4")
    assert visit.state.codings["answer/P1/P01/R2/R2"].themes == (), "looked at, and none fits"
    visit.record(say.Coding(unit="quote/Q1/R2", themes=None))
    assert "quote/Q1/R2/R2" not in visit.state.codings
    assert ENTITIES["coding"].split("quote/Q1/R2/R3") == ({"unit": "quote/Q1/R2"}, "R3")
    assert is_allowed("coding", "quote/Q1/R2/R3", "R3", lead=False)
    assert not is_allowed("coding", "quote/Q1/R2/R3", "R2", lead=False)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (coded("T99"), "no theme 'T99'"),
        (coded("TA"), "TA only contains other themes"),
        (coded("T2", "T2"), "a theme is listed twice"),
        (coded("T2", unit="quote/Q7/R2"), "no quote/Q7/R2 with words"),
        (coded("T2", unit="rating/47/R2"), "nothing that can be coded"),
        (coded("T2", unit="quote//R2"), "nothing that can be coded"),
        (say.AgreedCoding(unit="quote/Q1/R2", themes=["T2"]), "agreed"),
        (say.Theme(id="T30", title="Ours"), "theme"),
    ],
)
def test_what_cannot_be_said_is_one_line(team: Team, statement: say.Statement, words: str) -> None:
    visit = team.visit("R2")
    with pytest.raises(Invalid, match=words):
        rules.check(statement, visit.state, "R2")


def test_the_lead_adds_a_theme_and_rewords_another(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(say.Theme(id="T30", parent="TB", title="Waiting rooms"), say.Theme(id="T2", title="Regular"))
    known = themes_in_force(lead.state).by_id
    assert known["T30"].path == ("What help there is", "Waiting rooms") and known["T2"].title == "Regular"
    assert known["T2"].use_when and known["T2"].standards
    assert own_codebook(lead.state).theme("T30") is not None
    with pytest.raises(Invalid, match="part of itself"):
        lead.record(say.Theme(id="T8", parent="T8a"))
    with pytest.raises(Invalid, match="no theme 'T99'"):
        lead.record(say.Theme(id="T31", parent="T99", title="x"))


def test_a_theme_stands_below_the_one_it_is_part_of_and_later_ones_change_no_order(team: Team) -> None:
    lead = team.visit("L1")
    before = themes_in_force(lead.state).ids
    lead.record(say.Theme(id="T31", title="Rooms"), say.Theme(id="T30", parent="T31", title="Waiting rooms"))
    lead.record(say.Theme(id="T32", parent="T8", title="Pets"))
    found = themes_in_force(lead.state)
    assert found.ids == (*before, "T30", "T31", "T32")
    order = list(found.by_id)
    assert order[order.index("T8") :][:5] == ["T8", "T8a", "T8b", "T8c", "T32"]
    assert order[-2:] == ["T31", "T30"] and found.by_id["T30"].path == ("Rooms", "Waiting rooms")
    assert [one.id for one in own_codebook(lead.state).themes] == order, "a file for other programs has parents first"


def test_a_theme_that_nobody_used_can_be_hidden_with_those_in_it_and_shown_again(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(say.Theme(id="T8", hidden=True))
    found = themes_in_force(lead.state)
    assert set(found.hidden) == {"T8", "T8a", "T8b", "T8c"} and not set(found.hidden) & set(found.by_id)
    with pytest.raises(Invalid, match="no theme 'T8a'"):
        lead.record(coded("T8a", unit=unit_here(lead)))
    lead.record(say.Theme(id="T8", hidden=False))
    assert themes_in_force(lead.state).hidden == {} and "T8a" in themes_in_force(lead.state).by_id
    lead.record(say.Theme(id="T8", hidden=True))
    lead.undo()
    assert "T8a" in themes_in_force(lead.state).by_id


def unit_here(visit: OpenVisit) -> str:
    visit.record(
        say.Interview(id="P1", group="patient", consent_quotes=True, people=1),
        say.Quote(id="Q1", interview="P1", text="words"),
    )
    return f"quote/Q1/{visit.me}"


def test_a_theme_in_use_is_not_hidden_and_one_used_elsewhere_meanwhile_is_in_force_again(team: Team) -> None:
    lead, other = team.visit("L1"), team.visit("R2")
    lead.record(coded("T8a", unit=unit_here(lead)))
    for theme in ("T8", "T8a"):
        with pytest.raises(Invalid, match="T8a is in use"):
            lead.record(say.Theme(id=theme, hidden=True))
    lead.record(say.Theme(id="T2", hidden=True))
    other.record(coded("T2"))
    lead.merge(team.return_of("R2"))
    assert "T2" in themes_in_force(lead.state).by_id, "what somebody saw is never out of sight"


def test_the_last_theme_is_not_hidden_and_two_beside_each_other_have_two_titles(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(say.Theme(id="TA", hidden=True), say.Theme(id="TB", hidden=True))
    with pytest.raises(Invalid, match="last one"):
        lead.record(say.Theme(id="TC", hidden=True))
    with pytest.raises(Invalid, match="already the title of T9"):
        lead.record(say.Theme(id="T30", parent="TC", title=themes_in_force(lead.state).by_id["T9"].title.upper()))
    lead.record(say.Theme(id="T30", title="Ours"))
    with pytest.raises(Invalid, match="needs a title"):
        lead.record(say.Theme(id="T30", title=" "))
    lead.record(say.Theme(id="T9", title="Beds"))
    lead.record(say.Theme(id="T9", title=""))
    shipped = builtin()[0].theme("T9")
    assert shipped is not None
    assert themes_in_force(lead.state).by_id["T9"].title == shipped.title, "the codebook's words again"


def test_two_themes_that_are_part_of_each_other_by_two_laptops_are_both_there(team: Team) -> None:
    state = msgspec.structs.replace(
        team.visit("L1").state,
        themes={"T30": ThemeRecord(key="T30", id="T30", title="One", parent="T31"),
                "T31": ThemeRecord(key="T31", id="T31", title="Other", parent="T30")},
    )  # fmt: skip
    assert themes_in_force(state).by_id["T31"].path == ("One", "Other")


def test_coders_do_not_see_each_other_before_the_meeting_opens(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(say.Coding(unit="quote/Q1/R2", themes=["T2"], memo="a late visit"))
    lead = team.visit("L1")
    lead.merge(team.return_of("R2"))
    lead.record(coded("T4"))
    state = lead.state
    assert set(seen_codings(state, "R3")) == set() and len(seen_codings(state, "L1")) == 2
    assert set(as_seen_by(state, "R2").codings) == {"quote/Q1/R2/R2"}
    opened = msgspec.structs.replace(state, meetings={})
    assert len(as_seen_by(opened, "L1").codings) == 2
    with pytest.raises(Invalid, match="coders differ"):
        lead.record(say.AgreedCoding(unit="quote/Q1/R2", themes=["T2"]))
    lead.record(say.AgreedCoding(unit="quote/Q1/R2", themes=["T2"], reason="It is about the delay."))
    assert lead.state.agreed_codings["quote/Q1/R2"].themes == ("T2",)


def test_mixed_groups_and_speakers_are_kept(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(
        say.Interview(id="P2", group="patient", consent_quotes=True, consent_published=True, people=5,
                      groups={"patient": 3, "carer": 2}),
        say.Quote(id="Q2", interview="P2", text="we wait", speaker="2"),
    )  # fmt: skip
    talk = visit.state.interviews["P2/R2"]
    assert (talk.groups, talk.consent_published) == ({"patient": 3, "carer": 2}, True)
    assert visit.state.interviews["P1/R2"].consent_published is None
    assert visit.state.quotes["Q2/R2"].speaker == "2"
    with pytest.raises(Invalid, match="between 1 and 50"):
        visit.record(say.Interview(id="P2", groups={"patient": 0}))
