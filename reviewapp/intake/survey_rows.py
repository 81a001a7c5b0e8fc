"""The two forms of a survey's table: counts for each standard, or one row for each person who answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.lookup import standards_meant, zero_twin
from reviewapp.instruments.model import Group, Instrument
from reviewapp.intake.rows import (
    heading,
    named_otherwise,
    records,
    refuse_rivals,
    standard_at,
    standard_column,
    words_outside,
)
from reviewapp.intake.sheet import Heading, Reader, SkippedRow
from reviewapp.intake.vocabulary import SURVEY_GROUPS, answer_of, group_of
from reviewapp.spreadsheets.cells import normalised, stripped, visible
from reviewapp.spreadsheets.outside import OutsideWords, words_in
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import SheetRow
from reviewapp.spreadsheets.table import HeadingRule, Names, Table, TableRule, find_tables, match

GROUP: Names = {"group": ("group", "respondent group", "who", "survey", "role")}
COUNTS: Names = {
    **GROUP,
    "standard": ("number", "standard number", "standard no", "standard"),
    "yes": ("yes",),
    "no": ("no",),
    "na": ("na", "n/a", "not applicable"),
    "respondents": ("respondents", "people", "number of respondents"),
}
_MEANINGS = {
    "group": _("the group"),
    "standard": _("the standard"),
    "yes": _("answers yes"),
    "no": _("answers no"),
    "na": _("answers not applicable"),
    "respondents": _("people who answered"),
}
COUNTERS = frozenset({"questionnaire", "respondent", "form", "id", "no", "number", "date"})
"""Headings of columns that number or date the rows of answers."""
_NUMBERS = COUNTERS - {"date"}
IGNORED_HEADINGS = COUNTERS | {"comment", "comments", "notes"}
"""Headings of columns that belong to a table of answers but are not read."""

_MOST = 1_000_000
ANSWERS = ("Yes", "No", "NA")


class SurveyTally(msgspec.Struct):
    """The counts read so far. `people` is the fewest people of each group that explain the counts.

    `counted` are the groups of which there were counts, `single` those of which there were single answers; `numbered`
    has the place of every numbered row, by its number and answers.
    """

    counts: dict[tuple[Group, str], Counter[str]] = {}
    places: dict[tuple[Group, str], str] = {}
    unclear: set[tuple[Group, str]] = msgspec.field(default_factory=set)
    people: Counter[Group] = msgspec.field(default_factory=Counter)
    unanswered: int = 0
    counted: dict[Group, str] = {}
    single: dict[Group, str] = {}
    numbered: dict[tuple[str, ...], str] = {}
    headings: list[Heading] = []
    skipped: list[SkippedRow] = []
    words: list[OutsideWords] = []


def table_rule(instrument: Instrument) -> TableRule:
    """A table of a survey: a column for the group, and standards in a column or as headings."""
    beside = HeadingRule(
        "the numbers of standards, or standard, yes, no, na",
        lambda heading: normalised(heading) in ("standard", "yes") or standards_meant(heading, instrument),
    )
    return TableRule(GROUP, ("group",), beside)


def read_table(table: Table, reader: Reader, found: SurveyTally) -> None:
    """Add what a table says to `found`; its headings decide which of the two forms it has."""
    if _is_counts(table):
        _read_counts(standard_column(_counts_table(table), COUNTS, reader), reader, found)
    else:
        _read_answers(table, reader, found)


def _is_counts(table: Table) -> bool:
    """True if the table has counts: a column for each answer. A table of respondents has a column for each standard."""
    named = match(table.head, COUNTS)
    return any(normalised(text) == "standard" for text in table.head.cells) or ("yes" in named and "no" in named)


def _counts_table(table: Table) -> Table:
    """The same table with the columns of counts. Raises Invalid when one is missing."""
    return find_tables([table.sheet], COUNTS, ("group", "standard", "yes", "no", "na"))[0]


def _read_counts(table: Table, reader: Reader, found: SurveyTally) -> None:
    problems = reader.problems
    refuse_rivals(table, COUNTS, "group", _("the group"), problems)
    found.headings += [heading(table, column, _MEANINGS[name]) for name, column in table.columns.items()]
    found.headings += [heading(table, column, _("not read")) for column, __ in table.others()]
    found.words += words_outside(table, table.columns.values(), "standard")
    for row in records(table, ("group", "standard"), found.skipped):
        if not any(table.seen(row, name) for name in ("yes", "no", "na", "respondents")):
            found.words += _words_without_counts(table, row, reader.instrument)
            continue
        group = _group(table, row, problems)
        number = standard_at(table, row, table.columns["standard"], reader.instrument, problems)
        counts = {name: _whole(table, row, name, problems) for name in ("yes", "no", "na", "respondents")}
        if group is None or number is None or None in counts.values():
            continue
        count = Counter({name: counts[name] or 0 for name in ("yes", "no", "na")})
        if table.seen(row, "respondents") and (counts["respondents"] or 0) < count.total():
            what = _("it has fewer people than answers ({n})", n=count.total())
            column, do = table.columns["respondents"], _("correct the number of people or the answers")
            problems.add(table.sheet, row.number, column, what, do)
            continue
        found.headings += named_otherwise(table, row, number)
        _once(found, group, found.counted, found.single, table, row, problems)
        _add_once(found, group, number, count, table, row, reader)
        found.people[group] = max(found.people[group], count.total(), counts["respondents"] or 0)


def _words_without_counts(table: Table, row: SheetRow, instrument: Instrument) -> Iterator[OutsideWords]:
    """What stands in a row without any count and names neither a group nor a standard."""
    if group_of(table.seen(row, "group")) is None:
        yield from words_in(table.sheet, row, (table.columns["group"],), "row")
    if not standards_meant(table.seen(row, "standard"), instrument):
        yield from words_in(table.sheet, row, (table.columns["standard"],), "row")


def _once(
    found: SurveyTally, group: Group, mine: dict[Group, str], other: dict[Group, str], table: Table, row: SheetRow,
    problems: Problems,
) -> None:  # fmt: skip
    """Record a fault that stops everything where a group's answers stand both as counts and one by one."""
    column = table.columns["group"]
    mine.setdefault(group, table.sheet.sheet_location(row.number, column))
    if group in other:
        what = _(
            "answers of this group ({group}) are also on the other form ({place})", group=group, place=other[group]
        )
        problems.add(table.sheet, row.number, column, what, _("keep counts or single answers, not both"), stops=True)


