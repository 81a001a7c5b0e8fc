"""What a screen reader is told without being asked: saved, joined, failed. And nothing moves by itself."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QProgressBar, QStyle, QTabBar, QToolButton

import ui
import ui.widgets.file_dialogs
from reviewapp.base.errors import ReviewError
from tests.ui.access.support import Reader
from tests.ui.support import App, Homes, Opener
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.standards.page import StandardsPage
from ui.theme import theme

SOURCE = Path(ui.__file__).parent


def test_saved_is_spoken_once_after_the_last_word(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    status = app.window.status
    reader.polite.clear()
    for _ in range(3):
        status.on_typed()
        status.on_saved()
    assert reader.polite == []
    app.qtbot.waitUntil(lambda: reader.polite == ["All work saved"])
    status.on_typed()
    assert reader.polite == ["All work saved"]


def test_what_is_written_in_a_note_is_said_to_be_saved(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    reader.polite.clear()
    app.keys(page.detail.note, "Seen")
    page.leave()
    app.qtbot.waitUntil(lambda: "All work saved" in reader.polite)


def test_not_saved_is_spoken_at_once_and_once(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    app.window.status.on_saved()
    app.window.status.on_failed(ReviewError("the disk is full", do="free some space"))
    assert reader.urgent == ["Cannot save: the disk is full. Your text is still here"]
    assert reader.others == []
    assert not app.window.status._calm.isActive()


def test_joined_is_spoken(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.reviewer)
    page = cast(BringTogetherPage, app.go("bring_together"))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([homes.returns["R3"]])
    page.drop.button.click()
    app.settle()
    reader.polite.clear()
    page.join_button.click()
    app.settle()
    told = [line for line in reader.polite if "ratings" in line]
    assert len(told) == 1
    assert told[0] == app.window.status.message.text()


def test_what_is_refused_is_spoken_at_once(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    app.session.notify("There is no standard 999", "not_met")
    assert reader.urgent == ["There is no standard 999"]


def test_nothing_is_spoken_where_no_reader_runs(program: Opener, homes: Homes, reader: Reader) -> None:
    app = program(homes.lead)
    reader.isActive = lambda: False  # type: ignore[method-assign]
    reader.polite.clear()
    app.session.notify("Joined", "met")
    assert reader.polite == []


# Reduced motion: nobody has to ask for it, for nothing moves ------------------------------------------------


def test_nothing_in_the_program_is_animated() -> None:
    moving = ("PropertyAnimation", "VariantAnimation", "AnimationGroup", "QTimeLine", "QMovie", "QEasingCurve")
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in SOURCE.rglob("*.py")
        for word in moving
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_style_animates_nothing_that_qt_would_animate_and_menus_do_not_slide(qapp: QApplication) -> None:
    theme().apply()
    line = QLineEdit()
    line.setClearButtonEnabled(True)
    for one in (line.findChild(QToolButton), QProgressBar(), QTabBar(), QMainWindow()):
        assert one is not None
        one.ensurePolished()
        assert one.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, one) == 0, type(one).__name__
    effects = [e for e in Qt.UIEffect if e != Qt.UIEffect.UI_General and QApplication.isEffectEnabled(e)]
    assert effects == []


def test_long_work_shows_no_bar_that_runs_to_and_fro(program: Opener, homes: Homes) -> None:
    app: App = program(homes.lead)
    status = app.window.status
    status.on_began("Adding R2's laptop", True)
    assert not status.bar.isVisible()
    assert status.job.text() == "Adding R2's laptop"
    status.on_progressed(0.5, "2 of 4 files")
    assert (status.bar.isVisible(), status.bar.maximum(), status.bar.value()) == (True, 100, 50)
    status.on_progressed(-1.0, "Reading")
    assert not status.bar.isVisible()
