"""A PDF with a password from the Report page; what is saved without is said to be plain."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.report.formats import FORMATS
from tests.ui.report.support import open_page, press_save, save_anyway
from tests.ui.support import App, Homes, Opener
from ui.pages.report.page import ReportPage
from ui.pages.report.pdf_password import PdfPassword
from ui.pages.shared.saved_words import NOT_ENCRYPTED, WITH_PASSWORD

PASSWORD = "lamp otter quay vine"


def ask(app: App, page: ReportPage) -> PdfPassword:
    page.saving.with_password.trigger()
    dialog = page.saving.findChild(PdfPassword)
    assert isinstance(dialog, PdfPassword)
    app.qtbot.waitUntil(dialog.isVisible)
    return dialog


def give(app: App, dialog: PdfPassword, one: str, two: str) -> None:
    dialog.password.clear()
    app.keys(dialog.password.first, one)
    app.keys(dialog.password.second, two)
    app.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)


def test_a_pdf_is_saved_with_a_password_that_is_asked_twice(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    path = tmp_path / "sealed.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    give(app, ask(app, page), PASSWORD, PASSWORD)
    save_anyway(app, page)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(path.read_bytes()))
    pikepdf.open(path, password=PASSWORD).close()
    assert page.saving.saved.words.text() == f"{path}\n{WITH_PASSWORD}"
    assert WITH_PASSWORD in page.saving.saved.words.accessibleName()


def test_two_that_differ_and_a_weak_one_are_refused_where_they_are_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    dialog = ask(app, open_page(app))
    give(app, dialog, PASSWORD, "lamp otter quay wine")
    assert dialog.isVisible() and dialog.password.second_field.error.isVisible()
    said = f"{dialog.password.second_field.label.text()} {dialog.password.second_field.error.label.text()}"
    assert "assphrase" not in said, "it is a password, and was named so in the field above"
    give(app, dialog, "abababababababab", "abababababababab")
    assert dialog.isVisible() and dialog.password.first_field.error.isVisible()
    dialog.reject()


def test_what_is_saved_without_a_password_is_said_to_be_plain(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    for kind in FORMATS:
        ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / f"r.{kind}"])
        press_save(app, page, kind)
        save_anyway(app, page)
        assert page.saving.saved.words.text() == f"{tmp_path / f'r.{kind}'}\n{NOT_ENCRYPTED}"
