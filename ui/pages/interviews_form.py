"""One of my conversations: consent, then the questions of the guide with room for what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewapp.visit.evidence import Evidences, Heard
from reviewapp.visit.lines import Interview
from reviewapp.visit.state import InterviewRec
from ui.files import choose_save_file
from ui.pages.interviews_consent import ConsentCard
from ui.pages.interviews_guide import GuideSheet
from ui.pages.interviews_paper import PaperSheet
from ui.pages.interviews_prompt import NOTES, PromptBox, Saying
from ui.pages.interviews_withdraw import WithdrawCard
from ui.pages.interviews_words import GROUPS, circumstances, count
from ui.theme import space
from ui.widgets import Button, FlowLayout, Scroll, Text, column, row

if TYPE_CHECKING:
    from ui.pages.base import Page


KEPT = 2
"""The questions of so many groups stay made; each takes 4 MB."""


class InterviewForm(Scroll):
    """`quote_wanted(box)`, `quotes_wanted` (show them), `back_wanted`, `removed(key)`."""

    quote_wanted = Signal(object)
    quotes_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(margin=6, gap=4, width=space(220))
        self._page = page
        self.rec: InterviewRec | None = None
        self._group = ""
        self._guides: dict[str, GuideSheet] = {}
        self.boxes: dict[str, PromptBox] = {}
        self.last_box: PromptBox | None = None
        self.back = Button("Everybody spoken to", "arrow_left", "quiet")
        self.back.clicked.connect(self.back_wanted)
        self.title = Text("", "title")
        self.about = Text("", "muted")
        self.quotes = Button("Quotes", "quote", "quiet")
        self.quotes.clicked.connect(self.quotes_wanted)
        self.paper = Button("Print a paper sheet…", "printer", "quiet")
        self.paper.clicked.connect(self._on_paper)
        self.remove = Button("Remove", "bin", "quiet", tip="Remove this conversation; Undo brings it back")
        self.remove.clicked.connect(self._on_remove)
        self.withdraw = Button("Withdraw…", "eye_off", "quiet", tip="When the person takes back what they said")
        self.withdraw.clicked.connect(self._on_withdraw)
        self.withdrawing = WithdrawCard(page)
        self.consent = ConsentCard(page)
        self.consent.settled.connect(self._on_settled)
        self.prompts = QVBoxLayout()
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=1)
        for button in (self.quotes, self.paper, self.remove, self.withdraw):
            flow.addWidget(button)
        head = column(row(self.back, None), self.title, self.about, buttons, gap=1)
        self.add(head, self.withdrawing, self.consent, self.prompts, None)
        self.back.hide()

    def show_interview(self, rec: InterviewRec, index: Evidences) -> bool:
        """Another conversation, or the same with more known; returns whether questions were made for it."""
        state, page = self._page.state, self._page
        fresh = self.rec is None or self.rec.key != rec.key
        self.rec = rec
        made = rec.group != self._group and self._show_guide(rec.group)
        self.title.setText(f"{rec.id} · {GROUPS.get(rec.group, rec.group)}")
        self.about.setText(circumstances(rec))
        quotes = sum(1 for q in state.quotes.values() if q.interview == rec.key)
        self.quotes.setText(count(quotes, "quote") if quotes else "Quotes")
        self.quotes.setAccessibleName(f"Show the quotes of {rec.id}")
        self.remove.setText(f"Remove {rec.id}")
        self.remove.setAccessibleName(f"Remove {rec.id}")
        self.remove.setEnabled(page.writable)
        self.withdraw.setAccessibleName(f"Withdraw {rec.id}")
        self.withdraw.setEnabled(page.writable)
        self.withdrawing.look_again(rec.key)
        self.consent.show_interview(rec, state, writable=page.writable)
        heard, why_not = index.heard(), self._why_not(rec)
        for prompt_id, box in self.boxes.items():
            answer = state.answers.get(f"{rec.id}/{prompt_id}/{rec.person}")
            asks = state.asks.get(prompt_id)
            box.show_saying(
                rec.key,
                Saying(
                    answer.text if answer else "",
                    heard.get(prompt_id, Heard(count=0, target=0)),
                    asks.who if asks else (),
                    page.desk.me,
                    why_not,
                ),
            )
        if fresh:
            self.last_box = None
            self.verticalScrollBar().setValue(0)
        return made

    def _why_not(self, rec: InterviewRec) -> str:
        if rec.consent_notes is None:
            return "Ask first whether you may write it down (above)"
        return "" if rec.consent_notes else f"{rec.id} did not agree to notes: keep none"

    def _show_guide(self, group: str) -> bool:
        """The questions of a group; those of the group before stay, for making takes long. Whether they were made."""
        if self._group in self._guides:
            self._guides[self._group].put_away()
        guide = self._guides.pop(group, None)
        made = guide is None
        if guide is None:
            guide = GuideSheet(self._page, group, self._on_quote_wanted, self._on_selection)
            self.prompts.addWidget(guide)
        self._guides[group] = guide  # the last one used is the last one let go
        if len(self._guides) > KEPT:
            self._guides.pop(next(iter(self._guides))).let_go()
        self._group, self.boxes = group, guide.boxes
        guide.show()
        return made

    def show_prompt(self, prompt_id: str) -> None:
        """Bring a question into view and go to its box."""
        box = self.boxes.get(prompt_id)
        if box is not None:
            content = self.widget()
            layout = content.layout() if content is not None else None
            if layout is not None:
                layout.activate()
            self.ensureWidgetVisible(box)
            box.editor.setFocus()

    def first(self) -> QWidget:
        """Where the keyboard begins: the first unanswered question of consent, or the first box."""
        for question in self.consent.questions:
            if self.rec is not None and getattr(self.rec, question.field) is None:
                return question.yes
        return next(iter(self.boxes.values())).editor

    @Slot(object)
    def _on_quote_wanted(self, box: PromptBox) -> None:
        self.last_box = box
        self.quote_wanted.emit(box)

    @Slot()
    def _on_selection(self) -> None:
        editor = self.sender()
        box = self.boxes.get(str(editor.property("prompt")) if editor is not None else NOTES)
        if box is not None and box.selected():
            self.last_box = box

    @Slot()
    def _on_settled(self) -> None:
        if self.rec is not None and self.rec.consent_notes:
            next(iter(self.boxes.values())).editor.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        if self.rec is not None:
            self._page.leave()
            name = self.rec.id
            if self._page.record(Interview(id=name, deleted=True), name=f"removal of {name}") is not None:
                self._page.tell(f"{name} was removed with its notes and quotes. Undo brings it back.", "info")

    @Slot()
    def _on_withdraw(self) -> None:
        if self.rec is not None:
            self.withdrawing.ask("interview", self.rec.key)

    @Slot()
    def _on_paper(self) -> None:
        form = self._group
        path = choose_save_file(self, "Save a paper sheet", f"interview-sheet-{form}.pdf", "PDF (*.pdf)")
        if path is not None:
            self._page.run(
                "Making the paper sheet", PaperSheet(self._page.state.instrument, form, path), self._on_paper_done
            )

    def _on_paper_done(self, name: object) -> None:
        self._page.tell(f"The empty sheet is saved as {name}. Nothing from this visit is in it.", "met")
