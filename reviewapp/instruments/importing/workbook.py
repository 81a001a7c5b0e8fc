"""A scored scale from its owner's workbook: sheets Scale, Bands, Items, Criteria, Map, Questions, and perhaps Audit.

The workbook is known by its sheets. Refused, with nothing taken: a cell that holds more or other than it shows; an
unknown item, letter, source, group or comparison; the same item, letter or score twice; a circle of `implies`; a map
without a row for each score (unless Items names the scores it can get), with a score that is never given, or under
which one criterion more lowers the score, tried over all combinations; and a scale that says how many items it has and
has another number. Told as anomalies: an empty permission, an edition without a date, a letter that never matters,
items without criteria or map, and whatever was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check_criteria import check_standard_criteria
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.importing.workbook_items import (
    read_audit,
    read_criteria,
    read_items,
    read_maps,
    read_questions,
    refuse_all,
    with_audit,
)
from reviewapp.instruments.importing.workbook_scale import read_scale
from reviewapp.instruments.importing.workbook_sheets import KNOWN_BESIDE, KNOWN_BY, SHEETS, Rows, sheet_called
from reviewapp.instruments.model import AuditItem, Band, Guide, Instrument, Scale, Standard
from reviewapp.instruments.scoring import ItemScoring, scale_scores
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet

_DATE = re.compile(r"\b(19|20)\d\d\b")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def is_workbook(sheets: Sequence[Sheet]) -> bool:
    """Whether these are the sheets of an owner's workbook."""
    named = {name for name in SHEETS if sheet_called(sheets, name) is not None}
    return named.issuperset(KNOWN_BY) and bool(named.intersection(KNOWN_BESIDE))


def read_workbook(sheets: Sequence[Sheet]) -> tuple[Instrument, tuple[Anomaly, ...]]:
    """The instrument, sound but for the id and title, which may be empty, and what the owner should know of.

    Raises Invalid, naming file, sheet and cell, or the item.
    """
    problems = Problems()
    rows = {
        name: Rows(sheet, name, problems)
        for name in SHEETS
        if (sheet := sheet_called(sheets, name)) is not None and (sheet.rows or name in KNOWN_BY)
    }
    scale = read_scale(rows["Scale"])
    standards, guides, audit, made = _contents(rows, "Audit" in rows or sheet_called(sheets, "Audit") is not None)
    bands = tuple(_bands(rows["Bands"])) if "Bands" in rows else ()
    problems.refuse()
    instrument = Instrument(
        id=scale.id, title=scale.title, edition=scale.edition, scope=scale.scope, subset_note=scale.subset_note,
        superseded_by=scale.superseded_by, source=scale.source, suppress_below=scale.suppress_below,
        origin=scale.origin, rule=scale.rule, targets=scale.targets, guides=guides, audit=audit,
        sections=tuple(dict.fromkeys(one.section for one in standards)), standards=standards,
        scale=Scale(kind="scored", values=scale.values, bands=bands),
    )  # fmt: skip
    refuse_all([*_faults(instrument)], sheets[0].file)
    told = [*scale.anomalies, *_anomalies(instrument, made), *_unread(sheets, rows)]
    return instrument, tuple(told)


def _contents(
    rows: Mapping[str, Rows], has_audit: bool
) -> tuple[tuple[Standard, ...], tuple[Guide, ...], tuple[AuditItem, ...], bool]:
    """Standards, questions and audit items; whether the audit items were made from the shares."""
    items = read_items(rows["Items"])
    if not items:
        raise Invalid(_("the sheet Items has no items"), do=_("add a row an item"), kept=_("nothing was imported"))
    criteria = read_criteria(rows["Criteria"], items) if "Criteria" in rows else {}
    maps = read_maps(rows["Map"], items) if "Map" in rows else {}
    standards = tuple(
        msgspec.structs.replace(one, criteria=tuple(criteria.get(number, ())), map=tuple(maps.get(number, ())))
        for number, one in items.items()
    )
    guides = read_questions(rows["Questions"], items) if "Questions" in rows else ()
    if has_audit:
        return standards, guides, read_audit(rows["Audit"], items) if "Audit" in rows else (), False
    standards, audit = with_audit(standards)
    return standards, guides, audit, bool(audit)


