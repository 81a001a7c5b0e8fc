"""Empty tables for the team: the instructions in plain words, and what is asked already filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Instrument, Standard
from reviewapp.intake.read import KINDS, IntakeKind
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.writer import csv_bytes, workbook_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

_QUESTIONNAIRES, _CASE_NOTES = 60, 20
_ANSWERS = ("Yes", "No", "NA")
_RECORDED = ("Yes", "No", "NA", "Not recorded")


class _TemplateSpec(msgspec.Struct, frozen=True):
    """One template: its sheet, the columns, and a row of values for every line to be filled in."""

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: list[list[str]]
    how: list[tuple[str, str]]
    lists: dict[str, tuple[str, ...]]
    head_height: float = 32
    freeze: int = 1


def template(kind: IntakeKind, instrument: Instrument, suffix: str = ".xlsx") -> bytes:
    """The file to send to a team, XLSX or (by `suffix`) CSV; filled in, `read_intake` of the same kind reads it."""
    if kind not in KINDS:
        raise Invalid(
            _("there is no template of kind {kind}", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(KINDS)),
        )
    plans = {"self_review": _self_review, "survey": _survey, "audit": _audit, "response": _response}
    plan = plans[kind](instrument)
    if suffix.casefold() == ".csv":
        return csv_bytes([[column.title.partition("\n")[0] for column in plan.columns], *plan.rows])
    if suffix.casefold() != ".xlsx":
        raise Invalid(
            _("a template cannot be written as {suffix}", suffix=f"{suffix!r}"),
            field="file",
            do=_("name the file .xlsx or .csv"),
        )
    book = layout.workbook(f"{plan.title} - {instrument.title}")
    layout.instructions(book, plan.title, [("For", _edition(instrument)), *plan.how])
    _fill(book, plan)
    _legend(book, kind, instrument)
    return workbook_bytes(book)


def _edition(instrument: Instrument) -> str:
    name = f"{instrument.title}, {instrument.edition}" if instrument.edition else instrument.title
    return f"{name}\n{instrument.subset_note}".strip()


def _fill(book: Workbook, plan: _TemplateSpec) -> None:
    sheet = layout.table(book, plan.sheet, plan.columns, head_height=plan.head_height, freeze=plan.freeze)
    for row in plan.rows:
        layout.add_row(sheet, plan.columns, row)
    last = len(plan.rows) + 1
    ranges: dict[tuple[str, ...], list[str]] = {}
    for number, column in enumerate(plan.columns, 1):
        if not column.locked and (choices := plan.lists.get(column.title, plan.lists.get(""))):
            letter = sheet.cell(1, number).column_letter
            ranges.setdefault(choices, []).append(f"{letter}2:{letter}{last}")
    for choices, cells in ranges.items():
        layout.drop_down(sheet, " ".join(cells), choices, title="Please choose")
    book.active = 0


def _self_review(instrument: Instrument) -> _TemplateSpec:
    labels = tuple(choice.label for choice in instrument.scale.values)
    columns = (
        Column(title="Standard", width=10, locked=True, middle=True),
        Column(title="Type", width=7, locked=True, middle=True),
        Column(title="Title", width=28, locked=True),
        Column(title="What is asked", width=62, locked=True),
        Column(title="Rating", width=17),
        Column(title="Comment", width=58),
    )
    how = [
        ("What this is", "Your team's own view of every standard before the peer review. The reviewers start from it."),
        ("Who fills it in", "The team together if you can: manager, staff, and people who have used the service."),
        ("Rating", f"Choose {any_of(labels)} from the list in each row of the sheet “Self-review”."),
        ("Comment", "Say in a sentence or two how you know: where it is written, what you do, what is missing. "
                    "A comment helps most where the answer is not a plain yes."),
        ("Not sure yet?", "Leave the rating empty and write what you would need to find out."),
        ("Please do not", "write names or anything that could tell who a patient, carer or member of staff is. "
                          "Do not change the first four columns; they are locked."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[s.number, s.type, s.title, s.statement, "", ""] for s in instrument.standards]
    return _TemplateSpec("Self-review", "Self-review", columns, rows, how, {"Rating": labels}, freeze=1)


def _response(instrument: Instrument) -> _TemplateSpec:
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
        ("Outside your control?", "If this is not commissioned, or not in your team's hands, say what is and by whom."),
        ("Please do not", "write names or anything that could tell who a patient, carer or member of staff is."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[s.number, s.type, s.title, s.statement, "", "", ""] for s in instrument.standards]
    return _TemplateSpec("Answers to the draft report", "Answers", columns, rows, how, {}, freeze=1)


def asked_in_surveys(instrument: Instrument) -> tuple[Standard, ...]:
    """The standards a survey can test; all of them when the instrument does not say."""
    return tuple(s for s in instrument.standards if "survey" in s.sources) or instrument.standards


def _survey(instrument: Instrument) -> _TemplateSpec:
    asked = asked_in_surveys(instrument)
    columns = (
        Column(title="Questionnaire", width=9, locked=True, middle=True, turned=True),
        Column(title="Group", width=10),
        *(Column(title=f"{s.number}\n{s.title}", width=7.4, middle=True, turned=True) for s in asked),
    )
    how = [
        ("What this is", "A table for typing in paper questionnaires: one row for each person who answered, one column "
                         "for each standard. The sheet “Questions” says what each standard asks."),
        ("First", "Number the paper questionnaires 1, 2, 3 ... so that a row can be checked against its paper."),
        ("Group", f"Who answered: {any_of(g for g in SURVEY_GROUPS)}. A relative or friend who supports somebody is a "
                  "carer."),
        ("Answers", "Yes, No, or NA when the person says it does not apply. Leave the cell empty when "
                    "there is no answer; do not guess one."),
        ("A column not asked?", "If your questionnaire did not ask about a standard, leave its column empty."),
        ("Please do not", "type in names, dates of birth or anything people wrote about themselves. "
                          "Keep the paper where your service keeps such things."),
        ("More than 60 people?", "Fill in a second copy and put its rows below, or send counts instead: a "
                                 "table with the columns group, standard, yes, no, na."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[str(n), "", *("" for __ in asked)] for n in range(1, _QUESTIONNAIRES + 1)]
    lists = {"Group": tuple(g.capitalize() for g in SURVEY_GROUPS), "": _ANSWERS}
    return _TemplateSpec("Survey answers", "Answers", columns, rows, how, lists, head_height=170, freeze=2)


def _audit(instrument: Instrument) -> _TemplateSpec:
    items, target = instrument.audit, instrument.targets.case_notes
    columns = (
        Column(title="Case note", width=10, middle=True),
        *(Column(title=f"{a.item}\n{a.text}", width=13, middle=True, turned=True) for a in items),
    )
    how = [
        ("What this is", "A table for reading case notes: one row for each record, one column for each thing to "
                         "look for. The sheet “What to look for” has the items in full."),
        ("Which records", "Choose them by chance, for example every tenth of the last six months, not the best ones."
                          + (f" Aim for at least {target}." if target else "")),
        ("Case note", "A number of your own, 1, 2, 3 ... Keep the list that says which record it is inside "
                      "your service. Never type an NHS number or initials."),
        ("Answers", "Yes: it is in the record. No: the record shows that it was not done. Not recorded: the record "
                    "does not say. NA: it does not apply to this person."),
        ("Rows not needed", "Leave them empty; a number alone is not counted."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[str(n), *("" for __ in items)] for n in range(1, max(_CASE_NOTES, target) + 1)]
    lists = {"Case note": (), "": _RECORDED}
    return _TemplateSpec("Case-note audit", "Case notes", columns, rows, how, lists, head_height=240, freeze=1)


def _legend(book: Workbook, kind: IntakeKind, instrument: Instrument) -> None:
    """A sheet with the full wording behind short headings; the self-review has it in its rows."""
    if kind in ("self_review", "response"):
        return
    if kind == "survey":
        name, head = "Questions", ("Standard", "Title", "What is asked")
        rows = [(s.number, s.title, s.statement) for s in asked_in_surveys(instrument)]
    else:
        name, head = "What to look for", ("Item", "What to look for", "Standards")
        rows = [(a.item, a.text, ", ".join(a.standards)) for a in instrument.audit]
    _wording(book, name, head, rows)


def _wording(book: Workbook, name: str, head: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    widths = (10, 34, 90) if name == "Questions" else (10, 90, 34)
    columns = tuple(Column(title=t, width=w, locked=True) for t, w in zip(head, widths, strict=True))
    sheet = layout.table(book, name, columns)
    for row in rows:
        layout.add_row(sheet, columns, row)
