"""The section on the team's answers to the draft: the decision on each, and ratings that changed because of them."""

from __future__ import annotations

from reviewapp.figures.responses import NO_RATING, HostAnswer, host_answers
from reviewapp.instruments.model import Score
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Column, Fact, Heading, Paragraph, Table

AGAIN = "The team changed its answer after it was decided; it waits to be decided again."


def responses(material: ReportData) -> list[Block]:
    """The section with a row for every answer: the draft's rating, the decision, and the rating that counts now.

    Empty while there are no answers.
    """
    given = host_answers(material.state)
    if not given:
        return []
    made: list[Block] = [Heading(level=1, runs=text("The team's answers to the draft"), id="responses")]
    made.append(Paragraph(runs=_counts(material)))
    rows = tuple(
        (
            text(answer.standard, bold=True),
            text(answer.type),
            text(material.standards[answer.standard].title),
            _drafted_rating(material, answer.drafted),
            _outcome(answer),
            material.rating(answer.now),
        )
        for answer in given
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


def _counts(material: ReportData) -> Runs:
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
    where = (
        "" if material.circulation else " What was said, and the reason for each decision, is given with each standard."
    )
    return (*runs, *text(where)) if where else runs


def _outcome(answer: HostAnswer) -> Runs:
    if answer.outcome == "accepted":
        return text("✓ Accepted", tone="met", bold=True)
    if answer.outcome == "declined":
        return text("× Not accepted", tone="not_met", bold=True)
    return text("– Not yet decided", tone="muted")


def _drafted_rating(material: ReportData, value: Score | None) -> Runs:
    if value is None:
        return text("not kept", tone="muted")
    return material.rating(None if value == NO_RATING else value)


def answer_facts(material: ReportData, number: str) -> list[Fact]:
    """Facts for one standard: the answer, the decision on it, and a change of rating; empty without an answer.

    The copy for circulation prints the decision, but neither the answer nor the reason.
    """
    answer = next((a for a in material.answers if a.standard == number), None)
    if answer is None:
        return []
    facts = []
    if answer.text and not material.circulation:
        facts.append(Fact(label="The team's answer", runs=text(answer.text)))
    if answer.evidence and not material.circulation:
        facts.append(Fact(label="Further evidence", runs=text(answer.evidence)))
    facts.append(Fact(label="Decision on it", runs=_decision(material, answer)))
    change = _change(material, answer)
    return [*facts, Fact(label="Rating changed", runs=change)] if change else facts


def _decision(material: ReportData, answer: HostAnswer) -> Runs:
    if answer.outcome == "waiting":
        return text(AGAIN if answer.answered_again else "Not yet decided.", tone="muted")
    word = "Accepted. " if answer.outcome == "accepted" else "Not accepted. "
    reason = "" if material.circulation else answer.reason
    return (Text(text=word if reason else word.strip(), bold=True), *(text(reason) if reason else ()))


def _change(material: ReportData, answer: HostAnswer) -> Runs:
    """The rating in the draft and now, and whether an accepted answer was the reason; empty if it is unchanged."""
    if not answer.changed:
        return ()
    why = "after the team's answer " if answer.outcome == "accepted" else "since the draft, not because of the answer, "
    return (
        *text("In the draft "),
        *_drafted_rating(material, answer.drafted),
        *text(f"; {why}"),
        *material.rating(answer.now),
        *text("."),
    )
