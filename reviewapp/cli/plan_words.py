"""What `plan import` says of a returned plan: how many of each, then one line for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from reviewapp.visit.identifying import told

if TYPE_CHECKING:
    from reviewapp.plan import PlanReturn
    from reviewapp.plan.import_sheet import PlanNotice


def lines_of(found: PlanReturn) -> Iterator[str]:
    """The counts, then every change, every row and cell that is not taken, every note, every sheet left out."""
    value = found.as_json()
    for name, rows in value.items():
        yield f"{name}: {len(rows)}"
    for name, rows in value.items():
        for one in rows if name in _LINES else ():
            yield f"  {name}: {_LINES[name](one)}"
    if found.identifying:
        yield told(found.identifying)


def _changed(one: PlanNotice) -> str:
    return f"{_row(one)}, {one['field']} ({one['cell']}): {_value(one['from'])} → {_value(one['to'])}"


def _new(one: PlanNotice) -> str:
    values = [f"{name} {_value(value)}" for name, value in one.items() if name not in ("id", "cell", "standard")]
    return f"{_row(one)} ({one['cell']}): {', '.join(values)}"


def _unknown(one: PlanNotice) -> str:
    values = "; ".join(f"{title}: {text}" if title else text for title, text in one["values"].items())
    return f"{one['cell']}: {one['why']}; it says {_one_line(values) or 'nothing'}"


def _duplicated(one: PlanNotice) -> str:
    return f"{_row(one)} ({', '.join(one['cells'])}): {one['why']}; none of them is imported"


def _conflict(one: PlanNotice) -> str:
    both = f"the sheet says {_value(one['sheet'])}, here it is {_value(one['visit'])}"
    return f"{_row(one)}, {one['field']} ({one['cell']}): {both}; {one['why']}"


def _odd(one: PlanNotice) -> str:
    return f"{_row(one)}, {one['field']} (cell {one['cell']}): {one['why']}; left as it is here; {one['do']}"


def _missing(one: PlanNotice) -> str:
    return f"{_row(one)}: {_one_line(one['action'])}; {one['why']}"


def _note(one: PlanNotice) -> str:
    what = f"comment by {one['by']}" if one.get("by") else str(one["kind"])
    about = f", on standard {one['standard']}" if one.get("standard") else ""
    return f'sheet "{one["sheet"]}", cell {one["cell"]} ({what}{about}): {_one_line(one["text"])}'


def _sheet(one: PlanNotice) -> str:
    return f'"{one["name"]}": {one["treatment"].replace("_", " ")}' + (f"; {one['why']}" if one["why"] else "")


_LINES: dict[str, Callable[[PlanNotice], str]] = {
    "changed": _changed,
    "new": _new,
    "unknown": _unknown,
    "duplicated": _duplicated,
    "conflicts": _conflict,
    "not_taken": _odd,
    "missing": _missing,
    "notes": _note,
    "sheets": _sheet,
}


def _row(one: PlanNotice) -> str:
    return f"{one['id']} (standard {one['standard']})" if one.get("standard") else str(one["id"])


def _value(value: Any) -> str:
    return "empty" if value in (None, "") else _one_line(str(value))


def _one_line(text: str) -> str:
    return " / ".join(part.strip() for part in text.split("\n") if part.strip())
