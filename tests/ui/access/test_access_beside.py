"""What is not a page of the lead's: dialogs, menus, Find anything, and the pages as a reviewer sees them on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from reviewapp.visit.statements import Concern, Rating
from tests.ui.access import checks
from tests.ui.access.keys import back_round, go_round, left_out
from tests.ui.access.measure import contrast_in, picture_of, scaled
from tests.ui.access.walk import LOOKS, SMALL, TALL, Walked, look, show_for, use_look
from tests.ui.bring_together.support import fresh, open_visit_on
from tests.ui.support import App, Homes, Opener
from ui.app.crash_dialog import BugDialog
from ui.app.screenshots import wait_until_idle
from ui.pages import PAGES
from ui.shell.dialogs import About, ChangePassphrase, RenewRecoveryCode
from ui.shell.window import MainWindow

PROMISES = ("name", "target", "room", "text contrast", "control contrast", "colour", "trap", "focus", "order")


@pytest.fixture(autouse=True)
def usual_look() -> Iterator[None]:
    """Whatever a test chose, the next one begins in the light, at 100 %."""
    yield
    use_look("light", 100)


def none_of(result: Walked) -> None:
    told = [f"{promise}: {line}" for promise in PROMISES for line in result.wrong[promise]]
    if told:
        pytest.fail("\n".join([f"{len(told)} places:", *told]), pytrace=False)


def looks() -> Iterator[str]:
    """Every look of the walk, in turn; where one is."""
    for colours, percent, size in LOOKS:
        use_look(colours, percent)
        yield f"{colours}, {percent} %, {size[0]} x {size[1]}"


# Laptops of which something is to be decided -------------------------------------------------------------------------


def test_laptops_to_decide_of_keep_every_promise(program: Opener, homes: Homes, tmp_path: Path) -> None:
    """The lead is asked of new laptops and of what stands apart; a reviewer's own laptop stands apart."""
    second, back = fresh(homes, tmp_path / "second", "R2"), tmp_path / "back.rvreturn"
    visit = open_visit_on(second)
    visit.record(Rating(standard="47", value="met"), Concern(id="IC9", text="Example: no tablets are left"))
    visit.write_return(back)
    visit.close()
    app, result = program(homes.lead), Walked()
    device = {one.code: one.device for one in app.visit.laptops.all()}
    app.visit.laptops.certify(device["R2"], "R2")
    app.visit.merge(back)
    app.visit.laptops.set_aside(device["R3"], None, "Example: nobody knows it")
    app.visit.write_return(tmp_path / "lead.rvreturn")
    for name in ("lead", "reviewer"):
        if name == "reviewer":
            app = program(second)
            app.visit.merge(tmp_path / "lead.rvreturn")
        for where in looks():
            size = SMALL if where.endswith(f"{SMALL[0]} x {SMALL[1]}") else TALL
            show_for(app.window, size, "bring_together")
            look(app.window, name, f"{name}, {where}", size, result)
    assert "Kept but not counted" in result.trees["lead"] and "These are the words of R4 (" in result.trees["lead"]
    assert "This laptop" in result.trees["reviewer"] and 'words"' not in result.trees["reviewer"]
    none_of(result)


# The pages of a reviewer, before the meeting ------------------------------------------------------------------------


def test_a_reviewers_pages_before_the_meeting_keep_every_promise(program: Opener, homes: Homes) -> None:
    app, result = program(homes.reviewer), Walked()
    assert not app.visit.is_lead
    for colours, percent, size in LOOKS:
        use_look(colours, percent)
        for entry in PAGES:
            show_for(app.window, size, entry.name)
            look(app.window, entry.name, f"{entry.name}, {colours}, {percent} %, {size[0]} x {size[1]}", size, result)
    none_of(result)
    assert set(result.trees) >= {entry.name for entry in PAGES}


# Dialogs -----------------------------------------------------------------------------------------------------------


def _about(app: App) -> QDialog:
    return About(app.window)


def _passphrase(app: App) -> QDialog:
    return ChangePassphrase(app.window, app.session, print)


def _recovery(app: App) -> QDialog:
    return RenewRecoveryCode(app.window, app.session, print)


def _bug(app: App) -> QDialog:
    return BugDialog(app.window, ValueError("planted"), saved=True)


