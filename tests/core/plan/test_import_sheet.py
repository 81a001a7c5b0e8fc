from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess

import msgspec
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.plan import read_plan
from reviewapp.plan.parse_cells import day_of
from reviewapp.plan.rows import EARLIER_FIELDS
from reviewapp.spreadsheets.problems import OddCells
from reviewapp.spreadsheets.row_marks import check_code, normalised_cell
from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.state import Conflict
from reviewapp.visit.statements import Action
from tests.core.plan.plan_building import COLUMN, Sheet, action, recorded, visit
from tests.examples import few

ONE = action("AP1", "4", action="Call sooner", owner="Manager", due="2026-09-30", priority=1, status="open")
EMPTY: dict[str, list[object]] = {"changed": [], "new": [], "unknown": [], "duplicated": [], "conflicts": []}


@pytest.fixture
def back(tmp_path):
    def read(sheet, state):
        return read_plan(sheet.save(tmp_path / "plan.xlsx"), state)

    return read


def test_a_plan_nobody_touched_changes_nothing(back):
    state = visit(ONE, action("AP2", "", action=" two\r\nlines _x0041_ \x0b ", status="done"))
    found = back(Sheet(state), state)
    assert found.as_lists() == EMPTY
    assert found.lines == ()


def test_only_the_cells_the_host_changed_are_taken(back):
    state = visit(ONE)
    found = back(Sheet(state).put("AP1", owner="Deputy", status="In Progress", priority=2), state)
    assert found.lines == (Action(id="AP1", owner="Deputy", priority=2, status="in_progress"),)
    assert found.changed[0] == {
        "id": "AP1", "standard": "4", "field": "owner", "cell": "E2", "from": "Manager", "to": "Deputy",
    }  # fmt: skip
    assert {**found.as_lists(), "changed": []} == EMPTY
    json.dumps(found.as_lists())


def test_a_cell_that_was_emptied_is_taken_as_emptied(back):
    state = visit(ONE)
    found = back(Sheet(state).put("AP1", owner=None, due=None, status=None), state)
    assert found.lines == (Action(id="AP1", owner=None, due=None),)


def test_a_row_filled_in_for_the_first_time_is_new(back):
    state = visit()
    sheet = Sheet(state).put("AP-4", action="Call sooner", due=datetime.date(2026, 9, 30), priority="1")
    found = back(sheet, state)
    assert found.lines == (
        Action(
            id="AP-4", standard="4", action="Call sooner", owner=None, due="2026-09-30", priority=1, measure=None,
            status="open", progress=None, impact=None, effort=None, goal=None, deputy=None, deleted=False,
        ),
    )  # fmt: skip
    assert found.new == (
        {"id": "AP-4", "cell": "D2", "standard": "4", "action": "Call sooner", "due": "2026-09-30", "priority": 1,
         "status": "open"},
    )  # fmt: skip


def test_a_spare_row_takes_the_standard_the_host_chose_or_none(back):
    state = visit()
    sheet = Sheet(state).put("AP-x01", standard="47", action="Keep it up").put("AP-x02", action="Tell everyone")
    assert [(line.id, line.standard) for line in back(sheet, state).lines] == [("AP-x01", "47"), ("AP-x02", "")]


def test_reading_the_same_file_again_after_recording_tells_nothing(back, tmp_path):
    state = visit(ONE)
    sheet = Sheet(state).put("AP1", progress="Begun").put("AP-36a", action="New").put("AP-x01", action="More")
    found = back(sheet, state)
    assert len(found.lines) == 3
    assert back(sheet, recorded(state, *found.lines)).as_lists() == EMPTY


def test_what_both_sides_changed_is_told_as_a_conflict_beside_what_only_the_host_changed(back):
    state = visit(ONE)
    sheet = Sheet(state).put("AP1", owner="Deputy", progress="Begun")
    found = back(sheet, recorded(state, Action(id="AP1", owner="Director", action="Call at once")))
    assert found.conflicts == (
        {"id": "AP1", "standard": "4", "field": "owner", "cell": "E2", "sheet": "Deputy", "visit": "Director",
         "why": "also changed here since it was sent"},
    )  # fmt: skip
    assert [one["field"] for one in found.changed] == ["progress"]
    assert found.lines == (Action(id="AP1", owner="Deputy", progress="Begun"),)


def test_what_both_sides_changed_alike_is_no_conflict(back):
    state = visit(ONE)
    assert back(Sheet(state).put("AP1", owner="D"), recorded(state, Action(id="AP1", owner="D"))).as_lists() == EMPTY


