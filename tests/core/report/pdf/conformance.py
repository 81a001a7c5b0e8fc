"""What a machine finds against a PDF, and what it is read aloud as, which no machine rule looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import page
import pikepdf

from tests.core.report.measuring import steps_of

PROFILES = ("ua1", "2a")
"""PDF/UA-1, which screen readers rest on, and PDF/A-2a, which archives ask for."""
_MEANING = re.compile(rb"<(..)> <(....)>")
_LARGE = page.SafetyLimits.unlimited()


def faults(pdf: bytes, *profiles: str) -> list[str]:
    """What `page-validation` finds against PDF/UA-1 and PDF/A-2a; it looks at 104 rules of the one alone."""
    found = (page.validate_pdf_bytes(pdf, profile=profile, limits=_LARGE) for profile in profiles or PROFILES)
    return [f"{one.rule_id}: {one.message}" for report in found for one in report.failures]


@dataclass(frozen=True)
class Spoken:
    """An element of the structure tree with text or a text alternative of its own, as it would be read."""

    role: str
    text: str
    alt: str
    page: int


def spoken(pdf: bytes) -> list[Spoken]:
    """What is read of the document, in the order of its structure tree; no space is added to those of the file."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        texts = {at: text for number, one in enumerate(opened.pages) for at, text in _pieces(number, one)}
        numbers = {one.obj.objgen: number for number, one in enumerate(opened.pages)}
        return [*_walk(opened.Root.StructTreeRoot.K, None, numbers, texts)]


def read_aloud(pdf: bytes) -> str:
    """All of it at once; between elements stands what the file has there."""
    return "".join(one.text for one in spoken(pdf))


def _walk(element: Any, above: Any, numbers: dict[Any, int], texts: dict[tuple[int, int], str]) -> Iterator[Spoken]:
    """An element, then the elements in it."""
    on = element.get("/Pg", above)
    held = element.get("/K", [])
    kids = list(held) if isinstance(held, pikepdf.Array) else [held]
    pieces: list[tuple[Any, Any]] = [
        (kid.get("/Pg", on), kid.MCID) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid
    ]
    pieces += [(on, kid) for kid in kids if isinstance(kid, int)]
    text = "".join(texts.get((numbers[where.objgen], int(number)), "") for where, number in pieces)
    if text or "/Alt" in element:
        first = numbers[pieces[0][0].objgen] if pieces else 0
        yield Spoken(str(element.S).lstrip("/"), text, str(element.get("/Alt", "")), first + 1)
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _walk(kid, on, numbers, texts)


def _pieces(number: int, one: pikepdf.Page) -> Iterator[tuple[tuple[int, int], str]]:
    """The text of every marked piece of a page."""
    fonts = {str(name): _letters(font) for name, font in one.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    piece, held = None, list[str]()
    for operands, operator in steps_of(one):
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator == "BDC" and "/MCID" in operands[1]:
            piece, held = int(operands[1].MCID), []
        elif operator == "EMC" and piece is not None:
            yield (number, piece), "".join(held)
            piece = None
        elif operator == "Tj":
            held.append("".join(letters[code] for code in bytes(operands[0])))


def _letters(font: Any) -> dict[int, str]:
    """What the codes of a font mean."""
    found = _MEANING.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): chr(int(letter, 16)) for code, letter in found}
