"""The sections on the sources of evidence: conversations with people, surveys, and the case-note audit."""

from __future__ import annotations

from reviewapp.report.content.report_data import HIDDEN, ReportData, text
from reviewapp.report.runs import Runs, plain_text
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table
from reviewapp.visit import labels


def voices(material: ReportData) -> list[Block]:
    """The section on people spoken to, surveys, and quotes that belong to no standard of the set."""
    made: list[Block] = [Heading(level=1, runs=text("Who was heard"), id="voices")]
    return [*made, *_people(material), *_other_quotes(material)]


def _people(material: ReportData) -> list[Block]:
    """Who was spoken to and who answered the team's surveys, group by group, beside what was hoped for."""
    spoken, done = material.value("material.people_spoken_to"), material.value("progress.interviews")
    survey = material.value("survey")
    surveyed = any(group["respondents"] for group in survey.values())
    groups = dict.fromkeys([*done, *spoken, *(survey if surveyed else ())])
    rows = tuple(
        (
            text(labels.group(name)),
            (material.people(f"material.people_spoken_to.{name}"),) if name in spoken else text("none"),
            (material.people(f"progress.interviews.{name}.done"),) if name in done else text("none"),
            _hoped_for(material, f"progress.interviews.{name}"),
            *(_answered(material, name) if surveyed else ()),
        )
        for name in groups
    )
    if not rows:
        return [Paragraph(runs=text("No interviews yet, and no survey answers have been entered."))]
    titles = ("People", "Interviews", "Hoped for", *(("Surveys answered", "Hoped for") if surveyed else ()))
    columns = (Column(title="Group", weight=1.7), *(Column(title=one, align="right") for one in titles))
    remark = (
        "People interviewed together are one interview. In this report they are known by a letter and a number only. "
    )
    surveys = f"What the surveys say is printed with each {material.nouns.one}."
    remark += surveys if surveyed else "No survey answers have been entered."
    return [
        Table(caption="People interviewed, and surveys collected by the team", columns=columns, rows=rows),
        Paragraph(runs=text(remark), style="small"),
    ]


def _hoped_for(material: ReportData, path: str) -> Runs:
    try:
        target = material.value(f"{path}.target")
    except KeyError:
        target = 0
    return (material.number(f"{path}.target"),) if target else text("not set", tone="muted")


def _answered(material: ReportData, name: str) -> tuple[Runs, Runs]:
    """How many of a group answered a survey, and of how many that was hoped; a dash where none was asked."""
    if name not in material.value("survey"):
        return text("–", tone="muted"), text("–", tone="muted")
    return (material.people(f"survey.{name}.respondents"),), _hoped_for(material, f"survey.{name}")


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
                *text(". What was not recorded counts as not found; what was not applicable is left out."),
            ),
            keep=True,
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
        Column(title="Item", weight=0.6),
        Column(title="What was looked for", weight=4.4),
        Column(title="Found", weight=1.0, align="right"),
        Column(title="Not recorded", weight=1.0, align="right"),
        Column(title=material.nouns.titles, weight=1.1),
    )
    if rows:
        made.append(Table(caption="Case-note audit", columns=columns, rows=tuple(rows)))
    return [*made, *_left_out(len(items) > len(rows), "Items that too few records answer one way or the other")]
