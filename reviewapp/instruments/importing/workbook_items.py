"""Items, criteria, maps, questions and audit items of an owner's workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.importing.workbook_sheets import LETTERS, Rows, listed, parts
from reviewapp.instruments.model import (
    GROUPS,
    Agreement,
    AuditItem,
    Criterion,
    Group,
    Guide,
    MapRow,
    Measure,
    Op,
    Prompt,
    Standard,
)
from reviewapp.instruments.quantities import share_quantity
from reviewapp.spreadsheets.cells import normalised
from reviewapp.spreadsheets.sheet import SheetRow

_MEASURES: Mapping[str, Measure] = {
    "": "yes-no", "yesno": "yes-no", "number": "number", "rate": "number", "ratio": "number", "share": "share",
    "list": "list", "level": "yes-no",
}  # fmt: skip
_OPS: Mapping[str, Op] = {
    "": "", ">=": ">=", "≥": ">=", "=>": ">=", ">": ">", "<=": "<=", "≤": "<=", "=<": "<=", "<": "<", "=": "=",
}  # fmt: skip
_AGREEMENTS: tuple[Agreement, ...] = get_args(Agreement)
_GROUPS: Mapping[str, Group] = {
    **{normalised(group): group for group in GROUPS},
    **{letter: source for letter, source in LETTERS.items() if source in GROUPS},
}


def read_items(rows: Rows) -> dict[str, Standard]:
    """Every item by number, without criteria and map. Raises Invalid, naming the cell."""
    found: dict[str, Standard] = {}
    for row in rows:
        number = _item_number(rows, row, "item")
        if number in found:
            raise rows.wrong(row, "item", _("item {number} is there twice", number=number))
        title = rows.needed(row, "title")
        found[number] = Standard(
            number=number,
            type=rows.get(row, "type") or "item",
            section=rows.needed(row, "subscale"),
            title=title,
            statement=rows.get(row, "statement") or title,
            guidance=rows.get(row, "guidance"),
            sources=rows.sources(row),
            form=rows.get(row, "form"),
            scores=_scores(rows, row),
        )
    return found


def _item_number(rows: Rows, row: SheetRow, name: str) -> str:
    return re.sub(r"^(\d+)\.0+$", r"\1", rows.needed(row, name))


def _scores(rows: Rows, row: SheetRow) -> tuple[int, ...]:
    words = listed(rows.get(row, "scores"))
    if not all(word.isdigit() for word in words):
        raise rows.wrong(row, "scores", _("{text} are no scores", text=repr(rows.get(row, "scores"))))
    return tuple(int(word) for word in words)


def read_criteria(rows: Rows, items: Mapping[str, Standard]) -> dict[str, list[Criterion]]:
    """The criteria of every item that has some. Raises Invalid, naming the cell."""
    found: dict[str, list[Criterion]] = {}
    for row in rows:
        number = _known(rows, row, items)
        letter = rows.needed(row, "letter").casefold()
        mine = found.setdefault(number, [])
        if any(one.id == letter for one in mine):
            raise rows.wrong(
                row, "letter", _("criterion {letter} of item {number} is there twice", letter=letter, number=number)
            )
        mine.append(_criterion(rows, row, letter))
    return {number: _ladder(items[number], criteria) for number, criteria in found.items()}


def _criterion(rows: Rows, row: SheetRow, letter: str) -> Criterion:
    word = normalised(rows.get(row, "measure"))
    if word not in _MEASURES:
        raise rows.wrong(row, "measure", _("{text} is not a measure", text=repr(rows.get(row, "measure"))),
                         _("use yes-no, number, share or list"))  # fmt: skip
    op = rows.get(row, "op").replace(" ", "")
    if op not in _OPS:
        raise rows.wrong(row, "op", _("{text} is not a comparison", text=repr(op)), _("use >=, >, <=, < or ="))
    agreement = rows.get(row, "agreement").casefold() or "any"
    if agreement not in _AGREEMENTS:
        raise rows.wrong(row, "agreement", _("{text} is not an agreement", text=repr(agreement)),
                         _("use any, all or most"))  # fmt: skip
    threshold, level = _threshold(rows, row), rows.number(row, "level") or 0
    if word == "level":
        if threshold is None or threshold != int(threshold):
            raise rows.wrong(row, "threshold", _("a level needs its number as threshold"))
        level, threshold, op = int(threshold), None, ""
    return Criterion(
        id=letter,
        text=rows.needed(row, "text"),
        sources=rows.sources(row),
        implies=tuple(one.casefold() for one in listed(rows.get(row, "implies"))),
        agreement=next(one for one in _AGREEMENTS if one == agreement),
        measure=_MEASURES[word],
        op=_OPS[op],
        threshold=threshold,
        unit=rows.get(row, "unit"),
        parts=parts(rows.get(row, "list")),
        fewest=rows.number(row, "fewest") or 0,
        audit=rows.get(row, "audit"),
        level=level,
        guidance=rows.get(row, "guidance"),
    )


def _threshold(rows: Rows, row: SheetRow) -> int | float | None:
    """The number in the cell; `80%` and `80 %` are 80."""
    text = rows.get(row, "threshold")
    if not text:
        return None
    found = re.fullmatch(r"(-?\d{1,9}(?:\.\d{1,9})?)\s*%?", text)
    if not found:
        raise rows.wrong(row, "threshold", _("{text} is not a number", text=repr(text)), _("give the number alone"))
    value = float(found[1])
    return int(value) if value == int(value) else value


def _ladder(item: Standard, criteria: list[Criterion]) -> list[Criterion]:
    """The steps of a ladder count from 1 in their order, where the sheet names the form and gives no levels."""
    if "ladder" not in item.form.casefold() or any(one.level for one in criteria):
        return criteria
    return [msgspec.structs.replace(one, level=number) for number, one in enumerate(criteria, 1)]


def read_maps(rows: Rows, items: Mapping[str, Standard]) -> dict[str, list[MapRow]]:
    """The rows of the map of every item that has one. Raises Invalid, naming the cell."""
    found: dict[str, list[MapRow]] = {}
    for row in rows:
        number, score = _known(rows, row, items), rows.number(row, "score")
        if score is None:
            raise rows.wrong(row, "score", _("the score is missing"))
        found.setdefault(number, []).append(MapRow(score=score, rule=rows.needed(row, "rule")))
    return found


def _known(rows: Rows, row: SheetRow, items: Mapping[str, Standard]) -> str:
    number = _item_number(rows, row, "item")
    if number not in items:
        raise rows.wrong(row, "item", _("there is no item {number} in the sheet Items", number=number))
    return number


def read_questions(rows: Rows, items: Mapping[str, Standard]) -> tuple[Guide, ...]:
    """The questions by group of people. A question with several rows is about all of their items and letters."""
    asked: dict[str, tuple[Group, Prompt]] = {}
    for row in rows:
        group = _GROUPS.get(normalised(rows.needed(row, "group")))
        if group is None:
            raise rows.wrong(row, "group", _("{text} is not a group of people", text=repr(rows.get(row, "group"))),
                             _("use {list}", list=", ".join(GROUPS)))  # fmt: skip
        name, text = rows.needed(row, "id"), rows.needed(row, "text")
        known = asked.get(name, (group, Prompt(id=name, text=text)))
        if (known[0], known[1].text) != (group, text):
            raise rows.wrong(row, "id", _("question {name} is there twice and differs", name=name))
        asked[name] = group, _about(rows, row, items, known[1])
    groups = dict.fromkeys(group for group, __ in asked.values())
    return tuple(Guide(group=g, prompts=tuple(one for group, one in asked.values() if group == g)) for g in groups)


def _about(rows: Rows, row: SheetRow, items: Mapping[str, Standard], prompt: Prompt) -> Prompt:
    if not rows.get(row, "item"):
        if rows.get(row, "letters"):
            raise rows.wrong(row, "item", _("there are letters but no item"))
        return prompt
    number = _known(rows, row, items)
    letters = [f"{number}/{letter.casefold()}" for letter in listed(rows.get(row, "letters"))]
    return msgspec.structs.replace(
        prompt,
        standards=tuple(dict.fromkeys((*prompt.standards, number))),
        criteria=tuple(dict.fromkeys((*prompt.criteria, *letters))),
    )


def read_audit(rows: Rows, items: Mapping[str, Standard]) -> tuple[AuditItem, ...]:
    """The items looked for in every case note."""
    found: dict[str, AuditItem] = {}
    for row in rows:
        name, about = rows.needed(row, "id"), listed(rows.get(row, "items"))
        if name in found:
            raise rows.wrong(row, "id", _("audit item {name} is there twice", name=name))
        odd = [number for number in about if number not in items]
        if odd:
            raise rows.wrong(row, "items", _("there is no item {number} in the sheet Items", number=odd[0]))
        found[name] = AuditItem(item=name, text=rows.needed(row, "text"), standards=about)
    return tuple(found.values())


def with_audit(standards: Sequence[Standard]) -> tuple[tuple[Standard, ...], tuple[AuditItem, ...]]:
    """For a workbook without audit items: one for each share of case notes, so that the grid can count it.

    Two thresholds of one quantity share their item. Its number is that of the criterion (`12c`).
    """
    made, audit = [], []
    for standard in standards:
        criteria: list[Criterion] = []
        for one in standard.criteria:
            if one.measure != "share" or "case_note" not in one.sources or one.audit:
                criteria.append(one)
                continue
            tied = next((each for each in criteria if each.audit and _is_tied(one, each)), None)
            name = tied.audit if tied else f"{standard.number}{one.id}"
            if tied is None:
                audit.append(AuditItem(item=name, text=one.text, standards=(standard.number,)))
            criteria.append(msgspec.structs.replace(one, audit=name))
        made.append(msgspec.structs.replace(standard, criteria=tuple(criteria)))
    return tuple(made), tuple(audit)


def _is_tied(one: Criterion, other: Criterion) -> bool:
    bare = msgspec.structs.replace(other, audit="")
    return (other.id in one.implies or one.id in other.implies) and share_quantity(one, bare)


def refuse_all(faults: Sequence[tuple[str, Invalid]], file: str) -> None:
    """Raise one error for every item that is not sound: the first in full, the others by number."""
    if not faults:
        return
    (number, first), *others = faults
    do = first.do if first.do != Invalid("").do else _("correct it and import again")
    if others:
        do = _("{do}; then see also item {list}", do=do, list=", ".join(each for each, __ in others[:20]))
    raise Invalid(
        _("{file}: item {number}: {what}", file=file, number=number, what=first.what),
        field=first.field or "map", do=do, kept=_("nothing was imported"),
    ) from first  # fmt: skip
