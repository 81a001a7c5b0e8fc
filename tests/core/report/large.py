"""As large a visit as a network plans for: 200 standards, 12 interviews, 150 quotes, 10 case notes. All of it invented.

The words come from a fixed wheel, so that every run makes the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice

import msgspec

from reviewapp.figures.status import status
from reviewapp.instruments.model import AuditItem, Instrument, Prompt, Standard, Targets
from reviewapp.report.content.build import build
from reviewapp.report.tree import Document, Profile
from reviewapp.visit import state as s
from tests.core.report.building import INSTRUMENT, keyed

STANDARDS, QUOTES, CASE_NOTES, ITEMS = 200, 150, 10, 16
INTERVIEWS = {"patient": 4, "carer": 4, "staff": 3, "manager": 1}
LETTER = {"patient": "P", "carer": "C", "staff": "S", "manager": "M"}
SECTIONS = (
    "Access and first contact",
    "Assessment, care planning and treatment",
    "Patient and family/carer experience",
    "Service provision and structure",
    "Staffing, training and supervision",
    "Safety, medicines and handover",
)
TITLES = (
    "Information is given in writing", "Carers are asked what they need", "A plan is agreed and shared",
    "Calls are answered day and night", "Staff introduce themselves by name", "Medicines are explained",
    "Handover is recorded", "Physical health is looked after", "Complaints are answered in time",
    "Everybody is seen within four hours",
)  # fmt: skip
SAID = (
    "they rang back within the hour", "nobody told me who would come", "my plan was written with me",
    "I had to tell my story again", "the same two nurses came every day", "my son was asked how he was coping",
    "the leaflet was out of date", "they listened and did not hurry", "the doctor changed my tablets without a word",
    "I knew whom to ring at night", "we meet every morning and hand over on paper", "there are never enough cars",
)  # fmt: skip
RATERS = ("L1", "R2", "R3", "R4")
GROUPS = ("patient", "carer", "staff")


def phrases(count: int, start: int) -> str:
    """`count` phrases of the wheel as sentences, from a place of it."""
    taken = islice(cycle(SAID), start % len(SAID), start % len(SAID) + count)
    return ". ".join(phrase[0].upper() + phrase[1:] for phrase in taken) + "."


def instrument() -> Instrument:
    """200 standards in six sections, a guide and an audit."""
    standards = tuple(
        Standard(
            number=str(n + 1),
            type="112123"[n % 6],
            section=SECTIONS[n * len(SECTIONS) // STANDARDS],
            title=f"{TITLES[n % len(TITLES)]} ({n + 1})",
            statement=f"The team makes sure that this is so: {TITLES[n % len(TITLES)].lower()}, at every visit, "
            "whoever is on duty, and that it can be seen in the record.",
        )
        for n in range(STANDARDS)
    )
    items = tuple(
        AuditItem(item=f"A{n + 1}", text=f"{TITLES[n % len(TITLES)]}, dated and signed.", standards=(str(n * 7 + 1),))
        for n in range(ITEMS)
    )
    guides = tuple(
        msgspec.structs.replace(
            INSTRUMENT.guides[0], group=group, prompts=(Prompt(id=f"{mark}T1", text="How was it?"),)
        )
        for group, mark in LETTER.items()
    )
    return msgspec.structs.replace(
        INSTRUMENT, id="example-large", scope="full", subset_note="", superseded_by="", sections=SECTIONS,
        standards=standards, audit=items, guides=guides,
        targets=Targets(interviews=INTERVIEWS, surveys=dict.fromkeys(GROUPS, 10), case_notes=CASE_NOTES),
    )  # fmt: skip


def large_visit() -> s.VisitState:
    """The visit, with something said about every standard."""
    info = s.VisitInfo(
        id="large", service="Example Home Treatment Team", organisation="Example Trust (invented)", date="2026-11-17",
        instrument="example-large",
    )  # fmt: skip
    made = s.VisitState(info=info, instrument=instrument(), digest="5a" * 32)
    roles: dict[str, s.Role] = {"L1": "lead", "R2": "clinician", "R3": "clinician", "R4": "patient_rep"}
    made.people = keyed(*(s.PersonRecord(key=code, role=role) for code, role in roles.items()))
    made.ratings = keyed(*_ratings())
    made.self_review = keyed(*_claims())
    made.survey = keyed(*_survey())
    made.interviews = keyed(*_interviews())
    made.quotes = keyed(*_quotes(list(made.interviews)))
    made.case_notes = keyed(
        *(s.CaseNoteRecord(key=f"{n}/R2", person="R2", id=str(n)) for n in range(1, CASE_NOTES + 1))
    )
    made.audit = keyed(*_audit())
    made.agreed = keyed(*_agreed())
    made.local_context = keyed(
        *(s.TextRecord(key=f"{n}/L1", person="L1", subject=str(n), text="Not commissioned here.") for n in (9, 27, 81))
    )
    made.context = keyed(
        s.ContextRecord(key="caseload", value=42), s.ContextRecord(key="open_24_7", value=True),
        s.ContextRecord(key="area", value="A town and the villages around it"),
    )  # fmt: skip
    made.passages = keyed(*_passages())
    made.slots = keyed(
        *(
            s.SlotRecord(
                key=f"T{n}", id=f"T{n}", start=f"{8 + n:02}:00", end=f"{8 + n:02}:45", title=SAID[n].capitalize()
            )
            for n in range(1, 9)
        )
    )
    return made


def _value(n: int, person: int) -> str:
    """Mostly met; every ninth not met, every 31st not applicable; every 17th seen differently by the fourth."""
    plain = "not_met" if n % 9 == 0 else "na" if n % 31 == 0 else "met"
    return "not_met" if person == 3 and n % 17 == 0 and plain == "met" else plain


def _ratings() -> Iterator[s.RatingRecord]:
    for n in range(1, STANDARDS + 1):
        for place, person in enumerate(RATERS):
            if (n + place) % 3:
                note = phrases(2, n + place) if (n + place) % 4 == 0 else ""
                value = _value(n, place)
                yield s.RatingRecord(key=f"{n}/{person}", person=person, standard=str(n), value=value, note=note)


def _claims() -> Iterator[s.SelfReviewRecord]:
    for n in range(1, STANDARDS + 1):
        value = "not_met" if n % 18 == 0 else "met"
        yield s.SelfReviewRecord(key=str(n), standard=str(n), value=value, comment=phrases(2, n) if n % 2 else "")


def _survey() -> Iterator[s.SurveyRecord]:
    for place, group in enumerate(GROUPS):
        for n in range(1, STANDARDS, 8 if group == "staff" else 4):
            yes = (n * 7 + place * 3) % 13
            yield s.SurveyRecord(key=f"{group}/{n}", group=group, standard=str(n), yes=yes, no=14 - yes, na=n % 2)


def _interviews() -> Iterator[s.InterviewRecord]:
    for group, count in INTERVIEWS.items():
        for n in range(1, count + 1):
            id_, person = f"{LETTER[group]}{n}", RATERS[n % 4]
            yield s.InterviewRecord(
                key=f"{id_}/{person}", person=person, id=id_, group=group, mode="phone", consent_notes=True,
                consent_quotes=True, consent_circulation=n % 2 == 0, people=1,
            )  # fmt: skip


def _quotes(interviews: list[str]) -> Iterator[s.QuoteRecord]:
    tones = ("positive", "negative", "positive", "mixed", "neutral")
    for n in range(1, QUOTES + 1):
        talk = interviews[n % len(interviews)]
        person = talk.rpartition("/")[2]
        about = {str(n * 11 % STANDARDS + 1), *([str(n * 5 % STANDARDS + 1)] if n % 3 == 0 else [])}
        yield s.QuoteRecord(
            key=f"Q{n}/{person}", person=person, id=f"Q{n}", interview=talk, text=phrases(1 + n % 3, n),
            standards=tuple(sorted(about)), tone=tones[n % len(tones)],
        )  # fmt: skip


def _audit() -> Iterator[s.AuditRecord]:
    values = ("yes", "yes", "no", "yes", "not_recorded", "na", "yes")
    for n in range(1, CASE_NOTES + 1):
        for item in range(1, ITEMS + 1):
            value = values[(n * 3 + item) % len(values)]
            yield s.AuditRecord(key=f"{n}/A{item}/R2", person="R2", case_note=str(n), item=f"A{item}", value=value)


def _agreed() -> Iterator[s.AgreedRecord]:
    for n in [n for n in range(1, STANDARDS + 1) if n % 17 == 0 or n % 9 == 0]:
        value = "not_met" if n % 9 == 0 else "met"
        yield s.AgreedRecord(key=str(n), standard=str(n), value=value, reason=phrases(2, n), dissent=phrases(1, n + 3))


def _passages() -> Iterator[s.TextRecord]:
    places = ["achievements", "improvements", *(f"section:{section}" for section in SECTIONS)]
    for n, place in enumerate(places):
        yield s.TextRecord(key=place, subject=place, text=f"{phrases(5, n)}\n\n{phrases(4, n + 5)}")
    yield s.TextRecord(key="summary", subject="summary", text=phrases(8, 2))
    for n in range(9, STANDARDS + 1, 9):
        yield s.TextRecord(key=f"recommendation:{n}", subject=f"recommendation:{n}", text=phrases(2, n))


def large_report(profile: Profile = "host") -> Document:
    """The report of that visit."""
    visit = large_visit()
    return build(visit, status(visit), profile=profile, today=date(2026, 11, 21))
