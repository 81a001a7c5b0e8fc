"""The accessibility statement at the foot of every page of HTML."""

from __future__ import annotations

from reviewapp.report.chart_blocks import Tiles
from reviewapp.report.tree import Document


def statement(document: Document) -> str:
    """What was done so that everybody can read the page, how that was checked, and what is not good yet."""
    charts = any(not isinstance(block, Tiles) and hasattr(block, "alt") for block in document.parts)
    points = [
        "It can be read with a screen reader and used with the keyboard alone. Headings, tables, lists and quotes are "
        "marked as what they are.",
        "You can make the text as large as you like: it fits the width of the window. It follows the light or dark "
        "setting of your device, and prints in black on white.",
        "No meaning is given by colour alone.",
    ]
    if charts:
        points.append("Every picture has a description in words. Its figures also stand in the text or in a table.")
    items = "".join(f"<li>{point}</li>" for point in points)
    return f"""<footer><h2 id="accessibility">Accessibility</h2>
<p>This page is meant to meet the Web Content Accessibility Guidelines 2.2 at level AA.</p>
<ul>{items}</ul>
<p>Pages made in this way are checked by a program (axe-core). People with disabilities have not tested them. What other
people wrote in the review stands here in their own words, and may be hard to read.</p>
<p>If something is hard to read or to use, ask the review team for another format: the same document can be had as Word,
as a tagged PDF and on paper.</p></footer>"""
