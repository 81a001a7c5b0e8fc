"""What a returned plan says, row by row: changes to take, odd cells, rows that are not taken, notes to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.nouns import Nouns
from reviewapp.intake.rows import excerpt
from ui.formats import long_date
from ui.pages.action_plan.labels import STATUSES, TITLES
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.plan import PlanReturn
    from reviewapp.plan.plan_return import Chosen
    from reviewapp.spreadsheets.account import SheetAccount
    from reviewapp.spreadsheets.outside import OutsideWords
    from reviewapp.visit.state import ActionRecord


def value_in_words(field: str, value: Any) -> str:
    """The value of a plan field as the sheet shows it."""
    if value is None or value == "":
        return _("empty")
    if field == "status":
        return STATUSES.get(str(value), str(value))
    return long_date(str(value)) if field == "due" else str(value)


def _quoted(field: str, value: Any) -> str:
    return "(empty)" if value is None or value == "" else f"“{value_in_words(field, value)}”"


def told_of(found: PlanReturn, nouns: Nouns, actions: Mapping[str, ActionRecord]) -> list[StatusRow]:
    """Rows of the preview: cells to settle, changes, new actions, conflicts, notes, rows that are not taken."""
    told = [_odd(one, nouns) for one in found.odd]
    told += [_changed(one, nouns, _which(one, actions)) for one in found.changed]
    told += [_new(one, nouns) for one in found.new]
    told += [_conflict(one, nouns) for one in found.conflicts]
    why = {one["cell"]: str(one["why"]) for one in found.unknown_rows}
    told += [_note(number, one, why.get(one.cell, ""), nouns) for number, one in enumerate(found.words)]
    noted = {one.cell for one in found.words if one.kind == "row"}
    unknown = [one for one in found.unknown_rows if one["cell"] not in noted]
    for name, rows in ((_("Unknown row"), unknown), (_("Row appears twice"), found.duplicated)):
        told += [_not_taken(name, i, one) for i, one in enumerate(rows)]
    return (
        told
        + [_missing(one, nouns) for one in found.missing]
        + [_left_out(one) for one in found.accounts if _is_left(one)]
    )


def choices_of(found: PlanReturn) -> dict[str, Chosen]:
    """The change to record for the key of every row that is one."""
    rows = {f"c{one['id']}|{one['field']}": (one["id"], one["field"]) for one in found.changed}
    rows |= {f"x{one['id']}|{one['field']}": (one["id"], one["field"]) for one in found.conflicts}
    return rows | {f"n{one['id']}": (one["id"], "") for one in found.new}


def notes_of(found: PlanReturn) -> dict[str, OutsideWords]:
    """The words to keep for the key of every row that is a note."""
    return {f"w{number}": one for number, one in enumerate(found.words)}


def odd_of(found: PlanReturn) -> dict[str, dict[str, Any]]:
    """The notice of the cell for the key of every row that is a cell to settle."""
    return {f"o{one['sheet']}|{one['cell']}": one for one in found.odd}


def sheets_to_choose(accounts: Sequence[SheetAccount]) -> list[StatusRow]:
    """Rows of the sheets of a file of which it has to be said which are the plan."""
    rows = []
    for one in accounts:
        if one.treatment in ("own", "empty", "chart"):
            continue
        n = plural("{n} row", "{n} rows", one.rows)
        rows.append(StatusRow(f"s{one.name}", one.name, ". ".join(part for part in (n, sentence(one.why)) if part)))
    return rows


def _is_left(one: SheetAccount) -> bool:
    return one.treatment == "left_out"


def _left_out(one: SheetAccount) -> StatusRow:
    detail = _("Ignored, because you chose others.")
    return StatusRow(f"s{one.name}", _("Sheet “{name}”", name=one.name), detail, _("Not read"), "na", "dash")


def _odd(one: dict[str, Any], nouns: Nouns) -> StatusRow:
    title = _("{standard}: {column}", standard=nouns.numbered(one["standard"]), column=TITLES[one["field"]].lower())
    detail = _(
        "Cell {cell}: {why}. Select it to say what it means. Otherwise it stays as it is.",
        cell=one["cell"],
        why=str(one["why"]),
    )
    return StatusRow(f"o{one['sheet']}|{one['cell']}", title, detail, _("Not understood"), "warn", "alert")


def _note(number: int, one: OutsideWords, why: str, nouns: Nouns) -> StatusRow:
    title = _("{standard}: a note", standard=nouns.numbered(one.standard)) if one.standard else _("A note")
    detail = f"{sentence(one.place())}. {one.text}"
    if why:
        detail = f"{detail}\n{sentence(why)}."
    return StatusRow(f"w{number}", title, detail, _("Keep as a note"), "info", "quote")


def _missing(one: dict[str, Any], nouns: Nouns) -> StatusRow:
    title = _("{standard}: {action}", standard=nouns.numbered(one["standard"]), action=one["action"])
    return StatusRow(f"m{one['id']}", title, f"{sentence(str(one['why']))}.", _("Row deleted"), "warn", "bin")


def _which(one: dict[str, Any], actions: Mapping[str, ActionRecord]) -> str:
    """The words of the action of a change, where its standard has others too; empty where the standard tells."""
    beside = [key for key, rec in actions.items() if rec.standard == one["standard"]]
    held = actions.get(str(one["id"]))
    if held is None or len(beside) < 2 or one["field"] == "action" or not held.action.strip():
        return ""
    return _("In “{action}”: ", action=excerpt(held.action))


def _changed(one: dict[str, Any], nouns: Nouns, which: str) -> StatusRow:
    field = one["field"]
    was, now = _quoted(field, one["from"]), _quoted(field, one["to"])
    title = _("{standard}: {column}", standard=nouns.numbered(one["standard"]), column=TITLES[field].lower())
    why = f" ({one['why']})" if "why" in one else ""
    return StatusRow(f"c{one['id']}|{field}", title, f"{which}{was} → {now}{why}", _("Changed"), "info", "edit")


def _new(one: dict[str, Any], nouns: Nouns) -> StatusRow:
    words = "; ".join(f"{TITLES[k].lower()}: {value_in_words(k, v)}" for k, v in one.items() if k in TITLES and k not in
                      ("id", "standard", "status"))  # fmt: skip
    return StatusRow(
        f"n{one['id']}",
        _("{standard}: an action", standard=nouns.numbered(one.get("standard", ""))),
        words,
        _("New"),
        "met",
        "plus",
    )


def _conflict(one: dict[str, Any], nouns: Nouns) -> StatusRow:
    field = one["field"]
    sheet, here = _quoted(field, one["sheet"]), _quoted(field, one["visit"])
    why = str(one["why"])
    detail = _(
        "In the form: {sheet}. Here: {here}; {why}. Both are kept, and you choose afterwards.",
        sheet=sheet,
        here=here,
        why=why,
    )
    title = _("{standard}: {column}", standard=nouns.numbered(one["standard"]), column=TITLES[field].lower())
    return StatusRow(f"x{one['id']}|{field}", title, detail, _("Two versions"), "warn", "differ")


def _not_taken(name: str, number: int, one: dict[str, Any]) -> StatusRow:
    cells = ", ".join(one.get("cells", [])) or one.get("cell", "")
    values = "; ".join(f"{title}: {text}" for title, text in one.get("values", {}).items())
    why = str(one.get("why", ""))
    detail = _(
        "{why}. Not imported.{words}",
        why=sentence(why),
        words=_(" It says: {values}", values=values) if values else "",
    )
    return StatusRow(
        f"{name}{number}", _("{name} at {cells}", name=name, cells=cells), detail, _("Not added"), "not_met", "cross"
    )
