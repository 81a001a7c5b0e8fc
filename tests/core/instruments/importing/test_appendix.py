"""The text of a report: its table is read whole, and what does not fit is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.importing.appendix import read_table
from reviewapp.instruments.importing.read import Imported, read_standards

REPORT = Path(__file__).parent / "data" / "report-with-table.md"
NATIONAL_REPORT = Path(__file__).parents[5] / "shared" / "seeds" / "002_18a5ed63ae548409.txt"


@pytest.fixture(scope="module")
def report() -> Imported:
    return read_standards(REPORT)


def _kinds(imported: Imported) -> list[tuple[str, str]]:
    return [(a.kind, a.text) for a in imported.anomalies]


def test_every_row_of_the_table_is_found_with_its_type(report: Imported) -> None:
    found = [(s.number, s.type) for s in report.standards]
    assert found == [
        ("3", "1"), ("5", "2"), ("7", "2"), ("8", "1"), ("11", "1"), ("12a", "3"), ("14", "1"), ("15", "2"),
    ]  # fmt: skip
    assert report.by_type == {"1": 4, "2": 3, "3": 1}


def test_section_headings_survive_without_a_trailing_dot(report: Imported) -> None:
    assert report.sections == ("Kitchen and Table", "Rooms and Rest")
    assert {s.number: s.section for s in report.standards}["8"] == "Kitchen and Table"
    assert {s.number: s.section for s in report.standards}["11"] == "Rooms and Rest"


def test_bullets_stay_bullets_and_guidance_stays_apart(report: Imported) -> None:
    kitchen, _menu, soup = report.standards[:3]
    assert kitchen.statement == "The kitchen is open at these times:\n• Mornings & evenings.\n• On Sundays, from noon."
    assert kitchen.guidance == "A sign at the door says so."
    assert soup.statement == "The soup is warm."
    assert soup.guidance == "For example, not below 60 °C."


def test_numbered_lists_keep_their_numbers_and_are_counted_on(report: Imported) -> None:
    bed = report.standards[4]
    assert (
        bed.guidance
        == "It could be one of these:\n1. A bed with a frame\n2. A mattress on the floor\n3. Something else"
    )


def test_a_row_may_go_on_in_the_next_line(report: Imported) -> None:
    assert report.standards[5].statement == "Windows open\nto the garden.\nThey close again."


def test_the_number_of_standards_the_text_states_is_compared(report: Imported) -> None:
    stated = [a for a in report.anomalies if a.kind == "stated_count"]
    assert [(a.line, a.text) for a in stated] == [(3, 'the text speaks of "15 standards", the table has 8')]


def test_a_standard_cited_with_another_type_is_named_once_for_each_type(report: Imported) -> None:
    differing = [(a.line, a.text) for a in report.anomalies if a.kind == "type_differs"]
    assert differing == [
        (8, "standard 5 is cited as type 3; the table says type 2, which was taken"),
        (12, "standard 11 is cited as type 2; the table says type 1, which was taken"),
    ]


def test_a_standard_that_is_cited_but_absent_is_named(report: Imported) -> None:
    absent = [(a.line, a.text) for a in report.anomalies if a.kind == "cited_but_absent"]
    assert absent == [(14, "standard 81 (type 2) is cited but not in the table")]


def test_a_list_that_breaks_off_is_named_and_what_there_is_of_it_is_kept(report: Imported) -> None:
    unfinished = [a.text for a in report.anomalies if a.kind == "unfinished_list"]
    assert unfinished == [
        "standard 14: a list is not closed; some of it may be missing",
        "standard 15: it ends with 'Guests are told about:'; some of it may be missing",
    ]
    assert report.standards[6].statement == "At night there is:\n• A lamp.\n• A"


def test_an_item_cut_in_two_is_named_and_left_as_it_is(report: Imported) -> None:
    split = [a.text for a in report.anomalies if a.kind == "bullet_split"]
    assert split == ["standard 8: one item seems cut in two: 'Wash their hands and' / 'the pans.'"]


def test_a_row_that_stands_twice_is_taken_once_and_named(report: Imported) -> None:
    doubled = [a.text for a in report.anomalies if a.kind == "duplicate"]
    assert doubled == ["standard 7 is here again, word for word (first on line 29)"]


def test_lines_of_the_table_that_are_not_understood_are_named(report: Imported) -> None:
    unread = [(a.line, a.text) for a in report.anomalies if a.kind == "unread_line"]
    assert unread == [
        (36, "this line of the table was not understood: '12'"),
        (42, "this line of the table was not understood: '16 [2] A row whose number is not bold.'"),
    ]


def test_nothing_else_is_reported(report: Imported) -> None:
    assert len(report.anomalies) == 10
    assert [a.line for a in report.anomalies] == sorted(a.line for a in report.anomalies)


def test_a_row_that_stands_twice_with_other_words_is_refused_by_line() -> None:
    text = "<b>Rooms</b>\t\n<b>1 [1]</b>\tA bed.\n<b>1 [1]</b>\tA lamp.\n"
    with pytest.raises(Invalid, match=r"r\.txt, line 3: standard 1 is already on line 2"):
        read_table(text, "r.txt")


def test_a_standard_before_any_section_is_refused_by_line() -> None:
    with pytest.raises(Invalid, match=r"r\.txt, line 2: standard 1 is before any section"):
        read_table("Text\n<b>1 [1]</b>\tA bed.\n", "r.txt")


def test_a_standard_without_text_is_refused_by_line() -> None:
    with pytest.raises(Invalid, match=r"r\.txt, line 2: standard 1 has no text"):
        read_table("<b>Rooms</b>\t\n<b>1 [1]</b>\t<p><b>Guidance:</b> None.</p>\n", "r.txt")


def test_an_endless_row_is_refused_by_line() -> None:
    with pytest.raises(Invalid, match=r"r\.txt, line 2: the row is longer"):
        read_table("<b>Rooms</b>\t\n<b>1 [1]</b>\t" + "a" * 70_000 + "\n", "r.txt")


def test_a_text_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear team,\nthere are 46 standards.\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"letter\.txt has no table of standards"):
        read_standards(path)


def test_older_windows_text_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("<b>Rooms</b>\t\r\n<b>1 [1]</b>\t<p>A guest’s bed – made.</p>\r\n".encode("cp1252"))
    imported = read_standards(path)
    assert imported.standards[0].statement == "A guest’s bed – made."
    assert [a.kind for a in imported.anomalies] == ["encoding"]


@pytest.mark.skipif(not NATIONAL_REPORT.exists(), reason="the national report is not beside the project")
def test_the_national_report_has_44_standards_and_seven_oddities() -> None:
    imported = read_standards(NATIONAL_REPORT)
    assert len(imported.standards) == 44
    assert imported.by_type == {"1": 24, "2": 19, "3": 1}
    assert imported.sections == (
        "Service Provision and Structure",
        "Staffing and Training",
        "Assessment, Care Planning and Treatment",
        "Patient and Family/Carer Experience",
    )
    kinds = [a.kind for a in imported.anomalies]
    assert kinds == ["stated_count", "type_differs", "type_differs", "cited_but_absent", *["bullet_split"] * 3]
    told = " ".join(text for _kind, text in _kinds(imported))
    for place in ('"46 standards"', "standard 36 is cited as type 3", "standard 160 is cited as type 1", "standard 81"):
        assert place in told
    by_number = {s.number: s for s in imported.standards}
    assert by_number["1"].statement.count("\n• ") == 5
    assert by_number["139"].guidance.count("\n") == 12
    assert "12. Relapse prevention." in by_number["139"].guidance
    assert by_number["138"].guidance.startswith("For example")
    assert not any("<" in s.statement + s.guidance for s in imported.standards)
