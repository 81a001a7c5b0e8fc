"""What was coded in another program, taken into the visit: matched to its units, the importer's unless claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, shortened
from reviewapp.base.i18n import _, plural
from reviewapp.qda.limits import LIMITS
from reviewapp.qda.model import QdaCode, QdaProject, QdaSelection, QdaSource
from reviewapp.qda.read_project import read_project
from reviewapp.qda.write import plain_text
from reviewapp.visit import statements
from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import Unit, own_codebook, units
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.qda_export import AGREED, selection_guid, source_guid, user_guid

_SHOWN = 80


class CodingImport(msgspec.Struct, frozen=True, kw_only=True):
    """What a project held and what was taken of it.

    `matched` selections are units of this visit, `unmatched` the beginnings of the words of those that are not.
    `codes_new` are codes that no codebook of the visit has and that were used. `new` and `already_here` count codings
    of a unit by a coder; `ignored` counts what was left out, by its name.
    """

    offset_rule: str
    offset_rule_words: str
    sure: float
    matched: int
    unmatched: tuple[str, ...]
    codes_new: tuple[str, ...]
    coders: dict[str, str]
    new: int
    already_here: int
    ignored: dict[str, int]


class _Found(msgspec.Struct):
    """What was gathered of a project, before anything is recorded."""

    themes: dict[tuple[str, str], dict[str, None]]
    memos: dict[tuple[str, str], list[str]]
    agreed: dict[str, dict[str, None]]
    unmatched: list[str]
    matched: int = 0
    unclaimed: int = 0


def preview_coding(visit: OpenVisit, path: Path, coders: Mapping[str, str]) -> CodingImport:
    """What `import_coding` would do. Raises the same."""
    return _Import(visit, path, coders).account()


def import_coding(visit: OpenVisit, path: Path, coders: Mapping[str, str]) -> CodingImport:
    """Take the codings of a `.qdpx` into the visit; all or nothing, and the same file again changes nothing.

    `coders` says who of the visit a name in the file is: what is somebody else's waits until they or the lead confirm
    it. Of anybody else they are the importer's. Raises Damaged or Invalid for a file that cannot be read safely,
    Invalid for a name or code that there is not.
    """
    taking = _Import(visit, path, coders)
    account = taking.account()
    taking.record()
    return account


class _Import:
    def __init__(self, visit: OpenVisit, path: Path, coders: Mapping[str, str]) -> None:
        self._visit, self._state = visit, visit.state
        self._read = read_project(_bytes(path), path.name)
        self._project = self._read.project
        self._coders = self._claims(coders)
        self._themes, self._new = self._known_themes()
        self._found = self._gather()

    def account(self) -> CodingImport:
        """What would be taken, in numbers and names."""
        found, rule = self._found, self._read.rule
        already = sum(self._is_here(unit, code) for unit, code in found.themes)
        ignored = dict(self._read.ignored)
        for name, count in (
            ("selection outside its text", self._read.unplaced),
            ("coding without its code", self._read.unknown),
            ("text that the file lacks", len(self._read.textless)),
            ("agreed coding (the lead takes those)", 0 if self._visit.is_lead else len(found.agreed)),
        ):
            if count:
                ignored[name] = count
        return CodingImport(
            offset_rule=rule.rule.id,
            offset_rule_words=rule.rule.words,
            sure=round(rule.fits / rule.of, 4) if rule.of else 1.0,
            matched=found.matched,
            unmatched=tuple(found.unmatched),
            codes_new=tuple(" / ".join(one.path) for one in self._new.values()),
            coders=dict(sorted(self._coders.items())),
            new=len(found.themes) - already,
            already_here=already,
            ignored=ignored,
        )

    def record(self) -> None:
        """Record it, each coder's in one step."""
        lines: dict[str, list[statements.Statement]] = {}
        if self._new and self._visit.is_lead:
            lines[self._visit.me] = [self._theme(one) for one in self._new.values()]
        for (unit, code), themes in self._found.themes.items():
            if not self._is_here(unit, code):
                memo = "\n".join(dict.fromkeys(self._found.memos.get((unit, code), ())))
                said = statements.Coding(unit=unit, themes=list(themes), memo=memo or msgspec.UNSET)
                lines.setdefault(code, []).append(said)
        if self._visit.is_lead:
            lines.setdefault(self._visit.me, []).extend(
                statements.AgreedCoding(unit=unit, themes=list(themes), reason=_("agreed in another program"))
                for unit, themes in self._found.agreed.items()
                if not self._is_agreed(unit, themes)
            )
        own = lines.pop(self._visit.me, [])
        if own:
            self._visit.record(*own, name=_("codings from {name}", name=self._read.project.origin or "a file"))
        for code, said_for in lines.items():
            self._visit.record_for(code, *said_for)

    def _claims(self, coders: Mapping[str, str]) -> dict[str, str]:
        """Whose each user of the file is, by their name. Raises Invalid for names and codes that there are not."""
        names = {user.name: user.guid for user in self._project.users}
        for name, code in coders.items():
            if name not in names:
                raise Invalid(
                    _("nobody in the file is called {name}", name=f"{name!r}"[:60]),
                    field="coder",
                    do=_("the names are: {names}", names=", ".join(names)[:300] or _("none")),
                )
            if code not in self._state.people:
                raise Invalid(_("{code} is not on this visit", code=f"{code!r}"[:60]), field="coder")
        ours = {user_guid(self._state, code): code for code in self._state.people}
        return {user.name: coders.get(user.name) or ours.get(user.guid) or self._visit.me
                for user in self._project.users
                if user.guid != user_guid(self._state, AGREED)}  # fmt: skip

    def _known_themes(self) -> tuple[dict[str, str], dict[str, QdaCode]]:
        """The theme of each code of the file; codes that were used and that no codebook of the visit has."""
        book = own_codebook(self._state)
        by_guid = {one.uuid: one.id for one in book.themes}
        by_path = {tuple(part.casefold() for part in book.path(one)): one.id for one in book.themes}
        used = {coding.code for source in self._project.sources for one in source.selections for coding in one.codings}
        known: dict[str, str] = {}
        new: dict[str, QdaCode] = {}
        for code in self._project.codebook.codes:
            id_ = by_guid.get(code.guid) or by_path.get(tuple(part.casefold() for part in code.path))
            if id_ is not None:
                known[code.guid] = id_
            elif code.guid in used:
                new[code.guid] = code
                known[code.guid] = _new_id(code.guid)
        return known, new

    def _theme(self, code: QdaCode) -> statements.Theme:
        above = " / ".join(code.path[:-1])
        return statements.Theme(id=_new_id(code.guid), title=code.name[:200], use_when=code.description or above)

    def _gather(self) -> _Found:
        found = _Found({}, {}, {}, [])
        names = {user.guid: user.name for user in self._project.users}
        matching = _Matching(self._state, self._project)
        refused = set() if self._visit.is_lead else set(self._new)
        for source in self._project.sources:
            for one in source.selections:
                unit = matching.unit(source, one)
                if unit is None:
                    found.unmatched.append(" ".join(one.text.split())[:_SHOWN])
                    continue
                found.matched += 1
                for coding in one.codings:
                    if coding.code in refused or coding.code not in self._themes:
                        continue
                    theme = self._themes[coding.code]
                    if coding.coder == user_guid(self._state, AGREED):
                        found.agreed.setdefault(unit, {})[theme] = None
                        continue
                    code = self._coders.get(names.get(coding.coder, ""), self._visit.me)
                    found.themes.setdefault((unit, code), {})[theme] = None
                    if memo := coding.memo or one.memo:
                        found.memos.setdefault((unit, code), []).append(memo)
        return found

    def _is_here(self, unit: str, code: str) -> bool:
        held = self._state.codings.get(f"{unit}/{code}")
        said = self._found.themes[unit, code]
        if held is None or held.themes is None or set(held.themes) != set(said):
            return False
        memo = "\n".join(dict.fromkeys(self._found.memos.get((unit, code), ())))
        return not memo or memo == held.memo

    def _is_agreed(self, unit: str, themes: Mapping[str, None]) -> bool:
        held = self._state.agreed_codings.get(unit)
        return held is not None and held.themes is not None and set(held.themes) == set(themes)


