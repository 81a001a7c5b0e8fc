"""The usual rounds of a team's reviews, as they are offered; own words do too."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.visit.labels import ROUNDS

_WORDS = {"baseline": _("baseline"), "6 months": _("6 months"), "12 months": _("12 months")}
ROUND_LABELS = (("", ""), *((name, _WORDS.get(name, name)) for name in ROUNDS))
"""Value and words of each; the first is none."""
