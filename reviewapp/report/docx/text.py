"""Runs of the tree as runs of Word: all typed text goes through `escape.for_word` here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.report import house_style
from reviewapp.report.docx.ooxml import bookmark_name, lead_to
from reviewapp.report.escape import for_word
from reviewapp.report.runs import Runs

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def style_ids(word: WordDocument) -> dict[str, str]:
    """The ids of all styles by name, read once: looking them up for each paragraph takes most of the time."""
    return {str(style.name): str(style.style_id) for style in word.styles}


def add_runs(paragraph: Any, runs: Runs) -> None:
    """Append runs with their formatting to a Word paragraph; line breaks and tabs stay as typed."""
    from docx.shared import RGBColor

    for run in runs:
        made = paragraph.add_run(for_word(run.text))
        if run.bold:
            made.bold = True
        if getattr(run, "italic", False):
            made.italic = True
        if run.tone:
            made.font.color.rgb = RGBColor.from_string(house_style.TONES[run.tone].lstrip("#"))
        to = getattr(run, "to", "")
        if to:
            lead_to(made, bookmark_name(to))
