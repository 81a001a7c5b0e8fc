"""Coding what people said: the codebooks of the visit, themes of its own, and who sees which themes in what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.codebooks.check import check as check_codebook
from reviewapp.codebooks.check import check_id as check_codebook_id
from reviewapp.codebooks.model import Codebook as CodebookContent
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.theme_records import AgreedCodingRecord, CodebookRecord, CodingRecord, ThemeInForce, ThemeRecord
from reviewapp.visit.themes import UNIT_KINDS, themes_in_force, themes_within, unit_of, used_themes
from reviewapp.visit.validators import Checks, InstrumentTerms, check_id, check_line


def _check_id_of_codebook(field: str, value: str, terms: InstrumentTerms) -> None:
    check_codebook_id(value)


def _check_content(field: str, value: Any, terms: InstrumentTerms) -> None:
    check_codebook(msgspec.convert(value, type=CodebookContent))


def _check_themes(field: str, value: Sequence[str], terms: InstrumentTerms) -> None:
    if len(set(value)) < len(value):
        raise Invalid(_("a theme is listed twice"), field=field, do=_("name each once"))
    for one in value:
        check_id(field, one, terms)


def _check_unit(field: str, value: str, terms: InstrumentTerms) -> None:
    kind, _slash, rest = value.partition("/")
    if kind not in UNIT_KINDS or not all(rest.split("/")):
        raise Invalid(
            _("{text} is nothing that can be coded", text=f"{value!r}"[:80]),
            field=field,
            do=_("name a quote, an answer or a survey comment, such as quote/Q1/R2"),
        )


def _check_known(themes: Sequence[str], state: VisitState) -> None:
    known = themes_in_force(state).by_id
    for one in themes:
        if one not in known:
            raise Invalid(
                _("there is no theme {id} in the codebooks of this visit", id=f"{one!r}"),
                field="themes",
                do=_("see them with: codebook show"),
            )
        if not known[one].codable:
            raise Invalid(
                _("{id} only contains other themes", id=one), field="themes", do=_("choose one of those in it")
            )


def _check_there(unit: str, state: VisitState) -> None:
    if unit_of(state, unit) is None:
        raise Invalid(_("there is no {unit} with words", unit=unit), field="unit", do=_("record it first"))


class Codebook(Statement, frozen=True, kw_only=True, tag="codebook"):
    """The lead chooses a codebook for the visit, which carries it from then on; `deleted` takes it out again."""

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "codebooks"
    RECORD = CodebookRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("which codebooks are used")
    CHECKS: ClassVar[Checks] = {"id": _check_id_of_codebook, "content": _check_content}
    NEEDS = "content"
    FIRST_STANDS = ("content",)
    PHRASE = gettext_noop("the codebook {key}")
    COUNTED = ngettext_noop("{n} codebook", "{n} codebooks")

    id: str
    content: CodebookContent | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """Its content bears its id; one whose themes were used stays."""
        if isinstance(self.content, CodebookContent) and self.content.id != self.id:
            raise Invalid(_("the content is of another codebook ({id})", id=self.content.id), field="content")
        held = state.codebooks.get(self.id) if self.deleted is True else None
        ids = {theme.id for theme in held.content.themes} if held and held.content else set()
        used = sorted(ids & used_themes(state))
        if used:
            raise Invalid(
                _("themes of {id} are in use: {themes}", id=self.id, themes=", ".join(used[:5])),
                field="deleted",
                do=_("leave it in force"),
            )


class Theme(Statement, frozen=True, kw_only=True, tag="theme"):
    """A theme of the visit's own, or other words for one of its codebooks; `hidden` offers it to nobody any more.

    Only the lead says it. A field left empty reads as in the codebook.
    """

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "themes"
    RECORD = ThemeRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("a theme")
    CHECKS: ClassVar[Checks] = {"title": check_line, "parent": check_line}
    PHRASE = gettext_noop("the theme {key}")
    COUNTED = ngettext_noop("{n} theme", "{n} themes")
    TEXTS = ("title", "use_when", "not_when")
    NUMBERED = True

    id: str
    title: str | UnsetType = UNSET
    parent: str | None | UnsetType = UNSET
    use_when: str | None | UnsetType = UNSET
    not_when: str | None | UnsetType = UNSET
    hidden: bool | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has a title, its place among the themes is one that there is and not within itself; one in use stays."""
        themes = themes_in_force(state)
        known = themes.by_id | themes.hidden
        if self.deleted is True:
            self._check_unused({self.id}, state, "deleted")
            return
        if self.hidden is True:
            within = themes_within(themes, self.id)
            self._check_unused(within, state, "hidden")
            if not any(one.codable for one in themes.by_id.values() if one.id not in within):
                raise Invalid(
                    _("theme {id} is the last one", id=self.id), field="hidden", do=_("add another one first")
                )
        self._check_title(known)
        above = self.parent if isinstance(self.parent, str) else ""
        if above and above not in known:
            raise Invalid(_("there is no theme {id}", id=f"{above!r}"), field="parent")
        if above and above in themes_within(themes, self.id):
            raise Invalid(_("theme {id} cannot be part of itself", id=self.id), field="parent")

    def _check_title(self, known: Mapping[str, ThemeInForce]) -> None:
        """A theme of the visit's own has a title, and none beside it has the same, as in every codebook."""
        held = known.get(self.id)
        title = self.title.strip() if isinstance(self.title, str) else held.title if held else ""
        if not title and (held is None or not held.book):
            raise Invalid(_("theme {id} needs a title", id=self.id), field="title", do=_("give it one"))
        parent = self.parent if isinstance(self.parent, str) else held.parent if held else ""
        twin = next((one for one in known.values() if one.parent == parent and one.id != self.id
                     and one.title.strip().casefold() == title.casefold()), None)  # fmt: skip
        if twin is not None:
            raise Invalid(
                _("{title} is already the title of {twin} beside it", title=title, twin=twin.id),
                field="title",
                do=_("give one of them another title"),
            )

    def _check_unused(self, themes: set[str], state: VisitState, field: str) -> None:
        used = sorted(themes & used_themes(state))
        if used:
            raise Invalid(_("theme {id} is in use", id=used[0]), field=field, do=_("keep using it"))


