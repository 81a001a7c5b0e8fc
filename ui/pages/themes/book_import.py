"""A codebook from a file: first what it holds and would change, then it is kept on this laptop under a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.codebooks.differences import differences
from reviewapp.spreadsheets.account import SheetsUndecided
from ui.pages.shared.sheet_rows import TICK_SHEET, sheets_to_choose
from ui.pages.themes.jobs import BOOKS_TO_READ, BookJob, ReadBook
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, Text, column, row
from ui.widgets.choice_list import ChoiceList
from ui.widgets.file_dialogs import choose_open_file
from ui.widgets.panes import scroll_into_view
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from ui.pages.base import Page

MOST = 12
"""Parts of a file that were not read, listed; the rest are counted."""


class BookImport(QWidget):
    """A button, then a preview of the file. Emits `kept(id)` when the codebook can be put in force."""

    kept = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._path = Path()
        self._sheets: tuple[str, ...] = ()
        self._read: ReadBook | None = None
        self.choose = Button(_("Import a codebook…"), "open", "quiet", tip=_("From a sheet, or from another program"))
        self.choose.clicked.connect(self._on_choose)
        self.error = ErrorLine()
        self.heading = Text("", "strong")
        self.lines = Text("", select=True)
        self.sheets = ChoiceList(_("Sheets of the file"), most=220)
        self.sheets.toggled.connect(self._on_ticked)
        self.read_sheets = Button(_("Read the ticked sheets"), "check")
        self.read_sheets.clicked.connect(self._on_sheets)
        self.title = QLineEdit()
        self.title.setMaxLength(200)
        self.title.editingFinished.connect(self._on_title)
        self.title_field = Field(_("Name of this codebook"), self.title)
        self.keep = Button(_("Keep this codebook"), "check", "primary")
        self.keep.clicked.connect(self._on_keep)
        self.drop = Button(_("Cancel"), kind="quiet")
        self.drop.clicked.connect(self._on_drop)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=2)
        for button in (self.keep, self.read_sheets, self.drop):
            flow.addWidget(button)
        self.card = Card(kind="inset")
        self.card.add(self.heading, self.title_field, self.lines, self.sheets, buttons)
        self.card.hide()
        self.setLayout(column(row(self.choose, None), self.error, self.card, gap=1))

    @Slot()
    def _on_choose(self) -> None:
        path = choose_open_file(self, _("Import a codebook"), BOOKS_TO_READ)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look at the codebook in a file as if it had been chosen here."""
        self.card.hide()
        self._path, self._sheets = path, ()
        self._start()

    def _start(self, title: str = "", *, keep: bool = False) -> None:
        laptop = self._page.session.laptop
        if laptop is None:
            return
        self.error.set_text()
        job = BookJob(self._path, laptop.codebooks, title, self._sheets, keep)
        if keep:
            self._page.run(_("Keeping the codebook"), job, self._on_kept, self._on_failed)
        else:
            self._page.run(_("Reading the codebook"), job, self._on_read, self._on_failed)

    def _on_read(self, found: ReadBook) -> None:
        self._read = found
        self.heading.setText(_("{name}: what it holds", name=self._path.name))
        self.title.setText(found.book.title)
        self.title.setCursorPosition(0)
        self.title_field.set_error()
        self.lines.setText("\n".join(self._told(found)))
        self.lines.setAccessibleName(self.lines.text())
        self._show_card(asking=False)

    def _told(self, found: ReadBook) -> list[str]:
        """How many themes it has, what it changes of one that is here, and what was left out, a line each."""
        codable = sum(one.codable for one in found.book.themes)
        lines = [plural("{n} theme to code with.", "{n} themes to code with.", codable)]
        if found.before is not None:
            bring = differences(found.before, found.book)
            lines.append(
                _(
                    "This laptop has a codebook of this name. Importing would update it: {new} new, {changed} "
                    "changed, {gone} removed. If you give it another name, both are kept.",
                    new=bring.new, changed=bring.changed, gone=bring.gone,
                )
            )  # fmt: skip
        held = self._page.state.codebooks.get(found.book.id)
        if held is not None and held.content is not None and held.content != found.book:
            lines.append(_("In this visit it stays as it was when you started using it."))
        lines += [_("Not read: {what}", what=what) for what in found.not_read[:MOST]]
        if len(found.not_read) > MOST:
            lines.append(_("and {n} more", n=len(found.not_read) - MOST))
        return lines

    def _show_card(self, *, asking: bool) -> None:
        for part in (self.sheets, self.read_sheets):
            part.setVisible(asking)
        for other in (self.title_field, self.lines, self.keep):
            other.setVisible(not asking)
        opens = not self.card.isVisible()
        self.card.show()
        if opens:
            scroll_into_view(self.card)
        if opens or asking:
            (self.sheets if asking else self.keep).setFocus()

    @Slot()
    def _on_title(self) -> None:
        """Read the file once more under another name, which may be that of a codebook that is here."""
        title = " ".join(self.title.text().split())
        if self._read is not None and self.card.isVisible() and title != self._read.book.title:
            self.title_field.set_error("" if title else _("Enter a name."))
            if title:
                self._start(title)

    @Slot()
    def _on_keep(self) -> None:
        title = " ".join(self.title.text().split())
        self.title_field.set_error("" if title else _("Enter a name."))
        if title:
            self._start(title, keep=True)

    def _on_kept(self, found: ReadBook) -> None:
        self.card.hide()
        self._page.notify(_("{title} is kept on this laptop. Tick it to use it.", title=found.book.title), "met")
        self.kept.emit(found.book.id)

    @Slot()
    def _on_drop(self) -> None:
        self.card.hide()
        self.error.set_text()
        self.choose.setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        if isinstance(error, SheetsUndecided):
            self.heading.setText(_("{name}: which of these sheets contain the themes?", name=self._path.name))
            rows = sheets_to_choose(error.accounts)
            read = [f"s{one.name}" for one in error.accounts if one.treatment == "read"]
            self.sheets.show_choices(rows, [one.key for one in rows], read)
            self._on_ticked()
            self._show_card(asking=True)
            return
        self.error.set_text(error)
        self._page.notify(error, "not_met")

    @Slot()
    def _on_ticked(self) -> None:
        usable(self.read_sheets, "" if self.sheets.ticked() else TICK_SHEET)

    @Slot()
    def _on_sheets(self) -> None:
        self._sheets = tuple(key.removeprefix("s") for key in sorted(self.sheets.ticked()))
        self._start()
