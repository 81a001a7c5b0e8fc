"""`visit carry-over`, `visit new --after`, `visit round`, `visit series`, and the lines of the programme."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.instruments.library import Library
from tests.core.cli.support import Shell
from tests.core.visit.building import scored_instrument

PROGRAMME = """
{"kind":"goal","id":"G1","text":"Sooner","standards":["12","16"],"why":"w","target":"4","chosen_by":"team","proposed_by":"team"}
{"kind":"scoping","planned":"2026-10-05","held":"2026-11-02","present":{"staff":9,"patients":2,"carers":1,"senior":1},"note":""}
{"kind":"vote","goal":"G1","n":7}
{"kind":"action","id":"AP1","goal":"G1","standard":"12","action":"Ring","owner":"team manager","deputy":"nurse"}
{"kind":"follow_up","id":"F1","planned":"2026-12-01","held":"2026-12-02","status":"held","who":"manager","note":"n"}
{"kind":"follow_up_goal","follow_up":"F1","goal":"G1","progress":"p","barrier":"time","help":"h","decision":"d","next":"n","due":"2027-01-01"}
{"kind":"readiness","domain":"leadership","answer":"a","note":""}
{"kind":"learning_event","id":"E1","date":"2027-02-01","teams":"two","offer":"o","take":"t"}
{"kind":"staff_change","id":"S1","date":"2027-01-15","what":"a new manager","briefed":"2027-01-20"}
{"kind":"escalation","id":"X1","to":"the Trust","asked":"a room","answer":"yes","answered":"2027-02-02"}
"""


@pytest.fixture
def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A laptop with a visit of 39 items, the 24-month round of a team."""
    shell = Shell(tmp_path, capsys)
    shell("L1", "instruments", "list")
    made = msgspec.structs.replace(scored_instrument(), id="example-39", scope="full")
    Library(tmp_path / "L1" / "instruments").add(made)
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "example-39", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-05-12", "--round", "24 months", "--person", "L1:lead",
    ).strip()  # fmt: skip
    return shell


def test_rounds_of_which_only_the_total_is_known_stand_in_the_series(scored: Shell) -> None:
    scored("L1", "visit", "round", scored.visit, "--label", "baseline", "--date", "2024-05-12", "--total", "97")
    scored("L1", "visit", "round", scored.visit, "--label", "12 months", "--date", "2025-05-12", "--total", "134")
    found = scored.json("L1", "visit", "series", scored.visit)
    assert [(one["label"], one["held"], one["total"], one["band"]) for one in found["rounds"]] == [
        ("baseline", "2024-05-12", 97, "low"),
        ("12 months", "2025-05-12", 134, "moderate"),
        ("24 months", "2026-05-12", None, None),
    ]
    assert found["changes"] == [{"before": 0, "after": 1, "points": 37, "within_caution": False}]
    assert len(found["items"]) == 39 and found["items"][0]["why"] == "only one round has more than a total"
    assert found["common"]["n"] == 0 and found["common"]["percent"] == [None, None, None]
    printed = scored("L1", "visit", "series", scored.visit)
    assert "baseline and 12 months: +37 points" in printed and "caution, not a test" in printed
    assert "↑" not in printed and "→" not in printed


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--label", "later", "--date", "2026-05-12", "--total", "100"), "is not after"),
        (("--label", "24 months", "--date", "2025-05-12", "--total", "100"), "already"),
        (("--label", "old", "--date", "2025-05-12", "--total", "38"), "38 cannot be a total"),
        (("--label", "old", "--date", "12/05/2025", "--total", "100"), "is not a date"),
    ],
)
def test_a_round_that_cannot_be_is_refused(scored: Shell, words: tuple[str, ...], what: str) -> None:
    scored("L1", "visit", "round", scored.visit, *words, code=1)
    assert what in scored.err


def test_wrong_usage_is_told(scored: Shell) -> None:
    for words in (["--label", "old", "--date", "2025-05-12"], ["--label", "old", "--total", "100"], []):
        scored("L1", "visit", "round", scored.visit, *words, code=2)
    scored("L1", "visit", "new", "--date", "2026-05-12", code=2)


