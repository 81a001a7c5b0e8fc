"""Which of the people of one conversation said a quote; shown only where several took part."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from reviewapp.base.i18n import _
from reviewapp.visit.state import InterviewRecord, QuoteRecord


class SpeakerBox(QComboBox):
    """The people of a conversation by number, as the report counts them; never by name."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Who in the group said it"))
        self.setToolTip(
            _("Number the people in the order they sat. Then the report can say how many people spoke about something.")
        )
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.hide()

    def show_speaker(self, quote: QuoteRecord, interview: InterviewRecord | None) -> None:
        """Show who said a quote; hidden where one person took part and nobody was named."""
        people = interview.people if interview is not None else 1
        choices = ["", *(str(number) for number in range(1, people + 1))]
        if quote.speaker not in choices:
            choices.append(quote.speaker)
        if choices != [self.itemData(place) for place in range(self.count())]:
            self.clear()
            for one in choices:
                self.addItem(_("Speaker {n}", n=one) if one else _("Who in the group said it: not recorded"), one)
        self.setCurrentIndex(choices.index(quote.speaker))
        self.setVisible(people > 1 or bool(quote.speaker))
