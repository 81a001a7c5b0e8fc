"""What a survey form asks one group of people: the standards that a survey tests, and a comment on each part.

The form that goes out (`xlsform`) and what comes back from it (`submissions`) are both read against this one list, so
that an answer finds its standard by name. Nothing in it asks who somebody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.editions import SHOWN, digest
from reviewapp.instruments.model import Group, Instrument, Standard
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.spreadsheets.cells import normalised

QuestionKind = Literal["choice", "choices", "text", "hidden"]
"""One of a list, several of it, words of one's own, or one that nobody sees."""

GROUP_QUESTION = "respondent_group"
VERSION_QUESTION = "form_version"
"""Two hidden answers, the same in each form: they say of the file itself for whom and from which wording it was."""

MOST_NAME = 32
"""Longest name of a question; longer ones are cut by programs that a form's answers go through."""


class FormChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a list: its name in the data, and its label in each language of the form."""

    name: str
    labels: Mapping[str, str]


class FormQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `labels` by language; `part` is the group of questions that it stands in; `also_called` otherwise.

    `standard` is what an answer counts for; a text is a comment on the part, or on the standard where it names one.
    """

    name: str
    kind: QuestionKind
    labels: Mapping[str, str] = {}
    part: str = ""
    standard: str = ""
    choices: tuple[FormChoice, ...] = ()
    also_called: tuple[str, ...] = ()

    def named(self, text: str) -> FormChoice | None:
        """The choice of exactly this name, or of this label in any language if only one has it."""
        by_name = next((one for one in self.choices if one.name == text), None)
        if by_name is not None:
            return by_name
        found = [one for one in self.choices if normalised(text) in map(normalised, one.labels.values())]
        return found[0] if len(found) == 1 else None


class FormPart(msgspec.Struct, frozen=True, kw_only=True):
    """A group of questions, with its label in each language."""

    name: str
    labels: Mapping[str, str]


class SurveyForm(msgspec.Struct, frozen=True, kw_only=True):
    """The questions for one group, or for any (`group` is then empty). `version` is of the instrument's wording."""

    title: str
    form_id: str
    version: str
    group: Group | None
    parts: tuple[FormPart, ...]
    questions: tuple[FormQuestion, ...]

    def part_of(self, question: FormQuestion) -> FormPart | None:
        """The part that a question stands in, or None."""
        return next((one for one in self.parts if one.name == question.part), None)


ENGLISH = "en"
ANSWERS: tuple[tuple[str, str], ...] = (("yes", "Yes"), ("no", "No"), ("na", "This does not apply to me"))
"""The names and labels of the answers, the same for every standard. Written in English, whatever the screens speak."""


def survey_form(instrument: Instrument, group: Group | None = None) -> SurveyForm:
    """The form of this instrument for one group; for None of everything that any group is asked.

    Raises Invalid for a group that fills in no surveys.
    """
    if group is not None and group not in SURVEY_GROUPS:
        raise Invalid(
            _("there is no survey of {group}", group=group), field="group",
            do=_("use {listed}", listed=any_of(SURVEY_GROUPS)),
        )  # fmt: skip
    asked = asked_of(instrument, group)
    names = _Names()
    choices = tuple(FormChoice(name=name, labels={ENGLISH: label}) for name, label in ANSWERS)
    # Names and labels are those of the whole instrument, so that one question has the same name in every form.
    wording = _unique_wording(instrument.standards)
    named = {one.number: names.name("q", one.number) for one in instrument.standards}
    sections = {section: names.name("part", section) for section in _sections(instrument.standards)}
    comments = {section: names.name("comment", section) for section in sections}
    questions: list[FormQuestion] = []
    for section in _sections(asked):
        part = sections[section]
        questions += [
            FormQuestion(
                name=named[one.number], kind="choice", labels={ENGLISH: wording[one.number]}, part=part,
                standard=one.number, choices=choices, also_called=(one.title,) if one.title else (),
            )
            for one in asked
            if one.section == section
        ]  # fmt: skip
        label = f"What else would you like to say about: {section}?"
        questions.append(FormQuestion(name=comments[section], kind="text", labels={ENGLISH: label}, part=part))
    questions += [FormQuestion(name=GROUP_QUESTION, kind="hidden"), FormQuestion(name=VERSION_QUESTION, kind="hidden")]
    return SurveyForm(
        title=f"{instrument.title}: survey" + (f" ({group})" if group else ""),
        form_id=f"{names.plain(instrument.id)[:40]}_{group or 'all'}",
        version=digest(instrument)[:SHOWN],
        group=group,
        parts=tuple(FormPart(name=sections[one], labels={ENGLISH: one}) for one in _sections(asked)),
        questions=tuple(questions),
    )


def asked_of(instrument: Instrument, group: Group | None) -> tuple[Standard, ...]:
    """The standards that a survey of a group tests; those of any group where the instrument names none for it."""
    surveyed = asked_in_surveys(instrument)
    return tuple(one for one in surveyed if group in one.sources) or surveyed


def asked_in_surveys(instrument: Instrument) -> tuple[Standard, ...]:
    """The standards a survey can test; all of them when the instrument does not say."""
    return tuple(s for s in instrument.standards if "survey" in s.sources) or instrument.standards


def _sections(standards: Iterable[Standard]) -> list[str]:
    return list(dict.fromkeys(one.section for one in standards))


def _unique_wording(standards: Iterable[Standard]) -> dict[str, str]:
    """What each standard asks, as a label; those that read the same bear their numbers, or they could not be told."""
    said: dict[str, list[str]] = {}
    for one in standards:
        said.setdefault(normalised(_words(one)), []).append(one.number)
    return {
        one.number: _words(one) if len(said[normalised(_words(one))]) == 1 else f"{one.number}. {_words(one)}"
        for one in standards
    }


def _words(standard: Standard) -> str:
    return " ".join((standard.statement or standard.title or standard.number).split())


class _Names:
    """Names of [a-z0-9_], each once also where case does not count, and short."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, before: str, text: str) -> str:
        wanted = f"{before}_{self.plain(text)}"[: MOST_NAME - 8].rstrip("_")
        found, more = wanted, 1
        while found in self._taken:
            more += 1
            found = f"{wanted}_{more}"
        self._taken.add(found)
        return found

    @staticmethod
    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "x"
