"""The page Themes codes with one key, says nothing of itself, and shows no other coder before the meeting."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reviewapp.visit.state import AnswerRecord
from reviewapp.visit.statements import Coding, Interview, Quote, SurveyComment
from reviewapp.workspace.meeting import open_meeting
from tests.ui.support import App, Homes, Opener, focus, words_on
from tests.ui.themes.support import coded_elsewhere, opened, themes
from ui.pages.themes.page import ThemesPage
from ui.pages.themes.spoken_words import SpokenWords, whole_words


def keys_of(page: ThemesPage) -> list[str]:
    return [row.key for row in page.coding.list.told.rows]


def first_quote(app: App) -> str:
    return f"quote/{next(iter(app.visit.state.quotes))}"


def type_at(widget: QWidget, text: str, *, start: int = 1_000, every: int = 40) -> None:
    """The keys of a text, each with the time at which it was pressed."""
    focus(widget)
    for place, letter in enumerate(text):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(start + place * every)
        QApplication.sendEvent(widget, event)


def test_one_key_ticks_a_theme_and_takes_its_tick_away(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    type_at(page.coding.list, "2")
    assert themes(app, unit) == ("T2",)
    type_at(page.coding.list, "1", start=3_000)
    assert themes(app, unit) == ("T1", "T2"), "in the order of the codebook"
    assert page.coding.themes.ticked() == {"T1", "T2"}
    type_at(page.coding.list, "12", start=6_000, every=900)
    assert themes(app, unit) is None, "no theme left is not coded; that none fits is said with a key of its own"
    type_at(page.coding.list, "0", start=9_000)
    assert themes(app, unit) == () and page.coding.none_fits.isChecked()
    app.keys(page.coding.list, Qt.Key.Key_Delete)
    assert themes(app, unit) is None and not page.coding.none_fits.isChecked()


def test_a_subtheme_past_the_ninth_has_a_letter(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    type_at(page.coding.list, "a")
    assert themes(app, unit) == ("T8b",)


def test_space_goes_to_the_next_unit_that_is_not_coded_and_says_when_there_is_none(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = opened(app)
    every = keys_of(page)
    app.visit.record(*(Coding(unit=key, themes=["T1"]) for key in every[1:-1]))
    page.coding.list.choose(every[0])
    app.keys(page.coding.list, Qt.Key.Key_Space)
    assert page.coding.list.chosen_key() == every[-1]
    app.visit.record(Coding(unit=every[0], themes=[]), Coding(unit=every[-1], themes=[]))
    app.keys(page.coding.list, Qt.Key.Key_Space)
    assert page.coding.list.chosen_key() == every[-1] and "coded" in app.window.status.message.text()


def test_a_typed_word_codes_nothing_though_each_of_its_letters_is_a_key(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    app.visit.record(Coding(unit=unit, themes=["T4"]))
    type_at(page.coding.list, "bad idea")
    assert themes(app, unit) == ("T4",) and page.coding.list.chosen_key() == unit
    assert page.coding.typed.isVisible() and "are unchanged" in page.coding.typed.label.text()


def test_letters_that_are_no_key_do_not_move_the_list(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    first = page.coding.list.chosen_key()
    type_at(page.coding.list, "tw", every=900)
    assert page.coding.list.chosen_key() == first


def test_words_that_no_theme_holds_tick_nothing_and_say_so(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    app.keys(page.coding.find_theme, "xyzzy", Qt.Key.Key_Return)
    assert themes(app, unit) is None and page.coding.find_theme.hasFocus()
    assert page.coding.guidance.text() == "No theme holds these words."


def test_a_suggestion_is_shown_and_never_ticked(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    unit = next(key for key in keys_of(page) if "155" in (page.coding._units.unit(key) or page).standards)  # type: ignore[union-attr]
    page.coding.list.choose(unit)
    told = {row.key: row.detail for row in page.coding.themes.told.rows}
    assert "155" in told["T7"] and page.coding.themes.ticked() == frozenset()
    assert themes(app, unit) is None


def test_a_theme_is_found_by_typing_and_enter_ticks_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    type_at(page.coding.list, "1")
    app.keys(page.coding.find_theme, "same")
    assert [row.key for row in page.coding.themes.told.rows] == ["TA", "T4"]
    assert "Use when" in page.coding.guidance.text()
    app.keys(page.coding.find_theme, Qt.Key.Key_Return)
    assert themes(app, unit) == ("T1", "T4") and page.coding.find_theme.text() == ""
    assert page.coding.list.hasFocus()


def test_filters_leave_what_was_just_coded_in_the_list_until_they_change(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    many = len(keys_of(page))
    page.coding.filters.uncoded.setChecked(True)
    first = keys_of(page)[0]
    page.coding.list.choose(first)
    type_at(page.coding.list, "1")
    assert keys_of(page)[0] == first
    page.coding.filters.uncoded.setChecked(False)
    page.coding.filters.uncoded.setChecked(True)
    assert len(keys_of(page)) == many - 1 and first not in keys_of(page)
    page.coding.filters.boxes.group.setCurrentIndex(page.coding.filters.boxes.group.findData("carer"))
    page.coding.filters.boxes.kind.setCurrentIndex(page.coding.filters.boxes.kind.findData("quote"))
    assert keys_of(page) and all(key.startswith("quote/") for key in keys_of(page))
    groups = {(page.coding._units.unit(key) or page).group for key in keys_of(page)}  # type: ignore[union-attr]
    assert groups == {"carer"}


def test_the_boxes_are_made_when_the_filters_are_opened_and_tab_goes_through_them(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = opened(app)
    filters = page.coding.filters
    assert "boxes" not in vars(filters)
    filters.more.setFocus(Qt.FocusReason.OtherFocusReason)
    app.keys(filters.more, Qt.Key.Key_Space)
    for stop in (*filters.boxes.all, page.coding.list):
        app.keys(QApplication.focusWidget() or filters, Qt.Key.Key_Tab)
        assert stop.hasFocus(), stop.accessibleName()
    filters.boxes.kind.setCurrentIndex(filters.boxes.kind.findData("quote"))
    app.keys(filters.more, Qt.Key.Key_Space)
    assert not filters.boxes.isVisible() and all(key.startswith("quote/") for key in keys_of(page)), "hidden, still set"


def test_a_key_asks_one_row_of_the_list_to_be_shown_anew_however_many_there_are(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app, first_quote(app))
    model, rows = page.coding.list.told, page.coding.list.told.rows
    changed, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    type_at(page.coding.list, "1")
    assert changed.count() == 1 and changed.at(0)[0].row() == changed.at(0)[1].row() and reset.count() == 0
    assert model.rows is rows and "1 theme" in rows[page.coding.list.currentIndex().row()].detail
    assert page.progress_words.text().startswith("You have coded 1 of")


def test_what_is_taken_back_comes_into_a_list_of_what_is_not_coded(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    app.visit.record(Coding(unit=unit, themes=["T1"]))
    page = opened(app)
    page.coding.filters.uncoded.setChecked(True)
    assert unit not in keys_of(page)
    app.visit.record(Coding(unit=unit, themes=None))
    assert unit in keys_of(page) and page.progress_words.text().startswith("You have coded 0 of")


def test_a_memo_is_kept_of_its_own_unit(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    first, second = keys_of(page)[:2]
    page.coding.list.choose(first)
    app.keys(page.coding.list, Qt.Key.Key_Return)
    assert page.coding.pane.memo.hasFocus()
    app.keys(page.coding.pane.memo, "Both sides of it")
    app.keys(page.coding.pane.memo, Qt.Key.Key_Escape)
    assert page.coding.list.hasFocus()
    page.coding.list.choose(second)
    assert page.coding.pane.memo.toPlainText() == ""
    assert app.visit.state.codings[f"{first}/L1"].memo == "Both sides of it"
    assert themes(app, first) is None, "a memo alone is no coding"


def test_nobody_sees_another_coders_themes_before_the_meeting_not_even_the_lead(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    coded_elsewhere(app, homes, tmp_path, "R3", Coding(unit=unit, themes=["T9"], memo="Beds"))
    app.visit.record(Coding(unit=unit, themes=["T1"]))
    page = opened(app, unit)
    assert "R3 (clinician):" not in words_on(page.coding.pane) and page.coding.filters.boxes.coder.findData("R3") < 0
    open_meeting(app.visit)
    QApplication.processEvents()
    assert "R3 (clinician): Deciding about hospital beds" in page.coding.pane.others.text()


def test_the_keys_can_be_turned_off(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    assert page.coding.keys.enabled and page.coding.themes.isEnabled()
    app.window.actions_.one_key.trigger()
    type_at(page.coding.list, "1")
    assert themes(app, unit) is None


def test_undo_takes_back_one_key_by_its_name(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = first_quote(app)
    page = opened(app, unit)
    type_at(page.coding.list, "3")
    assert "quote" in app.window.actions_.undo.text()
    app.window.actions_.undo.trigger()
    assert themes(app, unit) is None and page.coding.themes.ticked() == frozenset()


def test_marked_words_of_my_own_answer_become_a_quote_where_the_person_agreed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    state = app.visit.state
    mine = [
        one
        for one in state.answers.values()
        if one.text and one.person == "L1" and state.interviews[one.interview].consent_quotes is True
    ]
    page = opened(app, f"answer/{mine[0].key}")
    pane, before = page.coding.pane, set(state.quotes)
    app.keys(pane.words, Qt.Key.Key_Right)
    pane.quote.click()
    assert set(app.visit.state.quotes) == before and "drag over them" in app.window.status.message.text()
    words = mine[0].text.split()[0]
    pane.words.setSelection(0, len(words))
    pane.quote.click()
    (new,) = set(app.visit.state.quotes) - before
    assert app.visit.state.quotes[new].text == words
    assert f"quote/{new}" in keys_of(page), "and can be coded itself"
    assert page.coding.list.chosen_key() == f"quote/{new}" and page.coding.list.hasFocus()
    type_at(page.coding.list, "1", start=9_000)
    assert themes(app, f"quote/{new}") == ("T1",)


def my_answer(app: App) -> AnswerRecord:
    """An answer I wrote down, of somebody who agreed to be quoted."""
    state = app.visit.state
    return next(
        one
        for one in state.answers.values()
        if one.text and one.person == "L1" and state.interviews[one.interview].consent_quotes is True
    )


def test_dragging_over_words_with_the_mouse_marks_them_whole_and_ctrl_q_quotes_them(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    answer, before = my_answer(app), set(app.visit.state.quotes)
    words = opened(app, f"answer/{answer.key}").coding.pane.words
    app.settle()
    middle = words.fontMetrics().lineSpacing() // 2 + words.margin()
    begin, end = QPoint(words.margin() + 4, middle), QPoint(words.width() // 2, middle)
    QTest.mousePress(words, Qt.MouseButton.LeftButton, pos=begin)
    for step in range(1, 6):
        QTest.mouseMove(words, begin + (end - begin) * step / 5)
    QTest.mouseRelease(words, Qt.MouseButton.LeftButton, pos=end)
    marked = words.selectedText()
    assert len(marked) > 5 and words.hasFocus()
    QTest.keyClick(words, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    (new,) = set(app.visit.state.quotes) - before
    found = app.visit.state.quotes[new]
    assert marked.strip() in found.text and set(found.text.split()) <= set(answer.text.split()), "no word is cut"
    assert (found.interview, found.tone) == (answer.interview, "neutral")


def test_the_keyboard_reaches_the_words_marks_them_and_comes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    answer, before = my_answer(app), set(app.visit.state.quotes)
    page = opened(app, f"answer/{answer.key}")
    words = page.coding.pane.words
    app.keys(page.coding.list, Qt.Key.Key_Tab)
    assert words.hasFocus() and "Shift and the arrow keys" in words.accessibleDescription()
    app.keys(words, Qt.Key.Key_Escape)
    assert page.coding.list.hasFocus()
    focus(words)
    for __ in range(3):
        QTest.keyClick(words, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(words, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    (new,) = set(app.visit.state.quotes) - before
    assert app.visit.state.quotes[new].text == answer.text.split()[0].rstrip(".,")
    app.window.actions_.undo.trigger()
    assert set(app.visit.state.quotes) == before


def test_one_goes_on_with_a_new_quote_that_the_filters_would_hide(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    answer, before = my_answer(app), set(app.visit.state.quotes)
    page = opened(app, f"answer/{answer.key}")
    page.coding.filters.boxes.kind.setCurrentIndex(page.coding.filters.boxes.kind.findData("answer"))
    page.coding.list.choose(f"answer/{answer.key}")
    page.coding.pane.words.setSelection(0, 3)
    page.coding.pane.quote.click()
    (new,) = set(app.visit.state.quotes) - before
    assert page.coding.list.chosen_key() == f"quote/{new}" and page.coding.list.hasFocus()
    assert sum(key.startswith("quote/") for key in keys_of(page)) == 1, "the filter stands for all the others"


def test_the_same_words_are_no_second_quote(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    answer, before = my_answer(app), set(app.visit.state.quotes)
    page = opened(app, f"answer/{answer.key}")
    for __ in range(2):
        page.coding.list.choose(f"answer/{answer.key}")
        page.coding.pane.words.setSelection(0, 3)
        page.coding.pane.quote.click()
    (new,) = set(app.visit.state.quotes) - before
    assert "already" in app.window.status.message.text() and page.coding.list.chosen_key() == f"quote/{new}"


def test_words_of_somebody_who_did_not_agree_become_no_quote(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    answer, before = my_answer(app), set(app.visit.state.quotes)
    talk = app.visit.state.interviews[answer.interview]
    app.visit.record(*(Quote(id=one.id, deleted=True) for one in app.visit.state.quotes.values() if one.person == "L1"))
    app.visit.record(Interview(id=talk.id, consent_quotes=False))
    page = opened(app, f"answer/{answer.key}")
    page.coding.pane.words.setSelection(0, 3)
    page.coding.pane.quote.click()
    assert "not agreed to be quoted" in app.window.status.message.text()
    assert not {one.key for one in app.visit.state.quotes.values() if one.person == "L1"} - before


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("nobody rang us", 2, 8, "nobody rang"), ("nobody rang us", 6, 7, ""), ("a well-known one", 4, 6, "well-known"),
        ("they're late.", 1, 2, "they're"), ("late.", 0, 4, "late"), ("'so' he said", 1, 2, "so"), ("", 0, 0, ""),
        ("one\n two", 1, 6, "one two"), ("one two", 3, 5, "two"),
    ],
)  # fmt: skip
def test_no_word_of_what_was_marked_is_cut(text: str, start: int, end: int, words: str) -> None:
    assert whole_words(text, start, end) == words


def test_marked_words_behind_a_sign_that_qt_counts_as_two_are_the_right_ones(qtbot: QtBot) -> None:
    words = SpokenWords()
    qtbot.addWidget(words)
    words.setText("\U0001f600 nobody rang")
    words.setSelection(3, 6)
    assert words.marked() == "nobody"


def test_words_of_another_reviewers_answer_are_not_quoted_for_them(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    other = next(one for one in app.visit.state.answers.values() if one.text and one.person != "L1")
    page = opened(app, f"answer/{other.key}")
    assert not page.coding.pane.quote.isVisible()


def test_the_lead_withdraws_a_survey_comment_from_where_it_is_read(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(SurveyComment(id="S1", group="carer", text="Nobody rang at number 9.", standard="20"))
    page = opened(app, "survey_comment/S1")
    pane = page.coding.pane
    assert "card" not in vars(pane), "made when it is asked for"
    pane.withdraw.click()
    assert pane.card.confirm.text() == "Withdraw this survey comment for good" and not pane.card.concerns.isVisible()
    focus(pane.withdraw)
    for stop in (pane.card.reason, pane.card.confirm, pane.card.keep, pane.memo):
        app.keys(QApplication.focusWidget() or pane, Qt.Key.Key_Tab)
        assert stop.hasFocus(), stop.accessibleName()
    pane.card.confirm.click()
    assert app.visit.state.survey_comments, "not without a reason"
    pane.card.reason.setText("The carer's daughter asked")
    pane.card.confirm.click()
    app.settle()
    assert app.visit.state.survey_comments == {} and not pane.card.isVisible()
    assert "survey_comment/S1" not in keys_of(page) and "was withdrawn" in words_on(app.window)


def test_a_reviewer_has_it_hidden_until_the_lead_decides(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(SurveyComment(id="S1", group="carer", text="Nobody rang at number 9.", standard="20"))
    pane = opened(app, "survey_comment/S1").coding.pane
    pane.withdraw.click()
    assert pane.card.confirm.text() == "Hide this survey comment until the lead decides"
    pane.card.reason.setText("They asked")
    pane.card.confirm.click()
    app.settle()
    assert app.visit.state.survey_comments == {} and "survey_comment/S1" in app.visit.state.hidden


def test_only_a_survey_comment_is_withdrawn_here(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    assert not opened(app, first_quote(app)).coding.pane.withdraw.isVisible()
