"""The comparison of rounds: what each said, which items moved with which criteria, and what cannot be compared."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec

from reviewapp.figures.formatting import percent_text
from reviewapp.figures.scores import item_points
from reviewapp.instruments.model import Instrument, Score
from reviewapp.report.chart_blocks import Level, Point, SlopeRow, Slopes
from reviewapp.report.content.report_data import ReportData, rating_runs, text
from reviewapp.report.runs import Computed, Runs, Text, plain_text
from reviewapp.report.tree import Block, Callout, Column, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels

UNKNOWN_NOISE = "How far two totals of this scale may differ by chance is not known: look at the items."
VERDICTS = {"met": "met", "not_met": "not met", "not_established": "not established"}


class SeriesView(NamedTuple):
    """Rounds side by side as one of the visit's instruments sees them; `path`: where they are in the status."""

    report: ReportData
    instrument: Instrument
    path: str

    @property
    def scored(self) -> bool:
        """True on a scored scale, on which nothing is met or not met."""
        return self.instrument.scale.kind == "scored"

    def number(self, path: str, *, bold: bool = False) -> Computed:
        """The number at a path of the status."""
        return self.report.number(path, bold=bold)

    def rating(self, value: Score) -> Runs:
        """A rating as sign and label, on the scale of this instrument."""
        return rating_runs(self.instrument, value)


def rounds(material: ReportData) -> list[Block]:
    """The section on the rounds of this team, oldest first; empty while this visit is the only one."""
    series = material.value("report")["series"]
    if series is None:
        return []
    view = SeriesView(material, material.instrument, "report.series")
    return [Heading(level=1, runs=text("Rounds side by side"), id="rounds"), *_whole(view, series, "rounds", level=2)]


def second_rounds(material: ReportData, second: Instrument) -> list[Block]:
    """The same by the second instrument, within its part; empty while this visit is the only round of it."""
    series = material.value("report")["also_series"]
    if series is None:
        return []
    view = SeriesView(material, second, "report.also_series")
    heading = Heading(level=2, runs=text("Rounds side by side"), id="second-rounds")
    return [heading, *_whole(view, series, "second-rounds", level=3)]


def _whole(view: SeriesView, series: dict[str, Any], anchor: str, *, level: Literal[2, 3]) -> list[Block]:
    names = [_name(one) for one in series["rounds"]]
    made: list[Block] = [_overview(view, series, names)]
    if view.scored:
        made += [*_totals(view, series, names), Callout(title="A caution, not a test", runs=_caution(series))]
    made += [*_moved(view, series, names), *_common(view, series, names), *_not_comparable(view, series)]
    return [_under(one, anchor, level) for one in made]


def _under(block: Block, anchor: str, level: Literal[2, 3]) -> Block:
    """A heading with an anchor of its own, at the level below that of the rounds; any other block as it is."""
    if not isinstance(block, Heading):
        return block
    return msgspec.structs.replace(block, level=level, id=block.id.replace("rounds", anchor, 1))


def _name(one: dict[str, Any]) -> str:
    return one["label"] or labels.day(one["held"] or one["planned"]) or "a round without a day"


def _many(view: SeriesView) -> str:
    return "items" if view.scored else "standards"


def _caution(series: dict[str, Any]) -> Runs:
    return text(series["caution"] or UNKNOWN_NOISE)


# The rounds --------------------------------------------------------------------------------------------------------


def _overview(view: SeriesView, series: dict[str, Any], names: list[str]) -> Table:
    others = len({(one["instrument"], one["edition"]) for one in series["rounds"] if one["instrument"]}) > 1
    rows = []
    for n, one in enumerate(series["rounds"]):
        row = [
            text(names[n], bold=True),
            text(_day(one["planned"])),
            text(_day(one["held"])),
            _result(view, n, one),
        ]
        if view.scored:
            row.append(text(one["band"] or "–"))
        if others:
            row.append(text(one["edition"] or "not known"))
        rows.append(tuple(row))
    columns = [
        Column(title="Round", weight=1.3), Column(title="Planned", weight=1.4), Column(title="Held", weight=1.4),
        Column(title="Total" if view.scored else "Met", align="right", weight=1.2),
    ]  # fmt: skip
    columns += [Column(title="Band")] if view.scored else []
    columns += [Column(title="Edition", weight=1.6)] if others else []
    return Table(caption="The rounds of this team", columns=tuple(columns), rows=tuple(rows))


def _day(day: str) -> str:
    return labels.day(day) if day else "not known"


