"""Interviews: consent first, notes that are never lost, quotes with one key, and what cannot wait."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import ui.files
from reviewapp.errors import ReviewError
from reviewapp.visit.lines import Concern
from tests.ui.support import App, Homes, Opener, focus
from ui.pages import overview_clock
from ui.pages.interviews import InterviewsPage
from ui.pages.interviews_concern import with_zone
from ui.pages.interviews_prompt import PromptBox


@pytest.fixture
def five_past_two() -> Iterator[None]:
    overview_clock.CLOCK.append(lambda: datetime(2026, 11, 17, 14, 5, tzinfo=UTC))
    yield
    overview_clock.CLOCK.pop()


def opened(app: App) -> InterviewsPage:
    return cast(InterviewsPage, app.go("interviews"))


def begin(app: App, group: str = "patient", *answers: bool) -> InterviewsPage:
    """A new interview, and as many of the three questions answered as given."""
    page = opened(app)
    page.side.new.click()
    page.side.group_buttons[group].click()
    for question, answer in zip(page.form.consent.questions, answers, strict=False):
        (question.yes if answer else question.no).click()
    return page


def has_keyboard(widget: QWidget) -> bool:
    """Whether what is typed now goes there, as soon as the window is the active one."""
    return widget.window().focusWidget() is widget


def tab_stops(page: QWidget) -> list[QWidget]:
    """What Tab comes to on a page, from its beginning."""
    found, widget = [], page.nextInFocusChain()
    while widget is not None and widget is not page:
        if page.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def mark(box: PromptBox, words: str) -> None:
    text = box.editor.toPlainText()
    cursor = box.editor.textCursor()
    cursor.setPosition(text.index(words))
    cursor.setPosition(text.index(words) + len(words), QTextCursor.MoveMode.KeepAnchor)
    box.editor.setTextCursor(cursor)


def quote(app: App, box: PromptBox) -> None:
    focus(box.editor)
    app.qtbot.keyClick(box.editor, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_a_new_interview_is_two_clicks_and_consent_comes_first(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert page.empty.isVisible()
    app.qtbot.mouseClick(page.side.new, Qt.MouseButton.LeftButton)
    app.qtbot.mouseClick(page.side.group_buttons["carer"], Qt.MouseButton.LeftButton)
    rec = app.desk.state.interviews["C1/R2"]
    assert rec.group == "carer"
    assert has_keyboard(page.form.consent.questions[0].yes)
    assert not any(box.editor.isEnabled() for box in page.form.boxes.values())
    assert "Ask first" in page.form.boxes["C01"].editor.placeholderText()


def test_once_all_is_asked_the_first_question_has_the_keyboard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, False)
    rec = app.desk.state.interviews["P1/R2"]
    assert (rec.consent_notes, rec.consent_quotes, rec.consent_circulation) == (True, True, False)
    first = page.form.boxes["P01"].editor
    assert first.isEnabled()
    assert has_keyboard(first)
    assert not page.form.consent.questions[0].isVisible()
    page.form.consent.change.click()
    assert page.form.consent.questions[0].isVisible()


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
    assert app.desk.state.answers["P1/P08/R2"].text == "Never had it on paper"
    assert app.desk.state.answers["P1/notes/R2"].text == "Liked the tea"
    page = opened(app)
    assert page.form.boxes["P08"].editor.toPlainText() == "Never had it on paper"


def test_each_question_says_what_it_tests_and_who_has_been_heard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P05"]
    assert "151" in box.tests.text()
    assert box.heard.text() == "Heard from 0 of 3"
    app.keys(box.editor, "They rang when late")
    focus(page.form.boxes["P06"].editor)
    assert box.heard.text() == "Heard from 1 of 3"


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
    mine = {prompt for prompt, asks in app.desk.state.asks.items() if "R2" in asks.who}
    assert mine
    shown = {prompt for prompt, box in page.form.boxes.items() if box.mine.isVisibleTo(box)}
    assert shown == mine & set(page.form.boxes)


def test_marked_words_become_a_quote_with_ctrl_q(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P14"]
    app.keys(box.editor, "Rang at three. They sounded pleased I had. Slept after.")
    mark(box, "They sounded pleased I had.")
    caret = box.editor.textCursor().position()
    quote(app, box)
    rec = app.desk.state.quotes["Q1/R2"]
    assert rec.text == "They sounded pleased I had."
    assert rec.standards == ("153",)
    assert rec.interview == "P1/R2"
    assert box.editor.textCursor().position() == caret
    assert page.quotes.words.toPlainText() == rec.text
    page.quotes.tones["positive"].click()
    assert app.desk.state.quotes["Q1/R2"].tone == "positive"


def test_whoever_marks_words_is_told_once_how_to_keep_them(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    assert "Ctrl+Q keeps the marked words" in app.window.status.message.text()
    app.window.status.say("Something else")
    mark(box, "good")
    assert app.window.status.message.text() == "Something else"


def test_words_seen_marked_are_quoted_also_from_the_next_box_and_once(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box, following = page.form.boxes["P01"], page.form.boxes["P02"]
    app.keys(box.editor, "It was good")
    mark(box, "was good")
    quote(app, following)
    assert [rec.text for rec in app.desk.state.quotes.values()] == ["was good"]
    assert not box.selected(), "what is kept is not marked any more"
    quote(app, following)
    assert len(app.desk.state.quotes) == 1
    assert "Mark somebody's own words" in app.window.status.message.text()


def test_the_note_one_is_in_stays_in_view_when_its_quote_opens_beneath(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.resize(1024, 700)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P02"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    QApplication.processEvents()
    assert page.quotes.isVisible()
    assert box.editor.visibleRegion().boundingRect().height() == box.editor.height()


def test_without_consent_a_quote_is_refused_kindly(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, False, False)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It helped")
    mark(box, "It helped")
    quote(app, box)
    assert not app.desk.state.quotes
    assert "has not agreed to be quoted" in app.window.status.message.text()
    assert box.editor.toPlainText() == "It helped"


def test_a_quote_is_changed_tied_untied_and_deleted_with_undo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    panel = page.quotes
    panel.add_box.setCurrentIndex(panel.add_box.findData("47"))
    panel.add_box.activated.emit(panel.add_box.findData("47"))
    assert app.desk.state.quotes["Q1/R2"].standards == ("155", "47")
    chip = panel.chips.itemAt(0)
    assert chip is not None
    app.qtbot.mouseClick(chip.widget(), Qt.MouseButton.LeftButton)
    assert app.desk.state.quotes["Q1/R2"].standards == ("47",)
    app.keys(panel.words, " indeed")
    focus(panel.list)
    assert "indeed" in app.desk.state.quotes["Q1/R2"].text
    app.keys(panel.list, Qt.Key.Key_Delete)
    assert not app.desk.state.quotes
    app.window.actions_.undo.trigger()
    assert "Q1/R2" in app.desk.state.quotes


def test_taking_back_the_consent_to_quote_waits_for_the_quotes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    page.form.consent.change.click()
    page.form.consent.questions[1].no.click()
    assert app.desk.state.interviews["P1/R2"].consent_quotes is True
    assert page.form.consent.questions[1].yes.isChecked()
    assert not page.form.consent.questions[1].no.isChecked()
    assert "delete its quotes first" in app.window.status.message.text()


def test_tab_goes_from_consent_through_the_questions_to_the_quotes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    wanted = [page.form.consent.change, *(box.editor for box in page.form.boxes.values()), page.quotes.mark]
    assert [widget for widget in tab_stops(page) if widget in wanted] == wanted


def test_the_circumstances_are_kept(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "staff", True, True)
    page.form.consent.modes["phone"].click()
    page.form.consent.people.setValue(3)
    page.form.consent.with_["R3"].click()
    rec = app.desk.state.interviews["S1/R2"]
    assert (rec.mode, rec.people, rec.with_) == ("phone", 3, ("R3",))
    assert "3 people" in page.form.about.text()


def test_what_others_brought_is_read_and_not_changed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.go_to({"interview": "P1/R3"})
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
    app.desk.merge(homes.returns["R3"])
    assert page.form.boxes["P10"] is box
    assert box.editor.textCursor().position() == 4
    assert page.form.verticalScrollBar().value() == scroll
    assert len(page.side.model.rows) > 1


@pytest.mark.usefixtures("five_past_two")
def test_what_cannot_wait_is_written_told_and_timed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.qtbot.mouseClick(page.side.urgent, Qt.MouseButton.LeftButton)
    card = next(iter(page.concerns.cards.values()))
    assert has_keyboard(card.text)
    assert not card.told.isEnabled()
    app.keys(card.text, "Has no tablets left for tonight")
    assert card.told.isEnabled()
    app.qtbot.mouseClick(card.just_now, Qt.MouseButton.LeftButton)
    app.keys(card.told, "Team manager, face to face")
    focus(page.concerns.back)
    rec = app.desk.state.concerns["IC1/R2"]
    assert rec.text == "Has no tablets left for tonight"
    assert rec.told == "Team manager, face to face"
    assert rec.at == "2026-11-17T14:05+00:00"
    assert card.pill.text() == "Told"


def test_what_nobody_was_told_stands_on_the_button_and_on_the_overview(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.side.urgent.click()
    app.keys(page.concerns.cards["IC1"].text, "Said they are afraid to go home")
    focus(page.concerns.back)
    assert page.side.urgent.text() == "Cannot wait: 1 not told"
    overview = app.go("overview")
    assert overview.urgent.isVisible()  # type: ignore[attr-defined]
    overview.see_urgent.click()  # type: ignore[attr-defined]
    assert app.page is page
    assert page.concerns.isVisible()


def test_a_conversation_removed_comes_back_with_undo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    app.keys(page.form.boxes["P01"].editor, "A note")
    page.form.remove.click()
    assert not app.desk.state.interviews
    assert page.empty.isVisible()
    app.window.actions_.undo.trigger()
    assert app.desk.state.answers["P1/P01/R2"].text == "A note"


def test_a_link_to_a_question_goes_there_or_offers_to_begin(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(InterviewsPage, app.go("interviews", {"group": "patient", "prompt": "P08"}))
    assert page.side.group_buttons["patient"].isVisible()
    begin(app, "patient", True, True, True)
    app.go("standards")
    app.go("interviews", {"group": "patient", "prompt": "P08"})
    assert has_keyboard(page.form.boxes["P08"].editor)


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
    ui.files.NEXT.append([target])
    page.form.paper.click()
    app.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in app.window.status.message.text()


def test_what_somebody_takes_back_is_withdrawn_with_a_reason_and_one_press(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.go_to({"interview": "M1/L1"})
    app.keys(page.form.withdraw, Qt.Key.Key_Space)
    card = page.form.withdrawing
    assert "cannot be undone" in card.what.text() and "exported already are not reached" in card.what.text()
    assert has_keyboard(card.reason)
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert card.field.error.isVisible() and "M1/L1" in app.desk.state.interviews, "a reason comes first"
    app.keys(card.reason, "The manager asked in person")
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert "M1/L1" not in app.desk.state.interviews
    assert not any(quote.interview == "M1/L1" for quote in app.desk.state.quotes.values())
    assert "M1 of L1: withdrawn by L1 on" in page.side.withdrawn.text()
    assert page.side.withdrawn.text().count("\n") == 0, "its quotes are not told again"
    assert not page.side.model.find("M1/L1").isValid()
    assert app.desk.undo_name is None


def test_a_quote_is_withdrawn_alone_and_asking_can_be_put_away(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.go_to({"interview": "M1/L1"})
    first = page.quotes.model.quotes[0].key
    page.quotes.choose(first)
    app.keys(page.quotes.withdraw, Qt.Key.Key_Space)
    card = page.quotes.withdrawing
    app.keys(card.keep, Qt.Key.Key_Space)
    assert not card.isVisible() and first in app.desk.state.quotes
    app.keys(page.quotes.withdraw, Qt.Key.Key_Space)
    page.quotes.choose(page.quotes.model.quotes[1].key)
    assert not card.isVisible(), "another quote is in view: nothing is asked about it"
    page.quotes.choose(first)
    app.keys(page.quotes.withdraw, Qt.Key.Key_Space)
    app.keys(card.reason, "The manager telephoned")
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert first not in app.desk.state.quotes and "M1/L1" in app.desk.state.interviews
    assert "Quote Q" in page.side.withdrawn.text()


def test_the_lead_withdraws_for_others_and_nobody_else_does(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.go_to({"interview": "C1/R2"})
    quote = next(q.key for q in app.desk.state.quotes.values() if q.interview == "C1/R2")
    app.settle()
    number = quote.split("/")[0]
    button = next(
        b for b in page.reading.findChildren(QPushButton) if b.accessibleName() == f"Withdraw quote {number} of R2"
    )
    app.keys(button, Qt.Key.Key_Space)
    app.keys(page.reading.withdrawing.reason, "The carer asked R2")
    app.keys(page.reading.withdrawing.confirm, Qt.Key.Key_Space)
    assert quote not in app.desk.state.quotes and "C1/R2" in app.desk.state.interviews
    app.keys(page.reading.withdraw, Qt.Key.Key_Space)
    app.keys(page.reading.withdrawing.reason, "The carer asked R2")
    app.keys(page.reading.withdrawing.confirm, Qt.Key.Key_Space)
    assert "C1/R2" not in app.desk.state.interviews
    other = program(homes.reviewer)
    other.desk.merge(homes.returns["R3"])
    page = opened(other)
    page.go_to({"interview": "C1/R3"})
    assert page.stack.currentWidget() is page.reading
    assert not page.reading.withdraw.isVisible()


def test_a_quote_is_never_clipped_and_the_list_uses_the_height(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    app.window.resize(1366, 768)
    page.go_to({"interview": "M1/L1"})
    app.settle()
    quotes = page.quotes.list
    needed = sum(quotes.sizeHintForRow(i) for i in range(page.quotes.model.rowCount()))
    assert quotes.viewport().height() >= needed, "there is room for all of them"
    page.quotes.choose(page.quotes.model.quotes[0].key)
    app.window.resize(1366, 500)
    app.settle()
    assert quotes.viewport().height() >= max(quotes.sizeHintForRow(i) for i in range(page.quotes.model.rowCount()))


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A laptop whose clock is five hours behind."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "EST5")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running program cannot be changed here")
def test_escape_goes_back_from_what_cannot_wait_and_keeps_what_was_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.qtbot.mouseClick(page.side.urgent, Qt.MouseButton.LeftButton)
    app.keys(next(iter(page.concerns.cards.values())).text, "Has no tablets", Qt.Key.Key_Escape)
    assert not page.concerns.isVisible()
    app.go("overview")
    assert app.desk.state.concerns["IC1/R2"].text == "Has no tablets"


@pytest.mark.usefixtures("in_new_york")
def test_the_time_of_a_concern_is_by_the_clock_of_this_laptop_and_names_its_zone(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.desk.record(Concern(id="IC1", text="Afraid to go home", told="The manager", at="2026-11-17T14:06:00Z"))
    page = cast(InterviewsPage, app.go("interviews", {"concern": "IC1/R2"}))
    card = page.concerns.cards["IC1"]
    assert card.at.text() == "09:06"
    assert "EST" in card.when.text()
    focus(card.at)
    card.at.setTime(QTime(9, 10))
    focus(page.concerns.back)
    said = app.desk.state.concerns["IC1/R2"].at
    assert datetime.fromisoformat(said) == datetime(2026, 11, 17, 14, 10, tzinfo=UTC)
    assert with_zone(said) == "09:10 (EST)"


def two_of_mine(app: App) -> list[str]:
    """A conversation with a patient and one with staff, both of whom agreed to notes; the second is in view."""
    keys = []
    for group, number in (("patient", "P1"), ("staff", "S1")):
        begin(app, group, True, True, True)
        keys.append(f"{number}/{app.desk.me}")
    return keys


def test_what_follows_below_is_there_at_once_when_somebody_goes_on(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    first, second = two_of_mine(app)
    page = opened(app)
    for key, group in ((first, "patient"), (second, "staff")):
        page.go_to({"interview": key})
        guide = app.desk.state.instrument.guide(group)
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
        page.go_to({"interview": key})
        prompts = app.desk.state.instrument.guide(group).prompts  # type: ignore[union-attr]
        for prompt in prompts:
            box = page.form.boxes[prompt.id]
            assert box.words.text() == prompt.text and box.number.text() == prompt.id
            assert box.editor.accessibleName() == f"Notes: {prompt.text}"
            assert box.standards == list(prompt.standards)
        shown = [box for box in page.form.guide.findChildren(PromptBox) if not box.isHidden()]
        assert shown == list(page.form.boxes.values()), "none is left over from the longer guide"
        app.keys(page.form.boxes[prompts[0].id].editor, f"said by {group}")
        focus(page.form.boxes["notes"].editor)
    page.go_to({"interview": second})
    assert {a.key: a.text for a in app.desk.state.answers.values() if a.text} == {
        "P1/P01/R2": "said by patientsaid by patient",
        "S1/S01/R2": "said by staff",
    }


def test_questions_stand_below_one_another_and_nothing_of_them_is_cut(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    first, _ = two_of_mine(app)
    page = opened(app)
    page.go_to({"interview": first})
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
        patched.setattr(app.desk.store, "save_draft", full)
        app.keys(editor, "still here")
        page.go_to({"interview": first})
        assert page.place() == {"interview": second}
        assert editor.toPlainText() == "still here"
    page.go_to({"interview": first})
    assert page.place() == {"interview": first}
    assert app.desk.state.answers["S1/S01/R2"].text == "still here"


def test_a_link_to_what_another_heard_gives_the_keyboard_to_no_button(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    other = next(rec for rec in app.desk.state.interviews.values() if rec.person != "L1")
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
    assert app.session.desk is None and app.page is not page
