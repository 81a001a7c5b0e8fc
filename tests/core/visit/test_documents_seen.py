"""Documents seen: by whom, with what stands on them, and as evidence at the standards they are tied to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.evidence import evidence, still_untested
from reviewapp.visit.statements import DocumentSeen
from reviewapp.visit.statements.documents import is_document_date
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    yield team
    team.close()


def test_a_document_is_a_source_at_each_standard_it_is_tied_to(team: Team) -> None:
    visit = team.visits["L1"]
    before = evidence(visit.state, "1").pieces
    visit.record(DocumentSeen(id="D1", title="Welcome pack", date="2026-03", version="3", standards=["1", "153"]))
    for number in ("1", "153"):
        found = evidence(visit.state, number)
        assert [one.title for one in found.documents] == ["Welcome pack"] and "document" in found.sources
    assert evidence(visit.state, "1").pieces == before + 1
    assert "document" in next(one for one in still_untested(visit.state) if one.standard == "1").heard
    visit.record(DocumentSeen(id="D1", deleted=True))
    assert evidence(visit.state, "1").documents == []


@pytest.mark.parametrize(
    "said", [{"title": " "}, {}, {"title": "Policy", "date": "March 2026"}, {"title": "Policy", "standards": ["900"]}]
)
def test_a_document_without_a_title_or_with_what_does_not_fit_is_refused(team: Team, said: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        team.visits["L1"].record(DocumentSeen(id="D1", **said))  # type: ignore[arg-type]


def test_a_document_bears_a_day_a_month_or_a_year() -> None:
    assert all(map(is_document_date, ("2026-03-17", "2026-03", "2026")))
    assert not any(map(is_document_date, ("2026-13", "17 March 2026", "26", "2026-02-30")))


def test_a_document_is_found_by_the_words_of_its_title(team: Team) -> None:
    visit = team.visits["L1"]
    visit.record(DocumentSeen(id="D1", title="Welcome pack for carers", standards=["1"]))
    (hit,) = [one for one in visit.find("carers welcome") if one.entity == "document_seen"]
    assert hit.kind == "document" and "D1" in hit.title.text
