"""Reading standards from the text of a report: the table `No. & Type / Standard`, one row a line, cells in small HTML.

    <b>Service Provision and Structure</b>  TAB
    <b>4 [1]</b>  TAB  <p>What the standard asks.</p> <p><b>Guidance:</b> How to tell.</p>

The rest of the text is read too: its counts and citations of standards are compared with the table (`cited`).
"""

from __future__ import annotations

import re

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check import MOST
from reviewapp.instruments.importing.markup import Wording, wording

MOST_HTML = 60_000
"""Most characters in one row of the table, tags included."""

_ROW = re.compile(r"\s*<b>\s*(\d{1,6}[a-z]?)\s*\[\s*([^\]<>]{1,20})\s*\]\s*</b>\s*\t(.*)", re.IGNORECASE)
_HEADING = re.compile(r"\s*<b>([^<>\[\]]{1,200})</b>\s*\t\s*")
_CELL_GOES_ON = re.compile(r"\t|\s*</?(p|ul|ol|li|br)\b|\s*<b>\s*guidance\b", re.IGNORECASE)
_NEARLY_A_ROW = re.compile(
    r"\s{0,9}(<b>)?\s{0,9}\d{1,6}[a-z]?\s{0,9}\[?\s{0,9}\d{0,2}\s{0,9}\]?\s{0,9}(</b>)?\s{0,9}\t", re.IGNORECASE
)


class Anomaly(msgspec.Struct, frozen=True, kw_only=True):
    """An oddity in a file that was read all the same. `line` is a line of text or a row of a sheet."""

    line: int
    kind: str
    text: str


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One standard of the table, with the line on which it begins."""

    line: int
    number: str
    type: str
    section: str
    wording: Wording


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table; `elsewhere` are the numbered lines of the text that are not part of it."""

    rows: tuple[TableRow, ...]
    anomalies: tuple[Anomaly, ...]
    elsewhere: tuple[tuple[int, str], ...]


def has_table(text: str) -> bool:
    """True if some line of the text is a row of such a table."""
    return any(_ROW.fullmatch(line) for line in text.splitlines())


def read_table(text: str, file: str) -> Table:
    """Every row of the table. Raises Invalid naming the line when a row cannot be read."""
    reader = _TableReader(file)
    for line, content in enumerate(text.split("\n"), 1):
        reader.take(line, content.rstrip("\r"))
    return reader.finish()


class _TableReader:
    """Reads the lines in turn; a row may continue over several lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.section = ""
        self.open: tuple[int, str, str, str] | None = None
        self.html = ""
        self.rows: dict[str, TableRow] = {}
        self.anomalies: list[Anomaly] = []
        self.elsewhere: list[tuple[int, str]] = []
        self.stray: list[tuple[int, str]] = []

    def take(self, line: int, content: str) -> None:
        """Read one line: a row, a section heading, more of the row before, or text outside the table."""
        row, heading = _ROW.fullmatch(content), _HEADING.fullmatch(content)
        if row:
            self.close_row()
            self.open, self.html = (line, row[1], row[2].strip(), self.section), row[3]
        elif heading:
            self.close_row()
            self.section = " ".join(heading[1].split()).rstrip(". ")
        elif self.open and _CELL_GOES_ON.match(content):
            self.html += " " + content
        elif content.strip():
            self.close_row()
            self.elsewhere.append((line, content))
            if self.rows:
                self.stray.append((line, content))
        if len(self.html) > MOST_HTML:
            raise Invalid(
                _(
                    "{file}, line {line}: the row is longer than {most_html} characters",
                    file=self.file,
                    line=line,
                    most_html=f"{MOST_HTML:,}",
                ),
                do=_("shorten it"),
            )

    def close_row(self) -> None:
        """Check the row that is now complete and keep it.

        Raises Invalid when it lacks a section or text, or contradicts an earlier row of the same number.
        """
        if self.open is None:
            return
        (line, number, type_, section), self.open = self.open, None
        words, self.html = wording(self.html), ""
        where = _("{file}, line {line}: standard {number}", file=self.file, line=line, number=number)
        if not section:
            raise Invalid(
                _("{where} is before any section heading", where=where), do=_("put the heading row before it")
            )
        if not words.statement:
            raise Invalid(_("{where} has no text", where=where), do=_("add what the standard asks"))
        row = TableRow(line=line, number=number, type=type_, section=section, wording=words)
        before = self.rows.get(number)
        if before is None:
            self.keep(row)
        elif (before.type, before.wording) == (type_, words):
            self.add(
                line,
                "duplicate",
                _(
                    "standard {number} is here again, word for word (first on line {line})",
                    number=number,
                    line=before.line,
                ),
            )
        else:
            raise Invalid(
                _("{where} is already on line {line}, with other content", where=where, line=before.line),
                do=_("keep one of the two"),
            )

    def keep(self, row: TableRow) -> None:
        """Add a sound row; anomalies of its lists are recorded, its text is left unchanged."""
        if len(self.rows) == MOST:
            raise Invalid(
                _("{file} has more than {most} standards", file=self.file, most=f"{MOST:,}"), do=_("split it")
            )
        self.rows[row.number] = row
        for what in row.wording.unfinished:
            self.add(
                row.line,
                "unfinished_list",
                _("standard {number}: {what}; some of it may be missing", number=row.number, what=what),
            )
        for what in row.wording.split:
            self.add(
                row.line,
                "bullet_split",
                _("standard {number}: one item seems cut in two: {what}", number=row.number, what=what),
            )

    def add(self, line: int, kind: str, text: str) -> None:
        self.anomalies.append(Anomaly(line=line, kind=kind, text=text))

    def finish(self) -> Table:
        """The table, once the last line was read. Raises Invalid when the text has none."""
        self.close_row()
        last = max((row.line for row in self.rows.values()), default=0)
        for line, content in self.stray:
            if line < last or _NEARLY_A_ROW.match(content):
                self.add(
                    line,
                    "unread_line",
                    _("this line of the table was not understood: {shortened}", shortened=f"{_shortened(content)!r}"),
                )
        if not self.rows:
            raise Invalid(
                _("{file} has no table of standards", file=self.file),
                do=_("choose a text with rows such as <b>4 [1]</b>, or a CSV or XLSX with a header row"),
            )
        return Table(rows=tuple(self.rows.values()), anomalies=tuple(self.anomalies), elsewhere=tuple(self.elsewhere))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"
