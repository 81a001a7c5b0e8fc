"""Overview: progress of the visit, the next appointments, and the standards still untested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import EvidenceIndex
from reviewapp.figures.rounds import this_round
from reviewapp.visit.blind import seen_conflicts
from reviewapp.visit.state import VisitState
from ui.formats import long_date
from ui.labels import KINDS
from ui.pages.base import Page
from ui.pages.overview.alerts import concerns_words, conflicts_words, meeting_words, where_to_settle
from ui.pages.overview.asks import AsksPart
from ui.pages.overview.day import DayCard
from ui.pages.overview.documents_seen import DocumentsCard
from ui.pages.overview.facts import FactsCard
from ui.pages.overview.forecast import ForecastCard
from ui.pages.overview.help_text import HELP
from ui.pages.overview.intake import IntakePart
from ui.pages.overview.leading import LeadingCard
from ui.pages.overview.paperwork import PaperworkCard
from ui.pages.overview.progress import PeopleCard, ProgressCard
from ui.pages.overview.rounds import RoundsCard
from ui.pages.overview.score import SecondScoreCard
from ui.pages.overview.second_untested import SecondUntestedCard
from ui.pages.overview.typed_for import TypedForCard
from ui.pages.overview.untested import UntestedCard
from ui.pages.shared.clock import now
from ui.pages.shared.concerns import concerns_without_told
from ui.pages.shared.hidden_words import waiting_words
from ui.pages.shared.visit_pack_part import PackPart
from ui.theme import space, theme
from ui.widgets import Banner, Button, Card, Scroll, SectionHeading, column, tab_through
from ui.widgets.panes import scroll_into_view
from ui.widgets.usable import busy_reason, only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change

TWO_COLUMNS = 860
LATER_MS = 40
_DONE = object()
PREPARE = _("Import what the team sent, share out the questions and write the timetable. Then make the visit pack.")


def day_words(iso: str) -> str:
    """A date and its distance from today: `17 November 2026, in 3 days`."""
    try:
        days = (date.fromisoformat(iso) - now().date()).days
    except ValueError:
        return iso
    when = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(
        days, plural("in {n} day", "in {n} days", days) if days > 0 else plural("{n} day ago", "{n} days ago", -days)
    )
    return f"{long_date(iso)}, {when}"


def begun(state: VisitState) -> bool:
    """Whether any reviewer has recorded anything of the day itself."""
    return bool(state.interviews or state.case_notes or any(r.value is not None for r in state.ratings.values()))


class OverviewPage(Page):
    """Progress, timetable, team, forecast and untested standards; for the lead also the preparation of the visit."""

    TITLE = _("Overview")
    HELP = HELP

    def build(self) -> None:
        """Create the cards in one scrolling page; the visit is not read, for the page is built before one is open."""
        self.heading = SectionHeading(_("Overview"), " ", kind="title")
        self.urgent = Banner()
        self.see_urgent = Button(_("See immediate concerns"), "arrow_right")
        self.see_urgent.clicked.connect(self._on_urgent)
        self.urgent.add(self.see_urgent)
        self.conflicts, self.settle = Banner(), Banner()
        self.see_conflicts = Button(_("Go to Combine"), "arrow_right")
        self.see_conflicts.clicked.connect(self._on_conflicts)
        self.conflicts.add(self.see_conflicts)
        self.see_settle = Button(_("Go to Agree"), "arrow_right")
        self.see_settle.clicked.connect(self._on_settle)
        self.settle.add(self.see_settle)
        self.progress, self.people, self.leading = ProgressCard(self), PeopleCard(self), LeadingCard(self)
        self.typed_for = TypedForCard(self)
        self.day, self.forecast = DayCard(self), ForecastCard(self)
        self.untested, self.facts = UntestedCard(self), FactsCard(self)
        self.rounds, self.paperwork, self.documents = RoundsCard(self), PaperworkCard(self), DocumentsCard(self)
        self._second_score, self._second_untested = column(gap=0), column(gap=0)
        self.prepare: Card | None = None
        self._prepares_first: bool | None = None
        self._ordered: tuple[bool | None, int] = (None, 0)
        """Where the preparation stands, decided when the page is entered: nobody who works in it sees it jump."""
        self._middle_row = self._pair()
        self._before, self._after = QVBoxLayout(), QVBoxLayout()
        scroll = Scroll(margin=6, gap=4, width=space(330), parent=self)
        scroll.add(
            self.heading, column(self.urgent, self.conflicts, self.settle, gap=2), self._before, self.progress,
            self._middle_row, self.rounds, self.paperwork, self.documents, self.untested, self._second_untested,
            self.facts, self._after, None,
        )  # fmt: skip
        self.setLayout(column(scroll, gap=0))
        self._build_timer = QTimer(self)
        self._build_timer.setSingleShot(True)
        self._build_timer.timeout.connect(self._on_build)
        self._first_focus: QWidget | None = None
        self._scroll_target: QWidget | None = None
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setSingleShot(True)
        self._scroll_timer.timeout.connect(self._on_scroll)
        self._unbuilt: Iterator[None] | None = None
        """While it is not None: builds, step by step, the parts below the fold."""

    def _pair(self) -> QBoxLayout:
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        box.setSpacing(space(4))
        box.addLayout(column(self.day, self.people, self.leading, self.typed_for, None, gap=4), 3)
        box.addLayout(column(self.forecast, self._second_score, None, gap=4), 2)
        return box

    @cached_property
    def second_score(self) -> SecondScoreCard:
        """The total by the second set, made for a visit that has one."""
        made = SecondScoreCard(self)
        self._second_score.addWidget(made)
        return made

    @cached_property
    def second_untested(self) -> SecondUntestedCard:
        """What is untested by the second set, made for a visit that has one."""
        made = SecondUntestedCard(self)
        self._second_untested.addWidget(made)
        return made

    def _build_rest(self) -> Iterator[None]:
        """Build the parts below the top in steps short enough not to block the screen."""
        self.facts.refresh()
        yield
        intake = IntakePart(self)
        yield
        asks = AsksPart(self)
        yield
        self.intake, self.asks, self.pack = intake, asks, PackPart(self.session)
        self.prepare = Card()
        self.prepare.setAccessibleName(_("Preparing the visit"))
        self.prepare.body.setSpacing(space(4))
        self.prepare.add(SectionHeading(_("Preparing the visit"), PREPARE), self.intake, self.asks, self.pack)

    def refresh(self, change: Change | None) -> None:
        """Show the current state of the visit in every card."""
        state = self.state
        if self.prepare is None and self.visit.is_lead:
            self._unbuilt = self._unbuilt or self._build_rest()
            if not begun(state):
                self.finish()
        self.heading.set_note(f"{KINDS.get(state.info.kind, state.info.kind)} · {day_words(this_round(state).held)}")
        self._banners(state)
        self.progress.refresh()
        self.people.refresh()
        self.leading.refresh()
        self.typed_for.refresh()
        self.day.refresh()
        self.forecast.refresh()
        self.rounds.refresh()
        self.paperwork.refresh()
        self.documents.refresh()
        self.untested.refresh(EvidenceIndex(state))
        if state.also is not None or "second_score" in vars(self):
            self.second_score.refresh()
            self.second_untested.again()
        if self._unbuilt is None or self.facts.made:
            self.facts.refresh()
        self._refresh_prepare(state)

    def _refresh_prepare(self, state: VisitState) -> None:
        """Place and refresh the preparation card, then set the tab order of the whole page."""
        self._place_prepare(state)
        if self.prepare is not None:
            self.intake.refresh()
            self.asks.refresh()
            usable(self.pack.write, only_read(self.writable) or busy_reason(self.session.worker.busy))
        self._order_tabs()

    def _place_prepare(self, state: VisitState) -> None:
        if self._prepares_first is None:
            self._prepares_first = not begun(state)
        if self.prepare is not None:
            wanted = self._before if self._prepares_first else self._after
            if self.prepare.parent() is None or wanted.indexOf(self.prepare) < 0:
                wanted.addWidget(self.prepare)
            self.prepare.setVisible(self.visit.is_lead)  # who led before goes on as a reviewer

    def _order_tabs(self) -> None:
        """Set the tab order of the whole page, where the parts or their places are others than before."""
        parts = self._prepares_first, len(self.findChildren(QWidget))
        if parts == self._ordered:
            return
        self._ordered = parts
        first = [self.prepare] if self.prepare is not None and self._prepares_first else []
        last = [self.prepare] if self.prepare is not None and not self._prepares_first else []
        tab_through(
            self.urgent,
            self.conflicts,
            self.settle,
            *first,
            self.day,
            self.people,
            self.leading,
            self.typed_for,
            self.rounds,
            self.paperwork,
            self.documents,
            self.untested,
            *([self.second_untested] if "second_untested" in vars(self) else []),
            self.facts,
            *last,
        )

    def finish(self) -> None:
        """Build everything that is still missing at once; before the day, preparation is the first thing needed."""
        if self._unbuilt is not None:
            for __ in self._unbuilt:
                pass
            self._unbuilt = None
            self._refresh_prepare(self.state)

    @Slot()
    def _on_build(self) -> None:
        # The visit may have been closed meanwhile.
        if self._unbuilt is None or self.session.visit is None:
            return
        if next(self._unbuilt, _DONE) is not _DONE:
            self._build_timer.start(0)
            return
        self._unbuilt = None
        self._refresh_prepare(self.state)

    def _banners(self, state: VisitState) -> None:
        """Set the banners that ask for action, each with a button that leads to it."""
        text, tone = concerns_words(state)
        self.urgent.set_text(text, tone, "alert")
        torn = conflicts_words(self.visit, seen_conflicts(state, self.visit.me))
        self.conflicts.set_text(" ".join(part for part in (torn, waiting_words(self.visit)) if part), "warn", "differ")
        self.settle.set_text(meeting_words(state, lead=self.visit.is_lead), "warn", "differ")
        there, __ = where_to_settle(state)
        self.see_settle.setText(_("Go to Agree") if there == "agree" else _("Go to Standards"))

    def leave(self) -> None:
        """Commit drafts and the edits in short fields that were not left yet."""
        self.facts.commit()
        self.day.commit()
        self.rounds.commit()
        self.documents.commit()
        self.people.close_editor()
        self._prepares_first = None
        super().leave()

    def start_focus(self) -> QWidget | None:
        """During preparation the first step; otherwise the card that `reveal` has shown, or the heading.

        Not the first control, which may be far down the page, or on a deputy's laptop taking over: the page begins at
        its top.
        """
        begin, self._first_focus = self._first_focus, None
        preparing = self.prepare is not None and self._before.indexOf(self.prepare) >= 0
        return begin or (self.intake.first() if preparing else self.heading)

    def reveal(self, place: dict[str, str]) -> None:
        """Scroll to a `card` (`prepare`, `asks`, `day`, `people`, `documents` ...), or to one `document`."""
        card = place.get("card", "")
        if card in ("prepare", "asks") and self.visit.is_lead:
            self.finish()
        goals: dict[str, tuple[QWidget, QWidget]] = {
            "day": (self.day, self.day.add_button),
            "people": (self.people, self.people.change),
            "leading": (self.leading, self.leading.begin if self.leading.begin.isVisible() else self.leading.name),
            "rounds": (self.rounds, self.rounds.edit.head if self.visit.is_lead else self.rounds.first),
            "paperwork": (self.paperwork, self.paperwork.head),
            "untested": (self.untested, self.untested.table),
        }
        if self.state.also is not None:
            goals["second_untested"] = (self.second_untested, self.second_untested.table)
        if self.prepare is not None:
            goals |= {"prepare": (self.prepare, self.intake.first()), "asks": (self.asks, self.asks.show_button)}
        if card in goals:
            self._scroll_target, self._first_focus = goals[card]
            self._scroll_timer.start(0)  # after the layout has been applied
        if "document" in place or card == "documents":
            self._scroll_target, self._first_focus = self.documents, self.documents.show_document(place.get("document"))
            self._scroll_timer.start(0)
        if "sheet" in place and self.prepare is not None and self.writable:
            self.intake.take_file(place["sheet"], Path(place["file"]))

    @Slot()
    def _on_scroll(self) -> None:
        if self.session.visit is not None and self._scroll_target is not None:
            scroll_into_view(self._scroll_target)

    @Slot()
    def _on_urgent(self) -> None:
        waiting = concerns_without_told(self.state)
        self.session.show_page("interviews", {"concern": waiting[0].key if waiting else "all"})

    @Slot()
    def _on_conflicts(self) -> None:
        self.session.show_page("bring_together")

    @Slot()
    def _on_settle(self) -> None:
        self.session.show_page(*where_to_settle(self.state))

    def showEvent(self, event: QShowEvent) -> None:
        # Come back to, it is decided anew where the preparation stands.
        super().showEvent(event)
        if self._prepares_first is None and self.prepare is not None and self.session.visit is not None:
            self._place_prepare(self.state)
            self._order_tabs()

    def paintEvent(self, event: QPaintEvent) -> None:
        # The top has been painted; the rest may be built now.
        super().paintEvent(event)
        if self._unbuilt is not None and not self._build_timer.isActive():
            self._build_timer.start(LATER_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # One column where two do not fit.
        super().resizeEvent(event)
        wide = self.width() >= theme().px(TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._middle_row.setDirection(way)
        self.facts.apply_width()
