"""Codings to and from other coding programs: first what would go out or come in, then it is done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.pages.themes.jobs import CODEBOOKS, PROJECTS, CodebookJob, ExportJob, ImportJob, going_out
from ui.widgets import Button, Card, Check, ErrorLine, Field, FlowLayout, Text, clear, column
from ui.widgets.file_dialogs import choose_open_file, choose_save_file
from ui.widgets.panes import scroll_into_view
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.qda_export import QdaExport
    from reviewapp.workspace.qda_import import CodingImport
    from ui.pages.base import Page

CIRCLES = {
    "quotes": _("Readers of the report"),
    "circulation": _("Readers of the copy for wider circulation"),
    "published": _("Readers of a published report"),
}


class ExchangeCard(Card):
    """Buttons for files of other programs, and the preview of what one would hold or bring."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Other coding programs"))
        self._page = page
        self._path: Path | None = None
        self._coders: dict[str, QComboBox] = {}
        about = Text(
            _(
                "NVivo, ATLAS.ti, MAXQDA, QualCoder and others read and write REFI-QDA files. "
                "Such a file is not encrypted."
            ),
            "muted",
        )
        self.save = Button(_("Save codings…"), "save", name=_("Save the codings for another program"))
        self.save.clicked.connect(self._on_save)
        self.open = Button(_("Open codings…"), "folder", name=_("Open the codings of another program"))
        self.open.clicked.connect(self._on_open)
        self.save_book = Button(_("Save codebook…"), "sheet", name=_("Save the codebook for another program"))
        self.save_book.clicked.connect(self._on_save_book)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=2)
        for button in (self.save, self.open, self.save_book):
            flow.addWidget(button)
        self.error = ErrorLine()
        self._build_preview()
        self.add(about, buttons, self.error, self.preview)

    def _build_preview(self) -> None:
        self.preview = Card(kind="inset")
        self.title = Text("", "strong")
        self.circle = QComboBox()
        for circle, words in CIRCLES.items():
            self.circle.addItem(words, circle)
        self.circle.setCurrentIndex(self.circle.findData("circulation"))
        self.circle.currentIndexChanged.connect(self._on_counted)
        self.circle_field = Field(_("Only words whose speakers agreed that they may be read by"), self.circle)
        self.names = Check(_("Write the coders' names, not Coder 1 and Coder 2"))
        self.names.toggled.connect(self._on_counted)
        self.lines = Text("", select=True)
        self.claims = QWidget()
        self._claims = column(gap=1)
        self.claims.setLayout(self._claims)
        self.go = Button("", "check", "primary")
        self.go.clicked.connect(self._on_go)
        self.away = Button(_("Dismiss"), kind="quiet")
        self.away.clicked.connect(self._on_away)
        last = QWidget()
        flow = FlowLayout(last, gap=2)
        flow.addWidget(self.go)
        flow.addWidget(self.away)
        self.preview.add(self.title, self.circle_field, self.names, self.lines, self.claims, last)
        self.preview.hide()

    def show_visit(self) -> None:
        """Offer what can be done now."""
        usable(self.open, only_read(self._page.writable))

    def _show(self, title: str, lines: list[str], go: str, *, out: bool) -> None:
        self.title.setText(title)
        self.lines.setText("\n".join(lines))
        self.lines.setAccessibleName(self.lines.text())
        self.go.setText(go)
        self.go.setAccessibleName(go)
        for part in (self.circle_field, self.names):
            part.setVisible(out)
        self.claims.setVisible(not out and bool(self._coders))
        opens = not self.preview.isVisible()
        self.preview.show()
        if opens:
            scroll_into_view(self.preview)
            (self.circle if out else self.go).setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        self.error.set_text(error)
        self._page.notify(error, "not_met")

    @Slot()
    def _on_away(self) -> None:
        self.preview.hide()
        (self.open if self._path is not None else self.save).setFocus()

    # Out -----------------------------------------------------------------------------------------------------

    def _out(self, path: Path | None = None) -> ExportJob:
        return ExportJob(self.circle.currentData(), self.names.isChecked(), path)

    @Slot()
    def _on_save(self) -> None:
        self._path = None
        self._on_counted()

    @Slot()
    def _on_counted(self) -> None:
        self.error.set_text()
        self._page.run_with_visit(_("Working out what would be saved"), self._out(), self._on_told, self._on_failed)

    def _on_told(self, told: QdaExport) -> None:
        self._show(_("What would be saved"), going_out(told, self.circle.currentData()), _("Save as…"), out=True)

    @Slot()
    def _on_go(self) -> None:
        if self._path is not None:
            self._take(self._path)
            return
        path = choose_save_file(self, _("Where to save the codings"), "codings.qdpx", PROJECTS)
        if path is not None:
            self._page.run_with_visit(
                _("Saving the codings"), self._out(path), partial(self._on_saved, path), self._on_failed
            )

    def _on_saved(self, path: Path, _told: QdaExport) -> None:
        self._on_away()
        self._page.session.tell_saved(path, _("Saved: {name}. The file is not encrypted.", name=path.name))

    @Slot()
    def _on_save_book(self) -> None:
        self.error.set_text()
        path = choose_save_file(self, _("Where to save the codebook"), "codebook", CODEBOOKS)
        if path is not None:
            self._page.run_with_visit(_("Saving the codebook"), CodebookJob(path), self._on_book_saved, self._on_failed)

    def _on_book_saved(self, path: Path) -> None:
        self._page.session.tell_saved(path, _("Saved: {name}", name=path.name))

    # In ------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_open(self) -> None:
        path = choose_open_file(self, _("Open the codings of another program"), PROJECTS)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look at the codings in a project as if it had been chosen here."""
        self.error.set_text()
        self.preview.hide()
        self._path = path
        self._page.run_with_visit(_("Reading the codings"), ImportJob(path), self._on_read, self._on_failed)

    def _on_read(self, found: CodingImport) -> None:
        from reviewapp.workspace.qda_import import in_words

        self._ask_coders(found)
        lines = [line for line in in_words(found) if " -> " not in line]
        name = self._path.name if self._path is not None else ""
        self._show(_("What {name} would import", name=name), lines, _("Import these codings"), out=False)

    def _ask_coders(self, found: CodingImport) -> None:
        """Ask who each coder of the file is; what is somebody else's waits until they or the lead confirm it."""
        clear(self._claims)
        self._coders = {}
        people = [one for one in self._page.state.people.values() if one.rates]
        for name, code in found.coders.items():
            box = QComboBox()
            for person in people:
                box.addItem(f"{person.key} {person.name}".strip(), person.key)
            box.setCurrentIndex(max(0, box.findData(code)))
            self._claims.addWidget(Field(_("Who is {name} of the file?", name=name), box))
            self._coders[name] = box

    def _take(self, path: Path) -> None:
        coders = {name: box.currentData() for name, box in self._coders.items()}
        self._page.run_with_visit(
            _("Importing the codings"), ImportJob(path, coders, take=True), self._on_taken, self._on_failed, writes=True
        )

    def _on_taken(self, found: CodingImport) -> None:
        from reviewapp.base.i18n import plural

        self._on_away()
        self._page.session.bridge.reload(_("importing codings"))
        self._page.notify(plural("{n} coding was imported.", "{n} codings were imported.", found.new), "met")
