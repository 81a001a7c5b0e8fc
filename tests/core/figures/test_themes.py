"""Coders against coders and groups against groups, by published examples and by counting."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.agreement import krippendorff_alpha
from reviewapp.figures.theme_agreement import agreement_by_theme, alpha_interval, coder_agreement
from reviewapp.figures.theme_groups import MIXED, theme_groups
from reviewapp.visit import statements as say
from reviewapp.visit.state import InterviewRecord, QuoteRecord, VisitState
from reviewapp.visit.theme_records import AgreedCodingRecord, CodingRecord
from tests.core.homes import Team
from tests.core.visit.building import instrument, visit


def units_of(*rows: str) -> list[list[str]]:
    """Units from published tables: a row a coder, a point for a gap."""
    return [[value for value in column if value != "."] for column in zip(*(row.split() for row in rows), strict=True)]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("1 1 0 0 0 0 0 0 0 0", "0 1 1 0 0 1 0 1 0 0"), 0.095),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."),
         0.743),
        ((". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"), 0.691),
    ],
    ids=["Krippendorff A", "ATLAS.ti", "Krippendorff B", "Krippendorff C", "three coders"],
)  # fmt: skip
def test_published_examples_come_out(rows: tuple[str, ...], alpha: float) -> None:
    found = krippendorff_alpha(units_of(*rows))
    assert found is not None and round(found, 3) == alpha


def test_two_values_published_come_out_by_theme_too() -> None:
    rows = ("0100000010", "1110010000")
    units = [
        {coder: frozenset({"T1"}) if value == "1" else frozenset() for coder, value in zip("AB", column, strict=True)}
        for column in zip(*rows, strict=True)
    ]
    by_theme, overall = agreement_by_theme(units, ["T1"])
    found = by_theme["T1"]
    assert found.alpha is not None and round(found.alpha, 3) == 0.095 and overall == found.alpha
    assert (found.units, found.both, found.one) == (10, 1, 4)


CODER = st.frozensets(st.sampled_from(["T1", "T2", "T3"]), max_size=3)
UNITS = st.lists(st.dictionaries(st.sampled_from("ABCD"), CODER, min_size=2, max_size=4), max_size=12)


@settings(max_examples=150, deadline=None)
@given(units=UNITS)
def test_it_is_the_alpha_of_the_definition(units: list[dict[str, frozenset[str]]]) -> None:
    themes = sorted({one for unit in units for seen in unit.values() for one in seen})
    by_theme, overall = agreement_by_theme(units, themes)
    for theme in themes:
        said = [[theme in seen for seen in unit.values()] for unit in units]
        assert by_theme[theme].alpha == pytest.approx(krippendorff_alpha(said))
        assert by_theme[theme].one == sum(len(set(values)) == 2 for values in said)
    together = [[theme in seen for seen in unit.values()] for theme in themes for unit in units]
    assert overall == pytest.approx(krippendorff_alpha(together))


def test_without_variation_or_without_a_second_coder_there_is_no_alpha() -> None:
    alike = [{"A": frozenset({"T1"}), "B": frozenset({"T1"})}]
    assert agreement_by_theme(alike, ["T1"])[1] is None and agreement_by_theme([], [])[1] is None
    assert alpha_interval([alike], ["T1"]) is None


def test_an_interval_is_the_same_each_time_and_holds_the_alpha() -> None:
    values = [frozenset({"T1"}), frozenset()]
    conversations = [[{"A": a, "B": b} for a, b in itertools.product(values, values)][: n % 3 + 2] for n in range(8)]
    first = alpha_interval(conversations, ["T1"])
    alpha = agreement_by_theme([unit for units in conversations for unit in units], ["T1"])[1]
    assert first is not None and first == alpha_interval(conversations, ["T1"])
    assert alpha is not None and first[0] <= alpha <= first[1]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """An example: R2 spoke with a patient and a group of five, R3 with a carer; both coded, and so did the lead."""
    team = Team(tmp_path)
    team.visit("R2").record(
        say.Interview(id="P1", group="patient", consent_quotes=True, people=1),
        say.Interview(id="P2", group="patient", consent_quotes=True, people=5, groups={"patient": 3, "carer": 2}),
        say.Quote(id="Q1", interview="P1", text="nobody rang", tone="negative"),
        say.Quote(id="Q2", interview="P2", text="we wait", tone="negative", speaker="2"),
        say.Quote(id="Q3", interview="P2", text="and wait", tone="mixed", speaker="2"),
        say.Quote(id="Q4", interview="P2", text="they are kind", tone="positive"),
    )
    team.visit("R3").record(
        say.Interview(id="C1", group="carer", consent_quotes=True, people=1),
        say.Quote(id="Q1", interview="C1", text="nobody asked me", tone="negative"),
    )
    lead = team.visit("L1")
    lead.merge(team.return_of("R2"))
    lead.merge(team.return_of("R3"))
    return team


def test_theme_by_group_counts_units_people_and_tones(team: Team) -> None:
    lead = team.visit("L1")
    for unit, theme in (("Q1/R2", "T2"), ("Q2/R2", "T2"), ("Q3/R2", "T2"), ("Q4/R2", "T7"), ("Q1/R3", "T6")):
        lead.record(say.Coding(unit=f"quote/{unit}", themes=[theme]))
    found = theme_groups(lead.state)
    assert found.coded == {"carer": 1, "patient": 1, MIXED: 3}
    late = found.rows["T2"].cells
    assert (late["patient"].people, late["patient"].up_to, late["patient"].units) == (1, 1, 1)
    assert (late[MIXED].people, late[MIXED].up_to, late[MIXED].units) == (1, 1, 2), "one speaker, named twice"
    assert (late[MIXED].negative, late[MIXED].mixed, late["carer"].units) == (1, 1, 0)
    kind = found.rows["T7"].cells[MIXED]
    assert (kind.people, kind.up_to) == (1, 5), "nobody said who"
    assert not found.rows["T2"].grey and found.rows["T2"].unsettled == 0


def test_what_coders_differ_about_counts_once_it_is_settled(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(say.Coding(unit="quote/Q1/R2", themes=["T2", "T1"]), say.Coding(unit="quote/Q1/R3", themes=[]))
    r2 = team.visit("R2")
    r2.record(say.Coding(unit="quote/Q1/R2", themes=["T2"]))
    lead.merge(team.return_of("R2"))
    found = coder_agreement(lead.state)
    assert (found.coders, found.all, found.coded, found.by_two, found.pairs) == (("L1", "R2"), 5, 2, 1, 1)
    assert [(one.unit, one.theme, one.coded_by, one.not_by) for one in found.open] == [
        ("quote/Q1/R2", "T1", ("L1",), ("R2",))
    ]
    rows = theme_groups(lead.state).rows
    assert rows["T1"].unsettled == 1 and rows["T1"].cells["patient"].units == 0 and rows["T1"].grey
    assert rows["T2"].cells["patient"].units == 1
    lead.record(say.AgreedCoding(unit="quote/Q1/R2", themes=["T1", "T2"], reason="It is about getting help too."))
    assert coder_agreement(lead.state).open == ()
    rows = theme_groups(lead.state).rows
    assert rows["T1"].unsettled == 0 and rows["T1"].cells["patient"].units == 1
    assert rows["T1"].coders_differ == 0 and not rows["T1"].grey, "what is settled differs no more"


def test_a_row_stays_grey_for_what_is_open_beside_what_was_settled(team: Team) -> None:
    lead, r2 = team.visit("L1"), team.visit("R2")
    units = [f"quote/{one}/R2" for one in ("Q1", "Q2", "Q3")]
    lead.record(*(say.Coding(unit=unit, themes=["T1"]) for unit in units))
    r2.record(*(say.Coding(unit=unit, themes=["T1"] if unit == units[0] else []) for unit in units))
    lead.merge(team.return_of("R2"))
    row = theme_groups(lead.state).rows["T1"]
    assert row.coders_differ == pytest.approx(2 / 3) and row.unsettled == 2
    lead.record(say.AgreedCoding(unit=units[1], themes=[], reason="It is about the wait."))
    row = theme_groups(lead.state).rows["T1"]
    assert row.coders_differ == 0.5 and row.unsettled == 1, "agreed to be another matter: out of it"
    lead.record(say.AgreedCoding(unit=units[2], themes=["T1"], reason="It is about both."))
    row = theme_groups(lead.state).rows["T1"]
    assert (row.coders_differ, row.unsettled, row.grey) == (0, 0, False)


CODED = st.lists(st.tuples(st.sampled_from(["Q1/R2", "Q2/R2", "Q1/R3"]), st.sampled_from(["L1", "R2", "R3"]), CODER))


@settings(max_examples=100, deadline=None)
@given(found=CODED, agreed=st.dictionaries(st.sampled_from(["Q1/R2", "Q2/R2", "Q1/R3"]), CODER))
def test_law_no_row_is_grey_once_everything_open_is_settled_and_none_without_anything_open(
    found: list[tuple[str, str, frozenset[str]]], agreed: dict[str, frozenset[str]]
) -> None:
    state = said_by_three(found, agreed)
    for row in theme_groups(state).rows.values():
        assert not row.grey or row.unsettled
    rest = {one.unit.removeprefix("quote/"): frozenset({"T1"}) for one in coder_agreement(state).open}
    settled = theme_groups(said_by_three(found, agreed | rest))
    assert not any(row.grey or row.unsettled or row.coders_differ for row in settled.rows.values())


def said_by_three(found: list[tuple[str, str, frozenset[str]]], agreed: dict[str, frozenset[str]]) -> VisitState:
    """An example visit of two patients and a carer, as three coders saw what they said and what was agreed."""
    talks = [
        InterviewRecord(key=f"{one}/{by}", id=one, person=by, group=group, consent_quotes=True)
        for one, by, group in (("P1", "R2", "patient"), ("P2", "R2", "patient"), ("C1", "R3", "carer"))
    ]
    quotes = [
        QuoteRecord(key=key, id=key[:2], person=key[3:], interview=talk, text=f"words of {key}")
        for key, talk in (("Q1/R2", "P1/R2"), ("Q2/R2", "P2/R2"), ("Q1/R3", "C1/R3"))
    ]
    codings = [
        CodingRecord(key=f"quote/{quote}/{by}", person=by, unit=f"quote/{quote}", themes=tuple(sorted(themes)))
        for quote, by, themes in found
    ]
    settled = [
        AgreedCodingRecord(key=f"quote/{quote}", unit=f"quote/{quote}", themes=tuple(sorted(themes)), reason="so it is")
        for quote, themes in agreed.items()
    ]
    return msgspec.structs.replace(
        visit(instrument({"4": "1"})),
        interviews={one.key: one for one in talks},
        quotes={one.key: one for one in quotes},
        codings={one.key: one for one in codings},
        agreed_codings={one.key: one for one in settled},
    )
