"""A visit as a project for coding programs: conversations, their units, the themes, and who saw what.

The file lies outside the encryption, so it holds only what the speakers agreed to for the circle that is named,
nobody's codings but one's own before the meeting was opened, and no coder's name unless it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.codebooks.qdc import to_qda
from reviewapp.qda.model import (
    QdaCase,
    QdaCoding,
    QdaProject,
    QdaSelection,
    QdaSource,
    QdaUser,
    stable_guid,
)
from reviewapp.qda.write import Written, write_project
from reviewapp.visit.blind import seen_codings
from reviewapp.visit.labels import one_of, record_number
from reviewapp.visit.state import InterviewRecord, VisitState
from reviewapp.visit.theme_records import CodingRecord
from reviewapp.visit.themes import Unit, own_codebook, units

Circle = Literal["quotes", "circulation", "published"]
"""Whom words may reach: those who get the report, the copy for wider circulation, or a published report."""
AGREED = "agreed"
"""The user of a project whose codings are what the coders agreed on."""


class QdaExport(msgspec.Struct, frozen=True, kw_only=True):
    """What went out, and what did not: `left_out` counts units by reason (see `why_left_out`).

    `replaced` counts characters that are written as their names.
    """

    conversations: int
    units: int
    codings: int
    left_out: dict[str, int]
    replaced: int


def user_guid(state: VisitState, code: str) -> str:
    """A coder as other programs know them; it says nothing to whoever does not have the visit."""
    return stable_guid("user", f"{state.info.id}/{code}")


def source_guid(state: VisitState, interview: str) -> str:
    """A conversation as other programs know it."""
    return stable_guid("source", f"{state.info.id}/{interview}")


def selection_guid(state: VisitState, unit: str) -> str:
    """A unit as other programs know it."""
    return stable_guid("selection", f"{state.info.id}/{unit}")


def export_project(
    state: VisitState, me: str, circle: Circle = "circulation", *, name_coders: bool = False
) -> tuple[Written, QdaExport]:
    """The project of a visit for one circle, as `me` may see it."""
    may, left_out = _may_go_out(state, circle)
    codings, book = _codings(state, me), own_codebook(state)
    themes = {one.id: one.uuid for one in book.themes}
    sources, cases = [], []
    for interview, some in may.items():
        sources.append(_source(state, interview, some, _ByUnit(state, codings, themes)))
        cases.append(_case(state, interview))
    coders = sorted({coding.person for found in codings.values() for coding in found})
    users = [
        QdaUser(guid=user_guid(state, code), name=_name(state, code, number) if name_coders else f"Coder {number}")
        for number, code in enumerate(coders, 1)
    ]
    if state.agreed_codings and state.meeting_opened:
        users.append(QdaUser(guid=user_guid(state, AGREED), name=AGREED))
    project = QdaProject(
        name="Reviewapp",
        origin="Reviewapp",
        users=tuple(users),
        codebook=to_qda(book),
        sources=tuple(sources),
        cases=tuple(cases),
    )
    written = write_project(project)
    selections = [one for source in sources for one in source.selections]
    return written, QdaExport(
        conversations=len(sources),
        units=len(selections),
        codings=sum(len(one.codings) for one in selections),
        left_out=left_out,
        replaced=written.replaced,
    )


def _may_go_out(state: VisitState, circle: Circle) -> tuple[dict[str, list[Unit]], dict[str, int]]:
    """The units whose speakers agreed, by conversation, and why the others stay."""
    found: dict[str, list[Unit]] = {}
    left_out: Counter[str] = Counter()
    for unit in units(state):
        talk = state.interviews.get(unit.interview)
        if not unit.interview:
            left_out["not_asked_in_survey"] += 1
        elif talk is None:
            left_out["interview_missing"] += 1
        elif not agreed_to(talk, circle):
            left_out["no_consent"] += 1
        else:
            found.setdefault(unit.interview, []).append(unit)
    return found, dict(left_out)


def why_left_out(reason: str, circle: Circle) -> str:
    """Why units stay here, in words."""
    if reason == "interview_missing":
        return _("their interview is not here")
    if reason == "not_asked_in_survey":
        return _("they were written in a survey, which did not ask about it")
    return {
        "quotes": _("their speaker has not agreed to be quoted"),
        "circulation": _("their speaker has not agreed to wider circulation"),
        "published": _("their speaker has not agreed to a published report"),
    }[circle]


def agreed_to(talk: InterviewRecord, circle: Circle) -> bool:
    """Whether the words of a conversation may reach this circle; what was not asked was not agreed to."""
    states = (talk.consent_quotes, talk.consent_circulation, talk.consent_published)
    return all(one is True for one in states[: ("quotes", "circulation", "published").index(circle) + 1])


def _codings(state: VisitState, me: str) -> dict[str, list[CodingRecord]]:
    """The codings that go out, by unit: before the meeting was opened `me`'s own, whoever `me` is."""
    seen = seen_codings(state, me).values() if state.meeting_opened else [
        one for one in state.codings.values() if one.person == me
    ]  # fmt: skip
    found: dict[str, list[CodingRecord]] = {}
    for one in seen:
        if one.themes:
            found.setdefault(one.unit, []).append(one)
    return found


