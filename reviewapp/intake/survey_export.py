"""Surveys that were asked with a form program: its export becomes counts, and comments to code.

A submission counts once, however often it stands in a file. Nothing is taken of who sent it. Comments go in by the
order of their ids and name no other answer, so that nobody can be put together from what they said.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Group, Instrument
from reviewapp.intake.column_choices import COMMENT, ColumnsUndecided, GroupUndecided, by_number, decision
from reviewapp.intake.export_account import Export, Tally, heading_of, other_version, summary_of
from reviewapp.intake.form_columns import FormColumn, place_columns, plain
from reviewapp.intake.sheet import Reading
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
from reviewapp.visit.statements import Context, Survey, SurveyComment

_GROUP_HEADINGS = frozenset(map(normalised, GROUP["group"]))
_MARKS = {"export": ("_index", "_submission_time", "SubmissionDate", "Completion time", "Timestamp", "KEY")}


def is_export(sheets: Sequence[Sheet]) -> bool:
    """Whether a file was written by a form program."""
    return any(source_of(sheet) is not None for sheet in sheets)


def read_export(
    sheets: Sequence[Sheet],
    instrument: Instrument,
    chosen: Sequence[str],
    group: Group | None,
    said: Mapping[str, str],
) -> Reading | None:
    """Statements for the counts and comments of an export, and an account of every sheet, column and row.

    None for a file that no form program wrote.

    `group` is that of everybody where the file does not say who answered. `said`: by heading, what somebody decided
    that a column is (a number, `comment`, `comment/NUMBER`, `group`, `ignore`). Raises ColumnsUndecided, Invalid where
    nothing in it is a question of this instrument or the group is not known, SheetsUndecided.
    """
    if not is_export(sheets):
        return None
    sheet, source, accounts = _main(sheets, chosen)
    form = survey_form(instrument)
    decided = {heading: decision(heading, what, instrument, form) for heading, what in said.items()}
    columns = place_columns(sheet.rows[0].cells, form, decided)
    columns = _typed_by_hand(columns, source, instrument, form)
    export = Export(sheet, source, form, columns, Problems())
    _refuse_unusable(export)
    tally = Tally()
    for one in _counted_once(export, tally):
        _add(export, one, _group_of(export, one, group), tally)
    lines = [*_counts(tally, instrument), *sorted(tally.comments.values(), key=_id_of)]
    people = {str(one): tally.people[one] for one in SURVEY_GROUPS if tally.people[one]}
    summary = summary_of(export, tally, people, instrument)
    headings = [heading_of(sheet, one) for one in columns]
    doubtful = any(one.treatment == "unknown" for one in columns) or any(other_version(export, instrument))
    return Reading(
        lines, summary, people, headings, words=list(comments_of(sheet)), problems=export.problems, accounts=accounts,
        doubtful=doubtful,
    )  # fmt: skip


def _main(sheets: Sequence[Sheet], chosen: Sequence[str]) -> tuple[Sheet, Source, list[SheetAccount]]:
    """The sheet of the submissions, what wrote it, and an account of all sheets."""
    repeats = [sheet for sheet in sheets if is_repeat(sheet)]
    others = [sheet for sheet in sheets if sheet not in repeats]
    if not others:
        raise Invalid(
            _("{file} holds only what was asked several times in a form", file=sheets[0].file),
            field="file",
            do=_("take in the file of the form itself"),
            kept=_("nothing was taken"),
        )
    picked = choose_sheets(others, _MARKS, ("export",), chosen=chosen)
    found = [(sheet, source) for sheet in picked.sheets if (source := source_of(sheet)) is not None]
    if len(found) != 1:
        raise Invalid(
            _("{file}: not one sheet with submissions, but {n}", file=sheets[0].file, n=len(found)),
            field="sheet",
            do=_("name the one to read (--sheet NAME), and take in the others after it"),
            kept=_("nothing was taken"),
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
    columns: tuple[FormColumn, ...], source: Source, instrument: Instrument, form: SurveyForm
) -> tuple[FormColumn, ...]:
    """The columns with what a heading in words says: who answered, the number of a standard, the number of the row."""
    who = next(one for one in form.questions if one.name == GROUP_QUESTION)
    said = any(one.question is who for one in columns)
    found = []
    for one in columns:
        if one.treatment == "unknown" and not said and normalised(one.heading) in _GROUP_HEADINGS:
            one, said = msgspec.structs.replace(one, treatment="answer", question=who), True
        elif one.treatment == "unknown" and source.endswith("_forms"):
            counts = source == "microsoft_forms" and plain(one.heading) == "id"
            one = msgspec.structs.replace(one, treatment="meta") if counts else by_number(one, instrument, form)
        found.append(one)
    return tuple(found)


def _refuse_unusable(export: Export) -> None:
    """Raise ColumnsUndecided, or Invalid where no column is a question."""
    open_ones = {
        one.heading: [question.standard or COMMENT for question in one.candidates]
        for one in export.columns
        if one.treatment == "undecided"
    }
    if open_ones:
        raise ColumnsUndecided(export.sheet.file, open_ones)
    if not any(one.question is not None and one.question.kind != "hidden" for one in export.columns):
        raise Invalid(
            _(
                "no column of {file} is a question of this visit's survey ({headings})",
                file=export.sheet.file,
                headings=_listed(export.columns),
            ),
            field="column",
            do=_('choose the right file, or say what its columns are with --column "HEADING=NUMBER"'),
            kept=_("nothing was taken"),
        )


def _counted_once(export: Export, tally: Tally) -> Iterator[Submission]:
    """Every submission the first time it stands there; with other answers a second time it is told and not taken."""
    first: dict[str, Submission] = {}
    for one in submissions(export.sheet, export.source):
        before = first.setdefault(one.identity, one)
        if before is one:
            tally.rows += 1
            tally.known_by[one.known_by] += 1
            yield one
        elif before.content == one.content:
            tally.twice += 1
        else:
            what = _("this submission stands in row {row} already, with other answers", row=before.row.number)
            do = _("keep the one that counts")
            export.problems.add(export.sheet, one.row.number, 0, what, do)


def _group_of(export: Export, one: Submission, given: Group | None) -> Group:
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
                field="group", do=_("use {listed}", listed=any_of(SURVEY_GROUPS)), kept=_("nothing was taken"),
            )  # fmt: skip
    if given is None:
        raise GroupUndecided(export.sheet.file)
    return given


def _add(export: Export, one: Submission, group: Group, tally: Tally) -> None:
    answered = False
    by_question: dict[str, list[FormColumn]] = {}
    questions: dict[str, FormQuestion] = {}
    for column in export.columns:
        if column.question is not None and column.question.kind != "hidden":
            questions[column.question.name] = column.question
            by_question.setdefault(column.question.name, []).append(column)
    for name, columns in by_question.items():
        question = questions[name]
        if question.kind == "text":
            for nth, column in enumerate(columns):
                for text in answers_of(export.sheet, one.row, question, [column], export.problems):
                    comment = _comment(export.form, question, one, group, text, nth)
                    tally.comments[comment.id] = comment
                    answered = True
            continue
        found = _answer(export, one, question, columns)
        tally.counts.setdefault((group, question.standard), Counter()).update([found] if found else [])
        answered = answered or bool(found)
    if answered:
        tally.people[group] += 1
    else:
        tally.unanswered += 1


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


def _comment(
    form: SurveyForm, question: FormQuestion, one: Submission, group: Group, text: str, nth: int
) -> SurveyComment:
    """The comment under an id of its own, which tells neither the submission nor the other comments of it.

    `nth`: of several columns with one heading, which somebody said are comments.
    """
    name = hashlib.sha256(f"{one.identity}\x1f{question.name}\x1f{nth or ''}".encode()).hexdigest()[:12]
    part = form.part_of(question)
    labels = part.labels if part is not None else question.labels
    about = " ".join(next(iter(labels.values()), "").split())[:_LONGEST_PART]
    return SurveyComment(id=f"S{name}", group=group, text=text, about=about, standard=question.standard, deleted=False)


def _id_of(comment: SurveyComment) -> str:
    return comment.id


def _counts(tally: Tally, instrument: Instrument) -> Iterator[Survey | Context]:
    """The counts of every standard that anybody answered, for each group of the file."""
    asked = {number for (_group, number), count in tally.counts.items() if count.total()}
    for group in SURVEY_GROUPS:
        for standard in instrument.standards:
            count = tally.counts.get((group, standard.number))
            if count is not None and standard.number in asked and tally.people[group]:
                yield Survey(
                    group=group, standard=standard.number, yes=count["yes"], no=count["no"], na=count["na"]
                )  # fmt: skip
    for group in SURVEY_GROUPS:
        if tally.people[group]:
            yield Context(field=f"respondents_{group}", value=tally.people[group])
