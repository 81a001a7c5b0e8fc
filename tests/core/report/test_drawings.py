"""Pictures can be seen: every mark at 3:1, every word at 4.5:1, no meaning by colour alone, and each fits on a page."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.report import chart_blocks as t
from reviewapp.report import dumbbells, house_style, strips, tiles
from reviewapp.report.tiles import LOOKS
from tests.core.report.drawn import WIDTH, a_strip, contrast, pictures, shapes, some_dumbbells, some_tiles

PAPER = "#FFFFFF"
GRID = house_style.RULE
"""Grid lines guide the eye and say nothing: every value is printed."""
SHADE = house_style.TINT
"""A ground whose edges are drawn."""

every_picture = pytest.mark.parametrize("name", sorted(pictures()))


@every_picture
def test_every_mark_stands_out_from_the_paper_3_to_1(name):
    for kind, fill, line in shapes(pictures()[name]):
        seen = {colour for colour in (fill, line) if colour and colour not in (PAPER, GRID)}
        if kind == "String" or not seen or seen == {SHADE}:
            continue
        assert max(contrast(colour, PAPER) for colour in seen) >= 3, (kind, fill, line)


@every_picture
def test_every_word_stands_out_from_its_ground_4_5_to_1(name):
    grounds = {PAPER, *(fill for kind, fill, _ in shapes(pictures()[name]) if kind == "Polygon")}
    for kind, fill, _ in shapes(pictures()[name]):
        if kind == "String":
            assert max(contrast(fill, ground) for ground in grounds) >= 4.5, fill


def test_the_words_of_a_tile_stand_out_from_it():
    for look in LOOKS.values():
        assert contrast(look.ink, look.fill) >= 4.5, look
        assert contrast(look.outline, PAPER) >= 3, look


def test_ratings_can_be_told_apart_by_fill_and_outline_without_colour():
    seen = {
        (round(contrast(look.fill, PAPER)), look.thick > 2, contrast(look.outline, PAPER) > 7)
        for look in LOOKS.values()
    }
    assert len(seen) >= len(LOOKS) - 1, "what is not applicable and what is not rated differ by their signs"


def test_hundreds_of_tiles_come_in_pieces_that_fit_on_a_page_and_lose_none():
    many = some_tiles(400)
    found = list(tiles.pieces(many))
    assert len(found) > 1
    assert all(tiles.drawing(piece, WIDTH).height < house_style.TEXT_HEIGHT for piece in found)
    wanted = [tile for row in many.rows for cell in row.cells for tile in cell]
    assert sorted(t.label for p in found for r in p.rows for c in r.cells for t in c) == sorted(t.label for t in wanted)


def test_columns_of_tiles_are_wider_where_that_saves_a_line():
    tile = some_tiles(1).rows[0].cells[0][0]
    cells = tuple((tile,) * many for many in (13, 8, 1))
    columns = tuple(t.TileColumn(title=f"Type {n}") for n in (1, 2, 3))
    row = msgspec.structs.replace(some_tiles().rows[0], cells=cells)
    numbers = msgspec.structs.replace(some_tiles(), columns=columns, rows=(row,), key=())
    drawn = tiles.drawing(numbers, WIDTH)
    assert len({shape.points[1] for shape in drawn.contents if type(shape).__name__ == "Polygon"}) == 2


def test_no_line_strikes_through_the_values_of_a_dumbbell():
    grounds = [fill for kind, fill, _ in shapes(dumbbells.drawing(some_dumbbells(1), WIDTH)) if kind == "Polygon"]
    assert grounds.count(house_style.PAPER) == 2 + 2, "both values, and the ring of the row and of the key"


def test_a_long_number_of_a_standard_is_cut_to_its_tile():
    drawn = tiles.drawing(some_tiles(4, "W" * 400), WIDTH)
    for shape in drawn.contents:
        for x in getattr(shape, "points", [0])[::2]:
            assert -0.5 <= x <= WIDTH + 0.5


def test_many_dumbbells_come_in_pieces_that_fit_on_a_page():
    found = list(dumbbells.pieces(some_dumbbells(90)))
    assert sum(len(piece.rows) for piece in found) == 90
    assert all(dumbbells.drawing(piece, WIDTH).height < house_style.TEXT_HEIGHT for piece in found)


def test_a_strip_says_who_spoke_and_who_did_not():
    assert a_strip("Carers").alt == "Heard: carers. Not heard: patients, surveys."
    assert a_strip().alt.startswith("Heard: nobody.")
    assert strips.drawing(a_strip()).width <= WIDTH
