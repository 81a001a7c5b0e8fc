"""Numbers of figures and tables, given by the program as they are built: none twice, none missing."""

from __future__ import annotations


class Numbered:
    """Counts the figures and the tables of one report."""

    def __init__(self) -> None:
        self._figures = self._tables = 0

    def figure(self, caption: str) -> str:
        """The caption of the next figure."""
        self._figures += 1
        return f"Figure {self._figures}. {caption}"

    def table(self, caption: str) -> str:
        """The caption of the next table."""
        self._tables += 1
        return f"Table {self._tables}. {caption}"
