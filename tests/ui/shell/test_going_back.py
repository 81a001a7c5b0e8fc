"""Enter goes from a list to what is chosen in it; Escape and Alt+Left come back, and Alt+Left across pages too."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from reviewapp.visit.statements import Interview
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.agree.page import AgreePage
from ui.pages.interviews.page import InterviewsPage
from ui.pages.report.page import ReportPage
from ui.pages.standards.page import StandardsPage
from ui.pages.start.page import StartPage
from ui.theme import theme

KEY = Qt.Key


def now() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(now(), key)


def back(app: App) -> None:
    app.window.actions_.back.trigger()


def test_enter_goes_to_the_rating_of_a_standard_and_escape_comes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    focus(page.list)
    press(KEY.Key_Return)
    assert page.detail.buttons.isAncestorOf(now())
    press(KEY.Key_Escape)
    assert page.list.hasFocus()
    press(KEY.Key_Return)
    focus(page.detail.note)
    press(KEY.Key_Escape)
    assert page.list.hasFocus() and page.detail.number == "4"


def test_in_a_narrow_window_the_list_comes_back_with_the_keyboard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    theme().set_percent(200)
    QApplication.processEvents()
    assert page.list.isVisible() and not page.detail.isVisible()
    focus(page.list)
    press(KEY.Key_Return)
    assert not page.list.isVisible() and page.detail.isVisible()
    assert page.detail.buttons.isAncestorOf(now())
    back(app)
    assert page.list.hasFocus() and not page.detail.isVisible()
    theme().set_percent(100)


def test_next_not_rated_goes_where_the_keys_rate(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    focus(page.detail.next)
    press(KEY.Key_Return)
    number = page.detail.number
    assert page.list.hasFocus()
    press(KEY.Key_M)
    assert app.visit.state.ratings[f"{number}/{app.visit.me}"].value == "met"


def test_the_keys_rate_on_the_rating_itself_too(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    focus(page.list)
    press(KEY.Key_Return, KEY.Key_N)
    assert app.visit.state.ratings[f"4/{app.visit.me}"].value == "not_met"
    assert page.detail.buttons.isAncestorOf(now())
    chosen = cast(QPushButton, now())
    assert chosen.isChecked(), "the focus goes along"
    press(KEY.Key_Right)
    assert now() is not chosen and app.visit.state.ratings[f"4/{app.visit.me}"].value == "not_met"
    press(KEY.Key_Delete)
    assert f"4/{app.visit.me}" not in app.visit.state.ratings


def test_a_sentence_typed_on_the_rating_rates_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "4"}))
    focus(page.list)
    press(KEY.Key_Return)
    QTest.keyClicks(now(), "many people said")
    found = app.visit.state.ratings.get(f"4/{app.visit.me}")
    assert found is None or found.value is None


def test_alt_left_leads_back_across_pages_to_where_one_was(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    standards = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(standards.detail.note)
    app.session.show_page("agree", {"standard": "4"})
    app.window.navigate("overview")
    back(app)
    assert app.page is app.window.pages["agree"]
    assert app.page.place() == {"standard": "4"}
    back(app)
    assert app.page is standards and standards.detail.number == "47" and standards.detail.note.hasFocus()
    back(app)
    assert standards.list.hasFocus(), "first to the list"
    app.window.actions_.forward.trigger()
    assert app.page is app.window.pages["agree"]


def test_a_link_within_a_page_is_a_place_to_come_back_from(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.session.show_page("standards", {"standard": "4"})
    assert page.detail.number == "4"
    back(app)
    assert page.detail.number == "47"


def test_with_nothing_to_go_back_to_it_says_so_and_stays(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("overview")
    for _ in range(5):
        back(app)
    here = app.page
    back(app)
    assert app.page is here


def test_escape_comes_back_from_an_interview_to_the_list(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(Interview(id="P7", group="patient", consent_notes=True, consent_quotes=True))
    page = cast(InterviewsPage, app.go("interviews", {"interview": f"P7/{app.visit.me}"}))
    focus(page.side.list)
    press(KEY.Key_Return)
    assert page.stack.isAncestorOf(now())
    press(KEY.Key_Escape)
    assert page.side.list.hasFocus()


def test_escape_comes_back_in_the_meeting_and_in_the_report(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    agree = cast(AgreePage, app.go("agree"))
    focus(agree.table)
    press(KEY.Key_Return)
    assert agree.detail.isAncestorOf(now())
    press(KEY.Key_Escape)
    assert agree.table.hasFocus()
    report = cast(ReportPage, app.go("report", {"passage": "summary"}))
    app.settle()
    focus(report.outline)
    press(KEY.Key_Return)
    assert report.editor.hasFocus()
    press(KEY.Key_Escape)
    assert report.outline.hasFocus()


def test_enter_goes_from_a_list_to_what_is_below_it_and_escape_comes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(AgreePage, app.go("agree"))
    page.audit_toggle.setChecked(True)
    focus(page.audit.list)
    press(KEY.Key_Return)
    assert page.audit.buttons.isAncestorOf(now())
    press(KEY.Key_Escape)
    assert page.audit.list.hasFocus()
    press(KEY.Key_Escape)
    assert page.audit.list.hasFocus(), "there is no list above this one"


def test_alt_left_leaves_a_form_of_start(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StartPage, app.go("start", {"view": "new"}))
    assert page.stack.currentWidget() is not page.home
    back(app)
    assert page.stack.currentWidget() is page.home