class _Matching:
    """Finds the unit of a selection: by its identifier, else by the conversation and exactly its words."""

    def __init__(self, state: VisitState, project: QdaProject) -> None:
        there = units(state)
        self._by_guid = {selection_guid(state, unit.key): unit for unit in there}
        self._by_words: dict[str, list[Unit]] = {}
        for unit in there:
            self._by_words.setdefault(_words(unit.text), []).append(unit)
        self._sources = {source_guid(state, interview): interview for interview in state.interviews}

    def unit(self, source: QdaSource, one: QdaSelection) -> str | None:
        """The key of the unit, or None where the words are not those of a unit, or of more than one."""
        known = self._by_guid.get(one.guid)
        if known is not None and _words(known.text) == _words(one.text):
            return known.key
        alike = self._by_words.get(_words(one.text), [])
        interview = self._sources.get(source.guid)
        if interview is not None:
            alike = [unit for unit in alike if unit.interview == interview]
        return alike[0].key if len(alike) == 1 else None


def _words(text: str) -> str:
    return " ".join(plain_text(text).split())


def _new_id(guid: str) -> str:
    return "C-" + "".join(letter for letter in guid if letter.isalnum())[:12]


def _bytes(path: Path) -> bytes:
    try:
        return read_whole(path, LIMITS.file)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=shortened(path), reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error


def in_words(found: CodingImport) -> Sequence[str]:
    """What was done, a line each, as the command line and the screen tell it."""
    told = [
        _("positions count {rule}; {sure}% of the selections fit that",
          rule=found.offset_rule_words, sure=f"{100 * found.sure:.0f}"),
        plural("{n} selection matches this visit", "{n} selections match this visit", found.matched),
        plural("{n} coding is new", "{n} codings are new", found.new),
    ]  # fmt: skip
    if found.already_here:
        told.append(plural("{n} was already here", "{n} were already here", found.already_here))
    if found.unmatched:
        told.append(plural("{n} selection does not match this visit and was left out: {first}",
                           "{n} selections do not match this visit and were left out, such as: {first}",
                           len(found.unmatched), first=found.unmatched[0]))  # fmt: skip
    if found.codes_new:
        told.append(_("codes that are in no codebook of this visit: {codes}", codes=", ".join(found.codes_new)[:300]))
    told += [f"{name} -> {code}" for name, code in found.coders.items()]
    told += [_("left out: {n} × {name}", n=n, name=name) for name, n in found.ignored.items()]
    return told
