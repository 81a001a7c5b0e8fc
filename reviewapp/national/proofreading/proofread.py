"""The proof-reader of the national report: what the office wrote, against the figures, the standards and itself.

Each rule stands for a kind of contradiction that a national report made by hand has had: a share that its own parts
exclude, standards that are counted, tagged or worded otherwise than in the instrument, a mean of one standard, a quote
under the wrong standard. A finding never changes anything; the office mends it, or accepts it with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

import msgspec

from reviewapp.national.proofreading import rest, shares, standards
from reviewapp.national.proofreading.found import Found
from reviewapp.national.report.material import NationalMaterial
from reviewapp.report.proofreading.finding import Severity
from reviewapp.report.tree import Document


class NationalFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: the rule, where (a place of the report, or a quote), why, and the one thing to do.

    `id` changes with what it concerns; `accepted` is the office's reason why it may stand, empty where it may not.
    """

    id: str
    rule: str
    severity: Severity
    place: str
    why: str
    action: str
    accepted: str = ""


def proofread(
    material: NationalMaterial, document: Document, accepted: Mapping[str, str] | None = None
) -> list[NationalFinding]:
    """Every finding about a report, in the order of the rules and then of its places."""
    reasons = accepted or {}
    made = []
    for rule, check in RULES.items():
        for one in check(material, document):
            said = msgspec.json.encode([rule, one.place, one.concerning, one.why])
            key = f"{rule}-{hashlib.sha256(said).hexdigest()[:16]}"
            made.append(
                NationalFinding(
                    id=key, rule=rule, severity=one.severity, place=one.place, why=one.why, action=one.action,
                    accepted=reasons.get(key, ""),
                )
            )  # fmt: skip
    return made


RULES: Mapping[str, Callable[[NationalMaterial, Document], Iterator[Found]]] = {
    "standards-counted": shares.standards_counted,
    "share-not-in-figures": shares.shares_printed,
    "share-of-few-standards": shares.few_standards,
    "unknown-standard": standards.unknown,
    "type-tag": standards.types_tagged,
    "wording-of-standard": standards.wording,
    "on-both-lists": standards.both_lists,
    "standard-without-value": standards.no_value,
    "figure-not-there": rest.figures_named,
    "quote-tag": rest.quotes_tagged,
    "may-identify": rest.private,
    "drafts": rest.drafts,
    "edition-replaced": rest.edition,
}
"""Every rule by its name."""
