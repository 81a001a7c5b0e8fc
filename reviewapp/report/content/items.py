"""What the criteria of an item say: which source found what, the score that follows, and what would raise it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from reviewapp.base.i18n import any_of
from reviewapp.figures.criteria import MET, NOT_MET, CriterionFigures, criterion_figures
from reviewapp.instruments.model import SOURCES, Criterion, Source, Standard
from reviewapp.instruments.quantities import CriterionVerdict
from reviewapp.instruments.rule_words import highest_in_words, highest_score
from reviewapp.report.content.report_data import ReportData, reviewer_in_words, text
from reviewapp.report.content.sources import points_to_few
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Column, Fact, Table
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState

FOUND: dict[str, Runs] = {
    MET: text("✓ met", tone="met"),
    NOT_MET: text("× not met", tone="not_met"),
}
OPEN = "? not established"
WORDS = {MET: "met", NOT_MET: "not met", "not_established": "not established"}
SOURCE_NAMES: dict[Source, str] = {
    "patient": "Patients", "carer": "Carers", "staff": "Staff", "manager": "Manager",
    "other_service": "Other services", "survey": "Survey", "case_note": "Case notes", "document": "Documents",
}  # fmt: skip
IN_NOTES: dict[str, str] = {
    "agreed": "agreed by the review team",
    "implied": "follows from another criterion",
    "differ": "reviewers or sources differ",
    "contradict": "contradicts another criterion",
}
"""Why a verdict is what it is, where the sources alone do not say so."""


class Lens(NamedTuple):
    """An instrument of the visit as the report reads it: `prefix` begins the paths of its numbers in the status."""

    state: VisitState
    prefix: str = ""

    def item(self, material: ReportData, number: str) -> dict[str, Any] | None:
        """The item of a scored scale as the status has it; None on a scale of met and not met."""
        found: dict[str, Any] | None = material.value(f"{self.prefix}figures").get("items", {}).get(number)
        return found


# Criterion by source -----------------------------------------------------------------------------------------------


def criteria_table(material: ReportData, lens: Lens, standard: Standard) -> list[Block]:
    """Every criterion with what each source says of it and what holds together; empty while nothing was found."""
    found = criterion_figures(lens.state, standard.number) if standard.criteria else {}
    if not any(one.voices or one.why == "agreed" for one in found.values()):
        return []
    shown = [source for source in _sources(standard, found) if not points_to_few(material, source)]
    rows = tuple(
        (
            _criterion(material, one, found[one.id]),
            *(_at(source, one, found[one.id]) for source in shown),
            _together(found[one.id]),
        )
        for one in standard.criteria
    )
    columns = (
        Column(title="Criterion", weight=2.6),
        *(Column(title=SOURCE_NAMES[source], weight=0.95) for source in shown),
        Column(title="Together", weight=1.35),
    )
    kind = "Item" if lens.state.instrument.scale.kind == "scored" else "Standard"
    return [Table(caption=f"{kind} {standard.number}: what each source says", columns=columns, rows=rows)]


def _sources(standard: Standard, found: dict[str, CriterionFigures]) -> list[Source]:
    """The sources that a criterion names or that somebody asked, in their usual order."""
    there = {source for one in standard.criteria for source in (*one.sources, *found[one.id].voices)}
    return [source for source in SOURCES if source in there]


def _criterion(material: ReportData, one: Criterion, found: CriterionFigures) -> Runs:
    runs: list[Run] = [Text(text=f"{one.id}  ", bold=True), Text(text=one.text.strip())]
    counted = _counted(material, one, found)
    if counted:
        runs += (Text(text=" ("), *counted, Text(text=")"))
    return tuple(runs)


def _counted(material: ReportData, one: Criterion, found: CriterionFigures) -> Runs:
    """What was counted, `8 of 10`: of the case notes with its place in the status, else as the reviewer gave it."""
    if one.audit and material.value("audit").get(one.audit, {}).get("n"):
        return material.share(f"audit.{one.audit}")
    return text(found.counted) if found.counted and not material.circulation else ()


def _at(source: Source, one: Criterion, found: CriterionFigures) -> Runs:
    verdict = found.sources.get(source)
    if verdict is None:
        return text("no finding" if source in one.sources else "–", tone="muted")
    if len(set(found.voices[source].values())) > 1:
        return text("? reviewers differ", tone="unrated")
    return _verdict(verdict)


def _together(found: CriterionFigures) -> Runs:
    note = IN_NOTES.get(found.why, "")
    return (*_verdict(found.verdict, bold=True), *(text(f"\n{note}", tone="muted") if note else ()))


def _verdict(verdict: CriterionVerdict, *, bold: bool = False) -> Runs:
    ((run),) = FOUND.get(verdict) or text(OPEN, tone="unrated")
    return (Text(text=run.text, bold=bold, tone=run.tone),)


# The score ---------------------------------------------------------------------------------------------------------


def open_range(material: ReportData, lens: Lens, number: str) -> Runs:
    """`2 to 4` for an item whose criteria leave its score open; empty where nothing of it is established, or it is."""
    item = lens.item(material, number)
    if item is None or item["score"] is not None or not _is_begun(item):
        return ()
    path = f"{lens.prefix}figures.items.{number}"
    return (
        material.number(f"{path}.derived_lowest", bold=True), Text(text=" to ", bold=True),
        material.number(f"{path}.derived_highest", bold=True),
    )  # fmt: skip


def _is_begun(item: dict[str, Any]) -> bool:
    """Whether an item has a map and something of its criteria is established."""
    return item["derived_lowest"] is not None and any(one in (MET, NOT_MET) for one in item["criteria"].values())


def score_facts(material: ReportData, lens: Lens, number: str) -> list[Fact]:
    """The given beside the derived score, with why they differ; empty while the criteria say nothing of the score."""
    item = lens.item(material, number)
    if item is None or not _is_begun(item):
        return []
    path = f"{lens.prefix}figures.items.{number}"
    facts = [Fact(label="From the criteria", runs=_derived(material, item, path))]
    if isinstance(item["given"], int):
        beside = " (the criteria give another score)" if item["differs"] else ""
        facts.append(Fact(label="Given", runs=(material.number(f"{path}.given"), *text(beside))))
    if not material.circulation:
        facts += [
            Fact(label=f"Why, {_in_a_sentence(lens, who)}", runs=text(reason.strip()))
            for who, reason in item["reasons"].items()
            if who != "agreed" and reason.strip()
        ]
    return facts


def _derived(material: ReportData, item: dict[str, Any], path: str) -> Runs:
    if item["derived"] is not None:
        return (material.number(f"{path}.derived"),)
    undecided = [letter for letter, verdict in item["criteria"].items() if verdict not in (MET, NOT_MET)]
    return (
        material.number(f"{path}.derived_lowest"), Text(text=" to "), material.number(f"{path}.derived_highest"),
        *text(f"; not established: {', '.join(undecided)}"),
    )  # fmt: skip


def lift_facts(material: ReportData, lens: Lens, number: str) -> list[Fact]:
    """What would raise the score that the criteria give for certain: all of the smallest sets of criteria."""
    item = lens.item(material, number)
    if item is None or item["lift"] is None or not _is_begun(item):
        return []
    path, lift = f"{lens.prefix}figures.items.{number}", item["lift"]
    runs: Runs = (
        *text("From "), material.number(f"{path}.derived_lowest"), *text(" to "), material.number(f"{path}.lift.score"),
        *text(": "), *_sets(material, path, lift), *text("."),
    )  # fmt: skip
    undecided = [
        letter for letter in _named(lift) if item["criteria"].get(letter) not in (MET, NOT_MET)
    ]  # establishing is the step here, not doing something else
    if undecided:
        verb = "is" if len(undecided) == 1 else "are"
        runs += text(f" Not established yet {verb} {labels.all_of(undecided)}: it may be so already.")
    return [Fact(label="What would raise it", runs=runs)]


def highest_facts(material: ReportData, lens: Lens, standard: Standard) -> list[Fact]:
    """What the highest score takes, where the next one is not it: what good looks like. Empty at the highest."""
    item, top = lens.item(material, standard.number), highest_score(standard)
    if item is None or top is None or item["highest"] is None or item["highest"] >= top:
        return []
    if item["lift"] is not None and item["lift"]["score"] == top:
        return []
    return [Fact(label=f"What a {top} takes", runs=text(f"{highest_in_words(standard)}."))]


def lifting_criteria(material: ReportData, lens: Lens, standard: Standard) -> list[Criterion]:
    """The criteria named by what would lift an item, for a page that does not print the others."""
    item = lens.item(material, standard.number)
    if item is None or item["lift"] is None or not _is_begun(item):
        return []
    named = _named(item["lift"])
    return [one for one in standard.criteria if one.id in named]


def _named(lift: dict[str, Any]) -> list[str]:
    return list(lift["any_of"]) or list(dict.fromkeys(letter for one in lift["sets"] for letter in one))


def _sets(material: ReportData, path: str, lift: dict[str, Any]) -> Runs:
    """`any 2 of a, c and d`, or `b and c, or d`: every one of the smallest sets."""
    any_letters = lift["any_of"]
    if any_letters and 1 < lift["need"] < len(any_letters):
        return (*text("any "), material.number(f"{path}.lift.need"), *text(f" of {labels.all_of(any_letters)}"))
    if any_letters and lift["need"] == 1:
        return text(any_of(any_letters))
    sets = [tuple(any_letters)] if any_letters else [tuple(one) for one in lift["sets"]]
    return text(any_of([labels.all_of(one) for one in sets]))


# What was noted ----------------------------------------------------------------------------------------------------


def criterion_notes(material: ReportData, lens: Lens, standard: Standard) -> list[Fact]:
    """Why something was agreed of a criterion; and, except in the copy for circulation, reviewers' notes on it."""
    facts = []
    for one in standard.criteria:
        agreed = lens.state.agreed_criteria.get(f"{standard.number}/{one.id}")
        if agreed is not None and agreed.reason.strip():
            facts.append(Fact(label=f"Agreed on {one.id}", runs=text(agreed.reason.strip())))
    if material.circulation:
        return facts
    for record in lens.state.criteria.values():
        if record.standard == standard.number and record.note.strip():
            source = SOURCE_NAMES.get(record.source, record.source).lower()  # type: ignore[call-overload]
            facts.append(
                Fact(
                    label=f"Noted on {record.criterion}, {source}",
                    runs=text(f"{record.note.strip()} ({_in_a_sentence(lens, record.person)})"),
                )
            )
    return facts