def test_what_the_host_says_about_a_field_in_conflict_is_one_more_version(back):
    state = visit(ONE, conflicts=(Conflict(entity="action", key="AP1", field="owner", values=()),))
    found = back(Sheet(state).put("AP1", owner="Deputy"), state)
    assert len(found.conflicts) == 1
    assert (found.changed, found.seen) == ((), {("action", "AP1", "owner"): ()})


def test_a_change_to_an_action_removed_since_is_a_conflict(back):
    state = visit(ONE)
    found = back(Sheet(state).put("AP1", owner="Deputy"), visit())
    assert (found.conflicts[0]["field"], found.conflicts[0]["visit"]) == ("owner", None)
    assert found.lines == (Action(id="AP1", standard="4", owner="Deputy", deleted=False),)
    assert back(Sheet(state), visit()).as_lists() == EMPTY


def test_two_copies_filled_in_differently_do_not_overwrite_each_other(back):
    state = visit()
    first = back(Sheet(state).put("AP-x01", action="One", standard="4"), state)
    second = back(Sheet(state).put("AP-x01", action="Other", standard="4"), recorded(state, *first.lines))
    assert [c["field"] for c in second.conflicts] == ["action"]
    assert second.lines == (Action(id="AP-x01", action="Other"),)


def test_an_id_used_twice_is_told_and_neither_row_taken(back):
    state = visit(ONE)
    sheet = Sheet(state).put("AP1", owner="Deputy")
    for cell in sheet.sheet[sheet.row("AP1")]:
        sheet.sheet.cell(30, cell.column).value = cell.value
    found = back(sheet, state)
    assert [(d["id"], d["cells"]) for d in found.duplicated] == [("AP1", ["A2", "A30"])]
    assert found.lines == ()


@pytest.mark.parametrize("field", ["id", "check", "sent", "seen", "standard"])
def test_a_row_whose_mark_does_not_fit_is_told_and_not_taken(back, field):
    state = visit(ONE)
    found = back(Sheet(state).put("AP1", owner="Deputy", **{field: "AP-36a"}), state)
    assert [(u["cell"], u["values"]["Owner"]) for u in found.unknown] == [("A2", "Deputy")]
    assert found.lines == ()


def test_a_row_the_host_added_is_told(back):
    state = visit()
    sheet = Sheet(state)
    sheet.sheet["D40"].value = "Something more"
    found = back(sheet, state)
    assert found.unknown[0]["values"] == {"Action": "Something more"}
    assert found.unknown[0]["why"] == "it has no id"


def test_text_beside_the_table_is_told(back):
    state = visit(ONE)
    sheet = Sheet(state)
    sheet.sheet["S1"].value, sheet.sheet["S2"].value = "Remarks", "see minutes"
    assert back(sheet, state).unknown[0]["values"] == {"Remarks": "see minutes"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("due", "end of March", "F2: 'end of March' is not a date"),
        ("due", "31/02/2026", "F2: '31/02/2026' is not a date"),
        ("due", "=TODAY()", "F2: it contains a formula"),
        ("priority", "high", "G2: 'high' is not a priority"),
        ("status", "nearly", "I2: 'nearly' is not a status"),
        ("impact", "huge", "K2: 'huge' is not an impact"),
        ("effort", "=1+1", "L2: it contains a formula"),
    ],
)
def test_a_value_that_cannot_be_understood_is_named_by_its_cell(back, field, value, told):
    state = visit(ONE)
    with pytest.raises(Invalid) as caught:
        back(Sheet(state).put("AP1", owner="Deputy", **{field: value}), state)
    assert f'plan.xlsx, sheet "Action plan", cell {told}' in caught.value.what
    assert caught.value.kept == "nothing was imported"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-30", "2026-09-30"), ("2026-09-30 00:00:00", "2026-09-30"), ("30/09/2026", "2026-09-30"),
        ("3.4.2026", "2026-04-03"), ("30 September 2026", "2026-09-30"), ("1st Oct 2026", "2026-10-01"),
        ("09/30/2026", None), ("30/09/26", None), ("0026-09-30", None), ("soon", None),
    ],
)  # fmt: skip
def test_dates_are_read_day_first(text, day):
    assert day_of(text) == day


def test_a_text_that_office_programs_decode_is_not_a_change(back):
    state = visit(action("AP1", "4", action="see _x0041_ of the plan"))
    assert back(Sheet(state).put("AP1", action="see A of the plan"), state).as_lists() == EMPTY


def test_a_formula_typed_as_text_is_kept_as_typed(back):
    state = visit()
    assert back(Sheet(state).put("AP-4", action="=2+3"), state).lines[0].action == "=2+3"


