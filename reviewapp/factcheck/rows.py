"""Rows of the response sheet: the content of each as sent, and the hidden marks by which it is recognised on return."""

from __future__ import annotations

import msgspec

from reviewapp.figures.responses import NO_RATING, reviewed_values
from reviewapp.instruments.model import Score, Standard
from reviewapp.spreadsheets.row_marks import check_code, digest_of_field, fitted_cell, normalised_cell
from reviewapp.spreadsheets.table import Names
from reviewapp.visit.rules import HOST
from reviewapp.visit.state import VisitState

SHEET = "Answers"

TYPED = ("text", "evidence", "outside")
"""The columns that the host fills in."""
TITLES = {
    "standard": "Standard",
    "type": "Type",
    "asked": "What is asked",
    "rating": "Rating in the draft",
    "reason": "The reviewers' reason",
    "text": "Your answer",
    "evidence": "Further evidence",
    "outside": "Outside your control?",
    "id": "Id",
    "check": "Check",
    "sent": "As sent",
}
"""Column name in the program → heading on the sheet."""
HIDDEN = ("id", "check", "sent")
"""The columns that hold a row's mark."""
NAMES: Names = {
    **{name: (title,) for name, title in TITLES.items()},
    "standard": (TITLES["standard"], "number", "standard number", "standard no"),
    "text": (TITLES["text"], "answer", "response", "text", "comment"),
    "evidence": (TITLES["evidence"], "evidence"),
    "outside": (TITLES["outside"], "outside our control", "local context"),
}

_PREFIX = "HR-"
_UNRATED = "Not yet agreed"


class SentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is sent: a standard, the draft's rating of it, the reviewers' reason, and earlier answers."""

    standard: Standard
    rating: Score
    """The rating in the draft; `NO_RATING` when it has none."""
    reason: str
    typed: dict[str, str]

    @property
    def id(self) -> str:
        """The id of the row, such as `HR-47`."""
        return row_id(self.standard.number)


def row_id(number: str) -> str:
    """The id of a standard's row; its prefix differs from that of the action plan's rows."""
    return f"{_PREFIX}{number}"


def number_of(id_: str) -> str:
    """The number of the standard whose row has this id; empty for an id of another kind."""
    return id_.removeprefix(_PREFIX) if id_.startswith(_PREFIX) else ""


def sent_rows(state: VisitState) -> list[SentRow]:
    """A row for every standard, in the order of the instrument."""
    values = reviewed_values(state)
    rows = []
    for standard in state.instrument.standards:
        value, agreed = values[standard.number], state.agreed.get(standard.number)
        rows.append(
            SentRow(
                standard=standard,
                rating=NO_RATING if value is None else value,
                reason=normalised_cell(agreed.reason) if agreed else "",
                typed=typed_before(state, standard.number),
            )
        )
    return rows


def typed_before(state: VisitState, number: str) -> dict[str, str]:
    """The host's recorded answers on a standard, as cell texts by column; empty texts where there are none."""
    response, outside = state.responses.get(number), state.local_context.get(f"{number}/{HOST}")
    return {
        "text": normalised_cell(response.text) if response else "",
        "evidence": normalised_cell(response.evidence) if response else "",
        "outside": normalised_cell(outside.text) if outside else "",
    }


def sent_of(row: SentRow) -> str:
    """A digest of each answer cell and the draft's rating, so that a changed cell is recognised on return."""
    return ".".join([*(digest_of_field(name, row.typed[name]) for name in TYPED), str(row.rating)])


def parse_sent(sent: str) -> tuple[dict[str, str], str] | None:
    """(digests by column, draft's rating as text) from the text of `sent_of`; None if it is not such a text."""
    parts = sent.split(".", len(TYPED))
    if len(parts) != len(TYPED) + 1:
        return None
    return dict(zip(TYPED, parts, strict=False)), parts[-1]


def mark(state: VisitState, row: SentRow) -> str:
    """The check code that ties a row to the visit, its standard and the content sent in it."""
    return check_code(state.info.id, row.id, row.standard.number, sent_of(row))


def mark_is_valid(state: VisitState, id_: str, check: str, sent: str) -> bool:
    """True if a returned row's id, check code and sent digests belong together and to this visit."""
    return bears_mark(state.info.id, id_, check, sent)


def bears_mark(visit: str, id_: str, check: str, sent: str) -> bool:
    """True if a returned row's id, check code and sent digests belong together and to the visit with this id."""
    return bool(number_of(id_)) and check == check_code(visit, id_, number_of(id_), sent)


def rating_from(text: str, state: VisitState) -> Score:
    """The draft's rating from its text in the mark; `NO_RATING` if the scale has no such value."""
    return next((v.value for v in state.instrument.scale.values if str(v.value) == text), NO_RATING)


def rating_label(row: SentRow, state: VisitState) -> str:
    """The label of the row's rating, such as `Met`; `Not yet agreed` if there is none."""
    choice = state.instrument.scale.find(row.rating)
    return choice.label if choice else _UNRATED


def given_texts(state: VisitState) -> list[str]:
    """The texts in the locked columns of the sheet as it would be sent now, but for numbers and marks."""
    texts = [choice.label for choice in state.instrument.scale.values] + [_UNRATED]
    for row in sent_rows(state):
        texts += [row.standard.type, asked_of(row.standard), fitted_cell(row.reason)]
    return texts


def asked_of(standard: Standard) -> str:
    """What the sheet says that a standard asks."""
    return fitted_cell(f"{standard.title}\n{standard.statement}")
