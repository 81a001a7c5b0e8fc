"""Helpers for the tests of Bring together: real files between real homes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, sample_statements, take_pack_as_lead
from ui.pages.bring_together.page import BringTogetherPage


def fresh(homes: Homes, folder: Path, code: str, *names: str) -> Path:
    """A new laptop of somebody, from the visit pack, with these files of the sample said on it."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    as_lead = code == "L1"
    visit_id = take_pack_as_lead(homes, laptop) if as_lead else laptop.import_pack(homes.pack, me=code, phrase=PHRASE)
    visit = laptop.open_visit(visit_id)
    for name in names:
        visit.record(*sample_statements(name))
    visit.close()
    return folder


def open_page(app: App) -> BringTogetherPage:
    return cast(BringTogetherPage, app.go("bring_together"))


def open_visit_on(home: Path) -> OpenVisit:
    laptop = Laptop.open(home, PASSPHRASE)
    return laptop.open_visit(laptop.visits()[0].id)


def bring(app: App, page: BringTogetherPage, *paths: Path) -> None:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append(list(paths))
    app.qtbot.mouseClick(page.drop.button, Qt.MouseButton.LeftButton)
    app.settle()


def join(app: App, page: BringTogetherPage) -> None:
    app.qtbot.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    app.settle()


def titles(page: BringTogetherPage) -> list[tuple[str, str]]:
    return [(row.pill, row.title) for row in page.looked.told.rows]
