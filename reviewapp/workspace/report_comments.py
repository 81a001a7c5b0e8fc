"""Taking in what the committee wrote beside the report in Word, and saying what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, plural
from reviewapp.intake.word_comments import CommentedReport, WordComment, read_comments
from reviewapp.report.docx.ooxml import PART_PREFIX, bookmark_name
from reviewapp.report.tree import titles
from reviewapp.visit.comment_records import ReportCommentRecord
from reviewapp.visit.statements import ReportComment
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.seen_figures import seen_state, seen_status


class IncomingComments(msgspec.Struct, frozen=True, kw_only=True):
    """The comments of a Word copy: those that are new here, and those that are held already, in reading order.

    `tracked` and `empty` are counts of what is not taken in: tracked changes of the text, comments without words.
    """

    new: tuple[ReportComment, ...]
    held: tuple[ReportComment, ...]
    tracked: int
    empty: int


def incoming_comments(visit: OpenVisit, file: Path) -> IncomingComments:
    """Read a Word copy of this visit's report; nothing is recorded yet.

    Raises ReviewError where the file cannot be read, is no Word copy of a report, or is of another visit.
    """
    read = read_comments(file)
    _check_visit(read, visit, Path(file).name)
    parts = _parts(visit)
    lines = [_line(one, parts) for one in read.comments]
    held = visit.state.report_comments
    return IncomingComments(
        new=tuple(line for line in lines if line.id not in held),
        held=tuple(line for line in lines if line.id in held),
        tracked=read.tracked,
        empty=read.empty,
    )


def take_comments(visit: OpenVisit, lines: Sequence[ReportComment]) -> Change:
    """Record comments, in one undoable change. Only the lead. Raises Invalid where there is none."""
    if not lines:
        raise Invalid(_("there is no comment that is not here already"), do=_("nothing needs to be done"))
    return visit.record(
        *lines, name=plural("importing {n} comment from Word", "importing {n} comments from Word", len(lines))
    )


def comments_by_part(visit: OpenVisit) -> list[tuple[str, list[ReportCommentRecord]]]:
    """The title of each part of the report that has comments, in the order of the report, with its comments.

    Answers stand after what they answer; a part that the report no longer has comes last, as its copy called it.
    """
    titles = _titles(visit)
    order = {part: place for place, part in enumerate(titles)}
    found: dict[str, list[ReportCommentRecord]] = {}
    for one in visit.state.report_comments.values():
        found.setdefault(one.part, []).append(one)
    parts = sorted(found, key=lambda part: (order.get(part, len(order)), part))
    return [(titles.get(part) or found[part][0].heading or _("The report"), _threads(found[part])) for part in parts]


def _threads(comments: list[ReportCommentRecord]) -> list[ReportCommentRecord]:
    """Comments by their time, each followed by those that answer it."""
    comments = sorted(comments, key=lambda one: (one.at, one.id))
    ids = {one.id for one in comments}
    made: list[ReportCommentRecord] = []
    for first in comments:
        if first.reply_to not in ids:
            made += [first, *(one for one in comments if one.reply_to == first.id)]
    return made + [one for one in comments if one not in made]


def _check_visit(read: CommentedReport, visit: OpenVisit, file: str) -> None:
    if read.visit != visit.state.info.id:
        raise Invalid(
            _("{file} is a copy of the report of another visit", file=file),
            do=_("open that visit and import it there"),
        )


def _titles(visit: OpenVisit) -> dict[str, str]:
    from reviewapp.base.dates import today
    from reviewapp.report.content.build import build

    return titles(build(seen_state(visit), seen_status(visit), today=today()).parts)


def _parts(visit: OpenVisit) -> dict[str, str]:
    """The ids of the report's parts by the names of their bookmarks."""
    return {bookmark_name(part): part for part in _titles(visit)}


def _line(one: WordComment, parts: dict[str, str]) -> ReportComment:
    """A comment as it is recorded; a part that the report no longer has keeps what its bookmark says."""
    return ReportComment(
        id=one.id,
        part=parts.get(one.bookmark, one.bookmark.removeprefix(PART_PREFIX)) or UNSET,
        heading=one.heading or UNSET,
        author=one.author or UNSET,
        at=one.at or UNSET,
        quoted=one.quoted or UNSET,
        text=one.text,
        reply_to=one.reply_to or UNSET,
    )
