"""The comments of a worksheet: notes, threads, text boxes, read from their own parts of the archive within bounds."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.bounded_archive import BoundedArchive
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.sheet import CellComment, Limits, place
from reviewapp.spreadsheets.xlsx_package import path_from

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_PARAGRAPHS = ".//{*}sp/{*}txBody/{*}p"
_THREAD_PLACEHOLDER = "tc="
"""The author of a note that stands for a thread begins with this; the thread itself has the words and names."""


class CommentReader:
    """Reads the comments of one file's sheets, counting them all."""

    def __init__(self, archive: BoundedArchive, limits: Limits) -> None:
        self._archive, self._file, self._limits = archive, archive.file, limits
        self._names = {name.casefold(): name for name in archive.names}
        self._left, self._count = limits.commented, 0
        self._people: dict[str, str] | None = None

    def of(self, part: str, name: str) -> tuple[CellComment, ...]:
        """The comments of the sheet `name` in the part `part`, by cell. Raises Invalid for a flood."""
        notes, threads = [], []
        for kind, target in self._related(part):
            if kind == "comments":
                notes += self._notes(target)
            elif kind == "threadedComment":
                threads += self._threads(target)
            elif kind == "drawing":
                notes += self._text_boxes(target)
        found = [note for note in notes if not (threads and note.author.startswith(_THREAD_PLACEHOLDER))] + threads
        found = [comment for comment in found if comment.text]
        self._count += len(found)
        if self._count > self._limits.comments:
            self._refuse(_("{file} has more than {n} comments", file=self._file, n=f"{self._limits.comments:,}"))
        for one in found:
            if len(one.text) > self._limits.characters:
                at, most = address(one.row, one.column), f"{self._limits.characters:,}"
                where = place(self._file, name)
                self._refuse(_("{where}: the comment at {at} is longer than {most}", where=where, at=at, most=most))
        return tuple(sorted(found, key=_by_cell))

    def _refuse(self, what: str) -> None:
        raise Invalid(what, do=_("remove what is not needed"))

    def _related(self, part: str) -> list[tuple[str, str]]:
        """What a part names: (last word of the kind, path of the other part)."""
        folder, file = posixpath.split(part.lstrip("/"))
        root = self._parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [
            (str(one.get("Type", "")).rpartition("/")[2], path_from(part, str(one.get("Target", ""))))
            for one in (root if root is not None else ())
        ]

    def _parsed(self, part: str) -> Any:
        """The root of a part's XML, or None without it; entities are refused, and the size is counted before."""
        name = self._names.get(part.casefold())
        if name is None:
            return None
        self._left -= self._archive.size(name)
        if self._left < 0:
            most = self._limits.commented // 1_000_000
            self._refuse(_("{file} holds more than {n} MB of comments", file=self._file, n=most))
        return self._archive.root(name)

    def _notes(self, part: str) -> list[CellComment]:
        root = self._parsed(part)
        if root is None:
            return []
        authors = [(one.text or "").strip() for one in root.iterfind("{*}authors/{*}author")]
        found = []
        for one in root.iterfind("{*}commentList/{*}comment"):
            number = str(one.get("authorId", ""))
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            text = "".join(run.text or "" for run in one.iterfind("{*}text//{*}t"))
            found += _comment(str(one.get("ref", "")), author, _without_author(text, author))
        return found

    def _threads(self, part: str) -> list[CellComment]:
        root = self._parsed(part)
        found = []
        for one in root.iterfind("{*}threadedComment") if root is not None else ():
            author = self._person(str(one.get("personId", "")))
            text = "".join(run.text or "" for run in one.iterfind("{*}text"))
            found += _comment(str(one.get("ref", "")), author, text)
        return found

    def _text_boxes(self, part: str) -> list[CellComment]:
        """The words in boxes that lie over the cells, at the cell under the corner of each."""
        root = self._parsed(part)
        found = []
        for anchor in root if root is not None else ():
            paragraphs = [
                "".join(run.text or "" for run in one.iterfind(".//{*}t")) for one in anchor.iterfind(_PARAGRAPHS)
            ]
            row, column = (anchor.findtext(f"{{*}}from/{{*}}{name}", "0") for name in ("row", "col"))
            if row.isdigit() and column.isdigit():
                text = "\n".join(paragraphs).strip()
                found.append(CellComment(row=int(row) + 1, column=min(int(column), 16_383), author="", text=text))
        return found

    def _person(self, id_: str) -> str:
        if self._people is None:
            parts = sorted(name for name in self._names if name.startswith("xl/persons/") and name.endswith(".xml"))
            roots = [root for part in parts if (root := self._parsed(part)) is not None]
            self._people = {str(one.get("id")): str(one.get("displayName", "")) for root in roots for one in root}
        return self._people.get(id_, "")


def _comment(cell: str, author: str, text: str) -> list[CellComment]:
    from openpyxl.utils import column_index_from_string

    found = _CELL.fullmatch(cell.partition(":")[0])
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if found is None or column_index_from_string(found[1].upper()) > 16_384:
        return []
    return [
        CellComment(row=int(found[2]), column=column_index_from_string(found[1].upper()) - 1, author=author, text=text)
    ]


def _without_author(text: str, author: str) -> str:
    """The text without the author's name, which spreadsheet programs write at the head of a new note."""
    first, __, rest = text.strip().partition("\n")
    return rest if author and first.strip() == f"{author}:" else text


def _by_cell(comment: CellComment) -> tuple[int, int]:
    return comment.row, comment.column
