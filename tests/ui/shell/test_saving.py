"""Saving is said truly: on a full disk, beside another program, when a line is refused and when it is undone."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Answer, Interview, Rating
from tests.ui.support import Homes, Opener, focus, words_on
from ui.app.crash_dialog import BugDialog
from ui.pages.overview.page import OverviewPage
from ui.pages.standards.page import StandardsPage
from ui.session.worker import Progress
from ui.shell.status_bar import ago


def test_the_status_line_says_what_is_true(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    saving = app.window.status.saving
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    assert saving.text().startswith("All work saved")
    app.keys(page.detail.note, "x")
    assert saving.text() == "Saving…"
    app.qtbot.waitUntil(lambda: saving.text().startswith("All work saved"))


def test_a_full_disk_keeps_the_words_and_saves_them_later(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    with monkeypatch.context() as patched:
        patched.setattr(app.visit._store.drafts, "save", full)
        app.keys(page.detail.note, "precious")
        focus(page.list)
        assert app.window.status.saving.text() == "Cannot save: disk full. Your text is still here"
        assert page.detail.note.toPlainText() == "precious"
        assert page.detail.note.waiting
    focus(page.detail.note)
    focus(page.list)
    assert app.visit.state.ratings["47/R2"].note == "precious"
    assert app.window.status.saving.text().startswith("All work saved")


def test_a_visit_with_words_a_full_disk_refused_is_not_closed(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    with monkeypatch.context() as patched:
        patched.setattr(app.visit._store.drafts, "save", full)
        app.keys(page.detail.note, "precious")
        app.window.actions_.close_visit.trigger()
        assert app.session.visit is not None
        assert page.detail.note.toPlainText() == "precious"
        assert "stays open" in app.window.status.message.text()
        with pytest.raises(ReviewError, match="stays open"):
            app.session.open_visit(app.visit.id)
        assert page.detail.note.toPlainText() == "precious"
    app.window.actions_.close_visit.trigger()
    assert app.session.visit is None


def test_a_second_program_reads_and_says_so(program: Opener, homes: Homes) -> None:
    first = program(homes.reviewer)
    second = program(first.session.home, copy=False)
    assert second.visit.read_only
    assert "another program" in second.window.banner.label.text()
    assert second.window.banner.isVisible()
    assert second.window.status.saving.text() == "Reading only"
    page = cast(StandardsPage, second.go("standards", {"standard": "47"}))
    second.keys(page.list, "m")
    assert "47/R2" not in second.visit.state.ratings
    assert page.detail.note.isReadOnly()


def test_work_beside_the_screen_tells_its_end_and_its_refusal(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    told: list[object] = []

    def job(progress: Progress) -> int:
        progress.report("half way", 0.5)
        return 7

    def refuse(progress: Progress) -> None:
        raise ReviewError("the stick is full", do="use another one")

    app.session.worker.run("Counting", job, told.append)
    app.session.worker.run("Copying", refuse, None, told.append)
    app.session.worker.run("Copying", refuse)
    app.settle()
    assert told[0] == 7
    assert isinstance(told[1], ReviewError)
    assert "the stick is full" in app.window.status.message.text().lower()
    assert not app.session.worker.busy


def test_a_refused_line_changes_nothing_and_is_said(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    assert app.session.bridge.record(Rating(standard="47", value="perhaps")) is None
    assert "perhaps" in app.window.status.message.text()


def test_how_long_ago_is_in_words() -> None:
    assert [ago(s) for s in (0, 2.7, 75, 7300)] == ["just now", "2 s ago", "1 min ago", "2 h ago"]


def test_a_bug_is_told_with_details_to_pass_on(qtbot: QtBot) -> None:
    dialog = BugDialog(None, ValueError("something odd"), saved=True)
    qtbot.addWidget(dialog)
    assert "ValueError: something odd" in dialog.details.toPlainText()
    assert "Everything you wrote is saved" in words_on(dialog)


def test_undo_in_a_field_of_one_line_takes_back_what_was_saved(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(OverviewPage, app.go("overview"))
    app.qtbot.waitUntil(lambda: "caseload" in page.facts._edits)
    edit = page.facts._edits["caseload"]
    before = edit.text()
    focus(edit)
    edit.selectAll()
    app.keys(edit, "changed")
    app.qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == before, "what is only typed is undone in the field"
    edit.selectAll()
    app.keys(edit, "changed", Qt.Key.Key_Return)
    assert app.visit.state.context["caseload"].value == "changed"
    app.qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == before
    assert app.visit.state.context["caseload"].value != "changed"


def test_a_text_that_is_refused_for_good_stands_in_the_way_of_no_undo_and_redo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    visit, bridge = app.visit, app.session.bridge
    visit.record(Interview(id="P9", group="patient", consent_notes=True, consent_quotes=True))
    visit.save_draft(Answer(interview="P9", prompt="notes", text="refused"))
    visit.record(Interview(id="P9", consent_notes=False))
    visit.record(Rating(standard="47", value="met"))
    app.window.actions_.undo.trigger()
    assert "47/R2" not in visit.state.ratings
    app.window.actions_.redo.trigger()
    assert visit.state.ratings["47/R2"].value == "met"
    assert len(visit.drafts()) == 1
    for _ in range(3):
        bridge.undo()
    assert "P9/R2" not in visit.state.interviews or visit.drafts() == []
