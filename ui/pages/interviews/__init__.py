"""The page Interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, PageKey, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many of the interviews that the standards ask for were held."""
    from reviewapp.figures.conversations import wanted_interviews

    done, target = wanted_interviews(visit.state)
    return f"{done}/{target}" if target else ""


def _answer(key: str, _state: VisitState, me: str) -> Place:
    interview, prompt, author = key.split("/")
    place = {"interview": f"{interview}/{author}"}
    return place | ({"prompt": prompt} if author == me else {})


def _prompt(key: str, state: VisitState, _me: str) -> Place:
    groups = [guide.group for guide in state.instrument.guides if any(one.id == key for one in guide.prompts)]
    return {"group": groups[0] if groups else "", "prompt": key}


PAGE = PageEntry(
    name="interviews",
    nav=_("Interviews"),
    icon="interviews",
    cls="InterviewsPage",
    progress=_progress,
    records=(
        ShownRecord("interview", "interview"),
        ShownRecord("prompt", find=_prompt),
        ShownRecord("answer", find=_answer, draft=_("Your notes of interview {interview}")),
        ShownRecord("quote", "quote", draft=_("Quote {id}")),
        ShownRecord("concern", "concern", draft=_("Immediate concern {id}")),
    ),
    commands=(
        PageCommand(_("New interview"), VISIT, ("new", "yes")),
        PageCommand(_("Immediate concern: record one"), VISIT, ("concern", "new")),
    ),
    keys=(
        PageKey("Ctrl+N", _("New interview")),
        PageKey("Ctrl+Q", _("Keep the selected words as a quote")),
        PageKey(_("Delete"), _("Delete the chosen quote, in the list of quotes")),
    ),
)
