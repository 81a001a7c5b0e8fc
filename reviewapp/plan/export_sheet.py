"""Writes the action plan as an XLSX for the host team, to be filled in with any office program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from reviewapp.base.i18n import any_of
from reviewapp.figures.goals import chosen_goals
from reviewapp.figures.presentations import decided_presentations
from reviewapp.figures.rounds import this_round
from reviewapp.plan.priority import LEVELS
from reviewapp.plan.progress import log_of
from reviewapp.plan.recommended import asked_text
from reviewapp.plan.rows import SHEET, STATUSES, TITLES, UNDER_WAY, PlanRow, digest_of, plan_rows
from reviewapp.plan.sent_versions import History, Versions, nothing_known
from reviewapp.report.content.report_data import reviewer_in_words
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.row_marks import check_code, fitted_cell
from reviewapp.spreadsheets.sent_with import put_heading, texts_on
from reviewapp.spreadsheets.writer import workbook_bytes
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from openpyxl import Workbook

_DATE = "dd/mm/yyyy"
_FIRST_DAY = date(1900, 3, 1)

COLUMNS = (
    Column(title=TITLES["standard"], width=10, locked=True, middle=True),
    Column(title=TITLES["type"], width=6, locked=True, middle=True),
    Column(title=TITLES["asked"], width=37, locked=True),
    Column(title=TITLES["action"], width=38),
    Column(title=TITLES["owner"], width=16),
    Column(title=TITLES["due"], width=16, middle=True, number_format=_DATE),
    Column(title=TITLES["priority"], width=9, middle=True, number_format="General"),
    Column(title=TITLES["measure"], width=27),
    Column(title=TITLES["status"], width=12),
    Column(title=TITLES["progress"], width=33),
    Column(title=TITLES["impact"], width=9, middle=True),
    Column(title=TITLES["effort"], width=9, middle=True),
    Column(title=TITLES["goal"], width=9, middle=True),
    Column(title=TITLES["deputy"], width=16),
    Column(title=TITLES["id"], width=10, locked=True, hidden=True),
    Column(title=TITLES["check"], width=16, locked=True, hidden=True),
    Column(title=TITLES["sent"], width=20, locked=True, hidden=True),
    Column(title=TITLES["seen"], width=20, locked=True, hidden=True),
)

LOG_SHEET = "Progress so far"
LOG_COLUMNS = (
    Column(title="Standard", width=10, locked=True, middle=True),
    Column(title="Action", width=48, locked=True),
    Column(title="Date", width=13, locked=True, middle=True, number_format=_DATE),
    Column(title="From", width=14, locked=True),
    Column(title="What was reported", width=70, locked=True),
)


def export_plan(state: VisitState, history: History = nothing_known) -> bytes:
    """The XLSX of the action plan: instructions, a row for every standard agreed not met, spare rows, progress so far.

    `history`: that of `state`, such as `partial(visit.history, "action")`. Hidden columns let `read_plan` recognise
    each row and find what changed since. Text that a person typed is stored as text, never as a formula; of one too
    long for a cell its beginning is shown, and said so.
    """
    book = layout.workbook(f"Action plan - {state.info.service}")
    instructions = layout.instructions(book, "Action plan", _instructions(state))
    instructions.page_setup.fitToHeight = 1
    sheet, rows = _plan_sheet(book, state, history), [row.id for row in plan_rows(state)]
    log = _log_sheet(book, state, history)
    ours = [text for one in (instructions, log) if one is not None for text in texts_on(one)]
    put_heading(sheet, rows, [*given_texts(state), *ours])
    book.active = 0
    return workbook_bytes(book)


def given_texts(state: VisitState) -> list[str]:
    """The texts in the locked columns of the plan, but for numbers and marks."""
    standards = state.instrument.standards
    return [text for one in standards for text in (one.type, fitted_cell(asked_text(state, one)))]


def _plan_sheet(book: Workbook, state: VisitState, history: History) -> Any:
    sheet = layout.table(book, SHEET, COLUMNS)
    rows = plan_rows(state)
    for row in rows:
        unlocked = (TITLES["standard"],) if row.spare else ()
        layout.add_row(sheet, COLUMNS, _cells(row, state, history), unlocked=unlocked)
    last = sheet.max_row
    spare = sum(row.spare for row in rows)
    layout.drop_down(sheet, f"G2:G{last}", ("1", "2", "3"), title="Priority")
    layout.drop_down(sheet, f"I2:I{last}", tuple(STATUSES.values()), title="Status")
    layout.drop_down(sheet, f"K2:K{last}", LEVELS, title="Impact")
    layout.drop_down(sheet, f"L2:L{last}", LEVELS, title="Effort")
    goals = chosen_goals(state)
    if goals:
        layout.drop_down(sheet, f"M2:M{last}", [goal.id for goal in goals], title="Goal")
    numbers = [s.number for s in state.instrument.standards]
    layout.drop_down(sheet, f"A{last - spare + 1}:A{last}", numbers, title="Standard")
    _expect_dates(sheet, f"F2:F{last}")
    _show_late(sheet, last)
    return sheet


def _log_sheet(book: Workbook, state: VisitState, history: History) -> Any:
    """Add the locked sheet with the log of progress reports; left out while there are none."""
    logs = [(row, log_of(history(row.id))) for row in plan_rows(state) if row.id in state.actions]
    if not any(log for _, log in logs):
        return None
    sheet = layout.table(book, LOG_SHEET, LOG_COLUMNS)
    for row, log in logs:
        for entry in log:
            who = "the team" if entry.person == HOST else reviewer_in_words(state, entry.person)
            cells = [
                row.number,
                fitted_cell(row.values["action"]),
                _date_or_text(entry.day),
                who,
                fitted_cell(entry.text),
            ]
            layout.add_row(sheet, LOG_COLUMNS, cells)
    return sheet


def _cells(row: PlanRow, state: VisitState, history: History) -> list[Any]:
    """The cells of a row in the order of `COLUMNS`, hidden ones included."""
    values, sent, seen = row.values, digest_of(row.values), Versions(history(row.id)).mark()
    asked = fitted_cell(asked_text(state, row.standard)) if row.standard else ""
    return [
        row.number,
        row.standard.type if row.standard else "",
        asked,
        fitted_cell(values["action"]),
        fitted_cell(values["owner"]),
        _date_or_text(values["due"]),
        int(values["priority"]) if values["priority"] else "",
        fitted_cell(values["measure"]),
        STATUSES.get(values["status"], values["status"]),
        fitted_cell(values["progress"]),
        values["impact"],
        values["effort"],
        values["goal"],
        fitted_cell(values["deputy"]),
        row.id,
        check_code(state.info.id, row.id, row.number, sent + seen),
        sent,
        seen,
    ]


def _date_or_text(text: str) -> date | str:
    """A date where a spreadsheet program knows the day; their calendars begin in 1900, with a leap day too many."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text


