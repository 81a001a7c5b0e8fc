"""What is printed fills the paper, page by page, as a real printer that writes into a file gets it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from reviewapp.base.dates import today
from reviewapp.report.paper.words_page import words_page
from ui.widgets.printing import draw_pages, draw_text, sent_in_words

SIX = "lamp otter quay vine road seal"


def into_file(path: Path) -> QPrinter:
    """A printer that writes what it prints into a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


def test_words_are_printed_in_a_size_that_is_read_on_paper_with_their_columns(qtbot: QtBot, tmp_path: Path) -> None:
    draw_text(into_file(tmp_path / "printed.pdf"), "Keys\nCtrl+L\tLock\nCtrl+Shift+Q\tQuit\n" + "more\n" * 60)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 2
    words = printed[0].get_textpage()
    __, bottom, __, top = words.get_charbox(0)
    assert 6 < top - bottom < 12, "a capital letter of 11 points"
    columns = [words.get_charbox(words.search(word).get_next()[0])[0] for word in ("Lock", "Quit")]
    assert abs(columns[0] - columns[1]) < 3, "one below the other"
    words.close()
    printed.close()


def test_the_page_of_six_words_is_printed_as_large_as_the_paper(qtbot: QtBot, tmp_path: Path) -> None:
    printer = into_file(tmp_path / "printed.pdf")
    assert sent_in_words(printer) == (
        "Saved as printed.pdf. It is not encrypted: print it, and delete it from this laptop."
    )
    made = words_page(SIX, opens="the visit pack", today=today())
    draw_pages(printer, made)
    printed, wanted = pypdfium2.PdfDocument(tmp_path / "printed.pdf"), pypdfium2.PdfDocument(made)
    assert len(printed) == len(wanted) == 1
    first, second = (one[0].render(scale=0.5, grayscale=True) for one in (printed, wanted))
    assert abs(first.width - second.width) <= 1 and abs(first.height - second.height) <= 1
    dark, expected = (sum(dot < 128 for dot in bytes(one.buffer)) for one in (first, second))
    assert dark > expected / 2 > 0, "the words are on it"
    printed.close()
    wanted.close()
