"""Asked to be withdrawn by a laptop without the right: the words stand nowhere until somebody who may has decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.store import journal
from reviewapp.store.field_write import FieldWrite
from reviewapp.visit import statements
from reviewapp.visit.entities import ASK_WITHDRAW, SHOW_AGAIN, WITHDRAW
from reviewapp.workspace import joining
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import show_again, withdraw
from tests.core.homes import DEPUTY_WORDS, PASSPHRASE, Team
from tests.core.workspace.made import documents, printed_by_commands, readable

TALK = "interview/P1/R3"
WORDS = {TALK, "answer/P1/P01/R3", "quote/Q1/R3"}
RECORDS = (("interview", "P1/R3"), ("answer", "P1/P01/R3"), ("quote", "Q1/R3"), ("concern", "IC1/R3"))
PLANTED = "plantedword"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Team:
    team = Team(tmp_path_factory.mktemp("team"))
    team.name_deputy()
    visit = team.visit("R3")
    visit.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Answer(interview="P1", prompt="P01", text=f"{PLANTED} in an answer"),
        statements.Quote(id="Q1", interview="P1", text=f"{PLANTED} in a quote", standards=["47"]),
        statements.Concern(id="IC1", text=f"{PLANTED} of a danger"),
        statements.Rating(standard="47", value="not_met"),
    )
    team.certify("R3", "R4")
    team.another_laptop("R3b", me="R3").merge(team.return_of("L1"))
    team.close()
    return team


@pytest.fixture
def team(prepared: Team, tmp_path: Path) -> Iterator[Team]:
    """R3 spoke to somebody; the lead certified R3 and R4, and R3 has another laptop, which stands apart."""
    team = prepared.copy(tmp_path)
    yield team
    team.close()


def tell_all(team: Team, name: str, *others: str) -> None:
    """These laptops join all that the named one holds."""
    path = team.return_of(name)
    for other in others or [one for one in team.visits if one != name]:
        assert team.visit(other).merge(path).reason is None


def asked_by_second_laptop(team: Team) -> None:
    """R3's laptop that nobody certified withdraws the interview, and everybody hears of it."""
    withdraw(team.visits["R3b"], "interview", "P1/R3", reason="the person asked")
    tell_all(team, "R3b")


def words_in(visit: OpenVisit) -> set[str]:
    return {f"quote/{key}" for key in visit.state.quotes} | {f"answer/{key}" for key in visit.state.answers}


def is_shown(visit: OpenVisit) -> bool:
    return words_in(visit) == WORDS - {TALK} and "P1/R3" in visit.state.interviews and not visit.state.hidden


def is_gone(visit: OpenVisit) -> bool:
    every = [one for kind, key in RECORDS[:3] for one in journal.history(visit._store.db, kind, key)]
    return not words_in(visit) and not visit.state.hidden and all(one.withdrawn and one.value is None for one in every)


def test_what_a_laptop_without_the_right_withdraws_is_hidden_everywhere_at_once(team: Team) -> None:
    before = team.visit("L1").status()["figures"]
    asked_by_second_laptop(team)
    for name, visit in team.visits.items():
        assert set(visit.state.hidden) == WORDS and not visit.state.withdrawn, name
        assert not words_in(visit) and not visit.state.interviews
        (one,) = visit.requests_to_withdraw()
        assert (one.record, one.author, one.asker, one.reason) == (TALK, "R3", "R3", "the person asked")
        assert set(one.hidden) == WORDS and one.device == team.visits["R3b"].device
        (told,) = visit.status()["hidden"]
        assert (told["record"], told["author"], told["asked_by"]) == (TALK, "R3", "R3")
        assert not any(one.withdrawn for kind, key in RECORDS for one in visit.history(kind, key)), "nothing is lost"
        assert visit.status()["figures"] == before
        assert all(check.ok for check in visit.check_integrity())


def found_on(visit: OpenVisit) -> list[str]:
    """Where the planted words are in what can be made or read of a visit."""
    made = [*documents(visit), *printed_by_commands(visit, PLANTED, *RECORDS)]
    return [what for what, content in made if PLANTED.encode() in readable(content)]


