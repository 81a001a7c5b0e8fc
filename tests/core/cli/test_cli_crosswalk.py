"""`crosswalk` and two editions of one instrument, from one end to the other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reviewapp.spreadsheets.writer import csv_bytes
from tests.core.cli.support import PASSPHRASE, Shell
from tests.core.crosswalk.building import HEADS

STANDARDS = ("number", "type", "section", "statement")


@pytest.fixture
def alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A laptop without a visit, on which two editions of `ours` were imported, and `other`."""
    shell = Shell(tmp_path, capsys)
    assert PASSPHRASE
    for name, title, numbers in (
        ("ours", "Ours, 1st edition", "1 2 3"), ("ours", "Ours, 2nd edition", "1 2 4"), ("other", "Other", "10 20"),
    ):  # fmt: skip
        rows = [STANDARDS, *((n, "1", "All", f"Statement {n} of {title}") for n in numbers.split())]
        (tmp_path / "standards.csv").write_bytes(csv_bytes(rows))
        shell("L1", "instruments", "import", tmp_path / "standards.csv", "--id", name, "--title", title)
    return shell


def _walk(shell: Shell, *lines: str) -> Path:
    """Rows of `left from relation right to change`, with - for what is empty."""
    rows = []
    for line in lines:
        left, from_, relation, right, to, change = (word.strip("-").replace("~", " ") for word in line.split(" ", 5))
        said = {"from_instrument": left, "from": from_, "relation": relation, "to_instrument": right, "to": to,
                "change": change, "reason": "Both ask for it", "author": "An example author",
                "date": "2026-09-30"}  # fmt: skip
        rows.append(tuple(said.get(name, "") for name in HEADS))
    path = shell.folder / "walk.csv"
    path.write_bytes(csv_bytes([HEADS, *rows]))
    return path


def test_a_crosswalk_is_imported_shown_from_both_sides_and_comes_back(alone: Shell, tmp_path: Path) -> None:
    told = alone.json("L1", "crosswalk", "import", _walk(
        alone, "ours 1 within other 10 -", "ours 1 overlaps other 20 -", "ours 2 none other - -",
    ))  # fmt: skip
    assert told["crosswalks"][0] | {"from": 0, "to": 0} == {
        "from": 0, "to": 0, "pairs": 3, "looked_at": 2, "linked": 1, "none": 1, "of": 3, "open": ["4"],
        "happened": "added", "new": 3, "changed": 0, "gone": 0,
    }  # fmt: skip
    shown = alone.json("L1", "crosswalk", "show", "ours", "other")
    assert {k: shown[k] for k in ("looked_at", "linked", "none", "of")} == {
        "looked_at": 2, "linked": 1, "none": 1, "of": 3,
    }  # fmt: skip
    assert shown["pairs"][0] == {
        "from_instrument": "ours", "from": "1", "from_criterion": "", "to_instrument": "other", "to": "10",
        "to_criterion": "", "relation": "within", "change": "", "reason": "Both ask for it",
        "author": "An example author", "date": "2026-09-30",
    }  # fmt: skip
    back = alone.json("L1", "crosswalk", "show", "other", "ours")
    assert [(p["from"], p["relation"], p["to"]) for p in back["pairs"]] == [
        ("10", "contains", "1"), ("20", "overlaps", "1"), ("", "none", "2"),
    ]  # fmt: skip
    for name in ("walk.xlsx", "again.csv"):
        alone("L1", "crosswalk", "export", "ours", "other", tmp_path / name)
        again = alone.json("L1", "crosswalk", "import", tmp_path / name)
        assert again["crosswalks"][0]["happened"] == "unchanged"
    with (tmp_path / "again.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert tuple(next(csv.reader(stream)))[: len(HEADS)] == HEADS


def test_a_bad_row_is_one_line_and_changes_nothing(alone: Shell) -> None:
    alone("L1", "crosswalk", "import", _walk(alone, "ours 1 within other 10 -"))
    for line, words in (
        ("ours 9 equal other 10 -", "cell B3: standard '9' does not exist"),
        ("ours 1 equal other 10 -", "row 3: the same pair is in walk.csv, row 2 as within"),
        ("ours 1 none other - -", "cell G3: standard 1 has no counterpart here and one in walk.csv, row 2"),
        ("ours 2 likely other 10 -", "cell G3: 'likely' is no relation"),
    ):
        alone("L1", "crosswalk", "import", _walk(alone, "ours 1 within other 10 -", line), code=1)
        assert words in alone.err
    assert len(alone.json("L1", "crosswalk", "show", "ours", "other")["pairs"]) == 1
    alone("L1", "crosswalk", "show", "ours", "qn-crhtt-4-pc", code=1)


def test_both_editions_under_one_id_stay_and_have_a_crosswalk(alone: Shell, tmp_path: Path) -> None:
    listed = alone.json("L1", "instruments", "list")
    assert [one["edition"] for one in listed["instruments"] if one["id"] == "ours"] == ["2nd edition"]
    assert [one["edition"] for one in listed["earlier"]] == ["1st edition"]
    assert "1st edition" in alone.json("L1", "instruments", "show", "ours@1st edition")["title"]
    told = alone.json("L1", "crosswalk", "import", _walk(
        alone, "ours@1st~edition 1 equal ours 1 reworded",
        "ours@1st~edition 3 none ours - dropped", "ours@1st~edition - none ours 4 new",
    ))  # fmt: skip
    assert told["crosswalks"][0]["looked_at"] == 2
    alone("L1", "crosswalk", "show", "ours@1st edition", "ours")
    alone("L1", "crosswalk", "export", "ours@1st edition", "ours", tmp_path / "editions.csv")
    assert alone.json("L1", "crosswalk", "import", tmp_path / "editions.csv")["crosswalks"][0]["happened"] == (
        "unchanged"
    )


def test_rows_to_another_wording_are_a_start_for_one_with_the_same_numbers(alone: Shell, tmp_path: Path) -> None:
    alone("L1", "crosswalk", "import", _walk(alone, "other 10 within ours@1st~edition 1 -"))
    alone("L1", "crosswalk", "show", "other", "ours", code=1)
    assert "between other wordings" in alone.err
    alone("L1", "crosswalk", "export", "other", "ours", tmp_path / "start.csv", "--like", "ours@1st edition")
    alone("L1", "crosswalk", "import", tmp_path / "start.csv")
    assert alone.json("L1", "crosswalk", "show", "other", "ours")["linked"] == 1
