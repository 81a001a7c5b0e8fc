"""What is read out of typed words: identifiers, names, claims about figures, reading grade. Pure functions on text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.report.proofreading import passage_claims, proofread
from reviewapp.report.proofreading.number_words import parse_number
from reviewapp.report.proofreading.reading_grade import grade, syllables
from reviewapp.report.proofreading.small_numbers import small_count_phrase
from reviewapp.visit.identifiers import identifiers, names_in
from tests.core.report.building import saying


def kinds(text: str) -> list[str]:
    return [match.kind for match in identifiers(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NHS number: 943 476 5919", "nhs_number"),
        ("nhs no. 9434765919", "nhs_number"),
        ("Patient ID 943-476-5919", "nhs_number"),
        ("his number is 943 476 5919 (NHS)", "nhs_number"),
        ("NHS number 943\N{NO-BREAK SPACE}476\N{NO-BREAK SPACE}5919", "nhs_number"),
        ("NHS 943\N{NON-BREAKING HYPHEN}476\N{NON-BREAKING HYPHEN}5919", "nhs_number"),
        ("NHS \N{FULLWIDTH DIGIT NINE}434765919", "nhs_number"),
        ("9434765919", "nhs_number_bare"),
        ("NHS number 943 476 5918", "nhs_number_wrong"),
        ("ring 07700 900123 at night", "phone"),
        ("(020) 7946 0018", "phone"),
        ("+44 20 7946 0018", "phone"),
        ("0044 7700 900123", "phone"),
        ("write to first.last+x@team.example.nhs.uk.", "email"),
        ("at SW1A 1AA", "postcode"),
        ("M1 1AE, the flat", "postcode"),
        ("postcode sw1a 1aa", "postcode"),
        ("DOB 1/2/85", "born"),
        ("D.O.B.: 14-05-1985", "born"),
        ("born on the 3rd of March 1979", "born"),
        ("date of birth is 1979-03-03", "born"),
        ("seen on May 12, 1985", "old_date"),
    ],
)
def test_what_may_identify_somebody_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "standards 36, 46, 47, 54, 63, 84 and 90",
        "on 17 November 2026 at 9.30-10.15",
        "12/11/2026 to 14/11/2026",
        "ring 111 or 999",
        "P1 and C2 were seen, S1-S3 together",
        "4th edition of 2022, page 14",
        "caseload 37 (14-82), 22 days, 86 %",
        "version 1.2.3.4.5.6.7.8.9.0",
        "every week, 24/7, 365 days",
        "0000000000",
        "",
        "A1 3rd, B2 4th",
    ],
)
def test_ordinary_words_and_numbers_are_not_taken_for_a_person(text: str) -> None:
    assert kinds(text) == []


def test_a_bare_number_is_a_weak_sign_because_seven_in_a_hundred_look_right_by_chance() -> None:
    wheel = random.Random(11)
    numbers = [f"{wheel.randrange(10**10):010d}" for _ in range(4000)]
    passing = sum("nhs_number_bare" in kinds(number) for number in numbers)
    assert 0.05 < passing / len(numbers) < 0.09
    assert not any("nhs_number" in kinds(number) for number in numbers)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    for match in identifiers(text):
        assert match.text and match.start < match.end
    names_in(text, ("Blodwen Example",))
    assert passage_claims.counts(text) == passage_claims.counts(text)
    (
        passage_claims.shares(text),
        passage_claims.ratings(text),
        passage_claims.people_claims(text),
        grade(text),
        small_count_phrase(text),
    )


@given(st.text(alphabet=st.characters(categories=("L", "Zs", "Po")), max_size=60))
def test_an_nhs_number_is_found_among_any_words(words: str) -> None:
    assert "nhs_number" in kinds(f"{words} NHS number 943 476 5919 {words}")


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Blodwen Example", "blodwen example said so", True),
        ("Blodwen Example", "Blodwen said so", True),
        ("Blodwen Example", "BLODWEN said so", True),
        ("Blodwen Example", "Blodwen's plan", True),
        ("Mrs Example", "Mrs Other said so", False),
        ("rose", "She rose early", True),
        ("Rose Example", "She rose early", False),
        ("O'Neill", "with O\N{RIGHT SINGLE QUOTATION MARK}Neill", True),
        ("Ann", "Announced by the annexe", False),
        ("Zoë Example", "Zoë was there", True),
        ("Blodwen  Example", "Blodwen\nExample", True),
    ],
)
def test_a_listed_name_is_found_whole_and_a_part_of_it_with_a_capital(name: str, text: str, stands: bool) -> None:
    assert bool(names_in(text, (name,))) is stands


@pytest.mark.parametrize(("word", "number"), [("nine", 9), ("Forty-four", 44), ("44", 44), ("No", 0), ("ten", 10)])
def test_numbers_are_read_in_words_and_figures(word: str, number: int) -> None:
    assert parse_number(word) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("34 of 44 standards are met.", (34, "met", "", 44)),
        ("The team met thirty-four of the 44 standards.", (34, "met", "", 44)),
        ("Nine standards are not met.", (9, "not_met", "", None)),
        ("The team did not meet nine standards.", (9, "not_met", "", None)),
        ("Three type 1 standards were not met.", (3, "not_met", "1", None)),
        ("Three standards of type 1 were not met.", (3, "not_met", "1", None)),
        ("All type 1 standards are met.", (None, "met", "1", None)),
        ("No standard is unmet.", (0, "not_met", "", None)),
        ("We looked at all 44 standards.", (44, None, "", None)),
        ("One standard is not applicable.", (1, "na", "", None)),
        ("Of the standards, 9 standards (listed below) were agreed as not met, and more", (9, "not_met", "", None)),
        ("The team met 34 standards, which is a good result.", (34, "met", "", None)),
    ],
)
def test_a_claim_about_standards_is_read(text: str, said: tuple[int | None, str | None, str, int | None]) -> None:
    (one,) = passage_claims.counts(text)
    assert (one.number, one.verdict, one.type, one.whole) == said


@pytest.mark.parametrize(
    "text",
    [
        "Two other matters need attention.",
        "Nearly all standards are met.",
        "Not all type 1 standards are met.",
        "All but three standards are met.",
        "Three of four patients said that they were met at the door.",
        "Two standards that stand out are about kindness.",
        "People are met where they are.",
        "All standards matter.",
        "Nine standards about carers are not met.",
        "All standards on medicines are met.",
        "Three of nine standards about carers are met.",
        "The team met three standards that it had failed before.",
        "Two standards were kindly explained to people met at home.",
    ],
)
def test_what_claims_nothing_about_the_figures_is_left_alone(text: str) -> None:
    assert passage_claims.counts(text) == ()


def test_percentages_of_people_are_not_taken_for_those_of_standards() -> None:
    assert passage_claims.shares("78 % of patients said yes, which meets the standard.") == ()
    assert [s.percent for s in passage_claims.shares("Overall 79.6 per cent of the standards are met.")] == [79.6]
    assert [s.type for s in passage_claims.shares("96 % of type 1 standards are met.")] == ["1"]


@pytest.mark.parametrize(
    ("text", "numbers", "verdict"),
    [
        ("Standard 63 is not met.", ("63",), "not_met"),
        ("Standards 63, 84 and 90 are not met.", ("63", "84", "90"), "not_met"),
        ("Standard 36.1 was met", ("36.1",), "met"),
        ("Look at standard 47 again.", ("47",), None),
        ("Standard 47 asks that people are met with respect.", ("47",), None),
        ("Standard 47 is about how people are met.", ("47",), None),
        ("Standard 47 (feedback) has not been met", ("47",), "not_met"),
    ],
)
def test_standards_are_read_with_what_is_said_of_them(text: str, numbers: tuple[str, ...], verdict: str | None) -> None:
    (one,) = passage_claims.ratings(text)
    assert (one.numbers, one.verdict) == (numbers, verdict)


@pytest.mark.parametrize(
    ("word", "count"),
    [("the", 1), ("people", 2), ("table", 2), ("walked", 1), ("wanted", 2), ("changes", 2), ("medicines", 3),
     ("notes", 1), ("family", 3), ("we're", 1), ("well-run", 2),
     ("people's", 2), ("rules", 1)],
)  # fmt: skip
def test_syllables_are_counted_by_their_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_the_formula_of_flesch_and_kincaid() -> None:
    easy = "The cat sat on the mat. " * 6
    counted = grade(easy)
    assert counted is not None
    assert (counted.words, counted.sentences) == (36, 6)
    assert counted.years == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_a_text_too_short_has_no_grade_and_longer_sentences_a_higher_one() -> None:
    assert grade("Multidisciplinary practitioners demonstrated understanding.") is None
    short = grade("People are kind here. They ring when they are late. " * 5)
    long = grade("People are kind here and they ring when they are late " * 5)
    assert short is not None
    assert long is not None
    assert long.years > short.years


@pytest.mark.parametrize(
    "piece",
    ["1", "e", "(", "a@", "1.1.", "07700 900123 ", "NHS 943 476 5919 ", "one of two of ", "all ", "standards 1, ",
     "40 % ", "one carer ", "spoke to ", "May ", "\n", "\x00", "\N{FULLWIDTH LATIN CAPITAL LETTER A}", "<b>"],
)  # fmt: skip
def test_twenty_thousand_characters_of_anything_are_looked_through(piece: str) -> None:
    state = saying((piece * 20_000)[:20_000] + " standards are met")
    assert all(len(one.why) < 500 for one in proofread(state))
