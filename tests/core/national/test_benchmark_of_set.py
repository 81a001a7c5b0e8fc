"""A set's figures go back to the visits: as a file that reads as it was written, and never of a few known teams."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reviewapp.base.errors import Invalid
from reviewapp.figures.benchmark import Benchmark, benchmark_for, overall_range, read_benchmark
from reviewapp.national.benchmark import as_toml, benchmark_of, save_benchmark
from reviewapp.national.mask import masked
from tests.core.national import second_set, teams_2021
from tests.core.national.sets import figures

INSTRUMENT = teams_2021.INSTRUMENT


def shown(extracts, instrument=INSTRUMENT):
    return masked(figures(extracts, instrument), instrument)


@pytest.fixture(scope="module")
def golden():
    return benchmark_of(shown(teams_2021.extracts()), INSTRUMENT)


def test_it_reads_as_it_was_written_and_stands_in_the_place_of_the_built_in(golden, tmp_path):
    path = tmp_path / "network.toml"
    save_benchmark(golden, path)
    assert read_benchmark(path) == golden
    assert benchmark_for(INSTRUMENT, [golden]) == golden


def test_its_share_of_all_follows_from_its_sections(golden):
    least, most = overall_range(golden, INSTRUMENT)
    assert least <= golden.overall <= most
    assert golden.overall == 100 * 978 / 1276
    assert golden.not_from_parts == ()
    assert (golden.teams, golden.by_standard["90"]) == (29, 100 * 2 / 29)
    assert golden.context["open_24_7"].percent == 100 * 25 / 29


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_name_and_text_can_be_written(golden, section, note):
    odd = replace(golden, title=note, notes=(note,), by_section={section: 50})
    assert msgspec.toml.decode(as_toml(odd), type=Benchmark) == odd


def test_a_few_teams_or_a_scored_scale_make_no_benchmark():
    with pytest.raises(Invalid, match="needs 5 teams, and here are 4"):
        benchmark_of(shown(teams_2021.extracts()[:4]), INSTRUMENT)
    with pytest.raises(Invalid, match="is scored"):
        benchmark_of(shown(second_set.scored(), second_set.SCORED), second_set.SCORED)


def test_what_is_not_applicable_to_anybody_is_missing_and_drafts_are_told():
    found = benchmark_of(shown(second_set.rated()), second_set.RATED)
    assert any("2 of the 8 visits are drafts" in note for note in found.notes)
    assert all(0 <= share <= 100 for share in found.by_standard.values())
