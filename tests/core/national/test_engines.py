"""One text of each question, equal rows from every engine, and the same rows as plain counting gives."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.national import engines
from reviewapp.national.questions import RATINGS_ONLY, questions
from reviewapp.store import question_tables
from tests.core.national import drawn, oracle, teams_2021
from tests.core.national.sets import database


def asked(engine: engines.Engine) -> dict[str, list[question_tables.Row]]:
    return {name: engine.rows(sql) for name, sql in questions().items()}


def agree(extracts, instrument) -> None:
    """SQLCipher, DuckDB and plain counting say the same."""
    db = database(extracts, instrument)
    try:
        wanted = oracle.answers(extracts, instrument)
        for name in (engines.SQLITE, engines.DUCKDB):
            with engines.opened(name, db) as engine:
                assert asked(engine) == wanted, name
    finally:
        db.close()


FEW = settings(max_examples=max(settings().max_examples // 3, 1))
"""Each makes databases, so some are enough every day; all engines are asked more often with `test --slow`."""


@FEW
@given(drawn.extracts(drawn.RATED))
def test_every_engine_gives_the_rows_that_plain_counting_gives(extracts):
    agree(extracts, drawn.RATED)


@FEW
@given(drawn.extracts(drawn.SCORED))
def test_and_so_it_is_on_a_scored_scale(extracts):
    agree(extracts, drawn.SCORED)


def test_an_empty_set_has_no_rows_in_any_engine():
    agree([], drawn.RATED)


def test_a_visit_goes_out_of_the_tables_whole():
    extracts = teams_2021.extracts()[:3]
    db = database(extracts, teams_2021.INSTRUMENT)
    question_tables.delete(db, 2)
    left = engines.SqlCipher(db)
    kept = database(extracts[:1], teams_2021.INSTRUMENT)
    question_tables.delete(db, 3)
    assert asked(left) == asked(engines.SqlCipher(kept))
    db.close()
    kept.close()


@pytest.mark.parametrize("name", ["postgres", "", "SC://host"])
def test_an_engine_that_is_none_is_refused_in_one_line(name):
    db = database([], drawn.RATED)
    with pytest.raises(Invalid, match="there is no engine"), engines.opened(name, db):
        pass
    db.close()


@pytest.mark.parametrize(
    ("engine", "module", "extra"),
    [("duckdb", "duckdb", "reviewapp[national]"), ("sc://127.0.0.1:1", "pyspark.sql", "reviewapp[spark]")],
)
def test_an_engine_that_is_not_installed_names_what_to_install(monkeypatch, engine, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    db = database([], drawn.RATED)
    with pytest.raises(ReviewError) as told, engines.opened(engine, db):
        pass
    assert extra in str(told.value)
    assert "\n" not in str(told.value)
    db.close()


def test_duckdb_reads_and_writes_no_file(tmp_path):
    db = database(teams_2021.extracts()[:1], teams_2021.INSTRUMENT)
    file = tmp_path / "outside.csv"
    file.write_text("a\n1\n")
    with engines.opened("duckdb", db) as engine:
        for sql in (
            f"select * from read_csv('{file}')",
            f"copy ratings to '{tmp_path / 'out.csv'}'",
            f"attach '{tmp_path / 'other.db'}'",
            "set temp_directory = '/tmp'",
            "set enable_external_access = true",
        ):
            with pytest.raises(Exception, match=r"(?i)disabled|locked|cannot"):
                engine.rows(sql)
    assert [one.name for one in tmp_path.iterdir()] == ["outside.csv"]
    db.close()


def test_what_leaves_for_a_server_counts_nobody():
    """The questions that a Spark server is asked read the ratings of services, by number, and nothing else."""
    for name in RATINGS_ONLY:
        words = set(questions()[name].replace(",", " ").split())
        assert not words & (question_tables.TABLES.keys() - {"visits", "ratings"})
    named = {"code", "team_code", "id", "name"}
    assert not named & (
        question_tables.TABLES["visits"].columns.keys() | question_tables.TABLES["ratings"].columns.keys()
    )
