"""Widgets and layouts that the pages are built from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.widgets.basics import (
        Banner,
        Card,
        DescribingText,
        Elided,
        ErrorLine,
        Rule,
        SectionHeading,
        Text,
        clear,
        column,
        row,
    )
    from ui.widgets.buttons import Button, Check, IconButton, Toggle
    from ui.widgets.cardbutton import CardButton
    from ui.widgets.draft import DraftText
    from ui.widgets.drop import FileDrop
    from ui.widgets.empty import EmptyState
    from ui.widgets.field import Field
    from ui.widgets.flow import FlowLayout
    from ui.widgets.rating import RatingButtons, RatingKeys, tone_of, value_label
    from ui.widgets.ring import ProgressRing
    from ui.widgets.scroll import Scroll
    from ui.widgets.status import EvidenceChip, Pill
    from ui.widgets.taborder import tab_through

__all__ = [
    "Banner",
    "Button",
    "Card",
    "CardButton",
    "Check",
    "DescribingText",
    "DraftText",
    "Elided",
    "EmptyState",
    "ErrorLine",
    "EvidenceChip",
    "Field",
    "FileDrop",
    "FlowLayout",
    "IconButton",
    "Pill",
    "ProgressRing",
    "RatingButtons",
    "RatingKeys",
    "Rule",
    "Scroll",
    "SectionHeading",
    "Text",
    "Toggle",
    "clear",
    "column",
    "row",
    "tab_through",
    "tone_of",
    "value_label",
]

_MODULES = {
    "basics": (
        "Banner",
        "Card",
        "DescribingText",
        "Elided",
        "ErrorLine",
        "Rule",
        "SectionHeading",
        "Text",
        "clear",
        "column",
        "row",
    ),
    "buttons": ("Button", "Check", "IconButton", "Toggle"),
    "cardbutton": ("CardButton",),
    "draft": ("DraftText",),
    "drop": ("FileDrop",),
    "empty": ("EmptyState",),
    "field": ("Field",),
    "flow": ("FlowLayout",),
    "rating": ("RatingButtons", "RatingKeys", "tone_of", "value_label"),
    "ring": ("ProgressRing",),
    "scroll": ("Scroll",),
    "status": ("EvidenceChip", "Pill"),
    "taborder": ("tab_through",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a widget's module when it is first used: with all of them the unlock screen takes 1.2 times as long."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found
