"""Profiles of the report (its three copies): what each leaves out, and suppression of small numbers of people.

Three copies of one report: the committee's (everything, with the forecast), the host team's (everything but the
forecast), and the one for wider circulation. In the last a count about people is shown only if neither it nor its
complement is small, so that no hidden number can be computed from what is printed beside it.
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
        "For the review team and the committee: everything, with full counts, immediate concerns and the forecast."
    ),
    "host": gettext_noop(
        "For the host team: everything, with full counts and immediate concerns, but without the forecast of the "
        "committee's decision."
    ),
    "circulation": gettext_noop(
        "For wider circulation, to people outside the team. Left out: immediate concerns, names, the timetable, "
        "the action plan, reviewers' notes, what the team answered in its own words, small numbers of people, the "
        "forecast, and quotes whose speakers did not agree to wider circulation."
    ),
}

FILE_NAMES: dict[Profile, str] = {"committee": "-committee", "host": "-host", "circulation": "-circulation"}
"""The suffix of a suggested file name, before its extension."""

WHOLE = 10
"""From this number of people on, the copy for circulation prints only `10 or more`."""


def is_small(count: int, least: int) -> bool:
    """True if a count about people is too small to be shown; 0 is not, as it points to nobody."""
    return 0 < count < least


def reveals_small_number(parts: tuple[int, ...], least: int) -> bool:
    """True if showing these parts would reveal a number of fewer than `least` people, directly or as the remainder.

    `parts` must be all parts of the whole. A whole of fewer than `least` is not shown even if it is all of one kind.
    """
    return 0 < sum(parts) < least or any(is_small(part, least) for part in parts)


def people_range(count: int, least: int) -> str:
    """A number of people as a range in words: an exact number would reveal how many did not answer."""
    if count < least:
        return f"fewer than {least}"
    if count < WHOLE or least >= WHOLE:
        return f"{least} or more"
    return f"{WHOLE} or more"
