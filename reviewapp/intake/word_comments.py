"""Comments that readers made in a Word copy of the report, each with the part of the report that it stands in.

The copy names its parts by bookmarks (`report.docx.ooxml.bookmark_name`), which Word and LibreOffice keep; a comment
belongs to the last bookmark before it. The visit itself is named by a bookmark on the first page.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of
from reviewapp.base.i18n import _
from reviewapp.report.docx.ooxml import PART_PREFIX, VISIT_PREFIX
from reviewapp.spreadsheets.bounded_archive import BoundedArchive
from reviewapp.spreadsheets.sheet import Limits
from reviewapp.visit.validators import LONGEST_NAME, LONGEST_TEXT

LIMITS = Limits(tags=3_000_000)
"""A report has some ten tags a word once Word has saved it."""
LONGEST_QUOTED = 500
"""Characters of the words commented on that are kept, enough to find the place again."""
_MAIN, _COMMENTS, _EXTENDED = "word/document.xml", "word/comments.xml", "word/commentsExtended.xml"
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}


class WordComment(msgspec.Struct, frozen=True, kw_only=True):
    """One comment. `bookmark` and `heading` are of the part it stands in; `heading` as that copy printed it.

    `at` is the moment as Word wrote it, or empty; `reply_to` is the `id` of the comment it answers, or empty.
    """

    id: str
    bookmark: str
    heading: str
    author: str
    at: str
    quoted: str
    text: str
    reply_to: str = ""


class CommentedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a Word copy holds: the id of its visit, its comments in reading order, and what was not read.

    `tracked` counts pieces of text that were changed with tracking on, `empty` comments without words.
    """

    visit: str
    comments: tuple[WordComment, ...]
    tracked: int = 0
    empty: int = 0


class _WordArchive(BoundedArchive):
    """A .docx whose parts are handed out within bounds."""

    def too_large(self) -> Invalid:
        return Invalid(
            _("{file} is more than {n} MB when unpacked", file=self.file, n=LIMITS.unpacked // 1_000_000),
            do=_("remove pictures that were added, and try again"),
        )

    def of_another_kind(self) -> Invalid:
        return _not_ours(self.file)

    def too_much(self) -> Invalid:
        return Invalid(
            _("{file} contains far more than a report does", file=self.file),
            do=_("save it again as a Word document (.docx), and use that"),
        )


def read_comments(path: Path) -> CommentedReport:
    """The comments in a Word copy of a report. The same comment has the same id in every copy that holds it.

    Raises ReviewError for a file that cannot be read, Damaged for one that is cut short, and Invalid for one that is no
    Word copy of a report, is too large, or holds a comment longer than any text of a visit.
    """
    path = Path(path)
    try:
        data = read_whole(path, LIMITS.file)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=path, reason=reason_of(error)), do=_("check the name and the place")
        ) from error
    if len(data) > LIMITS.file:
        raise Invalid(
            _("{file} is larger than {n} MB", file=path.name, n=LIMITS.file // 1_000_000),
            do=_("remove pictures that were added, and try again"),
        )
    if not data.startswith(b"PK"):
        raise _not_ours(path.name)
    archive = _WordArchive(data, path.name, LIMITS)
    try:
        return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, SyntaxError, ValueError) as error:
        raise Damaged(_("{file} is cut short or damaged", file=path.name), do=_("get a fresh copy of it")) from error


def _not_ours(file: str) -> Invalid:
    return Invalid(
        _("{file} is not a Word copy of a report made here", file=file),
        do=_("choose the .docx that was saved from the report, with the comments in it"),
    )


def _read(archive: BoundedArchive) -> CommentedReport:
    if _MAIN not in archive:
        raise archive.of_another_kind()
    if archive.is_strict(_MAIN):
        archive.read_as_strict()
    walk = _Walk()
    walk.take(archive.root(_MAIN))
    if not walk.visit:
        raise archive.of_another_kind()
    if _COMMENTS not in archive:
        return CommentedReport(visit=walk.visit, comments=(), tracked=walk.tracked)
    found = [node for node in archive.root(_COMMENTS).iter() if _name(node) == "comment"]
    worded = {_attribute(node, "id"): node for node in found if _words(node, archive.file)}
    made = {number: _comment(node, number, walk, archive.file) for number, node in worded.items()}
    answered = _answered(worded, _parents(archive))
    comments = [
        msgspec.structs.replace(made[number], reply_to=made[answered[number]].id if number in answered else "")
        for number in sorted(made, key=walk.place_of)
    ]
    return CommentedReport(
        visit=walk.visit, comments=tuple(comments), tracked=walk.tracked, empty=len(found) - len(worded)
    )


def _comment(node: Any, number: str, walk: _Walk, file: str) -> WordComment:
    bookmark = walk.bookmarks.get(number, "")
    author, at, text = _line(_attribute(node, "author")), _moment(_attribute(node, "date")), _words(node, file)
    # Word numbers comments anew whenever one is deleted, so the number says nothing of which comment it is.
    print_ = hashlib.sha256("\x00".join((bookmark, author, at, text)).encode("utf-8", "replace")).hexdigest()
    return WordComment(
        id=f"W{print_[:16]}",
        bookmark=bookmark,
        heading=_line(walk.headings.get(bookmark, "")),
        author=author,
        at=at,
        quoted=_short(walk.quoted.get(number, "")),
        text=text,
    )


