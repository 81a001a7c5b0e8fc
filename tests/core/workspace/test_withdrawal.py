"""What somebody withdraws is gone from every laptop that joins it, and from nowhere without a right to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.visit import statements
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import Team
from tests.core.workspace.support import decrypted, exchange


def talk(team: Team, code: str) -> None:
    team.visit(code).record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text="plantedword in an answer"),
        statements.Quote(id="Q1", interview="P1", text="plantedword in a quote", standards=["47"]),
    )


def pages_of(team: Team, code: str) -> list[bytes]:
    """The pages of a laptop's store as they lie on the disk, decrypted: what is free or left over in them too."""
    key = team.laptops[code].home.visit_key(team.visit_id)
    store = team.visit(code)._store
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert not (store.folder / "visit.db-wal").stat().st_size
    raw = (store.folder / "visit.db").read_bytes()
    pages = []
    for start in range(0, len(raw), 4096):  # SQLCipher 4: 16 bytes of salt on the first page; each ends in IV and HMAC
        page, iv = raw[start + (16 if start == 0 else 0) : start + 4016], raw[start + 4016 : start + 4032]
        opened = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        pages.append(opened.update(page) + opened.finalize())
    return pages


def words_of(team: Team, code: str) -> bytes:
    """Every byte of the index by which words are found."""
    rows = team.visit(code)._store.db.execute("SELECT block FROM word_data").fetchall()
    return b"".join(bytes(row[0]) for row in rows)


def test_what_is_withdrawn_is_gone_from_every_laptop_that_joins_it_and_its_backups(team: Team) -> None:
    talk(team, "R2")
    exchange(team, "R2", "R3")
    assert b"plantedword" in decrypted(team, "R3")
    for code in ("L1", "R2", "R3"):
        assert len(team.visit(code).find("planted")) == 2
        assert b"tedword" in words_of(team, code)  # beginnings that words share are kept once
    before = team.visit("R2")._store.digest()
    team.visit("R2").save_draft(statements.Answer(interview="P1", prompt="P02", text="plantedword half typed"))
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    late = team.folder / "late.review"
    team.visit("R2").write_return(late)
    exchange(team, "R2", "R3")
    team.visit("L1").merge(late)
    for code in ("L1", "R2", "R3"):
        visit = team.visit(code)
        assert b"plantedword" not in decrypted(team, code)
        assert b"tedword" not in words_of(team, code)
        assert visit.find("planted") == [] and b"tedword" not in words_of(team, code)
        assert visit.state.interviews == {} and visit.state.quotes == {} and visit.state.answers == {}
        assert visit.state.withdrawn["interview/P1/R2"].person == "L1"
        assert [check for check in visit.check_integrity() if not check.ok] == []
    exchange(team, "R2", "R3")
    assert len({team.visit(code)._store.digest() for code in ("L1", "R2", "R3")}) == 1
    assert team.visit("R2")._store.digest() != before
    with pytest.raises(Invalid, match="was withdrawn"):
        talk(team, "R2")


@pytest.mark.parametrize("code", ["R2", "L1", "R3"])
def test_nothing_of_what_was_withdrawn_is_left_in_the_free_space_of_the_file(team: Team, code: str) -> None:
    """For the one who withdraws, the one who joins that, and a third: no page is free, and none has the words."""
    talk(team, "R2")
    long = " ".join(f"plantedword{number}" for number in range(2_000))
    team.visit("R2").record(statements.Answer(interview="P1", prompt="P02", text=long))
    exchange(team, "R2", "R3")
    assert b"plantedword1999" in b"".join(pages_of(team, code))
    withdraw(team.visit("R2"), "interview", "P1/R2", reason="the person asked")
    exchange(team, "R2", "R3")
    assert team.visit(code).state.answers == {}
    assert b"plantedword" not in b"".join(pages_of(team, code))
    assert team.visit(code)._store.db.execute("PRAGMA freelist_count").fetchone()[0] == 0


def test_one_quote_can_be_withdrawn_alone(team: Team) -> None:
    talk(team, "R2")
    visit = team.visit("R2")
    withdraw(visit, "quote", "Q1/R2", reason="the person asked")
    assert visit.state.quotes == {} and len(visit.state.answers) == 1
    assert visit.undo() is None


def test_only_the_author_or_the_lead_withdraws_and_only_what_is_there(team: Team) -> None:
    talk(team, "R2")
    exchange(team, "R2", "R3")
    with pytest.raises(Invalid, match=r"only R2 \(.*\) or the lead"):
        withdraw(team.visit("R3"), "interview", "P1/R2", reason="r")
    with pytest.raises(Invalid, match="there is no"):
        withdraw(team.visit("R2"), "interview", "P9/R2", reason="r")
    with pytest.raises(ReviewError, match="is not withdrawn"):
        withdraw(team.visit("R2"), "rating", "47/R2", reason="r")
    with pytest.raises(Invalid, match="reason"):
        withdraw(team.visit("R2"), "interview", "P1/R2", reason="")


def test_a_withdrawal_by_somebody_else_is_refused_when_joining(team: Team, tmp_path: Path) -> None:
    from reviewapp.store.visit_store import FieldWrite

    talk(team, "R2")
    exchange(team, "R2", "R3")
    forged = FieldWrite("withdraw", "interview/P1/R2", "records", ["interview/P1/R2"], ())
    team.visit("R3")._store.write([forged], person="R3")
    receipt = team.visit("L1").merge(team.return_of("R3"))
    assert receipt.reason and "withdrawal" in receipt.reason
    assert team.visit("L1").state.quotes


def test_a_backup_that_was_being_written_holds_nothing_of_what_is_withdrawn_meanwhile(team: Team) -> None:
    talk(team, "R2")
    visit = team.visit("R2")
    second = visit.second(read_only=True)
    copied: list[str] = []

    def withdraw_once_copied(statement: str) -> None:
        if statement.startswith("PRAGMA query_only = ") and len(copied) < 2:
            copied.append(statement)
            if len(copied) == 2:  # set again, after the copy was made
                withdraw(visit, "interview", "P1/R2", reason="the person asked")

    second._store.db.conn.set_trace_callback(withdraw_once_copied)
    second.back_up_now()
    second.close()
    assert len(copied) == 2
    assert len(list((visit._store.folder / "backups").iterdir())) == 2
    assert b"plantedword" not in decrypted(team, "R2")


def test_undo_forgets_what_a_join_of_the_worker_withdrew(team: Team) -> None:
    talk(team, "R2")
    visit = team.visit("R2")
    visit.record(statements.Quote(id="Q1", interview="P1", text="other words"))
    team.visit("L1").merge(team.return_of("R2"))
    withdraw(team.visit("L1"), "interview", "P1/R2", reason="the person asked")
    second = visit.second()
    assert second.merge(team.return_of("L1")).reason is None
    second.close()
    visit.reload()
    assert visit.undo_name is None and visit.undo() is None
    assert b"plantedword" not in decrypted(team, "R2")
