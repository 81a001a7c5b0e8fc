"""Finding anything that was written in a visit, or stands in its instrument, by the first letters of its words."""

from __future__ import annotations

from reviewapp.search.finder import Finder, Found
from reviewapp.search.query import Marked
from reviewapp.search.result_titles import KINDS

__all__ = ["KINDS", "Finder", "Found", "Marked"]
