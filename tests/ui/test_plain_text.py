"""Nothing typed is code on the screen: markup in every text of a visit is shown as it was typed, wherever it stands."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

from reviewapp.base.errors import Invalid
from reviewapp.base.paths import resource
from reviewapp.instruments.library import builtin
from reviewapp.visit.statements import Statement
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.support import PASSPHRASE, PHRASE, App, Opener, sample_statements
from ui.app.screenshots import views, wait_until_idle
from ui.pages.start.pack import TakePack
from ui.widgets.plain_text import plain_tip, plain_words

MARK = '<img src="leak.png"> R&D '
"""Stands at the beginning of each text, where Qt looks for a tag."""
ODD = "<b>R&D"
"""In the names of files."""
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
TYPED = ("note", "text", "comment", "reason", "dissent", "action", "owner", "progress", "told", "evidence", "title",
         "name", "measure", "where", "who", "service", "organisation")  # fmt: skip
SAID = ("title", "statement", "guidance", "text", "edition", "section", "source", "subset_note")
might_be_html = QtGui.Qt.mightBeRichText
MOST = 60
"""Rows and columns of a model that are looked at."""


def marked(statement: Statement) -> Statement:
    """The statement with the mark before each of its words that may be anything."""
    changes = {}
    for name in TYPED:
        value = getattr(statement, name, None)
        if isinstance(value, str) and value.strip():
            changes[name] = MARK + value
    return msgspec.structs.replace(statement, **changes)


def marked_instrument() -> Any:
    """The standards of the sample with the mark before all that its author wrote."""

    def mark(part: Any) -> Any:
        if isinstance(part, dict):
            return {k: MARK + v if k in SAID and isinstance(v, str) and v else mark(v) for k, v in part.items()}
        if isinstance(part, list):
            return [MARK + one if isinstance(one, str) and one in sections else mark(one) for one in part]
        return part

    plain = next(one for one in builtin() if one.id == sample_about()["instrument"])
    sections = set(plain.sections)
    return msgspec.convert(mark(msgspec.to_builtins(plain)) | {"id": "marked"}, type(plain))


def sample_about() -> dict[str, Any]:
    return tomllib.loads(resource("sample", "visit.toml").read_text(encoding="utf-8"))


def record(visit: OpenVisit, name: str) -> None:
    """The sample's lines, marked where the rules take it."""
    for line in sample_statements(name):
        try:
            visit.record(marked(line))
        except Invalid:
            visit.record(line)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lead's home in which every text of the visit begins with the mark; two reviewers joined, conflicts stand."""
    folder = tmp_path_factory.mktemp("planted")
    about = sample_about() | {"instrument": "marked"}
    people = [NewPerson(**(one | {"name": MARK + "Example"})) for one in about.pop("people")]
    laptop, _ = Laptop.create(folder / "L1", PASSPHRASE)
    laptop.library.add(marked_instrument())
    about |= {"service": MARK + about["service"], "organisation": MARK + about["organisation"]}
    visit = laptop.open_visit(laptop.new_visit(**about, people=people))
    record(visit, "prepare.jsonl")
    visit.write_visit_pack(folder / f"{ODD}.rvpack", PHRASE)
    record(visit, "L1.jsonl")
    for code in ("R2", "R3"):
        home, _ = Laptop.create(folder / code, PASSPHRASE)
        other = home.open_visit(home.import_pack(folder / f"{ODD}.rvpack", me=code, phrase=PHRASE))
        record(other, f"{code}.jsonl")
        other.write_return(folder / f"{code} {ODD}.rvreturn")
        other.close()
        visit.merge(folder / f"{code} {ODD}.rvreturn")
    shutil.copy(folder / f"R2 {ODD}.rvreturn", folder / f"{ODD}.rvreturn")
    (folder / f"not one {ODD}.rvreturn").write_bytes(b"<b>")
    visit.close()
    return folder / "L1"


