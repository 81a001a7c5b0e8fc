"""Import of standards from a file: previewed first, then stored on this laptop under a title."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.importing.read import Imported, ImportReport, import_instrument, read_standards
from reviewapp.instruments.library import Library
from reviewapp.spreadsheets.account import SheetsUndecided
from ui.pages.shared.sheet_rows import TICK_SHEET, sheets_to_choose
from ui.session.session import Session
from ui.session.worker import Progress
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, Text, column, row
from ui.widgets.choice_list import ChoiceList
from ui.widgets.document import ReadingText
from ui.widgets.file_dialogs import choose_open_file
from ui.widgets.usable import WAIT, usable

FILES = _("Standards (*.xlsx *.csv *.txt *.md);;All files (*)")
MOST = 30
"""Anomalies listed; the rest are counted."""


def read(path: Path, sheets: tuple[str, ...], _progress: Progress) -> Imported:
    """Read the standards in a file, from these sheets if some were chosen; for the worker. Raises ReviewError."""
    return read_standards(path, sheets)


def import_standards(
    path: Path, title: str, library: Library, sheets: tuple[str, ...], _progress: Progress
) -> ImportReport:
    """Store the standards under an id made from the title, numbered if it is taken; for the worker. Raises Invalid."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:56].strip("-") or "standards"
    last: Invalid | None = None
    for identity in (stem, *(f"{stem}-{number}" for number in range(2, 100))):
        try:
            return import_instrument(path, identity, title, library, sheets=sheets)
        except Invalid as error:
            if error.field != "id":
                raise
            last = error
    assert last is not None
    raise last


