"""The sheet Scale of an owner's workbook: one key a row, for the scale as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.importing.workbook_sheets import Rows
from reviewapp.instruments.model import GROUPS, Instrument, Origin, Rule, ScaleValue, Targets
from reviewapp.spreadsheets.cells import normalised
from reviewapp.spreadsheets.sheet import SheetRow

MOST_VALUES = 20
"""Most scores of a scale."""
TEXTS = (
    "id", "title", "edition", "edition date", "owner", "permission", "source file sha256", "language", "source", "norm",
    "subset note", "superseded by", "rule source", "decision labels",
)  # fmt: skip
NUMBERS = ("lowest", "highest", "items", "suppress below", "presentations", "reply days", "case notes")
_ALSO: Mapping[str, str] = {
    "sha256": "source file sha256", "sourcesha256": "source file sha256", "number of items": "items",
    "editiondated": "edition date", "date": "edition date", "dated": "edition date",
}  # fmt: skip
_KEYS = {normalised(name): name for name in (*TEXTS, *NUMBERS)} | {normalised(k): v for k, v in _ALSO.items()}
_VALUE = re.compile(r"(label|key) (-?\d{1,4}|na)", re.IGNORECASE)
_TARGET = re.compile(r"(interviews|surveys) (\w+)", re.IGNORECASE)
_KEY_CHARACTERS = "1234567890abcdefghij"


class ScaleSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What the sheet says, each part ready for the instrument."""

    id: str
    title: str
    edition: str
    scope: Literal["full", "subset"]
    subset_note: str
    superseded_by: str | None
    source: str
    suppress_below: int
    origin: Origin
    rule: Rule
    targets: Targets
    values: tuple[ScaleValue, ...]
    anomalies: tuple[Anomaly, ...]


def read_scale(rows: Rows) -> ScaleSheet:
    """The sheet, checked cell by cell. Raises Invalid, naming the cell."""
    said = _Said(rows)
    ends: dict[str, int] = {}
    for name in ("lowest", "highest"):
        if name not in said.numbers:
            raise rows.wrong(rows.table.head, "key", _("there is no row {name}", name=repr(name)),
                             _("say the lowest and the highest score"))  # fmt: skip
        ends[name] = said.numbers[name]
    lowest, highest = ends["lowest"], ends["highest"]
    if not 0 <= lowest < highest <= lowest + MOST_VALUES - 1:
        raise rows.wrong(said.rows_of["highest"], "value", _("a scale does not go from {low} to {high}", low=lowest,
                                                            high=highest))  # fmt: skip
    text, number = said.texts.get, said.numbers.get
    return ScaleSheet(
        id=text("id", ""), title=text("title", ""), edition=text("edition", ""),
        scope="subset" if text("subset note") else "full", subset_note=text("subset note", ""),
        superseded_by=text("superseded by"), source=text("source", ""), suppress_below=number("suppress below", 5),
        origin=Origin(
            owner=text("owner", ""), permission=text("permission", ""), edition_date=text("edition date", ""),
            sha256=text("source file sha256", "").lower(), language=text("language", ""), items=number("items", 0),
            norm=text("norm", ""),
        ),
        rule=Rule(
            presentations=number("presentations", 1), source=text("rule source", ""),
            reply_days=number("reply days", 28),
            labels=tuple(one.strip() for one in text("decision labels", "").splitlines() if one.strip()),
        ),
        targets=Targets(
            interviews=said.targets["interviews"], surveys=said.targets["surveys"], case_notes=number("case notes", 0)
        ),
        values=tuple(_values(range(lowest, highest + 1), said.values)),
        anomalies=tuple(said.anomalies),
    )  # fmt: skip


def _values(scores: Sequence[int], said: Mapping[tuple[str, str], str]) -> Iterator[ScaleValue]:
    for place, score in enumerate(scores):
        key = said.get(("key", str(score))) or (str(score) if score < 10 else _KEY_CHARACTERS[place])
        label = said.get(("label", str(score))) or str(score)
        yield ScaleValue(value=score, label=label, key=key, counts="scored", points=score)
    if not_applicable := said.get(("label", "na")):
        yield ScaleValue(value="na", label=not_applicable, key=said.get(("key", "na"), "n"), counts="na")


class _Said:
    """The rows of the sheet, by what each is about."""

    def __init__(self, rows: Rows) -> None:
        self.texts: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self.values: dict[tuple[str, str], str] = {}
        self.targets: dict[str, dict[str, int]] = {"interviews": {}, "surveys": {}}
        self.anomalies: list[Anomaly] = []
        self.rows_of: dict[str, SheetRow] = {}
        permission: list[str] = []
        for row in rows:
            key, value = rows.get(row, "key"), rows.get(row, "value")
            name = _KEYS.get(normalised(key))
            if not key:
                raise rows.wrong(row, "key", _("the key is missing"))
            if name and name in self.rows_of:
                raise rows.wrong(row, "key", _("{name} is there twice", name=repr(name)))
            if name:
                self.rows_of[name] = row
            if normalised(key).startswith("permission"):
                permission += [value] if value else []
            elif name in NUMBERS:
                self._take_number(rows, row, name)
            elif name and value:
                self.texts[name] = value
            elif not name:
                self._take_other(rows, row, key, value)
        if permission:
            self.texts["permission"] = "; ".join(permission)

    def _take_number(self, rows: Rows, row: SheetRow, name: str) -> None:
        number = rows.number(row, "value")
        if number is not None:
            self.numbers[name] = number

    def _take_other(self, rows: Rows, row: SheetRow, key: str, value: str) -> None:
        if found := _VALUE.fullmatch(key):
            self.values[found[1].lower(), found[2].lower()] = value
        elif (found := _TARGET.fullmatch(key)) and found[2].lower() in GROUPS:
            number = rows.number(row, "value")
            if number is not None:
                self.targets[found[1].lower()][found[2].lower()] = number
        else:
            text = _("sheet Scale: the key {name} is not known and was not read", name=repr(key[:60]))
            self.anomalies.append(Anomaly(line=row.number, kind="unknown_key", text=text))


def scale_rows(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """The sheet's rows for an instrument: what `read_scale` reads back without a difference."""
    origin, rule, targets = instrument.origin or Origin(), instrument.rule, instrument.targets
    scored = [one for one in instrument.scale.values if one.counts == "scored"]
    number: Callable[[int], str] = str
    yield from (
        ("id", instrument.id), ("title", instrument.title), ("edition", instrument.edition),
        ("edition date", origin.edition_date), ("owner", origin.owner), ("permission", origin.permission),
        ("source file sha256", origin.sha256), ("lowest", number(min(one.points for one in scored))),
        ("highest", number(max(one.points for one in scored))), ("language", origin.language),
        ("items", number(origin.items) if origin.items else ""), ("norm", origin.norm), ("source", instrument.source),
        ("subset note", instrument.subset_note), ("superseded by", instrument.superseded_by or ""),
        ("rule source", rule.source), ("presentations", number(rule.presentations)),
        ("reply days", number(rule.reply_days)), ("decision labels", "\n".join(rule.labels)),
        ("suppress below", number(instrument.suppress_below)), ("case notes", number(targets.case_notes)),
    )  # fmt: skip
    for name, wanted in (("interviews", targets.interviews), ("surveys", targets.surveys)):
        yield from ((f"{name} {group}", number(many)) for group, many in wanted.items())
    for one in instrument.scale.values:
        yield f"label {one.value}", one.label
        yield f"key {one.value}", one.key
