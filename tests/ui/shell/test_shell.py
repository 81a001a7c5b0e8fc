"""What every page can rely on: saving said truly, undo, reading only, worker, geometry."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Answer, Audit, CaseNote, Concern, Interview, LocalContext, Rating, Statement
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, focus, words_on
from ui.app.crash_dialog import BugDialog
from ui.app.main import main
from ui.pages import PAGES
from ui.pages.overview.page import OverviewPage
from ui.pages.standards.page import StandardsPage
from ui.pages.start.page import FORMS
from ui.session.worker import Progress
from ui.shell.dialogs import RenewRecoveryCode
from ui.shell.geometry import first_size, restore_geometry
from ui.shell.status_bar import ago
from ui.shell.window import MainWindow
from ui.widgets import DraftText


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
        patched.setattr(app.visit.store, "save_draft", full)
        app.keys(page.detail.note, "precious")
        focus(page.list)
        assert app.window.status.saving.text() == "Cannot save: disk full – your text is still here"
        assert page.detail.note.toPlainText() == "precious"
        assert page.detail.note.waiting
    focus(page.detail.note)
    focus(page.list)
    assert app.visit.state.ratings["47/R2"].note == "precious"
    assert app.window.status.saving.text().startswith("All work saved")


def test_a_second_program_reads_and_says_so(program: Opener, homes: Homes) -> None:
    first = program(homes.reviewer)
    second = program(first.session.home, copy=False)
    assert second.visit.read_only
    assert "Another program" in second.window.banner.label.text()
    assert second.window.banner.isVisible()
    assert second.window.status.saving.text() == "Reading only"
    page = cast(StandardsPage, second.go("standards", {"standard": "47"}))
    second.keys(page.list, "m")
    assert "47/R2" not in second.visit.state.ratings
    assert page.detail.note.isReadOnly()


def test_every_page_opens_and_ctrl_numbers_reach_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    for number, entry in enumerate(PAGES):
        action = app.window.actions_.pages[entry.name]
        assert action.shortcut().toString() == f"Ctrl+{number}"
        action.trigger()
        assert app.window.pages[entry.name] is app.page


def test_the_key_that_marks_a_quote_never_ends_the_program(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    keys = [key.toString() for action in app.window.findChildren(QAction) for key in action.shortcuts()]
    assert "Ctrl+Q" not in keys
    assert app.window.actions_.quit.shortcut().toString() == "Ctrl+Shift+Q"
    assert len(keys) == len(set(keys))


def test_pages_that_need_a_visit_wait_for_one(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, visit=False)
    model = app.window.nav.model
    usable = [PAGES[i].name for i in range(len(PAGES)) if model.flags(model.index(i)) & Qt.ItemFlag.ItemIsEnabled]
    assert usable == ["start"]
    assert not app.window.actions_.pages["standards"].isEnabled()


def test_help_is_in_plain_words_and_closes_with_escape(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    app.window.actions_.help.trigger()
    assert app.window.help.isVisible()
    assert "one key rates" in words_on(app.window.help)
    app.keys(app.window.help, Qt.Key.Key_Escape)
    assert not app.window.help.isVisible()


def test_help_gives_the_keyboard_back_where_it_was(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.detail.note)
    app.window.actions_.help.trigger()
    assert not page.detail.note.hasFocus()
    app.keys(app.window.help, Qt.Key.Key_Escape)
    assert page.detail.note.hasFocus()


def test_a_note_has_the_keyboard_again_when_one_comes_back_to_its_page(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    before = app.visit.state.ratings
    app.keys(page.detail.note, "Half a sen")
    app.window.navigate("overview")
    app.window.navigate("standards")
    assert page.detail.note.hasFocus()
    assert page.detail.note.textCursor().position() == len("Half a sen")
    assert {k: r.value for k, r in app.visit.state.ratings.items()} == {k: r.value for k, r in before.items()}
    app.window.navigate("standards")
    assert page.list.hasFocus(), "said again, the page begins at its beginning"
    app.window.navigate("overview")
    app.window.navigate("standards")
    assert page.list.hasFocus()


def test_text_grows_to_200_and_is_remembered(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    for _ in range(8):
        app.window.actions_.larger.trigger()
    assert app.session.settings.number("text", 100) == 200
    assert QApplication.font().pixelSize() == 30
    app.window.resize(1024, 700)
    assert app.window.width() == 1024, "nothing on the page may push the window wider"


@pytest.mark.parametrize("place", [(5000, 100), (-5000, -900), (700, 500), (10, -300), (-200, 40)])
def test_all_of_the_window_is_on_a_screen_wherever_it_was(qtbot: QtBot, place: tuple[int, int]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(*place, 700, 500)
    room = window.screen().availableGeometry()
    restore_geometry(window, QByteArray())
    assert room.contains(window.geometry())
    assert window.y() > room.top(), "the title bar can be taken hold of"


def test_the_first_time_the_desktop_chooses_the_place(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 500)
    restore_geometry(window, QByteArray())
    assert not window.testAttribute(Qt.WidgetAttribute.WA_Moved)


def test_the_window_comes_back_to_a_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(90_000, 90_000, 800, 500)
    restore_geometry(window, QByteArray())
    screen = QApplication.primaryScreen().availableGeometry()
    assert screen.intersects(window.frameGeometry())


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


def test_the_title_says_nothing_of_the_visit(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    assert app.window.windowTitle() == "Reviewapp"
    ini = (app.session.home / "window.ini").read_text(encoding="utf-8")
    assert "Example" not in ini


def test_how_long_ago_is_in_words() -> None:
    assert [ago(s) for s in (0, 2.7, 75, 7300)] == ["just now", "2 s ago", "1 min ago", "2 h ago"]


def test_the_program_opens_on_a_visit_and_ends_with_the_window(qtbot: QtBot, homes: Homes, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes.lead, home)
    visit = Laptop.open(home, PASSPHRASE).visits()[0].id
    titles: list[str] = []

    def leave() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        if window.session.visit is None:
            QTimer.singleShot(20, leave)
            return
        titles.append(window.header.service.text())
        window.close()

    QTimer.singleShot(0, leave)
    assert main(home=home, visit=visit, passphrase=PASSPHRASE) == 0
    assert titles == ["Example Crisis Resolution and Home Treatment Team"]


def test_a_bug_is_told_with_details_to_pass_on(qtbot: QtBot) -> None:
    dialog = BugDialog(None, ValueError("something odd"), saved=True)
    qtbot.addWidget(dialog)
    assert "ValueError: something odd" in dialog.details.toPlainText()
    assert "Everything you wrote is saved" in words_on(dialog)


class Flashes(QObject):
    """What was shown as a window of its own though it is a part of one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look."""
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or isinstance(watched, MainWindow):
            return False
        if watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_is_shown_as_a_window_of_its_own(program: Opener, homes: Homes) -> None:
    look, application = Flashes(), QApplication.instance()
    assert application is not None
    application.installEventFilter(look)
    try:
        app = program(homes.lead)
        for row in PAGES:
            app.go(row.name)
        for view in FORMS:
            app.go("start", {"view": view, "visit": app.visit.id})
        app.settle()
    finally:
        application.removeEventFilter(look)
    assert look.seen == []


def test_after_unlocking_the_keyboard_is_back_in_the_note(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "113"}))
    app.keys(page.detail.note, "before after", *[Qt.Key.Key_Left] * 5)
    app.window.header.lock.setFocus()
    app.window.lock()
    app.session.adopt(Laptop.open(app.session.home, PASSPHRASE))
    page = cast(StandardsPage, app.page)
    note = app.window.focusWidget()
    assert note is page.detail.note
    assert (page.detail.number, page.detail.note.textCursor().position()) == ("113", len("before "))


def ask_for_a_new_code(app: App) -> RenewRecoveryCode:
    app.window.actions_.recovery.trigger()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, RenewRecoveryCode) and w.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nobody_has_a_new_recovery_code_without_the_passphrase(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    key_file = (app.session.home / "home.json").read_bytes()
    dialog = ask_for_a_new_code(app)
    app.keys(dialog.passphrase, "not the passphrase", Qt.Key.Key_Return)
    app.settle()
    assert "not the passphrase of this laptop" in words_on(dialog)
    assert app.window.outer.currentWidget() is app.window.work
    assert (app.session.home / "home.json").read_bytes() == key_file


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_locking_takes_a_dialog_with_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    dialog = ask_for_a_new_code(app)
    dialog.passphrase.setText("half a passphrase")
    app.window.lock()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [app.window]
    assert app.window.outer.currentWidget() is app.window.gate


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_new_recovery_code_is_shown_until_written_down(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    dialog = ask_for_a_new_code(app)
    app.keys(dialog.passphrase, PASSPHRASE, Qt.Key.Key_Return)
    app.settle()
    card = app.window.gate.recovery
    assert app.window.outer.currentWidget() is app.window.gate
    assert app.window.gate.stack.currentWidget() is card
    code = card.code.text().replace("\n", "")
    assert not card.button.isEnabled()
    card.written.setChecked(True)
    card.button.click()
    assert app.window.outer.currentWidget() is app.window.work
    assert isinstance(app.page, StandardsPage)
    assert card.code.text() == ""
    folder = app.session.home
    app.window.lock()
    assert Laptop.recover(folder, code, "another passphrase here")


def test_the_first_window_fits_the_screen() -> None:
    assert first_size(QSize(1366, 728)).height() < 728
    assert first_size(QSize(1920, 1040)) == QSize(1240, 760)


def test_after_unlocking_no_key_rates_by_itself(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards", {"standard": "113"})
    focus(app.window.nav.list)
    app.window.lock()
    app.session.adopt(Laptop.open(app.session.home, PASSPHRASE))
    page = cast(StandardsPage, app.page)
    assert not page.list.hasFocus()
    assert app.window.focusWidget() is not page.list


def killed(app: App) -> Path:
    """The home as a laptop leaves it that dies now: what is on the disk, without a farewell."""
    home = app.session.home.with_name(app.session.home.name + "-died")
    shutil.copytree(app.session.home, home)
    return home


def test_what_was_typed_when_the_laptop_died_is_named_and_one_press_goes_there(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "113"}))
    app.keys(page.detail.note, "Seen on the wall")
    app.qtbot.waitUntil(lambda: len(app.visit.drafts()) == 1)
    again = program(killed(app), copy=False)
    told = again.window.found
    assert told.isVisible()
    assert "Seen" not in told.label.text()
    (button,) = told.buttons
    assert button.text() == "Your note on standard 113"
    button.click()
    there = cast(StandardsPage, again.page)
    assert there.detail.number == "113"
    assert there.detail.note.toPlainText() == "Seen on the wall"
    assert not told.isVisible()
    assert again.window.focusWidget() is there.detail.note, "in the list the next letter would rate"
    assert there.detail.note.textCursor().atEnd()


def test_everything_that_was_being_typed_has_a_way_to_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(Interview(id="P9", group="patient", consent_notes=True), CaseNote(id="N9"))
    prompt = next(p.id for g in app.visit.state.instrument.guides if g.group == "patient" for p in g.prompts)
    item = app.visit.state.instrument.audit[0].item
    drafts: list[tuple[Statement, str, str]] = [
        (Answer(interview="P9", prompt=prompt, text="a"), "Your notes of interview P9", "interviews"),
        (Audit(case_note="N9", item=item, note="b"), f"Case note N9, item {item}", "case_notes"),
        (Concern(id="X1", text="c"), "Immediate concern X1", "interviews"),
        (LocalContext(standard="47", text="d"), "Local context of standard 47", "standards"),
    ]
    for line, _, _ in drafts:
        app.visit.save_draft(line)
    again = program(killed(app), copy=False)
    for line, words, name in drafts:
        next(b for b in again.window.found.buttons if b.text() == words).click()
        assert again.page is again.window.pages[name], line
        editor = again.window.focusWidget()
        assert isinstance(editor, DraftText) and editor.toPlainText() in ("a", "b", "c", "d"), line
    assert not again.window.found.isVisible()


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
