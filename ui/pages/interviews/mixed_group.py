"""People of several groups in one conversation: how many of each, folded away until somebody needs it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.state import InterviewRecord
from ui.labels import MANY
from ui.widgets import FlowLayout, Text, Toggle, column, tab_through
from ui.widgets.boxes import NumberBox
from ui.widgets.usable import usable

MOST = 50
"""The most people of one conversation."""


class MixedGroup(QWidget):
    """A number for each group, shown by `toggle`; `changed` emits people by group, empty where all are of one.

    The conversation stays with the guide of its own group, of which one took part at least.
    """

    changed = Signal(dict)

    def __init__(self, *after: QWidget) -> None:
        """Tab goes through `after` before the numbers."""
        super().__init__()
        self._after = after
        self._rec: InterviewRecord | None = None
        self.toggle = Toggle(_("From several groups…"), name=_("People from several groups"))
        self.toggle.clicked.connect(self._on_toggled)
        self.hide()

    @cached_property
    def boxes(self) -> dict[str, NumberBox]:
        """The number of each group, made when they are first shown: most conversations are with one person."""
        boxes: dict[str, NumberBox] = {}
        parts = QWidget()
        flow = FlowLayout(parts, gap=2)
        for group, words in MANY.items():
            box = NumberBox(_("How many: {group}", group=words), 0, MOST)
            box.setPrefix(f"{words}: ")
            box.valueChanged.connect(self._on_changed)
            boxes[group] = box
            flow.addWidget(box)
        self.setLayout(column(Text(_("How many from each. What they say is not counted for any one group."), "muted"),
                              parts, gap=1))  # fmt: skip
        tab_through(*self._after, parts)
        return boxes

    def show_interview(self, rec: InterviewRecord, *, fresh: bool) -> None:
        """Show the people of a conversation; another one (`fresh`) folded away unless they are of several groups."""
        self._rec = rec
        several = bool(rec.groups)
        if several or "boxes" in vars(self):
            self._fill(rec)
        if fresh or several:
            self.toggle.setChecked(several)
        self.toggle.setVisible(several or rec.people > 1)
        usable(self.toggle, _("There are people of several groups already.") if several else "")
        self.setVisible(self.toggle.isChecked() and (several or rec.people > 1))

    def _fill(self, rec: InterviewRecord) -> None:
        for group, box in self.boxes.items():
            box.blockSignals(True)
            box.setMinimum(1 if group == rec.group else 0)
            box.setValue(rec.groups.get(group, 0) if rec.groups else rec.people if group == rec.group else 0)
            box.blockSignals(False)

    @Slot()
    def _on_toggled(self) -> None:
        rec = self._rec
        if rec is not None and self.toggle.isChecked():
            self._fill(rec)
            self.show()
            (self.boxes.get(rec.group) or next(iter(self.boxes.values()))).setFocus()
        else:
            self.hide()

    @Slot(int)
    def _on_changed(self, _value: int) -> None:
        found = {group: box.value() for group, box in self.boxes.items() if box.value()}
        self.changed.emit(found)
