"""The contract of the command line: exit codes, one line of error, JSON of the stated shape."""

from __future__ import annotations

import csv

import pytest

from reviewapp.base import files
from reviewapp.store.visit_lock import VisitLock
from tests.core.cli.support import EVERY_KIND, Shell

LEADS = """
{"kind":"agreed","standard":"47","value":"met","reason":"r","dissent":"d"}
{"kind":"decision","presentation":1,"date":"2026-09-01","label":"deferred","note":"n"}
{"kind":"slot","id":"T1","start":"09:30","end":"10:15","title":"Meeting with the manager","who":["L1","R2"]}
"""


def test_every_kind_of_line_is_taken_travels_and_shows_in_status(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    about = {
        "file",
        "visit",
        "from",
        "entries",
        "kinds",
        "reason",
        "conflicts",
        "disagreements",
        "digest",
        "late",
        "apart",
        "refused_parts",
        "part",
        "hidden",
        "forks",
    }
    assert set(receipt) == about and receipt["kinds"]["rating"] >= 1
    assert receipt["from"]["person"] == "R2" and receipt["reason"] is None
    shell.record("L1", LEADS, me="L1")
    status = shell.json("L1", "visit", "status", shell.visit)
    assert status["figures"]["basis"] == "agreed"
    assert status["progress"]["interviews"]["patient"] == {"done": 1, "target": 3}
    assert status["audit"]["A1"]["yes"] == 1
    assert status["survey"]["carer"]["standards"]["47"]["n"] == 13
    assert sum(counts["met"] + counts["unrated"] for counts in status["figures"]["by_type"].values()) == 44
    assert status["digest"] == shell.json("L1", "visit", "status", shell.visit)["digest"] != receipt["digest"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"kind":"rating","standard":"47","valu":"met"}', "field valu"),
        ('{"kind":"rating","standard":"999","value":"met"}', "field standard"),
        ('{"kind":"rating","standard":"47","value":"good"}', "field value"),
        ('{"kind":"rating","standard":47}', "field standard"),
        ('{"kind":"quote","id":"Q9","interview":"P9","text":"x"}', "field interview"),
        ('{"kind":"nonsense"}', "field kind"),
        ('{"kind":"agreed","standard":"47","value":"met"}', "only the lead"),
        ('{"kind":"rating","standard":"47","standard":"4"}', "twice"),
        ('{"kind":"context","field":"x","value":NaN}', "not a value"),
        ("[1, 2]", "line 2"),
        ("{", "line 2"),
        ("[" * 5000, "line 2"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(shell: Shell, line: str, named: str) -> None:
    before = shell.json("R2", "visit", "status", shell.visit)["digest"]
    shell.record("R2", '{"kind":"rating","standard":"4","value":"met"}\n' + line, me="R2", code=1)
    assert "line 2" in shell.err and named in shell.err
    assert shell.json("R2", "visit", "status", shell.visit)["digest"] == before


def test_a_refused_file_leaves_the_others_joined_and_exits_1(shell: Shell) -> None:
    shell.record("R2", '{"kind":"rating","standard":"4","value":"met"}', me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    bad = shell.file("bad", "no pack at all")
    receipts = shell.json("L1", "visit", "merge", shell.visit, bad, shell.folder / "r2", code=1)
    assert [bool(receipt["reason"]) for receipt in receipts] == [True, False]
    assert shell.json("L1", "visit", "history", shell.visit, "rating", "4/R2")[0]["value"] == "met"


def test_wrong_usage_exits_2_and_bad_input_1(shell: Shell) -> None:
    shell("L1", "visit", "frobnicate", code=2)
    shell("L1", "report", shell.visit, code=2)
    shell("L1", "visit", "status", "feedbeef", code=1)
    shell("L1", "visit", "status", "../../etc", code=1)
    shell("L1", "record", shell.visit, shell.folder / "absent", code=1)
    shell("L1", "instruments", "show", "absent", code=1)
    shell("R2", "record", shell.visit, shell.file("x", ""), "--as", "L1", code=1)
    shell("L1", "visit", "join-as", shell.folder / "pack", "--as", "R2", "--phrase-file", shell.folder / "pass", code=1)
    (shell.folder / "pass").write_text("a wrong passphrase")
    shell("L1", "visits", code=1)


def test_a_template_filled_in_comes_back(shell: Shell) -> None:
    sheet = shell.folder / "self.csv"
    shell("L1", "intake", "--template", "self_review", sheet)
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    column = [name.lower() for name in rows[0]].index("rating")
    for row in rows[1:]:
        row[column] = "Met"
    with sheet.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    shell("L1", "intake", shell.visit, sheet, "--kind", "self_review")
    status = shell.json("L1", "visit", "status", shell.visit)
    assert status["figures"]["basis"] == "self_review" and status["figures"]["overall"]["met"] == 44
    (item,) = [
        h for h in shell.json("L1", "visit", "history", shell.visit, "self_review", "47") if h["field"] == "value"
    ]
    assert item["person"] == "host"


def test_instruments_are_listed_shown_and_go_round(shell: Shell) -> None:
    listed, *others = shell.json("L1", "instruments", "list")["instruments"]
    assert [one["id"] for one in others] == ["core-fidelity-2", "example-fidelity-8"]
    assert (listed["id"], listed["scope"]) == ("qn-crhtt-4-pc", "subset")
    shown = shell.json("L1", "instruments", "show", "qn-crhtt-4-pc")
    assert len(shown["standards"]) == 44
    shell("L1", "instruments", "export", "qn-crhtt-4-pc", shell.folder / "x.csv")
    found = shell.json("L1", "instruments", "import", shell.folder / "x.csv", "--id", "copy", "--title", "A copy")
    assert (found["found"], found["by_type"]) == (44, {"1": 24, "2": 19, "3": 1})
    again = shell.json("L1", "instruments", "show", "copy")["standards"]
    assert [s["statement"] for s in again] == [s["statement"] for s in shown["standards"]]


def test_half_a_character_is_named(shell: Shell) -> None:
    shell.record("R2", '{"kind":"rating","standard":"4","note":"\\ud800"}', me="R2", code=1)
    assert "line 1 field note" in shell.err


def test_many_interviews_are_recorded_in_one_go(shell: Shell) -> None:
    people = [
        f'{{"kind":"interview","id":"P{n}","group":"patient","consent_notes":true,"consent_quotes":true}}'
        for n in range(400)
    ]
    quotes = [f'{{"kind":"quote","id":"Q{n}","interview":"P{n % 400}","text":"t"}}' for n in range(1600)]
    shell.record("R2", "\n".join(people + quotes), me="R2")
    assert shell.json("R2", "visit", "status", shell.visit)["progress"]["interviews"]["patient"]["done"] == 400


def test_a_command_waits_a_moment_for_another_one_that_has_the_visit(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = VisitLock(shell.folder / "L1" / "visits" / shell.visit)
    waited: list[float] = []
    monkeypatch.setattr(files, "pause", waited.append)
    shell("L1", "visit", "return", shell.visit, shell.folder / "r", code=1)
    assert "this visit is open in another window or program" in shell.err and sum(waited) == pytest.approx(1)
    monkeypatch.setattr(files, "pause", lambda _: lock.release())
    shell("L1", "visit", "return", shell.visit, shell.folder / "r")
