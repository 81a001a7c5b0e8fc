"""The services, and how patients and carers took part: context, surveys, interviews, reviewers, case notes, plans."""

from __future__ import annotations

from reviewapp.national.report.material import HIDDEN, NationalMaterial, text
from reviewapp.national.report.numbered import Numbered
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Column, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels


def context(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """Facts about the services, only as a spread over all: one beside a code would tell which team it is."""
    found = material.value("context")
    if not found:
        return []
    order = [*labels.CONTEXT, *(field for field in found if field not in labels.CONTEXT)]
    rows = tuple(_fact(material, field) for field in order if field in found)
    return [
        Heading(level=1, runs=text("The services"), id="services"),
        *material.passage("services"),
        Table(
            caption=numbered.table("Facts about the services"),
            columns=(
                Column(title="", weight=2.2),
                Column(title="Teams that said", align="right"),
                Column(title="Mean", align="right"),
                Column(title="From", align="right"),
                Column(title="To", align="right"),
            ),
            rows=rows,
        ),
    ]


def _fact(material: NationalMaterial, field: str) -> tuple[Runs, ...]:
    place = f"context.{field}"
    first, n = text(labels.label(field)), (material.number(f"{place}.n"),)
    if material.value(f"{place}.yes") is not None:
        yes: Runs = (material.number(f"{place}.yes"), Text(text=" of "), material.number(f"{place}.n"))
        return first, n, (*text("yes: "), *yes), text("–", tone="muted"), text("–", tone="muted")
    cells = ((material.decimal(f"{place}.{name}"),) for name in ("mean", "min", "max"))
    return first, n, *cells


def taking_part(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """How many answered surveys, were spoken to, and were reviewers; then what the surveys say."""
    made: list[Block] = [
        Heading(level=1, runs=text("How patients and carers took part"), id="people"),
        *material.passage("taking part"),
        *_respondents(material, numbered), *_spoken(material),
    ]  # fmt: skip
    for group in material.value("surveys"):
        made += _survey(material, numbered, group)
    return made if len(made) > 1 else []


def _respondents(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    groups = list(material.value("surveys"))
    if not groups:
        return []
    return [
        Table(
            caption=numbered.table("People who answered a survey"),
            columns=(
                Column(title="", weight=2),
                Column(title="Answered", align="right"),
                Column(title="Teams that sent answers", weight=1.5, align="right"),
                Column(title="Mean for a team", weight=1.2, align="right"),
            ),
            rows=tuple(
                (
                    text(labels.group(group)),
                    (material.number(f"surveys.{group}.respondents"),),
                    (material.number(f"surveys.{group}.visits"),),
                    (material.decimal(f"surveys.{group}.mean_respondents"),),
                )
                for group in groups
            ),
        )
    ]


def _spoken(material: NationalMaterial) -> list[Block]:
    made: list[Block] = []
    spoken = list(material.value("spoken"))
    if spoken:
        items = tuple((*text(f"{labels.group(one)}: "), material.number(f"spoken.{one}")) for one in spoken)
        made += [Paragraph(runs=text("People whom the review teams interviewed:"), keep=True), Listing(items=items)]
    roles = list(material.value("reviewers"))
    if roles:
        named = tuple(
            (*text(f"{labels.role(one).capitalize()}: "), material.number(f"reviewers.{one}")) for one in roles
        )
        made += [Paragraph(runs=text("Members of the review teams:"), keep=True), Listing(items=named)]
    return made


def _survey(material: NationalMaterial, numbered: Numbered, group: str) -> list[Block]:
    """What a group answered about each standard; a row of which everything is withheld is not printed."""
    place = f"surveys.{group}.standards"
    numbers = [one for one in material.standards if one in material.value(place)]
    shown = [one for one in numbers if material.value(f"{place}.{one}.n") is not None]
    if not numbers:
        return []
    name = labels.group(group)
    made: list[Block] = [Heading(level=2, runs=text(f"Survey: {name.lower()}"), id=f"survey-{group}")]
    if shown:
        made.append(
            Table(
                caption=numbered.table(f"{name} who said yes"),
                columns=(
                    Column(title="Standard", weight=3),
                    Column(title="Yes", align="right"),
                    Column(title="Of answers", align="right"),
                ),
                rows=tuple(
                    (text(material.named(one)), _share(material, f"{place}.{one}"), (_n(material, f"{place}.{one}"),))
                    for one in shown
                ),
            )
        )  # fmt: skip
    if len(shown) < len(numbers):
        many = len(numbers) - len(shown)
        rest = "1 standard is" if many == 1 else f"{many} standards are"
        made.append(Paragraph(runs=text(f"{rest} not shown: too few people answered."), style="small"))
    return made


def _n(material: NationalMaterial, place: str) -> Run:
    return material.number(f"{place}.n")


def _share(material: NationalMaterial, place: str) -> Runs:
    if material.value(f"{place}.percent") is None:
        return text(HIDDEN, tone="muted")
    return (material.percent(f"{place}.percent"),)


def case_notes(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """The case-note audit over all teams, by item."""
    found = {one.item: one for one in material.instrument.audit if one.item in material.value("audit")}
    shown = [item for item in found if material.value(f"audit.{item}.n") is not None]
    if not shown:
        return []
    return [
        Heading(level=1, runs=text("Case notes"), id="case-notes"),
        *material.passage("case notes"),
        Table(
            caption=numbered.table("Case notes in which each thing was found"),
            columns=(
                Column(title="Item", weight=3),
                Column(title="Found", align="right"),
                Column(title="Of case notes", align="right"),
            ),
            rows=tuple(
                (text(found[item].text), _share(material, f"audit.{item}"), (material.number(f"audit.{item}.n"),))
                for item in shown
            ),
        ),
        Paragraph(runs=text("What a case note does not record counts as not found."), style="small"),
    ]


def plans(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """What the teams are working on: actions by standard, those with most first; ties in the order of the standards."""
    found = {one: sum(states.values()) for one, states in material.value("actions").items() if one}
    order = {number: at for at, number in enumerate(material.standards)}
    first = sorted(found, key=lambda one: (-found[one], order.get(one, len(order))))
    if not first:
        return []
    least = found[first[min(MOST_PLANS, len(first)) - 1]]
    rows = [one for one in first if found[one] >= least and one in material.standards]
    states = sorted({state for one in rows for state in material.value(f"actions.{one}")})
    return [
        Heading(level=1, runs=text("What teams are working on"), id="plans"),
        *material.passage("plans"),
        Table(
            caption=numbered.table("Actions in the teams' plans"),
            columns=(
                Column(title="Standard", weight=3),
                *(Column(title=state.replace("_", " ").capitalize(), align="right") for state in states),
            ),
            rows=tuple(
                (text(material.named(one)), *(_state(material, f"actions.{one}", state) for state in states))
                for one in rows
            ),
        ),
    ]


MOST_PLANS = 12


def _state(material: NationalMaterial, place: str, state: str) -> Runs:
    return (material.number(f"{place}.{state}"),) if state in material.value(place) else text("–", tone="muted")