def _source(state: VisitState, interview: str, some: list[Unit], codings: _ByUnit) -> QdaSource:
    """One conversation: a heading and the words of each unit, a paragraph each."""
    text, selections = "", []
    for unit in some:
        text += f"{_heading(state, unit)}\n"
        start = len(text)
        words = unit.text.replace("\r\n", "\n").replace("\r", "\n")
        text += f"{words}\n\n"
        selections.append(
            QdaSelection(
                guid=selection_guid(state, unit.key),
                start=start,
                end=start + len(words),
                text=words,
                codings=codings.of(unit.key),
            )
        )
    talk = state.interviews[interview]
    return QdaSource(
        guid=source_guid(state, interview),
        name=record_number(interview),
        text=text,
        selections=tuple(selections),
        values=_values(talk),
    )


class _ByUnit:
    """The codings of each unit, those of the agreed ones once the meeting was opened."""

    def __init__(self, state: VisitState, codings: Mapping[str, list[CodingRecord]], themes: Mapping[str, str]) -> None:
        self._state, self._codings, self._themes = state, codings, themes

    def of(self, unit: str) -> tuple[QdaCoding, ...]:
        """One coding for each coder and theme; the memo stands at a coder's first."""
        state = self._state
        said = [(one.person, one.themes or (), one.memo) for one in self._codings.get(unit, ())]
        settled = state.agreed_codings.get(unit)
        if settled is not None and settled.themes and state.meeting_opened:
            said.append((AGREED, settled.themes, settled.reason))
        return tuple(
            QdaCoding(
                code=self._themes[theme],
                coder=user_guid(state, code),
                guid=stable_guid("coding", f"{state.info.id}/{unit}/{code}/{theme}"),
                memo=memo if number == 0 else "",
            )
            for code, seen, memo in said
            for number, theme in enumerate(seen)
            if theme in self._themes
        )


def _heading(state: VisitState, unit: Unit) -> str:
    kind, __, rest = unit.key.partition("/")
    if kind == "quote":
        who = _("speaker {n}", n=unit.speaker) if unit.speaker else ""
        return " · ".join(filter(None, (_("Quote {number}", number=rest.partition("/")[0]), who)))
    prompt = state.answers[rest].prompt
    asked = {one.id: one.text for guide in state.instrument.guides for one in guide.prompts}
    return asked.get(prompt, _("Notes"))


def _case(state: VisitState, interview: str) -> QdaCase:
    return QdaCase(
        guid=stable_guid("case", f"{state.info.id}/{interview}"),
        name=record_number(interview),
        values=_values(state.interviews[interview]),
        sources=(source_guid(state, interview),),
    )


def _values(talk: InterviewRecord) -> tuple[tuple[str, str], ...]:
    group = ", ".join(one_of(one) for one in (talk.groups or {talk.group: 1}))
    return (("Form", "interview"), ("Stakeholder group", group))


def _name(state: VisitState, code: str, number: int) -> str:
    person = state.people.get(code)
    return f"{code} {person.name}".strip() if person else f"Coder {number}"
