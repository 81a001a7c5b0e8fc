"""An owner's workbook comes in whole or not at all, and goes out again as it came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.instruments.check import check
from reviewapp.instruments.exporting import export_instrument
from reviewapp.instruments.importing.read import import_instrument, is_owners_workbook, read_standards
from reviewapp.instruments.importing.workbook import is_workbook, read_workbook
from reviewapp.instruments.library import Library, builtin
from reviewapp.instruments.model import (
    Agreement,
    Criterion,
    Guide,
    Instrument,
    MapRow,
    Measure,
    Origin,
    Prompt,
    Rule,
    Source,
    Standard,
    Targets,
)
from reviewapp.instruments.scoring import item_scorings
from reviewapp.spreadsheets.reader import read_sheets
from tests.core.instruments.importing.owners_workbook import Sheets, changed, save, small, without

EXAMPLE = next(one for one in builtin() if one.id == "example-fidelity-8")
SKELETON = next(one for one in builtin() if one.id == "core-fidelity-2")


def taken(book: Sheets, folder: Path) -> tuple[Instrument, list[tuple[str, str]]]:
    instrument, anomalies = read_workbook(read_sheets(save(book, folder / "scale.xlsx")))
    return instrument, [(one.kind, one.text) for one in anomalies]


def test_what_a_person_typed_is_what_the_instrument_has(tmp_path: Path) -> None:
    one, told = taken(small(), tmp_path)
    check(one)
    assert (one.id, one.title, one.edition, one.scale.kind, one.scope) == (
        "own-scale", "Own scale", "Version 1", "scored", "full",
    )  # fmt: skip
    assert one.origin == Origin(
        owner="Example owner", permission="Example owner; 2026-11-02; this network", edition_date="2026-11-01",
        sha256="a" * 64, language="en", items=2,
    )  # fmt: skip
    assert [(b.label, b.from_) for b in one.scale.bands] == [("low", 2), ("moderate", 5), ("high", 8)]
    quick, hours = one.standards
    assert quick.sources == ("case_note", "document", "manager") and hours.sources == (
        "patient", "carer", "other_service",
    )  # fmt: skip
    half, most, agree, some = quick.criteria
    assert (half.measure, half.op, half.threshold, half.audit) == ("share", ">=", 50, "1a")
    assert (most.threshold, most.implies, most.audit) == (90, ("a",), "1a")  # one number answers both
    assert (agree.id, agree.agreement, agree.sources) == ("c", "all", ("patient", "carer", "staff"))
    assert some.parts == ("x", "y", "z")
    assert [c.level for c in hours.criteria] == [1, 2, 3, 4]
    assert [a.item for a in one.audit] == ["1a"] and ("audit", "1 items for") in [(k, t[:11]) for k, t in told]
    patient, manager = one.guides
    assert patient.prompts == (
        Prompt(id="Q1", text="Were they quick?", standards=("1", "2"), criteria=("1/a", "1/b")),
    )  # fmt: skip
    assert manager.group == "manager" and manager.prompts[0].criteria == ("2/a", "2/b", "2/c", "2/d")
    assert set(item_scorings(one)) == {"1", "2"}


@pytest.mark.parametrize(
    ("book", "says"),
    [
        (changed("Map", (2, 2), "n>=4"), "item 1: score 4 is never given: no combination of criteria earns it"),
        (changed("Map", (3, 2), "n=1"), "item 1: meeting"),
        (changed("Map", (1, 2), "z"), "item 1: score 5 names 'z', which is no criterion of it"),
        (changed("Map", (1, 2), "n>"), "item 1: the rule 'n>': after n write >= or ="),
        (changed("Map", (6, 2), "level=5"), "item 2: score 5 names level 5, which is no step of it"),
        (changed("Map", (2, 1), 5), "item 1: score 5 has two rows"),
        (changed("Map", (1, 1), 7), "item 1: score 7 is not one that it can get"),
        (changed("Map", (1, 1), "five"), "cell B2: 'five' is not a whole number"),
        (changed("Map", (1, 0), 3), "cell A2: there is no item 3 in the sheet Items"),
        (changed("Map", (5, 2), "n>=0"), "item 1: score 1 is the lowest and needs `otherwise`"),
        (without("Map", 3), "item 1: there is no row for score 3"),
        (changed("Criteria", (1, 3), "b"), "item 1: criterion a implies itself in a circle"),
        (changed("Criteria", (1, 3), "z"), "item 1: a implies z, which is no criterion of it"),
        (changed("Criteria", (1, 4), "C, X"), "cell E2: 'X' is not a source"),
        (changed("Criteria", (1, 5), "both"), "cell F2: 'both' is not an agreement"),
        (changed("Criteria", (1, 6), "guess"), "cell G2: 'guess' is not a measure"),
        (changed("Criteria", (1, 7), "about"), "cell H2: 'about' is not a comparison"),
        (changed("Criteria", (1, 8), "many"), "cell I2: 'many' is not a number"),
        (changed("Criteria", (1, 8), ""), "item 1: criterion a is a share without a threshold"),
        (changed("Criteria", (2, 1), "a"), "cell B3: criterion a of item 1 is there twice"),
        (changed("Criteria", (2, 1), "n"), "item 1: 'n' cannot be the letter of a criterion"),
        (changed("Criteria", (1, 2), ""), "cell C2: text is missing"),
        (changed("Items", (2, 0), 1), "cell A3: item 1 is there twice"),
        (changed("Items", (1, 2), ""), "cell C2: title is missing"),
        (changed("Items", (1, 5), "C Q"), "cell F2: 'Q' is not a source"),
        (changed("Bands", (1, 1), ""), "cell B2: the band does not say from which total"),
        (changed("Scale", (10, 1), "one"), "cell B11: 'one' is not a whole number"),
        (changed("Scale", (11, 1), 0), "a scale does not go from 1 to 0"),
        (without("Scale", 10), "there is no row 'lowest'"),
        (changed("Scale", (12, 0), "title"), "cell A13: 'title' is there twice"),
        (changed("Questions", (1, 0), "neighbour"), "cell A2: 'neighbour' is not a group of people"),
        (changed("Questions", (2, 2), "Other?"), "cell B3: question Q1 is there twice and differs"),
        (changed("Questions", (1, 3), 9), "cell D2: there is no item 9"),
        (changed("Map", (1, 2), "=1+1"), "it contains a formula"),
    ],
)
def test_a_fault_is_named_by_its_cell_or_its_item(book: Sheets, says: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        taken(book, tmp_path)
    assert says in caught.value.what, caught.value.what
    assert "\n" not in str(caught.value) and caught.value.kept == "nothing was imported"


@pytest.mark.parametrize(
    ("book", "says"),
    [
        (changed("Scale", (13, 1), 39), "it says that it has 39 items and has 2"),
        (changed("Questions", (1, 4), "a, q"), "'Q1' is about criterion 1/q, which does not exist"),
        (changed("Bands", (1, 1), 3), "the lowest total possible falls below the first band"),
        (changed("Scale", (1, 1), "Own Scale"), "cannot be the id of an instrument"),
    ],
)
def test_what_cannot_be_as_a_whole_is_not_taken(book: Sheets, says: str, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    with pytest.raises(ReviewError, match=says):
        import_instrument(save(book, tmp_path / "scale.xlsx"), "", "", library)
    assert library.all() == builtin()


def test_every_item_that_cannot_be_is_named_at_once(tmp_path: Path) -> None:
    book = changed("Map", (3, 2), "n=1")
    book["Map"][6][2] = "zz"
    with pytest.raises(Invalid, match="item 1: ") as caught:
        taken(book, tmp_path)
    assert caught.value.do.endswith("then see also item 2")


@pytest.mark.parametrize(
    ("book", "kind"),
    [
        (changed("Scale", (0, 0), "key") | {"Scale": [r for r in small()["Scale"] if "permission" not in r[0]]},
         "no_permission"),
        (changed("Scale", (4, 1), "spring"), "no_edition_date"),
        (changed("Scale", (9, 1), "abc"), "odd_sha256"),
        (changed("Scale", (20, 0), "colour"), "unknown_key"),
        (changed("Items", (0, 9), "colour"), "unknown_column"),
        (changed("Map", (4, 2), "n>=1") | {"Criteria": [*small()["Criteria"]]}, "audit"),
        ({**small(), "Notes": [["something else"]]}, "sheet"),
        ({k: v for k, v in small().items() if k != "Questions"}, "no_sheet"),
    ],
)  # fmt: skip
def test_what_the_owner_should_know_is_told(book: Sheets, kind: str, tmp_path: Path) -> None:
    assert kind in [each for each, __ in taken(book, tmp_path)[1]]


def test_a_letter_that_never_matters_and_what_is_scored_by_hand_are_told(tmp_path: Path) -> None:
    book = small()
    book["Criteria"].append([2, "e", "Never used", "", "M"])
    book["Items"][2][6] = ""
    for row in book["Map"][6:]:
        row[2] = row[2].replace("level=4", "d & c & b & a").replace("level=3", "c & b & a")
        row[2] = row[2].replace("level=2", "b & a").replace("level=1", "a")
    assert dict(taken(book, tmp_path)[1])["unused_letter"] == "item 2: e never matters to the score"
    book["Map"] = book["Map"][:6]
    assert dict(taken(book, tmp_path)[1])["no_map"] == "criteria but no map: scored by hand: item 2"
    book["Criteria"] = book["Criteria"][:5]
    assert dict(taken(book, tmp_path)[1])["no_criteria"] == "no criteria: scored by hand: item 2"


def test_an_item_may_name_the_scores_it_can_get(tmp_path: Path) -> None:
    book = changed("Items", (0, 7), "scores")
    book["Items"][2] += ["5, 3, 1"]
    book["Map"] = [*book["Map"][:6], [2, 5, "level=4"], [2, 3, "level>=2"], [2, 1, "otherwise"]]
    one, told = taken(book, tmp_path)
    assert one.standards[1].scores == (5, 3, 1)
    assert dict(told)["fewer_scores"] == "item 2 can get only the scores 5, 3, 1"


def test_it_is_known_by_its_sheets_and_saved_under_its_own_name(tmp_path: Path) -> None:
    path = save(small(), tmp_path / "scale.xlsx")
    assert is_owners_workbook(path)
    assert len(read_standards(path).standards) == 2
    library = Library(tmp_path / "library")
    report = import_instrument(path, "", "", library)
    assert (report.id, report.found, report.by_type, report.happened) == ("own-scale", 2, {"item": 2}, "added")
    assert library.get("own-scale").source == "imported from scale.xlsx"
    named = import_instrument(path, "named-here", "Named here", library)
    assert named.id == "named-here" and library.get("named-here").title == "Named here"
    plain: Sheets = {"Standards": [["number", "type", "section", "statement"], [1, 1, "S", "t"]]}
    assert not is_workbook(read_sheets(save(plain, tmp_path / "plain.xlsx")))


@pytest.mark.parametrize("one", [EXAMPLE, SKELETON], ids=lambda one: one.id)
def test_what_is_shipped_goes_out_and_comes_back_the_same(one: Instrument, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export_instrument(one, path)
    back, _told = read_workbook(read_sheets(path))
    assert back == one
    again = tmp_path / "again.xlsx"
    export_instrument(back, again)
    assert [(one.name, one.rows) for one in read_sheets(again)] == [(one.name, one.rows) for one in read_sheets(path)]


def test_an_owners_workbook_goes_out_and_comes_back_without_a_difference(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    import_instrument(save(small(), tmp_path / "scale.xlsx"), "", "", library)
    export_instrument(library.get("own-scale"), tmp_path / "out.xlsx")
    report = import_instrument(tmp_path / "out.xlsx", "", "", library)
    assert report.happened == "unchanged"
    assert [one for one in report.anomalies if one.kind != "fewer_scores"] == []


WORDS = st.text(alphabet="abcXYZ 12,.=+-'\"&|;()é\n", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Any scored instrument that a workbook can hold."""
    numbers = draw(st.lists(st.sampled_from(["1", "2", "3a", "10", "11"]), min_size=1, max_size=4, unique=True))
    standards = tuple(draw(_items(number)) for number in numbers)
    prompts = tuple(
        Prompt(
            id=f"P{place}", text=draw(WORDS), standards=(one.number,),
            criteria=tuple(f"{one.number}/{c.id}" for c in one.criteria[: draw(st.integers(0, 2))]),
        )
        for place, one in enumerate(standards)
    )  # fmt: skip
    return msgspec.structs.replace(
        EXAMPLE,
        id="made", title=draw(WORDS), edition=draw(WORDS), source=draw(WORDS),
        sections=tuple(dict.fromkeys(one.section for one in standards)), standards=standards, audit=(),
        guides=(Guide(group="staff", prompts=prompts),), superseded_by=draw(st.none() | WORDS),
        origin=Origin(owner=draw(st.just("") | WORDS), permission=draw(st.just("") | WORDS)),
        rule=Rule(presentations=draw(st.integers(1, 3)), labels=draw(st.sampled_from([(), ("x",), ("x", "y z")]))),
        targets=Targets(interviews=draw(st.dictionaries(st.sampled_from(["patient", "staff"]), st.integers(0, 9)))),
    )  # fmt: skip


