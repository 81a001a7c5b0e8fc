"""An owner's workbook of 39 invented items with every form of rule; made for tests, never shipped."""

from __future__ import annotations

from typing import Any

from tests.core.instruments.importing.owners_workbook import Sheets

ITEMS = 39
BANDS = (("low", 39), ("moderate", 117), ("high", 156))
PARTS = tuple(f"invented part {number}" for number in range(1, 13))
_BY_COUNT = ("n=6", "n=5", "n=4", "n=3", "otherwise")
_Row = list[Any]


def _criterion(
    text: str, sources: str = "", *, implies: str = "", agreement: str = "", measure: str = "", op: str = "",
    threshold: Any = "", unit: str = "", parts: str = "", guidance: str = "", fewest: Any = "", audit: str = "",
    level: Any = "",
) -> _Row:  # fmt: skip
    """One row of the sheet Criteria behind item and letter."""
    return [
        text, implies, sources, agreement, measure, op, threshold, unit, parts, guidance, fewest, audit, level,
    ]  # fmt: skip


def _plain(many: int, sources: str = "P M") -> list[_Row]:
    return [_criterion(f"An invented point, number {number} of {many}", sources) for number in range(1, many + 1)]


def _share(text: str, threshold: Any, implies: str = "", sources: str = "C", audit: str = "") -> _Row:
    return _criterion(
        text, sources, implies=implies, measure="share", op=">=", threshold=threshold, unit="of records", fewest=5,
        audit=audit,
    )  # fmt: skip


def _forms() -> list[tuple[str, list[_Row], tuple[str, ...]]]:
    """The eight forms: what each is called, its criteria, and its rules from the score 5 down to 1."""
    said = [
        _criterion(f"All say the same of an invented thing ({number})", "SU FF S", agreement=agreement)
        for number, agreement in enumerate(("all", "all", "most", "any"), 1)
    ]
    ladder = [_criterion(f"An invented step, number {level}", "M P", level=level) for level in range(1, 5)]
    listed = dict(measure="list", op=">=", unit="parts", parts="\n".join(PARTS))
    rate = dict(measure="number", op="<=", unit="for each ten staff")
    return [
        ("count", _plain(6), _BY_COUNT),
        ("uneven steps", _plain(7, "S M"), ("n=7", "n=6", "n>=4", "n=3", "otherwise")),
        (
            "nested thresholds",
            [
                _share("At least half of the records, invented", 50, audit="H1"),
                _share("Nine of ten of the records, invented", "90 %", "a", audit="H1"),
                *_plain(3, "C M"),
            ],
            ("b & n=5", "b & n>=4", "a & n>=3", "n>=2", "otherwise"),
        ),
        ("sources agree", said, ("n=4", "a & b", "(a | b) & n>=2", "n>=1", "otherwise")),
        ("ladder", ladder, ("level=4", "level=3", "level=2", "level=1", "otherwise")),
        (
            "so many of a list",
            [
                _criterion("Six of twelve, invented", "P M", threshold=6, **listed),
                _criterion("Eight of twelve, invented", "P M", implies="a", threshold=8, **listed),
                _criterion("All know of it, invented", "S", guidance="Ask two."),
            ],
            ("b & c", "b", "a & c", "a", "otherwise"),
        ),
        (
            "rate",
            [
                _criterion("No more than 25, invented", "M P", threshold=25, **rate),
                _criterion("No more than 17.5, invented", "M P", implies="a", threshold=17.5, **rate),
                *_plain(4, "C"),
            ],
            ("b & n=6", "b & n>=4", "a & n>=3", "n>=1", "otherwise"),
        ),
        (
            "shares",
            [
                _share("Four of five records, invented", 80, audit="H2"),
                _share("Three of five people, invented", 60, sources="SU"),
                *_plain(4, "C SU"),
            ],
            ("n=6", "a & n>=5", "n>=4", "n>=2", "otherwise"),
        ),
    ]


def form_of(item: int) -> int:
    """Which of the eight forms an item has, counted from 0."""
    return (item - 1) % 8


def whole() -> Sheets:
    """The workbook: 39 items of eight forms, with questions and case-note items, as a person would type it."""
    forms = _forms()
    items: list[_Row] = []
    criteria: list[_Row] = []
    maps: list[_Row] = []
    questions: list[_Row] = []
    for item in range(1, ITEMS + 1):
        form, rows, rules = forms[form_of(item)]
        part = f"Part {1 + (item - 1) // 10} (invented)"
        items.append([item, part, f"Invented item {item}", f"Something invented ({item}).", "Look, and ask.", "", form])
        criteria += [[item, letter, *row] for letter, row in zip("abcdefg", rows, strict=False)]
        maps += [[item, 5 - step, rule] for step, rule in enumerate(rules)]
        questions.append(["SU", f"Q{item}", f"What of the invented item {item}?", item, "a, b"])
    return {
        "Scale": [
            ["key", "value"], ["id", "invented-39"], ["title", "Invented scale of 39"], ["edition", "Version 1"],
            ["edition date", "2025-03-01"], ["owner", "Example owner"], ["permission who", "Example owner"],
            ["permission when", "2025-03-02"], ["permission scope", "tests"], ["source file sha256", "b" * 64],
            ["lowest", 1], ["highest", 5], ["language", "en"], ["items", ITEMS],
        ],
        "Bands": [["label", "from"], *([label, first] for label, first in BANDS)],
        "Items": [["item", "subscale", "title", "statement", "guidance", "sources", "form"], *items],
        "Criteria": [
            ["item", "letter", "text", "implies", "sources", "agreement", "measure", "op", "threshold", "unit", "list",
             "guidance", "fewest", "audit", "level"],
            *criteria,
        ],
        "Map": [["item", "score", "rule"], *maps],
        "Questions": [["group", "id", "text", "item", "letters"], *questions],
        "Audit": [["id", "text", "items"], ["H1", "Was it so (invented)?", "3, 11"], ["H2", "Is it there?", "8, 16"]],
    }  # fmt: skip
