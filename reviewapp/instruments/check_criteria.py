"""The rules that criteria, score maps and what goes with them must satisfy; each breach names the standard."""

from __future__ import annotations

import math

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check_texts import check_text, check_unique
from reviewapp.instruments.model import Criterion, Instrument, Origin, Standard
from reviewapp.instruments.score_rules import LETTER, RESERVED
from reviewapp.instruments.scoring import ItemScoring, check_implied, scale_scores

MOST_CRITERIA = 40
"""Most criteria of one standard; a map judges fewer (`truth_tables.MOST`)."""
MOST_PARTS = 60
"""Most parts of one list."""
MOST_LEVELS = 20


def check_criteria(instrument: Instrument) -> None:
    """Raise Invalid unless all criteria, maps, questions about criteria and what is said of the origin are sound."""
    item = _("item {number}") if instrument.scale.kind == "scored" else _("standard {number}")
    for standard in instrument.standards:
        try:
            check_standard_criteria(standard, instrument)
        except Invalid as error:
            name = item.format(number=f"{standard.number!r}")
            raise Invalid(f"{name}: {error.what}", field=error.field or "criteria", do=error.do) from error
    _questions(instrument)
    _origin(instrument)


def check_standard_criteria(standard: Standard, instrument: Instrument) -> None:
    """Raise Invalid unless the criteria and the map of one standard are sound; the standard itself is not named."""
    if standard.criteria or standard.map or standard.scores or standard.form:
        _criteria(standard, {one.item for one in instrument.audit})
        _map(standard, instrument, scale_scores(instrument))


def _criteria(standard: Standard, audit: set[str]) -> None:
    if len(standard.criteria) > MOST_CRITERIA:
        raise Invalid(_("it has more than {most} criteria", most=MOST_CRITERIA))
    check_text(standard.form, _("the form"))
    check_unique((one.id for one in standard.criteria), _("criterion"))
    check_unique((str(one.level) for one in standard.criteria if one.level), _("level"))
    for one in standard.criteria:
        if not LETTER.fullmatch(one.id) or one.id in RESERVED:
            raise Invalid(
                _("{letter} cannot be the letter of a criterion", letter=f"{one.id!r}"),
                do=_("use a small letter, such as a, b or c1, but not {words}", words=", ".join(RESERVED)),
            )
        name = _("criterion {letter}", letter=one.id)
        check_text(one.text, _("the text of {name}", name=name), needed=True)
        check_text(one.unit, _("the unit of {name}", name=name))
        check_text(one.guidance, _("the guidance of {name}", name=name))
        check_unique(one.sources, _("{name}: source", name=name))
        check_unique(one.implies, _("{name}: implied criterion", name=name))
        _parts(one, name)
        _measure(one, name)
        if one.audit and one.audit not in audit:
            raise Invalid(_("{name} is about the audit item {item}, which does not exist", name=name, item=one.audit))
        if not 0 <= one.level <= MOST_LEVELS:
            raise Invalid(_("{name}: a level is 1 to {most}", name=name, most=MOST_LEVELS))
    check_implied(standard)


def _parts(one: Criterion, name: str) -> None:
    if one.parts and one.measure != "list":
        raise Invalid(_("{name} has a list, but it is not measured by one", name=name))
    if len(one.parts) > MOST_PARTS:
        raise Invalid(_("the list of {name} has more than {most} parts", name=name, most=MOST_PARTS))
    for part in one.parts:
        check_text(part, _("a part of the list of {name}", name=name), needed=True)
        if set(part) & set("\n;"):
            raise Invalid(_("a part of the list of {name} has a line break or a semicolon in it", name=name))
    check_unique(one.parts, _("{name}: part", name=name))


def _measure(one: Criterion, name: str) -> None:
    """A quantity says what it has to be; a plain yes or no has nothing to be."""
    if one.measure == "yes-no":
        if one.op or one.threshold is not None or one.fewest or one.audit:
            raise Invalid(_("{name} is a plain yes or no, but it has a threshold", name=name))
        return
    if not one.op or one.threshold is None or not math.isfinite(one.threshold):
        raise Invalid(
            _("{name} is a {measure} without a threshold", name=name, measure=one.measure),
            do=_("say what it has to be, such as >= and 80"),
        )
    if one.measure != "share" and (one.fewest or one.audit):
        raise Invalid(_("{name} is no share, so it has no audit item and no fewest records", name=name))
    if not 0 <= one.fewest <= 1000:
        raise Invalid(_("{name}: the fewest records are 0 to 1000", name=name))
    if one.measure == "share" and not 0 <= one.threshold <= 100:
        raise Invalid(_("{name}: a share is 0 to 100 per cent", name=name))
    if one.measure == "list" and one.parts and not 0 <= one.threshold <= len(one.parts):
        raise Invalid(_("{name} asks for {k} of a list of {n}", name=name, k=one.threshold, n=len(one.parts)))


def _map(standard: Standard, instrument: Instrument, scale: list[int]) -> None:
    if not standard.map and not standard.scores:
        return
    if instrument.scale.kind != "scored":
        raise Invalid(_("a map to scores belongs to a scored scale only"), field="map")
    points = {one.value: one.points for one in instrument.scale.values}
    odd = [score for score in standard.scores if score not in scale]
    if odd:
        raise Invalid(_("it can get the score {score}, which is not on the scale", score=odd[0]), field="scores")
    if any(points[score] != score for score in scale):
        raise Invalid(_("a map needs a scale whose values are their points"), field="map")
    if standard.map and not standard.criteria:
        raise Invalid(_("it has a map but no criteria"), field="map")
    if standard.map:
        ItemScoring(standard, scale)


def _questions(instrument: Instrument) -> None:
    letters = {f"{one.number}/{each.id}" for one in instrument.standards for each in one.criteria}
    for guide in instrument.guides:
        for prompt in guide.prompts:
            odd = [name for name in prompt.criteria if name not in letters]
            if odd:
                raise Invalid(
                    _("{id} is about criterion {name}, which does not exist", id=f"{prompt.id!r}", name=odd[0]),
                    field="criteria",
                )
            check_unique(prompt.criteria, _("{id}: criterion", id=f"{prompt.id!r}"))
            other = [name for name in prompt.criteria if name.partition("/")[0] not in prompt.standards]
            if other:
                raise Invalid(
                    _("{id} is about criterion {name} but not about its standard", id=f"{prompt.id!r}", name=other[0]),
                    field="criteria",
                )


def _origin(instrument: Instrument) -> None:
    origin = instrument.origin
    if not isinstance(origin, Origin):
        return
    for name in ("owner", "permission", "edition_date", "sha256", "language", "norm"):
        check_text(getattr(origin, name), name)
    if origin.items and origin.items != len(instrument.standards):
        raise Invalid(
            _("it says that it has {said} items and has {n}", said=origin.items, n=len(instrument.standards)),
            field="items",
        )
