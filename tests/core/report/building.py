"""A small visit with something of everything, so that each part of a report has what to say."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import msgspec

from reviewapp.figures.previous import previous_fact
from reviewapp.figures.status import status
from reviewapp.instruments.model import (
    AuditItem,
    Guide,
    Instrument,
    Prompt,
    Rule,
    Scale,
    ScaleValue,
    Standard,
    Targets,
    Threshold,
)
from reviewapp.report.content.build import build
from reviewapp.report.tree import Document, Profile
from reviewapp.visit import state as s

R = TypeVar("R", bound=s.Record)

TODAY = date(2026, 11, 21)
CARE, STAFF = "Care and treatment", "Staff and training"

INSTRUMENT = Instrument(
    id="example",
    title="Example standards",
    edition="2nd edition",
    scope="subset",
    subset_note="on these 6 example standards only; not an accreditation outcome",
    superseded_by="3rd edition",
    sections=(CARE, STAFF),
    scale=Scale(
        kind="rated",
        values=(
            ScaleValue(value="met", label="Met", key="M", counts="met"),
            ScaleValue(value="not_met", label="Not met", key="N", counts="not_met"),
            ScaleValue(value="na", label="Not applicable", key="A", counts="na"),
        ),
    ),
    rule=Rule(
        thresholds=(
            Threshold(type="1", required=100),
            Threshold(type="2", required=80),
            Threshold(type="3", required=60),
        ),
        labels=("accredited", "deferred"),
        source="an invented rule",
    ),
    standards=tuple(
        Standard(number=number, type=kind, section=section, title=title, statement=f"The team makes sure: {title}.")
        for number, kind, section, title in (
            ("4", "1", CARE, "Sharing is agreed"),
            ("14", "2", CARE, "People help to plan the service"),
            ("36", "1", CARE, "Everybody has a care plan"),
            ("36.1", "2", STAFF, "Staff are trained together"),
            ("47", "2", STAFF, "Feedback is acted on"),
            ("90", "3", STAFF, "People teach staff"),
        )
    ),
    guides=(Guide(group="patient", prompts=(Prompt(id="PT1", text="How was it?", standards=("4",)),)),),
    audit=(AuditItem(item="A1", text="A dated care plan.", standards=("36",)),),
    targets=Targets(interviews={"patient": 3, "carer": 3}, surveys={"patient": 10, "carer": 10}, case_notes=4),
)


def rating(number: str, person: str, value: str, note: str = "") -> s.RatingRecord:
    """One reviewer's rating."""
    return s.RatingRecord(key=f"{number}/{person}", person=person, standard=number, value=value, note=note)


def talk(id_: str, person: str, group: str, *, quotes: bool, circulation: bool, people: int = 1) -> s.InterviewRecord:
    """One conversation with the consent given."""
    return s.InterviewRecord(
        key=f"{id_}/{person}",
        person=person,
        id=id_,
        group=group,
        consent_notes=True,
        consent_quotes=quotes,
        consent_circulation=circulation,
        people=people,
    )


def quote(id_: str, person: str, interview: str, words: str, tone: str, *standards: str) -> s.QuoteRecord:
    """One quote."""
    key = f"{id_}/{person}"
    return s.QuoteRecord(
        key=key, person=person, id=id_, interview=f"{interview}/{person}", text=words, standards=standards, tone=tone
    )


def keyed(*records: R) -> dict[str, R]:
    """Records by their keys."""
    return {record.key: record for record in records}


def rich_visit() -> s.VisitState:
    """Everything that a report can print, once or twice."""
    people: tuple[tuple[str, s.Role, str], ...] = (
        ("L1", "lead", ""),
        ("R2", "clinician", "Example Name"),
        ("R4", "patient_rep", ""),
        ("O5", "observer", ""),
    )
    return msgspec.structs.replace(_empty(), **_parts(people))


def _empty() -> s.VisitState:
    info = s.VisitInfo(
        id="v1",
        service="Example Team",
        organisation="Example Trust (invented)",
        date="2026-11-17",
        instrument=INSTRUMENT.id,
    )
    return s.VisitState(info=info, instrument=INSTRUMENT, digest="d" * 64)


def empty_visit() -> s.VisitState:
    """A visit nobody has said anything about."""
    return _empty()


