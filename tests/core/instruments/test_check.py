"""Every rule the program relies on is checked, and a broken one is said in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.check import check
from reviewapp.instruments.library import builtin, load_toml
from reviewapp.instruments.model import Instrument

QN = builtin()[0]
SCORED = load_toml(Path(__file__).parents[1] / "data" / "example-scored.toml")


def _plain(instrument: Instrument) -> dict[str, Any]:
    return msgspec.json.decode(msgspec.json.encode(instrument))  # type: ignore[no-any-return]


def _set(raw: dict[str, Any], path: str, value: Any) -> Instrument:
    """The instrument with one thing changed, named by a path such as `standards.1.number`."""
    *way, last = path.split(".")
    at: Any = raw
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return msgspec.convert(raw, Instrument)


@pytest.mark.parametrize("instrument", [QN, SCORED], ids=lambda i: i.id)
def test_a_sound_instrument_passes(instrument: Instrument) -> None:
    check(instrument)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("id", "../evil", "cannot be the id"),
        ("id", "", "without an id"),
        ("title", " ", "the title is empty"),
        ("subset_note", "", "must say what it is"),
        ("standards", [], "has no standards"),
        ("standards.1.number", "1", "standard '1' occurs twice"),
        ("standards.1.number", "4/a", "without spaces or slashes"),
        ("standards.1.number", "", "1 to 40 characters"),
        ("standards.1.section", "Gardens", "unknown section 'Gardens'"),
        ("standards.1.statement", "\n", "the statement of standard '4' is empty"),
        ("standards.1.guidance", "a\x00", "control character (U+0000)"),
        ("standards.1.statement", "x" * 20_001, "longer than 20,000"),
        ("standards.1.sources", ["patient", "patient"], "source 'patient' occurs twice"),
        ("sections.1", "Service provision and structure", "section 'Service provision and structure' occurs twice"),
        ("guides.0.prompts.0.standards", ["999"], "'P01' refers to standard '999', which does not exist"),
        ("guides.0.prompts.0.id", "C01", "prompt 'C01' occurs twice"),
        ("guides.0.prompts.0.id", "P 1", "without spaces"),
        ("guides.0.prompts.0.text", "", "the text of 'P01' is empty"),
        ("guides.0.group", "carer", "guide for 'carer' occurs twice"),
        ("audit.0.standards", ["4", "81"], "'A1' refers to standard '81'"),
        ("audit.0.item", "A2", "audit item 'A2' occurs twice"),
        ("scale.values.0.value", "na", "scale value 'na' occurs twice"),
        ("scale.values.0.key", "n", "scale key 'n' occurs twice"),
        ("scale.values.0.key", "MM", "must be one character"),
        ("scale.values.0.counts", "scored", "cannot count as scored on a rated scale"),
        ("scale.values.0.counts", "na", "needs a value for met"),
        ("scale.bands", [{"label": "low", "from": 1}], "bands belong to a scored scale"),
        ("rule.thresholds.0.type", "9", "threshold for type '9' but no standard of that type"),
        ("rule.thresholds.0.required", 120, "must be 0 to 100"),
        ("rule.thresholds.0.type", "2", "threshold for type '2' occurs twice"),
        ("rule.presentations", 0, "at least one presentation"),
        ("targets.case_notes", -1, "must not be negative"),
        ("targets.interviews", {"pets": 1}, "target for 'pets'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(path: str, value: Any, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        check(_set(_plain(QN), path, value))
    assert says in caught.value.what
    assert str(caught.value).startswith("instrument ")


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("scale.bands.1.from", 12, "the bands must go up"),
        ("scale.bands.1.from", 50, "the bands must go up"),
        ("scale.bands.0.from", 13, "falls below the first band"),
        ("scale.bands.1.label", "low", "band 'low' occurs twice"),
        ("scale.values.0.counts", "met", "must count as scored or na"),
        ("scale.values.0.value", 2, "scale value '2' occurs twice"),
        ("rule.thresholds", [{"type": "item", "required": 50}], "thresholds per type belong to a rated scale"),
    ],
)
def test_what_is_wrong_with_a_scored_scale_is_named(path: str, value: Any, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        check(_set(_plain(SCORED), path, value))
    assert says in caught.value.what
