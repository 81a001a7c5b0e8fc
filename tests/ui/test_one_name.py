"""An interview, a quote and a concern have one name on every page and in every message: number and author."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtWidgets import QWidget

from reviewapp.report.proofreading import proofread
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import PersonRecord
from reviewapp.visit.statements import Answer, Concern, Interview, Quote
from reviewapp.workspace.withdrawal import withdraw
from tests.ui.access.tree import lines
from tests.ui.interviews.support import begin
from tests.ui.support import App, Homes, Opener, words_on
from ui.pages import PAGES
from ui.pages.interviews.list import look_of
from ui.pages.interviews.page import InterviewsPage
from ui.pages.overview.page import OverviewPage
from ui.pages.standards.page import StandardsPage
from ui.shell.navigation import nav_progress

ALONE = re.compile(r"(?<![\w·-])(?:[PCSM]\d|IC\d|(?:[Qq]uote )Q\d)\b(?! · [A-Z]\d)")
"""A number of an interview, a quote or a concern without the author's code after it."""


def said_on(page: QWidget) -> str:
    """All that can be read on a page, or heard of it."""
    return words_on(page) + " " + lines(page)


def talks(app: App) -> None:
    app.visit.record(
        Interview(id="P8", group="patient", consent_notes=True, consent_quotes=True),
        Answer(interview="P8", prompt="notes", text="Something."),
        Quote(id="Q8", interview="P8", text="Words of a person.", standards=["47"]),
        Concern(id="IC8", text="Somebody may be at risk."),
    )


def test_the_name_is_number_and_author() -> None:
    people = {"R2": PersonRecord(key="R2", name="", role="clinician")}
    assert record_number("P1/R2") == "P1 · R2"
    assert record_number("P1/R2", people) == "P1 · R2 (clinician)"


def test_on_every_page_an_interview_a_quote_and_a_concern_are_named_alike(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    talks(app)
    places = {
        "overview": {}, "standards": {"standard": "47"}, "agree": {"standard": "47"}, "bring_together": {},
        "interviews": {"interview": "P8/L1"},
    }  # fmt: skip
    for name, place in places.items():
        page = app.go(name, place)
        page.finish()
        app.qtbot.waitUntil(lambda: not app.session.worker.busy)
        lonely = ALONE.findall(said_on(page))
        assert lonely == [], (name, lonely)
    for place in ({"concern": "all"}, {"interview": "P1/R2"}):
        page = app.go("interviews", place)
        assert ALONE.findall(said_on(page)) == []
    rows = cast(InterviewsPage, page).side.model.rows
    assert {"P8 · L1", "P1 · R2"} <= {row.name for row in rows}
    assert all(look_of(row).title.startswith(f"{row.rec.id} · {row.rec.person}") for row in rows)


def test_the_evidence_names_an_interview_as_the_page_interviews_does(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    talks(app)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.qtbot.waitUntil(lambda: "P8 · L1 (lead reviewer), patient" in page.detail.evidence.toPlainText())
    names = {record_number(key) for key in app.visit.state.interviews}
    said = re.findall(r"\b[PCSM]\d+ · [A-Z]\d+", page.detail.evidence.toPlainText())
    assert said and set(said) <= names


def test_messages_undo_search_findings_and_withdrawals_name_them_alike(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    begin(app, "patient", True)
    key = next(iter(app.visit.state.interviews))
    assert app.visit.undo_name == f"consent of {key.partition('/')[0]}", "to its author the number is enough"
    talks(app)
    app.visit.record(Quote(id="Q8", text="Other words."))
    assert app.visit.undo_name == "quote Q8"
    titles = {hit.title.text for hit in app.visit.find("P8") + app.visit.find("words") + app.visit.find("risk")}
    assert "Interview P8 · R2 (clinician), patient" in titles
    assert "Quote Q8 from P8 · R2 (clinician), patient, on 47" in titles
    assert "Immediate concern 8 (R2, clinician)" in titles
    told = [found.why for found in proofread(app.visit.state) if found.rule == "concern_not_passed_on"]
    assert told == ["Immediate concern 8 (R2, clinician): nobody is recorded as told."]
    assert (
        withdraw(app.visit, "interview", "P8/R2", reason="asked").name == "withdrawal of interview P8 · R2 (clinician)"
    )
    app.go("interviews")
    assert "P8 · R2 (clinician): withdrawn by R2 (clinician)" in said_on(app.page)


def test_the_heading_counts_interviews_as_the_navigation_does(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient")
    begin(app, "patient")
    assert nav_progress(app.visit)["interviews"] == "0/6"
    assert page.side.heading.note.text() == "0 of 6 needed are done, 2 begun by you"
    talks(app)
    assert nav_progress(app.visit)["interviews"] == "1/6"
    assert page.side.heading.note.text() == "1 of 6 needed are done, 3 begun by you"


def test_every_count_beside_a_page_is_said_on_the_page_too(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    for entry in PAGES:
        count = nav_progress(app.visit).get(entry.name, "")
        done, both, of = count.partition("/")
        if both:
            page = app.go(entry.name)
            assert f"{done} of {of}" in said_on(page) or f"{done}/{of}" in said_on(page), (entry.name, count)


def test_a_full_stop_never_stands_before_a_colon(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "84"}))
    numbers = [s.number for s in app.visit.state.instrument.standards]
    for number in numbers:
        page.reveal({"standard": number})
        assert ".:" not in page.detail.evidence.toPlainText(), number
    overview = cast(OverviewPage, app.go("overview"))
    for name in (overview, app.go("agree"), app.go("case_notes")):
        assert ".:" not in said_on(name)
