"""The meeting and what comes after it from the command line: settling, withdrawing, receipts, the end."""

from __future__ import annotations

import json

from tests.core.cli.support import EVERY_KIND, Shell


def test_the_lead_opens_the_meeting_admits_late_ratings_and_settles_from_the_command_line(shell: Shell) -> None:
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


def test_a_rating_that_waits_for_the_lead_is_said_when_it_comes_in_and_by_status(shell: Shell) -> None:
    for standard in ("14", "4"):
        shell.record("R2", f'{{"kind":"rating","standard":"{standard}","value":"met"}}', me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "meeting", shell.visit, "open")
    words = (
        "2 ratings arrived after the meeting was opened and wait for the lead (visit meeting accept-late): 4/R2, 14/R2"
    )
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2", "--preview")
    assert f"note: {words}" in shell.err
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    assert receipt["late"] == ["4/R2", "14/R2"] and f"note: {words}" in shell.err
    assert words in shell("L1", "visit", "status", shell.visit)
    assert shell.json("L1", "visit", "status", shell.visit)["late"] == ["4/R2", "14/R2"]
    shell("L1", "visit", "meeting", shell.visit, "accept-late", "14/R2")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    assert "note: 1 rating arrived after the meeting was opened and waits for the lead" in shell.err
    shell("L1", "visit", "meeting", shell.visit, "accept-late", "4/R2")
    assert "wait" not in shell("L1", "visit", "status", shell.visit)
    assert shell.json("L1", "visit", "status", shell.visit)["late"] == []


def test_an_interview_is_withdrawn_and_a_visit_with_a_receipt_purged_from_the_command_line(shell: Shell) -> None:
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


def test_what_another_reviewer_asks_for_is_hidden_until_it_is_decided_from_the_command_line(shell: Shell) -> None:
    interview, quote = ("interview", "P1/R2"), ("quote", "Q1/R2")
    shell("R4", "visit", "join-as", shell.folder / "pack", "--as", "R4", "--phrase-file", shell.folder / "phrase")
    shell.record("R2", EVERY_KIND, me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    for home in ("L1", "R4"):
        shell(home, "visit", "merge", shell.visit, shell.folder / "r2")
    shell("R4", "visit", "withdraw", shell.visit, *quote, "--reason", "told me", code=1)
    assert "only R2 (Example name) or the lead withdraws this" in shell.err and "--ask" in shell.err
    shell("R4", "visit", "withdraw", shell.visit, *quote, "--reason", "the person told me", "--ask")
    assert (
        "hidden here, and on every laptop that imports this, until R2 (Example name) or the lead decides" in shell.err
    )
    shell("R4", "visit", "return", shell.visit, shell.folder / "r4")
    (receipt,) = shell.json("L1", "visit", "merge", shell.visit, shell.folder / "r4")
    ((told),) = receipt["hidden"]
    assert told["record"] == "quote/Q1/R2" and told["asked_by"] == "R4" and told["hidden"] == ["quote/Q1/R2"]
    words = "hidden: quote Q1/R2, because R4's laptop"
    assert words in shell.err and words in shell("L1", "visit", "status", shell.visit)
    history = shell.json("L1", "visit", "history", shell.visit, *quote)
    assert history and {(item["value"], item["hidden"], item["withdrawn"]) for item in history} == {(None, True, False)}
    printed = shell("L1", "visit", "history", shell.visit, *quote)
    assert "asked to withdraw it: the person told me" in printed and "Hidden: the laptop of R4 (" in printed
    shell("R4", "visit", "show-again", shell.visit, *interview, "--reason", "r", code=1)
    shell("L1", "visit", "show-again", shell.visit, *quote, "--reason", "another one was meant")
    assert "shown again" in shell.err and shell.json("L1", "visit", "status", shell.visit)["hidden"] == []
    printed = shell("L1", "visit", "history", shell.visit, *quote)
    assert "text = 'q'" in printed and "showed it again: another one was meant" in printed


def test_a_concern_is_kept_when_its_interview_is_withdrawn_unless_it_is_named(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    withdraw = ("visit", "withdraw", shell.visit, "interview", "P1/R2", "--reason", "the person asked")
    shell("R2", *withdraw, "--concern", "IC9/R2", code=1)
    assert "use one of: IC1/R2" in shell.err
    shell("R2", *withdraw)
    assert "the immediate concern IC1/R2 is kept" in shell.err and "--concern IC1/R2" in shell.err
    assert any(item["value"] == "t" for item in shell.json("R2", "visit", "history", shell.visit, "concern", "IC1/R2"))
    shell("R2", *withdraw, "--concern", "keep", "--concern", "IC1/R2", code=2)
    shell("R2", *withdraw, "--concern", "IC1/R2")
    assert "is kept" not in shell.err
    assert {item["value"] for item in shell.json("R2", "visit", "history", shell.visit, "concern", "IC1/R2")} == {None}


def test_consent_is_not_taken_back_from_under_what_rests_on_it(shell: Shell) -> None:
    shell.record("R2", EVERY_KIND, me="R2")
    for value in ("false", "null"):
        for field in ("consent_quotes", "consent_notes"):
            shell.record("R2", f'{{"kind":"interview","id":"P1","{field}":{value}}}', me="R2", code=1)
            assert field in shell.err


def test_taking_somebody_off_says_which_figures_change_and_the_check_lists_it(shell: Shell) -> None:
    shell.record("R2", '{"kind":"rating","standard":"47","value":"met"}', me="R2")
    shell("R2", "visit", "return", shell.visit, shell.folder / "r2")
    shell("L1", "visit", "merge", shell.visit, shell.folder / "r2")
    shell.record("L1", '{"kind":"person","code":"R2","deleted":true}', me="L1")
    assert "note: Kept, but no longer counted: 1 rating of R2. 1 standard changes: 47 (Met →" in shell.err
    findings = shell.json("L1", "report", shell.visit, "--check")["findings"]
    assert [one["place"] for one in findings if one["rule"] == "not_counted"] == ["person/R2"]
    shell.record("L1", '{"kind":"person","code":"R4","deleted":true}', me="L1")
    assert "note:" not in shell.err
    shell.record("L1", '{"kind":"person","code":"R2","role":"clinician"}', me="L1")
    assert "note: Counted again: 1 rating of R2" in shell.err


def test_what_the_lead_alone_records_is_not_said_to_be_a_reviewers(shell: Shell) -> None:
    decision = '{"kind":"decision","presentation":1,"date":"2026-12-01","label":"deferred"}'
    shell.record("L1", decision, me="committee", code=1)
    assert (
        "committee does not record the committee's decision at presentation 1" in shell.err
        and "; record it as the lead" in shell.err
    )
    shell.record("L1", '{"kind":"rating","standard":"47","value":"met"}', me="host", code=1)
    assert "; record it as a reviewer" in shell.err
