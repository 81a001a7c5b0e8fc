"""Finding anything that was written in a visit, or stands in its instrument, by the first letters of its words."""

from __future__ import annotations

from reviewapp.finding.finder import Finder, Found
from reviewapp.finding.marking import Marked
from reviewapp.finding.naming import KINDS

__all__ = ["KINDS", "Finder", "Found", "Marked"]
