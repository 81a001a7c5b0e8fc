"""The help of the page Overview (F1)."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "Here you see how far the visit is. The rings count against what the visit aims for. The timetable shows what "
    "is on now and what comes next; the lead can change it here.\n\n"
    "Still untested lists the standards that fewer than two sources have spoken to, type 1 first, each with the "
    "next best question. Press the standard to open it, or the question to go where it is asked. In a visit with "
    "two sets of standards the same is said of the second one.\n\n"
    "The forecast says what the rule would give now, at best and at worst, and the fewest standards that would "
    "change it.\n\n"
    "Before the day the lead takes in what the team sent, shares out the questions, and writes the visit pack for "
    "the other laptops; the four words of the visit stand beside it, and where the pack is taken. The lead can "
    "also change who is on the review team, at any time: if figures change by it, that is said and asked first.\n\n"
    "Who leads says who can take over when the lead's laptop is lost: the deputy whom the lead names there, with "
    "eight words on paper. The deputy presses “Lead this visit from here” on their own laptop and types the "
    "words. Without a deputy, restore a backup of the lead's laptop on another one: it leads as before.\n\n"
    "On a scored scale the forecast is the score: the total, or between which totals it lies, published totals of "
    "other teams as a pale bar behind it, and how many items are within the team's reach.\n\n"
    "Rounds of this team puts the earlier reviews beside this one. Below the totals stands item by item what "
    "moved: a dot is a score that is certain, a bar a range, a line joins two that are certain; beside it are the "
    "criteria that changed. Two totals may differ by chance, so nothing points up or down. Enter opens the item. "
    "The card also says what is asked first at this round and which scores are carried meanwhile. The lead says "
    "there which round this is, adds an earlier one of which only the total is known, and saves the carry-over "
    "that the next visit begins with.\n\n"
    "Documents to look at lists every criterion that is established from documents. The lead ticks what has come "
    "in with Space; what a reviewer has looked at is told by itself.\n\n"
    "What somebody typed for a person without a laptop waits under Typed for somebody else, until that person or "
    "the lead confirms it.\n\n"
    "What comes back from the team is read before it is taken in. Where something is not certain you are asked: "
    "which sheets of a file are meant, what an odd cell means, which words beside the table are to be kept as "
    "notes. You see what it overwrites and what stays of an earlier sheet, and can let it replace all of its "
    "kind."
)
