"""The formats a report can be written in: one line each here, and a renderer of the content tree.

The command line, the Report page, the demonstration and the self-test all go through this register, so that a new
format is one module with a `render(document)` and one entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reviewapp.base.i18n import _
from reviewapp.report.tree import Document


class ReportFormat(NamedTuple):
    """A way to write the content tree as a file.

    `suffix` ends the file's name and is the option of `reviewapp report`; `save`, `icon` and `tip` are the button on
    the Report page, `files` its file dialog. `begins`: the first bytes of every such file, for the self-test.
    """

    suffix: str
    save: str
    icon: str
    tip: str
    files: str
    begins: bytes
    render: Callable[[Document], bytes]


def _pdf(document: Document) -> bytes:
    from reviewapp.report.pdf.render import pdf_bytes

    return pdf_bytes(document)


def _docx(document: Document) -> bytes:
    from reviewapp.report.docx.render import docx_bytes

    return docx_bytes(document)


def _html(document: Document) -> bytes:
    from reviewapp.report.html.render import html_bytes

    return html_bytes(document)


def _json(document: Document) -> bytes:
    from reviewapp.report.json_export import json_bytes

    return json_bytes(document)


FORMATS: dict[str, ReportFormat] = {
    made.suffix: made
    for made in (
        ReportFormat("pdf", _("Save PDF…"), "save", "", _("PDF (*.pdf)"), b"%PDF", _pdf),
        ReportFormat("docx", _("Save Word…"), "file", "", _("Word (*.docx)"), b"PK", _docx),
        ReportFormat(
            "html",
            _("Save as a web page…"),
            "file",
            _("One file for any browser, also on a telephone; nothing is sent anywhere"),
            _("Web page (*.html)"),
            b"<!DOCTYPE html>",
            _html,
        ),
        ReportFormat(
            "json",
            _("Save the figures (JSON)…"),
            "sheet",
            _("Every figure as data, with its place in the report"),
            _("JSON (*.json)"),
            b"{",
            _json,
        ),
    )
}
"""By suffix, in the order in which they are offered; the first is the usual one."""
