"""The errors that are shown to a person, each with what happened, what was kept and what to do."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.base.names import as_text


class ReviewError(Exception):
    """A request understood and refused; nothing was changed unless `kept` says otherwise.

    Any other exception that escapes is a bug of ours and is shown as one.
    """

    def __init__(self, what: str, *, do: str, kept: str = _("nothing was changed")) -> None:
        super().__init__(what)
        self.what = as_text(what)
        self.do = as_text(do)
        self.kept = kept

    def __str__(self) -> str:
        """One line, as the command line prints it after `error: `."""
        return " ".join(f"{self.what}; {self.kept}; {self.do}".split())


class WrongPassphrase(ReviewError):
    """The passphrase (or recovery code) does not open this installation."""


class TooSoon(WrongPassphrase):
    """Refused without trying, because a pause follows several wrong passphrases; `seconds` of it are left."""

    def __init__(self, what: str, *, do: str, seconds: int) -> None:
        super().__init__(what, do=do)
        self.seconds = seconds


class WrongPhrase(ReviewError):
    """The six words do not open this visit pack."""


class Damaged(ReviewError):
    """A file differs from what was written: cut short, altered, or not ours at all."""


class Busy(ReviewError):
    """Another program has this visit open for writing."""


class NewerVersion(ReviewError):
    """A file or store was written by a later version of the program; it is left untouched."""


class Invalid(ReviewError):
    """A value that a person or a file gave is not acceptable; `field` names it."""

    def __init__(
        self,
        what: str,
        *,
        field: str = "",
        do: str = _("correct it and try again"),
        kept: str = _("nothing was changed"),
    ) -> None:
        super().__init__(what, do=do, kept=kept)
        self.field = field
