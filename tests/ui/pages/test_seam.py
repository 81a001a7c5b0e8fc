"""A page is one folder in `ui/pages` and one line in its register: nothing else has to be told of it."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget

import ui.pages
from reviewapp.search import KINDS
from reviewapp.search.result_titles import KIND_OF
from reviewapp.visit import statements
from tests.ui.support import PASSPHRASE, Homes
from ui.pages import NAMES, PAGES, build_page
from ui.pages.entry import PageEntry
from ui.session.session import Session
from ui.shell.palette.rows import HEADINGS

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(ui.pages.__file__).parent
IDS = {
    cls.kind(): set(cls.IDS)
    for _, cls in inspect.getmembers(statements, inspect.isclass)
    if issubclass(cls, statements.Statement) and cls.IDS
}

ABOUT = '''"""The page Handover."""

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, ShownRecord

PAGE = PageEntry(
    name="handover",
    nav=_("Handover"),
    icon="sheet",
    cls="HandoverPage",
    progress=lambda visit: f"{len(visit.state.people)}/9",
    records=(ShownRecord("meeting", "meeting", draft=_("Meeting {id}")),),
    commands=(PageCommand(_("Hand over to the night team"), VISIT, ("part", "night")),),
)
'''
PAGE = '''"""The page Handover."""

from ui.pages.base import Page
from ui.widgets import Text, column


class HandoverPage(Page):
    """Shows where it was led."""

    TITLE = "Handover"
    HELP = "Nothing to explain."
    led = {}

    def build(self):
        """One line."""
        self.setLayout(column(Text("Handover")))

    def reveal(self, place):
        """Remember it."""
        self.led = dict(place)
'''
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reviewapp.workspace.laptop import Laptop
from ui.pages import PAGES, place_of_record
from ui.session.session import Session
from ui.shell.window import MainWindow
from ui.theme import theme

application = QApplication(sys.argv[:1])
home, root = Path(sys.argv[1]), Path(sys.argv[2])
assert Path(sys.modules["ui"].__file__).is_relative_to(root)
theme().apply()
window = MainWindow(Session(home, application, locks_by_itself=False))
window.show()
laptop = Laptop.open(home, sys.argv[3])
window.restore_after_unlock({"visit": laptop.visits()[0].id, "page": "overview"})
window.session.adopt(laptop)
window.activateWindow()
QApplication.processEvents()


def anything(words):
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.palette_.line, words)
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Return)
    QApplication.processEvents()


shown = lambda: (type(window.page).__name__, window.page.isVisible(), getattr(window.page, "led", {}))
row = next(row for row, entry in enumerate(PAGES) if entry.name == "handover")
index = window.nav.model.index(row)
print(index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole))
QTest.mouseClick(
    window.nav.list.viewport(), Qt.MouseButton.LeftButton, pos=window.nav.list.visualRect(index).center()
)
print(*shown())
window.show_page("overview")
anything("handov")
print(*shown())
window.show_page("overview")
anything("night team")
print(*shown())
print(*place_of_record("meeting", "M1", window.session.visit.state, window.session.visit.me))
window.close()
"""


def touched(scratch: Path) -> list[str]:
    """The files of ours that are different in the copy; new ones are none of ours."""
    ours = [path.relative_to(ROOT) for path in (ROOT / "ui").rglob("*.py")]
    ours += [Path("pyproject.toml"), Path("setup.py")]
    return [name.as_posix() for name in ours if (scratch / name).read_bytes() != (ROOT / name).read_bytes()]


def with_page(scratch: Path) -> Path:
    """A copy of the screens with one more page."""
    shutil.copytree(ROOT / "ui", scratch / "ui", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, scratch / name)
    folder = scratch / "ui" / "pages" / "handover"
    folder.mkdir()
    (folder / "__init__.py").write_text(ABOUT, encoding="utf-8")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    register = scratch / "ui" / "pages" / "__init__.py"
    before = register.read_text(encoding="utf-8")
    register.write_text(
        before.replace('    "action_plan",\n', '    "action_plan",\n    "handover",\n'), encoding="utf-8"
    )
    assert len(register.read_text(encoding="utf-8").splitlines()) == len(before.splitlines()) + 1
    return scratch


def run(scratch: Path, *command: str) -> str:
    paths = os.pathsep.join((str(scratch), str(ROOT)))
    mine = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, *command], env=mine, cwd=scratch, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_a_page_is_one_folder_and_one_line(homes: Homes, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes.lead, home)
    scratch = with_page(tmp_path)
    told = run(scratch, "-c", PROGRAM, str(home), str(scratch), PASSPHRASE).splitlines()
    assert re.fullmatch(r"Handover Handover, \d of 9", told[0])
    assert told[1:] == [
        "HandoverPage True {}",
        "HandoverPage True {}",
        "HandoverPage True {'part': 'night'}",
        "handover {'meeting': 'M1'}",
    ]
    assert touched(scratch) == ["ui/pages/__init__.py"]


def test_a_new_page_stands_under_the_same_rules_and_goes_into_the_wheel(tmp_path: Path) -> None:
    scratch = with_page(tmp_path)
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run(scratch, "-c", check)
    find = "from setuptools import find_packages as f; print(*f(include=['ui', 'ui.*']))"
    assert "ui.pages.handover" in run(scratch, "-c", find).split()
    page = scratch / "ui" / "pages" / "handover" / "page.py"
    page.write_text("from ui.pages.report import names\n" + PAGE, encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape("ui.pages.handover is not allowed to import ui.pages.report")):
        run(scratch, "-c", check)


def test_every_folder_with_a_page_has_its_line_and_its_name() -> None:
    assert sorted(path.parent.name for path in FOLDER.glob("*/page.py")) == sorted(NAMES)
    assert [entry.name for entry in PAGES] == list(NAMES)


def test_every_kind_of_record_has_one_place() -> None:
    shown = [one.kind for entry in PAGES for one in entry.records]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(KIND_OF), "what is found can be gone to"
    assert set(KIND_OF.values()) <= set(KINDS) <= set(HEADINGS)


def test_the_words_for_recovered_texts_name_only_what_the_record_is_known_by() -> None:
    drafts = [one for entry in PAGES for one in entry.records if one.draft]
    assert len(drafts) >= 17
    for one in drafts:
        assert one.draft.format(**dict.fromkeys(IDS[one.kind], "x"))


def test_a_page_whose_module_is_missing_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody, nowhere = cast(Session, None), cast(QWidget, None)
    monkeypatch.setattr(ui.pages, "PAGES", (*PAGES, PageEntry("nowhere", "Nowhere", "start", "NowherePage")))
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        build_page("nowhere", nobody, nowhere)
    with pytest.raises(KeyError):
        build_page("unheard_of", nobody, nowhere)
