"""Form for one of my interviews: consent, then the guide's questions, each with a box for notes."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import PromptCoverage, coverage_by_prompt
from reviewapp.visit.labels import person, record_number
from reviewapp.visit.state import InterviewRecord
from reviewapp.visit.statements import Interview
from reviewapp.workspace.jottings import INTERVIEW
from ui.labels import GROUPS, circumstances
from ui.pages.interviews.consent import ConsentCard
from ui.pages.interviews.guide import GuideSheet
from ui.pages.interviews.guide_filter import GuideFilter
from ui.pages.interviews.notes_pad import NotesPad
from ui.pages.interviews.prompt import NOTES, PromptBox, PromptState, answer_line
from ui.pages.interviews.quote_list import quotes_of
from ui.pages.shared.jotting import JottingBox, added_to
from ui.pages.shared.paper_form import PaperSheet
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.session.stay_open import MOST_MINUTES
from ui.theme import space
from ui.widgets import Button, Card, FlowLayout, Scroll, Text, column, row
from ui.widgets.buttons import Check
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.plain_text import plain_tip
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Prompt
    from ui.pages.base import Page


NOT_PRINTED = _(
    "The other reviewers can read your notes. The report prints none of them, only quotes that people agreed to."
)


class InterviewForm(Scroll):
    """One of my interviews; emits `quote_wanted(box)`, `quotes_wanted` to show the quotes, and `back_wanted`."""

    quote_wanted = Signal(object)
    quotes_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(margin=6, gap=4, width=space(220), parent=parent)
        self._page = page
        self.rec: InterviewRecord | None = None
        self._group = ""
        self._heard: dict[str, PromptCoverage] = {}
        self.last_box: PromptBox | None = None
        self._hinted: set[str] = set()
        self.back = Button(_("All interviews"), "arrow_left", "quiet")
        self.back.clicked.connect(self.back_wanted)
        self.title = Text("", "title")
        self.about = Text("", "muted")
        self.quotes = Button(_("Quotes"), "quote", "quiet")
        self.quotes.clicked.connect(self.quotes_wanted)
        self.paper = Button(_("Save a paper form as PDF…"), "save", "quiet")
        self.paper.clicked.connect(self._on_paper)
        self.remove = Button(_("Remove"), "bin", "quiet", tip=_("Remove this interview. You can undo this"))
        self.remove.clicked.connect(self._on_remove)
        self.withdraw = Button(_("Withdraw…"), "eye_off", "quiet", tip=_("If the person withdraws what they said"))
        self.withdraw.clicked.connect(self._on_withdraw)
        self._withdrawing_place, self._pad_place = column(gap=0), column(gap=0)
        self.consent = ConsentCard(page)
        self.consent.settled.connect(self._on_settled)
        self.filter = GuideFilter(page)
        self.filter.changed.connect(self._on_filter)
        self.guide = GuideSheet(page, self.filter.needed, self._show_box, self._on_quote_wanted, self._on_selection)
        self.not_printed = Text(NOT_PRINTED, "small")
        self.jotting = JottingBox(
            page.session.bridge, _("Copy to the notes"), explained=_("It is erased when the interview is withdrawn.")
        )
        self.jotting.copy_wanted.connect(self._on_copied)
        self._build_pad()
        jotting = Card()
        jotting.add(self.jotting)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=1)
        for button in (self.pad_button, self.quotes, self.paper, self.remove, self.withdraw, self.stay):
            flow.addWidget(button)
        head = column(row(self.back, None), self.title, self.about, buttons, gap=1)
        self.add(
            head, self._withdrawing_place, self.consent, self.not_printed, self._pad_place, self.filter, self.guide,
            jotting, None,
        )  # fmt: skip
        self.back.hide()

    @cached_property
    def withdrawing(self) -> WithdrawCard:
        """Confirmation of a withdrawal, made when one is first asked for."""
        made = WithdrawCard(self._page)
        put_in_place(made, self._withdrawing_place, self.stay, before=self.consent)
        return made

    @cached_property
    def pad(self) -> NotesPad:
        """The notes pad, made when it is first opened."""
        made = NotesPad(self._page)
        made.hide()
        put_in_place(made, self._pad_place, self.consent, before=self.filter)
        if self.rec is not None:
            made.show_interview(self.rec, self._no_notes_reason(self.rec))
        return made

    @property
    def pad_shown(self) -> bool:
        """Whether the notes pad is shown in the place of the questions."""
        return "pad" in vars(self) and not self.pad.isHidden()

    def _build_pad(self) -> None:
        self.pad_button = Button(_("Notes pad"), "edit", "quiet", tip=_("Type freely, and sort the lines afterwards"))
        self.pad_button.clicked.connect(self._on_pad)
        self.stay = Check(_("Stay open during this interview"))
        self.stay.setToolTip(
            plain_tip(_("The program does not lock while you listen, for {n} minutes at most", n=MOST_MINUTES))
        )
        self.stay.clicked.connect(self._on_stay)
        self._page.session.stay_open.changed.connect(self._on_staying)

    @property
    def boxes(self) -> dict[str, PromptBox]:
        """All question boxes by prompt id, in the guide's order; the last is for anything else. Builds missing ones."""
        self.guide.finish()
        return self.guide.shown()

    def commit_all(self) -> bool:
        """Commit all drafts; False if some text could not be saved and exists only on the screen."""
        pad = [self.pad.editor] if "pad" in vars(self) else []
        editors = [self.jotting.editor, *pad, *(box.editor for box in self.guide.shown().values())]
        for editor in editors:
            if editor.waiting:
                editor.commit()
        return not any(editor.unsaved for editor in editors)

    def show_interview(self, rec: InterviewRecord) -> None:
        """Show an interview; all drafts of the one before must be committed. The same one is updated."""
        state, page = self._page.state, self._page
        fresh = self.rec is None or self.rec.key != rec.key
        self.rec = rec
        name = record_number(rec.key)
        self.title.setText(f"{name}, {GROUPS.get(rec.group, rec.group)}")
        self.about.setText(circumstances(rec))
        quotes = len(quotes_of(state, rec.key))
        self.quotes.setText(plural("{n} quote", "{n} quotes", quotes) if quotes else _("Quotes"))
        self.quotes.setAccessibleName(_("Show the quotes of {id}", id=name))
        self.remove.setText(_("Remove {id}", id=name))
        self.remove.setAccessibleName(_("Remove {id}", id=name))
        usable(self.remove, only_read(page.writable))
        self.withdraw.setAccessibleName(_("Withdraw {id}", id=name))
        usable(self.withdraw, only_read(page.writable))
        if "withdrawing" in vars(self):
            self.withdrawing.close_unless(rec.key)
        self.consent.show_interview(rec, state, writable=page.writable)
        self.jotting.show_about(page.visit, (INTERVIEW, rec.key), self._no_notes_reason(rec))
        if "pad" in vars(self):
            self.pad.show_interview(rec, self._no_notes_reason(rec))
        self._show_staying(rec)
        self._heard = coverage_by_prompt(state)
        self.filter.show_state(state)
        if fresh or rec.group != self._group:
            self._group = rec.group
            self.guide.begin(rec.group, self._is_wanted)
        else:
            self.guide.refresh()
        if fresh:
            self.last_box = None
            self.verticalScrollBar().setValue(0)

    def _is_wanted(self, prompt: Prompt) -> bool:
        return self.rec is not None and self.filter.wants(prompt, self.rec, self._page.state, self._heard)

    @Slot()
    def _on_filter(self) -> None:
        """Show the questions that pass, with what was typed kept."""
        if self.rec is not None and self.commit_all():
            self.guide.begin(self._group, self._is_wanted)

    def _show_box(self, box: PromptBox) -> None:
        """Show notes and coverage in the box of one question."""
        rec, state = self.rec, self._page.state
        if rec is None:
            return
        answer = state.answers.get(f"{rec.id}/{box.prompt_id}/{rec.person}")
        asks, me = state.asks.get(box.prompt_id), self._page.visit.me
        who = asks.who if asks else ()
        box.show_state(
            rec.key,
            PromptState(
                answer.text if answer else "",
                self._heard.get(box.prompt_id, PromptCoverage(count=0, target=0)),
                me in who,
                tuple(person(state.people, code) for code in who if code != me),
                self._no_notes_reason(rec),
            ),
        )

    def _no_notes_reason(self, rec: InterviewRecord) -> str:
        if rec.consent_notes is None:
            return _("First ask whether you may take notes (above)")
        return "" if rec.consent_notes else _("{id} declined notes: keep none", id=rec.id)

    def show_prompt(self, prompt_id: str) -> None:
        """Scroll to a question and focus its box."""
        self._show_pad(on=False)
        if prompt_id not in self.boxes:
            self.filter.show_all()
        box = self.boxes.get(prompt_id)
        if box is not None:
            content = self.widget()
            layout = content.layout() if content is not None else None
            if layout is not None:
                layout.activate()
            self.ensureWidgetVisible(box)
            box.editor.setFocus()

    def first(self) -> QWidget:
        """The first unanswered consent question, or the first box."""
        for question in self.consent.questions:
            unanswered = self.rec is not None and getattr(self.rec, question.field) is None
            if unanswered and question.isVisibleTo(self):
                return question.yes
        return next(iter(self.boxes.values())).editor

    def _show_pad(self, *, on: bool) -> None:
        """Show the pad in the place of the questions, or these again; what was typed in either is recorded."""
        if on == self.pad_shown:
            return
        self.commit_all()
        self.pad.setVisible(on)
        self.guide.setVisible(not on)
        self.filter.setVisible(not on)
        self.pad_button.setText(_("Back to the questions") if on else _("Notes pad"))

    @Slot()
    def _on_pad(self) -> None:
        on = not self.pad_shown
        self._show_pad(on=on)
        if on:
            self.pad.editor.setFocus()
            self.ensureWidgetVisible(self.pad.editor)
        else:
            next(iter(self.boxes.values())).editor.setFocus()

    def _show_staying(self, rec: InterviewRecord) -> None:
        """Whether the program stays open for this interview; for another one it stops to, when this one is opened."""
        staying = self._page.session.stay_open
        if staying.on and staying.interview != rec.key:
            staying.end()
        self.stay.setChecked(staying.on)

    @Slot()
    def _on_stay(self) -> None:
        if self.rec is None:
            return
        if not self.stay.isChecked():
            self._page.session.stay_open.end()
            return
        self._page.session.stay_open.begin(self.rec.key)
        self._page.notify(
            _("Stays open during {id}, for {n} minutes at most. Ctrl+L locks at once.",
              id=self.rec.id, n=MOST_MINUTES),
        )  # fmt: skip

    @Slot()
    def _on_staying(self) -> None:
        self.stay.setChecked(self._page.session.stay_open.on)

    @Slot(object)
    def _on_quote_wanted(self, box: PromptBox) -> None:
        if box.selected() or self.last_box is None:
            self.last_box = box
        self.quote_wanted.emit(self.last_box)  # the text that is visibly selected, in whichever box it is

    @Slot(str)
    def _on_copied(self, jotting: str) -> None:
        """Add a private jotting to what else they said, unless it is there already; the jotting stays what it is."""
        if self.rec is None:
            return
        box = self.boxes[NOTES]
        box.editor.commit()
        text = added_to(box.editor.toPlainText(), jotting)
        if self._page.record(answer_line(self.rec.id, NOTES, text)) is not None:
            self._page.notify(
                _("Copied to the notes of {id}, which the other reviewers can read.", id=self.rec.id),
                "met",
            )

    @Slot()
    def _on_selection(self) -> None:
        editor = self.sender()
        box = editor.parent() if editor is not None else None
        if isinstance(box, PromptBox) and box.selected():
            self.last_box = box
            if self.rec is not None and self.rec.key not in self._hinted and self.rec.consent_quotes is not False:
                self._hinted.add(self.rec.key)
                self._page.notify(_("Ctrl+Q keeps the selected words as a quote."), "info")

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Quotes shown below make the form lower; the focused note stays in view.
        super().resizeEvent(event)
        self.guide.set_room(self.viewport().height())
        here = self.window().focusWidget()
        if event.size().height() < event.oldSize().height() and here is not None and self.isAncestorOf(here):
            self.ensureWidgetVisible(here)

    @Slot()
    def _on_settled(self) -> None:
        if self.rec is not None and self.rec.consent_notes:
            next(iter(self.boxes.values())).editor.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        if self.rec is not None:
            self._page.leave()
            name = self.rec.id
            if (
                self._page.record(Interview(id=self.rec.id, deleted=True), name=_("removal of {name}", name=name))
                is not None
            ):
                self._page.notify(
                    _("{name} was removed with its notes and quotes. You can undo this.", name=name), "info"
                )

    @Slot()
    def _on_withdraw(self) -> None:
        if self.rec is not None:
            self.withdrawing.ask("interview", self.rec.key)

    @Slot()
    def _on_paper(self) -> None:
        form = self._group
        path = choose_save_file(self, _("Save a paper form"), f"interview-sheet-{form}.pdf", _("PDF (*.pdf)"))
        if path is not None:
            self._page.run(
                _("Making the paper form"),
                PaperSheet(self._page.state.instrument, form, path),
                partial(self._on_paper_done, path),
            )

    def _on_paper_done(self, path: Path, name: object) -> None:
        words = _("The blank form is saved as {name}. It contains nothing from this visit.", name=name)
        self._page.session.tell_saved(path, words)
