"""Writes the response sheet sent with the draft: a row per standard with the draft's rating and cells to answer in."""

from __future__ import annotations

from datetime import date, timedelta

from reviewapp.factcheck.practice_rows import INSTRUCTIONS as PRACTICE
from reviewapp.factcheck.practice_rows import add_sheet as add_practice
from reviewapp.factcheck.rows import SHEET, TITLES, TYPED, asked_of, given_texts, mark, rating_label, sent_of, sent_rows
from reviewapp.figures.rounds import this_round
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.row_marks import fitted_cell
from reviewapp.spreadsheets.sent_with import put_heading, texts_on
from reviewapp.spreadsheets.writer import workbook_bytes
from reviewapp.visit.labels import day
from reviewapp.visit.practice import practices
from reviewapp.visit.state import VisitState

COLUMNS = (
    Column(title=TITLES["standard"], width=10, locked=True, middle=True),
    Column(title=TITLES["type"], width=7, locked=True, middle=True),
    Column(title=TITLES["asked"], width=40, locked=True),
    Column(title=TITLES["rating"], width=15, locked=True),
    Column(title=TITLES["reason"], width=36, locked=True),
    Column(title=TITLES["text"], width=42),
    Column(title=TITLES["evidence"], width=36),
    Column(title=TITLES["outside"], width=28),
    Column(title=TITLES["id"], width=10, locked=True, hidden=True),
    Column(title=TITLES["check"], width=16, locked=True, hidden=True),
    Column(title=TITLES["sent"], width=20, locked=True, hidden=True),
)


def default_reply_by(state: VisitState, today: date) -> date:
    """The day by which the host answers: `today` plus the `reply_days` of the network's rule."""
    return today + timedelta(days=state.instrument.rule.reply_days)


def response_sheet(state: VisitState, reply_by: date) -> bytes:
    """The XLSX to send with the draft: instructions with the deadline, then a row for every standard.

    Hidden columns let `read_answers` recognise each row. Text that a person typed is stored as text, never as a
    formula; of one too long for a cell its beginning is shown, and said so. The host's earlier answers are filled in.
    """
    book = layout.workbook(f"Answers to the draft report - {state.info.service}")
    instructions = layout.instructions(book, "Answers to the draft report", _instructions(state, reply_by))
    sheet = layout.table(book, SHEET, COLUMNS)
    for row in sent_rows(state):
        standard, typed = row.standard, row.typed
        given = [standard.number, standard.type, asked_of(standard)]
        given += [rating_label(row, state), fitted_cell(row.reason)]
        answer = [fitted_cell(typed[name]) for name in TYPED]
        layout.add_row(sheet, COLUMNS, [*given, *answer, row.id, mark(state, row), sent_of(row)])
    rows = [row.id for row in sent_rows(state)]
    put_heading(sheet, rows, [*given_texts(state), *texts_on(instructions)])
    add_practice(book, state)
    book.active = 0
    return workbook_bytes(book)


def _instructions(state: VisitState, reply_by: date) -> list[tuple[str, str]]:
    """The instructions as (heading, text), in the order they are needed."""
    info, lead = state.info, state.lead()
    sender = (lead.name or f"the lead reviewer ({lead.key})") if lead else "the lead reviewer"
    until = day(reply_by.isoformat())
    notices = []
    if state.instrument.scope == "subset":
        number = len(state.instrument.standards)
        note = state.instrument.subset_note or f"on these {number} standards only; not an accreditation outcome"
        notices.append(("Part of the standards", f"The draft is {note}."))
    return [
        ("Service", f"{info.service}\n{info.organisation}"),
        ("Review", f"{day(this_round(state).held)}, {state.instrument.title}, {state.instrument.edition}"),
        *notices,
        ("Please answer by", f"{until}. Send this one sheet back to {sender}."),
        ("What this is", "The draft report is yours to check for facts before it is finished. Here is every standard "
                         "with the rating in the draft and the reviewers' reason."),
        ("Where to write", "In the light yellow cells of the sheet “Answers”. The grey ones are locked. Leave a row "
                           "empty where you agree or have nothing to add."),
        (TITLES["text"], "What is wrong or missing in what the draft says about this standard."),
        (TITLES["evidence"], "What shows it: name the paper, policy or figure and its date. Send the papers themselves "
                             "separately, the way your organisation sends confidential papers."),
        (TITLES["outside"], "If this is not commissioned, or not in your team's hands, say so, and who decides on it. "
                            "It is printed beside the rating and does not change it."),
        *(PRACTICE if practices(state) else ()),
        ("What happens then", "The lead reviewer accepts or declines each answer and says why. Further evidence may "
                              "change a rating; the report then says what it was in the draft and what it is now."),
        ("Please do not", "write anything that could tell who a patient, carer or member of staff is. Do not delete, "
                          "copy or insert rows: each carries a hidden mark by which the program knows it again."),
        ("When you are done", "Save the file as it is (XLSX) and send it back. If several people fill it in, work in "
                              "one copy."),
    ]  # fmt: skip
