"""The help of the page, which F1 shows."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "Every standard agreed not met, or scored below the middle of its scale, has a row here, also "
    "while nothing is planned for it. Type in a "
    "cell, or press Enter or F2 to write in it; Tab goes on to the next cell. There is no need to "
    "save.\n\n"
    "Export for the team writes a sheet that the team fills in with the office program they have. "
    "Bring back a filled-in plan shows first what is different, and takes nothing until you say so: "
    "Space takes the tick from a change that is to be left. A cell that was not understood is listed "
    "first; choose it to say what is meant, or copy a message for the team. Comments and other words "
    "beside the plan can be kept as notes. Where the team and you changed the same cell, both "
    "versions are kept, and you choose one.\n\n"
    "Impact and effort, chosen with the priority, say why something comes first. Below the table "
    "stands what was reported on the chosen action, and when, and how many of the actions each role sees to. "
    "Documents has the page for the waiting room, the briefs for new staff and for senior managers, the "
    "pack for the scoping day, the minutes and more, as PDF or as Word.\n\n"
    "Readiness, Scoping day and Goals, above the table, open when they are pressed. The team's own goals are entered "
    "first; the lead then shows what reviewers suggest, counts the votes, and chooses three or four. A chosen goal is "
    "tied to the standards or items it is to lift, and an action is put under it in the column Goal. It ends by being "
    "reached, or is left with a reason. Below the table stand the meetings on the plan, with who was there and what "
    "was said of each goal, and what else goes with it: what was asked of those above the team, changes of staff, "
    "handover notes, learning events, and what teams let each other read of what they do well.\n\n"
    "Cells that changed with the last plan are marked until you clear the marks; rest the mouse on "
    "one to see what it was. Undo takes everything back at once."
)
