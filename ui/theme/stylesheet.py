"""The style sheet, generated from the tokens so that it cannot disagree with them.

Font and colours that all widgets have are the application's (`Theme.apply`), and what is said of animations is said of
those that have any: each widget keeps a copy of every rule about it, 7 kB and more of a rule for all.
"""

from __future__ import annotations

from string import Template

from reviewapp.base.paths import resource
from ui.theme.tokens import RADIUS, ROLES, STEP, TYPE, Palette

_SHEET = Template("""
* { outline: none; }
QLineEdit QToolButton, QProgressBar, QTabBar, QMainWindow { widget-animation-duration: 0; }
QMainWindow, QDialog, QWidget#page, QWidget#backdrop, QStackedWidget { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[stop="true"] { border: 2px solid transparent; border-radius: 4px; }
QLabel[stop="true"]:focus { border-color: $focus; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="display"] { font-size: ${display}px; font-weight: 600; }
QLabel[kind="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="lead"] { font-size: ${lead}px; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="small"] { font-size: ${small}px; color: $muted; }
QLabel[kind="overline"] { font-size: ${small}px; font-weight: 600; color: $muted; }
QLabel[kind="error"] { color: $not_met; }
QLabel[kind="code"] { font-family: monospace; font-size: ${heading}px; font-weight: 600; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="inset"] { background: $surface_alt; border: none; border-radius: ${radius}px; }
QFrame[kind="row"] { background: $surface_alt; border: 2px solid $surface_alt; border-radius: ${radius}px; }
QFrame[kind="row"]:focus { border-color: $focus; }
QFrame[kind="quote"] { background: $surface_alt; border: none; border-left: 3px solid $accent; border-radius: 0px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="banner"][tone="warn"] { background: $warn_soft; border: none; border-bottom: 1px solid $line; }
QFrame[kind="banner"][tone="info"] { background: $info_soft; border: none; border-bottom: 1px solid $line; }
QFrame[kind="banner"][tone="not_met"] { background: $not_met_soft; border: none; border-bottom: 1px solid $line; }
QFrame[kind="banner"][tone="met"] { background: $met_soft; border: none; border-bottom: 1px solid $line; }
QFrame[kind="drop"] { background: $surface; border: 2px dashed $line_strong; border-radius: ${radius}px; }
QFrame[kind="drop"][over="true"] { background: $accent_soft; border-color: $accent; }
QFrame#header { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame#statusline { background: $surface; border: none; border-top: 1px solid $line; }
QFrame#nav { background: $surface_alt; border: none; border-right: 1px solid $line; }
QFrame#palette { background: $surface; border: 2px solid $line_strong; border-radius: ${radius}px; }
QFrame#palette QListView { border: none; border-radius: 0px; }
QFrame#help { background: $surface; border: none; border-left: 1px solid $line; }

QPushButton, QToolButton {
  background: $surface; border: 1px solid $line_strong; border-radius: 6px;
  padding: 5px 14px; min-height: ${control}px;
}
QToolButton { padding: 5px 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 4px 13px; }
QToolButton:focus { padding: 4px 7px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $surface_alt; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton[kind="primary"]:focus { border: 1px solid $accent; padding: 5px 14px; }
QPushButton[kind="primary"]:disabled { background: $surface_alt; border-color: $line; color: $muted; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  color: $accent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid $focus; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled { color: $muted; background: transparent; }
QToolButton[kind="inner"], QToolButton[kind="inner"]:hover { background: transparent; border: none; padding: 0px;
  min-height: 0px; }
QPushButton[kind="danger"] { color: $not_met; border-color: $not_met; }
QPushButton[kind="danger"]:disabled { color: $muted; border-color: $line; }
QPushButton[kind="danger"]:hover { background: $not_met_soft; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 4px;
  text-align: left; min-height: 24px; text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 1px 3px; }
QPushButton[kind="toggle"] { border-radius: ${round}px; padding: 3px 12px; min-height: ${chip}px; }
QPushButton[kind="toggle"]:checked { background: $accent_soft; border-color: $accent; color: $accent;
  font-weight: 600; }
QPushButton[kind="toggle"]:focus { border: 2px solid $focus; padding: 2px 11px; }
QPushButton[kind="rate"] { padding: 5px 10px; min-height: ${rate}px; font-weight: 600; }
QPushButton[kind="rate"]:focus { border: 2px solid $focus; padding: 4px 9px; }
QPushButton[kind="rate"][tone="met"]:checked { background: $met_soft; border: 2px solid $met; color: $met;
  padding: 4px 9px; }
QPushButton[kind="rate"][tone="not_met"]:checked { background: $not_met_soft; border: 2px solid $not_met;
  color: $not_met; padding: 4px 9px; }
QPushButton[kind="rate"][tone="na"]:checked { background: $na_soft; border: 2px solid $na; color: $na;
  padding: 4px 9px; }
QPushButton[kind="rate"][tone="info"]:checked { background: $info_soft; border: 2px solid $info; color: $info;
  padding: 4px 9px; }
QPushButton[kind="rate"]:checked:focus { border: 3px solid $focus; padding: 3px 8px; }
QPushButton[kind="row"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px;
  text-align: left; padding: 10px 14px; }
QPushButton[kind="row"]:hover { border-color: $accent; background: $surface; }
QPushButton[kind="row"]:focus { border: 2px solid $focus; padding: 9px 13px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit {
  background: $surface; border: 1px solid $line_strong; border-radius: 6px; padding: 5px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit { min-height: ${control}px; }
QTextEdit[kind="reading"] { background: transparent; border: 2px solid transparent; padding: 0px; }
QTextEdit[kind="reading"]:focus { border: 2px solid $focus; padding: 0px; }
QScrollArea[kind="reading"] { border: 2px solid transparent; }
QScrollArea[kind="reading"]:focus { border: 2px solid $focus; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $accent; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $surface_alt; border-color: $line; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus, QTimeEdit:focus { border: 2px solid $focus; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled { color: $muted;
  background: $surface_alt; border-color: $line; }
QLineEdit[bad="true"], QComboBox[bad="true"], QDateEdit[bad="true"] { border: 2px solid $not_met; padding: 4px 7px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: ${tiny}px; height: ${tiny}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_strong; padding: 4px; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${control}px; padding: 2px 8px; }
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button { width: 0px; border: none; }

QRadioButton { spacing: 8px; min-height: 26px; background: transparent; padding: 1px 3px;
  border: 2px solid transparent; border-radius: 4px; }
QRadioButton:focus { border-color: $focus; }
QRadioButton:disabled { color: $muted; }

QListView, QTableView, QTreeView { background: $surface; border: 1px solid $line; border-radius: ${radius}px;
  outline: none;
  alternate-background-color: $surface_alt; gridline-color: $line; selection-background-color: $accent_soft;
  selection-color: $text; }
QListView:focus, QTableView:focus, QTreeView:focus { border: 2px solid $focus; }
QListView#navlist { background: transparent; border: 2px solid transparent; border-radius: 0px; }
QListView#navlist:focus { border-color: $focus; }
QTableView::item { padding: 4px 8px; }
QHeaderView { background: $surface_alt; border: none; }
QHeaderView::section { background: $surface_alt; color: $muted; font-size: ${small}px; font-weight: 600;
  padding: 6px 8px; border: none;
  border-bottom: 1px solid $line; border-right: 1px solid $line; }
QTableCornerButton::section { background: $surface_alt; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#content { background: transparent; }
QWidget#content { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $line_strong; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 4px; min-height: 22px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface_alt; }
QCalendarWidget QToolButton { background: transparent; border: 1px solid transparent; padding: 2px 6px;
  min-height: 24px; color: $text; }
QCalendarWidget QToolButton:focus { border: 2px solid $focus; padding: 1px 5px; }
QCalendarWidget QSpinBox { min-height: 0px; padding: 2px 4px; }
QCalendarWidget QTableView { border: none; border-radius: 0px; selection-background-color: $accent;
  selection-color: $on_accent; }
QCalendarWidget QTableView:focus { border: none; }
QCalendarWidget QTableView::item { padding: 0px; }

QProgressBar { background: $surface_alt; border: 1px solid $line; border-radius: 5px; text-align: center;
  min-height: 10px; max-height: 10px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QTabBar::tab { background: transparent; border: none; border-bottom: 3px solid transparent; padding: 8px 14px;
  color: $muted; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; border-bottom-color: $focus; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
""")


def style_sheet(palette: Palette, scale: float) -> str:
    """The whole style sheet for a palette and a text scale."""
    sizes = {name: str(round(pixels * scale)) for name, pixels in TYPE.items()}
    return _SHEET.substitute(
        {role: palette.colour(role) for role in ROLES},
        **sizes,
        arrow=resource("icons", "arrow_neutral.svg").as_posix(),
        radius=str(RADIUS),
        control=str(round(22 * scale)),
        chip=str(round(22 * scale) + 4),  # as high as the other buttons, whose padding is larger
        rate=str(round(26 * scale)),
        round=str(round(STEP * 4 * min(scale, 1.2))),
    )
