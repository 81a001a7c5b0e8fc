"""A private jotting stays in this laptop's own visit file, whatever is made of the visit, and goes with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Busy, Invalid
from reviewapp.exchange import pack
from reviewapp.report.content.build import build
from reviewapp.report.formats import FORMATS
from reviewapp.store import rolling_backups
from reviewapp.visit import statements
from reviewapp.workspace import purge
from reviewapp.workspace.open_visit import Change, OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PASSPHRASE, PHRASE, Team
from tests.core.report.reading import pdf_text
from tests.core.workspace.made import DAY, documents, printed_by_commands, readable
from tests.core.workspace.support import decrypted, everything_in, exchange

STANDARD, TALK = ("standard", "47"), ("interview", "P1/R2")
PLANTED = "plantedword for nobody else"


def talk(team: Team, code: str = "R2") -> OpenVisit:
    visit = team.visit(code)
    visit.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text="An answer."),
        statements.Quote(id="Q1", interview="P1", text="A quote.", standards=["47"]),
        statements.Rating(standard="47", value="not_met", note="A note."),
    )
    return visit


def jot(visit: OpenVisit) -> None:
    visit.jottings.write(STANDARD, PLANTED)
    visit.jottings.write(TALK, PLANTED)


def sealed(visit: OpenVisit, path: Path) -> bytes:
    """A file for other laptops with everything that its key opens."""
    __, inside = pack.read_file(path)
    contents = pack.open_sealed(path.name, inside, visit._store.local("identity"))
    return path.read_bytes() + msgspec.json.encode(contents.manifest) + msgspec.json.encode(contents.entries)


def for_other_laptops(team: Team) -> Iterator[tuple[str, bytes]]:
    lead, path = team.visit("L1"), team.folder / "file"
    for name, visit, write in (
        ("pack", lead, lambda: lead.write_visit_pack(path, PHRASE)),
        ("return", lead, lambda: lead.write_return(path)),
        ("R2's return", team.visit("R2"), lambda: team.visit("R2").write_return(path)),
        ("receipt", lead, lambda: lead.write_receipt(path)),
    ):
        write()
        yield name, sealed(visit, path)


RECORDS = (("rating", "47/R2"), ("interview", "P1/R2"), ("answer", "P1/P01/R2"))


def test_no_file_document_or_answer_made_of_a_visit_holds_a_private_jotting(team: Team) -> None:
    talk(team)
    exchange(team, "R2", "R3")
    lead = team.visit("L1")
    lead.record(
        statements.Agreed(standard="47", value="not_met", reason="A reason."),
        statements.Action(id="AP1", standard="47", action="An action.", status="done", progress="Done."),
    )
    for code in ("L1", "R2"):
        jot(team.visit(code))
    made = [
        *for_other_laptops(team),
        *documents(lead),
        *printed_by_commands(lead, "plantedword", *RECORDS),
        *printed_by_commands(team.visit("R2"), "plantedword", *RECORDS),
    ]
    assert len(made) > 30
    assert [name for name, content in made if b"plantedword" in readable(content)] == []
    exchange(team, "R2", "R3")
    assert b"plantedword" not in decrypted(team, "R3")
    assert team.visit("R3").jottings.all() == {}


def test_the_search_for_planted_words_finds_them_where_they_are(team: Team) -> None:
    visit = talk(team)
    visit.record(statements.Rating(standard="47", note=PLANTED))
    path = team.folder / "file"
    visit.write_return(path)
    assert b"plantedword" in sealed(visit, path) and b"plantedword" not in path.read_bytes()
    report = build(visit.state, visit.status(), profile="host", today=DAY)
    assert [suffix for suffix, made in FORMATS.items() if b"plantedword" not in readable(made.render(report))] == []


def test_a_jotting_is_in_the_visit_file_and_in_its_backups_and_comes_back_with_them(team: Team) -> None:
    visit = talk(team)
    jot(visit)
    visit.back_up_now()
    assert decrypted(team, "R2").count(b"plantedword") == 4
    visit.backup(team.folder / "kept")
    visit.jottings.write(STANDARD, "")
    team.visits.pop("R2").close()
    team.laptops["R2"].restore(team.folder / "kept", PASSPHRASE)
    again = team.visits["R2"] = team.laptops["R2"].open_visit(team.visit_id)
    assert again.jottings.all() == {STANDARD: PLANTED, TALK: PLANTED}
    assert [check for check in again.check_integrity() if not check.ok] == []


def test_a_jotting_is_no_entry_and_can_be_written_anew_and_emptied(team: Team) -> None:
    visit = talk(team)
    digest, name = visit._store.digest(), visit.undo_name
    said: list[Change] = []
    visit.subscribe(said.append)
    jot(visit)
    visit.jottings.write(STANDARD, "Another.")
    assert visit.jottings.text(STANDARD) == "Another."
    visit.jottings.write(STANDARD, " \n")
    assert visit.jottings.all() == {TALK: PLANTED} and "Another." not in everything_in(visit._store.db)
    assert (visit._store.digest(), visit.undo_name, said) == (digest, name, [])


def test_a_jotting_belongs_to_who_wrote_it(team: Team) -> None:
    lead = team.visit("L1")
    lead.jottings.write(STANDARD, PLANTED)
    lead.write_as_host_if_lead()
    assert lead.jottings.all() == {}


@pytest.mark.parametrize("who", ["R2", "L1"])
def test_a_jotting_about_an_interview_goes_when_that_is_withdrawn_also_from_the_backups(team: Team, who: str) -> None:
    """Withdrawn here, or by the lead on another laptop: both ways it is gone from the reviewer's."""
    visit = talk(team)
    exchange(team, "R2")
    jot(visit)
    visit.back_up_now()
    withdraw(team.visit(who), "interview", "P1/R2", reason="the person asked")
    exchange(team, "R2")
    assert visit.jottings.all() == {STANDARD: PLANTED}
    assert b"interview/P1/R2" in decrypted(team, "R2"), "that it was withdrawn stays"
    copies = 1 + len(rolling_backups.oldest_first(visit._store.folder))
    assert decrypted(team, "R2").count(b"plantedword") == copies, "in each the one about the standard, and no other"
    with pytest.raises(Invalid, match="is not in the visit"):
        visit.jottings.write(TALK, "again")


