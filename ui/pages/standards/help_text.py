"""The help of the page Standards (F1)."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "Rate every standard as you see it; on a scored scale they are called items. On the left is the list, on the "
    "right the one you chose, with what the team says about itself, what surveys and case notes show, and what "
    "people told you.\n\n"
    "A visit may be reviewed by two sets of standards. The box above the list switches between them, and each is "
    "rated by itself: the keys, the filters and the list are those of the set that is shown. What was heard is "
    "heard once: under the second set it is shown where the crosswalk connects the two, with the standard it was "
    "heard under, and no rating is ever carried over. Once the meeting is open the lead agrees the second set "
    "here, below My rating: the rating, the criteria on which reviewers differ, and what came too late.\n\n"
    "While the list has the focus, one key rates: M for Met, N for Not met, A for Not applicable, or the digit of "
    "a score; the line under the list says which. Delete takes a rating away. The arrow keys go to the next "
    "standard. Whole words typed there rate nothing. You can turn the keys off in the View menu.\n\n"
    "A standard may have criteria. The list of them under the rating is one stop for Tab; in it M, N and E say "
    "what you found of a criterion from one source: met, not met, or not established, which is what it is where "
    "nobody could say. Space ticks. A number is typed in figures. What the criteria give is a range as long as "
    "something that matters is not established. It stands beside your rating and never changes it.\n\n"
    "Your note is printed in the report that the host team reads. What is meant for yourself alone goes into the "
    "private jotting below it: it stays on this laptop.\n\n"
    "What other reviewers think appears only after you have given your own rating and the lead has opened the "
    "meeting, on the page Agree.\n\n"
    "The filters show what is still to do: standards you have not rated, where you see it otherwise than the "
    "team, and where fewer than two sources have been heard. Ctrl+F goes to the find box."
)
