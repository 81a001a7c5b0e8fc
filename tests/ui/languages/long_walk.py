"""A process of its own that shows every page in the long language and prints what does not fit or was forgotten.

The language is settled when the program is loaded, so the tests start this file with `REVIEWAPP_LANGUAGE=x-long`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from reviewapp.base.i18n import _
from reviewapp.base.pseudolocale import CLOSE, OPEN
from reviewapp.codebooks.library import builtin as codebooks
from reviewapp.demo.network import sample
from reviewapp.instruments.library import builtin
from reviewapp.report.content.build import build
from reviewapp.visit.themes import themes_in_force
from tests.key_stretch import use_cheap_keys
from tests.ui.access import checks
from tests.ui.access.measure import Drawings
from tests.ui.access.walk import SMALL, open_program, show_view
from ui.app.crash_dialog import BugDialog
from ui.app.scored_sample import make_scored_visit
from ui.app.screenshots import Show, scored_views, views, wait_until_idle
from ui.formats import locale
from ui.pages.themes.theme_list import keys_of
from ui.shell.dialogs import About, ChangePassphrase, RenewRecoveryCode
from ui.shell.menus import PLAIN
from ui.shell.window import MainWindow
from ui.theme import theme

WIDE = (1366, 768)
ROUNDS = 12
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
BETWEEN = re.compile(r"[^\w'’/-]*(?:[\ufffc·:;,.()\[\]“”\"…|→←=?!×%]|[–-] | \d+ ?)[^\w'’]*|\n|\0")
ACCENTED = re.compile("[àëîôûÿÀËÎÔÛŸçñš]")
WORD = re.compile(r"[A-Za-z]{2,}")


def main() -> None:
    """Print `{"room": [...], "forgotten": [...], "for_programs": [...]}`, and "planted ..." of two faults."""
    use_cheap_keys()
    application = QApplication(sys.argv[:1])
    window = open_program(Path(sys.argv[1]) / "home")
    found: dict[str, list[str]] = {"room": [], "forgotten": [], "for_programs": []}
    theme().choose("light")
    own = Own(window)
    walk(window, own, list(views()), found)
    look_beside(window, own, found)
    planted: dict[str, list[str]] = {"room": [], "forgotten": [], "for_programs": []}
    faults = plant(window)
    walk(window, own, list(views())[:1], planted)
    found |= {f"planted {kind}": planted[kind] for kind in ("room", "forgotten")}
    for fault in faults:
        fault.deleteLater()
    laptop = window.session.laptop
    if laptop is not None:
        window.session.open_visit(make_scored_visit(laptop))
        walk(window, Own(window), list(scored_views()), found)
    settings = window.session.settings
    found["for_programs"] += [name for name in settings.names() if OPEN in name]
    session = window.session
    window.close()
    window.deleteLater()
    session.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    print(json.dumps(found))
    application.quit()


def walk(window: MainWindow, own: Own, shown: list[tuple[str, Show]], found: dict[str, list[str]]) -> None:
    """What has no room, or was forgotten, on these views."""
    for size in (WIDE, SMALL):
        for name, show in shown:
            show_view(window, size, show)
            made = Drawings()
            where = f"{name}, {size[0]} x {size[1]}"
            root = window.centralWidget()
            assert root is not None
            for __ in range(ROUNDS):
                if not checks.cut_off(root):
                    break
                QApplication.processEvents()
            if (window.width(), window.height()) != size:
                found["room"].append(f"{where}: the page pushes the window to {window.width()} x {window.height()}")
            found["room"] += [f"{where}: {cut}" for cut in cut_off(root, made)]
            if size == WIDE:
                found["forgotten"] += [f"{name}: {words}" for words in dict.fromkeys(own.forgotten(root, made))]
        found["for_programs"] = sorted({*found["for_programs"], *for_programs(window)})


def look_beside(window: MainWindow, own: Own, found: dict[str, list[str]]) -> None:
    """Dialogs, Find anything, menus."""
    dialogs = (
        About(window),
        ChangePassphrase(window, window.session, print),
        RenewRecoveryCode(window, window.session, print),
        BugDialog(window, ValueError(""), saved=True),
    )
    dialogs[-1].details.clear()  # versions and places in the code, for whoever mends it
    for dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        name = type(dialog).__name__
        made = Drawings()
        found["room"] += [f"{name}: {cut}" for cut in cut_off(dialog, made)]
        found["forgotten"] += [f"{name}: {words}" for words in own.forgotten(dialog, made)]
        dialog.close()
        dialog.deleteLater()
    window.palette_.toggle()
    QTest.keyClicks(window.palette_.line, "care")
    wait_until_idle(window)
    made = Drawings()
    found["room"] += [f"Find anything: {cut}" for cut in cut_off(window.palette_, made)]
    found["forgotten"] += [f"Find anything: {words}" for words in own.forgotten(window.palette_, made)]
    for menu in window.menuBar().findChildren(QMenu):
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        found["forgotten"] += [f"menu: {text}" for text in texts if OPEN not in text]


def for_programs(window: MainWindow) -> Iterator[str]:
    """Translated texts that no person reads: names of objects, their properties, what stands behind a choice."""
    for one in (window, *window.findChildren(QObject)):
        names = [name.toStdString() for name in one.dynamicPropertyNames()]
        read: list[Any] = [one.objectName(), *names]
        for name in names:
            if name == PLAIN:  # the words of a command, for Find anything
                continue
            with contextlib.suppress(RuntimeError):  # some of Qt's own hold what Python cannot read
                read.append(one.property(name))
        if isinstance(one, QAction):
            read.append(one.data())
        if isinstance(one, QComboBox):
            read += [one.itemData(number) for number in range(one.count())]
        yield from (f"{type(one).__name__}: {text}" for text in read if isinstance(text, str) and OPEN in text)


def cut_off(root: QWidget, made: Drawings) -> list[str]:
    return checks.cut_off(root) + checks.outside(root) + checks.past_the_edge(root, made)


def plant(window: MainWindow) -> list[QLabel]:
    """Two faults in what is round every page, to see that they are found."""
    forgotten, cut = QLabel("Never translated", window.header), QLabel(_("Without room"), window.header)
    forgotten.setGeometry(0, 0, 400, 40)
    cut.setGeometry(0, 0, 20, 40)
    forgotten.show()
    cut.show()
    return [forgotten, cut]


class Own:
    """Tells the program's own words from what the visit and the standards say, which nobody translates."""

    def __init__(self, window: MainWindow) -> None:
        visit = window.session.visit
        assert visit is not None
        instrument = visit.state.instrument
        said = list(_strings(msgspec.to_builtins(instrument)))
        lettered = [(one.id, one.text) for standard in instrument.standards for one in standard.criteria]
        lettered += [(one.item, one.text) for one in instrument.audit]
        said += [part for letter, text in lettered for part in _strings(f"{letter} {text}")]
        said += _strings([(one.title, one.edition) for one in builtin()])  # one chooses among all of them
        said += _strings(msgspec.to_builtins(codebooks()))
        themes = themes_in_force(visit.state)
        for id_, sign in keys_of(themes).items():
            said += [f"{sign} {themes.by_id[id_].title}", f"{themes.by_id[id_].title} ({sign}"]
        for name in dir(visit.state):
            if not name.startswith("_"):
                said += _strings(_plain(getattr(visit.state, name)))
        document = build(visit.state, visit.status(), today=date.fromisoformat(visit.state.info.date))
        said += _strings(_plain(document))  # the report is a document in the language of its makers
        said += [*_strings(msgspec.to_builtins(sample())), "Example network"]  # the network's set, as its office writes
        said += [window.session.home.name, *NAMES, *(locale().monthName(month) for month in range(1, 13))]
        said += [visit.laptops.visit_words(), *(one.words for one in visit.laptops.all())]  # names made of keys
        self._whole = {_even(one) for one in said}
        self._all = "\n".join(sorted(self._whole))

    def forgotten(self, root: QWidget, made: Drawings) -> Iterator[str]:
        """Texts with words of ours that are not marked as translated."""
        for text, painted in _texts(root, made):
            parts = BETWEEN.split(_unmarked(text))
            left = [part for part in parts if WORD.search(part) and not self._known(part, painted)]
            if left:
                yield f"{' | '.join(left)}   in   {' '.join(text.split())[:160]}"

    def _known(self, part: str, painted: bool) -> bool:
        """Lines that are painted break where they like, so a few words of a text are enough there."""
        even = _even(part)
        least = 1 if painted else 3
        whole = even in self._whole or (len(even.split()) >= least and even in self._all)
        return whole or _code(part) or bool(ACCENTED.search(part))