class ImportStandards(QWidget):
    """Import of standards: a button, then a preview of the file.

    Emits `grown` when the preview appears, and `imported(id)` when the standards can be chosen.
    """

    imported = Signal(str)
    grown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._path = Path()
        self._sheets: tuple[str, ...] = ()
        self._found: Imported | None = None
        self.choose = Button(_("Import standards from a file…"), "open", "quiet")
        self.error = ErrorLine()
        self.title = QLineEdit()
        self.title_field = Field(_("Name of these standards"), self.title, hint=_("As it should appear on the report"))
        self.take, self.drop = Button(_("Save these standards"), "check"), Button(_("Cancel"), kind="quiet")
        self.told = ReadingText(_("What the file contains"))
        self.sheets = ChoiceList(_("Sheets of the file"), most=220)
        self.sheets.toggled.connect(self._on_ticked)
        self.read_sheets = Button(_("Read the ticked sheets"), "check")
        self.read_sheets.clicked.connect(self._on_sheets)
        self.card = Card(kind="inset")
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons)
        for button in (self.take, self.read_sheets, self.drop):
            flow.addWidget(button)
        self.card.add(self.told, self.sheets, self.title_field, self.buttons)
        note = _(
            "A spreadsheet (XLSX, CSV) with one row for each standard, or the text of a report with a table of "
            "standards."
        )
        self.setLayout(column(row(self.choose, None), Text(note, "small"), self.error, self.card, gap=1))
        self.choose.clicked.connect(self._on_choose)
        self.take.clicked.connect(self._on_take)
        self.drop.clicked.connect(self.fresh)
        self.title.returnPressed.connect(self._on_take)
        self.fresh()

    @Slot()
    def fresh(self) -> None:
        """Reset; no file is chosen."""
        self.card.hide()
        self.error.set_text()
        usable(self.choose, "")

    @Slot()
    def _on_choose(self) -> None:
        path = choose_open_file(self, _("Import standards"), FILES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look at the standards in a file as if it had been chosen here."""
        self.fresh()
        self._path, self._sheets = path, ()
        self._read()

    def _read(self) -> None:
        usable(self.choose, WAIT)
        job = partial(read, self._path, self._sheets)
        self._session.worker.run(_("Reading the standards"), job, self._on_read, self._on_failed)

    def _ask_for_sheets(self, undecided: SheetsUndecided) -> None:
        """Ask which sheets of the file hold the standards."""
        usable(self.choose, "")
        rows = sheets_to_choose(undecided.accounts)
        read = [f"s{one.name}" for one in undecided.accounts if one.treatment == "read"]
        self.told.write(partial(_write_question, self._path.name))
        self.sheets.show_choices(rows, [row.key for row in rows], read)
        self._show_parts(asking=True)
        self._on_ticked()
        self.card.show()
        self.sheets.setFocus()
        self.grown.emit()

    def _show_parts(self, *, asking: bool) -> None:
        """Show what belongs to the question about sheets, or to the standards that were read."""
        self.sheets.setVisible(asking)
        self.read_sheets.setVisible(asking)
        self.title_field.setVisible(not asking)
        self.take.setVisible(not asking)
        self.buttons.show()

    @Slot()
    def _on_ticked(self) -> None:
        usable(self.read_sheets, "" if self.sheets.ticked() else TICK_SHEET)

    @Slot()
    def _on_sheets(self) -> None:
        self._sheets = tuple(key.removeprefix("s") for key in sorted(self.sheets.ticked()))
        self._read()

    def _on_read(self, found: Imported) -> None:
        self._found = found
        usable(self.choose, "")
        self.title.setText(" ".join(re.split(r"[\s_-]+", self._path.stem)).strip())
        self.title_field.set_error()
        self._show_parts(asking=False)
        usable(self.take, "")
        self.told.write(partial(write_found, self._path.name, found.by_type, len(found.standards), found.anomalies, ""))
        self.card.show()
        self.title.setFocus()
        self.title.selectAll()
        self.grown.emit()

    @Slot()
    def _on_take(self) -> None:
        laptop, title = self._session.laptop, self.title.text().strip()
        self.title_field.set_error("" if title else _("Enter a name."))
        if laptop is None or not title or not self.take.isEnabled():
            return
        usable(self.take, WAIT)
        job = partial(import_standards, self._path, title, laptop.library, self._sheets)
        self._session.worker.run(_("Saving the standards"), job, self._on_imported, self._on_failed)

    def _on_imported(self, report: ImportReport) -> None:
        self.title_field.hide()
        self.buttons.hide()
        title = self.title.text().strip()
        self.told.write(partial(write_found, title, report.by_type, report.found, report.anomalies, report.scope))
        self.imported.emit(report.id)
        self.grown.emit()
        self._session.notify(_("{title}: you can now choose {found} standards", title=title, found=report.found), "met")

    def _on_failed(self, error: ReviewError) -> None:
        if isinstance(error, SheetsUndecided):
            self._ask_for_sheets(error)
            return
        usable(self.choose, "")
        usable(self.take, "")
        self.error.set_text(error)


def _write_question(name: str, page: ReadingText) -> None:
    page.heading(_("{name}: which of these sheets contain the standards?", name=name))
    page.paragraph(_("Tick them. The others are ignored."))


def write_found(
    name: str, by_type: dict[str, int], found: int, odd: tuple[Anomaly, ...], scope: str, page: ReadingText
) -> None:
    """Write how many standards of each type there are, the scope once they are stored, and the anomalies."""
    page.heading(_("{name}: {found} standards", name=name, found=found))
    page.paragraph(", ".join(_("{count} of type {kind}", count=count, kind=kind) for kind, count in by_type.items()))
    if scope:
        page.state(_("Saved on this laptop, and chosen above"), "met", "check")
        page.paragraph(SCOPES.get(scope, scope))
    if not odd:
        page.paragraph(_("No problems found in the file."), "muted")
        return
    page.paragraph(_("Check these before you use them:"))
    for anomaly in odd[:MOST]:
        page.state(
            _("Line {line}", line=anomaly.line) if anomaly.line else _("All lines"), "warn", "alert", after=anomaly.text
        )
    if len(odd) > MOST:
        page.paragraph(_("and {n} more", n=len(odd) - MOST), "muted")


SCOPES = {
    "subset": _("They are part of a larger set of standards. The forecast and the report say so."),
    "full": _("They are a complete set of standards."),
}
