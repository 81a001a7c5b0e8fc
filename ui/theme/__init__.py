"""The look of the program: tokens, the theme that applies them to Qt, the style sheet, icons."""

from __future__ import annotations

from ui.theme.theme import make_application, space, theme

__all__ = ["make_application", "space", "theme"]
