"""Themes: coding what people said, one unit after another, with one key a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.workspace.open_visit import Change
from ui.pages.base import Page
from ui.pages.themes.codebook import CodebookView
from ui.pages.themes.coders import CodersView
from ui.pages.themes.coding import CodingView
from ui.pages.themes.groups import GroupsView
from ui.pages.themes.seen import as_coded_by
from ui.widgets import FlowLayout, Scroll, Text, Toggle, column
from ui.widgets.one_stop import OneStop


class ThemesPage(Page):
    """Quotes and answers are coded to the themes of the visit's codebooks."""

    TITLE = _("Themes")
    SHOWS = frozenset(
        (
            "coding", "agreed_coding", "theme", "codebook", "quote", "answer", "survey_comment", "interview", "person",
            "meeting", "settled", "visit",
        )
    )  # fmt: skip
    HELP = _(
        "Say what people talk about. On the left are the quotes and the answers you wrote down. In the middle are "
        "the words of the one you selected, and on the right the themes of the codebook, each with its key.\n\nWhen "
        "the list is selected, one key ticks or unticks a theme: the figure or the letter before its name. 0 says "
        "that none fits, Space goes to the next one that is not coded, Enter goes to the memo, Escape goes back to "
        "the list, and Delete removes your themes. Whole words typed there do nothing. You can turn the keys off in "
        "the View menu. Ctrl+T finds a theme as you type; Enter ticks it.\n\nYou can make a quote from words in an "
        "answer, if the person agreed to be quoted: drag over the words, or press Tab and select them with Shift "
        "and the arrow keys, then press Ctrl+Q.\n\nA theme is suggested where it is about the same thing as a "
        "standard of the quote. It is only a suggestion and is never ticked for you. Below the themes you see when "
        "to use the selected theme, and when not.\n\nCoders compares the coders once the lead has opened the "
        "meeting: how alike they use the codebook, with the numbers behind it, and each quote or answer that coders "
        "see differently. The lead ticks what is agreed, enters the reason and saves: Enter in the list goes to the "
        "themes and again to the reason, Ctrl+Enter saves and goes to the next. Groups shows which themes patients, "
        "carers and staff talk about, how many people, and in what tone. Enter in a cell opens the words behind it. "
        "A row is grey where coders differ at least as much as groups do.\n\nCodebook shows what each theme is for. "
        "The lead ticks the codebooks to use, imports others from a spreadsheet or another program, adds themes for "
        "this visit, rewords others, and hides those that nobody has used. You can save codings for another coding "
        "program, and import them from one: you see first what would be saved or imported, and what would not.\n\n"
        "Until the lead opens the meeting, nobody sees another coder's themes. If you code alone, you need none of "
        "this."
    )

    def build(self) -> None:
        """Create the heading, the choice of a view, and the views."""
        self.progress_words = Text("", "muted")
        self.coding = CodingView(self)
        self.views: dict[str, QWidget] = {"code": self.coding}
        """The views that were looked at so far."""
        words = {"code": _("Code"), "coders": _("Coders"), "groups": _("Groups"), "codebook": _("Codebook")}
        self.tabs: dict[str, Toggle] = {}
        self._tabs = QButtonGroup(self)
        head = QWidget()
        flow = FlowLayout(head)
        flow.addWidget(Text(_("Themes"), "heading", wrap=False))
        flow.addWidget(self.progress_words)
        for name, label in words.items():
            tab = Toggle(label, name=_("View: {label}", label=label), on=name == "code")
            self._tabs.addButton(tab)
            self.tabs[name] = tab
            tab.toggled.connect(self._on_tab)
            flow.addWidget(tab)
        OneStop(self, *self.tabs.values())
        self.body = Scroll(margin=4, gap=2, parent=self)
        self.body.add(head)
        self.body.body.addWidget(self.coding, 1)
        self.setLayout(column(self.body, gap=0))
        self._show_view()

    @cached_property
    def coders(self) -> CodersView:
        """How alike the coders code, made when it is first looked at."""
        made = CodersView(self)
        self._add("coders", made)
        return made

    @cached_property
    def groups(self) -> GroupsView:
        """What each group talks about, made when it is first looked at."""
        made = GroupsView(self)
        made.open_wanted.connect(self._on_open)
        self._add("groups", made)
        return made

    @cached_property
    def codebook(self) -> CodebookView:
        """The codebooks of the visit, made when they are first looked at."""
        made = CodebookView(self)
        self._add("codebook", made)
        return made

    def _add(self, name: str, made: QWidget) -> None:
        self.views[name] = made
        # It scrolls by itself: the page would ask for the height of all of it, and scroll as well.
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.body.body.addWidget(made, 1)
        made.setVisible(name == self.view())  # after it has its place: without one it would be a window

    def preparations(self) -> Iterator[Callable[[], object]]:
        """Count the units. The other views are not made: few look at them, and they take 6 MB."""
        yield self.coding.prepare

    def refresh(self, change: Change | None) -> None:
        """Show what is coded now; the chosen unit, text being typed and the filters stay."""
        seen = as_coded_by(self.state, self.visit.me)
        self.coding.show_visit(seen, change)
        self.progress_words.setText(self.coding.progress())
        if self.view() == "coders":
            self.coders.show_visit(seen)
        elif self.view() == "groups":
            self.groups.show_visit(seen)
        elif self.view() == "codebook":
            self.codebook.show_visit(seen)

    def view(self) -> str:
        """The view that is shown."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), "code")

    def _show_view(self) -> None:
        if self.view() not in self.views:
            getattr(self, self.view())
        for name, part in self.views.items():
            part.setVisible(name == self.view())

    @Slot(bool)
    def _on_tab(self, on: bool) -> None:
        if on:
            self.leave()
            self._show_view()
            self.refresh(Change("", frozenset()))

    @Slot(str)
    def _on_open(self, unit: str) -> None:
        self.reveal({"unit": unit})
        self.coding.list.setFocus()

    def leave(self) -> None:
        """Commit drafts, and what stands in a short field that was not left yet."""
        if "codebook" in self.views:
            self.codebook.themes.commit()
        super().leave()

    def find_text(self) -> bool:
        """Focus the find box."""
        self.tabs["code"].setChecked(True)
        self.coding.filters.find_words()
        return True

    def start_focus(self) -> QWidget:
        """The list, so that the keys work at once."""
        if self.view() == "code":
            return self.coding.list
        return (self.coders.start_focus() if self.view() == "coders" else None) or self.tabs[self.view()]

    def place(self) -> dict[str, str]:
        """The view, and the unit or the theme that is open."""
        found = {"view": self.view(), "unit": self.coding.list.chosen_key()}
        return found | {"theme": self.codebook.themes.list.chosen_key()} if self.view() == "codebook" else found

    def reveal(self, place: dict[str, str]) -> None:
        """Show a view, and open a unit, without the filters if they hide it."""
        unit, view = place.get("unit", ""), place.get("view", "code")
        self.tabs[view if view in self.tabs else "code"].setChecked(True)
        if view == "codebook" and place.get("book") and self.visit.is_lead:
            self.codebook.imported.take_file(Path(place["book"]))
        if view == "codebook" and place.get("project"):
            self.codebook.exchange.take_file(Path(place["project"]))
        if view == "codebook" and place.get("theme"):
            self.codebook.reveal(place["theme"])
        if unit and view == "coders":
            self.coders.reveal(unit)
        if unit:
            self.coding.reveal(unit)

    def reset_page(self) -> None:
        """Return to coding."""
        self.tabs["code"].setChecked(True)
