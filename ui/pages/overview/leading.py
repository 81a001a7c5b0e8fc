"""Who leads: the deputy whom the lead names, taking over on the deputy's laptop, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.exchange.phrase import DEPUTY_WORDS, new_deputy_words
from reviewapp.visit.labels import laptop, person
from reviewapp.visit.state import PersonRecord
from reviewapp.workspace.changes import Change
from reviewapp.workspace.take_over import Leading
from ui.pages.shared.clock import clock
from ui.pages.shared.deputy_words import ABOUT_DEPUTY, DeputyWords
from ui.widgets import Button, Card, ErrorLine, Field, FlowLayout, Text, column
from ui.widgets.panes import scroll_into_view
from ui.widgets.passphrase_field import PhraseField
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress

MEANS = _(
    "Do this if {laptop} is lost, broken or not coming. This laptop then leads the visit with everything it "
    "holds: you open the meeting, agree ratings, make decisions, confirm laptops and write the report. Work that is "
    "only on the other laptop is not included. Import the others' work afterwards.\n\nEveryone keeps their code and "
    "everything they recorded, including {lead}, who continues as a reviewer. Each laptop is told when it imports "
    "your work. Receipts from {lead} no longer count, so give new ones. You cannot undo this. {lead} can lead again "
    "if you then name {lead} as your deputy."
)
GIVE_WAY = _(
    "Two laptops took over at the same time. {leads} leads on every laptop. If the other should lead instead, use "
    "the button on the laptop that leads now. On the other laptop, the button only ends the question."
)


class NameDeputy:
    """Job: name a deputy, with new words."""

    def __init__(self, code: str, words: str) -> None:
        self._code, self._words = code, words

    def __call__(self, visit: OpenVisit, _progress: Progress) -> tuple[str, str]:
        """Returns the deputy and the words. Raises ReviewError."""
        visit.laptops.name_deputy(self._code, self._words)
        return self._code, self._words


class TakeOver:
    """Job: lead from this laptop."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __call__(self, visit: OpenVisit, _progress: Progress) -> Change:
        """Raises WrongPhrase or another ReviewError."""
        return visit.laptops.take_over(self._words)


