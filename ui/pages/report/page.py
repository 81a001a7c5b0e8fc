"""Report: parts, the text of the chosen part, the pages as they will be printed, and the findings."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.statements import Passage, Statement
from ui.pages.base import Page
from ui.pages.report.after_draft import AfterDraft
from ui.pages.report.finding import FindingCard
from ui.pages.report.findings import FindingsPane, anchor_of
from ui.pages.report.left_column import LeftColumn
from ui.pages.report.names import NamesCard
from ui.pages.report.outline import MADE_FROM, Headings, Part, outline_row, parts_of
from ui.pages.report.pages import PagesPane
from ui.pages.report.proofreader import ProofReader
from ui.pages.report.saving import SavingBar
from ui.pages.shared.figure_links import origin_of
from ui.pages.shared.finding_words import cause_of
from ui.theme import space, theme
from ui.widgets import Button, Card, DescribingText, Scroll, Text, column, row, tab_through
from ui.widgets.panes import Panes
from ui.widgets.status_list import StatusList
from ui.widgets.taborder import first_stop, put_in_place

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from reviewapp.workspace.open_visit import Change


LEFT, WRITTEN = 290, 250
"""Width of the left column at most, and of the writing one at least, while the pages keep as much."""
WRITING, REST = 5, 8
"""Rows of the writing column that take the spare height: the text box, or the empty space below everything."""


def passage_line(place: str, text: str) -> Statement:
    """The statement of a passage of the report."""
    return Passage(place=place, text=text)


class ReportPage(Page):
    """The report; everything that is not written by hand is computed, and nothing is typed twice."""

    TITLE = _("Report")
    HELP = _(
        "The draft report is made automatically from what was recorded. On the left are its parts. You can write in "
        "those with a pen: the summary, a commentary on each section, achievements, improvements, recommendations, "
        "the method. What you leave empty is made from the figures.\n\nOn the right are the pages of that part; "
        "“All pages” shows the whole report. They update a moment after you stop typing, and stay where you were "
        "reading. Click a figure to see what it is based on. With the keyboard, go from figure to figure with the "
        "left and right arrow keys, and press Enter.\n\nCheck before you send it lists warnings: what is still "
        "open, what does not fit together, what may identify someone. Select a warning to see why and where; Enter "
        "goes there. The lead may accept a warning, with a reason. The program never says that a text is right, or "
        "anonymous. Before a file is saved, warnings marked Stop are shown once more, with a way to go to each. If "
        "you save anyway, the visit keeps a record of that under your name. What you save is not encrypted, but you "
        "can save a PDF with a password, which nobody can open without it.\n\nThere are three copies: for the "
        "committee, with the forecast; for the host team, without it; and for wider circulation, to people outside "
        "the team. That one has no immediate concerns, small numbers or reviewers' notes, and no quotes without "
        "consent to wider circulation.\n\nThe last three parts are for later. The team's answers to the draft: save "
        "the form that goes with the draft, import what the team sends back, and accept or decline each answer with "
        "a reason. The committee's decision: record it, and the report is the final one. For the network: the lead "
        "saves an extract with the counts of this visit and the words of people who agreed to a published report; "
        "you see all of it first. If words that were sent are withdrawn, a notice tells the network."
    )

    def build(self) -> None:
        """Create the saving bar above, and parts, writing and pages side by side."""
        self._headings: Headings = ()
        self._parts: dict[str, Part] = {}
        self._part: Part | None = None
        self._narrow: bool | None = None
        self._fitted = 0
        # Each part is parented before it is filled; reparented later, all of it would be styled once more.
        self.body = Scroll(margin=4, gap=3, parent=self)
        self.setLayout(column(self.body, gap=0))
        self.saving, self.splitter = SavingBar(self), Panes(Qt.Orientation.Horizontal)
        self.body.add(self.saving, self.splitter)
        self.body.body.setStretch(1, 1)
        self.left, self.writing = LeftColumn(), Scroll(margin=0, gap=2.5)
        self.pages = PagesPane(self.session)
        for part, stretch in ((self.left, 2), (self.writing, 3), (self.pages, 4)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self._build_left()
        self._build_writing()
        self.tie_to_list(self.writing, self.outline)
        self.tie_to_list(self.pages, self.outline)
        tab_through(self.saving, self.left, self.writing, self.pages)
        self.pages.made.connect(self._on_made)
        self.pages.view.asked.connect(self._on_figure)
        self.saving.profile_changed.connect(self._on_profile)
        self.saving.pages.toggled.connect(self._on_pages)
        self._first_focus: QWidget = self.outline
        self.reader = ProofReader(self)
        self.reader.found.connect(self._on_found)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _build_left(self) -> None:
        self.outline = StatusList(_("Parts of the report"))
        self.outline.selectionModel().currentChanged.connect(self._on_part)
        self.outline.clicked.connect(self._on_part_clicked)
        self.outline.activated.connect(self._on_part_entered)
        self.open = FindingsPane()
        self.open.chosen.connect(self._on_finding)
        self.open.asked.connect(self._on_cause)
        self.open.names.connect(self._on_names)
        self.left.add(self.outline, self.open)

    def _build_writing(self) -> None:
        self._finding, self._names = column(gap=0), column(gap=0)
        self.part_title = Text("", "heading")
        self.about = Card(kind="inset", margin=3)
        self.about_words = Text("", select=True)
        self.about.add(self.about_words)
        self.editor = self.draft(_("Passage of the report"), placeholder=_("Write here"), rows=6, most=6)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.editor.edited.connect(self._on_edited)
        self.part_hint = DescribingText("", "muted", of=self.editor)
        self.source = Button("", "arrow_right", "quiet")
        self.source.clicked.connect(self._on_source)
        self.writing.add(self._finding, self._names)
        self.afterwards = AfterDraft(self, self.source)
        self.afterwards.grew.connect(self._on_grew)
        self.afterwards.part_wanted.connect(self._on_part_wanted)
        self.writing.add(self.part_title, self.part_hint, self.about, self.editor, row(self.source, None))
        self.writing.add(self.afterwards, None)

    @cached_property
    def finding(self) -> FindingCard:
        """The chosen warning, made with the first."""
        made = FindingCard(self)
        made.asked.connect(self._on_cause)
        made.closed.connect(self._on_finding_closed)
        self._place(made, self._finding)
        return made

    @cached_property
    def names(self) -> NamesCard:
        """The list of names, made when it is first opened."""
        made = NamesCard(self)
        made.closed.connect(made.hide)
        made.refresh()
        self._place(made, self._names)
        return made

    def _place(self, made: QWidget, place: QBoxLayout) -> None:
        """Put a card above what is written, also in the order of Tab."""
        put_in_place(made, place, self.left)
        self.tie_to_list(made, self.open.listed)

    # Showing -------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None) -> None:
        """Show the current lists at once and the pages shortly after; text, place and scroll position stay."""
        self._show_outline()
        self.open.show_names(len(self.state.known_names))
        if self.reader.read(change):
            self.open.reading()
        if "names" in vars(self):
            self.names.refresh()
        self.saving.refresh()
        self._show_part()
        self.pages.mark_outdated(self.saving.profile)

    @Slot(object)
    def _on_found(self, found: list[Finding]) -> None:
        """Show the findings of the current visit."""
        self.open.show_findings(found, self.state.people)
        self.left.show_waiting(self.open.waiting)
        self._show_finding()

    def _show_outline(self) -> None:
        state = self.state
        parts = parts_of(state, self._headings)
        self._parts = {part.key: part for part in parts}
        self.outline.show_rows([outline_row(state, part) for part in parts])
        if not self.outline.chosen_key() and parts:
            self.outline.choose(parts[0].key)

    def _show_part(self) -> None:
        part = self._parts.get(self.outline.chosen_key())
        if part is None:
            return
        passage = self.state.passages.get(part.place)
        text = passage.text if passage else ""
        if self._part is None or part.key != self._part.key:
            self._part = part
            self.part_title.setText(part.title)
            self.editor.setAccessibleName(part.title)
            self.editor.bind(partial(passage_line, part.place) if part.place else None, text)
            self.writing.verticalScrollBar().setValue(0)
        else:
            self._part = part
            self.editor.refresh(text)
        words, page = MADE_FROM.get(part.anchor, ("", ""))
        self.part_hint.setText(part.hint or words)
        self.editor.setVisible(bool(part.place))
        self.writing.body.setStretch(WRITING, 1 if part.place else 0)
        self.writing.body.setStretch(REST, 0 if part.place else 1)
        self.source.setVisible(not part.place and bool(page))
        self.source.setText(_("Go there"))
        self.source.setAccessibleName(_("Go to the source of {title}", title=part.title))
        self._show_about(part)
        self.afterwards.show_part(part.anchor)
        self._on_grew()

    @Slot()
    def _on_grew(self) -> None:
        """Give the writing column the width that the panel in it needs."""
        if self._narrow is not None and self.writing.width() < self.afterwards.needed():
            self._fitted = 0
            self._apply_width()

    def _show_about(self, part: Part) -> None:
        """For a recommendation, show the standard's statement and why it is not met."""
        self.about.setVisible(bool(part.standard))
        if part.standard:
            standard, agreed = self.state.instrument.standard(part.standard), self.state.agreed.get(part.standard)
            reason = (
                (
                    _("\n\nWhy this score: {reason}", reason=agreed.reason.strip())
                    if self.state.instrument.scale.kind == "scored"
                    else _("\n\nWhy it is not met: {reason}", reason=agreed.reason.strip())
                )
                if agreed and agreed.reason.strip()
                else ""
            )
            self.about_words.setText(f"{standard.statement}{reason}")

    def _show_finding(self) -> None:
        """Update the chosen finding; hide it if it is gone."""
        if "finding" not in vars(self):
            return
        chosen = self.finding.finding
        found = self.open.finding(chosen.id) if chosen is not None else None
        self.finding.show_finding(found, here=found is not None and self._is_here(found))

    def _is_here(self, found: Finding) -> bool:
        """Whether the finding is about a passage that can be edited on this page."""
        return found.entity == "passage" and found.key in self._parts

    # Preview -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_made(self, headings: Headings) -> None:
        # The document's headings are known only once it has been built.
        if headings != self._headings:
            self._headings = headings
            self._show_outline()

    @Slot(str)
    def _on_figure(self, path: str) -> None:
        """Open the source of a printed figure."""
        origin = origin_of(path)
        if origin is not None:
            self.session.show_page(*origin)

    # Actions -------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_part(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self._parts:
            before = self._part
            self._show_part()
            if self._part is not None and before is not None and before.key != self._part.key:
                self.pages.go_to_heading(self._part.anchor)

    @Slot()
    def _on_edited(self) -> None:
        self.pages.mark_outdated(self.saving.profile)

    @Slot()
    def _on_profile(self) -> None:
        self.pages.mark_outdated(self.saving.profile)

    @Slot()
    def _on_source(self) -> None:
        if self._part is not None:
            self.session.show_page(MADE_FROM[self._part.anchor][1])

    @Slot(QModelIndex)
    def _on_part_clicked(self, _index: QModelIndex) -> None:
        # Choosing a part ends the work on a finding.
        self._on_finding_closed()

    @Slot()
    def _on_part_entered(self) -> None:
        """Go to what is written of the part, or to what else there is of it."""
        self._on_finding_closed()
        for widget in (self.editor, self.afterwards, self.source, self.pages.view):
            if widget.isVisible() and widget.isEnabled():
                first = widget if widget.focusPolicy() else first_stop(widget)
                if first is not None:
                    first.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    def show_list(self, chosen_in: QWidget) -> None:
        """Show the parts again in a narrow window that shows the pages."""
        if self._narrow:
            self.saving.pages.setChecked(False)

    @Slot(str)
    def _on_finding(self, key: str) -> None:
        """Show the finding; its passage is opened, if it has one, and the pages scroll to it."""
        found = self.open.finding(key)
        if found is None:
            return
        here = self._is_here(found)
        if here:
            self.outline.choose(found.key)
            self.outline.scrollTo(self.outline.currentIndex())
        anchor = self._parts[found.key].anchor if here else anchor_of(found, as_seen_by(self.state, self.visit.me))
        if anchor:
            self.pages.go_to_heading(anchor)
        self.finding.show_finding(found, here=here)
        self.writing.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_part_wanted(self, anchor: str) -> None:
        """Show the part that a comment belongs to: in the outline where it is listed, and on the pages."""
        key = next((part.key for part in self._parts.values() if part.anchor == anchor), "")
        if key:
            self.outline.choose(key)
            self.outline.scrollTo(self.outline.currentIndex())
            self.outline.setFocus()
        self.pages.go_to_heading(anchor)

    @Slot(str)
    def _on_cause(self, key: str) -> None:
        found = self.open.finding(key)
        if found is not None:
            self.session.show_page(*cause_of(found))

    @Slot()
    def _on_finding_closed(self) -> None:
        shown = "finding" in vars(self) and self.finding.finding is not None
        if shown:
            self.finding.show_finding(None)
        self.open.release()
        if shown and self._part is not None:
            self.pages.go_to_heading(self._part.anchor)  # the pages were at the finding

    @Slot()
    def _on_names(self) -> None:
        self._on_finding_closed()  # only one card at a time, so that the names are visible at once
        self.names.show()
        self.names.look()
        self.names.line.setFocus()
        self.writing.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Commit drafts, and a name that was typed but not added."""
        if "names" in vars(self):
            self.names.add_typed()
        super().leave()

    def place(self) -> dict[str, str]:
        """The part that is open."""
        return {"passage": self.outline.chosen_key()}

    def reveal(self, place: dict[str, str]) -> None:
        """Open a part, ready to write; or the part that takes a file: `answers`, `comments`, a `network_key`."""
        if place.get("answers") and self.outline.choose("responses"):
            self.afterwards.answers.take_file(Path(place["answers"]))
        if place.get("comments") and self.outline.choose("comments"):
            self.afterwards.comments.import_file(Path(place["comments"]))
        if place.get("network_key") and self.outline.choose("network"):
            self.afterwards.network.take_file(Path(place["network_key"]))
        if place.get("passage") and self.outline.choose(place["passage"]):
            self.left.show_parts()
            self.outline.scrollTo(self.outline.currentIndex())
            self._first_focus = self.editor if self._part is not None and self._part.place else self.outline

    def start_focus(self) -> QWidget:
        """The outline; after a link to a passage its text box."""
        begin, self._first_focus = self._first_focus, self.outline
        return begin

    # Layout --------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_pages(self, on: bool) -> None:
        if self._narrow:
            self.left.setVisible(not on)
            self.writing.setVisible(not on)
            self.pages.setVisible(on)

    def _apply_width(self) -> None:
        """Show three columns if there is space, else the pages in place of the other two."""
        narrow = self.width() < theme().px(740)
        if narrow != self._narrow:
            self._narrow = narrow
            self.saving.pages.setVisible(narrow)
            on = self.saving.pages.isChecked()
            self.left.setVisible(not (narrow and on))
            self.writing.setVisible(not (narrow and on))
            self.pages.setVisible(on or not narrow)
        if self._fitted != self.width():
            self._fitted = self.width()
            room = self.width() - space(8)
            left = min(theme().px(LEFT), room * 3 // 10 if not narrow else room // 2)
            if narrow:
                left = max(min(left, room - self.afterwards.needed()), self.left.minimumSizeHint().width())
            rest = room - left
            writing = max(rest * 2 // 5, min(theme().px(WRITTEN), rest // 2), self.afterwards.needed())
            pages = max(rest - writing, self.pages.minimumSizeHint().width())
            self.splitter.setSizes([left, rest, rest] if narrow else [room - writing - pages, writing, pages])

    @Slot()
    def _on_themed(self) -> None:
        self.splitter.setMinimumHeight(theme().px(320))
        self._fitted = 0
        if self._narrow is not None:
            self._apply_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()
