"""The help of the page Standards (F1)."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "Rate every standard as you see it. On a scored scale, standards are called items. The list is on the left. On "
    "the right is the standard you selected, with the team's self-review, what surveys and case notes show, and "
    "what people told you.\n\nA visit may use two sets of standards. The box above the list switches between them, "
    "and each set is rated separately: the keys, the filters and the list are those of the set you see. What people "
    "said is recorded once. Under the second set it is shown where the crosswalk connects the two, with the "
    "standard it was recorded under. Ratings are never copied. Once the meeting is open, the lead agrees the second "
    "set on this page, below My rating: the rating, the criteria on which reviewers differ, and late ratings.\n\n"
    "When the list is selected, one key rates: M for Met, N for Not met, A for Not applicable, or the digit of a "
    "score. The line under the list shows the keys. Delete removes a rating. The arrow keys go to the next "
    "standard. Enter goes to the rating of a standard, where the keys rate too; Escape or Alt+Left comes back to the "
    "list. Whole words typed there do nothing. You can turn the keys off in the View menu.\n\nA standard may "
    "have criteria. The list of criteria under the rating is one stop for Tab. In it, M, N and E record what you "
    "found of a criterion from one source: met, not met, or not established (nobody could say). Space ticks. Type a "
    "number in figures. What the criteria give is a range until everything that matters is established. It is shown "
    "beside your rating and never changes it.\n\nYour note is printed in the report that the host team reads. For "
    "notes to yourself, use the private jotting below it: it stays on this laptop.\n\nYou see what other reviewers "
    "think once you have given your own rating and the lead has opened the meeting, on the Agree page.\n\nThe "
    "filters show what is still to do: standards you have not rated, where you disagree with the team, and where "
    "there are fewer than two sources. Ctrl+F goes to the find box."
)
