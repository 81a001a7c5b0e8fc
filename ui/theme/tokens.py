"""Design tokens: sizes, and colours by role; the only module that names a colour."""

from __future__ import annotations

from typing import NamedTuple

from reviewapp.base.i18n import _

STEP = 4
"""Every distance is a multiple of this many pixels."""

RADIUS = 8

TYPE: dict[str, int] = {"tiny": 12, "small": 13, "body": 15, "lead": 17, "heading": 19, "title": 25, "display": 32}
"""Text sizes in pixels at 100 %."""

TEXT_SIZES: tuple[int, ...] = (100, 110, 125, 150, 175, 200)
"""Text sizes in per cent that Ctrl++ and Ctrl+- step through."""

FAMILY = _("Source Sans Pro")


class Palette(NamedTuple):
    """One colour for every role. A role ending in `_soft` is the background for the role without it.

    `not_met` is also the colour of every error, danger and negative tone.
    """

    window: str
    surface: str
    surface_alt: str
    hover: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    met: str
    met_soft: str
    not_met: str
    not_met_soft: str
    na: str
    na_soft: str
    warn: str
    warn_soft: str
    info: str
    info_soft: str
    focus: str

    def colour(self, role: str) -> str:
        """The colour of a role; KeyError for a role that does not exist."""
        if role not in ROLES:
            raise KeyError(role)
        return str(getattr(self, role))


ROLES: frozenset[str] = frozenset(Palette._fields)

LIGHT = Palette(
    window="#f4f6f7",
    surface="#ffffff",
    surface_alt="#edf1f2",
    hover="#e6ecee",
    line="#d9e0e3",
    line_strong="#76858d",
    text="#172126",
    muted="#4f5d65",
    accent="#0a6570",
    accent_strong="#084f58",
    accent_soft="#dceef0",
    on_accent="#ffffff",
    met="#1b6438",
    met_soft="#e0f2e6",
    not_met="#a12c19",
    not_met_soft="#fce8e4",
    na="#4f5d65",
    na_soft="#e8edef",
    warn="#744d00",
    warn_soft="#fcf0d6",
    info="#1d5490",
    info_soft="#e3eef9",
    focus="#0a6570",
)

DARK = Palette(
    window="#12181b",
    surface="#1a2226",
    surface_alt="#222c31",
    hover="#2a363c",
    line="#303c42",
    line_strong="#82939c",
    text="#e9eff1",
    muted="#a9b7be",
    accent="#63c5cf",
    accent_strong="#8edae2",
    accent_soft="#173c41",
    on_accent="#04262a",
    met="#86d6a2",
    met_soft="#193728",
    not_met="#ffa594",
    not_met_soft="#47231d",
    na="#b4c0c6",
    na_soft="#2c373c",
    warn="#f2c46b",
    warn_soft="#403216",
    info="#98c6f5",
    info_soft="#1b334c",
    focus="#63c5cf",
)

PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK}

GROUNDS = ("window", "surface", "surface_alt", "hover")
TONES = ("met", "not_met", "na", "warn", "info")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "muted", "accent") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in ("window", "surface")),
    *((tone, f"{tone}_soft") for tone in TONES),
    *(("text", f"{tone}_soft") for tone in TONES),
    ("text", "accent_soft"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
)
"""Text role on ground role, as the widgets use them; each is at least 4.5:1 in both palettes (a test computes it)."""

CONTROL_PAIRS: tuple[tuple[str, str], ...] = (
    *(("line_strong", ground) for ground in ("window", "surface", "surface_alt")),
    *(("focus", ground) for ground in GROUNDS),
)
"""Edges of controls and focus rings on their backgrounds; each is at least 3:1 in both palettes."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0-1, as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1-21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
