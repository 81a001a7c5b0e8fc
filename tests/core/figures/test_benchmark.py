"""The published figures that stand beside a team's own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.figures.benchmark import (
    Benchmark,
    BenchmarkLibrary,
    benchmark_for,
    benchmarks,
    check,
    overall_range,
    read_benchmark,
)
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin

INSTRUMENT = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")


def own(name: str = "network-2026", cycle: str = "2026", **more) -> Benchmark:
    """A network's own figures, by exactly the wording of the built-in instrument."""
    shown = {"by_type": {"1": 80.5}, "by_section": {}, "by_standard": {"47": 97.25}, "overall": 75.125, **more}
    return Benchmark(
        id=name,
        title="An example network",
        instruments=(INSTRUMENT.id,),
        editions=(edition_of(INSTRUMENT),),
        teams=12,
        source="an example",
        cycle=cycle,
        **shown,
    )


def test_the_national_report_is_there_for_its_instrument():
    found = benchmark_for(INSTRUMENT)
    assert found is not None
    assert (found.teams, found.overall) == (29, 74)
    assert found.by_type == {"1": 82, "2": 72, "3": 48}
    assert list(found.by_section.values()) == [79, 47, 88, 74]
    assert (found.by_standard["90"], found.by_standard["156"], len(found.by_standard)) == (7, 24, 19)
    assert (found.context["caseload"].mean, found.context["caseload"].highest) == (37, 82)


def test_an_instrument_nobody_published_about_has_no_benchmark():
    assert benchmark_for(replace(INSTRUMENT, id="example")) is None


def test_the_built_in_says_that_its_share_of_all_does_not_follow_from_its_parts():
    found = benchmark_for(INSTRUMENT)
    assert found is not None
    least, most = overall_range(found, INSTRUMENT)
    assert (round(least, 1), round(most, 1)) == (76.4, 77.2)
    assert not least <= found.overall <= most
    assert found.not_from_parts == ("overall",)
    assert any("does not follow from its own parts" in note for note in found.notes)


def test_a_networks_own_figures_replace_the_built_in_where_the_edition_fits():
    older, newest = own("network-2025", "2025"), own()
    assert benchmark_for(INSTRUMENT, [newest, older]) == newest
    reworded = replace(INSTRUMENT, title="Another wording")
    found = benchmark_for(reworded, [newest, older])
    assert found is not None
    assert found.id == "qn-crhtt-2021"


def test_an_imported_benchmark_is_kept_listed_and_removed(tmp_path):
    library = BenchmarkLibrary(tmp_path / "benchmarks")
    assert library.all() == ()
    library.add(own())
    library.add(own("network-2025", "2025"))
    assert [one.id for one in library.all()] == ["network-2025", "network-2026"]
    (tmp_path / "benchmarks" / "bad.json").write_text("{}")
    assert list(library.problems()) == ["bad.json"]
    library.remove("network-2025")
    assert [one.id for one in library.all()] == ["network-2026"]
    with pytest.raises(Invalid, match="no benchmark 'network-2025' was imported"):
        library.remove("network-2025")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing required field"),
        ("id = ", "is no benchmark"),
        ("\xff", "is no benchmark"),
        (None, "cannot read"),
    ],
)
def test_a_file_that_is_no_benchmark_is_refused_in_one_line(tmp_path, text, says):
    path = tmp_path / "some.toml"
    if text is not None:
        path.write_bytes(text.encode("latin-1"))
    with pytest.raises(Damaged, match=says) as told:
        read_benchmark(path)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("wrong", [{"overall": 101}, {"overall": -0.5}, {"by_type": {"1": 1e9}}])
def test_a_share_that_is_none_is_refused(wrong):
    with pytest.raises(Invalid, match="not between 0 and 100"):
        check(own(**wrong))


def test_benchmarks_speak_of_standards_sections_and_types_that_exist():
    instruments = {i.id: i for i in builtin()}
    for found in benchmarks():
        for name in found.instruments:
            instrument = instruments[name]
            assert set(found.by_standard) <= {s.number for s in instrument.standards}
            assert set(found.by_section) == set(instrument.sections)
            assert set(found.by_type) == set(instrument.types())
