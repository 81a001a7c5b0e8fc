"""The contract of the command line: exit codes, one line of error, JSON of the stated shape."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from reviewapp.cli.app import main

PASSPHRASE = "a passphrase for tests"


class Shell:
    """Runs commands on simulated laptops and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        (folder / "pass").write_text(PASSPHRASE + "\n")
        self.visit = ""

    def __call__(self, home: str, *words: str | Path, code: int = 0) -> str:
        self.capsys.readouterr()
        options = ["--home", str(self.folder / home), "--passphrase-file", str(self.folder / "pass")]
        got = main([*options, "--recovery-file", str(self.folder / "code"), *map(str, words)])
        printed = self.capsys.readouterr()
        self.err = printed.err
        assert got == code, printed.err
        if code == 1 and "merge" not in words:
            lines = printed.err.splitlines()
            assert len(lines) == 1 and lines[0].startswith("error: ") and lines[0].count("; ") >= 2, printed.err
        assert "Traceback" not in printed.err
        return printed.out

    def json(self, home: str, *words: str | Path, code: int = 0) -> Any:
        return json.loads(self(home, *words, "--json", code=code))

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def record(self, home: str, text: str, *, me: str, code: int = 0) -> None:
        self(home, "record", self.visit, self.file("lines.jsonl", text), "--as", me, code=code)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, capsys)
    people = [word for p in ("L1:lead", "R2:clinician:Example name", "R4:patient_rep") for word in ("--person", p)]
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-11-17", *people,
    ).strip()  # fmt: skip
    shell("L1", "visit", "pack", shell.visit, tmp_path / "pack", "--phrase-file", tmp_path / "phrase")
    assert shell("R2", "visit", "join-as", tmp_path / "pack", "--as", "R2", "--phrase-file", tmp_path / "phrase")
    return shell


EVERY_KIND = """
{"kind":"rating","standard":"47","value":"met","note":"n"}
{"kind":"interview","id":"P1","group":"patient","mode":"phone","consent_notes":true,"consent_quotes":true,"consent_circulation":false,"people":1,"with":["R4"]}
{"kind":"answer","interview":"P1","prompt":"P01","text":"a"}
{"kind":"quote","id":"Q1","interview":"P1","text":"q","standards":["151"],"tone":"negative"}
{"kind":"case_note","id":"3"}
{"kind":"audit","case_note":"3","item":"A1","value":"yes","note":""}
{"kind":"self_review","standard":"47","value":"met","comment":"c"}
{"kind":"survey","group":"carer","standard":"47","yes":9,"no":4,"na":1}
{"kind":"context","field":"caseload","value":37}
{"kind":"concern","id":"IC1","text":"t","told":"team manager","at":"2026-05-12T14:05:00Z"}
{"kind":"local_context","standard":"54","text":"not commissioned"}
{"kind":"response","standard":"47","text":"t","evidence":"e"}
{"kind":"response_decision","standard":"47","accepted":false,"reason":"r"}
{"kind":"passage","place":"summary","text":"s"}
{"kind":"action","id":"AP1","standard":"4","action":"a","owner":"o","due":"2026-09-30","priority":1,"status":"open","progress":"p"}
"""
LEADS = """
{"kind":"agreed","standard":"47","value":"met","reason":"r","dissent":"d"}
{"kind":"decision","presentation":1,"date":"2026-09-01","label":"deferred","note":"n"}
{"kind":"slot","id":"T1","start":"09:30","end":"10:15","title":"Meeting with the manager","who":["L1","R2"]}
"""


