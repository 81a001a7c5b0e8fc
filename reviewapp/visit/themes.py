"""Which themes are in force on a visit, and what there is to code: units: quotes, answers, survey comments."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from reviewapp.codebooks.library import DEFAULT, builtin
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.visit.state import VisitState
from reviewapp.visit.survey_records import SurveyCommentRecord
from reviewapp.visit.theme_records import ThemeInForce, Themes

UNIT_KINDS = ("quote", "answer", "survey_comment")
"""The kinds of record that are units: each a stretch of what somebody said."""


class Unit(NamedTuple):
    """Something somebody said that can be coded. `key` is `quote/Q1/R2`; `interview` the key of its interview.

    A survey comment (`survey_comment/S1`) has no interview, and nobody wrote it down.
    """

    key: str
    text: str
    group: str
    interview: str
    standards: tuple[str, ...] = ()
    tone: str = ""
    speaker: str = ""

    @property
    def person(self) -> str:
        """The reviewer who wrote it down; empty for a survey comment."""
        return self.key.rpartition("/")[2] if self.interview else ""


def themes_in_force(state: VisitState) -> Themes:
    """The themes of the visit's codebooks, with its own: the codebook that ships first where nobody chose one."""
    books = tuple(one.content for one in state.codebooks.values() if one.content is not None) or _usual()
    found: dict[str, ThemeInForce] = {}
    for book in books:
        for theme in book.themes:
            found.setdefault(theme.id, _of_book(theme, book, state.instrument.id))
    for own in state.themes.values():
        before = found.get(own.id)
        parent = own.parent or (before.parent if before else "")
        above = found[parent].path if parent in found else ()
        title = own.title or (before.title if before else own.id)
        found[own.id] = ThemeInForce(
            id=own.id,
            title=title,
            path=(*above, title),
            parent=parent,
            use_when=own.use_when or (before.use_when if before else ""),
            not_when=own.not_when or (before.not_when if before else ""),
            codable=before.codable if before else True,
            book=before.book if before else "",
            standards=before.standards if before else (),
        )
    return Themes(books, found)


def _usual() -> tuple[Codebook, ...]:
    return tuple(one for one in builtin() if one.id == DEFAULT)


def _of_book(theme: Theme, book: Codebook, instrument: str) -> ThemeInForce:
    return ThemeInForce(
        id=theme.id,
        title=theme.title,
        path=book.path(theme),
        parent=theme.parent,
        use_when=theme.use_when,
        not_when=theme.not_when,
        codable=theme.codable,
        book=book.id,
        standards=tuple(theme.standards.get(instrument, ())),
    )


def suggested(themes: Themes, standards: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the themes that ask about the same matter as any of these standards. A suggestion, never an answer."""
    wanted = set(standards)
    return tuple(one.id for one in themes.by_id.values() if one.codable and wanted & set(one.standards))


def units(state: VisitState) -> tuple[Unit, ...]:
    """Everything that can be coded: each quote and each answer with words by interview, then survey comments.

    A quote whose interview is not there has no group; words that are hidden or withdrawn are no unit. Survey comments
    stand in the order of their ids, which tells nothing of who wrote which.
    """
    found = [*_answers(state), *_quotes(state), *_comments(state)]
    order = {key: number for number, key in enumerate(state.interviews)}
    return tuple(sorted(found, key=lambda unit: order.get(unit.interview, len(order))))


def unit_of(state: VisitState, key: str) -> Unit | None:
    """One unit by its key, or None where there is no such thing."""
    kind, _slash, rest = key.partition("/")
    if kind == "quote" and rest in state.quotes:
        return next(iter(_quotes(state, rest)), None)
    if kind == "answer" and rest in state.answers:
        return next(iter(_answers(state, rest)), None)
    if kind == "survey_comment" and rest in state.survey_comments:
        return next(iter(_comments(state, rest)), None)
    return None


def _quotes(state: VisitState, key: str = "") -> list[Unit]:
    found = [state.quotes[key]] if key else state.quotes.values()
    return [
        Unit(
            key=f"quote/{one.key}",
            text=one.text,
            group=_group(state, one.interview),
            interview=one.interview,
            standards=one.standards,
            tone=one.tone or "",
            speaker=one.speaker,
        )
        for one in found
        if one.text
    ]


def _answers(state: VisitState, key: str = "") -> list[Unit]:
    found = [state.answers[key]] if key else state.answers.values()
    standards = {prompt.id: prompt.standards for guide in state.instrument.guides for prompt in guide.prompts}
    return [
        Unit(
            key=f"answer/{one.key}",
            text=one.text,
            group=_group(state, one.interview),
            interview=one.interview,
            standards=tuple(standards.get(one.prompt, ())),
        )
        for one in found
        if one.text
    ]


def _comments(state: VisitState, key: str = "") -> list[Unit]:
    found = [state.survey_comments[key]] if key else sorted(state.survey_comments.values(), key=_key_of)
    return [
        Unit(
            key=f"survey_comment/{one.key}",
            text=one.text,
            group=one.group,
            interview="",
            standards=(one.standard,) if one.standard else (),
        )
        for one in found
        if one.text
    ]


def _key_of(comment: SurveyCommentRecord) -> str:
    return comment.key


def _group(state: VisitState, interview: str) -> str:
    held = state.interviews.get(interview)
    return held.group if held else ""


def own_codebook(state: VisitState) -> Codebook:
    """All themes in force as one codebook, to be written for other programs."""
    themes = themes_in_force(state)
    books = {one.id: one for one in themes.books}
    known = {theme.id: theme for book in books.values() for theme in book.themes}
    made = []
    for one in themes.by_id.values():
        base = known.get(one.id) or Theme(id=one.id, title=one.title)
        made.append(
            msgspec.structs.replace(
                base, title=one.title, parent=one.parent, use_when=one.use_when, not_when=one.not_when
            )
        )
    first = themes.books[0]
    return Codebook(id=first.id, title=" + ".join(book.title for book in themes.books), themes=made)
