"""Homes with a visit on a scored scale with criteria, for the tests of this page."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.paths import resource
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Criterion
from reviewapp.visit.statements import Audit, CaseNote, CriterionFinding, Rating, Statement
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.meeting import open_meeting
from tests.ui.support import PASSPHRASE, PHRASE, sample_statements

TEAM = [NewPerson("L1", "lead"), NewPerson("R2", "clinician"), NewPerson("R4", "patient_rep")]


@dataclass(frozen=True)
class ScoredHomes:
    """The invented scale of eight items: the lead's laptop before and after the meeting opened, and R2's."""

    before: Path
    reviewer: Path
    opened: Path


def said(number: str, letter: str, source: str, value: str) -> Statement:
    """A finding on one criterion."""
    return CriterionFinding(standard=number, criterion=letter, source=source, value=value)  # type: ignore[arg-type]


def records(many: int, yes: int) -> list[Statement]:
    """So many case notes, of which so many answer the first item with yes."""
    found: list[Statement] = []
    for number in range(1, many + 1):
        name = str(number)
        found += [CaseNote(id=name), Audit(case_note=name, item="E1", value="yes" if number <= yes else "no")]
    return found


OF_LEAD = [
    said("4", "c", "staff", "met"),
    said("1", "a", "patient", "met"), said("1", "b", "staff", "met"), said("1", "c", "carer", "not_met"),
    Rating(standard="1", value=5),
]  # fmt: skip
OF_R2 = [
    said("4", "c", "staff", "not_met"),
    said("1", "a", "patient", "not_met"),
    said("1", "d", "patient", "met"),
    Rating(standard="1", value=3),
]


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> ScoredHomes:
    """Made once; tests work on copies."""
    return make_scored(tmp_path_factory.mktemp("scored"))


def make_scored(folder: Path) -> ScoredHomes:
    """The homes, in a folder."""
    laptop, _ = Laptop.create(folder / "L1", PASSPHRASE)
    visit_id = laptop.new_visit(
        instrument="example-fidelity-8", kind="accreditation", service="Example Team", organisation="Example Trust",
        date="2026-11-17", people=TEAM,
    )  # fmt: skip
    visit = laptop.open_visit(visit_id)
    visit.write_visit_pack(folder / "pack", PHRASE)
    visit.record(*OF_LEAD, *records(10, 8))
    visit.close()
    other, _ = Laptop.create(folder / "R2", PASSPHRASE)
    theirs = other.open_visit(other.import_pack(folder / "pack", me="R2", phrase=PHRASE))
    theirs.record(*OF_R2)
    theirs.write_return(folder / "return")
    theirs.close()
    visit = laptop.open_visit(visit_id)
    visit.merge(folder / "return")
    visit.close()
    shutil.copytree(folder / "L1", folder / "before")
    visit = laptop.open_visit(visit_id)
    open_meeting(visit)
    visit.close()
    return ScoredHomes(folder / "before", folder / "R2", folder / "L1")


@pytest.fixture(scope="session")
def two_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lead's laptop with the sample visit, also reviewed against the fidelity scale; tests work on copies."""
    return make_two_sets(tmp_path_factory.mktemp("two") / "L1")


def make_two_sets(folder: Path) -> Path:
    """The home, in a folder."""
    about = tomllib.loads(resource("sample", "visit.toml").read_text(encoding="utf-8"))
    people = [NewPerson(**person) for person in about.pop("people")]
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    visit = laptop.open_visit(laptop.new_visit(**about, people=people, also="core-fidelity-2"))
    visit.record(*sample_statements("prepare.jsonl"), *sample_statements("L1.jsonl"))
    visit.close()
    return folder


def make_listed(folder: Path) -> Path:
    """A home with a visit on standards of met and not met, of which the first has a list of four criteria."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    first = next(one for one in builtin() if one.scale.kind == "rated")
    texts = ("who to ring", "at what hours", "what to do at night", "where to complain")
    criteria = tuple(Criterion(id=letter, text=f"It says {text}.") for letter, text in zip("abcd", texts, strict=True))
    standards = msgspec.structs.replace(first.standards[0], criteria=criteria), *first.standards[1:]
    laptop.new_visit(
        instrument=first.id, content=msgspec.structs.replace(first, standards=standards), kind="accreditation",
        service="Example Team", organisation="Example Trust", date="2026-11-17", people=TEAM,
    )  # fmt: skip
    return folder
