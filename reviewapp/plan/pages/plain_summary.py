"""What was found, in plain words and large type, for the people who were interviewed.

No quote, no name, no count of people and no immediate concern is in it: who reads it may know who said what. Only what
reviewers rated is told, each in the words of its title; where nobody rated it yet, nothing is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.presentations import decided_presentations
from reviewapp.plan.pages.you_said import PLACE
from reviewapp.plan.progress import by_day
from reviewapp.report.content.ranking import gaps, strengths
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Document, Heading, Listing, Paragraph
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState

CLOSING = (
    "What you told us is in the full report without your name. You can ask us to take it out.",
    "Do you want to ask something, or to read the full report? Ask any member of the team.",
)
MOST = 6
"""The most things told of a kind: more are not read."""


def plain_summary(state: VisitState, status: dict[str, Any], today: date) -> Document:
    """The document. Raises `Invalid` while reviewers have rated nothing, for it could tell of nothing then."""
    material = ReportData(state, status, "circulation")
    good, bad = strengths(material), gaps(material)
    if not good and not bad:
        raise Invalid(_("there is nothing to report yet"), do=_("rate some standards first"))
    parts: list[Block] = [
        Heading(level=1, runs=text("What we found"), id="found"),
        Paragraph(runs=text(_opening(material))),
        Paragraph(runs=text(f"We looked at {material.nouns.counted(len(material.standards))}. {_what(material)}")),
        *_told(material, "What is good", "good", good),
        *_told(material, "What needs to get better", "better", bad),
        *_next(material, final=bool(decided_presentations(state))),
    ]
    return Document(
        title=f"What we found: {state.info.service}",
        subject="What we found, in plain words",
        status="final" if decided_presentations(state) else "draft",
        profile="circulation",
        running=state.info.service,
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
        large=True,
    )


def _opening(material: ReportData) -> str:
    """Who came and whom they asked, in words that name no number."""
    groups = [labels.group(group).lower() for group in material.value("material.people_spoken_to")]
    asked = f" We talked to {labels.all_of(groups)}." if groups else ""
    thanks = " Thank you to everyone who talked to us." if groups else ""
    return f"We visited {material.state.info.service} on {material.day}.{asked}{thanks}"


def _what(material: ReportData) -> str:
    one, many = material.nouns.one, material.nouns.many
    return f"A {one} says what a good team does. The {many} are the same for every team."


def _told(material: ReportData, title: str, anchor: str, numbers: list[str]) -> list[Block]:
    made: list[Block] = [Heading(level=2, runs=text(title), id=anchor)]
    if not numbers:
        return [*made, Paragraph(runs=text("We have nothing to tell you here."))]
    made.append(Listing(items=tuple(text(material.standards[number].title) for number in numbers[:MOST])))
    left = len(numbers) - MOST
    if left > 0:
        made.append(
            Paragraph(runs=text(f"There {'is 1 more' if left == 1 else f'are {left} more'} in the full report."))
        )
    return made


def _next(material: ReportData, *, final: bool) -> list[Block]:
    """What the team has decided to do, and what happens with the report."""
    made: list[Block] = [Heading(level=2, runs=text("What happens next"), id="next")]
    actions = [
        action
        for action in sorted(material.state.actions.values(), key=by_day)
        if action.status in PLACE and action.action.strip()
    ]
    if actions:
        made.append(Paragraph(runs=text("The team has decided to do these things:")))
        made.append(Listing(items=tuple(text(action.action.strip()) for action in actions[:MOST])))
        if len(actions) > MOST:
            made.append(Paragraph(runs=text("There is more in the team's action plan.")))
    else:
        made.append(Paragraph(runs=text("The team will write a plan of what it will do.")))
    if not final:
        made.append(Paragraph(runs=text("This is a draft. Some of it may still change.")))
    made += [Paragraph(runs=text(line)) for line in CLOSING]
    return made
