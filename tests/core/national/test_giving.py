"""Giving an extract on real laptops: only the lead, a revision that never goes back, and a notice of what was taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.national.extract import Choices
from reviewapp.national.giving import (
    is_notice_due,
    notice_of,
    prepare_extract,
    save_extract,
    save_notice,
)
from reviewapp.national.model import Extract
from reviewapp.national.network_key import NetworkKey, identity_of_home, new_identity, of_home, public_of
from reviewapp.national.preview import in_lines, notice_in_lines, preview
from reviewapp.national.sealed import read_sealed
from reviewapp.visit.statements import Agreed, Context, Decision, Interview, Passage, PracticeConsent, Quote
from reviewapp.workspace import withdrawal
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import DEPUTY_WORDS, PASSPHRASE, Team

STANDARDS = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")
IDENTITY = new_identity()
NETWORK = NetworkKey(
    name="Example network", public_key=public_of(IDENTITY), set_id="set1", instrument=edition_of(STANDARDS)
)
DRAFT = Choices(team="T07", status="draft")
AGAIN = Choices(team="", status="draft")


@pytest.fixture
def lead(team: Team) -> OpenVisit:
    visit = team.visit("L1")
    visit.record(
        Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True, consent_circulation=True,
                  consent_published=True),
        Quote(id="Q1", interview="P1", text="They rang zback.", standards=["47"]),
        Quote(id="Q2", interview="P1", text="They came zlate.", standards=["151"]),
        Agreed(standard="47", value="met"),
    )  # fmt: skip
    return visit


def give(visit: OpenVisit, path: Path, choices: Choices = DRAFT, network: NetworkKey = NETWORK) -> Extract:
    """The extract that a network reads."""
    save_extract(visit, path, prepare_extract(visit, choices, network))
    extract = read_sealed(path, IDENTITY).extract
    assert extract is not None
    return extract


def test_what_is_saved_is_what_was_shown(lead: OpenVisit, tmp_path: Path) -> None:
    prepared = prepare_extract(lead, DRAFT, NETWORK)
    save_extract(lead, tmp_path / "x", prepared)
    read = read_sealed(tmp_path / "x", IDENTITY)
    assert read.extract == prepared.extract
    assert read.device == lead.device
    assert len(read.authorities) == 1
    assert str(tmp_path / "x") in lead.written.elsewhere()


def test_what_changed_since_it_was_shown_is_shown_once_more(lead: OpenVisit, tmp_path: Path) -> None:
    prepared = prepare_extract(lead, DRAFT, NETWORK)
    withdrawal.withdraw(lead, "quote", "Q1/L1", reason="she asked")
    with pytest.raises(ReviewError, match="has changed since"):
        save_extract(lead, tmp_path / "x", prepared)
    assert not (tmp_path / "x").exists()


def test_only_the_lead_gives_an_extract(lead: OpenVisit, team: Team, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="only the lead"):
        prepare_extract(team.visit("R2"), DRAFT, NETWORK)
    with pytest.raises(Invalid, match="only the lead"):
        save_notice(team.visit("R2"), tmp_path / "x", NETWORK)


def test_the_office_gives_the_code_and_it_is_remembered(lead: OpenVisit, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no code yet"):
        prepare_extract(lead, AGAIN, NETWORK)
    give(lead, tmp_path / "x")
    assert prepare_extract(lead, AGAIN, NETWORK).extract.team == "T07"


def test_a_final_one_waits_for_the_decision(lead: OpenVisit, tmp_path: Path) -> None:
    final = Choices(team="T07")
    with pytest.raises(Invalid, match="no decision is recorded yet"):
        prepare_extract(lead, final, NETWORK)
    lead.record(Decision(presentation=1, label="deferred", date="2026-12-01"))
    assert give(lead, tmp_path / "x", final).status == "final"


def test_the_revision_grows_with_what_is_said_and_with_nothing_else(lead: OpenVisit, tmp_path: Path) -> None:
    first = give(lead, tmp_path / "1").revision
    assert first >= sum(lead.entries_by_device().values())
    lead.record(Passage(place="summary", text="Not in it."))
    assert give(lead, tmp_path / "2").revision == first
    lead.record(Agreed(standard="47", value="not_met"))
    second = give(lead, tmp_path / "3").revision
    assert second > first
    lead.record(Agreed(standard="47", value="met"))
    assert give(lead, tmp_path / "4").revision > second
    other = NetworkKey(name="Other", public_key=NETWORK.public_key, set_id="set2", instrument=NETWORK.instrument)
    assert give(lead, tmp_path / "5", network=other).revision > first


def test_a_restored_laptop_does_not_begin_again(lead: OpenVisit, team: Team, tmp_path: Path) -> None:
    first = give(lead, tmp_path / "1")
    lead.backup(tmp_path / "backup")
    lead.record(Agreed(standard="47", value="not_met"))
    lead.write_return(tmp_path / "return")
    second = give(lead, tmp_path / "2")
    lead.close()
    home = team.laptops["L1"].home
    shutil.rmtree(home.visit_folder(lead.id))
    team.laptops["L1"].restore(tmp_path / "backup", PASSPHRASE)
    back = team.laptops["L1"].open_visit(lead.id)
    team.visits["L1"] = back
    back.merge(tmp_path / "return")
    back.record(Agreed(standard="54", value="met"))
    third = give(back, tmp_path / "3")
    assert first.revision < second.revision < third.revision
    read = [read_sealed(tmp_path / name, IDENTITY) for name in ("2", "3")]
    assert read[0].device != read[1].device
    assert read[0].authorities == read[1].authorities


def test_a_network_of_another_instrument_is_refused_and_another_wording_is_told(lead: OpenVisit) -> None:
    other = next(one for one in builtin() if one.id != STANDARDS.id)
    with pytest.raises(Invalid, match="collects reviews by"):
        prepare_extract(lead, DRAFT, NetworkKey(name="N", public_key=NETWORK.public_key, instrument=edition_of(other)))
    changed = edition_of(STANDARDS).__class__(STANDARDS.id, "5th edition", "0" * 64)
    told = prepare_extract(lead, DRAFT, NetworkKey(name="N", public_key=NETWORK.public_key, instrument=changed)).told
    assert len(told) == 1 and "5th edition" in told[0]


def test_without_a_network_it_is_for_this_installation_alone(lead: OpenVisit, team: Team, tmp_path: Path) -> None:
    key = team.laptops["L1"].home.key
    save_extract(lead, tmp_path / "x", prepare_extract(lead, DRAFT, of_home(key)))
    assert read_sealed(tmp_path / "x", identity_of_home(key)).visit == lead.id
    with pytest.raises(ReviewError, match="another network"):
        read_sealed(tmp_path / "x", identity_of_home(team.laptops["L1"].home.key[::-1]))


def test_a_deputy_who_took_over_is_known_by_the_first_lead_s_key(team: Team, lead: OpenVisit, tmp_path: Path) -> None:
    team.name_deputy("R2")
    give(lead, tmp_path / "1")
    deputy = team.visit("R2")
    team.tell("L1", "R2")
    deputy.laptops.take_over(DEPUTY_WORDS)
    save_extract(deputy, tmp_path / "2", prepare_extract(deputy, DRAFT, NETWORK))
    first, second = (read_sealed(tmp_path / name, IDENTITY) for name in ("1", "2"))
    assert first.device != second.device
    assert second.authorities[:-1] == first.authorities
    assert len(second.authorities) == 2


# What is taken back --------------------------------------------------------------------------------------------------


def test_a_withdrawn_quote_is_told_and_the_next_extract_lacks_it(lead: OpenVisit, tmp_path: Path) -> None:
    assert {quote.record for quote in give(lead, tmp_path / "1").quotes} == {"quote/Q1/L1", "quote/Q2/L1"}
    assert not is_notice_due(lead) and notice_of(lead) is None
    withdrawal.withdraw(lead, "quote", "Q1/L1", reason="she asked")
    assert is_notice_due(lead)
    assert str(tmp_path / "1") in lead.written.may_hold_withdrawn()
    save_notice(lead, tmp_path / "n", NETWORK)
    notice = read_sealed(tmp_path / "n", IDENTITY).notice
    assert notice is not None
    assert (notice.records, notice.hidden) == (("quote/Q1/L1",), ())
    assert not is_notice_due(lead)
    assert [quote.record for quote in give(lead, tmp_path / "2").quotes] == ["quote/Q2/L1"]


def test_with_an_interview_go_its_quotes(lead: OpenVisit, tmp_path: Path) -> None:
    give(lead, tmp_path / "1")
    withdrawal.withdraw(lead, "interview", "P1/L1", reason="she asked")
    notice = notice_of(lead)
    assert notice is not None and notice.records == ("quote/Q1/L1", "quote/Q2/L1")
    assert b"zback" not in b"".join(path.read_bytes() for path in tmp_path.glob("L1/**/*") if path.is_file())


def test_what_may_not_be_shown_for_now_is_told_as_hidden_until_it_is_given_again(
    lead: OpenVisit, tmp_path: Path
) -> None:
    give(lead, tmp_path / "1")
    lead.record(Interview(id="P1", consent_published=False))
    assert is_notice_due(lead)
    notice = save_notice(lead, tmp_path / "n", NETWORK)
    assert (notice.records, notice.hidden) == ((), ("quote/Q1/L1", "quote/Q2/L1"))
    assert not is_notice_due(lead)
    lead.record(Interview(id="P1", consent_published=True))
    assert notice_of(lead) is None
    give(lead, tmp_path / "2")
    lead.record(Interview(id="P1", consent_published=None))
    assert is_notice_due(lead)


def test_practice_that_the_host_takes_back_is_told(lead: OpenVisit, tmp_path: Path) -> None:
    def answer(*, yes: bool) -> None:
        lead.me = "host"
        lead.record(PracticeConsent(standard="47", published=yes, named=yes))
        lead.me = "L1"

    lead.record(Passage(place="practice:47", text="A named caller each evening."))
    answer(yes=True)
    assert give(lead, tmp_path / "1").practice[0].team == "Example team, Example trust"
    answer(yes=False)
    notice = notice_of(lead)
    assert notice is not None and notice.hidden == ("passage/practice:47",)
    assert give(lead, tmp_path / "2").practice == ()


def test_a_lead_who_took_over_names_every_quote_that_was_withdrawn(team: Team, lead: OpenVisit, tmp_path: Path) -> None:
    team.name_deputy("R2")
    give(lead, tmp_path / "1")
    withdrawal.withdraw(lead, "quote", "Q1/L1", reason="she asked")
    deputy = team.visit("R2")
    team.tell("L1", "R2")
    deputy.laptops.take_over(DEPUTY_WORDS)
    assert save_notice(deputy, tmp_path / "n", NETWORK).records == ("quote/Q1/L1",)


def test_there_is_no_notice_of_nothing(lead: OpenVisit, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="was withdrawn"):
        save_notice(lead, tmp_path / "n", NETWORK)
    assert not (tmp_path / "n").exists()


# The preview ---------------------------------------------------------------------------------------------------------


def test_the_preview_names_every_word_that_leaves_and_counts_what_stays(lead: OpenVisit) -> None:
    lead.record(
        Interview(id="C1", group="carer", consent_notes=True, consent_quotes=True),
        Quote(id="Q3", interview="C1", text="Nobody zasked me."),
        Passage(place="practice:47", text="A named caller each evening."),
        Context(field="caseload", value=37),
        Context(field="area", value="Villages"),
    )
    lines = "\n".join(in_lines(preview(prepare_extract(lead, DRAFT, NETWORK))))
    for words in (
        NETWORK.words, "Draft, team T07, cycle 2026, November 2026", "They rang zback.", "2 quotes are sent",
        "1 quote: no consent to a published report", "Good practice at 47: the team has not said yes",
        "Facts in words: Area served", "People on the caseload 37", "1 agreed",
    ):  # fmt: skip
        assert words in lines
    assert "zasked" not in lines and "Villages" not in lines
    lead.write_as_host_if_lead()
    lead.record(PracticeConsent(standard="47", published=True, named=True))
    lead.me = "L1"
    lines = "\n".join(in_lines(preview(prepare_extract(lead, DRAFT, NETWORK))))
    assert "“A named caller each evening.” (standard 47; printed as of Example team, Example trust)" in lines


def test_a_notice_is_told_in_words(lead: OpenVisit, tmp_path: Path) -> None:
    give(lead, tmp_path / "1")
    withdrawal.withdraw(lead, "quote", "Q1/L1", reason="she asked")
    lead.record(Interview(id="P1", consent_published=False))
    notice = notice_of(lead)
    assert notice is not None
    assert notice_in_lines(notice) == [
        "1 quote was withdrawn: the network deletes its words",
        "1 text may not be shown for now: the network hides it",
    ]
