"""A `.qdpx` project read: who coded, which codes, and which words of which text, at their true places."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.qda import xml
from reviewapp.qda.archive import QdaArchive, too_large
from reviewapp.qda.limits import LIMITS, QdaLimits
from reviewapp.qda.model import QdaCase, QdaCodebook, QdaCoding, QdaProject, QdaSelection, QdaSource, QdaUser
from reviewapp.qda.offsets import RawSelection, RawText, RuleChoice, choose_rule, selected
from reviewapp.qda.read_codes import codebook_of, sets_of

_READ_OF_PROJECT = {"Users", "CodeBook", "Sources", "Cases", "Variables", "Sets", "Notes", "Description"}
_READ_OF_SOURCE = {"PlainTextContent", "PlainTextSelection", "VariableValue", "Description"}


class ProjectRead(msgspec.Struct, frozen=True, kw_only=True):
    """A project, the rule by which its positions count, and what was left out, each with how often.

    `unplaced` are selections whose positions lie outside their text, `textless` sources whose text the file does not
    hold, `unknown` codings whose code it does not hold.
    """

    project: QdaProject
    rule: RuleChoice
    ignored: dict[str, int]
    unplaced: int = 0
    textless: tuple[str, ...] = ()
    unknown: int = 0


class _Source(NamedTuple):
    element: xml.Element
    text: RawText
    selections: list[RawSelection]
    elements: list[xml.Element]


def read_project(data: bytes, file: str, limits: QdaLimits = LIMITS) -> ProjectRead:
    """The project in a `.qdpx`; nothing is written to disk, and a text that cannot be placed safely is refused.

    Raises Damaged or Invalid for what is no project or holds more than is read, and Invalid where the file does not
    show how its positions count.
    """
    archive = QdaArchive(data, file, limits)
    root = xml.parse(archive.project(), file, limits)
    if xml.local(root) != "Project":
        raise Invalid(_("{file} is no REFI-QDA project", file=file), do=_("choose the .qdpx file that was exported"))
    origin = str(root.get("origin") or "")
    ignored = xml.Ignored()
    codebook = _codebook(root, origin, file, limits, ignored)
    sources, textless = _sources(root, archive, limits, ignored)
    rule = choose_rule([(one.text, one.selections) for one in sources], origin, file)
    reader = _SelectionReader(rule, {code.guid for code in codebook.codes}, _notes(root), ignored)
    project = QdaProject(
        name=str(root.get("name") or ""),
        origin=origin,
        users=_users(root),
        codebook=codebook,
        sources=tuple(reader.source(one, _variables(root)) for one in sources),
        cases=_cases(root, _variables(root), ignored),
    )
    ignored.add("Note", len(reader.unread_notes()))
    for one in root:
        if xml.local(one) not in _READ_OF_PROJECT:
            ignored.add(xml.local(one), max(1, len(one)))
    ignored.add("file", len(archive.others()))
    return ProjectRead(
        project=project,
        rule=rule,
        ignored=ignored.counts(),
        unplaced=reader.unplaced,
        textless=tuple(textless),
        unknown=reader.unknown,
    )


def _codebook(root: xml.Element, origin: str, file: str, limits: QdaLimits, ignored: xml.Ignored) -> QdaCodebook:
    found = next(xml.children(root, "CodeBook"), None)
    if found is None:
        return QdaCodebook(origin=origin)
    book = codebook_of(found, origin, file, limits, ignored)
    return msgspec.structs.replace(book, sets=sets_of(root, book.codes))


def _users(root: xml.Element) -> tuple[QdaUser, ...]:
    return tuple(
        QdaUser(guid=xml.guid(one.get("guid")), name=str(one.get("name") or one.get("id") or ""))
        for holder in xml.children(root, "Users")
        for one in xml.children(holder, "User")
    )


def _variables(root: xml.Element) -> dict[str, str]:
    return {
        xml.guid(one.get("guid")): str(one.get("name") or "")
        for holder in xml.children(root, "Variables")
        for one in xml.children(holder, "Variable")
    }


def _notes(root: xml.Element) -> dict[str, str]:
    """The notes whose text stands in the project itself, by their guids."""
    return {
        xml.guid(one.get("guid")): xml.child_text(one, "PlainTextContent").strip()
        for holder in xml.children(root, "Notes")
        for one in xml.children(holder, "Note")
    }


def _sources(
    root: xml.Element, archive: QdaArchive, limits: QdaLimits, ignored: xml.Ignored
) -> tuple[list[_Source], list[str]]:
    """The texts of the project, and the names of those whose text is not there."""
    found: list[_Source] = []
    textless: list[str] = []
    count = 0
    for holder in xml.children(root, "Sources"):
        for one in holder:
            if xml.local(one) != "TextSource":
                ignored.add(xml.local(one))
                continue
            data = _text_of(one, archive, limits)
            if data is None:
                textless.append(str(one.get("name") or one.get("plainTextPath") or one.get("guid") or ""))
                continue
            elements = list(xml.children(one, "PlainTextSelection"))
            count += len(elements)
            if count > limits.selections:
                raise Invalid(
                    _("{file} has more than {n} selections", file=archive.file, n=limits.selections),
                    do=_("export fewer texts at once"),
                )
            selections = [_raw(element, archive.file) for element in elements]
            found.append(_Source(one, RawText(data, archive.file), selections, elements))
            for child in one:
                if xml.local(child) not in _READ_OF_SOURCE:
                    ignored.add(xml.local(child))
    return found, textless


def _text_of(source: xml.Element, archive: QdaArchive, limits: QdaLimits) -> bytes | None:
    inside = next(xml.children(source, "PlainTextContent"), None)
    if inside is None:
        return archive.text(str(source.get("plainTextPath") or "")) if source.get("plainTextPath") else None
    data = (inside.text or "").encode()
    if len(data) > limits.text:
        raise too_large(archive.file, limits.text)
    return data


def _raw(element: xml.Element, file: str) -> RawSelection:
    try:
        start, end = (int(element.get(name) or "") for name in ("startPosition", "endPosition"))
    except ValueError as error:
        raise Invalid(
            _("a selection of {file} has no position ({id})", file=file, id=element.get("guid") or "?"),
            do=_("export it again"),
        ) from error
    return RawSelection(start, end, str(element.get("name") or ""))


class _SelectionReader:
    """Turns what stands in a file into selections at their places, and counts what cannot be taken."""

    def __init__(self, rule: RuleChoice, codes: set[str], notes: dict[str, str], ignored: xml.Ignored) -> None:
        self._rule, self._codes, self._notes, self._ignored = rule.rule, codes, notes, ignored
        self._read: set[str] = set()
        self.unplaced = self.unknown = 0

    def unread_notes(self) -> set[str]:
        """The notes that belong to no coding that was read."""
        return set(self._notes) - self._read

    def source(self, one: _Source, variables: dict[str, str]) -> QdaSource:
        """A text with its selections."""
        found = []
        for (start, end), element in zip(selected(one.text, one.selections, self._rule), one.elements, strict=True):
            if start is None or end is None or start > end:
                self.unplaced += 1
            else:
                found.append(self._selection(element, start, end, one.text.text[start:end]))
        return QdaSource(
            guid=xml.guid(one.element.get("guid")),
            name=str(one.element.get("name") or one.element.get("plainTextPath") or ""),
            text=one.text.text,
            selections=tuple(found),
            values=values_of(one.element, variables),
        )

    def _selection(self, element: xml.Element, start: int, end: int, words: str) -> QdaSelection:
        codings, memo = [], None
        for child in element:
            name = xml.local(child)
            if name == "Coding":
                codings += self._coding(child, element)
            elif name != "Description":
                self._ignored.add(name)
            elif memo is None:
                memo = child.text or ""
        return QdaSelection(
            guid=xml.guid(element.get("guid")),
            start=start,
            end=end,
            text=words,
            memo=(memo or "").strip(),
            codings=tuple(codings),
        )

    def _coding(self, element: xml.Element, selection: xml.Element) -> list[QdaCoding]:
        """The coder stands on the coding; NVivo names on the selection who brought in the text: second."""
        coder = xml.guid(element.get("creatingUser")) or xml.guid(selection.get("creatingUser"))
        codes, memos = [], []
        for child in element:
            name, target = xml.local(child), xml.guid(child.get("targetGUID"))
            if name == "NoteRef" and target in self._notes:
                self._read.add(target)
                memos.append(self._notes[target])
            elif name == "CodeRef" and target in self._codes:
                codes.append(target)
            else:
                self.unknown += name == "CodeRef"
        guid, memo = xml.guid(element.get("guid")), "\n".join(memos)
        created = str(element.get("creationDateTime") or "")
        return [QdaCoding(code=code, coder=coder, guid=guid, created=created, memo=memo) for code in codes]


def values_of(element: xml.Element, variables: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The variables that have a value at a case or a text, each with that value as text."""
    found = []
    for one in xml.children(element, "VariableValue"):
        name = value = ""
        for child in one:
            if xml.local(child) == "VariableRef":
                name = variables.get(xml.guid(child.get("targetGUID")), "")
            else:
                value = child.text or ""
        if name and value:
            found.append((name, value))
    return tuple(found)


def _cases(root: xml.Element, variables: dict[str, str], ignored: xml.Ignored) -> tuple[QdaCase, ...]:
    found = []
    for holder in xml.children(root, "Cases"):
        for one in xml.children(holder, "Case"):
            sources = tuple(xml.guid(ref.get("targetGUID")) for ref in xml.children(one, "SourceRef"))
            found.append(
                QdaCase(
                    guid=xml.guid(one.get("guid")),
                    name=str(one.get("name") or ""),
                    values=values_of(one, variables),
                    sources=sources,
                )
            )
            for child in one:
                if xml.local(child) not in ("Description", "VariableValue", "SourceRef"):
                    ignored.add(xml.local(child))
    return tuple(found)
