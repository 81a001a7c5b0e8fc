"""Measuring a finished PDF: every piece of text with its place, size and what it is read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar

import pikepdf

from reviewapp.report import house_style

ARTIFACT = "Artifact"
Matrix = tuple[float, ...]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Piece:
    """Text drawn at once. `page` from 1; `left`, `right`, `base` in points from the lower left corner."""

    page: int
    role: str
    left: float
    right: float
    base: float
    size: float


def pieces(pdf: bytes) -> list[Piece]:
    """Every piece of text of the document, page after page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        parents = opened.Root.StructTreeRoot.ParentTree.Nums
        held = {int(parents[i]): parents[i + 1] for i in range(0, len(parents), 2)}
        found: list[Piece] = []
        for number, page in enumerate(opened.pages, 1):
            elements = held[int(page.obj.StructParents)]
            roles = [str(element.S).lstrip("/") for element in elements]
            found += _Reader(number, page, roles).read()
        return found


def steps_of(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """What a page does to draw itself: operands and operator, step after step."""
    for step in pikepdf.parse_content_stream(page):
        yield list(step.operands), str(step.operator)


class _Reader:
    """Goes through the content of one page, knowing where the next text would stand and what it would be read as."""

    def __init__(self, number: int, page: Any, roles: list[str]) -> None:
        self.number, self.page, self.roles, self.role = number, page, roles, ARTIFACT
        self.fonts = {str(name): _Font(font) for name, font in page.resources.Font.items()}
        self.now, self.kept = (SAME, "", 0.0), list[tuple[Matrix, str, float]]()
        self.place = self.line = SAME
        self.leading = 0.0
        self.found: list[Piece] = []

    def read(self) -> list[Piece]:
        for operands, operator in steps_of(self.page):
            assert operator not in ("TJ", "'", '"'), "this way of showing text is not measured"
            step = self.STEPS.get(operator)
            if step is not None:
                step(self, operands)
        return self.found

    def _save(self, _: Any) -> None:
        self.kept.append(self.now)

    def _restore(self, _: Any) -> None:
        self.now = self.kept.pop()

    def _turn(self, operands: Any) -> None:
        self.now = (_times(_numbers(operands), self.now[0]), *self.now[1:])

    def _begin(self, operands: Any) -> None:
        self.role = ARTIFACT if operands[0] == "/Artifact" else self.roles[int(operands[1].MCID)]

    def _end(self, _: Any) -> None:
        self.role = ARTIFACT

    def _font(self, operands: Any) -> None:
        self.now = (self.now[0], str(operands[0]), float(operands[1]))

    def _leading(self, operands: Any) -> None:
        self.leading = float(operands[0])

    def _at(self, matrix: Matrix) -> None:
        self.place = self.line = matrix

    def _show(self, operands: Any) -> None:
        matrix, name, size = self.now
        codes, font, start = bytes(operands[0]), self.fonts[name], _times(self.place, matrix)
        if codes.strip():
            wide = font.width(codes.rstrip(b" ")) * size * start[0]
            self.found.append(Piece(self.number, self.role, start[4], start[4] + wide, start[5], size * start[0]))
        self.place = _times((1, 0, 0, 1, font.width(codes) * size, 0), self.place)

    STEPS: ClassVar[dict[str, Callable[[_Reader, Any], None]]] = {
        "q": _save,
        "Q": _restore,
        "cm": _turn,
        "BDC": _begin,
        "BMC": _begin,
        "EMC": _end,
        "Tf": _font,
        "TL": _leading,
        "BT": lambda reader, _: reader._at(SAME),
        "Tm": lambda reader, operands: reader._at(_numbers(operands)),
        "Td": lambda reader, operands: reader._at(_times((1, 0, 0, 1, *_numbers(operands)), reader.line)),
        "T*": lambda reader, _: reader._at(_times((1, 0, 0, 1, 0, -reader.leading), reader.line)),
        "Tj": _show,
    }


class _Font:
    """How wide the letters of an embedded subset are, in ems."""

    def __init__(self, font: Any) -> None:
        self.first = int(font.get("/FirstChar", 0))
        self.widths = [float(w) / 1000 for w in font.get("/Widths", [])]

    def width(self, codes: bytes) -> float:
        return sum(self.widths[code - self.first] for code in codes)


def _numbers(operands: Any) -> Matrix:
    return tuple(map(float, operands))


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def read(found: list[Piece]) -> dict[int, list[Piece]]:
    """What is read aloud of each page, from the top down; pages without text are missing."""
    made: dict[int, list[Piece]] = {}
    for piece in found:
        if piece.role != ARTIFACT:
            made.setdefault(piece.page, []).append(piece)
    return {page: sorted(held, key=lambda p: (-p.base, p.left)) for page, held in made.items()}


def filled(held: list[Piece]) -> float:
    """How much of the room for text is used down to the lowest line of it."""
    top = house_style.PAGE_HEIGHT - house_style.TOP
    return (top - held[-1].base) / house_style.TEXT_HEIGHT
