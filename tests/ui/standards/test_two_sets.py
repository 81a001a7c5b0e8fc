"""A visit with two sets of standards: each is listed and rated by itself, and what was heard is seen by both."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reviewapp.visit.statements import AlsoAgreed, AlsoCriterionFinding, AlsoRating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, focus, parts_by_tab
from ui.pages.standards.agreed import AgreedPart
from ui.pages.standards.page import StandardsPage
from ui.pages.standards.set_choice import SetChoice

SECOND = "core-fidelity-2"


def page_of(app: App, **place: str) -> StandardsPage:
    return cast(StandardsPage, app.go("standards", place or None))


def heard_by(app: App) -> tuple[str, str]:
    """A standard of the first set that something was heard under, and an item of the second that sees it."""
    crosswalk = app.visit.state.crosswalk
    assert crosswalk is not None
    heard = {one.standard for one in app.visit.state.ratings.values()}
    quoted = {number for quote in app.visit.state.quotes.values() for number in quote.standards}
    return next((p.from_, p.to) for p in crosswalk.pairs if p.links and p.from_ in quoted & heard)


def test_a_visit_with_one_set_offers_no_choice(program: Opener, homes: Homes) -> None:
    assert page_of(program(homes.lead)).findChild(SetChoice) is None


def test_both_sets_are_listed_and_the_second_is_rated_by_itself(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = page_of(app, standard="4")
    before = dict(app.visit.state.ratings)
    page.sets.choose(SECOND)
    assert len(page.model.rows) == 39
    assert page.keys_line.text() == "Keys: 1, 2, 3, 4, 5"
    assert not page.differs.isVisible()
    app.keys(page.list, "4")
    number = page.detail.number
    assert app.visit.state.also_ratings[f"{SECOND}/{number}/L1"].value == 4
    assert app.visit.state.ratings == before
    app.keys(page.detail.note, "As they said")
    focus(page.list)
    assert app.visit.state.also_ratings[f"{SECOND}/{number}/L1"].note == "As they said"
    assert page.place() == {"standard": number, "instrument": SECOND}
    page.sets.choose("")
    assert len(page.model.rows) == 44
    assert page.detail.buttons.value() == before[f"{page.detail.number}/L1"].value


def test_what_was_heard_is_seen_under_the_second_with_where_it_was_heard(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    via, item = heard_by(app)
    page = page_of(app, standard=item, instrument=SECOND)
    app.qtbot.waitUntil(lambda: f"Also heard under {via}:" in page.detail.evidence.toPlainText())
    assert "Relation to this one:" in page.detail.evidence.toPlainText()
    assert not page.detail.jotting.isVisible()
    app.keys(page.detail.local_note, "Not commissioned")
    page.leave()
    assert app.visit.state.also_local_context[f"{SECOND}/{item}/L1"].text == "Not commissioned"
    assert f"{item}/L1" not in app.visit.state.local_context
    row = page.current()
    assert row is not None and row.pieces > 0 and row.mine is None


def test_a_link_to_a_standard_of_the_first_set_leads_there_from_the_second(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = page_of(app, standard="3", instrument=SECOND)
    assert page.detail.number == "3" and page.which.second == SECOND
    page_of(app, standard="47")
    assert page.detail.number == "47" and page.which.second == ""


def test_a_sentence_typed_into_the_second_list_rates_nothing(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = page_of(app, standard="3", instrument=SECOND)
    app.keys(page.list, "mn", Qt.Key.Key_Down)
    assert app.visit.state.also_ratings == {}


def test_the_lead_agrees_by_the_second_set_once_the_meeting_is_open(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = page_of(app, standard="13", instrument=SECOND)
    assert page.detail.findChild(AgreedPart) is None
    meeting.open_meeting(app.visit)
    assert page.detail.agreed.isVisible()
    next(button for button in page.detail.agreed.buttons.findChildren(QPushButton) if button.text() == "4").click()
    app.keys(page.detail.agreed.reason, "Said by all")
    focus(page.list)
    found = app.visit.state.also_agreed[f"{SECOND}/13"]
    assert (found.value, found.reason) == (4, "Said by all")
    assert "13" not in app.visit.state.agreed
    page.sets.choose("")
    assert not page.detail.agreed.isVisible()


def test_tab_goes_through_what_the_meeting_shows_in_its_place(program: Opener, two_sets: Path) -> None:
    app = program(two_sets)
    page = page_of(app, standard="13", instrument=SECOND)
    detail = page.detail
    meeting.open_meeting(app.visit)
    app.qtbot.waitUntil(detail.buttons.focus_choice)  # those of another scale are shown with the next event
    parts = (page.sets, page.list, detail.buttons, detail.note, detail.agreed, detail.local_note)
    assert parts_by_tab(page, *parts) == list(parts)


def test_a_reviewer_reads_what_was_agreed_by_the_second_set(program: Opener, two_sets: Path, tmp_path: Path) -> None:
    lead = program(two_sets).visit
    meeting.open_meeting(lead)
    lead.record(AlsoAgreed(instrument=SECOND, standard="13", value=4))
    lead.write_visit_pack(tmp_path / "pack", PHRASE)
    laptop, _ = Laptop.create(tmp_path / "R3", PASSPHRASE)
    laptop.import_pack(tmp_path / "pack", me="R3", phrase=PHRASE)
    agreed = page_of(program(tmp_path / "R3"), standard="13", instrument=SECOND).detail.agreed
    assert agreed.isVisible() and agreed.told.text().startswith("4")
    assert not agreed.buttons.isVisible() and not agreed.reason.isVisible()


def test_criteria_of_the_second_are_agreed_and_late_ratings_let_in_beside_its_agreed_rating(
    program: Opener, tmp_path: Path
) -> None:
    home, second = tmp_path / "home", "example-fidelity-8"
    laptop, _ = Laptop.create(home, PASSPHRASE)
    people = [NewPerson("L1", "lead"), NewPerson("R2", "clinician")]
    visit = laptop.open_visit(
        laptop.new_visit(
            instrument="qn-crhtt-4-pc", also=second, service="Example Team", organisation="Example Trust",
            date="2026-11-17", people=people,
        )
    )  # fmt: skip
    other, _ = Laptop.create(tmp_path / "other", PASSPHRASE)
    visit.write_visit_pack(tmp_path / "pack", PHRASE)
    theirs = other.open_visit(other.import_pack(tmp_path / "pack", me="R2", phrase=PHRASE))
    said = partial(AlsoCriterionFinding, instrument=second, standard="1", criterion="a", source="patient")
    theirs.record(said(value="not_met"))
    theirs.write_return(tmp_path / "early")
    visit.merge(tmp_path / "early")
    visit.record(said(value="met"))
    meeting.open_meeting(visit)
    theirs.record(AlsoRating(instrument=second, standard="1", value=2))
    theirs.record(said(criterion="b", source="staff", value="met"))
    theirs.write_return(tmp_path / "late")
    visit.merge(tmp_path / "late")
    theirs.close()
    visit.close()
    app = program(home, copy=False)
    page = page_of(app, standard="1", instrument=second)
    part = page.detail.agreed
    assert [row.title[:1] for row in part.criteria.list.told.rows] == ["a"]
    app.keys(part.criteria.list, "m")
    assert app.visit.state.also_agreed_criteria[f"{second}/1/a"].value == "met"
    assert app.visit.state.agreed_criteria == {}
    assert part.criteria.list.told.rows[0].pill == "Met"
    app.keys(part.criteria.reason, "We rang together")
    late = {button.text(): button for button in part.late.findChildren(QPushButton)}
    rating, finding = (
        "Count the late rating of R2 (clinician): 2",
        "Count what R2 (clinician) found late: b met (staff)",
    )
    assert late.keys() == {rating, finding}
    late[rating].click()
    assert app.visit.state.also_late == frozenset() and app.visit.state.also_late_criteria
    (left,) = [button for button in part.late.findChildren(QPushButton) if button.isVisible()]
    assert left.text() == finding
    left.click()
    assert app.visit.state.also_late_criteria == frozenset() and not part.late.isVisible()
    page.leave()
    assert app.visit.state.also_agreed_criteria[f"{second}/1/a"].reason == "We rang together"
