"""A reviewer alone with their laptop on the day: from the pack to the file that is given to the lead."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt

from tests.ui.whole_visit.day import CTRL, SHIFT, Hands, unlock
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.case_notes.page import CaseNotesPage
from ui.pages.interviews.page import InterviewsPage
from ui.pages.standards.page import StandardsPage
from ui.pages.start.pack import TakePack
from ui.pages.start.page import StartPage

SAID = "They rang before each visit."
CONCERN = "Has no tablets left for tonight."


def take_the_pack(other: Hands, path: Path, words: str) -> None:
    page = cast(StartPage, other.app.page)
    other.press(page.take)
    form = cast(TakePack, page.views["take"])
    other.choose(form.drop.button, path)
    assert other.keyboard() is form.phrase
    other.type("these are not the six words")
    other.key(Qt.Key.Key_Return)
    other.app.settle()
    assert form.phrase_field.error.isVisible() and not form.who.isVisible()
    other.key(Qt.Key.Key_A, held=CTRL)
    other.type(words.upper())
    other.key(Qt.Key.Key_Return)
    other.app.settle()
    other.press(next(b for b in form.group.buttons() if b.property("code") == "R2"))
    other.press(form.start)
    other.app.settle()
    state = other.app.visit.state
    assert (other.app.visit.me, other.app.visit.is_lead) == ("R2", False)
    assert len(state.self_review) == 44 and state.slots and state.asks["P01"].who == ("R2",)


def rate(other: Hands) -> None:
    """One key a standard, the note beside it, and a slip that is undone."""
    page = cast(StandardsPage, other.turn_to("standards"))
    assert other.keyboard() is page.list, "the keys rate at once"
    standards = [s.number for s in other.app.visit.state.instrument.standards]
    other.key(Qt.Key.Key_Home)
    other.type("n")
    other.key(Qt.Key.Key_Down)
    for _ in standards[1:6]:
        other.type("m")
        other.key(Qt.Key.Key_Down)
    other.type("a")
    other.key(Qt.Key.Key_Z, held=CTRL)
    ratings = other.app.visit.state.ratings
    assert ratings[f"{standards[0]}/R2"].value == "not_met"
    assert [ratings[f"{n}/R2"].value for n in standards[1:6]] == ["met"] * 5
    assert f"{standards[6]}/R2" not in ratings or ratings[f"{standards[6]}/R2"].value is None
    assert f"rating of standard {standards[6]}" in other.told()
    other.key(Qt.Key.Key_Home)


def lock_while_typing(other: Hands, passphrase: str) -> None:
    """Nothing typed is lost, and one is back where one was."""
    page = cast(StandardsPage, other.app.page)
    other.write(page.detail.note, "The website has no number")
    other.key(Qt.Key.Key_L, held=CTRL)
    assert other.app.session.laptop is None
    unlock(other, "not the passphrase")
    assert other.app.session.laptop is None
    assert other.app.window.unlock_screen.unlock.field.error.isVisible()
    other.key(Qt.Key.Key_A, held=CTRL)
    unlock(other, passphrase)
    page = cast(StandardsPage, other.app.page)
    assert other.keyboard() is page.detail.note
    assert page.detail.note.toPlainText() == "The website has no number"
    assert other.app.visit.state.ratings[f"{page.detail.number}/R2"].note == "The website has no number"
    assert other.saved()


def interview(other: Hands) -> None:
    """Two clicks, consent first, the answer typed, the words marked and quoted with one key."""
    page = cast(InterviewsPage, other.turn_to("interviews"))
    other.press(page.side.new)
    other.press(page.side.group_buttons["patient"])
    other.press(page.form.consent.modes["phone"])
    for question in page.form.consent.questions:
        other.press(question.yes)
    box = page.form.boxes["P01"]
    assert other.keyboard() is box.editor, "the first question has the keyboard"
    assert box.mine.isVisible()
    other.type(f"{SAID} Liked the nurse.")
    other.key(Qt.Key.Key_Home)
    other.key(*[Qt.Key.Key_Right] * len(SAID), held=SHIFT)
    other.key(Qt.Key.Key_Q, held=CTRL)
    quote = other.app.visit.state.quotes["Q1/R2"]
    assert (quote.text, quote.interview, quote.standards) == (SAID, "P1/R2", ("155",))
    other.press(page.quotes.editor.tones["positive"])
    assert other.app.visit.state.quotes["Q1/R2"].tone == "positive"
    assert other.app.visit.state.interviews["P1/R2"].mode == "phone"
    assert other.app.visit.state.answers["P1/P01/R2"].text.startswith(SAID)


def report_a_concern(other: Hands) -> None:
    page = cast(InterviewsPage, other.app.page)
    other.press(page.side.urgent)
    card = page.concerns.cards["IC1"]
    assert other.keyboard() is card.text
    other.type(CONCERN)
    other.press(card.just_now)
    assert other.keyboard() is card.told
    other.type("Team manager")
    other.press(page.concerns.back)
    concern = other.app.visit.state.concerns["IC1/R2"]
    assert (concern.text, concern.told, bool(concern.at)) == (CONCERN, "Team manager", True)


def read_a_case_note(other: Hands) -> None:
    page = cast(CaseNotesPage, other.turn_to("case_notes"))
    other.press(page.begin)
    assert other.keyboard() is page.grid
    other.type("ynary")
    other.key(Qt.Key.Key_Z, held=CTRL)
    said = [rec.value for rec in other.app.visit.state.audit.values() if rec.person == "R2" and rec.value]
    assert said == ["yes", "no", "na", "not_recorded"]


def give(hands: Hands, path: Path) -> None:
    page = cast(BringTogetherPage, hands.turn_to("bring_together"))
    hands.choose(page.give_button, path)
    assert page.outcome.card.isVisible() and str(path) in page.outcome.words.text()
    assert path.stat().st_size > 0
