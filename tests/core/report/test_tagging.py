"""What a screen reader is given: everything drawn is in the tree or an artifact, in reading order."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from reviewapp.report.pdf import pdf_bytes
from reviewapp.report.tree import Chart, Contents, Heading, Table
from tests.core.report.building import report
from tests.core.report.test_pdf import all_blocks

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


@pytest.mark.parametrize("name", ["pdf", "long_pdf"])
def test_everything_drawn_is_in_the_tree_or_an_artifact(name, request):
    for page in request.getfixturevalue(name).pages:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                depth += 1
                assert depth == 1, "marked pieces must not lie within each other"
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in PAINTS:
                assert depth == 1
        assert depth == 0


@pytest.mark.parametrize("name", ["pdf", "long_pdf"])
def test_each_piece_of_a_page_leads_to_its_own_element(name, request):
    opened = request.getfixturevalue(name)
    known = {element.objgen for element in elements(opened)}
    held = parents(opened)
    for page in opened.pages:
        pieces = [o[1].MCID for o, op in pikepdf.parse_content_stream(page) if str(op) == "BDC" and len(o) == 2]
        leads_to = held[int(page.obj.StructParents)]
        assert [int(piece) for piece in pieces] == list(range(len(leads_to)))
        assert all(element.objgen in known for element in leads_to)
        assert page.obj.Tabs == "/S"


def test_every_link_is_an_element_of_its_own(pdf):
    held = parents(pdf)
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert links
    assert all(held[int(link.StructParent)].S == "/Link" for link in links)


def test_headings_are_read_in_order_with_their_levels(pdf):
    levels = [f"/H{b.level}" for b in report().parts if isinstance(b, Heading)]
    assert [str(e.S) for e in elements(pdf) if str(e.S) in ("/H1", "/H2", "/H3")] == levels


def test_tables_have_rows_of_named_cells(pdf):
    tables = [b for b in report().parts if isinstance(b, Table)]
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
    assert alts == [b.alt for b in report().parts if isinstance(b, Chart)]


def test_the_contents_are_a_list_of_links(pdf):
    assert any(isinstance(b, Contents) for b in report().parts)
    items = [e for e in elements(pdf) if e.S == "/TOCI"]
    assert len(items) > 10
    assert all(item.K[0].S == "/Link" for item in items)


def test_the_file_says_that_it_is_tagged_and_in_which_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    with pdf.open_metadata() as described:
        assert described["dc:title"] == "Peer review report: Example Team, 17 November 2026"
