"""The figures by type and section: tiles, thresholds, national figures and those of the visit before."""

from __future__ import annotations

from typing import Any

from reviewapp.figures.formatting import percent_text
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.scored_figures import scored_figures
from reviewapp.report.content.standard_tiles import standard_tiles
from reviewapp.report.runs import Computed, Runs
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table
from reviewapp.visit import labels

COUNTS = ("met", "not_met", "na", "unrated")
NARROW = 0.75


def figures(material: ReportData) -> list[Block]:
    """The section with every standard as a tile, by section and type, and the figures by section beside others."""
    heading = Heading(level=1, runs=text(f"The {material.nouns.many} at a glance"), id="figures")
    made: list[Block] = [heading, *basis(material)]
    if material.scored:
        return [*made, *scored_figures(material)]
    if material.claimed:
        return [*made, *_own_view_table(material)]
    return [*made, *standard_tiles(material), *_sections_table(material)]


def basis(material: ReportData) -> list[Block]:
    """A sentence on the basis of the ratings (and on a subset), and one on the previous visit if there is one."""
    parts: list[Runs] = []
    phrases = {
        "agreed": " agreed by the review team at its meeting",
        "peer": " rated the same by every reviewer who rated them",
        "derived": " scored by their criteria",
        "self_review": " rated by the team itself only; no reviewer has rated anything yet",
    }
    for name in material.value("figures.basis_counts"):
        parts.append((material.number(f"figures.basis_counts.{name}"), *text(phrases.get(name, f" {name}"))))
    if not parts:
        nothing = "No item has been scored yet." if material.scored else "No standard has been rated yet."
        return [Paragraph(runs=text(nothing)), *_previous_visit(material)]
    runs: Runs = text("Of the items with a score, " if material.scored else "Of the standards with a rating, ")
    for index, part in enumerate(parts):
        runs += (*(text(", and ") if index else ()), *part)
    runs += text(".")
    note = material.instrument.subset_note.strip()
    if material.instrument.scope == "subset" and note:
        runs += text(f" The figures are {note}.")
    return [Paragraph(runs=runs), *_previous_visit(material)]


def _previous_visit(material: ReportData) -> list[Block]:
    """A sentence on the previous visit, its figures, and whether it used the same standards; empty if unknown."""
    previous = material.value("report.previous")
    if previous is None:
        return []
    if previous.get("common") is not None:
        return [Paragraph(runs=_on_common_standards(material, previous))]
    opening = f"At the visit before, on {labels.day(previous['date'])}, "
    runs = (*text(opening), *_found_before(material, previous))
    if previous["instrument"] != material.state.info.instrument:
        runs += text(" Other standards were used then, so the two can be compared only roughly.")
    return [Paragraph(runs=runs)]


def _on_common_standards(material: ReportData, previous: dict[str, Any]) -> Runs:
    """The previous visit, made on another edition, on what both asked, and how many standards cannot be compared."""
    place = "report.previous.common"
    same = previous["instrument"] == material.state.info.instrument
    used = "another edition of the standards was used" if same else "other standards were used"
    runs: Runs = text(f"At the visit before, on {labels.day(previous['date'])}, {used}. ")
    if not previous["common"]["overall"]["n"]:
        runs += text("Nothing was rated at both visits that can be compared.")
    elif material.scored:
        runs += (
            *text("On the "), material.number(f"{place}.overall.n"),
            *text(" items scored at both visits the points were "),
            material.number(f"{place}.overall.total_before"), *text(" then and "),
            material.number(f"{place}.overall.total_now"), *text(" now."),
        )  # fmt: skip
    else:
        runs += (
            *text("Of the "), material.number(f"{place}.overall.n"), *text(" standards rated at both visits "),
            material.number(f"{place}.overall.before.met"), *text(" were met then and "),
            material.number(f"{place}.overall.now.met"), *text(" are met now."),
        )  # fmt: skip
    return (
        *runs, *text(" Not comparable are "), material.number(f"{place}.not_comparable.before"),
        *text(" of the earlier visit and "), material.number(f"{place}.not_comparable.now"), *text(" of this one."),
    )  # fmt: skip


def _found_before(material: ReportData, previous: dict[str, Any]) -> Runs:
    """What the previous visit found, as its own scale counts it."""
    score = previous.get("score")
    if score is not None:
        runs = (
            *text("the total score was "),
            material.number("report.previous.score.total"),
            *text(", with "),
            material.number("report.previous.score.rated"),
            *text(" of "),
            material.number("report.previous.score.of"),
            *text(" items scored"),
        )
        return (*runs, *text(f" ({score['band']})." if score["band"] else "."))
    overall = previous["overall"]
    if not overall["met"] and not overall["not_met"]:
        return text("nothing was rated that can be compared.")
    return (
        material.number("report.previous.overall.met"),
        *text(" standards were met and "),
        material.number("report.previous.overall.not_met"),
        *text(" not met."),
    )


def _thresholds(material: ReportData) -> dict[str, int]:
    """The index of each type's threshold in the status, by type."""
    return {t["type"]: i for i, t in enumerate(material.value("forecast.thresholds"))}


def required(material: ReportData, type_: str) -> Computed | None:
    """The per cent of a type that must be met; None if the instrument has no threshold for it."""
    place = _thresholds(material).get(type_)
    if place is None:
        return None
    path = f"forecast.thresholds.{place}.required"
    value = material.value(path)
    return Computed(text=percent_text(float(value)), value=value, from_=path)