def _bands(rows: Rows) -> Iterator[Band]:
    for row in rows:
        start = rows.number(row, "from")
        if start is None:
            raise rows.wrong(row, "from", _("the band does not say from which total"))
        yield Band(label=rows.needed(row, "label"), from_=start)


def _faults(instrument: Instrument) -> Iterator[tuple[str, Invalid]]:
    """Every item whose criteria or map cannot be, with what is wrong."""
    for standard in instrument.standards:
        try:
            check_standard_criteria(standard, instrument)
        except Invalid as error:
            yield standard.number, error


def _anomalies(instrument: Instrument, made: bool) -> Iterator[Anomaly]:
    """What is sound and yet should be known."""
    origin = instrument.origin
    if origin:
        if not origin.permission.strip():
            text = _("the sheet Scale does not say who permitted its use, when and for what")
            yield Anomaly(line=0, kind="no_permission", text=text)
        if not _DATE.search(f"{instrument.edition} {origin.edition_date}"):
            text = _("the edition has no date: two drafts of one version may differ")
            yield Anomaly(line=0, kind="no_edition_date", text=text)
        if origin.sha256 and not _SHA256.fullmatch(origin.sha256):
            text = _("the sha256 of the source file is not 64 letters and digits")
            yield Anomaly(line=0, kind="odd_sha256", text=text)
    if made:
        text = _("{n} items for the case-note grid were made from the shares of case notes", n=len(instrument.audit))
        yield Anomaly(line=0, kind="audit", text=text)
    bare = [one.number for one in instrument.standards if not one.criteria]
    unmapped = [one.number for one in instrument.standards if one.criteria and not one.map]
    for numbers, kind, what in (
        (bare, "no_criteria", _("no criteria: scored by hand")),
        (unmapped, "no_map", _("criteria but no map: scored by hand")),
    ):
        if numbers:
            yield Anomaly(line=0, kind=kind, text=_("{what}: {list}", what=what, list=_named(numbers)))
    yield from _unused(instrument)


def _unused(instrument: Instrument) -> Iterator[Anomaly]:
    scale = scale_scores(instrument)
    for standard in instrument.standards:
        if standard.map and (letters := ItemScoring(standard, scale).unused()):
            text = _("item {number}: {letters} never matters to the score", number=standard.number,
                     letters=", ".join(letters))  # fmt: skip
            yield Anomaly(line=0, kind="unused_letter", text=text)
        if standard.scores:
            text = _("item {number} can get only the scores {list}", number=standard.number,
                     list=", ".join(map(str, standard.scores)))  # fmt: skip
            yield Anomaly(line=0, kind="fewer_scores", text=text)


def _named(numbers: Sequence[str]) -> str:
    return _("item {list}", list=", ".join(numbers[:12])) + (f" ({len(numbers)})" if len(numbers) > 12 else "")


def _unread(sheets: Sequence[Sheet], rows: Mapping[str, Rows]) -> Iterator[Anomaly]:
    """What of the workbook was not read, and which of its sheets are missing."""
    read = {id(one.table.sheet) for one in rows.values()}
    for one in rows.values():
        yield from one.unread()
    for sheet in sheets:
        if id(sheet) not in read and sheet.rows:
            yield Anomaly(line=0, kind="sheet", text=_('the sheet "{name}" was not read', name=sheet.name))
    for name in SHEETS:
        if name not in rows and name != "Audit":
            yield Anomaly(line=0, kind="no_sheet", text=_('there is no sheet "{name}", or it is empty', name=name))
