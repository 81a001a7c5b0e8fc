"""The notes pad of an interview: type freely while listening, then send each line to the question it belongs to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.visit.notes_pad import (
    NOTES,
    SortedTwice,
    in_versions,
    keep_under,
    lines_of,
    lines_to_sort,
    put_together,
    sort_lines,
    under_several,
)
from reviewapp.visit.state import InterviewRecord
from ui.pages.interviews.prompt import answer_line
from ui.widgets import Banner, Button, Card, Text, column, row, tab_through
from ui.widgets.copied_rows import selected_rows
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewapp.visit.statements import Answer
    from ui.pages.base import Page

ABOUT = _(
    "Type freely while you listen, one thing on each line. Afterwards send each line to its question. What you do not "
    "sort stays with the notes of this interview, under “Anything else they said”."
)
HOW = _("Select lines, then a question and press Enter. Undo brings the lines back.")
VERSIONS = _(
    "This pad was sorted on two laptops. Put both together: every line stays, and each once.",
)
MOST_HIGH = 300


class NotesPad(Card):
    """The pad with the lists of its lines and of the questions; emits `sorted_lines` when lines went to a question."""

    sorted_lines = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rec: InterviewRecord | None = None
        self._bound = ""
        self._several: Sequence[SortedTwice] = ()
        self.setAccessibleName(_("Notes pad"))
        self.editor = page.draft(_("Notes pad"), placeholder=_("What did they say?"), rows=7, most=14)
        self.versions, self.twice = Banner(), Banner()
        self.together = Button(_("Put both together"), "together")
        self.together.clicked.connect(self._on_together)
        self.versions.add(self.together)
        self.keep = [Button("", "check"), Button("", "check")]
        for place, button in enumerate(self.keep):
            button.setProperty("place", place)
            button.clicked.connect(self._on_keep)
            self.twice.add(button)
        self.editor.edited.connect(self._show_lines)
        self.lines = StatusList(_("Lines to sort"), most=MOST_HIGH)
        self.lines.installEventFilter(self)
        self.lines.activated.connect(self._on_line)
        self.lines.selectionModel().selectionChanged.connect(self._on_selected)
        self.questions = StatusList(_("Questions"), most=MOST_HIGH)
        self.questions.installEventFilter(self)
        self.questions.doubleClicked.connect(self.send_lines)
        self.how = Text("", "muted")
        self.send = Button(_("Send to this question"), "arrow_right", "primary")
        self.send.clicked.connect(self.send_lines)
        self.sides = QWidget()
        sides = row(
            column(Text(_("Lines to sort"), "strong"), self.lines, None, gap=1),
            column(Text(_("Questions"), "strong"), self.questions, None, gap=1),
            gap=3,
        )
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        self.sides.setLayout(sides)
        self.add(
            Text(_("Notes pad"), "heading"), Text(ABOUT, "muted"), self.editor, self.versions, self.twice, self.how,
            self.sides, row(self.send, None),
        )  # fmt: skip
        tab_through(self.editor, self.together, *self.keep, self.lines, self.questions, self.send)

    def show_interview(self, rec: InterviewRecord, why_not: str) -> None:
        """Show the pad of an interview, or update the same one; `why_not`: why nothing may be written, else empty."""
        state = self._page.state
        fresh = self._rec is None or self._rec.key != rec.key
        self._rec = rec
        answer = state.answers.get(f"{rec.id}/{NOTES}/{rec.person}")
        text = answer.text if answer is not None else ""
        bound = rec.key if not why_not or text else ""
        if fresh or bound != self._bound:
            self._bound = bound
            self.editor.bind(partial(answer_line, rec.id, NOTES) if bound else None, text)
        else:
            self.editor.refresh(text)
        self.editor.setPlaceholderText(why_not or _("What did they say?"))
        self._show_questions(rec)
        self._show_lines()
        self.versions.set_text(VERSIONS if in_versions(state, rec.key) else "", "warn", "differ")
        self._several = under_several(state, rec.key)
        self._show_twice()

    @Slot()
    def _show_lines(self) -> None:
        """List the lines to sort, also those that are just being typed; without any there is nothing to choose."""
        if self._rec is None:
            return
        typed = self.editor.waiting and not in_versions(self._page.state, self._rec.key)
        lines = lines_of(self.editor.toPlainText()) if typed else lines_to_sort(self._page.state, self._rec.key)
        rows = [StatusRow(f"{number}", line, icon="dash") for number, line in enumerate(lines)]
        if rows != self.lines.told.rows:
            self.lines.show_rows(rows)
        self.how.setText(HOW if lines else _("Nothing to sort yet."))
        self.sides.setVisible(bool(lines))
        self.send.setVisible(bool(lines))
        self._on_selected()

    def _show_questions(self, rec: InterviewRecord) -> None:
        state = self._page.state
        guide = state.instrument.guide(rec.group)
        noted = {one.prompt for one in state.answers.values() if one.interview == rec.key and one.text.strip()}
        self.questions.show_rows([
            StatusRow(
                prompt.id, f"{prompt.id}  {prompt.text}", icon="check" if prompt.id in noted else "circle",
                tone="met" if prompt.id in noted else "na", state=_("has notes") if prompt.id in noted else "",
            )
            for prompt in (guide.prompts if guide else ())
        ])  # fmt: skip

    def _show_twice(self) -> None:
        """Ask about the first line that stands under more than one question."""
        first = next(iter(self._several), None)
        words = (
            _("“{line}” is under more than one question. Which one should keep it?", line=first.line) if first else ""
        )
        self.twice.set_text(words, "warn", "differ")
        for place, button in enumerate(self.keep):
            there = first is not None and place < len(first.prompts)
            button.setVisible(there)
            if first is not None and there:
                button.setText(_("Keep under {prompt}", prompt=first.prompts[place]))

    def chosen_lines(self) -> list[str]:
        """The lines that are selected, in their order."""
        return [self.lines.told.rows[place].title for place in selected_rows(self.lines)]

    @Slot()
    def send_lines(self) -> None:
        """Send the selected lines to the chosen question; the next line is selected."""
        rec, prompt, lines = self._rec, self.questions.chosen_key(), self.chosen_lines()
        if rec is None or not prompt or not lines or not self._page.writable:
            return
        self.editor.commit()
        first = min(selected_rows(self.lines))
        try:
            made = sort_lines(self._page.state, rec.key, lines, prompt)
        except ReviewError as error:
            self._page.notify(error, "not_met")
            return
        if not self._record(made, _("sorting of notes to {prompt}", prompt=prompt)):
            return
        told = plural("{n} line went to {prompt}.", "{n} lines went to {prompt}.", len(lines), prompt=prompt)
        self._page.notify(told, "met")
        left = len(self.lines.told.rows)
        if left:
            self.lines.setCurrentIndex(self.lines.told.index(min(first, left - 1)))
            self.lines.setFocus()
        else:
            self.editor.setFocus()
        self.sorted_lines.emit()

    def _record(self, lines: Sequence[Answer], name: str) -> bool:
        return self._page.record(*lines, name=name) is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter leads from the lines to the questions, and there sends the lines.
        enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
        )
        if enter and watched is self.lines:
            self._on_line()
            return True
        if enter and watched is self.questions:
            self.send_lines()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_line(self) -> None:
        if self.chosen_lines():
            if not self.questions.chosen_key() and self.questions.told.rows:
                self.questions.setCurrentIndex(self.questions.told.index(0))
            self.questions.setFocus()

    @Slot()
    def _on_selected(self) -> None:
        some = "" if self.lines.told.rows else _("No line is left to send.")
        usable(self.send, only_read(self._page.writable) or some)

    @Slot()
    def _on_together(self) -> None:
        if self._rec is not None:
            self.editor.commit()
            self._record(put_together(self._page.state, self._rec.key), _("putting two laptops' notes together"))

    @Slot()
    def _on_keep(self) -> None:
        button = self.sender()
        if self._rec is None or not self._several or button is None:
            return
        one = self._several[0]
        prompt = one.prompts[int(button.property("place"))]
        made = keep_under(self._page.state, self._rec.key, one.line, prompt)
        self._record(made, _("keeping a line under {prompt}", prompt=prompt))
