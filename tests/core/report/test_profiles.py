"""What each copy keeps to itself, and that nothing hidden can be worked out from what is printed beside it."""

from __future__ import annotations

from collections import defaultdict

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.status import status
from reviewapp.report.docx.render import docx_bytes
from reviewapp.report.json_export import report_json
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.profiles import LEFT_OUT, NAMES, PROFILES, people_range, reveals_small_number
from reviewapp.report.tree import Heading, computed_numbers
from reviewapp.visit import state as s
from tests.core.report.building import keyed, report, rich_visit
from tests.core.report.reading import pdf_text, squeezed, word_lines

counts = st.integers(0, 14)
HEADS = ("survey.", "audit.", "material.people_spoken_to", "material.case_notes", "progress.interviews")


@st.composite
def small_numbers(draw) -> s.VisitState:
    """The rich visit with other numbers of people in it, and a threshold of its own."""
    state = rich_visit()
    state.instrument = msgspec.structs.replace(state.instrument, suppress_below=draw(st.sampled_from([3, 5, 8, 12])))
    state.survey = keyed(
        *(
            s.SurveyRecord(key=f"{g}/{n}", group=g, standard=n, yes=draw(counts), no=draw(counts), na=draw(counts))
            for g in ("patient", "carer", "staff")
            for n in ("4", "36", "47")
        )
    )
    if draw(st.booleans()):
        state.context["respondents_carer"] = s.ContextRecord(key="respondents_carer", value=draw(counts))
    values = [value for value in ("yes", "no", "na", "not_recorded") for _ in range(draw(st.integers(0, 9)))]
    state.case_notes = keyed(*(s.CaseNoteRecord(key=f"{n}/R2", person="R2", id=str(n)) for n in range(len(values))))
    state.audit = keyed(
        *(
            s.AuditRecord(key=f"{n}/A1/R2", person="R2", case_note=str(n), item="A1", value=value)
            for n, value in enumerate(values)
        )
    )
    state.interviews = {
        k: msgspec.structs.replace(v, people=draw(st.integers(1, 9))) for k, v in state.interviews.items()
    }
    return state


def known_about_people(state: s.VisitState) -> dict[str, dict[str, float]]:
    """Every number about people that the copy for circulation prints, by the row it stands in."""
    known: dict[str, dict[str, float]] = defaultdict(dict)
    for number in computed_numbers(report(state, "circulation").parts):
        if number.from_.startswith(HEADS) and not number.from_.endswith(".target"):
            row, _, name = number.from_.rpartition(".")
            known[row][name] = float(number.value)
    return known


def derived(row: dict[str, float]) -> dict[str, float]:
    """All that a reader can work out of one row by adding, subtracting and multiplying."""
    found = dict(row)
    if "percent" in found and "n" in found:
        found["yes"] = round(found["percent"] * found["n"] / 100)
    if "yes" in found and "n" in found:
        found["others"] = found["n"] - found["yes"]
        if "not_recorded" in found:
            found["no"] = found["others"] - found["not_recorded"]
    found.pop("percent", None)
    return found


@settings(max_examples=60)
@given(small_numbers())
def test_no_small_count_can_be_worked_out_from_the_copy_for_circulation(state):
    least = state.instrument.suppress_below
    known = known_about_people(state)
    for row, printed in known.items():
        assert all(count == 0 or count >= least for count in derived(printed).values()), (row, printed)
    # Without the whole of a column nobody can tell how many did not answer, or whom a record did not concern.
    assert all(row.startswith(("survey.", "audit.")) and "respondents" not in row for row in known)
    full = status(state)
    for name, group in full["survey"].items():
        assert f"survey.{name}" not in known or "respondents" not in known[f"survey.{name}"], group


@given(st.lists(counts, min_size=2, max_size=3), st.integers(1, 12))
def test_a_whole_is_shown_only_when_no_part_of_it_is_small(parts, least):
    hidden = reveals_small_number(tuple(parts), least)
    assert hidden == (0 < sum(parts) < least or any(0 < part < least for part in parts))


