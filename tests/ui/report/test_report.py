"""The report page: what is written is kept and printed, the pages are real, and what is open is a click away."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest

import reviewapp.report.proofreading
import ui.widgets.file_dialogs
from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import Agreed, Concern, Passage, Rating
from tests.ui.support import App, Homes, Opener, focus
from ui.pages import PAGES
from ui.pages.report.findings import TITLES, cause_of
from ui.pages.report.page import ReportPage

LONG_MS = 60_000


def open_page(app: App, place: dict[str, str] | None = None) -> ReportPage:
    """The page, proof-read."""
    page = cast(ReportPage, app.go("report", place))
    app.settle()
    return page


def wait_for_pages(app: App, page: ReportPage) -> None:
    app.qtbot.waitUntil(lambda: page.pages.up_to_date and page.pages.view.pages > 0, timeout=LONG_MS)


def pages_seen(page: ReportPage) -> str:
    """The words of the pages beside the writing."""
    document = page.pages.view.held.document
    return "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))


def passage(app: App, place: str) -> str:
    found = app.visit.state.passages.get(place)
    return found.text if found else ""


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def save(app: App, page: ReportPage, kind: str, path: Path) -> Path:
    ui.widgets.file_dialogs.NEXT.append([path])
    button = page.saving.save[kind]
    app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    app.settle()
    return path


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


def test_what_is_written_is_kept_and_stands_in_the_saved_report(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "A kind and steady team, less sure once it has left the house.")
    path = save(app, page, "pdf", tmp_path / "draft-report.pdf")
    assert passage(app, "summary").startswith("A kind and steady team")
    assert "A kind and steady team" in text_of(path)
    assert str(path) in page.saving.saved_words.text()
    assert page.saving.saved.isVisible()


def test_the_pages_are_the_real_ones_and_follow_what_is_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.pages.whole.click()
    wait_for_pages(app, page)
    assert page.pages.view.pages > 20
    pages = page.pages.view.pages
    app.qtbot.waitUntil(lambda: bool(page.pages.view._drawn), timeout=LONG_MS)
    focus(page.editor)
    QTest.keyClicks(page.editor, "Something new to say")
    assert not page.pages.up_to_date
    assert page.pages.state_pill.text() == "Updating…"
    assert page.editor.waiting, "the words are a draft, no entry"
    wait_for_pages(app, page)
    assert page.pages.state_pill.text() == "Up to date"
    assert page.pages.view.pages >= pages
    assert page.editor.waiting, "making the pages did not end the typing"
    assert page.editor.hasFocus()


def turn_to(page: ReportPage, part: str) -> None:
    """Click a part, as one does to go and write there."""
    index = page.outline.told.index([row.key for row in page.outline.told.rows].index(part))
    page.outline.scrollTo(index)
    where = page.outline.visualRect(index).center()
    QTest.mouseClick(page.outline.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def test_what_was_written_is_there_when_one_comes_back_to_its_part(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    said_before = [item.value for item in app.visit.history("passage", "summary")]
    turn_to(page, "summary")
    app.keys(page.editor, Qt.Key.Key_End, "A kind team.")
    first = page.editor.toPlainText()
    wait_for_pages(app, page)
    assert "A kind team." in pages_seen(page)
    assert page.editor.waiting, "to make the pages is not to end the typing"
    turn_to(page, "method")
    assert passage(app, "summary") == first
    turn_to(page, "summary")
    assert page.editor.toPlainText() == first
    app.keys(page.editor, Qt.Key.Key_End, " And steady.")
    wait_for_pages(app, page)
    assert "A kind team. And steady." in pages_seen(page)
    turn_to(page, "method")
    turn_to(page, "summary")
    second = page.editor.toPlainText()
    assert second == passage(app, "summary") == f"{first} And steady."
    assert [item.value for item in app.visit.history("passage", "summary")] == [*said_before, first, second]
    app.window.actions_.undo.trigger()
    assert page.editor.toPlainText() == passage(app, "summary") == first
    app.window.actions_.redo.trigger()
    assert page.editor.toPlainText() == passage(app, "summary") == second
    app.visit.reload()
    assert passage(app, "summary") == second, "the window shows what is in the journal"


def test_undo_shows_in_the_box_whose_words_it_takes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app, {"passage": "summary"})
    before = page.editor.toPlainText()
    app.keys(page.editor, Qt.Key.Key_End, "Half a thought")
    app.qtbot.waitUntil(lambda: bool(app.visit.drafts()))
    app.session.bridge.undo()  # as from the menu, which leaves the keyboard in the box
    assert page.editor.toPlainText() == passage(app, "summary") == before


def test_the_pages_stay_where_one_was_reading(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.pages.whole.click()
    wait_for_pages(app, page)
    focus(page.pages.view)
    for _ in range(6):
        app.qtbot.keyClick(page.pages.view, Qt.Key.Key_PageDown)
    here = page.pages.view.verticalScrollBar().value()
    assert here > 0
    app.visit.record(Passage(place="method", text="One more sentence."))
    wait_for_pages(app, page)
    assert page.pages.view.verticalScrollBar().value() == here


def test_choosing_a_part_shows_its_page_and_what_can_be_written_there(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Agreed(standard="119", value="not_met", reason="Patients do not have it"))
    page = open_page(app)
    wait_for_pages(app, page)
    keys = [row.key for row in page.outline.told.rows]
    assert {"summary", "achievements", "improvements", "method", "recommendation:119"} <= set(keys)
    sections = app.visit.state.instrument.sections
    assert {f"section:{name}" for name in sections} <= set(keys)
    page.outline.choose("figures")
    assert not page.editor.isVisible()
    wait_for_pages(app, page)
    assert "By type of standard" in pages_seen(page)
    page.outline.choose("recommendation:119")
    assert "Patients do not have it" in page.about_words.text()
    app.keys(page.editor, "Give every patient a copy.")
    focus(page.outline)
    assert passage(app, "recommendation:119") == "Give every patient a copy."


def test_only_the_part_one_is_at_is_made_until_all_pages_are_asked_for(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    assert page.pages.view.pages == 1
    assert "of this part" in page.pages.page_words.text()
    page.outline.choose("method")
    assert page.pages.state_pill.text() == "Updating…"
    wait_for_pages(app, page)
    assert "How the figures are computed" in pages_seen(page)
    page.pages.whole.click()
    wait_for_pages(app, page)
    assert page.pages.view.pages > 20
    assert page.pages.view.page > 20, "the part one was at is in view"
    assert "of this part" not in page.pages.page_words.text()


def test_turning_to_another_part_while_pages_are_made_ends_at_that_part(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    for part in ("figures", "section:Staffing and training", "improvements", "voices"):
        page.outline.choose(part)
    wait_for_pages(app, page)
    assert "Who was heard" in pages_seen(page)


def test_turning_to_another_part_keeps_what_was_typed_in_its_own_place(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("achievements")
    app.keys(page.editor, "People are treated kindly.")
    page.outline.choose("method")
    assert page.editor.toPlainText() == ""
    assert passage(app, "achievements") == "People are treated kindly."
    app.window.actions_.undo.trigger()
    assert passage(app, "achievements") == ""


def test_another_change_does_not_disturb_typing(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "Half a sentence")
    cursor = page.editor.textCursor()
    cursor.setPosition(4)
    page.editor.setTextCursor(cursor)
    app.visit.record(Agreed(standard="119", value="not_met"))
    assert page.outline.chosen_key() == "summary"
    assert (page.editor.textCursor().position(), page.editor.toPlainText()) == (4, "Half a sentence")


def test_word_and_json_are_saved_too(program: Opener, homes: Homes, tmp_path: Path) -> None:
    from docx import Document

    app = program(homes.lead)
    page = open_page(app)
    word = save(app, page, "docx", tmp_path / "draft.docx")
    assert any("Summary" in paragraph.text for paragraph in Document(str(word)).paragraphs)
    data = json.loads(save(app, page, "json", tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["printed"]


def test_wider_circulation_leaves_immediate_concerns_out(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.qtbot.mouseClick(page.saving.copies["circulation"], Qt.MouseButton.LeftButton)
    assert "Left out: immediate concerns" in page.saving.explained.text()
    told = [rec.text for rec in app.visit.state.concerns.values()]
    path = save(app, page, "pdf", tmp_path / "wide.pdf")
    words = text_of(path)
    assert told and not any(" ".join(text.split()) in words for text in told)


def test_a_folder_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    save(app, page, "json", tmp_path / "gone" / "report.json")
    assert not page.saving.saved.isVisible()
    assert "annot write" in app.window.status.message.text()


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


def test_tab_passes_the_findings_without_opening_one(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    part = page.outline.chosen_key()
    app.keys(page.outline, Qt.Key.Key_Tab)
    assert page.open.listed.hasFocus()
    assert not page.finding.isVisible() and page.outline.chosen_key() == part
    app.keys(page.open.listed, Qt.Key.Key_Down)
    assert page.finding.isVisible()
    assert page.open.listed.chosen_key() == page.open.listed.told.rows[0].key


def test_the_names_to_look_for_are_seen_when_they_are_opened(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1024, 700)
    page = open_page(app)
    app.keys(page.open.listed, Qt.Key.Key_Down)
    page.open.names_button.click()
    app.settle()
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


def test_in_a_narrow_window_pages_and_writing_take_turns(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.window.resize(900, 600)
    app.settle()
    assert page.saving.pages.isVisible()
    assert page.editor.isVisible()
    assert not page.pages.isVisible()
    page.saving.pages.click()
    assert page.pages.isVisible()
    assert not page.editor.isVisible()
    app.settle()


def test_the_document_is_closed_when_the_page_goes_away(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    held = page.pages.view.held
    assert held.document is not None
    app.go("overview")
    app.session.close_visit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.settle()
    assert held.document is None


def test_closing_the_window_closes_the_document_at_once(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    held = page.pages.view.held
    assert held.document is not None
    app.window.close()
    assert held.document is None, "no loop runs any more that could do it later"


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
