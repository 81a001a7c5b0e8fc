"""After the draft, from the command line: the sheet out, the answers back, decisions, the final report."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.core.cli.support import Shell


def sheet(shell: Shell, *more: str):
    """The response sheet, opened."""
    path = shell.folder / "sheet.xlsx"
    shell("L1", "report", shell.visit, "--response-sheet", path, *more)
    return path, openpyxl.load_workbook(path)


def answer(shell: Shell, number: str, text: str, code: int = 0) -> str:
    """The sheet filled in for one standard and taken in."""
    path, book = sheet(shell)
    row = next(cell.row for cell in book["Answers"]["A"] if cell.value == number)
    book["Answers"][f"F{row}"].value = text
    book.save(path)
    return shell("L1", "intake", shell.visit, path, "--kind", "response", code=code)


def copy(shell: Shell, *options: str):
    path = shell.folder / "report.json"
    shell("L1", "report", shell.visit, "--json", path, *options)
    return json.loads(path.read_text("utf-8"))


def test_an_accepted_answer_and_a_decision_make_the_draft_a_final_report(shell: Shell) -> None:
    shell.record("L1", '{"kind":"agreed","standard":"36","value":"not_met","reason":"no plan seen"}', me="L1")
    answer(shell, "36", "We do give plans")
    said = shell.json("L1", "visit", "history", shell.visit, "response", "36")
    assert {(item["field"], item["value"], item["person"]) for item in said} == {
        ("text", "We do give plans", "host"),
        ("rating", "not_met", "host"),
    }
    shell.record(
        "L1",
        '{"kind":"response_decision","standard":"36","accepted":true,"reason":"plans seen"}\n'
        '{"kind":"agreed","standard":"36","value":"met","reason":"plans seen"}',
        me="L1",
    )
    draft = copy(shell)
    assert (draft["status"], draft["profile"]) == ("draft", "committee")
    numbers = {one["from"]: one["value"] for one in draft["printed"]}
    assert numbers["report.responses.changed"] == 1
    assert "We do give plans" in json.dumps(draft["tree"])
    shell.record("L1", '{"kind":"decision","presentation":1,"date":"2027-02-01","label":"deferred"}', me="L1")
    for profile in ("committee", "host", "circulation"):
        final = copy(shell, "--profile", profile)
        assert (final["status"], final["profile"]) == ("final", profile)
        told = json.dumps(final["tree"])
        assert "First presentation, 1 February 2027: deferred" in told
        assert ("For the committee: where the service stands" in told) == (profile == "committee")
        assert ("We do give plans" in told) == (profile != "circulation")


def test_the_deadline_is_the_one_given(shell: Shell) -> None:
    _, book = sheet(shell, "--reply-by", "2027-01-31")
    assert any("31 January 2027" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    shell("L1", "report", shell.visit, "--response-sheet", shell.folder / "x.xlsx", "--reply-by", "soon", code=1)
    shell("L1", "report", shell.visit, "--response-sheet", shell.folder / "x.ods", code=1)
    shell("L1", "report", shell.visit, "--reply-by", "2027-01-31", code=2)


def test_a_bad_row_is_named_by_sheet_and_cell_and_nothing_is_taken(shell: Shell) -> None:
    path, book = sheet(shell)
    answers = book["Answers"]
    answers["F2"].value, answers["F3"].value = "good", "moved"
    answers["J3"].value = answers["J4"].value
    book.save(path)
    shell("L1", "intake", shell.visit, path, "--kind", "response", code=1)
    assert 'sheet "Answers", cell A3' in shell.err
    assert "response" not in shell("L1", "visit", "history", shell.visit, "response", str(answers["A2"].value))


def test_only_the_lead_takes_answers_in(shell: Shell) -> None:
    path = shell.file("a.csv", "Standard,Your answer\n36,we do\n")
    shell("R2", "intake", shell.visit, path, "--kind", "response", code=1)
    assert "only the lead" in shell.err
    shell("L1", "intake", shell.visit, path, "--kind", "response")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_empty_sheet_for_answers_needs_no_visit(shell: Shell, suffix: str) -> None:
    path = shell.folder / f"empty.{suffix}"
    shell("L1", "intake", "--template", "response", path)
    shell("L1", "intake", shell.visit, path, "--kind", "response")
    assert path.is_file()


def test_the_host_does_not_decide_on_its_own_answer(shell: Shell) -> None:
    line = '{"kind":"response_decision","standard":"36","accepted":true,"reason":"we said so"}'
    shell.record("L1", line, me="host", code=1)
    shell.record("L1", '{"kind":"response_decision","standard":"36","accepted":true}', me="L1", code=1)
    assert "a reason is missing" in shell.err
