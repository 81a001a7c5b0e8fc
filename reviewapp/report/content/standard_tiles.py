"""Every standard of the visit as a tile: rows by section, columns by type, each with how many of how many are met."""

from __future__ import annotations

from reviewapp.figures.formatting import percent_text
from reviewapp.instruments.model import Standard
from reviewapp.report.chart_blocks import Tile, TileColumn, TileKey, TileRow, Tiles, Verdict
from reviewapp.report.content.report_data import SIGNS, ReportData, text
from reviewapp.report.runs import Computed, Runs, Text, plain_text
from reviewapp.report.tree import Block
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural, sections, types

MOST_TYPES = 4
"""With more types than these a column each would be too narrow, so that all stand together."""
KINDS: dict[Verdict, str] = {
    "strength": "met", "gap": "not met", "na": "not applicable", "unrated": "not rated", "neither": "in the middle"
}  # fmt: skip
SCORED: dict[Verdict, tuple[str, str]] = {
    "strength": ("+", "scored above the middle"), "neither": ("=", "in the middle"), "gap": ("-", "below the middle")
}  # fmt: skip


def standard_tiles(material: ReportData) -> list[Block]:
    """The tiles, with a caption that says what they are; empty for an instrument without standards."""
    kinds = _columns(material)
    spread: list[str | None] = [*kinds] or [None]
    tiles = {one.number: _tile(material, one) for one in material.instrument.standards}
    if not tiles:
        return []
    rows = tuple(
        TileRow(
            label=section,
            note=_note(material, section),
            cells=tuple(tuple(tiles[one.number] for one in _members(material, section, kind)) for kind in spread),
        )
        for section in sections(material.instrument)
        if _members(material, section, None)
    )
    columns = tuple(_column(material, kind) for kind in kinds) or (TileColumn(title=""),)
    many = len(tiles)
    by = " and type" if kinds else ""
    return [
        Tiles(
            caption=f"All {many} {material.nouns.many} by section{by}, as the review found them",
            alt=_alt(rows, columns, material),
            columns=columns,
            rows=rows,
            key=_key(material, {tile.verdict for tile in tiles.values()}),
        )
    ]


def _columns(material: ReportData) -> list[str]:
    """The types, if a column each is worth it: they decide nothing on a scored scale."""
    found = types(material.instrument)
    return found if not material.scored and 1 < len(found) <= MOST_TYPES else []


def _members(material: ReportData, section: str, kind: str | None) -> list[Standard]:
    found = [s for s in material.instrument.standards if s.section == section and kind in (None, s.type)]
    return sorted(found, key=lambda one: natural(one.number))


def _tile(material: ReportData, standard: Standard) -> Tile:
    """The review's rating of a standard; one that only the team itself rated is not rated by the review."""
    rating = material.effective[standard.number]
    value = None if rating.basis == "self_review" else rating.value
    choice = None if value is None else material.instrument.scale.find(value)
    if choice is None:
        return Tile(label=standard.number, sign="?", verdict="unrated")
    if choice.counts == "na":
        return Tile(label=standard.number, sign=SIGNS["na"][0], verdict="na")
    verdict = material.instrument.scale.verdict(value)
    sign = f"{choice.points}" if choice.counts == "scored" else SIGNS[choice.counts][0]
    return Tile(label=standard.number, sign=sign, verdict=verdict)


def _note(material: ReportData, section: str) -> Runs:
    """What the section comes to: `5 of 7 met`, or its points."""
    if material.scored:
        path = f"figures.score.by_section.{section}"
        return (*text("points: "), material.number(f"{path}.total")) if material.value(f"{path}.rated") else ()
    return _met(material, f"figures.by_section.{section}")


def _met(material: ReportData, path: str) -> Runs:
    if not material.value(f"{path}.applicable"):
        return text(material.nothing(f"{path}.percent"))
    return (
        material.number(f"{path}.met"), Text(text=" of "), material.number(f"{path}.applicable"), Text(text=" met")
    )  # fmt: skip


def _column(material: ReportData, kind: str) -> TileColumn:
    notes: list[Runs] = [_met(material, f"figures.by_type.{kind}")]
    for place, one in enumerate(material.value("forecast.thresholds")):
        if one["type"] == kind:
            path = f"forecast.thresholds.{place}.required"
            value = material.value(path)
            needed = Computed(text=percent_text(float(value)), value=value, from_=path)
            notes.append((needed, Text(text=" needed")))
    return TileColumn(title=f"Type {kind}", notes=tuple(notes))


def _key(material: ReportData, found: set[Verdict]) -> tuple[TileKey, ...]:
    if material.scored:
        return tuple(
            TileKey(sign=sign, verdict=verdict, words=words)
            for verdict, (sign, words) in (SCORED | {"unrated": ("?", "not scored")}).items()
            if verdict in found
        )
    signs: dict[Verdict, str] = {"strength": "✓", "gap": "×", "na": "–", "unrated": "?"}
    return tuple(
        TileKey(sign=sign, verdict=verdict, words=KINDS[verdict].capitalize())
        for verdict, sign in signs.items()
        if verdict in found or verdict in ("strength", "gap")
    )


def _alt(rows: tuple[TileRow, ...], columns: tuple[TileColumn, ...], material: ReportData) -> str:
    """Section by section and type by type, which are met, not met, and so on."""
    told = []
    for row in rows:
        kinds = []
        for column, cell in zip(columns, row.cells, strict=True):
            if cell:
                of = f"{column.title.lower()}: " if column.title else ""
                kinds.append(of + _ratings(cell, scored=material.scored))
        told.append(f"{row.label} ({plain_text(row.note)}): {'; '.join(kinds)}")
    return f"A tile for each of the {material.nouns.many}. " + ". ".join(told) + "."


def _ratings(cell: tuple[Tile, ...], *, scored: bool) -> str:
    if scored:
        return ", ".join(f"{tile.label} {'not scored' if tile.sign == '?' else tile.sign}" for tile in cell)
    by: dict[Verdict, list[str]] = {}
    for tile in cell:
        by.setdefault(tile.verdict, []).append(tile.label)
    return ", ".join(f"{KINDS[kind]} {labels.all_of(numbers)}" for kind, numbers in by.items())
