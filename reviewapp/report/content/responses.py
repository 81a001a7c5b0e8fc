"""What the team under review answered to the draft, what was made of it, and which ratings changed because of it."""

from __future__ import annotations

from reviewapp.figures.responses import NO_RATING, HostAnswer, answers
from reviewapp.instruments.model import Score
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Column, Fact, Heading, Paragraph, Runs, Table, Text

AGAIN = "The team changed its answer after it was decided; it waits to be decided again."


def responses(material: ReportData) -> list[Block]:
    """One row for every answer: the rating it was given to, the decision, and the rating that counts now."""
    held = answers(material.state)
    if not held:
        return []
    made: list[Block] = [Heading(level=1, runs=text("The team's answers to the draft"), id="responses")]
    made.append(Paragraph(runs=_counted(material)))
    rows = tuple(
        (
            text(one.standard, bold=True),
            text(one.type),
            text(material.standards[one.standard].title),
            _drafted(material, one.drafted),
            _outcome(one),
            material.rating(one.now),
        )
        for one in held
    )
    columns = (
        Column(title="Standard", weight=0.9),
        Column(title="Type", weight=0.6),
        Column(title="What it is about", weight=2.4),
        Column(title="In the draft", weight=1.4),
        Column(title="The answer was", weight=1.4),
        Column(title="Rating now", weight=1.4),
    )
    return [*made, Table(caption="Answers of the team, and what came of them", columns=columns, rows=rows)]


def _counted(material: ReportData) -> Runs:
    path = "report.responses"
    runs = (
        *text("The team checked the facts of the draft. Answers: "),
        material.number(f"{path}.received", bold=True),
        *text("; accepted: "),
        material.number(f"{path}.accepted", bold=True),
        *text("; not accepted: "),
        material.number(f"{path}.declined", bold=True),
        *text("; not yet decided: "),
        material.number(f"{path}.waiting"),
        *text(". Ratings changed because of an accepted answer: "),
        material.number(f"{path}.changed", bold=True),
        *text("."),
    )
    where = "" if material.circulation else " What was said, and why it was decided so, stands with each standard."
    return (*runs, *text(where)) if where else runs


def _outcome(one: HostAnswer) -> Runs:
    if one.outcome == "accepted":
        return text("✓ Accepted", tone="met", bold=True)
    if one.outcome == "declined":
        return text("× Not accepted", tone="not_met", bold=True)
    return text("– Not yet decided", tone="muted")


def _drafted(material: ReportData, value: Score | None) -> Runs:
    if value is None:
        return text("not kept", tone="muted")
    return material.rating(None if value == NO_RATING else value)


def answer_facts(material: ReportData, number: str) -> list[Fact]:
    """With a standard: the answer, the decision on it, and what the rating was before.

    The copy for circulation says what came of it, not what was written.
    """
    one = next((a for a in material.answers if a.standard == number), None)
    if one is None:
        return []
    facts = []
    if one.text and not material.circulation:
        facts.append(Fact(label="The team's answer", runs=text(one.text)))
    if one.evidence and not material.circulation:
        facts.append(Fact(label="Further evidence", runs=text(one.evidence)))
    facts.append(Fact(label="Decision on it", runs=_decision(material, one)))
    change = _change(material, one)
    return [*facts, Fact(label="Rating changed", runs=change)] if change else facts


def _decision(material: ReportData, one: HostAnswer) -> Runs:
    if one.outcome == "waiting":
        return text(AGAIN if one.answered_again else "Not yet decided.", tone="muted")
    word = "Accepted. " if one.outcome == "accepted" else "Not accepted. "
    reason = "" if material.circulation else one.reason
    return (Text(text=word if reason else word.strip(), bold=True), *(text(reason) if reason else ()))


def _change(material: ReportData, one: HostAnswer) -> Runs:
    """Before and after, and that the answer was why when it was accepted."""
    if not one.changed:
        return ()
    why = "after the team's answer " if one.outcome == "accepted" else "since the draft, not because of the answer, "
    return (
        *text("In the draft "),
        *_drafted(material, one.drafted),
        *text(f"; {why}"),
        *material.rating(one.now),
        *text("."),
    )
