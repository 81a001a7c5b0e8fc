"""What teams let each other read of what they do well: shared by the lead, taken where this one scored low."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from reviewapp.visit.statements import Agreed, Example, Goal, LocalContext, Passage, SharedPractice
from reviewapp.workspace.laptop import NewPerson
from reviewapp.workspace.meeting import open_meeting
from tests.ui.action_plan.support import begin, open_page, opened, type_short
from tests.ui.support import App, Homes, Opener

PRESS = Qt.MouseButton.LeftButton


def test_nothing_is_shared_unless_the_lead_says_so_and_it_is_taken_back(planned: App) -> None:
    page = open_page(planned)
    section = opened(page, "shared_practice")
    assert page.follow_up.folds["shared_practice"].note.text() == "Nothing is shared"
    planned.keys(section.begin_line.fields["standard"].editor, "4")
    begin(planned, section, "Two people write the plan together")
    shared = planned.visit.state.shared_practice["4"]
    assert (shared.text, shared.team) == ("Two people write the plan together", "")
    type_short(planned, section, "team", "A rural team")
    assert planned.visit.state.shared_practice["4"].team == "A rural team"
    planned.qtbot.mouseClick(section.remove, PRESS)
    assert page.follow_up.folds["shared_practice"].note.text() == "Nothing is shared"
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.shared_practice["4"].text


def test_without_words_the_passage_of_the_report_is_shared_as_it_stands(planned: App) -> None:
    planned.visit.record(Passage(place="practice:4", text="Plans are read aloud"))
    section = opened(open_page(planned), "shared_practice")
    planned.keys(section.begin_line.fields["standard"].editor, "4", Qt.Key.Key_Return)
    assert planned.visit.state.shared_practice["4"].text == "Plans are read aloud"


def test_a_reviewer_sees_no_part_for_sharing_and_takes_no_example(program: Opener, homes: Homes) -> None:
    page = open_page(program(homes.reviewer))
    assert page.follow_up.folds["shared_practice"].isHidden()
    assert not opened(page, "example").look.isVisible()


@pytest.fixture
def offered(planned: App) -> App:
    """The lead's laptop with a visit to another team that shares a practice at standard 119, which is low here."""
    laptop, info = planned.session.laptop, planned.visit.state.info
    assert laptop is not None
    visit = laptop.new_visit(
        instrument=info.instrument, kind=info.kind, service="Another team (invented)", organisation=info.organisation,
        date=info.date, people=[NewPerson("L1", "lead", "")],
    )  # fmt: skip
    with closing(laptop.open_visit(visit)) as theirs:
        theirs.record(SharedPractice(standard="119", text="The plan is printed at the first visit"))
    if not planned.visit.state.meeting_opened:
        open_meeting(planned.visit)
    planned.visit.record(Agreed(standard="119", value="not_met"))
    return planned


def test_examples_are_taken_by_one_press_and_stand_at_the_goal_that_is_about_them(offered: App) -> None:
    page = open_page(offered)
    section = opened(page, "example")
    offered.qtbot.mouseClick(section.look, PRESS)
    offered.settle()
    (example,) = offered.visit.state.examples.values()
    assert "1 example imported" in offered.window.status.message.text()
    offered.visit.record(Goal(id="G1", text="Copies", standards=["119"], chosen_by="the team"))
    offered.visit.record(LocalContext(standard="119", text="The printer is shared with another team"))
    told = opened(page, "goal").lift.text()
    assert "119, another team: The plan is printed at the first visit" in told
    assert "Outside the team's control:\n119: The printer is shared" in told
    offered.window.actions_.undo.trigger()
    offered.window.actions_.undo.trigger()
    offered.window.actions_.undo.trigger()
    assert example.id not in offered.visit.state.examples


def test_that_nobody_offers_anything_is_said(planned: App) -> None:
    section = opened(open_page(planned), "example")
    section._on_look()
    planned.settle()
    assert "No other team on this laptop" in planned.window.status.message.text()


def test_an_example_is_taken_out_again(planned: App) -> None:
    planned.visit.record(Example(id="X1", standard="119", text="Read aloud"))
    section = opened(open_page(planned), "example")
    planned.qtbot.mouseClick(section.remove, PRESS)
    assert not planned.visit.state.examples
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.examples["X1"].text == "Read aloud"
