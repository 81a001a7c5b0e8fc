"""The look of the program: tokens, the theme that applies them to Qt, the style sheet, icons."""

from __future__ import annotations

from ui.theme.theme import ARGUMENTS, DRESSED, space, theme

__all__ = ["ARGUMENTS", "DRESSED", "space", "theme"]
