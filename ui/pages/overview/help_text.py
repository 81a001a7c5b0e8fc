"""The help of the page Overview (F1)."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "This page shows how far the visit has got. The rings count towards what the visit aims for. The timetable "
    "shows what is on now and what is next; the lead can change it here.\n\nStill untested lists the standards with "
    "fewer than two sources, type 1 first, each with the best question to ask next. Select the standard to open it, "
    "or the question to go to it. In a visit with two sets of standards, there is a list for the second set too.\n\n"
    "The forecast shows the outcome with the ratings so far, the best and the worst outcome still possible, and the "
    "fewest standards that would change it.\n\nBefore the day, the lead imports what the team sent, shares out the "
    "questions, and makes the visit pack for the other laptops. The four check words of the visit are shown beside "
    "the pack and where it is opened. The lead can also change the review team at any time. If that changes "
    "figures, you are told and asked first.\n\nWho leads shows who can take over if the lead's laptop is lost: the "
    "deputy, whom the lead names there, with eight words on paper. The deputy selects “Lead this visit from here” "
    "on their own laptop and enters the words. Without a deputy, restore a backup of the lead's laptop on another "
    "laptop: it then leads as before.\n\nOn a scored scale the forecast is the score: the total, or the range it "
    "lies in. Published totals of other teams are a pale bar behind it, and it says how many items are within the "
    "team's control.\n\nRounds of this team compares the earlier reviews with this one. Below the totals is what "
    "changed, item by item: a dot is a certain score, a bar is a range, and a line joins two certain scores. Beside "
    "it are the criteria that changed. Two totals may differ by chance, so there are no arrows. Press Enter to open "
    "an item. The card also shows what to ask first in this round, and which scores are carried over until then. "
    "There the lead says which round this is, adds an earlier round for which only the total is known, and saves "
    "the carry-over that the next visit starts from.\n\nDocuments to look at lists every criterion that documents "
    "can answer. The lead ticks what has been received with Space. What a reviewer has looked at is shown "
    "automatically.\n\nWhat someone typed for a person without a laptop waits under Typed for someone else, until "
    "that person or the lead confirms it.\n\nWhen you import a file from the team, you see what is in it first. "
    "Where something is unclear you are asked: which sheets to read, what an odd cell means, which comments to keep "
    "as notes. You see what would be overwritten and what stays from an earlier sheet, and you can choose to "
    "replace everything of that kind."
)
