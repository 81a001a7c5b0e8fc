"""Workbooks as other people make them, for the tests of reading: formats, comments, hidden parts, copies."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = Sequence[Any]


def book(**sheets: Sequence[Row]) -> Any:
    """A workbook with a sheet for each keyword (an underscore is a blank in its name)."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    return made


def saved(made: Any, path: Path) -> Path:
    """The workbook as a file."""
    made.save(path)
    return path


def with_parts(path: Path, parts: dict[str, str], **replaced: tuple[str, str]) -> Path:
    """The same file with parts added, and in parts whose name ends with a keyword (`_` for a dot) text replaced."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            for ending, (old, new) in replaced.items():
                if name.endswith(ending.replace("_", ".")):
                    assert old.encode() in text, (name, old)
                    text = text.replace(old.encode(), new.encode())
            if name not in parts:
                archive.writestr(name, text)
        for name, added in parts.items():
            archive.writestr(name, added)
    return path


def strict(path: Path) -> Path:
    """The same file in Strict Open XML: the names of its parts' kinds are those of ISO/IEC 29500-1 strict."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    usual = rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, re.sub(usual, rb"http://purl.oclc.org/ooxml/\1/", source.read(name)))
    return path
