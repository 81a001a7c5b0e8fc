"""Who may say what, and what a value may be: for each rule the last that is taken and the first that is refused.

Each line is asked of `rules.check`, as forms, the command line and joining ask it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.model import Guide, Rule
from reviewapp.visit import rules, validators
from reviewapp.visit import statements as s
from reviewapp.visit.rules import COMMITTEE, HOST
from reviewapp.visit.state import (
    ActionRecord,
    CaseNoteRecord,
    ConcernRecord,
    KnownNameRecord,
    ResponseDecisionRecord,
    TeamNoteRecord,
    VisitState,
    Withdrawn,
)
from reviewapp.visit.statements import Statement
from tests.core.visit.building import SCORED, instrument, prompt, quote, talk, visit

MEASURED = msgspec.structs.replace(
    instrument(
        {"4": "1", "47": "2"},
        guides=(Guide(group="patient", prompts=(prompt("P01", "4"),)), Guide(group="staff", prompts=(prompt("S01"),))),
        audit={"A1": ["4"]},
    ),
    rule=Rule(presentations=2, labels=("accredited", "deferred")),
)
STATE = msgspec.structs.replace(
    visit(
        MEASURED,
        talks=[
            talk("P1/R2"), talk("P2/R2", consent=None), talk("P3/R2", consent=False), talk("P4/R2"), talk("P5/R2"),
            talk("P6/R2"), talk("P1/R3"),
        ],
        quotes=[quote("Q1/R2", "P1"), quote("Q6/R2", "P6")],
        answers={"P1/P01/R2": "what they said", "P4/P01/R2": ""},
        audit={"07700900123/A1/R2": "yes"},
    ),
    case_notes={"9434765919/R2": CaseNoteRecord(key="9434765919/R2", person="R2", id="9434765919")},
    actions={"AP1": ActionRecord(key="AP1", id="AP1", standard="4")},
    concerns={"C1/R2": ConcernRecord(key="C1/R2", person="R2", id="C1", text="t")},
    known_names={"N1/R2": KnownNameRecord(key="N1/R2", person="R2", id="N1", name="Example")},
    response_decisions={"47": ResponseDecisionRecord(key="47", standard="47", reason="as it was shown")},
    team_notes={"N1": TeamNoteRecord(key="N1", id="N1", text="t")},
    withdrawn={"interview/P9/R2": Withdrawn(key="interview/P9/R2", at="")},
)  # fmt: skip
DEVELOPMENTAL = msgspec.structs.replace(STATE, info=msgspec.structs.replace(STATE.info, kind="developmental"))
DEVICE, PRINT = "a" * 32, "0123456789abcdef"


def _kind(one: Statement | str) -> str:
    return one if isinstance(one, str) else one.kind()


def refused_field(line: Statement, person: str = "L1", state: VisitState = STATE) -> str | None:
    """The field that is named when this is refused; None when it is taken."""
    try:
        rules.check(line, state, person)
    except Invalid as error:
        assert error.what
        return error.field
    return None


# Who --------------------------------------------------------------------------------------------------------------

WHO: list[tuple[Statement, str]] = [
    (s.Rating(standard="4", value="met"), "L1 R2 R4"),
    (s.Agreed(standard="4", value="met"), "L1"),
    (s.Interview(id="X1", group="patient"), "L1 R2 R4 O5"),
    (s.Concern(id="X1", text="t"), "L1 R2 R4 O5"),
    (s.KnownName(id="X1", name="Example"), "L1 R2 R4 O5"),
    (s.ResponseDecision(standard="4"), "L1 R2 R4 O5"),
    (s.LocalContext(standard="4", text="t"), "L1 R2 R4 O5 host committee"),
    (s.SelfReview(standard="4", value="met"), "L1 R2 R4 O5 host committee"),
    (s.Response(standard="4", text="t"), "L1 R2 R4 O5 host committee"),
    (s.Action(id="X1", standard="4"), "L1 R2 R4 O5 host committee"),
    (s.Decision(presentation=1, date="2026-05-12"), "L1"),
    (s.Meeting(open=True), "L1"),
    (s.Slot(id="X1", start="09:00"), "L1"),
    (s.Person(code="R9", role="clinician"), "L1"),
    (s.Asks(prompt="P01", who=["R2"]), "L1"),
    (s.FindingAccepted(id="X1", reason="r"), "L1"),
    (s.AcceptLate(standard="4", reviewer="R2"), "L1"),
    (s.AgreedAudit(case_note="1", item="A1", value="yes"), "L1"),
]


@pytest.mark.parametrize(("line", "who"), WHO, ids=_kind)
def test_each_kind_is_recorded_by_those_it_is_for_and_by_nobody_else(line: Statement, who: str) -> None:
    everybody = ["L1", "R2", "R4", "O5", HOST, COMMITTEE]
    assert [one for one in everybody if refused_field(line, one) is None] == who.split()
    assert {refused_field(line, one) for one in everybody} <= {None, "kind"}
    assert refused_field(line, "R9") == "as"


# What -------------------------------------------------------------------------------------------------------------

TAKEN: list[Statement] = [
    s.Rating(standard="47", value="na"), s.Rating(standard="4", value=None), s.Rating(standard="4", note="n" * 100_000),
    s.Interview(id="a-B_9.:ü", group="staff"), s.Interview(id="x" * 64, group="staff"), s.Interview(id="P1", people=1),
    s.Interview(id="P1", people=50), s.Interview(id="P1", with_=["R3", "O5"]), s.Interview(id="P1", mode=None),
    s.Interview(id="X1", deleted=True), s.Interview(id="P1", consent_circulation=False),
    s.Interview(id="P4", consent_notes=False, consent_quotes=False), s.Interview(id="P5", consent_quotes=None),
    s.Interview(id="P1", consent_notes=True, consent_quotes=True),
    s.Answer(interview="P1", prompt="P01", text="t"), s.Answer(interview="P1", prompt="notes", text="t"),
    s.Answer(interview="P2", prompt="P01", text="t"), s.Answer(interview="P3", prompt="P01", text=""),
    s.Quote(id="Q9", interview="P1", text="t", standards=["4", "47"]), s.Quote(id="Q1", tone="mixed"),
    s.Quote(id="Q1", deleted=True), s.Quote(id="Q9", deleted=True), s.Quote(id="Q1", interview="P4"),
    s.Concern(id="C1", told="the manager"), s.Concern(id="X1", text="t", at="2026-05-12T14:05:00Z"),
    s.Concern(id="C1", at=""), s.Concern(id="X1", deleted=True),
    s.SelfReview(standard="4", value=None), s.Survey(group="carer", standard="4", yes=0, no=100_000, na=1),
    s.Context(field="people on the caseload (all)", value=40), s.Context(field="x" * 200, value=2**63 - 1),
    s.Context(field="caseload", value=-(2**63) + 1), s.Context(field="caseload", value=0.5),
    s.Response(standard="4", rating=""), s.Response(standard="4", rating="met"),
    s.ResponseDecision(standard="4", accepted=None), s.ResponseDecision(standard="4", about=PRINT),
    s.ResponseDecision(standard="4", about=""), s.ResponseDecision(standard="4", accepted=False, reason="r"),
    s.ResponseDecision(standard="47", accepted=True),
    s.Passage(place="section:Care, and more", text="t"),
    s.Action(id="AP1", due="2027-02-28"), s.Action(id="AP1", due=""), s.Action(id="X1", standard=""),
    s.Action(id="AP1", priority=1), s.Action(id="AP1", priority=5), s.Action(id="AP1", priority=None),
    s.Action(id="X1", deleted=True), s.Action(id="AP1", due="1000-01-01"),
    s.Audit(case_note="1", item="A1", value="not_recorded"), s.CaseNote(id="3"), s.CaseNote(id="3", deleted=True),
    s.CaseNote(id="9434765919", opened=False), s.CaseNote(id="9434765919", deleted=True),
    s.CaseNote(id="943-476-5919", deleted=True), s.Audit(case_note="9434765919", item="A1", value="no"),
    s.Audit(case_note="07700900123", item="A1", value="no"), s.Settled(place="agreed 47 value", entry="0" * 64),
    s.Settled(place="agreed 47 value", entry=""), s.KnownName(id="N1", deleted=True), s.KnownName(id="X1", name="Li"),
    s.TeamNote(id="N9", text="t"), s.TeamNote(id="N1", standard="4"), s.TeamNote(id="N9", deleted=True),
    s.TeamNote(id="N1", about="AP1", standard=""), s.TeamNote(id="N1", about=""), s.TeamNote(id="N1", about=None),
    s.KnownName(id="N1"), s.KnownName(id="X1", name="n" * 200), s.KnownName(id="X1", deleted=True),
    s.SavedAnyway(id="D1", document="report", findings=["x" * 200]),
    s.SavedAnyway(id="D1", document="report", findings=["x"] * 500),
]  # fmt: skip
TAKEN_FROM_THE_LEAD: list[Statement] = [
    s.Agreed(standard="4", value=None, reason="r"), s.Decision(presentation=1, label="deferred", date=""),
    s.Decision(presentation=2, stood={"4": "met"}, answered={"47": PRINT}), s.Decision(presentation=1, label=""),
    s.Slot(id="T1", start="00:00", end="23:59", who=["R2"]), s.Slot(id="T1", start="09:30", end="09:30"),
    s.Slot(id="T1", end="08:00"), s.Person(code="L1", name="Example"), s.Person(code="L1", role="lead"),
    s.Person(code="R2", role="observer"), s.Person(code="R2", deleted=True), s.Person(code="A", role="observer"),
    s.Person(code="A" + "9" * 15, role="carer_rep"), s.Person(code="L1", deleted=False),
    s.Person(code="R2", name="n" * 300), s.Person(code="R2", name=""), s.Person(code="R2", name=None),
    s.Person(code="R2", name="Zoë Example"), s.Asks(prompt="S01", who=[]), s.Asks(prompt="S01"),
    s.Meeting(open=True, held={DEVICE: 0}),
    s.Meeting(held={DEVICE: 10**9 - 1}),
    s.AcceptLate(standard="4", reviewer="R2", entry="0" * 64, others=["f", ""]), s.FindingAccepted(id="x", reason=None),
]  # fmt: skip


@pytest.mark.parametrize("line", TAKEN, ids=_kind)
def test_what_fits_is_taken(line: Statement) -> None:
    assert refused_field(line, "R2") is None


@pytest.mark.parametrize("line", TAKEN_FROM_THE_LEAD, ids=_kind)
def test_what_fits_is_taken_from_the_lead(line: Statement) -> None:
    assert refused_field(line, "L1") is None


REFUSED: list[tuple[Statement, str]] = [
    (s.Rating(standard="5", value="met"), "standard"), (s.Rating(standard="4", value="excellent"), "value"),
    (s.Rating(standard="4", value=1), "value"), (s.Rating(standard="4", note="n" * 100_001), "note"),
    (s.Rating(standard="4", note="half \ud800 a character"), "note"),
    (s.Interview(id="", group="staff"), "id"), (s.Interview(id="x" * 65, group="staff"), "id"),
    (s.Interview(id="a b", group="staff"), "id"), (s.Interview(id="a/b", group="staff"), "id"),
    (s.Interview(id="X1"), "group"), (s.Interview(id="X1", people=2), "group"),
    (s.Interview(id="P1", people=0), "people"),
    (s.Interview(id="P1", people=51), "people"), (s.Interview(id="P1", with_=["R9"]), "with"),
    (s.Interview(id="P1", with_=["R3", "R2"]), "with"), (s.Interview(id="P1", with_=["not a code"]), "with"),
    (s.Interview(id="P9", group="patient"), "id"),
    (s.Interview(id="P1", consent_quotes=False), "consent_quotes"),
    (s.Interview(id="P1", consent_quotes=None), "consent_quotes"),
    (s.Interview(id="P1", consent_notes=False), "consent_notes"),
    (s.Interview(id="P1", consent_notes=None), "consent_notes"),
    (s.Answer(interview="X1", prompt="P01", text="t"), "interview"), (s.Answer(interview="P1", prompt="S01"), "prompt"),
    (s.Answer(interview="P1", prompt="X"), "prompt"), (s.Answer(interview="P3", prompt="P01", text="t"), "interview"),
    (s.Quote(id="Q9", interview="P1"), "interview"), (s.Quote(id="Q9", text="t"), "interview"),
    (s.Quote(id="Q9", interview="X1", text="t"), "interview"),
    (s.Quote(id="Q9", interview="P2", text="t"), "interview"),
    (s.Quote(id="Q9", interview="P3", text="t"), "interview"), (s.Quote(id="Q1", interview="P3"), "interview"),
    (s.Quote(id="Q1", interview="a b"), "interview"), (s.Quote(id="Q1", text=" \n"), "text"),
    (s.Quote(id="Q1", standards=["4", "5"]), "standards"), (s.Quote(id="Q1", standards=["4"] * 501), "standards"),
    (s.Concern(id="X1", told="t"), "text"), (s.Concern(id="C1", at="yesterday"), "at"),
    (s.SelfReview(standard="4", value="maybe"), "value"), (s.Survey(group="carer", standard="4", yes=-1), "yes"),
    (s.Survey(group="carer", standard="4", no=100_001), "no"),
    (s.Survey(group="carer", standard="5", na=1), "standard"),
    (s.Survey(group="carer", standard="4", na=-1), "na"),
    (s.Context(field="", value=1), "field"), (s.Context(field="x" * 201, value=1), "field"),
    (s.Context(field="a\nb", value=1), "field"), (s.Context(field="caseload", value=2**63), "value"),
    (s.Context(field="caseload", value=-(2**63)), "value"), (s.Context(field="caseload", value=float("nan")), "value"),
    (s.Context(field="caseload", value=float("-inf")), "value"),
    (s.Response(standard="4", rating="maybe"), "rating"), (s.Response(standard="5", text="t"), "standard"),
    (s.ResponseDecision(standard="4", accepted=True), "reason"), (s.ResponseDecision(standard="4", about="x"), "about"),
    (s.ResponseDecision(standard="4", accepted=False, reason=" "), "reason"),
    (s.ResponseDecision(standard="47", accepted=True, reason=None), "reason"),
    (s.LocalContext(standard="5", text="t"), "standard"),
    (s.Action(id="AP1", due="2026-02-30"), "due"), (s.Action(id="AP1", due="20270228"), "due"),
    (s.Action(id="AP1", due="0999-12-31"), "due"), (s.Action(id="AP1", due="soon"), "due"),
    (s.Action(id="AP1", priority=0), "priority"), (s.Action(id="AP1", priority=6), "priority"),
    (s.Action(id="X1", action="do"), "standard"), (s.Action(id="AP1", standard="5"), "standard"),
    (s.Audit(case_note="1", item="A9", value="yes"), "item"),
    (s.Audit(case_note="", item="A1", value="yes"), "case_note"),
    (s.CaseNote(id="943-476-5919"), "id"), (s.CaseNote(id="943-476-5919", deleted=False), "id"),
    (s.Audit(case_note="943-476-5919", item="A1", value="yes"), "case_note"),
    (s.Settled(place="agreed 47 value", entry="0" * 65), "entry"), (s.Settled(place="p", entry="xyz"), "entry"),
    (s.TeamNote(id="N9"), "text"), (s.TeamNote(id="N9", text=" \n"), "text"), (s.TeamNote(id="N1", text=""), "text"),
    (s.TeamNote(id="N9", standard="4"), "text"), (s.TeamNote(id="N1", about="a b"), "about"),
    (s.TeamNote(id="N1", standard="5"), "standard"),
    (s.KnownName(id="X1"), "name"), (s.KnownName(id="N1", name="A."), "name"),
    (s.KnownName(id="N1", name="9 9"), "name"),
    (s.KnownName(id="N1", name="n" * 201), "name"),
    (s.SavedAnyway(id="D1"), "document"), (s.SavedAnyway(id="D1", document=" "), "document"),
    (s.SavedAnyway(id="D1", document="report", findings=["x" * 201]), "findings"),
    (s.SavedAnyway(id="D1", document="report", findings=["x"] * 501), "findings"),
    (s.SavedAnyway(id="D1", document="report", findings=["\udfff"]), "findings"),
]  # fmt: skip
REFUSED_FROM_THE_LEAD: list[tuple[Statement, str]] = [
    (s.Agreed(standard="5", value="met"), "standard"), (s.Agreed(standard="4", value="maybe"), "value"),
    (s.Decision(presentation=0), "presentation"), (s.Decision(presentation=3), "presentation"),
    (s.Decision(presentation=1, label="refused"), "label"), (s.Decision(presentation=1, date="12 May 2026"), "date"),
    (s.Decision(presentation=1, stood={"5": "met"}), "stood"),
    (s.Decision(presentation=1, stood={"4": "maybe"}), "stood"),
    (s.Decision(presentation=1, answered={"5": PRINT}), "answered"),
    (s.Decision(presentation=1, answered={"4": PRINT + "0"}), "answered"),
    (s.Slot(id="T1", start="24:00"), "start"), (s.Slot(id="T1", end="9:30"), "end"),
    (s.Slot(id="T1", end="19:60"), "end"),
    (s.Slot(id="T1", start="10:00", end="09:59"), "end"), (s.Slot(id="T1", who=["R9"]), "who"),
    (s.Slot(id="T1", who=["?"]), "who"),
    (s.Person(code="R9"), "role"), (s.Person(code="9R", role="observer"), "person"),
    (s.Person(code="host", role="observer"), "person"), (s.Person(code="committee", role="observer"), "person"),
    (s.Person(code="A" + "9" * 16, role="observer"), "person"), (s.Person(code="R2", role="lead"), "role"),
    (s.Person(code="L1", role="clinician"), "role"), (s.Person(code="L1", deleted=True), "deleted"),
    (s.Person(code="r2", role="observer"), "code"), (s.Person(code="R2", name="n" * 301), "name"),
    (s.Person(code="R2", name="a\nb"), "name"), (s.Person(code="R9", role="observer", name="a\tb"), "name"),
    (s.Meeting(held={DEVICE: 1, "short": 1}), "held"), (s.Meeting(held={DEVICE: 1, "b" * 32: -1}), "held"),
    (s.Asks(prompt="X", who=[]), "prompt"), (s.Asks(prompt="P01", who=["R9"]), "who"),
    (s.Meeting(held={"short": 1}), "held"), (s.Meeting(held={DEVICE: -1}), "held"),
    (s.Meeting(held={DEVICE: 10**9}), "held"),
    (s.AcceptLate(standard="5", reviewer="R2"), "standard"), (s.AcceptLate(standard="4", reviewer="?"), "reviewer"),
    (s.AcceptLate(standard="4", reviewer="R2", others=["f", "g"]), "others"),
    (s.FindingAccepted(id="x"), "reason"), (s.FindingAccepted(id="x", reason=" "), "reason"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "field"), REFUSED, ids=_kind)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(line: Statement, field: str) -> None:
    assert refused_field(line, "R2") == field


@pytest.mark.parametrize(("line", "field"), REFUSED_FROM_THE_LEAD, ids=_kind)
def test_what_does_not_fit_is_refused_from_the_lead_too(line: Statement, field: str) -> None:
    assert refused_field(line, "L1") == field


def test_a_developmental_review_takes_no_decision_but_everything_else_about_a_presentation() -> None:
    decided = s.Decision(presentation=1, label="accredited")
    assert refused_field(decided, state=DEVELOPMENTAL) == "presentation"
    assert refused_field(decided) is None
    for line in (s.Decision(presentation=1, label=""), s.Decision(presentation=1, note="n")):
        assert refused_field(line, state=DEVELOPMENTAL) is None


def test_where_a_rule_names_no_decisions_any_words_are_one() -> None:
    free = msgspec.structs.replace(STATE, instrument=msgspec.structs.replace(MEASURED, rule=Rule()))
    assert refused_field(s.Decision(presentation=3, label="whatever"), state=free) is None


def test_a_scored_scale_takes_its_points_and_no_words() -> None:
    scored = msgspec.structs.replace(STATE, instrument=msgspec.structs.replace(MEASURED, scale=SCORED))
    assert refused_field(s.Rating(standard="4", value=5), state=scored) is None
    for value in (0, 6, "5", "met"):
        assert refused_field(s.Rating(standard="4", value=value), state=scored) == "value"


def test_what_was_withdrawn_is_withdrawn_for_its_author_only() -> None:
    line = s.Interview(id="P9", group="patient")
    assert refused_field(line, "R2") == "id"
    assert refused_field(line, "R3") is None


def test_each_reviewers_interviews_are_their_own() -> None:
    assert refused_field(s.Quote(id="Q1", interview="P5", text="t"), "R3") == "interview"
    assert refused_field(s.Quote(id="Q1", interview="P1", text="t"), "R3") is None
    assert refused_field(s.Interview(id="P1", consent_quotes=False, consent_notes=False), "R3") is None


# Words ------------------------------------------------------------------------------------------------------------

HELP: list[tuple[Callable[[], Any], str]] = [
    (lambda: validators.check_code("9"), "such as R2"),
    (lambda: validators.check_date("soon", "due"), "YYYY-MM-DD"),
    (lambda: rules.check(s.Rating(standard="4", value="x"), STATE, "R2"), "met, not_met, na"),
    (lambda: rules.check(s.Rating(standard="4"), STATE, "R9"), "L1, R2, R3, R4, O5"),
    (lambda: rules.check(s.Slot(id="T1", who=["R9"]), STATE, "L1"), "L1, R2, R3, R4, O5"),
    (lambda: rules.check(s.Audit(case_note="1", item="A9"), STATE, "R2"), "A1"),
    (lambda: rules.check(s.Decision(presentation=1, label="x"), STATE, "L1"), "accredited, deferred"),
]


@pytest.mark.parametrize(("refused", "told"), HELP)
def test_a_refusal_says_what_would_be_taken(refused: Callable[[], Any], told: str) -> None:
    with pytest.raises(Invalid) as error:
        refused()
    assert told in error.value.do


TOLD: list[tuple[Statement, str]] = [
    (s.Answer(interview="X1", prompt="P01", text="t"), "there is no interview X1"),
    (s.Quote(id="Q9", interview="X1", text="t"), "there is no interview X1"),
    (s.Quote(id="Q9", text="t"), "quote Q9 needs an interview and a text"),
    (s.Quote(id="Q9", interview="P1"), "quote Q9 needs an interview and a text"),
    (s.Quote(id="Q9", interview="P2", text="t"), "P2 has not agreed to be quoted"),
]


@pytest.mark.parametrize(("line", "told"), TOLD)
def test_a_refusal_names_the_record_that_is_missing(line: Statement, told: str) -> None:
    with pytest.raises(Invalid) as error:
        rules.check(line, STATE, "R2")
    assert error.value.what == told


def test_an_action_is_due_on_a_day_of_a_year_that_somebody_can_mean() -> None:
    days = ("2027-02-28", "1000-01-01", "0999-12-31", "2027-02-30", "20270228", "soon", "")
    assert [day for day in days if validators.is_due_day(day)] == ["2027-02-28", "1000-01-01"]


def test_the_terms_of_an_instrument_are_those_of_the_one_that_is_asked_about() -> None:
    other = instrument({"113": "3"})
    assert validators.instrument_terms(MEASURED).standards == {"4", "47"}
    assert validators.instrument_terms(other).standards == {"113"}
    assert validators.instrument_terms(MEASURED).prompts == {"P01", "S01"}
    assert validators.instrument_terms(MEASURED) is validators.instrument_terms(MEASURED)
