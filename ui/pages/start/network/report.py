"""The report of a set: what the proof-reader finds, the pages, and saving it for everybody or for one team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.national.report.passages import place_title
from ui.pages.shared.finding_words import LOOKS
from ui.pages.shared.page_view import PageView
from ui.pages.shared.saved_line import SavedLine
from ui.pages.shared.zoom_bar import ZoomBar
from ui.theme import space
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, Text, column, row
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from pathlib import Path

    from reviewapp.national.look import SetLook
    from reviewapp.national.proofreading.proofread import NationalFinding
    from ui.pages.start.network.jobs import MadeReport

FORMATS = {
    "pdf": (_("Save PDF…"), "save", _("PDF (*.pdf)")),
    "docx": (_("Save Word…"), "file", _("Word (*.docx)")),
    "xlsx": (_("Save tables (XLSX)…"), "sheet", _("Spreadsheet (*.xlsx)")),
    "json": (_("Save the figures (JSON)…"), "sheet", _("JSON (*.json)")),
}
"""By suffix: the words on the button, its icon, and the kind of file."""
LETTERS = 28
"""Width of the box of copies, which are filled in later."""


def finding_row(one: NationalFinding) -> StatusRow:
    """A finding of the proof-reader."""
    tone, icon, label = LOOKS[one.severity]
    place, why, action = place_title(one.place), _sentence(one.why), _sentence(one.action)
    if one.accepted:
        return StatusRow(one.id, why, _("Accepted: {reason}", reason=one.accepted), _("Accepted"), "na", "check",
                         note=place)  # fmt: skip
    return StatusRow(one.id, why, action, label, tone, icon, note=place)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


class ReportView(QWidget):
    """Emits `wanted(team)` to have the report made, `save(suffix, team)`, and `stands(finding, reason)`."""

    wanted = Signal(str)
    save = Signal(str, str)
    stands = Signal(str, str)
    told = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._findings: dict[str, NationalFinding] = {}
        self.copy = QComboBox()
        self.copy.setAccessibleName(_("Whose copy"))
        self.copy.setMinimumContentsLength(LETTERS)
        self.copy.currentIndexChanged.connect(self._on_copy)
        choices = QWidget()
        flow = FlowLayout(choices)
        flow.addWidget(self.copy)
        self.buttons: dict[str, Button] = {}
        for suffix, (words, icon, __) in FORMATS.items():
            button = Button(words, icon, "primary" if suffix == "pdf" else "plain")
            button.setProperty("as", suffix)
            button.clicked.connect(self._on_save)
            self.buttons[suffix] = button
            flow.addWidget(button)
        self.about = Text("", "muted")
        self.error = ErrorLine()
        self.saved = SavedLine()
        self.saved.told.connect(self.told)
        self._build_findings()
        self.going = Text(_("Making the report. This takes some seconds."), "muted")
        self.pages = PageView(_("Pages of the report"))
        self.pages.setMinimumHeight(space(130))
        self.setLayout(
            column(
                choices, self.about, self.error, self.saved, self.findings_card, self.going,
                row(None, ZoomBar(self.pages)), self.pages, gap=3,
            )
        )  # fmt: skip

    def _build_findings(self) -> None:
        self.findings_card = Card(_("Warnings"))
        self.nothing = Text(_("Nothing in the text contradicts the figures or the standards."), "muted")
        self.findings = StatusList(_("Warnings about the text"), most=320)
        self.findings.selectionModel().currentChanged.connect(self._on_finding)
        self.reason = QLineEdit()
        self.reason_field = Field(_("Reason for accepting"), self.reason)
        self.stand = Button(_("Accept"), "check")
        self.stand.clicked.connect(self._on_stand)
        self.reason.returnPressed.connect(self._on_stand)
        self.findings_card.add(self.nothing, self.findings, self.reason_field, row(self.stand, None))

    def show_set(self, look: SetLook) -> None:
        """Offer the copies: for everybody, and for each team."""
        chosen = self.copy.currentData()
        self.copy.blockSignals(True)
        self.copy.clear()
        self.copy.addItem(_("Copy for everyone"), "")
        for team in look.figures.teams:
            self.copy.addItem(_("Copy for team {code}, with its dot filled", code=team.code), team.code)
        self.copy.setCurrentIndex(max(self.copy.findData(chosen), 0))
        self.copy.blockSignals(False)
        given = plural("{n} report has been saved from this set.", "{n} reports have been saved from this set.",
                       len(look.reports))  # fmt: skip
        self.about.setText(given if look.reports else _("No report has been saved from this set yet."))
        for button in self.buttons.values():
            usable(button, "" if look.figures.n_teams else _("No team has sent a review yet."))

    def show_going(self) -> None:
        """Say that the report is being made."""
        self.going.show()
        self.error.set_text()
        for part in (self.pages, self.findings_card, self.saved):
            part.hide()

    def show_report(self, made: MadeReport) -> None:
        """Show the pages and the findings."""
        self.going.hide()
        self.pages.show()
        self.pages.show_pdf(made.pdf)
        self._findings = {one.id: one for one in made.findings}
        self.findings.show_rows([finding_row(one) for one in made.findings])
        self.nothing.setVisible(not made.findings)
        self.findings.setVisible(bool(made.findings))
        self.findings_card.show()
        self._on_finding()

    def show_saved(self, path: Path) -> None:
        """Say where the report was saved."""
        self.saved.show_file(path)

    def show_error(self, error: object) -> None:
        """Say why the report could not be made or saved."""
        self.going.hide()
        self.error.set_text(error)

    def team(self) -> str:
        """The team whose copy is chosen; empty for the copy for everybody."""
        return str(self.copy.currentData() or "")

    def forget(self) -> None:
        """Close the pages, so that nothing of the report stays in memory."""
        self.pages.forget()
        self.copy.clear()
        self.saved.hide()

    @Slot()
    def _on_copy(self) -> None:
        self.wanted.emit(self.team())

    @Slot()
    def _on_save(self) -> None:
        self.save.emit(str(self.sender().property("as")), self.team())

    @Slot()
    @Slot(QModelIndex, QModelIndex)
    def _on_finding(self, *_changed: QModelIndex) -> None:
        one = self._findings.get(self.findings.chosen_key())
        may = one is not None and not one.accepted
        self.reason_field.setVisible(may)
        self.stand.setVisible(may)

    @Slot()
    def _on_stand(self) -> None:
        reason = self.reason.text().strip()
        self.reason_field.set_error("" if reason else _("Enter a reason, in a few words."))
        if reason:
            self.stands.emit(self.findings.chosen_key(), reason)
            self.reason.clear()
