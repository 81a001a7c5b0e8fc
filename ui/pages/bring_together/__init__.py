"""The page Bring together."""

from __future__ import annotations

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, ShownRecord

PAGE = PageEntry(
    name="bring_together",
    nav=_("Combine"),
    icon="together",
    cls="BringTogetherPage",
    records=(ShownRecord("person"), ShownRecord("settled")),
    commands=(
        PageCommand(_("Save my work to a file"), VISIT),
        PageCommand(_("Import the others' work"), VISIT),
        PageCommand(_("The check words of this laptop and this visit"), VISIT, ("laptops", "seen")),
    ),
)
