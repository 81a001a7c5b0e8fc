"""What every kind of statement is: where it is kept, who may record it, what its fields may be and what it is called.

A new kind of record is one class here: a module with the class, its name in `statements/__init__.py`, its record and
table in `visit/state.py`. Recording, joining, undo, conflicts and search follow from what the class declares.
"""

# No `from __future__ import annotations`: msgspec would evaluate every declaration below again for each kind.

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.state import Record, VisitState
from reviewapp.visit.validators import Checks

Recorder = Literal["everyone", "reviewers", "raters", "lead"]
"""Whose words a kind holds. The host and the committee are among everyone only; observers are no raters."""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """Base of all statements. What a kind does not declare is as it is here."""

    # Where it is kept
    IDS: ClassVar[tuple[str, ...]] = ()
    """The fields that make the key."""
    SHARED: ClassVar[bool] = False
    """Whether all write in one record. Else everybody has their own, and its key ends in the author's code."""
    KEY_IN_WORDS: ClassVar[bool] = False
    """Whether the one part of the key is a name in words, which may hold anything printable."""
    KEY_IS_RECORD: ClassVar[bool] = False
    """Whether the one part of the key is the address of another record (`quote/Q1/R2`), strokes and all."""
    NUMBERS: ClassVar[tuple[str, ...]] = ()
    """The parts of the key that are whole numbers."""
    TABLE: ClassVar[str] = ""
    """The table of `VisitState` with the records of this kind."""
    RECORD: ClassVar[type[Record]] = Record
    """What is in that table."""

    # What its fields may be
    RECORDED_BY: ClassVar[Recorder] = "everyone"
    COUNTS_FROM_LEAD: ClassVar[bool] = False
    """Whether only the lead's word counts: what another one says of it stands apart."""
    LEAD_RECORDS: ClassVar[str] = ""
    """What only the lead records, in words with an article."""
    CHECKS: ClassVar[Checks] = {}
    """The check of a part of the key or of a field, by its name in the journal; joining asks it too.

    None (cleared) is not given to it; a field that may be cleared is declared `... | None | UnsetType`.
    """
    NEEDS: ClassVar[str] = ""
    """The field without which there is no record, only an edit that outlived what it belonged to."""
    WITHDRAWABLE: ClassVar[bool] = False
    """Whether it can be taken back, so that nothing of it is left anywhere."""

    # When two laptops differ. A field's name means the same in every kind.
    VALUE_FIELDS: ClassVar[tuple[str, ...]] = ()
    """Of these none of the values stands until somebody settles it; of a text every version does."""
    FIRST_STANDS: ClassVar[tuple[str, ...]] = ()
    """Of these the same one of the values stands on every laptop, because a record cannot be without."""
    DERIVED: ClassVar[frozenset[str]] = frozenset()
    """Fields that a record does not hold as they were said, because `identify` says them."""

    # What it is called
    NOUN: ClassVar[str] = ""
    """In "Undo ..." and in the history, before the key."""
    SAID: ClassVar[tuple[str, ...] | None] = None
    """The parts of the key that say something to a person, and stand in "Undo ..." after the noun. None: all."""
    CHANGED: ClassVar[str] = ""
    """In "Undo ..." in the place of a noun that the key has to follow."""
    PHRASE: ClassVar[str] = ""
    """One record in words, with `{key}`; in English, translated where it is shown."""
    WHOSE: ClassVar[str] = ""
    """One record of an `{author}`, with the parts of its key; in English, translated where it is shown."""
    COUNTED: ClassVar[tuple[str, str] | None] = None
    """One and many of them, with `{n}`; in English. None: told with others as "more records"."""

    # What it is found by
    TEXTS: ClassVar[tuple[str, ...] | None] = None
    """The fields in which a person writes words. Empty: found by its key only. None: not looked for."""
    ABOUT: ClassVar[tuple[str, ...]] = ()
    """What else it is found by."""
    FOUND_AS: ClassVar[str] = "note"
    """What it is to a reader of the results: one of `search.KINDS`."""
    NUMBERED: ClassVar[bool] = False
    """Whether it comes first when exactly its number is typed."""

    @classmethod
    def kind(cls) -> str:
        """The word in `kind`, which is also the name of the entity."""
        return str(cls.__struct_config__.tag)

    @classmethod
    def noun(cls) -> str:
        """What one of them is called."""
        return cls.NOUN or cls.kind().replace("_", " ")

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """Put into `own` (key, person, the parts of the key by name) what follows from it and from what was said."""

    def key(self, person: str) -> str:
        """Where the record is kept when `person` says this."""
        parts = [str(getattr(self, name)) for name in self.IDS]
        return "/".join(parts if self.SHARED else [*parts, person])

    def values(self) -> dict[str, Any]:
        """The fields this statement sets, as plain JSON values."""
        return {
            name.rstrip("_"): msgspec.to_builtins(getattr(self, name))
            for name in self.__struct_fields__
            if name not in self.IDS and getattr(self, name) is not UNSET
        }

    def check(self, state: VisitState, person: str) -> None:
        """Raise Invalid, naming the field, when this does not fit what the visit says already.

        Each field by itself was judged by `CHECKS` before, and `person` may record this kind.
        """

    def change_name(self, person: str) -> str:
        """What recording it is called in "Undo ..." and in the history, said by `person`."""
        noun = self.CHANGED or self.noun()
        if getattr(self, "deleted", None) is True:
            noun = _("deletion of {noun}", noun=noun)
        said = self.IDS if self.SAID is None else self.SAID
        return " ".join([noun, *(str(getattr(self, name)) for name in said)])


def check_on_visit(codes: list[str], state: VisitState, field: str) -> None:
    """Raise Invalid for the code of somebody who is not on the visit."""
    for code in codes:
        if code not in state.people:
            raise Invalid(
                _("{code} is not on this visit", code=f"{code!r}"),
                field=field,
                do=_("use one of: ") + ", ".join(state.people),
            )
