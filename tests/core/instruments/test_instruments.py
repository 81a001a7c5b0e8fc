"""The built-in instrument is complete, everything asked for can be tested by somebody, and it is in our own words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from reviewapp.instruments.library import builtin, load_toml
from reviewapp.instruments.model import GROUPS, Instrument

SCORED = Path(__file__).parents[1] / "data" / "example-scored.toml"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


@pytest.fixture(scope="module")
def qn() -> Instrument:
    return next(i for i in builtin() if i.id == "qn-crhtt-4-pc")


def test_all_44_standards_are_there_with_their_types_and_sections(qn: Instrument) -> None:
    assert len(qn.standards) == 44
    assert Counter(s.type for s in qn.standards) == {"1": 24, "2": 19, "3": 1}
    assert [sum(s.section == name for s in qn.standards) for name in qn.sections] == [7, 4, 14, 19]
    assert [s.number for s in qn.standards] == sorted((s.number for s in qn.standards), key=int)


def test_a_subset_says_that_it_is_one(qn: Instrument) -> None:
    assert qn.scope == "subset"
    assert qn.subset_note == "on these 44 patient and carer standards only; not an accreditation outcome"
    assert qn.superseded_by == "5th edition (June 2022)"


def test_scale_rule_and_targets_are_those_of_the_network(qn: Instrument) -> None:
    assert [(v.value, v.label, v.key) for v in qn.scale.values] == [
        ("met", "Met", "M"), ("not_met", "Not met", "N"), ("na", "Not applicable", "A"),
    ]  # fmt: skip
    assert [(t.type, t.required) for t in qn.rule.thresholds] == [("1", 100), ("2", 80), ("3", 60)]
    assert qn.rule.presentations == 3
    assert qn.rule.labels == ("accredited", "deferred", "not accredited")
    assert qn.targets.interviews == {"patient": 3, "carer": 3}
    assert qn.targets.surveys == {"patient": 10, "carer": 10}
    assert qn.targets.case_notes == 10


def test_every_standard_has_a_short_title_a_statement_guidance_and_two_sources(qn: Instrument) -> None:
    for standard in qn.standards:
        assert len(standard.title) <= 45, standard.number
        assert standard.statement.endswith(".")
        assert standard.guidance
        assert len(standard.sources) >= 2, standard.number


@pytest.mark.parametrize("group", GROUPS)
def test_whoever_can_test_a_standard_is_asked_about_it_and_about_nothing_else(qn: Instrument, group: str) -> None:
    guide = qn.guide(group)
    assert guide is not None
    asked = {number for prompt in guide.prompts for number in prompt.standards}
    assert asked == {s.number for s in qn.standards if group in s.sources}


def test_whatever_the_notes_can_show_is_in_the_audit_tool(qn: Instrument) -> None:
    looked_for = {number for item in qn.audit for number in item.standards}
    assert looked_for == {s.number for s in qn.standards if "case_note" in s.sources}
    assert [item.item for item in qn.audit] == [f"A{n}" for n in range(1, 15)]


def test_prompts_are_numbered_by_group_and_short_enough_to_finish_a_conversation(qn: Instrument) -> None:
    counts = {}
    for letter, guide in zip("PCSMO", qn.guides, strict=True):
        assert guide.group.startswith(letter.lower())
        assert [p.id for p in guide.prompts] == [f"{letter}{n:02d}" for n in range(1, len(guide.prompts) + 1)]
        counts[guide.group] = len(guide.prompts)
    assert counts == {"patient": 16, "carer": 16, "staff": 14, "manager": 10, "other_service": 6}


def test_every_prompt_is_an_open_question(qn: Instrument) -> None:
    closed = re.compile(r"(do|did|does|is|are|was|were|have|has|can|could|will|would) ", re.IGNORECASE)
    for guide in qn.guides:
        for prompt in guide.prompts:
            assert "?" in prompt.text or prompt.text.startswith("Tell us"), prompt.id
            assert not closed.match(prompt.text), prompt.id


def test_a_scored_scale_with_bands_fits_the_same_model() -> None:
    scored = load_toml(SCORED)
    assert scored.scale.kind == "scored"
    assert [v.points for v in scored.scale.values] == [1, 2, 3, 4, 5]
    assert [(b.label, b.from_) for b in scored.scale.bands] == [("low", 12), ("moderate", 36), ("high", 48)]
    assert scored.rule.thresholds == ()
    assert len(scored.standards) == 12
    found = scored.scale.find(3)
    assert found is not None
    assert found.points == 3
    assert scored.scale.find("3") is None


@pytest.mark.skipif(not SEEDS.exists(), reason="the papers are not beside the project")
def test_no_wording_is_taken_from_the_papers(qn: Instrument) -> None:
    theirs: set[tuple[str, ...]] = set()
    for paper in SEEDS.glob("*.txt"):
        theirs |= _runs(re.sub(r"<[^>]*>", " ", paper.read_text(encoding="utf-8")))
    ours = [text for s in qn.standards for text in (s.title, s.statement, s.guidance)]
    ours += [p.text for g in qn.guides for p in g.prompts] + [a.text for a in qn.audit]
    assert [run for text in ours for run in _runs(text) & theirs] == []


def _runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
