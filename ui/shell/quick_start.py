"""The two cards to hand over, for reviewers and for the lead: made of the pages' help, with pictures of the pages."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from reviewapp.base.dates import today
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.base.paths import resource
from ui.pages import PAGES
from ui.shell.help_panel import EVERYWHERE
from ui.widgets.file_dialogs import choose_save_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

Card = Literal["reviewer", "lead"]
PICTURES = "help"
"""The folder of `resources/` with a picture of each page of the sample visit, made by `ui.app.help_pictures`."""
LONGEST = 48
"""Words of a page's help that its step has at most, whole paragraphs; the first in any case."""
STEPS: dict[Card, tuple[str, ...]] = {
    "reviewer": ("start", "standards", "interviews", "case_notes", "bring_together", "agree"),
    "lead": ("start", "overview", "bring_together", "agree", "report", "action_plan"),
}
"""The pages on each card, in the order of the day."""
TITLES: dict[Card, str] = {"reviewer": _("Reviewapp for reviewers"), "lead": _("Reviewapp for the lead")}
OPENINGS: dict[Card, str] = {
    "reviewer": _(
        "You need the visit pack (a file), its six words, and your laptop. You do not need a network. On Start, choose "
        "Join a visit. Help for the page you are on: F1."
    ),
    "lead": _(
        "On Start, create the visit and make the visit pack. Give each reviewer the file, and the six words "
        "separately. Nobody needs a network. Help for the page you are on: F1."
    ),
}


def card_pdf(card: Card, on: date) -> bytes:
    """The card as PDF, one page."""
    from reviewapp.report.paper.quick_start import Step, quick_start_card

    titles = {entry.name: entry.nav for entry in PAGES}
    steps = [
        Step(
            titles[name], in_short(name), resource(PICTURES, f"{name}.png"),
            _("The page {title} with the sample visit", title=titles[name]),
        )
        for name in STEPS[card]
    ]  # fmt: skip
    closing = [" ".join(paragraph.split()) for paragraph in EVERYWHERE.split("\n\n")]
    foot = _("The pictures show the sample visit, which is invented.")
    return quick_start_card(TITLES[card], OPENINGS[card], steps, closing, foot=foot, today=on)


def in_short(name: str) -> str:
    """The beginning of a page's help: whole paragraphs, at most `LONGEST` words after the first."""
    entry = next(entry for entry in PAGES if entry.name == name)
    help_text: str = getattr(import_module(entry.module), entry.cls).HELP
    taken: list[str] = []
    for paragraph in help_text.split("\n\n"):
        words = paragraph.split()
        if taken and sum(len(one.split()) for one in taken) + len(words) > LONGEST:
            break
        taken.append(" ".join(words))
    return " ".join(taken)


def save_card(parent: QWidget, session: Session, card: Card) -> Path | None:
    """Ask where to, and write the card there; None if nobody chose a place."""
    path = choose_save_file(parent, TITLES[card], f"quick-start-{card}.pdf", _("PDF (*.pdf)"))
    if path is not None:
        save_file(path, card_pdf(card, today()))
        session.tell_saved(path, _("Saved and checked: {path}", path=path))
    return path
