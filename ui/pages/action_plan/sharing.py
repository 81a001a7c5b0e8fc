"""What teams let each other read of their positive practice: what this one shares, and the examples it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _, plural
from reviewapp.figures.examples import examples_at
from reviewapp.visit.example_records import ExampleRecord, SharedPracticeRecord
from reviewapp.visit.sorting import natural
from reviewapp.visit.statements import Example, SharedPractice
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.widgets import Button, Text
from ui.widgets.status_list import StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from reviewapp.workspace.laptop import Laptop
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress

ANOTHER_TEAM = _("another team")


def _titled(state: VisitState, number: str) -> str:
    title = next((one.title for one in state.instrument.standards if one.number == number), "")
    return f"{number}  {title}".strip()


# What this team shares ---------------------------------------------------------------------------------------------


def _share_line(key: str, field: str, value: Any) -> Statement:
    if field == "deleted":
        return SharedPractice(standard=key, text=None, team=None)
    return SharedPractice(standard=key, **{field: value})


def _shared(state: VisitState, _me: str) -> list[SharedPracticeRecord]:
    return sorted((one for one in state.shared_practice.values() if one.text.strip()), key=lambda one: natural(one.key))


def _shared_row(state: VisitState, one: SharedPracticeRecord, _on: str) -> StatusRow:
    note = _("As of “{team}”", team=one.team or ANOTHER_TEAM)
    return StatusRow(one.key, _titled(state, one.key), one.text, _("Shared"), "info", "people", note=note)


def _begin_share(page: Page, typed: dict[str, Any]) -> Statement:
    passage = page.state.passages.get(f"practice:{typed['standard']}")
    text = typed["text"] or (passage.text.strip() if passage is not None else "")
    return SharedPractice(standard=typed["standard"], text=text)


def shared_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    many = len(_shared(state, ""))
    return plural("{n} practice shared", "{n} practices shared", many) if many else _("Nothing is shared")


SHARED = SectionSpec(
    kind="shared_practice", title=_("What other teams may read"),
    about=_("What this team does well and may help another team, word for word. Only what is listed here is shared. It "
        "is offered to other teams' visits on this laptop where they scored low. What they copied stays with them."),
    empty=_("Nothing is shared. Enter the number and the words. If you enter no words, the passage in the report is "
        "used."),
    fields=(FieldSpec("text", _("What they read")), FieldSpec("team", _("What this team is called there"), "line")),
    line=_share_line, records=_shared, row=_shared_row,
    also=(FieldSpec("standard", _("About which standard or item"), "line", _("Its number, such as 12")),),
    first=FieldSpec("text", _("What they may read"), "line"), add=_("Share this"), begin=_begin_share,
    remove=_("Stop sharing"), removed=_("No longer shared. You can undo this."),
)  # fmt: skip


# What other teams do -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TakeExamples:
    """Job: take what other visits on this laptop share at the items that scored low here, as one change."""

    laptop: Laptop

    def __call__(self, visit: OpenVisit, progress: Progress) -> tuple[Change | None, int]:
        """Returns the change, None where nothing is offered, and how many visits could not be read."""
        from reviewapp.workspace.examples import offered_here, take_examples

        progress.report(_("Reading the visits of other teams"))
        offered = offered_here(self.laptop, visit)
        return (take_examples(visit, offered.lines) if offered.lines else None), len(offered.unread)


def _examples_line(key: str, field: str, value: Any) -> Statement:
    return Example(id=key, **{field: value})


def _examples(state: VisitState, _me: str) -> list[ExampleRecord]:
    return sorted(state.examples.values(), key=lambda one: (natural(one.standard), natural(one.id)))


def _example_row(state: VisitState, one: ExampleRecord, _on: str) -> StatusRow:
    return StatusRow(
        one.id, _titled(state, one.standard), one.text, tone="info", icon="people", note=one.team or ANOTHER_TEAM
    )


def examples_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    many = len(state.examples)
    return plural("{n} example", "{n} examples", many) if many else _("None")


EXAMPLES = SectionSpec(
    kind="example", title=_("Examples from other teams"),
    about=_("What other teams do well where this team scored low, if their lead shares it. It is also shown beside the "
        "goals it is about."),
    empty=_("None yet. The lead looks for them in other teams' visits on this laptop."),
    fields=(), line=_examples_line, records=_examples, row=_example_row,
    remove=_("Remove this example"), removed=_("Removed. You can undo this."),
)  # fmt: skip


class ExamplesSection(RecordSection):
    """The examples, and for the lead the press that looks for more."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, EXAMPLES)

    def build_more(self) -> None:
        """The button that looks for examples."""
        self.look = Button(_("Look for examples on this laptop"), "people")
        self.look.clicked.connect(self._on_look)
        self.tool_flow.addWidget(self.look)
        self.waits = Text(
            _("You can import examples once the meeting has been opened: they show which items are low."), "muted"
        )
        self._body.insertWidget(1, self.waits)

    def show_more(self, record: Any) -> None:
        """The lead alone looks for examples and takes one out, once the meeting was opened."""
        page = self._page
        lead, opened = page.visit.is_lead, page.state.meeting_opened
        self.tools.setVisible(lead)
        usable(self.look, only_read(page.writable) or ("" if opened else self.waits.text()))
        self.waits.setVisible(lead and not opened)
        self.detail.setVisible(lead and record is not None)

    @Slot()
    def _on_look(self) -> None:
        laptop = self._page.session.laptop
        if laptop is not None:
            self._page.run_with_visit(
                _("Looking for examples"), TakeExamples(laptop), self._on_taken, self._on_failed, writes=True
            )

    def _on_taken(self, taken: tuple[Change | None, int]) -> None:
        change, unread = taken
        left_out = plural("{n} visit could not be read.", "{n} visits could not be read.", unread) if unread else ""
        if change is None:
            nothing = _("No other team on this laptop shares anything new about what scored low here.")
            self._page.notify(f"{nothing} {left_out}".strip(), "info")
            return
        self._page.session.bridge.adopt(change)
        self._page.session.bridge.saved.emit()
        told = plural("{n} example imported", "{n} examples imported", len(change.records))
        self._page.notify(f"{_('{told}. You can undo this.', told=told)} {left_out}".strip(), "met")
        self.list.setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        self._page.notify(error, "not_met")


def example_lines(state: VisitState, numbers: tuple[str, ...]) -> list[str]:
    """What other teams do at these standards, a line each: `12, Example Team: Every visit ends with the plan`."""
    found = examples_at(state)
    return [
        f"{number}, {one.team or ANOTHER_TEAM}: {one.text.strip()}"
        for number in numbers
        for one in found.get(number, ())
    ]
