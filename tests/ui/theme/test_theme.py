"""The look keeps its promises in numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import ui
from reviewapp.base.paths import resource
from tests.ui.support import use_light_colours
from ui.pages import PAGES
from ui.theme import theme
from ui.theme.stylesheet import style_sheet
from ui.theme.tokens import CONTROL_PAIRS, PALETTES, TEXT_PAIRS, contrast
from ui.widgets import Button, Toggle

SOURCE = Path(ui.__file__).parent


@pytest.mark.parametrize("name", PALETTES)
def test_text_stands_out_from_its_ground(name: str) -> None:
    palette = PALETTES[name]
    low = {(a, b): contrast(palette.colour(a), palette.colour(b)) for a, b in TEXT_PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_edges_of_controls_can_be_seen(name: str) -> None:
    palette = PALETTES[name]
    low = {(a, b): contrast(palette.colour(a), palette.colour(b)) for a, b in CONTROL_PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in low.items() if ratio < 3} == {}


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_colour_is_written_down_outside_the_theme() -> None:
    colour = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\s*["'\d]|rgba?\(|GlobalColor\.(?!transparent)""")
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "theme"
        for line in path.read_text(encoding="utf-8").splitlines()
        if colour.search(line) or "setStyleSheet" in line
    ]
    assert found == []


def test_nothing_is_connected_to_a_lambda_or_a_partial() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.connect\(\s*(lambda|partial)", line)
    ]
    assert found == []


def test_every_icon_that_is_named_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    ways = (
        r"set_icon\([^,]+, \"(\w+)\"",
        r"(?:IconButton|EmptyState)\(\s*\"(\w+)\"",
        r"\bButton\(\s*_?\(?\"[^\"]*\"\)?, \"(\w+)\"",
        r"\bicon=\"(\w+)\"",
    )
    named = [re.findall(way, text) for way in ways]
    assert all(named), "a way to name an icon is called otherwise now"
    icons = {name for found in named for name in found} | {entry.icon for entry in PAGES}
    assert {name for name in icons if not resource("icons", f"{name}.svg").exists()} == set()


def test_the_style_sheet_has_no_hole(qapp: QApplication) -> None:
    for palette in PALETTES.values():
        assert "$" not in style_sheet(palette, 1.5)


def test_the_typeface_comes_with_the_program(qapp: QApplication) -> None:
    theme().apply()
    assert QApplication.font().family() == "Source Sans Pro"
    assert QApplication.font().exactMatch()


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_a_choice_is_as_high_as_the_button_beside_it(qtbot: QtBot, percent: int) -> None:
    use_light_colours()
    theme().set_percent(percent)
    button, choice = Button("Agree"), Toggle("Large type")
    for widget in (button, choice):
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert button.sizeHint().height() == choice.sizeHint().height()
    theme().set_percent(100)
