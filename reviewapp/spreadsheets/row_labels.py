"""Rows of a table that are no records: examples, targets, totals and means, told by the word they begin with."""

from __future__ import annotations

import re

from reviewapp.spreadsheets.cells import visible

_WORDS = (
    r"(?:for )?examples?|e\.?g|(?:grand |sub ?-?|overall )?totals?|means?|averages?|targets?|sums?|avg|medians?|"
    r"percent(?:age)?s?|per cent|%|standard deviation|benchmarks?|national (?:average|mean|total)s?|"
    r"samples?|min(?:imum)?|max(?:imum)?|counts?|overall|"
    r"all(?: (?:respondents|groups|people|answers|case notes|records))?"
)
_ALONE = re.compile(rf"(?:{_WORDS})(?: (?:row|line|score|of all|only))?(?:[^\w-][\W\d]*)?")
"""A word by which a row is no record, where it stands alone."""
_WITH_MORE = re.compile(
    r"(?:examples?|e\.?g|(?:grand |sub ?-?|overall )?total|mean|average|target)"
    r"(?:\s*[:(–—=].*|\s+-.*|(?: [^\W\d]+){1,2}[\W\d]*)",
    re.DOTALL,
)
"""Such a word with more behind it: `Example: P1`, `Total patients`, `Target (80%)`."""


def is_no_record(label: str, *, alone: bool = False) -> bool:
    """True for the label of a row that is an example, a target, a total or a mean; `alone`: for the bare word only."""
    text = visible(label).casefold().strip(" .:*([\"'“-–—")
    return bool(text) and bool(_ALONE.fullmatch(text) or (not alone and _WITH_MORE.fullmatch(text)))