def _add_once(
    found: SurveyTally, group: Group, number: str, count: Counter[str], table: Table, row: SheetRow, reader: Reader
) -> None:
    """Add counts; two rows for one group and standard could be a copy or two halves, so the second is a problem."""
    column, key = table.columns["standard"], (group, number)
    if key in found.counts:
        found.unclear.add(key)
        place = found.places.get(key, "")
        what = _("standard {number} was already counted for this group ({places})", number=number, places=place)
        if twin := zero_twin(number, reader.instrument):
            what = _("{number} is in two rows ({first}): one may be {twin}", number=number, first=place, twin=twin)
        reader.problems.add(table.sheet, row.number, column, what, _("put everything about it in one row"))
        return
    found.counts[key] = count
    found.places[key] = table.sheet.sheet_location(row.number, column)


_THOUSANDS = re.compile(r"\d{1,3}(?:[, \u2019']\d{3})+")


def _whole(table: Table, row: SheetRow, name: str, problems: Problems) -> int | None:
    """The number of people in a cell, 0 when it is blank; None, with a problem recorded, when it is no whole number."""
    text = visible(table.seen(row, name)).strip()
    if not text:
        return 0
    column = table.columns[name]
    if problems.value(table.sheet, row, column):
        return None
    plain = re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else text
    plain = re.sub(r"\.0+$" if row.kind(column) == "number" else r"[.,]0{1,2}$", "", plain)
    if plain.isascii() and plain.isdigit() and int(plain) <= _MOST:
        return int(plain)
    what = _("{text} is not a number of people", text=f"{text!r}")
    problems.add(table.sheet, row.number, column, what, _("use a whole number, 0 or more"))
    return None


def _group(table: Table, row: SheetRow, problems: Problems) -> Group | None:
    text, column = table.seen(row, "group"), table.columns["group"]
    if problems.value(table.sheet, row, column, choices=SURVEY_GROUPS):
        return None
    group = group_of(text)
    if group is None:
        what = (
            _("{text} is not a group of people", text=f"{text!r}") if text else _("the row does not say who answered")
        )
        do = _("use {listed}", listed=any_of(SURVEY_GROUPS))
        problems.add(table.sheet, row.number, column, what, do, choices=SURVEY_GROUPS)
    return group


