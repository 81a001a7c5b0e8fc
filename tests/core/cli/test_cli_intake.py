"""The command `intake`: what replaces what, sheets that are chosen, cells that are left out, and all of it listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.core.cli.support import Shell
from tests.core.spreadsheets.book_building import book, saved

JUNE = "group,47,151\n" + "patient,yes,no\n" * 10
JULY = "group,47\n" + "patient,no\n" * 4


def _take(shell: Shell, text: str, kind: str, *options: str) -> Any:
    return shell.json("L1", "intake", shell.visit, shell.file("sheet.csv", text), "--kind", kind, *options)


def _survey(shell: Shell) -> dict[str, Any]:
    status: dict[str, Any] = shell.json("L1", "visit", "status", shell.visit)
    patients: dict[str, Any] = status["survey"]["patient"]
    return patients


def _rated(shell: Shell) -> int:
    overall: dict[str, int] = shell.json("L1", "visit", "status", shell.visit)["self_review"]["overall"]
    return overall["met"] + overall["not_met"] + overall["na"]


def test_a_corrected_self_review_says_what_it_leaves_and_replaces_all_when_told_to(shell: Shell) -> None:
    _take(shell, "Standard,Rating,Comment\n47,Met,wrongly ticked\n151,Met,\n", "self_review")
    corrected = "Standard,Rating,Comment\n47,,\n151,Not met,\n"
    found = _take(shell, corrected, "self_review", "--preview")
    assert (found["lines"], found["entries"]) == (1, 0)
    assert found["overwritten"] == ["standard 151: Met → Not met"]
    assert found["left"] == ["standard 47: Met", "standard 47: the comment “wrongly ticked”"]
    assert _take(shell, corrected, "self_review")["left"] == found["left"]
    assert _rated(shell) == 2
    found = _take(shell, corrected, "self_review", "--replace")
    assert (found["left"], found["removed"]) == ([], ["standard 47: Met", "standard 47: the comment “wrongly ticked”"])
    assert "Removed, because the sheet replaces everything of its kind" in found["summary"]
    assert _rated(shell) == 1
    again = _take(shell, corrected, "self_review", "--replace")
    assert (again["entries"], again["overwritten"], again["removed"]) == (0, [], [])


def test_fewer_questions_and_people_replace_the_survey_only_when_told_to(shell: Shell) -> None:
    _take(shell, JUNE, "survey")
    found = _take(shell, JULY, "survey")
    assert found["overwritten"] == [
        "patient, standard 47: 10 yes, 0 no, 0 not applicable → 0 yes, 4 no, 0 not applicable",
        "patient, people in the sheet: 10 → 4",
    ]
    assert found["left"] == ["patient, standard 151: 0 yes, 10 no, 0 not applicable"]
    assert (_survey(shell)["standards"]["151"]["n"], _survey(shell)["respondents"]) == (10, 10)
    assert _take(shell, JULY, "survey", "--replace")["removed"] == found["left"]
    assert (_survey(shell)["standards"]["151"]["n"], _survey(shell)["respondents"]) == (0, 4)
    assert _survey(shell)["standards"]["47"] == {"yes": 0, "no": 4, "na": 0, "n": 4, "percent": 0.0}


def test_records_that_were_taken_out_of_the_audit_are_left_or_removed_whole(shell: Shell) -> None:
    _take(shell, "case note,A1,A2\n1,yes,no\n02,yes,yes\n3,no,no\n", "audit")
    fewer = "case note,A1,A2\n1,yes,\n2,no,yes\n"
    found = _take(shell, fewer, "audit")
    assert found["overwritten"] == ["case note 02, item A1: yes → no"]
    assert sorted(found["left"]) == ["case note 1, item A2: no", "case note 3"]
    assert shell.json("L1", "visit", "status", shell.visit)["audit"]["A1"]["n"] == 3
    assert sorted(_take(shell, fewer, "audit", "--replace")["removed"]) == sorted(found["left"])
    audit = shell.json("L1", "visit", "status", shell.visit)["audit"]
    assert (audit["A1"]["n"], audit["A2"]["n"]) == (2, 1)
    _take(shell, "case note,A1\n3,yes\n", "audit")
    audit = shell.json("L1", "visit", "status", shell.visit)["audit"]
    assert (audit["A1"]["n"], audit["A2"]["n"]) == (3, 1), (
        "what was removed with case note 3 does not come back with it"
    )


def test_an_empty_sheet_never_replaces_anything(shell: Shell) -> None:
    _take(shell, "Standard,Rating\n47,Met\n", "self_review")
    empty = shell.file("e.csv", "Standard,Rating\n47,\n")
    shell("L1", "intake", shell.visit, empty, "--kind", "self_review", "--replace", code=1)
    assert "contains nothing that could replace" in shell.err
    assert _rated(shell) == 1


def test_odd_cells_are_listed_when_they_refuse_the_sheet_and_when_they_are_left_out(shell: Shell) -> None:
    sheet = shell.file("odd.csv", "Standard,Rating\n47,partly met\n151,Met\n153,end of March\n")
    printed = shell("L1", "intake", shell.visit, sheet, "--kind", "self_review", code=1)
    assert printed.splitlines() == [
        "B2: 'partly met' is not a rating; use Met, Not met or Not applicable",
        "B4: 'end of March' is not a rating; use Met, Not met or Not applicable",
    ]
    assert "B4" in shell.err and "or add --skip-bad to take the rest without these cells" in shell.err
    refused = shell.json("L1", "intake", shell.visit, sheet, "--kind", "self_review", code=1)
    assert [(cell["cell"], cell["text"]) for cell in refused["not_taken"]] == [
        ("B2", "partly met"),
        ("B4", "end of March"),
    ]
    assert _rated(shell) == 0
    taken = shell.json("L1", "intake", shell.visit, sheet, "--kind", "self_review", "--skip-bad")
    assert [cell["cell"] for cell in taken["not_taken"]] == ["B2", "B4"]
    assert "B4: 'end of March' is not a rating" in taken["summary"]
    assert _rated(shell) == 1


def test_sheets_are_named_and_chosen_on_the_command_line(shell: Shell, tmp_path: Path) -> None:
    rows = [["group", "47"], ["patient", "yes"], ["patient", "no"]]
    made = book(Answers=rows, Old=[["group", "47"], ["patient", "no"]])
    made["Old"].sheet_state = "hidden"
    made.copy_worksheet(made["Answers"]).title = "Answers (2)"
    path = saved(made, tmp_path / "s.xlsx")
    printed = shell("L1", "intake", shell.visit, path, "--kind", "survey", code=1)
    assert '"Old"' in shell.err and '"Answers (2)"' in shell.err and "--sheet NAME" in shell.err
    assert len(printed.splitlines()) == 3
    refused = shell.json("L1", "intake", shell.visit, path, "--kind", "survey", code=1)
    assert {one["name"]: one["treatment"] for one in refused["sheets"]} == {
        "Answers": "read", "Old": "hidden", "Answers (2)": "copy",
    }  # fmt: skip
    found = shell.json("L1", "intake", shell.visit, path, "--kind", "survey", "--sheet", "Answers")
    assert {one["name"]: one["treatment"] for one in found["sheets"]} == {
        "Answers": "read", "Old": "left_out", "Answers (2)": "left_out",
    }  # fmt: skip
    assert '"Old": ignored' in found["summary"]
    assert found["headings"][1] == {
        "sheet": "Answers",
        "cell": "B1",
        "heading": "47",
        "meaning": "standard 47",
        "standard": "47",
    }
    assert _survey(shell)["respondents"] == 2
    shell("L1", "intake", shell.visit, path, "--kind", "survey", "--sheet", "Nowhere", code=1)
    assert 'no sheet "Nowhere"' in shell.err


def test_words_beside_the_table_are_kept_as_notes_of_the_team_only_when_asked_for(shell: Shell) -> None:
    sheet = "Standard,Rating,What is missing\n47,Not met,a leaflet in Polish\n"
    found = _take(shell, sheet, "self_review")
    assert [(one["cell"], one["standard"], one["text"]) for one in found["notes"]] == [
        ("C2", "47", "What is missing: a leaflet in Polish")
    ]
    shell("L1", "intake", shell.visit, shell.file("sheet.csv", sheet), "--kind", "self_review")
    assert "1 note from the team is not kept; add --keep-notes" in shell.err
    assert _take(shell, sheet, "self_review", "--keep-notes")["entries"] > 0
    assert _take(shell, sheet, "self_review", "--keep-notes")["notes"] == []
    assert shell.json("L1", "visit", "find", shell.visit, "Polish")


def test_corrected_answers_say_what_they_leave_and_an_untouched_sheet_replaces_nothing(shell: Shell) -> None:
    import openpyxl

    def sent(name: str, **cells: str) -> Path:
        path = shell.folder / name
        shell("L1", "report", shell.visit, "--response-sheet", path)
        sheet = openpyxl.load_workbook(path)
        for cell, text in cells.items():
            sheet["Answers"][cell] = text
        sheet.save(path)
        return path

    def take(path: Path, *options: str) -> Any:
        return shell.json("L1", "intake", shell.visit, path, "--kind", "response", *options)

    first = sent("first.xlsx", F2="The first answer", F3="The second answer", G3="The rota")
    corrected = sent("corrected.xlsx", F3="The second answer, corrected")
    take(first)
    found = take(corrected)
    assert found["overwritten"] == ["standard 4: “The second answer” → “The second answer, corrected”"]
    assert found["left"] == ["standard 1: “The first answer”", "standard 4: “The rota”"]
    untouched = take(sent("again.xlsx"), "--replace")
    assert (untouched["entries"], untouched["removed"]) == (0, []), "what was sent along stands in the sheet"
    assert take(corrected, "--replace")["removed"] == found["left"]
    assert [one["value"] for one in shell.json("L1", "visit", "history", shell.visit, "response", "1")][-1] == ""
