"""The columns of a survey's export that are no question of it for certain, and what each is most likely.

A proposal is a help for whoever says what a column is; nothing is taken by it. It looks at the heading, and at what
kind of answers stand below; the answers themselves are not shown, as they may tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from reviewapp.instruments.model import Instrument, Standard
from reviewapp.intake.column_words import COMMENT, IGNORE, WHO
from reviewapp.intake.export_account import Export
from reviewapp.intake.form_columns import FormColumn, plain
from reviewapp.intake.sheet import OpenColumn
from reviewapp.intake.survey_form import asked_in_surveys
from reviewapp.intake.vocabulary import SURVEY_GROUPS, answer_of, group_of
from reviewapp.spreadsheets.cells import normalised, stripped

_ALIKE, _PERHAPS = 0.6, 0.35
"""From the one likeness on a heading is proposed to be a standard; from the other that is offered."""
_OFFERED = 3
_WORDS = 3
"""Texts of more words than this are somebody's own words, and not one of a list."""


def open_columns(export: Export, instrument: Instrument, said: Mapping[str, str]) -> tuple[OpenColumn, ...]:
    """Each heading of which somebody said what it is, or has to, or may; none for columns with nothing in them."""
    decided = {plain(heading): what for heading, what in said.items()}
    found: dict[str, OpenColumn] = {}
    for column in export.columns:
        name = plain(column.heading)
        is_open = column.treatment in ("unknown", "undecided") or (name in decided and column.treatment != "undecided")
        texts = [text for row in export.sheet.rows[1:] if (text := stripped(row.cell(column.index)))]
        if is_open and name not in found and (texts or column.treatment == "undecided"):
            found[name] = _open(column, texts, decided.get(name, ""), instrument)
    return tuple(found.values())


def _open(column: FormColumn, texts: list[str], decided: str, instrument: Instrument) -> OpenColumn:
    if column.treatment == "undecided":
        meant = tuple(dict.fromkeys(one.standard or COMMENT for one in column.candidates))
        return OpenColumn(heading=column.heading, filled=len(texts), candidates=meant, must=True)
    if not decided and all(group_of(text) in SURVEY_GROUPS for text in texts):
        return OpenColumn(heading=column.heading, filled=len(texts), proposed=WHO)
    are_answers = all(answer_of(text) in ("yes", "no", "na") for text in texts)
    likely = sorted(_likely(column.heading, instrument), reverse=True) if are_answers else []
    candidates = tuple(one.number for _ratio, _place, one in likely[:_OFFERED])
    proposed = decided
    if not proposed and likely and likely[0][0] >= _ALIKE:
        proposed = candidates[0]
    if not proposed:
        proposed = COMMENT if not are_answers and _are_words(texts) else IGNORE
    return OpenColumn(
        heading=column.heading, filled=len(texts), proposed=proposed, candidates=candidates, said=bool(decided)
    )  # fmt: skip


def _likely(heading: str, instrument: Instrument) -> Iterator[tuple[float, int, Standard]]:
    """The standards that a heading may be about, each with how alike the words are and its place from the end."""
    words = normalised(heading)
    for place, one in enumerate(asked_in_surveys(instrument)):
        ratio = max(_alike(words, normalised(text)) for text in (one.title, one.statement))
        if ratio >= _PERHAPS:
            yield ratio, -place, one


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _PERHAPS else 0.0


def _are_words(texts: list[str]) -> bool:
    """Whether most of these are sentences of somebody's own."""
    return 2 * sum(len(text.split()) > _WORDS for text in texts) >= len(texts) > 0
