"""The parts of the report in reading order: which can be written, and where the others come from."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural
from reviewapp.figures.gaps import gaps, recommendation_place
from reviewapp.figures.presentations import decided_presentations
from reviewapp.figures.responses import response_counts
from reviewapp.visit.practice import practice_place
from reviewapp.visit.sorting import sections
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState

BESIDE_IT = _("It is printed beside the rating. You can also write it on the Agree page, or under For the network.")
_PRACTICE, _CONSIDER = _("Positive practice: {title}"), _("To consider: {title}")
Headings = tuple[tuple[str, str], ...]
"""Id and text of the first-level headings of the document."""

BEFORE_IT_IS_BUILT: Headings = (
    ("summary", _("Summary")),
    ("improvements", _("Areas for improvement")),
    ("achievements", _("Areas of achievement")),
    ("standards", _("Evidence by standard")),
    ("method", _("How this review was done")),
)
WRITTEN = {
    "summary": _(
        "In your own words, what a chief executive would read. It follows the page with the outcome, strengths and "
        "priorities, which is filled in automatically."
    ),
    "achievements": _("What the team does well. The standards met and what people said are added automatically."),
    "improvements": _(
        "What matters most among what is not met. Each standard not met is added with its recommendation."
    ),
    "method": _(
        "Anything special about how this visit was done. What was read and who was interviewed is added automatically."
    ),
}
SCORED = {
    "achievements": _(
        "What the team does well. The items with high scores and what people said are added automatically."
    ),
    "improvements": _(
        "What matters most among the low scores. Each item with a low score is added with its recommendation."
    ),
}
"""What differs on a scale of scores, on which nothing is met or not met."""
MADE_FROM = {
    "concerns": (_("Immediate concerns come from the Interviews page."), "interviews"),
    "service": (_("The facts about the service and the timetable come from the Overview page."), "overview"),
    "figures": (_("The figures are computed from the ratings. Nobody can type them."), "agree"),
    "compared": (_("This compares the team's self-review with the reviewers' ratings."), "agree"),
    "differences": (_("Where reviewers differed, and what was agreed, is from the Agree page."), "agree"),
    "conflicts": (_("Where there are two versions, you choose one on the Combine page."), "bring_together"),
    "voices": (_("Who was interviewed and what they said is from the Interviews page."), "interviews"),
    "told": (_("The quotes by theme and the table are from the Themes page."), "themes"),
    "case-notes": (_("This is counted from the Case notes page."), "case_notes"),
    "standards": (_("Ratings, reasons and evidence come from the Standards and Agree pages."), "standards"),
    "forecast": (_("For the committee only: computed from the ratings and the thresholds."), "agree"),
    "responses": (_("What the team said about the draft, and what was decided."), ""),
    "comments": (_("What the committee wrote beside the report in Word."), ""),
    "decisions": (_("Record the committee's decisions here when they are made."), ""),
    "network": (
        _(
            "An extract for the network's report on many teams: ratings by standard, counts, and the words of "
            "people who agreed to a published report. It contains no people and no notes. It is encrypted for the "
            "network's office."
        ),
        "",
    ),
}

AFTERWARDS: Headings = (
    ("responses", _("The team's answers to the draft")),
    ("comments", _("Comments from Word")),
    ("decisions", _("The committee's decision")),
    ("network", _("For the network")),
)
"""Parts that are worked on after the draft; listed last, and even before the document has them."""
AFTER = frozenset(anchor for anchor, _title in AFTERWARDS)


@dataclass(frozen=True)
class Part:
    """A part; `anchor` is its heading in the document, `place` the passage to write, empty if there is none."""

    anchor: str
    title: str
    place: str = ""
    hint: str = ""
    standard: str = ""
    level: int = 0

    @property
    def key(self) -> str:
        """The part's unique key."""
        return self.place or self.anchor


