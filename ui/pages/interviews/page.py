"""Interviews: the people spoken to, their consent, the notes, and their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.conversations import quotes_by_interview
from reviewapp.visit.labels import letter
from reviewapp.visit.statements import Interview
from ui.pages.base import Page
from ui.pages.interviews.concern import ConcernView
from ui.pages.interviews.form import InterviewForm
from ui.pages.interviews.mine import MinePane
from ui.pages.interviews.quotes import QuotePanel
from ui.pages.interviews.reading import ReadingView
from ui.pages.interviews.side import InterviewsSide
from ui.pages.shared.concerns import concerns_without_told
from ui.theme import space, theme
from ui.widgets import EmptyState, column, tab_through
from ui.widgets.panes import Panes

if TYPE_CHECKING:
    from reviewapp.visit.state import InterviewRecord
    from reviewapp.workspace.open_visit import Change

TWO_PANES = 770
PAUSE_MS = 5
"""Pause between what is shown first and what follows, for keys and painting."""


class InterviewsPage(Page):
    """The list on the left, one interview on the right with its quotes beside it."""

    TITLE = _("Interviews")
    SHOWS = frozenset(("interview", "answer", "quote", "concern", "asks", "person", "visit", "settled"))
    HELP = _(
        "Everyone you interview has a letter and a number: P1, C1, S1. Never write a name.\n\nSelect New interview, "
        "then the group: the questions for that group appear. Ask for consent first. You can only take notes once "
        "the person has agreed to notes. Each question shows which standards it covers and how many people have "
        "answered it. Questions with enough answers are paler, so that nobody is asked twice without need.\n\nTo "
        "type while you listen, select Notes pad: write one thing on each line, and send each line to its question "
        "afterwards. Tick “Stay open during this interview” so that the program does not lock while you listen.\n\n"
        "To keep someone's own words, select them in your notes and press Ctrl+Q. The quote is tied to the standards "
        "of the question. You can change its words, its tone and its standards.\n\nThe other reviewers can read "
        "your notes; the report prints only quotes. For notes to yourself, use the private jotting at the end: it "
        "stays on this laptop.\n\nIf someone withdraws what they said, select Withdraw. Their words are erased "
        "here, in the backups on this laptop, and on every laptop that imports your work. A quote is withdrawn with "
        "the interview it belongs to now. You cannot undo this. Files saved elsewhere before are listed: find and "
        "destroy those yourself.\n\nIf someone may be at risk, select “Immediate concern” (Ctrl+Shift+I on every page) "
        "and tell the person in charge at once."
    )

    def build(self) -> None:
        """Create the list and the pane for my interviews; the other views are created when first used."""
        self._narrow = self._revealed = False
        self._chosen = ""
        self._sized_for = 0
        # Each is created within its parent; reparented later, all of it would be styled once more.
        self.splitter = Panes(Qt.Orientation.Horizontal, self)
        self.setLayout(column(self.splitter, gap=0))
        self.splitter.setHandleWidth(space(1))
        self.side = InterviewsSide(self, self.splitter)
        self.stack = QStackedWidget(self.splitter)
        self.mine = MinePane(self, self.stack)
        self.empty = EmptyState(
            "interviews",
            _("No interviews yet"),
            _(
                "Select New interview and choose who you are talking to. First ask for consent, then the questions "
                "for that group."
            ),
        )
        for view in (QWidget(self.stack), self.empty, self.mine):
            self.stack.addWidget(view)
        self._reading: ReadingView | None = None
        self._concerns: ConcernView | None = None
        for view in (self.side, self.stack):
            self.splitter.addWidget(view)
        self.tie_to_list(self.stack, self.side.list)
        self.splitter.setStretchFactor(1, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._connect()

    def _connect(self) -> None:
        self.side.chosen.connect(self._on_chosen)
        self.side.opened.connect(self._on_opened)
        self.side.entered.connect(self._on_entered)
        self.side.begun.connect(self._on_begun)
        self.side.urgent_wanted.connect(self._on_urgent)
        self.mine.back_wanted.connect(self._on_back)
        self._later.timeout.connect(self._on_later)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_new)
        theme().changed.connect(self._on_themed)

    @property
    def form(self) -> InterviewForm:
        """The form for my interviews, with what was postponed shown."""
        self._show_postponed()
        return self.mine.form

    @property
    def quotes(self) -> QuotePanel:
        """The panel of quotes, with what was postponed shown."""
        self._show_postponed()
        return self.mine.quotes

    @property
    def reading(self) -> ReadingView:
        """The view for another reviewer's interview; created when first used."""
        if self._reading is None:
            self._reading = ReadingView(self, self.stack)
            self._reading.back.setVisible(self._narrow)
            self._add(self._reading)
        return self._reading

    @property
    def concerns(self) -> ConcernView:
        """The view for immediate concerns; created when first used."""
        if self._concerns is None:
            self._concerns = ConcernView(self, self.stack)
            self._add(self._concerns)
        return self._concerns

    def _add(self, view: ReadingView | ConcernView) -> None:
        view.back_wanted.connect(self._on_back)
        self.stack.addWidget(view)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Set the tab order: the list, then the views beside it."""
        views = (self.side, *self.mine.parts(), self._reading, self._concerns)
        tab_through(*(view for view in views if view is not None))

    @property
    def _in_concerns(self) -> bool:
        return self._concerns is not None and self.stack.currentWidget() is self._concerns

    def refresh(self, change: Change | None) -> None:
        """Show the current list, and the interview or the concerns in view."""
        reset = self.side.refresh()
        here = self.side.model.find(self._chosen).isValid()
        if reset and here:
            self.side.select(self._chosen)
        elif not here:
            rows = self.side.model.rows
            self._chosen = rows[0].rec.key if rows else ""
            self.side.select(self._chosen)
        if self._in_concerns:
            self.concerns.refresh()
        elif change is None and not self.mine.ready and self._is_mine():
            self.stack.setCurrentIndex(0)
            self._later.start()  # the list is painted first
        else:
            self._show_chosen()
        if change is None or self._in_concerns:
            self._set_tab_order()

    def place(self) -> dict[str, str]:
        """The interview in view, or the concerns."""
        if self._in_concerns:
            return {"concern": "all"}
        return {"interview": self._chosen} if self._chosen else {}

    def reveal(self, place: dict[str, str]) -> None:
        """Show a new interview, an existing one, a question of a group's guide, a quote, or a concern."""
        self._revealed = True
        if "new" in place:
            self._on_new()
            return
        if "concern" in place:
            self._open_concerns(place["concern"], place.get("interview", ""))
            return
        quote = self.state.quotes.get(place.get("quote", ""))
        key = quote.interview if quote else place.get("interview", "") or self.side.latest(place.get("group", ""))
        if key in self.state.interviews and not self.side.model.find(key).isValid():
            self.side.only_mine.setChecked(False)
        if not self.side.model.find(key).isValid():
            if place.get("group"):
                self._show_pane(detail=False)
                self.side.show_groups(True, place["group"])
            return
        self._open(key)
        if quote is not None and quote.person == self.visit.me:
            self.mine.show_quotes(True)
            self.quotes.choose(quote.key)
        if "prompt" in place:
            self.form.show_prompt(place["prompt"])

    def start_focus(self) -> QWidget | None:
        """The widget focused by a link, else the list, or the button for a new interview."""
        here = self.window().focusWidget() if self._revealed else None
        self._revealed = False
        # Not in another reviewer's interview: nothing can be typed there, and the first button would be Withdraw.
        reading = self._reading is not None and here is not None and self._reading.isAncestorOf(here)
        if here is not None and self.isAncestorOf(here) and not reading:
            return here
        return self.side.list if self.side.model.rows else self.side.new

    def _is_mine(self) -> bool:
        rec = self.chosen()
        return rec is not None and rec.person == self.visit.me

    def chosen(self) -> InterviewRecord | None:
        """The interview in view; None if there is none."""
        return self.state.interviews.get(self._chosen)

    def _show_postponed(self) -> None:
        """Show at once what was postponed until after the list."""
        if self._later.isActive():
            self._later.stop()
            if self.session.visit is not None:
                self._show_chosen()

    def preparations(self) -> Iterator[Callable[[], object]]:
        """The form and the quotes."""
        while not self.mine.ready:
            yield self.mine.make_more
        yield from self.mine.form.guide.preparations()
        yield lambda: quotes_by_interview(self.state)

    @Slot()
    def _on_later(self) -> None:
        if self.session.visit is None:  # closed meanwhile
            return
        rec = self.chosen()
        if self.mine.ready and (self.stack.currentWidget() is self.mine or rec is None or not self._is_mine()):
            self._show_chosen()
            return
        if self.mine.ready and rec is not None:
            self.mine.form.show_interview(rec)
            self.stack.setCurrentWidget(self.mine)
        else:
            self.mine.make_more()
        self._later.start()

    def _show_chosen(self) -> None:
        self._later.stop()
        rec = self.chosen()
        if rec is None:
            self.session.stay_open.end()
            self.stack.setCurrentWidget(self.empty)
        elif rec.person == self.visit.me:
            self.mine.show_interview(rec)
            self.stack.setCurrentWidget(self.mine)
        else:
            self.reading.show_interview(rec, self.state)
            self.stack.setCurrentWidget(self.reading)

    def _show_interview(self, key: str) -> bool:
        """Commit the drafts and show another interview; False if some draft cannot be saved, and nothing changes."""
        if key != self._chosen and not self.mine.commit_all():
            self.side.select(self._chosen)
            return False
        self._chosen = key
        self.side.select(key)
        self._show_chosen()
        return True

    def _open(self, key: str) -> None:
        if self._show_interview(key):
            self._show_pane(detail=True)

    def _open_concerns(self, key: str, interview: str = "") -> None:
        self._later.stop()
        self.stack.setCurrentWidget(self.concerns)
        self.concerns.refresh()
        self._show_pane(detail=True)
        if key == "new":
            rec = self.state.interviews.get(interview)
            self.concerns.begin_another(interview if rec is not None and rec.person == self.visit.me else "")
        else:
            self.concerns.show_concern(key)

    @Slot()
    def _on_new(self) -> None:
        if self.writable:
            self._show_pane(detail=False)
            self.side.show_groups(True)

    @Slot(str)
    def _on_begun(self, group: str) -> None:
        number = self.visit.next_id("interview", letter(group))
        line = Interview(id=number, group=group)  # type: ignore[arg-type]
        if self.record(line, name=_("new interview {number}", number=line.id)) is not None:
            self._open(f"{number}/{self.visit.me}")
            self.form.first().setFocus()
            self.notify(_("New interview: {title}", title=self.form.title.text()))

    @Slot()
    def _on_urgent(self) -> None:
        waiting = concerns_without_told(self.state)
        self._open_concerns(waiting[0].key if waiting else "new")

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if key != self._chosen or self._in_concerns:
            self._show_interview(key)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._open(key)

    @Slot(str)
    def _on_entered(self, key: str) -> None:
        self._open(key)
        if self.chosen() is not None and self._chosen == key:
            (self.form.first() if self._is_mine() else self.reading.first()).setFocus()

    @Slot()
    def _on_back(self) -> None:
        self.show_list(self.side.list)
        self.side.list.setFocus()

    def back_to_list(self) -> bool:
        """From quotes that cover the notes to the notes; from there to the list."""
        here = self.window().focusWidget()
        if here is not None and self.mine.isAncestorOf(here) and self.mine.quotes_cover_notes():
            self.mine.back_to_notes()
            return True
        return super().back_to_list()

    def show_list(self, chosen_in: QWidget) -> None:
        """Show the list in a narrow window, and the interview in place of the concerns."""
        self._show_chosen()
        self._show_pane(detail=False)
        self.side.show_groups(False)

    def _show_pane(self, *, detail: bool) -> None:
        if self._narrow:
            self.side.setVisible(not detail)
            self.stack.setVisible(detail)

    def _apply_width(self) -> None:
        narrow = self.width() < theme().px(TWO_PANES)
        if narrow != self._narrow:
            self._narrow = narrow
            here = self.window().focusWidget()
            reading = here is not None and self.stack.isAncestorOf(here)
            self.side.setVisible(not (narrow and reading))
            self.stack.setVisible(reading or not narrow)
            if self._reading is not None:
                self._reading.back.setVisible(narrow)
        room = min(theme().px(270), round(self.width() * 0.34))
        if not narrow and self._sized_for != room:
            self._sized_for = room
            self.splitter.setSizes([room, self.width() - room])
        self.mine.apply_width(self.width(), narrow=narrow)

    @Slot()
    def _on_themed(self) -> None:
        self._apply_width()

    def finish(self) -> None:
        """Show every question of the interview in view at once."""
        self._show_postponed()
        self.mine.finish()

    def hideEvent(self, event: QHideEvent) -> None:
        # Another page, or none: the interview is over as far as the program can tell. A minimised window is not that.
        super().hideEvent(event)
        if not event.spontaneous():
            self.session.stay_open.end()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab must not skip questions that are still to be shown.
        self.finish()
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()
