"""Exports of form programs: KoboToolbox, ODK Central, Microsoft Forms and Google Forms, told apart by their columns.

A row is a submission. It is known by the id that the program gave it, or where it has none by all that stands in it;
of the id only a digest is kept. Who sent it, from which device and where is not looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.intake.form_columns import FormColumn, is_personal, plain
from reviewapp.intake.office_forms import TIMESTAMPS, is_microsoft
from reviewapp.intake.survey_form import FormQuestion
from reviewapp.spreadsheets.cells import normalised, stripped
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet, SheetRow

Source = Literal["kobo", "odk_central", "microsoft_forms", "google_forms"]
SOURCES: dict[Source, str] = {
    "kobo": "KoboToolbox", "odk_central": "ODK Central", "microsoft_forms": "Microsoft Forms",
    "google_forms": "Google Forms",
}  # fmt: skip
KnownBy = Literal["id", "number", "form", "row"]
"""`id`: one that no other submission has; `number`: of the server, `form`: of the form; `row`: by what stands in it."""
_BEST: tuple[KnownBy, ...] = ("id", "number", "form", "row")

_VERSIONS = ("__version__", "formversion", "form_version")
_TICKED = frozenset({"1", "1.0", "true", "yes"})


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One row: digests of the ids that it is known by, the most lasting first, and of all that was answered in it."""

    row: SheetRow
    source: Source
    known: tuple[tuple[KnownBy, str], ...]
    content: str

    @property
    def known_by(self) -> KnownBy:
        """The best of its ids."""
        return min((kind for kind, _id in self.known), key=_BEST.index)


def source_of(sheet: Sheet) -> Source | None:
    """The program that wrote a sheet, by its headings; None for any other sheet."""
    if not sheet.rows:
        return None
    headings = [plain(text) for text in sheet.rows[0].cells]
    there = set(headings)
    if "_index" in there or {"_submission_time", "_uuid"} <= there:
        return "kobo"
    if "key" in there and ("submissiondate" in there or "parent_key" in there):
        return "odk_central"
    if is_microsoft(sheet):
        return "microsoft_forms"
    return "google_forms" if headings[0] in TIMESTAMPS else None


def is_repeat(sheet: Sheet) -> bool:
    """Whether a sheet has what was asked several times in one form, a row each, and so no submissions."""
    return bool(sheet.rows) and bool({plain(text) for text in sheet.rows[0].cells} & {"_parent_index", "parent_key"})


def submissions(sheet: Sheet, source: Source) -> Iterator[Submission]:
    """The rows below the headings that hold something."""
    head = [plain(text) for text in sheet.rows[0].cells]
    for row in sheet.rows[1:]:
        there = {name: stripped(row.cell(n)) for n, name in enumerate(head) if name and stripped(row.cell(n))}
        if there:
            content = _digest(f"{name}={text}" for name, text in sorted(there.items()) if _is_answered(name))
            started = there.get("start time") or stripped(row.cell(1))
            known = tuple(dict.fromkeys(_known(there, source, started)))
            whole = sorted(f"{name}={text}" for name, text in there.items() if name != "_index")
            yield Submission(
                row=row, source=source, known=known or (("row", _digest([source, *whole])),), content=content
            )


def _known(there: Mapping[str, str], source: Source, started: str) -> Iterator[tuple[KnownBy, str]]:
    """The ids of a row, the most lasting first.

    Kobo gives an edited submission a new `_uuid`, and keeps `_id` and `meta/rootUuid` (kobotoolbox/kpi#5435). Central
    keeps `KEY`, and only `meta-instanceID` is of the edit. The number in Microsoft Forms is of one form alone.
    """
    if source == "kobo" and there.get("_id"):
        yield "number", _digest([source, "_id", there["_id"]])
    for name in ("meta/rootuuid", "key", "_uuid", "meta/instanceid", "meta-instanceid"):
        if there.get(name):
            yield "id", _digest([source, "", there[name].removeprefix("uuid:").casefold()])
    if source == "microsoft_forms" and there.get("id"):
        yield "form", _digest([source, started, there["id"]])


