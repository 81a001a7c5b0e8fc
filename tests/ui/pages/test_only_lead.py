"""What a rule keeps for the lead: no control of a reviewer's program says it, so nothing looks recorded in vain."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import Invalid
from reviewapp.codebooks.library import builtin
from reviewapp.visit import statements
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.rights import needs_lead
from reviewapp.workspace.meeting import open_meeting
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.bring_together.support import fresh, open_visit_on
from tests.ui.support import App, Homes, Opener, words_on


@dataclass(frozen=True)
class Place:
    """Where a kind of record is said: the page, how it is shown, and what on it says it. `told`: who may, in words."""

    page: str
    where: dict[str, str]
    controls: Callable[[Any], Sequence[QWidget | None]]
    told: bool = True


def answers(page: Any) -> list[QWidget]:
    panel = page.afterwards.answers
    return [panel.accept, panel.decline, panel.reason, panel.take]


def agreed(page: Any) -> list[QWidget]:
    decision = page.detail.decision
    return [decision.buttons, decision.reason, decision.dissent, page.all_same]


def agreed_audit(page: Any) -> list[QWidget]:
    page.audit_toggle.setChecked(True)
    return [page.audit.buttons, page.audit.reason]


def finding(page: Any) -> list[QWidget]:
    page.open.listed.setCurrentIndex(page.open.listed.told.index(0))
    return [page.finding.accept, page.finding.reason]


PLACES = {
    "agreed": Place("agree", {"standard": "119"}, agreed),
    "agreed_audit": Place("agree", {}, agreed_audit),
    "meeting": Place("agree", {}, lambda page: [page.meeting.open, page.meeting_button]),
    "accept_late": Place("agree", {}, lambda page: [page.late.accept]),
    "agreed_coding": Place(
        "themes", {"view": "coders"}, lambda page: [page.coders.choice, page.coders.settle, page.coders.reason]
    ),
    "codebook": Place(
        "themes", {"view": "codebook"}, lambda page: [page.codebook.books, page.codebook.imported.choose]
    ),
    "theme": Place(
        "themes",
        {"view": "codebook"},
        lambda page: [
            page.codebook.themes.add,
            page.codebook.themes.hide_theme,
            page.codebook.themes.form.fields["title"].editor,
        ],
        told=False,
    ),
    "response_decision": Place("report", {"passage": "responses"}, answers),
    "decision": Place(
        "report",
        {"passage": "decisions"},
        lambda page: [page.afterwards.committee.form, page.afterwards.committee.note],
    ),
    "finding_accepted": Place("report", {}, finding),
    "person": Place("overview", {}, lambda page: [page.people.change], told=False),
    "slot": Place("overview", {}, lambda page: [page.day.add_button], told=False),
    "round": Place("overview", {"card": "rounds"}, lambda page: [page.rounds.edit.head], told=False),
    "suggestions": Place(
        "action_plan", {"goal": ""}, lambda page: [page.goals.folds["goal"].part.reveal_button], told=False
    ),
    "asks": Place("overview", {"card": "asks"}, lambda page: [page.prepare], told=False),
}
"""`told` is False where a reviewer sees no more than what the lead said: nobody is shown what only a lead can do."""
ELSEWHERE = {
    "agreed_criterion": "agree/test_criteria.py: a reviewer reads what was agreed and changes nothing",
    "also_agreed": "standards/test_two_sets.py: a reviewer reads what was agreed by the second set",
    "also_agreed_criterion": "standards/test_two_sets.py: the same part",
    "also_accept_late": "standards/test_two_sets.py: the same part",
    "also_accept_late_criterion": "standards/test_two_sets.py: the same part",
    "accept_late_criterion": "agree/test_criteria.py: the banner of what is late, as for ratings (`accept_late`)",
    "paper": "overview/test_paperwork.py: a reviewer reads the list",
    "shared_practice": "action_plan/test_sharing.py: a reviewer sees no part for sharing",
    "report_comment": "report/test_comments.py: and imports no comment",
    "example": "action_plan/test_sharing.py: and takes no example",
}
"""Said of a visit with criteria or with a second set only, and asked there."""
WITHOUT_A_CONTROL = {"also_round"}
"""Said on the command line only."""


def _two_coders(lead: OpenVisit, homes: Homes, folder: Path) -> None:
    """A quote that the lead and another coder see otherwise."""
    everything, coded = folder / "everything.rvreturn", folder / "coded.rvreturn"
    lead.write_return(everything)
    coder = open_visit_on(fresh(homes, folder / "coder", "R4"))
    coder.merge(everything)
    unit = f"quote/{next(iter(coder.state.quotes))}"
    coder.record(statements.Coding(unit=unit, themes=["T1"]))
    coder.write_return(coded)
    coder.close()
    lead.record(statements.Coding(unit=unit, themes=["T2"]))
    lead.merge(coded)


@pytest.fixture
def laptops(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """The lead's and a reviewer's home in the meeting: a rating is late, cells differ, the team has answered."""
    lead_home, reviewer_home = tmp_path / "lead", tmp_path / "reviewer"
    shutil.copytree(homes.lead, lead_home)
    shutil.copytree(homes.reviewer, reviewer_home)
    late, back = tmp_path / "late.rvreturn", tmp_path / "back.rvreturn"
    other = open_visit_on(fresh(homes, tmp_path / "other", "R3"))
    other.record(statements.Rating(standard="47", value="met"))
    other.write_return(late)
    other.close()
    lead = open_visit_on(lead_home)
    _two_coders(lead, homes, tmp_path)
    open_meeting(lead)
    lead.merge(late)
    lead.write_as_host_if_lead()
    lead.record(statements.Response(standard="119", text="We do this"))
    lead.me = "L1"
    lead.record(statements.Goal(id="G1", text="Own copies of the plan"))
    lead.write_return(back)
    lead.close()
    reviewer = open_visit_on(reviewer_home)
    reviewer.merge(back)
    reviewer.close()
    return lead_home, reviewer_home


def usable(widget: QWidget | None) -> bool:
    """Whether somebody could say something with it."""
    if widget is None or not (widget.isVisible() and widget.isEnabled()):
        return False
    read_only = getattr(widget, "isReadOnly", None)
    return not (read_only is not None and read_only())


def usable_controls(app: App, place: Place) -> tuple[list[QWidget | None], str]:
    page = app.go(place.page, place.where)
    app.settle()
    controls = [one for one in place.controls(page) if usable(one)]
    return controls, words_on(page)


def test_every_kind_that_only_the_lead_says_has_its_place_in_this_table() -> None:
    assert {*PLACES, *ELSEWHERE, *WITHOUT_A_CONTROL} == {name for name in ENTITIES if needs_lead(name, "R2")}


def test_no_control_of_a_reviewer_says_what_only_the_lead_may(program: Opener, laptops: tuple[Path, Path]) -> None:
    lead, reviewer = program(laptops[0]), program(laptops[1])
    for kind, place in PLACES.items():
        may, _ = usable_controls(lead, place)
        assert may, f"{kind}: the lead says it here, else the table is about nothing"
        may_not, words = usable_controls(reviewer, place)
        assert may_not == [], kind
        assert not place.told or "lead" in words, f"{kind}: who says it is told"


LINES: dict[str, statements.Statement] = {
    "agreed": statements.Agreed(standard="119", value="met"),
    "agreed_audit": statements.AgreedAudit(case_note="1", item="A1", value="yes"),
    "agreed_coding": statements.AgreedCoding(unit="quote/Q1/R2", themes=["T1"], reason="We talked"),
    "codebook": statements.Codebook(id=builtin()[1].id, content=builtin()[1]),
    "theme": statements.Theme(id="V1", title="Pets"),
    "meeting": statements.Meeting(open=False),
    "accept_late": statements.AcceptLate(standard="47", reviewer="R3", entry="0" * 64),
    "response_decision": statements.ResponseDecision(standard="119", accepted=True, reason="They showed us"),
    "decision": statements.Decision(presentation=1, label="Accredited", date="2026-12-01"),
    "finding_accepted": statements.FindingAccepted(id="name-1", reason="It is the town"),
    "person": statements.Person(code="R9", role="clinician"),
    "round": statements.Round(id="this", label="baseline"),
    "suggestions": statements.Suggestions(shown=True),
    "slot": statements.Slot(id="9", start="10:00", end="11:00", title="Handover"),
    "asks": statements.Asks(prompt="P1", who=["R2"]),
}


def test_what_a_reviewer_says_in_the_leads_place_all_the_same_is_refused_or_told_as_counting_for_nothing(
    program: Opener, laptops: tuple[Path, Path]
) -> None:
    app = program(laptops[1])
    assert set(LINES) == set(PLACES)
    for kind, line in LINES.items():
        try:
            change = app.visit.record(line)
        except Invalid:
            continue
        assert change.apart, kind
        app.qtbot.waitUntil(lambda: "Only the lead's laptop can say this" in app.window.status.message.text())
        app.window.status.message.setText("")
