"""The pictures of the Word document."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor

from reviewapp.report import fonts
from reviewapp.report.docx.image import Pictures, png


def drawing(text: str, *, colour: str = "#204060", left: float = 2) -> Drawing:
    box = Rect(left, 2, 30, 10, fillColor=HexColor(colour), strokeColor=HexColor("#000000"), strokeWidth=1)
    words = String(40, 4, text, fontName=fonts.REGULAR, fontSize=9, fillColor=HexColor("#000000"))
    made = Drawing(90, 20)
    made.add(box)
    made.add(words)
    return made


def test_pictures_that_look_alike_are_painted_once_and_others_by_themselves() -> None:
    pictures = Pictures()
    first = pictures.png(drawing("Survey"))
    assert first == png(drawing("Survey")) and pictures.png(drawing("Survey")) is first
    for other in (drawing("Surveys"), drawing("Survey", colour="#204061"), drawing("Survey", left=3)):
        assert pictures.png(other) == png(other) != first
