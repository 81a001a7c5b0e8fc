"""Reading surveys of patients, carers and staff: counts for each standard, or one row for each person who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from reviewapp.base.i18n import _, any_of, join_words, ngettext_noop, plural
from reviewapp.figures.ratings import survey_figures
from reviewapp.instruments.lookup import standard_of
from reviewapp.instruments.model import Group, Instrument, Standard
from reviewapp.intake.sheet import Legend, Reading, SheetKind, TemplateSpec
from reviewapp.intake.vocabulary import SURVEY_GROUPS, answer_of, group_of
from reviewapp.spreadsheets.cells import heading_candidates, normalised
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import HeadingRule, Names, Problems, Table, find_tables, match
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context, Survey

GROUP: Names = {"group": ("group", "respondent group", "who", "survey", "role")}
COUNTS: Names = {
    **GROUP,
    "standard": ("number", "standard number", "standard no", "standard"),
    "yes": ("yes",),
    "no": ("no",),
    "na": ("na", "n/a", "not applicable"),
    "respondents": ("respondents", "people", "number of respondents"),
}
IGNORED_HEADINGS = frozenset(
    {"questionnaire", "respondent", "form", "id", "no", "number", "date", "comment", "comments", "notes"}
)
"""Headings of columns that belong to a table of answers but are not read."""

_MOST = 1_000_000
_QUESTIONNAIRES = 60
_ANSWERS = ("Yes", "No", "NA")
_ASKED = (
    ("patient", ngettext_noop("{n} patient", "{n} patients")),
    ("carer", ngettext_noop("{n} carer", "{n} carers")),
)
"""Those who are asked by questionnaire."""


class SurveyTally(msgspec.Struct):
    """The counts read so far. `people` is the fewest people of each group that explain the counts."""

    counts: dict[tuple[Group, str], Counter[str]] = {}
    places: dict[tuple[Group, str], str] = {}
    people: Counter[Group] = msgspec.field(default_factory=Counter)
    unanswered: int = 0


def read(sheets: Sequence[Sheet], instrument: Instrument) -> tuple[list[Survey | Context], str, dict[str, int]]:
    """Statements for every count and number of respondents, a summary, people by group. Raises Invalid for the file.

    The heading decides which of the two forms a sheet has. A standard that nobody answered was not asked and gives no
    statement; one that only another group answered counts as nobody of this group, so that a corrected file corrects.
    """
    problems, found = Problems(), SurveyTally()
    beside = HeadingRule(
        "the numbers of standards, or standard, yes, no, na",
        lambda heading: normalised(heading) in ("standard", "yes") or _named(heading, instrument),
    )
    for table in find_tables(sheets, GROUP, ("group",), beside):
        if _is_counts(table):
            _read_counts(_counts_table(table), instrument, problems, found)
        else:
            _read_answers(table, instrument, problems, found)
    problems.refuse()
    order = {s.number: n for n, s in enumerate(instrument.standards)}
    asked = {number for (__, number), count in found.counts.items() if count.total()}
    keys = [key for key in found.counts if key[1] in asked]
    keys.sort(key=lambda key: (SURVEY_GROUPS.index(key[0]), order[key[1]]))
    lines: list[Survey | Context] = [
        Survey(group=group, standard=number, yes=count["yes"], no=count["no"], na=count["na"])
        for (group, number) in keys
        for count in (found.counts[group, number],)
    ]
    people = {str(group): found.people[group] for group in SURVEY_GROUPS if found.people[group]}
    lines += [Context(field=f"respondents_{group}", value=count) for group, count in people.items()]
    return lines, _summary(lines, people, found.unanswered), people


def _is_counts(table: Table) -> bool:
    """True if the table has counts: a column for each answer. A table of respondents has a column for each standard."""
    named = match(table.head, COUNTS)
    return any(normalised(text) == "standard" for text in table.head.cells) or ("yes" in named and "no" in named)


def _counts_table(table: Table) -> Table:
    """The same table with the columns of counts. Raises Invalid when one is missing."""
    return find_tables([table.sheet], COUNTS, ("group", "standard", "yes", "no", "na"))[0]


def _read_counts(table: Table, instrument: Instrument, problems: Problems, found: SurveyTally) -> None:
    for row in table.rows():
        if not any(table.get(row, name) for name in ("yes", "no", "na", "respondents")):
            continue
        group = _group(table, row, problems)
        number = _standard(table, row, instrument, problems)
        count = Counter({name: _whole(table, row, name, problems) for name in ("yes", "no", "na")})
        people = max(count.total(), _whole(table, row, "respondents", problems))
        if group is None or number is None:
            continue
        _add_once(found, group, number, count, table, row, problems)
        found.people[group] = max(found.people[group], people)


def _standard(table: Table, row: SheetRow, instrument: Instrument, problems: Problems) -> str | None:
    text, column = table.get(row, "standard"), table.columns["standard"]
    number = standard_of(text, instrument)
    if number is None and not problems.formula(table.sheet, row.number, column, text):
        what = (
            _("there is no standard {text} in {title}", text=f"{text!r}", title=instrument.title)
            if text
            else _("the row does not name a standard")
        )
        problems.add(table.sheet, row.number, column, what, _("put the number of a standard there"))
    return number


def _add_once(
    found: SurveyTally, group: Group, number: str, count: Counter[str], table: Table, row: SheetRow, problems: Problems
) -> None:
    """Add counts; two rows for one group and standard could be a copy or two halves, so the second is a problem."""
    column = table.columns["standard"]
    if (group, number) in found.counts:
        what = _(
            "standard {number} was counted for this group already ({places})",
            number=number,
            places=found.places[group, number],
        )
        problems.add(table.sheet, row.number, column, what, _("put everything about it in one row"))
        return
    found.counts[group, number] = count
    found.places[group, number] = table.sheet.sheet_location(row.number, column)


def _whole(table: Table, row: SheetRow, name: str, problems: Problems) -> int:
    """The number of people in a cell; 0 when it is blank or, with a problem recorded, no whole number."""
    text = table.get(row, name)
    if not text:
        return 0
    column = table.columns[name]
    if problems.formula(table.sheet, row.number, column, text):
        return 0
    if text.isascii() and text.isdigit() and int(text) <= _MOST:
        return int(text)
    what = _("{text} is not a number of people", text=f"{text!r}")
    problems.add(table.sheet, row.number, column, what, _("use a whole number, 0 or more"))
    return 0


def _group(table: Table, row: SheetRow, problems: Problems) -> Group | None:
    text, column = table.get(row, "group"), table.columns["group"]
    group = group_of(text)
    if group is None and not problems.formula(table.sheet, row.number, column, text):
        what = (
            _("{text} is not a group of people", text=f"{text!r}") if text else _("the row does not say who answered")
        )
        problems.add(table.sheet, row.number, column, what, _("use {listed}", listed=any_of(SURVEY_GROUPS)))
    return group


def _read_answers(table: Table, instrument: Instrument, problems: Problems, found: SurveyTally) -> None:
    asked = _asked(table, instrument, problems)
    extra = {n for n, __ in table.others()} - asked.keys()
    for row in table.rows():
        _no_stray_answers(table, row, extra, problems)
        if not any(row.cell(column).strip() for column in asked):
            found.unanswered += bool(table.get(row, "group"))
            continue
        group = _group(table, row, problems)
        answers = {number: _answer(table, row, column, problems) for column, number in asked.items()}
        if group is None:
            continue
        found.people[group] += 1
        for number, answer in answers.items():
            found.counts.setdefault((group, number), Counter()).update([answer] if answer else [])


def _asked(table: Table, instrument: Instrument, problems: Problems) -> dict[int, str]:
    """The numbers of standards by the column that holds their answers."""
    asked: dict[int, str] = {}
    for column, heading in table.others():
        number = _named(heading, instrument)
        if number is None:
            if normalised(heading) not in IGNORED_HEADINGS:
                what = _(
                    "the heading {heading} is not the number of a standard in {title}",
                    heading=f"{heading!r}",
                    title=instrument.title,
                )
                problems.add(table.sheet, table.head.number, column, what, _("correct it, or take the column out"))
        elif number in asked.values():
            what = _("standard {number} has two columns", number=number)
            problems.add(table.sheet, table.head.number, column, what, _("keep one of them"))
        else:
            asked[column] = number
    return asked


def _named(heading: str, instrument: Instrument) -> str | None:
    return next((number for text in heading_candidates(heading) if (number := standard_of(text, instrument))), None)


def _no_stray_answers(table: Table, row: SheetRow, known: set[int], problems: Problems) -> None:
    """Record a problem for an answer under a blank heading, which would be lost silently."""
    for column, text in enumerate(row.cells):
        if text.strip() and not table.head.cell(column).strip() and column not in known:
            problems.add(
                table.sheet, row.number, column, _("its column has no heading"), _("give the column a heading")
            )


def _answer(table: Table, row: SheetRow, column: int, problems: Problems) -> str | None:
    text = row.cell(column).strip()
    if not text or problems.formula(table.sheet, row.number, column, text):
        return None
    answer = answer_of(text)
    if answer not in ("yes", "no", "na"):
        do = _("use yes, no or na, or leave it blank")
        problems.add(table.sheet, row.number, column, _("{text} is not an answer", text=f"{text!r}"), do)
        return None
    return answer


def _summary(lines: Sequence[Survey | Context], people: dict[str, int], unanswered: int) -> str:
    who = ", ".join(f"{n} {group}{'' if group == 'staff' or n == 1 else 's'}" for group, n in people.items())
    standards = len({line.standard for line in lines if isinstance(line, Survey)})
    blank = f" {unanswered} without any answer, not counted." if unanswered else ""
    return f"Surveys from {who or 'nobody'} about {standards} standards.{blank}"


def asked_in_surveys(instrument: Instrument) -> tuple[Standard, ...]:
    """The standards a survey can test; all of them when the instrument does not say."""
    return tuple(s for s in instrument.standards if "survey" in s.sources) or instrument.standards


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
    wording = [(s.number, s.title, s.statement) for s in asked]
    legend = Legend("Questions", (("Standard", 10), ("Title", 34), ("What is asked", 90)), wording)
    return TemplateSpec("Survey answers", "Answers", columns, rows, how, lists, 170, 2, legend)


def _taken(state: VisitState) -> str:
    surveys, targets = survey_figures(state), state.instrument.targets.surveys
    parts = [
        plural(*many, surveys[group].respondents)
        + (_(" (at least {wanted} hoped for)", wanted=wanted) if (wanted := targets.get(group, 0)) else "")
        for group, many in _ASKED
        if group in surveys and surveys[group].respondents
    ]
    return _("{people} answered", people=join_words(parts, _(" and "))) if parts else _("Not here yet")


def _read(sheets: Sequence[Sheet], instrument: Instrument, _state: VisitState | None) -> Reading:
    return Reading(*read(sheets, instrument))


SHEET = SheetKind("survey", _("Surveys of patients and carers"), "surveys", _read, _template, _taken)
