"""What a file of the team holds, as rows to look at before it is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewapp.base.i18n import _, plural
from reviewapp.intake import Intake
from reviewapp.spreadsheets.account import SheetAccount
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusRow

TICK_SHEET = _("First tick at least one sheet.")


def sheets_to_choose(accounts: Iterable[SheetAccount]) -> list[StatusRow]:
    """The sheets that hold something, any of which may be meant."""
    return [_sheet_row(one) for one in accounts if one.treatment not in ("own", "empty", "chart")]


def _sheet_row(one: SheetAccount) -> StatusRow:
    rows = plural("{n} row", "{n} rows", one.rows)
    return StatusRow(f"s{one.name}", one.name, ". ".join(part for part in (rows, sentence(one.why)) if part))


def intake_rows(found: Intake) -> list[StatusRow]:
    """Cells to settle first, then notes, then what is overwritten, left or not counted, and how headings were read."""
    return [*_odd(found), *_words(found), *_identifying(found), *_earlier(found), *_account(found)]


def _odd(found: Intake) -> Iterator[StatusRow]:
    for n, one in enumerate(found.not_taken):
        detail = f"{sentence(one.what)}. {sentence(one.do)}."
        yield StatusRow(f"o{n}", one.cell, detail, _("Not imported"), "warn", "alert", note=one.sheet)


def _words(found: Intake) -> Iterator[StatusRow]:
    for n, words in enumerate(found.words):
        title = _("On {standard}: a note", standard=words.standard) if words.standard else _("A note")
        detail = f"{sentence(words.place())}. {words.text}"
        yield StatusRow(f"w{n}", title, detail, _("Keep as a note"), "info", "quote")


def _identifying(found: Intake) -> Iterator[StatusRow]:
    for place in found.identifying:
        signs = "; ".join(sign.in_words() for sign in place.signs)
        title = sentence(place.record())
        yield StatusRow(f"i{place.entity}|{place.key}", title, signs, _("May identify someone"), "warn", "alert")


def _earlier(found: Intake) -> Iterator[StatusRow]:
    earlier = found.earlier
    for pill, tone, icon, lines in (
        (_("Overwritten"), "warn", "edit", earlier.overwritten),
        (_("Kept as it was"), "info", "info", earlier.left),
        (_("Removed"), "not_met", "bin", earlier.removed),
    ):
        for n, line in enumerate(lines):
            yield StatusRow(f"{icon}{n}", sentence(line), "", pill, tone, icon)


def _account(found: Intake) -> Iterator[StatusRow]:
    for n, skipped in enumerate(found.skipped):
        title = _("Row {row}: “{label}”", row=skipped.row, label=skipped.label)
        yield StatusRow(f"k{n}", title, "", _("Not counted"), "na", "dash", note=skipped.sheet)
    for n, one in enumerate(found.sheets):
        if one.treatment in ("left_out", "not_asked"):
            yield StatusRow(f"a{n}", one.name, plural("{n} row", "{n} rows", one.rows), _("Ignored"), "na", "dash")
    for n, head in enumerate(found.headings):
        title = f"“{head.heading}” → {head.meaning}"
        yield StatusRow(f"h{n}", title, "", _("Heading"), "na", note=f"{head.sheet} {head.cell}".strip())
