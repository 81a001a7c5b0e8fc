"""One standard with its evidence, and the reviewer's own rating and notes."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import EvidenceIndex
from reviewapp.figures.examples import examples_at
from reviewapp.visit.blind import shows_others
from reviewapp.visit.labels import person
from reviewapp.workspace.jottings import STANDARD
from ui.pages.shared.criteria_words import where_words
from ui.pages.shared.evidence_view import EvidenceView
from ui.pages.shared.jotting import JottingBox
from ui.pages.shared.seen_evidence import write_seen
from ui.pages.standards.agreed import AgreedPart
from ui.pages.standards.criteria import CriteriaPart
from ui.pages.standards.sets import SeenSet, StandardSet
from ui.theme import space
from ui.widgets import Button, Card, DescribingText, DraftText, RatingButtons, Scroll, SectionHeading, Text, column, row
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument, Standard
    from reviewapp.visit.state import TextRecord, VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.bridge import Bridge
    from ui.session.session import Session


NOTE_IS_PRINTED = _(
    "Printed with your role in the report that the host team and the committee read, but not in the copy for wider "
    "circulation."
)


class StandardDetail(Scroll):
    """A standard with my rating; emits `rated(value)`, `copied_to_note(text)`, `next_wanted` and `back_wanted`."""

    rated = Signal(object)
    copied_to_note = Signal(str)
    next_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, session: Session, visit: OpenVisit, parent: QWidget) -> None:
        super().__init__(margin=6, gap=4, width=space(210), parent=parent)
        self._session, self._scale = session, visit.state.instrument.scale
        self.number = ""
        self._set = StandardSet()
        bridge = session.bridge
        self.back = Button(_("Back to the list"), "arrow_left", "quiet")
        self.where = Text("", "overline", fills=True)
        self.title = Text("", "title", fills=True)
        self.statement = Text("", "lead", select=True, fills=True)
        self.guidance = Text("", "muted", select=True, fills=True)
        self._rating(visit, bridge)
        self._agreed_place = column(gap=0)
        self.evidence = EvidenceView()
        self._evidence_card = Card(_("Evidence"))
        self._evidence_card.body.setSpacing(space(3))
        self._evidence_card.add(self.evidence)
        self._local(bridge)
        self.elsewhere = Card(_("What other teams do"))
        self.examples = Text("", select=True, fills=True)
        self.elsewhere.add(Text(_("Examples that the lead imported from other visits."), "muted"), self.examples)
        self.add(
            row(self.back, None),
            column(self.where, self.title, gap=1),
            self.statement,
            self.guidance,
            self.mine,
            self._agreed_place,
            self._evidence_card,
            self.elsewhere,
            self.local,
            None,
        )
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()

    def focus_rating(self) -> None:
        """Give the focus to my rating; where I do not rate, to what there is to read."""
        if not self.buttons.focus_choice():
            (self.note if self.note.isEnabled() else self.evidence).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rating(self, visit: OpenVisit, bridge: Bridge) -> None:
        self.mine = Card()
        self.buttons = RatingButtons(self._scale)
        self.next = Button(_("Next not rated"), "arrow_right", "quiet")
        self.why_not = Text("", "muted")
        self.why_not.hide()
        self.note = DraftText(bridge, _("My note"), placeholder=_("What did you see, read or hear?"), rows=3)
        self._note_label = Text(_("My note"), "strong")
        self._note_label.setBuddy(self.note)
        printed = DescribingText(NOTE_IS_PRINTED, of=self.note)
        self.jotting = JottingBox(bridge, _("Copy to my note"))
        self.jotting.copy_wanted.connect(self.copied_to_note)
        heading = SectionHeading(_("My rating"))
        heading.add(self.next)
        self._criteria_place = column(gap=0)
        self.mine.add(
            heading, self.buttons, self.why_not, self._criteria_place, self._note_label, self.note, printed,
            self.jotting,
        )  # fmt: skip
        self.buttons.chosen.connect(self.rated)
        self.next.clicked.connect(self.next_wanted)

    @cached_property
    def criteria(self) -> CriteriaPart:
        """The criteria of the standard, made for the first one that has any: most instruments have none."""
        made = CriteriaPart(self._session)
        put_in_place(made, self._criteria_place, self.buttons, before=self._note_label)
        return made

    @cached_property
    def agreed(self) -> AgreedPart:
        """What is agreed by the second set, made in the meeting of a visit that has one."""
        made = AgreedPart(self._session, self._scale)
        put_in_place(made, self._agreed_place, self.mine, before=self._evidence_card)
        return made

    def _local(self, bridge: Bridge) -> None:
        self.local = Card(_("Local context"))
        self.local_note = DraftText(
            bridge, _("Local context"), placeholder=_("For example: not commissioned here"), rows=2
        )
        self.local_others = Text("", select=True, fills=True)
        words = _("What is outside the team's control. It is printed beside the rating and never changes it.")
        self.local.add(Text(words, "muted"), self.local_note, self.local_others)

    def show_standard(
        self, visit: OpenVisit, number: str, index: EvidenceIndex, which: StandardSet, seen: SeenSet
    ) -> None:
        """Show a standard of a set with the evidence in `index`; text being typed is not disturbed."""
        state, me = seen.judged, visit.me
        standard = state.instrument.standard(number)
        mine = state.ratings.get(f"{number}/{me}")
        note = mine.note if mine else ""
        fresh = (number, which) != (self.number, self._set)
        if fresh:
            self.number, self._set = number, which
            self._head(standard, state.instrument)
            self.buttons.show_scale(state.instrument.scale)
            self.note.bind(partial(which.note_line, number), note)
            self.verticalScrollBar().setValue(0)
        else:
            self.note.refresh(note)
        self.buttons.set_value(mine.value if mine else None)
        why_not = self._enable_rating(visit)
        if standard.criteria or "criteria" in vars(self):
            self.criteria.show_standard(which, seen, me, standard, why_not=why_not)
        if (seen.is_second and state.meeting_opened) or "agreed" in vars(self):
            self.agreed.show_agreed(visit, seen, number)
        self.jotting.setVisible(not seen.is_second)
        self._show_elsewhere(seen)
        if seen.is_second:
            self._show_seen(seen, me)
            said = [one for one in state.local_context.values() if one.subject == number]
            self._show_local(state, me, said, fresh=fresh)
            return
        found = index.evidence_for(number)
        self.evidence.show_evidence(state, found, others=True, me=me)
        self.jotting.show_about(visit, (STANDARD, number))
        self._show_local(state, me, found.local_context, fresh=fresh)

    def _show_elsewhere(self, seen: SeenSet) -> None:
        """What other teams do well here, where this one scored low; hidden where there is nothing."""
        state = seen.visit
        found = examples_at(state).get(self.number, ()) if state.examples and not seen.is_second else ()
        self.examples.setText("\n".join(f"{one.team or _('Another team')}: {one.text.strip()}" for one in found))
        self.elsewhere.setVisible(bool(found))

    def _show_seen(self, seen: SeenSet, me: str) -> None:
        """The evidence that an item of the second set sees through the crosswalk."""
        item, opened = seen.items[self.number], seen.judged.meeting_opened
        others = [one for one in seen.judged.ratings.values() if one.standard == self.number and one.person != me]
        shown = (self._set, item.standard, item.evidence, opened, shows_others(seen.judged, me, self.number), others)
        self.evidence.show_written(shown, partial(write_seen, seen.visit, seen.judged, item, me))

    def _head(self, standard: Standard, instrument: Instrument) -> None:
        self.where.setText(where_words(standard, instrument))
        self.title.setText(standard.title)
        self.statement.setText(standard.statement)
        self.guidance.setText(standard.guidance)
        self.guidance.setVisible(bool(standard.guidance))

    def _show_local(self, state: VisitState, me: str, said: list[TextRecord], *, fresh: bool) -> None:
        mine = state.local_context.get(f"{self.number}/{me}")
        text = mine.text if mine else ""
        if fresh:
            self.local_note.bind(partial(self._set.local_line, self.number), text)
        else:
            self.local_note.refresh(text)
        others = [f"{person(state.people, t.person)}: {t.text}" for t in said if t.person != me and t.text]
        self.local_others.setText("\n".join(others))
        self.local_others.setVisible(bool(others))

    def _enable_rating(self, visit: OpenVisit) -> str:
        """Enable the rating, or return why not: observers do not rate, and a read-only visit cannot be rated."""
        person = visit.state.people.get(visit.me)
        rates = person is None or person.rates
        watches = "" if rates else _("Observers watch and do not rate.")
        why_not = watches or only_read(self._session.bridge.writable)
        usable(self.buttons, why_not)
        usable(self.note, watches)
        self.jotting.copy.setVisible(rates)
        self.why_not.setText(watches)
        self.why_not.setVisible(not rates)
        return why_not

    @Slot()
    def commit(self) -> None:
        """Commit the note, the local context, the private jotting, and what is typed of criteria and agreed."""
        if "criteria" in vars(self):
            self.criteria.commit()
        if "agreed" in vars(self):
            self.agreed.commit()
        self.note.commit()
        self.local_note.commit()
        self.jotting.editor.commit()
