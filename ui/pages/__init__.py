"""The register of the pages: a page is a folder here, whose `PAGE` describes it, and one line in `NAMES`.

A page's module is imported when the page is first looked at.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ui.pages.entry import PageEntry, Place, ShownRecord

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewapp.visit.state import VisitState
    from ui.pages.base import Page
    from ui.session.session import Session

NAMES = (
    "start",
    "overview",
    "standards",
    "interviews",
    "case_notes",
    "bring_together",
    "agree",
    "report",
    "action_plan",
    "themes",
)
"""The folders, in the order of the navigation."""

PAGES: tuple[PageEntry, ...] = tuple(import_module(f"{__name__}.{name}").PAGE for name in NAMES)

ELSEWHERE = "overview"
"""The page for records that no page says it shows."""

_SHOWN: dict[str, tuple[str, ShownRecord]] = {shown.kind: (e.name, shown) for e in PAGES for shown in e.records}


def build_page(name: str, session: Session, parent: QWidget) -> Page:
    """Make the page with this name in its place; KeyError or ImportError when there is none."""
    from ui.pages.base import Page

    entry = {e.name: e for e in PAGES}[name]
    page = getattr(import_module(entry.module), entry.cls)(session, parent)
    assert isinstance(page, Page)
    return page


def place_of_record(kind: str, key: str, state: VisitState, me: str) -> tuple[str, Place]:
    """The page that shows a record to the person `me`, and the place on it, as `Session.show_page` takes them."""
    if kind not in _SHOWN:
        return ELSEWHERE, {}
    page, shown = _SHOWN[kind]
    return page, shown.place(key, state, me)


def is_shown(kind: str) -> bool:
    """Whether a page says that it shows records of this kind."""
    return kind in _SHOWN


def draft_words(kind: str) -> str:
    """What a recovered text of this kind of record is called, with the fields of its key by name; often nothing."""
    return _SHOWN[kind][1].draft if kind in _SHOWN else ""
