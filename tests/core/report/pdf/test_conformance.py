"""Every PDF is one for everybody (PDF/UA-1) and one for ever (PDF/A-2a), also in what no machine rule looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import pikepdf
import pytest

from reviewapp.report.chart_blocks import Group
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.pdf.srgb import srgb_profile
from reviewapp.report.runs import Run, Text, plain_text
from reviewapp.report.tree import Column, Document, Fact, Facts, Heading, Listing, Paragraph, Table
from tests.core.report.building import report
from tests.core.report.pdf.conformance import faults, read_aloud, spoken
from tests.core.report.pdf.test_pdf import HOSTILE, all_blocks, document
from tests.core.report.sampled import sample_report

DOCUMENTS = {
    "every part": report,
    "every block over pages": lambda: all_blocks("words that run on " * 400),
    "what is typed": lambda: all_blocks(HOSTILE),
    "sample": sample_report,
}
LONG = f"https://example.org/{'path/' * 60}end"


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def made(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    found = DOCUMENTS[request.param]()
    return found, pdf_bytes(found)


def test_the_checker_finds_nothing_against_either(made: tuple[Document, bytes]) -> None:
    assert faults(made[1]) == []


def test_the_checker_finds_what_is_wrong(made: tuple[Document, bytes]) -> None:
    _, pdf = made
    assert "PDFUA1-ID-PART-001" in str(faults(pdf.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"), "ua1"))
    assert faults(pdf_bytes(made[0], tagged=False), "2a")


def test_words_do_not_run_together_when_they_are_read_aloud(made: tuple[Document, bytes]) -> None:
    whole = spaced(read_aloud(made[1]))
    for words in texts(made[0].parts):
        assert spaced(words) in whole


def texts(part: Any) -> Iterator[str]:
    """Every text of the tree that is printed as it is; what a chart draws is in a table too."""
    if isinstance(part, tuple) and part and all(isinstance(run, Run) for run in part):
        yield plain_text(part)
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif isinstance(part, msgspec.Struct) and not isinstance(part, Group):
        for name in part.__struct_fields__:
            yield from texts(getattr(part, name))


def spaced(text: str) -> str:
    """As it is heard: any white space is one space, and what has no sign is said by its number."""
    from reviewapp.report.escape import one_line
    from reviewapp.report.fonts import register

    return one_line(text, register())


@pytest.mark.parametrize("bold", [False, True])
def test_a_word_too_long_for_a_line_is_read_as_one(bold: bool) -> None:
    runs = (Text(text=f"See {LONG} and "), Text(text=f"{LONG}\n{LONG}", bold=bold), Text(text=" soon."))
    pdf = pdf_bytes(document(Paragraph(runs=runs), Paragraph(runs=(Text(text=f"Or {LONG} {LONG} later"),))))
    assert spaced(read_aloud(pdf)) == f"See {LONG} and {LONG} {LONG} soon. Or {LONG} {LONG} later"


def test_a_label_is_told_from_what_it_labels() -> None:
    said = Fact(label="Date of visit", runs=(Text(text="17 November 2026"),))
    alone, facts = Facts(rows=(said,)), Facts(rows=(said, said))
    points = Listing(items=((Text(text="first\nline"),), (Text(text="second"),)), ordered=True)
    found = [(one.role, one.text) for one in spoken(pdf_bytes(document(alone, facts, points)))]
    assert found == [
        ("P", "Date of visit 17 November 2026 "),
        *2 * [("Lbl", "Date of visit "), ("LBody", "17 November 2026 ")],
        ("Lbl", "1. "),
        ("LBody", "first line "),
        ("Lbl", "2. "),
        ("LBody", "second "),
    ]


def test_lists_side_by_side_are_read_one_after_the_other_and_are_no_rows() -> None:
    columns = (Column(title="Strong"), Column(title="Weak"))
    cells = (("kind", "late"), ("quick", ""), ("clear", "far\naway"))
    rows = tuple(((Text(text=one),), (Text(text=other),)) for one, other in cells)
    beside = Table(caption="", columns=columns, rows=rows, lists=True)
    title = Heading(level=1, runs=(Text(text="Both"),), id="a")
    made = pdf_bytes(document(title, beside))
    assert faults(made) == []
    assert [(one.role, one.text) for one in spoken(made)] == [
        ("H1", "Both "),
        ("P", "Strong "),
        *(("LBody", f"{one} ") for one in ("kind", "quick", "clear")),
        ("P", "Weak "),
        *(("LBody", f"{one} ") for one in ("late", "far away")),
    ]


def test_no_code_of_a_font_means_nothing(made: tuple[Document, bytes]) -> None:
    with pikepdf.open(BytesIO(made[1])) as opened:
        maps = [font.ToUnicode.read_bytes() for one in opened.pages for font in one.resources.Font.values()]
    assert maps and not any(re.search(rb"> <0000>", one) for one in maps)
    for one in maps:
        assert all(int(count) <= 100 for count in re.findall(rb"(\d+) beginbfchar", one))


def test_no_stream_has_an_empty_list_of_filters_or_ends_without_a_line_end(made: tuple[Document, bytes]) -> None:
    assert not re.search(rb"/Filter \[\s*\]", made[1])
    assert made[1].count(b"endstream\n") == len(re.findall(rb"\r?\nendstream\n", made[1]))


def test_file_and_metadata_give_the_same_title_subject_author_and_date(made: tuple[Document, bytes]) -> None:
    with pikepdf.open(BytesIO(made[1])) as opened, opened.open_metadata() as said:
        assert said["dc:title"] == opened.docinfo["/Title"] != ""
        assert said["dc:description"] == opened.docinfo["/Subject"]
        assert said.get("dc:creator", [""]) == [str(opened.docinfo["/Author"])]
        assert said["pdf:Producer"] == opened.docinfo["/Producer"]
        assert said["xmp:CreatorTool"] == opened.docinfo["/Creator"]
        day = made[0].made
        assert said["xmp:CreateDate"] == said["xmp:ModifyDate"] == day
        assert opened.docinfo["/CreationDate"] == opened.docinfo["/ModDate"] == f"D:{day.replace('-', '')}"


def test_a_moment_is_the_same_in_file_and_metadata() -> None:
    moment = msgspec.structs.replace(document(), made="2026-03-29T01:30:00+01:00")
    with pikepdf.open(BytesIO(pdf_bytes(moment))) as opened, opened.open_metadata() as said:
        assert said["xmp:ModifyDate"] == "2026-03-29T00:30:00Z"
        assert opened.docinfo["/ModDate"] == "D:20260329003000Z"


def test_the_colours_of_a_file_are_those_of_srgb() -> None:
    from PIL import Image, ImageCms

    ours = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    theirs = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    steps = [*range(0, 256, 15)]
    colours = Image.new("RGB", (len(steps) ** 2, len(steps)))
    colours.putdata([(r, g, b) for r in steps for g in steps for b in steps])
    seen = ImageCms.profileToProfile(colours, ours, theirs)
    assert seen is not None
    assert max(abs(a - b) for a, b in zip(colours.tobytes(), seen.tobytes(), strict=True)) <= 1
    with pikepdf.open(BytesIO(pdf_bytes(document()))) as opened:
        (intent,) = opened.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()
