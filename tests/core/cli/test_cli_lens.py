"""A visit with two instruments on the command line: prepared, recorded, seen by both, in the status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewapp.crosswalk.export_sheet import export_crosswalk
from reviewapp.instruments.library import Library
from tests.core.cli.support import Shell
from tests.core.two_lenses import FIRST, SECOND, WALK

_PEOPLE = ("--person", "L1:lead", "--person", "R2:clinician")


def _new(shell: Shell, *more: str) -> str:
    return shell(
        "L1", "visit", "new", "--instrument", FIRST.id, "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-11-17", *_PEOPLE, *more,
    ).strip()  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """L1 and R2 on a visit on both instruments."""
    shell = Shell(tmp_path, capsys)
    Library(tmp_path / "L1" / "instruments").add(SECOND)
    export_crosswalk(WALK, tmp_path / "walk.xlsx")
    shell("L1", "crosswalk", "import", tmp_path / "walk.xlsx")
    shell.visit = _new(shell, "--also", SECOND.id)
    assert "crosswalk: 4 of 44 looked at, 3 linked, 1 none" in shell.err
    shell("L1", "visit", "pack", shell.visit, tmp_path / "pack", "--phrase-file", tmp_path / "phrase")
    shell("R2", "visit", "join-as", tmp_path / "pack", "--as", "R2", "--phrase-file", tmp_path / "phrase")
    return shell


LINES = """
{"kind":"interview","id":"P1","group":"patient","mode":"phone","consent_notes":true,"consent_quotes":true}
{"kind":"quote","id":"Q1","interview":"P1","text":"They came on time","standards":["151"],"tone":"positive"}
{"kind":"rating","standard":"151","value":"met"}
{"kind":"rating","standard":"4","value":"met","instrument":"qn-crhtt-4-pc"}
{"kind":"rating","standard":"1","value":4,"instrument":"example-scored","note":"seen"}
"""


def test_one_evidence_is_seen_by_both_and_rated_by_each(shell: Shell, tmp_path: Path) -> None:
    shell.record("R2", LINES, me="R2")
    shell("R2", "visit", "return", shell.visit, tmp_path / "R2.review")
    assert shell.json("L1", "visit", "merge", shell.visit, tmp_path / "R2.review")[0]["kinds"]["also_rating"] == 1
    seen = shell.json("L1", "visit", "lens", shell.visit, SECOND.id)
    item = seen["items"][0]
    assert {k: item["evidence"][0][k] for k in ("via", "relation", "source", "text", "key")} == {
        "via": "151", "relation": "overlaps", "source": "patient", "text": "They came on time", "key": "Q1/R2",
    }  # fmt: skip
    assert (item["standard"], item["score"], item["lowest"], item["highest"]) == ("1", 4, 4, 4)
    assert (seen["items"][1]["score"], seen["items"][1]["lowest"], seen["items"][1]["highest"]) == (None, 1, 5)
    assert "also heard under 151 (partial), patient Q1/R2: They came on time" in shell(
        "L1", "visit", "lens", shell.visit, SECOND.id
    )
    status = shell.json("L1", "visit", "status", shell.visit)
    assert status["figures"]["overall"]["met"] == 2 and status["also"]["figures"]["score"]["total"] == 4
    assert (status["also"]["instrument"], status["also"]["edition"]) == (SECOND.id, SECOND.edition)
    lead = '{"kind":"agreed","standard":"1","value":3,"reason":"r","instrument":"example-scored"}'
    shell.record("L1", lead, me="L1")
    assert shell.json("L1", "visit", "status", shell.visit)["also"]["ratings"]["1"] == {"value": 3, "basis": "agreed"}
    said = shell.json("L1", "visit", "history", shell.visit, "also_rating", "example-scored/1/R2")
    assert [one["value"] for one in said if one["field"] == "value"] == [4]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            '{"kind":"rating","standard":"1","value":4,"instrument":"other"}',
            "'other' is not used",
        ),
        ('{"kind":"rating","standard":"151","value":4,"instrument":"example-scored"}', "standard '151' does not exist"),
        ('{"kind":"rating","standard":"1","value":"met","instrument":"example-scored"}', "'met' is not on the scale"),
        ('{"kind":"quote","id":"Q1","interview":"P1","text":"t","instrument":"example-scored"}', "unknown field"),
    ],
)
def test_a_bad_line_is_told_by_its_field_and_changes_nothing(shell: Shell, line: str, words: str) -> None:
    shell.record("R2", line, me="R2", code=1)
    assert words in shell.err
    assert shell.json("R2", "visit", "status", shell.visit)["also"]["progress"]["people"]["R2"]["rated"] == 0


def test_a_late_rating_by_the_second_is_let_in_by_its_key(shell: Shell, tmp_path: Path) -> None:
    shell("L1", "visit", "meeting", shell.visit, "open")
    shell.record("R2", LINES, me="R2")
    shell("R2", "visit", "return", shell.visit, tmp_path / "R2.review")
    shell("L1", "visit", "merge", shell.visit, tmp_path / "R2.review")
    assert shell.json("L1", "visit", "status", shell.visit)["also"]["late"] == ["example-scored/1/R2"]
    shell("L1", "visit", "meeting", shell.visit, "accept-late", "example-scored/1/R2")
    assert shell.json("L1", "visit", "status", shell.visit)["also"]["figures"]["score"]["total"] == 4


def test_without_a_crosswalk_it_is_said_and_the_visit_is_made(shell: Shell) -> None:
    for path in (shell.folder / "L1" / "crosswalks").glob("*.json"):
        path.unlink()
    assert _new(shell, "--also", SECOND.id)
    assert "there is no crosswalk between the two here" in shell.err


def test_an_instrument_of_this_laptop_can_be_looked_through_on_a_visit_that_lacks_it(shell: Shell) -> None:
    shell.visit = _new(shell)
    shell.record("L1", LINES.rpartition("\n{")[0], me="L1")
    seen = shell.json("L1", "visit", "lens", shell.visit, SECOND.id)
    assert "not an instrument of this visit" in shell.err
    assert seen["items"][0]["evidence"][0]["text"] == "They came on time" and seen["items"][0]["score"] is None
    assert json.dumps(seen)
    shell("L1", "visit", "lens", shell.visit, "none", code=1)
    shell("L1", "visit", "new", "--instrument", FIRST.id, "--service", "s", "--organisation", "o", "--date",
          "2026-11-17", *_PEOPLE, "--also", FIRST.id, code=1)  # fmt: skip


def test_the_team_reviews_itself_by_the_second_instrument_in_a_sheet_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, capsys)
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--also", "example-fidelity-8", "--service",
        "Example team", "--organisation", "Example trust", "--date", "2026-11-17", "--person", "L1:lead",
    ).strip()  # fmt: skip
    sheet = shell.file("own.csv", "number,rating,comment\n1,4,We answer with a name\n5,3,\n")
    shell("L1", "intake", shell.visit, sheet, "--kind", "self_review", "--instrument", "example-fidelity-8")
    status = shell.json("L1", "visit", "status", shell.visit)
    assert status["also"]["self_review"]["score"]["total"] == 7
    assert status["self_review"]["overall"]["met"] == 0
    shell("L1", "intake", shell.visit, sheet, "--kind", "self_review", "--instrument", "none-such", code=1)
    shell("L1", "intake", shell.visit, sheet, "--kind", "survey", "--instrument", "example-fidelity-8", code=2)
    empty = tmp_path / "empty.csv"
    shell("L1", "intake", "--template", "self_review", empty, "--instrument", "example-fidelity-8")
    assert "Ringing the team" in empty.read_text(encoding="utf-8-sig")
