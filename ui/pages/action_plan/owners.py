"""Who owns the actions: the share of each role, and what has nobody to stand in."""

from __future__ import annotations

from reviewapp.base.i18n import _, plural
from reviewapp.figures.goals import UNDER_WAY, chosen_goals, owner_shares
from reviewapp.visit.state import VisitState
from ui.widgets import Card, Text

MANY = 3
"""From so many actions on it is said that one role sees to more than half of them."""


def shares_words(state: VisitState) -> str:
    """`Team manager 3 of 5 · nobody named 2 of 5`; empty while there are no actions."""
    return " · ".join(
        _("{who} {n} of {of}", who=one.owner or _("nobody named"), n=one.actions, of=one.of)
        for one in owner_shares(state)
    )


def to_watch(state: VisitState) -> list[str]:
    """What a plan may founder on, each as a sentence: that most rests with one role, and that nobody stands in."""
    shares, told = owner_shares(state), []
    most = next((one for one in shares if one.owner), None)
    if most is not None and most.of >= MANY and 2 * most.actions > most.of:
        told.append(_("More than half are with one role: {who}.", who=most.owner))
    under_way = [one for one in state.actions.values() if one.status in UNDER_WAY and one.action.strip()]
    alone = sum(bool(one.owner.strip()) and not one.deputy.strip() for one in under_way)
    if alone and chosen_goals(state):
        told.append(
            plural(
                "{n} current action has an owner but no deputy.",
                "{n} current actions have an owner but no deputy.",
                alone,
            )
        )
    return told


class OwnersCard(Card):
    """Shown below the table as soon as an action has words."""

    def __init__(self) -> None:
        super().__init__(_("Who owns the actions"))
        self.shares = Text("", select=True)
        self.watch = Text("", "muted", select=True)
        self.add(self.shares, self.watch)
        self.hide()

    def show_owners(self, state: VisitState) -> None:
        """Show the shares as they are now."""
        shares, watch = shares_words(state), " ".join(to_watch(state))
        self.setVisible(bool(shares))
        for text, words in ((self.shares, shares), (self.watch, watch)):
            text.setText(words)
            text.setAccessibleName(words)
        self.watch.setVisible(bool(watch))