def test_a_visit_says_which_round_it_is_and_when_it_was_held(scored: Shell) -> None:
    scored("L1", "visit", "round", scored.visit, "--held", "2026-06-02", "--label", "two years")
    (own,) = scored.json("L1", "visit", "series", scored.visit)["rounds"]
    assert (own["label"], own["planned"], own["held"]) == ("two years", "2026-05-12", "2026-06-02")


def test_the_next_visit_begins_from_the_file_on_another_laptop(scored: Shell, tmp_path: Path) -> None:
    lines = "".join(f'{{"kind":"agreed","standard":"{n}","value":{1 + n % 5}}}\n' for n in range(1, 40))
    scored.record("L1", lines + PROGRAMME, me="L1")
    file, words = tmp_path / "team.carry", tmp_path / "words"
    scored("L1", "visit", "carry-over", scored.visit, file, "--phrase-file", words)
    after = ("visit", "new", "--after", file, "--phrase-file", words, "--round", "30 months")
    scored("Z1", *after, "--date", "2026-05-12", code=1)
    assert "the one before it 12 May 2026" in scored.err
    scored("Z1", *after, "--date", "2026-11-12", "--service", "Another team", code=1)
    assert "this carry-over is of Example team, not of Another team" in scored.err
    later = scored("Z1", *after, "--date", "2026-11-12").strip()
    assert [one["id"] for one in scored.json("Z1", "visits")["visits"]] == [later]
    scored.visit = later
    scored.record("Z1", '{"kind":"agreed","standard":"12","value":5}', me="L1")
    found = scored.json("Z1", "visit", "series", later)
    assert [one["label"] for one in found["rounds"]] == ["24 months", "30 months"]
    item = found["items"][11]
    assert (item["standard"], item["values"], item["comparable"], item["why"]) == ("12", [3, 5], True, "")
    assert (found["common"]["n"], found["common"]["totals"]) == (1, [3, 5])
    (action,) = [one for one in scored.json("Z1", "visit", "history", later, "action", "AP1") if one["field"] == "goal"]
    assert action["value"] == "G1"


def test_the_series_takes_files_of_other_rounds_and_visits_on_this_laptop(scored: Shell, tmp_path: Path) -> None:
    file, words = tmp_path / "team.carry", tmp_path / "words"
    scored("L1", "visit", "carry-over", scored.visit, file, "--phrase-file", words)
    other = scored("L1", "visit", "new", "--after", scored.visit, "--date", "2026-11-12").strip()
    for named in ((file, "--phrase-file", words), (scored.visit,)):
        found = scored.json("L1", "visit", "series", other, "--with", *named)
        assert [one["visit"] for one in found["rounds"]] == [scored.visit, other]
    scored("L1", "visit", "series", other, "--with", file, code=1)
    assert "--phrase-file" in scored.err
    scored("L1", "visit", "series", other, "--with", tmp_path / "none", code=1)


def test_every_line_of_the_programme_is_taken(shell: Shell) -> None:
    shell.record("L1", PROGRAMME.replace('"12","16"', '"47"').replace('"standard":"12"', '"standard":"47"'), me="L1")
    shell.record("L1", '{"kind":"suggestions","shown":true}', me="L1")
    shell.record(
        "L1",
        '{"kind":"goal","id":"G2","text":"x","proposed_by":"L1"}\n{"kind":"vote","goal":"G7","n":1}',
        me="L1",
        code=1,
    )
    assert "line 2 field goal: there is no goal 'G7'" in shell.err


def test_status_tells_what_follows_the_review(scored: Shell) -> None:
    before = scored.json("L1", "visit", "status", scored.visit)
    assert "programme" not in before and before["round"]["label"] == "24 months"
    scored.record("L1", PROGRAMME, me="L1")
    found = scored.json("L1", "visit", "status", scored.visit)["programme"]
    assert [(one["id"], one["votes"], one["actions"]["open"]) for one in found["goals"]] == [("G1", 7, 1)]
    assert found["scoping"]["days_late"] == 28 and found["scoping"]["absent"] == []
    assert found["follow_up"]["meetings"]["held"] == 1
    assert [one["id"] for one in found["follow_up"]["told"]] == ["S1"]
    assert [(one["answered"], one["open"]) for one in found["follow_up"]["escalations"]] == [("2027-02-02", False)]
    printed = scored("L1", "visit", "status", scored.visit)
    assert "goal G1: Sooner; 0 of 1 actions done" in printed and "28 days after it was planned" in printed


