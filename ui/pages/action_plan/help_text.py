"""The help of the page, which F1 shows."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "Every standard that was agreed as not met, or scored below the middle of its scale, has a row here, even if "
    "nothing is planned for it yet. Type in a cell, or press Enter or F2 to edit it. Enter again ends it, Shift+Enter "
    "begins a new line, and Tab moves to the next cell. You do not need to save.\n\nExport for the team saves a "
    "spreadsheet that the team fills in. Import the team's "
    "plan shows what is different first, and changes nothing until you say so: Space unticks a change that you do "
    "not want. A cell that could not be understood is listed first. Select it to say what it means, or copy a "
    "message for the team. Comments and other text beside the plan can be kept as notes. If the team and you "
    "changed the same cell, both versions are kept, and you choose one.\n\nImpact and effort, chosen with the "
    "priority, say why something comes first. Below the table you see what was reported on the selected action, and "
    "when, and how many actions each role has. Documents has the page for the waiting room, the briefs for new "
    "staff and senior managers, the pack for the scoping day, the minutes and more, as PDF or Word.\n\nIs the team "
    "ready?, Scoping day and Goals, above the table, open when you select them. Enter the team's own goals first. "
    "The lead then shows the reviewers' suggestions, counts the votes, and chooses three or four. A chosen goal is "
    "tied to the standards or items it should improve, and you put an action under it in the Goal column. A goal "
    "ends when it is reached, or is left with a reason. Below the table are the plan meetings, with who was there "
    "and what was said about each goal, requests to people above the team, staff changes, handover notes, learning "
    "events, and what teams let each other read about what they do well.\n\nCells that changed with the last import "
    "are marked until you clear the marks. Rest the mouse on one to see what it was. Undo reverses the whole import "
    "at once."
)
