"""Matching imported standards with the built-in instrument they fit best, and adopting its questions and sources.

Numbers alone prove nothing: another edition may use number 47 for something else. So the words are compared as well; in
the 4th edition the right pairs share 38 % of their distinctive words on average, wrong pairs 5 %.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.model import AuditItem, Guide, Instrument, Prompt, Rule, Standard

ALIKE = 0.15
"""From this share of distinctive words, averaged over the standards with the same number, the content is the same."""


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument with the file's standards and all that was adopted for them; id and title are still to be set."""

    instrument: Instrument
    anomalies: tuple[Anomaly, ...]


def adopt(standards: Sequence[Standard], known: Sequence[Instrument]) -> Adopted:
    """The file's standards in the frame of the built-in instrument that fits best (the first when none does)."""
    model = max(known, key=lambda i: len(_same(standards, i)))
    same = _same(standards, model)
    alike = bool(same) and likeness(same, model) >= ALIKE
    numbers = {s.number for s in same} if alike else set()
    inside = len(same) == len(standards)
    instrument = msgspec.structs.replace(
        model,
        scope="subset" if inside else "full",
        subset_note=_note(model, len(standards)) if inside else "",
        edition=model.edition if inside and alike else "",
        superseded_by=model.superseded_by if inside and alike else None,
        standards=tuple(_with_sources(s, model) if s.number in numbers else s for s in standards),
        sections=tuple(dict.fromkeys(s.section for s in standards)),
        rule=_rule(model.rule, {s.type for s in standards}),
        guides=tuple(guide for guide in (_guide(g, numbers) for g in model.guides) if guide.prompts),
        audit=tuple(
            AuditItem(item=a.item, text=a.text, standards=kept)
            for a in model.audit
            if (kept := _kept(a.standards, numbers))
        ),
    )
    return Adopted(instrument=instrument, anomalies=tuple(_anomalies(instrument, same, alike)))


def likeness(same: Sequence[Standard], model: Instrument) -> float:
    """Mean share, 0 to 1, of distinctive words common to each standard and the model's of the same number."""
    common = Counter(word for s in model.standards for word in _words(s))
    common_words = {word for word, count in common.items() if count > len(model.standards) / 5}
    shares = []
    for standard in same:
        mine, other = _words(standard) - common_words, _words(model.standard(standard.number)) - common_words
        shares.append(len(mine & other) / max(1, min(len(mine), len(other))))
    return sum(shares) / max(1, len(shares))


def _words(standard: Standard) -> set[str]:
    """The first five letters of each word of four or more, so that `inform` and `informed` are one."""
    text = f"{standard.title} {standard.statement} {standard.guidance}".casefold()
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text)}


def _same(standards: Sequence[Standard], model: Instrument) -> list[Standard]:
    types = {s.number: s.type for s in model.standards}
    return [s for s in standards if types.get(s.number) == s.type]


def _with_sources(standard: Standard, model: Instrument) -> Standard:
    ours = model.standard(standard.number)
    return msgspec.structs.replace(
        standard,
        sources=standard.sources or ours.sources,
        title=standard.title if standard.title.strip() else ours.title,
    )


def _note(model: Instrument, count: int) -> str:
    return model.subset_note.replace(str(len(model.standards)), str(count))


def _rule(rule: Rule, types: set[str]) -> Rule:
    return msgspec.structs.replace(rule, thresholds=tuple(t for t in rule.thresholds if t.type in types))


def _guide(guide: Guide, numbers: set[str]) -> Guide:
    prompts = tuple(
        Prompt(id=p.id, text=p.text, standards=kept) for p in guide.prompts if (kept := _kept(p.standards, numbers))
    )
    return Guide(group=guide.group, prompts=prompts)


def _kept(wanted: Sequence[str], numbers: set[str]) -> tuple[str, ...]:
    return tuple(number for number in wanted if number in numbers)


def _anomalies(instrument: Instrument, same: Sequence[Standard], alike: bool) -> list[Anomaly]:
    """The anomalies that the network should know of before using its own instrument."""
    found = []
    if same and not alike:
        text = "numbers are those of the built-in standards but the words are not; no questions were taken over"
        found.append(Anomaly(line=0, kind="other_edition", text=text))
    bare = sum(1 for s in instrument.standards if not s.sources)
    if bare:
        text = f"{bare} of {len(instrument.standards)} standards do not say who can test them; add a column sources"
        found.append(Anomaly(line=0, kind="no_sources", text=text))
    ruled = {t.type for t in instrument.rule.thresholds}
    for type_ in instrument.types():
        if type_ not in ruled:
            found.append(Anomaly(line=0, kind="no_threshold", text=f"the rule says nothing about type {type_}"))
    return found
