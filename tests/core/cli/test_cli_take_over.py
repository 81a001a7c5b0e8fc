"""`visit new --deputy`, `visit deputy`, `visit take-over`, `record --for` and `visit confirm`, as one types them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.core.cli.support import Shell

OWN = """
{"kind":"rating","standard":"47","value":"met","note":"n"}
{"kind":"interview","id":"P1","group":"patient","consent_notes":true,"consent_quotes":true}
{"kind":"answer","interview":"P1","prompt":"P01","text":"a"}
{"kind":"quote","id":"Q1","interview":"P1","text":"q","standards":["151"],"tone":"negative"}
{"kind":"audit","case_note":"3","item":"A1","value":"yes"}
"""
MORE = '{"kind":"quote","id":"Q2","interview":"P1","text":"more"}'
ABOUT = ("--instrument", "qn-crhtt-4-pc", "--service", "S", "--organisation", "O", "--date", "2026-11-17",
         "--person", "L1:lead", "--person", "R2:clinician", "--person", "R3:clinician")  # fmt: skip


@pytest.fixture
def named(shell: Shell) -> Shell:
    """R2 is the deputy, and knows it."""
    shell.visit = shell(
        "L1", "visit", "new", *ABOUT, "--deputy", "R2", "--takeover-file", shell.folder / "words"
    ).strip()
    shell("L1", "visit", "pack", shell.visit, shell.folder / "pack2", "--phrase-file", shell.folder / "phrase")
    for code in ("R2", "R3"):
        shell(code, "visit", "join-as", shell.folder / "pack2", "--as", code, "--phrase-file", shell.folder / "phrase")
    return shell


def bring(shell: Shell, of: str, *to: str) -> None:
    path = shell.folder / f"{of}.return"
    shell(of, "visit", "return", shell.visit, path)
    for home in to:
        shell(home, "visit", "merge", shell.visit, path)


def test_eight_words_are_written_for_their_owner_alone_and_the_deputy_leads_with_them(named: Shell) -> None:
    words: Path = named.folder / "words"
    assert len(words.read_text().split()) == 8 and stat.S_IMODE(words.stat().st_mode) == 0o600
    assert named.json("R2", "visit", "deputy", named.visit)["deputy"] == "R2"
    named("R3", "visit", "take-over", named.visit, "--code-file", words, code=1)
    named("R2", "visit", "take-over", named.visit, "--code-file", named.file("wrong", "able " * 8), code=1)
    named("R2", "visit", "take-over", named.visit, "--code-file", words)
    bring(named, "R2", "L1", "R3")
    for home in ("L1", "R2", "R3"):
        found = named.json(home, "visit", "deputy", named.visit)
        assert found["code"] == "R2" and found["take_over"] and found["here"] == (home == "R2")
        states = {one["code"]: one["state"] for one in named.json(home, "visit", "laptops", named.visit)["laptops"]}
        assert states["R2"] == "lead" and states["L1"] == "certified"
    agreed = named.file("agreed", '{"kind":"agreed","standard":"47","value":"met"}')
    named("L1", "record", named.visit, agreed, code=1)
    named("R2", "record", named.visit, agreed)


def test_a_deputy_is_named_later_and_anew(named: Shell) -> None:
    fresh = named.folder / "fresh"
    named("R2", "visit", "deputy", named.visit, "--name", "R3", "--takeover-file", fresh, code=1)
    assert not fresh.exists()
    named("L1", "visit", "deputy", named.visit, "--name", "R2", "--takeover-file", fresh)
    bring(named, "L1", "R2")
    named("R2", "visit", "take-over", named.visit, "--code-file", named.folder / "words", code=1)
    named("R2", "visit", "take-over", named.visit, "--code-file", fresh)


@pytest.mark.parametrize("words", [("--deputy", "R2"), ("--takeover-file", "F")])
def test_a_deputy_and_a_file_go_together(shell: Shell, words: tuple[str, ...]) -> None:
    shell("L1", "visit", "new", *ABOUT, *words, code=2)
    shell("L1", "visit", "take-over", shell.visit, code=2)


def test_a_file_that_holds_something_else_is_no_place_for_the_words(shell: Shell) -> None:
    there = shell.file("there", "something of mine\n")
    shell("L1", "visit", "new", *ABOUT, "--deputy", "R2", "--takeover-file", there, code=1)
    assert there.read_text() == "something of mine\n"


def test_what_is_typed_for_somebody_counts_once_the_lead_confirms_it(named: Shell) -> None:
    named("R2", "record", named.visit, named.file("own", OWN), "--for", "R3")
    assert "counts once R3 or the lead confirms it" in named.err
    named("R2", "record", named.visit, named.file("more", MORE), "--for", "R3")
    bring(named, "R2", "L1")
    waits = named.json("L1", "visit", "laptops", named.visit)["typed_for"]
    assert [(one["typist"], one["code"]) for one in waits] == [("R2", "R3")]
    before = named.json("L1", "visit", "status", named.visit)
    assert before["progress"]["interviews"]["patient"]["done"] == 0
    named("R2", "visit", "confirm", named.visit, "R3", code=1)
    named("L1", "visit", "confirm", named.visit, "R3")
    after = named.json("L1", "visit", "status", named.visit)
    assert after["progress"]["interviews"]["patient"]["done"] == 1
    assert after["progress"]["people"]["R3"]["rated"] == 1 and after["audit"]["A1"]["yes"] == 1
    assert named.json("L1", "visit", "laptops", named.visit)["typed_for"] == []


def test_a_line_that_is_refused_is_told_with_its_number(named: Shell) -> None:
    bad = named.file("bad", OWN + '{"kind":"quote","id":"Q9","interview":"P9","text":"x"}\n')
    named("R2", "record", named.visit, bad, "--for", "R3", code=1)
    assert "line 7" in named.err
    assert named.json("R2", "visit", "laptops", named.visit)["typed_for"] == []