def _parts(people: tuple[tuple[str, s.Role, str], ...]) -> dict[str, object]:
    return {
        "people": keyed(*(s.PersonRecord(key=code, role=role, name=name) for code, role, name in people)),
        "ratings": keyed(
            rating("4", "L1", "met", "seen in the leaflet"),
            rating("4", "R4", "not_met", "note of the representative"),
            rating("14", "L1", "met"),
            rating("14", "R2", "met"),
            rating("36", "R2", "not_met", "plans stay in the computer"),
            rating("36.1", "R2", "na"),
            rating("47", "L1", "met"),
            rating("47", "R4", "not_met"),
        ),
        "self_review": keyed(
            s.SelfReviewRecord(key="4", standard="4", value="met", comment="we always ask"),
            s.SelfReviewRecord(key="36", standard="36", value="met"),
            s.SelfReviewRecord(key="14", standard="14", value="met"),
        ),
        "survey": keyed(
            s.SurveyRecord(key="patient/4", group="patient", standard="4", yes=12, no=4, na=0),
            s.SurveyRecord(key="patient/36", group="patient", standard="36", yes=6, no=10, na=0),
            s.SurveyRecord(key="carer/36", group="carer", standard="36", yes=7, no=2, na=1),
        ),
        "interviews": keyed(
            talk("P1", "R4", "patient", quotes=True, circulation=True),
            talk("P2", "R4", "patient", quotes=False, circulation=False),
            talk("C1", "R2", "carer", quotes=True, circulation=False),
            talk("S1", "R2", "staff", quotes=True, circulation=True, people=3),
        ),
        "quotes": keyed(
            quote("Q1", "R4", "P1", "They asked me first", "positive", "4", "14"),
            quote("Q2", "R4", "P2", "WITHOUT CONSENT", "negative", "36"),
            quote("Q1", "R2", "C1", "ONLY FOR THE HOST", "negative", "36"),
            quote("Q2", "R2", "S1", "We like it here", "positive"),
        ),
        "case_notes": keyed(*(s.CaseNoteRecord(key=f"{n}/R2", person="R2", id=str(n)) for n in (1, 2, 3, 4))),
        "audit": keyed(
            *(
                s.AuditRecord(key=f"{n}/A1/R2", person="R2", case_note=str(n), item="A1", value=value)
                for n, value in enumerate(("yes", "yes", "no", "not_recorded"), 1)
            )
        ),
        "context": keyed(s.ContextRecord(key="caseload", value=37), s.ContextRecord(key="open_24_7", value=True)),
        "concerns": keyed(
            s.ConcernRecord(
                key="IC1/R4",
                person="R4",
                id="IC1",
                text="SOMEBODY AT RISK",
                told="duty lead",
                at="2026-11-17T14:05:00Z",
            )
        ),
        "agreed": keyed(
            s.AgreedRecord(key="4", standard="4", value="met", reason="four of us saw it", dissent="one was not asked"),
            s.AgreedRecord(key="36", standard="36", value="not_met", reason="plans are not given out"),
        ),
        "local_context": keyed(s.TextRecord(key="36/L1", person="L1", subject="36", text="no printer is funded")),
        "passages": keyed(
            s.TextRecord(key="recommendation:36", subject="recommendation:36", text="Give people their plan.")
        ),
        "slots": keyed(s.SlotRecord(key="T1", id="T1", start="09:30", end="10:15", title="Meeting", who=("L1", "R2"))),
        "conflicts": (
            s.Conflict(
                entity="passage",
                key="improvements",
                field="text",
                values=tuple(
                    s.ConflictValue(value=f"version {n}", person=who, at="2026-11-17T14:00:00Z", entry=f"e{n}")
                    for n, who in enumerate(("L1", "R2"))
                ),
            ),
        ),
    }


def report(state: s.VisitState | None = None, profile: Profile = "host") -> Document:
    """The report of a visit, made today."""
    visit = rich_visit() if state is None else state
    return build(visit, status(visit), profile=profile, today=TODAY)


def saying(words: str) -> s.VisitState:
    """The rich visit with `words` typed wherever a person can type."""
    state = rich_visit()
    summary = s.TextRecord(key="summary", subject="summary", text=words)
    changed = {
        "info": msgspec.structs.replace(state.info, service=words or "x", organisation=words),
        "passages": {**state.passages, "summary": summary},
        "context": {**state.context, "area": s.ContextRecord(key="area", value=words)},
    }
    for name, key, field in (
        ("ratings", "4/L1", "note"),
        ("self_review", "4", "comment"),
        ("quotes", "Q1/R4", "text"),
        ("concerns", "IC1/R4", "text"),
        ("agreed", "4", "dissent"),
        ("local_context", "36/L1", "text"),
        ("slots", "T1", "title"),
        ("people", "R2", "name"),
    ):
        records = getattr(state, name)
        changed[name] = {**records, key: msgspec.structs.replace(records[key], **{field: words})}
    return msgspec.structs.replace(state, **changed)


def earlier_status(**visit: str) -> bytes:
    """The status.json of a visit two years ago: 1 of 2 standards of type 1 met, 3 of 4 in all."""
    counts = {"na": 0, "unrated": 0, "applicable": 0, "percent": 0.0}
    figures = {
        "basis": "agreed",
        "overall": {"met": 3, "not_met": 1, **counts},
        "by_type": {"1": {"met": 1, "not_met": 1, **counts}, "2": {"met": 2, "not_met": 0, **counts}},
        "by_section": {CARE: {"met": 3, "not_met": 1, **counts}},
    }
    about = {"id": "before", "date": "2024-11-12", "instrument": INSTRUMENT.id, **visit}
    return msgspec.json.encode({"visit": about, "figures": figures})


def with_previous(state: s.VisitState, content: bytes | None = None) -> s.VisitState:
    """The visit with the figures of an earlier one taken in."""
    line = previous_fact(earlier_status() if content is None else content, state)
    held = s.ContextRecord(key=line.field, value=str(line.value))
    return msgspec.structs.replace(state, context={**state.context, line.field: held})
