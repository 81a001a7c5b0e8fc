"""Finding anything that was written in a visit, or stands in its instrument, by the first letters of its words."""

from __future__ import annotations

from reviewapp.search.finder import Finder, SearchHit
from reviewapp.search.query import HighlightedText
from reviewapp.search.result_titles import KINDS

__all__ = ["KINDS", "Finder", "HighlightedText", "SearchHit"]
