"""What a screen reader is given: everything drawn is in the tree or an artifact, in reading order."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Contents, Heading, Quote, Table
from tests.core.report.building import report
from tests.core.report.drawn import headings, told_pictures
from tests.core.report.measuring import steps_of
from tests.core.report.pdf.test_pdf import all_blocks, document, words
from tests.core.report.sampled import sample_report

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do"}


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(BytesIO(pdf_bytes(report()))) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_pdf():
    """Every kind of block running over pages."""
    with pikepdf.open(BytesIO(pdf_bytes(all_blocks("words that run on " * 400)))) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_pdf():
    """The report of the sample visit."""
    with pikepdf.open(BytesIO(pdf_bytes(sample_report()))) as opened:
        yield opened


every_pdf = pytest.mark.parametrize("name", ["pdf", "long_pdf", "sample_pdf"])


def elements(pdf):
    """Every element of the tree in reading order, with its kids."""

    def walk(element):
        yield element
        held = element.get("/K", [])
        for kid in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid)

    yield from walk(pdf.Root.StructTreeRoot.K)


def parents(pdf):
    """The parent tree: what each key of a page or a link leads to."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


@every_pdf
def test_everything_drawn_is_in_the_tree_or_an_artifact(name, request):
    for page in request.getfixturevalue(name).pages:
        depth = 0
        for _, operator in steps_of(page):
            if operator in ("BDC", "BMC"):
                depth += 1
                assert depth == 1, "marked pieces must not lie within each other"
            elif operator == "EMC":
                depth -= 1
            elif operator in PAINTS:
                assert depth == 1
        assert depth == 0


@every_pdf
def test_each_piece_of_a_page_leads_to_its_own_element(name, request):
    opened = request.getfixturevalue(name)
    drawn = {place: element.objgen for element in elements(opened) for place in pieces_of(element)}
    held = parents(opened)
    seen = set()
    for page in opened.pages:
        pieces = [o[1].MCID for o, op in steps_of(page) if op == "BDC" and o[0] != "/Artifact"]
        leads_to = held[int(page.obj.StructParents)]
        assert [int(piece) for piece in pieces] == list(range(len(leads_to)))
        for number, element in enumerate(leads_to):
            assert drawn[(page.obj.objgen, number)] == element.objgen
            seen.add((page.obj.objgen, number))
        assert page.obj.Tabs == "/S"
    assert seen == set(drawn), "the tree names pieces that no page has"


def pieces_of(element):
    """The marked pieces an element names: page and number."""
    held = element.get("/K", [])
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)


@every_pdf
def test_the_parts_of_the_tree_know_what_they_are_part_of(name, request):
    opened = request.getfixturevalue(name)
    for element in elements(opened):
        held = element.get("/K", [])
        for kid in held if isinstance(held, pikepdf.Array) else []:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


@every_pdf
def test_every_link_is_an_element_of_its_own_and_says_where_it_leads(name, request):
    opened = request.getfixturevalue(name)
    held = parents(opened)
    links = [link for page in opened.pages for link in page.obj.get("/Annots", [])]
    assert links
    for link in links:
        element = held[int(link.StructParent)]
        assert element.S == "/Link"
        assert [kid.Obj.objgen for kid in element.K if kid.get("/Type") == "/OBJR"].count(link.objgen) == 1
        assert str(link.Contents).strip()


def test_headings_are_read_in_order_with_their_levels(pdf):
    levels = [f"/H{level}" for level in headings(report())]
    assert [str(e.S) for e in elements(pdf) if str(e.S) in ("/H1", "/H2", "/H3")] == levels


@every_pdf
def test_headings_never_jump_a_level(name, request):
    opened = request.getfixturevalue(name)
    levels = [int(str(e.S)[2]) for e in elements(opened) if str(e.S) in ("/H1", "/H2", "/H3")]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_no_heading_is_empty(typed):
    made = document(Contents(title="Contents"), Heading(level=1, runs=words(typed), id="a"))
    with pikepdf.open(BytesIO(pdf_bytes(made))) as opened:
        assert [mark.title for mark in opened.open_outline().root] == ["–"]
        piece = next(e for e in elements(opened) if e.S == "/H1")
        shown = [o[0] for page in opened.pages for o, op in steps_of(page) if op == "Tj"]
        assert piece.K == 0
        assert all(bytes(codes).strip() for codes in shown)


