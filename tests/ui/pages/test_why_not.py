"""Nobody meets a button that cannot be used without being told why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui
from tests.ui.support import App, Homes, Opener
from ui.app.scored_sample import make_scored_visit
from ui.app.screenshots import Show, scored_views, views, wait_until_idle
from ui.widgets.usable import usable

CODE = Path(ui.__file__).parent
WIDGETS_OWN = {"widgets/usable.py", "widgets/draft.py"}
"""The one way itself; and a box for text that belongs to nothing yet."""
ENTRIES = {"shell/menus.py", "shell/window.py", "widgets/row_menu.py", "widgets/text_menu.py"}
"""Entries of menus, which every program greys without a word."""


def without_a_reason(app: App) -> list[str]:
    """Buttons in front of somebody that cannot be used, and do not say why to the eye or to a screen reader."""
    return [
        f"{type(one).__name__} {one.accessibleName() or one.text()}"
        for one in app.window.findChildren(QAbstractButton)
        if not isinstance(one.parent(), QTableView)  # its corner, where the headings meet
        and one.isVisible()
        and not one.isEnabled()
        and not (one.toolTip() and one.accessibleDescription())
    ]


def walk(app: App, shown: dict[str, Show]) -> dict[str, list[str]]:
    """What is without a reason in each of these views."""
    found = {}
    for name, show in shown.items():
        app.window.outer.setCurrentWidget(app.window.work)
        show(app.window)
        wait_until_idle(app.window)
        if silent := without_a_reason(app):
            found[name] = silent
    return found


@pytest.mark.qt_log_ignore("This plugin does not support raise")
@pytest.mark.parametrize("state", ["lead", "before", "reviewer"])
def test_every_button_that_cannot_be_used_says_why(program: Opener, homes: Homes, state: str) -> None:
    app = program(getattr(homes, state))
    assert walk(app, dict(views())) == {}


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_in_a_visit_that_can_only_be_read_every_button_says_why(program: Opener, homes: Homes) -> None:
    first, shown = program(homes.lead), dict(views())
    walk(first, {"themes_coders": shown["themes_coders"]})  # codes the quotes that it shows
    app = program(first.session.home, copy=False)
    assert app.visit.read_only
    assert walk(app, shown) == {}


def test_in_a_visit_with_criteria_that_nothing_was_entered_in_every_button_says_why(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.before)
    assert app.session.laptop is not None
    app.session.open_visit(make_scored_visit(app.session.laptop))
    assert walk(app, dict(scored_views())) == {}


def test_nothing_is_disabled_in_any_other_way() -> None:
    pattern = re.compile(r"\.(setEnabled|setDisabled)\(")
    found = [
        f"{path.relative_to(CODE)}:{number}"
        for path in sorted(CODE.rglob("*.py"))
        if str(path.relative_to(CODE)) not in WIDGETS_OWN | ENTRIES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == [], "say why with `usable`"


def test_what_a_button_said_of_itself_comes_back_and_what_it_says_meanwhile_is_kept(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    inner, other = QPushButton(holder), QPushButton(holder)
    holder.setLayout(QVBoxLayout())
    inner.setToolTip("Saves a file")
    inner.setAccessibleDescription("As a PDF")
    usable(other, "Nothing is chosen.")
    usable(holder, "The visit can only be read.")
    assert (inner.toolTip(), inner.accessibleDescription()) == ("The visit can only be read.",) * 2
    assert other.toolTip() == "Nothing is chosen.", "its own reason is the nearer one"
    inner.setToolTip("Saves another file")
    usable(holder, "The visit can only be read.")
    assert inner.toolTip() == "The visit can only be read."
    usable(holder, "")
    assert (inner.toolTip(), inner.accessibleDescription()) == ("Saves another file", "As a PDF")
    assert inner.isEnabled()
    assert not other.isEnabled()
    assert other.accessibleDescription() == "Nothing is chosen."
    usable(other, "")
    assert (other.toolTip(), other.accessibleDescription()) == ("", "")