@given(st.integers(0, 200), st.integers(1, 20))
def test_a_band_never_claims_more_than_is_true(count, least):
    words = people_range(count, least)
    number = int("".join(c for c in words if c.isdigit()))
    assert count < number if words.startswith("fewer") else count >= number >= least


letters = st.text("bcdfghjklmnpqrstvwxz", min_size=12, max_size=30)


def with_secrets(words: str) -> s.VisitState:
    """The rich visit with `words` in every place that the copy for circulation must keep to itself."""
    state = rich_visit()
    for name, key, field in (
        ("ratings", "4/L1", "note"),
        ("ratings", "36/R2", "note"),
        ("quotes", "Q2/R4", "text"),
        ("quotes", "Q1/R2", "text"),
        ("concerns", "IC1/R4", "text"),
        ("concerns", "IC1/R4", "told"),
        ("agreed", "4", "dissent"),
        ("people", "R2", "name"),
        ("slots", "T1", "title"),
    ):
        records = getattr(state, name)
        records[key] = msgspec.structs.replace(records[key], **{field: words})
    state.answers = keyed(s.AnswerRecord(key="P1/PT1/R4", person="R4", interview="P1/R4", prompt="PT1", text=words))
    state.audit["1/A1/R2"] = msgspec.structs.replace(state.audit["1/A1/R2"], note=words)
    state.responses = keyed(s.ResponseRecord(key="36", person="host", standard="36", text=words, evidence=words))
    state.response_decisions = keyed(s.ResponseDecisionRecord(key="36", standard="36", accepted=False, reason=words))
    state.decisions = keyed(s.DecisionRecord(key="1", presentation=1, date="2026-12-01", label="deferred", note=words))
    state.known_names = keyed(s.KnownNameRecord(key="N1/R2", person="R2", id="N1", name=words))
    place = "closed_without:R9"
    state.passages[place] = s.TextRecord(key=place, subject=place, text=words)
    return state


@settings(max_examples=5)
@given(letters)
def test_what_is_not_for_circulation_is_in_no_file_of_that_copy(words):
    document = report(with_secrets(words), "circulation")
    assert words not in msgspec.json.encode(report_json(document)).decode()
    assert words not in "".join(word_lines(docx_bytes(document)))
    assert squeezed(words) not in pdf_text(pdf_bytes(document))


def test_the_committees_copy_has_it_all():
    told = msgspec.json.encode(report_json(report(with_secrets("SECRETWORDS"), "committee"))).decode()
    assert told.count("SECRETWORDS") >= 9


def heads(profile):
    return [b.id for b in report(profile=profile).parts if isinstance(b, Heading) and b.level == 1]


def test_the_forecast_is_for_the_committee_alone():
    assert "forecast" in heads("committee")
    assert "forecast" not in heads("host") + heads("circulation")
    host = msgspec.json.encode(report(profile="host").parts).decode()
    assert "must become met" not in host and "forecast.to_meet" not in host


def test_a_developmental_review_has_no_forecast():
    state = rich_visit()
    state.info = msgspec.structs.replace(state.info, kind="developmental")
    assert "forecast" not in [b.id for b in report(state, "committee").parts if isinstance(b, Heading)]


@pytest.mark.parametrize("profile", PROFILES)
def test_each_copy_says_for_whom_it_is(profile):
    document = report(profile=profile)
    assert report_json(document)["profile"] == profile
    assert NAMES[profile] in msgspec.json.encode(document.parts[0]).decode()
    assert NAMES[profile].removeprefix("For ")[:4] in LEFT_OUT[profile]


def test_the_copy_for_circulation_says_that_it_has_no_plan_and_its_draft_is_for_nobody_yet():
    cover = msgspec.json.encode(report(profile="circulation").parts[0]).decode()
    assert "action plan" in LEFT_OUT["circulation"] and "the action plan" in cover
    assert "for checking facts" not in cover and "please do not pass it on" in cover