@pytest.mark.parametrize("field", ["action", "owner", "due", "priority", "measure", "status", "progress"])
def test_a_formula_never_becomes_what_it_calculates_or_its_own_text(back, field):
    state = visit(ONE)
    sheet = Sheet(state).put("AP1", effort="low")
    sheet.cell("AP1", field).value = "=E3"
    with pytest.raises(Invalid, match=f"cell {COLUMN[field]}2: it contains a formula"):
        back(sheet, state)


def test_the_plan_of_another_visit_is_refused(back):
    state = visit(ONE)
    other = visit(ONE)
    other.info = type(other.info)(id="V2", service="Other", organisation="O", date="2026-01-01", instrument="example")
    with pytest.raises(Invalid, match="is not the action plan of Other"):
        back(Sheet(state).put("AP1", owner="Deputy"), other)


def test_a_plan_without_its_hidden_columns_is_refused(back):
    state = visit(ONE)
    sheet = Sheet(state)
    sheet.sheet.delete_cols(15, 4)
    with pytest.raises(Invalid, match='has no column "id" and "check" and "sent" and "seen"'):
        back(sheet, state)


def test_a_long_text_comes_back_whole(back):
    state = visit(action("AP1", "4", action="x" * 32_000))
    assert back(Sheet(state), state).as_lists() == EMPTY


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@few(10, slow=120)
@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=6))
def test_any_text_goes_out_and_comes_back_unchanged(tmp_path_factory, said):
    """Several actions in a sheet, as making one takes long."""
    lines = [dict(zip(("action", "owner", "measure", "progress"), one, strict=True)) for one in said]
    state = visit(*(action(f"AP{number}", "4", **line) for number, line in enumerate(lines, 1)))
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    assert read_plan(Sheet(state).save(path), state).as_lists() == EMPTY


typed = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)


SPARE = ("AP-4", "AP-36a", "AP-x01", "AP-x02", "AP-x03")
"""Rows of the sheet for actions that are not there yet."""


@few(10, slow=120)
@given(said=st.lists(typed, min_size=1, max_size=len(SPARE)))
@example(['=HYPERLINK("http://example.org")', "+cmd|' /C calc'!A0", "@SUM(1)", "-", "'quoted"])
@example(["<b>&amp;</b> {{ }} <redacted>", "x" * 20_000, "\U0001f642 \u2713 \u00e9"])
def test_what_the_host_types_is_taken_as_typed(tmp_path_factory, said):
    """Several rows in a sheet, as making one takes long."""
    state = visit()
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    sheet = Sheet(state)
    for row, text in zip(SPARE, said, strict=False):
        sheet.put(row, action="An action", progress=text)
    found = read_plan(sheet.save(path), state)
    assert [(line.id, line.progress) for line in found.lines] == [
        (row, normalised_cell(text) or None) for row, text in zip(SPARE, said, strict=False)
    ]
    again = read_plan(Sheet(recorded(state, *found.lines)).save(path), recorded(state, *found.lines))
    assert again.as_lists() == EMPTY


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_plan_filled_in_and_saved_twice_by_libreoffice_comes_back_as_typed(tmp_path):
    """Out, opened and saved, filled in, opened and saved again."""
    state = visit(ONE, action("AP2", "36a", action="=1+1\n- two", progress="\u00e9 \u2713 \U0001f642 'quoted"))
    Sheet(state).save(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(office(tmp_path, tmp_path / "plan.xlsx"))
    sheet = book["Action plan"]
    assert sheet.protection.sheet
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation][:2] == [
        '"1,2,3"',
        '"open,in progress,done,dropped"',
    ]
    row = Sheet(state).row("AP-x01")
    for column, text in (
        ("D", '=HYPERLINK("x")'),
        ("E", "+cmd \U0001f642"),
        ("H", "x" * 20_000),
        ("K", "high"),
        ("L", "low"),
    ):
        sheet[f"{column}{row}"].value = text
        sheet[f"{column}{row}"].data_type = "s"
    sheet["E2"].value, sheet["F2"].value = "Deputy", datetime.datetime(2027, 3, 15)
    sheet[f"J{row}"].value = "=2+3"
    sheet[f"J{row}"].data_type = "s"
    book.save(tmp_path / "filled.xlsx")
    found = read_plan(office(tmp_path, tmp_path / "filled.xlsx"), state)
    assert [(one["id"], one["field"], one["to"]) for one in found.changed] == [
        ("AP1", "owner", "Deputy"), ("AP1", "due", "2027-03-15"),
    ]  # fmt: skip
    (new,) = found.new
    assert (new["id"], new["action"], new["owner"]) == ("AP-x01", '=HYPERLINK("x")', "+cmd \U0001f642")
    assert (new["measure"], new["progress"], new["priority"]) == ("x" * 20_000, "=2+3", 1)
    assert {**found.as_lists(), "changed": [], "new": []} == EMPTY