def _read_answers(table: Table, reader: Reader, found: SurveyTally) -> None:
    problems = reader.problems
    refuse_rivals(table, GROUP, "group", _("the group"), problems)
    asked = _asked(table, reader, found)
    extra = {n for n, __ in table.others()} - asked.keys()
    numbers = [n for n, text in table.others() if normalised(text) in _NUMBERS]
    for row in records(table, ("group",), found.skipped):
        _no_stray_answers(table, row, extra, problems)
        if not any(stripped(row.cell(column)) for column in asked):
            if group_of(table.seen(row, "group")) is None:
                found.words += words_in(table.sheet, row, (table.columns["group"],), "row")
            else:
                found.unanswered += 1
            continue
        group = _group(table, row, problems)
        answers = {number: _answer(table, row, column, problems) for column, number in asked.items()}
        if group is None or _came_before(table, row, numbers, found, problems):
            continue
        _once(found, group, found.single, found.counted, table, row, problems)
        found.people[group] += 1
        for number, answer in answers.items():
            found.counts.setdefault((group, number), Counter()).update([answer] if answer else [])


def _came_before(table: Table, row: SheetRow, numbers: Sequence[int], found: SurveyTally, problems: Problems) -> bool:
    """True, with a fault recorded, for a row with the number and all the answers of one before: a copy of it."""
    number = next((stripped(row.cell(column)) for column in numbers if stripped(row.cell(column))), "")
    if not number:
        return False
    headed = [(normalised(table.head.cell(n)), normalised(text)) for n, text in enumerate(row.cells)]
    place = table.sheet.sheet_location(row.number, numbers[0])
    first = found.numbered.setdefault(tuple(sorted(f"{head}={text}" for head, text in headed if text)), place)
    if first == place:
        return False
    what = _("number {number} already has the same answers ({first})", number=number, first=first)
    problems.add(table.sheet, row.number, numbers[0], what, _("delete the copy, or give it its own number"))
    return True


def _asked(table: Table, reader: Reader, found: SurveyTally) -> dict[int, str]:
    """The numbers of standards by the column that holds their answers."""
    asked: dict[int, str] = {}
    found.headings.append(heading(table, table.columns["group"], _MEANINGS["group"]))
    for column, text in table.others():
        if normalised(text) in IGNORED_HEADINGS:
            meaning = _("the number of the row") if normalised(text) in _NUMBERS else _("not read")
            found.headings.append(heading(table, column, meaning))
            continue
        number = standard_at(table, table.head, column, reader.instrument, reader.problems, heading=True)
        if number is None:
            found.headings.append(heading(table, column, _("not understood")))
        elif number in asked.values():
            what = _("standard {number} has two columns", number=number)
            reader.problems.add(table.sheet, table.head.number, column, what, _("keep one of them"), stops=True)
        else:
            asked[column] = number
            found.headings.append(heading(table, column, _("standard {number}", number=number), number))
    counters = [n for n, text in table.others() if normalised(text) in COUNTERS]
    found.words += words_outside(table, [table.columns["group"], *asked], "", counters)
    return asked


def _no_stray_answers(table: Table, row: SheetRow, known: set[int], problems: Problems) -> None:
    """Record a problem for an answer under a blank heading, which would be lost silently."""
    for column, text in enumerate(row.cells):
        if stripped(text) and not stripped(table.head.cell(column)) and column not in known:
            problems.add(
                table.sheet, row.number, column, _("its column has no heading"), _("give the column a heading")
            )


def _answer(table: Table, row: SheetRow, column: int, problems: Problems) -> str | None:
    text = stripped(row.cell(column))
    if not text or problems.value(table.sheet, row, column, choices=ANSWERS):
        return None
    answer = answer_of(text)
    if answer not in ("yes", "no", "na"):
        do = _("use yes, no or not applicable, or leave it blank")
        what = _("{text} is not an answer", text=f"{text!r}")
        problems.add(table.sheet, row.number, column, what, do, choices=ANSWERS)
        return None
    return answer
