"""What people typed is shown as they typed it: Qt takes a tag for a tag, and an ampersand for a key to press.

Qt's tool tips have no plain form: a text that looks like HTML is drawn as HTML, its pictures are opened. So every tool
tip goes through `plain_tip`, and every text of a button or menu that may be typed through `plain_words`.
"""

from __future__ import annotations

import re

_JOINER = "\N{WORD JOINER}"
"""Takes no room. Behind a `<` or `&` it keeps Qt from finding a tag, and the text says to the eye what it said."""
_TAG = re.compile(r"<(?=\s*[a-z0-9!?/])|&(?=lt;)", re.IGNORECASE)


def plain_tip(text: str) -> str:
    """The text for a tool tip, a status tip or a text for What's this: never taken for HTML."""
    return _TAG.sub(lambda found: found[0] + _JOINER, text) if "<" in text or "&" in text else text


def plain_words(text: str) -> str:
    """The text for a button, a menu or a label with a buddy, every ampersand shown as one."""
    return text.replace("&", "&&")