NAMES = ("Reviewapp", "PDF", "Word", "Excel", "CSV", "JSON", "Ctrl", "Qt")


def _code(text: str) -> bool:
    """A key, a code of a person, an id: nothing with a lower-case word."""
    return re.search(r"[a-z]{2}", text) is None


def _even(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:!?'’\"“”()[]0123456789\ufffc").casefold()


def _plain(value: Any) -> Any:
    try:
        return msgspec.to_builtins(value)
    except (TypeError, ValueError):
        return None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from (part for part in BETWEEN.split(value) if part.strip())
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(key)
            yield from _strings(one)
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from _strings(one)


def _unmarked(text: str) -> str:
    while (shorter := MARKED.sub("·", text)) != text:
        text = shorter
    if OPEN in text:
        text = text[: text.index(OPEN)]
    return text[text.rindex(CLOSE) + 1 :] if CLOSE in text else text


TEXTS = (
    "text", "placeholderText", "title", "toPlainText", "suffix", "accessibleName", "accessibleDescription", "toolTip",
)  # fmt: skip
"""The functions of widgets that give words."""


def _texts(root: QWidget, made: Drawings) -> Iterator[tuple[str, bool]]:
    """Every text, and whether it was read from what is painted."""
    for widget in checks.shown(root):
        for name in TEXTS:
            read = getattr(widget, name, None)
            if callable(read) and not (name in ("text", "toPlainText") and _typed(widget)):
                yield str(read()), False
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _rows(widget)
        elif isinstance(widget, QComboBox):
            yield from ((widget.itemText(number), False) for number in range(widget.count()))
        elif checks.drawn(widget) is not None and type(widget).__module__.startswith("ui."):
            yield from ((words.text, True) for words in made.of(widget).words)


def _typed(widget: QWidget) -> bool:
    """What stands in it was typed by a person, or is a date or number."""
    if isinstance(widget, QLineEdit | QAbstractSpinBox):
        return True
    return isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly()


def _rows(view: QAbstractItemView) -> Iterator[tuple[str, bool]]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 30)):
        for column in range(columns):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                yield str(index.data(role) or ""), False
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or ""), False


if __name__ == "__main__":
    main()