def parts_of(state: VisitState, headings: Headings) -> list[Part]:
    """The document's parts, with recommendations under what is to improve and commentaries under the standards."""
    found: list[Part] = []
    later, missing = dict(AFTERWARDS), gaps(state)
    hints = WRITTEN | (SCORED if state.instrument.scale.kind == "scored" else {})
    for anchor, title in [h for h in headings or BEFORE_IT_IS_BUILT if h[0] not in later] + list(AFTERWARDS):
        found.append(Part(anchor, title, anchor if anchor in WRITTEN else "", hints.get(anchor, "")))
        if anchor == "improvements":
            found += [
                Part(
                    f"improvement-{s.number}",
                    f"{s.number}  {s.title}",
                    recommendation_place(s.number),
                    _(
                        "What the team could do. It is printed beside the standard, and becomes a starting point "
                        "for the action plan."
                    ),
                    s.number,
                    1,
                )
                for s in missing
            ]
        elif anchor == "standards":
            hint = _("What you want to say about this section as a whole.")
            for i, name in enumerate(sections(state.instrument)):
                found.append(Part(f"section-{i}", name, f"section:{name}", hint, level=1))
            found += _of_items(state, {s.number for s in missing})
    return found


def _of_items(state: VisitState, listed: Container[str]) -> list[Part]:
    """What was written on Agree of single items, and stands nowhere else in the outline."""
    written = {place for place, passage in state.passages.items() if passage.text.strip()}
    found = []
    for s in state.instrument.standards:
        kinds = [(practice_place(s.number), _PRACTICE)]
        if s.number not in listed:
            kinds.append((recommendation_place(s.number), _CONSIDER))
        for place, words in kinds:
            if place in written:
                title = f"{s.number}  {words.format(title=s.title)}"
                found.append(Part(f"standard-{s.number}", title, place, BESIDE_IT, s.number, 1))
    return found


def outline_row(state: VisitState, part: Part) -> StatusRow:
    """The row of the outline for a part: written, not written yet, or made by itself."""
    if part.anchor in AFTER:
        return _afterwards(state, part)
    if not part.place:
        return StatusRow(part.key, part.title, tone="na", icon="equal", state=_("Made automatically"), level=part.level)
    passage = state.passages.get(part.place)
    if passage is not None and passage.text.strip():
        return StatusRow(part.key, part.title, tone="met", icon="check", state=_("Written"), level=part.level)
    return StatusRow(part.key, part.title, tone="na", icon="edit", state=_("Not written"), level=part.level)


def _afterwards(state: VisitState, part: Part) -> StatusRow:
    """The row of a part that follows the draft, with its progress."""
    if part.anchor == "responses":
        counts = response_counts(state)
        if counts.waiting:
            return StatusRow(
                part.key, part.title, tone="warn", icon="clock", state=_("{waiting} waiting", waiting=counts.waiting)
            )
        if counts.received:
            return StatusRow(part.key, part.title, tone="met", icon="check", state=_("All decided"))
        return StatusRow(part.key, part.title, tone="na", icon="edit", state=_("None yet"))
    if part.anchor == "comments":
        waiting = sum(not one.done for one in state.report_comments.values())
        if waiting:
            words = plural("{n} open", "{n} open", waiting)
            return StatusRow(part.key, part.title, tone="warn", icon="clock", state=words)
        if state.report_comments:
            return StatusRow(part.key, part.title, tone="met", icon="check", state=_("All dealt with"))
        return StatusRow(part.key, part.title, tone="na", icon="edit", state=_("None yet"))
    if part.anchor == "network":
        return StatusRow(part.key, part.title, tone="na", icon="save", state=_("Made and saved by the lead"))
    held = decided_presentations(state)
    if held:
        return StatusRow(part.key, part.title, tone="met", icon="check", state=held[-1].label.strip())
    return StatusRow(part.key, part.title, tone="na", icon="edit", state=_("Not presented yet"))
