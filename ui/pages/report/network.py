"""For the network: an extract of the visit, looked at before it is saved, and a notice of what was taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.national.extract import Choices, may_be_final
from reviewapp.national.given import given
from reviewapp.national.giving import is_notice_due, notice_of
from reviewapp.national.model import Status
from reviewapp.national.network_key import NetworkKey, read_network_key
from reviewapp.national.preview import notice_in_lines, preview
from ui.pages.report.network_jobs import PrepareJob, SaveExtractJob, SaveNoticeJob
from ui.pages.report.practice import PracticeCard
from ui.pages.report.what_leaves import WhatLeaves
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, Text, Toggle, column, row
from ui.widgets.file_dialogs import choose_open_file, choose_save_file
from ui.widgets.one_stop import OneStop
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.national.giving import Prepared
    from ui.pages.base import Page

ONLY_LEAD = _("Only the lead reviewer can make an extract for the network.")
NO_KEY = _("No key file yet. The network's office gives it to you. Its name ends in .network-key.")
WAITS = _("You can make a final extract once a decision is recorded.")
KEY_FILES = _("Keys of networks (*.network-key);;All files (*)")
FILES = _("Extracts (*.extract);;All files (*)")
NOTICES = _("Notices (*.notice);;All files (*)")
SENT = _("Give it to the network's office. It is encrypted, and nobody else can open it.")


class NetworkPanel(QWidget):
    """Panel for the part `network`, in place of the text box."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._network: NetworkKey | None = None
        self._prepared: Prepared | None = None
        self.dialog: WhatLeaves | None = None
        self.only_lead = Text(ONLY_LEAD)
        self.form = QWidget()
        self.setLayout(column(self.only_lead, self._build_due(), self.form, gap=2.5))
        self._build_form()
        known = given(page.visit) if page.visit.is_lead else None
        if known is not None:
            self.team.setText(known.team)
            self._network = known.network

    def _build_due(self) -> Card:
        self.due = Card(_("Words were withdrawn"), kind="inset", margin=3)
        self.due_words = Text("", select=True)
        self.notice = Button(_("Save a notice for the network…"), "save")
        self.notice.clicked.connect(self._on_notice)
        self.due.add(self.due_words, row(self.notice, None))
        return self.due

    def _build_form(self) -> None:
        self.key_words = Text(NO_KEY, select=True)
        self.key = Button(_("Choose the network's key file…"), "open")
        self.key.clicked.connect(self._on_key)
        self.team, self.cycle = QLineEdit(), QLineEdit()
        self.team.setMaxLength(40)
        self.cycle.setMaxLength(40)
        self.team_field = Field(
            _("Code of the team"), self.team, hint=_("From the network's office. It is remembered.")
        )
        self.cycle.setPlaceholderText(_("The year of the review"))
        self.cycle_field = Field(_("Cycle"), self.cycle)
        self.draft, self.final = Toggle(_("Draft"), name=_("A draft")), Toggle(_("Final"), name=_("The final one"))
        self._group = QButtonGroup(self)
        kinds = QWidget()
        flow = FlowLayout(kinds)
        for toggle in (self.draft, self.final):
            self._group.addButton(toggle)
            flow.addWidget(toggle)
        OneStop(kinds)
        self.waits = Text(WAITS, "small")
        self.show_it = Button(_("Show what would be sent…"), "eye", "primary")
        self.show_it.clicked.connect(self._on_show)
        self.error = ErrorLine()
        self.saved = Text("", select=True)
        self.practice = PracticeCard(self._page)
        self.form.setLayout(
            column(
                self.key_words,
                row(self.key, None),
                self.team_field,
                self.cycle_field,
                kinds,
                self.waits,
                row(self.show_it, None),
                self.error,
                self.saved,
                self.practice,
                gap=2.5,
            )
        )
        self.saved.hide()

    def refresh(self) -> None:
        """Show what can be made now, and whether words that left were taken back."""
        visit = self._page.visit
        leads = visit.is_lead
        self.only_lead.setVisible(not leads)
        self.form.setVisible(leads)
        due = leads and is_notice_due(visit)
        self.due.setVisible(due)
        notice = notice_of(visit) if due else None
        if notice is not None:
            self.due_words.setText("\n".join(f"{line[:1].upper()}{line[1:]}." for line in notice_in_lines(notice)))
        if not leads:
            return
        may = may_be_final(self._page.state)
        usable(self.final, "" if may else self.waits.text())
        self.waits.setVisible(not may)
        if self._group.checkedButton() is None or (self.final.isChecked() and not may):
            (self.final if may else self.draft).setChecked(True)
        for button in (self.show_it, self.notice):
            usable(button, only_read(self._page.writable))
        self.practice.refresh()
        self._show_key()

    def _show_key(self) -> None:
        if self._network is None:
            self.key_words.setText(NO_KEY)
            return
        self.key_words.setText(
            _(
                "{name}. Its key has these check words: {words}. Compare them with the office by telephone.",
                name=self._network.name,
                words=self._network.words,
            )
        )

    # Actions -------------------------------------------------------------------------------------------------

    @Slot()
    def _on_key(self) -> None:
        path = choose_open_file(self, _("The network's key file"), KEY_FILES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Use the key file of a network as if it had been chosen here."""
        try:
            self._network = read_network_key(path)
        except ReviewError as error:
            self._on_failed(error)
            return
        self._clear()
        self._show_key()
        self.team.setFocus()

    @Slot()
    def _on_show(self) -> None:
        self._clear()
        if self._network is None:
            self.error.set_text(_("Choose the network's key file first."))
            self.key.setFocus()
            return
        status: Status = "final" if self.final.isChecked() else "draft"
        choices = Choices(team=self.team.text(), cycle=self.cycle.text(), status=status)
        job = PrepareJob(choices, self._network)
        self._page.run_with_visit(_("Working out what would be sent"), job, self._on_prepared, self._on_failed)

    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.dialog = WhatLeaves(self, preview(prepared))
        self.dialog.agreed.connect(self._on_agreed)
        self.dialog.open()

    @Slot()
    def _on_agreed(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        extract = prepared.extract
        name = f"{extract.team}-{extract.cycle}-{extract.status}.extract"
        path = choose_save_file(self, _("Where to save the extract"), name, FILES)
        if path is not None:
            job = SaveExtractJob(path, prepared)
            self._page.run_with_visit(_("Writing the extract"), job, self._on_saved, self._on_failed, writes=True)

    @Slot()
    def _on_notice(self) -> None:
        self._clear()
        network = self._network
        if network is None:
            self.error.set_text(_("Choose the network's key file first."))
            self.key.setFocus()
            return
        path = choose_save_file(self, _("Where to save the notice"), f"{self.team.text() or 'team'}.notice", NOTICES)
        if path is not None:
            job = SaveNoticeJob(path, network)
            self._page.run_with_visit(_("Writing the notice"), job, self._on_saved, self._on_failed, writes=True)

    def _on_saved(self, path: Path) -> None:
        self.refresh()
        words = _("Saved and checked: {path}. {sent}", path=path, sent=SENT)
        self.saved.setText(words)
        self.saved.setAccessibleName(words)
        self.saved.show()
        self._page.session.tell_saved(path, _("Saved and checked: {path}", path=path))

    def _clear(self) -> None:
        self.error.set_text()
        self.saved.hide()
        for field in (self.team_field, self.cycle_field):
            field.set_error()

    def _on_failed(self, error: ReviewError) -> None:
        """Show what was refused at the field it is about."""
        self.saved.hide()
        named = {"team": self.team_field, "cycle": self.cycle_field}
        field = named.get(error.field) if isinstance(error, Invalid) else None
        if field is None:
            self.error.set_text(error)
            return
        field.set_error(f"{error.what}; {error.do}")
        field.editor.setFocus()
