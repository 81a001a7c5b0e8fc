"""Official wording comes in whole from a sheet, what is wrong is named by cell, and export is the way back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.instruments.exporting import export_instrument
from reviewapp.instruments.importing.read import import_instrument, read_standards, shortened
from reviewapp.instruments.library import Library, builtin, load_toml
from reviewapp.instruments.model import SOURCES, Instrument, Standard
from reviewapp.spreadsheets.writer import csv_bytes, put_text, workbook_bytes

QN = builtin()[0]
DATA = Path(__file__).parent / "data"
SCORED = load_toml(Path(__file__).parents[2] / "data" / "example-scored.toml")
HEADER = ("number", "type", "section", "statement")
ROW = ("1", "1", "Rooms", "Each guest has a bed.")


@pytest.fixture()
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture(params=["csv", "xlsx"])
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _sheet(folder: Path, ending: str, rows: Sequence[Sequence[str]]) -> Path:
    path = folder / f"wording.{ending}"
    if ending == "csv":
        path.write_bytes(csv_bytes(rows))
        return path
    from openpyxl import Workbook

    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            put_text(book.active.cell(number, column), text)
    path.write_bytes(workbook_bytes(book))
    return path


def test_a_sheet_with_only_the_needed_columns_is_enough(tmp_path: Path, ending: str) -> None:
    imported = read_standards(_sheet(tmp_path, ending, [HEADER, ROW, ("2a", "2", "Rooms", "A lamp."), (), ROW2]))
    assert [(s.number, s.type, s.section, s.statement) for s in imported.standards] == [
        ROW, ("2a", "2", "Rooms", "A lamp."), ROW2,
    ]  # fmt: skip
    assert imported.sections == ("Rooms", "Kitchen")
    assert imported.by_type == {"1": 1, "2": 2}
    assert imported.anomalies == ()


ROW2 = ("3", "2", "Kitchen", "The soup is warm:\n• at noon\n• at night")


def test_columns_may_stand_in_any_order_and_case_and_unknown_ones_are_named(tmp_path: Path, ending: str) -> None:
    rows = [
        ("Statement ", "NUMBER", "Colour", "type", "Section", "Sources", "Title", "guidance"),
        ("A bed.", " 7 ", "blue", "1", "Rooms", "Patient; case note", "Beds", "Look."),
    ]
    imported = read_standards(_sheet(tmp_path, ending, rows))
    assert imported.standards == (
        Standard(
            number="7", type="1", section="Rooms", title="Beds", statement="A bed.", guidance="Look.",
            sources=("patient", "case_note"),
        ),
    )  # fmt: skip
    assert [(a.line, a.kind, a.text) for a in imported.anomalies] == [
        (1, "unknown_column", "the column 'Colour' is not known and was not read")
    ]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "is empty"),
        ([HEADER], "no standards"),
        ([HEADER[:3], ROW[:3]], "row 1: there is no column statement"),
        ([("number", "section")], "row 1: there is no column type or statement"),
        ([(*HEADER, "Number "), ROW], "cell E1: the column 'number' occurs twice"),
        ([HEADER, ROW, ("1", "2", "Rooms", "A lamp.")], "cell A3: standard 1 is already in row 2"),
        ([HEADER, ROW, (" ", "2", "Rooms", "A lamp.")], "cell A3 is empty: number"),
        ([HEADER, ROW, (), ("5", "2", "", "A lamp.")], "cell C4 is empty: section"),
        ([HEADER, ("5", "2", "Rooms", "")], "cell D2 is empty: statement"),
        ([HEADER, ("5/6", "2", "Rooms", "A lamp.")], "row 2, cell A2: standard '5/6'"),
        ([(*HEADER, "sources"), (*ROW, "patient, pets")], "cell E2: 'pets' is not a source"),
        ([HEADER, ("5", "2", "Rooms", "x" * 20_001)], "cell D2 holds more than 20,000 characters"),
        ([HEADER, *[(str(n), "1", "Rooms", "A bed.") for n in range(5_001)]], "has more than 5,000 rows"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_named_by_cell_in_one_line(
    tmp_path: Path, ending: str, rows: Sequence[Sequence[str]], says: str
) -> None:
    with pytest.raises(ReviewError) as caught:
        read_standards(_sheet(tmp_path, ending, rows))
    line = str(caught.value)
    assert says in line
    assert line.startswith(f"wording.{ending}")
    assert "\n" not in line


def test_older_windows_sheets_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "wording.csv"
    path.write_bytes("number,type,section,statement\r\n1,1,Rooms,A guest’s bed\r\n".encode("cp1252"))
    imported = read_standards(path)
    assert imported.standards[0].statement == "A guest’s bed"
    assert [a.kind for a in imported.anomalies] == ["encoding"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="cannot read"):
        read_standards(tmp_path / "none.csv")


# ------------------------------------------------------------------ what an import makes of it


def test_exporting_and_importing_the_built_in_instrument_gives_it_back(
    tmp_path: Path, ending: str, library: Library
) -> None:
    path = tmp_path / f"out.{ending}"
    export_instrument(QN, path)
    report = import_instrument(path, "again", "Again", library)
    assert (report.found, report.by_type, report.anomalies) == (44, {"1": 24, "2": 19, "3": 1}, ())
    again = library.get("again")
    same = ("standards", "sections", "scale", "rule", "guides", "audit", "targets", "scope", "subset_note", "edition")
    for name in same:
        assert getattr(again, name) == getattr(QN, name), name


def test_official_wording_keeps_our_titles_sources_and_questions(tmp_path: Path, library: Library) -> None:
    path = _sheet(
        tmp_path, "csv", [HEADER, *[(s.number, s.type, s.section.upper(), s.statement) for s in QN.standards]]
    )
    import_instrument(path, "official", "Official 4th edition", library)
    official = library.get("official")
    assert official.sections == tuple(name.upper() for name in QN.sections)
    assert [s.title for s in official.standards] == [s.title for s in QN.standards]
    assert [s.sources for s in official.standards] == [s.sources for s in QN.standards]
    assert (official.guides, official.audit) == (QN.guides, QN.audit)
    assert (official.edition, official.superseded_by) == ("4th edition", "5th edition (June 2022)")
    assert official.source == "imported from wording.csv"


def test_part_of_the_subset_is_a_subset_with_its_own_count_and_only_its_questions(
    tmp_path: Path, library: Library
) -> None:
    chosen = [s for s in QN.standards if s.number in ("4", "47", "155")]
    path = _sheet(tmp_path, "csv", [HEADER, *[(s.number, s.type, s.section, s.statement) for s in chosen]])
    report = import_instrument(path, "three", "Three", library)
    three = library.get("three")
    assert (report.scope, three.scope) == ("subset", "subset")
    assert three.subset_note == "on these 3 patient and carer standards only; not an accreditation outcome"
    assert [t.type for t in three.rule.thresholds] == ["1"]
    asked = {number for guide in three.guides for prompt in guide.prompts for number in prompt.standards}
    assert asked == {"4", "47", "155"}
    assert {number for item in three.audit for number in item.standards} == {"4"}


def test_a_larger_set_is_full_and_says_which_standards_nobody_is_asked_about(tmp_path: Path, library: Library) -> None:
    rows = [(s.number, s.type, s.section, s.statement) for s in QN.standards]
    path = _sheet(
        tmp_path, "csv", [HEADER, *rows, ("2", "1", "New", "Someone opens the door."), ("3", "4", "New", "Yes.")]
    )
    report = import_instrument(path, "full", "QN-CRHTT 5th edition", library)
    full = library.get("full")
    assert (full.scope, full.subset_note, full.superseded_by, full.edition) == ("full", "", None, "5th edition")
    assert full.guides == QN.guides
    assert [(a.kind, a.text) for a in report.anomalies] == [
        ("no_sources", "2 of 46 standards do not say who can test them; add a column sources"),
        ("no_threshold", "the rule says nothing about type 4"),
    ]
    assert full.standard("2").title == "Someone opens the door"


def test_the_same_numbers_with_another_meaning_take_over_no_questions(tmp_path: Path, library: Library) -> None:
    statements = [s.statement for s in QN.standards]
    moved = [*statements[7:], *statements[:7]]
    rows = [(s.number, s.type, s.section, text) for s, text in zip(QN.standards, moved, strict=True)]
    report = import_instrument(_sheet(tmp_path, "csv", [HEADER, *rows]), "moved", "Moved", library)
    assert [a.kind for a in report.anomalies] == ["other_edition", "no_sources"]
    moved_instrument = library.get("moved")
    assert (moved_instrument.guides, moved_instrument.audit) == ((), ())
    assert moved_instrument.scope == "subset"


def test_the_report_of_an_import_is_what_the_contract_says(library: Library) -> None:
    report = import_instrument(DATA / "report-with-table.md", "example", "Example", library)
    raw = msgspec.to_builtins(report)
    assert raw["found"] == 8
    assert raw["by_type"] == {"1": 4, "2": 3, "3": 1}
    assert set(raw["anomalies"][0]) == {"line", "kind", "text"}
    assert raw["happened"] == "added"
    assert library.get("example").standard("3").title == "The kitchen is open at these times"


def test_importing_twice_is_harmless_and_another_file_needs_replace(tmp_path: Path, library: Library) -> None:
    first = _sheet(tmp_path, "csv", [HEADER, ROW])
    assert import_instrument(first, "mine", "Mine", library).happened == "added"
    assert import_instrument(first, "mine", "Mine", library).happened == "unchanged"
    second = _sheet(tmp_path, "csv", [HEADER, ROW, ROW2])
    with pytest.raises(Invalid, match="another instrument with the id 'mine'"):
        import_instrument(second, "mine", "Mine", library)
    assert len(library.get("mine").standards) == 1
    assert import_instrument(second, "mine", "Mine", library, replace=True).happened == "replaced"


@pytest.mark.parametrize(("id", "title"), [("qn-crhtt-4-pc", "Mine"), ("a b", "Mine"), ("mine", " ")])
def test_a_bad_id_or_title_changes_nothing(tmp_path: Path, library: Library, id: str, title: str) -> None:
    with pytest.raises(Invalid):
        import_instrument(_sheet(tmp_path, "csv", [HEADER, ROW]), id, title, library, replace=True)
    assert not library.folder.exists()


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_a_title_made_of_a_statement_is_never_empty_and_never_ends_mid_word(statement: str) -> None:
    title = shortened(statement)
    assert title.strip()
    if len(title) < len(statement.strip()) and title.endswith("…"):
        last = title[:-1].split()[-1:]
        assert not last or any(
            word.startswith(last[0]) and not word[len(last[0]) :].strip(".:;,(") for word in statement.split()
        )


def test_long_statements_give_titles_cut_between_words() -> None:
    assert shortened("Guests are told about meals.") == "Guests are told about meals"
    long = "Guests and those who travel with them are told about the times of meals, and of tea."
    assert shortened(long) == "Guests and those who travel with them are told about the…"


# ------------------------------------------------------------------ export


def test_the_exported_sheet_is_the_one_on_record(tmp_path: Path) -> None:
    export_instrument(SCORED, tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    golden = (DATA / "example-scored.golden.csv").read_bytes().decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 13
    assert data.decode("utf-8-sig").replace("\r\n", "\n") == golden.replace("\r\n", "\n")


def test_both_formats_say_the_same(tmp_path: Path) -> None:
    export_instrument(QN, tmp_path / "out.csv")
    export_instrument(QN, tmp_path / "OUT.XLSX")
    assert read_standards(tmp_path / "out.csv") == read_standards(tmp_path / "OUT.XLSX")


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"out\.pdf ends in neither"):
        export_instrument(QN, tmp_path / "out.pdf")


_ANY = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\x7f").filter(
        lambda c: c in "\n\t" or ord(c) >= 32
    ),
    max_size=40,
)
_RISKY = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "'", "'=", '"', ",", "\n", "<b>"]), _ANY)
_FREE = (_ANY | _RISKY).filter(str.strip)
_STANDARD = st.builds(
    Standard,
    number=st.from_regex(r"[^\s/\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]{1,6}", fullmatch=True),
    type=_FREE.map(str.strip),
    section=_FREE.map(str.strip),
    title=_FREE,
    statement=_FREE,
    guidance=_ANY,
    sources=st.lists(st.sampled_from(SOURCES), unique=True).map(tuple),
)
_STANDARDS = st.lists(_STANDARD, min_size=1, max_size=3, unique_by=lambda s: s.number).map(tuple)


def _with(standards: tuple[Standard, ...]) -> Instrument:
    return msgspec.structs.replace(SCORED, standards=standards, sections=tuple({s.section: 0 for s in standards}))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(standards=_STANDARDS)
def test_whatever_a_standard_says_survives_export_and_import(ending: str, standards: tuple[Standard, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{ending}"
        export_instrument(_with(standards), path)
        assert read_standards(path).standards == standards
