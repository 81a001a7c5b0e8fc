"""Reading CSV as programs and countries write it: encoding, what separates the cells, `sep=` before the first row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import unescape_formula
from reviewapp.spreadsheets.row_bounds import Cells, too_far
from reviewapp.spreadsheets.sheet import Limits

_DELIMITERS = ",;\t|"
_LOOKED_AT, _LINES = 200_000, 200
"""Characters, and lines of them, by which the delimiter is found."""
_QUOTED = re.compile(r'(?:(?<=[,;\t|\r\n])|\A)"(?>[^"]|"")*"(?=[,;\t|\r\n]|\Z)')
"""A cell in quotes, whatever separates the cells."""
_NAMED = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
"""Marks at the beginning of a file with several bytes a character, as `Unicode Text` of Excel; the longer first."""


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text of a file and a note: empty for UTF-8 or UTF-16, else that the older Windows encoding was assumed.

    Raises Damaged when the bytes are neither.
    """
    try:
        encoding = next((name for mark, name in _WIDE if data.startswith(mark)), None) or _unmarked(data)
        if encoding is not None:
            return data.decode(encoding), ""
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "not UTF-8: read as Windows-1252 (cp1252); check accents and quotation marks"
    except UnicodeDecodeError as error:
        raise Damaged(
            _("{file} is not a text file", file=file), do=_("save it as CSV UTF-8 or XLSX and try again")
        ) from error


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark at its beginning: in text every other byte is nearly always zero."""
    sample = data[:2_000]
    pairs = len(sample) // 2
    if pairs and not any(sample[0::2]) and all(sample[1::2]):
        return "utf-16-be"
    if pairs and sample[1::2].count(0) > pairs * 0.7 and 0 not in sample[0 : pairs * 2 : 2]:
        return "utf-16-le"
    if pairs and sample[0::2].count(0) > pairs * 0.7 and 0 not in sample[1::2]:
        return "utf-16-be"
    return None


def csv_rows(text: str, file: str, limits: Limits) -> Iterator[tuple[int, Cells, bool]]:
    """The records of a CSV as number, cells that hold something, and False (no record is hidden).

    Raises Invalid before a text is taken to pieces that has more of them than `limits` allow.
    """
    delimiter, text = _delimiter(text)
    if text.count(delimiter) > limits.cells:
        raise too_far(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            yield number, [(column, _plain(cell), "text") for column, cell in enumerate(record) if cell], False
    except csv.Error as error:
        if "field limit" in str(error):
            raise Invalid(
                _("{file}, line {line_num}: a cell contains more than {most} characters", file=file,
                  line_num=reader.line_num, most=f"{min(limits.characters, csv.field_size_limit()):,}"),
                do=_("shorten it"),
            ) from error  # fmt: skip
        raise Damaged(
            _("{file}, line {line_num}: not valid CSV ({error})", file=file, line_num=reader.line_num, error=error),
            do=_("save it again as CSV UTF-8, or as XLSX"),
        ) from error


def _plain(text: str) -> str:
    return unescape_formula(text).replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without a line `sep=;` that says so, as Excel reads and hides it.

    Otherwise it is the delimiter that gives most records the same number of cells, quotes respected; where two do,
    the one after which fewer blanks follow, for a comma in a sentence is followed by one.
    """
    named = _NAMED.match(text)
    if named:
        return named[1], text[named.end() :]
    bare = _QUOTED.sub("Q", text[:_LOOKED_AT])
    lines = [line for line in bare.splitlines()[:_LINES] if line.strip(f" {_DELIMITERS}")]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter)), text


def _evenness(lines: list[str], delimiter: str) -> tuple[int, float, int]:
    """How well a delimiter explains the lines: those of the commonest width, how few blanks follow, that width."""
    widths = Counter(line.count(delimiter) for line in lines)
    count, width = max(((count, width) for width, count in widths.items() if width), default=(0, 0))
    blanks = sum(line.count(f"{delimiter} ") for line in lines)
    return count, -blanks / max(1, sum(line.count(delimiter) for line in lines)), width