def national(material: ReportData, place: str) -> Computed | None:
    """The national figure at a path of the benchmark.

    None if none is published, or one that does not follow from the others: beside them it would mislead.
    """
    path = f"report.benchmark.{place}"
    try:
        value = material.value(path)
    except KeyError:
        return None
    if not isinstance(value, int | float) or place in material.value("report.benchmark.not_from_parts"):
        return None
    return Computed(text=percent_text(float(value)), value=value, from_=path)


def before(material: ReportData, place: str) -> Runs:
    """The previous visit's share met; empty if it is not known, or had no such type or section."""
    path = f"report.previous.{place}"
    if not _is_beside(material, "previous"):
        return ()
    try:
        counts = material.value(path)
    except KeyError:
        return ()
    return () if counts["percent"] is None else material.share_met(path)


def types_table(material: ReportData) -> list[Block]:
    """The table of counts and share met by type, with thresholds; none on a scored scale or of the team's claims."""
    if material.scored or material.claimed:
        return []
    rows = []
    for name in material.value("figures.by_type"):
        line = required(material, name)
        path = f"figures.by_type.{name}"
        rows.append(
            (
                text(f"Type\u00a0{name}", bold=True),
                *((material.number(f"{path}.{count}"),) for count in COUNTS),
                material.share_met(path, None if line is None else float(line.value), bold=True),
                (line,) if line is not None else text("no threshold", tone="muted"),
                _threshold_result(material, name),
                *_cells(material, "previous", before(material, f"by_type.{name}")),
            )
        )
    columns = (
        Column(title="Type", weight=1.0),
        *_count_columns(),
        Column(title="Share met", align="right"),
        Column(title="Needed", align="right"),
        Column(title="Threshold", weight=1.6),
        *_comparison_column(material, "previous", "Visit before"),
    )
    return [
        Table(caption="Standards by type, and the share needed for accreditation", columns=columns, rows=tuple(rows))
    ]


def _threshold_result(material: ReportData, type_: str) -> Runs:
    place = _thresholds(material).get(type_)
    if place is None:
        return text("–")
    if material.value(f"forecast.thresholds.{place}.percent") is None:
        unrated = material.value(f"figures.by_type.{type_}.unrated")
        return text("– Not rated yet" if unrated else "– None applicable", tone="muted")
    holds = material.value(f"forecast.thresholds.{place}.holds")
    return text("✓ Reached", bold=True, tone="met") if holds else text("× Not reached", bold=True, tone="not_met")


def _count_columns() -> tuple[Column, ...]:
    titles = ("Met", "Not met", "Not applicable", "Not rated")
    return tuple(Column(title=title, weight=NARROW, align="right") for title in titles)


def _sections_table(material: ReportData) -> list[Block]:
    rows: list[tuple[Runs, ...]] = []
    paths = [(name, f"by_section.{name}") for name in material.value("figures.by_section")]
    for name, path in [*paths, ("All standards", "overall")]:
        counts: list[Runs] = [(material.number(f"figures.{path}.{count}"),) for count in COUNTS]
        rows.append(
            (
                text(name, bold=path == "overall"),
                *counts,
                material.share_met(f"figures.{path}", bold=True),
                *_cells(material, "benchmark", () if (found := national(material, path)) is None else (found,)),
                *_cells(material, "previous", before(material, path)),
            )
        )
    columns = [
        Column(title="Section", weight=3.6),
        *_count_columns(),
        Column(title="Share met", align="right"),
        *_comparison_column(material, "benchmark", "National"),
        *_comparison_column(material, "previous", "Visit before"),
    ]
    return [
        Table(caption="Standards by section", columns=tuple(columns), rows=tuple(rows)),
        *_national_source(material),
    ]


def _national_source(material: ReportData) -> list[Block]:
    """Whose figures the national ones are, and which is not printed because it does not follow from the others."""
    found = material.value("report")["benchmark"]
    if not found:
        return []
    path = "report.benchmark"
    said: list[Runs] = [(*text("National figures: "), *text(found["title"]), *text(", "))]
    said.append((material.number(f"{path}.teams"), *text(" teams.")))
    if "overall" in found["not_from_parts"]:
        said.append(
            (
                *text(" Its share of all standards ("),
                material.percent(f"{path}.overall"),
                *text(") does not follow from its own parts and is not set beside this visit's."),
            )
        )
    return [Paragraph(runs=tuple(run for runs in said for run in runs))]


def _comparison_column(material: ReportData, name: str, title: str) -> list[Column]:
    """The column of comparison figures (`benchmark` or `previous`); empty if there are none."""
    return [Column(title=title, align="right", weight=NARROW)] if _is_beside(material, name) else []


def _is_beside(material: ReportData, name: str) -> bool:
    """Whether there are figures to put beside this visit's; not those of all standards of another edition."""
    found = material.value("report")[name]
    return bool(found) and not (name == "previous" and found.get("common") is not None)


def _cells(material: ReportData, name: str, found: Runs) -> list[Runs]:
    """The cell of a comparison, a dash where there is no figure; none where there is no such column."""
    return [found or text("–")] if _is_beside(material, name) else []


def _own_view_table(material: ReportData) -> list[Block]:
    """What the team claims of itself, by section, while no reviewer has rated."""
    paths = [(name, f"self_review.by_section.{name}") for name in material.value("self_review.by_section")]
    rows = tuple(
        (
            text(name, bold=path == "self_review.overall"),
            *((material.number(f"{path}.{count}"),) for count in COUNTS),
            material.share_met(path),
        )
        for name, path in [*paths, ("All standards", "self_review.overall")]
    )
    columns = (
        Column(title="Section", weight=2.2),
        *_count_columns(),
        Column(title="Share met", align="right", weight=NARROW),
    )
    return [Table(caption="The team's own view, by section", columns=columns, rows=rows)]
