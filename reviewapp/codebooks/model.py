"""What a codebook is: themes, some within others, known by ids that never change."""

from __future__ import annotations

import msgspec

from reviewapp.qda.model import stable_guid


class Theme(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A theme. Its id is never used again for another one; its place among the themes is their order on the page.

    `parent` is the id of the theme it is part of, which stands before it. One that is not `codable` only holds others.
    `standards` are, by the id of an instrument, those that ask about the same matter: a quote under one suggests the
    theme, and nothing more. `same_as` and `near` are themes of other codebooks that say the same, or much of it.
    """

    id: str
    title: str
    parent: str = ""
    use_when: str = ""
    not_when: str = ""
    codable: bool = True
    guid: str = ""
    color: str = ""
    standards: dict[str, list[str]] = {}
    same_as: list[str] = []
    near: list[str] = []

    @property
    def uuid(self) -> str:
        """Its identifier in REFI-QDA: the one it came with, else UUIDv5 of its id."""
        return self.guid or stable_guid("theme", self.id)


class Codebook(msgspec.Struct, frozen=True, kw_only=True):
    """A codebook as it ships, lies in a home, and travels inside a visit."""

    id: str
    title: str
    source: str = ""
    edition: str = "1"
    themes: list[Theme] = []

    def theme(self, id_: str) -> Theme | None:
        """The theme with this id, or None."""
        return next((one for one in self.themes if one.id == id_), None)

    def path(self, theme: Theme) -> tuple[str, ...]:
        """The titles from the outermost theme down to this one."""
        above = self.theme(theme.parent) if theme.parent else None
        return (*self.path(above), theme.title) if above is not None else (theme.title,)

    def suggested(self, instrument: str, standards: list[str]) -> tuple[Theme, ...]:
        """The themes that ask about the same matter as any of these standards of an instrument, in their order."""
        wanted = set(standards)
        return tuple(one for one in self.themes if one.codable and wanted & set(one.standards.get(instrument, ())))
