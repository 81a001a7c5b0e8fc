"""Searching a visit and its instrument for words by their first letters; titles and highlighted texts of the hits."""

from __future__ import annotations

from reviewapp.search.finder import Finder, SearchHit
from reviewapp.search.query import HighlightedText
from reviewapp.search.result_titles import KINDS

__all__ = ["KINDS", "Finder", "HighlightedText", "SearchHit"]
