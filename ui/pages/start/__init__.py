"""The page Start: visits on this laptop, and how visits come and go."""

from __future__ import annotations

from reviewapp.base.i18n import _
from ui.pages.entry import ANYBODY, PACK, PageCommand, PageEntry

PAGE = PageEntry(
    name="start",
    nav=_("Start"),
    icon="start",
    cls="StartPage",
    needs_visit=False,
    commands=(
        PageCommand(_("Make visit pack"), PACK, ("view", "write_pack")),
        PageCommand(_("New visit"), ANYBODY, ("view", "new")),
        PageCommand(_("Join a visit"), ANYBODY, ("view", "take")),
        PageCommand(_("Teams side by side"), ANYBODY, ("view", "teams")),
        PageCommand(_("New network set"), ANYBODY, ("view", "network_new")),
        PageCommand(_("Restore a backup"), ANYBODY, ("view", "restore")),
    ),
)