class LeadingCard(Card):
    """Who leads and who can take over; for the lead, naming a deputy; for the deputy, taking over."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Who leads"))
        self._page = page
        self.words, self.about = Text(""), Text(ABOUT_DEPUTY, "muted")
        self.lost = Text("", "body", select=True)
        self.who = QComboBox()
        self.who_field = Field(_("Deputy"), self.who)
        self.name = Button(_("Name as deputy…"), "person")
        self.begin = Button(_("Lead this visit from here…"), "shield")
        self.give_way = Button(_("Give way to the other laptop"), "check")
        self.error = ErrorLine()
        self._paper, self._question = column(gap=0), column(gap=0)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.name, self.begin, self.give_way):
            flow.addWidget(button)
        self.add(self.words, self.lost, self.about, self.who_field, buttons, self.error)
        self.add(self._paper, self._question, None)
        self.name.clicked.connect(self._on_name)
        self.begin.clicked.connect(self._on_begin)
        self.give_way.clicked.connect(self._on_give_way)
        self._shown_of = ""

    @cached_property
    def paper(self) -> DeputyWords:
        """The words of the deputy, made when one is named."""
        made = DeputyWords(self._page.session)
        made.passed_on.connect(self._on_passed_on)
        put_in_place(made, self._paper, self.give_way)
        return made

    @cached_property
    def question(self) -> _TakeOverQuestion:
        """What is asked before this laptop leads, made when it is first asked."""
        made = _TakeOverQuestion()
        made.confirm.clicked.connect(self._on_take_over)
        made.words.returnPressed.connect(self._on_take_over)
        made.keep.clicked.connect(self._on_keep)
        put_in_place(made, self._question, self.give_way)
        return made

    def _forget_question(self) -> None:
        if "question" in vars(self):
            self.question.forget()

    def refresh(self) -> None:
        """Show who leads now, and what this laptop can do about it."""
        visit = self._page.visit
        now = visit.laptops.leading()
        if self._shown_of != visit.id:
            self._shown_of = visit.id
            if "paper" in vars(self):
                self.paper.forget()
            self._forget_question()
        me, may = visit.state.people.get(visit.me), self._page.writable
        leads, deputy = visit.is_lead and may, bool(now.deputy) and now.deputy == visit.me
        self.words.setText(leading_words(now, visit.me, visit.state.people))
        self.lost.setText(lost_words(now, visit.state.people))
        self.lost.setVisible(bool(now.lost))
        self.about.setVisible(not now.deputy or leads)
        self._list_people(now.deputy)
        self.who_field.setVisible(leads and self.who.count() > 0)
        self.name.setVisible(leads and self.who.count() > 0)
        asked = "question" in vars(self) and not self.question.isHidden()
        self.begin.setVisible(may and deputy and not now.here and me is not None and not asked)
        if not deputy or now.here:
            self._forget_question()
        self.give_way.setVisible(may and bool(now.rivals) and (now.here or now.rival_here))

    def _list_people(self, deputy: str) -> None:
        people = self._page.state.people
        fit = [code for code, one in people.items() if one.role not in ("lead", "observer")]
        if fit == [self.who.itemData(row) for row in range(self.who.count())]:
            return
        chosen = self.who.currentData() or deputy
        self.who.clear()
        for code in fit:
            self.who.addItem(person(people, code), code)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    @Slot()
    def _on_name(self) -> None:
        self.error.set_text()
        usable(self.name, WAIT)
        job = NameDeputy(str(self.who.currentData()), new_deputy_words())
        self._page.run_with_visit(_("Naming the deputy"), job, self._on_named, self._on_failed, writes=True)

    def _on_named(self, made: tuple[str, str]) -> None:
        usable(self.name, "")
        who = person(self._page.state.people, made[0])
        self._tell(_("{person} can take over. Give them the eight words on paper.", person=who))
        info = self._page.state.info
        self.paper.show_words(who, made[1], info.service, info.date)

    @Slot()
    def _on_passed_on(self) -> None:
        self.name.setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.name, "")
        self.error.set_text(error)

    @Slot()
    def _on_begin(self) -> None:
        self.error.set_text()
        self.question.ask(self._page.visit.laptops.leading().code, self._page.state.people)
        self.begin.hide()

    @Slot()
    def _on_keep(self) -> None:
        self.question.forget()
        self.refresh()
        self.begin.setFocus()

    @Slot()
    def _on_take_over(self) -> None:
        if not self.question.may_go_on():
            return
        job = TakeOver(self.question.words.text())
        self._page.run_with_visit(
            _("Taking over"), job, self._on_taken_over, self._on_refused, writes=True
        )  # fmt: skip

    def _on_taken_over(self, _change: Change) -> None:
        self.question.forget()
        self._tell(_("You lead this visit now. Give everyone a new work file."))
        self._page.reveal({"card": "leading"})  # what the lead sees above it has moved it
        self.name.setFocus()

    def _on_refused(self, error: ReviewError) -> None:
        self.question.refuse(error)

    @Slot()
    def _on_give_way(self) -> None:
        self.error.set_text()
        try:
            self._page.visit.laptops.give_way()
        except ReviewError as error:
            self.error.set_text(error)
            return
        self._tell(_("You no longer lead. Give the others a new work file."))

    def _tell(self, words: str) -> None:
        """Have every page look again: what this laptop may do is another thing now."""
        self._page.visit.reload()
        self._page.visit.notify(Change(words, frozenset()))
        self._page.notify(words, "met")


class _TakeOverQuestion(Card):
    """What taking over means, the eight words, and the button that does it."""

    def __init__(self) -> None:
        super().__init__(_("Lead this visit from here?"), kind="inset", margin=3)
        self.means = Text("")
        self.field = PhraseField(_("The eight words"), _("From the lead's paper. Capital letters do not matter."))
        self.words = self.field.words
        self.words.setMaxLength(500)
        self.confirm, self.keep = Button("", "shield", "danger"), Button(_("Cancel"), kind="quiet")
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.confirm)
        flow.addWidget(self.keep)
        self.add(self.means, self.field, buttons)
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.timeout.connect(self._on_reveal)
        self.hide()

    def ask(self, lead: str, people: Mapping[str, PersonRecord]) -> None:
        """Explain what it means and wait for the words; nothing is changed yet."""
        self.means.setText(MEANS.format(laptop=laptop(people, lead), lead=lead))
        self.confirm.setText(_("Lead this visit in place of {lead}", lead=person(people, lead)))
        self.confirm.setAccessibleName(self.confirm.text())
        usable(self.confirm, "")
        self.field.forget()
        self.show()
        self.words.setFocus()
        self._reveal.start(0)  # after the layout has been applied

    @Slot()
    def _on_reveal(self) -> None:
        """All of it in view: the words, what is wrong with them, and the buttons below."""
        if self.isVisible():
            scroll_into_view(self)

    def forget(self) -> None:
        """Close, and forget what was typed."""
        self.field.forget()
        self.hide()

    def may_go_on(self) -> bool:
        """Whether eight words were typed and nothing is going on already; else it is said what is missing."""
        if not self.confirm.isEnabled():
            return False
        many = len(self.words.text().split())
        if many != DEPUTY_WORDS:
            self.field.set_error(_("That is {n} of the eight words.", n=many) if many else _("Enter the eight words."))
            self.words.setFocus()
            self._reveal.start(0)
            return False
        self.field.set_error("")
        usable(self.confirm, WAIT)
        return True

    def refuse(self, error: ReviewError) -> None:
        """Say why nothing was changed; the words stay, for usually one of them is wrong."""
        usable(self.confirm, "")
        self.field.set_error(error)
        self.words.setFocus()
        self._reveal.start(0)


def leading_words(now: Leading, me: str, people: Mapping[str, PersonRecord]) -> str:
    """Who leads, since when, and who can take over."""
    told = []
    if now.take_over:
        told.append(
            _("You took over, and have led this visit since {when}.", when=clock(now.at))
            if now.here
            else _(
                "{person} took over, and has led this visit since {when}.",
                person=person(people, now.code),
                when=clock(now.at),
            )
        )
    else:
        told.append(
            _("You lead this visit.") if now.here else _("{person} leads this visit.", person=person(people, now.code))
        )
    if now.rivals and (now.here or now.rival_here):
        told.append(GIVE_WAY.format(leads=_("This laptop") if now.here else _("The other one")))
    if now.deputy == me:
        told.append(_("If their laptop is lost, you can lead from here with the eight words."))
    elif now.deputy:
        told.append(_("{person} can take over, with eight words on paper.", person=person(people, now.deputy)))
    else:
        told.append(_("Nobody can take over."))
    return " ".join(told)


def lost_words(now: Leading, people: Mapping[str, PersonRecord]) -> str:
    """What the earlier lead's receipt said to be held and is not here, a line each."""
    return "\n".join(
        plural(
            "An earlier receipt listed {n} entry of {laptop} that is not here. Import a work file "
            "from that laptop. If the visit was deleted there, the entry is lost unless the earlier lead's laptop "
            "is found.",
            "An earlier receipt listed {n} entries of {laptop} that are not here. Import a work "
            "file from that laptop. If the visit was deleted there, the entries are lost unless the earlier lead's "
            "laptop is found.",
            one.entries,
            laptop=laptop(people, one.code, one.device),
        )
        for one in now.lost
    )
