"""Misspelt words are marked while somebody writes, and other spellings are offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from reviewapp.visit.statements import Rating
from ui.shell.spelling import other_spellings
from ui.spelling import Dictionary, dictionary, select_next_unknown
from ui.widgets.draft import DraftText


class Target:
    """Takes what is typed, as the bridge does."""

    writable = True
    names: tuple[str, ...] = ()

    def typing(self) -> None:
        pass

    def has_draft(self, line) -> bool:
        return False

    def save_draft(self, line) -> bool:
        return True

    def commit_drafts(self) -> bool:
        return True


@pytest.fixture
def words(qapp):
    """The program's dictionary, loaded and on; off again afterwards."""
    dictionary.cache_clear()
    known = dictionary()
    known.switch(True)
    known.prepare()
    known.wait()
    qapp.processEvents()
    yield known
    dictionary.cache_clear()


@pytest.fixture
def box(qtbot, words) -> DraftText:
    made = DraftText(Target(), "Note")
    qtbot.addWidget(made)
    made.bind(lambda text: Rating(standard="1", note=text), "")
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def marked(box: DraftText) -> list[str]:
    """The words with a wavy line."""
    found = []
    block = box.document().begin()
    while block.isValid():
        for one in block.layout().formats():
            if one.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline:
                found.append(block.text()[one.start : one.start + one.length])
        block = block.next()
    return found


def test_a_misspelt_word_is_marked_once_the_caret_has_left_it(box, qtbot):
    qtbot.keyClicks(box, "A good assesment")
    assert marked(box) == []
    qtbot.keyClicks(box, " of")
    assert marked(box) == ["assesment"]


def test_marking_words_is_not_an_edit(box, qtbot, words):
    edits = []
    box.edited.connect(lambda: edits.append(1))
    qtbot.keyClicks(box, "assesment ")
    typed = len(edits)
    words.accept("something")
    words.accept("assesment")
    assert marked(box) == []
    assert len(edits) == typed == len("assesment ")


def test_the_mark_returns_when_the_caret_moves_away(box, qtbot):
    qtbot.keyClicks(box, "assesment of it")
    box.moveCursor(box.textCursor().MoveOperation.Start)
    qtbot.keyClick(box, Qt.Key.Key_Right)
    assert marked(box) == []
    box.moveCursor(box.textCursor().MoveOperation.End)
    assert marked(box) == ["assesment"]


def test_letters_beyond_the_basic_plane_do_not_shift_the_marks(box):
    box.insertPlainText("😀😀 assesment 😀 recieve .")
    assert select_next_unknown(box, dictionary()) == "assesment"
    assert box.textCursor().selectedText() == "assesment"
    assert select_next_unknown(box, dictionary()) == "recieve"
    assert box.textCursor().selectedText() == "recieve"
    assert select_next_unknown(box, dictionary()) == "assesment"


def test_another_spelling_takes_the_place_of_the_word_and_can_be_undone(box, qtbot):
    qtbot.keyClicks(box, "an assesment of")
    first, *_ = other_spellings(box, 5)
    assert first.words == "assessment"
    first.do()
    assert box.toPlainText() == "an assessment of"
    box.undo()
    assert box.toPlainText() == "an assesment of"


def test_an_accepted_word_is_kept_in_memory_only(box, qtbot):
    qtbot.keyClicks(box, "Zbigniewowa came")
    assert marked(box) == ["Zbigniewowa"]
    *_, accept = other_spellings(box, 3)
    accept.do()
    assert marked(box) == []
    assert not Dictionary().on


def test_a_known_word_and_a_box_that_cannot_be_written_in_offer_nothing_to_change(box, qtbot):
    qtbot.keyClicks(box, "an assesment of")
    assert other_spellings(box, 0) == ()
    box.setReadOnly(True)
    assert [one.possible for one in other_spellings(box, 5)] == [False, True]


def test_nothing_is_marked_while_spelling_is_not_checked(box, qtbot, words):
    qtbot.keyClicks(box, "assesment of")
    words.switch(False)
    assert marked(box) == []
    words.switch(True)
    assert marked(box) == ["assesment"]


def test_a_very_long_paragraph_has_no_marks_and_can_still_be_gone_through(box):
    box.insertPlainText("word " * 2_100 + "assesment end")
    assert marked(box) == []
    assert select_next_unknown(box, dictionary()) == "assesment"


def test_the_words_of_a_visit_are_known_and_forgotten_with_it(words, qtbot):
    assert not words.knows("Zbigniewowa")
    words.begin_visit(["The team of Zbigniewowa Street"])
    qtbot.waitUntil(lambda: not words.loading)
    assert words.knows("Zbigniewowa") and not words.knows("assesment")
    words.accept("assesment")
    assert words.knows("assesment")
    words.begin_visit()
    assert not words.knows("Zbigniewowa") and not words.knows("assesment")


def test_a_visit_opened_while_another_is_read_has_its_own_words_only(words, qtbot):
    words.begin_visit(["Zbigniewowa"])
    words.begin_visit(["Kowalskich"])
    qtbot.waitUntil(lambda: not words.loading)
    assert words.knows("Kowalskich") and not words.knows("Zbigniewowa")


def test_opening_a_visit_does_not_read_its_words_before_they_are_needed(qapp):
    known = Dictionary()
    known.switch(True)
    known.begin_visit(["Zbigniewowa"])
    assert not known.loading
