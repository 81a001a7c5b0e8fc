"""A scored scale on the command line: its workbook comes in, criteria are recorded, the status says what they give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.core.cli.support import Shell
from tests.core.instruments.importing.owners_workbook import changed, save, small


def _lines(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def _found(standard: str, criterion: str, source: str, **said: Any) -> dict[str, Any]:
    return {"kind": "criterion", "standard": standard, "criterion": criterion, "source": source, **said}


def _visit(shell: Shell, instrument: str, *more: str) -> str:
    about = ("--service", "Example team", "--organisation", "Example trust", "--date", "2026-11-17")
    people = ("--person", "L1:lead", "--person", "R2:clinician")
    return shell("L1", "visit", "new", "--instrument", instrument, *about, *people, *more).strip()


def test_a_workbook_comes_in_by_its_sheets_and_goes_out_again(shell: Shell, tmp_path: Path) -> None:
    found = shell.json("L1", "instruments", "import", str(save(small(), tmp_path / "scale.xlsx")))
    assert (found["id"], found["found"], found["by_type"]) == ("own-scale", 2, {"item": 2})
    shown = shell.json("L1", "instruments", "show", "own-scale")
    first = shown["standards"][0]
    keys = {"id", "text", "sources", "implies", "agreement", "measure", "op", "threshold", "unit"}
    assert keys <= first["criteria"][1].keys()
    assert (first["criteria"][1]["implies"], first["criteria"][1]["threshold"]) == (["a"], 90)
    assert first["map"][0] == {"score": 5, "rule": "n>=4"}
    assert "5: n>=4" in shell("L1", "instruments", "show", "own-scale")
    shell("L1", "instruments", "export", "own-scale", str(tmp_path / "out.xlsx"))
    again = shell.json("L1", "instruments", "import", str(tmp_path / "out.xlsx"))
    assert again["happened"] == "unchanged"
    plain = shell.json("L1", "instruments", "show", "qn-crhtt-4-pc")["standards"][0]
    assert (plain["criteria"], plain["map"]) == ([], [])


def test_an_impossible_map_is_refused_with_the_item_and_nothing_is_kept(shell: Shell, tmp_path: Path) -> None:
    path = save(changed("Map", (3, 2), "n=1"), tmp_path / "scale.xlsx")
    shell("L1", "instruments", "import", str(path), code=1)
    assert "item 1: meeting" in shell.err and "nothing was imported" in shell.err
    assert "own-scale" not in shell("L1", "instruments", "list")


def test_a_sheet_of_standards_still_needs_an_id_and_a_title(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("number,type,section,statement\n1,1,S,t\n", encoding="utf-8")
    shell("L1", "instruments", "import", str(path), code=2)
    assert "give --id and --title" in shell.err


def test_criteria_are_recorded_and_the_status_says_what_they_give(shell: Shell, tmp_path: Path) -> None:
    visit = _visit(shell, "example-fidelity-8")
    lines = _lines(
        tmp_path / "lines.jsonl",
        *(_found("1", letter, source, value="met") for letter, source in
          (("a", "patient"), ("b", "staff"), ("c", "carer"))),
        _found("1", "d", "document", value="not_met"),
        _found("3", "b", "case_note", n=8, of=10),
        _found("5", "c", "manager", value="met"), _found("5", "d", "manager", value="not_met"),
        {"kind": "rating", "standard": "5", "value": 3, "reason": "only since last week"},
    )  # fmt: skip
    shell("L1", "record", visit, lines, "--as", "L1")
    figures = shell.json("L1", "visit", "status", visit)["figures"]
    one, three, five = (figures["items"][number] for number in ("1", "3", "5"))
    assert (one["score"], one["lowest"], one["highest"], one["given"], one["derived"]) == (None, 3, 4, None, None)
    assert one["criteria"] == {"a": "met", "b": "met", "c": "met", "d": "not_met", "e": "not_established"}
    assert one["lift"] == {"score": 4, "need": 1, "any_of": ["d", "e"], "sets": []}
    assert three["criteria"] == {"a": "met", "b": "met", "c": "not_met", "d": "not_established"}
    assert (three["lowest"], three["highest"]) == (3, 4)
    assert (five["score"], five["given"], five["derived"], five["differs"]) == (3, 3, 4, True)
    assert five["reasons"] == {"L1": "only since last week"}
    score = figures["score"]
    assert (score["rated"], score["of"], score["lowest"], score["highest"]) == (1, 8, 3 + 3 + 3 + 5, 4 + 4 + 3 + 25)
    assert score["band"] is None and figures["basis_counts"] == {"peer": 1}
    text = shell("L1", "visit", "status", visit)
    assert "1: 3 to 4 (3 of 5 criteria met; not established: e); 4 with any 1 of d, e" in text
    assert "given 3, the criteria give 4; only since last week" in text
    assert "total score 3, 1 of 8 scored, from 14 to 36" in text


def test_the_score_that_is_certain_counts_until_one_is_given(shell: Shell, tmp_path: Path) -> None:
    visit = _visit(shell, "example-fidelity-8")
    all_met = [_found("1", letter, source, value="met") for letter, source in zip("abcde", (
        "patient", "staff", "carer", "document", "staff"), strict=True)]  # fmt: skip
    shell("L1", "record", visit, _lines(tmp_path / "a.jsonl", *all_met), "--as", "L1")
    figures = shell.json("L1", "visit", "status", visit)["figures"]
    assert (figures["basis"], figures["items"]["1"]["score"]) == ("derived", 5)
    agreed = {"kind": "agreed", "standard": "1", "value": 4, "reason": "one call too many went unheard"}
    shell("L1", "record", visit, _lines(tmp_path / "b.jsonl", agreed), "--as", "L1")
    one = shell.json("L1", "visit", "status", visit)["figures"]["items"]["1"]
    assert (one["score"], one["given"], one["derived"]) == (4, 4, 5)


def test_a_line_that_cannot_be_is_named_and_nothing_is_kept(shell: Shell, tmp_path: Path) -> None:
    visit = _visit(shell, "example-fidelity-8")
    path = _lines(
        tmp_path / "lines.jsonl", _found("1", "a", "patient", value="met"), _found("1", "a", "carer", value="met")
    )
    shell("L1", "record", visit, path, "--as", "L1", code=1)
    assert "line 2" in shell.err and "is not established from carer" in shell.err
    assert shell.json("L1", "visit", "status", visit)["figures"]["items"]["1"]["criteria"]["a"] == "not_established"


def test_criteria_of_the_second_instrument_are_its_own(shell: Shell, tmp_path: Path) -> None:
    visit = _visit(shell, "qn-crhtt-4-pc", "--also", "example-fidelity-8")
    by_second = {"instrument": "example-fidelity-8"}
    found = _lines(
        tmp_path / "lines.jsonl", _found("3", "b", "case_note", n=8, of=10, **by_second),
        {"kind": "agreed_criterion", "standard": "3", "criterion": "d", "value": "met", **by_second},
        {"kind": "rating", "standard": "3", "value": 4, "reason": "told so", **by_second},
    )  # fmt: skip
    shell("L1", "record", visit, found, "--as", "L1")
    status = shell.json("L1", "visit", "status", visit)
    item = status["also"]["figures"]["items"]["3"]
    assert item["criteria"] == {"a": "met", "b": "met", "c": "not_met", "d": "met"}
    assert (item["score"], item["derived"], item["reasons"]) == (4, 4, {"L1": "told so"})
    assert "points" not in status["figures"], "the first instrument has no criteria"
    wrong = _lines(tmp_path / "wrong.jsonl", _found("3", "b", "patient", value="met", **by_second))
    shell("L1", "record", visit, wrong, "--as", "L1", code=1)
    assert "criterion b of standard 3 is not established from patient" in shell.err
    of_first = _lines(tmp_path / "first.jsonl", _found("4", "b", "patient", value="met", instrument="qn-crhtt-4-pc"))
    shell("L1", "record", visit, of_first, "--as", "L1", code=1)
    assert "standard 4 has no criterion 'b'" in shell.err
