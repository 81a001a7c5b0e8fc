"""An invented team over three rounds on the invented scale of 8 items, with goals and meetings: plainly an example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from reviewapp.figures.rounds import record_of, round_of
from reviewapp.figures.status import status
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.report.content.build import build
from reviewapp.report.tree import Document, Profile
from reviewapp.visit import state as s
from reviewapp.visit.criterion_records import AgreedCriterionRecord, CriterionRecord
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.programme_records import (
    EscalationRecord,
    FollowUpGoalRecord,
    FollowUpRecord,
    GoalRecord,
    HandoverRecord,
    LearningEventRecord,
    ReadinessRecord,
    RoundRecord,
    ScopingRecord,
    StaffChangeRecord,
    VoteRecord,
)
from tests.core.crosswalk.building import crosswalk, pair
from tests.core.report.building import keyed, quote, talk
from tests.core.report.sampled import sample_visit

SCALE: Instrument = next(one for one in builtin() if one.id == "example-fidelity-8")
SKELETON: Instrument = next(one for one in builtin() if one.id == "core-fidelity-2")

BASELINE = """
1 a patient - | 1 b staff + | 1 c patient + | 1 d patient - | 1 e document -
2 a patient + | 2 b staff - | 2 c staff + | 2 d carer - | 2 e patient - | 2 f case_note -
3 a case_note 5/10 | 3 d manager -
4 a patient + | 4 a carer + | 4 a staff + | 4 b patient - | 4 b carer + | 4 b staff + | 4 c patient + | 4 d staff -
5 a manager + | 5 b manager - | 5 c manager - | 5 d manager -
6 a manager 5 | 6 c staff -
7 a manager 26 | 7 c case_note 2
8 a case_note 6/10 | 8 b patient 1/3 | 8 c patient - | 8 d document +
"""
HALF = """
1 a patient + | 1 b staff + | 1 c patient + | 1 d patient - | 1 e document -
2 a patient + | 2 b staff + | 2 c staff + | 2 d carer - | 2 e patient - | 2 f case_note -
3 a case_note 8/10 | 3 d manager -
4 a patient + | 4 a carer + | 4 a staff + | 4 b patient + | 4 b staff + | 4 c patient + | 4 d staff -
5 a manager + | 5 b manager + | 5 c manager - | 5 d manager -
6 a manager 5 | 6 c staff +
7 a manager 34 | 7 c case_note 2
8 a case_note 8/10 | 8 b patient 2/3 | 8 c patient - | 8 d document +
"""
YEAR = """
1 a patient + | 1 b staff + | 1 c patient + | 1 c carer + | 1 d patient - | 1 e document +
2 a patient + | 2 b staff + | 2 c staff + | 2 d carer + | 2 e patient + | 2 f case_note -
3 a case_note 9/10 | 3 d manager +
4 a patient + | 4 a carer + | 4 a staff + | 4 b patient + | 4 b staff + | 4 c patient + | 4 d staff +
5 a manager + | 5 b manager + | 5 c manager - | 5 d manager -
6 a manager 7 | 6 c staff +
7 a manager 29 | 7 c case_note 2
8 a case_note 9/10 | 8 b patient 2/3 | 8 c patient + | 8 c patient -R3 | 8 d document +
"""


def criteria(table: str) -> Iterator[CriterionRecord]:
    """`1 a patient +` is met, `-` not met, `8/10` and `26` a number; by R2, or by whom a code behind it names."""
    for cell in table.replace("\n", "|").split("|"):
        if cell.strip():
            number, letter, source, said = cell.split()
            who = said[1:] if said[0] in "+-" and said[1:] else "R2"
            key = f"{number}/{letter}/{source}/{who}"
            one = CriterionRecord(key=key, person=who, standard=number, criterion=letter, source=source)
            n, __, of = said.partition("/")
            if said[0] == "+":
                yield msgspec.structs.replace(one, value="met")
            elif said[0] == "-":
                yield msgspec.structs.replace(one, value="not_met")
            else:
                yield msgspec.structs.replace(one, n=int(n), of=int(of) if of else None)


def one_round(table: str, visit: str, day: str) -> s.VisitState:
    """One round with what was found of the criteria."""
    info = s.VisitInfo(
        id=visit, service="Example team (invented)", organisation="Example trust (invented)", date=day,
        instrument=SCALE.id,
    )  # fmt: skip
    return s.VisitState(
        info=info, instrument=SCALE, digest="d" * 64, criteria=keyed(*criteria(table)), people=keyed(*PEOPLE),
        agreed=keyed(s.AgreedRecord(key="3", standard="3", value=4, reason="as the case notes show"))
        if table == YEAR else {},
    )  # fmt: skip


PEOPLE = (
    s.PersonRecord(key="L1", role="lead"), s.PersonRecord(key="R2", role="clinician"),
    s.PersonRecord(key="R3", role="patient_rep"),
)  # fmt: skip


def earlier(table: str, key: str, label: str, day: str, planned: str) -> RoundRecord:
    """A round as a later visit knows it."""
    made = round_of(one_round(table, f"visit-{key}", day))
    return record_of(msgspec.structs.replace(made, label=label, planned=planned, held=day), key)


def third_round() -> s.VisitState:
    """The visit at 12 months, with the two before it, what people said, goals, votes and meetings."""
    return msgspec.structs.replace(
        one_round(YEAR, "v3", "2026-11-17"),
        rounds=keyed(
            RoundRecord(key="this", id="this", label="12 months", planned="2026-11-03", held="2026-11-17"),
            earlier(BASELINE, "E1", "baseline", "2025-11-11", "2025-11-11"),
            earlier(HALF, "E2", "6 months", "2026-06-30", "2026-05-12"),
        ),
        agreed_criteria=keyed(
            AgreedCriterionRecord(key="8/d", standard="8", criterion="d", value="met", reason="on every page we saw")
        ),
        ratings=keyed(
            s.RatingRecord(key="7/R2", person="R2", standard="7", value=4, reason="winter doubles the caseload"),
        ),
        interviews=keyed(
            talk("P1", "R3", "patient", quotes=True, circulation=True),
            talk("P2", "R3", "patient", quotes=True, circulation=False),
            talk("M1", "L1", "manager", quotes=False, circulation=False),
        ),
        quotes=keyed(
            quote("Q1", "R3", "P1", "I rang at six and somebody was there", "positive", "1"),
            quote("Q2", "R3", "P2", "ONLY FOR THE HOST", "negative", "8"),
            quote("Q3", "R3", "P1", "Nobody wrote down when they would come again", "negative", "2"),
        ),
        local_context=keyed(
            s.TextRecord(key="5/L1", person="L1", subject="5", text="nights are commissioned elsewhere")
        ),
        passages=keyed(
            s.TextRecord(key="practice:1", subject="practice:1", text="The one who answers can see the notes."),
            s.TextRecord(key="recommendation:2", subject="recommendation:2", text="Leave the next time in writing."),
            s.TextRecord(key="recommendation:5", subject="recommendation:5", text="Ask what evenings would take."),
        ),
        examples=keyed(
            ExampleRecord(
                key="X1",
                id="X1",
                standard="5",
                text="Evenings rest on everybody, one in five.",
                team="a team by the sea",
            ),
            ExampleRecord(key="X2", id="X2", standard="1", text="NOT AT AN ITEM THAT SCORED HIGH"),
        ),
        **_programme(),
    )


def _programme() -> dict[str, object]:
    return {
        "goals": keyed(
            GoalRecord(
                key="G1", id="G1", text="Everybody knows when we come again", standards=("2",), chosen_by="team",
                why="people asked for it", target="item 2 at 5",
            ),
            GoalRecord(key="G2", id="G2", text="Visits in the evening", standards=("5", "7")),
            GoalRecord(
                key="G3", id="G3", text="Whoever rings is answered", standards=("1",), chosen_by="team",
                status="reached", ended="2027-02-01", reason="answered at any hour since January",
            ),
            GoalRecord(
                key="G4", id="G4", text="A quieter room", standards=("6",), status="left", ended="2026-12-08",
                reason="too few votes",
            ),
            GoalRecord(key="R2.1", id="R2.1", text="SUGGESTED BY A REVIEWER", standards=("8",), proposed_by="R2"),
        ),
        "votes": keyed(VoteRecord(key="G1", goal="G1", n=9), VoteRecord(key="G2", goal="G2", n=4)),
        "scoping": keyed(
            ScopingRecord(
                key="scoping", planned="2026-12-01", held="2026-12-08", present={"staff": 9, "patients": 1, "carers": 0}
            )
        ),
        "follow_ups": keyed(
            FollowUpRecord(
                key="F1", id="F1", planned="2027-01-05", held="2027-01-07", status="held", who="manager, two nurses",
                present={"staff": 3, "patients": 0, "carers": 0},
            ),
            FollowUpRecord(key="F2", id="F2", planned="2027-02-02", status="cancelled", note="three were ill"),
            FollowUpRecord(key="F3", id="F3", planned="2027-03-09", held="2027-03-09", status="held"),
            FollowUpRecord(key="F4", id="F4", planned="2027-04-06"),
        ),
        "follow_up_goals": keyed(
            FollowUpGoalRecord(
                key="F3/G1", follow_up="F3", goal="G1", progress="cards are printed", barrier="time",
                help="a printer on the ward", decision="begin with two teams", next="order it", due="2027-03-20",
            )
        ),
        "escalations": keyed(
            EscalationRecord(key="X1", id="X1", to="the director of operations", asked="money for a printer",
                             date="2027-01-10", reply_by="2027-02-28"),
            EscalationRecord(
                key="X2", id="X2", to="the commissioner", asked="evenings", answer="from April", answered="2027-02-11"
            ),
        ),
        "handovers": keyed(
            HandoverRecord(
                key="H1", id="H1", post="manager", date="2027-02-01", by="team manager",
                text="Nobody else knows where the cards are.",
            ),
            HandoverRecord(
                key="H2", id="H2", post="facilitator", date="2027-03-01", by="facilitator", to="psychologist",
                text="Ask about the evenings first.",
            ),
        ),
        "readiness": keyed(
            ReadinessRecord(key="leadership", domain="leadership", answer="Yes", note="The manager is at meetings.")
        ),
        "staff_changes": keyed(
            StaffChangeRecord(key="S1", id="S1", date="2027-01-15", what="a nurse began", briefed="2027-01-20"),
            StaffChangeRecord(key="S2", id="S2", date="2027-03-01", what="the manager left"),
        ),
        "learning_events": keyed(
            LearningEventRecord(
                key="E1", id="E1", date="2027-02-20", teams="three", take="their list",
                present={"staff": 2, "patients": 1, "carers": 1},
            )
        ),
        "actions": keyed(
            s.ActionRecord(key="AP1", id="AP1", goal="G1", standard="2", action="Print cards", owner="team manager"),
            s.ActionRecord(key="AP2", id="AP2", goal="G1", standard="2", action="Ask three people", owner="nurse",
                           status="done"),
            s.ActionRecord(key="AP3", id="AP3", goal="G1", standard="2", action="Count", due="2027-03-01"),
        ),
        "context": keyed(
            s.ContextRecord(key="caseload", value=29),
            s.ContextRecord(key="pathways", value="doctors and the ward refer"),
            s.ContextRecord(key="commissioner", value="Example commissioning body (invented)"),
            s.ContextRecord(key="not_commissioned", value="visits at night"),
            s.ContextRecord(key="parking", value="none"),
        ),
    }  # fmt: skip


def skeleton() -> s.VisitState:
    """A visit on the 39-item skeleton after a round of which only a total is known; half of the items are scored."""
    state = one_round("", "v39", "2026-11-17")
    return msgspec.structs.replace(
        state, instrument=SKELETON, info=msgspec.structs.replace(state.info, instrument=SKELETON.id),
        agreed=keyed(
            *(s.AgreedRecord(key=one.number, standard=one.number, value=1 + n % 5)
              for n, one in enumerate(SKELETON.standards[:30]))
        ),
        rounds=keyed(RoundRecord(key="E1", id="E1", label="baseline", held="2025-11-11", total=105)),
    )  # fmt: skip


def two_lenses() -> s.VisitState:
    """The sample's evidence on the first standards, and some items of the invented scale rated beside it."""

    state = sample_visit()
    walk = crosswalk(
        state.instrument, SCALE, pair("151", "4"), pair("153", "1", "within"), pair("151", "8"), pair("119", "3"),
        pair("4", "", "none"),
    )  # fmt: skip
    prefix = SCALE.id
    return msgspec.structs.replace(
        state, also=SCALE, crosswalk=walk,
        also_agreed={
            f"{prefix}/{n}": s.AlsoAgreedRecord(
                key=f"{prefix}/{n}", instrument=prefix, standard=n, value=v, reason=f"reason of {n}"
            )
            for n, v in (("1", 4), ("4", 3))
        },
    )  # fmt: skip


VISITS: dict[str, Callable[[], s.VisitState]] = {
    "three rounds": third_round, "39 items": skeleton, "two lenses": two_lenses,
}  # fmt: skip
TODAY = date(2027, 3, 15)


def reported(name: str, profile: Profile) -> Document:
    """The report of one of these visits."""
    state = VISITS[name]()
    return build(state, status(state), profile=profile, today=TODAY)
