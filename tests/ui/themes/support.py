"""The page Themes in a test."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from reviewapp.visit.statements import Coding
from tests.ui.bring_together.support import fresh, open_visit_on
from tests.ui.support import App, Homes, focus
from ui.pages.themes.page import ThemesPage


def opened(app: App, unit: str = "") -> ThemesPage:
    """The page, with a unit chosen and the keyboard in its list."""
    page = cast(ThemesPage, app.go("themes", {"unit": unit} if unit else None))
    focus(page.coding.list)
    return page


def themes(app: App, unit: str, coder: str = "") -> tuple[str, ...] | None:
    """What a coder, or whoever sits here, sees in a unit."""
    found = app.visit.state.codings.get(f"{unit}/{coder or app.visit.me}")
    return found.themes if found else None


def coded_elsewhere(app: App, homes: Homes, folder: Path, coder: str, *codings: Coding) -> None:
    """Codings of another coder, made on the coder's own laptop with what the lead's holds, and joined in."""
    everything, back = folder / f"for-{coder}.rvreturn", folder / f"{coder}-coded.rvreturn"
    app.visit.write_return(everything)
    other = open_visit_on(fresh(homes, folder / coder, coder))
    other.merge(everything)
    other.record(*codings)
    other.write_return(back)
    other.close()
    app.visit.merge(back)
