"""Which question each column of a form's export is: by name or path, by label only where no other has it.

Labels are ambiguous in real exports ("please say why", four times), and the order of columns changes with every version
of a form. So a column is never known by where it stands, and what could be two questions is asked (`undecided`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from reviewapp.intake.survey_form import FormQuestion, SurveyForm

Treatment = Literal["answer", "choice", "meta", "personal", "unknown", "undecided", "ignored"]
"""`choice`: one option of a question with several; `meta`: when and how it was sent; `personal`: never taken in."""

_META = frozenset({
    "start", "end", "today", "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status",
    "__version__", "_tags", "_index", "_parent_index", "_parent_table_name", "_attachments", "$edited",
    "submissiondate", "key", "parent_key", "status", "reviewstate", "attachmentspresent", "attachmentsexpected",
    "edits", "formversion", "meta-instanceid", "meta/instanceid", "instanceid", "meta-instancename",
    "meta/instancename", "start time", "completion time", "last modified time", "timestamp", "introduction",
    "total points", "quiz feedback",
})  # fmt: skip
_PERSONAL = frozenset({
    "_submitted_by", "_submission__submitted_by", "deviceid", "device_id", "device id", "username", "phonenumber",
    "phone_number", "simserial", "subscriberid", "submitterid", "submittername", "email", "email address", "name",
    "your name", "full name", "e-mail", "e-mail address", "_geolocation", "audit", "_submitter",
})  # fmt: skip
_PLACE = re.compile(r"(?:^|[-_/ ])(?:latitude|longitude|altitude|accuracy|precision|gps|geopoint)$")
_ROW_OF_A_GRID = re.compile(r"\S.*\[(.+)\]$")
"""Google Forms heads a row of a grid with the question and the row in brackets."""
_BETWEEN = "/-.:|>\\"
"""What stands between the groups of a heading; of Kobo a choice of whoever saves the file, of ODK Central a hyphen."""


class FormColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column and what it is, `by_name` or as somebody said. `candidates`: the questions an undecided one may be."""

    index: int
    heading: str
    treatment: Treatment
    question: FormQuestion | None = None
    choice: str = ""
    by_name: bool = False
    candidates: tuple[FormQuestion, ...] = ()


def plain(heading: str) -> str:
    """A heading without regard to case and blanks."""
    return " ".join(heading.split()).casefold()


def is_personal(heading: str) -> bool:
    """Whether a column tells who or where somebody is, or from which device it came."""
    return plain(heading) in _PERSONAL or _PLACE.search(plain(heading)) is not None


def is_meta(heading: str) -> bool:
    """Whether a column is about the sending of the form."""
    return plain(heading) in _META or plain(heading).startswith("_submission_")


def place_columns(
    headings: Sequence[str], form: SurveyForm, decided: Mapping[str, FormQuestion | None]
) -> tuple[FormColumn, ...]:
    """What every column with a heading is. `decided`: by heading, what somebody said of it; None to leave it out.

    Of two columns for one question the one with its name is taken and the other undecided; both are where both have it,
    or neither.
    """
    said = {plain(heading): question for heading, question in decided.items()}
    found = [_column(index, text, form, said) for index, text in enumerate(headings) if text.strip()]
    for_it: dict[tuple[str, str], list[FormColumn]] = {}
    for one in found:
        if one.question is not None:
            for_it.setdefault((one.question.name, one.choice), []).append(one)
    doubtful: set[int] = set()
    own_words = {one.name for one in decided.values() if one is not None and one.kind == "text"}
    for (name, _choice), rivals in for_it.items():
        named = [one for one in rivals if one.by_name]
        if len(rivals) > 1 and name not in own_words:
            doubtful |= {one.index for one in rivals if len(named) != 1 or one is not named[0]}
    return tuple(_rival(one) if one.index in doubtful else one for one in found)


def _rival(column: FormColumn) -> FormColumn:
    assert column.question is not None
    return FormColumn(
        index=column.index, heading=column.heading, treatment="undecided", candidates=(column.question,)
    )  # fmt: skip


def _column(index: int, heading: str, form: SurveyForm, said: Mapping[str, FormQuestion | None]) -> FormColumn:
    text = heading.strip()
    if plain(text) in said:
        question = said[plain(text)]
        return FormColumn(
            index=index, heading=text, treatment="ignored" if question is None else "answer", question=question,
            by_name=True,
        )  # fmt: skip
    named = next((one for one in form.questions if one.name == text), None)
    if named is None and is_personal(text):
        return FormColumn(index=index, heading=text, treatment="personal")
    if named is None and is_meta(text):
        return FormColumn(index=index, heading=text, treatment="meta")
    by_name = [(named, "")] if named is not None else _by_path(text, form)
    found = by_name or _by_label(text, form)
    if len(found) == 1:
        question, choice = found[0]
        return FormColumn(
            index=index, heading=text, treatment="choice" if choice else "answer", question=question, choice=choice,
            by_name=bool(by_name),
        )  # fmt: skip
    if found:
        candidates = tuple({question.name: question for question, _choice in found}.values())
        return FormColumn(index=index, heading=text, treatment="undecided", candidates=candidates)
    return FormColumn(index=index, heading=text, treatment="unknown")


_Found = list[tuple[FormQuestion, str]]


def _by_path(heading: str, form: SurveyForm) -> _Found:
    """By the last part of the heading, or the last two where they are a question and one of its options."""
    for between in _BETWEEN:
        before, _, last = heading.rpartition(between)
        if not before:
            continue
        for one in form.questions:
            if one.name == last:
                return [(one, "")]
            if last in {choice.name for choice in one.choices} and before.rpartition(between)[2] == one.name:
                return [(one, last)]
    return []


def _by_label(heading: str, form: SurveyForm) -> _Found:
    """By the label in any language, with the label of its part before it or not, and with that of an option behind."""
    text = plain(heading)
    row = _ROW_OF_A_GRID.search(text)
    text = row[1] if row else text
    found: dict[tuple[str, str], tuple[FormQuestion, str]] = {}
    for one in form.questions:
        part = form.part_of(one)
        before = {plain(label) for label in part.labels.values()} if part else set()
        for label in map(plain, (*one.labels.values(), *one.also_called)):
            if label and _is_headed(text, label, before):
                found[one.name, ""] = (one, "")
            for choice in one.choices:
                for option in (choice.name, *choice.labels.values()):
                    if label and any(_is_headed(text, f"{label}{by}{plain(option)}", before) for by in _BETWEEN):
                        found[one.name, choice.name] = (one, choice.name)
    return list(found.values())


def _is_headed(text: str, label: str, before: set[str]) -> bool:
    """Whether a heading is this label, alone or behind the label of its part and what stands between them."""
    if text == label:
        return True
    head = text.removesuffix(label)
    return head != text and head.rstrip().rstrip(_BETWEEN).rstrip() in before and head.rstrip()[-1:] in _BETWEEN
