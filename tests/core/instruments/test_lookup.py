"""A standard is found by every form that can only mean one, and by none that may mean several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.instruments.lookup import item_of, standard_of, standards_meant
from reviewapp.instruments.model import Instrument, Rule
from tests.core.intake.sheet_building import RATED, instrument, standard


def _with(*numbers: str) -> Instrument:
    return Instrument(
        id="example",
        title="Example",
        edition="",
        scope="full",
        sections=("Example section",),
        scale=RATED,
        rule=Rule(),
        standards=tuple(standard(number, "1") for number in numbers),
    )


MANY = _with("4", "5.1", "5.10", "5.2", "12", "36a", "47", "48", "49", "153")


@pytest.mark.parametrize(
    "text",
    [
        "47", "047", "47.", "47:", "47.0", "47.00", "47,0",
        "Standard 47", "standard no. 47", "Std. 47", "STANDARD 47: text",
        "Standard 47 - text", "47: text", "47 - text", "47 – text", "47 text", "47) text", "47. text", "(47) text",
        "47 [1]", "47[1]", "47 (type 1)", "Q47", "Q.47", "q 47", "Question 47", "S47", "#47", "No 47", "No. 47", "№ 47",
        "Standard #47", "[47] text", "47\nExample title", "47 - 2 carers are asked", "47: see standard 48",
        "47 4 people are met", "47-text", "47_text", "Rating of standard 47", "Rating (standard 47)",
        "\u200b47\u200b", "\ufeff47", "47\u00a0", "Standard\u00a047", "S\u00ad47", "\u200e47", "99. Standard 47",
        "Standard 47 and its guidance",
    ],
)  # fmt: skip
def test_forms_that_can_only_mean_one_standard_are_understood(text: str) -> None:
    assert standards_meant(text, MANY) == ("47",)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("47 and 48", ("47", "48")),
        ("47, 48, 49", ("47", "48", "49")),
        ("47/48", ()),
        ("47 / 48", ("47", "48")),
        ("47 & 48: text", ("47", "48")),
        ("Standards 47 and 48", ("47", "48")),
        ("47 - 49", ("47", "49")),
        ("47-49", ()),
        ("12. Standard 47", ("12", "47")),
        ("Q12 Standard 47: text", ("12", "47")),
        ("Rating of standard 47 or standard 48", ("47", "48")),
    ],
)
def test_a_text_that_may_mean_several_means_none(text: str, numbers: tuple[str, ...]) -> None:
    assert standards_meant(text, MANY) == numbers
    assert standard_of(text, MANY) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "477",
        "47.1",
        "47_1",
        "47%",
        "47th",
        "47?",
        "4.7",
        "Comments on standard 47",
        "5",
        "5.100",
        "-47",
        "4-Oct",
        "12 May",
        "4. Okt. 2026",
        "12-Mar-26",
        "4/10/2026",
        "2026-04-12",
        "Q",
        "S",
        "No",
    ],
)
def test_other_texts_mean_no_standard(text: str) -> None:
    assert standards_meant(text, MANY) == ()


def test_a_number_with_decimals_is_only_itself() -> None:
    found = [
        standard_of(text, MANY) for text in ("5.1", "5.10", "5,10", "Standard 5.10: text", "5.10.", "5.20", "5.1 [1]")
    ]
    assert found == ["5.1", "5.10", "5.10", "5.10", "5.10", None, "5.1"]


def test_a_letter_may_stand_apart_where_only_that_can_be_meant() -> None:
    assert standard_of("36A", MANY) == "36a"
    assert standard_of("36", MANY) is None
    assert standard_of("S4", _with("S4", "4")) == "S4"


def test_audit_items_are_found_in_the_same_ways() -> None:
    found = [
        item_of(text, instrument())
        for text in ("A1", "a1: text", "Item A1", "A1 - text", "A1\u200b", "A1 and A2", "A9")
    ]
    assert found == ["A1", "A1", "A1", "A1", "A1", None, None]


@given(st.text(max_size=30))
def test_no_text_whatever_is_a_fault(text: str) -> None:
    assert set(standards_meant(text, MANY)) <= {s.number for s in MANY.standards}
