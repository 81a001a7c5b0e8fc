"""Spreadsheets made to keep a reader busy: a few kilobytes that unfold to millions of what there is in a workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_N = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>number</t></is></c></row>'
_LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
_STYLE = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
K = 1_000


def book(
    cells: str = HEAD, *, strings: str = "", styles: str = "", names: str = "", types: str = "", related: str = "",
    before: str = "", after: str = "", sheets: str = '<sheet name="S" sheetId="1" r:id="rId1"/>',
    parts: dict[str, str | bytes] | None = None,
) -> bytes:  # fmt: skip
    """A workbook of one sheet with these pieces of XML in it; `parts` are added or stand instead of its own."""
    styles = styles or (
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{_STYLE}</cellXfs>"
    )
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles",
             "sharedStrings": "sharedStrings"}  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")), 1
        )
    )
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{overrides}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}{related}'
        "</Relationships>",
        "xl/workbook.xml": f"<workbook {_N}><sheets>{sheets}</sheets>{names}</workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_N}>{before}<sheetData>{cells}</sheetData>{after}</worksheet>",
        "xl/styles.xml": f"<styleSheet {_N}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_N}>{strings}</sst>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (made | (parts or {})).items():
            archive.writestr(name, content)
    return stream.getvalue()


def _comments(content: str) -> dict[str, str | bytes]:
    related = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/comments" '
        'Target="../comments1.xml"/></Relationships>'
    )
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": related,
        "xl/comments1.xml": f"<comments {_N}><authors><author>a</author></authors><commentList>{content}"
        "</commentList></comments>",
    }


def _zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return stream.getvalue()


def _parts(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), "")
    return stream.getvalue()


def _formatted(code: str) -> bytes:
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><fonts><font/></fonts>'
        '<cellXfs><xf numFmtId="200" fontId="0"/></cellXfs>'
    )
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="0"><v>{r}.5</v></c></row>' for r in range(1, 2_000))
    return book(rows, styles=styles)


def _in(tag: str, *content: str) -> str:
    return f"<{tag}>{''.join(content)}</{tag}>"


def _named(count: int) -> str:
    return "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count))


_SPREAD = '<col min="{}" max="16384" hidden="1"/>'
_FORMAT = '<numFmt numFmtId="{}" formatCode="0.0"/>'
_SHARED = '<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">{}1</f></c></row>'.format("A1+" * 2_000)
_AREA = '<definedName name="_xlnm.Print_Area" localSheetId="0">{}S!$A$1</definedName>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_CSV = b"number,type,section,statement\n"

HOSTILE: dict[str, Callable[[], bytes]] = {
    "cells without a value.xlsx": lambda: book(_in("row", "<c/>" * 700 * K)),
    "cells.xlsx": lambda: book(_in("row", "<c><v>1</v></c>" * 100) * 2 * K),
    "one row.xlsx": lambda: book(_in("row", "<c/>" * 500 * K)),
    "empty rows.xlsx": lambda: book("<row/>" * 550 * K),
    "the last column.xlsx": lambda: book('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
    "columns beyond the last.xlsx": lambda: book('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'),
    "a row beyond the last.xlsx": lambda: book('<row r="{}"><c r="A1"><v>1</v></c></row>'.format("9" * 30)),
    "a size that lies.xlsx": lambda: book(before='<dimension ref="A1:XFD1048576"/>'),
    "hidden columns.xlsx": lambda: book(before=_in("cols", *(_SPREAD.format(n % 16384) for n in range(1, 100 * K)))),
    "columns that lie.xlsx": lambda: book(before='<cols><col min="-9" max="99999999999999" hidden="1"/></cols>'),
    "defined names.xlsx": lambda: book(
        names=_in("definedNames", '<definedName name="n">S!$A$1</definedName>' * 400 * K)
    ),
    "a print area.xlsx": lambda: book(names=_in("definedNames", _AREA.format("S!$A$1," * 300 * K))),
    "shared strings.xlsx": lambda: book(strings="<si><t>a</t></si>" * 500 * K),
    "a string in pieces.xlsx": lambda: book(strings=_in("si", "<r><t>a</t></r>" * 140 * K)),
    "a long string many times.xlsx": lambda: book(
        _in("row", '<c t="s"><v>0</v></c>' * 100) * K, strings=_in("si", _in("t", ("x" * 9_000 + "&#13;") * 2))
    ),
    "one text.xlsx": lambda: book(strings=_in("si", _in("t", "x" * 40 * K * K))),
    "styles.xlsx": lambda: book(styles=_in("cellXfs", _STYLE * 700 * K)),
    "fonts.xlsx": lambda: book(styles=_in("fonts", "<font><b/></font>" * 400 * K)),
    "differential styles.xlsx": lambda: book(styles=_in("dxfs", "<dxf/>" * 700 * K)),
    "number formats.xlsx": lambda: book(styles=_in("numFmts", *(_FORMAT.format(n) for n in range(200, 100 * K)))),
    "brackets in a format.xlsx": lambda: _formatted("[" * 100 * K),
    "digits in a format.xlsx": lambda: _formatted("0." + "0" * 250),
    "merged cells.xlsx": lambda: book(after=_in("mergeCells", '<mergeCell ref="A1:XFD1048576"/>' * 700 * K)),
    "validations.xlsx": lambda: book(after=_in("dataValidations", '<dataValidation sqref="A1:A1048576"/>' * 700 * K)),
    "rules of looks.xlsx": lambda: book(
        after='<conditionalFormatting sqref="A1"><cfRule priority="1"/></conditionalFormatting>' * 250 * K
    ),
    "links.xlsx": lambda: book(after=_in("hyperlinks", '<hyperlink ref="A1:XFD1048576"/>' * 700 * K)),
    "shared formulas.xlsx": lambda: book(_SHARED + _in("row", '<c r="B2"><f t="shared" si="0"/></c>' * 10 * K)),
    "sheets.xlsx": lambda: book(sheets=_named(50 * K)),
    "a sheet many times.xlsx": lambda: book(HEAD + "<row><c/></row>" * 10 * K, sheets=_named(200)),
    "kinds of parts.xlsx": lambda: book(types='<Override PartName="/a" ContentType="b"/>' * 700 * K),
    "relations.xlsx": lambda: book(related='<Relationship Id="r" Type="t" Target="x"/>' * 700 * K),
    "comments.xlsx": lambda: book(
        parts=_comments('<comment ref="A1" authorId="0"><text><t>a</t></text></comment>' * 30 * K)
    ),
    "a comment in pieces.xlsx": lambda: book(
        parts=_comments('<comment ref="A1" authorId="0"><text>{}</text></comment>'.format("<t/>" * 700 * K))
    ),
    "properties.xlsx": lambda: book(parts={"docProps/core.xml": _in("a", "<b/>" * 900 * K)}),
    "billion laughs.xlsx": lambda: book(
        parts={"xl/sharedStrings.xml": f"{_LAUGHS}<sst {_N}><si><t>&j;</t></si></sst>"}
    ),
    "laughs in a name.xlsx": lambda: book(
        parts={"xl/workbook.xml": f"{_LAUGHS}<workbook {_N}>{_in('sheets', _named(2).replace('S1', '&j;'))}</workbook>"}
    ),
    "an outside entity.xlsx": lambda: book(
        parts={"xl/sharedStrings.xml": f"{_OUTSIDE}<sst {_N}><si><t>&e;</t></si></sst>"}
    ),
    "deep.xlsx": lambda: book(after="<x>" * 250 * K + "</x>" * 250 * K),
    "deep styles.xlsx": lambda: book(styles="<x>" * 250 * K + "</x>" * 250 * K),
    "attributes.xlsx": lambda: book(after="<x " + " ".join(f'a{n}="1"' for n in range(200 * K)) + "/>"),
    "a zip within.xlsx": lambda: book(parts={"xl/embeddings/a.zip": _zipped(_zipped(b"0" * 10 * K * K))}),
    "parts.xlsx": lambda: _parts(20 * K),
    "commas.csv": lambda: _CSV + b"," * 19 * K * K,
    "lines.csv": lambda: _CSV + b"\n" * 19 * K * K,
    "quotes.csv": lambda: b'"' * 19 * K * K,
    "blanks.csv": lambda: _CSV + (b" " * 100 + b",") * 100 * K,
    "emoji.csv": lambda: _CSV + ("1,1,a," + "\N{GRINNING FACE}" * 3_000 + "\n").encode() * K,
}
"""Name of a file → what makes it."""
