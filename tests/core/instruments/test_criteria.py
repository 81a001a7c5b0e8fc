"""Criteria are part of an instrument: every rule about them is checked, and without them it is written as ever."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.check import check
from reviewapp.instruments.library import builtin, load_toml
from reviewapp.instruments.model import (
    AuditItem,
    Criterion,
    Guide,
    Instrument,
    MapRow,
    Origin,
    Prompt,
    Standard,
)
from reviewapp.instruments.scoring import item_scorings

SCORED = load_toml(Path(__file__).parents[1] / "data" / "example-scored.toml")
MAP = tuple(MapRow(score=s, rule=r) for s, r in ((5, "n=4"), (4, "n=3"), (3, "n=2"), (2, "n=1"), (1, "otherwise")))
FOUR = tuple(Criterion(id=letter, text=f"What {letter} asks") for letter in "abcd")


def with_item(**changes: Any) -> Instrument:
    """The scored example whose first item has four criteria and a map, with these changes of that item."""
    first = msgspec.structs.replace(SCORED.standards[0], **{"criteria": FOUR, "map": MAP} | changes)
    return msgspec.structs.replace(SCORED, standards=(first, *SCORED.standards[1:]))


def with_criterion(**changes: Any) -> Instrument:
    """The same, with these changes of criterion b."""
    return with_item(criteria=tuple(msgspec.structs.replace(c, **changes) if c.id == "b" else c for c in FOUR))


def test_an_instrument_without_criteria_is_written_as_ever() -> None:
    """What these were before criteria existed: a visit of then and one of now carry the same bytes."""
    prints = {
        "qn-crhtt-4-pc": "4d52b0d3a164513b6c8cd9400611b2d10a6d0c13229d255334487c1779ab10b9",
        "example-scored": "5b74d93a807e1bcf95c44eb03ad752d12c0cd8e1b054b578533e411ea55d976a",
    }
    known = [one for one in (*builtin(), SCORED) if one.id in prints]
    assert len(known) == 2
    for one in known:
        assert hashlib.sha256(msgspec.json.encode(one)).hexdigest() == prints[one.id], one.id
        assert hashlib.sha256(msgspec.json.encode(msgspec.to_builtins(one))).hexdigest() == prints[one.id]


def test_what_is_empty_stays_written_where_it_always_was() -> None:
    plain = msgspec.to_builtins(Standard(number="1", type="1", section="S", title="T", statement="t"))
    assert list(plain) == ["number", "type", "section", "title", "statement", "guidance", "sources"]
    assert list(msgspec.to_builtins(Prompt(id="P", text="t"))) == ["id", "text", "standards"]


def test_criteria_and_maps_come_back_from_json() -> None:
    one = with_item()
    check(one)
    assert msgspec.json.decode(msgspec.json.encode(one), type=Instrument) == one
    assert msgspec.convert(msgspec.to_builtins(one), Instrument) == one
    assert item_scorings(one)["1"].score(0b111) == 4


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (with_criterion(id="n"), "item '1': 'n' cannot be the letter of a criterion"),
        (with_criterion(id="B"), "'B' cannot be the letter"),
        (with_criterion(id="a"), "criterion 'a' occurs twice"),
        (with_criterion(text=" "), "the text of criterion b is empty"),
        (with_criterion(implies=("z",)), "b implies z, which is no criterion of it"),
        (with_criterion(implies=("b",)), "criterion b implies itself in a circle"),
        (with_criterion(sources=("staff", "staff")), "source 'staff' occurs twice"),
        (with_criterion(op=">="), "a plain yes or no, but it has a threshold"),
        (with_criterion(measure="number"), "is a number without a threshold"),
        (with_criterion(measure="share", op=">=", threshold=101), "a share is 0 to 100 per cent"),
        (with_criterion(measure="share", op=">=", threshold=float("inf")), "without a threshold"),
        (with_criterion(measure="list", op=">=", threshold=3, parts=("x", "y")), "asks for 3 of a list of 2"),
        (with_criterion(parts=("x",)), "has a list, but it is not measured by one"),
        (with_criterion(measure="list", op=">=", threshold=1, parts=("x", "x")), "part 'x' occurs twice"),
        (with_criterion(measure="list", op=">=", threshold=1, parts=("x; y",)), "a line break or a semicolon in it"),
        (with_criterion(measure="number", op=">=", threshold=1, fewest=3), "is no share"),
        (with_criterion(measure="share", op=">=", threshold=1, audit="A99"), "audit item A99, which does not exist"),
        (with_criterion(level=21), "a level is 1 to 20"),
        (with_item(scores=(5, 9)), "it can get the score 9, which is not on the scale"),
        (with_item(criteria=()), "it has a map but no criteria"),
        (with_item(map=MAP[1:]), "item '1': there is no row for score 5"),
        (with_item(criteria=FOUR * 11), "more than 40 criteria"),
        (msgspec.structs.replace(SCORED, origin=Origin(items=39)), "it says that it has 39 items and has 12"),
        (msgspec.structs.replace(SCORED, origin=Origin(owner="\0")), "owner holds a control character"),
        (
            msgspec.structs.replace(
                with_item(),
                guides=(Guide(group="staff", prompts=(Prompt(id="P", text="t", criteria=("1/a", "1/e")),)),),
            ),
            "'P' is about criterion 1/e, which does not exist",
        ),
        (
            msgspec.structs.replace(
                builtin()[0], standards=(msgspec.structs.replace(builtin()[0].standards[0], criteria=FOUR, map=MAP),)
            ),
            "",
        ),
    ],
)
def test_a_broken_rule_is_said_in_one_line(made: Instrument, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        check(made)
    assert says in caught.value.what and "\n" not in caught.value.what


def test_a_map_on_a_scale_of_met_and_not_met_is_refused_and_criteria_are_not() -> None:
    qn = builtin()[0]
    ticked = msgspec.structs.replace(qn.standards[0], criteria=FOUR)
    check(msgspec.structs.replace(qn, standards=(ticked, *qn.standards[1:])))
    mapped = msgspec.structs.replace(ticked, map=MAP)
    with pytest.raises(Invalid, match="belongs to a scored scale only"):
        check(msgspec.structs.replace(qn, standards=(mapped, *qn.standards[1:])))


def test_every_measure_a_sound_criterion_can_have_passes() -> None:
    measured = (
        Criterion(id="a", text="t", measure="number", op="<=", threshold=4, unit="hours"),
        Criterion(id="b", text="t", measure="share", op=">=", threshold=50, fewest=5, audit="A1"),
        Criterion(id="c", text="t", measure="share", op=">=", threshold=90, fewest=5, audit="A1", implies=("b",)),
        Criterion(id="d", text="t", measure="list", op=">=", threshold=2, parts=("x", "y", "z"), level=0),
    )
    check(msgspec.structs.replace(with_item(criteria=measured), audit=(AuditItem(item="A1", text="t"),)))
