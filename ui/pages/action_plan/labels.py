"""The words of the plan's columns and states on the screen; on the sheet they are the program's English."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.plan import rows

TITLES = {name: _(title) for name, title in rows.TITLES.items()}
STATUSES = {name: _(words) for name, words in rows.STATUSES.items()}
