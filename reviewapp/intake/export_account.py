"""What was found in a survey's export, and what is told of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.editions import SHOWN, digest
from reviewapp.instruments.model import Instrument
from reviewapp.intake.form_columns import FormColumn
from reviewapp.intake.sheet import Heading
from reviewapp.intake.submissions import SOURCES, Source, versions_of
from reviewapp.intake.survey_form import SurveyForm
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet


class Export(NamedTuple):
    """What an export is read with."""

    sheet: Sheet
    source: Source
    form: SurveyForm
    columns: tuple[FormColumn, ...]
    problems: Problems


class Tally(msgspec.Struct):
    """How many comments, rows twice and submissions without an answer there are, and by what they are known."""

    comments: int = 0
    twice: int = 0
    unanswered: int = 0
    known_by: Counter[str] = msgspec.field(default_factory=Counter)


def summary_of(export: Export, tally: Tally, people: Mapping[str, int], instrument: Instrument) -> str:
    """Who answered, what does not count, what is not read, and a warning where the form is of another wording."""
    who = ", ".join(f"{n} {group}{'' if group == 'staff' or n == 1 else 's'}" for group, n in people.items())
    comments = plural("{n} comment", "{n} comments", tally.comments)
    said = [_("Export of {program}: surveys from {who}, {comments}.",
              program=SOURCES[export.source], who=who or _("nobody"), comments=comments)]  # fmt: skip
    if tally.unanswered:
        said.append(
            plural("{n} submission without any answer is not counted.",
                   "{n} submissions without any answer are not counted.", tally.unanswered)
        )  # fmt: skip
    if tally.twice:
        said.append(
            plural("{n} row repeats a submission and is not counted again.",
                   "{n} rows repeat a submission and are not counted again.", tally.twice)
        )  # fmt: skip
    if tally.known_by["row"]:
        said.append(
            plural("{n} submission has no id: an identical row would count as the same submission.",
                   "{n} submissions have no id: identical rows would count as the same submission.",
                   tally.known_by["row"])
        )  # fmt: skip
    unknown = [one.heading for one in export.columns if one.treatment == "unknown"]
    if unknown:
        said.append(plural("{n} column does not match any question of this survey and is not read.",
                           "{n} columns do not match any question of this survey and are not read.",
                           len(unknown)))  # fmt: skip
    return " ".join([*said, *other_version(export, instrument)])


_COUNTED_BY_KOBO = re.compile(r"v[A-Za-z0-9]{21}")
"""A version that KoboToolbox counts by itself, whatever the form says of its own."""


def other_version(export: Export, instrument: Instrument) -> Iterator[str]:
    """A warning where the form was made from another wording of the standards, or does not say from which."""
    wanted, found = digest(instrument)[:SHOWN], versions_of(export.sheet)
    named = set().union(*found.values())
    if found.get("form_version"):
        named = {one for one in named if not _COUNTED_BY_KOBO.fullmatch(one)}
    if other := sorted(named - {wanted}):
        yield _(
            "The form has version {other}, and the standards of this visit are {wanted}: check that it asked the same.",
            other=", ".join(other[:3]), wanted=wanted,
        )  # fmt: skip


def heading_of(sheet: Sheet, column: FormColumn) -> Heading:
    """What a column was taken for."""
    question = column.question
    if column.treatment in ("answer", "choice") and question is not None and question.kind != "hidden":
        about = _("standard {number}", number=question.standard)
        meaning = about if question.kind != "text" else _("a comment")
        meaning = f"{meaning}: {column.choice}" if column.choice else meaning
    else:
        meaning = {
            "answer": _("who answered, or the version of the form"),
            "meta": _("about sending the form; not kept"),
            "personal": _("not imported, because it may identify someone"),
            "ignored": _("not read, as someone decided"),
        }.get(column.treatment, _("not read: not a question of this survey"))
    standard = question.standard if question is not None else ""
    where = address(sheet.rows[0].number, column.index)
    return Heading(sheet=sheet.name, cell=where, heading=column.heading, meaning=meaning, standard=standard)
