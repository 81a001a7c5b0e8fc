"""What may be said of a criterion, by whom; who sees it when; and what becomes of it on other laptops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.instruments.library import builtin
from reviewapp.visit import rules
from reviewapp.visit.blind import as_seen_by, has_rated, seen_conflicts, shows_others
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.entities import record_in_words, statement_for
from reviewapp.visit.state import Conflict, MeetingRecord
from reviewapp.visit.statements import AgreedCriterion, CriterionFinding, Rating
from tests.core.homes import Team
from tests.core.visit.building import visit

SCALE = next(one for one in builtin() if one.id == "example-fidelity-8")
STATE = visit(SCALE)


def of(standard: str, criterion: str, source: str, **said: Any) -> CriterionFinding:
    return CriterionFinding(standard=standard, criterion=criterion, source=source, **said)


@pytest.mark.parametrize(
    "line",
    [
        of("1", "a", "patient", value="met", note="n"),
        of("1", "a", "patient", value="met", n=3, of=3),
        of("1", "a", "patient", value=None),
        of("3", "b", "case_note", n=8, of=10),
        of("3", "b", "case_note", n=8, of=10, value="met"),
        of("3", "b", "case_note", n=8, of=10, value="not_established"),
        of("6", "a", "manager", ticked=[1, 3, 4, 10]),
        of("6", "a", "manager", n=4, of=10),
        of("7", "a", "manager", n=28.5),
    ],
)
def test_it_may_be_said(line: CriterionFinding) -> None:
    rules.check(line, STATE, "R2")


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        (of("9", "a", "patient"), "standard", "does not exist"),
        (of("1", "f", "patient"), "criterion", "standard 1 has no criterion 'f'"),
        (of("1", "A", "patient"), "criterion", "is not the letter of a criterion"),
        (of("1", "a", "neighbour"), "source", "'neighbour' is not a source"),
        (of("1", "a", "carer"), "source", "criterion a of standard 1 is not established from carer"),
        (of("3", "a", "case_note", n=11, of=10), "n", "11 of 10 cannot be"),
        (of("3", "a", "case_note", n=0, of=0), "of", "nothing of nothing"),
        (of("3", "a", "case_note", n=3), "of", "a share needs both numbers: 3 of how many?"),
        (of("3", "a", "case_note", n=-1, of=4), "n", "cannot have been counted"),
        (of("3", "b", "case_note", n=7, of=10, value="met"), "value", "the number says not met of criterion b"),
        (of("3", "b", "case_note", n=4, of=4, value="met"), "value", "the number says not established"),
        (of("7", "a", "manager", n=3, of=10), "of", "is a number, not a part of something"),
        (of("6", "a", "manager", ticked=[0]), "ticked", "has 10 parts, each ticked once"),
        (of("6", "a", "manager", ticked=[1, 1]), "ticked", "each ticked once"),
        (of("6", "a", "manager", ticked=[1, 2], n=3), "n", "3 are counted and 2 ticked"),
        (of("1", "a", "patient", ticked=[1]), "ticked", "has 0 parts"),
    ],
)
def test_it_may_not_be_said(line: CriterionFinding, field: str, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.check(line, STATE, "R2")
    assert (caught.value.field, says in caught.value.what) == (field, True), caught.value.what
    assert "\n" not in str(caught.value)


def test_what_is_added_to_a_finding_is_judged_with_what_it_says_already() -> None:
    record = CriterionRecord(
        key="3/b/case_note/R2", person="R2", standard="3", criterion="b", source="case_note", value="met"
    )
    state = msgspec.structs.replace(STATE, criteria={record.key: record})
    with pytest.raises(Invalid, match="the number says not met"):
        rules.check(of("3", "b", "case_note", n=7, of=10), state, "R2")
    rules.check(of("3", "b", "case_note", n=7, of=10, value=None), state, "R2")
    rules.check(of("3", "b", "case_note", n=8, of=10), state, "R2")


def test_observers_find_nothing_and_only_the_lead_agrees() -> None:
    with pytest.raises(Invalid, match="an observer does not rate"):
        rules.check(of("1", "a", "patient", value="met"), STATE, "O5")
    agreed = AgreedCriterion(standard="1", criterion="a", value="met", reason="both saw it")
    rules.check(agreed, STATE, "L1")
    with pytest.raises(Invalid, match="only the lead records an agreed criterion"):
        rules.check(agreed, STATE, "R2")
    with pytest.raises(Invalid, match="has no criterion 'z'"):
        rules.check(AgreedCriterion(standard="1", criterion="z", value="met"), STATE, "L1")


def test_a_finding_has_its_key_and_its_words() -> None:
    line = of("1", "a", "patient", value="met")
    assert line.key("R2") == "1/a/patient/R2" and line.change_name("R2") == "criterion a of standard 1"
    assert statement_for("criterion", "1/a/patient/R2", {"value": "met"}) == line
    assert record_in_words("criterion", "1/a/patient/R2").startswith("what a reviewer found of a criterion (1")


def test_others_findings_stay_hidden_as_their_ratings_do() -> None:
    def record(source: str, person: str) -> CriterionRecord:
        key = f"1/a/{source}/{person}"
        return CriterionRecord(key=key, person=person, standard="1", criterion="a", source=source, value="met")

    both = {one.key: one for one in (record("patient", "R2"), record("document", "R3"))}
    conflict = Conflict(entity="criterion", key="1/a/document/R3", field="value", values=())
    before = msgspec.structs.replace(STATE, criteria=both, conflicts=(conflict,))
    assert list(as_seen_by(before, "R2").criteria) == ["1/a/patient/R2"]
    assert len(as_seen_by(before, "L1").criteria) == 2
    assert not seen_conflicts(before, "R2") and seen_conflicts(before, "R3") == [conflict]
    opened = msgspec.structs.replace(before, meetings={"meeting": MeetingRecord(key="meeting", held={"d": 1})})
    assert shows_others(opened, "R2", "1") and not shows_others(opened, "R4", "1")
    assert has_rated(opened, "R2", "1") and not has_rated(opened, "R2", "2")


def test_two_reviewers_who_differ_are_settled_by_the_lead_on_every_laptop(tmp_path: Path) -> None:
    team = Team(tmp_path, "example-fidelity-8")
    lead, two, three = team.visit("L1"), team.visit("R2"), team.visit("R3")
    team.certify("R2", "R3")
    two.record(of("1", "a", "patient", value="met", note="zwelcome"), Rating(standard="1", value=4, reason="zbetter"))
    three.record(of("1", "a", "document", value="met"), of("1", "a", "patient", value="not_met"))
    assert [hit.title.text for hit in two.find("zwelcome")] == ["Your criterion a of 1"]
    assert [hit.title.text for hit in two.find("zbetter")]
    for code in ("R2", "R3"):
        assert lead.merge(team.return_of(code)).reason is None
    assert criterion_verdicts(lead.state)["1"]["a"] == "met"  # any source is enough: the document says so
    three.record(of("1", "a", "document", value=None))
    lead.merge(team.return_of("R3"))
    assert criterion_verdicts(lead.state)["1"]["a"] == "not_established"
    change = lead.record(AgreedCriterion(standard="1", criterion="a", value="not_met", reason="one call"))
    assert change.name == "agreed criterion a of standard 1"
    two.merge(team.return_of("L1"))
    assert criterion_verdicts(two.state)["1"]["a"] == "not_met"
    assert two.state.ratings["1/R2"].reason == "zbetter"
    lead.undo()
    assert criterion_verdicts(lead.state)["1"]["a"] == "not_established"
    assert lead.state.agreed_criteria == {}
    team.close()
