"""Saving the report: for which readers, in which format, and where it was saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.presentations import decided_presentations
from reviewapp.report.formats import FORMATS
from reviewapp.report.profiles import LEFT_OUT
from reviewapp.report.tree import Profile
from ui.pages.report.jobs import SaveReportJob, suggested_name
from ui.pages.report.pdf_password import PdfPassword
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.saved_line import SavedLine
from ui.pages.shared.saved_words import said_when_saved
from ui.widgets import Button, FlowLayout, Pill, Text, Toggle, column, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.one_stop import OneStop

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.report.formats import ReportFormat
    from ui.pages.base import Page


COPIES: dict[Profile, tuple[str, str]] = {
    "committee": (_("Committee"), _("Copy for the committee")),
    "host": (_("Host team"), _("Copy for the host team")),
    "circulation": (_("Wider circulation"), _("Copy for wider circulation")),
}
"""Profile → its short label, and its spoken name."""


FOR_REVIEWERS = _(
    "The lead reviewer sends the report. You can read it here, write in it, and save this draft as a PDF to read it "
    "through."
)


class SavingBar(QWidget):
    """Choice of profile and buttons to save; emits `profile_changed`.

    `pages` is a toggle that the page shows while it is narrow.
    """

    profile_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.guard = SaveGuard(page)
        self.profile: Profile = "committee"
        self._sealed = False
        heading = QWidget()
        self.mark = Pill(_("Draft"), "warn", "edit", name=_("This is a draft"))
        heading.setLayout(row(Text(_("Report"), "title", wrap=False), self.mark, gap=3))
        self._group = QButtonGroup(self)
        self.copies: dict[Profile, Toggle] = {}
        for profile, (short, spoken) in COPIES.items():
            toggle = Toggle(short, name=spoken)
            toggle.setChecked(profile == self.profile)
            self.copies[profile] = toggle
            toggle.setProperty("profile", profile)
            self._group.addButton(toggle)
        self._group.buttonClicked.connect(self._on_profile)
        OneStop(self, *self.copies.values())
        self.pages = Toggle(_("Show the pages"))
        line = QWidget()
        flow = FlowLayout(line)
        self._build_save()
        for widget in (heading, *self.copies.values(), self.save_first, self.save_as, self.pages):
            flow.addWidget(widget)
        self.explained = Text(_(LEFT_OUT[self.profile]), "small")
        self.saved = SavedLine()
        self.saved.told.connect(self._on_told)
        page.session.file_saved.connect(self.saved.hide)  # another file was saved, and the banner says so
        self.setLayout(column(line, self.explained, self.saved, gap=1.5))

    def _build_save(self) -> None:
        """The usual format as a button, the others and a PDF with a password in a menu beside it."""
        first, *others = FORMATS.values()
        self.save_first = Button(first.save, first.icon, "primary", tip=first.tip)
        self.save_first.setProperty("as", first.suffix)
        self.save_first.clicked.connect(self._on_save)
        self.save_as = Button(_("Save as"), name=_("Save the report in another way"))
        menu = QMenu(self)
        self.others: dict[str, QAction] = {}
        for made in others:
            action = self.others[made.suffix] = menu.addAction(made.save)
            action.setProperty("as", made.suffix)
            action.triggered.connect(self._on_save)
        self.with_password = menu.addAction(_("Save PDF with a password…"))
        self.with_password.triggered.connect(self._on_with_password)
        self.save_as.setMenu(menu)

    def refresh(self) -> None:
        """Show whether the report is a draft or final."""
        if decided_presentations(self._page.state):
            self.mark.set_state(_("Final"), "met", "check", name=_("A decision is recorded: this is the final report"))
        else:
            self.mark.set_state(_("Draft"), "warn", "edit", name=_("This is a draft"))
        self._show_for_role(leads=self._page.visit.is_lead)

    def _show_for_role(self, *, leads: bool) -> None:
        """The copies and files that are sent are the lead's to make; others can read the draft, and save it to read."""
        for part in (*self.copies.values(), self.save_as):
            part.setVisible(leads)
        if not leads:
            self.explained.setText(FOR_REVIEWERS)

    @Slot(QAbstractButton)
    def _on_profile(self, chosen: QAbstractButton) -> None:
        self.profile = chosen.property("profile")
        self.explained.setText(_(LEFT_OUT[self.profile]))
        self.profile_changed.emit()

    @Slot()
    def _on_save(self) -> None:
        self._save_as(FORMATS[self.sender().property("as")], "")

    @Slot()
    def _on_with_password(self) -> None:
        dialog = PdfPassword(self)
        dialog.chosen.connect(self._on_password)
        dialog.open()

    @Slot(str)
    def _on_password(self, password: str) -> None:
        self._save_as(FORMATS["pdf"], password)

    def _save_as(self, made: ReportFormat, password: str) -> None:
        state = self._page.state
        name = suggested_name(made.suffix, self.profile, state.info.date, final=bool(decided_presentations(state)))
        path = choose_save_file(self, _("Where to save the report"), name, made.files)
        if path is not None:
            job = SaveReportJob(path, made, self.profile, password)
            self._sealed = bool(password)
            self.guard.run(_("Writing the report"), "report", job, self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self.saved.show_file(path, with_password=self._sealed)
        self._page.session.saved_on_page.emit()
        self._page.notify(said_when_saved(path, with_password=self._sealed), "met")

    @Slot(str, str)
    def _on_told(self, words: str, tone: str) -> None:
        self._page.notify(words, tone)

    def _on_failed(self, error: ReviewError) -> None:
        self.saved.hide()
        self._page.notify(error, "not_met")