def test_every_kind_of_line_is_taken_travels_and_shows_in_status(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    about = {"file", "visit", "from", "entries", "kinds", "reason", "conflicts", "disagreements", "digest"}
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


def test_the_recovery_code_is_written_once_and_opens_the_laptop(shell: Shell) -> None:
    code = (shell.folder / "code").read_text()
    assert (shell.folder / "code").stat().st_mode & 0o077 == 0
    shell("R2", "visits")
    assert (shell.folder / "code").read_text() == code
    shell.file("new", "another passphrase")
    shell(
        "R2",
        "passphrase",
        "recover",
        "--code-file",
        shell.folder / "code",
        "--new-passphrase-file",
        shell.folder / "new",
    )
    shell("R2", "visits", code=1)
    (shell.folder / "pass").write_text("another passphrase")
    shell("R2", "visits")


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


def test_the_words_of_the_phrase_are_kept_private_and_used_again(shell: Shell) -> None:
    phrase = shell.folder / "phrase"
    words = phrase.read_text()
    assert phrase.stat().st_mode & 0o077 == 0 and len(words.split()) == 6
    shell("L1", "visit", "pack", shell.visit, shell.folder / "pack2", "--phrase-file", phrase)
    assert phrase.read_text() == words
    shell("R4", "visit", "join-as", shell.folder / "pack2", "--as", "R4", "--phrase-file", phrase)


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
    (listed,) = shell.json("L1", "instruments", "list")["instruments"]
    assert (listed["id"], listed["scope"]) == ("qn-crhtt-4-pc", "subset")
    shown = shell.json("L1", "instruments", "show", "qn-crhtt-4-pc")
    assert len(shown["standards"]) == 44
    shell("L1", "instruments", "export", "qn-crhtt-4-pc", shell.folder / "x.csv")
    found = shell.json("L1", "instruments", "import", shell.folder / "x.csv", "--id", "copy", "--title", "A copy")
    assert (found["found"], found["by_type"]) == (44, {"1": 24, "2": 19, "3": 1})
    again = shell.json("L1", "instruments", "show", "copy")["standards"]
    assert [s["statement"] for s in again] == [s["statement"] for s in shown["standards"]]


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


def test_backup_restore_and_verify(shell: Shell) -> None:
    shell.record("L1", '{"kind":"rating","standard":"4","value":"met"}', me="L1")
    shell("L1", "visit", "backup", shell.visit, shell.folder / "b")
    digest = shell.json("L1", "visit", "status", shell.visit)["digest"]
    assert shell("elsewhere", "visit", "restore", shell.folder / "b").strip() == shell.visit
    assert shell.json("elsewhere", "visit", "status", shell.visit)["digest"] == digest
    verified = shell.json("elsewhere", "visit", "verify", shell.visit)
    assert verified["ok"] and set(verified["checks"][0]) == {"name", "ok", "what", "do"}


def test_words_planted_in_notes_are_in_no_file_of_a_laptop(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND.replace('"n"', '"plantedword"').replace('"q"', '"plantedword"'), me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    for home in ("L1", "R2"):
        files = [path for path in (shell.folder / home).rglob("*") if path.is_file()]
        assert files and not [path for path in files if b"plantedword" in path.read_bytes()]


def test_the_meeting_late_ratings_and_settling_from_the_command_line(shell: Shell) -> None:
    shell.record("R2", '{"kind":"rating","standard":"4","value":"met"}', me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "meeting", shell.visit, "open")
    shell("L1", "visit", "meeting", shell.visit, "open", code=1)
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    assert shell.json("L1", "visit", "status", shell.visit)["figures"]["overall"]["met"] == 0
    shell("L1", "visit", "meeting", shell.visit, "accept-late", "4/R2")
    assert shell.json("L1", "visit", "status", shell.visit)["figures"]["overall"]["met"] == 1
    shell("L1", "visit", "meeting", shell.visit, "accept-late", code=2)
    shell("L1", "visit", "meeting", shell.visit, "close")
    for home, value in (("L1", 30), ("R2", 37)):
        shell.record(home, f'{{"kind":"context","field":"caseload","value":{value}}}', me=home)
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    ((receipt),) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    (conflict,) = receipt["conflicts"]
    where = ("context", "caseload", "value")
    assert (conflict["entity"], conflict["key"], conflict["field"]) == where
    shell("L1", "visit", "settle", shell.visit, *where, "--entry", "feed", "--reason", "r", code=1)
    chosen = conflict["values"][0]["entry"]
    shell("L1", "visit", "settle", shell.visit, *where, "--entry", chosen, "--reason", "counted again")
    assert shell.json("L1", "visit", "status", shell.visit)["conflicts"] == []
    shell("L1", "visit", "settle", shell.visit, *where, "--value", "31", "--reason", "r", code=1)


def test_withdrawing_receipts_and_the_end_from_the_command_line(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "withdraw", shell.visit, "interview", "P1/R2", "--reason", "the person asked")
    history = shell.json("L1", "visit", "history", shell.visit, "quote", "Q1/R2")
    assert history and {item["value"] for item in history} == {None}
    shell("R2", "visit", "purge", shell.visit, "--certificate", shell.folder / "c", code=1)
    shell("L1", "visit", "receipt", shell.visit, shell.folder / "receipt")
    shell("R2", "visit", "merge", shell.visit, shell.folder / "receipt")
    shell("R2", "visit", "purge", shell.visit, "--certificate", shell.folder / "c")
    assert json.loads((shell.folder / "c.json").read_text())["unreceipted"] == 0
    assert shell.json("R2", "visits") == {"visits": []}


def test_a_damaged_store_is_named_as_that_and_verify_says_what_to_do(shell: Shell) -> None:
    shell.record("L1", EVERY_KIND, me="L1")
    store = shell.folder / "L1" / "visits" / shell.visit / "visit.db"
    raw = bytearray(store.read_bytes())
    for page in range(3, len(raw) // 4096):
        raw[page * 4096 + 100] ^= 1
    store.write_bytes(bytes(raw))
    verified = shell.json("L1", "visit", "verify", shell.visit)
    assert not verified["ok"] and any("restore" in check["do"] for check in verified["checks"])
    shell("L1", "visit", "status", shell.visit, code=1)
    assert "damaged" in shell.err


def test_a_refused_first_command_sets_no_passphrase(shell: Shell) -> None:
    (shell.folder / "code").unlink()
    wrong = shell.file("wrong", "six words that are not it")
    shell("new", "visit", "join-as", shell.folder / "pack", "--as", "R4", "--phrase-file", wrong, code=1)
    assert not (shell.folder / "new").exists() and not (shell.folder / "code").exists()
    shell("pass", "visits", code=1)


def test_a_lost_key_file_is_not_taken_for_a_first_use(shell: Shell) -> None:
    (shell.folder / "R2" / "home.json").unlink()
    shell("R2", "visits", code=1)
    assert "damaged" in shell.err and not (shell.folder / "R2" / "home.json").exists()


def test_consent_is_not_taken_back_from_under_what_rests_on_it(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    for value in ("false", "null"):
        for field in ("consent_quotes", "consent_notes"):
            shell.record("R2", f'{{"kind":"interview","id":"P1","{field}":{value}}}', me="R2", code=1)
            assert field in shell.err


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
