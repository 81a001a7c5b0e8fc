"""A form read from its XLSForm, and exports made of our own form, for the tests of what comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewapp.intake import Intake
from reviewapp.intake.survey_form import FormChoice, FormPart, FormQuestion, QuestionKind, SurveyForm, survey_form
from reviewapp.visit.statements import SurveyComment, SurveySubmission
from tests.core.intake.sheet_building import instrument, write_csv

CASES = Path(__file__).parents[4] / "shared" / "cases" / "xlsform"
OWN = survey_form(instrument())
KOBO = ["_id", "_uuid", "_submission_time", "_submitted_by", "__version__", "_index"]


def case(name: str) -> Path:
    """A saved file; the test is skipped where it is not there."""
    path = CASES / name
    if not path.is_file():
        pytest.skip("the saved files are not beside the project")
    return path


def read_form(path: Path) -> SurveyForm:
    """The questions of an XLSForm, by name and with their labels in all languages."""
    book = openpyxl.load_workbook(path)

    def rows(sheet: str) -> list[dict[str, str]]:
        head, *rest = book[sheet].iter_rows(values_only=True)
        return [{str(n): str(v) for n, v in zip(head, row, strict=True) if n and v is not None} for row in rest]

    def labels(row: dict[str, str]) -> dict[str, str]:
        return {name: text for name, text in row.items() if name.startswith("label")}

    listed: dict[str, list[FormChoice]] = {}
    for row in rows("choices"):
        listed.setdefault(row["list_name"], []).append(FormChoice(name=row["name"], labels=labels(row)))
    parts, questions, path_so_far = [], [], []
    for row in rows("survey"):
        kind, _, choices = row["type"].partition(" ")
        if kind in ("begin_group", "begin_repeat"):
            path_so_far.append(row["name"])
            parts.append(FormPart(name=row["name"], labels=labels(row)))
        elif kind in ("end_group", "end_repeat"):
            path_so_far.pop()
        elif kind in ("select_one", "select_multiple", "text", "integer"):
            kinds: dict[str, QuestionKind] = {"select_one": "choice", "select_multiple": "choices"}
            what = kinds.get(kind, "text")
            questions.append(
                FormQuestion(name=row["name"], kind=what, labels=labels(row), part="".join(path_so_far[-1:]),
                             choices=tuple(listed.get(choices, ())))
            )  # fmt: skip
    return SurveyForm(title="", form_id="", version="", group=None, parts=tuple(parts), questions=tuple(questions))


def question(number: str) -> FormQuestion:
    """Our own question on a standard."""
    return next(one for one in OWN.questions if one.standard == number)


def counted(found: Intake) -> dict[tuple[str, str], tuple[int, int, int]]:
    """By group and standard, how many said yes, no and not applicable."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for line in found.lines:
        if isinstance(line, SurveySubmission) and line.deleted is False:
            assert isinstance(line.answers, dict)
            for number, answer in line.answers.items():
                counts.setdefault((str(line.group), number), Counter())[answer] += 1
    return {about: (count["yes"], count["no"], count["na"]) for about, count in counts.items()}


def comments_in(found: Intake) -> list[SurveyComment]:
    """The comments that were read."""
    return [line for line in found.lines if isinstance(line, SurveyComment)]


def kobo(path: Path, columns: Sequence[str], *rows: Sequence[Any], version: str = OWN.version) -> Path:
    """An export with these columns; each row is its number and the answers."""
    table = [
        [*answers, n, f"00000000-0000-4000-8000-{n:012}", "2026-11-21T09:11:00", "sender-9", version, at]
        for at, (n, *answers) in enumerate(rows, 1)
    ]
    return write_csv(path, [[*columns, *KOBO], *table])
