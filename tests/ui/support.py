"""A program on a copy of a real home, for the tests of screens. Real core, real files, no screen."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reviewapp.base.paths import resource
from reviewapp.store import marks
from reviewapp.visit.statements import AnyStatement, Statement
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

if TYPE_CHECKING:
    from ui.pages.base import Page
    from ui.session.session import Session
    from ui.shell.window import MainWindow

PASSPHRASE = "correct horse battery"
PHRASE = "one two three four five six"
_STATEMENT = msgspec.json.Decoder(AnyStatement)


def sample_statements(name: str) -> list[Statement]:
    """What is recorded in the sample visit, from one of its files."""
    text = resource("sample", name).read_text(encoding="utf-8")
    return [_STATEMENT.decode(line) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Homes:
    """`L1`: the lead, everything joined. `R2`: a reviewer who has not rated. `pack`, and what R2 sends back.

    `before`: the lead's laptop before anybody has come in.
    """

    lead: Path
    before: Path
    reviewer: Path
    pack: Path
    returns: dict[str, Path]


def _make_homes(folder: Path) -> Homes:
    about = tomllib.loads(resource("sample", "visit.toml").read_text(encoding="utf-8"))
    people = [NewPerson(**person) for person in about.pop("people")]
    lead, _ = Laptop.create(folder / "L1", PASSPHRASE)
    visit_id = lead.new_visit(**about, people=people)
    visit = lead.open_visit(visit_id)
    visit.record(*sample_statements("prepare.jsonl"))
    pack = folder / "visit.rvpack"
    visit.write_visit_pack(pack, PHRASE)
    visit.record(*sample_statements("L1.jsonl"))
    visit.close()
    shutil.copytree(folder / "L1", folder / "before")
    visit = lead.open_visit(visit_id)
    returns = {}
    for code in ("R2", "R3", "R4"):
        laptop, _ = Laptop.create(folder / code, PASSPHRASE)
        other = laptop.open_visit(laptop.import_pack(pack, me=code, phrase=PHRASE))
        if code == "R2":
            shutil.copytree(folder / code, folder / "reviewer")
        other.record(*sample_statements(f"{code}.jsonl"))
        returns[code] = folder / f"{code}.rvreturn"
        other.write_return(returns[code])
        other.close()
        visit.merge(returns[code])
    visit.close()
    return Homes(folder / "L1", folder / "before", folder / "reviewer", pack, returns)


def take_pack_as_lead(homes: Homes, laptop: Laptop) -> str:
    """Take the pack on another laptop of the lead's, which the lead has certified and given the key of authority."""
    visit_id = laptop.import_pack(homes.pack, me="L1", phrase=PHRASE)
    with closing(Laptop.open(homes.lead, PASSPHRASE).home.open_store(visit_id, read_only=True)) as true_lead:
        authority = true_lead.local(marks.AUTHORITY_KEY)
    with closing(laptop.home.open_store(visit_id)) as store, store.transaction() as db:
        store.set_local(db, marks.AUTHORITY_KEY, authority)
        store.write_in(db, [store.own_marks.certificate(db, store.device, "L1")], person="L1")
    return visit_id


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """Made once; tests work on copies."""
    return _make_homes(tmp_path_factory.mktemp("homes"))


@dataclass
class App:
    """The program in a test."""

    window: MainWindow
    session: Session
    qtbot: QtBot

    @property
    def visit(self) -> OpenVisit:
        """The open visit."""
        visit = self.session.visit
        assert visit is not None
        return visit

    @property
    def page(self) -> Page:
        """The page in view."""
        page = self.window.page
        assert page is not None
        return page

    def go(self, name: str, place: dict[str, str] | None = None) -> Page:
        """Show a page."""
        self.window.show_page(name, place)
        return self.page

    def keys(self, widget: QWidget, *keys: str | Qt.Key) -> None:
        """Press keys, or type words, into a widget that is given the focus as a person would give it."""
        focus(widget)
        for key in keys:
            if isinstance(key, str):
                self.qtbot.keyClicks(widget, key)
            else:
                self.qtbot.keyClick(widget, key)

    def settle(self) -> None:
        """Wait until the worker has nothing to do, and for what it reports."""
        self.session.worker.drain()
        QApplication.processEvents()


def focus(widget: QWidget) -> None:
    """The keyboard is in `widget`; offscreen windows need to be told that they are active."""
    widget.activateWindow()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()


def parts_by_tab(page: QWidget, *parts: QWidget) -> list[QWidget]:
    """These parts in the order in which Tab comes to what can be seen and used in them; again where it comes again."""
    found: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and at.isVisible() and at.isEnabled():
            found += [part for part in parts if part is at or part.isAncestorOf(at)]
        at = at.nextInFocusChain()
    return [part for place, part in enumerate(found) if place == 0 or found[place - 1] is not part]


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, sent straight to a widget."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def words_on(widget: QWidget) -> str:
    """Everything that can be read on a widget."""
    shown = [w.text() for w in widget.findChildren(QLabel) + widget.findChildren(QLineEdit)]
    return " ".join(shown + [w.toPlainText() for w in widget.findChildren(QPlainTextEdit)])


def use_light_colours() -> None:
    """Light colours at 100 %. Laid on only where they are not, as that takes as long as making a page does."""
    from ui.theme import theme
    from ui.theme.stylesheet import style_sheet

    used, application = theme(), QApplication.instance()
    used.choice, used.percent = "light", 100
    assert isinstance(application, QApplication)
    if application.styleSheet() != style_sheet(used.palette, used.scale):
        used.apply()


Opener = Callable[..., App]


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """`program(home)` opens the window on a copy of a home (None: an empty one); `unlocked=False` leaves it locked.

    It locks by itself only where a test asks for it: how long a test takes is no sign that nobody is there.
    """
    from ui.session.hourly_backup import HOURLY_MS
    from ui.session.session import Session
    from ui.shell.window import MainWindow

    use_light_colours()
    opened: list[App] = []

    def start(
        home: Path | None,
        *,
        unlocked: bool = True,
        visit: bool = True,
        copy: bool = True,
        back_up_every: int = HOURLY_MS,
        locks_by_itself: bool = False,
    ) -> App:
        folder = tmp_path / f"home{len(opened)}"
        if home is None:
            folder.mkdir()
        elif copy:
            shutil.copytree(home, folder)
        else:
            folder = home
        session = Session(folder, back_up_every=back_up_every, locks_by_itself=locks_by_itself)
        window = MainWindow(session)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        app = App(window, session, qtbot)
        opened.append(app)
        if unlocked and home is not None:
            laptop = Laptop.open(folder, PASSPHRASE)
            ids = [v.id for v in laptop.visits()] if visit else []
            window.restore_after_unlock({"visit": ids[0] if ids else "", "page": "overview"})
            session.adopt(laptop)
        return app

    yield start
    for app in opened:
        app.window.close()
        app.session.deleteLater()


def killed(app: App) -> Path:
    """The home as a laptop leaves it that dies now: what is on the disk, without a farewell."""
    home = app.session.home.with_name(app.session.home.name + "-died")
    shutil.copytree(app.session.home, home)
    return home
