"""The rating booklet: every standard with boxes to tick and lines for notes, for a day without a laptop.

Blank, or for one reviewer by code; never with a rating that somebody gave. It holds the standards and nothing of what
was heard.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.instruments.model import Instrument, Standard
from reviewapp.instruments.nouns import english_nouns
from reviewapp.report.paper.flowables import heading_line, lines, tick_row
from reviewapp.report.paper.typesetter import PaperTypesetter, paper_pdf
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural, sections

SIZE, LEADING = 9.5, 12.0
"""Of the text of a standard, in points."""
_NOTE_LINES = 3
AFTERWARDS = (
    "No names of patients, carers or staff in this booklet. As soon as you have a laptop again, type it into "
    "Reviewapp: each rating on Standards, notes beside it. Then keep or destroy the paper as your network asks."
)


def rating_booklet(
    instrument: Instrument, today: date, *, service: str = "", visit_date: str = "", reviewer: str = ""
) -> bytes:
    """The booklet as PDF. `reviewer`: whose it is, by code and role; empty for a blank one."""
    setter = PaperTypesetter()
    nouns = english_nouns(instrument)
    title = f"Rating booklet: {reviewer}" if reviewer else "Rating booklet"
    about = ", ".join(part for part in (service, labels.day(visit_date) if visit_date else "") if part)
    asked = ("Date", "From", "To") if reviewer else ("Reviewer (code)", "Date", "From", "To")
    story: list[Any] = [
        setter.text(title, "h1", spaceBefore=0, spaceAfter=6),
        setter.text(f"{instrument.title}, {instrument.edition}".rstrip(", "), "small"),
        *([setter.text(about, "small")] if about else []),
        heading_line(asked),
        setter.gap(10),
        setter.text(_how(instrument), "body", fontSize=10, leading=13),
        setter.text(AFTERWARDS, "small", fontSize=9.5, leading=12),
    ]
    choices = [choice_words(one.label, one.key) for one in instrument.scale.values]
    for section in sections(instrument):
        members = sorted((s for s in instrument.standards if s.section == section), key=lambda s: natural(s.number))
        for place, standard in enumerate(members):
            head = [setter.text(section, "h3", spaceBefore=6, spaceAfter=4)] if place == 0 else []
            story.append(setter.kept(*head, *_standard(setter, standard, choices, scored=_scored(instrument))))
    foot = f"{title}: no names. {len(instrument.standards)} {nouns.many}"
    return paper_pdf(story, title, foot=foot, today=today)


def choice_words(label: str, key: str) -> str:
    """A choice with its key: `Met (M)`; a score is its own key."""
    return label if label == key else f"{label} ({key})"


def _scored(instrument: Instrument) -> bool:
    return instrument.scale.kind == "scored"


def _how(instrument: Instrument) -> str:
    nouns = english_nouns(instrument)
    return (
        f"Tick one box for each {nouns.one} that you can judge, and write what you saw or heard and from whom "
        f"(patient, carer, staff, case note, document). Leave a {nouns.one} without a tick where you cannot tell."
    )


def _standard(setter: PaperTypesetter, standard: Standard, choices: list[str], *, scored: bool) -> list[Any]:
    text: dict[str, Any] = {"fontSize": SIZE, "leading": LEADING, "spaceAfter": 3}
    kind = "" if scored else f"   Type {standard.type}"
    parts = [setter.bold(standard.number, standard.title, kind, style="body", **text)]
    parts.append(setter.text(standard.statement, "body", **text))
    parts += [setter.text(f"{one.id}  {one.text}", "body", **(text | {"leftIndent": 12})) for one in standard.criteria]
    return [*parts, tick_row(choices), lines(_NOTE_LINES), setter.gap(7)]
