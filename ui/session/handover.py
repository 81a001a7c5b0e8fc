"""What a program that locks leaves for the one that takes its place: where the person was, for nobody else to read.

The process that held the keys and the texts ends with the lock, and another begins with the unlock screen
(`ui.app.restart`). What that one shows once it is unlocked travels sealed with the key of the laptop; in the clear goes
only how the window stood.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import Laptop

VARIABLE = "REVIEWAPP_LOCKED"
"""Environment variable in which it travels; taken out of the environment as soon as it is read."""

Told = tuple[str, str]
"""A message for the status bar, and its tone."""


class Whereabouts(NamedTuple):
    """Where the person was: visit, page and place, the widget with the keyboard, and what they have yet to be told."""

    place: dict[str, str]
    focus: Mapping[str, Any] = {}
    told: tuple[Told, ...] = ()


class Handover(NamedTuple):
    """How the window stood when it locked, and the sealed whereabouts."""

    by_itself: bool = False
    """It locked without the person's command, so that what is typed first may be the rest of a sentence."""
    active: bool = True
    minimised: bool = False
    sealed: str = ""


def seal(laptop: Laptop, whereabouts: Whereabouts) -> str:
    """The whereabouts as a text that only this laptop, unlocked, can read."""
    import json

    return laptop.seal(json.dumps(whereabouts._asdict()).encode())


def unseal(laptop: Laptop, sealed: str) -> Whereabouts | None:
    """The whereabouts; None where there are none, or the laptop has another key by now."""
    note = laptop.unseal(sealed) if sealed else None
    if note is None:
        return None
    import json

    found = json.loads(note)
    return Whereabouts(found["place"], found["focus"], tuple((text, tone) for text, tone in found["told"]))


def written(handover: Handover) -> str:
    """The handover as the text of the environment variable."""
    import json

    return json.dumps(handover._asdict())


def taken() -> Handover | None:
    """What the process before this one left, taken out of the environment; None if this one was started by a person."""
    text = os.environ.pop(VARIABLE, "")
    if not text:
        return None
    import json

    try:
        return Handover(**json.loads(text))
    except (TypeError, ValueError):
        return None  # somebody else set it; nobody loses anything but their place
