"""The look of the program: one theme object that turns tokens into fonts, colours and a style sheet."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import tokens
from ui.theme.stylesheet import style_sheet

ARGUMENTS = ("-style", "Fusion")
"""Given to QApplication these say the style without asking for it; that costs Python as much as the whole gate."""
DRESSED = "dressed"
"""The property of an application that was given them."""
MOST_WORDS = 2_000
"""So many words' widths are remembered at once."""
FACES = ("Regular", "Semibold", "Bold", "It")


def load_fonts() -> None:
    """Make Source Sans Pro known to Qt, from the package that also serves the PDF. Without it Qt's own font is used."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        return
    folder = Path(found.origin).parent / "files"
    for face in FACES:
        QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{face}.ttf"))


class Theme(QObject):
    """Light or dark, and how large text is. Painted widgets ask it while painting; `changed` says it moved."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._palette: tokens.Palette | None = None
        self.percent = 100
        self.turn = 0
        """Another number each time the look is another: what was drawn before is no longer right."""
        self._ready = self._settled = self._dark_ground = False
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
        """Whether the dark palette is in use now."""
        if self.choice != "system":
            return self.choice == "dark"
        if not self._settled:
            return self._dark_ground
        from PySide6.QtCore import Qt

        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`; seen once it is applied."""
        return self._choice

    @choice.setter
    def choice(self, choice: str) -> None:
        self._choice = choice
        self._forget()

    @property
    def palette(self) -> tokens.Palette:
        """The palette in use. The system is asked once: it says when it turns dark."""
        if self._palette is None:
            palette = tokens.DARK if self.dark else tokens.LIGHT
            if not self._ready:
                return palette
            self._palette = palette
        return self._palette

    def _forget(self) -> None:
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
        """The colour of a role. Delegates ask for thousands, so each is made once; change a copy."""
        if self._palette is None:
            return QColor(self.palette.colour(role))
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self._palette.colour(role))
        return found

    def px(self, size: str | int) -> int:
        """A type token (`body`), or a number of pixels at 100 %, at the present text size."""
        return round((tokens.TYPE[size] if isinstance(size, str) else size) * self.scale)

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        """The typeface at a size of the type scale."""
        key = self.percent, size, strong
        found = self._fonts.get(key)
        if found is None:
            found = QFont(QApplication.font())
            found.setPixelSize(self.px(size))
            found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            self._fonts[key] = found
        return QFont(found)

    def metrics(self, size: str = "body", *, strong: bool = False) -> QFontMetrics:
        """The measures of `font`, for delegates that measure while they paint."""
        key = self.percent, size, strong
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(size, strong=strong))
        return found

    def wide(self, text: str, size: str = "body", *, strong: bool = False) -> int:
        """How many pixels a word takes, for words that are said again and again: each is measured once."""
        key = self.percent, size, strong, text
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > MOST_WORDS:
                self._widths.clear()
            found = self._widths[key] = self.metrics(size, strong=strong).horizontalAdvance(text)
        return found

    def choose(self, choice: str) -> None:
        """`system`, `light` or `dark`."""
        self.choice = choice
        self.apply()

    def set_percent(self, percent: int) -> None:
        """Text size, held between 100 and 200 %."""
        self.percent = max(tokens.TEXT_SIZES[0], min(tokens.TEXT_SIZES[-1], percent))
        self.apply()

    def step(self, direction: int) -> None:
        """The next larger (+1) or smaller (-1) text size."""
        sizes = tokens.TEXT_SIZES
        here = min(range(len(sizes)), key=lambda i: abs(sizes[i] - self.percent))
        self.set_percent(sizes[max(0, min(len(sizes) - 1, here + direction))])

    def finish_styling(self) -> None:
        """What `apply(early=True)` left for later."""
        if self._settled:
            return
        from PySide6.QtCore import Qt

        before = self.dark
        # Nothing moves, so nobody has to ask for less motion; the style sheet says the same of single widgets.
        for effect in Qt.UIEffect:
            QApplication.setEffectEnabled(effect, False)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._settled = True
        if self.dark != before:
            self.apply()

    def apply(self, *, early: bool = False) -> None:
        """Dress the whole program; safe to call again and again.

        `early`, for the gate: as far as it goes without `Qt`, whose enumerations take longer to load than the gate is
        drawn. Whether the system is dark shows on its colours; `settle` asks for the rest.
        """
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        if not self._ready:
            load_fonts()
            if not application.property(DRESSED):
                from PySide6.QtWidgets import QStyleFactory

                application.setStyle(QStyleFactory.create("Fusion"))
            ground, group = QGuiApplication.palette(), QPalette.ColorRole
            self._dark_ground = ground.color(group.WindowText).lightness() > ground.color(group.Window).lightness()
            self._ready = True
        if not early:
            self.finish_styling()
        self._forget()
        font = QFont(tokens.FAMILY)
        font.setPixelSize(self.px("body"))
        application.setFont(font)
        application.setPalette(self._qt_palette())
        application.setStyleSheet(style_sheet(self.palette, self.scale))
        self.changed.emit()

    def _qt_palette(self) -> QPalette:
        """The same roles for what Qt paints by itself."""
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
    """The one theme of the program."""
    if not _THEME:
        _THEME.append(Theme())
    return _THEME[0]


def space(steps: float) -> int:
    """A distance on the 4 px scale: `space(2)` is 8 pixels."""
    return round(tokens.STEP * steps)
