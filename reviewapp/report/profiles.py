"""For whom a copy of the report is, what that copy leaves out, and how small numbers of people are kept out of it.

Three copies of one report: the committee's (everything, with the forecast), the host team's (everything but the
forecast), and the one for wider circulation. In the last a count about people is shown only when neither it nor
anything that it leaves over is small, so that nothing hidden can be worked out from what is printed beside it.
"""

from __future__ import annotations

from typing import get_args

from reviewapp.base.i18n import gettext_noop
from reviewapp.report.tree import Profile

PROFILES: tuple[Profile, ...] = get_args(Profile)

NAMES: dict[Profile, str] = {
    "committee": gettext_noop("For the committee"),
    "host": gettext_noop("For the host team"),
    "circulation": gettext_noop("For wider circulation"),
}

LEFT_OUT: dict[Profile, str] = {
    "committee": gettext_noop(
        "For the review team and the committee: everything, with full counts, immediate concerns and the "
        "forecast. Nothing is left out."
    ),
    "host": gettext_noop(
        "For the host team: everything, with full counts and immediate concerns. Left out: the forecast of the "
        "committee's decision."
    ),
    "circulation": gettext_noop(
        "For wider circulation. Left out: immediate concerns, names, the timetable, reviewers' notes, what "
        "the team answered in its own words, small numbers of people, the forecast, and quotes whose speakers did not "
        "agree to it."
    ),
}

FILE_NAMES: dict[Profile, str] = {"committee": "-committee", "host": "", "circulation": "-circulation"}
"""What a suggested file name has before its ending."""

WHOLE = 10
"""From so many people on, the copy for circulation says only that there were as many or more."""


def too_small(count: int, least: int) -> bool:
    """Whether a count about people is too small to be shown; none at all points to nobody."""
    return 0 < count < least


def reveals(parts: tuple[int, ...], least: int) -> bool:
    """Whether showing these parts of a whole would tell of fewer than `least` people, directly or as what is left.

    `parts` are all there are. A whole of fewer than `least` is not shown even if it is all of one kind.
    """
    return 0 < sum(parts) < least or any(too_small(part, least) for part in parts)


def band(count: int, least: int) -> str:
    """How many people there were, roughly: an exact number would give away those who did not answer."""
    if count < least:
        return f"fewer than {least}"
    if count < WHOLE or least >= WHOLE:
        return f"{least} or more"
    return f"{WHOLE} or more"
