"""Whatever the program prints is for everybody and for ever."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import reviewapp
from tests.core.report.measuring import steps_of
from tests.core.report.pdf.conformance import faults, spoken
from tests.core.report.pdf.every_kind import KINDS, MADE_IN

PAINTS = {"Tj", "TJ", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do"}
MAKERS = {"pdf_bytes", "paper_pdf"}


@pytest.fixture(scope="module", params=list(KINDS))
def made(request: pytest.FixtureRequest) -> bytes:
    return KINDS[request.param]()


def test_a_machine_finds_nothing_against_reading_it_aloud_or_keeping_it(made: bytes) -> None:
    assert faults(made) == []


def test_all_that_is_drawn_is_read_or_is_an_artifact(made: bytes) -> None:
    with pikepdf.open(BytesIO(made)) as opened:
        for one in opened.pages:
            inside = False
            for _, operator in steps_of(one):
                inside = operator in ("BDC", "BMC") or (inside and operator != "EMC")
                assert inside or operator not in PAINTS


def test_what_follows_what_is_read_is_another_word(made: bytes) -> None:
    found = [one for one in spoken(made) if one.text]
    assert found
    assert [one.text for one in found if not one.text.endswith(" ")] == []


def test_levels_of_headings_begin_with_1_and_skip_none(made: bytes) -> None:
    levels = [int(one.role[1]) for one in spoken(made) if one.role in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_every_module_that_makes_a_pdf_is_known_here() -> None:
    """The untagged pages of the preview on the screen are no document."""
    root = Path(reviewapp.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        imported = [
            one.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for one in node.names
        ]
        if MAKERS & set(imported):
            found.add(".".join(path.relative_to(root.parent).with_suffix("").parts))
    assert found == MADE_IN