def _expect_dates(sheet: Any, cells: str) -> None:
    """Add a validation that warns about, but accepts, a text that is not a date.

    A program set to another country may not recognise a date that is written day first.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.errorTitle, rule.error = "Due", "Please type a date, day first, such as 30/09/2027."
    sheet.add_data_validation(rule)
    rule.add(cells)


def _show_late(sheet: Any, last: int) -> None:
    """Format a due date that has passed in bold red with the word `late`, unless its action is done or dropped."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    over = [STATUSES[status] for status in STATUSES if status not in UNDER_WAY]
    ended = ",".join(f'$I2<>"{word}"' for word in over)
    late_style = DifferentialStyle(
        font=Font(bold=True, color="962D22"), numFmt=NumberFormat(numFmtId=165, formatCode=f'{_DATE}" late"')
    )
    late = f"AND(ISNUMBER($F2),$F2<TODAY(),{ended})"
    sheet.conditional_formatting.add(f"F2:F{last}", Rule(type="expression", dxf=late_style, formula=[late]))


def _instructions(state: VisitState) -> list[tuple[str, str]]:
    """The instructions as (heading, text), in the order they are needed."""
    info = state.info
    lead = state.lead()
    sender = (lead.name or f"the lead reviewer ({lead.key})") if lead else "the lead reviewer"
    about = [
        ("Service", f"{info.service}\n{info.organisation}"),
        ("Review", f"{_day(this_round(state).held)}, {state.instrument.title}, {state.instrument.edition}"),
        *_notices(state),
    ]
    return [
        *about,
        ("Who sends it back", f"One person in your team, to {sender}, by the date in the message it came with. "
                              "If several people fill it in, work in one copy."),
        ("Where to write", "In the light yellow cells of the sheet “Action plan”. The grey ones are locked."),
        ("Standard, Type, What is asked", _which_standards(state)),
        ("Action", "What you will do, so that a reader who was not there understands it. One action a row; for a "
                   "second action on the same standard use an empty row at the end and choose the standard there."),
        ("Owner", "A role in your team, such as team manager, and not the reviewers. No patient or "
                  "carer names anywhere, please."),
        ("Due", "The date by which it is done, day first: 30/09/2027."),
        ("Priority", "1 first, 2 next, 3 later. Which matter most is for your team to decide. If you leave it empty "
                     "and choose Impact and Effort at the right end of the table, it follows from these."),
        ("Impact and Effort", "How much the action would change for patients, carers and staff, and how much work it "
                              "is. Priority then is:\n"
                              "for high impact 1, or 2 if the effort is high;\n"
                              "for medium impact 1 with low, 2 with medium, 3 with high effort;\n"
                              "for low impact 2 with low effort, else 3."),
        *_goals(state),
        ("Deputy owner", "The role that sees to it when the owner leaves or is away."),
        ("Measure of success", "How you will know that it worked."),
        ("Status", f"{any_of(STATUSES.values()).capitalize()}. For one you drop, say why under Progress."),
        ("Progress", "What has happened so far. Add to it each time the plan is looked at. Earlier reports are kept, "
                     "with their dates, even if you write over them."),
        ("Please do not", "delete, copy or sort rows: each carries a hidden mark by which the program knows it again. "
                          "A row that cannot be recognised is reported, not guessed."),
        ("When you are done", "Save the file as it is (XLSX) and send it back. Only what you changed is taken over, "
                              "after the lead reviewer has looked at it."),
    ]  # fmt: skip


