"""A visit larger than any we know of, for figures: 400 standards, 60 interviews, 2,000 quotes, 200 case notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import GROUPS, AuditItem, Guide, Instrument, Prompt, Standard
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

STANDARDS, INTERVIEWS, QUOTES, CASE_NOTES = 400, 60, 2000, 200
ITEMS, PROMPTS = 20, 12
"""Audit items, and questions in each group's guide."""
PASSPHRASE = "a passphrase for figures"
PEOPLE = (NewPerson("L1", "lead"), NewPerson("R2", "clinician"), NewPerson("R3", "clinician"))

_SYLLABLES = ("ca", "re", "vi", "sit", "team", "wa", "ter", "pho", "ne", "sa", "fe", "plan", "dro", "lo", "mi", "ght")


def make_scale_visit(folder: Path) -> tuple[Laptop, str]:
    """A laptop in `folder` with the visit, which is written by its lead; takes a few seconds."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    instrument = large_instrument()
    laptop.library.add(instrument)
    made = laptop.new_visit(
        instrument=instrument.id, service="Example team", organisation="Example trust", date="2026-11-17",
        people=list(PEOPLE),
    )  # fmt: skip
    visit = laptop.open_visit(made)
    fill(visit)
    visit.close()
    return laptop, made


def large_instrument() -> Instrument:
    """400 standards with guides and an audit tool, in words that mean nothing."""
    random, first = Random(4), builtin()[0]
    sections = tuple(f"Section {number}" for number in range(1, 11))
    standards = tuple(
        Standard(
            number=str(number), type=str(1 + number % 3), section=sections[(number - 1) * len(sections) // STANDARDS],
            title=sentence(random, 5), statement=sentence(random, 22), guidance=sentence(random, 40),
            sources=(GROUPS[number % len(GROUPS)], "case_note"),
        )
        for number in range(1, STANDARDS + 1)
    )  # fmt: skip
    guides = tuple(
        Guide(group=group, prompts=tuple(_prompts(random, letter, PROMPTS)))
        for group, letter in zip(GROUPS, "PCSMO", strict=True)
    )
    audit = tuple(
        AuditItem(item=f"A{number}", text=sentence(random, 10), standards=(str(number),))
        for number in range(1, ITEMS + 1)
    )
    return Instrument(
        id="example-large", title="Example standards, 400 of them", edition="for figures", scope="full",
        sections=sections, scale=first.scale, rule=first.rule, standards=standards, guides=guides, audit=audit,
        targets=first.targets,
    )  # fmt: skip


def _prompts(random: Random, letter: str, many: int) -> Iterator[Prompt]:
    for number in range(1, many + 1):
        tested = tuple(str(random.randint(1, STANDARDS)) for _ in range(3))
        yield Prompt(id=f"{letter}{letter}{number}", text=sentence(random, 12) + "?", standards=tested)


def fill(visit: OpenVisit) -> None:
    """Everything that people say, in few calls."""
    random = Random(5)
    visit.record(*_interviews(visit, random))
    visit.record(*_quotes(random))
    visit.record(*_case_notes(random))
    values = [one.value for one in visit.state.instrument.scale.values]
    numbers = [one.number for one in visit.state.instrument.standards]
    visit.record(
        *(statements.SelfReview(standard=n, value=random.choice(values), comment=sentence(random, 12)) for n in numbers)
    )
    visit.record(
        *(statements.Rating(standard=n, value=random.choice(values), note=sentence(random, 15)) for n in numbers)
    )


def _interviews(visit: OpenVisit, random: Random) -> Iterator[statements.Statement]:
    for number in range(1, INTERVIEWS + 1):
        guide = visit.state.instrument.guides[number % len(GROUPS)]
        yield statements.Interview(
            id=f"P{number}", group=guide.group, mode="phone", consent_notes=True, consent_quotes=True
        )
        for prompt in guide.prompts:
            yield statements.Answer(interview=f"P{number}", prompt=prompt.id, text=sentence(random, 25))


def _quotes(random: Random) -> Iterator[statements.Statement]:
    for number in range(1, QUOTES + 1):
        bears = [str(random.randint(1, STANDARDS)) for _ in range(2)]
        yield statements.Quote(
            id=f"Q{number}", interview=f"P{1 + number % INTERVIEWS}", text=sentence(random, 18),
            standards=list(dict.fromkeys(bears)), tone=random.choice(["positive", "negative", "mixed", "neutral"]),
        )  # fmt: skip


def _case_notes(random: Random) -> Iterator[statements.Statement]:
    values: list[statements.AuditValue] = ["yes", "no", "na", "not_recorded"]
    for number in range(1, CASE_NOTES + 1):
        yield statements.CaseNote(id=str(number))
        for item in range(1, ITEMS + 1):
            value = random.choice(values)
            note = {"note": sentence(random, 8)} if item % 10 == 0 else {}
            yield statements.Audit(case_note=str(number), item=f"A{item}", value=value, **note)


def sentence(random: Random, length: int) -> str:
    """Words of two or three syllables, some thousand different ones."""
    words = ["".join(random.choices(_SYLLABLES, k=random.randint(2, 3))) for _ in range(length)]
    return " ".join(words).capitalize()
