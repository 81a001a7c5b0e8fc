"""The certificate of destruction of a purged visit, as a PDF page to file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Document, Fact, Facts, Heading, Listing, Paragraph
from reviewapp.visit import labels


def certificate_pdf(facts: dict[str, Any]) -> bytes:
    """The certificate (the fields of `reviewapp.workspace.purge.Certificate`) as PDF."""
    title = "Certificate of destruction"
    labelled = {
        "Visit": facts["visit"],
        "Service": facts["service"],
        "Date of visit": labels.day(facts["date"]),
        "Destroyed": labels.moment(facts["destroyed_at"]),
        "By": facts["person"],
        "Entries destroyed": str(facts["entries"]),
        "Known only here": str(facts["unreceipted"]),
        "Private jottings destroyed": str(facts["jottings"]),
        "Fingerprint": facts["digest"],
    }
    unread = facts["entries"] is None
    if unread:
        labelled = {label: labelled[label] for label in ("Visit", "Destroyed")}
        labelled["Contents"] = "not known: the visit did not open on this laptop and was destroyed unread"
    none_known = "not known: the list was in the visit" if unread else "none is known to this laptop"
    remaining = facts["may_survive"] or [none_known]
    parts = (
        Heading(level=1, runs=_runs(title), id="certificate"),
        Paragraph(runs=_runs(_done(facts))),
        Facts(rows=tuple(Fact(label=label, runs=_runs(value)) for label, value in labelled.items())),
        Heading(level=2, runs=_runs("Files destroyed"), id="files"),
        Listing(items=tuple(_runs(name) for name in facts["files"])),
        *_left(facts.get("left", ())),
        Heading(level=2, runs=_runs("Copies that may still exist"), id="copies"),
        Listing(items=tuple(_runs(path) for path in remaining)),
        Heading(level=2, runs=_runs("What cannot be promised"), id="not-promised"),
        Paragraph(runs=_runs(facts["not_promised"])),
    )
    return pdf_bytes(
        Document(
            title=title,
            subject=facts["visit"],
            status="final",
            profile="host",
            running=title,
            parts=parts,
            made=facts["destroyed_at"],
        )
    )


def _done(facts: dict[str, Any]) -> str:
    """What was done, in the order in which it was done."""
    keys, backups = len(facts.get("keys", ())), facts.get("backups", 0)
    words = [
        f"First the keys of this visit on this laptop were destroyed: {_counted(keys, 'file')} of keys, overwritten "
        "in place with random data and written to the disk."
    ]
    if backups:
        each = "the one rolling backup" if backups == 1 else f"each of {backups} rolling backups"
        words.append(f"Then the key at the beginning of {each}, in the same way.")
    words.append("Then every file listed below was deleted.")
    if facts.get("moved_aside"):
        words.append(f"Among them: {_counted(facts['moved_aside'], 'earlier state')} that a restore had moved aside.")
    if facts.get("unfinished"):
        words.append(f"Also {_counted(facts['unfinished'], 'folder')} that a restore left when it was interrupted.")
    return " ".join(words)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _left(files: Sequence[str]) -> tuple[Block, ...]:
    if not files:
        return ()
    words = (
        "Another program had these files open, so they are still there. Nobody can read them without the key. They are "
        "deleted when Reviewapp is next opened; close the other program first."
    )
    return (
        Heading(level=2, runs=_runs("Files that could not be deleted yet"), id="left"),
        Paragraph(runs=_runs(words)),
        Listing(items=tuple(_runs(name) for name in files)),
    )


def _runs(text: str) -> Runs:
    return (Text(text=text),)
