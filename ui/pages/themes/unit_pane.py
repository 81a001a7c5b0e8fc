"""The words of a unit with where they come from, what others made of it, and my memo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person, record_number
from reviewapp.visit.statements import Coding, Quote, Statement
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.pages.themes.spoken_words import EDGE, SpokenWords
from ui.pages.themes.unit_rows import where_from
from ui.theme import space
from ui.widgets import Button, DraftText, Scroll, Text, column, row
from ui.widgets.panes import scroll_into_view
from ui.widgets.taborder import put_in_place

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.theme_records import Themes
    from reviewapp.visit.themes import Unit
    from ui.pages.base import Page


def memo_line(unit: str, text: str) -> Statement:
    """The statement of my memo on a unit."""
    return Coding(unit=unit, memo=text)


class UnitPane(Scroll):
    """One unit to read, and the memo on it; words of my own answers can be marked and made a quote.

    Emits `quoted(unit)` with the quote that was made, or that has the same words already.

    `room`, for the card in which the withdrawal of a survey comment is confirmed, is laid out by whoever has it.
    """

    quoted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(margin=2, gap=3, width=space(180))
        self._page = page
        self._unit: Unit | None = None
        self.where = Text("", "overline", fills=True)
        self.asked = Text("", "muted", fills=True)
        self.words = SpokenWords()
        self.quote = Button(_("Quote selected words"), "quote", "quiet", tip=_("Select words above, then press Ctrl+Q"))
        self.quote.clicked.connect(self._on_quote)
        shortcut = QShortcut(QKeySequence("Ctrl+Q"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_quote)
        self.others = Text("", "body", select=True, fills=True)
        self.memo = DraftText(page.session.bridge, _("My memo"), placeholder=_("Why these themes?"), rows=2)
        label = Text(_("My memo"), "strong")
        label.setBuddy(self.memo)
        for part in (self.where, self.asked, self.others):
            part.setIndent(EDGE)
        self.withdraw = Button(_("Withdraw…"), "bin", "quiet", name=_("Withdraw this survey comment"))
        self.withdraw.clicked.connect(self._on_withdraw)
        self.room = column(gap=0)
        said = column(self.where, self.words, self.asked, row(self.quote, self.withdraw, None), gap=2)
        self.add(said, self.others, column(label, self.memo, gap=1), None)

    @cached_property
    def card(self) -> WithdrawCard:
        """Confirmation of a withdrawal, made when one is first asked for; Tab comes to it after the button."""
        made = WithdrawCard(self._page)
        made.dismissed.connect(self._on_dismissed)
        put_in_place(made, self.room, self.withdraw)
        return made

    def show_unit(
        self, unit: Unit | None, seen: VisitState, themes: Themes, coders: Sequence[str], *, fresh: bool
    ) -> None:
        """Show a unit with what these coders made of it; `fresh` when it is another one than before."""
        self._unit = unit
        if "card" in vars(self):
            self.card.close_unless(_comment_key(unit))
        if unit is None:
            self.memo.bind(None)
            return
        self.where.setText(f"{_name(unit)} · {where_from(unit, seen.people)}")
        asked = _asked(unit, seen)
        self.asked.setText(_("Asked: {words}", words=asked))
        self.asked.setVisible(bool(asked))
        if self.words.text() != unit.text:
            self.words.setText(unit.text)
            self.words.setAccessibleName(unit.text)
        me = self._page.visit.me
        may_quote = self._page.writable and unit.key.startswith("answer/") and unit.person == me
        self.quote.setVisible(may_quote)
        self.words.set_markable(on=may_quote)
        self.withdraw.setVisible(self._page.writable and bool(_comment_key(unit)) and self._codes(seen))
        others = _others(unit, seen, themes, [code for code in coders if code != me])
        self.others.setText("\n".join(others))
        self.others.setAccessibleName("\n".join(others))
        self.others.setVisible(bool(others))
        mine = seen.codings.get(f"{unit.key}/{me}")
        memo = mine.memo if mine is not None else ""
        if fresh:
            self.memo.bind(partial(memo_line, unit.key) if self._codes(seen) else None, memo)
            self.verticalScrollBar().setValue(0)
        else:
            self.memo.refresh(memo)

    def _codes(self, seen: VisitState) -> bool:
        me = seen.people.get(self._page.visit.me)
        return me is not None and me.rates

    @Slot()
    def _on_withdraw(self) -> None:
        key = _comment_key(self._unit)
        if key:
            self.card.ask("survey_comment", key)
            scroll_into_view(self.card)

    @Slot()
    def _on_dismissed(self) -> None:
        back = self.withdraw if self.withdraw.isVisible() else self._page.start_focus()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_quote(self) -> None:
        """Make a quote of the marked words of one of my answers."""
        unit, words = self._unit, self.words.marked()
        if unit is None or self.quote.isHidden():
            return
        talk = self._page.state.interviews.get(unit.interview)
        if not words:
            self._page.notify(
                _("Select the person's own words first: drag over them, or use Shift and the arrow keys."), "info"
            )
            return
        if talk is None or talk.consent_quotes is not True:
            self._page.notify(_("{id} has not agreed to be quoted.", id=talk.id if talk else unit.interview), "warn")
            return
        same = (one for one in self._page.state.quotes.values() if one.interview == talk.key and one.text == words)
        before = next(same, None)
        if before is not None:
            self._page.notify(_("These words are already quote {number}.", number=record_number(before.key)), "info")
            self.quoted.emit(f"quote/{before.key}")
            return
        number = self._page.visit.next_id("quote", "Q")
        line = Quote(id=number, interview=talk.id, text=words, standards=list(unit.standards), tone="neutral")
        if self._page.record(line) is not None:
            key = line.key(talk.person)
            self._page.notify(_("Quote {number} is kept, and can be coded.", number=number), "met")
            self.quoted.emit(f"quote/{key}")


def _comment_key(unit: Unit | None) -> str:
    """The key of the survey comment that a unit is; empty for any other."""
    kind, _slash, key = unit.key.partition("/") if unit is not None else ("", "", "")
    return key if kind == "survey_comment" else ""


def _name(unit: Unit) -> str:
    kind, __, rest = unit.key.partition("/")
    if kind == "survey_comment":
        return _("Survey comment")
    return _("Quote {number}", number=record_number(rest)) if kind == "quote" else _("Answer")


def _asked(unit: Unit, seen: VisitState) -> str:
    """What was asked, above an answer."""
    kind, __, rest = unit.key.partition("/")
    if kind != "answer":
        return ""
    prompt = seen.answers[rest].prompt
    asked = {one.id: one.text for guide in seen.instrument.guides for one in guide.prompts}
    return asked.get(prompt, _("Notes"))


def _others(unit: Unit, seen: VisitState, themes: Themes, coders: Sequence[str]) -> list[str]:
    """What the others made of it, and what was agreed; nothing before the meeting, when `seen` has none of it."""
    lines = []
    for code in coders:
        coding = seen.codings.get(f"{unit.key}/{code}")
        if coding is not None and coding.themes is not None:
            who = person(seen.people, coding.person)
            lines.append(_("{person}: {themes}", person=who, themes=titles_of(themes, coding.themes)))
            if coding.memo:
                lines.append(_("{person} writes: {memo}", person=who, memo=coding.memo))
    agreed = seen.agreed_codings.get(unit.key)
    if agreed is not None and agreed.themes is not None:
        lines.append(_("Agreed: {themes}", themes=titles_of(themes, agreed.themes)))
    return lines


def titles_of(themes: Themes, ids: tuple[str, ...] | list[str]) -> str:
    """Themes by their titles; none: none fits."""
    titles = [themes.by_id[one].title if one in themes.by_id else one for one in ids]
    return ", ".join(titles) or _("none fits")
