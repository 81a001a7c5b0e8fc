"""The sections on the sources of evidence: conversations with people, surveys, and the case-note audit."""

from __future__ import annotations

from reviewapp.report.content.report_data import HIDDEN, ReportData, text
from reviewapp.report.tree import (
    Block,
    Column,
    Heading,
    Paragraph,
    Run,
    Table,
    plain_text,
)
from reviewapp.visit import labels


def voices(material: ReportData) -> list[Block]:
    """The section on people spoken to, surveys, and quotes that belong to no standard of the set."""
    made: list[Block] = [Heading(level=1, runs=text("Who was heard"), id="voices")]
    return [*made, *_people(material), *_surveys(material), *_other_quotes(material)]


def _people(material: ReportData) -> list[Block]:
    spoken = material.value("material.people_spoken_to")
    done = material.value("progress.interviews")
    rows = []
    for name in [*done, *(g for g in spoken if g not in done)]:
        people = (material.people(f"material.people_spoken_to.{name}"),) if name in spoken else text("none")
        talks: Run | None = material.people(f"progress.interviews.{name}.done") if name in done else None
        target = done.get(name, {}).get("target", 0)
        target_runs = (
            (material.number(f"progress.interviews.{name}.target"),) if target else text("no number set", tone="muted")
        )
        rows.append((text(labels.group(name)), people, (talks,) if talks else text("none"), target_runs))
    made: list[Block] = [Heading(level=2, runs=text("People spoken to"), id="voices-people", listed=False)]
    if not rows:
        return [*made, Paragraph(runs=text("Nobody has been spoken to yet."))]
    columns = (
        Column(title="Group", weight=2),
        Column(title="People", align="right"),
        Column(title="Conversations", align="right"),
        Column(title="Hoped for", align="right"),
    )
    remark = (
        "People spoken to together are one conversation. In this report they are known by a letter and a number only."
    )
    return [*made, Table(caption="", columns=columns, rows=tuple(rows)), Paragraph(runs=text(remark), style="small")]


def _surveys(material: ReportData) -> list[Block]:
    survey = material.value("survey")
    made: list[Block] = [
        Heading(level=2, runs=text("Surveys collected by the team"), id="voices-surveys", listed=False)
    ]
    if not any(group["respondents"] for group in survey.values()):
        return [*made, Paragraph(runs=text("No survey answers have been entered."))]
    rows = []
    for name, group in survey.items():
        target_runs = (
            (material.number(f"survey.{name}.target"),) if group["target"] else text("no number set", tone="muted")
        )
        rows.append((text(labels.group(name)), (material.people(f"survey.{name}.respondents"),), target_runs))
    columns = (
        Column(title="Group", weight=2),
        Column(title="Answered", align="right"),
        Column(title="Hoped for", align="right"),
    )
    made.append(Table(caption="", columns=columns, rows=tuple(rows)))
    return [*made, Paragraph(runs=text(f"What they said stands with each {material.nouns.one}."), style="small")]


def _left_out(some: bool, what: str) -> list[Block]:
    """The remark that rows are left out of the copy for circulation, if `some` are."""
    return [Paragraph(runs=text(f"{what} are left out of this copy."), style="small")] if some else []


def _other_quotes(material: ReportData) -> list[Block]:
    """Quotes tied to no standard of this set, which would otherwise be printed nowhere."""
    others = material.places.others
    if not others:
        return []
    heading = Heading(level=2, runs=text("Other things people said"), id="voices-quotes", listed=False)
    return [heading, *material.printed(others)]


def case_notes(material: ReportData) -> list[Block]:
    """The section on the case-note audit: how often each item was found, and how often it was not recorded."""
    made: list[Block] = [
        Heading(level=1, runs=text("What the case notes show"), id="case-notes"),
        Paragraph(
            runs=(
                *text("Records read by reviewers: "),
                material.people("material.case_notes"),
                *text(". What was not recorded counts as not found; what did not apply is left out."),
            )
        ),
    ]
    items = [a for a in material.instrument.audit if material.value("audit").get(a.item, {}).get("n")]
    if not items:
        return [*made, Paragraph(runs=text("No case-note answers have been entered."))]
    rows = []
    for item in items:
        path = f"audit.{item.item}"
        found, counts = material.share(path), material.value(path)
        # Beside the share, this number also reveals how often the record said no.
        hidden = plain_text(found) == HIDDEN or material.hides(counts["yes"], counts["no"], counts["not_recorded"])
        missing = text(HIDDEN, tone="muted") if hidden else (material.number(f"{path}.not_recorded"),)
        if material.shows([found, missing]):
            rows.append((text(item.item, bold=True), text(item.text), found, missing, text(", ".join(item.standards))))
    columns = (
        Column(title="Item", weight=0.7),
        Column(title="What was looked for", weight=3.4),
        Column(title="Found", weight=1.2, align="right"),
        Column(title="Not recorded", weight=1.0, align="right"),
        Column(title=material.nouns.titles, weight=1.1),
    )
    if rows:
        made.append(Table(caption="Case-note audit", columns=columns, rows=tuple(rows)))
    return [*made, *_left_out(len(items) > len(rows), "Items that too few records answer one way or the other")]
