"""Everything computed about a visit in one JSON-ready document: `visit status --json` of the command line.

The shape is a contract; fields may be added, never renamed. The report's `printed` numbers point into it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from reviewapp.figures.audit import reviewed_cells
from reviewapp.figures.comparison import comparison, comparison_counts
from reviewapp.figures.conversations import people_by_group, progress_by_group
from reviewapp.figures.criteria_status import criteria_status
from reviewapp.figures.evidence import EvidenceIndex
from reviewapp.figures.forecast import forecast
from reviewapp.figures.formatting import percent_text, share
from reviewapp.figures.ratings import (
    EffectiveRating,
    audit_differences,
    audit_figures,
    basis_counts,
    compliance,
    current_figures,
    disagreements,
    effective_ratings,
    peer_ratings,
    self_review_ratings,
    survey_figures,
)
from reviewapp.figures.second_status import second_status
from reviewapp.figures.whose_words import raters
from reviewapp.instruments.editions import digest
from reviewapp.visit import sorting
from reviewapp.visit.entities import author_of
from reviewapp.visit.figure_cache import AUDITED, RATED, READING, cached_figure
from reviewapp.visit.state import VisitState

__all__ = ["Progress", "RatingProgress", "TargetProgress", "percent_text", "progress", "share", "status"]


class RatingProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Number of standards that a reviewer has rated, of all in the instrument."""

    rated: int
    of: int


class TargetProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Number of conversations or records done, and the visit's target; a target of 0 means none is set."""

    done: int
    target: int


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Progress of the visit: ratings by reviewer code, conversations by group, records read."""

    people: dict[str, RatingProgress]
    interviews: dict[str, TargetProgress]
    case_notes: TargetProgress


@cached_figure(*RATED, *READING, *AUDITED)
def progress(state: VisitState) -> Progress:
    """Progress against the targets of the instrument; observers have nothing to rate and are not listed."""
    peer = peer_ratings(state)
    rated = Counter(code for by in peer.values() for code in by)
    return Progress(
        people={code: RatingProgress(rated=rated[code], of=len(peer)) for code in raters(state)},
        interviews={
            g: TargetProgress(done=done, target=target) for g, (done, target) in progress_by_group(state).items()
        },
        case_notes=TargetProgress(done=_records_read(state), target=state.instrument.targets.case_notes),
    )


@cached_figure("interviews", "case_notes", "quotes")
def held_by_author(state: VisitState) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Interviews, case notes and quotes, each by the code of their author."""
    talks = Counter(one.person for one in state.interviews.values())
    notes = Counter(one.person for one in state.case_notes.values())
    return talks, notes, Counter(one.person for one in state.quotes.values())


def status(state: VisitState) -> dict[str, Any]:
    """The status document as the command line prints it: plain dictionaries, lists, text and numbers."""
    ratings = effective_ratings(state)
    by_basis = basis_counts(ratings)
    document = {
        "visit": _visit(state),
        "progress": progress(state),
        "figures": {
            "basis": next(iter(by_basis), None),
            "basis_counts": by_basis,
            **msgspec.to_builtins(current_figures(state)),
            **criteria_status(state),
        },
        "self_review": compliance(state, self_review_ratings(state)),
        "audit": audit_figures(state),
        "survey": survey_figures(state),
        "forecast": forecast(state),
        "disagreements": disagreements(state),
        "conflicts": state.conflicts,
        "late": sorted(state.late, key=sorting.natural),
        "late_criteria": sorted(state.late_criteria, key=sorting.natural),
        "hidden": hidden_by_request(state),
        "digest": state.digest,
        **_report_parts(state, ratings),
    }
    second = second_status(state)
    if second is not None:
        document["also"] = second
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document))  # tuples become lists too
    return plain


def hidden_by_request(state: VisitState) -> list[dict[str, Any]]:
    """What waits for its author or the lead to decide, as a laptop without the right asked for it to be withdrawn."""
    hidden: dict[str, list[str]] = {}
    for name, one in state.hidden.items():
        for record in one.requested:
            hidden.setdefault(record, []).append(name)
    first = {one.request: one for one in state.hidden.values()}
    return [
        {
            "record": record,
            "author": author_of(record),
            "asked_by": first[record].asker if record in first else "",
            "device": first[record].device if record in first else "",
            "at": first[record].at if record in first else "",
            "hidden": sorted(names),
        }
        for record, names in sorted(hidden.items())
    ]


def _visit(state: VisitState) -> dict[str, Any]:
    info, instrument = state.info, state.instrument
    return {
        "id": info.id,
        "service": info.service,
        "organisation": info.organisation,
        "date": info.date,
        "instrument": info.instrument,
        "kind": info.kind,
        "edition": instrument.edition,
        "instrument_digest": digest(instrument),
        "scope": instrument.scope,
        "subset_note": instrument.subset_note,
    }


def _report_parts(state: VisitState, ratings: dict[str, EffectiveRating]) -> dict[str, Any]:
    """Parts that the report prints and the contract does not require: every printed number is traced to the status."""
    spoken = people_by_group(state)
    by_type = Counter(s.type for s in state.instrument.standards)
    return {
        "ratings": ratings,
        "untested": EvidenceIndex(state).still_untested(),
        "audit_differences": audit_differences(state),
        "self_review_compared": comparison_counts(comparison(state)),
        "material": {
            "standards": len(state.instrument.standards),
            "standards_by_type": {name: by_type[name] for name in sorting.types(state.instrument)},
            "people_spoken_to": {group: spoken[group] for group in sorting.groups(spoken)},
            "quotes": sum(1 for quote in state.quotes.values() if quote.text.strip()),
            "case_notes": _records_read(state),
            "concerns": len(state.concerns),
            "documents_seen": len(state.documents_seen),
            "actions": len(state.actions),
        },
    }


@cached_figure(*AUDITED)
def _records_read(state: VisitState) -> int:
    """Distinct record numbers in which a reviewer recorded something."""
    items = {a.item for a in state.instrument.audit}
    return len({case_note for case_note, item in reviewed_cells(state) if item in items})
