"""The help of the page, which F1 shows."""

from __future__ import annotations

from reviewapp.base.i18n import _

HELP = _(
    "At the end of the day everyone's work is combined. Nobody needs a network: each laptop saves one encrypted "
    "file to a USB stick or a folder, and the others import it.\n\nGive my work to the others saves that file. Only "
    "laptops that have joined this visit can open it. Import the others' work shows you what a file contains. "
    "Nothing changes until you select Add. A file that is damaged or belongs to another visit is not added, and you "
    "are told why. If only one laptop's part of a file is faulty, everyone else's part is added. Adding the same "
    "file twice does no harm. If a laptop's clock was wrong, its work is added all the same, and Laptops seen shows "
    "which laptop it was.\n\nEvery laptop has three check words of its own. They are shown on this page, under Give "
    "my work to the others and Laptops seen. When a reviewer's work arrives for the first time, the lead asks them "
    "to read out these words, and confirms whose laptop it is: These are R2's words. If it is nobody's, the lead "
    "sets it aside and says why. You can undo both. If a confirmed laptop was lost or stolen, the lead selects it "
    "under Laptops seen and sets it aside, with everything on it or from a moment on. A laptop that was restored "
    "from a backup stays confirmed, and is shown as restored.\n\nKept but not counted lists what a second laptop "
    "recorded in someone's name, what a laptop that was set aside recorded, and what only the lead may say. It is "
    "kept and passed on, and the lead decides about it. Immediate concerns are shown whichever laptop they are "
    "on.\n\nIf someone asks for words to be withdrawn on a laptop that cannot withdraw them, the words are hidden "
    "on every laptop until their author or the lead decides: withdraw them for good, or show them again.\n\nWork "
    "received shows what everyone has. The lead can continue without someone, and says why.\n\nIf two laptops "
    "changed the same thing separately, you see both versions side by side. The same happens if a reviewer changes "
    "what another laptop recorded, because only the lead can replace it. Choose one and say why. You can undo "
    "this.\n\nThe lead gives receipts: one file that tells every laptop which of its work the lead has. Drop it on "
    "this page to check that the lead has all of yours."
)