class Coding(Statement, frozen=True, kw_only=True, tag="coding"):
    """What one coder sees in a unit. An empty list says that it was looked at and none fits; None takes it back."""

    IDS = ("unit",)
    SAID = ()
    CHANGED = _("themes of a quote or answer")
    KEY_IS_RECORD = True
    TABLE = "codings"
    RECORD = CodingRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"unit": _check_unit, "themes": _check_themes}
    VALUE_FIELDS = ("themes",)
    NOUN = _("coding of")
    PHRASE = gettext_noop("a coder's themes ({key})")
    WHOSE = gettext_noop("themes of {unit}, coded by {author}")
    COUNTED = ngettext_noop("{n} coding", "{n} codings")
    TEXTS = ("memo",)

    unit: str
    themes: list[str] | None | UnsetType = UNSET
    memo: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """There is such a unit, and the visit's codebooks have these themes."""
        _check_there(self.unit, state)
        if isinstance(self.themes, list):
            _check_known(self.themes, state)


class AgreedCoding(Statement, frozen=True, kw_only=True, tag="agreed_coding"):
    """What the coders agreed on for a unit, with the reason. Only the lead records it."""

    IDS = ("unit",)
    SAID = ()
    CHANGED = _("agreed themes")
    SHARED = True
    KEY_IN_WORDS = True
    TABLE = "agreed_codings"
    RECORD = AgreedCodingRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("agreed themes")
    CHECKS: ClassVar[Checks] = {"unit": _check_unit, "themes": _check_themes}
    VALUE_FIELDS = ("themes",)
    NOUN = _("agreed themes of")
    PHRASE = gettext_noop("the agreed themes ({key})")
    COUNTED = ngettext_noop("{n} agreed coding", "{n} agreed codings")
    TEXTS = ("reason",)

    unit: str
    themes: list[str] | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """There is such a unit, the visit's codebooks have these themes, and what is settled has a reason."""
        _check_there(self.unit, state)
        if not isinstance(self.themes, list):
            return
        _check_known(self.themes, state)
        held = state.agreed_codings.get(self.unit)
        reason = self.reason if isinstance(self.reason, str) else (held.reason if held else "")
        said = {one.themes for one in state.codings.values() if one.unit == self.unit and one.themes is not None}
        if len({frozenset(one) for one in said}) > 1 and not reason.strip():
            raise Invalid(
                _("coders differ on {unit}, so a reason is needed", unit=self.unit),
                field="reason",
                do=_("say why you agree these themes"),
            )
