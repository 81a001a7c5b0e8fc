"""Start: the visits on this laptop, and the ways to add one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import shiboken6
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.pages.base import Page
from ui.pages.start.card import BrokenCard, VisitCard
from ui.pages.start.check_visit import CheckVisit
from ui.pages.start.delete import DeleteVisit
from ui.pages.start.form import StartForm
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.order import ORDERS, WORTH_SORTING, in_order_of
from ui.pages.start.pack import TakePack, WritePack
from ui.pages.start.play_sample import PlaySample, Sample, visit_of_sample
from ui.pages.start.restore import RestoreBackup
from ui.pages.start.set_cards import SetCards
from ui.pages.start.teams import TeamsView
from ui.session.back_up import back_up
from ui.theme import space
from ui.widgets import (
    Button,
    CardButton,
    ErrorLine,
    FlowLayout,
    Scroll,
    SectionHeading,
    Text,
    clear,
    column,
    row,
    tab_through,
)
from ui.widgets.sorting import SortBox
from ui.widgets.taborder import let_go_of_keyboard
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import VisitSummary
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


def _new_set(session: Session) -> StartForm:
    from ui.pages.start.network.new_set import NewSet  # only an office needs what it loads

    return NewSet(session)


def _delete_set(session: Session) -> StartForm:
    from ui.pages.start.network.delete import DeleteSet

    return DeleteSet(session)


def _network(session: Session) -> StartForm:
    from ui.pages.start.network.view import NetworkView

    return NetworkView(session)


FORMS: dict[str, Callable[[Session], StartForm]] = {
    "new": NewVisit,
    "take": TakePack,
    "write_pack": WritePack,
    "restore": RestoreBackup,
    "look": CheckVisit,
    "delete": DeleteVisit,
    "teams": TeamsView,
    "network_new": _new_set,
    "network": _network,
    "network_delete": _delete_set,
}

LOOK_AROUND: dict[Sample, str] = {
    "peer_review": _("An invented visit with everything filled in, to explore."),
    "fidelity": _("An invented team over a year, on a scale of eight items: criteria, goals, what changed."),
}
FOR_OTHERS = _("To give to the other laptops, from the visit that is open.")
FOR_A_COLLEAGUE = _("For a colleague who has to start again: a new laptop, or a forgotten passphrase.")
NETWORK = _("For a network's office: many teams' reviews in one set, and a report on all of them.")
TEAMS = _("For anyone who follows several plans: next meetings, obstacles, and requests without an answer.")


class StartPage(Page):
    """The first page, also shown whenever no visit is open."""

    TITLE = _("Start")
    HELP = _(
        "These are the visits on this laptop. Open one to work on it.\n\nIf you lead a visit, select New visit and "
        "fill in the form. Then make the visit pack: a file for the other laptops, which opens with six words.\n\n"
        "If someone else leads, select Join a visit. You need the file and the six words from the lead. Before you "
        "say who you are, you see four check words: the lead's screen should show the same. If it shows other "
        "words, the standards were changed on the way, so do not start.\n\nIf someone has to start again, on "
        "another laptop or in another folder after forgetting a passphrase, they need the pack again. The lead can "
        "make it, and so can any laptop the lead has confirmed: select Make visit pack. It contains what the lead "
        "entered, and nobody else's work. Give them your own work as well, from Combine.\n\nMore, beside a visit, "
        "lets you check it for damage, save a backup, restore an earlier one, or delete the visit from this laptop. "
        "While a visit is open, a backup is also made automatically after each hour of work. These backups open on "
        "this laptop only, and are deleted with the visit. A backup that you save yourself opens anywhere, with "
        "this laptop's passphrase or recovery code. Words that were withdrawn do not return with an older "
        "backup.\n\nDeleting asks you first if nobody else is known to have the work on this laptop. The "
        "certificate says what was destroyed, and lists the files that were saved elsewhere.\n\nA new visit can "
        "start from an earlier one of the same team, on this laptop or in its carry-over file, so that you do not "
        "type everything again. You can also double-click a carry-over file. Teams side by side shows, for every "
        "visit here that has goals, the next meeting, what was cancelled, what is in the way, and what was asked "
        "and has no answer.\n\nNew network set is for the office of a network. A set has a key file, which you give "
        "to the leads. They save an extract under Report, For the network, and you add it to the set. There you see "
        "who has sent one, and how the teams compare (each is a dot, never ranked). You write the text of the "
        "report and save it, for everyone or for one team. What does not fit the set is kept and shown, but not "
        "counted.\n\nTry the sample shows an invented visit with everything filled in: a peer review, or the three "
        "fidelity reviews of one team over a year. Nothing you do there can harm a real visit."
    )

    def build(self) -> None:
        """Create the list of visits and the ways to begin; the forms are created when first used."""
        self._listed: tuple[str, list[VisitSummary]] | None = None
        """The visits that the list was built from, and which of them is open."""
        self._cards: list[QWidget] = []
        self._opened_from: QWidget | None = None
        """What had the keyboard on the list when a form was opened."""
        self.stack = QStackedWidget()
        self.home = Scroll(width=space(220), gap=4)
        self.heading = SectionHeading(_("Visits on this laptop"), kind="title")
        # In a widget of their own: screen readers follow the order of creation, and these are created again and again.
        self.sort_box = SortBox(self.session.settings, "visits", ORDERS, _("Newest visit first"))
        self.sort_box.currentIndexChanged.connect(self._on_sort)
        self.visits_box, self._visits = column(gap=2), QWidget()
        self._visits.setLayout(self.visits_box)
        self.none_yet = Text(_("There are no visits yet. Start with one of these."), "muted")
        self.new = CardButton(_("New visit"), _("You lead: say which service, when, and who takes part."), "plus")
        self.take = CardButton(
            _("Join a visit"), _("Someone else leads: they have given you a file and six words."), "open"
        )
        self.sample = CardButton(_("Try the sample: a peer review"), LOOK_AROUND["peer_review"], "play")
        self.programme = CardButton(_("Try the sample: three fidelity reviews"), LOOK_AROUND["fidelity"], "play")
        self._samples: dict[Sample, CardButton] = {"peer_review": self.sample, "fidelity": self.programme}
        self.pack = CardButton(_("Make visit pack"), FOR_OTHERS, "save")
        self.restore = Button(_("Restore a backup"), "restore", "quiet")
        self.teams = Button(_("Teams side by side"), "people", "quiet", tip=TEAMS)
        self.network = Button(_("New network set"), "building", "quiet", tip=NETWORK)
        self.sets = SetCards()
        self.error = ErrorLine()
        begin = column(self.pack, self.new, self.take, self.sample, self.programme, gap=2)
        heading = row(self.heading, self.sort_box)
        heading.setStretch(0, 1)
        self.home.add(heading, self.none_yet, self._visits, self.sets, Text(_("Get started"), "heading"), begin)
        more = QWidget()
        flow = FlowLayout(more)
        for button in (self.restore, self.teams, self.network):
            flow.addWidget(button)
        self.home.add(self.error, more, None)
        self.views: dict[str, StartForm] = {}
        self.stack.addWidget(self.home)
        self.setLayout(column(self.stack, gap=0))
        self._connect()

    def _connect(self) -> None:
        for name, button in (
            ("new", self.new),
            ("take", self.take),
            ("write_pack", self.pack),
            ("restore", self.restore),
            ("teams", self.teams),
            ("network_new", self.network),
        ):
            button.setProperty("view", name)
            button.clicked.connect(self._on_view)
        self.sets.asked.connect(self._on_asked)
        self.sample.clicked.connect(self._on_sample)
        self.programme.clicked.connect(self._on_programme)

    def refresh(self, change: Change | None) -> None:
        """Read the list of visits again when the page is shown; changes of the open visit do not affect it."""
        if change is not None:
            return
        laptop, visit = self.session.laptop, self.session.visit
        visits = in_order_of(laptop.visits() if laptop is not None else [], self.sort_box.by)
        self.sort_box.setVisible(len(visits) >= WORTH_SORTING)
        open_now = visit.id if visit is not None else ""
        # The date of the last change is shown only where a wrong clock gave it: it alone is no reason to build anew.
        told = open_now, [one if one.clock else msgspec.structs.replace(one, last_change="") for one in visits]
        self.pack.setVisible(visit is not None and visit.laptops.may_write_pack)
        if visit is not None:
            self.pack.text_.setText(FOR_OTHERS if visit.is_lead else FOR_A_COLLEAGUE)
            self.pack.setAccessibleDescription(self.pack.text_.text())
        if laptop is not None:
            self.sets.show_sets(laptop)
        if told != self._listed:
            self._list(told)
        tab_through(
            self.sort_box, *self._cards, self.sets, self.pack, self.new, self.take, self.sample, self.programme,
            self.error, self.restore, self.teams, self.network,
        )  # fmt: skip

    def _list(self, told: tuple[str, list[VisitSummary]]) -> None:
        """Make the cards of the visits anew."""
        open_now, visits = told
        self._listed = told
        clear(self.visits_box)
        self._cards = [self._card(visit_id, open_now) for visit_id in visits]
        for card in self._cards:
            self.visits_box.addWidget(card)
        self._visits.setVisible(bool(visits))
        self.none_yet.setVisible(not visits)
        self.teams.setVisible(bool(visits))

    def _card(self, visit: VisitSummary, open_now: str) -> QWidget:
        if visit.problem:
            broken = BrokenCard(visit)
            broken.asked.connect(self._on_asked)
            return broken
        card = VisitCard(visit, open_now=visit.id == open_now)
        card.opened.connect(self._on_open)
        card.asked.connect(self._on_asked)
        return card

    def start_focus(self) -> QWidget | None:
        """The first visit, or the first way to add one; None while a form is shown."""
        if self.stack.currentWidget() is not self.home:
            return None
        item = self.visits_box.itemAt(0)
        first = item.widget() if item is not None else None
        return first.card if isinstance(first, VisitCard) else self.new

    def back_to_list(self) -> bool:
        """Leave the open form for the list; False while the list is shown."""
        if self.stack.currentWidget() is self.home:
            return False
        self.reset_page()
        return True

    def reset_page(self) -> None:
        """Leave the open form for the list."""
        view = self.stack.currentWidget()
        if isinstance(view, StartForm):
            view.dismiss()

    def reveal(self, place: dict[str, str]) -> None:
        """Open a form: `{"view": "write_pack"}`, for some with a `visit` or a chosen `file`; "list" shows the list."""
        name = place.get("view", "")
        self.error.set_text(place.get("problem", ""))
        if name == "list":
            self._on_home()
        if name not in FORMS:
            return
        view = self.views.get(name) or self._form(name)
        self._show(view)
        view.show_for(place.get("visit", ""))
        if place.get("file"):
            view.take_file(Path(place["file"]))
        if place.get("after") and isinstance(view, NewVisit):
            view.earlier.choose(place["after"])
        if place.get("standards") and isinstance(view, NewVisit):
            view.bring.take_file(Path(place["standards"]))

    def _form(self, name: str) -> StartForm:
        """Create a form; called when it is first used."""
        view = FORMS[name](self.session)
        view.left.connect(self._on_home)
        view.arrived.connect(self._on_arrived)
        view.wanted.connect(self._on_asked)
        view.lost.connect(self._on_lost)
        self.views[name] = view
        self.stack.addWidget(view)
        return view

    @Slot()
    def _on_sort(self) -> None:
        self.refresh(None)

    @Slot()
    def _on_view(self) -> None:
        self.reveal({"view": str(self.sender().property("view"))})

    @Slot()
    def _on_home(self) -> None:
        self._show(self.home)
        self.refresh(None)
        before, self._opened_from = self._opened_from, None
        # The cards of visits are made anew when something of them has changed.
        still = before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled()
        focus = before if still else self.start_focus()
        if focus is not None:
            focus.setFocus()

    def _show(self, view: QWidget) -> None:
        shown = self.stack.currentWidget()
        if shown is not None and shown is not view:
            if shown is self.home:
                here = self.window().focusWidget()
                self._opened_from = here if here is not None and self.home.isAncestorOf(here) else None
            let_go_of_keyboard(shown)
        self.stack.setCurrentWidget(view)

    @Slot(str)
    def _on_lost(self, words: str) -> None:
        self.reveal({"view": "list", "problem": words})

    @Slot(str)
    def _on_open(self, visit: str) -> None:
        self._open(visit)

    @Slot(str, str)
    def _on_asked(self, action: str, visit: str) -> None:
        """Perform an action for a visit, requested by its menu or by a form."""
        if action == "backup":
            back_up(self, self.session, visit)
        elif action == "next":
            self.reveal({"view": "new", "after": visit})
        else:
            self.reveal({"view": action, "visit": visit})

    @Slot(str)
    def _on_arrived(self, visit: str) -> None:
        form = self.sender()
        self.stack.setCurrentWidget(self.home)
        self._open(visit, form.OPENS if isinstance(form, StartForm) else StartForm.OPENS)

    def _open(self, visit_id: str, page: str = StartForm.OPENS) -> None:
        self.error.set_text()
        visit = self.session.visit
        if visit is None or visit.id != visit_id:
            try:
                self.session.open_visit(visit_id)
            except ReviewError as error:
                self.refresh(None)
                self.error.set_text(error)
                return
            if page == StartForm.OPENS:
                return
        self.session.show_page(page)

    @Slot()
    def _on_sample(self) -> None:
        self._play("peer_review")

    @Slot()
    def _on_programme(self) -> None:
        self._play("fidelity")

    def _play(self, sample: Sample) -> None:
        """Open a sample that is here, else set it up first."""
        laptop = self.session.laptop
        if laptop is None:
            return
        here = visit_of_sample(sample, laptop.visits())
        if here:
            self._open(here)
            return
        for button in self._samples.values():
            usable(button, WAIT)
        self._samples[sample].text_.setText(_("Setting it up. It opens automatically in a few seconds."))
        job = PlaySample(laptop, self.session.home, sample)
        self.run(_("Preparing the sample"), job, self._on_sample_ready, self._on_sample_failed)

    def _on_sample_ready(self, visit: str) -> None:
        self._reset_sample_buttons()
        self._on_arrived(visit)

    def _reset_sample_buttons(self) -> None:
        for sample, button in self._samples.items():
            usable(button, "")
            button.text_.setText(LOOK_AROUND[sample])

    def _on_sample_failed(self, error: ReviewError) -> None:
        self._reset_sample_buttons()
        self.error.set_text(error)
