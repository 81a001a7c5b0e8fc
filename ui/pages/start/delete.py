"""Deleting a visit from this laptop, after a warning, with a certificate."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.purge import Certificate, not_counted_in_words, open_work, purge
from ui.formats import long_date
from ui.pages.start.form import StartForm
from ui.session.session import Session
from ui.session.worker import Progress
from ui.widgets import Banner, Button, Card, Check, ErrorLine, FlowLayout, SectionHeading, Text
from ui.widgets.document import ReadingText
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.usable import CONFIRM_FIRST, WAIT, busy_reason, usable

ABOUT = _(
    "This destroys the key of this visit and every file of it on this laptop, including the backups kept here. "
    "Nobody can recover them, not even with the passphrase or the recovery code. A certificate says what was "
    "destroyed, when and by whom. It contains nothing that people said."
)
LEAD = _(
    "You lead this visit. Before you delete it, make sure that the report is finished and that nobody needs "
    "anything more."
)

UNREAD = _(
    "Restoring a backup may still recover it. If you delete it now, the certificate says that it was destroyed unread."
)


class DeleteSummary(NamedTuple):
    """Facts shown before deleting; `open_work` counts entries and drafts that nobody else is known to hold.

    `jottings`: private ones, which are nowhere else.
    """

    title: str
    date: str
    open_work: int
    is_lead: bool
    jottings: int = 0
    not_counted: tuple[str, ...] = ()
    """Sentences on the laptops that say they hold some of it, and are not counted."""
    problem: str = ""
    """Why the visit cannot be opened, so that its content is unknown; empty if it can."""


def delete_summary(laptop: Laptop, visit_id: str, _progress: Progress) -> DeleteSummary:
    """Read the facts about a visit; one that cannot be opened has a `problem`. For the worker."""
    try:
        visit = laptop.open_visit(visit_id, read_only=True)
    except (Damaged, NewerVersion) as error:
        return DeleteSummary("", "", 0, is_lead=False, problem=error.what)
    try:
        info = visit.state.info
        work = open_work(laptop, visit)
        not_counted = tuple(not_counted_in_words(visit.here.not_counted_as_held(), visit.state.people)) if work else ()
        return DeleteSummary(info.service, info.date, work, visit.is_lead, visit.here.holdings().jottings, not_counted)
    finally:
        visit.close()


def destroy(laptop: Laptop, visit: str, certificate: Path, force: bool, _progress: Progress) -> Certificate:
    """Destroy a visit, with the copies that earlier restores moved aside, and write the certificate; for the worker."""
    return purge(laptop, visit, certificate=certificate, force=force)


class DeleteVisit(StartForm):
    """Form that deletes a visit: explains, asks for confirmation if work may be lost, lists what may still exist."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._summary: DeleteSummary | None = None
        self.heading = SectionHeading(_("Delete from this laptop"), " ", kind="title")
        self.warning, self.sure, self.error = Banner(), Check(""), ErrorLine()
        self.jottings = Text("", "strong")
        self.button = Button(_("Save the certificate and delete…"), "bin", "danger")
        self.back = Button(_("Back"), "arrow_left")
        self.before, self.after = Card(), Card()
        self.told = ReadingText(_("What you deleted"))
        self.before.add(Text(ABOUT), self.warning, self.jottings, self.sure, self.error)
        self.after.add(self.told)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.button, self.back):
            flow.addWidget(button)
        self.add(self.heading, self.before, self.after, buttons, None)
        self.sure.toggled.connect(self._on_sure)
        self.button.clicked.connect(self._on_delete)
        self.back.clicked.connect(self.left)

    def reset(self) -> None:
        """Reset the form and read the facts about the visit."""
        laptop = self._session.laptop
        self._summary = None
        self.heading.set_note("")
        self.before.show()
        self.after.hide()
        self.button.show()
        self.sure.setChecked(False)
        self.sure.hide()
        self.warning.set_text("")
        self.jottings.hide()
        self.error.set_text()
        self.back.setText(_("Back"))
        self._update_button()
        self.back.setFocus()
        if laptop is not None:
            self._session.bridge.commit_drafts()
            self._session.worker.run(
                _("Examining the visit"),
                partial(delete_summary, laptop, self.visit),
                self._on_summary,
                self._on_failed,
            )

    def _on_summary(self, standing: DeleteSummary) -> None:
        self._summary = standing
        self.heading.set_note(f"{standing.title}, {long_date(standing.date)}" if standing.date else "")
        self.jottings.setText(
            plural(
                "{n} private jotting is destroyed too. There is no other copy.",
                "{n} private jottings are destroyed too. There are no other copies.",
                standing.jottings,
            )
        )
        self.jottings.setVisible(standing.jottings > 0)
        if standing.problem:
            self.warning.set_text(f"{standing.problem}. {UNREAD}", "not_met", "alert")
            self._require_confirmation(_("I understand that nobody can say what will be lost"))
        elif standing.open_work:
            self.warning.set_text(_work_in_words(standing), "not_met", "alert")
            self._require_confirmation(_("I understand that this work is lost if nobody else has it"))
        elif standing.is_lead:
            self.warning.set_text(LEAD, "warn", "alert")
            self._require_confirmation(_("I understand that this cannot be undone"))
        else:
            self.warning.set_text(_("The lead has everything that was written on this laptop."), "met", "check")
            if standing.jottings:
                self._require_confirmation(_("I understand that this cannot be undone"))
        self._update_button()

    def _require_confirmation(self, words: str) -> None:
        self.sure.setText(words)
        self.sure.setAccessibleName(words)
        self.sure.show()

    def _update_button(self) -> None:
        known = self._summary is not None
        sure = self.sure.isChecked() or not self.sure.isVisibleTo(self.before)
        usable(self.button, busy_reason(not known) or ("" if sure else CONFIRM_FIRST))

    @Slot()
    def _on_sure(self) -> None:
        self._update_button()

    @Slot()
    def _on_delete(self) -> None:
        laptop, standing = self._session.laptop, self._summary
        if laptop is None or standing is None:
            return
        suggestion = f"certificate-{standing.date or self.visit}.pdf"
        path = choose_save_file(self, _("Save the certificate"), suggestion, _("Certificates (*.pdf)"))
        if path is None:
            return
        visit = self._session.visit
        if visit is not None and visit.id == self.visit:
            self._session.close_visit()
        self.error.set_text()
        usable(self.button, WAIT)
        job = partial(destroy, laptop, self.visit, path, self.sure.isChecked())
        self._session.worker.run(_("Deleting the visit"), job, partial(self._on_deleted, path), self._on_failed)

    def _on_deleted(self, path: Path, certificate: Certificate) -> None:
        self.before.hide()
        self.button.hide()
        self.told.write(partial(write_gone, path, certificate))
        self.after.show()
        self.back.setText(_("Back to the visits"))
        self.back.setFocus()
        self._session.tell_saved(
            path, _("The visit is deleted from this laptop. The certificate is saved as {name}", name=path.name)
        )

    def _on_failed(self, error: ReviewError) -> None:
        self._update_button()
        self.error.set_text(error)


