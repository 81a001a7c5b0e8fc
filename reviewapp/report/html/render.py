"""The report as one file of HTML, from the same tree as the PDF and Word.

It holds everything it needs and asks for nothing: no script, no font, no picture from elsewhere, which its own policy
also forbids. It is meant for whoever reads on a telephone, in large type, in the dark, or with a screen reader.
"""

from __future__ import annotations

from reviewapp.report import fonts
from reviewapp.report.escape import for_html
from reviewapp.report.html.blocks import Writer
from reviewapp.report.html.look import style_sheet
from reviewapp.report.html.statement import statement
from reviewapp.report.tree import Document

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: use the styles in it."""


def html_bytes(document: Document) -> bytes:
    """The whole document as UTF-8; the same tree gives the same bytes."""
    fonts.register()  # charts are laid out in the house's letters
    writer = Writer(document)
    title = " – ".join(part for part in (document.mark, document.title) if part)
    body = "\n".join(made for block in document.parts if (made := writer.block(block)))
    page = f"""<!DOCTYPE html>
<html lang="{for_html(document.language)}"{' class="large"' if document.large else ""}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{for_html(document.author)}">
<meta name="robots" content="noindex">
<title>{for_html(title)}</title>
<style>{style_sheet(large=document.large)}</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
{writer.head()}
{writer.navigation()}
<main id="text">
{body}
</main>
{statement(document)}
</body>
</html>
"""
    return page.encode("utf-8", "replace")