_NOT_ANSWERED = frozenset({
    "_index", "_validation_status", "_notes", "_status", "_tags", "$edited", "reviewstate", "edits", "status",
    "attachmentspresent", "attachmentsexpected", "last modified time", "_submission_time", "end", "completion time",
    "meta-instanceid", "meta/instanceid", "meta/rootuuid", "meta/deprecatedid", "meta-deprecatedid", "key", "_id",
    "_uuid",
})  # fmt: skip
"""What may change about a submission without a change of an answer."""


def _is_answered(name: str) -> bool:
    return name not in _NOT_ANSWERED and not is_personal(name)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", errors="surrogatepass")).hexdigest()


def versions_of(sheet: Sheet) -> dict[str, set[str]]:
    """By heading, the versions that the submissions name: of the program's own counting, or of the form."""
    found: dict[str, set[str]] = {}
    for index, text in enumerate(sheet.rows[0].cells):
        name = plain(text)
        name = "form_version" if name.endswith("form_version") else name
        if name in _VERSIONS:
            found[name] = {stripped(row.cell(index)) for row in sheet.rows[1:] if stripped(row.cell(index))}
    return found


def answers_of(
    sheet: Sheet, row: SheetRow, question: FormQuestion, columns: Sequence[FormColumn], problems: Problems
) -> tuple[str, ...]:
    """The names of the chosen answers, or the words; none where it was left out.

    The columns of single options count before the one that joins them. What is not in the list, or cannot be told
    apart, is recorded in `problems` and not taken.
    """
    whole = [one for one in columns if one.treatment == "answer"]
    options = [one for one in columns if one.treatment == "choice"]
    if options:
        ticked = [one for one in options if stripped(row.cell(one.index)).casefold() in _TICKED]
        if ticked or not whole:
            return tuple(one.choice for one in ticked)
    for column in whole:
        text = stripped(row.cell(column.index))
        if not text:
            continue
        if question.kind in ("text", "hidden"):
            return () if problems.words(sheet, row, column.index) else (row.cell(column.index).strip(),)
        if problems.kind(sheet, row, column.index):
            continue
        found = chosen(question, text)
        if found is not None:
            return found
        listed = tuple(one.name for one in question.choices)
        what = _("{text} is not one of the answers", text=f"{text[:60]!r}")
        problems.add(sheet, row.number, column.index, what, _("enter the answer you mean"), choices=listed)
    return ()


def chosen(question: FormQuestion, text: str) -> tuple[str, ...] | None:
    """The names of the answers that a text is; None where it is none, or could be read in two ways."""
    single = question.named(text)
    if single is not None:
        return (single.name,)
    if question.kind != "choices":
        return None
    names = {one.name for one in question.choices}
    words = text.replace(";", " ").split()
    if words and set(words) <= names:
        return tuple(words)
    ways = _ways(question, normalised(text))
    return ways[0] if len(ways) == 1 else None


_MOST_WAYS = 2
_MOST_STEPS = 10_000
"""More tries than this are not made: a text that needs them is not told apart."""


def _ways(question: FormQuestion, text: str) -> list[tuple[str, ...]]:
    """In which ways a text is labels one after the other, two at most; the labels themselves may hold blanks."""
    labels = [(normalised(label), one.name) for one in question.choices for label in set(one.labels.values())]
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[str, tuple[str, ...]]] = [(text, ())]
    for _step in range(_MOST_STEPS):
        if not waiting or len(found) == _MOST_WAYS:
            return found
        rest, so_far = waiting.pop()
        if not rest:
            found += [so_far] if so_far and so_far not in found else []
            continue
        waiting += [
            (rest[len(label) :], (*so_far, name))
            for label, name in labels
            if label and name not in so_far and rest.startswith(label)
        ]
    return []