class Wrong:
    """What is code on the screen."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.seen = 0
        """Texts with the mark that were looked at."""

    def tip(self, where: str, text: object) -> None:
        """A text that Qt draws as HTML if it looks like it."""
        if isinstance(text, str) and text:
            self.seen += "leak.png" in text
            if might_be_html(text):
                self.found.add(f"{where}: {text[:60]!r} is drawn as HTML")

    def words(self, where: str, text: str) -> None:
        """A text in which Qt takes `&` for the mark of a key."""
        if "leak.png" in text or "R&" in text:
            self.seen += 1
            if "R&&D" not in text:
                self.found.add(f"{where}: the & of {text[:60]!r} is taken for a key")

    def widget(self, name: str, widget: QWidget) -> None:
        where = f"{name}, {type(widget).__name__}"
        for text in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
            self.tip(where, text)
        if isinstance(widget, QLabel) and QLabel.text(widget):
            self.label(where, widget)
        if isinstance(widget, QAbstractButton):
            self.words(where, QAbstractButton.text(widget))
        if isinstance(widget, QMessageBox) and widget.textFormat() is not Qt.TextFormat.PlainText:
            self.found.add(f"{where}: a message may be drawn as HTML")
        if isinstance(widget, QTextEdit) and 'src="leak' in widget.toHtml():
            self.found.add(f"{where}: a picture in a text")
        if isinstance(widget, QComboBox | QAbstractItemView) and widget.model() is not None:
            self.model(where, widget.model())
        for action in widget.actions():
            self.action(where, action)

    def label(self, where: str, label: QLabel) -> None:
        text = QLabel.text(label)
        self.seen += "leak.png" in text
        if label.textFormat() is not Qt.TextFormat.PlainText:
            self.found.add(f"{where}: {text[:60]!r} may be drawn as HTML")
        if label.buddy() is not None:
            self.words(where, text)

    def action(self, where: str, action: QAction) -> None:
        self.words(f"{where}, action", QAction.text(action))
        # Qt makes the tool tip of a text that has none; nothing here shows it.
        self.tip(f"{where}, action", action.statusTip())

    def model(self, where: str, model: QAbstractItemModel) -> None:
        # The columns of a list are one, and Qt keeps their number to itself.
        several = not isinstance(model, QAbstractListModel)
        rows = min(MOST, model.rowCount(QModelIndex()))
        columns = min(MOST, model.columnCount(QModelIndex())) if several else 1
        for role in ROLES:
            for row in range(rows):
                for column in range(columns):
                    self.tip(f"{where}, model", model.data(model.index(row, column), role))
            for section in range(columns):
                self.tip(f"{where}, heading", model.headerData(section, Qt.Orientation.Horizontal, role))
            for section in range(rows):
                self.tip(f"{where}, heading", model.headerData(section, Qt.Orientation.Vertical, role))


def places(app: App, home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Where more of what was typed stands: one record of each kind, files that came in."""
    state = app.visit.state
    for key in list(state.interviews)[:4]:
        yield "interviews", {"interview": key}
    for key in list(state.concerns)[:2]:
        yield "interviews", {"concern": key}
    for key in list(state.ratings)[:2]:
        yield "standards", {"standard": key.partition("/")[0]}
    for key in list(state.actions)[:2]:
        yield "action_plan", {"action": key}
    for name in (f"{ODD}.rvreturn", f"not one {ODD}.rvreturn"):
        yield "bring_together", {"file": str(home.parent / name)}
    yield "start", {"view": "list", "problem": MARK}
    yield "start", {"view": "take", "file": str(home.parent / f"{ODD}.rvpack")}


def look_into_pack(app: App) -> None:
    """The visit pack that was dropped shows who takes part."""
    form = app.page.findChildren(TakePack)[0]
    form.phrase.setText(PHRASE)
    form.look.click()


def find_anything(app: App) -> None:
    """Find anything lists texts with the mark."""
    app.window.palette_.toggle()
    app.window.palette_.line.setText("leak")


def everything(window: QWidget) -> Iterator[QWidget]:
    """The window, all in it, and every other window there is now."""
    for top in {window, *QApplication.topLevelWidgets()}:
        yield top
        yield from top.findChildren(QWidget)


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_markup_in_every_text_of_a_visit_is_shown_as_it_was_typed(program: Opener, planted: Path) -> None:
    app = program(planted)
    wrong = Wrong()
    for name, show in views():
        app.window.outer.setCurrentWidget(app.window.work)
        app.window.help.hide()
        show(app.window)
        wait_until_idle(app.window)
        for view in app.window.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        wait_until_idle(app.window)
        for widget in everything(app.window):
            wrong.widget(name, widget)
    for name, place in places(app, planted):
        app.go(name, place)
        wait_until_idle(app.window)
        for widget in everything(app.window):
            wrong.widget(f"{name} {place}", widget)
    for name, do in (("the people of a pack", look_into_pack), ("what was found", find_anything)):
        do(app)
        wait_until_idle(app.window)
        for widget in everything(app.window):
            wrong.widget(name, widget)
    assert sorted(wrong.found) == []
    assert wrong.seen > 500, "the mark stands in many places, or this proves nothing"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_tool_tip_says_what_was_typed(program: Opener, planted: Path) -> None:
    """Shown as Qt shows it: the mouse rests on the list of interviews."""
    app = program(planted)
    app.go("interviews")
    app.settle()
    view = next(v for v in app.page.findChildren(QAbstractItemView) if v.isVisible() and v.model().rowCount())
    at = view.visualRect(view.model().index(0, 0)).center()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    shown = QToolTip.text()
    QToolTip.hideText()
    assert not might_be_html(shown)


@pytest.mark.parametrize(
    "text",
    ["<img src=x>", " <b>bold</b>", "a &lt;b", "<!doctype html>", "<?xml version='1.0'?><b/>", "<a href='file:///'>x</a>",
     "words\n<b>", "a < b", "plain", "", "R&D", "<Img", "<br/>"],
)  # fmt: skip
def test_a_tip_is_never_html_and_keeps_what_it_says(text: str) -> None:
    made = plain_tip(text)
    assert not might_be_html(made)
    assert made.replace("\N{WORD JOINER}", "") == text


def test_an_ampersand_is_shown_as_one() -> None:
    assert plain_words("R&D & more") == "R&&D && more"
