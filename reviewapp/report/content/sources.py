"""Which sources spoke on a standard, as a strip: people, surveys, case notes, documents and the team itself."""

from __future__ import annotations

from reviewapp.instruments.model import GROUPS, Source
from reviewapp.report.chart_blocks import Strip, Voice
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.profiles import is_small
from reviewapp.report.tree import Paragraph
from reviewapp.visit import labels

OWN = "self_review"
SHOWN: tuple[tuple[str, str, tuple[Source, ...]], ...] = (
    ("Patients", "P", ("patient",)),
    ("Carers", "C", ("carer",)),
    ("Staff", "S", ("staff", "manager")),
    ("Others", "O", ("other_service",)),
    ("Surveys", "Q", ("survey",)),
    ("Case notes", "N", ("case_note",)),
    ("Documents", "D", ("document",)),
)
"""Name, letter and sources of every box; managers are staff here. Others stand only where any spoke at this visit."""
TEAM = ("Self-review", "T")


def strip(material: ReportData, number: str) -> Strip:
    """The strip of a standard; in the copy for circulation without groups of whom only a few were spoken to."""
    spoke = {source for source in material.evidence[number].sources if not points_to_few(material, source)}
    boxes = [
        Voice(name=name, letter=letter, spoke=bool(spoke & set(sources)))
        for name, letter, sources in SHOWN
        if _is_shown(material, sources)
    ]
    own = material.state.self_review.get(number)
    if material.has_self_review:
        boxes.append(Voice(name=TEAM[0], letter=TEAM[1], spoke=own is not None and own.value is not None))
    return Strip(voices=tuple(boxes))


def points_to_few(material: ReportData, source: Source) -> bool:
    """Whether what this source says would be what a person or two said: the copy for circulation leaves it out."""
    if not material.circulation or source not in GROUPS:
        return False
    spoken = material.value("material.people_spoken_to").get(source, 0)
    return not spoken or is_small(spoken, material.least)


def _is_shown(material: ReportData, sources: tuple[Source, ...]) -> bool:
    """Whether a box is worth its room: others only where any spoke, and nobody who may not be told of."""
    if all(points_to_few(material, source) for source in sources):
        return False
    return sources != ("other_service",) or bool(material.value("material.people_spoken_to").get("other_service"))


def strip_key(material: ReportData) -> Paragraph:
    """What the letters of the short strips stand for."""
    shown = [f"{letter} {name.lower()}" for name, letter, sources in SHOWN if _is_shown(material, sources)]
    shown += [f"{TEAM[1]} the team's self-review"] if material.has_self_review else []
    said = f"Boxes show who was heard on each: {labels.all_of(shown)}. Filled: heard. Outlined: not heard."
    return Paragraph(runs=text(said), style="small")
