"""The most that is read of a file in REFI-QDA, judged before it is parsed."""

from __future__ import annotations

import msgspec


class QdaLimits(msgspec.Struct, frozen=True, kw_only=True):
    """`file`, `xml`, `text` (one text) and `texts` (all of them) are bytes, all but the first when unpacked.

    `tags` are the opening and closing tags of the XML, `depth` how deep codes may be nested.
    """

    file: int = 100_000_000
    xml: int = 40_000_000
    text: int = 10_000_000
    texts: int = 60_000_000
    entries: int = 5_000
    tags: int = 800_000
    codes: int = 10_000
    depth: int = 40
    selections: int = 200_000


LIMITS = QdaLimits()
"""The limits for every project and codebook that somebody sends. The largest real one known to us has 216 kB of XML."""
