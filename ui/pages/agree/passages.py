"""What the report says of one item beside its score: positive practice, and what to consider; written by the lead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.figures.gaps import recommendation_place
from reviewapp.instruments.model import Standard
from reviewapp.visit.practice import practice_place
from reviewapp.visit.statements import Passage, Statement
from ui.widgets import Card, DraftText, Text

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


def passage_line(place: str, text: str) -> Statement:
    """The statement of a written passage of the report."""
    return Passage(place=place, text=text)


def are_printed(state: VisitState, standard: Standard) -> bool:
    """Whether the report prints passages beside this standard, and they may be seen by now."""
    printed = state.instrument.scale.kind == "scored" or bool(standard.criteria)
    return printed and state.meeting_opened


class ItemPassages(Card):
    """The two passages of an item or of a standard with criteria, from the meeting on; the others read what is there.

    For standards without criteria both are written on Report: what to do about one that is not met among its parts, and
    what is good under For the network.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(_("For the report"))
        self.practice = DraftText(
            session.bridge, _("Positive practice"), placeholder=_("What does the team do well?"), rows=2, most=8
        )
        self.consider = DraftText(
            session.bridge, _("To consider"), placeholder=_("What could the team do next?"), rows=2, most=8
        )
        self._boxes = ((practice_place, self.practice), (recommendation_place, self.consider))
        self._number, self._leads = "", False
        for words, box in ((_("Positive practice"), self.practice), (_("To consider"), self.consider)):
            label = Text(words, "strong")
            label.setBuddy(box)
            self.add(label, box)
        self.add(Text(_("Printed beside the score in every report."), "small"))
        self.hide()

    def show_standard(self, visit: OpenVisit, standard: Standard, *, large: bool) -> None:
        """Show what is written of a standard; text being typed is not disturbed."""
        state, number = visit.state, standard.number
        texts = [found.text if (found := state.passages.get(place(number))) else "" for place, __ in self._boxes]
        leads = visit.is_lead and not visit.read_only
        self.setVisible(are_printed(state, standard) and not large and (leads or any(texts)))
        fresh = (number, leads) != (self._number, self._leads)
        self._number, self._leads = number, leads
        for (place, box), text in zip(self._boxes, texts, strict=True):
            if fresh:
                box.bind(partial(passage_line, place(number)) if leads else None, text)
            else:
                box.refresh(text)
