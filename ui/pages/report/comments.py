"""Comments that the committee made in Word: imported from its copy, listed with their parts, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.comment_records import ReportCommentRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import ReportComment, Statement
from ui.formats import long_date
from ui.widgets import Button, Card, ErrorLine, FlowLayout, Text, column, row
from ui.widgets.file_dialogs import choose_open_file
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.workspace.open_visit import OpenVisit
    from reviewapp.workspace.report_comments import IncomingComments
    from ui.pages.base import Page
    from ui.session.worker import Progress

FILES = _("Word (*.docx)")
HOW = _(
    "Save the report as Word and send it to the committee. When the copy with their comments comes back, import it: "
    "each comment is listed with the part of the report it belongs to. The report itself does not change."
)
ONLY_LEAD = _("Only the lead imports comments and says what was done about them.")


def open_comments(state: VisitState) -> dict[str, int]:
    """How many comments of each part are not dealt with yet, by the part's heading."""
    found: dict[str, int] = {}
    for one in state.report_comments.values():
        if not one.done:
            found[one.part] = found.get(one.part, 0) + 1
    return found


def answer_line(key: str, text: str) -> Statement:
    """The statement of what was done about a comment."""
    return ReportComment(id=key, answer=text)


@dataclass(frozen=True)
class ReadComments:
    """Job: read the comments of a Word copy; records nothing."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> IncomingComments:
        """Read the file. Raises ReviewError."""
        from reviewapp.workspace.report_comments import incoming_comments

        progress.report(_("Reading {name}", name=self.path.name))
        return incoming_comments(visit, self.path)


class CommentsPanel(QWidget):
    """Panel for the part `comments`; emits `part_wanted` with the heading of the part that a comment belongs to."""

    part_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._shown = ""
        self.only_lead = Text(ONLY_LEAD)
        self.take = Button(_("Import comments from Word…"), "open")
        self.take.clicked.connect(self._on_take)
        self.error, self.told = ErrorLine(), Text("", "small")
        self.nothing = Text(_("No comments yet."), "muted")
        self.listed = StatusList(_("Comments from Word"), most=260)
        self.listed.selectionModel().currentChanged.connect(self._on_chosen)
        self.setLayout(
            column(
                Text(HOW, "muted"), self.only_lead, row(self.take, None), self.error, self.told, self.nothing,
                self.listed, self._build_card(), gap=2.5,
            )
        )  # fmt: skip

    def _build_card(self) -> Card:
        self.card = Card(kind="inset", margin=3)
        self.title, self.who = Text("", "heading"), Text("", "small")
        self.quoted, self.words = Text("", "muted", select=True), Text("", select=True)
        self.answer = self._page.draft(_("What was done about it"), placeholder=_("For your own record"), rows=2)
        label = Text(_("What was done about it"), "strong")
        label.setBuddy(self.answer)
        self.done = Button(_("Dealt with"), "check")
        self.done.clicked.connect(self._on_done)
        self.go = Button(_("Show this part"), "arrow_right", "quiet")
        self.go.clicked.connect(self._on_go)
        buttons = QWidget()
        flow = FlowLayout(buttons)  # what stands on the first is longer once it is dealt with
        for button in (self.done, self.go):
            flow.addWidget(button)
        self.card.add(
            self.title, self.who, self.quoted, self.words, column(label, self.answer, gap=1),
            buttons,
        )  # fmt: skip
        return self.card

    # Showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the comments in the order of their parts; the chosen one stays chosen, typed text is not disturbed."""
        found = self._ordered()
        leads = self._page.visit.is_lead
        self.only_lead.setVisible(not leads)
        self.take.setVisible(leads)
        usable(self.take, only_read(self._page.writable))
        self.listed.show_rows([_row(one) for one in found])
        self.listed.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if found and self.listed.chosen_key() not in self._page.state.report_comments:
            self.listed.choose(next((one for one in found if not one.done), found[0]).id)
        self._show_one()

    def _ordered(self) -> list[ReportCommentRecord]:
        return sorted(self._page.state.report_comments.values(), key=lambda one: (one.done, one.at, one.id))

    def _show_one(self) -> None:
        one = self._page.state.report_comments.get(self.listed.chosen_key())
        self.card.setVisible(one is not None)
        if one is None:
            self.answer.bind(None)
            self._shown = ""
            return
        self.title.setText(one.heading or _("The report"))
        self.who.setText(_who(one))
        self.quoted.setText(f"“{one.quoted}”" if one.quoted else "")
        self.quoted.setVisible(bool(one.quoted))
        self.words.setText(one.text)
        may = self._page.writable and self._page.visit.is_lead
        if self._shown != one.id:
            self._shown = one.id
            self.answer.bind(partial(answer_line, one.id) if may else None, one.answer)
        else:
            self.answer.refresh(one.answer)
        self.done.setText(_("Open again") if one.done else _("Dealt with"))
        usable(self.done, only_read(self._page.writable) or ("" if may else ONLY_LEAD))
        usable(self.go, "" if one.part else _("The comment belongs to no part that is known here."))

    # Actions -------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_one()

    @Slot()
    def _on_done(self) -> None:
        one = self._page.state.report_comments.get(self._shown)
        if one is not None:
            self.answer.commit()
            self._page.record(ReportComment(id=one.id, done=not one.done))

    @Slot()
    def _on_go(self) -> None:
        one = self._page.state.report_comments.get(self._shown)
        if one is not None:
            self.part_wanted.emit(one.part)

    @Slot()
    def _on_take(self) -> None:
        path = choose_open_file(self, _("Import comments from Word"), FILES)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Import the comments of a Word copy and say how many were new, and what was not imported."""
        self.error.set_text()
        self.told.setText("")
        self._page.run_with_visit(
            _("Reading comments"), ReadComments(path), self._on_read, partial(self._on_failed, path)
        )

    def _on_read(self, found: IncomingComments) -> None:
        from reviewapp.workspace.report_comments import take_comments

        if found.new:
            take_comments(self._page.visit, found.new)
            self.listed.choose(found.new[0].id)
        words = " ".join(_told(found))
        self.told.setText(words)
        self._page.notify(words, "met" if found.new else "info")

    def _on_failed(self, path: Path, error: ReviewError) -> None:
        self.error.set_text(str(error))
        self._page.session.file_refused.emit(path)


def _row(one: ReportCommentRecord) -> StatusRow:
    look = ("met", "check", _("Dealt with")) if one.done else ("warn", "clock", _("Open"))
    title = one.heading or _("The report")
    return StatusRow(one.id, title, detail=one.text, tone=look[0], icon=look[1], pill=look[2], note=_who(one))


def _who(one: ReportCommentRecord) -> str:
    author = one.author or _("Unnamed")
    day = one.at[:10]
    return f"{author}, {long_date(day)}" if day else author


def _told(found: IncomingComments) -> Sequence[str]:
    said = [plural("{n} new comment.", "{n} new comments.", len(found.new))]
    if found.held:
        said.append(plural("{n} was here already.", "{n} were here already.", len(found.held)))
    if found.tracked:
        changes = plural("{n} tracked change", "{n} tracked changes", found.tracked)
        said.append(_("The text has {changes}; they stay in the Word copy.", changes=changes))
    return said
