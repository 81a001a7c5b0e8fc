"""`visit laptops`, `visit certify`, `visit set-aside`: whose laptops are, and what is done about one of nobody's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.core.cli.support import Shell

MET = '{"kind":"rating","standard":"47","value":"met"}'
NOT_MET = '{"kind":"rating","standard":"47","value":"not_met"}'


def laptops(shell: Shell, home: str = "L1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.json(home, "visit", "laptops", shell.visit)["laptops"]
    return found


def one(shell: Shell, device: str) -> dict[str, Any]:
    return next(row for row in laptops(shell) if row["device"] == device)


def brought(shell: Shell, home: str, *, code: str = "R2") -> dict[str, Any]:
    """The receipt of a return from another laptop, which takes the pack as `code` if it has not yet."""
    if not (shell.folder / home).exists():
        words = ("--as", code, "--phrase-file", shell.folder / "phrase")
        shell(home, "visit", "join-as", shell.folder / "pack", *words)
    shell(home, "visit", "return", shell.visit, shell.folder / f"{home}.ret")
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / f"{home}.ret")
    found: dict[str, Any] = receipt
    return found


def test_a_first_return_shows_whose_laptop_with_the_words_of_its_own_screen_and_certifying_settles_it(
    shell: Shell,
) -> None:
    shell.record("R2", MET, me="R2")
    brought(shell, "R2")
    (own,) = [row for row in laptops(shell, "R2") if row["code"] == "R2"]
    theirs = one(shell, own["device"])
    assert {"device", "code", "words", "state", "entries", "first_seen"} <= theirs.keys()
    assert (theirs["state"], theirs["entries"], theirs["words"]) == ("uncertified", 1, own["words"])
    assert len(own["words"].split()) == 3
    assert [row["state"] for row in laptops(shell) if row["code"] == "L1"] == ["lead"]
    shell("L1", "visit", "certify", shell.visit, own["device"][:8], "--as", "R2")
    assert one(shell, own["device"])["state"] == "certified"


def test_once_one_is_certified_another_of_that_code_stands_apart_and_is_told_everywhere(shell: Shell) -> None:
    shell.record("R2", MET, me="R2")
    device = brought(shell, "R2")["from"]["device"]
    shell("L1", "visit", "certify", shell.visit, device, "--as", "R2")
    words = ("--as", "R2", "--phrase-file", shell.folder / "phrase")
    shell("liar", "visit", "join-as", shell.folder / "pack", *words)
    shell.record("liar", NOT_MET, me="R2")
    receipt = brought(shell, "liar")
    (apart,) = receipt["apart"]
    assert (apart["code"], apart["entries"], apart["device"]) == ("R2", 1, receipt["from"]["device"])
    assert "another laptop is confirmed" in apart["why"] and receipt["reason"] is None
    counts = receipt["entries"]
    assert counts["in"] == counts["new"] + counts["already_here"] + counts["refused"] and counts["new"] == 1
    history = shell.json("L1", "visit", "history", shell.visit, "rating", "47/R2")
    assert {row["value"]: row["counts"] for row in history} == {"met": True, "not_met": False}
    assert shell.json("L1", "visit", "status", shell.visit)["conflicts"] == []
    assert "kept but not counted" in shell("L1", "visit", "history", shell.visit, "rating", "47/R2")
    assert "kept but not counted: a reviewer's rating" in shell("L1", "visit", "laptops", shell.visit)


def test_setting_aside_is_a_mark_that_can_be_taken_back(shell: Shell) -> None:
    shell.record("R2", MET, me="R2")
    shell.record("R2", NOT_MET, me="R2")
    device = brought(shell, "R2")["from"]["device"]
    digest = shell.json("L1", "visit", "status", shell.visit)["digest"]

    def value() -> Any:
        status = shell.json("L1", "visit", "status", shell.visit)
        return status["figures"]["overall"]["met"], status["figures"]["overall"]["not_met"]

    assert value() == (0, 1)
    shell("L1", "visit", "set-aside", shell.visit, device, "--from", "2", "--reason", "lent to somebody")
    assert one(shell, device)["state"] == "aside" and value() == (1, 0)
    assert shell.json("L1", "visit", "status", shell.visit)["digest"] != digest, "the mark is an entry"
    shell("L1", "visit", "set-aside", shell.visit, device, "--reason", "nobody knows whose it is")
    assert value() == (0, 0)
    shell("L1", "visit", "set-aside", shell.visit, device, "--undo")
    assert one(shell, device)["state"] == "uncertified" and value() == (0, 1)


@pytest.mark.parametrize("words", [
    ("certify", "{device}", "--as", "R4"), ("certify", "{device}", "--as", "R9"), ("certify", "ffff", "--as", "R2"),
    ("set-aside", "{own}", "--reason", "r"), ("set-aside", "{device}", "--undo"),
    ("set-aside", "{device}", "--reason", " "),
])  # fmt: skip
def test_what_cannot_be_said_of_a_laptop_is_refused(shell: Shell, words: tuple[str, ...]) -> None:
    shell.record("R2", MET, me="R2")
    device = brought(shell, "R2")["from"]["device"]
    own = next(row["device"] for row in laptops(shell) if row["state"] == "lead")
    before = json.dumps(laptops(shell))
    what, *rest = [word.format(device=device, own=own) for word in words]
    shell("L1", "visit", what, shell.visit, *rest, code=1)
    assert json.dumps(laptops(shell)) == before


def test_only_the_lead_says_whose_a_laptop_is(shell: Shell) -> None:
    shell.record("R2", MET, me="R2")
    device = laptops(shell, "R2")[0]["device"]
    shell("R2", "visit", "certify", shell.visit, device, "--as", "R2", code=1)
    words = ("--as", "L1", "--phrase-file", shell.folder / "phrase")
    shell("liar", "visit", "join-as", shell.folder / "pack", *words)
    shell("liar", "visit", "certify", shell.visit, device, "--as", "R2", code=1)
    shell("liar", "visit", "pack", shell.visit, shell.folder / "p2", "--phrase-file", shell.folder / "phrase", code=1)


def test_a_restored_laptop_keeps_its_standing_and_the_lead_is_told(shell: Shell) -> None:
    shell.record("R2", MET, me="R2")
    device = brought(shell, "R2")["from"]["device"]
    shell("L1", "visit", "certify", shell.visit, device, "--as", "R2")
    for home in ("L1", "R2"):
        shell(home, "visit", "backup", shell.visit, shell.folder / f"{home}.backup")
        digest = shell.json(home, "visit", "status", shell.visit)["digest"]
        shell(home, "visit", "restore", shell.folder / f"{home}.backup")
        assert shell.json(home, "visit", "status", shell.visit)["digest"] == digest
    shell.record("R2", NOT_MET, me="R2")
    receipt = brought(shell, "R2")
    assert receipt["apart"] == [] and receipt["conflicts"] == []
    new = one(shell, receipt["from"]["device"])
    assert (new["state"], new["restored_from"]) == ("certified", device)
    shell.record("L1", '{"kind":"agreed","standard":"47","value":"met"}', me="L1")
    assert shell.json("L1", "visit", "status", shell.visit)["figures"]["basis"] == "agreed"
    shell("L1", "visit", "receipt", shell.visit, shell.folder / "receipt")
    (taken,) = shell.json("R2", "visit", "merge", shell.visit, shell.folder / "receipt")
    assert taken["reason"] is None


def test_a_laptop_that_stands_apart_shows_its_own_words_and_every_command_says_that_they_count_nowhere(
    shell: Shell,
) -> None:
    shell.record("R2", MET, me="R2")
    device = brought(shell, "R2")["from"]["device"]
    shell("L1", "visit", "certify", shell.visit, device, "--as", "R2")
    words = ("--as", "R2", "--phrase-file", shell.folder / "phrase")
    shell("anew", "visit", "join-as", shell.folder / "pack", *words)
    shell("L1", "visit", "return", shell.visit, shell.folder / "lead.ret")
    shell.json("anew", "visit", "merge", shell.visit, shell.folder / "lead.ret")
    shell.record("anew", NOT_MET, me="R2")
    told = "what this laptop recorded is shown on it only, and is not counted"
    assert shell.err.count(told) == 1 and "beside what another laptop said" not in shell.err
    status = shell.json("anew", "visit", "status", shell.visit)
    assert shell.err.count(told) == 1 and len(status["conflicts"]) == 1, "beside what the certified one said"
    shell("anew", "report", shell.visit, "--json", shell.folder / "report.json")
    assert shell.err.count(told) == 1
    assert "is not counted anywhere else" in (shell.folder / "report.json").read_text(encoding="utf-8")
    (row,) = [row for row in laptops(shell, "anew") if row["device"] != device and row["code"] == "R2"]
    assert row["state"] == "apart"
    rows = shell.json("anew", "visit", "history", shell.visit, "rating", "47/R2")
    assert {(row["value"], row["counts"]) for row in rows if row["field"] == "value"} == {
        ("met", True),
        ("not_met", False),
    }
    for home in ("L1", "R2"):
        shell(home, "visit", "status", shell.visit)
        assert told not in shell.err