def _work_in_words(standing: DeleteSummary) -> str:
    """What may be lost, and what to do before."""
    if standing.is_lead:
        words = plural(
            "{n} entry on this laptop may be nowhere else. You lead this visit: the others may have deleted their "
            "copies since you gave them a receipt. Save a backup elsewhere first. If you delete now and nobody has "
            "it, it is lost.",
            "{n} entries on this laptop may be nowhere else. You lead this visit: the others may have deleted their "
            "copies since you gave them a receipt. Save a backup elsewhere first. If you delete now and nobody has "
            "them, they are lost.",
            standing.open_work,
        )
        return "\n".join([words, *standing.not_counted])
    return plural(
        "The lead has not confirmed {n} entry made on this laptop. Give the lead your work file and import the "
        "receipt first. If you delete now and the lead does not have it, it is lost.",
        "The lead has not confirmed {n} entries made on this laptop. Give the lead your work file and import the "
        "receipt first. If you delete now and the lead does not have them, they are lost.",
        standing.open_work,
    )


def write_gone(path: Path, certificate: Certificate, page: ReadingText) -> None:
    """Write what was deleted, where the certificate is, what may still exist, and what cannot be promised."""
    page.state(_("Deleted from this laptop"), "met", "check")
    entries = (
        _("A visit that would not open")
        if certificate.entries is None
        else plural("{n} entry", "{n} entries", certificate.entries)
    )
    page.paragraph(
        plural(
            "{entries} in {n} file: destroyed, with the key.",
            "{entries} in {n} files: destroyed, with the key.",
            len(certificate.files),
            entries=entries,
        )
    )
    page.paragraph(
        plural(
            "The keys were destroyed first: {n} key file was overwritten in place.",
            "The keys were destroyed first: {n} key files were overwritten in place.",
            len(certificate.keys),
        )
    )
    if certificate.backups:
        page.paragraph(
            plural(
                "The key of the one backup kept here was destroyed too.",
                "The keys of the {n} backups kept here were destroyed too.",
                certificate.backups,
            )
        )
    if certificate.left:
        page.state(_("Some files are still there"), "warn", "alert")
        page.paragraph(
            _(
                "Another program has them open. Nobody can read them, because their key is destroyed. Close that "
                "program: they are deleted when you next unlock Reviewapp."
            )
        )
        for name in certificate.left:
            page.paragraph(name, indent=2)
    page.heading(_("Certificate"))
    page.paragraph(
        _(
            "{certificate} and {record} in {parent}",
            certificate=path.with_suffix(".pdf").name,
            record=path.with_suffix(".json").name,
            parent=path.parent,
        )
    )
    if certificate.may_survive:
        page.heading(_("What may still exist"))
        page.paragraph(_("These files were saved from this laptop. Delete them too if nobody needs them."))
        for name in certificate.may_survive:
            page.paragraph(name, indent=2)
    page.heading(_("What we cannot promise"))
    page.paragraph(certificate.not_promised)
