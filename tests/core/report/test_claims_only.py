"""Before a reviewer has rated, what the team claims of itself is called that: no finding, no forecast."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from reviewapp.cli import output
from reviewapp.figures.gaps import gaps
from reviewapp.figures.status import status
from reviewapp.plan.pages.build import page_of
from reviewapp.report.content.build import build
from reviewapp.report.formats import FORMATS
from reviewapp.report.profiles import PROFILES
from reviewapp.report.proofreading import proofread
from reviewapp.report.tree import Profile
from reviewapp.visit.state import ActionRecord, AgreedRecord, RatingRecord, SelfReviewRecord, TextRecord, VisitState
from tests.core.report.building import keyed, rich_visit
from tests.core.report.reading import pages, word_lines

TODAY = date(2026, 11, 21)


def claims(**more: object) -> VisitState:
    """The rich visit before anybody has rated: the team says met of all but two standards."""
    own = {s.number: "met" for s in rich_visit().instrument.standards} | {"36": "not_met", "4": "not_met"}
    empty: dict[str, object] = {"ratings": {}, "agreed": {}, "conflicts": ()}
    reviews = keyed(*(SelfReviewRecord(key=n, standard=n, value=v) for n, v in own.items()))
    return msgspec.structs.replace(rich_visit(), **(empty | {"self_review": reviews} | more))


def words(state: VisitState, profile: Profile = "committee") -> str:
    document = build(state, status(state), profile=profile, today=TODAY)
    return "\n".join(word_lines(FORMATS["docx"].render(document)))


def test_nothing_is_foretold_before_the_first_rating() -> None:
    told = words(claims())
    assert "No reviewer has rated anything yet, so nothing can be said of the outcome." in told
    assert "What the team says of itself is no forecast." in told
    assert "Not reached" not in told and "Reached" not in told
    said = "\n".join(output.status(status(claims())))
    assert "none before a reviewer has rated" in said and "does not meet" not in said


def test_the_json_keeps_the_words_of_the_contract_and_says_what_it_rests_on() -> None:
    found = status(claims())
    assert found["forecast"]["outcome"] in ("meets", "does_not_meet", "undecided")
    assert found["figures"]["basis"] == "self_review"
    assert status(rich_visit())["figures"]["basis"] == "agreed"
    assert status(claims(self_review={}))["figures"]["basis"] is None


def test_after_the_first_rating_the_forecast_says_what_it_rests_on() -> None:
    rated = claims(ratings=keyed(RatingRecord(key="4/R2", person="R2", standard="4", value="met")))
    assert "It rests on 1 on which all who rated agree." in words(rated)
    assert "It rests on 2 ratings agreed by the review team and 2 on which" in words(rich_visit())
    assert "forecast (subset): undecided, on the review's ratings" in "\n".join(output.status(status(rated)))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_teams_own_claims_are_no_findings_of_the_review(profile: Profile) -> None:
    told = words(claims(), profile)
    assert "In the team's own view, against 6 standards: 4 met, 2 not met" in told
    assert "Met at this visit" not in told and "All standards met" not in told
    assert "Reviewed on" not in told
    after = told[told.rindex("Areas for improvement") : told.rindex("Appendix A")]
    assert after.count("No reviewer has rated anything yet.") == 2
    assert gaps(claims()) == []


def test_beside_one_agreed_rating_the_teams_own_claims_are_counted_as_such() -> None:
    state = claims(agreed=keyed(AgreedRecord(key="47", standard="47", value="met")))
    told = words(state)
    assert "Rated by the team itself only: 5." in told
    assert "It rests on 1 rating agreed by the review team and 5 from the team itself only." in told
    achievements = told[told.rindex("Areas of achievement") : told.rindex("Appendix A")]
    assert "Feedback is acted on" in achievements and "People teach staff" not in achievements


def test_the_proof_reader_takes_no_claim_of_the_team_for_a_rating() -> None:
    passage = TextRecord(key="summary", subject="summary", text="Standard 36 is met. Standard 4 is met.")
    rules = {one.rule for one in proofread(claims(passages={"summary": passage}))}
    assert not rules & {"contradicts_rating", "no_recommendation"}


def on_the_wall(state: VisitState) -> str:
    return " ".join(" ".join(pages(page_of("you-said", state, status(state), lambda _key: (), TODAY))).split())


def acting(number: str, state: VisitState) -> VisitState:
    """The visit without quotes, with one action on a standard."""
    action = ActionRecord(key="A1", id="A1", standard=number, action="Do it", status="done")
    return msgspec.structs.replace(state, actions=keyed(action), quotes={})


@pytest.mark.parametrize(
    ("value", "said"),
    [("met", "What is asked of us"), ("na", "What is asked of us"), (None, "What is asked of us"),
     ("not_met", "The review found that this is not yet so")],
)  # fmt: skip
def test_the_wall_says_not_yet_so_only_of_what_the_review_found_so(value: str | None, said: str) -> None:
    agreed = {} if value is None else keyed(AgreedRecord(key="90", standard="90", value=value))
    words = on_the_wall(acting("90", msgspec.structs.replace(rich_visit(), agreed=agreed)))
    assert f"{said}: The team makes sure: People teach staff." in words
    assert words.count("not yet so") == (value == "not_met")


def test_the_wall_calls_no_claim_of_the_team_a_finding() -> None:
    assert "not yet so" not in on_the_wall(acting("36", claims()))


def test_the_wall_names_only_those_who_were_asked() -> None:
    action = ActionRecord(key="A1", id="A1", standard="90", action="Do it", status="done")
    state = msgspec.structs.replace(rich_visit(), actions=keyed(action))
    assert "They asked patients, carers and staff how things are here." in on_the_wall(state)
    alone = msgspec.structs.replace(state, quotes={}, interviews={})
    assert "They asked" not in on_the_wall(alone) and "what people said" not in on_the_wall(alone)


def test_the_brief_calls_no_claim_of_the_team_a_finding() -> None:
    state = claims()
    made = " ".join(" ".join(pages(page_of("brief", state, status(state), lambda _key: (), TODAY))).split())
    assert "No reviewer has rated anything yet. In the team's own view" in made
    assert "What is good here" not in made and "What to work on first" not in made


def test_what_was_not_done_is_not_told_as_done() -> None:
    told = words(claims(survey={}, interviews={}, quotes={}, case_notes={}, audit={}))
    assert "Reviewers who rate: 3. Each rates alone first; differences are then discussed." in told
    assert "Evidence: the team's own ratings and comments." in told
    assert "Reviewers who rated: 3. Each rated alone first; differences were then discussed." in words(rich_visit())
    nothing = words(claims(self_review={}, survey={}, interviews={}, quotes={}, case_notes={}, audit={}))
    assert "Nothing has been rated yet, of 6 standards." in nothing
    assert "Evidence: none is recorded yet." in nothing


def test_a_concern_is_told_as_passed_on_only_where_somebody_was_told() -> None:
    state = rich_visit()
    assert "at risk, and passed on at once." in words(state, "host")
    silent = {key: msgspec.structs.replace(rec, told="") for key, rec in state.concerns.items()}
    said = words(msgspec.structs.replace(state, concerns=silent), "host")
    assert "passed on" not in said and "for some it is not recorded who was told" in said
