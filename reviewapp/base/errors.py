"""The one kind of error that is told to a person: what happened, what was kept, what to do."""

from __future__ import annotations

from reviewapp.base.i18n import _


class ReviewError(Exception):
    """Something understood and refused; nothing was changed unless `kept` says otherwise.

    Anything else that escapes is a bug of ours and is shown as one.
    """

    def __init__(self, what: str, *, do: str, kept: str = _("nothing was changed")) -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        self.kept = kept

    def __str__(self) -> str:
        """One line, as the command line prints it after `error: `."""
        return " ".join(f"{self.what}; {self.kept}; {self.do}".split())


class WrongPassphrase(ReviewError):
    """The passphrase (or recovery code) does not open this installation."""


class TooSoon(WrongPassphrase):
    """After several wrong passphrases one has to wait; this one was not tried. `seconds` says how long."""

    def __init__(self, what: str, *, do: str, seconds: int) -> None:
        super().__init__(what, do=do)
        self.seconds = seconds


class WrongPhrase(ReviewError):
    """The six words do not open this visit pack."""


class Damaged(ReviewError):
    """A file is not what was written: cut short, altered, or not ours at all."""


class Busy(ReviewError):
    """Another program has this visit open for writing."""


class NewerVersion(ReviewError):
    """Written by a later version of the program; left untouched."""


class Invalid(ReviewError):
    """A value a person or a file gave is not acceptable; `field` names it."""

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