def test_another_reviewers_jotting_about_an_interview_goes_with_it_too(team: Team) -> None:
    talk(team)
    exchange(team, "R2", "R3")
    team.visit("R3").jottings.write(TALK, PLANTED)
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    exchange(team, "R2", "R3")
    assert team.visit("R3").jottings.all() == {} and b"plantedword" not in decrypted(team, "R3")


def test_a_withdrawal_joined_by_a_worker_is_known_to_the_screen_before_it_is_reread(team: Team) -> None:
    visit = talk(team)
    exchange(team, "R2")
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    worker = visit.second()
    assert worker.merge(team.return_of("L1")).reason is None
    worker.close()
    assert "P1/R2" in visit.state.interviews, "not reread yet"
    with pytest.raises(Invalid, match="is not in the visit"):
        jot(visit)
    assert TALK not in visit.jottings.all()


@pytest.mark.parametrize("consent", [None, False])
def test_who_did_not_agree_to_notes_is_not_jotted_about(team: Team, consent: bool | None) -> None:
    visit = team.visit("R2")
    visit.record(statements.Interview(id="P1", group="patient", consent_notes=consent))
    with pytest.raises(Invalid, match="has not agreed to notes"):
        visit.jottings.write(TALK, PLANTED)
    visit.jottings.write(TALK, "")
    assert visit.jottings.all() == {}


@pytest.mark.parametrize(
    "about", [("standard", "9999"), ("interview", "P9/R2"), ("quote", "Q1/R2"), ("rating", "47/R2")]
)
def test_a_jotting_is_about_a_standard_or_an_interview_that_is_there(team: Team, about: tuple[str, str]) -> None:
    visit = talk(team)
    with pytest.raises(Invalid):
        visit.jottings.write(about, PLANTED)
    assert visit.jottings.all() == {}


@pytest.mark.parametrize("text", ["x" * 100_001, "\ud800"])
def test_what_cannot_be_kept_is_refused_and_the_jotting_before_stays(team: Team, text: str) -> None:
    visit = talk(team)
    visit.jottings.write(STANDARD, "before")
    with pytest.raises(Invalid):
        visit.jottings.write(STANDARD, text)
    assert visit.jottings.text(STANDARD) == "before"


def test_nobody_jots_where_another_program_has_the_visit(team: Team) -> None:
    talk(team)
    reading = team.laptops["R2"].open_visit(team.visit_id, read_only=True)
    with pytest.raises(Busy):
        jot(reading)
    reading.close()


def test_purge_destroys_the_jottings_and_the_certificate_counts_them(team: Team) -> None:
    visit = team.visit("R2")
    visit.jottings.write(STANDARD, PLANTED)
    folder = visit._store.folder
    team.visits.pop("R2").close()
    written = purge.purge(team.laptops["R2"], team.visit_id, certificate=team.folder / "c")
    assert written.jottings == 1 and not folder.exists()
    assert json.loads((team.folder / "c.json").read_text())["jottings"] == 1
    assert "Privatejottingsdestroyed1" in pdf_text((team.folder / "c.pdf").read_bytes())
    assert "plantedword" not in (team.folder / "c.json").read_text()
