"""The team's answers to the draft: export and import of the sheet, and a reasoned decision on each answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.figures.responses import NO_RATING, HostAnswer, host_answers
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.rules import HOST
from reviewapp.visit.statements import ResponseDecision, Statement
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.intake_job import SHEET_FILES
from ui.pages.shared.saved_words import NOT_ENCRYPTED
from ui.pages.shared.sheet_intake import SheetIntake
from ui.pages.shared.team_notes import TeamNotesCard
from ui.widgets import Button, Card, ErrorLine, FlowLayout, Text, column, value_label
from ui.widgets.file_dialogs import choose_open_file, choose_save_file
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.typed_edit import DayField
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress

HOW = _(
    "Send this form with the draft. The team answers in it, standard by standard. Import what they send back, then "
    "accept or decline each answer and say why. An answer does not change a rating."
)
ONLY_LEAD = _(
    "Only the lead reviewer imports answers and decides on them. What anyone else decides would be kept but not "
    "counted or printed. Tell the lead what you think of an answer."
)
LOOKS = {
    "waiting": ("warn", "clock", _("Waiting")),
    "accepted": ("met", "check", _("Accepted")),
    "declined": ("not_met", "cross", _("Not accepted")),
}


@dataclass(frozen=True)
class SaveSheet:
    """Job: write the response sheet for the team, verified by reading it back."""

    path: Path
    reply_by: date

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the sheet; returns its path. Raises ReviewError."""
        from reviewapp.factcheck import response_sheet
        from reviewapp.workspace.seen_figures import seen_state

        progress.report(_("Writing {name}", name=self.path.name))
        visit.save_document(self.path, response_sheet(seen_state(visit), self.reply_by))
        return self.path


def reason_line(number: str, text: str) -> Statement:
    """The statement of the reason for accepting or declining an answer."""
    return ResponseDecision(standard=number, reason=text)


