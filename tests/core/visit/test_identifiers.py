"""Identifiers of persons are found however they are written, and ordinary words and numbers are left alone."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.visit.identifiers import identifiers, names_in, plain

DIGITS = "9434765919"
GROUPS = ((10,), (3, 3, 4), (3, 7), (6, 4), (2, 2, 2, 2, 2), (4, 3, 3), (5, 5), (1,) * 10)
GAPS = (" ", "-", ".", "/", "_", "  ", " - ", "\t", "\n", "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{EN DASH}",
        "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH NO-BREAK SPACE}")  # fmt: skip
PREFIXES = (
    "NHS",
    "NHS no.",
    "NHS-",
    "NHS:",
    "nhs number ",
    "NHS No ",
    "Nhs_no_",
    "NHS#",
    "patient id ",
    "CHI ",
    "H&C number: ",
)


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in found_in(text)]


def found_in(text: str) -> list[tuple[str, str]]:
    """The kind and the text of each identifier, which stands where the match says."""
    found = identifiers(text)
    assert [plain(text)[match.start : match.end] for match in found] == [match.text for match in found]
    return [(match.kind, match.text) for match in found]


def grouped(groups: tuple[int, ...], gap: str) -> str:
    digits = iter(DIGITS)
    return gap.join("".join(next(digits) for _ in range(size)) for size in groups)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("groups", GROUPS)
def test_a_named_nhs_number_is_found_in_any_grouping_with_any_separator(prefix: str, groups: tuple[int, ...]) -> None:
    for gap in GAPS:
        assert kinds(f"see {prefix}{grouped(groups, gap)}, please") == ["nhs_number"], gap


@pytest.mark.parametrize("gap", GAPS)
def test_a_number_in_the_usual_groups_is_found_without_a_word_that_names_it(gap: str) -> None:
    assert kinds(f"he has {grouped((3, 3, 4), gap)} and more") == ["nhs_number_bare"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("9434765919NHS", "nhs_number"),
        ("P9434765919", "nhs_number_bare"),
        ("id_9434765919", "nhs_number_bare"),
        ("(943) 476 5919", "nhs_number_bare"),
        ("1. 943 476 5919", "nhs_number_bare"),
        ("NHS 943 476 5919 on 12 May", "nhs_number"),
        ("NHS \N{ARABIC-INDIC DIGIT NINE}434765919", "nhs_number"),
        ("NHS number 943 476 591", "nhs_number_wrong"),
        ("NHS number 94347659199", "nhs_number_wrong"),
        ("AB 12 34 56 C", "ni_number"),
        ("NINO:QQ123456C", "ni_number"),
        ("ni no ab-12-34-56-c", "ni_number"),
        ("hospital number A123456", "hospital_number"),
        ("MRN:1234567", "hospital_number"),
        ("RiO no. 1234567", "hospital_number"),
        ("M07700900123", "phone"),
        ("07700/900123", "phone"),
        ("07700_900_123", "phone"),
        ("0161.496.0000", "phone"),
        ("\N{FULLWIDTH DIGIT ZERO}7700 900\N{ZERO WIDTH SPACE}123", "phone"),
        ("DOB01/02/1985", "born"),
        ("DOB: 01021985", "born"),
        ("dob_1.2.85", "born"),
        ("Date of birth:\n1 2 1985", "born"),
        ("born 12May1985", "born"),
        ("1985/05/12", "old_date"),
        ("12_05_1985", "old_date"),
        ("SW1A\N{NO-BREAK SPACE}1AA", "postcode"),
        ("SW1A-1AA", "postcode"),
        ("near se1 7eh", "postcode"),
        ("first.last (at) team.example.nhs.uk", "email"),
        ("first.last @ example.org", "email"),
        ("first.last\N{FULLWIDTH COMMERCIAL AT}example.org", "email"),
    ],
)
def test_what_is_glued_spaced_or_disguised_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]
    assert kinds(f"{'many words before it, ' * 4}{text}") == [kind]
    assert kinds(f"{text}, {'and many words after it ' * 4}") == [kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NHS \N{ARABIC-INDIC DIGIT NINE}434765919", "nhs_number 9434765919"),
        ("NHS for Anna is 943 476 5919", "nhs_number 943 476 5919"),
        ("943 476 5919 is on the NHS form", "nhs_number 943 476 5919"),
        ("NHS for Anna is 9434 765919", "nhs_number 9434 765919"),
        ("NHS 943 476 5919, 12 May", "nhs_number 943 476 5919"),
        ("NHS 943 476 5919 - 12 May", "nhs_number 943 476 5919"),
        ("NHS 943 476 5919 12 May", "nhs_number 943 476 5919"),
        ("NHS 4444474777", "nhs_number 4444474777"),
        ("9434 765919", "nhs_number_bare 9434 765919"),
        ("9434 765 919", "nhs_number_bare 9434 765 919"),
        ("9434-765-919", "nhs_number_bare 9434-765-919"),
        ("9434/765/919", "nhs_number_bare 9434/765/919"),
        ("9034 765 911", "nhs_number_bare 9034 765 911"),
        ("9 4 3 4 7 6 5 9 1 9", "nhs_number_bare 9 4 3 4 7 6 5 9 1 9"),
        ("12, 943 476 5919", "nhs_number_bare 943 476 5919"),
        ("943 476 5919, 12", "nhs_number_bare 943 476 5919"),
        ("9434765919 - 3", "nhs_number_bare 9434765919"),
        ("9434765919 +", "nhs_number_bare 9434765919"),
        ("9434765919 +1", "nhs_number_bare 9434765919"),
        ("(9434765919 +", "nhs_number_bare 9434765919"),
        ("X9434765919", "nhs_number_bare 9434765919"),
        ("ab9434765919", "nhs_number_bare 9434765919"),
        ("9434765919b", "nhs_number_bare 9434765919"),
        ("3 9434765919ab", "nhs_number_bare 9434765919"),
        ("room 3f\n9434765919", "nhs_number_bare 9434765919"),
        ("NHS number 943 476 5918", "nhs_number_wrong 943 476 5918"),
        ("NHS for Anna is 943 476 5918", "nhs_number_wrong 943 476 5918"),
        ("NHS no. 94 34 76 59 18", "nhs_number_wrong 94 34 76 59 18"),
        ("NHS number 903 476 5918", "nhs_number_wrong 903 476 5918"),
        ("NHS number 90347659199", "nhs_number_wrong 90347659199"),
        ("NHS number 94347659199, 12 May", "nhs_number_wrong 94347659199"),
        ("NHS number 943 476 591, 12 May", "nhs_number_wrong 943 476 591"),
        ("NHS number 943476591 12 May", "nhs_number_wrong 943476591"),
        ("NHS no. 04 34 76 59 18", "phone 04 34 76 59 18"),
        ("NHS number 01614960000", "phone 01614960000"),
        ("\N{ARABIC-INDIC DIGIT ZERO}7700 900123", "phone 07700 900123"),
        ("(0161) 496 0000", "phone (0161) 496 0000"),
        ("0305 970747", "phone 0305 970747"),
        ("1 (07700) 900123", "phone (07700) 900123"),
        ("ring +44 7700 900123", "phone +44 7700 900123"),
        ("0161 496 000", "phone 0161 496 000"),
        ("0800 1111", "phone 0800 1111"),
        ("07777 777777", "phone 07777 777777"),
        ("born 12May1985", "born 12May1985"),
        ("May 12, 1985", "old_date May 12, 1985"),
        ("1985/05/12", "old_date 1985/05/12"),
        ("M1 1AE", "postcode M1 1AE"),
        ("postcode m1 1ae", "postcode m1 1ae"),
        ("the postcode is m1 1ae", "postcode m1 1ae"),
        ("FIRST.LAST (AT) EXAMPLE.ORG", "email FIRST.LAST (AT) EXAMPLE.ORG"),
    ],
)
def test_each_number_is_found_whole_and_by_its_kind(text: str, found: str) -> None:
    kind, _, number = found.partition(" ")
    assert found_in(text) == [(kind, number)]
    assert found_in(f"{text}\n{'and many words after it ' * 4}") == [(kind, number)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("07700 900123 rang about NHS 943 476 5919", "phone nhs_number"),
        ("NHS 943 476 5919 rang from 07700 900123", "nhs_number phone"),
        ("NHS 943 476 5919, 401 023 2137, 987 654 3210", "nhs_number nhs_number nhs_number"),
        ("first@example.org+44 7700 900123", "email phone"),
        ("SW1A 1AA+44 7700 900123", "postcode phone"),
        ("dob 01/02/1985, SW1A 1AA, AB123456C", "born postcode ni_number"),
    ],
)
def test_each_of_several_is_found_in_the_order_of_the_text(text: str, found: str) -> None:
    assert kinds(text) == found.split()


@pytest.mark.parametrize(
    "text",
    [
        "NHS standards 36, 46, 47, 54, 63",
        "scores 4 4 3 5 2 4 3 3 4 5",
        "d4f9434765919ab3",
        "3f9434765919b2",
        "\N{POUND SIGN}9434765919",
        "3.9434765919",
        "12/11/2026 14:30, 12.11.2026 and 2026-11-17T14:05:00Z",
        "patient 1 of 3, patient number 3, hospital 24/7",
        "so1 4th, de2 3rd, ab12 hours",
        "rooms 101 102 1034",
        "carers (at) home",
        "NHS Example Trust, 2026-2027",
        "943 patients, 476 carers, 5919 contacts",
        "943 patients and 476 carers of 5919",
        "NHS 4444444444",
        "scores 943,476,5919",
        "94 34 76 59 19",
        "NHS for Anna is 94 34 76 59 18",
        "room 943 476 591",
        "94347659199",
        "9434765919-3",
        "9434765919.5",
        "9434.765.919",
        "9434 765-919",
        "scores 4 2 2 5 2 1 5 4 1 5",
        "NHS 943-476-5919-12",
        "NHS 943 - 476 - 5919 - 12",
        "NHS 9434765919-1",
        "+(943) 476 5919",
        "12 943 476 5919",
        "943 476 5919 12",
        "ab9434765919cd",
        "3f9434765919",
        "9434765919b2",
        "ab 12 34 56 c",
        "see v12.05.1985",
        "12.05.1985x and",
        "12/11/2011 and 31.12.1899",
        "0123 456 78",
        "0123 456",
        "0000000000",
        "01.02.2026 10",
        "on 03/04/2026 09 10",
        "zz1 2ab",
        "m1 1ae",
    ],
)
def test_ordinary_numbers_raise_no_alarm(text: str) -> None:
    assert kinds(text) == []
    assert kinds(f"{text}\n{'and many words after it ' * 4}") == []


def test_random_long_numbers_seldom_raise_an_alarm() -> None:
    wheel = random.Random(5)
    texts = [" ".join(str(wheel.randrange(1, 200)) for _ in range(12)) for _ in range(500)]
    assert sum(bool(kinds(text)) for text in texts) <= 5


@given(st.sampled_from(PREFIXES), st.sampled_from(GROUPS), st.sampled_from(GAPS), st.text(max_size=20))
def test_what_stands_before_it_hides_no_named_number(
    prefix: str, groups: tuple[int, ...], gap: str, words: str
) -> None:
    found = [m for m in identifiers(f"{words} . {prefix}{grouped(groups, gap)}") if m.kind == "nhs_number"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Blodwen Example", "Blod\N{ZERO WIDTH SPACE}wen said so"),
        ("Zoë Example", "Zoe was there"),
        ("Zoe Example", "ZOË was there"),
        ("Blodwen Example", "blodwen_example.docx"),
        ("Blodwen Example", "blodwen\N{NO-BREAK SPACE}example"),
        ("Blodwen Example", "BLODWEN rang"),
        ("Blodwen  Example", "blodwen\nexample rang"),
        ("blodwen example", "Blodwen rang"),
        ("Blodwen mcExample", "McExample rang"),
        ("Xavi Example", "Xavi rang"),
        ("Xi Example", "Xi rang"),
        ("Example, Blodwen.", "Blodwen rang"),
        ("Dr A. Example", "dr a. example"),
    ],
)
def test_a_listed_name_is_found_however_it_is_typed(name: str, text: str) -> None:
    assert names_in(text, (name,)) == (name,)


@pytest.mark.parametrize(
    "piece", ["1 ", "94 ", "NHS ", "NHS 9", "QQ 12 ", "sw1a ", "1/2/", "mrn 1 ", "a at ", "1-", "_1"]
)
def test_a_long_text_of_anything_is_looked_through(piece: str) -> None:
    for match in identifiers((piece * 10_000)[:10_000]):
        assert match.start < match.end


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Blodwen Example", "an example of it"),
        ("Blodwen Example", "Examples, and blodwenexample"),
        ("Dr A. Example", "A doctor came, Dr Somebody"),
        ("Miss The Example", "Miss nothing, The end"),
        ("Blodwen Example", ""),
    ],
)
def test_ordinary_words_are_no_names(name: str, text: str) -> None:
    assert names_in(text, (name,)) == ()


@pytest.mark.parametrize(
    "text",
    ["a@a.aa " * 14_000, "\U0001f600" * 100_000, "a" * 100_000, "9 " * 20_000, "x at " * 20_000, "born " * 20_000],
    ids=["e-mail", "emoji", "letters", "digits", "at", "born"],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    """Against half of it, so that no machine is too slow: a search that looks at all pairs takes four times as long."""

    def seconds(part: str) -> float:
        identifiers.cache_clear()
        begun = time.process_time()
        identifiers(part)
        return time.process_time() - begun

    half = min(seconds(text[: len(text) // 2]) for _ in range(2))
    assert min(seconds(text) for _ in range(2)) < 3 * half + 0.3