@st.composite
def _items(draw: st.DrawFn, number: str) -> Standard:
    letters = "abcdef"[: draw(st.integers(4, 6))]
    criteria = tuple(draw(_criteria(letter, letters[:place])) for place, letter in enumerate(letters))
    rules = {5: "n>=4", 4: "n>=3", 3: "n>=2", 2: "n>=1", 1: "otherwise"} if draw(st.booleans()) else {}
    return Standard(
        number=number, type="item", section=draw(st.sampled_from(["One", "Two, and three"])), title=draw(WORDS),
        statement=draw(WORDS), guidance=draw(st.just("") | WORDS), criteria=criteria, form=draw(st.just("") | WORDS),
        map=tuple(MapRow(score=score, rule=rule) for score, rule in rules.items()),
    )  # fmt: skip


@st.composite
def _criteria(draw: st.DrawFn, letter: str, before: str) -> Criterion:
    measures: list[Measure] = ["yes-no", "number", "share", "list"]
    known: list[Source] = ["patient", "survey", "case_note"]
    agreements: list[Agreement] = ["any", "all", "most"]
    measure = draw(st.sampled_from(measures))
    counted: dict[str, Any] = {}
    if measure != "yes-no":
        counted = {"op": draw(st.sampled_from([">=", ">", "<=", "<", "="])),
                   "threshold": draw(st.sampled_from([0, 1, 2, 2.5, 80] if measure != "list" else [0, 1]))}  # fmt: skip
    if measure == "list":
        part = st.text(alphabet="ab ,.", min_size=1, max_size=6).map(str.strip).filter(lambda t: bool(t.strip(" ,.")))
        counted["parts"] = tuple(draw(st.lists(part, min_size=1, max_size=3, unique=True)))
    if measure == "share":
        counted["fewest"] = draw(st.integers(0, 5))
    implies = (draw(st.sampled_from([*before])),) if before and draw(st.booleans()) else ()
    sources = tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True)))
    return Criterion(
        id=letter, text=draw(WORDS), implies=implies, sources=sources, measure=measure, unit=draw(st.just("") | WORDS),
        agreement=draw(st.sampled_from(agreements)), guidance=draw(st.just("") | WORDS), **counted,
    )  # fmt: skip


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(instruments())
def test_whatever_is_sound_goes_out_and_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, one: Instrument
) -> None:
    try:
        check(one)
    except Invalid:
        return
    path = tmp_path_factory.mktemp("book") / "out.xlsx"
    export_instrument(one, path)
    assert read_workbook(read_sheets(path))[0] == one
