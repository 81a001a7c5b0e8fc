"""A project or a codebook written as REFI-QDA, so that every program known to us reads the same words at its positions.

Texts are written with line feeds, without a byte order mark and without characters beyond the basic plane, whose
Unicode names stand in brackets instead: then all known rules of counting give the same numbers (`offsets.py`).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from reviewapp.base.undated_zip import UndatedZip
from reviewapp.qda import xml
from reviewapp.qda.model import (
    QdaCase,
    QdaCodebook,
    QdaCoding,
    QdaProject,
    QdaSelection,
    QdaSource,
    QdaUser,
    stable_guid,
)

_T = TypeVar("_T")
_OURS = "Reviewapp"
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ODD = re.compile("[\U00010000-\U0010ffff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ufeff]")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


class Written(NamedTuple):
    """The bytes of a file, and how many characters were replaced by their names."""

    data: bytes
    replaced: int


def plain_text(text: str) -> str:
    """A text as it is written: line feeds, and the name of each character that programs count differently or refuse."""
    return _ODD.sub(_name, text.replace("\r\n", "\n").replace("\r", "\n"))


def write_project(project: QdaProject) -> Written:
    """A `.qdpx`. The same project gives the same bytes.

    A project holds what its maker put there: whom the words may reach is decided before. Every position is worked out
    anew for the text as it is written; one selection stands for one stretch, with a coding for each coder and code.
    """
    root = _root("Project", _PROJECT, name=project.name or _OURS, origin=_OURS)
    replaced = [0]
    writer = _Elements(replaced)
    writer.each(root, "Users", "User", project.users, writer.user)
    if project.codebook.codes:
        writer.codes(_child(root, "CodeBook"), project.codebook)
    values = [one.values for one in project.cases] + [one.values for one in project.sources]
    names = sorted({name for some in values for name, _value in some})
    writer.each(root, "Variables", "Variable", names, _variable)
    writer.each(root, "Cases", "Case", project.cases, writer.case)
    writer.each(root, "Sources", "TextSource", project.sources, writer.source)
    writer.each(root, "Notes", "Note", writer.notes, _note)
    writer.sets(root, project.codebook, "targetGUID")
    stream = io.BytesIO()
    with UndatedZip(stream) as archive:
        archive.writestr("project.qde", _bytes(root))
        for source in project.sources:
            archive.writestr(f"sources/{source.guid}.txt", plain_text(source.text).encode())
    return Written(stream.getvalue(), replaced[0])


def write_codebook(codebook: QdaCodebook) -> Written:
    """A `.qdc`. The same codebook gives the same bytes. `codebook` has at least one code, as the schema wants."""
    root = _root("CodeBook", _CODEBOOK, origin=_OURS)
    replaced = [0]
    writer = _Elements(replaced)
    writer.codes(root, codebook)
    writer.sets(root, codebook, "guid")
    return Written(_bytes(root), replaced[0])


class _Elements:
    """Writes what has text of people in it, and counts the characters it replaces in `replaced`."""

    def __init__(self, replaced: list[int]) -> None:
        self._replaced = replaced
        self.notes: list[tuple[str, str, QdaCoding]] = []

    def each(
        self, root: xml.Element, holder: str, name: str, things: Iterable[_T], write: Callable[[xml.Element, _T], None]
    ) -> None:
        """A holder with an element for each thing; without any there is no holder, as the schema wants."""
        things = list(things)
        if things:
            parent = _child(root, holder)
            for one in things:
                write(_child(parent, name), one)

    def user(self, element: xml.Element, user: QdaUser) -> None:
        """Somebody who coded."""
        _set(element, guid=user.guid, name=self._text(user.name))

    def codes(self, book: xml.Element, codebook: QdaCodebook) -> None:
        """The codes, nested as their parents say."""
        holders = {"": _child(book, "Codes")}
        for code in codebook.codes:
            element = _child(holders.get(code.parent, holders[""]), "Code")
            _set(element, guid=code.guid, name=self._text(code.name), isCodable=str(code.codable).lower())
            if code.color:
                _set(element, color=code.color)
            if code.description:
                _child(element, "Description").text = self._text(code.description)
            holders[code.guid] = element

    def sets(self, root: xml.Element, codebook: QdaCodebook, member: str) -> None:
        """The sets of codes, whose members a project and a codebook name by different attributes."""
        if codebook.sets:
            holder = _child(root, "Sets")
            for one in codebook.sets:
                element = _child(holder, "Set")
                _set(element, guid=one.guid, name=self._text(one.name))
                for code in one.codes:
                    _child(element, "MemberCode").set(member, code)

    def case(self, element: xml.Element, case: QdaCase) -> None:
        """A person or group."""
        _set(element, guid=case.guid, name=self._text(case.name))
        self._values(element, case.values)
        for source in case.sources:
            _child(element, "SourceRef").set("targetGUID", source)

    def source(self, element: xml.Element, source: QdaSource) -> None:
        """A text, with its selections where they lie in it as it is written."""
        _set(element, guid=source.guid, name=self._text(source.name))
        _set(element, plainTextPath=f"internal://{source.guid}.txt")
        self._text(source.text)
        for one in source.selections:
            self._selection(_child(element, "PlainTextSelection"), source, one)
        self._values(element, source.values)

    def _selection(self, element: xml.Element, source: QdaSource, one: QdaSelection) -> None:
        start = len(plain_text(source.text[: one.start]))
        words = plain_text(source.text[one.start : one.end])
        _set(element, guid=one.guid, name=words, startPosition=str(start), endPosition=str(start + len(words)))
        if one.memo:
            _child(element, "Description").text = self._text(one.memo)
        for coding in one.codings:
            held = _child(element, "Coding")
            _set(held, guid=coding.guid or stable_guid("coding", f"{one.guid}/{coding.coder}/{coding.code}"))
            if coding.coder:
                _set(held, creatingUser=coding.coder)
            if _DATE.fullmatch(coding.created):
                _set(held, creationDateTime=coding.created)
            _child(held, "CodeRef").set("targetGUID", coding.code)
            if coding.memo:
                note = stable_guid("note", str(held.get("guid")))
                _child(held, "NoteRef").set("targetGUID", note)
                self.notes.append((note, self._text(coding.memo), coding))

    def _values(self, element: xml.Element, values: tuple[tuple[str, str], ...]) -> None:
        for name, value in values:
            held = _child(element, "VariableValue")
            _child(held, "VariableRef").set("targetGUID", stable_guid("variable", name))
            _child(held, "TextValue").text = self._text(value)

    def _text(self, text: str) -> str:
        self._replaced[0] += len(_ODD.findall(text))
        return plain_text(text)


def _variable(element: xml.Element, name: str) -> None:
    _set(element, guid=stable_guid("variable", name), name=plain_text(name), typeOfVariable="Text")


def _note(element: xml.Element, note: tuple[str, str, QdaCoding]) -> None:
    guid, text, coding = note
    _set(element, guid=guid, name=text.splitlines()[0][:60])
    if coding.coder:
        _set(element, creatingUser=coding.coder)
    _child(element, "PlainTextContent").text = text


def _name(found: re.Match[str]) -> str:
    return "[" + unicodedata.name(found[0], f"U+{ord(found[0]):04X}") + "]"


def _root(tag: str, namespace: str, /, **attributes: str) -> xml.Element:
    from lxml import etree

    root = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace})
    _set(root, **{key: plain_text(value) for key, value in attributes.items()})
    return root


def _child(parent: xml.Element, name: str) -> xml.Element:
    from lxml import etree

    return etree.SubElement(parent, parent.tag.rpartition("}")[0] + "}" + name)


def _set(element: xml.Element, **attributes: str) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _bytes(root: xml.Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
