"""What is printed from the plan: for a wall, for new staff, for the interim review."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.rounds import this_round
from reviewapp.figures.status import status
from reviewapp.plan.pages.build import PAGES, page_of
from reviewapp.plan.pages.plain_summary import plain_summary
from reviewapp.report import house_style
from reviewapp.report.proofreading.before_saving import stops
from reviewapp.report.tree import Quote
from reviewapp.visit import labels
from reviewapp.visit.programme_records import EscalationRecord, GoalRecord, SuggestionsRecord
from reviewapp.visit.state import ActionRecord, Conflict, TextRecord
from reviewapp.workspace.changes import HistoryItem
from tests.core.plan.plan_building import action
from tests.core.report.building import keyed
from tests.core.report.fidelity import third_round
from tests.core.report.html.html_checks import html_faults
from tests.core.report.pdf.conformance import faults
from tests.core.report.reading import as_pdf_shows, pages, squeezed, word_lines
from tests.core.report.sampled import sample_visit
from tests.core.report.word_schema import schema_faults

TODAY = date(2027, 3, 1)
STRANGE = "=HYPERLINK() <b>bold</b> <redacted> {{ }} &amp; +cmd \U0001f642 " + "x" * 300


def nothing(_key):
    return ()


def with_actions(*actions: ActionRecord, **more):
    """The sample visit with other actions."""
    visit = msgspec.structs.replace(sample_visit(), **more)
    return msgspec.structs.replace(visit, actions={a.key: a for a in actions}) if actions else visit


def printed(page, state=None, history=nothing):
    """The words of each page."""
    state = state or with_actions()
    return pages(page_of(page, state, status(state), history, TODAY))


def test_every_voice_on_the_wall_agreed_to_it_and_nobody_else_is_on_it():
    visit = with_actions()
    words = squeezed("".join(printed("you-said")))
    quoted = [q for q in visit.quotes.values() if squeezed(q.text) in words]
    assert quoted
    assert all(visit.interviews[q.interview].consent_circulation for q in quoted)
    assert not [a.owner for a in visit.actions.values() if squeezed(a.owner) in words]
    assert not [c.text for c in visit.concerns.values() if squeezed(c.text) in words]
    assert not re.search(r"(?<!Page)(?<!\d)\d+of\d+|\d%", words), "no count of people"


def test_the_wall_says_what_is_done_begun_and_planned_and_leaves_out_what_was_dropped():
    visit = with_actions(
        action("A", "119", action="First thing", status="done"),
        action("B", "136", action="Second thing", status="in_progress", due="2027-06-30"),
        action("D", "160", action="Fourth thing", status="open", due="2027-02-01"),
        action("C", "151", action="Third thing", status="dropped"),
    )
    words = " ".join(" ".join(printed("you-said", visit)).split())
    assert "✓ Done: First thing" in words
    assert "Begun: Second thing (by 30 June 2027)" in words
    assert "Planned: Fourth thing (was due 1 February 2027)" in words
    assert "Third thing" not in words
    assert words.index("First") < words.index("Second")


def test_the_sample_fits_on_one_page_for_the_wall_and_one_for_new_staff():
    assert len(printed("you-said")) == len(printed("brief")) == 1


def test_a_wall_page_without_an_action_is_refused():
    with pytest.raises(Invalid, match="no action to report"):
        printed("you-said", with_actions(action("A", "119", action="  ", status="open")))


@pytest.mark.parametrize("many", [0, 1, 60])
def test_the_brief_is_one_page_however_long_the_plan_is(many):
    long = "An action that goes on and on, " * 30
    actions = [action(f"A{n}", "119", action=long, owner=long, due="2027-01-01") for n in range(many)]
    visit = with_actions(*actions) if many else with_actions(actions={})
    (page,) = printed("brief", visit)
    assert "Our peer review on one page" in page
    assert "not an accreditation outcome" in page
    if many == 60:
        assert re.search(r"And \d+ more in the action plan", page)
        assert "overdue" in page


def test_progress_tells_what_is_overdue_and_what_was_reported_when():
    visit = with_actions(action("A", "119", action="First thing", status="in_progress", due="2027-02-26"))
    reports = [
        HistoryItem("progress", "Begun", "host", "d", "2027-01-10T09:00:00Z", "e1", ()),
        HistoryItem("progress", "Half done", "L1", "d", "2027-02-10T09:00:00Z", "e2", ("e1",)),
    ]
    words = " ".join(" ".join(printed("progress", visit, lambda _: reports)).split())
    assert "1 action: 1 in progress; 1 overdue." in words
    assert "26 February 2027 overdue" in words
    first, second = "10 January 2027, the team: Begun", "10 February 2027, Lead reviewer (L1): Half done"
    assert words.index(first) < words.index(second)
    assert "Not planned yet" in words


@pytest.mark.parametrize("page", ["you-said", "brief", "progress"])
def test_nothing_typed_is_code_on_a_page(page):
    visit = with_actions(action("A", "119", action=STRANGE, status="open", owner="<img src='/etc/hostname'>"))
    words = squeezed("".join(printed(page, visit)))
    assert as_pdf_shows(STRANGE)[:40] in words
    if page != "brief":
        assert as_pdf_shows(STRANGE) in words


@pytest.mark.parametrize("page", ["you-said", "brief", "progress"])
def test_a_page_is_not_printed_while_an_action_says_two_things(page):
    torn = Conflict(entity="action", key="AP1", field="owner", values=())
    with pytest.raises(Invalid, match="two versions of the owner"):
        printed(page, with_actions(conflicts=(torn,)))


@pytest.mark.parametrize("page", ["you-said", "brief", "progress"])
def test_a_page_is_for_everybody_and_for_ever(page):
    visit = with_actions()
    assert faults(page_of(page, visit, status(visit), nothing, TODAY)) == []


def the_three_rounds(**more):
    """The example with goals, votes and meetings."""
    return msgspec.structs.replace(third_round(), **more)


def test_a_suggestion_of_a_reviewer_is_not_in_the_pack_before_it_was_shown():
    hidden = " ".join(printed("scoping", the_three_rounds()))
    assert "Visits in the evening" in hidden and "SUGGESTED BY A REVIEWER" not in hidden
    shown = " ".join(
        printed(
            "scoping", the_three_rounds(suggestions={"suggestions": SuggestionsRecord(key="suggestions", shown=True)})
        )
    )
    assert shown.index("Visits in the evening") < shown.index("SUGGESTED BY A REVIEWER"), "the team's own first"


def test_the_pack_has_a_page_to_vote_on_and_says_when_carers_were_not_there():
    made = printed("scoping", the_three_rounds())
    assert "no carers were counted" in " ".join(made)
    assert made[-1].count("Everybody knows when we come again") == 1 and "Voting sheet" in made[-1]


def test_the_plain_summary_is_in_large_type_and_names_nobody_and_no_number_of_people():
    visit = with_actions()
    document = plain_summary(visit, status(visit), TODAY)
    words = " ".join(" ".join(printed("plain-summary", visit)).split())
    for title in ("What is good", "What needs to get better", "What happens next"):
        assert title in words
    assert not [block for block in document.parts if isinstance(block, Quote)]
    assert all(quote.text not in words for quote in visit.quotes.values())
    assert all(person.name not in words for person in visit.people.values() if person.name)
    assert "owner" not in words.lower()
    assert min(style.fontSize for style in house_style.paragraph_styles(large=True).values()) >= 16


def test_the_plain_summary_of_a_visit_without_ratings_is_refused():
    with pytest.raises(Invalid, match="nothing to report"):
        printed("plain-summary", with_actions(ratings={}, agreed={}, self_review={}))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_also_one_file_for_a_browser(page):
    visit = the_three_rounds() if page == "rounds" else with_actions()
    made = page_of(page, visit, status(visit), nothing, TODAY, "html").decode()
    assert html_faults(made) == []


def test_the_minutes_say_of_each_goal_what_was_said_and_of_whom_help_was_asked():
    words = " ".join(" ".join(printed("follow-up", the_three_rounds())).split())
    assert "2 held, 1 cancelled" in words.replace("4 meetings: ", "")
    assert words.index("9 March 2027") < words.index("7 January 2027"), "the last one first"
    for said in ("cards are printed", "Time", "a printer on the ward", "order it (by 20 March 2027)", "no answer yet",
                 "from April (11 February 2027)", "cancelled. three were ill"):  # fmt: skip
        assert said in words


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("make", [with_actions, the_three_rounds])
def test_every_page_is_for_everybody_as_pdf_and_opens_in_word(page, make):
    visit = the_three_rounds() if page == "rounds" else make()
    if page == "you-said" and not visit.actions:
        visit = msgspec.structs.replace(visit, actions={"A": action("A", "1", action="Ring back", status="open")})
    assert faults(page_of(page, visit, status(visit), nothing, TODAY)) == []
    written = page_of(page, visit, status(visit), nothing, TODAY, "docx")
    assert word_lines(written)
    assert schema_faults(written) == []


@pytest.mark.parametrize("page", ["scoping", "follow-up"])
def test_with_nothing_recorded_nothing_is_claimed(page):
    words = " ".join(printed(page, with_actions(goals={}, scoping={}, follow_ups={}, follow_up_goals={})))
    assert "None" not in words
    if page == "follow-up":
        assert words.count("No meeting") == 1 and "0 held" not in words


def test_what_was_reported_names_who_said_it_by_role():
    state = the_three_rounds(actions={"A": action("A", "1", action="Ring back", status="open")})
    reports = [HistoryItem("progress", "Half done", "R3", "d", "2027-02-10T09:00:00Z", "e2", ())]
    words = " ".join(" ".join(printed("progress", state, lambda _: reports)).split())
    assert f"{labels.role(state.people['R3'].role).capitalize()} (R3): Half done" in words


def test_the_actions_on_one_standard_stand_under_one_heading():
    actions = {name: action(name, "1", action=f"Act {name}", status="open") for name in ("A", "B")}
    words = " ".join(" ".join(printed("progress", the_three_rounds(actions=actions))).split())
    title = the_three_rounds().instrument.standards[0].title
    assert words.count(f"1 {title}") == 1 and "Act A" in words and "Act B" in words


def test_the_page_for_the_waiting_room_gives_the_day_it_was_held_and_no_numbers_of_quotes():
    state = the_three_rounds(actions={"A": action("A", "1", action="Ring back", status="done")})
    words = " ".join(" ".join(printed("you-said", state)).split())
    held = labels.day(this_round(state).held)
    assert f"On {held} a team of reviewers visited us" in words
    assert "Quote " not in words


def test_what_may_identify_somebody_in_minutes_or_a_candidate_is_found_before_it_is_saved():
    said = the_three_rounds().follow_up_goals["F3/G1"]
    noted = msgspec.structs.replace(said, progress="she was born 03/04/1981")
    visit = the_three_rounds(follow_up_goals={"F3/G1": noted})
    assert [one.rule for one in stops(visit, "follow-up")] == ["date_of_birth"] and not stops(visit, "scoping")
    goals = the_three_rounds().goals
    candidate = msgspec.structs.replace(goals["G2"], text="Ask whoever was born 03/04/1981")
    visit = the_three_rounds(goals={**goals, "G2": candidate})
    assert [one.rule for one in stops(visit, "scoping")] == ["date_of_birth"] and not stops(visit, "follow-up")


def test_the_minutes_say_who_was_there_what_was_handed_over_and_which_goals_ended():
    words = " ".join(" ".join(printed("follow-up", the_three_rounds())).split())
    for said in ("Staff: 3; no patients and no carers", "on 1 of 3 occasions", "nobody has the post yet",
                 "Nobody else knows where the cards are.", "Reached on 1 February 2027: answered at any hour",
                 "reply by 28 February 2027 (passed)"):  # fmt: skip
        assert said in words


@pytest.mark.parametrize("many", [0, 1, 60])
def test_the_brief_for_senior_managers_is_one_page_however_much_is_asked(many):
    long = "Something that goes on and on, " * 30
    asked = [EscalationRecord(key=f"X{n}", id=f"X{n}", asked=long, to="the director", reply_by="2027-02-01")
             for n in range(many)]  # fmt: skip
    goals = [GoalRecord(key=f"G{n}", id=f"G{n}", text=long, standards=("5",), chosen_by="team", target=long)
             for n in range(many)]  # fmt: skip
    contexts = [TextRecord(key=f"{n}/L1", person="L1", subject=f"{n}", text=long) for n in range(1, 9)]
    visit = the_three_rounds(
        escalations=keyed(*asked), goals=keyed(*goals), local_context=keyed(*contexts) if many else {}
    )
    (page,) = printed("managers-brief", visit)
    words = " ".join(page.split())
    assert "Total: 31 to 34" in words
    if many == 60:
        assert re.search(r"And \d+ more in the minutes", words) and re.search(r"And \d+ more in the action plan", words)
        assert "(passed)" in words and "4 are within its reach" not in words
    if not many:
        assert "Nothing has been asked so far." in words and "has not chosen its goals yet" in words


@pytest.mark.parametrize("many", [0, 8])
def test_the_profile_of_the_team_is_one_page_without_a_score(many):
    long = "It is bought elsewhere, and so on, " * 15
    contexts = {
        f"{n}/L1": TextRecord(key=f"{n}/L1", person="L1", subject=f"{n}", text=long) for n in range(1, many + 1)
    }
    (page,) = printed("team-profile", the_three_rounds(local_context=contexts, context={}))
    words = " ".join(page.split())
    assert words.count("nothing recorded yet: ask before the day") == 4
    assert "baseline on 11 November 2025" in words and "Total" not in words and "31" not in words
    if many:
        assert "1 Ringing the team:" in words
    else:
        assert "Nothing recorded yet: ask before the day." in words


def test_progress_says_how_many_actions_each_role_sees_to():
    words = " ".join(" ".join(printed("progress", the_three_rounds())).split())
    assert "Who owns the actions" in words and "team manager 1 of 3" in words and "nobody named 1 of 3" in words


def test_the_rounds_stand_side_by_side_on_a_page_of_their_own():
    state = third_round()
    words = " ".join(" ".join(printed("rounds", state)).split())
    assert "Rounds side by side" in words and "A caution, not a test" in words


def test_a_team_with_one_round_only_has_nothing_to_compare():
    with pytest.raises(Invalid, match="no earlier round"):
        printed("rounds")
