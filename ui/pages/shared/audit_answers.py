"""The answers of the audit grid: scale, labels and spoken forms."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.instruments.model import Scale, ScaleValue

ANSWERS = Scale(
    kind="rated",
    values=(
        ScaleValue(value="yes", label=_("Yes"), key="Y", counts="met"),
        ScaleValue(value="no", label=_("No"), key="N", counts="not_met"),
        ScaleValue(value="na", label=_("Not applicable"), key="A", counts="na"),
        ScaleValue(value="not_recorded", label=_("Not recorded"), key="R", counts="scored"),
    ),
)
"""The four answers as a scale, so that `RatingButtons` can show them; the key R is the program's own."""

WORDS = {"yes": _("Yes"), "no": _("No"), "na": "N/A", "not_recorded": _("Not recorded")}

SAID = {**WORDS, "na": _("Not applicable")}
"""As the first word of what is announced."""
SPOKEN = {"yes": _("yes"), "no": _("no"), "na": _("not applicable"), "not_recorded": _("not recorded")}
