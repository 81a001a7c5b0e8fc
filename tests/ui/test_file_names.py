"""Names that the program suggests for what it saves: no two things have one, and a button says what it saves."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest
from PySide6.QtWidgets import QPushButton

from reviewapp.plan.pages.build import PAGES
from reviewapp.report.formats import FORMATS
from reviewapp.report.tree import Profile
from tests.ui.support import Homes, Opener
from ui.pages.bring_together import jobs, receipts
from ui.pages.report.jobs import suggested_name

DAY = date(2026, 11, 17)


def test_no_two_copies_of_the_report_have_one_name() -> None:
    each = list(product(FORMATS, get_args(Profile), (False, True)))
    names = {suggested_name(suffix, profile, DAY.isoformat(), final=final) for suffix, profile, final in each}
    assert len(names) == len(each) == 24
    assert "draft-report-2026-11-17-host.pdf" in names and "draft-report-2026-11-17-committee.pdf" in names


def test_no_two_kinds_of_file_have_one_name() -> None:
    names = [
        *(jobs.suggested_name("R2", everybody=everybody, today=DAY) for everybody in (False, True)),
        receipts.receipt_name("R2", DAY),
        *(f"{page.kind}-{DAY}.pdf" for page in PAGES.values()),
    ]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("page", ["interviews", "case_notes", "action_plan"])
def test_no_button_says_print_where_a_file_is_saved(program: Opener, homes: Homes, page: str) -> None:
    shown = program(homes.lead).go(page)
    shown.finish()
    buttons = [button.text() for button in shown.findChildren(QPushButton)]
    assert [words for words in buttons if words.startswith("Print")] == []
    assert any("PDF" in words for words in buttons)
