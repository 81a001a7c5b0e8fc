"""The Word document, read back."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document as open_word
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.report.chart_blocks import Dumbbells, Tiles
from reviewapp.report.docx.ooxml import bookmark_name
from reviewapp.report.docx.render import docx_bytes
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Cards, Column, Heading, Paragraph, Profile, Quote, Table, anchors, computed_numbers
from tests.core.report.building import empty_visit, report, rich_visit, saying
from tests.core.report.drawn import told_pictures
from tests.core.report.pdf.test_pdf import HOSTILE, all_blocks, coded, document, words
from tests.core.report.reading import as_pdf_shows, as_word_shows, pdf_text, word_lines
from tests.core.report.word_schema import schema_faults


@cache
def host_word() -> bytes:
    """The document for the host, written once."""
    return docx_bytes(report())


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@settings(max_examples=12)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_what_is_typed_comes_back_exactly_or_is_signed(typed):
    shown = as_word_shows(typed)
    lines = word_lines(docx_bytes(all_blocks(typed)))
    assert lines.count(shown) >= 5
    assert f"“{shown}”\n— P1, patient" in lines


@settings(max_examples=15)
@given(coded)
def test_what_looks_like_code_comes_back_from_every_block(typed):
    lines = word_lines(docx_bytes(all_blocks(typed)))
    assert lines.count(as_word_shows(typed)) >= 5


def test_code_is_printed_as_typed():
    text = "\n".join(word_lines(docx_bytes(report(saying(HOSTILE)))))
    assert text.count(as_word_shows(HOSTILE)) >= 8


def test_a_word_of_20000_letters_is_kept():
    assert "x" * 20_000 in word_lines(docx_bytes(all_blocks("x" * 20_000)))


def test_word_and_pdf_say_the_same():
    made = report()
    printed, written = pdf_text(pdf_bytes(made)), "".join(word_lines(host_word()))
    for block in made.parts:
        for runs in _texts(block):
            assert as_pdf_shows(plain_text(runs)) in printed
            assert plain_text(runs) in written
    for number in computed_numbers([b for b in made.parts if not isinstance(b, Tiles | Dumbbells)]):
        assert number.text in written


def _texts(block):
    if isinstance(block, Heading | Paragraph):
        return [block.runs]
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return []


def test_headings_captions_and_quotes_are_real_styles():
    made = report()
    word = open_word(BytesIO(host_word()))
    styles = [p.style.name for p in word.paragraphs if p.style is not None]
    for level in (1, 2, 3):
        wanted = sum(1 for b in made.parts if isinstance(b, Heading) and b.level == level)
        assert styles.count(f"Heading {level}") == wanted
    assert styles.count("Quote") == sum(1 for b in made.parts if isinstance(b, Quote))
    captions = [b for b in made.parts if isinstance(b, Table | Tiles) and b.caption]
    assert styles.count("Caption") == len(captions) + sum(1 for b in made.parts if isinstance(b, Dumbbells))


def test_table_heads_repeat_on_every_page():
    made = report()
    tables = open_word(BytesIO(host_word())).tables[1:]  # the first is the ground of the cover
    headed = [table for table in tables if table.rows[0].cells[0].paragraphs[0].style.name != "Card title"]
    assert len(headed) == sum(1 for b in made.parts if isinstance(b, Table))
    assert len(tables) - len(headed) == sum(1 for b in made.parts if isinstance(b, Cards))
    for table in headed:
        properties = table.rows[0]._tr.trPr
        assert properties is not None and properties.find(f"{W}tblHeader") is not None


def test_charts_have_words_for_those_who_cannot_see_them():
    made = report()
    word = open_word(BytesIO(host_word()))
    alts = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert alts == told_pictures(made)


def test_draft_is_in_the_head_of_every_page():
    word = open_word(BytesIO(host_word()))
    assert [s.header.paragraphs[0].text for s in word.sections] == ["DRAFT – Example Team – 17 November 2026"]
    assert not word.sections[0].different_first_page_header_footer


def test_the_contents_lead_to_the_headings():
    root = ElementTree.fromstring(_parts(host_word())["word/document.xml"])
    names = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    lines = [
        line for line in root.iter(f"{W}p") if any("PAGEREF" in (one.text or "") for one in line.iter(f"{W}instrText"))
    ]
    links = [found.get(f"{W}anchor") for line in lines for found in line.iter(f"{W}hyperlink")]
    assert len(links) > 10
    assert set(links) <= names
    instructions = [(field.text or "").split() for field in root.iter(f"{W}instrText")]
    pages = [words[1] for words in instructions if words[0] == "PAGEREF"]
    assert pages == links
    assert b"<w:updateFields" in _parts(host_word())["word/settings.xml"]


def test_bookmarks_are_named_after_the_parts_and_stay_the_same_in_every_draft():
    ids = list(anchors(report().parts))
    root = ElementTree.fromstring(_parts(host_word())["word/document.xml"])
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert names == [f"visit_{report().visit}", *(bookmark_name(part) for part in ids)]
    assert bookmark_name("summary") == "part_summary"
    assert bookmark_name("standard-12") == "part_standard_12"


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=8))
def test_bookmarks_are_names_that_word_takes_and_no_two_parts_share_one(parts):
    names = [bookmark_name(part) for part in parts]
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    assert len({name.lower() for name in names}) == len(parts)


@pytest.mark.parametrize("profile", ["committee", "host", "circulation"])
def test_word_need_not_repair_a_report(profile):
    assert schema_faults(docx_bytes(report(profile=profile))) == []


def test_word_need_not_repair_any_kind_of_block():
    assert schema_faults(docx_bytes(all_blocks(HOSTILE))) == []


def test_the_schema_is_really_asked():
    broken = docx_bytes(report()).replace(b"word/header1.xml", b"word/header9.xml")
    assert schema_faults(broken)


def test_nothing_of_the_template_is_handed_on():
    parts = _parts(host_word())
    assert not [name for name in parts if "customXml" in name or "thumbnail" in name or "WithEffects" in name]
    assert b"w:rsid " not in parts["word/settings.xml"]
    styles = open_word(BytesIO(host_word())).styles
    assert len(list(styles)) < 40


def test_the_language_is_british_english():
    styles = _parts(host_word())["word/styles.xml"].decode()
    assert 'w:lang w:val="en-GB"' in styles or 'w:val="en-GB"' in styles
    assert "en-US" not in styles.split("w:latentStyles")[0].replace('w:eastAsia="en-US"', "")


@pytest.mark.parametrize("state", [rich_visit(), empty_visit()])
def test_the_same_visit_gives_the_same_bytes(state):
    assert docx_bytes(report(state)) == docx_bytes(report(state))


def test_no_quote_without_consent_and_no_note_for_the_host_leaks_into_the_file():
    secrets: dict[Profile, str] = {"host": "WITHOUT CONSENT", "circulation": "ONLY FOR THE HOST"}
    for profile, secret in secrets.items():
        for part in _parts(docx_bytes(report(profile=profile))).values():
            assert secret.encode() not in part


def _parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_small_table_stands_on_one_page_and_the_beginning_of_a_long_one_with_its_rows():
    body = tuple((words(f"Row {n}"),) for n in range(12))
    for many, kept in ((4, 4), (12, 2)):
        table = Table(caption="Rows", columns=(Column(title="Row"),), rows=body[:many])
        made = open_word(BytesIO(docx_bytes(document(table)))).tables[0]
        found = [bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in made.column_cells(0)]
        assert found == [True] * kept + [False] * (many + 1 - kept)


def test_a_link_leads_to_the_bookmark_of_what_it_names():
    made = docx_bytes(report(rich_visit()))
    xml = ZipFile(BytesIO(made)).read("word/document.xml").decode()
    names = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    wanted = set(re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', xml))
    assert wanted <= names
    assert any(one.startswith("part_improvement_") for one in wanted)
