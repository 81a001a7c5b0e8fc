"""Small visits, built in a line: what a test does not mention is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reviewapp.instruments.model import (
    AuditItem,
    Band,
    Guide,
    Instrument,
    Prompt,
    Rule,
    Scale,
    ScaleValue,
    Score,
    Source,
    Standard,
    Targets,
    Threshold,
)
from reviewapp.visit.state import (
    AgreedRecord,
    AnswerRecord,
    AuditRecord,
    Conflict,
    ConflictValue,
    ContextRecord,
    InterviewRecord,
    PersonRecord,
    QuoteRecord,
    RatingRecord,
    Role,
    SelfReviewRecord,
    SurveyRecord,
    VisitInfo,
    VisitState,
)

RATED = Scale(
    kind="rated",
    values=(
        ScaleValue(value="met", label="Met", key="M", counts="met"),
        ScaleValue(value="not_met", label="Not met", key="N", counts="not_met"),
        ScaleValue(value="na", label="Not applicable", key="A", counts="na"),
    ),
)
SCORED = Scale(
    kind="scored",
    values=(
        *(ScaleValue(value=n, label=str(n), key=str(n), counts="scored", points=n) for n in range(1, 6)),
        ScaleValue(value="na", label="Not applicable", key="A", counts="na"),
    ),
    # The bands of the CORE fidelity scale: 39 items, below 117 low, from 156 high.
    bands=(Band(label="low", from_=39), Band(label="moderate", from_=117), Band(label="high", from_=156)),
)
ACCREDITATION = (
    Threshold(type="1", required=100),
    Threshold(type="2", required=80),
    Threshold(type="3", required=60),
)
PEOPLE: Mapping[str, Role] = {
    "L1": "lead",
    "R2": "clinician",
    "R3": "clinician",
    "R4": "patient_rep",
    "O5": "observer",
}


def instrument(
    types: Mapping[str, str],
    *,
    scale: Scale = RATED,
    thresholds: Sequence[Threshold] = ACCREDITATION,
    sections: Mapping[str, str] | None = None,
    sources: Mapping[str, tuple[Source, ...]] | None = None,
    guides: tuple[Guide, ...] = (),
    audit: Mapping[str, Sequence[str]] | None = None,
    targets: Targets | None = None,
) -> Instrument:
    """Standards as `{number: type}`; sections and sources by number; audit items as `{item: standards}`."""
    where = sections or {}
    return Instrument(
        id="example",
        title="Example standards",
        edition="1",
        scope="subset",
        sections=tuple(dict.fromkeys(where.get(number, "Care") for number in types)),
        scale=scale,
        rule=Rule(thresholds=tuple(thresholds)),
        standards=tuple(
            Standard(
                number=number,
                type=kind,
                section=where.get(number, "Care"),
                title=f"Title of {number}",
                statement=f"What {number} asks.",
                sources=(sources or {}).get(number, ()),
            )
            for number, kind in types.items()
        ),
        guides=guides,
        audit=tuple(
            AuditItem(item=i, text=f"Look for {i}", standards=tuple(numbers)) for i, numbers in (audit or {}).items()
        ),
        targets=targets or Targets(),
    )


def scored_instrument(items: int = 39) -> Instrument:
    """Items 1, 2, 3, ... of one type, each worth 1-5 points."""
    return instrument({str(n): "item" for n in range(1, items + 1)}, scale=SCORED, thresholds=())


def prompt(id_: str, *standards: str) -> Prompt:
    """A question that tests these standards."""
    return Prompt(id=id_, text=f"Question {id_}?", standards=standards)


def visit(
    measured: Instrument,
    *,
    people: Mapping[str, Role] = PEOPLE,
    ratings: Mapping[str, Score | None] | None = None,
    agreed: Mapping[str, Score | None] | None = None,
    own: Mapping[str, Score | None] | None = None,
    survey: Mapping[str, tuple[int, int, int]] | None = None,
    audit: Mapping[str, str | None] | None = None,
    agreed_audit: Mapping[str, str | None] | None = None,
    talks: Iterable[InterviewRecord] = (),
    answers: Mapping[str, str] | None = None,
    quotes: Iterable[QuoteRecord] = (),
    context: Mapping[str, str | int | float | bool | None] | None = None,
    conflicts: Iterable[Conflict] = (),
) -> VisitState:
    """Records by their keys, as the journal has them: ratings `47/R2`, survey `carer/47`, audit `3/A1/R2`."""
    return VisitState(
        info=VisitInfo(
            id="v1",
            service="Example team",
            organisation="Example organisation",
            date="2026-05-12",
            instrument=measured.id,
        ),
        instrument=measured,
        people={code: PersonRecord(key=code, role=role) for code, role in people.items()},
        ratings={
            k: RatingRecord(key=k, person=_last(k), standard=_first(k), value=v) for k, v in (ratings or {}).items()
        },
        agreed={k: AgreedRecord(key=k, standard=k, value=v) for k, v in (agreed or {}).items()},
        self_review={k: SelfReviewRecord(key=k, standard=k, value=v) for k, v in (own or {}).items()},
        survey={
            k: SurveyRecord(key=k, group=_first(k), standard=_last(k), yes=v[0], no=v[1], na=v[2])
            for k, v in (survey or {}).items()
        },
        audit={k: _cell(k, v, author=_last(k)) for k, v in (audit or {}).items()},
        agreed_audit={k: _cell(k, v, author="") for k, v in (agreed_audit or {}).items()},
        interviews={talk.key: talk for talk in talks},
        answers={k: _answer(k, text) for k, text in (answers or {}).items()},
        quotes={quote.key: quote for quote in quotes},
        context={k: ContextRecord(key=k, value=v) for k, v in (context or {}).items()},
        conflicts=tuple(conflicts),
        digest="d1",
    )


def talk(
    key: str, group: str = "patient", *, consent: bool | None = True, people: int = 1, with_: Sequence[str] = ()
) -> InterviewRecord:
    """An interview by its key, `P1/R2`."""
    return InterviewRecord(
        key=key,
        person=_last(key),
        id=_first(key),
        group=group,
        consent_notes=consent,
        consent_quotes=consent,
        people=people,
        with_=tuple(with_),
    )


def quote(
    key: str, interview: str, *standards: str, tone: str = "neutral", text: str = "Somebody's words"
) -> QuoteRecord:
    """A quote by its key `Q1/R2` from an interview of the same reviewer, `P1`."""
    author = _last(key)
    return QuoteRecord(
        key=key,
        person=author,
        id=_first(key),
        interview=f"{interview}/{author}",
        text=text,
        standards=standards,
        tone=tone,
    )


def conflict(entity: str, key: str, *values: Score, field: str = "value") -> Conflict:
    """A field with several current values."""
    return Conflict(
        entity=entity,
        key=key,
        field=field,
        values=tuple(
            ConflictValue(value=value, person="L1", at="2026-05-12T14:00:00Z", entry=f"e{n}")
            for n, value in enumerate(values)
        ),
    )


def _answer(key: str, text: str) -> AnswerRecord:
    interview, prompt_id, author = key.split("/")
    return AnswerRecord(key=key, person=author, interview=f"{interview}/{author}", prompt=prompt_id, text=text)


def _cell(key: str, value: str | None, *, author: str) -> AuditRecord:
    case_note, item = key.split("/")[:2]
    return AuditRecord(key=key, person=author, case_note=case_note, item=item, value=value)


def _first(key: str) -> str:
    return key.split("/", 1)[0]


def _last(key: str) -> str:
    return key.rsplit("/", 1)[-1]
