"""What somebody says that a column of a survey is, asked once and remembered for the wording of the standards."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, save_file
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.editions import digest
from reviewapp.instruments.lookup import standard_of, standards_meant
from reviewapp.instruments.model import Instrument
from reviewapp.intake.column_words import COMMENT, IGNORE, WHO
from reviewapp.intake.form_columns import FormColumn, plain
from reviewapp.intake.sheet import OpenColumn
from reviewapp.intake.survey_form import GROUP_QUESTION, FormQuestion, SurveyForm, survey_form

FOLDER = "survey-columns"
"""The folder of a home in which the choices lie. They hold headings of forms, and nothing that anybody answered."""

_LARGEST = 1_000_000


class ColumnsUndecided(Invalid):
    """Columns of which it is not certain what they are: by heading, what each may be, as somebody would say it.

    `open`: these, and the others of which somebody may say it.
    """

    def __init__(self, file: str, columns: Mapping[str, Sequence[str]], open_: Sequence[OpenColumn] = ()) -> None:
        listed = "; ".join(f"“{heading}” ({any_of(map(_in_words, meant))})" for heading, meant in columns.items())
        super().__init__(
            _("{file}: which question is {columns}?", file=file, columns=listed),
            field="column",
            do=_(
                'say it once with --column "HEADING=NUMBER" (or =comment, =ignore), or save the export again with '
                "XML values and headers"
            ),
            kept=_("nothing was imported"),
        )
        self.columns = dict(columns)
        self.open = tuple(open_)


def _in_words(meant: str) -> str:
    return _("a comment") if meant == COMMENT else _("standard {number}", number=meant)


class NoQuestions(Invalid):
    """No column is a question of the survey by its heading; `open`: those that somebody may say are one."""

    def __init__(self, what: str, open_: Sequence[OpenColumn]) -> None:
        super().__init__(
            what,
            field="column",
            do=_(
                "choose the right file, save the export again with XML values and headers, or say what its columns are "
                'with --column "HEADING=NUMBER"'
            ),
            kept=_("nothing was imported"),
        )
        self.open = tuple(open_) if any(one.candidates for one in open_) else ()


class GroupUndecided(Invalid):
    """The file does not say who answered. `open`: its columns that somebody may say are something, perhaps this."""

    def __init__(self, file: str, open_: Sequence[OpenColumn] = ()) -> None:
        super().__init__(
            _("{file} does not say who answered", file=file),
            field="group",
            do=_("say it with --group patient, carer or staff"),
            kept=_("nothing was imported"),
        )
        self.open = tuple(open_)


def decision(heading: str, what: str, instrument: Instrument, form: SurveyForm) -> FormQuestion | None:
    """The question that somebody says a column is; None to leave it out. Raises Invalid for what is none."""
    kind, _slash, about = (part.strip() for part in what.partition("/"))
    kind = kind if kind in (COMMENT, WHO, IGNORE) else what.strip()
    if kind == IGNORE:
        return None
    if kind == WHO:
        return next(one for one in form.questions if one.name == GROUP_QUESTION)
    number = standard_of(about if kind == COMMENT else kind, instrument)
    if kind == COMMENT and (number or not about):
        name = f"own_{hashlib.sha256(plain(heading).encode()).hexdigest()[:12]}"
        return FormQuestion(name=name, kind="text", labels={"": heading}, standard=number or "")
    if number is None:
        raise Invalid(
            _("{heading}: {what} is neither a standard nor a comment", heading=f"“{heading}”", what=f"{what!r}"),
            field="column",
            do=_("give the number of a standard, or comment, comment/NUMBER, group, ignore"),
            kept=_("nothing was imported"),
        )
    asked = next((one for one in form.questions if one.standard == number), None)
    return asked or _of_standard(number, form)


def _of_standard(number: str, form: SurveyForm) -> FormQuestion:
    """A question on a standard that the form itself does not ask."""
    choices = next(one.choices for one in form.questions if one.choices)
    return FormQuestion(name=f"standard {number}", kind="choice", standard=number, choices=choices)


def by_number(column: FormColumn, instrument: Instrument, form: SurveyForm) -> FormColumn:
    """A column of a form that somebody typed by hand: its heading may begin with the number of a standard."""
    meant = standards_meant(column.heading, instrument) if column.treatment == "unknown" else []
    if len(meant) != 1:
        return column
    question = next((one for one in form.questions if one.standard == meant[0]), None) or _of_standard(meant[0], form)
    return msgspec.structs.replace(column, treatment="answer", question=question)


class ColumnMemory:
    """The choices of one installation, a file for each wording of standards."""

    def __init__(self, home: Path) -> None:
        self._folder = Path(home) / FOLDER

    def of(self, instrument: Instrument) -> dict[str, str]:
        """By heading, what was decided; nothing where nobody was asked. Raises Damaged, ReviewError."""
        path = self._path(instrument)
        try:
            return msgspec.json.decode(read_whole(path, _LARGEST), type=dict[str, str]) if path.is_file() else {}
        except OSError as error:
            raise ReviewError(
                _("cannot read {path}: {reason}", path=path, reason=reason_of(error)),
                do=_("check the disk"),
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Damaged(
                _("{path} is damaged: {why}", path=path, why=str(error)[:80]),
                do=_("delete it; you are then asked again what the columns are"),
            ) from error

    def remember(self, instrument: Instrument, said: Mapping[str, str]) -> None:
        """Keep these choices with the earlier ones, in whose place they stand. Raises Invalid for one that is none."""
        if not said:
            return
        form = survey_form(instrument)
        for heading, what in said.items():
            decision(heading, what, instrument, form)
        new = {plain(heading) for heading in said}
        kept = {heading: what for heading, what in self.of(instrument).items() if plain(heading) not in new}
        private_files.make_folder(self._folder)
        save_file(self._path(instrument), msgspec.json.encode({**kept, **said}, order="sorted"))

    def _path(self, instrument: Instrument) -> Path:
        return self._folder / f"{digest(instrument)}.json"
