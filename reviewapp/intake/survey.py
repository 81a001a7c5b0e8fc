"""Reading surveys of patients, carers and staff: counts for each standard, or one row for each person who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from reviewapp.base.i18n import _, any_of, join_words, ngettext_noop, plural
from reviewapp.figures.ratings import survey_figures
from reviewapp.figures.surveys import respondents_in_sheets
from reviewapp.instruments.model import Instrument
from reviewapp.intake.earlier import HeldPart
from reviewapp.intake.rows import excerpt
from reviewapp.intake.sheet import Legend, Reader, Reading, SheetKind, TemplateSpec
from reviewapp.intake.submission_records import PeopleUndecided, in_words
from reviewapp.intake.survey_export import read_export
from reviewapp.intake.survey_form import asked_in_surveys
from reviewapp.intake.survey_rows import ANSWERS, SurveyTally, read_table, table_rule
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.spreadsheets.table import find_tables
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement, Context, Survey, SurveyComment, SurveySubmission
from reviewapp.visit.survey_records import SurveyCommentRecord, SurveySubmissionRecord

_QUESTIONNAIRES = 60
_ASKED = (
    ("patient", ngettext_noop("{n} patient", "{n} patients")),
    ("carer", ngettext_noop("{n} carer", "{n} carers")),
)
"""Those who are asked by questionnaire."""


def read(sheets: Sequence[Sheet], instrument: Instrument, _state: VisitState | None = None) -> Reading:
    """Statements for every count and number of respondents, a summary, people by group.

    The heading decides which of the two forms a sheet has. A standard that nobody answered was not asked and gives no
    statement; one that only another group answered counts as nobody of this group, so that a corrected file corrects.
    """
    found, reader = SurveyTally(), Reader(instrument, Problems())
    rule = table_rule(instrument)
    for table in find_tables(sheets, rule.names, rule.required, rule.beside):
        read_table(table, reader, found)
    order = {s.number: n for n, s in enumerate(instrument.standards)}
    counts = {key: count for key, count in found.counts.items() if key not in found.unclear}
    asked = {number for (__, number), count in counts.items() if count.total()}
    keys = [key for key in counts if key[1] in asked]
    keys.sort(key=lambda key: (SURVEY_GROUPS.index(key[0]), order[key[1]]))
    lines: list[Survey | Context] = [
        Survey(group=group, standard=number, yes=count["yes"], no=count["no"], na=count["na"])
        for (group, number) in keys
        for count in (counts[group, number],)
    ]
    people = {str(group): found.people[group] for group in SURVEY_GROUPS if found.people[group]}
    lines += [Context(field=f"respondents_{group}", value=count) for group, count in people.items()]
    summary = _summary(lines, people, found.unanswered)
    return Reading(lines, summary, people, found.headings, found.skipped, found.words, problems=reader.problems)


def _summary(lines: Sequence[Survey | Context], people: dict[str, int], unanswered: int) -> str:
    who = ", ".join(f"{n} {group}{'' if group == 'staff' or n == 1 else 's'}" for group, n in people.items())
    standards = len({line.standard for line in lines if isinstance(line, Survey)})
    blank = f" {unanswered} without any answer, not counted." if unanswered else ""
    return f"Surveys from {who or 'nobody'} about {standards} standard{'' if standards == 1 else 's'}.{blank}"


def _template(instrument: Instrument) -> TemplateSpec:
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
        ("Group", f"Who answered: {any_of(g for g in SURVEY_GROUPS)}. A relative or friend who supports someone is a "
                  "carer."),
        ("Answers", "Yes, No, or NA when the person says it does not apply. Leave the cell empty when "
                    "there is no answer; do not guess one."),
        ("A column not asked?", "If your questionnaire did not ask about a standard, leave its column empty."),
        ("Please do not", "type in names, dates of birth or anything people wrote about themselves. "
                          "Keep the paper where your service keeps such things."),
        ("More than 60 people?", "Put further rows below, numbered on from 61, or send counts instead: a "
                                 "table with the columns group, standard, yes, no, na."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[str(n), "", *("" for __ in asked)] for n in range(1, _QUESTIONNAIRES + 1)]
    lists = {"Group": tuple(g.capitalize() for g in SURVEY_GROUPS), "": ANSWERS}
    wording = [(s.number, s.title, s.statement) for s in asked]
    legend = Legend("Questions", (("Standard", 10), ("Title", 34), ("What is asked", 90)), wording)
    return TemplateSpec("Survey answers", "Answers", columns, rows, how, lists, 170, 2, legend)


def _taken(state: VisitState) -> str:
    surveys, targets = survey_figures(state), state.instrument.targets.surveys
    parts = [
        plural(*many, surveys[group].respondents)
        + (_(" (at least {wanted} needed)", wanted=wanted) if (wanted := targets.get(group, 0)) else "")
        for group, many in _ASKED
        if group in surveys and surveys[group].respondents
    ]
    return _("{people} answered", people=join_words(parts, _(" and "))) if parts else _("Not received yet")


def _held(state: VisitState, _me: str) -> list[HeldPart]:
    """The counts of every group and standard, each as one, and how many people of a group answered."""
    held = []
    for key, rec in state.survey.items():
        group = next((name for name in SURVEY_GROUPS if name == rec.group), None)
        if group is not None and (rec.yes or rec.no or rec.na):
            subject = _("{group}, standard {number}", group=group, number=rec.standard)
            fields = {("survey", key, name): getattr(rec, name) for name in ("yes", "no", "na")}
            emptied = Survey(group=group, standard=rec.standard, yes=0, no=0, na=0)
            was = _counts(rec.yes, rec.no, rec.na)
            held.append(HeldPart(subject, was, _new_counts, fields, [emptied], group=group))
    for group in SURVEY_GROUPS:
        name = f"respondents_{group}"
        people = state.context.get(name)
        if people is not None and people.value:
            fields = {("context", name, "value"): people.value}
            subject = _("{group}, people in the sheet", group=group)
            emptied_number = Context(field=name, value=None)
            held.append(HeldPart(subject, str(people.value), _new_number, fields, [emptied_number], group=group))
    held += [_held_submission(one) for one in state.survey_submissions.values()]
    return [*held, *(_held_comment(comment) for comment in state.survey_comments.values())]


def _held_submission(one: SurveySubmissionRecord) -> HeldPart:
    fields: dict[FieldAddress, Any] = {
        ("survey_submission", one.key, name): getattr(one, name) for name in ("group", "answers")
    }
    subject = _("{group}, a filled-in survey", group=one.group)
    return HeldPart(subject, "", _changed, fields, [SurveySubmission(id=one.key, deleted=True)], group=one.group)


def _changed(_line: AnyStatement) -> str:
    return _("other answers")


def _held_comment(comment: SurveyCommentRecord) -> HeldPart:
    fields = {("survey_comment", comment.key, name): getattr(comment, name) for name in ("text", "group")}
    subject = _("{group}, comment on {about}", group=comment.group, about=comment.about or comment.standard)
    gone = SurveyComment(id=comment.key, deleted=True)
    return HeldPart(subject, excerpt(comment.text), _new_comment, fields, [gone], group=comment.group)


def _new_comment(line: AnyStatement) -> str:
    assert isinstance(line, SurveyComment)
    return excerpt(line.text) if isinstance(line.text, str) else ""


def _counts(yes: int, no: int, na: int) -> str:
    return _("{yes} yes, {no} no, {na} not applicable", yes=yes, no=no, na=na)


def _new_counts(line: AnyStatement) -> str:
    assert isinstance(line, Survey)
    return _counts(line.yes or 0, line.no or 0, line.na or 0)


def _new_number(line: AnyStatement) -> str:
    assert isinstance(line, Context)
    return str(line.value)


def _allow(lines: Sequence[AnyStatement], state: VisitState, file: str) -> None:
    """Raise PeopleUndecided where a sheet's people may be those whose forms were counted."""
    by_form = Counter(one.group for one in state.survey_submissions.values())
    in_sheets = respondents_in_sheets(state)
    for group in SURVEY_GROUPS:
        counted = any(isinstance(line, Survey) and line.group == group for line in lines)
        if counted and by_form[group] and not in_sheets[group]:
            told = _("forms from {people} were counted before", people=in_words(by_form[group], group))
            raise PeopleUndecided(file, told, [group])


SHEET = SheetKind(
    "survey",
    _("Surveys of patients and carers"),
    "surveys",
    read,
    _template,
    _taken,
    table=table_rule,
    held=_held,
    exported=read_export,
    allow=_allow,
)
