"""What two laptops changed apart: both side by side, and one choice that settles it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, either
from reviewapp.visit.blind import seen_conflicts
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.labels import entity as in_words
from reviewapp.visit.state import Conflict
from reviewapp.visit.statements import LEAD_ONLY
from ui.pages.bring_together.laptops import SHORT
from ui.pages.bring_together.people import clock
from ui.pages.bring_together_settle import SettleForm
from ui.pages.told_list import Told, ToldList
from ui.widgets import Card, Text, clear, column, value_label

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Desk

FIELDS = {
    "value": "",
    "text": "",
    "with": _("Who took part"),
    "consent_notes": _("Agrees to notes"),
    "consent_quotes": _("Agrees to be quoted"),
    "consent_circulation": _("Agrees to wider circulation"),
    "deleted": _("Taken away or kept"),
    "told": _("Who was told"),
    "at": _("When"),
}


def key_of(conflict: Conflict) -> str:
    """What tells conflicts apart; also how a link names one."""
    return f"{conflict.entity}|{conflict.key}|{conflict.field}"


PERSONAL = {
    "rating": _("{author}'s rating of standard {standard}"),
    "interview": _("{author}'s interview {id}"),
    "answer": _("{author}'s notes of interview {interview}"),
    "quote": _("{author}'s quote {id}"),
    "case_note": _("{author}'s case note {id}"),
    "audit": _("{author}'s case note {case_note}, item {item}"),
    "concern": _("{author}'s immediate concern {id}"),
    "local_context": _("{author}'s local context of standard {standard}"),
}


def where_in_words(conflict: Conflict) -> str:
    """The record that two laptops changed, as a person would call it."""
    info = ENTITIES.get(conflict.entity)
    parts = info.split(conflict.key) if info else None
    if parts is None or conflict.entity not in PERSONAL:
        return in_words(conflict.entity, conflict.key, _)
    return PERSONAL[conflict.entity].format(author=parts[1], **parts[0])


def value_in_words(state: VisitState, value: Any) -> str:
    """A value as a person would say it."""
    if value is None or value == "":
        return _("(left empty)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "(nobody)"
    if isinstance(value, str | int) and state.instrument.scale.find(value):
        return value_label(state.instrument.scale, value)
    return str(value)


def kept_or_not(deleted: Any) -> str:
    """What became of a record on one laptop, as a person would say it."""
    return _("Taken away") if deleted else _("Kept")


def authors(desk: Desk, conflict: Conflict) -> dict[str, str]:
    """Who wrote each version, and when; where one person wrote two, also on which laptop.

    A version that undo brought back is told of whoever wrote it first, not of whoever pressed Undo.
    """
    said = [item for item in desk.history(conflict.entity, conflict.key) if item.field == conflict.field]
    first = {value.entry: next((item for item in said if item.value == value.value), None) for value in conflict.values}
    people = [one.person for one in first.values() if one is not None]
    found = {}
    for value in conflict.values:
        one = first[value.entry]
        if one is None:
            found[value.entry] = f"{value.person}, {clock(value.at)}"
            continue
        laptop = (
            _(" on this laptop")
            if one.device == desk.store.device
            else _(" on laptop {device}", device=one.device[:SHORT])
        )
        found[value.entry] = one.person + (laptop if people.count(one.person) > 1 else "") + f", {clock(one.at)}"
    return found


def who_may_settle(desk: Desk, conflict: Conflict) -> str:
    """Empty when the person of this laptop may; else why not and who may, in words."""
    info = ENTITIES.get(conflict.entity)
    parts = info.split(conflict.key) if info else None
    if info is None or parts is None:
        return _("This comes from a newer version of the program and can be settled there.")
    author = parts[1]
    if author and author != desk.me:
        return _(
            "Only {author} can settle this, because it is {author}'s own record. Ask them to do it on their laptop.",
            author=author,
        )
    if issubclass(info.line, LEAD_ONLY) and not desk.is_lead:
        return _("Only the lead reviewer can settle this.")
    return ""


class ConflictsCard(Card):
    """`settled(Settlement)`: somebody chose and said why."""

    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Two laptops say different things"))
        self.list = ToldList(_("Where two laptops say different things"), most=190)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self._desk: Desk | None = None
        self._shown: Conflict | None = None
        self.form: SettleForm | None = None
        self._values = QWidget()
        self._values.setLayout(column(gap=2))
        why = _("Both were changed before the laptops met. Choose one and say why; Undo brings both back.")
        self.add(Text(why, "muted"), self.list, self._values)
        self.hide()

    def show_conflicts(self, desk: Desk) -> None:
        """The conflicts as they are now; hidden when there are none."""
        self._desk = desk
        found = seen_conflicts(desk.state, desk.me)
        self.setVisible(bool(found))
        self.list.show_rows([self._told(desk.state, conflict) for conflict in found])
        if found and not self.list.chosen_key():
            self.list.choose(key_of(found[0]))
        self._show_chosen()

    def choose(self, key: str) -> bool:
        """Go to a conflict by its key or the beginning of it."""
        found = next((c for c in self._desk.state.conflicts if key_of(c).startswith(key)), None) if self._desk else None
        return found is not None and self.list.choose(key_of(found))

    def _told(self, state: VisitState, conflict: Conflict) -> Told:
        where = where_in_words(conflict)
        field = FIELDS.get(conflict.field, conflict.field.replace("_", " ").capitalize())
        assert self._desk is not None
        people = sorted({words.split(",")[0] for words in authors(self._desk, conflict).values()})
        who = either(people, _(" and "))
        return Told(
            key=key_of(conflict),
            title=where[:1].upper() + where[1:],
            detail=_("{field}: changed by {who}", field=field, who=who) if field else _("Changed by {who}", who=who),
            pill=_("{n} versions", n=len(conflict.values)),
            tone="warn",
            icon="differ",
        )

    def _show_chosen(self) -> None:
        desk, key = self._desk, self.list.chosen_key()
        found = next((c for c in desk.state.conflicts if key_of(c) == key), None) if desk else None
        if found == self._shown and found is not None:
            return
        self._shown = found
        layout = self._values.layout()
        assert layout is not None
        clear(layout)
        self.form = None
        if found is None or desk is None:
            return
        refusal = who_may_settle(desk, found)
        words = kept_or_not if found.field == "deleted" else partial(value_in_words, desk.state)
        self.form = SettleForm(found, words, authors(desk, found), may=not refusal, writable=not desk.read_only)
        self.form.settled.connect(self.settled)
        layout.addWidget(self.form)
        if refusal:
            layout.addWidget(Text(refusal, "strong"))

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()
