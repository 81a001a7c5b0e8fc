"""Whatever was written is found by the first letters of its words, by those who may see it, and nothing typed fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.search import SearchHit
from reviewapp.search.query import highlight, parse_query
from reviewapp.search.result_titles import KIND_OF, KINDS
from reviewapp.store import search_index
from reviewapp.visit import statements
from reviewapp.visit.entities import ENTITIES, VALUE_FIELDS
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


WORDS = {
    "rating": statements.Rating(standard="47", value="met", note="zalpha in a note"),
    "interview": statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
    "answer": statements.Answer(interview="P1", prompt="P01", text="They said zbravo"),
    "quote": statements.Quote(id="Q1", interview="P1", text="I never saw zcharlie", standards=["47"]),
    "audit": statements.Audit(case_note="3", item="A1", value="yes", note="zdelta on page two"),
    "agreed_audit": statements.AgreedAudit(case_note="3", item="A1", value="yes", reason="zecho"),
    "self_review": statements.SelfReview(standard="4", value="met", comment="zfoxtrot"),
    "context": statements.Context(field="area", value="zgolf and around"),
    "concern": statements.Concern(id="IC1", text="zhotel at home", told="zindia at once"),
    "agreed": statements.Agreed(standard="47", value="met", reason="zjuliett", dissent="zkilo"),
    "local_context": statements.LocalContext(standard="47", text="zlima"),
    "response": statements.Response(standard="47", text="zmike", evidence="znovember"),
    "passage": statements.Passage(place="summary", text="zoscar"),
    "action": statements.Action(
        id="AP1",
        standard="47",
        action="zpapa",
        owner="zquebec",
        measure="zromeo",
        progress="zsierra",
        deputy="zsparrow",
    ),
    "decision": statements.Decision(presentation=1, note="ztango"),
    "slot": statements.Slot(id="T1", start="09:00", end="09:30", title="zuniform", who=["L1"]),
    "person": statements.Person(code="R9", role="observer", name="zvictor"),
    "known_name": statements.KnownName(id="N1", name="zwhiskey"),
    "goal": statements.Goal(
        id="G1",
        text="zyankee",
        standards=["47"],
        why="zzulu",
        target="zaardvark",
        status="left",
        ended="2026-12-01",
        reason="zthrush",
    ),
    "scoping": statements.Scoping(note="zbadger"),
    "readiness": statements.Readiness(domain="leadership", answer="zcamel", note="zdonkey"),
    "follow_up": statements.FollowUp(id="F1", planned="2026-12-01", who="zeagle", note="zferret"),
    "follow_up_goal": statements.FollowUpGoal(
        follow_up="F1", goal="G1", progress="zgoose", barrier="zheron", help="zibis", decision="zjackal", next="zkoala"
    ),
    "learning_event": statements.LearningEvent(id="E1", teams="zlizard", offer="zmarten", take="znewt"),
    "staff_change": statements.StaffChange(id="S1", what="zotter"),
    "escalation": statements.Escalation(id="X1", to="zpanda", asked="zquail", answer="zraven"),
    "handover": statements.Handover(
        id="H1", post="manager", date="2026-12-01", by="zsnake", to="ztoad", text="zturtle"
    ),
    "shared_practice": statements.SharedPractice(standard="47", text="zviper", team="zwalrus"),
    "example": statements.Example(id="E1", standard="47", text="zweasel", team="zwombat"),
    "finding_accepted": statements.FindingAccepted(id="phone-0a1b2c3d4e5f6071", reason="zxray"),
}
PLANTED = sorted(word for line in WORDS.values() for word in str(line).replace("'", " ").split() if word[:1] == "z")


def places(found: list[SearchHit]) -> list[tuple[str, str]]:
    return [(one.entity, one.key) for one in found]


def write_everything(visit: OpenVisit) -> None:
    meeting.open_meeting(visit)
    visit.record(*WORDS.values())


def test_every_word_written_anywhere_is_found_by_its_first_letters_and_marked(team: Team) -> None:
    visit = team.visit("L1")
    write_everything(visit)
    assert len(PLANTED) == 53
    for word in PLANTED:
        for typed in (word[:4], word.upper(), word):
            (one,) = visit.find(typed)
            begin, end = one.snippet.marks[0]
            assert one.snippet.text[begin:end].lower() == typed.lower()
            assert one.field and one.title.text and WORDS[one.entity] is not None


def test_no_text_field_is_forgotten() -> None:
    """A new kind of record, or a new field, has to say whether people write words in it."""
    not_words = VALUE_FIELDS | {
        "standard", "interview", "case_note", "prompt", "item", "group", "role", "people", "with", "standards", "who",
        "opened", "open", "held", "reviewer", "about", "stood", "answered", "priority", "yes", "no", "na", "rating",
        "others", "document", "findings", "total", "visit", "instrument", "edition", "digest", "scores", "range",
        "ranges", "criteria", "wording", "present", "n", "hours", "hours_planned", "goal",
        "content", "themes", "parent", "hidden", "source", "asks", "answers", "known_by",
        "part", "heading", "author", "reply_to",
    }  # fmt: skip
    for name, info in ENTITIES.items():
        left = [
            field for field in info.fields if field not in not_words and field not in search_index.TEXTS.get(name, ())
        ]
        assert left == [], name
    assert KIND_OF.keys() == set(search_index.KINDS) and set(KIND_OF.values()) == set(KINDS)


def test_the_number_of_a_standard_comes_first_and_then_what_bears_on_it(team: Team) -> None:
    visit = team.visit("L1")
    write_everything(visit)
    found = visit.find("47")
    assert places(found)[0] == ("standard", "47")
    assert ("quote", "Q1/L1") in places(found)
    assert places(visit.find("p1"))[0] == ("interview", "P1/L1")
    assert places(visit.find("Q1"))[0] == ("quote", "Q1/L1")


def test_several_words_mean_all_of_them_and_quotation_marks_a_phrase(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(
        statements.Rating(standard="47", note="The zebra café was closed"),
        statements.Rating(standard="4", note="closed the zebra"),
    )
    assert sorted(places(visit.find("zeb clos"))) == [("rating", "4/L1"), ("rating", "47/L1")]
    assert places(visit.find('"the zebra"')) == places(visit.find("“the zebra”"))
    assert len(visit.find('"the zebra"')) == 2
    assert places(visit.find('"zebra cafe" closed')) == [("rating", "47/L1")]
    assert places(visit.find("CAFE zebra")) == [("rating", "47/L1")]
    assert visit.find('"zebra caf"') == [] and len(visit.find('"zebra caf')) == 1
    assert visit.find("zebra nothing") == []


def test_the_instrument_is_found_too(team: Team) -> None:
    visit = team.visit("R2")
    standard = visit.state.instrument.standard("47")
    assert ("standard", "47") in places(visit.find(f'"{standard.title}"'))
    prompt = visit.state.instrument.guides[0].prompts[0]
    assert ("prompt", prompt.id) in places(visit.find(f'"{prompt.text}"'))
    item = visit.state.instrument.audit[0]
    assert ("audit_item", item.item) in places(visit.find(f'"{item.text}"'))


def test_what_others_wrote_with_a_rating_is_found_only_when_it_may_be_seen(team: Team) -> None:
    for code in ("R2", "R3"):
        team.visit(code).record(statements.Rating(standard="47", value="met", note=f"zsecret of {code}"))
    first, other = team.visit("L1"), team.visit("R3")
    for code in ("R2", "R3"):
        first.merge(team.return_of(code))
    assert first.find("zsecret") == []
    assert places(other.find("zsecret")) == [("rating", "47/R3")]
    meeting.open_meeting(first)
    assert first.find("zsecret") == []
    first.record(statements.Rating(standard="47", value="na"))
    assert len(first.find("zsecret")) == 2
    other.merge(team.return_of("L1"))
    assert len(other.find("zsecret")) == 2


def test_others_notes_hide_none_of_mine(team: Team) -> None:
    visit, other = team.visit("R2"), team.visit("R3")
    numbers = [one.number for one in visit.state.instrument.standards]
    other.record(*(statements.Rating(standard=number, note="zsame") for number in numbers))
    visit.record(
        statements.Rating(standard="47", note="A long note in which among many other words there is also zsame")
    )
    visit.merge(team.return_of("R3"))
    assert places(visit.find("zsame", limit=1)) == [("rating", "47/R2")]


def test_what_is_deleted_is_not_found_and_comes_back_with_undo(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(WORDS["interview"], WORDS["quote"], WORDS["answer"])
    assert len(visit.find("zcharlie")) == 1
    visit.record(statements.Interview(id="P1", deleted=True))
    assert visit.find("zcharlie") == [] and visit.find("zbravo") == []
    assert ("interview", "P1/R2") not in places(visit.find("P1"))
    visit.undo()
    assert len(visit.find("zcharlie")) == 1 and len(visit.find("zbravo")) == 1
    visit.record(statements.Quote(id="Q1", text="I saw somebody"))
    assert visit.find("zcharlie") == [] and len(visit.find("somebody saw")) == 1


def test_a_visit_that_is_only_read_is_looked_through_as_well(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(WORDS["interview"], WORDS["quote"])
    reader = Laptop.open(team.folder / "R2", PASSPHRASE).open_visit(team.visit_id, read_only=True)
    assert places(reader.find("zchar")) == [("quote", "Q1/R2")]
    visit.record(WORDS["answer"])
    reader.reload()
    assert places(reader.find("zbravo")) == [("answer", "P1/P01/R2")]
    reader.close()
    assert visit._store.db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'word'").fetchone()[0] == 0


def test_while_another_connection_writes_what_was_read_before_is_found(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(WORDS["rating"])
    assert len(visit.find("zalpha")) == 1
    visit.record(WORDS["local_context"])
    other = visit.second()
    with other._store.transaction():
        assert len(visit.find("zalpha")) == 1 and visit.find("zlima") == []
    assert len(visit.find("zlima")) == 1
    other.close()


def test_an_index_that_cannot_be_read_is_made_anew(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(WORDS["rating"])
    assert len(visit.find("zalpha")) == 1
    visit._store.db.execute("UPDATE word_data SET block = x'ff' || block WHERE id > 10")
    assert len(visit.find("zalph")) == 1
    assert [check for check in visit.check_integrity() if not check.ok] == []


def test_a_wrong_index_is_noticed_and_taken_away(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(WORDS["rating"])
    assert len(visit.find("zalpha")) == 1
    visit._store.db.execute("DELETE FROM word WHERE rowid IN (SELECT id FROM word_place WHERE entity = 'rating')")
    assert [check.name for check in visit.check_integrity() if not check.ok] == ["words"]
    assert len(visit.find("zalpha")) == 1
    assert [check for check in visit.check_integrity() if not check.ok] == []


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVisit]:
    made = Team(tmp_path_factory.mktemp("finding"))
    write_everything(made.visit("L1"))
    yield made.visit("L1")
    made.close()


_SIGNS = [*"\"*^():-+{},'/“”\0 ", "AND", "OR", "NOT", "NEAR", "about", "zalpha", "47", "col:"]
_TYPED = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(categories=["Cs", "L", "N", "P", "S", "Z"]), max_size=30),
    st.lists(st.sampled_from(_SIGNS), max_size=12).map(" ".join),
)


@given(_TYPED)
def test_whatever_is_typed_is_no_fault(visit: OpenVisit, typed: str) -> None:
    for one in visit.find(typed):
        assert one.title.text and one.snippet is not None


def test_a_whole_page_may_be_pasted(visit: OpenVisit) -> None:
    assert visit.find("zword " * 10_000) == [] and visit.find('"' * 5_000) == []


@given(st.text(max_size=400), st.text(max_size=12))
def test_marks_lie_within_the_text_in_order(text: str, typed: str) -> None:
    shown = highlight(text, parse_query(typed))
    ends = [0]
    for begin, end in shown.marks:
        assert ends[-1] <= begin < end <= len(shown.text)
        ends.append(end)


def test_of_a_long_text_the_part_about_the_match_is_shown() -> None:
    text = " ".join(f"word{number}" for number in range(400)) + " needle " + "after " * 100
    shown = highlight(text, parse_query("need"))
    assert shown.text.startswith("…") and shown.text.endswith("…") and len(shown.text) < 200
    ((begin, end),) = shown.marks
    assert shown.text[begin:end] == "need"
    assert highlight("Zürich and ZÜRICH", parse_query("zur")).marks == ((0, 3), (11, 14))
