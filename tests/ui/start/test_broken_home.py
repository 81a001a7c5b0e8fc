"""Start and New visit on a laptop of which one file is spoilt: everything else is there, and it is told."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from reviewapp.instruments.library import builtin
from tests.core.broken_home import DAMAGES, FullHome, full_home
from tests.ui.support import App, Opener
from ui.pages.start.card import BrokenCard, VisitCard
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.page import StartPage

SPOILT = (
    "visits/{visit}/visit.db",
    "visits/{visit}/key.json",
    "visits/{visit}/visit.db-wal",
    "instruments/example-1.json",
    "window.ini",
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> FullHome:
    return full_home(tmp_path_factory.mktemp("full"))


def opened(program: Opener, full: FullHome, folder: Path, name: str, damage: str) -> tuple[App, StartPage]:
    home = full.copy(folder / f"{len(list(folder.iterdir()))}")
    DAMAGES[damage](home.folder / name.format(visit=home.visit))
    app = program(home.folder, unlocked=False, copy=False)
    app.session.adopt(home.laptop())
    return app, cast(StartPage, app.go("start"))


def cards(page: StartPage) -> list[VisitCard | BrokenCard]:
    found = [page.visits_box.itemAt(number).widget() for number in range(page.visits_box.count())]  # type: ignore[union-attr]
    return [one for one in found if isinstance(one, (VisitCard, BrokenCard))]


@pytest.mark.parametrize("damage", ["empty", "half", "noise", "a-folder-instead"])
def test_one_bad_file_leaves_start_and_new_visit_in_use(
    program: Opener, full: FullHome, tmp_path: Path, damage: str
) -> None:
    (tmp_path / "homes").mkdir()
    for name in SPOILT:
        app, page = opened(program, full, tmp_path / "homes", name, damage)
        assert len(cards(page)) == 2, name
        assert any(isinstance(one, VisitCard) for one in cards(page)), name
        page.reveal({"view": "new"})
        form = cast(NewVisit, page.views["new"])
        offered = {form.instrument.itemData(row) for row in range(form.instrument.count())}
        broken = name.startswith("instruments")
        assert offered == {one.id for one in builtin()} | (set() if broken else {"example-1"})
        assert form.broken.isVisible() == broken
        if broken:
            assert "example-1.json" in form.broken.label.text()
        app.window.close()


def test_a_log_that_lost_what_was_written_last_is_told_when_the_visit_is_looked_over(
    program: Opener, full: FullHome, tmp_path: Path
) -> None:
    from ui.pages.start.check_visit import CheckVisit

    (tmp_path / "homes").mkdir()
    app, page = opened(program, full, tmp_path / "homes", "visits/{visit}/visit.db-wal", "empty")
    told: list[str] = []
    app.session.message.connect(lambda text, tone: told.append(f"{tone}: {text}"))
    app.session.open_visit(full.visit)
    assert any(text.startswith("warn") and "you wrote are there" in text for text in told)
    app.session.close_visit()
    page.reveal({"view": "look", "visit": full.visit})
    app.settle()
    form = cast(CheckVisit, page.views["look"])
    text = form.told.toPlainText()
    assert "Something is wrong" in text and "damaged-log-" in text and "write again what is missing" in text
    assert not form.restore.isVisible()
