"""Progress of the visit: rings against the targets, and a bar for each member of the team."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.ratings import basis_counts, effective_ratings
from reviewapp.figures.status import progress
from reviewapp.instruments.nouns import nouns_of
from ui.labels import MANY, ROLES
from ui.pages.overview.team import TeamEditor
from ui.theme import space, theme
from ui.widgets import Button, Card, FlowLayout, ProgressRing, SectionHeading, Text, column, tab_through

if TYPE_CHECKING:
    from ui.pages.base import Page

ALWAYS = ("patient", "carer", "staff", "manager")


class Bar(QWidget):
    """A thin progress bar; decorative, the number stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_share(self, share: float) -> None:
        """Set the share, from 0 to 1."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(15), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = look.px(6)
        track = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(track, high / 2, high / 2)
        if self._share > 0:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(
                QRectF(0, track.top(), max(high, self.width() * self._share), high), high / 2, high / 2
            )


class ProgressCard(Card):
    """Rings for interviews, case notes and ratings, in as many lines as they need."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Progress"))
        self._page = page
        self._rings: dict[str, ProgressRing] = {}
        inner = QWidget()
        self._flow = FlowLayout(inner, gap=3)
        self.add(inner)

    def refresh(self) -> None:
        """Show the current numbers against the targets of the instrument."""
        state, me = self._page.state, self._page.visit.me
        now = progress(state)
        for group, done in now.interviews.items():
            if group in ALWAYS or done.done or done.target:
                self._ring(group, MANY.get(group, group), done.done, done.target)
        self._ring("case_notes", _("Case notes"), now.case_notes.done, now.case_notes.target)
        if me in now.people:
            mine = now.people[me]
            self._ring("mine", _("Rated by you"), mine.rated, mine.of)
        agreed = basis_counts(effective_ratings(state)).get("agreed", 0)
        if agreed:
            self._ring("agreed", _("Agreed"), agreed, len(state.instrument.standards))

    def _ring(self, key: str, label: str, done: int, target: int) -> None:
        if key not in self._rings:
            self._rings[key] = ProgressRing(label, done, target)
            self._flow.addWidget(self._rings[key])
            self._rings[key].show()
        self._rings[key].set(done, target)


class PeopleCard(Card):
    """The review team: code, name, role, and how many standards each has rated."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.setAccessibleName(_("Review team"))
        self.change = Button(_("Change"), "edit", "quiet", name=_("Change the review team"))
        self.change.clicked.connect(self._on_change)
        head = SectionHeading(_("Review team"))
        head.add(self.change)
        self._below = column(gap=0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[Text, Bar, Text]] = {}
        self.note = Text("", "small")
        self._shown = QWidget()
        self._shown.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.add(head, self._shown, self._below, self.note, None)

    @cached_property
    def editor(self) -> TeamEditor:
        """The team as rows to be changed, made when the lead first changes it."""
        made = TeamEditor(self._page)
        made.closed.connect(self._on_closed)
        self._below.addWidget(made)
        return made

    def _changing(self) -> bool:
        return "editor" in vars(self) and not self.editor.isHidden()

    def refresh(self) -> None:
        """Show the team and the ratings known to this laptop."""
        state, me = self._page.state, self._page.visit.me
        rated = progress(state).people
        may = self._page.visit.is_lead and self._page.writable
        self.change.setVisible(may and not self._changing())
        self.note.setVisible(not self._changing())  # it is about the numbers, which make room for the editor
        if self._changing():
            self.editor.refresh()
        for code in [code for code in self._lines if code not in state.people]:
            for part in self._lines.pop(code):
                part.hide()
                part.deleteLater()
        for place, (code, person) in enumerate(state.people.items()):
            if code not in self._lines:
                self._lines[code] = (Text("", wrap=True), Bar(), Text("", "muted", wrap=False))
                words, bar, number = self._lines[code]
                self._grid.addWidget(words, place * 2, 0, 1, 2)
                self._grid.addWidget(number, place * 2, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(bar, place * 2 + 1, 0, 1, 3)
            words, bar, number = self._lines[code]
            name = f" ({person.name})" if person.name else ""
            who = f"{code}{name}, {ROLES.get(person.role, person.role)}"
            words.setText(_("{who}, you", who=who) if code == me else who)
            done = rated.get(code)
            number.setText(_("{rated} of {of}", rated=done.rated, of=done.of) if done else _("does not rate"))
            number.setAccessibleName(
                _("{person} rated {text}", person=who, text=number.text())
                if done
                else _("{person} does not rate", person=who)
            )
            bar.show_share(done.rated / done.of if done and done.of else 0.0)
            bar.setVisible(done is not None)
        others = any(r.person != me for r in state.ratings.values())
        later = "" if others else _(" Others appear when laptops are combined.")
        self.note.setText(
            _(
                "{titles} rated, as far as this laptop knows.{later}",
                titles=nouns_of(state.instrument).titles,
                later=later,
            )
        )

    @Slot()
    def _on_change(self) -> None:
        for part in (self._shown, self.change, self.note):
            part.hide()
        self.editor.begin()
        tab_through(self.change, self.editor)

    def close_editor(self) -> None:
        """Record the edits and close the editor; the team is shown read-only again."""
        if self._changing():
            self.editor.commit()
            self.editor.hide()
            self._shown.show()
            self.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._shown.show()
        self.refresh()
        self.change.setFocus()
