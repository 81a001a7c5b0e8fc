"""An answer is for ever shown in the edition it was given in; two editions are compared on what both asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reviewapp.crosswalk.import_sheet import ReadCrosswalk
from reviewapp.crosswalk.model import Pair
from reviewapp.figures.previous import previous_of
from reviewapp.figures.previous_common import common_figures
from reviewapp.figures.rounds import record_of, round_of
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.crosswalk.building import crosswalk, numbered, pair
from tests.core.homes import PASSPHRASE
from tests.core.report.building import report

OLD = numbered("ours", "1", "2", "3", "4", "5", edition="1st edition")
NEW = numbered("ours", "1", "2", "3", "6", "7", edition="2nd edition")
ROWS = (
    pair("1", "1", "equal", change="same"), pair("2", "2", "equal", change="reworded"),
    pair("3", "3", "equal", change="type changed"), pair("4", "6", "overlaps", change="reworded"),
    pair("5", "", "none", change="dropped"),
)  # fmt: skip


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop.create(tmp_path / "L1", PASSPHRASE)[0]
    laptop.library.add(OLD)
    yield laptop


def _visit(laptop: Laptop, instrument: str, date: str, **values: str) -> str:
    made = laptop.new_visit(
        instrument=instrument, service="Example team", organisation="Example trust", date=date,
        people=[NewPerson("L1", "lead")],
    )  # fmt: skip
    visit = laptop.open_visit(made)
    visit.record(*(Rating(standard=number.strip("_"), value=value) for number, value in values.items()))
    visit.close()
    return made


def _printed(visit: OpenVisit) -> str:
    """The words of the report, without how they are set."""
    found: list[str] = []

    def gather(node: object) -> None:
        if isinstance(node, dict):
            found.extend([node["text"]] if isinstance(node.get("text"), str) else [])
            for one in node.values():
                gather(one)
        elif isinstance(node, list):
            for one in node:
                gather(one)

    gather(msgspec.json.decode(msgspec.json.encode(report(visit.state, "committee").parts)))
    return "".join(found)


def _status(visit: OpenVisit) -> bytes:
    return msgspec.json.encode(visit.status())


def test_a_visit_on_an_edition_stays_on_it_when_the_next_one_is_imported(laptop: Laptop) -> None:
    made = _visit(laptop, "ours", "2025-05-12", _1="met", _5="not_met")
    laptop.library.add(NEW)
    assert laptop.library.get("ours") == NEW
    visit = laptop.open_visit(made)
    assert visit.state.instrument == OLD
    status = visit.status()
    assert (status["visit"]["edition"], status["ratings"]["5"]["value"]) == ("1st edition", "not_met")
    visit.check(Rating(standard="5", value="met"))
    visit.close()
    assert laptop.library.get("ours@1st edition") == OLD
    newer = laptop.open_visit(_visit(laptop, "ours", "2026-05-12"))
    assert newer.state.instrument == NEW
    newer.close()


@pytest.fixture
def both(laptop: Laptop) -> Iterator[tuple[OpenVisit, bytes]]:
    """A visit on the second edition, and the status of one on the first; without a crosswalk yet."""
    old = laptop.open_visit(_visit(laptop, "ours", "2025-05-12", _1="not_met", _2="met", _3="met", _4="met", _5="met"))
    figures = _status(old)
    old.close()
    laptop.library.add(NEW)
    new = laptop.open_visit(_visit(laptop, "ours", "2026-05-12", _1="met", _2="met", _3="not_met", _6="met"))
    yield new, figures
    new.close()


def _with_crosswalk(laptop: Laptop, *rows: Pair) -> None:
    laptop.crosswalks.add(ReadCrosswalk(crosswalk(OLD, NEW, *rows), OLD, NEW))


def test_two_editions_are_compared_on_what_both_asked_and_the_rest_is_counted(
    laptop: Laptop, both: tuple[OpenVisit, bytes]
) -> None:
    visit, figures = both
    _with_crosswalk(laptop, *ROWS)
    visit.record(visit.earlier_figures(figures))
    found = visit.status()["report"]["previous"]["common"]
    assert (found["compared"], found["moved"]) == (3, {"better": 1, "same": 1, "worse": 1, "not_rated": 0})
    assert (found["better"], found["worse"]) == (["1"], ["3"])
    assert (found["overall"]["n"], found["overall"]["before"]["met"], found["overall"]["now"]["met"]) == (3, 2, 2)
    assert found["by_type"]["1"]["n"] == 2, "one whose type changed is not compared within its type"
    assert found["not_comparable"] == {"before": 2, "now": 2}
    assert found["left_out"] == {
        "before": {"how the two relate: partial": ["4"], "it was dropped": ["5"]},
        "now": {"how the two relate: partial": ["6"], "nobody has looked at it": ["7"]},
    }
    printed = _printed(visit)
    assert (
        "another edition of the standards was used. Of the 3 standards rated at both visits 2 were met then" in printed
    )
    assert "Not comparable are 2 of the earlier visit and 2 of this one." in printed
    assert "Visit before" not in printed


def test_without_a_crosswalk_nothing_is_compared_and_all_is_told(both: tuple[OpenVisit, bytes]) -> None:
    visit, figures = both
    visit.record(visit.earlier_figures(figures))
    found = visit.status()["report"]["previous"]["common"]
    assert (found["compared"], found["not_comparable"]) == (0, {"before": 5, "now": 5})
    assert "Nothing was rated at both visits that can be compared." in _printed(visit)


def test_an_edition_that_is_not_on_this_laptop_is_told(both: tuple[OpenVisit, bytes]) -> None:
    visit, figures = both
    said = msgspec.json.decode(figures)
    said["visit"] |= {"instrument_digest": "0" * 64, "edition": "another"}
    visit.record(visit.earlier_figures(msgspec.json.encode(said)))
    found = visit.status()["report"]["previous"]["common"]
    assert found["not_comparable"] == {"before": 5, "now": 5}
    assert "import that edition" in next(iter(found["left_out"]["now"]))


def test_on_one_edition_everything_is_compared_as_before(laptop: Laptop, both: tuple[OpenVisit, bytes]) -> None:
    visit, _figures = both
    same = laptop.open_visit(_visit(laptop, "ours", "2026-01-01", _1="met"))
    visit.record(visit.earlier_figures(_status(same)))
    same.close()
    found = previous_of(visit.state)
    assert found is not None and found.common is None and found.edition == "2nd edition"


def test_a_file_of_an_earlier_program_without_a_digest_goes_by_the_name_of_the_edition(
    laptop: Laptop, both: tuple[OpenVisit, bytes]
) -> None:
    visit, figures = both
    _with_crosswalk(laptop, *ROWS)
    said = msgspec.json.decode(figures)
    del said["visit"]["instrument_digest"]
    visit.record(visit.earlier_figures(msgspec.json.encode(said)))
    found = previous_of(visit.state)
    assert found is not None and found.common is not None and len(found.common.pairs) == 3
    said["visit"]["edition"] = "2nd edition"
    visit.record(visit.earlier_figures(msgspec.json.encode(said)))
    found = previous_of(visit.state)
    assert found is not None and found.common is None


def test_a_file_that_says_nothing_of_single_standards_compares_none(both: tuple[OpenVisit, bytes]) -> None:
    visit, figures = both
    said = msgspec.json.decode(figures)
    del said["ratings"]
    visit.record(visit.earlier_figures(msgspec.json.encode(said)))
    found = previous_of(visit.state)
    assert found is not None and found.common is not None
    assert common_figures(visit.state, found.common).not_comparable == {"before": 0, "now": 5}


def test_the_rounds_in_the_report_are_compared_by_the_crosswalk_of_this_laptop(laptop: Laptop) -> None:
    old = laptop.open_visit(_visit(laptop, "ours", "2025-05-12", _1="not_met", _2="met", _3="met", _4="met"))
    before = record_of(round_of(old.state), "E1")
    old.close()
    laptop.library.add(NEW)
    now = laptop.open_visit(_visit(laptop, "ours", "2026-05-12", _1="met", _2="met", _6="met"))
    now.state.rounds["E1"] = before

    def compared() -> dict[str, str]:
        return {one["standard"]: one["why"] for one in now.status()["report"]["series"]["items"]}

    assert compared()["1"] == "", "what asks the very same is compared without a crosswalk"
    _with_crosswalk(laptop, *ROWS)
    found = compared()
    assert found["2"] == "" and found["6"] and found["7"]
    (moved,) = [one["standard"] for one in now.status()["report"]["series"]["items"] if not one["why"]
                and len({*one["values"]} - {None}) > 1]  # fmt: skip
    assert moved == "1"
    now.close()