# Without a screen Qt cannot hand a dialog's least size to a window manager, and says so.
@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("make", [_about, _passphrase, _recovery, _bug], ids=lambda make: make.__name__.strip("_"))
def test_a_dialog_keeps_every_promise(program: Opener, homes: Homes, make: Callable[[App], QDialog]) -> None:
    app, result = program(homes.lead), Walked()
    for where in looks():
        dialog = make(app)
        dialog.show()
        wait_until_idle(app.window)
        _beside(dialog, where, result)
        first = next(widget for widget in checks.shown(dialog) if checks.takes_tab(widget))
        went = go_round(first)
        if len(went.stops) > 1:  # a dialog with one button has nowhere else to go
            result.note("trap", where, went.traps + left_out(first, went.stops) + back_round(first, went.stops))
        result.note("focus", where, went.unseen)
        result.note("order", where, checks.out_of_order(went.stops))
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    none_of(result)


def _beside(root: QWidget, where: str, result: Walked) -> None:
    image = picture_of(root)
    result.note("name", where, checks.nameless(root))
    result.note("target", where, checks.too_small(root))
    result.note("room", where, checks.cut_off(root) + checks.outside(root) + checks.past_the_edge(root))
    result.note("text contrast", where, checks.faint_words(root, image))
    result.note("control contrast", where, checks.faint_controls(root, image))
    result.note("colour", where, checks.colour_alone(root))
    if root.width() > SMALL[0] or root.height() > SMALL[1]:
        result.note("room", where, [f"{root.width()} x {root.height()} does not fit a small screen"])


# Find anything -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "care", "no such word anywhere"])
def test_find_anything_keeps_every_promise(program: Opener, homes: Homes, typed: str) -> None:
    app, result = program(homes.lead), Walked()
    for where in looks():
        app.window.resize(*SMALL)
        app.window.palette_.toggle()
        QTest.keyClicks(app.window.palette_.line, typed)
        wait_until_idle(app.window)
        assert app.window.palette_.isVisible()
        _beside(app.window.palette_, where, result)
        QTest.keyClick(app.window.palette_.line, Qt.Key.Key_Escape)
        assert not app.window.palette_.isVisible()
    none_of(result)


# Menus -------------------------------------------------------------------------------------------------------------


def _menus(window: MainWindow) -> Iterator[QMenu]:
    waiting = [action.menu() for action in window.menuBar().actions()]
    while waiting:
        menu = waiting.pop()
        if isinstance(menu, QMenu):
            yield menu
            waiting += [action.menu() for action in menu.actions()]


def test_every_entry_of_a_menu_has_words_room_and_contrast(program: Opener, homes: Homes) -> None:
    app, wrong = program(homes.lead), []
    for where in looks():
        for menu in _menus(app.window):
            menu.ensurePolished()
            menu.resize(menu.sizeHint())
            image = picture_of(menu)
            for action in menu.actions():
                box = menu.actionGeometry(action)
                words = scaled(QRectF(box.adjusted(4, 2, -4, -2)))
                if action.isSeparator():
                    continue
                if not action.text().strip():
                    wrong.append(f"{where}: an entry of {menu.title()} has no words")
                if box.height() < checks.LEAST_TARGET:
                    wrong.append(f"{where}: {action.text()} is {box.height()} high")
                if action.isEnabled() and contrast_in(image, words) < checks.TEXT_LEAST:
                    wrong.append(f"{where}: {action.text()} is faint")
            if menu.sizeHint().height() > SMALL[1]:
                wrong.append(f"{where}: {menu.title()} is taller than a small screen")
    assert wrong == []


def test_no_key_of_a_menu_is_given_twice(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    bar = [action.text() for action in app.window.menuBar().actions()]
    for words in [bar, *([action.text() for action in menu.actions()] for menu in _menus(app.window))]:
        keys = [text[text.index("&") + 1].casefold() for text in words if "&" in text.replace("&&", "")]
        assert len(keys) == len(set(keys)), words
    shortcuts = [
        key.toString() for menu in _menus(app.window) for action in menu.actions() for key in action.shortcuts()
    ]
    assert len(shortcuts) == len(set(shortcuts)), sorted(shortcuts)