def _result(view: SeriesView, n: int, one: dict[str, Any]) -> Runs:
    """A total, its range while it is open, or the share met of those that are applicable."""
    path = f"{view.path}.rounds.{n}"
    if one["total"] is not None:
        return (view.number(f"{path}.total", bold=True),)
    if one["lowest"] is not None:
        return (view.number(f"{path}.lowest"), Text(text=" to "), view.number(f"{path}.highest"))
    if one["percent"] is not None:
        share = Computed(text=percent_text(one["percent"]), value=one["percent"], from_=f"{path}.percent")
        return (share, Text(text=" of "), view.number(f"{path}.n"))
    return text("nothing rated", tone="muted")


def _totals(view: SeriesView, series: dict[str, Any], names: list[str]) -> list[Block]:
    """Totals as dots and ranges, without a line between them, and what two certain ones differ by."""
    points = item_points(view.instrument.scale)
    items = len(view.instrument.standards)
    own = view.instrument.id
    shown = tuple(
        None if one["instrument"] not in ("", own) else _total_point(view, n, one)
        for n, one in enumerate(series["rounds"])
    )
    if not points or not any(shown):
        return []
    lowest, highest = min(points) * items, max(points) * items
    levels = tuple(
        Level(label=f"{band.label} from {band.from_}", value=band.from_)
        for band in view.instrument.scale.bands
        if lowest < band.from_ <= highest
    )
    row = SlopeRow(label="", points=shown)
    block = Slopes(
        caption="Total at each round: a dot where it is certain, a bar where it is a range",
        alt=_alt("Totals by round", names, [("Total", row)]), rounds=tuple(names), lowest=lowest, highest=highest,
        rows=(row,), levels=levels, joined=False,
    )  # fmt: skip
    apart = tuple(_change(view, n, change, names) for n, change in enumerate(series["changes"]))
    return [block, *([Listing(items=apart)] if apart else [])]


def _total_point(view: SeriesView, n: int, one: dict[str, Any]) -> Point | None:
    path = f"{view.path}.rounds.{n}"
    if one["total"] is not None:
        return Point(lowest=view.number(f"{path}.total"), highest=view.number(f"{path}.total"))
    if one["lowest"] is None:
        return None
    return Point(lowest=view.number(f"{path}.lowest"), highest=view.number(f"{path}.highest"))


def _change(view: SeriesView, n: int, change: dict[str, Any], names: list[str]) -> Runs:
    path = f"{view.path}.changes.{n}"
    apart = Computed(text=f"{change['points']:+d}", value=change["points"], from_=f"{path}.points")
    chance = {True: ", which may be chance", False: ", more than chance alone is likely to give", None: ""}
    return (
        *text(f"{names[change['before']]} and {names[change['after']]}: "), apart,
        *text(f" points{chance[change['within_caution']]}."),
    )  # fmt: skip


# The items that moved ----------------------------------------------------------------------------------------------


def _moved(view: SeriesView, series: dict[str, Any], names: list[str]) -> list[Block]:
    made: list[Block] = [Heading(level=2, runs=text("What moved"), id="rounds-moved")]
    compared = sum(item["comparable"] for item in series["items"])
    if not compared:
        return [*made, Paragraph(runs=text("No item can be compared over these rounds."))]
    places = series["moved"]
    if not places:
        return [*made, Paragraph(runs=text("No item that can be compared has a different certain value."))]
    made += _slopes(view, series, names, places) if view.scored else []
    made.append(_moved_table(view, series, names, places))
    return [
        *made,
        Paragraph(
            runs=(
                *text("Of "), view.number(f"{view.path}.comparable"), *text(f" comparable {_many(view)} "),
                view.number(f"{view.path}.moved_count"), *text(" moved. What is open at a round is shown as a range."),
            ),
            style="small",
        ),
    ]  # fmt: skip


def _slopes(view: SeriesView, series: dict[str, Any], names: list[str], places: list[int]) -> list[Block]:
    rows = tuple(
        SlopeRow(label=_title(series["items"][at]), points=tuple(_points(view, series["items"][at], at)))
        for at in places
    )
    points = item_points(view.instrument.scale)
    said = [(row.label, row) for row in rows]
    return [
        Slopes(
            caption="Items whose score moved by one or more", alt=_alt("Scores of items by round", names, said),
            rounds=tuple(names), lowest=min(points), highest=max(points), rows=rows,
        )
    ]  # fmt: skip


def _points(view: SeriesView, item: dict[str, Any], at: int) -> list[Point | None]:
    path = f"{view.path}.items.{at}"
    found: list[Point | None] = []
    for n, (value, span) in enumerate(zip(item["values"], item["ranges"], strict=True)):
        if isinstance(value, int):
            known = view.number(f"{path}.values.{n}")
            found.append(Point(lowest=known, highest=known))
        elif span is not None:
            ends = [view.number(f"{path}.ranges.{n}.{end}") for end in (0, 1)]
            found.append(Point(lowest=ends[0], highest=ends[1]))
        else:
            found.append(None)
    return found


