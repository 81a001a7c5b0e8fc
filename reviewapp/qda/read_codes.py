"""The codes of a project or a codebook file, and the sets of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.qda import xml
from reviewapp.qda.archive import too_large
from reviewapp.qda.limits import LIMITS, QdaLimits
from reviewapp.qda.model import QdaCode, QdaCodebook, QdaSet

_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)")
_READ = ("Description", "Code")


def read_codebook(data: bytes, file: str, limits: QdaLimits = LIMITS) -> tuple[QdaCodebook, dict[str, int]]:
    """A `.qdc`, and how often each element was left out.

    Read leniently, since real files are not valid by the schema (an empty `Sets`, colours as `rgb()`). Raises Damaged
    for what is no XML, Invalid for what is no codebook or holds more than is read.
    """
    if len(data) > limits.xml:
        raise too_large(file, limits.xml)
    root = xml.parse(data, file, limits)
    ignored = xml.Ignored()
    if xml.local(root) != "CodeBook":
        raise Invalid(
            _("{file} is no REFI-QDA codebook", file=file),
            do=_("choose the .qdc file that the coding program exported"),
        )
    found = codebook_of(root, str(root.get("origin") or ""), file, limits, ignored)
    return found, ignored.counts()


def codebook_of(element: xml.Element, origin: str, file: str, limits: QdaLimits, ignored: xml.Ignored) -> QdaCodebook:
    """The codes below a `CodeBook`, parents first. Raises Invalid for too many, too deep, or two of one identifier."""
    codes: list[QdaCode] = []
    seen: set[str] = set()
    waiting: list[tuple[xml.Element, str, tuple[str, ...]]] = [
        (one, "", ()) for holder in xml.children(element, "Codes") for one in xml.children(holder, "Code")
    ]
    waiting.reverse()
    while waiting:
        one, parent, above = waiting.pop()
        code = _code(one, parent, above, file)
        if code.guid in seen:
            raise Invalid(
                _("{file} has two codes with the identifier {id}", file=file, id=code.guid), do=_("export it again")
            )
        seen.add(code.guid)
        codes.append(code)
        if len(codes) > limits.codes or len(code.path) > limits.depth:
            raise Invalid(
                _("{file} has more than {n} codes, or nests them deeper than {depth}",
                  file=file, n=limits.codes, depth=limits.depth),
                do=_("export fewer codes"),
            )  # fmt: skip
        for child in one:
            if xml.local(child) not in _READ:
                ignored.add(xml.local(child))
        waiting += [(child, code.guid, code.path) for child in xml.children(one, "Code")][::-1]
    return QdaCodebook(origin=origin, codes=tuple(codes), sets=sets_of(element, codes))


def _code(one: xml.Element, parent: str, above: tuple[str, ...], file: str) -> QdaCode:
    guid = xml.guid(one.get("guid"))
    name = " ".join((one.get("name") or "").split())
    if not guid or not name:
        raise Invalid(
            _("a code of {file} has no name or no identifier ({name})", file=file, name=name or guid or "?"),
            do=_("give it one in the coding program and export it again"),
        )
    return QdaCode(
        guid=guid,
        name=name,
        path=(*above, name),
        parent=parent,
        description=xml.child_text(one, "Description").strip(),
        codable=(one.get("isCodable") or "true").strip().lower() not in ("false", "0"),
        color=_color(one.get("color") or ""),
    )


def _color(text: str) -> str:
    """A colour as `#RRGGBB`; other programs also write `rgb(r, g, b)` and an alpha, which is left out. Else nothing."""
    if not text:
        return ""
    if _COLOR.fullmatch(text):
        return text.lower() if len(text) == 7 else "#" + "".join(2 * one for one in text[1:].lower())
    if found := _RGB.fullmatch(text.strip()):
        parts = [int(one) for one in found.groups()]
        return "#" + "".join(f"{one:02x}" for one in parts) if max(parts) <= 255 else ""
    return text[:7].lower() if re.fullmatch(r"#[0-9A-Fa-f]{8}", text) else ""


def sets_of(element: xml.Element, codes: Iterable[QdaCode]) -> tuple[QdaSet, ...]:
    """The sets of codes below a codebook or a project; members that are no codes of this file are left out."""
    known, found = {code.guid for code in codes}, []
    for holder in xml.children(element, "Sets"):
        for one in xml.children(holder, "Set"):
            named = [xml.guid(code.get("guid") or code.get("targetGUID")) for code in xml.children(one, "MemberCode")]
            members = tuple(code for code in named if code in known)
            if members:
                found.append(QdaSet(guid=xml.guid(one.get("guid")), name=one.get("name") or "", codes=members))
    return tuple(found)
