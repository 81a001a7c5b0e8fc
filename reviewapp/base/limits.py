"""What a text, an entry, a file and a visit may hold: the one table of limits, each with its reason.

Three rules tie them together. What may be typed may be joined (`validators` and `pack_checks` ask the same numbers).
What may be joined can be written again: what one laptop may say fits in a file of its own, also after some of it was
withdrawn. And what does not fit in one file goes into several (`exchange.parts`), so nothing grows too large to travel.
"""

from __future__ import annotations

MB = 2**20

# What is typed ------------------------------------------------------------------------------------------------------

LONGEST_TEXT = 100_000
"""Characters of one text: some 40 pages. It is 0.6 MB at worst (each character an escape), so one entry holds it."""
LONGEST_NAME = 300
"""Characters of a name, which stands in one line of a document."""
LONGEST_ITEM = 200
"""Characters of one item of a list."""
MOST_ITEMS = 500
"""Items of a list: more than an instrument has standards or a visit people."""

# One entry, as this program writes it -------------------------------------------------------------------------------

LARGEST_ENTRY = 1 * MB
"""Bytes of an entry that is taken in: a text at its worst and the entries it replaces."""
MOST_PARENTS = 5_000
"""Entries that one entry says it replaces (0.3 MB). What replaces more is said in several entries, one by one."""
LONGEST_KEY = 500
DEEPEST = 16
"""Levels of lists and objects in one value; an instrument has seven."""

# What one laptop says in all ----------------------------------------------------------------------------------------

MOST_ENTRIES_OF_LAPTOP = 99_999
LARGEST_LAPTOP = 48 * MB
"""Twice a visit of 50,000 entries (21 MB). What is above is refused wherever it arrives, as it fits in no file."""
FULL_LAPTOP_ENTRIES = 90_000
FULL_LAPTOP = 24 * MB
"""Beyond this a laptop goes on as a new one, as after a restore (`continues`): it never comes near what is refused.
One thing that is recorded has at most some twenty fields, so it is 12 MB at worst."""

MOST_MARKS_OF_LAPTOP = 2_000
"""Of what one laptop says of laptops so many count, the first by their numbers: each costs the check of a signature
whenever a visit is opened. The lead certifies some ten."""

# One field ----------------------------------------------------------------------------------------------------------

MOST_VERSIONS = 20
"""Of the values that stand in one field side by side so many are shown; all stand until the field is settled."""

# One file -----------------------------------------------------------------------------------------------------------

MOST_LINES = 1 + MOST_ENTRIES_OF_LAPTOP
"""Lines of a file: what one laptop may say, and the manifest."""
LARGEST_FILE = 64 * MB
LARGEST_INFLATED = 52 * MB
"""Of what a file holds: what one laptop may say with a manifest, also after a withdrawal, when an entry says that it is
blank. What is within these bounds is opened in less than 250 MB of memory."""
LARGEST_OF_FORMAT_1 = 48 * MB
LONGEST_LINE_OF_FORMAT_1 = 1 * MB
"""What versions before files in several parts open; nothing larger is written as one file."""
LONGEST_LINE = 4 * MB
"""Of a line that is read. Up to this an entry may grow that an earlier version took in: 1e9 is written 1000000000.0."""
FULL_PART = 40 * MB
MOST_OF_FULL_PART = 90_000
MOST_LAPTOPS_OF_PART = 2_000
"""Where the next part begins: what is estimated before it is written has room in it. A laptop takes 350 bytes of the
manifest, which is one line."""