def _moved_table(view: SeriesView, series: dict[str, Any], names: list[str], places: list[int]) -> Table:
    rows = []
    has_criteria = any(series["items"][at]["criteria"] for at in places)
    for at in places:
        item = series["items"][at]
        row = [text(_title(item), bold=True), *(_value(view, item, at, n) for n in range(len(names)))]
        if has_criteria:
            row.append(text("\n".join(_criterion(change, names) for change in item["criteria"])))
        rows.append(tuple(row))
    columns = [Column(title="Item" if view.scored else "Standard", weight=2.2)]
    columns += [Column(title=name, weight=0.9) for name in names]
    columns += [Column(title="Criteria that changed", weight=3)] if has_criteria else []
    return Table(caption="What moved, round by round", columns=tuple(columns), rows=tuple(rows))


def _title(item: dict[str, Any]) -> str:
    return f"{item['standard']}  {item['title']}".strip()


def _value(view: SeriesView, item: dict[str, Any], at: int, n: int) -> Runs:
    value, span, path = item["values"][n], item["ranges"][n], f"{view.path}.items.{at}"
    if isinstance(value, int) and view.scored:
        return (view.number(f"{path}.values.{n}"),)
    if value is not None:
        return view.rating(value)
    if span is not None:
        return (view.number(f"{path}.ranges.{n}.0"), Text(text=" to "), view.number(f"{path}.ranges.{n}.1"))
    return text("not known", tone="muted")


def _criterion(change: dict[str, Any], names: list[str]) -> str:
    before, after = (VERDICTS.get(change[end], change[end]) for end in ("before", "after"))
    return f"{change['criterion']}: {before}, then {after} at {names[change['round']]}"


# What may be compared, and what not ----------------------------------------------------------------------------------


def _common(view: SeriesView, series: dict[str, Any], names: list[str]) -> list[Block]:
    """The figures on what every round has, which are the only ones that ask the same each time."""
    common = series["common"]
    if not common["n"]:
        return []
    kind = "totals" if view.scored else "percent"
    rows = []
    for n, value in enumerate(common[kind]):
        if value is not None:
            words = f"{value}" if view.scored else percent_text(value)
            rows.append((text(names[n]), (Computed(text=words, value=value, from_=f"{view.path}.common.{kind}.{n}"),)))
    columns = (
        Column(title="Round", weight=2), Column(title="Total" if view.scored else "Met", align="right"),
    )  # fmt: skip
    return [
        Heading(level=2, runs=text("On what every round has"), id="rounds-common"),
        Paragraph(
            runs=(
                *text("Compared on the "),
                view.number(f"{view.path}.common.n"),
                *text(f" {_many(view)} with a value at every round of which more than a total is known."),
            ),
            keep=True,
        ),
        Table(caption="", columns=columns, rows=tuple(rows)),
    ]


def _not_comparable(view: SeriesView, series: dict[str, Any]) -> list[Block]:
    """Everything that cannot be compared with its reason, those of one reason together, and how many there are."""
    if not series["not_comparable"]:
        return []
    by_reason: dict[str, list[str]] = {}
    for item in series["items"]:
        if not item["comparable"]:
            by_reason.setdefault(item["why"], []).append(item["standard"])
    count = Computed(
        text=f"{series['not_comparable']}",
        value=series["not_comparable"],
        from_=f"{view.path}.not_comparable",
        bold=True,
    )
    rows = tuple((text(why), text(", ".join(numbers))) for why, numbers in by_reason.items())
    columns = (Column(title="Why not", weight=2), Column(title="Numbers", weight=2))
    return [
        Heading(level=2, runs=text("What cannot be compared"), id="rounds-not"),
        Paragraph(runs=(*text("Not comparable: "), count, *text(".")), keep=True),
        Table(caption="", columns=columns, rows=rows),
    ]


def _alt(opening: str, names: list[str], rows: list[tuple[str, SlopeRow]]) -> str:
    """The text alternative: every value of every row."""
    told = []
    for label, row in rows:
        values = [
            f"{name} {_said(point)}" for name, point in zip(names, row.points, strict=True)
        ]  # fmt: skip
        told.append(f"{label}: {', '.join(values)}")
    return f"{opening}. {'; '.join(told)}."


def _said(point: Point | None) -> str:
    if point is None:
        return "not known"
    ends: Runs = (point.lowest,) if point.is_certain else (point.lowest, Text(text=" to "), point.highest)
    return plain_text(ends)
