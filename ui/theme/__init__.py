"""The look of the program: tokens, the theme that applies them to Qt, the style sheet, icons."""

from __future__ import annotations

from ui.theme.theme import STYLE_ARGUMENTS, STYLED_PROPERTY, space, theme

__all__ = ["STYLED_PROPERTY", "STYLE_ARGUMENTS", "space", "theme"]
