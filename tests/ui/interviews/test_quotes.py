"""Interviews: people's own words, kept with one key, and taken back when they ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.access.sight import out_of_sight
from tests.ui.interviews.support import begin, has_keyboard, mark, opened, quote
from tests.ui.support import Homes, Opener, focus, press
from ui.theme import theme


def test_marked_words_become_a_quote_with_ctrl_q(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P14"]
    app.keys(box.editor, "Rang at three. They sounded pleased I had. Slept after.")
    mark(box, "They sounded pleased I had.")
    caret = box.editor.textCursor().position()
    quote(app, box)
    rec = app.visit.state.quotes["Q1/R2"]
    assert rec.text == "They sounded pleased I had."
    assert rec.standards == ("153",)
    assert rec.interview == "P1/R2"
    assert box.editor.textCursor().position() == caret
    assert page.quotes.editor.words.toPlainText() == rec.text
    page.quotes.editor.tones["positive"].click()
    assert app.visit.state.quotes["Q1/R2"].tone == "positive"


def test_whoever_marks_words_is_told_once_how_to_keep_them(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    assert "Ctrl+Q keeps the selected words" in app.window.status.message.text()
    app.window.status.show_message("Something else")
    mark(box, "good")
    assert app.window.status.message.text() == "Something else"


def test_words_seen_marked_are_quoted_also_from_the_next_box_and_once(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box, following = page.form.boxes["P01"], page.form.boxes["P02"]
    app.keys(box.editor, "It was good")
    mark(box, "was good")
    quote(app, following)
    assert [rec.text for rec in app.visit.state.quotes.values()] == ["was good"]
    assert not box.selected(), "what is kept is not marked any more"
    quote(app, following)
    assert len(app.visit.state.quotes) == 1
    assert "Select the person's own words" in app.window.status.message.text()


def test_the_note_one_is_in_stays_in_view_when_its_quote_opens_beneath(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.resize(1024, 900)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P02"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    QApplication.processEvents()
    assert page.quotes.isVisible()
    assert box.editor.visibleRegion().boundingRect().height() == box.editor.height()


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 1024, 700), (200, 1366, 768)])
def test_with_little_height_quotes_open_in_place_of_the_notes_with_room_for_their_words(
    program: Opener, homes: Homes, percent: int, width: int, height: int
) -> None:
    app = program(homes.reviewer)
    app.window.resize(width, height)
    theme().set_percent(percent)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P02"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    app.settle()
    assert has_keyboard(box.editor) and not page.quotes.isVisible(), "one goes on taking notes"
    assert "Ctrl+Q again shows it" in app.window.status.message.text()
    quote(app, box)
    app.settle()
    assert page.quotes.list.hasFocus() and not page.mine.form.isVisible()
    focus(page.quotes.editor.words)
    app.qtbot.waitUntil(lambda: out_of_sight(page.quotes.editor.words) == "")
    press(page.quotes.editor.words, Qt.Key.Key_Escape)
    assert has_keyboard(box.editor) and page.mine.form.isVisible(), "Escape goes back to the notes"


def test_without_consent_a_quote_is_refused_kindly(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, False, False)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It helped")
    mark(box, "It helped")
    quote(app, box)
    assert not app.visit.state.quotes
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
    panel.editor.add_box.setCurrentIndex(panel.editor.add_box.findData("47"))
    panel.editor.add_box.activated.emit(panel.editor.add_box.findData("47"))
    assert list(app.visit.state.quotes["Q1/R2"].standards) == ["155", "47"]
    chip = panel.editor.chips.itemAt(0)
    assert chip is not None
    app.qtbot.mouseClick(chip.widget(), Qt.MouseButton.LeftButton)
    assert list(app.visit.state.quotes["Q1/R2"].standards) == ["47"]
    app.keys(panel.editor.words, " indeed")
    focus(panel.list)
    assert "indeed" in app.visit.state.quotes["Q1/R2"].text
    app.keys(panel.list, Qt.Key.Key_Delete)
    assert not app.visit.state.quotes
    app.window.actions_.undo.trigger()
    assert "Q1/R2" in app.visit.state.quotes


def test_taking_back_the_consent_to_quote_waits_for_the_quotes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "It was good")
    mark(box, "It was good")
    quote(app, box)
    page.form.consent.change.click()
    page.form.consent.questions[1].no.click()
    assert app.visit.state.interviews["P1/R2"].consent_quotes is True
    assert page.form.consent.questions[1].yes.isChecked()
    assert not page.form.consent.questions[1].no.isChecked()
    assert "delete its quotes first" in app.window.status.message.text()


def test_what_somebody_takes_back_is_withdrawn_with_a_reason_and_one_press(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.reveal({"interview": "M1/L1"})
    app.keys(page.form.withdraw, Qt.Key.Key_Space)
    card = page.form.withdrawing
    assert "cannot undo" in card.what.text() and "already saved elsewhere are not changed" in card.what.text()
    assert has_keyboard(card.reason)
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert card.field.error.isVisible() and "M1/L1" in app.visit.state.interviews, "a reason comes first"
    app.keys(card.reason, "The manager asked in person")
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert "M1/L1" not in app.visit.state.interviews
    assert not any(quote.interview == "M1/L1" for quote in app.visit.state.quotes.values())
    assert "M1 · L1 (lead reviewer): withdrawn by L1 (lead reviewer) on" in page.side.withdrawn.text()
    assert page.side.withdrawn.text().count("\n") == 0, "its quotes are not told again"
    assert not page.side.model.find("M1/L1").isValid()
    assert app.visit.undo_name is None


def test_the_files_that_a_withdrawal_does_not_reach_are_named_before_and_counted_after(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = opened(app)
    app.visit.write_return(tmp_path / "before.rvreturn")
    page.reveal({"interview": "M1/L1"})
    app.keys(page.form.withdraw, Qt.Key.Key_Space)
    card = page.form.withdrawing
    assert str(tmp_path / "before.rvreturn") in card.elsewhere.text() and card.elsewhere.isVisible()
    app.keys(card.reason, "The manager asked in person")
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert page.side.not_reached.isVisible() and "may still contain" in page.side.not_reached.text()
    assert "before.rvreturn" in page.side.not_reached.toolTip()


def test_a_quote_is_withdrawn_alone_and_asking_can_be_put_away(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.reveal({"interview": "M1/L1"})
    first = page.quotes.model.quotes[0].key
    page.quotes.choose(first)
    app.keys(page.quotes.editor.withdraw, Qt.Key.Key_Space)
    card = page.quotes.editor.withdrawing
    app.keys(card.keep, Qt.Key.Key_Space)
    assert not card.isVisible() and first in app.visit.state.quotes
    app.keys(page.quotes.editor.withdraw, Qt.Key.Key_Space)
    page.quotes.choose(page.quotes.model.quotes[1].key)
    assert not card.isVisible(), "another quote is in view: nothing is asked about it"
    page.quotes.choose(first)
    app.keys(page.quotes.editor.withdraw, Qt.Key.Key_Space)
    app.keys(card.reason, "The manager telephoned")
    app.keys(card.confirm, Qt.Key.Key_Space)
    assert first not in app.visit.state.quotes and "M1/L1" in app.visit.state.interviews
    assert "Quote Q" in page.side.withdrawn.text()


def test_the_lead_withdraws_for_others_and_nobody_else_does(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.reveal({"interview": "C1/R2"})
    quote = next(q.key for q in app.visit.state.quotes.values() if q.interview == "C1/R2")
    app.settle()
    number = quote.split("/")[0]
    button = next(
        b for b in page.reading.findChildren(QPushButton) if b.accessibleName() == f"Withdraw quote {number} · R2"
    )
    app.keys(button, Qt.Key.Key_Space)
    app.keys(page.reading.withdrawing.reason, "The carer asked R2")
    app.keys(page.reading.withdrawing.confirm, Qt.Key.Key_Space)
    assert quote not in app.visit.state.quotes and "C1/R2" in app.visit.state.interviews
    app.keys(page.reading.withdraw, Qt.Key.Key_Space)
    app.keys(page.reading.withdrawing.reason, "The carer asked R2")
    app.keys(page.reading.withdrawing.confirm, Qt.Key.Key_Space)
    assert "C1/R2" not in app.visit.state.interviews
    other = program(homes.reviewer)
    other.visit.merge(homes.returns["R3"])
    page = opened(other)
    page.reveal({"interview": "C1/R3"})
    assert page.stack.currentWidget() is page.reading
    assert not page.reading.withdraw.isVisible()


def test_a_quote_is_never_clipped_and_the_list_uses_the_height(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    app.window.resize(1366, 768)
    page.reveal({"interview": "M1/L1"})
    app.settle()
    quotes = page.quotes.list
    needed = sum(quotes.sizeHintForRow(i) for i in range(page.quotes.model.rowCount()))
    assert quotes.viewport().height() >= needed, "there is room for all of them"
    page.quotes.choose(page.quotes.model.quotes[0].key)
    app.window.resize(1366, 500)
    app.settle()
    assert quotes.viewport().height() >= max(quotes.sizeHintForRow(i) for i in range(page.quotes.model.rowCount()))
