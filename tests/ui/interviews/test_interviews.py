"""Interviews: consent first, and notes that are never lost."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

import ui.widgets.file_dialogs
from reviewapp.base.errors import ReviewError
from tests.ui.access import sight
from tests.ui.access.sight import out_of_sight
from tests.ui.fit import rest, use_screen, whole
from tests.ui.interviews.support import begin, has_keyboard, opened, tab_stops, two_of_mine
from tests.ui.support import Homes, Opener, focus, parts_by_tab
from ui.app.screenshots import wait_until_idle
from ui.pages.interviews.notes_pad import NotesPad
from ui.pages.interviews.page import InterviewsPage
from ui.pages.interviews.prompt import PromptBox
from ui.pages.interviews.quote_editor import QuoteEditor
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.theme import theme


def test_a_new_interview_is_two_clicks_and_consent_comes_first(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert page.empty.isVisible()
    app.qtbot.mouseClick(page.side.new, Qt.MouseButton.LeftButton)
    app.qtbot.mouseClick(page.side.group_buttons["carer"], Qt.MouseButton.LeftButton)
    rec = app.visit.state.interviews["C1/R2"]
    assert rec.group == "carer"
    assert has_keyboard(page.form.consent.questions[0].yes)
    assert not any(box.editor.isEnabled() for box in page.form.boxes.values())
    assert "First ask" in page.form.boxes["C01"].editor.placeholderText()


def test_once_all_is_asked_the_first_question_has_the_keyboard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, False)
    rec = app.visit.state.interviews["P1/R2"]
    assert (rec.consent_notes, rec.consent_quotes, rec.consent_circulation) == (True, True, False)
    first = page.form.boxes["P01"].editor
    assert first.isEnabled()
    assert has_keyboard(first)
    assert not page.form.consent.questions[0].isVisible()
    page.form.consent.change.click()
    assert page.form.consent.questions[0].isVisible()


def test_a_published_report_is_asked_about_last_and_not_asked_is_no_reason_to_wait(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True)
    consent = page.form.consent
    focus(consent.questions[2].yes)
    app.keys(consent.questions[2].yes, Qt.Key.Key_Space)
    assert whole(consent.questions[3])
    assert has_keyboard(consent.questions[2].yes), "as after each answer"
    app.keys(consent.questions[2].yes, Qt.Key.Key_Tab)
    assert has_keyboard(consent.questions[3].yes)
    assert not consent.questions[3].no.isChecked()
    consent.done.click()
    assert not consent.questions[0].isVisible()
    assert has_keyboard(page.form.boxes["P01"].editor)
    consent.change.click()
    consent.questions[3].no.click()
    assert app.visit.state.interviews["P1/R2"].consent_published is False
    assert not consent.questions[0].isVisible()


def test_who_agreed_to_no_notes_gets_none(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", False, False, False)
    assert not any(box.editor.isEnabled() for box in page.form.boxes.values())
    assert "keep none" in page.form.boxes["P01"].editor.placeholderText()


def test_notes_are_kept_under_their_question(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    app.keys(page.form.boxes["P08"].editor, "Never had it on paper")
    app.keys(page.form.boxes["notes"].editor, "Liked the tea")
    app.go("standards")
    assert app.visit.state.answers["P1/P08/R2"].text == "Never had it on paper"
    assert app.visit.state.answers["P1/notes/R2"].text == "Liked the tea"
    page = opened(app)
    assert page.form.boxes["P08"].editor.toPlainText() == "Never had it on paper"


def test_each_question_says_what_it_tests_and_who_has_been_heard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P05"]
    assert "151" in box.tests.text()
    assert box.heard.text() == "Answered by 0 of 3"
    app.keys(box.editor, "They rang when late")
    focus(page.form.boxes["P06"].editor)
    assert box.heard.text() == "Answered by 1 of 3"


def test_what_was_heard_enough_is_paler_but_never_hidden(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = begin(app, "patient", True, True, True)
    enough = [box for box in page.form.boxes.values() if "enough" in box.heard.text()]
    assert enough
    assert all(box.isVisibleTo(page.form) for box in enough)
    assert all(box.words.property("kind") == "muted" for box in enough)


def test_a_question_that_is_mine_to_ask_says_so(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    mine = {prompt for prompt, asks in app.visit.state.asks.items() if "R2" in asks.who}
    assert mine
    shown = {prompt for prompt, box in page.form.boxes.items() if box.mine.isVisibleTo(box)}
    assert shown == mine & set(page.form.boxes)
    for box in page.form.boxes.values():
        assert not re.search(r"[RL]\d(?! \()", box.others.text()), "a code stands with a name or role"


def test_tab_goes_from_consent_through_the_questions_to_the_quotes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    wanted = [page.form.consent.change, *(box.editor for box in page.form.boxes.values()), page.quotes.mark]
    assert [widget for widget in tab_stops(page) if widget in wanted] == wanted


def test_tab_comes_to_the_filters_before_the_questions_that_they_filter(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    wait_until_idle(app.window)
    stops, form = tab_stops(page), page.form
    first = next(iter(form.boxes.values())).editor
    places = [stops.index(stop) for stop in (form.consent.change, form.filter.needed, first)]
    assert places == sorted(places)


def test_the_circumstances_are_kept(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "staff", True, True)
    page.form.consent.modes["phone"].click()
    page.form.consent.people.setValue(3)
    page.form.consent.with_["R3"].click()
    rec = app.visit.state.interviews["S1/R2"]
    assert (rec.mode, rec.people, rec.with_) == ("phone", 3, ("R3",))
    assert "3 people" in page.form.about.text()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_question_stays_in_view_above_a_long_answer(program: Opener, homes: Homes, percent: int) -> None:
    app = program(homes.reviewer)
    app.window.resize(1366, 768)
    theme().set_percent(percent)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P05"]
    app.keys(box.editor, "And then they came.")
    for _ in range(30):
        app.qtbot.keyClick(box.editor, Qt.Key.Key_Return)
        app.qtbot.keyClicks(box.editor, "And went.")
        app.settle()
        assert out_of_sight(box.words) == "" == out_of_sight(box.editor)
        caret = box.editor.viewport().mapTo(box.editor, box.editor.cursorRect().center())
        assert box.editor.visibleRegion().contains(caret), "what is typed can be seen"


@pytest.mark.parametrize("percent", [100, 200])
def test_consent_is_asked_from_the_keyboard_in_sight_until_it_folds_away(
    program: Opener, homes: Homes, percent: int
) -> None:
    app = program(homes.reviewer)
    app.window.resize(1366, 768)
    theme().set_percent(percent)
    page = begin(app, "patient")
    app.settle()
    focus(page.form.consent.questions[0].yes)
    for number, question in enumerate(page.form.consent.questions):
        here = app.window.focusWidget()
        assert here is question.yes
        sight.settle()
        assert out_of_sight(here) == ""
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
            app.qtbot.keyClick(app.window.focusWidget(), key)
        app.settle()
        if number < 3:  # the last leads on to the notes by itself
            app.qtbot.keyClick(here, Qt.Key.Key_Tab)
    sight.settle()
    here = app.window.focusWidget()
    assert here is page.form.boxes["P01"].editor and out_of_sight(here) == ""
    for _ in range(2):  # past the filters of the questions
        app.qtbot.keyClick(app.window.focusWidget(), Qt.Key.Key_Backtab)
        sight.settle()
    here = app.window.focusWidget()
    assert here is page.form.consent.change and out_of_sight(here) == ""


def test_what_others_brought_is_read_and_not_changed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.reveal({"interview": "P1/R3"})
    assert page.reading.isVisible()
    assert "only R3 can change it" in page.reading.about.text()
    assert page.place() == {"interview": "P1/R3"}


def test_the_caret_and_the_scroll_stay_when_something_arrives(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P10"]
    app.keys(box.editor, "One two three")
    box.editor.commit()
    cursor = box.editor.textCursor()
    cursor.setPosition(4)
    box.editor.setTextCursor(cursor)
    page.form.ensureWidgetVisible(box)
    scroll = page.form.verticalScrollBar().value()
    app.visit.merge(homes.returns["R3"])
    assert page.form.boxes["P10"] is box
    assert box.editor.textCursor().position() == 4
    assert page.form.verticalScrollBar().value() == scroll
    assert len(page.side.model.rows) > 1


def test_a_conversation_removed_comes_back_with_undo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    app.keys(page.form.boxes["P01"].editor, "A note")
    page.form.remove.click()
    assert not app.visit.state.interviews
    assert page.empty.isVisible()
    app.window.actions_.undo.trigger()
    assert app.visit.state.answers["P1/P01/R2"].text == "A note"


def test_a_link_to_a_question_goes_there_or_offers_to_begin(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(InterviewsPage, app.go("interviews", {"group": "patient", "prompt": "P08"}))
    assert page.side.group_buttons["patient"].isVisible()
    begin(app, "patient", True, True, True)
    app.go("standards")
    app.go("interviews", {"group": "patient", "prompt": "P08"})
    assert has_keyboard(page.form.boxes["P08"].editor)


@pytest.mark.parametrize("percent", [100, 200])
def test_everyone_to_interview_is_in_view_on_a_small_screen_and_escape_is_no_interview(
    program: Opener, homes: Homes, percent: int
) -> None:
    app = program(homes.lead)
    side = opened(app).side
    assert not side.withdrawn.isVisible() and not side.not_reached.isVisible()
    theme().set_percent(percent)
    use_screen(app, 125 if percent == 100 else 100)
    app.keys(side.new, Qt.Key.Key_Space)
    rest()
    assert [group for group, button in side.group_buttons.items() if not whole(button)] == []
    assert all(whole(part) for part in (side.only_mine, side.sort_box, side.urgent) if part.isVisible())
    app.keys(side.group_buttons["patient"], Qt.Key.Key_Escape)
    rest()
    assert has_keyboard(side.new) and not side.whom.isVisible()
    assert side.list.isVisible() and whole(side.sort_box)
    assert len(app.visit.state.interviews) == len(side.model.rows)
    theme().set_percent(100)


def test_a_narrow_window_shows_one_thing_at_a_time(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    app.window.resize(900, 700)
    assert page.side.isVisible()
    assert not page.stack.isVisible()
    page.side.select("P1/R3")
    page.side.opened.emit("P1/R3")
    assert page.reading.isVisible()
    assert not page.side.isVisible()
    page.reading.back.click()
    assert page.side.isVisible()


def test_an_empty_sheet_for_paper_can_be_saved(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient")
    target = tmp_path / "sheet.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([target])
    page.form.paper.click()
    app.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in app.window.status.message.text()


def test_what_follows_below_is_there_at_once_when_somebody_goes_on(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    first, second = two_of_mine(app)
    page = opened(app)
    for key, group in ((first, "patient"), (second, "staff")):
        page.reveal({"interview": key})
        guide = app.visit.state.instrument.guide(group)
        assert guide is not None
        assert len(page.form.guide.shown()) < len(guide.prompts), "only what can be seen at first"
        app.keys(page.form.guide.shown()[guide.prompts[0].id].editor, Qt.Key.Key_Tab)
        assert list(page.form.guide.shown()) == [*(prompt.id for prompt in guide.prompts), "notes"]
        assert has_keyboard(page.form.boxes[guide.prompts[1].id].editor)


def test_every_question_says_its_own_in_whichever_box_it_stands(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    first, second = two_of_mine(app)
    page = opened(app)
    for key, group in ((first, "patient"), (second, "staff"), (first, "patient")):
        page.reveal({"interview": key})
        prompts = app.visit.state.instrument.guide(group).prompts  # type: ignore[union-attr]
        for prompt in prompts:
            box = page.form.boxes[prompt.id]
            assert box.words.text() == prompt.text and box.number.text() == prompt.id
            assert box.editor.accessibleName() == f"Notes: {prompt.text}"
            assert box.standards == list(prompt.standards)
        shown = [box for box in page.form.guide.findChildren(PromptBox) if not box.isHidden()]
        assert shown == list(page.form.boxes.values()), "none is left over from the longer guide"
        app.keys(page.form.boxes[prompts[0].id].editor, f"said by {group}")
        focus(page.form.boxes["notes"].editor)
    page.reveal({"interview": second})
    assert {a.key: a.text for a in app.visit.state.answers.values() if a.text} == {
        "P1/P01/R2": "said by patientsaid by patient",
        "S1/S01/R2": "said by staff",
    }


def test_questions_stand_below_one_another_and_nothing_of_them_is_cut(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    first, _ = two_of_mine(app)
    page = opened(app)
    page.reveal({"interview": first})
    boxes = list(page.form.boxes.values())
    app.keys(boxes[0].editor, "She rang twice and nobody came. " * 8)
    for width in (1366, 1100):
        app.window.resize(width, 768)
        app.settle()
        for one, following in pairwise(boxes):
            assert one.geometry().bottom() < following.geometry().top()
        for box in boxes:
            parts = [part for part in (box.words, box.tests, box.heard, box.editor) if not part.isHidden()]
            assert all(upper.geometry().bottom() < lower.geometry().top() for upper, lower in pairwise(parts))
            assert box.rect().contains(box.editor.geometry())
            assert box.words.height() >= box.words.heightForWidth(box.words.width())
        assert page.form.guide.rect().contains(boxes[-1].geometry())


def test_words_that_cannot_be_saved_keep_their_conversation_in_view(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    app = program(homes.reviewer)
    first, second = two_of_mine(app)
    page = opened(app)
    editor = page.form.boxes["S01"].editor
    with monkeypatch.context() as patched:
        patched.setattr(app.visit._store.drafts, "save", full)
        app.keys(editor, "still here")
        page.reveal({"interview": first})
        assert page.place() == {"interview": second}
        assert editor.toPlainText() == "still here"
    page.reveal({"interview": first})
    assert page.place() == {"interview": first}
    assert app.visit.state.answers["S1/S01/R2"].text == "still here"


def test_a_link_to_what_another_heard_gives_the_keyboard_to_no_button(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    other = next(rec for rec in app.visit.state.interviews.values() if rec.person != "L1")
    focus(page.form.last_box.editor if page.form.last_box else page.form.first())
    app.session.show_page("interviews", {"interview": other.key})
    assert page.place() == {"interview": other.key}
    assert app.window.focusWidget() is page.side.list


def test_a_visit_closed_before_all_of_the_page_is_shown_closes_quietly(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    focus(page.side.list)
    app.session.close_visit()
    app.settle()
    assert app.session.visit is None and app.page is not page


def test_tab_goes_in_their_place_through_what_is_shown_only_when_it_is_asked_for(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1600, 900)
    page = opened(app)
    page.reveal({"interview": "M1/L1"})
    app.settle()
    form, consent, quotes = page.form, page.form.consent, page.quotes
    assert not any(form.findChildren(kind) for kind in (WithdrawCard, NotesPad))
    assert not consent.mixed.findChildren(QWidget) and not quotes.findChildren(QuoteEditor)
    consent.change.click()
    consent.people.setValue(2)
    consent.mixed.toggle.click()
    assert consent.mixed.boxes["staff"].isVisible()
    form.pad_button.click()
    form.withdraw.click()
    quotes.choose(quotes.model.quotes[0].key)
    quotes.editor.withdraw.click()
    QApplication.processEvents()
    parts = [
        form.withdraw, form.withdrawing, consent.people, consent.mixed, consent.questions[0], form.pad, form.jotting,
        quotes.list, quotes.editor.withdrawing, quotes.editor.words, quotes.editor.delete,
    ]  # fmt: skip
    assert parts_by_tab(page, *parts) == parts
