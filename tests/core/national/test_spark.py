"""A Spark server gives the rows that every other engine gives. Here it is Sail, which needs no Java.

Only where `pysail` is installed, which is 600 MB: `packaging/dev.py test --slow` makes an environment that has it.
Where `SPARK_CONNECT_TEST_URL` names a server, such as Apache Spark's own on Java 17, that one is asked.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from reviewapp.base.errors import ReviewError
from reviewapp.national import engines
from reviewapp.national.questions import RATINGS_ONLY, questions
from reviewapp.store import question_tables
from tests.core.national import drawn, oracle, teams_2021
from tests.core.national.sets import database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pysail") is None, reason="pysail is not installed"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
FEW = settings(max_examples=10)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server: the one that is named, else one that is started on this machine."""
    if named := os.environ.get("SPARK_CONNECT_TEST_URL"):
        yield named
        return
    from pysail.spark import SparkConnectServer

    made = SparkConnectServer("127.0.0.1", 0)
    made.start(background=True)
    host, port = made.listening_address
    yield f"sc://{host}:{port}"
    made.stop()


def agree(server, extracts, instrument) -> None:
    db = database(extracts, instrument)
    try:
        spark = engines.Spark(
            server, lambda name, size: question_tables.batches(db, name, size), list(question_tables.TABLES)
        )
        try:
            assert {name: spark.rows(sql) for name, sql in questions().items()} == oracle.answers(extracts, instrument)
        finally:
            spark.close()
    finally:
        db.close()


@FEW
@given(extracts=drawn.extracts(drawn.RATED))
def test_spark_gives_the_rows_that_plain_counting_gives(server, extracts):
    agree(server, extracts, drawn.RATED)


@FEW
@given(extracts=drawn.extracts(drawn.SCORED))
def test_and_so_it_is_on_a_scored_scale(server, extracts):
    agree(server, extracts, drawn.SCORED)


def test_the_29_teams_and_an_empty_set(server):
    agree(server, teams_2021.extracts(), teams_2021.INSTRUMENT)
    agree(server, [], teams_2021.INSTRUMENT)


def test_a_server_is_sent_ratings_alone_and_the_laptop_counts_people(server):
    extracts = teams_2021.extracts()
    db = database(extracts, teams_2021.INSTRUMENT)
    wanted = oracle.answers(extracts, teams_2021.INSTRUMENT)
    with engines.opened(server, db) as engine:
        assert {name: engine.rows(sql) for name, sql in questions().items()} == wanted
    spark = engines.Spark(server, lambda name, size: question_tables.batches(db, name, size))
    try:
        for name, sql in questions().items():
            if name not in RATINGS_ONLY:
                with pytest.raises(ReviewError):
                    spark.rows(sql)
    finally:
        spark.close()
    db.close()


def test_a_server_that_is_not_there_is_told_in_one_line():
    db = database([], teams_2021.INSTRUMENT)
    with pytest.raises(ReviewError, match="did not answer") as told, engines.opened("sc://127.0.0.1:9", db):
        pass
    assert "\n" not in str(told.value)
    db.close()
