"""The questions of one group's guide, made when that group is first spoken to and kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.base import Page
from ui.pages.interviews_prompt import PromptBox
from ui.widgets import Rule, column


class GuideSheet(QWidget):
    """`boxes` by prompt id, in the order of the guide; the last is for anything else."""

    def __init__(
        self, page: Page, group: str, on_quote: Callable[[PromptBox], None], on_selection: Callable[[], None]
    ) -> None:
        super().__init__()
        self.boxes: dict[str, PromptBox] = {}
        instrument = page.state.instrument
        guide = instrument.guide(group)
        parts: list[QWidget] = []
        for prompt in [*(guide.prompts if guide else ()), None]:
            box = PromptBox(page, prompt, instrument)
            box.quote_wanted.connect(on_quote)
            box.editor.selectionChanged.connect(on_selection)
            box.editor.setProperty("prompt", box.prompt_id)
            parts += [Rule(), box] if parts else [box]
            self.boxes[box.prompt_id] = box
        self.setLayout(column(*parts, gap=2))

    def put_away(self) -> None:
        """Another group is shown: what was typed here becomes an entry."""
        for box in self.boxes.values():
            box.editor.commit()
        self.hide()

    def let_go(self) -> None:
        """Not needed for now; everything in it is an entry."""
        self.put_away()
        self.setParent(None)
        self.deleteLater()
