"""Which themes are in force on a visit, and what there is to code: units: quotes, answers, survey comments."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from reviewapp.codebooks.library import DEFAULT, builtin
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.visit.figure_cache import READING, cached_figure
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
    """The themes of the visit's codebooks, with its own: the codebook that ships first where nobody chose one.

    A theme that the lead hid is not among them, nor are those in it, unless somebody has used one all the same.
    """
    every = _every_theme(state)
    said = {one.id for one in state.themes.values() if one.hidden}
    if not said:
        return every
    used = used_themes(state)
    kept = {above for one in every.by_id.values() if one.id in used for above in (one.id, *_above(every, one))}
    hidden = {
        one.id: one
        for one in every.by_id.values()
        if one.id not in kept and (one.id in said or said & set(_above(every, one)))
    }
    shown = {id_: one for id_, one in every.by_id.items() if id_ not in hidden}
    return msgspec.structs.replace(every, by_id=shown, hidden=hidden)


@cached_figure("codebooks", "themes")
def _every_theme(state: VisitState) -> Themes:
    """The themes in force as if none were hidden."""
    books = tuple(one.content for one in state.codebooks.values() if one.content is not None) or _usual()
    found: dict[str, ThemeInForce] = {}
    for book in books:
        for theme in book.themes:
            found.setdefault(theme.id, _of_book(theme, book, state.instrument.id))
    for own in state.themes.values():
        before = found.get(own.id) or ThemeInForce(id=own.id, title=own.id, path=())
        found[own.id] = msgspec.structs.replace(
            before,
            title=own.title or before.title,
            parent=own.parent or before.parent,
            use_when=own.use_when or before.use_when,
            not_when=own.not_when or before.not_when,
        )
    return Themes(books, _below_each_other(found), ids=tuple(found))


def _below_each_other(found: dict[str, ThemeInForce]) -> dict[str, ThemeInForce]:
    """Themes with their paths, each below the one it is part of.

    One whose place is not there is outermost, and so is the first of those that are part of each other, as two laptops
    can say it.
    """
    within: dict[str, list[str]] = {}
    for one in found.values():
        within.setdefault(one.parent if one.parent in found else "", []).append(one.id)
    ordered: dict[str, ThemeInForce] = {}
    for outermost in (*within.get("", []), *found):
        waiting: list[tuple[str, tuple[str, ...]]] = [(outermost, ())]
        while waiting:
            id_, above = waiting.pop()
            if id_ not in ordered:
                ordered[id_] = msgspec.structs.replace(found[id_], path=(*above, found[id_].title))
                waiting += [(each, ordered[id_].path) for each in reversed(within.get(id_, []))]
    return ordered


def used_themes(state: VisitState) -> set[str]:
    """The ids of the themes that a coder saw in anything, or that were agreed for it."""
    found = {theme for one in state.codings.values() for theme in one.themes or ()}
    return found | {theme for one in state.agreed_codings.values() for theme in one.themes or ()}


def themes_within(themes: Themes, theme: str) -> set[str]:
    """The ids of a theme and of all that are part of it, at whatever depth."""
    every = msgspec.structs.replace(themes, by_id=themes.by_id | themes.hidden)
    return {one.id for one in every.by_id.values() if theme in (one.id, *_above(every, one))}


def _above(themes: Themes, one: ThemeInForce) -> list[str]:
    """The ids of those that a theme is part of, the nearest first."""
    found: list[str] = []
    while one.parent in themes.by_id and one.parent not in found:
        found.append(one.parent)
        one = themes.by_id[one.parent]
    return found


def _usual() -> tuple[Codebook, ...]:
    return tuple(one for one in builtin() if one.id == DEFAULT)


def _of_book(theme: Theme, book: Codebook, instrument: str) -> ThemeInForce:
    return ThemeInForce(
        id=theme.id,
        title=theme.title,
        path=(),
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


@cached_figure(*READING, "survey_comments")
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
