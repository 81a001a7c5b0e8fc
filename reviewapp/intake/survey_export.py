"""Surveys that were asked with a form program: of its export, every submission and comment.

A submission counts once, however often it stands in files (`submission_records`). Nothing is taken of who sent it.
Comments go in by the order of their ids and name neither an answer nor a submission.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Group, Instrument
from reviewapp.intake.column_choices import ColumnsUndecided, GroupUndecided, NoQuestions, by_number, decision
from reviewapp.intake.column_words import COMMENT
from reviewapp.intake.export_account import Export, Tally, heading_of, other_version, summary_of
from reviewapp.intake.form_columns import FormColumn, place_columns
from reviewapp.intake.office_forms import not_asked
from reviewapp.intake.open_columns import open_columns
from reviewapp.intake.sheet import ExportChoices, OpenColumn, Reading
from reviewapp.intake.submission_records import Answered, people_of, refuse_undecided, taken
from reviewapp.intake.submissions import (
    Source,
    Submission,
    answers_of,
    is_repeat,
    source_of,
    submissions,
)
from reviewapp.intake.survey_form import GROUP_QUESTION, FormQuestion, SurveyForm, survey_form
from reviewapp.intake.survey_rows import GROUP
from reviewapp.intake.vocabulary import SURVEY_GROUPS, answer_of, group_of
from reviewapp.spreadsheets.account import SheetAccount, choose_sheets
from reviewapp.spreadsheets.cells import normalised, stripped
from reviewapp.spreadsheets.outside import comments_of
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import SurveyComment, SurveySubmission

_GROUP_HEADINGS = frozenset(map(normalised, GROUP["group"]))
_MARKS = {"export": ("_index", "_submission_time", "SubmissionDate", "Completion time", "Timestamp", "KEY")}


def is_export(sheets: Sequence[Sheet]) -> bool:
    """Whether a file was written by a form program."""
    return any(source_of(sheet) is not None for sheet in sheets)


def read_export(
    sheets: Sequence[Sheet], instrument: Instrument, state: VisitState | None, choices: ExportChoices
) -> Reading | None:
    """Statements for every submission and comment of an export, and an account of every sheet, column and row.

    None for a file that no form program wrote. `choices.columns`: by heading, what somebody decided that a column is (a
    number, `comment`, `comment/NUMBER`, `group`, `ignore`). Raises ColumnsUndecided, Invalid where nothing in it is a
    question of this instrument or the group is not known, SheetsUndecided, PeopleUndecided.
    """
    if not is_export(sheets):
        return None
    sheet, source, accounts = _main(sheets, choices.sheets)
    form = survey_form(instrument)
    decided = {heading: decision(heading, what, instrument, form) for heading, what in choices.columns.items()}
    columns = place_columns(sheet.rows[0].cells, form, decided)
    columns = _typed_by_hand(columns, sheet, source, instrument, form)
    export = Export(sheet, source, form, columns, Problems())
    still_open = open_columns(export, instrument, choices.columns)
    _refuse_unusable(export, still_open)
    tally = Tally()
    answered = [
        _answered(export, one, _group_of(export, one, choices.group, still_open))
        for one in _counted_once(export, tally)
    ]  # fmt: skip
    found = taken(answered, state)
    if not choices.decided and not export.problems.cells():
        refuse_undecided(found, state, sheet.file)
    lines = sorted(found.lines, key=_by_kind)
    people = people_of(answered)
    tally.unanswered = sum(one.is_empty for one in answered)
    tally.comments = sum(len(one.comments) for one in answered)
    summary = " ".join([summary_of(export, tally, people, instrument), *found.sentences()])
    headings = [heading_of(sheet, one) for one in columns]
    doubtful = any(one.treatment == "unknown" for one in columns) or any(other_version(export, instrument))
    return Reading(
        lines, summary, people, headings, words=list(comments_of(sheet)), problems=export.problems, accounts=accounts,
        doubtful=doubtful, about=frozenset(one.group for one in answered),
        columns=still_open,
    )  # fmt: skip


def _by_kind(line: SurveySubmission | SurveyComment) -> tuple[bool, str]:
    """The submissions first, then the comments, each by its id, which says nothing of the order in the file."""
    return isinstance(line, SurveyComment), line.id


def _main(sheets: Sequence[Sheet], chosen: Sequence[str]) -> tuple[Sheet, Source, list[SheetAccount]]:
    """The sheet of the submissions, what wrote it, and an account of all sheets."""
    repeats = [sheet for sheet in sheets if is_repeat(sheet)]
    others = [sheet for sheet in sheets if sheet not in repeats]
    if not others:
        raise Invalid(
            _("{file} holds only what was asked several times in a form", file=sheets[0].file),
            field="file",
            do=_("import the file of the form itself"),
            kept=_("nothing was imported"),
        )
    picked = choose_sheets(others, _MARKS, ("export",), chosen=chosen)
    found = [(sheet, source) for sheet in picked.sheets if (source := source_of(sheet)) is not None]
    if len(found) != 1:
        raise Invalid(
            _("{file}: not one sheet with submissions, but {n}", file=sheets[0].file, n=len(found)),
            field="sheet",
            do=_("name the sheet to read (--sheet NAME), then import the others"),
            kept=_("nothing was imported"),
        )
    why = _("asked several times in one form, which no survey of ours does")
    accounts = [
        SheetAccount(name=one.name, treatment="not_asked", rows=len(one.rows) - 1, why=why)
        for one in repeats
        if one.name
    ]
    return *found[0], [*picked.accounts, *accounts]


_LISTED, _LONGEST_HEADING = 12, 40


def _listed(columns: Sequence[FormColumn]) -> str:
    """The headings that were not understood, as far as they can be told in a line."""
    unknown = [" ".join(one.heading.split()) for one in columns if one.treatment == "unknown"]
    short = [text if len(text) <= _LONGEST_HEADING else f"{text[:_LONGEST_HEADING].rstrip()}…" for text in unknown]
    more = len(short) - _LISTED
    listed = ", ".join(f"“{text}”" for text in short[:_LISTED]) or _("it has no columns of its own")
    return f"{listed}{_(' and {n} more', n=more) if more > 0 else ''}"


def _typed_by_hand(
    columns: tuple[FormColumn, ...], sheet: Sheet, source: Source, instrument: Instrument, form: SurveyForm
) -> tuple[FormColumn, ...]:
    """The columns with what a heading in words says: who answered, the number of a standard, the number of the row."""
    who = next(one for one in form.questions if one.name == GROUP_QUESTION)
    said = any(one.question is who for one in columns)
    found = []
    for one in columns:
        if one.treatment == "unknown" and not said and normalised(one.heading) in _GROUP_HEADINGS:
            one, said = msgspec.structs.replace(one, treatment="answer", question=who), True
        elif one.treatment == "unknown" and source.endswith("_forms"):
            other = not_asked(one, sheet, source)
            one = msgspec.structs.replace(one, treatment=other) if other else by_number(one, instrument, form)
        found.append(one)
    return tuple(found)


def _refuse_unusable(export: Export, still_open: Sequence[OpenColumn]) -> None:
    """Raise ColumnsUndecided, or Invalid where no column is a question."""
    open_ones = {
        one.heading: [question.standard or COMMENT for question in one.candidates]
        for one in export.columns
        if one.treatment == "undecided"
    }
    if open_ones:
        raise ColumnsUndecided(export.sheet.file, open_ones, still_open)
    if not any(one.question is not None and one.question.kind != "hidden" for one in export.columns):
        what = _(
            "no column of {file} is a question of this visit's survey ({headings})",
            file=export.sheet.file,
            headings=_listed(export.columns),
        )
        raise NoQuestions(what, still_open)


def _counted_once(export: Export, tally: Tally) -> Iterator[Submission]:
    """Every submission the first time it stands there; with other answers a second time it is told and not taken."""
    first: dict[str, Submission] = {}
    for one in submissions(export.sheet, export.source):
        before = next((first[known] for _kind, known in one.known if known in first), one)
        first.update({known: before for _kind, known in one.known})
        if before is one:
            tally.known_by[one.known_by] += 1
            yield one
        elif before.content == one.content:
            tally.twice += 1
        else:
            what = _("this submission is already in row {row}, with different answers", row=before.row.number)
            do = _("keep the one that counts")
            export.problems.add(export.sheet, one.row.number, 0, what, do)


def _group_of(export: Export, one: Submission, given: Group | None, still_open: Sequence[OpenColumn]) -> Group:
    """Who sent a submission, as the form says, or a column of that name, or somebody for the whole file."""
    for column in (c for c in export.columns if c.question is not None and c.question.name == GROUP_QUESTION):
        text = stripped(one.row.cell(column.index))
        found = group_of(text) if text else None
        if found in SURVEY_GROUPS:
            return found
        if text and given is None:
            raise Invalid(
                _("{where}: {text} is not a group that answers surveys",
                  where=export.sheet.sheet_location(one.row.number, column.index), text=f"{text[:40]!r}"),
                field="group", do=_("use {listed}", listed=any_of(SURVEY_GROUPS)), kept=_("nothing was imported"),
            )  # fmt: skip
    if given is None:
        raise GroupUndecided(export.sheet.file, still_open)
    return given


def _answered(export: Export, one: Submission, group: Group) -> Answered:
    by_question: dict[str, list[FormColumn]] = {}
    questions: dict[str, FormQuestion] = {}
    for column in export.columns:
        if column.question is not None and column.question.kind != "hidden":
            questions[column.question.name] = column.question
            by_question.setdefault(column.question.name, []).append(column)
    answers: dict[str, str] = {}
    comments: list[tuple[SurveyComment, ...]] = []
    blank: list[str] = []
    for name, columns in by_question.items():
        question = questions[name]
        if question.kind == "text":
            for nth, column in enumerate(columns):
                texts = answers_of(export.sheet, one.row, question, [column], export.problems)
                ids = _comment_ids(question, one, nth)
                blank += () if texts else ids
                comments += [_comment(export.form, question, group, text, ids) for text in texts]
        elif found := _answer(export, one, question, columns):
            answers[question.standard] = found
    return Answered(submission=one, group=group, answers=answers, comments=tuple(comments), blank=tuple(blank))


def _answer(export: Export, one: Submission, question: FormQuestion, columns: Sequence[FormColumn]) -> str:
    """`yes`, `no` or `na`; empty where it was left out or not understood."""
    for column in columns:
        word = answer_of(stripped(one.row.cell(column.index))) if column.treatment == "answer" else None
        if word in ("yes", "no", "na"):
            return str(word)
    found = answers_of(export.sheet, one.row, question, columns, export.problems)
    if len(found) > 1:
        what = _("more than one answer is ticked ({listed})", listed=", ".join(found))
        export.problems.add(export.sheet, one.row.number, columns[0].index, what, _("keep one of them"))
        return ""
    return found[0] if found else ""


_LONGEST_PART = 100


def _comment_ids(question: FormQuestion, one: Submission, nth: int) -> tuple[str, ...]:
    """The ids that a comment has by each id of its submission, of which they tell none.

    `nth`: of several columns with one heading, which somebody said are comments.
    """
    names = (f"{identity}\x1f{question.name}\x1f{nth or ''}" for _kind, identity in one.known)
    return tuple(f"S{hashlib.sha256(name.encode()).hexdigest()[:12]}" for name in names)


def _comment(
    form: SurveyForm, question: FormQuestion, group: Group, text: str, ids: Sequence[str]
) -> tuple[SurveyComment, ...]:
    """The comment under each of its ids."""
    part = form.part_of(question)
    labels = part.labels if part is not None else question.labels
    about = " ".join(next(iter(labels.values()), "").split())[:_LONGEST_PART]
    return tuple(
        SurveyComment(id=one, group=group, text=text, about=about, standard=question.standard, deleted=False)
        for one in ids
    )
