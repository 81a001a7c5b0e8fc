"""One part of a report by itself, for a preview that follows what is typed."""

from __future__ import annotations

import msgspec

from reviewapp.report.tree import Block, Document, Heading

LARGE = 150
"""A part of more blocks is cut down to one of its sections: the standards one by one can fill sixty pages."""


def excerpt(document: Document, anchor: str) -> Document:
    """The part of `document` that the heading `anchor` belongs to, exactly as it is set there, without page numbers.

    The first part where no heading has this name. The whole document is never needed to see one part of it.
    """
    blocks = list(document.parts)
    tops = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if not tops:
        return document
    named = next((n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.id == anchor), tops[0])
    first = max((n for n in tops if n <= named), default=tops[0])
    part = blocks[first : next((n for n in tops if n > first), len(blocks))]
    if len(part) > LARGE:
        part = _section(part, named - first)
    return msgspec.structs.replace(document, parts=tuple(part), numbered=False)


def _section(part: list[Block], place: int) -> list[Block]:
    """The section of a part around a place, under the heading of the part; with the first all that is before it."""
    starts = [n for n, block in enumerate(part) if isinstance(block, Heading) and block.level == 2]
    begin = max((n for n in starts[1:] if n <= place), default=1)
    end = min((n for n in starts[1:] if n > place), default=len(part))
    return [part[0], *part[begin:end]]
