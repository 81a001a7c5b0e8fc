"""Bring together: write one's work to a file, join the others' files, see who is missing, settle conflicts."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.visit.blind import as_seen_by
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.withdrawal import may_survive
from ui.pages.base import Page
from ui.pages.bring_together.concerns import ConcernsBanner
from ui.pages.bring_together.conflicts import ConflictsCard
from ui.pages.bring_together.help_text import HELP
from ui.pages.bring_together.hidden import HiddenCard, HiddenDecision
from ui.pages.bring_together.jobs import PATTERN, IncomingFile, JoinJob, PreviewJob, WriteReturnJob, suggested_name
from ui.pages.bring_together.join_summary import LISTED, has_limits, joined_in_words
from ui.pages.bring_together.laptops import LaptopsCard, restored_in_words
from ui.pages.bring_together.matters import LaptopMatters
from ui.pages.bring_together.open_matters import still_open
from ui.pages.bring_together.people import joined_rows
from ui.pages.bring_together.receipts import ReceiptsPart, WriteReceiptsJob, held_in_words, receipt_name
from ui.pages.bring_together.saved import Outcome, Saved
from ui.pages.bring_together.team import TeamCard
from ui.pages.shared.conflict_choice import ConflictChoice
from ui.pages.shared.conflict_words import where_in_words
from ui.pages.shared.laptop_words import LaptopNames
from ui.pages.shared.participants import people_rows
from ui.pages.shared.run_change import run_change
from ui.pages.shared.words_line import LAPTOP, WordsLine
from ui.theme import space, theme
from ui.theme.icons import set_icon
from ui.widgets import Button, Card, FileDrop, FlowLayout, Scroll, SectionHeading, Text, column, row, tab_through
from ui.widgets.announce import announce
from ui.widgets.basics import restyle, sentence
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.panes import scroll_into_view
from ui.widgets.status_list import StatusList
from ui.widgets.taborder import let_go_of_keyboard, put_in_place
from ui.widgets.usable import busy_reason, only_read, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import Change
    from ui.pages.bring_together.decisions import LaptopDecision


class BringTogetherPage(Page):
    """Exchange of the visit by files only; nothing here uses a network."""

    TITLE = _("Combine")
    HELP = HELP

    def build(self) -> None:
        """Create the cards for writing and joining files, then conflicts, people and laptops."""
        self._previewed: dict[Path, IncomingFile] = {}
        self.urgent = ConcernsBanner(self.session)
        self._hidden, self._conflicts = column(gap=0), column(gap=0)
        self.team = TeamCard(self.session)
        self.laptops = LaptopsCard()
        self.matters = LaptopMatters(self.session)
        self.laptops.add(row(self.matters.again, None))
        self.matters.settled.connect(self._on_matters_settled)
        self.matters.filled.connect(self._order_tabs)
        self.laptops.decided.connect(self._on_decided)
        self._build_give()
        self._build_take()
        self._first_focus: QWidget | None = None
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(space(4))
        self.pair.addWidget(self.give, 2)
        self.pair.addWidget(self.take, 3)
        self.came = Card(_("Received so far"))
        self.came_list = StatusList(_("Received so far"), most=260)
        self.came.add(self.came_list)
        self.body = Scroll(width=space(290), parent=self)
        note = _("Encrypted files on a USB stick or in a shared folder. No network is used.")
        self.body.add(
            SectionHeading(_("Combine"), note, kind="title"),
            self.urgent,
            self.matters.concerns,
            self.pair,
            self.matters,
            self._hidden,
            self._conflicts,
            self.team,
            self.came,
            self.laptops,
            None,
        )
        self.setLayout(row(self.body, gap=0))

    @cached_property
    def conflicts(self) -> ConflictsCard:
        """What two laptops say differently, made with the first."""
        made = ConflictsCard()
        made.settled.connect(self._on_settled)
        self.tie_to_list(made, made.list, enter=True)
        self._conflicts.addWidget(made)
        return made

    @cached_property
    def hidden(self) -> HiddenCard:
        """What was asked to be withdrawn, made with the first."""
        made = HiddenCard()
        made.decided.connect(self._on_hidden_decided)
        self.tie_to_list(made, made.list, enter=True)
        self._hidden.addWidget(made)
        return made

    def _made(self) -> list[QWidget]:
        """The two cards, those of them that were needed so far."""
        return [getattr(self, name) for name in ("hidden", "conflicts") if name in vars(self)]

    def _build_give(self) -> None:
        self.give = Card(_("Give my work to the others"))
        self.give_words = Text("", "muted")
        self.own_words = WordsLine(
            LAPTOP, _("The lead sees the same words beside your work, and asks you to read them out the first time.")
        )
        self.give_button = Button(_("Save my work to a file…"), "save", "primary")
        self.give_button.clicked.connect(self._on_give)
        self.outcome = Outcome()
        self.outcome.asked.connect(self.notify)
        self.receipts = ReceiptsPart()
        self.receipts.wanted.connect(self._on_receipts)
        self.give.add(self.give_words, row(self.give_button, None), self.own_words, self.outcome, self.receipts, None)

    def _build_take(self) -> None:
        self.take = Card(_("Import the others' work"))
        self.drop = FileDrop(_("Drop the others' files here"), _("Choose files…"), PATTERN)
        self.drop.dropped.connect(self._on_dropped)
        self._looked = column(gap=0)
        self.join_button = Button(_("Add these"), "together", "primary")
        self.join_button.clicked.connect(self._on_join)
        self.forget_button = Button(_("Cancel"), kind="quiet", name=_("Remove these files without adding them"))
        self.forget_button.clicked.connect(self._on_forget)
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons)
        flow.addWidget(self.join_button)
        flow.addWidget(self.forget_button)
        self.asked_words, self.next_words = Text("", "muted"), Text("", "muted")
        self.to_agree = Button(_("Go to Agree"), "agree")
        self.to_agree.clicked.connect(self._on_agree)
        self.take.add(
            self.drop, self._looked, self.buttons, self.asked_words, self.next_words, row(self.to_agree, None), None
        )  # fmt: skip

    @cached_property
    def looked(self) -> StatusList:
        """The files that were dropped, made with the first."""
        made = StatusList(_("Files received"), most=300)
        put_in_place(made, self._looked, self.drop, before=self.buttons)
        return made

    def refresh(self, change: Change | None) -> None:
        """Show the current people, conflicts, laptops, and the files previewed so far."""
        visit = self.visit
        rows = people_rows(visit)
        self.team.show_team(visit, rows)
        self.urgent.show_concerns(visit)
        made = self._made()
        if visit.state.conflicts or "conflicts" in vars(self):
            self.conflicts.show_conflicts(visit)
        if visit.state.hidden or "hidden" in vars(self):
            self.hidden.show_requests(visit)
        if self._made() != made:
            self._order_tabs()
        self.matters.show_matters(visit, change)
        self.laptops.show_laptops(visit, self.matters.laptops)
        came = joined_rows(visit, LaptopNames(visit.state.people, self.matters.laptops))
        self.receipts.show_receipts(visit, came=bool(came), busy=self.session.worker.busy)
        self.came.setVisible(bool(came))
        self.came_list.show_rows(came)
        waited_for = [r.code for r in rows if r.missing and not r.closed]
        self._refresh_give(everybody=visit.is_lead and bool(came) and not waited_for)
        self._refresh_take(came=bool(came))

    def _refresh_give(self, *, everybody: bool) -> None:
        self.give.set_title(_("Give everyone the combined visit") if everybody else _("Give my work to the others"))
        self.give_words.setText(
            _(
                "Everyone's work is here. Save it to one file and give that to the other laptops, so that all of "
                "them have the whole visit."
            )
            if everybody
            else _(
                "Saves everything on this laptop to one encrypted file. Only laptops that have joined this visit "
                "can open it."
            )
        )
        self.give_button.setText(_("Save the combined visit to a file…") if everybody else _("Save my work to a file…"))
        self.give_button.setAccessibleName(self.give_button.text())
        self.give_button.setProperty("everybody", everybody)
        first = everybody or not (self.visit.is_lead or self._previewed)
        self._set_kind(self.give_button, "primary" if first else "plain")
        gets_away = self.writable or self.visit.place_is_read_only
        usable(self.give_button, only_read(gets_away) or busy_reason(self.session.worker.busy))
        self.own_words.set_words("" if self.visit.laptops.may_mark else self.visit.laptops.own_words())
        self.outcome.show_next(self.visit)

    def _set_kind(self, button: Button, kind: str) -> None:
        # Only one button of the page is primary: the next step.
        if button.property("kind") != kind:
            button.setProperty("kind", kind)
            set_icon(button, "save", "on_accent" if kind == "primary" else "text", 18)
            restyle(button)

    def _refresh_take(self, *, came: bool) -> None:
        looked = list(self._previewed.values())
        ready = [one for one in looked if one.ready]
        busy = self.session.worker.busy
        if looked or "looked" in vars(self):
            named = LaptopNames.of(self.visit) if looked else LaptopNames({})
            self.looked.show_rows([one.status_row(named) for one in looked])
            self.looked.setVisible(bool(looked))
        if not looked:
            let_go_of_keyboard(self.buttons)
        self.buttons.setVisible(bool(looked))
        self.join_button.setAccessibleDescription(self._looked_words())
        self.join_button.setText(
            _("Add this") if len(ready) == 1 else _("Add all {n}", n=len(ready)) if ready else _("Add")
        )
        some = "" if ready else _("None of these files can be added.")
        usable(self.join_button, only_read(self.writable) or busy_reason(busy) or some)
        usable(self.forget_button, busy_reason(busy))
        usable(self.drop, only_read(self.writable))
        self.next_words.setText(still_open(as_seen_by(self.state, self.visit.me)))
        self.next_words.setVisible(came and not looked)
        self.asked_words.setText(self.matters.open_in_words())
        self.asked_words.setVisible(bool(self.asked_words.text()) and not looked)
        self.to_agree.setVisible(came and not looked)

    def _looked_words(self) -> str:
        """What the list says of the files that were dropped, as far as one listens."""
        rows = self.looked.told.rows if self._previewed else []
        more = [_("{n} more are in the list.", n=len(rows) - LISTED)] if len(rows) > LISTED else []
        return " ".join([*(" ".join(row.words().split()) for row in rows[:LISTED]), *more])

    def reveal(self, place: dict[str, str]) -> None:
        """Select a conflict or a laptop, or preview files that were dropped or opened with the program."""
        if place.get("file"):
            self.drop.dropped.emit([Path(name) for name in place["file"].split("\0")])
        if place.get("conflict") and self.state.conflicts and self.conflicts.choose(place["conflict"]):
            self.body.ensureWidgetVisible(self.conflicts)
            self._first_focus = self.conflicts.list
        if place.get("hidden") and "hidden" in vars(self) and not self.hidden.isHidden():
            self.body.ensureWidgetVisible(self.hidden)
            self._first_focus = self.hidden.list
        if place.get("laptops"):
            self.body.ensureWidgetVisible(self.laptops)

    def start_focus(self) -> QWidget:
        """The button to bring in (lead) or to save (others); after a link to a conflict, the list of conflicts."""
        begin, self._first_focus = self._first_focus, None
        return begin or (self.drop.button if self.visit.is_lead else self.give_button)

    # Writing files -------------------------------------------------------------------------------------------

    @Slot()
    def _on_give(self) -> None:
        everybody = bool(self.give_button.property("everybody"))
        name = suggested_name(self.visit.me, everybody=everybody, today=today())
        path = choose_save_file(self, _("Where to save"), name, PATTERN)
        if path is not None:
            self.run_with_visit(
                _("Writing the file"), WriteReturnJob(path), self._on_saved, self._on_save_failed, writes=True
            )
            self.refresh(None)

    @Slot()
    def _on_receipts(self) -> None:
        path = choose_save_file(self, _("Where to save the receipts"), receipt_name(self.visit.me, today()), PATTERN)
        if path is not None:
            self.run_with_visit(
                _("Writing the receipts"),
                WriteReceiptsJob(path),
                self._on_receipts_saved,
                self._on_save_failed,
                writes=True,
            )
            self.refresh(None)

    def _on_receipts_saved(self, saved: Saved) -> None:
        self._on_saved(saved, receipts=True)

    def _on_saved(self, saved: Saved, *, receipts: bool = False) -> None:
        self.outcome.saved(saved, receipts=receipts)
        self.notify(_("Saved and checked: {path}", path=saved.path.name), "met")
        self.refresh(None)

    def _on_save_failed(self, error: ReviewError) -> None:
        self.outcome.failed(error)
        self.notify(_("Not saved. Your work is safe in the program"), "not_met")
        self.refresh(None)

    # Joining files -------------------------------------------------------------------------------------------

    @Slot(list)
    def _on_dropped(self, paths: list[Path]) -> None:
        if self.writable:
            self.run_with_visit(
                _("Reading the files"),
                PreviewJob(tuple(dict.fromkeys(paths))),
                self._on_previewed,
                cancel=True,
            )
            self.refresh(None)

    def _on_previewed(self, found: list[IncomingFile]) -> None:
        self._previewed.update({one.path: one for one in found})
        self.refresh(None)
        refused = next((one.path for one in found if not one.ready), None)
        if refused is not None:
            self.session.file_refused.emit(refused)
        if self.join_button.isEnabled():
            self.join_button.setFocus()
        else:
            announce(self.looked, self._looked_words(), urgent=True)

    @Slot()
    def _on_join(self) -> None:
        ready = tuple(path for path, one in self._previewed.items() if one.ready)
        self.run_with_visit(_("Adding"), JoinJob(ready), self._on_joined, self._on_join_failed, writes=True)
        self.refresh(None)

    def _on_joined(self, done: list[IncomingFile]) -> None:
        for one in done:
            self._previewed[one.path] = one
            if one.ready:
                del self._previewed[one.path]
        taken = [one for one in done if one.ready]
        returns = [one for one in taken if one.kind != "receipt"]
        known = {one.device for one in self.matters.laptops}
        self.session.bridge.reload(_("combining work"))
        self.session.bridge.saved.emit()
        if len(returns) < len(taken):
            self.notify(_("Receipt imported: {held}", held=held_in_words(self.visit.here.unreceipted()).lower()), "met")
        if returns:
            self._tell_joined(returns, [one for one in self.matters.laptops if one.device not in known])
        if self.focusWidget() is None:
            self.drop.button.setFocus()
        if len(taken) < len(done):
            self.notify(_("A file could not be added. The list says why"), "not_met")

    def _tell_joined(self, returns: list[IncomingFile], seen_first: list[LaptopStanding]) -> None:
        """Say what came in, and bring into view what cannot wait or is to be decided."""
        receipts = [one.receipt for one in returns]
        clocks = list(dict.fromkeys(sentence(one.clock) for one in returns if one.clock))
        named = LaptopNames(self.state.people, self.matters.laptops)
        told = joined_in_words(receipts, named, may_survive(self.visit))
        words = ". ".join([*restored_in_words(seen_first, named), told, *clocks])
        self.notify(words, "warn" if clocks or has_limits(receipts) else "met")
        # The button that was pressed is gone: the keyboard goes to what cannot wait, or is to be decided.
        urgent = next((part for part in (self.urgent, self.matters.concerns) if not part.isHidden()), None)
        goal = urgent.see if urgent is not None else self.matters.first()
        if goal is not None:
            goal.setFocus()
            scroll_into_view(urgent or goal)

    def _on_join_failed(self, error: ReviewError) -> None:
        # Files before the one that failed may have been joined.
        self.session.bridge.reload(_("combining work"))
        self.notify(error, "not_met")

    @Slot(object)
    def _on_hidden_decided(self, decision: HiddenDecision) -> None:
        if decision.answer == "withdraw":
            self.leave()
            self.session.worker.drain()  # what it reads or copies now would keep the words until it is done
        if run_change(self.session, partial(decision.carry_out, self.visit)) is not None:
            self.notify(decision.told(self.visit), "met")
            goal = self.hidden.list if not self.hidden.isHidden() else self.drop.button
            goal.setFocus()
            scroll_into_view(goal)

    @Slot()
    def _on_forget(self) -> None:
        self._previewed.clear()
        self.refresh(None)
        self.drop.button.setFocus()

    @Slot()
    def _on_matters_settled(self) -> None:
        self.drop.button.setFocus()
        scroll_into_view(self.drop)

    @Slot(object)
    def _on_decided(self, decision: LaptopDecision) -> None:
        self.matters.decide(decision)

    @Slot()
    def _order_tabs(self) -> None:
        """Set the order of Tab, in which what was made just now would come last."""
        tab_through(self.give, self.take, *self.matters.stops(), *self._made(), self.team, self.came, self.laptops)

    @Slot()
    def _on_agree(self) -> None:
        self.session.show_page("agree")

    # Settling conflicts --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_settled(self, chosen: ConflictChoice) -> None:
        conflict, where = chosen.conflict, where_in_words(chosen.conflict, self.state.people)
        call = partial(
            settle, self.visit, conflict.entity, conflict.key, conflict.field, entry=chosen.entry, value=chosen.value,
            reason=chosen.reason,
        )  # fmt: skip
        if run_change(self.session, call) is not None:
            self.notify(_("Version chosen: {where}. You can undo this.", where=where), "met")
            # The widget that had the focus went with the conflict.
            (self.conflicts.list if self.state.conflicts else self.to_agree).setFocus()

    # Layout --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(820)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.pair.direction() != direction:
            self.pair.setDirection(direction)
