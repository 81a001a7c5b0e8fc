"""Builds the whole report of a visit as one document tree, from all sections in reading order."""

from __future__ import annotations

from datetime import date
from string import ascii_uppercase
from typing import Any, Literal

import msgspec

from reviewapp.figures.presentations import decided_presentations
from reviewapp.report.content.committee import decisions, forecast
from reviewapp.report.content.decision_sheet import summary
from reviewapp.report.content.documents import documents_seen
from reviewapp.report.content.figures import figures
from reviewapp.report.content.findings import achievements, concerns, disagreements, improvements
from reviewapp.report.content.front_matter import cover
from reviewapp.report.content.method import conflicts, method
from reviewapp.report.content.report_data import ReportData
from reviewapp.report.content.responses import responses
from reviewapp.report.content.rounds import rounds
from reviewapp.report.content.second import second_part
from reviewapp.report.content.self_review import self_review_section
from reviewapp.report.content.service import service_section
from reviewapp.report.content.standards import standards
from reviewapp.report.content.told import told_us
from reviewapp.report.content.voices import case_notes, voices
from reviewapp.report.runs import Text
from reviewapp.report.tree import Block, Document, Heading, PageBreak, Profile
from reviewapp.visit.state import VisitState


def build(state: VisitState, status: dict[str, Any], *, profile: Profile = "committee", today: date) -> Document:
    """The report of `state` as a tree; every printed number comes from `status`, the document of `visit status --json`.

    A draft, or after a committee's decision the final report. What each copy leaves out: `profiles.LEFT_OUT`.
    """
    material = ReportData(state, status, profile)
    final = bool(decided_presentations(state))
    kind: Literal["draft", "final"] = "final" if final else "draft"
    return Document(
        title=f"{material.kind}: {state.info.service}, {material.day}",
        subject=material.kind,
        status=kind,
        profile=profile,
        running=f"{state.info.service} – {material.day}",
        parts=tuple(parts(material, draft=not final, made=today.isoformat())),
        made=state.last_counted or today.isoformat(),
        author="The review team",
        visit=state.info.id,
        rests_on={part: material.value(part) for part in ("visit", "figures", "ratings")},
    )


def parts(material: ReportData, *, draft: bool, made: str) -> list[Block]:
    """All blocks in reading order: what a decision needs first, then the appendices with what it rests on."""
    return [
        *cover(material, draft=draft, made=made),
        *summary(material),
        *decisions(material),
        *figures(material),
        *rounds(material),
        *self_review_section(material),
        *forecast(material),
        *concerns(material),
        *improvements(material),
        *achievements(material),
        *told_us(material),
        *responses(material),
        *conflicts(material),
        *_appendices(
            standards(material),
            second_part(material),
            voices(material),
            case_notes(material),
            documents_seen(material),
            disagreements(material),
            service_section(material),
            method(material),
        ),
    ]


def _appendices(*sections: list[Block]) -> list[Block]:
    """Parts as appendices with a letter each, the first on a page of its own; an empty one is none."""
    held = [section for section in sections if section]
    made: list[Block] = [PageBreak()]
    for letter, (heading, *blocks) in zip(ascii_uppercase, held, strict=False):
        if isinstance(heading, Heading):
            named = (Text(text=f"Appendix {letter}: "), *heading.runs)
            heading = msgspec.structs.replace(heading, runs=named)
        made += [heading, *blocks]
    return made
