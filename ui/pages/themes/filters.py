"""The filters above the list of units: their kind, group, tone, standard, coder, what I have not coded, and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import Unit
from ui.labels import MANY, TONES
from ui.pages.themes.unit_rows import UnitFilter
from ui.widgets import FlowLayout, Toggle, column, row
from ui.widgets.taborder import put_in_place

KINDS = {"quote": _("Quotes"), "answer": _("Answers"), "survey_comment": _("Survey comments")}


class FilterBoxes(QWidget):
    """The boxes to choose from: kind, group, tone, standard and coder; emits `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = self._box(_("Quotes or answers"), _("All words"))
        self.group = self._box(_("Group"), _("All groups"))
        self.tone = self._box(_("Tone"), _("All tones"))
        self.standard = self._box(_("Standard"), _("All standards"))
        self.coder = self._box(_("Coder"), _("All coders"))
        self.all = (self.kind, self.group, self.tone, self.standard, self.coder)
        flow = FlowLayout(self, gap=1)
        for box in self.all:
            flow.addWidget(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A layout above would leave a flow that wraps no more than its first line where there is little room.
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.heightForWidth(self.width()))

    def _box(self, name: str, everything: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.addItem(everything, "")
        box.currentIndexChanged.connect(self.changed)
        return box

    def offer(self, seen: VisitState, units: Iterable[Unit]) -> None:
        """Offer what there is to choose from; what is chosen stays."""
        held = list(units)
        kinds = {unit.key.partition("/")[0] for unit in held}
        _fill(self.kind, [(kind, words) for kind, words in KINDS.items() if kind in kinds])
        groups = {unit.group for unit in held}
        tones = {unit.tone for unit in held}
        standards = sorted({number for unit in held for number in unit.standards}, key=natural)
        coders = sorted({one.person for one in seen.codings.values() if one.themes is not None})
        _fill(self.group, [(group, words) for group, words in MANY.items() if group in groups])
        _fill(self.tone, [(tone, words) for tone, words in TONES.items() if tone in tones])
        _fill(self.standard, [(number, _("Standard {number}", number=number)) for number in standards])
        _fill(self.coder, [(code, _("Coded by {person}", person=person(seen.people, code))) for code in coders])


class UnitFilters(QWidget):
    """Emits `changed`; `value` is what is set."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._low = False
        self._offered: tuple[VisitState, Sequence[Unit]] | None = None
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Find by word"))
        self.find_box.setAccessibleName(_("Find a quote or an answer"))
        self.find_box.setClearButtonEnabled(True)
        self.find_box.textChanged.connect(self.changed)
        self.uncoded = Toggle(_("Not coded yet"), name=_("Only what I have not coded yet"))
        self.uncoded.toggled.connect(self.changed)
        self.more = Toggle(_("Filters"), name=_("Show the filters"))
        self.more.toggled.connect(self._show_parts)
        self._below = column(gap=0)
        top = row(self.find_box, gap=1)
        top.setStretch(0, 1)
        self.setLayout(column(top, row(self.uncoded, self.more, None, gap=1), self._below, gap=1))

    @cached_property
    def boxes(self) -> FilterBoxes:
        """The boxes, made when they are first asked for: a box takes more than the rest of the filters together."""
        made = FilterBoxes()
        if self._offered is not None:
            made.offer(*self._offered)
        made.changed.connect(self.changed)
        put_in_place(made, self._below, self.more)
        made.setVisible(self.more.isChecked())
        return made

    def offer(self, seen: VisitState, units: Sequence[Unit]) -> None:
        """Offer what there is to choose from; what is chosen stays."""
        self._offered = seen, units
        if "boxes" in vars(self):
            self.boxes.offer(seen, units)

    def value(self) -> UnitFilter:
        """What is set."""
        chosen = UnitFilter(words=self.find_box.text(), uncoded=self.uncoded.isChecked())
        if "boxes" not in vars(self):
            return chosen
        return replace(
            chosen,
            kind=self.boxes.kind.currentData() or "",
            group=self.boxes.group.currentData() or "",
            standard=self.boxes.standard.currentData() or "",
            tone=self.boxes.tone.currentData() or "",
            coder=self.boxes.coder.currentData() or "",
        )

    @Slot()
    def clear(self) -> None:
        """Take every filter away."""
        if "boxes" in vars(self):
            for box in self.boxes.all:
                box.setCurrentIndex(0)
        self.uncoded.setChecked(False)
        self.find_box.clear()

    def set_low(self, *, low: bool) -> None:
        """In a low window the find box is one of the filters, which are shown when they are asked for."""
        self._low = low
        self._show_parts()

    def find_words(self) -> None:
        """Put the caret into the find box."""
        if self._low:
            self.more.setChecked(True)
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    @Slot()
    def _show_parts(self) -> None:
        if self.more.isChecked() or "boxes" in vars(self):
            self.boxes.setVisible(self.more.isChecked())
        self.find_box.setVisible(not self._low or self.more.isChecked())


def _fill(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    here = [(box.itemData(i), box.itemText(i)) for i in range(1, box.count())]
    if here == choices:
        return
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
