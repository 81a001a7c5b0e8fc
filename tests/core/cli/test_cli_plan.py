"""`plan`: the sheet goes out and comes back, and a clash is a conflict of the visit."""

from __future__ import annotations

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
    assert "give a name that ends in .pdf" in shell.err
