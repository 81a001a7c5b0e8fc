"""Values of Qt enumerations as numbers, for the parts of the unlock screen.

Naming one through `Qt.` loads all of Qt's enumerations, which takes longer than painting the unlock screen; a widget's
property accepts the number. Everywhere else the names are used.
"""

from __future__ import annotations

KEEP_ASPECT_RATIO = 1
PLAIN_TEXT = 0
SELECTABLE = 1 | 2
"""Text selectable by mouse and keyboard."""
ALWAYS_OFF = 1
NO_FOCUS, STRONG_FOCUS = 0, 11
ALIGN_V_CENTRE = 0x80
SHOW_MNEMONIC = 0x800
SECRET = 1 | 2 | 0x40
"""Input method hints: hidden and sensitive text, no predictive text."""
