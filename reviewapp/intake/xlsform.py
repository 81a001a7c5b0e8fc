"""A survey as an XLSForm, the sheet from which KoboToolbox and ODK make a form.

Written by hand, by the rules that both keep (XLSForm reference; what pyxform refuses and warns of): every name once in
the whole form, every language with its code and a label in every row, no `${` in a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.intake.survey_form import (
    ENGLISH,
    GROUP_QUESTION,
    VERSION_QUESTION,
    FormQuestion,
    SurveyForm,
)
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.writer import put_text, workbook_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

LANGUAGES = {
    "ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "en": "English", "es": "Español", "fr": "Français",
    "ga": "Gaeilge", "gd": "Gàidhlig", "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "pt": "Português",
    "ro": "Română", "so": "Soomaali", "ur": "اردو", "zh": "中文",
}  # fmt: skip
"""Languages in which a team may hand out its survey, by code, in their own names."""

LONGEST_COMMENT = 4_000
"""Characters that a comment may have."""
_LIST = "yes_no_na"
_INTRO = (
    "Thank you for answering. The survey is anonymous: please do not write your name, or that of anyone else, "
    "or anything from which someone could tell who you are. You may leave any question out."
)
_HINT = "Please write no names."
_TOO_LONG = "Please keep to 4,000 characters."

Row = dict[str, str]


class WrittenForm(NamedTuple):
    """The file, and how many texts in the second language still are the English ones."""

    data: bytes
    questions: int
    untranslated: int


def xlsform(form: SurveyForm, language: str = "") -> WrittenForm:
    """The form as XLSX: sheets `survey`, `choices`, `settings`. English, and a column for a second `language`.

    The standards exist in English, so the second column has the English texts in it for somebody to translate:
    nothing is translated by a machine. Raises Invalid for a language that is not known.
    """
    if language and language not in LANGUAGES:
        raise Invalid(
            _("there is no language {code} here", code=f"{language!r}"),
            field="language",
            do=_("use one of: ") + ", ".join(LANGUAGES),
        )
    codes = tuple(dict.fromkeys((ENGLISH, language))) if language else (ENGLISH,)
    survey, choices = _survey(form), _choices(form)
    book = layout.workbook(form.title)
    second = [_columns(codes, "label"), _columns(codes, "hint"), _columns(codes, "constraint_message")]
    names = [("type", "type"), ("name", "name"), *second[0], *second[1], ("required", "required"),
             ("constraint", "constraint"), *second[2], ("calculation", "calculation"),
             ("appearance", "appearance")]  # fmt: skip
    _write(book, "survey", names, survey)
    _write(book, "choices", [("list_name", "list_name"), ("name", "name"), *second[0]], choices)
    settings = {
        "form_title": form.title, "form_id": form.form_id, "version": form.version,
        "default_language": _language(ENGLISH),
    }  # fmt: skip
    _write(book, "settings", [(name, name) for name in settings], [settings])
    texts = sum(bool(row.get(name)) for row in (*survey, *choices) for name in ("label", "hint", "constraint_message"))
    asked = sum(one.kind != "hidden" for one in form.questions)
    return WrittenForm(workbook_bytes(book), asked, texts if len(codes) > 1 else 0)


def _survey(form: SurveyForm) -> list[Row]:
    rows: list[Row] = [{"type": "note", "name": "introduction", "label": _INTRO}]
    for part in form.parts:
        rows.append({"type": "begin_group", "name": part.name, "label": _label(part.labels[ENGLISH])})
        rows += [_question(one) for one in form.questions if one.part == part.name]
        rows.append({"type": "end_group"})
    values = {GROUP_QUESTION: form.group or "", VERSION_QUESTION: form.version}
    rows += [{"type": "calculate", "name": name, "calculation": f"'{value}'"} for name, value in values.items()]
    return rows


def _question(one: FormQuestion) -> Row:
    row = {"name": one.name, "label": _label(one.labels[ENGLISH]), "required": "no"}
    if one.kind == "text":
        limit = f"string-length(.) <= {LONGEST_COMMENT}"
        more = {"type": "text", "hint": _HINT, "constraint": limit, "constraint_message": _TOO_LONG}
        return {**row, **more, "appearance": "multiline"}
    return {**row, "type": f"select_one {_LIST}"}


def _choices(form: SurveyForm) -> list[Row]:
    listed = next((one.choices for one in form.questions if one.choices), ())
    return [{"list_name": _LIST, "name": one.name, "label": _label(one.labels[ENGLISH])} for one in listed]


def _label(text: str) -> str:
    """A label that refers to no other question: `${` would."""
    return text.replace("${", "$ {")


def _language(code: str) -> str:
    return f"{LANGUAGES[code]} ({code})"


def _columns(codes: Sequence[str], name: str) -> list[tuple[str, str]]:
    """The headings of a text in each language, with the field of a row that goes under them."""
    return [(f"{name}::{_language(code)}", name) for code in codes]


def _write(book: Workbook, title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Row]) -> None:
    sheet = book.create_sheet(title)
    for number, (heading, field) in enumerate(columns, 1):
        put_text(sheet.cell(1, number), heading)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = 44 if "::" in heading else 18
        for at, row in enumerate(rows, 2):
            if row.get(field):
                put_text(sheet.cell(at, number), row[field])
    sheet.freeze_panes = "A2"
