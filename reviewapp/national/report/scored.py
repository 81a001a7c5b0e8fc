"""The parts of the report on a scored scale: totals, subscales and items, beside a norm where one is known."""

from __future__ import annotations

from reviewapp.national.report.material import NationalMaterial, text
from reviewapp.national.report.numbered import Numbered
from reviewapp.report.chart_blocks import Dot, Dots, Middle
from reviewapp.report.runs import Computed, Runs, Text
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table


def key_scores(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """Totals of the teams side by side, their spread, and the spread of each subscale."""
    made: list[Block] = [
        Heading(level=1, runs=text("Key findings"), id="key"), *material.passage("key findings"),
        _spreads(material, numbered), *_norm(material), *_totals(material, numbered),
    ]  # fmt: skip
    return made


def _spreads(material: NationalMaterial, numbered: Numbered) -> Table:
    rows = [("Total", "score")] if material.value("score") else []
    rows += [(name, f"subscales.{name}") for name in material.value("subscales")]
    return Table(
        caption=numbered.table("Scores of the teams whose every item is scored"),
        columns=(
            Column(title="", weight=2.4),
            Column(title="Teams", align="right"),
            Column(title="Lowest", align="right"),
            Column(title="Quarter below", weight=1.2, align="right"),
            Column(title="Median", align="right"),
            Column(title="Quarter above", weight=1.2, align="right"),
            Column(title="Highest", align="right"),
        ),
        rows=tuple(
            (
                text(label, bold=place == "score"),
                (material.number(f"{place}.n"),),
                *(_score(material, f"{place}.{name}") for name in ("min", "q1", "median", "q3", "max")),
            )
            for label, place in rows
        ),
    )


def _score(material: NationalMaterial, place: str) -> Runs:
    value = material.value(place)
    if value is None:
        return text("–", tone="muted")
    return (material.decimal(place, 0 if value == int(value) else 1),)


def _norm(material: NationalMaterial) -> list[Block]:
    found = material.figures.norm
    return [] if found is None else [Paragraph(runs=text(f"For comparison: {found.title}."), style="small")]


def _totals(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    bands = [value.points for value in material.instrument.scale.values if value.counts == "scored"]
    many = len(material.instrument.standards)
    rows = []
    for at in material.team_places:
        score = material.value(f"teams.{at}.score")
        total = None if score is None else score["total"]
        path = f"teams.{at}.score.total"
        rows.append(
            Dot(
                label=f"Team {material.code(at)}",
                value=None if total is None else Computed(text=str(total), value=total, from_=path),
                note=(material.number(path),) if total is not None else text("open", tone="muted"),
                own=material.is_own(at),
            )
        )
    caption = numbered.figure("Total score of each team")
    told = "; ".join(f"{row.label}: {''.join(run.text for run in row.note)}" for row in rows)
    return [
        Dots(
            caption=caption, alt=f"{caption}. {told}.", rows=tuple(rows), lowest=float(min(bands) * many),
            highest=float(max(bands) * many), unit="", none="items are open", middle=_middle(material, "score"),
        )
    ]  # fmt: skip


def _middle(material: NationalMaterial, place: str) -> Middle | None:
    found = material.value(place)
    if not found or found["q1"] is None:
        return None
    q1, median, q3 = (
        Computed(text=f"{found[name]:g}", value=found[name], from_=f"{place}.{name}") for name in ("q1", "median", "q3")
    )
    return Middle(q1=q1, median=median, q3=q3)


def items(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """How often each score was given to each item, by section."""
    scale = sorted({value.points for value in material.instrument.scale.values if value.counts == "scored"})
    made: list[Block] = []
    for place, name in enumerate(material.sections):
        rows: list[tuple[Runs, ...]] = []
        for one in material.instrument.standards:
            if one.section == name and one.number in material.value("items"):
                rows.append(_item(material, one.number, scale))
        made += [
            Heading(level=1, runs=text(name), id=f"section-{place}"),
            *material.passage(f"section {name}"),
            Table(
                caption=numbered.table(f"{name}: teams with each score"),
                columns=(
                    Column(title="Item", weight=3.4),
                    *(Column(title=str(points), weight=0.6, align="right") for points in scale),
                    Column(title="Median", align="right"),
                ),
                rows=tuple(rows),
            ),
            *material.passage(f"reflection {name}"),
        ]
    return made


def _item(material: NationalMaterial, number: str, scale: list[int]) -> tuple[Runs, ...]:
    place = f"items.{number}"
    cells: list[Runs] = []
    for points in scale:
        known = str(points) in material.value(f"{place}.counts")
        cells.append((material.number(f"{place}.counts.{points}"),) if known else (Text(text="–", tone="muted"),))
    norm = material.value(f"{place}.norm")
    words = f"{material.named(number)}{f' ({norm})' if norm else ''}"
    return text(words), *cells, _score(material, f"{place}.spread.median")
