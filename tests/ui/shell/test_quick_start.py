"""The two cards to hand over: one page each, with a picture of every page named, in the words of its help."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

import ui.widgets.file_dialogs
from reviewapp.base.paths import resource
from tests.core.report.pdf.conformance import faults
from tests.ui.support import Homes, Opener
from ui.pages import PAGES
from ui.shell.quick_start import PICTURES, STEPS, Card, card_pdf, in_short

ON = date(2026, 12, 1)
EACH = pytest.mark.parametrize("card", STEPS)


@EACH
def test_a_card_is_one_page_and_for_everybody(card):
    made = card_pdf(card, ON)
    reader = PdfReader(BytesIO(made))
    assert len(reader.pages) == 1
    assert faults(made) == []
    assert len(reader.pages[0].images) == len(STEPS[card])


@EACH
def test_a_card_says_what_the_help_of_each_page_says(card):
    words = "".join(PdfReader(BytesIO(card_pdf(card, ON))).pages[0].extract_text().split())
    for name in STEPS[card]:
        entry = next(entry for entry in PAGES if entry.name == name)
        help_text = " ".join(getattr(import_module(entry.module), entry.cls).HELP.split())
        assert help_text.startswith(in_short(name))
        assert "".join(in_short(name).split()) in words


def test_there_is_a_small_picture_of_every_page_on_a_card():
    for name in {name for names in STEPS.values() for name in names}:
        file = resource(PICTURES, f"{name}.png")
        assert file.stat().st_size < 120_000
        with Image.open(file) as image:
            assert image.size == (900, 506)


@EACH
def test_a_card_is_saved_from_help_and_can_be_opened(card: Card, program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    path = tmp_path / "card.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    actions = app.window.actions_
    (actions.lead_card if card == "lead" else actions.reviewer_card).trigger()
    app.settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert app.window.saved.isVisible()
