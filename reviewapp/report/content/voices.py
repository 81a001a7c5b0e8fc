"""The sections on the sources of evidence: conversations with people, surveys, and the case-note audit."""

from __future__ import annotations

from reviewapp.figures.formatting import SMALL
from reviewapp.report.content.report_data import HIDDEN, ReportData, text
from reviewapp.report.tree import (
    Block,
    Chart,
    Column,
    Computed,
    Group,
    Heading,
    Paragraph,
    Run,
    Runs,
    Table,
    plain_text,
)
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural

CHARTED = 8
"""The most standards in the chart of the surveys."""


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
    made: list[Block] = [Heading(level=2, runs=text("People spoken to"), id="voices-people")]
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
    made: list[Block] = [Heading(level=2, runs=text("Surveys collected by the team"), id="voices-surveys")]
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
    return [*made, *_survey_chart(material), *_survey_table(material)]


def _groups_and_standards(material: ReportData) -> tuple[list[str], list[str]]:
    """(groups with survey answers, numbers of the standards they were asked about)."""
    survey = material.value("survey")
    groups = [name for name, group in survey.items() if group["standards"]]
    numbers = {number for name in groups for number in survey[name]["standards"]}
    return groups, sorted(numbers, key=natural)


def _survey_chart(material: ReportData) -> list[Block]:
    """The chart of the standards where fewest people said yes, in groups large enough for a percentage.

    Empty for fewer than two standards.
    """
    names, numbers = _groups_and_standards(material)
    lowest: list[tuple[float, str, tuple[Computed | None, ...]]] = []
    for number in numbers:
        bars = tuple(_bar(material, f"survey.{name}.standards", number) for name in names)
        shares = [float(bar.value) for bar in bars if bar is not None]
        if shares:
            lowest.append((min(shares), number, bars))
    lowest.sort(key=lambda item: (item[0], natural(item[1])))
    if len(lowest) < 2:
        return []
    groups = tuple(
        Group(
            label=f"{number}  {material.standards[number].title}" if number in material.standards else number, bars=bars
        )
        for _, number, bars in lowest[:CHARTED]
    )
    described = "; ".join(
        f"{material.nouns.within(number)}: "
        + ", ".join(
            f"{labels.group(n).lower()} {b.text if b else 'not asked or too few'}"
            for n, b in zip(names, bars, strict=True)
        )
        for _, number, bars in lowest[:CHARTED]
    )
    return [
        Chart(
            caption="Surveys: the standards where fewest people said yes",
            alt=f"Bar chart of the share who said yes, by group. {described}.",
            series=tuple(labels.group(n) for n in names),
            groups=groups,
            none="not asked, or too few",
        )
    ]


def _bar(material: ReportData, path: str, number: str) -> Computed | None:
    counts = material.value(path).get(number)
    if counts is None or counts["n"] < SMALL or material.hides(counts["yes"], counts["n"] - counts["yes"]):
        return None
    run = material.percent(f"{path}.{number}.percent")
    return run if isinstance(run, Computed) else None


def _survey_table(material: ReportData) -> list[Block]:
    names, numbers = _groups_and_standards(material)
    rows: list[tuple[Runs, ...]] = []
    for number in numbers:
        title = material.standards[number].title if number in material.standards else ""
        row = [text(number, bold=True), text(title)]
        for name in names:
            was_asked = number in material.value(f"survey.{name}.standards")
            row.append(
                material.share(f"survey.{name}.standards.{number}") if was_asked else text("not asked", tone="muted")
            )
        if material.shows(row[2:]):
            rows.append(tuple(row))
    columns = (
        Column(title="Standard", weight=0.8),
        Column(title="What it is about", weight=2.8),
        *(Column(title=f"{labels.group(name)} who said yes", weight=1.3, align="right") for name in names),
    )
    left_out = _left_out(len(numbers) > len(rows), "Standards that too few people answered one way or the other")
    return [
        *([Table(caption="Surveys: who said yes, by standard", columns=columns, rows=tuple(rows))] if rows else []),
        *left_out,
    ]


def _left_out(some: bool, what: str) -> list[Block]:
    """The remark that rows are left out of the copy for circulation, if `some` are."""
    return [Paragraph(runs=text(f"{what} are left out of this copy."), style="small")] if some else []


def _other_quotes(material: ReportData) -> list[Block]:
    """Quotes tied to no standard of this set, which would otherwise be printed nowhere."""
    if material.told is not None:
        return []
    others = [q for q in material.quotes if not any(n in material.standards for n in q.standards)]
    if not others:
        return []
    made: list[Block] = [Heading(level=2, runs=text("Other things people said"), id="voices-quotes")]
    return [*made, *(material.quote(q) for q in others)]


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