def _goals(state: VisitState) -> list[tuple[str, str]]:
    """The goals that can be named in the column, each with its words; nothing where the team has chosen none."""
    goals = chosen_goals(state)
    if not goals:
        return []
    named = "\n".join(f"{goal.id}: {goal.text}" for goal in goals)
    return [("Goal", fitted_cell(f"Which of your goals the action serves, by its number:\n{named}"))]


def _which_standards(state: VisitState) -> str:
    """Which standards have a row, in the words of the scale."""
    if state.instrument.scale.kind == "scored":
        return (
            "The items that the review team agreed to score below the middle of the scale, and others with an action."
        )
    return "The standards that the review team agreed are not met, type 1 first, and others with an action."


def _notices(state: VisitState) -> list[tuple[str, str]]:
    """Caveats as (heading, text): draft report, part of the standards, standards still open; none if none applies."""
    notices = []
    if not decided_presentations(state):
        notices.append(("DRAFT", "The report is a draft: ratings may still change, and rows with them."))
    if state.instrument.scope == "subset":
        number = len(state.instrument.standards)
        note = state.instrument.subset_note or f"on these {number} standards only; not an accreditation outcome"
        notices.append(("Part of the standards", f"This plan is {note}."))
    open_ones = [s.number for s in state.instrument.standards if not _agreed(state, s.number)]
    if open_ones:
        opening = "Not agreed by the review team yet, so without a row of their own: "
        noun = "standards" if len(open_ones) > 1 else "standard"
        notices.append(("Still open", f"{opening}{noun} {', '.join(open_ones)}."))
    return notices


def _agreed(state: VisitState, number: str) -> bool:
    return number in state.agreed and state.agreed[number].value is not None


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
