"""Values of Qt's own, as numbers, for what the unlock screen is made of.

To name one by `Qt.` loads all of Qt's enumerations; a property of a widget takes the number. What the unlock screen is
drawn with names none, and `Theme.apply` leaves what does to `Theme.finish_styling`: otherwise the unlock screen takes
1.12 times as long (`tests/benchmarks/bench_tricks.py`). Everywhere else they are called by their names.
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
