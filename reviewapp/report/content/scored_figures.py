"""The figures of a scored scale: the total with its range and band, the norm beside it, and the totals of its parts."""

from __future__ import annotations

from reviewapp.instruments.model import Instrument
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.standard_tiles import standard_tiles
from reviewapp.report.runs import Computed, Runs, Text
from reviewapp.report.tree import Block, Callout, Column, Heading, Paragraph, Table

CARE = (
    "A score is a judgement made by people in a day or two. Two reviewers who score separately do not always agree;"
    " where they differed this report says so."
)
"""What to bear in mind beside any score."""


def scored_figures(material: ReportData) -> list[Block]:
    """The total, what is published of other teams, and the parts; said to be the team's own while it is that."""
    source = "self_review" if material.claimed else "figures"
    if not material.value(f"{source}.score.of"):
        return [Paragraph(runs=text("No item applies, so there is no score."))]
    beside = [] if material.claimed else [*_norm(material), Callout(title="Read with care", runs=_care(material))]
    within = [] if material.claimed else reach_told(material)
    tiles = [] if material.claimed else standard_tiles(material)
    return [*total(material, f"{source}.score"), *tiles, *within, *beside, *parts(material, f"{source}.score")]


def reach_told(material: ReportData) -> list[Block]:
    """How many of the items that could be better are within the team's reach; empty without any local context."""
    found = material.value("report")["reach"]
    if not found or not found["with_context"]:
        return []
    return [
        Paragraph(
            runs=(
                *text("Within the team's reach: of "), material.number("report.reach.below_highest"),
                *text(" items below the highest score, what lies outside the team's control is described for "),
                material.number("report.reach.with_context"), *text("; "),
                material.number("report.reach.within", bold=True),
                *text(" are within its reach. This is a count, not a second total: no score is changed by it."),
            )
        )
    ]  # fmt: skip


def total(material: ReportData, path: str, instrument: Instrument | None = None) -> list[Block]:
    """The total as a range while something is open, and its band; none is named while the range reaches over two."""
    score = material.value(path)
    if not score["of"]:
        return []
    runs: Runs = (*text("Total: "), *_span(material, path, bold=True))
    bands = (instrument or material.instrument).scale.bands
    if score["band"]:
        runs += (*text(". Band: "), Text(text=f"{score['band']}.", bold=True))
    elif bands:
        runs += text(". No band is named while the range reaches over more than one.")
    else:
        runs += text(".")
    made: list[Block] = [Paragraph(runs=runs, style="lead")]
    if bands:
        edges = "; ".join(f"{band.label} from {band.from_}" for band in sorted(bands, key=lambda band: band.from_))
        made.append(Paragraph(runs=text(f"Bands of this scale: {edges}."), style="small"))
    return made


def _span(material: ReportData, path: str, *, bold: bool = False) -> Runs:
    """A total as one number where it is certain, else `21 to 27`; the total so far where no range was kept."""
    found = material.value(path)
    if found["lowest"] is None or found["lowest"] == found["highest"]:
        return (material.number(f"{path}.total", bold=bold),)
    return (
        material.number(f"{path}.lowest", bold=bold), Text(text=" to ", bold=bold),
        material.number(f"{path}.highest", bold=bold),
    )  # fmt: skip


def _care(material: ReportData) -> Runs:
    runs = text(CARE)
    counts = material.value("report.criteria")
    if counts["of"] and counts["not_established"]:
        runs += (
            *text(" Of "), material.number("report.criteria.of"), *text(" criteria "),
            material.number("report.criteria.not_established"),
            *text(" are not established. That is not the same as not met: until they are, a score is a range."),
        )  # fmt: skip
    return runs


def _norm(material: ReportData) -> list[Block]:
    """Published totals of other teams on the same scale, beside the team's own; no verdict follows from them."""
    norm = material.value("figures").get("norm")
    if norm is None:
        return []
    path = "figures.norm"
    quartiles = (
        material.number(f"{path}.total.lower_quartile"), Text(text=" to "),
        material.number(f"{path}.total.upper_quartile"),
    )  # fmt: skip
    reach = (
        material.number(f"{path}.total.lowest"), Text(text=" to "), material.number(f"{path}.total.highest"),
    )  # fmt: skip
    rows: list[tuple[Runs, ...]] = [
        (text("This team"), _span(material, "figures.score", bold=True)),
        (text("Median of the others"), (material.number(f"{path}.total.median"),)),
        (text("Half of the others, between"), quartiles),
        (text("All of the others, between"), reach),
        *((text(f"In the band {band}"), (material.number(f"{path}.bands.{band}"), Text(text=" teams")))
          for band in norm["bands"]),
    ]  # fmt: skip
    columns = (Column(title="Total", weight=2.2), Column(title="Points", align="right"))
    return [
        Table(caption=f"Beside published results: {norm['title']}", columns=columns, rows=tuple(rows)),
        Paragraph(runs=text(f"Source: {norm['source']}. {' '.join(norm['notes'])}"), style="small"),
    ]


def norm_of_item(material: ReportData, number: str) -> str:
    """What is published of an item by itself; empty where nothing is."""
    norm = material.value("figures").get("norm") or {}
    note: str = norm.get("item_notes", {}).get(number, "")
    return note


def parts(material: ReportData, path: str) -> list[Block]:
    """Totals and means by section, and by type where there are several."""
    made: list[Block] = []
    kinds = [("By section", "by_section")]
    if len(material.value(f"{path}.by_type")) > 1:
        kinds.insert(0, ("By type", "by_type"))
    for title, key in kinds:
        names = material.value(f"{path}.{key}")
        columns = (
            Column(title=title.removeprefix("By ").capitalize(), weight=2.5),
            *(Column(title=t, align="right") for t in ("Scored", "Items", "Total", "Mean")),
        )
        caption = f"The team's own scores {title.lower()}" if path.startswith("self") else f"Scores {title.lower()}"
        made.append(Heading(level=2, runs=text(title), id=f"figures-{key}"))
        rows = tuple(_row(material, f"{path}.{key}", name) for name in names)
        made.append(Table(caption=caption, columns=columns, rows=rows))
    return made


def _row(material: ReportData, place: str, name: str) -> tuple[Runs, ...]:
    path = f"{place}.{name}"
    mean = material.value(f"{path}.mean")
    counts = tuple((material.number(f"{path}.{count}"),) for count in ("rated", "of"))
    span = _span(material, path)
    if mean is None:
        nothing = "not scored" if material.value(f"{path}.of") else "none applies"
        return (text(name), *counts, span, text(nothing, tone="muted"))
    return (text(name), *counts, span, (Computed(text=f"{mean:.2f}", value=mean, from_=f"{path}.mean", bold=True),))


def scored_rules(material: ReportData) -> list[Runs]:
    """How the scores were come by, where criteria give them."""
    if not any(standard.map for standard in material.instrument.standards):
        return []
    return [
        text(
            "A score that nobody gave follows from the criteria found met; while a criterion is not established it is"
            " a range, and so is the total. A score given by hand is shown beside it, with the reason where they "
            "differ."
        )
    ]