def test_tables_have_rows_of_named_cells(pdf):
    tables = [b for b in report().parts if isinstance(b, Table) and not b.lists]
    found = [e for e in elements(pdf) if e.S == "/Table"]
    assert len(found) == len(tables)
    for element, table in zip(found, tables, strict=True):
        rows = [kid for kid in element.K if kid.S == "/TR"]
        assert len(rows) == len(table.rows) + 1
        assert {len(row.K) for row in rows} == {len(table.columns)}
        assert all(cell.S == "/TH" and cell.A.Scope == "/Column" for cell in rows[0].K)
        assert all(row.K[0].S == "/TH" and row.K[0].A.Scope == "/Row" for row in rows[1:])


def test_charts_are_figures_with_words(pdf):
    alts = [str(e.Alt) for e in elements(pdf) if e.S == "/Figure"]
    assert alts == told_pictures(report())


def test_quotes_are_quotes(pdf):
    assert sum(1 for e in elements(pdf) if e.S == "/BlockQuote") == sum(
        1 for b in report().parts if isinstance(b, Quote)
    )


def test_points_of_a_list_are_its_items(pdf):
    lists = [e for e in elements(pdf) if e.S == "/L"]
    assert lists
    for element in lists:
        assert all(item.S == "/LI" and [kid.S for kid in item.K][-1] == "/LBody" for item in element.K)


def test_the_contents_are_a_list_of_links(pdf):
    assert any(isinstance(b, Contents) for b in report().parts)
    items = [e for e in elements(pdf) if e.S == "/TOCI"]
    assert len(items) > 10
    assert all(item.K[0].S == "/Reference" and item.K[0].K[0].S == "/Link" for item in items)


def test_the_file_says_that_it_is_tagged_and_in_which_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as described:
        assert described["dc:title"] == "Peer review report: Example Team, 17 November 2026"
        assert described["pdfuaid:part"] == "1"


def test_every_heading_is_a_bookmark(sample_pdf):
    def count(entries):
        return sum(1 + count(entry.children) for entry in entries)

    with sample_pdf.open_outline() as outline:
        assert count(outline.root) == sum(isinstance(b, Heading) for b in sample_report().parts)


@every_pdf
def test_every_font_is_in_the_file_with_what_its_letters_mean(name, request):
    for page in request.getfixturevalue(name).pages:
        for font in page.resources.Font.values():
            assert font.FontDescriptor.FontFile2.read_bytes()
            assert font.ToUnicode.read_bytes()
            assert str(font.BaseFont)[7] == "+", "only the letters that are used"


def test_every_figure_says_where_on_its_page_it_is(pdf):
    figures = [e for e in elements(pdf) if e.S == "/Figure"]
    for figure in figures:
        left, bottom, right, top = map(float, figure.A.BBox)
        wide, high = map(float, figure.Pg.MediaBox[2:])
        assert figure.A.O == "/Layout"
        assert 0 < left < right < wide and 0 < bottom < top < high


def test_head_and_foot_of_a_page_are_told_from_its_text(pdf):
    for number, page in enumerate(pdf.pages):
        artifacts = [o[1] for o, op in steps_of(page) if op == "BDC" and o[0] == "/Artifact"]
        assert {str(a.Type) for a in artifacts} == {"/Pagination"}
        found = [str(a.Subtype) for a in artifacts]
        assert found == (["/Header", "/Footer"] if number else ["/Watermark"])


def test_a_link_says_the_words_of_the_heading_that_it_leads_to(pdf):
    headings = [b for b in report().parts if isinstance(b, Heading)]
    named = dict.fromkeys(plain_text(b.shown) for b in headings if b.named)
    links = dict.fromkeys(str(link.Contents) for page in pdf.pages for link in page.obj.get("/Annots", []))
    assert [one for one in links if one in named] == list(named)
    assert set(links) <= {" ".join(plain_text(b.shown).split()) for b in headings}, (
        "the others are of the decision sheet"
    )
