"""The team's answers to the draft report; they are read by the factual check, which knows the sheet it sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, plural
from reviewapp.factcheck import read_answers
from reviewapp.factcheck.practice_rows import TYPED, number_of, practice_table
from reviewapp.factcheck.rows import HIDDEN, NAMES
from reviewapp.instruments.lookup import standard_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake.earlier import HeldPart
from reviewapp.intake.rows import excerpt, heading
from reviewapp.intake.sheet import Heading, Reading, SheetKind, TemplateSpec
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.spreadsheets.row_marks import is_mark_heading
from reviewapp.spreadsheets.table import Table, find_tables
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement, LocalContext, PracticeConsent, Response
from reviewapp.visit.validators import HOST


def _read(sheets: Sequence[Sheet], instrument: Instrument, state: VisitState | None) -> Reading:
    return _choose(sheets, instrument, state, ())


def _choose(
    sheets: Sequence[Sheet], _instrument: Instrument, state: VisitState | None, chosen: Sequence[str]
) -> Reading:
    if state is None:
        raise Invalid(_("answers to a draft belong to a visit"), field="kind", do=_("name the visit"))
    problems = Problems()
    found = read_answers(sheets, state, chosen=chosen, problems=problems)
    read = {one.name for one in found.accounts if one.treatment == "read"}
    tables = find_tables([sheet for sheet in sheets if sheet.name in read or not sheet.name], NAMES, _REQUIRED)
    return Reading(
        found.lines,
        found.summary,
        headings=[one for table in (*tables, *_practice_tables(sheets)) for one in _headings(table)],
        words=found.words,
        stands=[*_stands(tables, state), *_practice_stands(sheets)],
        problems=problems,
        accounts=found.accounts,
    )


_REQUIRED = ("standard", "text")
_MEANINGS = {
    "standard": _("the standard"),
    "text": _("the answer"),
    "evidence": _("the further evidence"),
    "outside": _("what is outside the team's control"),
    "published": _("whether good practice may be published"),
    "named": _("whether with the team's name"),
}


def _headings(table: Table) -> list[Heading]:
    """What each column was taken for. Ours, which are not for answers, are not read, nor are the team's own."""
    asks_practice = "published" in table.columns
    known = {name: words for name, words in _MEANINGS.items() if name != "text" or not asks_practice}
    meanings = {column: known.get(name) for name, column in table.columns.items() if name not in HIDDEN}
    meanings |= {column: None for column, title in table.others() if not is_mark_heading(title)}
    return [heading(table, column, meanings[column] or _("not read")) for column in sorted(meanings)]


def _stands(tables: Sequence[Table], state: VisitState) -> list[FieldAddress]:
    """The answers that are filled in on the sheet, also those that were sent with it and left as they were."""
    names = ("text", "evidence", "outside")
    found: list[FieldAddress] = []
    for table in tables:
        for row in table.rows():
            number = standard_of(table.seen(row, "standard"), state.instrument)
            found += [_address(name, number, HOST) for name in names if number and table.seen(row, name)]
    return found


def _practice_tables(sheets: Sequence[Sheet]) -> list[Table]:
    return [table for sheet in sheets if (table := practice_table(sheet)) is not None]


def _practice_stands(sheets: Sequence[Sheet]) -> list[FieldAddress]:
    """The answers about good practice that are filled in on the sheets, also those that were sent with them."""
    tables = _practice_tables(sheets)
    rows = [(table, row, number_of(table.get(row, "id"))) for table in tables for row in table.rows()]
    return [
        ("practice_consent", f"{number}/{HOST}", name)
        for table, row, number in rows
        for name in TYPED
        if number and table.seen(row, name)
    ]


def _address(name: str, number: str, me: str) -> FieldAddress:
    return ("local_context", f"{number}/{me}", "text") if name == "outside" else ("response", number, name)


def _held(state: VisitState, me: str) -> list[HeldPart]:
    """Every text of the team's answers, each for itself."""
    held = []
    for number, rec in state.responses.items():
        for name, text, emptied in (
            ("text", rec.text, Response(standard=number, text="")),
            ("evidence", rec.evidence, Response(standard=number, evidence="")),
        ):
            if text:
                held.append(_part(number, _address(name, number, me), text, emptied))
    for key, outside in state.local_context.items():
        if outside.person == me and outside.text:
            number = key.partition("/")[0]
            held.append(
                _part(number, ("local_context", key, "text"), outside.text, LocalContext(standard=number, text=""))
            )
    for key, answer in state.practice_consents.items():
        if answer.person == me and answer.published is not None:
            held.append(_practice_part(key, answer))
    return held


def _practice_part(key: str, answer: PracticeConsentRecord) -> HeldPart:
    """Whether the practice at a standard may be published, as one answer."""
    fields: dict[FieldAddress, Any] = {("practice_consent", key, "published"): answer.published}
    if answer.named is not None:
        fields["practice_consent", key, "named"] = answer.named
    emptied = PracticeConsent(standard=answer.standard, published=None, named=None)
    subject = _("publishing the practice of standard {number}", number=answer.standard)
    return HeldPart(subject, _yes_no(answer.published is True), _published, fields, [emptied])


def _published(line: AnyStatement) -> str:
    said = line.values().get("published")
    return _yes_no(said) if isinstance(said, bool) else ""


def _yes_no(said: bool) -> str:
    return _("yes") if said else _("no")


def _part(number: str, address: FieldAddress, text: str, emptied: AnyStatement) -> HeldPart:
    subject, new = _("standard {number}", number=number), partial(_new_text, name=address[2])
    return HeldPart(subject, _quoted(text), new, {address: text}, [emptied])


def _new_text(line: AnyStatement, name: str) -> str:
    return _quoted(str(line.values().get(name, "")))


def _quoted(text: str) -> str:
    return _("“{text}”", text=excerpt(text))


def _template(instrument: Instrument) -> TemplateSpec:
    """Without a visit there is no draft to print the ratings of; the sheet that has them is made with the report."""
    columns = (
        Column(title="Standard", width=10, locked=True, middle=True),
        Column(title="Type", width=7, locked=True, middle=True),
        Column(title="Title", width=28, locked=True),
        Column(title="What is asked", width=50, locked=True),
        Column(title="Your answer", width=46),
        Column(title="Further evidence", width=40),
        Column(title="Outside your control?", width=28),
    )
    how = [
        ("What this is", "Your team's answers to the draft report, standard by standard. Leave a row empty where you "
                         "agree or have nothing to add."),
        ("Your answer", "What is wrong or missing in what the draft says about this standard."),
        ("Further evidence", "What shows it: name the paper, policy or figure and its date."),
        ("Outside your control?", "If this is not commissioned, or not in your team's hands, say so, and who decides "
                                  "on it."),
        ("Please do not", "write names or anything that could tell who a patient, carer or member of staff is."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[s.number, s.type, s.title, s.statement, "", "", ""] for s in instrument.standards]
    return TemplateSpec("Answers to the draft report", "Answers", columns, rows, how, {}, freeze=1)


def _taken(state: VisitState) -> str:
    return plural("{n} answer", "{n} answers", len(state.responses)) if state.responses else _("Not received yet")


SHEET = SheetKind(
    "response",
    _("The team's answer to the draft"),
    "answers",
    _read,
    _template,
    _taken,
    prepares=False,
    held=_held,
    choose=_choose,
)
