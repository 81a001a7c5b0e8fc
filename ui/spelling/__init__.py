"""Spelling: which words of a text are in no dictionary, the marks under them, and other spellings."""

from ui.spelling.dictionary import Dictionary, dictionary
from ui.spelling.marks import SpellingMarks, select, select_next_unknown
from ui.spelling.words import word_at

__all__ = ["Dictionary", "SpellingMarks", "dictionary", "select", "select_next_unknown", "word_at"]