def _in_a_sentence(lens: Lens, code: str) -> str:
    who = reviewer_in_words(lens.state, code)
    return who[:1].lower() + who[1:]


def criteria_that_differ(material: ReportData) -> list[Block]:
    """The criteria that reviewers found differently from one source: how many found what, not who; empty without any.

    What a person or two said is left out of the copy for circulation, as in the table of the item.
    """
    listed = material.value("figures").get("criterion_disagreements", [])
    rows = []
    for one in listed:
        if points_to_few(material, one["source"]):
            continue
        found = Counter(one["values"].values())
        said = ", ".join(f"{found[verdict]} {WORDS[verdict]}" for verdict in WORDS if found[verdict])
        agreed = FOUND.get(one["agreed"]) or text("not agreed" if one["agreed"] is None else OPEN, tone="unrated")
        criterion = text(f"{one['standard']} {one['criterion']}", bold=True)
        rows.append((criterion, text(SOURCE_NAMES[one["source"]]), text(said), agreed))
    if not rows:
        return []
    columns = (
        Column(title="Criterion", weight=0.9), Column(title="Source"), Column(title="The reviewers", weight=2),
        Column(title="Agreed as", weight=1.4),
    )  # fmt: skip
    return [Table(caption="Criteria that reviewers found differently", columns=columns, rows=tuple(rows))]
