"""The published figures that stand beside a team's own."""

from __future__ import annotations

from reviewapp.figures.benchmark import benchmark_for, benchmarks
from reviewapp.instruments.library import builtin


def test_the_national_report_is_there_for_its_instrument():
    found = benchmark_for("qn-crhtt-4-pc")
    assert found is not None
    assert (found.teams, found.overall) == (29, 74)
    assert found.by_type == {"1": 82, "2": 72, "3": 48}
    assert list(found.by_section.values()) == [79, 47, 88, 74]
    assert (found.by_standard["90"], found.by_standard["156"], len(found.by_standard)) == (7, 24, 19)
    assert (found.context["caseload"].mean, found.context["caseload"].highest) == (37, 82)


def test_an_instrument_nobody_published_about_has_no_benchmark():
    assert benchmark_for("example") is None


def test_benchmarks_speak_of_standards_sections_and_types_that_exist():
    instruments = {i.id: i for i in builtin()}
    for found in benchmarks():
        for name in found.instruments:
            instrument = instruments[name]
            assert set(found.by_standard) <= {s.number for s in instrument.standards}
            assert set(found.by_section) == set(instrument.sections)
            assert set(found.by_type) == set(instrument.types())
