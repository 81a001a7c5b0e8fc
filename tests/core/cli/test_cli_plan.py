"""`plan`: the sheet goes out and comes back, and a clash is a conflict of the visit."""

from __future__ import annotations

from pathlib import Path

from tests.core.cli.support import Shell


def test_the_plan_goes_out_and_comes_back(shell: Shell) -> None:
    shell.record("L1", '{"kind":"agreed","standard":"4","value":"not_met","reason":"r"}', me="L1")
    sheet = shell.folder / "plan.xlsx"
    shell("L1", "plan", "export", shell.visit, sheet)
    told = shell.json("L1", "plan", "import", shell.visit, sheet)
    assert told == {"changed": [], "new": [], "unknown": [], "duplicated": [], "conflicts": []}


def test_a_clash_of_the_plan_is_a_conflict_of_the_visit_with_both_authors(shell: Shell) -> None:
    import openpyxl

    action = '{"kind":"action","id":"AP1","standard":"4","action":"Call sooner","owner":"%s"}'
    shell.record("L1", action % "Manager", me="L1")
    sheet = shell.folder / "plan.xlsx"
    shell("L1", "plan", "export", shell.visit, sheet)
    book = openpyxl.load_workbook(sheet)
    book["Action plan"]["E2"].value = "Deputy"
    book.save(sheet)
    shell.record("L1", action % "Director", me="L1")
    previewed = shell.json("L1", "plan", "import", shell.visit, sheet, "--preview")
    assert shell.json("L1", "visit", "status", shell.visit)["conflicts"] == []
    assert shell.json("L1", "plan", "import", shell.visit, sheet) == previewed
    assert [(one["field"], one["sheet"], one["visit"]) for one in previewed["conflicts"]] == [
        ("owner", "Deputy", "Director")
    ]
    (conflict,) = shell.json("L1", "visit", "status", shell.visit)["conflicts"]
    assert {(v["person"], v["value"]) for v in conflict["values"]} == {("L1", "Director"), ("host", "Deputy")}
    shell("L1", "plan", "export", shell.visit, shell.folder / "said.pdf", "--kind", "you-said", code=1)
    assert "two versions of the owner" in shell.err
    mine = next(v["entry"] for v in conflict["values"] if v["person"] == "L1")
    shell("L1", "visit", "settle", shell.visit, "action", "AP1", "owner", "--entry", mine, "--reason", "r")
    shell("L1", "plan", "export", shell.visit, shell.folder / "said.pdf", "--kind", "you-said")
    assert (shell.folder / "said.pdf").read_bytes().startswith(b"%PDF")
    shell("L1", "plan", "export", shell.visit, shell.folder / "brief.xlsx", "--kind", "brief", code=1)
    assert "give a name that ends in .pdf, .docx or .html" in shell.err
    for kind in ("brief", "scoping", "follow-up"):
        for suffix, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
            page = shell.folder / f"{kind}.{suffix}"
            shell("L1", "plan", "export", shell.visit, page, "--kind", kind)
            assert page.read_bytes().startswith(begins)


def handled_roughly(shell: Shell) -> Path:
    """A plan that came back with a comment, an odd cell, a change, and without the row of AP2."""
    import openpyxl
    from openpyxl.comments import Comment

    lines = [f'{{"kind":"action","id":"AP{n}","standard":"4","action":"Act {n}"}}' for n in (1, 2)]
    shell.record("L1", "\n".join(lines), me="L1")
    sheet = shell.folder / "plan.xlsx"
    shell("L1", "plan", "export", shell.visit, sheet)
    book = openpyxl.load_workbook(sheet)
    plan = book["Action plan"]
    plan["D2"].comment = Comment("Not before March", "Team")
    plan["E2"].value, plan["F2"].value = "Deputy", "end of March"
    plan.delete_rows(3)
    book.save(sheet)
    return sheet


def test_one_odd_cell_refuses_the_plan_unless_it_may_be_skipped(shell: Shell) -> None:
    sheet = handled_roughly(shell)
    shell("L1", "plan", "import", shell.visit, sheet, code=1)
    assert "cell F2: 'end of March' is not a date" in shell.err and "--skip-bad" in shell.err
    refused = shell.json("L1", "plan", "import", shell.visit, sheet, code=1)
    assert [(one["cell"], one["text"]) for one in refused["not_taken"]] == [("F2", "end of March")]
    assert refused["changed"] == []
    told = shell.json("L1", "plan", "import", shell.visit, sheet, "--skip-bad")
    assert [(one["cell"], one["text"]) for one in told["not_taken"]] == [("F2", "end of March")]
    assert [one["to"] for one in told["changed"]] == ["Deputy"]
    assert [(one["id"], one["action"]) for one in told["missing"]] == [("AP2", "Act 2")]
    said = {(i["field"], i["value"]) for i in shell.json("L1", "visit", "history", shell.visit, "action", "AP1")}
    assert ("owner", "Deputy") in said and not [field for field, __ in said if field == "due"]


def test_what_stands_beside_the_plan_is_told_and_kept_only_when_asked(shell: Shell) -> None:
    sheet = handled_roughly(shell)
    printed = shell("L1", "plan", "import", shell.visit, sheet, "--skip-bad")
    assert 'sheet "Action plan", cell D2 (comment by Team, on standard 4): Not before March' in printed
    assert "missing: AP2 (standard 4): Act 2; its row was deleted" in printed
    assert "1 note from the team is not kept; add --keep-notes" in shell.err
    assert "Not before March" not in shell("L1", "visit", "find", shell.visit, "March")
    shell("L1", "plan", "import", shell.visit, sheet, "--skip-bad", "--preview", "--keep-notes")
    assert "Not before March" not in shell("L1", "visit", "find", shell.visit, "March")
    (note,) = shell.json("L1", "plan", "import", shell.visit, sheet, "--skip-bad", "--keep-notes")["notes"]
    assert (note["kind"], note["by"], note["standard"], note["id"]) == ("comment", "Team", "4", "AP1")
    assert "Not before March" in shell("L1", "visit", "find", shell.visit, "March")
    assert "notes" not in shell.json("L1", "plan", "import", shell.visit, sheet, "--skip-bad")


def test_a_copied_plan_is_not_counted_twice(shell: Shell) -> None:
    import openpyxl

    sheet = handled_roughly(shell)
    book = openpyxl.load_workbook(sheet)
    book.copy_worksheet(book["Action plan"]).title = "Action plan (2)"
    book.save(sheet)
    shell("L1", "plan", "import", shell.visit, sheet, "--skip-bad", code=1)
    assert '"Action plan (2)" (it has the same rows' in shell.err
    told = shell.json("L1", "plan", "import", shell.visit, sheet, "--skip-bad", "--sheet", "Action plan")
    assert (len(told["changed"]), told["duplicated"]) == (1, [])
    assert [(one["name"], one["treatment"]) for one in told["sheets"]][-1] == ("Action plan (2)", "left_out")
