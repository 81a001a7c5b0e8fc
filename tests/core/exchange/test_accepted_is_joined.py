"""Whatever one laptop lets a person say, every other laptop takes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.visit import statements
from tests.core.homes import Team

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
anything = st.lists(
    st.one_of(
        st.builds(statements.Passage, place=words, text=words),
        st.builds(
            statements.Context, field=words, value=words | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False)
        ),
        st.builds(statements.Interview, id=words, group=st.just("patient"), consent_notes=st.booleans()),
        st.builds(statements.Rating, standard=st.sampled_from(["47", "4", "999"]), note=words),
        st.builds(statements.CaseNote, id=words),
        st.builds(statements.Audit, case_note=words, item=st.just("A1"), note=words),
        st.builds(statements.Concern, id=words, text=words, told=words),
        st.builds(statements.Slot, id=words, title=words, start=st.sampled_from(["09:00", "9", ""])),
        st.builds(statements.Action, id=words, standard=st.just("47"), action=words, priority=st.integers(0, 7)),
        st.builds(statements.Decision, presentation=st.integers(0, 5), note=words),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def pair() -> Team:
    """One team for all examples: what was said before does no harm."""
    return Team(Path(tempfile.mkdtemp()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(anything)
def test_what_is_accepted_here_is_accepted_there(pair: Team, lines: list[statements.Statement]) -> None:
    lead = pair.visit("L1")
    for line in lines:
        try:
            lead.record(line)
        except Invalid as refused:
            assert "\n" not in str(refused)
    receipt = pair.visit("R2").merge(pair.return_of("L1"))
    assert receipt.reason is None
    assert pair.visit("R2")._store.digest() == lead._store.digest()
