"""The figures of a set on the command line: status, the benchmark and its way to a visit, the export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from msgspec.structs import replace

from reviewapp.national import joining
from reviewapp.national.questions import RATINGS_ONLY, questions
from tests.core.cli.support import Shell
from tests.core.homes import PASSPHRASE
from tests.core.national import second_set, teams_2021
from tests.core.national.office import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has the 29 teams of 2021, and one that another edition measured."""
    made = Office(tmp_path_factory.mktemp("network"))
    with made.open() as found:
        extracts = [*teams_2021.extracts(), second_set.of_another_edition()]
        joining.join(found, [made.file(one) for one in extracts])
    return made


@pytest.fixture
def at_office(office: Office, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    shell = Shell(office.folder, capsys)
    (office.folder / "pass").write_text(PASSPHRASE + "\n")
    yield shell


def test_status_prints_what_the_contract_lists(at_office, office):
    shown = at_office.json("office", "national", "status", office.set_id)
    assert (shown["n_visits"], shown["n_teams"], shown["cycle"]) == (29, 29, "2021")
    assert shown["overall"]["met"] == 978
    assert shown["overall"]["percent"] == 100 * 978 / 1276
    assert shown["by_standard"]["90"]["met"] == 2
    assert shown["distribution"]["overall"].keys() == {"n", "min", "q1", "median", "q3", "max", "mean"}
    assert [one["number"] for one in shown["least_met"]["Staffing and training"]] == ["90", "84"]
    assert [one["why"] for one in shown["left_out"]] == ["rated with another edition: 5th edition (example)"]
    assert len(shown["digest"]) == 64
    counts = [row[name] for one in shown["surveys"].values() for row in one["standards"].values() for name in row]
    assert not [n for n in counts if n in (1, 2, 3, 4)]


def test_status_is_the_same_whoever_counts(at_office, office):
    words = ("office", "national", "status", office.set_id)
    assert at_office.json(*words, "--engine", "duckdb") == at_office.json(*words)
    assert at_office(*words, "--engine", "duckdb") == at_office(*words)
    at_office(*words, "--engine", "oracle", code=1)
    assert "there is no engine 'oracle'" in at_office.err


def test_status_in_words(at_office, office):
    lines = at_office("office", "national", "status", office.set_id).splitlines()
    assert lines[0] == "Crisis teams 2021, cycle 2021: 29 visits of 29 teams, by qn-crhtt-4-pc (4th edition)"
    assert "       77%  met (978 of 1276)" in lines
    assert "Staffing and training, least met: 90 (2 of 29, 7%); 84 (13 of 29, 45%)" in lines
    assert "Open 24 hours, 7 days a week: yes for 25 of 29" in lines
    assert any(line.startswith("left out: S10") for line in lines)
    at_office("office", "national", "status", office.set_id, "--cycle", "1999", code=1)
    assert "no visit of cycle '1999' counts" in at_office.err


def test_the_benchmark_goes_to_a_lead_and_stands_in_the_place_of_the_built_in(at_office, office):
    file = office.folder / "network.toml"
    at_office("office", "national", "benchmark", office.set_id, file)
    at_office("lead", "benchmark", "import", file)
    listed = at_office.json("lead", "benchmark", "list")["benchmarks"]
    assert [(one["id"], one["imported"]) for one in listed] == [
        ("crisis-teams-2021", True),
        ("qn-crhtt-2021", False),
    ]
    visit = at_office(
        "lead", "visit", "new", "--instrument", "qn-crhtt-4-pc", "--service", "Example", "--organisation", "Example",
        "--date", "2026-11-17", "--person", "L1:lead",
    ).strip()  # fmt: skip
    used = at_office.json("lead", "visit", "status", visit)["report"]["benchmark"]
    assert (used["id"], used["overall"]) == ("crisis-teams-2021", 100 * 978 / 1276)
    at_office("lead", "benchmark", "remove", "crisis-teams-2021")
    assert at_office.json("lead", "visit", "status", visit)["report"]["benchmark"]["id"] == "qn-crhtt-2021"
    at_office("lead", "benchmark", "import", office.folder / "pass", code=1)


def test_an_export_answers_the_questions_and_names_nobody(at_office, office):
    folder = office.folder / "out"
    at_office("office", "national", "export", office.set_id, folder, code=1)
    assert "not encrypted" in at_office.err and not folder.exists()
    at_office("office", "national", "export", office.set_id, folder, "--de-identified")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["visits"] == 29
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == {*listed, "manifest.json"}
    for path, digest in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
    _questions_are_answered(folder)
    everything = b"".join((folder / path).read_bytes() for path in found)
    held = [*teams_2021.TEAMS, *(one.visit for one in teams_2021.extracts()), "caseload", "Crisis teams"]
    assert [name for name in held if name.encode() in everything] == []
    at_office("office", "national", "export", office.set_id, folder, "--de-identified", code=1)
    assert "is there already" in at_office.err


def _questions_are_answered(folder: Path) -> None:
    """The same questions on the files give the counts of the set; only whose they are is not in them."""
    with duckdb.connect(":memory:") as db:
        for table in ("visits", "ratings", "surveys"):
            columns = "* exclude (edition, cycle)" if table == "ratings" else "* exclude (edition)"
            db.execute(f"create view {table} as select {columns} from read_parquet('{folder}/{table}/**/*.parquet')")
        asked = {name: db.execute(questions()[name]).fetchall() for name in RATINGS_ONLY}
        small = db.execute("select count(*) from surveys where yes between 1 and 4 or no between 1 and 4").fetchall()
    assert sum(row[-1] for row in asked["per_standard"] if row[3] == 1) == 978
    assert sorted(row[1] for row in asked["visits"]) == list(range(1, 30))
    assert {(row[3], row[6]) for row in asked["visits"]} == {("", 0)}
    assert small == [(0,)]


def test_the_same_set_exports_the_same_bytes(at_office, office):
    for name in ("one", "two"):
        at_office("office", "national", "export", office.set_id, office.folder / name, "--de-identified")
    one, two = ((office.folder / name / "manifest.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_report_that_was_given_out_is_remembered_by_every_output(tmp_path, capsys):
    made = Office(tmp_path)
    shell = Shell(tmp_path, capsys)
    (tmp_path / "pass").write_text(PASSPHRASE + "\n")
    extracts = teams_2021.extracts()[:8]
    with made.open() as found:
        joining.join(found, [made.file(one) for one in extracts[:7]])
        before = tuple(f"{team.visit}/{team.revision}" for team in found.figures().teams)
        found.note_printed(_report(before))
        joining.join(found, [made.file(extracts[7])])
    shown = shell.json("office", "national", "status", made.set_id)
    assert shown["surveys"]["patient"]["respondents"] is None
    assert "differs by 1 visit only" in shown["withheld"][0]
    assert shown["overall"]["met"] == sum(team["counts"]["met"] for team in shown["teams"])


def _report(visits):
    from reviewapp.national.network_set import PrintedReport

    return PrintedReport(number=1, at="2026-12-01T00:00:00Z", digest="d" * 64, visits=visits)


def test_drafts_and_a_scored_scale_have_their_own_lines(tmp_path, capsys):
    made = Office(tmp_path, instrument=second_set.SCORED)
    shell = Shell(tmp_path, capsys)
    (tmp_path / "pass").write_text(PASSPHRASE + "\n")
    drafts = [replace(one, status="draft") if one.team == "F1" else one for one in second_set.scored()]
    with made.open() as found:
        joining.join(found, [made.file(one) for one in drafts])
    printed = shell("office", "national", "status", made.set_id)
    assert "total: median" in printed
    assert "a draft: no decision yet" in printed
    shell("office", "national", "benchmark", made.set_id, tmp_path / "x.toml", code=1)
    assert "is scored" in shell.err