def office(folder, path):
    """The file as LibreOffice saves it again."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "out"), str(path)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return folder / "out" / path.name


GOALS = {
    "G1": GoalRecord(key="G1", id="G1", text="Nobody waits alone", standards=("4",), chosen_by="team"),
    "G2": GoalRecord(key="G2", id="G2", text="A candidate", standards=("47",)),
}


def test_an_action_names_its_goal_and_its_deputy_on_the_sheet(back):
    state = visit(ONE, action("AP2", "4", action="More", goal="G1", deputy="shift lead"), goals=GOALS)
    sheet = Sheet(state)
    assert (sheet.cell("AP2", "goal").value, sheet.cell("AP2", "deputy").value) == ("G1", "shift lead")
    assert back(sheet, state).as_lists() == EMPTY
    sheet.put("AP1", goal="g2: A candidate", deputy="Deputy manager").put("AP2", goal="")
    found = back(sheet, state)
    assert [(line.id, line.goal, line.deputy) for line in found.lines] == [
        ("AP1", "G2", "Deputy manager"),
        ("AP2", None, UNSET),
    ]
    sheet.put("AP2", goal="G1").put("AP-x01", action="Ask at the door", goal="G1")
    (line,) = [line for line in back(sheet, state).lines if line.id == "AP-x01"]
    assert (line.standard, line.goal) == ("", "G1")


def test_only_chosen_goals_are_offered_and_told(back):
    state = visit(goals=GOALS)
    sheet = Sheet(state)
    rules = [rule.formula1 for rule in sheet.sheet.data_validations.dataValidation if str(rule.sqref).startswith("M")]
    assert rules == ['"G1"']
    first = " ".join(str(cell.value) for row in sheet.book.worksheets[0] for cell in row if cell.value)
    assert "G1: Nobody waits alone" in first and "A candidate" not in first


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("goal", "G7", "M2: 'G7' is not a goal"),
        ("goal", "=1+1", "M2: it contains a formula"),
        ("owner", "L1", "E2: 'L1' is not in the team"),
        ("deputy", "Facilitator", "N2: 'Facilitator' is not in the team"),
    ],
)
def test_a_goal_that_is_none_and_an_owner_from_outside_are_odd(back, field, value, told):
    state = visit(ONE, goals=GOALS)
    sheet = Sheet(state).put("AP1", **{field: value})
    with pytest.raises(OddCells, match=re.escape(told)):
        back(sheet, state)


def test_a_sheet_without_the_column_that_was_sent_is_refused(back):
    state = visit(ONE)
    sheet = Sheet(state)
    sheet.sheet.delete_cols(13, 1)
    with pytest.raises(Invalid, match='has no column "Goal"'):
        back(sheet, state)


def as_an_earlier_version_sent_it(sheet):
    """Without the columns that came later, and with marks that do not speak of them."""
    for number in range(2, sheet.sheet.max_row + 1):
        cells = {name: sheet.sheet[f"{COLUMN[name]}{number}"] for name in ("standard", "id", "check", "sent", "seen")}
        marks = cells["seen"].value.removeprefix("h").split(".")
        cells["sent"].value = ".".join(cells["sent"].value.split(".")[: len(EARLIER_FIELDS)])
        cells["seen"].value = "h" + ".".join([*marks[: len(EARLIER_FIELDS)], marks[-1]])
        fixed = cells["standard"].value or ""
        cells["check"].value = check_code("V1", cells["id"].value, fixed, cells["sent"].value + cells["seen"].value)
    sheet.sheet.delete_cols(13, 2)
    return sheet


def test_a_sheet_that_an_earlier_version_sent_still_comes_in(back):
    state = visit(msgspec.structs.replace(ONE, goal="G1", deputy="shift lead"), goals=GOALS)
    assert back(as_an_earlier_version_sent_it(Sheet(state)), state).as_lists() == EMPTY
    typed = Sheet(state).put("AP1", progress="Begun").put("AP-x01", action="More")
    found = back(as_an_earlier_version_sent_it(typed), state)
    assert [(line.id, line.progress, line.goal) for line in found.lines] == [
        ("AP1", "Begun", UNSET),
        ("AP-x01", None, None),
    ]
