"""Which wording of an instrument is meant: its id, its edition, and a digest of what it says.

Two drafts of one edition differ now and then, so the name of an edition alone does not tell them apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument

SHOWN = 12
"""How many characters of a digest are shown to a person, and name a file."""
_LEAST = 6
"""The fewest characters of a digest by which somebody may name an edition."""
_NOT_CONTENT = ("superseded_by", "source")
"""What an instrument says of other instruments and of the file it came from: no part of its wording."""


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wording of an instrument. `digest` (64 hex digits) tells two drafts of one edition apart."""

    id: str
    edition: str
    digest: str

    def is_of(self, instrument: Instrument) -> bool:
        """Whether exactly this wording is the instrument's."""
        return (self.id, self.edition) == (instrument.id, instrument.edition) and self.digest == digest(instrument)

    def in_words(self) -> str:
        """`qn-crhtt-4-pc (4th edition)`: for a message."""
        return f"{self.id} ({self.edition})" if self.edition else self.id


def digest(instrument: Instrument) -> str:
    """The sha256 of an instrument's wording, in hex: the same wherever and whenever it is worked out.

    What is empty or nought is left out, so that a part which a later version of the program knows changes no digest.
    """
    said = _without_empty({k: v for k, v in msgspec.to_builtins(instrument).items() if k not in _NOT_CONTENT})
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def edition_of(instrument: Instrument) -> Edition:
    """The edition that an instrument is."""
    return Edition(instrument.id, instrument.edition, digest(instrument))


def named(text: str) -> tuple[str, str]:
    """The id and the edition that `ID@EDITION` names; the edition is empty for an id alone."""
    identity, __, edition = text.partition("@")
    return identity.strip(), edition.strip()


def choose(held: Iterable[Instrument], edition: str) -> Instrument:
    """The one of several wordings under an id that `edition` means: by its name, or by the beginning of its digest.

    Raises Invalid, listing what is held, where it means none or several.
    """
    every = list(held)
    wanted = edition.casefold()
    found = [one for one in every if one.edition.casefold() == wanted]
    if not found and len(wanted) >= _LEAST:
        found = [one for one in every if digest(one).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.edition} [{digest(one)[:SHOWN]}]" for one in every)
    identity = every[0].id if every else ""
    what = (
        _("several wordings of {id} are called {edition}", id=identity, edition=f"{edition!r}")
        if found
        else _("there is no edition {edition} of {id} here", id=identity, edition=f"{edition!r}")
    )
    raise Invalid(what, field="instrument", do=_("choose one of: {known}", known=known))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one}
    return [_without_empty(one) for one in value] if isinstance(value, list | tuple) else value
