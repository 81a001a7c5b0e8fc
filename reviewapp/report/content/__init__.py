"""Builds the content of the report, section by section, as one tree that PDF, Word and JSON render."""
