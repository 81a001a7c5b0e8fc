"""Everything that bears on one standard, side by side: the claim, surveys, case notes, quotes, notes, ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewapp.visit.evidence import Evidence
from reviewapp.visit.people_spoken_to import labels
from reviewapp.visit.printing import SMALL, share
from ui.theme import space
from ui.widgets import Card, FlowLayout, Pill, Text, clear, column, row, tone_of, value_label
from ui.widgets.rating import icon_of

if TYPE_CHECKING:
    from reviewapp.instruments.model import Scale
    from reviewapp.visit.state import VisitState

GROUPS = {
    "patient": ("Patients", "person"),
    "carer": ("Carers", "carer"),
    "staff": ("Staff", "staff"),
    "manager": ("Manager", "manager"),
    "other_service": ("Other services", "building"),
}
ONE_OF = {
    "patient": "patient",
    "carer": "carer",
    "staff": "staff",
    "manager": "manager",
    "other_service": "other service",
}
TONES = {
    "positive": ("Positive", "met", "plus"),
    "negative": ("Negative", "not_met", "dash"),
    "mixed": ("Mixed", "warn", "differ"),
    "neutral": ("Neutral", "na", "equal"),
}
MOST = 25
"""So many quotes are shown at once; more only when asked, so that opening a standard stays quick."""


class EvidenceView(QWidget):
    """`show_evidence(state, evidence, others=...)`; others' ratings are shown only when `others` is true."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body = column(gap=4)
        self.setLayout(self._body)

    def show_evidence(self, state: VisitState, found: Evidence, *, others: bool, me: str = "") -> None:
        """Another standard, or the same one with more known."""
        clear(self._body)
        scale = state.instrument.scale
        self._claim(scale, found)
        self._numbers(found)
        self._quotes(state, found)
        self._notes(state, found)
        if others:
            self._ratings(scale, found, me)
        if not found.pieces:
            self._body.addWidget(Text("Nothing has been heard or read about this standard yet.", "muted"))

    def _claim(self, scale: Scale, found: Evidence) -> None:
        self._body.addWidget(Text("What the team says about itself", "strong"))
        claim = found.self_review
        if claim is None or (claim.value is None and not claim.comment):
            self._body.addWidget(Text("The team gave no self-review for this standard.", "muted"))
            return
        pill = Pill(value_label(scale, claim.value), tone_of(scale, claim.value), icon_of(scale, claim.value))
        self._body.addLayout(row(pill, None))
        if claim.comment:
            self._body.addWidget(Text(claim.comment, select=True))

    def _numbers(self, found: Evidence) -> None:
        audited = [a for a in found.audit if a.counts.n or a.counts.na]
        if found.survey:
            self._body.addWidget(Text("Surveys", "strong"))
            for group, counts in found.survey.items():
                words = GROUPS.get(group, (group, "survey"))[0]
                how_many = f" ({counts.n} answered)" if counts.n >= SMALL else ""
                line = f"{words}: {share(counts.yes, counts.n)} said yes{how_many}"
                self._body.addWidget(Text(line, select=True))
        if audited:
            self._body.addWidget(Text("Case notes", "strong"))
            for item in audited:
                seen = item.counts
                told = f"{share(seen.yes, seen.n)} yes" if seen.n else "not applicable in the records read"
                missing = f", {seen.not_recorded} not recorded" if seen.not_recorded else ""
                self._body.addWidget(Text(f"{item.text}: {told}{missing}", select=True))

    def _quotes(self, state: VisitState, found: Evidence) -> None:
        if not found.quotes:
            return
        self._body.addWidget(Text("In people's own words", "strong"))
        names = labels(state)
        for quote in found.quotes[:MOST]:
            card = Card(kind="quote", margin=3)
            card.add(Text(f"“{quote.text}”", select=True))
            words, tone, icon = TONES.get(quote.tone, TONES["neutral"])
            talk = state.interviews.get(quote.interview)
            who = ONE_OF.get(talk.group, talk.group) if talk else ""
            said = Text(f"{names.get(quote.interview, quote.interview)}, {who}, heard by {quote.person}", "small")
            line = row(Pill(words, tone, icon), said, gap=3)
            line.setStretch(1, 1)
            card.add(line)
            self._body.addWidget(card)
        if len(found.quotes) > MOST:
            self._body.addWidget(Text(f"and {len(found.quotes) - MOST} more on the Interviews page", "muted"))

    def _notes(self, state: VisitState, found: Evidence) -> None:
        answers = [a for a in found.answers if a.text]
        if not answers:
            return
        self._body.addWidget(Text("Notes from interviews", "strong"))
        names = labels(state)
        for answer in answers[:MOST]:
            prompt = state.instrument.prompt(answer.prompt)
            talk = state.interviews.get(answer.interview)
            who = ONE_OF.get(talk.group, talk.group) if talk else ""
            card = Card(kind="inset", margin=3)
            if prompt is not None:
                card.add(Text(prompt.text, "small"))
            card.add(Text(answer.text, select=True))
            card.add(Text(f"{names.get(answer.interview, answer.interview)}, {who}, heard by {answer.person}", "small"))
            self._body.addWidget(card)

    def _ratings(self, scale: Scale, found: Evidence, me: str) -> None:
        others = [r for code, r in sorted(found.ratings.items()) if code != me]
        if not others:
            return
        self._body.addWidget(Text("What the others think", "strong"))
        for rating in others:
            pill = Pill(value_label(scale, rating.value), tone_of(scale, rating.value), icon_of(scale, rating.value))
            box = QWidget()
            flow = FlowLayout(box, gap=2)
            flow.addWidget(Text(rating.person, "strong", wrap=False))
            flow.addWidget(pill)
            self._body.addWidget(box)
            if rating.note:
                note = Text(rating.note, select=True)
                note.setContentsMargins(space(4), 0, 0, 0)
                self._body.addWidget(note)
