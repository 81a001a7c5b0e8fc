"""From a set to its report: figures through the mask, words that may be printed, codes, passages, and its number."""

from __future__ import annotations

import hashlib

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.national.figures import NationalFigures
from reviewapp.national.mask import counted_in, masked
from reviewapp.national.model import Practice, Quote
from reviewapp.national.network_set import NetworkSet, PrintedReport
from reviewapp.national.proofreading.proofread import NationalFinding, proofread
from reviewapp.national.report.build import build
from reviewapp.national.report.codes import codes_of
from reviewapp.national.report.material import NationalMaterial, Words
from reviewapp.national.report.passages import passages
from reviewapp.national.report.workbook import workbook
from reviewapp.report.formats import FORMATS
from reviewapp.report.tree import Document

ACCEPTED = "accepted findings"
"""Under which name a set keeps why findings of the proof-reader may stand."""


class NationalReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is ready to be written: its number, its tree, and what its tables are made of."""

    number: int
    document: Document
    material: NationalMaterial
    printed: PrintedReport

    def rendered(self, suffix: str) -> bytes:
        """The report in a format: `pdf`, `docx`, `json` or `xlsx`."""
        if suffix == "xlsx":
            return workbook(self.material, number=self.number)
        return FORMATS[suffix].render(self.document)


def findings(network: NetworkSet, report: NationalReport) -> list[NationalFinding]:
    """What the proof-reader finds about a report, with the reasons why some may stand."""
    kept = msgspec.json.decode(network.local(ACCEPTED) or "{}", type=dict[str, str])
    return proofread(report.material, report.document, kept)


def accept(network: NetworkSet, report: NationalReport, finding: str, reason: str) -> None:
    """Keep why a finding may stand. Raises Invalid for one that is not there, or without a reason."""
    if finding not in {one.id for one in findings(network, report)}:
        raise Invalid(_("there is no warning {id}", id=finding), do=_("see them with: national report NAME --check"))
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why you accept the warning"))
    kept = msgspec.json.decode(network.local(ACCEPTED) or "{}", type=dict[str, str])
    network.set_local(ACCEPTED, msgspec.json.encode(kept | {finding: reason.strip()}).decode())


def report_of(network: NetworkSet, figures: NationalFigures, *, team: str = "") -> NationalReport:
    """The report of what counts in a set; with `team`, the copy for that team (its code at the office).

    `figures` are the true ones; the mask is laid over them here. Raises Invalid for a team that is not in the figures.
    """
    if team and team not in {one.code for one in figures.teams}:
        raise Invalid(
            _("team {team} is not in these figures", team=team), field="team", do=_("see who is: national show")
        )
    written = passages(network)
    counted = [one for one in network.counted() if one.cycle == figures.cycle]
    words, records = _words(network, [one.n for one in counted])
    earlier = network.printed()
    identity = _identity(figures, written)
    number = next((one.number for one in earlier if one.digest == identity), len(earlier) + 1)
    shown = masked(figures, network.instrument, [one.visits for one in earlier if one.number < number])
    material = NationalMaterial(
        shown, network.instrument, words=words, passages=written,
        codes=codes_of(network, number, (one.code for one in figures.teams)), own=team,
    )  # fmt: skip
    made = max((one.at for one in counted), default=network.now())[:10]
    return NationalReport(
        number=number,
        document=build(material, number=number, made=made),
        material=material,
        printed=PrintedReport(
            number=number, at=network.now(), digest=identity, visits=counted_in(figures),
            records=records,
        ),
    )  # fmt: skip


def _words(network: NetworkSet, numbers: list[int]) -> tuple[Words, tuple[str, ...]]:
    """What people said in these extracts, each word once, and where each comes from."""
    quotes: dict[str, Quote] = {}
    practice: dict[str, Practice] = {}
    records = []
    for n in numbers:
        said = network.extract(n)
        quotes |= {one.text: one for one in said.quotes if one.text not in quotes}
        practice |= {one.text: one for one in said.practice if one.text not in practice}
        records += [f"{said.visit}/{one.record}" for one in said.quotes]
        records += [f"{said.visit}/{one.record}" for one in said.practice]
    return Words(quotes=tuple(quotes.values()), practice=tuple(practice.values())), tuple(records)


def _identity(figures: NationalFigures, written: dict[str, str]) -> str:
    """What a report is made of: the same gives the same number, and with it the same codes and bytes."""
    said = msgspec.json.encode([figures.digest, figures.cycle, sorted(written.items())])
    return hashlib.sha256(said).hexdigest()
