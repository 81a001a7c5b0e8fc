"""Editor of the review team, in place: add and remove members, change names and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.left_out import team_change
from reviewapp.visit import labels
from reviewapp.visit.state import PersonRecord
from reviewapp.visit.statements import Person
from ui.labels import ROLES
from ui.pages.overview.team_question import TeamQuestion
from ui.pages.shared.person_line import LEAD_STAYS, NAME, lay_out_person
from ui.theme import theme
from ui.widgets import Button, Card, IconButton, Text, column, row, tab_through
from ui.widgets.basics import hide_in_place, sentence
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from ui.pages.base import Page

AFTER = _("If you add someone, make the visit pack again when the team is complete: they need it.")


class MemberRow(QWidget):
    """Code, role and name of one member; the lead can be neither removed nor given another role.

    Emits `wanted(line, name)` for a change of role and for taking the member off the team.
    """

    wanted = Signal(object, str)

    def __init__(self, page: Page, person: PersonRecord) -> None:
        super().__init__()
        self._page, self.code = page, person.key
        code = self.code
        label = Text(code, "strong", wrap=False)
        label.setMinimumWidth(theme().px(36))
        self.role, self.name = QComboBox(), QLineEdit()
        self.role.setAccessibleName(_("Role of {code}", code=code))
        for value, words in ROLES.items():
            if (value == "lead") == (person.role == "lead"):
                self.role.addItem(sentence(words), value)
        fixed = LEAD_STAYS if person.role == "lead" else ""
        usable(self.role, fixed)
        self.role.setMinimumContentsLength(max(len(words) for words in ROLES.values()))
        self.role.activated.connect(self._on_role)
        self.name.setAccessibleName(_("Name of {code}", code=code))
        self.name.setPlaceholderText(NAME)
        self.name.editingFinished.connect(self.commit)
        self.remove = IconButton("cross", _("Remove {code} from the team", code=code))
        usable(self.remove, fixed)
        if person.role == "lead":
            hide_in_place(self.remove)
        self.remove.clicked.connect(self._on_remove)
        label.setMinimumHeight(self.role.sizeHint().height())  # level with the text beside it
        lay_out_person(self, label, self.role, name=self.name, remove=self.remove)
        self.show_person(person)

    def show_person(self, person: PersonRecord) -> None:
        """Show the member as recorded; a name being edited keeps its text."""
        self.role.setCurrentIndex(self.role.findData(person.role))
        if not self.name.isModified():
            self.name.setText(person.name or "")

    @Slot()
    def commit(self) -> None:
        """Record the name if it was edited."""
        if self.name.isModified():
            self.name.setModified(False)
            self._page.record(
                Person(code=self.code, name=self.name.text().strip() or None),
                name=_("name of {person}", person=self._called()),
            )

    @Slot(int)
    def _on_role(self, _index: int) -> None:
        line = Person(code=self.code, role=self.role.currentData())
        self.wanted.emit(line, _("role of {person}", person=self._called()))

    @Slot()
    def _on_remove(self) -> None:
        name = _("removing {person} from the team", person=self._called())
        self.wanted.emit(Person(code=self.code, deleted=True), name)

    def _called(self) -> str:
        return labels.person(self._page.state.people, self.code)


class TeamEditor(Card):
    """The review team as editable rows, each field recorded when it is left; emits `closed` when the lead is done."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset", margin=3)
        self.setAccessibleName(_("Changing the review team"))
        self._page = page
        self.rows: dict[str, MemberRow] = {}
        self._list = column(gap=2)
        self.question = TeamQuestion()
        self.question.agreed.connect(self._change)
        self.question.kept.connect(self._on_kept)
        self.add_person = Button(_("Add a person"), "plus", "quiet")
        self.add_person.clicked.connect(self._on_add)
        self.done = Button(_("Done"), name=_("Done with the review team"))
        self.done.clicked.connect(self._on_done)
        self.add(column(self._list, self.question, Text(AFTER, "small"), row(self.add_person, None, self.done), gap=2))
        self.hide()

    def begin(self) -> None:
        """Show the editor and focus the first name."""
        self.show()
        self.refresh()
        next(iter(self.rows.values())).name.setFocus()

    def refresh(self) -> None:
        """Show the current members of the team."""
        if self.isHidden():
            return
        people = self._page.state.people
        here = self.window().focusWidget()
        for code in [code for code in self.rows if code not in people]:
            gone = self.rows.pop(code)
            self._list.removeWidget(gone)
            if here is not None and gone.isAncestorOf(here):
                self.add_person.setFocus()
            gone.hide()
            gone.deleteLater()
        for place, (code, person) in enumerate(people.items()):
            if code not in self.rows:
                self.rows[code] = MemberRow(self._page, person)
                self.rows[code].wanted.connect(self._on_wanted)
                self._list.insertWidget(place, self.rows[code])
                self.rows[code].stackUnder(self.question)  # for the order of Tab, which the page sets as well
                self.rows[code].show()
            self.rows[code].show_person(person)
        tab_through(*(self.rows[code] for code in people), self.question, self.add_person, self.done)

    def commit(self) -> None:
        """Record the names that were edited and not committed yet."""
        for line in self.rows.values():
            line.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_done()
            return
        super().keyPressEvent(event)

    @Slot(object, str)
    def _on_wanted(self, line: Person, name: str) -> None:
        """Ask before figures change; else change the team at once."""
        role = None if line.deleted is True else line.role
        change = team_change(self._page.state, line.code, role or None)
        words = change.words(self._page.state) if change is not None else ""
        if words and change is not None and not change.counts:
            self.question.ask(line, name, words)
        else:
            self._change(line, name, words)

    @Slot(object, str, str)
    def _change(self, line: Person, name: str, words: str) -> None:
        who = labels.person(self._page.state.people, line.code)
        if self._page.record(line, name=name) is None:
            self._on_kept(line.code)
            return
        told = [words] if words else []
        if line.deleted is True:
            told.insert(0, _("{person} is no longer on the review team", person=who))
        if told:
            self._page.notify(_("{told}. You can undo this.", told=". ".join(told)), "warn" if words else "info")

    @Slot(str)
    def _on_kept(self, code: str) -> None:
        """Show the role as it is recorded again."""
        if code in self.rows:
            self.rows[code].show_person(self._page.state.people[code])
            self.rows[code].role.setFocus()

    @Slot()
    def _on_add(self) -> None:
        taken = {code[1:] for code in self._page.state.people}
        code = next(f"R{number}" for number in range(2, 1000) if str(number) not in taken)
        line = Person(code=code, role="clinician", name=None, deleted=False)
        if self._page.record(line, name=_("adding {code} to the review team", code=code)) is not None:
            self.rows[code].name.setFocus()

    @Slot()
    def _on_done(self) -> None:
        self.commit()
        self.hide()
        self.closed.emit()
