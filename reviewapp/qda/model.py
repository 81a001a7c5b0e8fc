"""What a project or codebook in REFI-QDA holds, as far as it matters to a visit: coders, codes, texts, codings.

The terms are the standard's (REFI-QDA 1.5, 2019): a *code* is a theme, a *selection* a stretch of a text, a *coding*
says that a coder saw a code in it. Identifiers are UUIDs in lower case without braces, whichever way a program wrote
them.
"""

from __future__ import annotations

import uuid

import msgspec

NAMESPACE = uuid.UUID("6f1c4c0e-8f0b-5a5e-9a53-7f3f6c9d2b11")
"""The namespace of every identifier that this program writes, so that a second export has the same ones."""


def stable_guid(kind: str, id_: str) -> str:
    """The identifier that a thing of ours has in every export: UUIDv5 of its kind and its own id."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{id_}"))


class QdaUser(msgspec.Struct, frozen=True, kw_only=True):
    """A person or program that coded."""

    guid: str
    name: str


class QdaCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code. `path` is its name behind those of its parents; among siblings a name need not be the only one."""

    guid: str
    name: str
    path: tuple[str, ...]
    parent: str = ""
    description: str = ""
    codable: bool = True
    color: str = ""


class QdaCoding(msgspec.Struct, frozen=True, kw_only=True):
    """One coder sees one code in a selection. `coder` is a user's guid, or empty where the file does not say who."""

    code: str
    coder: str = ""
    guid: str = ""
    created: str = ""
    memo: str = ""


class QdaSelection(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a text: characters `start` to before `end` of the text as it is given here, and those characters.

    Without a coding it is an annotation, and `memo` what was noted.
    """

    guid: str
    start: int
    end: int
    text: str
    memo: str = ""
    codings: tuple[QdaCoding, ...] = ()


class QdaSource(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was coded: line ends are single line feeds, and no byte order mark stands before it."""

    guid: str
    name: str
    text: str
    selections: tuple[QdaSelection, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


class QdaCase(msgspec.Struct, frozen=True, kw_only=True):
    """A person or group that spoke, with what is known of it (`values`: variable and value) and its texts."""

    guid: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


class QdaSet(msgspec.Struct, frozen=True, kw_only=True):
    """Codes that belong together, by their guids."""

    guid: str
    name: str
    codes: tuple[str, ...] = ()


class QdaCodebook(msgspec.Struct, frozen=True, kw_only=True):
    """Codes, parents before their children, and sets of them."""

    origin: str = ""
    codes: tuple[QdaCode, ...] = ()
    sets: tuple[QdaSet, ...] = ()


class QdaProject(msgspec.Struct, frozen=True, kw_only=True):
    """A whole project."""

    name: str = ""
    origin: str = ""
    users: tuple[QdaUser, ...] = ()
    codebook: QdaCodebook = QdaCodebook()
    sources: tuple[QdaSource, ...] = ()
    cases: tuple[QdaCase, ...] = ()
