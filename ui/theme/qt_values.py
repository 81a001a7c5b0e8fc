"""Values of Qt's own, as numbers, for what the gate is made of.

To name one by `Qt.` loads all of Qt's enumerations, which takes longer than the gate is drawn; a property of a widget
takes the number. Everywhere else they are called by their names.
"""

from __future__ import annotations

KEEP_ASPECT_RATIO = 1
PLAIN_TEXT = 0
SELECTABLE = 1 | 2
"""By mouse and keyboard."""
ALWAYS_OFF = 1
NO_FOCUS, STRONG_FOCUS = 0, 11
ALIGN_V_CENTRE = 0x80
SHOW_MNEMONIC = 0x800
SECRET = 1 | 2 | 0x40
"""Input methods are told that it is hidden and sensitive, and must not be guessed."""
