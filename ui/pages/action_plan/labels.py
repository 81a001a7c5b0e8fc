"""Labels of the plan's columns and statuses on the screen; the sheet has the untranslated English ones."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.plan import rows

TITLES = {name: _(title) for name, title in rows.TITLES.items()}
STATUSES = {name: _(words) for name, words in rows.STATUSES.items()}
