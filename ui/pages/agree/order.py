"""By what the meeting's table is sorted in each of its columns."""

from __future__ import annotations

from reviewapp.instruments.model import Scale, Score
from reviewapp.visit.sorting import natural
from ui.pages.agree.table import Column
from ui.pages.agree.visible_rows import VisibleRow


def name_of(column: Column) -> str:
    """A name of the column that lasts: its place among the others does not."""
    return f"{column.kind}:{column.of}"


def sort_key(row: VisibleRow, name: str, scale: Scale) -> tuple[object, ...]:
    """What a row is compared by: ratings in the order of the scale, evidence by how much there is; () where empty."""
    kind, __, of = name.partition(":")
    if kind in ("standard", "type", "rated"):
        return natural({"standard": row.standard, "type": row.type, "rated": row.rated}[kind])
    if kind in ("agreed", "team", "person"):
        given = {"agreed": row.agreed, "team": row.self_review, "person": row.ratings.get(of, row.late.get(of))}
        return _of_rating(given[kind], scale)
    if kind == "group":
        return _many(row.by_group.get(of, ""))
    counts = [row.survey.get(of)] if kind == "survey" else [item.counts for item in row.audit]
    yes, n = sum(one.yes for one in counts if one), sum(one.n for one in counts if one)
    return (yes / n, n) if n else ()


def _of_rating(value: Score | None, scale: Scale) -> tuple[object, ...]:
    order = [one.value for one in scale.values]
    return (order.index(value),) if value is not None and value in order else ()


def _many(words: str) -> tuple[object, ...]:
    """How many pieces were heard, of `2 positive, 1 note`."""
    counts = [int(part.split()[0]) for part in words.split(", ") if part]
    return (sum(counts), words) if counts else ()
