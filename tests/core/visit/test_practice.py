"""What the host says of having its practice published: asked for, about these very words, no unless it is yes."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit.practice import Practice, practices
from reviewapp.visit.statements import Passage, PracticeConsent
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team

WORDS = "A named person rings back each evening."


@pytest.fixture
def lead(team: Team) -> OpenVisit:
    visit = team.visit("L1")
    visit.record(Passage(place="practice:47", text=WORDS), Passage(place="practice:54", text="  "))
    return visit


def the_practice(visit: OpenVisit) -> Practice:
    (one,) = practices(visit.state)
    return one


def say(visit: OpenVisit, line: PracticeConsent) -> None:
    """Record it as the host, on the lead's laptop."""
    me, visit.me = visit.me, "host"
    visit.record(line)
    visit.me = me


def test_what_was_not_asked_is_no(lead: OpenVisit) -> None:
    assert (the_practice(lead).said, the_practice(lead).named) == ("not_asked", False)


def test_only_the_host_says_yes(lead: OpenVisit, team: Team) -> None:
    for visit in (lead, team.visit("R2")):
        with pytest.raises(Invalid, match="only the host"):
            visit.record(PracticeConsent(standard="47", published=True))


def test_yes_is_about_exactly_these_words(lead: OpenVisit) -> None:
    say(lead, PracticeConsent(standard="47", published=True))
    assert (the_practice(lead).said, the_practice(lead).named) == ("yes", False)
    lead.record(Passage(place="practice:47", text=WORDS + " Or in the morning."))
    assert the_practice(lead).said == "changed"
    lead.record(Passage(place="practice:47", text=f"{WORDS}\n"))
    assert the_practice(lead).said == "yes"


def test_the_name_needs_a_yes_of_its_own_and_goes_with_the_words(lead: OpenVisit) -> None:
    say(lead, PracticeConsent(standard="47", published=True, named=True))
    assert the_practice(lead).named is True
    lead.record(Passage(place="practice:47", text="Something else."))
    assert the_practice(lead).named is False


def test_no_and_an_answer_taken_back(lead: OpenVisit) -> None:
    say(lead, PracticeConsent(standard="47", published=False, named=True))
    assert (the_practice(lead).said, the_practice(lead).named) == ("no", False)
    say(lead, PracticeConsent(standard="47", published=None))
    assert the_practice(lead).said == "not_asked"


def test_there_is_nothing_to_say_yes_to_without_words(lead: OpenVisit) -> None:
    with pytest.raises(Invalid, match="no positive practice is written at standard 54"):
        say(lead, PracticeConsent(standard="54", published=True))


def test_a_print_of_other_words_never_comes_without_an_answer(lead: OpenVisit) -> None:
    """Else a yes to earlier words could be turned into one to others."""
    with pytest.raises(Invalid, match="needs an answer"):
        say(lead, PracticeConsent(standard="47", named=True, about="0" * 16))
