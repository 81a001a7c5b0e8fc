"""The sample of a network: marked as invented, joined like real extracts, and the report that its office makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.paths import resource
from reviewapp.demo.network import FORMATS, NetworkDemo, play_network, sample, sample_extracts
from reviewapp.instruments.library import Library
from reviewapp.national import deciding
from reviewapp.national.networks import Networks
from reviewapp.national.report.make import accept, findings, report_of
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE
from tests.core.national import teams_2021


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> NetworkDemo:
    return play_network(tmp_path_factory.mktemp("network") / "demo", passphrase=PASSPHRASE, progress=lambda _: None)


def networks(played: NetworkDemo) -> Networks:
    return Networks(Laptop.open(played.home, PASSPHRASE).home)


def test_the_sample_is_marked_as_an_example() -> None:
    assert "THIS IS AN EXAMPLE" in resource("sample-network", "network.toml").read_text(encoding="utf-8")


def test_its_teams_are_those_whose_shares_come_out_as_printed() -> None:
    instrument = Library(Path("no such folder")).get(sample().instrument)
    ours = {one.team: one.values for one in sample_extracts(sample(), instrument)}
    assert ours == {one.team: one.values for one in teams_2021.extracts()}


def test_every_document_is_written(played: NetworkDemo) -> None:
    names = {path.name for path in played.documents}
    assert names == {f"national-report.{suffix}" for suffix in FORMATS} | {"national-report-T07.pdf"}
    assert all(path.stat().st_size for path in played.documents)


def test_the_set_counts_all_teams_and_is_well(played: NetworkDemo) -> None:
    with networks(played).open(played.set_id, read_only=True) as found:
        figures = found.figures()
        assert (figures.n_teams, figures.overall.met, figures.overall.applicable) == (29, 978, 1276)
        assert figures.left_out == []
    assert all(check.ok for check in networks(played).verify(played.set_id))


def test_the_same_set_and_passages_give_the_same_report_under_the_same_number(played: NetworkDemo) -> None:
    with networks(played).open(played.set_id) as found:
        again = report_of(found, found.figures())
        assert again.number == 1
        written = next(path for path in played.documents if path.name == "national-report.pdf")
        assert again.rendered("pdf") == written.read_bytes()


def test_a_word_taken_back_names_the_report_that_holds_it_and_the_next_one_has_another_number(
    played: NetworkDemo, tmp_path: Path
) -> None:
    copy = msgspec.structs.replace(played, home=Path(shutil.copytree(played.home, tmp_path / "office")))
    with networks(copy).open(played.set_id) as found:
        (report,) = deciding.withdraw(found, f"{9:016x}", ["quote/Q2/R2"])
        assert report.number == 1
        after = report_of(found, found.figures())
        assert after.number == 2
        assert "what I may ask for" not in str(msgspec.to_builtins(after.document.parts))


def test_the_proof_reader_finds_only_that_a_newer_edition_exists_and_may_be_told_so(
    played: NetworkDemo, tmp_path: Path
) -> None:
    copy = msgspec.structs.replace(played, home=Path(shutil.copytree(played.home, tmp_path / "office")))
    with networks(copy).open(played.set_id) as found:
        report = report_of(found, found.figures())
        (one,) = findings(found, report)
        assert one.rule == "edition-replaced"
        accept(found, report, one.id, "the fifth edition is for the next cycle")
        assert [one.accepted for one in findings(found, report)] == ["the fifth edition is for the next cycle"]


def test_codes_are_drawn_once_for_a_report(played: NetworkDemo) -> None:
    with networks(played).open(played.set_id) as found:
        first, second = (report_of(found, found.figures()).material.codes for _ in range(2))
    assert first == second
    assert sorted(first.values()) == [f"{n:02}" for n in range(1, 30)]
