"""The help of the page, which F1 shows."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "At the end of the day everybody's work comes together. Nobody needs a network: each laptop "
    "writes one sealed file to a stick or a folder, and the others take it in.\n\n"
    "Give my work to the others writes that file. It can be opened only on laptops that have this "
    "visit. Bring in the others' work shows first what a file holds, and changes nothing until you "
    "press Join these. A file that is damaged or belongs to another visit is not taken, and you are "
    "told why. If only what one laptop wrote in it is at fault, everybody else's part is taken. Bringing "
    "the same file twice does no harm. If the clock of a laptop was wrong, its work "
    "is taken all the same, and Laptops seen says whose.\n\n"
    "Every laptop has three words of its own, by which the lead knows it: they stand here, under Give my "
    "work to the others and Laptops seen. When a reviewer's work comes in for the first time, the lead asks "
    "them to read these words, and says whose laptop it is: These are R2's words. If it is nobody's, the "
    "lead sets it aside and says why. Undo takes both back. A certified laptop that was lost or stolen is "
    "chosen under Laptops seen and set aside there, with everything it says or from a "
    "moment on. A laptop restored from a backup keeps its "
    "standing, and is told as such.\n\n"
    "What stands apart lists what counts for nothing: of a second laptop in somebody's name, of one set "
    "aside, or what only the lead may say. It is kept and passed on, and the lead decides about it. "
    "Immediate concerns are shown whatever laptop they come from.\n\n"
    "What somebody asked to be withdrawn on a laptop that may not withdraw it is hidden on every laptop, "
    "until its author or the lead decides: withdraw it for good, or show it again.\n\n"
    "Who has come in shows what everybody holds. The lead reviewer can go on without somebody, and "
    "says why.\n\n"
    "If two laptops changed the same thing apart, both versions are shown side by side. So they are when "
    "a reviewer changes what another laptop said: only the lead takes the place of it. Choose one and say "
    "why; Undo brings both back.\n\n"
    "The lead gives receipts: one file that tells every laptop which of its work the lead holds. A "
    "reviewer drops it here, and then sees whether all of their work is held."
)
