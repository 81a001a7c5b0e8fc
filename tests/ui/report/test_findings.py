"""What is found when the report is proofread is a click from its cause, and stands only for a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest

import reviewapp.report.proofreading
from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import Agreed, Concern, Passage, Rating
from tests.ui.interviews.support import tab_stops
from tests.ui.report.support import LONG_MS, open_page, pages_seen, wait_for_pages
from tests.ui.support import App, Homes, Opener, focus
from ui.pages import PAGES
from ui.pages.report.page import ReportPage
from ui.pages.shared.finding_words import TITLES, cause_of


def find(page: ReportPage, kind: str) -> QModelIndex:
    told = page.open.listed.told
    return told.index(next(i for i, row in enumerate(told.rows) if row.key.startswith(f"{kind}-")))


def sources_of_the_rules() -> str:
    folder = Path(reviewapp.report.proofreading.__file__).parent
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))


def choose(page: ReportPage, kind: str) -> str:
    """Click a finding; returns its id."""
    index, listed = find(page, kind), page.open.listed
    listed.scrollTo(index)
    where = listed.visualRect(index).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    return str(listed.told.rows[index.row()].key)


def test_each_finding_is_a_click_from_its_cause(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Agreed(standard="119", value="not_met"), Concern(id="IC9", text="Somebody may be at risk"))
    page = open_page(app)
    choose(page, "no_recommendation")
    assert page.outline.chosen_key() == "recommendation:119", "what can be written is opened beside the finding"
    assert page.editor.isVisible()
    assert "119" in page.finding.why.text()
    assert not page.finding.go.isVisible()
    choose(page, "disagreement")
    standard = page.finding.finding.standard if page.finding.finding else ""
    app.qtbot.mouseClick(page.finding.go, Qt.MouseButton.LeftButton)
    assert (app.page.TITLE, app.page.place()["standard"]) == ("Agree", standard)
    page = open_page(app)
    focus(page.open.listed)
    page.open.listed.setCurrentIndex(find(page, "concern_not_passed_on"))
    app.keys(page.open.listed, Qt.Key.Key_Return)
    assert app.page.TITLE == "Interviews"


def test_the_pages_go_back_to_the_part_that_is_open_when_a_finding_is_closed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    assert page.outline.choose("figures")
    wait_for_pages(app, page)
    choose(page, "disagreement")
    wait_for_pages(app, page)
    assert page.outline.chosen_key() == "figures" and "The standards at a glance" not in pages_seen(page)
    app.qtbot.mouseClick(page.finding.close_button, Qt.MouseButton.LeftButton)
    wait_for_pages(app, page)
    assert "The standards at a glance" in pages_seen(page)


def test_tab_passes_the_findings_without_opening_one(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    part = page.outline.chosen_key()
    app.keys(page.outline, Qt.Key.Key_Tab)
    assert page.open.listed.hasFocus()
    assert "finding" not in vars(page) and page.outline.chosen_key() == part
    app.keys(page.open.listed, Qt.Key.Key_Down)
    assert page.finding.isVisible()
    order = [page.open.listed, page.finding.close_button, page.finding.reason, page.editor, page.pages.view]
    assert [stop for stop in tab_stops(page) if stop in order] == order, "made late, and in its place"
    assert page.open.listed.chosen_key() == page.open.listed.told.rows[0].key


def test_the_names_to_look_for_are_seen_when_they_are_opened(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1024, 700)
    page = open_page(app)
    app.keys(page.open.listed, Qt.Key.Key_Down)
    assert "names" not in vars(page), "made when they are opened"
    page.open.names_button.click()
    app.settle()
    order = [page.open.names_button, page.names.close_button, page.names.line, page.names.add_button, page.editor]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    assert page.names.line.hasFocus() and not page.names.line.visibleRegion().isEmpty()


def test_every_rule_leads_to_a_page_and_has_a_few_words(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    words = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', sources_of_the_rules()))
    assert TITLES.keys() <= words, "a rule has gone or has another name"
    rules = {one.rule for one in proofread(app.visit.state)}
    assert rules <= TITLES.keys()
    for row in page.open.listed.told.rows:
        found = page.open.finding(row.key)
        assert found is not None
        assert cause_of(found)[0] in {entry.name for entry in PAGES}


def test_what_is_settled_leaves_the_list(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Agreed(standard="119", value="not_met"))
    page = open_page(app)
    chosen = choose(page, "no_recommendation")
    app.keys(page.editor, "Give every patient a copy.")
    focus(page.outline)
    app.settle()
    assert page.open.finding(chosen) is None
    assert not page.finding.isVisible(), "nor is it shown any more"


def test_a_finding_stands_for_a_reason_and_is_open_again_without_one(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Agreed(standard="119", value="not_met"))
    page = open_page(app)
    chosen = choose(page, "no_recommendation")
    rows = len(page.open.listed.told.rows)
    assert not page.finding.accept.isEnabled(), "there is no accepting without a reason"
    app.keys(page.finding.reason, "The trust writes it.")
    app.qtbot.mouseClick(page.finding.accept, Qt.MouseButton.LeftButton)
    accepted = page.open.finding(chosen).accepted  # type: ignore[union-attr]
    assert accepted is not None
    assert (accepted.person, accepted.reason) == ("L1", "The trust writes it.")
    assert len(page.open.listed.told.rows) == rows - 1, "accepted findings are out of the way"
    app.qtbot.mouseClick(page.open.accepted, Qt.MouseButton.LeftButton)
    assert len(page.open.listed.told.rows) == rows, "and can be looked at"
    assert any("The trust writes it." in row.words() for row in page.open.listed.told.rows)
    app.window.actions_.undo.trigger()
    assert page.open.finding(chosen).accepted is None  # type: ignore[union-attr]


def test_a_reviewer_sees_why_a_finding_stands_and_lets_none_stand(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    page.open.listed.setCurrentIndex(page.open.listed.told.index(0))
    assert page.finding.isVisible()
    assert not page.finding.reason.isVisible()
    assert "lead" in page.finding.accepted.text()


def test_a_name_on_the_list_is_found_where_it_is_written(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Passage(place="method", text="We were shown round by Blodwen."))
    page = open_page(app)
    assert not any(row.key.startswith("name-") for row in page.open.listed.told.rows)
    app.qtbot.mouseClick(page.open.names_button, Qt.MouseButton.LeftButton)
    app.keys(page.names.line, "Blodwen Example", Qt.Key.Key_Return)
    app.settle()
    assert page.names.line.text() == ""
    choose(page, "name")
    assert page.outline.chosen_key() == "method"
    assert "Blodwen" not in page.finding.why.text(), "a finding does not spread what it warns about"
    app.keys(page.names.line, "Gwenllian")
    app.go("overview")
    assert {rec.name for rec in app.visit.state.known_names.values()} == {"Blodwen Example", "Gwenllian"}
    page = open_page(app)
    page.open.names_button.click()
    page.names.listed.choose("N1/L1")
    app.qtbot.mouseClick(page.names.remove, Qt.MouseButton.LeftButton)
    app.settle()
    assert not any(row.key.startswith("name-") for row in page.open.listed.told.rows)


def test_before_the_meeting_a_reviewers_list_does_not_tell_how_others_rated(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    lead, app = program(homes.lead), program(homes.reviewer)
    lead.visit.record(Rating(standard="47", value="met"))
    lead.visit.write_return(tmp_path / "lead.review")
    assert app.visit.merge(tmp_path / "lead.review").reason is None
    app.visit.record(Rating(standard="47", value="not_met"))
    told = [row.key for row in open_page(app).open.listed.told.rows]
    assert told and not [key for key in told if key.startswith("disagreement-")]
    lead.visit.merge(_return_of(app, tmp_path))
    told = [row.key for row in open_page(lead).open.listed.told.rows]
    assert [key for key in told if key.startswith("disagreement-")]


def _return_of(app: App, folder: Path) -> Path:
    app.visit.write_return(folder / "reviewer.review")
    return folder / "reviewer.review"


def test_while_the_visit_is_read_the_page_says_so_and_nobody_waits(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    assert page.open.nothing.isVisible() and "Reading" in page.open.nothing.text(), "nothing is said to be found yet"
    assert not page.open.listed.isVisible()
    app.settle()
    assert page.open.listed.isVisible() and "reading" not in page.open.heading.title.text()
    app.visit.record(Agreed(standard="119", value="not_met"))
    assert "reading" in page.open.heading.title.text(), "what is shown was found before that"
    app.settle()
    assert find(page, "no_recommendation").isValid()
    assert "reading" not in page.open.heading.title.text()


def test_what_changes_while_the_visit_is_read_is_read_too(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    app.visit.record(Agreed(standard="119", value="not_met"))
    app.visit.record(Passage(place="recommendation:119", text="Give every patient a copy."))
    app.qtbot.waitUntil(lambda: "reading" not in page.open.heading.title.text(), timeout=LONG_MS)
    app.settle()
    assert [row.key for row in page.open.listed.told.rows] == [
        one.id for one in proofread(app.visit.state) if one.accepted is None
    ]


def test_a_visit_closed_while_it_is_read_leaves_nothing_running(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("report")
    app.visit.record(Agreed(standard="119", value="not_met"))
    app.session.close_visit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.settle()
    assert app.session.visit is None and not app.session.worker.busy


def test_what_may_be_names_is_proposed_and_nothing_is_decided(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.visit.record(Passage(place="method", text="Zoe Specimen showed us round, with Ada Placeholder."))
    app.keys(page.open.names_button, Qt.Key.Key_Space)
    app.settle()
    card, before = page.names, len(app.visit.state.known_names)
    assert [row.title for row in card.perhaps.told.rows] == ["Ada Placeholder", "Zoe Specimen"]
    assert not card.perhaps.ticked() and not card.take.isEnabled() and "tick" in card.take.toolTip()
    assert len(app.visit.state.known_names) == before
    app.keys(card.perhaps, Qt.Key.Key_Down, Qt.Key.Key_Space)
    app.keys(card.take, Qt.Key.Key_Space)
    app.settle()
    assert [one.name for one in app.visit.state.known_names.values()][before:] == ["Zoe Specimen"]
    assert [row.title for row in card.perhaps.told.rows] == ["Ada Placeholder"]
