"""The page Themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, PageKey, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many quotes and answers one has coded oneself, of how many; nothing before one has begun."""
    from reviewapp.visit.themes import units

    mine = sum(1 for one in visit.state.codings.values() if one.person == visit.me and one.themes is not None)
    return f"{mine}/{len(units(visit.state))}" if mine else ""


def _coded(key: str, _state: VisitState, _me: str) -> Place:
    return {"unit": key.rpartition("/")[0]}


def _settled(key: str, _state: VisitState, _me: str) -> Place:
    return {"view": "coders", "unit": key}


def _comment(key: str, _state: VisitState, _me: str) -> Place:
    return {"unit": f"survey_comment/{key}"}


def _codebook(key: str, _state: VisitState, _me: str) -> Place:
    return {"view": "codebook", "theme": key}


PAGE = PageEntry(
    name="themes",
    nav=_("Themes"),
    icon="quote",
    cls="ThemesPage",
    progress=_progress,
    records=(
        ShownRecord("coding", find=_coded, draft=_("Your memo on {unit}")),
        ShownRecord("survey_comment", find=_comment),
        ShownRecord("theme", find=_codebook, draft=_("When to use theme {id}, and when not")),
        ShownRecord("agreed_coding", find=_settled, draft=_("Why themes of {unit} were agreed")),
    ),
    commands=(
        PageCommand(_("Compare coders"), VISIT, ("view", "coders")),
        PageCommand(_("Themes by group of people"), VISIT, ("view", "groups")),
        PageCommand(_("Codebook, and codings for other programs"), VISIT, ("view", "codebook")),
    ),
    keys=(
        PageKey("Ctrl+T", _("Find a theme; Enter ticks the first one")),
        PageKey("Ctrl+Q", _("Keep the selected words as a quote")),
        PageKey(_("1 to 9"), _("Tick the theme with this key, in the list")),
        PageKey("0", _("None of the themes fits")),
        PageKey(_("Space"), _("Next not coded, in the list")),
        PageKey(_("Enter"), _("Write the memo, in the list")),
        PageKey(_("Delete"), _("Undo the last theme, in the list")),
        PageKey("Ctrl+Return", _("Save the choice and go to the next, where coders are compared")),
    ),
)
