"""What becomes of extracts that are joined to a set: who speaks for a visit, what counts, what is told."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.editions import Edition
from reviewapp.national import deciding
from reviewapp.national.figures import LeftOut
from reviewapp.national.joining import FileReceipt, join, preview
from reviewapp.national.model import Extract, Notice
from reviewapp.store import received_extracts, signing
from tests.core.national.office import QN, Office, extract_of, quote


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def joined(office: Office, *files: Path) -> list[FileReceipt]:
    with office.open() as found:
        return join(found, files)


def counted(office: Office) -> list[tuple[str, int]]:
    with office.open(read_only=True) as found:
        return [(one.team, one.revision) for one in found.extracts()]


def left_out(office: Office) -> list[LeftOut]:
    with office.open(read_only=True) as found:
        return found.left_out()


def test_an_extract_counts_once_it_is_joined(office: Office) -> None:
    (receipt,) = joined(office, office.file(extract_of("T01")))
    assert (receipt.result, receipt.team, receipt.revision, receipt.reason) == ("new", "T01", 10, "")
    assert counted(office) == [("T01", 10)]


def test_the_same_extract_twice_changes_nothing(office: Office) -> None:
    path = office.file(extract_of("T01"))
    assert [one.result for one in joined(office, path, path)] == ["new", "already_here"]
    assert [one.result for one in joined(office, path)] == ["already_here"]
    assert counted(office) == [("T01", 10)]


def test_the_same_extract_sealed_again_is_the_same(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    assert joined(office, office.file(extract_of("T01")))[0].result == "already_here"


@pytest.mark.parametrize("order", list(permutations((10, 11, 12))))
def test_the_newest_revision_counts_in_whatever_order_they_come(office: Office, order: tuple[int, ...]) -> None:
    for revision in order:
        joined(office, office.file(extract_of("T01", revision=revision, month=f"2021-{revision}")))
    assert counted(office) == [("T01", 12)]


def test_a_newer_revision_says_what_it_replaces(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    (receipt,) = joined(office, office.file(extract_of("T01", revision=11, month="2021-06")))
    assert (receipt.result, receipt.reason) == ("newer", "it replaces revision 10")
    (receipt,) = joined(office, office.file(extract_of("T01", revision=9, month="2021-06")))
    assert (receipt.result, receipt.reason) == ("older", "you already have revision 11 of this visit")


def test_another_laptops_revision_stands_apart_and_is_told(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    newer = extract_of("T01", revision=99, month="2021-06")
    (receipt,) = joined(office, office.file(newer, signed_by="somebody else"))
    assert receipt.result == "apart"
    assert counted(office) == [("T01", 10)]
    assert left_out(office)[0].why == (
        "revision 99 is not counted: it was signed by a different laptop from the one accepted for this visit"
    )


def test_whoever_speaks_with_the_leads_key_of_authority_speaks_for_the_visit_on_any_laptop(office: Office) -> None:
    authority = signing.new_private_key()
    joined(office, office.file(extract_of("T01"), authority=authority))
    newer = extract_of("T01", revision=11)
    (receipt,) = joined(office, office.file(newer, signed_by="the lead's restored laptop", authority=authority))
    assert receipt.result == "newer"
    (receipt,) = joined(office, office.file(extract_of("T01", revision=12), signed_by="visitT01"))
    assert receipt.result == "apart"


def test_the_office_may_accept_what_stands_apart(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    newer = extract_of("T01", revision=99, month="2021-06")
    joined(office, office.file(newer, signed_by="the lead's new laptop"))
    with office.open() as found:
        deciding.accept(found, "visitT01", 2)
    assert counted(office) == [("T01", 99)]
    later = extract_of("T01", revision=100, month="2021-07")
    assert joined(office, office.file(later, signed_by="the lead's new laptop"))[0].result == "newer"
    assert joined(office, office.file(extract_of("T01", revision=101), signed_by="visitT01"))[0].result == "apart"


def test_what_the_office_accepts_counts_even_when_its_revision_is_lower(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    joined(office, office.file(extract_of("T01", revision=5), signed_by="the lead's restored laptop"))
    with office.open() as found:
        deciding.accept(found, "visitT01", 2)
    assert counted(office) == [("T01", 5)]


def test_two_teams_under_one_code_are_told_and_only_the_first_counts(office: Office) -> None:
    (first, second) = joined(office, office.file(extract_of("T01")), office.file(extract_of("T01", visit="other")))
    assert (first.result, second.result) == ("new", "apart")
    assert second.reason == "team T01 has another visit in 2021: visitT01"
    assert counted(office) == [("T01", 10)]


def test_the_visit_that_the_office_accepts_sets_the_teams_other_one_aside(office: Office) -> None:
    joined(office, office.file(extract_of("T01")), office.file(extract_of("T01", visit="other", revision=3)))
    with office.open() as found:
        deciding.accept(found, "other", 2)
    assert counted(office) == [("T01", 3)]
    assert [one.why for one in left_out(office)] == [
        "set aside by the office: another visit of T01 was accepted for 2021"
    ]


def test_the_same_team_in_another_cycle_is_another_visit(office: Office) -> None:
    joined(office, office.file(extract_of("T01")), office.file(extract_of("T01", visit="next", cycle="2022")))
    assert counted(office) == [("T01", 10), ("T01", 10)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (extract_of("T01", kind="developmental"), "a developmental review"),
        (extract_of("T01", status="draft"), "a draft: no decision yet"),
        (extract_of("T01", instrument=Edition("other", "1", "0" * 64)), "rated with other standards: other"),
        (
            extract_of("T01", instrument=msgspec.structs.replace(extract_of("T01").instrument, edition="5th edition")),
            "rated with another edition: 5th edition",
        ),
        (
            extract_of("T01", instrument=msgspec.structs.replace(extract_of("T01").instrument, digest="0" * 64)),
            "rated with another wording of the same edition",
        ),
    ],
)
def test_what_does_not_fit_the_set_is_kept_told_and_left_out(office: Office, said: Extract, why: str) -> None:
    (receipt,) = joined(office, office.file(said))
    assert (receipt.result, receipt.reason) == ("new", f"kept, but not in the figures: {why}")
    assert counted(office) == []
    assert left_out(office) == [LeftOut(visit="visitT01", team="T01", why=why)]


def test_drafts_count_in_a_set_that_takes_them(tmp_path: Path) -> None:
    office = Office(tmp_path, with_drafts=True)
    joined(office, office.file(extract_of("T01", status="draft")))
    assert counted(office) == [("T01", 10)]


def test_one_made_for_another_network_is_refused_and_the_others_are_joined(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    here, there = Office(tmp_path / "a"), Office(tmp_path / "b")
    receipts = joined(here, there.file(extract_of("T01")), here.file(extract_of("T02")))
    assert [one.result for one in receipts] == ["refused", "new"]
    assert "was made for another network" in receipts[0].reason
    assert counted(here) == [("T02", 10)]


def test_an_altered_file_is_refused_and_nothing_of_it_is_kept(office: Office) -> None:
    path = office.file(extract_of("T01"))
    raw = bytearray(path.read_bytes())
    raw[-20] ^= 1
    path.write_bytes(bytes(raw))
    assert joined(office, path)[0].result == "refused"
    with office.open(read_only=True) as found:
        assert found.received() == []


def test_one_that_rates_other_standards_than_the_sets_is_refused(office: Office) -> None:
    values = dict(list(extract_of("T01").values.items())[:-1])
    (receipt,) = joined(office, office.file(extract_of("T01", values=values)))
    assert receipt.result == "refused"
    assert receipt.reason.startswith(f"it does not rate the standards of {QN.title}")


def test_a_preview_says_the_same_and_changes_nothing(office: Office) -> None:
    files = [office.file(extract_of("T01")), office.file(extract_of("T01", visit="other"))]
    with office.open() as found:
        said = preview(found, files)
        assert found.received() == []
    assert said == joined(office, *files)


def test_a_notice_by_the_accepted_laptop_takes_the_words_out_of_every_revision(office: Office) -> None:
    joined(office, office.file(extract_of("T01", quotes=(quote(),))))
    joined(office, office.file(extract_of("T01", revision=11, quotes=(quote(),))))
    (receipt,) = joined(office, office.file(Notice(visit="visitT01", records=("quote/Q1/R2",))))
    assert (receipt.result, receipt.reason) == ("new", "a notice: 1 passage withdrawn")
    with office.open(read_only=True) as found:
        assert [found.extract(one.n).quotes for one in found.received()] == [(), ()]


def test_a_notice_by_another_laptop_hides_the_words_until_the_office_decides(office: Office) -> None:
    joined(office, office.file(extract_of("T01", quotes=(quote(),))))
    notice = office.file(Notice(visit="visitT01", records=("quote/Q1/R2",)), signed_by="somebody else")
    (receipt,) = joined(office, notice)
    assert receipt.reason.startswith("a notice from a different laptop than the one accepted: 1 passage hidden")
    with office.open() as found:
        assert found.extract(1).quotes == ()
        assert found.taken_back() == {"visitT01": {"quote/Q1/R2": received_extracts.ASKED}}
        assert deciding.withdraw(found, "visitT01", ["quote/Q1/R2"]) == []
        assert found.taken_back() == {"visitT01": {"quote/Q1/R2": received_extracts.GONE}}


def test_words_that_the_lead_hides_for_now_are_shown_again_by_a_later_revision_that_holds_them(office: Office) -> None:
    joined(office, office.file(extract_of("T01", quotes=(quote(),))))
    (receipt,) = joined(office, office.file(Notice(visit="visitT01", hidden=("quote/Q1/R2",))))
    assert receipt.reason == "a notice: 1 hidden for now"
    with office.open(read_only=True) as found:
        assert found.extract(1).quotes == ()
    joined(office, office.file(extract_of("T01", revision=11, quotes=(quote(),))))
    with office.open(read_only=True) as found:
        assert [one.record for one in found.extract(2).quotes] == ["quote/Q1/R2"]


def test_the_office_may_keep_words_that_a_laptop_without_the_right_asked_for(office: Office) -> None:
    joined(office, office.file(extract_of("T01", quotes=(quote(),))))
    notice = office.file(Notice(visit="visitT01", records=("quote/Q1/R2",)), signed_by="somebody else")
    joined(office, notice, office.file(extract_of("T01", revision=11, quotes=(quote(),))))
    with office.open() as found:
        assert found.extract(2).quotes == ()
        deciding.keep_shown(found, "visitT01", ["quote/Q1/R2"])
        assert [one.record for one in found.extract(2).quotes] == ["quote/Q1/R2"]
        with pytest.raises(Invalid, match="nobody asked"):
            deciding.keep_shown(found, "visitT01", ["quote/Q1/R2"])


def test_words_taken_back_stay_out_of_a_revision_that_comes_later(office: Office) -> None:
    joined(office, office.file(Notice(visit="visitT01", records=("quote/Q1/R2",))))
    joined(office, office.file(extract_of("T01", quotes=(quote(), quote("quote/Q2/R2", "They listened.")))))
    with office.open(read_only=True) as found:
        assert [one.record for one in found.extract(1).quotes] == ["quote/Q2/R2"]


def test_words_taken_back_are_in_no_file_of_the_office(office: Office) -> None:
    words = "They came when they said."
    joined(office, office.file(extract_of("T01", quotes=(quote(),))))
    with office.open() as found:
        before = found.back_up()
        deciding.withdraw(found, "visitT01", ["quote/Q1/R2"])
        assert not before.exists()
        assert (
            words.encode() not in found.db.execute("SELECT group_concat(content) FROM extract").fetchone()[0].encode()
        )


def test_a_visit_set_aside_is_left_out_with_the_offices_reason_and_can_come_back(office: Office) -> None:
    joined(office, office.file(extract_of("T01")))
    with office.open() as found:
        deciding.set_aside(found, "visitT01", "the team asked for it")
    assert [one.why for one in left_out(office)] == ["set aside by the office: the team asked for it"]
    with office.open() as found:
        deciding.count_again(found, "visitT01")
    assert counted(office) == [("T01", 10)]


def test_the_teams_that_are_expected_and_of_whom_nothing_counts_are_missing(office: Office) -> None:
    joined(office, office.file(extract_of("T01")), office.file(extract_of("T02", status="draft")))
    with office.open() as found:
        deciding.expect(found, ["T03", " T01 ", "T02", ""])
        assert deciding.expected(found) == ["T01", "T02", "T03"]
        assert deciding.missing(found, "2021") == ["T02", "T03"]
        with pytest.raises(Invalid, match="at most 40 characters"):
            deciding.expect(found, ["x" * 41])
