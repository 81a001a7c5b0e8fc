"""Cuts one part out of a report's tree, for a preview that is updated while somebody types."""

from __future__ import annotations

import msgspec

from reviewapp.report.tree import Block, Contents, Document, Heading

LARGE = 150
"""The most blocks of an excerpt; a longer part is cut to one of its sections, as the standards can fill sixty pages."""


def excerpt(document: Document, anchor: str) -> Document:
    """The part of `document` (from one level-1 heading to the next) with the heading `anchor`, without page numbers.

    The first part if no heading has this id; the whole document if it has no level-1 heading.
    """
    blocks = list(document.parts)
    tops = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if not tops:
        return document
    named = next((n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.id == anchor), tops[0])
    first = max((n for n in tops if n <= named), default=tops[0])
    held = blocks[first : next((n for n in tops if n > first), len(blocks))]
    named -= sum(isinstance(block, Contents) for block in blocks[first:named])
    part: list[Block] = [block for block in held if not isinstance(block, Contents)]  # of a part alone it would mislead
    if len(part) > LARGE:
        part = _section(part, named - first)
    return msgspec.structs.replace(document, parts=tuple(part), numbered=False)


def _section(part: list[Block], place: int) -> list[Block]:
    """The level-2 section of a part that holds the block at index `place`, under the heading of the part.

    The first section includes the blocks before it.
    """
    starts = [n for n, block in enumerate(part) if isinstance(block, Heading) and block.level == 2]
    begin = max((n for n in starts[1:] if n <= place), default=1)
    end = min((n for n in starts[1:] if n > place), default=len(part))
    return [part[0], *part[begin:end]]
