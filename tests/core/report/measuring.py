"""Measuring a finished PDF: every piece of text with its place, size and what it is read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from reviewapp.report import look

MARKED = ("BDC", "BMC")
ARTIFACT = "Artifact"


@dataclass(frozen=True)
class Piece:
    """Text drawn at once. `page` from 1; `left`, `right`, `base` in points from the lower left corner."""

    page: int
    role: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class _Graphics:
    """The part of the graphics state that moves text."""

    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    font: str = ""
    size: float = 0.0


def pieces(pdf: bytes) -> list[Piece]:
    """Every piece of text of the document, page after page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        parents = opened.Root.StructTreeRoot.ParentTree.Nums
        held = {int(parents[i]): parents[i + 1] for i in range(0, len(parents), 2)}
        found: list[Piece] = []
        for number, page in enumerate(opened.pages, 1):
            elements = held[int(page.obj.StructParents)]
            roles = [str(element.S).lstrip("/") for element in elements]
            found += _page(number, page, roles)
        return found


def _page(number: int, page: Any, roles: list[str]) -> Iterator[Piece]:
    fonts = {str(name): _Font(font) for name, font in page.resources.Font.items()}
    now, kept, role = _Graphics(), [], ARTIFACT
    place = line = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    leading = 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(_Graphics(now.matrix, now.font, now.size))
            case "Q":
                now = kept.pop()
            case "cm":
                now.matrix = _times(tuple(map(float, operands)), now.matrix)
            case "BDC" | "BMC":
                role = roles[int(operands[1].MCID)] if len(operands) == 2 else ARTIFACT
            case "EMC":
                role = ARTIFACT
            case "BT":
                place = line = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
            case "Tf":
                now.font, now.size = str(operands[0]), float(operands[1])
            case "TL":
                leading = float(operands[0])
            case "Tm":
                place = line = tuple(map(float, operands))
            case "Td":
                place = line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
            case "T*":
                place = line = _times((1, 0, 0, 1, 0, -leading), line)
            case "Tj":
                codes, font, start = bytes(operands[0]), fonts[now.font], _times(place, now.matrix)
                if codes.strip():
                    wide = font.width(codes.rstrip(b" ")) * now.size * start[0]
                    yield Piece(number, role, start[4], start[4] + wide, start[5], now.size * start[0])
                place = _times((1, 0, 0, 1, font.width(codes) * now.size, 0), place)
            case "TJ" | "'" | '"':
                raise AssertionError(f"{operator} is not measured")


class _Font:
    """How wide the letters of an embedded subset are, in ems."""

    def __init__(self, font: Any) -> None:
        self.first = int(font.get("/FirstChar", 0))
        self.widths = [float(w) / 1000 for w in font.get("/Widths", [])]

    def width(self, codes: bytes) -> float:
        return sum(self.widths[code - self.first] for code in codes)


def _times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
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
    top = look.PAGE_HEIGHT - look.TOP
    return (top - held[-1].base) / look.TEXT_HEIGHT