def test_hidden_words_are_in_no_document_answer_or_history_on_any_laptop(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R3")
    lead.record(
        statements.Agreed(standard="47", value="not_met", reason="A reason."),
        statements.Action(id="AP1", standard="47", action="An action.", status="done", progress="Done."),
    )
    tell_all(team, "L1", "R3", "R3b")
    reviewer.jottings.write(("interview", "P1/R3"), f"{PLANTED} for nobody else")
    reviewer.save_draft(statements.Answer(interview="P1", prompt="P02", text=f"{PLANTED} half typed"))
    assert {"find", "state", "report host.pdf", "report host.docx", "drafts"} <= set(found_on(reviewer))
    withdraw(team.visits["R3b"], "interview", "P1/R3", reason="the person asked", concerns=["IC1/R3"])
    path = team.return_of("R3b")
    joining.join_to(reviewer._store, path, reviewer.state)  # as another program does, with what is being typed here
    reviewer.reload()
    lead.merge(path)
    for visit in (reviewer, lead, team.visits["R3b"]):
        assert found_on(visit) == []
        assert visit.jottings.all() == {} and visit.find(PLANTED) == []


def test_nothing_is_typed_into_what_is_hidden(team: Team) -> None:
    reviewer = team.visit("R3")
    reviewer.save_draft(statements.Answer(interview="P1", prompt="P02", text="half typed"))
    tell_all(team, "R3", "R3b")
    withdraw(team.visits["R3b"], "interview", "P1/R3", reason="the person asked")
    reviewer._store.drafts.save("answer/P1/P02/R3", b'{"kind":"answer","interview":"P1","prompt":"P02","text":"more"}',
                               ("answer", "P1/P02/R3", "text"), lambda db, address: ())  # fmt: skip
    reviewer.merge(team.return_of("R3b"))
    for line in (
        statements.Answer(interview="P1", prompt="P02", text="more"),
        statements.Quote(id="Q2", interview="P1", text="more"),
        statements.Quote(id="Q1", text="otherwise"),
        statements.Interview(id="P1", mode="phone"),
    ):
        with pytest.raises(Invalid, match=r"is hidden, because the laptop of R3 \(.*\) asked"):
            reviewer.record(line)
    assert reviewer.undo() is None


@pytest.mark.parametrize("who", ["R3", "L1"])
def test_the_author_or_the_lead_decides_to_withdraw_and_it_is_gone_everywhere(team: Team, who: str) -> None:
    asked_by_second_laptop(team)
    withdraw(team.visit(who), "interview", "P1/R3", reason="the person asked")
    tell_all(team, who)
    for name, visit in team.visits.items():
        assert is_gone(visit) and TALK in visit.state.withdrawn, name


@pytest.mark.parametrize("who", ["R3", "L1"])
def test_the_author_or_the_lead_shows_it_again_and_it_stays_in_the_history(team: Team, who: str) -> None:
    asked_by_second_laptop(team)
    show_again(team.visit(who), "interview", "P1/R3", reason="it was another person")
    tell_all(team, who)
    for name, visit in team.visits.items():
        assert is_shown(visit) and visit.requests_to_withdraw() == [], name
        said = [one.value for one in visit.history(SHOW_AGAIN, TALK) if one.field == "reason"]
        assert said == ["it was another person"] and visit.history(WITHDRAW, TALK)


def test_nobody_else_decides(team: Team) -> None:
    asked_by_second_laptop(team)
    with pytest.raises(Invalid, match=r"only a confirmed laptop of R3 \(.*\) or the lead's"):
        show_again(team.visit("R4"), "interview", "P1/R3", reason="no")
    with pytest.raises(Invalid, match="nobody asked"):
        show_again(team.visit("L1"), "quote", "Q9/R3", reason="no")
    with pytest.raises(Invalid, match="it is hidden with interview/P1/R3") as told:
        show_again(team.visit("L1"), "quote", "Q1/R3", reason="no")
    assert "decide about that first" in str(told.value)
    with pytest.raises(Invalid, match="reason"):
        show_again(team.visit("L1"), "interview", "P1/R3", reason=" ")


def test_who_asked_takes_it_back(team: Team) -> None:
    asked_by_second_laptop(team)
    show_again(team.visits["R3b"], "interview", "P1/R3", reason="a mistake")
    tell_all(team, "R3b")
    assert all(is_shown(visit) for visit in team.visits.values())


def test_what_was_shown_again_is_not_lost_when_the_laptop_that_asked_is_certified(team: Team) -> None:
    asked_by_second_laptop(team)
    lead = team.visit("L1")
    show_again(lead, "interview", "P1/R3", reason="a mistake")
    lead.laptops.certify(team.visits["R3b"].device, "R3")
    tell_all(team, "L1")
    assert all(is_shown(visit) for visit in team.visits.values())


def test_certifying_the_laptop_that_asked_withdraws_what_it_asked_for(team: Team) -> None:
    asked_by_second_laptop(team)
    lead = team.visit("L1")
    lead.laptops.certify(team.visits["R3b"].device, "R3")
    tell_all(team, "L1")
    tell_all(team, "R3b")
    assert all(is_gone(visit) for name, visit in team.visits.items() if name != "L1")


def test_a_laptop_that_is_set_aside_hides_nothing_however_much_it_asks(team: Team) -> None:
    asked_by_second_laptop(team)
    lead = team.visit("L1")
    lead.laptops.set_aside(team.visits["R3b"].device, None, "not ours")
    assert is_shown(lead)
    withdraw(team.visits["R3b"], "quote", "Q1/R3", reason="again")  # it has not heard of that yet
    tell_all(team, "R3b", "L1")
    tell_all(team, "L1")
    assert all(is_shown(visit) for visit in team.visits.values())
    with pytest.raises(Invalid, match="set this laptop aside"):
        withdraw(team.visits["R3b"], "quote", "Q1/R3", reason="again")
    lead.laptops.take_aside_back(team.visits["R3b"].device)
    assert set(lead.state.hidden) == WORDS


def test_any_reviewer_may_ask_and_only_where_it_is_said(team: Team) -> None:
    tell_all(team, "L1")
    other = team.visit("R4")
    with pytest.raises(Invalid, match=r"only R3 \(.*\) or the lead"):
        withdraw(other, "quote", "Q1/R3", reason="the person told me")
    withdraw(other, "quote", "Q1/R3", reason="the person told me", asks=True)
    tell_all(team, "R4")
    for visit in team.visits.values():
        assert set(visit.state.hidden) == {"quote/Q1/R3"} and visit.state.hidden["quote/Q1/R3"].asker == "R4"
        assert len(visit.history(ASK_WITHDRAW, "quote/Q1/R3")) == 2 and "P1/R3" in visit.state.interviews
    show_again(team.visit("R3"), "quote", "Q1/R3", reason="they meant another one")
    assert is_shown(team.visit("R3"))


def test_a_concern_is_kept_unless_it_is_chosen_and_never_hidden_silently(team: Team) -> None:
    asked_by_second_laptop(team)
    lead = team.visit("L1")
    assert lead.state.concerns["IC1/R3"].text == f"{PLANTED} of a danger", "its interview is hidden, it is not"
    withdraw(team.visits["R3b"], "interview", "P1/R3", reason="all of it", concerns=["IC1/R3"])
    tell_all(team, "R3b")
    for visit in team.visits.values():
        one = visit.state.concerns["IC1/R3"]
        assert one.person == "R3" and one.text.startswith("Hidden: the laptop of R3 ("), "that there is one, and whose"
        assert visit.status()["material"]["concerns"] == 1
    withdraw(lead, "interview", "P1/R3", reason="the person asked")
    tell_all(team, "L1")
    for visit in team.visits.values():
        assert is_gone(visit) and visit.state.concerns["IC1/R3"].text == f"{PLANTED} of a danger", "it was not chosen"


def test_a_listed_name_is_not_hidden_so_that_it_is_still_looked_for(team: Team) -> None:
    reviewer, other = team.visit("R3"), team.visit("R4")
    reviewer.record(statements.KnownName(id="N1", name="Example Name"))
    tell_all(team, "R3")
    with pytest.raises(Invalid, match="no longer look for"):
        withdraw(other, "known_name", "N1/R3", reason="r", asks=True)
    for kind in (ASK_WITHDRAW, WITHDRAW):
        said = FieldWrite(kind, "known_name/N1/R3", "records", ["known_name/N1/R3"], ())
        team.visits["R3b"]._store.write([said], person="R3")
    tell_all(team, "R3b")
    assert all("N1/R3" in visit.state.known_names and not visit.state.hidden for visit in team.visits.values())


def test_a_concern_that_is_chosen_goes_with_the_interview(team: Team) -> None:
    tell_all(team, "L1")
    reviewer = team.visit("R3")
    with pytest.raises(Invalid, match="not an immediate concern of R3"):
        withdraw(reviewer, "interview", "P1/R3", reason="the person asked", concerns=["IC7/R3"])
    withdraw(reviewer, "interview", "P1/R3", reason="the person asked", concerns=["IC1/R3"])
    tell_all(team, "R3")
    for name, visit in team.visits.items():
        assert is_gone(visit) and visit.state.concerns == {} and "concern/IC1/R3" in visit.state.withdrawn, name
        assert all(one.withdrawn for one in visit.history("concern", "IC1/R3"))
    tell_all(team, "L1")


def test_an_earlier_lead_that_does_not_know_hides_everywhere_until_the_new_one_decides(team: Team) -> None:
    deputy, old = team.visit("R2"), team.visit("L1")
    tell_all(team, "L1")
    deputy.laptops.take_over(DEPUTY_WORDS)
    withdraw(old, "interview", "P1/R3", reason="the person told me")
    path = team.return_of("L1")
    for name in ("R2", "R3", "R4"):
        team.visit(name).merge(team.return_of("R2"))
        team.visit(name).merge(path)
        assert set(team.visit(name).state.hidden) == WORDS, name
        assert team.visit(name).state.hidden[TALK].asker == "L1"
    withdraw(deputy, "interview", "P1/R3", reason="as L1 was told")
    tell_all(team, "R2")
    assert all(is_gone(team.visit(name)) for name in ("R2", "R3", "R4"))


def test_a_restored_laptop_still_hides_and_never_withdraws_in_somebodys_name(team: Team) -> None:
    """A request by a laptop that only says it is R3's is not made R3's own by restoring R3's laptop."""
    reviewer = team.visit("R3")
    reviewer.backup(team.folder / "before")
    asked_by_second_laptop(team)
    team.visits.pop("R3").close()
    team.laptops["R3"].restore(team.folder / "before", PASSPHRASE)
    reviewer = team.visits["R3"] = team.laptops["R3"].open_visit(team.visit_id)
    assert set(reviewer.state.hidden) == WORDS and not reviewer.state.withdrawn
    tell_all(team, "R3", "L1")
    show_again(team.visit("L1"), "interview", "P1/R3", reason="no")
    assert is_shown(team.visit("L1"))
