"""What the page Themes reads and writes for other coding programs, for the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural

if TYPE_CHECKING:
    from reviewapp.codebooks.library import CodebookLibrary
    from reviewapp.codebooks.model import Codebook
    from reviewapp.workspace.open_visit import OpenVisit
    from reviewapp.workspace.qda_export import Circle, QdaExport
    from reviewapp.workspace.qda_import import CodingImport
    from ui.session.worker import Progress

PROJECTS = _("REFI-QDA projects (*.qdpx);;All files (*)")
CODEBOOKS = _("REFI-QDA codebooks (*.qdc);;Excel (*.xlsx);;CSV (*.csv)")
BOOKS_TO_READ = _("Codebooks (*.xlsx *.csv *.qdc);;All files (*)")


@dataclass(frozen=True)
class ExportJob:
    """Job: the codings as a project for one circle, saved at `path`, or only counted where there is none."""

    circle: Circle
    name_coders: bool
    path: Path | None = None

    def __call__(self, visit: OpenVisit, _progress: Progress) -> QdaExport:
        """What went out, and what did not. Raises ReviewError."""
        from reviewapp.workspace.qda_export import export_project

        written, told = export_project(visit.state, visit.me, self.circle, name_coders=self.name_coders)
        if self.path is not None:
            visit.save_document(self.path, written.data)
        return told


@dataclass(frozen=True)
class ImportJob:
    """Job: take the codings of a project, or only say what would be taken. `coders`: who a name in it is."""

    path: Path
    coders: dict[str, str] = field(default_factory=dict)
    take: bool = False

    def __call__(self, visit: OpenVisit, _progress: Progress) -> CodingImport:
        """What the project holds and what is taken of it. Raises ReviewError."""
        from reviewapp.workspace.qda_import import import_coding, preview_coding

        return (import_coding if self.take else preview_coding)(visit, self.path, self.coders)


@dataclass(frozen=True)
class CodebookJob:
    """Job: write the themes in force as a codebook of another program, or as a sheet."""

    path: Path

    def __call__(self, visit: OpenVisit, _progress: Progress) -> Path:
        """Where it was saved. Raises ReviewError."""
        from reviewapp.codebooks.export_sheet import export_codebook
        from reviewapp.visit.themes import own_codebook

        export_codebook(own_codebook(visit.state), self.path)
        return self.path


@dataclass(frozen=True)
class ReadBook:
    """A codebook as a file holds it, the one that is kept here under its id, and what was left out, in words."""

    book: Codebook
    before: Codebook | None
    not_read: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookJob:
    """Job: read the codebook in a file under a title, or under its own; `keep` keeps it on this laptop."""

    path: Path
    library: CodebookLibrary
    title: str = ""
    sheets: tuple[str, ...] = ()
    keep: bool = False

    def __call__(self, _progress: Progress) -> ReadBook:
        """What the file holds. Raises ReviewError."""
        import msgspec

        from reviewapp.codebooks.import_file import import_codebook

        title = self.title or import_codebook(self.path, "own-themes", sheets=self.sheets).codebook.title
        id_ = self.library.id_for(title)
        before = self.library.find(id_)
        read = import_codebook(self.path, id_, before, self.sheets)
        book = msgspec.structs.replace(read.codebook, title=title)
        if self.keep:
            self.library.add(book)
        return ReadBook(book, before, read.not_read)


def going_out(told: QdaExport, circle: Circle) -> list[str]:
    """What a project for a circle holds, and what is left out of it by reason, a line each."""
    from reviewapp.workspace.qda_export import why_left_out

    lines = [
        _(
            "{conversations} conversations, {units} quotes and answers, {codings} codings.",
            conversations=told.conversations,
            units=told.units,
            codings=told.codings,
        ),
    ]
    lines += [_("Left out: {n}, {why}", n=n, why=why_left_out(why, circle)) for why, n in told.left_out.items()]
    if told.replaced:
        lines.append(
            plural("{n} character that programs count differently is written as its name.",
                   "{n} characters that programs count differently are written as their names.", told.replaced)
        )  # fmt: skip
    return lines
