"""The sheet that asks whether good practice may be published: a row for each passage, with marks to know it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.row_marks import check_code, digest_of_field, fitted_cell
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.spreadsheets.table import Names, Table, find_table
from reviewapp.visit.practice import practices
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET = "Good practice"
TITLES = {
    "standard": "Standard",
    "text": "What the draft says is good here",
    "published": "May the network publish this?",
    "named": "With your team's name?",
    "id": "Id",
    "check": "Check",
    "sent": "As sent",
}
"""Column name in the program → heading on the sheet."""
TYPED = ("published", "named")
"""The columns that the host fills in."""
NAMES: Names = {name: (title,) for name, title in TITLES.items()}
REQUIRED = ("standard", "published", "id")
YES, NO = "yes", "no"
INSTRUCTIONS = (
    (SHEET, "The sheet “Good practice” lists what the draft praises. Say yes if the network may publish these very "
            "words, and yes once more if your team may be named with them. Empty means no. The rating does not depend "
            "on it."),
)  # fmt: skip

_COLUMNS = (
    Column(title=TITLES["standard"], width=10, locked=True, middle=True),
    Column(title=TITLES["text"], width=90, locked=True),
    Column(title=TITLES["published"], width=22, middle=True),
    Column(title=TITLES["named"], width=22, middle=True),
    Column(title=TITLES["id"], width=10, locked=True, hidden=True),
    Column(title=TITLES["check"], width=16, locked=True, hidden=True),
    Column(title=TITLES["sent"], width=20, locked=True, hidden=True),
)
_PREFIX = "HG-"


class SentPractice(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is sent: the words, and the answers held then."""

    standard: str
    text: str
    about: str
    """The print of the words."""
    typed: dict[str, str]

    @property
    def id(self) -> str:
        """The id of the row, such as `HG-47`."""
        return f"{_PREFIX}{self.standard}"

    @property
    def sent(self) -> str:
        """The print of the words, a digest of the cell that shows them, and the answers held when it was sent."""
        shown = digest_of_field("text", self.text)
        return ".".join([self.about, shown, *(self.typed[name] for name in TYPED)])


def sent_practices(state: VisitState) -> list[SentPractice]:
    """A row for each passage on positive practice."""
    return [
        SentPractice(
            standard=one.standard, text=one.text, about=one.digest, typed=_typed_before(state, one.standard, one.digest)
        )
        for one in practices(state)
    ]  # fmt: skip


def add_sheet(book: Workbook, state: VisitState) -> None:
    """Add the sheet to the workbook; none where nothing is praised."""
    rows = sent_practices(state)
    if not rows:
        return
    sheet = layout.table(book, SHEET, _COLUMNS)
    for row in rows:
        check = check_code(state.info.id, row.id, row.standard, row.sent)
        typed = [row.typed[name] for name in TYPED]
        layout.add_row(sheet, _COLUMNS, [row.standard, fitted_cell(row.text), *typed, row.id, check, row.sent])
    layout.drop_down(sheet, f"C2:D{len(rows) + 1}", [YES, NO], title="Yes or no")


def practice_table(sheet: Sheet) -> Table | None:
    """The table of this sheet, if it is one that asks about good practice."""
    return find_table(sheet, NAMES, REQUIRED)


def number_of(id_: str) -> str:
    """The standard whose row has this id; empty for an id of another kind."""
    return id_.removeprefix(_PREFIX) if id_.startswith(_PREFIX) else ""


def mark_is_valid(state: VisitState, id_: str, check: str, sent: str) -> bool:
    """Whether a row's marks belong together and to this visit."""
    return bool(number_of(id_)) and check == check_code(state.info.id, id_, number_of(id_), sent)


def in_word(said: bool | None) -> str:
    """An answer as its cell holds it."""
    return "" if said is None else YES if said else NO


def _typed_before(state: VisitState, standard: str, about: str) -> dict[str, str]:
    """The answers held about these very words; about others they are asked for anew."""
    held = state.practice_consents.get(f"{standard}/{HOST}")
    if held is None or held.about != about:
        return dict.fromkeys(TYPED, "")
    return {"published": in_word(held.published), "named": in_word(held.named)}
