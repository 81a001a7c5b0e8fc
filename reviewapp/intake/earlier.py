"""What a sheet does to an earlier one of its kind: what it overwrites, what it leaves, what replacing all empties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.statements import AnyStatement


class HeldPart(NamedTuple):
    """A part of an earlier sheet that the visit holds: the smallest that is overwritten or left as one.

    `fields` are its values, `was` and `now` say them and those of a statement in words, `empty` statements would empty
    it. A part `within` another (by the subject of that) is not told when that one is. `group`: whose it is.
    """

    subject: str
    was: str
    now: Callable[[AnyStatement], str]
    fields: Mapping[FieldAddress, Any]
    empty: Sequence[AnyStatement]
    within: str = ""
    group: str = ""

    def sentence(self) -> str:
        """The part and its value, `standard 47: Met`."""
        return f"{self.subject}: {self.was}" if self.was else self.subject


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What the visit holds of an earlier sheet and this one changes, in words; `empty` is what would empty the rest.

    `left` stays as it was, unless everything is replaced: then it is `removed`.
    """

    overwritten: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    empty: tuple[AnyStatement, ...] = ()


def compare(
    lines: Iterable[AnyStatement], stands: Iterable[FieldAddress], held: Sequence[HeldPart], me: str, *, replace: bool
) -> Earlier:
    """What lines by `me` overwrite and leave of what is held; the fields in `stands` are in the sheet as they are."""
    said = {(line.kind(), line.key(me), name): (line, value) for line in lines for name, value in line.values().items()}
    gone = {
        (entity, key) for (entity, key, name), (_line, value) in said.items() if name == "deleted" and value is True
    }
    standing = set(stands)
    overwritten, left = [], []
    for part in held:
        lines_on_it = [said[address] for address in part.fields if address in said]
        if gone and not gone.isdisjoint((entity, key) for entity, key, _name in part.fields):
            overwritten.append(_("{part} → removed", part=part.sentence()))
        elif not lines_on_it and standing.isdisjoint(part.fields):
            left.append(part)
        elif any(address in said and said[address][1] != value for address, value in part.fields.items()):
            new = part.now(lines_on_it[0][0])
            overwritten.append(_("{part} → {new}", part=part.sentence(), new=new) if new else part.sentence())
    subjects = {part.subject for part in left}
    told = _counted(part.sentence() for part in left if part.within not in subjects or not part.within)
    return Earlier(
        overwritten=_counted(overwritten),
        left=() if replace else told,
        removed=told if replace else (),
        empty=tuple(line for part in left for line in part.empty),
    )


def _counted(sentences: Iterable[str]) -> tuple[str, ...]:
    """Each sentence once, with how often it would stand there."""
    found = Counter(sentences)
    return tuple(one if n == 1 else plural("{part} ({n} time)", "{part} ({n} times)", n, part=one)
                 for one, n in found.items())  # fmt: skip