class AnswersPanel(QWidget):
    """Panel for the part `responses`, in place of the text box; emits `grew` when it may need more width."""

    grew = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.guard = SaveGuard(page)
        self._answers: dict[str, HostAnswer] = {}
        self.reply_by = DayField(_("Answer by"))
        days = timedelta(page.state.instrument.rule.reply_days)
        self.reply_by.editor.set_value((today() + days).isoformat())
        self.save = Button(_("Save the response form…"), "sheet")
        self.save.clicked.connect(self._on_save)
        self.take = Button(_("Import the answers…"), "open")
        self.take.clicked.connect(self._on_take)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.save, self.take):
            flow.addWidget(button)
        self.error = ErrorLine()
        self.listed = StatusList(_("The team's answers"), most=260)
        self.listed.selectionModel().currentChanged.connect(self._on_chosen)
        self.nothing = Text(_("No answers yet."), "muted")
        self.came_back = SheetIntake(page, "response", _("Answers to import"), self.take)
        self.came_back.shown.connect(self.grew)
        self.came_back.refused.connect(self._on_failed)
        self.notes = TeamNotesCard(page)
        self.only_lead = Text(ONLY_LEAD)
        self.setLayout(
            column(
                Text(HOW, "muted"),
                self.only_lead,
                self.reply_by,
                buttons,
                self.error,
                self.came_back,
                self.nothing,
                self.listed,
                self._build_card(),
                self.notes,
                gap=2.5,
            )
        )

    def _build_card(self) -> Card:
        self.card = Card(kind="inset", margin=3)
        self.title = Text("", "heading")
        self.ratings = Text("", "strong")
        self.said = Text("", select=True)
        self.reason = self._page.draft(
            _("Reason for accepting or declining"), placeholder=_("What decided it?"), rows=2
        )
        label = self.reason_label = Text(_("Reason for accepting or declining"), "strong")
        label.setBuddy(self.reason)
        self.reason_error = ErrorLine(of=self.reason, alone=True)
        self.reason.textChanged.connect(self._on_reason)
        self.accept = Button(_("Accept"), "check", name=_("Accept this answer"))
        self.accept.clicked.connect(self._on_accept)
        self.decline = Button(_("Do not accept"), "cross", name=_("Do not accept this answer"))
        self.decline.clicked.connect(self._on_decline)
        self.rating = Button(_("Change the agreed rating"), "agree", "quiet")
        self.rating.clicked.connect(self._on_rating)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.accept, self.decline, self.rating):
            flow.addWidget(button)
        self.outcome = Text("", "small")
        self.card.add(
            self.title, self.ratings, self.said, column(label, self.reason, gap=1), self.reason_error, buttons,
            self.outcome,
        )  # fmt: skip
        self._page.tie_to_list(self.card, self.listed, enter=True)
        return self.card

    # Showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the current answers; the chosen one stays chosen, text being typed is not disturbed."""
        found = host_answers(self._page.state)
        self._answers = {one.standard: one for one in found}
        self.listed.show_rows([self._row(one) for one in found])
        self.nothing.setVisible(not found)
        self.listed.setVisible(bool(found))
        leads = self._page.visit.is_lead
        self.only_lead.setVisible(not leads)
        for part in (self.take, self.save, self.reply_by):
            part.setVisible(leads)
        usable(self.take, only_read(self._page.writable))
        if found and self.listed.chosen_key() not in self._answers:
            waiting = next((one for one in found if one.outcome == "waiting"), found[0])
            self.listed.choose(waiting.standard)
        self.notes.refresh()
        self._show_one()

    def _row(self, one: HostAnswer) -> StatusRow:
        tone, icon, words = LOOKS[one.outcome]
        title = self._page.state.instrument.standard(one.standard).title
        return StatusRow(
            one.standard, f"{one.standard}  {title}", tone=tone, icon=icon, pill=words, note=self._ratings(one)
        )

    def _ratings(self, one: HostAnswer) -> str:
        scale = self._page.state.instrument.scale
        now = _("rating now: {rating}", rating=value_label(scale, one.now))
        if one.drafted is None:
            return now.capitalize()
        drafted = value_label(scale, None if one.drafted == NO_RATING else one.drafted)
        return _("In the draft: {drafted}; {now}", drafted=drafted, now=now)

    def _show_one(self) -> None:
        one = self._answers.get(self.listed.chosen_key())
        self.card.setVisible(one is not None)
        if one is None:
            self.reason.bind(None)
            self.card.setProperty("standard", "")
            return
        fresh = self.card.property("standard") != one.standard
        self.card.setProperty("standard", one.standard)
        self.title.setText(f"{one.standard}  {self._page.state.instrument.standard(one.standard).title}")
        self.ratings.setText(self._ratings(one))
        outside = self._page.state.local_context.get(f"{one.standard}/{HOST}")
        parts = [
            one.text,
            _("Further evidence: {evidence}", evidence=one.evidence) if one.evidence else "",
            _("Outside the team's control: {what}", what=outside.text) if outside and outside.text else "",
        ]
        self.said.setText("\n\n".join(part for part in parts if part))
        self.said.setAccessibleName(self.said.text())
        may = self._page.writable and self._page.visit.is_lead
        if fresh:
            self.reason.bind(partial(reason_line, one.standard) if may else None, one.reason)
            self.reason_error.set_text()
        else:
            self.reason.refresh(one.reason)
        for button in (self.accept, self.decline):
            usable(button, only_read(self._page.writable))
            button.setVisible(self._page.visit.is_lead)
        self.rating.setVisible(self._page.visit.is_lead)
        for part in (self.reason_label, self.reason):
            part.setVisible(self._page.visit.is_lead or bool(one.reason))
        again = _("The team changed its answer after you decided. ") if one.answered_again else ""
        words = {"accepted": _("Accepted."), "declined": _("Not accepted."), "waiting": _("Not yet decided.")}[
            one.outcome
        ]
        self.outcome.setText(f"{again}{words}")

    # Actions -------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_one()

    @Slot()
    def _on_reason(self) -> None:
        if self.reason.toPlainText().strip():
            self.reason_error.set_text()

    @Slot()
    def _on_accept(self) -> None:
        self._decide(accepted=True)

    @Slot()
    def _on_decline(self) -> None:
        self._decide(accepted=False)

    def _decide(self, *, accepted: bool) -> None:
        number = self.listed.chosen_key()
        if not self.reason.toPlainText().strip():
            self.reason_error.set_text(_("Enter the reason first: the team will read it."))
            self.reason.setFocus()
            return
        self.reason_error.set_text()
        self.reason.commit()
        if self._page.record(ResponseDecision(standard=number, accepted=accepted)) is not None:
            what = _("accepted") if accepted else _("not accepted")
            standard = nouns_of(self._page.state.instrument).within(number)
            more = _(". If it changes the rating, change that too") if accepted else ""
            self._page.notify(
                _("The answer on {standard} is {what}{more}", standard=standard, what=what, more=more), "met"
            )

    @Slot()
    def _on_rating(self) -> None:
        self._page.session.show_page("agree", {"standard": self.listed.chosen_key()})

    @Slot()
    def _on_save(self) -> None:
        day = self.reply_by.day()
        if not day:
            self.reply_by.editor.setFocus()
            return
        name = f"answers-to-the-draft-{self._page.state.info.date}.xlsx"
        path = choose_save_file(self, _("Save the response form"), name, _("Spreadsheet (*.xlsx)"))
        if path is not None:
            self.error.set_text()
            job = SaveSheet(path, date.fromisoformat(day))
            self.guard.run(_("Writing the form"), "response-sheet", job, self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        words = _("Saved and checked: {path}. Send it with the draft. {plain}", path=path, plain=NOT_ENCRYPTED)
        self._page.session.tell_saved(path, words)

    @Slot()
    def _on_take(self) -> None:
        path = choose_open_file(self, _("Import the team's answers"), SHEET_FILES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look at the answers in a file as if it had been chosen here."""
        if self._page.writable:
            self.came_back.start(path)

    @Slot(object)
    def _on_failed(self, error: ReviewError | str) -> None:
        self.error.set_text(error)
