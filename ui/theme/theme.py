"""The theme: turns tokens into fonts, colours, Qt's palette and the style sheet."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import tokens
from ui.theme.stylesheet import style_sheet

MOST_WORDS = 2_000
"""Text widths cached at most; beyond that the cache starts anew."""
FACES = ("Regular", "Semibold", "Bold", "It")


def make_application() -> QApplication:
    """Make the one QApplication of the program, in the style (Fusion) that the theme builds on everywhere."""
    return QApplication([*sys.argv[:1], "-style", "Fusion"])


def load_fonts() -> None:
    """Register Source Sans Pro with Qt, from the package that also serves the PDF; without it Qt's font is used."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        return
    folder = Path(found.origin).parent / "files"
    for face in FACES:
        QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{face}.ttf"))


class Theme(QObject):
    """Colours, fonts and text size in use; emits `changed` after any of them has changed.

    Painted widgets ask it while painting.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._palette: tokens.Palette | None = None
        self.percent = 100
        self.turn = 0
        """Incremented whenever the appearance changes, so that caches of painted images know they are outdated."""
        self._ready = self._styled = self._dark_ground = False
        self._fonts: dict[tuple[int, str, bool], QFont] = {}
        self._metrics: dict[tuple[int, str, bool], QFontMetrics] = {}
        self._widths: dict[tuple[int, str, bool, str], int] = {}
        self._colours: dict[str, QColor] = {}

    @property
    def scale(self) -> float:
        """Text size as a factor, 1.0-2.0."""
        return self.percent / 100

    @property
    def dark(self) -> bool:
        """Whether the dark palette is in use."""
        if self.choice != "system":
            return self.choice == "dark"
        if not self._styled:
            return self._dark_ground
        from PySide6.QtCore import Qt

        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`; a new value shows after `apply`."""
        return self._choice

    @choice.setter
    def choice(self, choice: str) -> None:
        self._choice = choice
        self._clear_caches()

    @property
    def palette(self) -> tokens.Palette:
        """The palette in use. The system's scheme is read once; a signal reports when it changes."""
        if self._palette is None:
            palette = tokens.DARK if self.dark else tokens.LIGHT
            if not self._ready:
                return palette
            self._palette = palette
        return self._palette

    def _clear_caches(self) -> None:
        self._palette = None
        self._colours.clear()
        self._fonts.clear()
        self._metrics.clear()
        self._widths.clear()
        self.turn += 1

    def hex(self, role: str) -> str:
        """The colour of a role as `#rrggbb`."""
        return self.palette.colour(role)

    def colour(self, role: str) -> QColor:
        """The colour of a role; cached, as delegates ask for thousands. Copy it before changing it."""
        if self._palette is None:
            return QColor(self.palette.colour(role))
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self._palette.colour(role))
        return found

    def px(self, size: str | int) -> int:
        """A text size by its token (`body`), or pixels at 100 %, scaled to the present text size."""
        return round((tokens.TYPE[size] if isinstance(size, str) else size) * self.scale)

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        """The program's font in a text size of the tokens; `strong` is semibold."""
        key = self.percent, size, strong
        found = self._fonts.get(key)
        if found is None:
            found = QFont(QApplication.font())
            found.setPixelSize(self.px(size))
            found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            self._fonts[key] = found
        return QFont(found)

    def metrics(self, size: str = "body", *, strong: bool = False) -> QFontMetrics:
        """Cached metrics of `font`, for delegates that measure while painting."""
        key = self.percent, size, strong
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(size, strong=strong))
        return found

    def wide(self, text: str, size: str = "body", *, strong: bool = False) -> int:
        """Width of `text` in pixels, cached; for words that are painted again and again."""
        key = self.percent, size, strong, text
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > MOST_WORDS:
                self._widths.clear()
            found = self._widths[key] = self.metrics(size, strong=strong).horizontalAdvance(text)
        return found

    def choose(self, choice: str) -> None:
        """Use the `system`, `light` or `dark` colours and apply them."""
        self.choice = choice
        self.apply()

    def set_percent(self, percent: int) -> None:
        """Set the text size, limited to 100-200 %, and apply it."""
        self.percent = max(tokens.TEXT_SIZES[0], min(tokens.TEXT_SIZES[-1], percent))
        self.apply()

    def step(self, direction: int) -> None:
        """Change to the next larger (+1) or smaller (-1) text size and apply it."""
        sizes = tokens.TEXT_SIZES
        here = min(range(len(sizes)), key=lambda i: abs(sizes[i] - self.percent))
        self.set_percent(sizes[max(0, min(len(sizes) - 1, here + direction))])

    def finish_styling(self) -> None:
        """Do what `apply` leaves until the unlock screen is shown, because it names `Qt` (see ui.theme.qt_values)."""
        if self._styled:
            return
        from PySide6.QtCore import Qt

        before = self.dark
        # No animations, so no setting for less motion is needed; the style sheet disables them in single widgets.
        for effect in Qt.UIEffect:
            QApplication.setEffectEnabled(effect, False)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._styled = True
        if self.dark != before:
            self.apply()

    def apply(self) -> None:
        """Set fonts, palette and style sheet of the application and emit `changed`; may be called again at any time.

        Before `finish_styling` a dark system is recognised by its palette.
        """
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        if not self._ready:
            load_fonts()
            ground, group = QGuiApplication.palette(), QPalette.ColorRole
            self._dark_ground = ground.color(group.WindowText).lightness() > ground.color(group.Window).lightness()
            self._ready = True
        self._clear_caches()
        font = QFont(tokens.FAMILY)
        font.setPixelSize(self.px("body"))
        application.setFont(font)
        application.setPalette(self._qt_palette())
        # Taken off first: where there is one already, Qt polishes a widget again for each widget that it lies in.
        application.setStyleSheet("")
        application.setStyleSheet(style_sheet(self.palette, self.scale))
        self.changed.emit()

    def _qt_palette(self) -> QPalette:
        """The palette as a QPalette, for what Qt paints without the style sheet."""
        group = QPalette.ColorRole
        result = QPalette()
        for role, name in {
            group.Window: "window",
            group.WindowText: "text",
            group.Base: "surface",
            group.AlternateBase: "surface_alt",
            group.Text: "text",
            group.Button: "surface",
            group.ButtonText: "text",
            group.BrightText: "text",
            group.Highlight: "accent",
            group.HighlightedText: "on_accent",
            group.Link: "accent",
            group.LinkVisited: "accent",
            group.ToolTipBase: "surface",
            group.ToolTipText: "text",
            group.PlaceholderText: "muted",
            group.Accent: "accent",
        }.items():
            result.setColor(role, self.colour(name))
        for role in (group.WindowText, group.Text, group.ButtonText):
            result.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return result

    @Slot()
    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self.apply()


_THEME: list[Theme] = []


def theme() -> Theme:
    """The one theme of the program, made on first use."""
    if not _THEME:
        _THEME.append(Theme())
    return _THEME[0]


def space(steps: float) -> int:
    """A distance on the 4 px scale, in pixels: `space(2)` is 8."""
    return round(tokens.STEP * steps)
