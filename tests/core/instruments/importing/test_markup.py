"""The small HTML of a cell becomes plain lines, and no HTML however broken is lost or stops the reading."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import ReviewError
from reviewapp.instruments.importing.markup import wording
from reviewapp.instruments.importing.read import read_standards

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("cell", "statement", "guidance"),
    [
        ("Plain  text", "Plain text", ""),
        ("<p>One</p><p>Two</p>", "One\nTwo", ""),
        ("a<br>b<BR/>c", "a\nb\nc", ""),
        ("<b>Bold</b> and 4<sup>th</sup>", "Bold and 4th", ""),
        ("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d", ""),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6", ""),
        ("Do it. <b>Guidance:</b> So.", "Do it.", "So."),
        ("<p>Do it.</p><p>Guidance: so, or so.</p>", "Do it.", "so, or so."),
        ("Ask for guidance: always.", "Ask for guidance: always.", ""),
        ("<ul><li>• a</li><li>b</li></ul>after", "• a\n• b\nafter", ""),
        ('<ol style="x"><li>a</li><li>b</li></ol>', "1. a\n2. b", ""),
        ("<ol><li>3. a</li><li>b</li></ol>", "3. a\n4. b", ""),
        ("<ul><li>1. a</li></ul>", "• 1. a", ""),
        ("a <![CDATA[ b", "a <![CDATA[ b", ""),
        ("a <!-- hidden --> b", "a b", ""),
    ],
)  # fmt: skip
def test_a_cell_reads_as_a_person_would_read_it(cell: str, statement: str, guidance: str) -> None:
    words = wording(cell)
    assert (words.statement, words.guidance) == (statement, guidance)


def test_an_empty_item_is_named() -> None:
    assert wording("<ul><li>a</li><li> • </li></ul>").unfinished == ("a list item is empty",)


_FILES = [DATA / "report-with-table.md", DATA / "example-scored.golden.csv"]
_DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=9), st.integers(0, 9)), max_size=8)


@given(st.sampled_from(_FILES), _DAMAGE)
def test_a_damaged_file_is_read_or_refused_in_one_line(source: Path, damage: list[tuple[float, bytes, int]]) -> None:
    data = bytearray(source.read_bytes())
    for where, put, cut in damage:
        at = int(where * len(data))
        data[at : at + cut] = put
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(bytes(data))
        try:
            read_standards(path)
        except ReviewError as refused:
            assert source.name in str(refused)
            assert "\n" not in str(refused)