def _parents(archive: BoundedArchive) -> dict[str, str]:
    """By the id of a comment's last paragraph that of the one it answers; Word keeps them in a part of their own."""
    if _EXTENDED not in archive:
        return {}
    root = archive.root(_EXTENDED)
    pairs = {
        _attribute(node, "paraId"): _attribute(node, "paraIdParent") for node in root if _name(node) == "commentEx"
    }
    return {own: parent for own, parent in pairs.items() if parent}


def _answered(worded: Mapping[str, Any], parents: Mapping[str, str]) -> dict[str, str]:
    """By the number of a comment that of the one it answers."""
    whose = {paragraph: number for number, node in worded.items() for paragraph in _paragraphs(node)}
    answered = {number: whose.get(parents.get(paragraph, "")) for paragraph, number in whose.items()}
    return {number: parent for number, parent in answered.items() if parent is not None and parent != number}


def _paragraphs(node: Any) -> Iterator[str]:
    for paragraph in node.iter():
        if _name(paragraph) == "p" and (found := _attribute(paragraph, "paraId")):
            yield found


def _words(node: Any, file: str) -> str:
    """The text of a comment, a line for each paragraph. Raises Invalid for one that is longer than any text."""
    pieces: list[str] = []
    for one in node.iter():
        name = _name(one)
        pieces.append({"p": "\n", "br": "\n", "tab": "\t", "t": one.text or ""}.get(name, ""))
    text = "".join(pieces).strip()
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            _("a comment in {file} has more than {n} characters", file=file, n=LONGEST_TEXT),
            do=_("split it into several comments"),
        )
    return text


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _attribute(node: Any, name: str) -> str:
    """An attribute by its local name: its prefix differs between the versions of Word."""
    return next((str(value) for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _line(text: str) -> str:
    """One line of words, as long as any name may be; what is not printable is a blank."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"


def _short(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= LONGEST_QUOTED else plain[: LONGEST_QUOTED - 1].rstrip() + "…"


def _moment(text: str) -> str:
    """The moment that Word wrote, or nothing where it is none: some programs leave it out."""
    try:
        return text if datetime.fromisoformat(text) else ""
    except ValueError:
        return ""


class _Walk:
    """One pass through the document in reading order: where each comment stands and the words it was made on."""

    def __init__(self) -> None:
        self.visit = ""
        self.headings: dict[str, str] = {}
        self.bookmarks: dict[str, str] = {}
        self.quoted: dict[str, str] = {}
        self.tracked = 0
        self._order: dict[str, int] = {}
        self._open: set[str] = set()
        self._part = self._heading = ""

    def place_of(self, number: str) -> tuple[int, int]:
        """Where a comment comes in reading order; one without a place in the text comes last."""
        return self._order.get(number, len(self._order)), int(number) if number.isdecimal() else 0

    def take(self, root: Any) -> None:
        """Read the whole document."""
        for node in root.iter():
            name = _name(node)
            if name == "p":
                self._paragraph_begins()
            reader = _READERS.get(name)
            if reader is not None:
                reader(self, node)
            elif name in _CHANGES:
                self.tracked += 1

    def _paragraph_begins(self) -> None:
        if self.headings.get(self._heading):
            self._heading = ""
        for number in self._open:
            if self.quoted[number] and len(self.quoted[number]) <= LONGEST_QUOTED:
                self.quoted[number] += "\n"

    def _bookmark(self, node: Any) -> None:
        name = _attribute(node, "name")
        if name.startswith(VISIT_PREFIX) and not self.visit:
            self.visit = name.removeprefix(VISIT_PREFIX)
        elif name.startswith(PART_PREFIX):
            self._part = self._heading = name
            self.headings.setdefault(name, "")

    def _begin(self, node: Any) -> None:
        number = _attribute(node, "id")
        self._seen(number)
        self._open.add(number)
        self.quoted.setdefault(number, "")

    def _end(self, node: Any) -> None:
        self._open.discard(_attribute(node, "id"))

    def _reference(self, node: Any) -> None:
        self._seen(_attribute(node, "id"))

    def _text(self, node: Any) -> None:
        words = node.text or ""
        for number in self._open:
            if len(self.quoted[number]) <= LONGEST_QUOTED:
                self.quoted[number] += words
        if self._heading and len(self.headings[self._heading]) <= LONGEST_NAME:
            self.headings[self._heading] += words

    def _seen(self, number: str) -> None:
        self._order.setdefault(number, len(self._order))
        self.bookmarks.setdefault(number, self._part)


_READERS: Mapping[str, Callable[[_Walk, Any], None]] = {
    "bookmarkStart": _Walk._bookmark,
    "commentRangeStart": _Walk._begin,
    "commentRangeEnd": _Walk._end,
    "commentReference": _Walk._reference,
    "t": _Walk._text,
}