def test_more_than_four_goals_are_taken_with_a_note(scored: Shell) -> None:
    goal = '{"kind":"goal","id":"G%d","text":"Sooner","standards":["1"],"chosen_by":"team"}\n'
    scored.record("L1", "".join(goal % n for n in range(4)), me="L1")
    assert "advised" not in scored.err
    scored.record("L1", goal % 4, me="L1")
    assert "note: 5 goals are chosen; 3 or 4 in twelve months are advised" in scored.err


def test_the_teams_of_a_laptop_stand_side_by_side(scored: Shell) -> None:
    assert "no visit here has goals" in scored("L1", "visits", "--follow-up")
    scored.record("L1", PROGRAMME, me="L1")
    found = scored.json("L1", "visits", "--follow-up")
    assert [(one["service"], one["round"], one["goals"]) for one in found["teams"]] == [
        ("Example team", "24 months", 1)
    ]
    assert found["meetings"]["held"] == 1 and found["barriers"][0]["barrier"] == "time"
    printed = scored("L1", "visits", "--follow-up")
    assert "asked of the Trust: a room; answered 2027-02-02" in printed and "in the way: Time 1" in printed


def test_the_brief_for_new_staff_names_the_goals(scored: Shell, tmp_path: Path) -> None:
    from pypdf import PdfReader

    scored.record("L1", PROGRAMME, me="L1")
    scored("L1", "plan", "export", scored.visit, tmp_path / "brief.pdf", "--kind", "brief")
    pages = PdfReader(tmp_path / "brief.pdf").pages
    words = pages[0].extract_text()
    assert len(pages) == 1 and "The team's goals" in words and "0 of 1 action done" in words


def test_a_goal_that_may_identify_somebody_stops_what_prints_it_and_a_candidate_does_not(
    scored: Shell, tmp_path: Path
) -> None:
    goal = '{"kind":"goal","id":"%s","text":"NHS number 943 476 5919 is seen sooner","standards":["1"]%s}\n'
    scored.record("L1", goal % ("G1", "") + goal % ("R2.1", ',"proposed_by":"reviewers"'), me="L1")
    for kind, name in (("brief", "a.pdf"), ("sheet", "a.xlsx")):
        scored("L1", "plan", "export", scored.visit, tmp_path / name, "--kind", kind, "--strict")
    scored.record("L1", '{"kind":"goal","id":"G1","chosen_by":"team"}', me="L1")
    for kind, name in (("brief", "b.pdf"), ("sheet", "b.xlsx")):
        scored("L1", "plan", "export", scored.visit, tmp_path / name, "--kind", kind, "--strict", code=1)
        assert not (tmp_path / name).exists()


def test_criteria_are_carried_and_the_series_shows_which_changed(scored: Shell, tmp_path: Path) -> None:
    people = ("--service", "Another team", "--organisation", "Trust", "--person", "L1:lead")
    first = scored(
        "L1",
        "visit",
        "new",
        "--instrument",
        "example-fidelity-8",
        "--date",
        "2026-05-12",
        "--round",
        "baseline",
        *people,
    ).strip()
    found = '{"kind":"criterion","standard":"1","criterion":"%s","source":"%s","value":"%s"}\n'
    scored.visit = first
    both = [("a", "patient"), ("a", "document"), ("b", "staff")]
    scored.record("L1", "".join(found % (letter, source, "not_met") for letter, source in both), me="L1")
    before = scored.json("L1", "visit", "series", first)
    assert before["items"][0]["ranges"][0][0] == 1 and before["rounds"][0]["total"] is None

    later = scored("L1", "visit", "new", "--after", first, "--date", "2026-11-12", "--round", "6 months").strip()
    scored.visit = later
    ask = scored.json("L1", "visit", "status", later)["round"]["ask_first"]
    assert ask["first"][0]["why"] == "not_established" and "a" not in ask["first"][0]["letters"]
    scored.record("L1", found % ("b", "staff", "met"), me="L1")
    found_now = scored.json("L1", "visit", "series", later)
    assert found_now["items"][0]["ranges"][0] == before["items"][0]["ranges"][0]
    changed = {one["criterion"]: (one["before"], one["after"]) for one in found_now["items"][0]["criteria"]}
    assert changed == {"b": ("not_met", "met")}
