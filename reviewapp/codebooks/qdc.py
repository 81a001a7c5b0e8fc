"""A codebook as REFI-QDA knows it, and back: codes are themes, and a description holds when to use one and when not."""

from __future__ import annotations

from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.qda.model import QdaCode, QdaCodebook, stable_guid

NOT_WHEN = "Not when: "
"""What stands before the second half of a description; never translated, as it is read back."""
_SHORTEST = 8


def to_qda(codebook: Codebook) -> QdaCodebook:
    """The codebook as codes, each under its parent; a theme's id is not among what the format holds."""
    guids = {one.id: one.uuid for one in codebook.themes}
    return QdaCodebook(
        origin="Reviewapp",
        codes=tuple(
            QdaCode(
                guid=one.uuid,
                name=one.title,
                path=codebook.path(one),
                parent=guids.get(one.parent, ""),
                description=_description(one),
                codable=one.codable,
                color=one.color,
            )
            for one in codebook.themes
        ),
    )


def from_qda(found: QdaCodebook, codebook_id: str, title: str, known: Codebook | None = None) -> Codebook:
    """Codes as a codebook. A code that `known` has by its guid keeps its id, standards and links there.

    A new one is called after its guid (`C-1a2b3c4d`), so that reading the same file twice names it alike.
    """
    before = {one.uuid: one for one in known.themes} if known else {}
    ids: dict[str, str] = {}
    taken = {one.id for one in before.values()}
    for code in found.codes:
        ids[code.guid] = before[code.guid].id if code.guid in before else _new_id(code.guid, taken)
        taken.add(ids[code.guid])
    themes = [_theme(code, ids, before.get(code.guid)) for code in found.codes]
    source = found.origin or (known.source if known else "")
    return Codebook(id=codebook_id, title=title, source=source, edition=known.edition if known else "1", themes=themes)


def _theme(code: QdaCode, ids: dict[str, str], before: Theme | None) -> Theme:
    use_when, _mark, not_when = code.description.partition(NOT_WHEN)
    id_ = ids[code.guid]
    return Theme(
        id=id_,
        title=code.name,
        parent=ids.get(code.parent, ""),
        use_when=use_when.strip(),
        not_when=not_when.strip(),
        codable=code.codable,
        guid="" if code.guid == stable_guid("theme", id_) else code.guid,
        color=code.color,
        standards=before.standards if before else {},
        same_as=before.same_as if before else [],
        near=before.near if before else [],
    )


def _description(theme: Theme) -> str:
    return "\n\n".join(filter(None, (theme.use_when, NOT_WHEN + theme.not_when if theme.not_when else "")))


def _new_id(guid: str, taken: set[str]) -> str:
    plain = "".join(letter for letter in guid if letter.isalnum()) or "0"
    for length in range(_SHORTEST, len(plain) + 1):
        if (id_ := f"C-{plain[:length]}"[:40]) not in taken:
            return id_
    return f"C-{stable_guid('code', guid)}"[:40]
