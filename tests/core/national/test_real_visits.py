"""From real visits to the figures of their network: recorded, decided, extracted, sealed, joined and counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewapp.national.extract import Choices
from reviewapp.national.giving import prepare_extract, save_extract
from reviewapp.national.joining import join
from reviewapp.visit.statements import (
    Agreed,
    CaseNote,
    Concern,
    Context,
    Decision,
    Interview,
    LocalContext,
    Quote,
    Rating,
    Statement,
    Survey,
)
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.homes import PASSPHRASE
from tests.core.national import teams_2021
from tests.core.national.office import Office

PEOPLE = (NewPerson("L1", "lead", "Zlata Quimby"), NewPerson("R2", "patient_rep", "Yorick Underwood"))
PRIVATE = ("Zlata", "Quimby", "Yorick", "Underwood", "zsecret", "Example trust", "Example service", "zconcern", "znote")


def given(laptop: Laptop, office: Office, n: int, more: Sequence[Statement] = ()) -> Path:
    """The file that the lead of a real visit gives for team `n`, whose every standard was agreed and decided on."""
    team = teams_2021.TEAMS[n]
    meets = {number: team not in missing for number, missing in teams_2021.not_met().items()}
    visit_id = laptop.new_visit(
        instrument="qn-crhtt-4-pc", service=f"Example service {team}", organisation="Example trust",
        date="2021-05-12", people=PEOPLE,
    )  # fmt: skip
    visit = laptop.open_visit(visit_id)
    try:
        visit.record(
            *(Agreed(standard=number, value="met" if met else "not_met") for number, met in meets.items()),
            Context(field="caseload", value=teams_2021.CASELOAD[n]),
            Context(field="days_under_team", value=teams_2021.DAYS[n]),
            Context(field="open_24_7", value=team not in teams_2021.NOT_OPEN_24_7),
            Context(field="respondents_patient", value=teams_2021.PATIENTS[n]),
            Context(field="respondents_carer", value=teams_2021.CARERS[n]),
            Survey(group="patient", standard="47", yes=teams_2021.PATIENTS[n], no=0, na=0),
            Survey(group="carer", standard="47", yes=teams_2021.CARERS[n], no=0, na=0),
            Decision(presentation=1, date="2021-06-01", label="accredited"),
            *more,
        )
        path = office.folder / f"{team}.extract"
        save_extract(visit, path, prepare_extract(visit, Choices(team=team, status="final"), office.key))
    finally:
        visit.close()
    return path


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop.create(tmp_path / "lead", PASSPHRASE)[0]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_three_real_visits_are_counted_as_their_reviewers_agreed(laptop: Laptop, office: Office) -> None:
    chosen = (0, 15, 28)
    with office.open() as found:
        receipts = join(found, [given(laptop, office, n) for n in chosen])
        assert [(one.result, one.reason) for one in receipts] == [("new", "")] * 3
        figures = found.figures()
    met = {"T01": 42, "T16": 35, "T29": 18}
    assert {one.code: one.counts.met for one in figures.teams} == met
    assert (figures.overall.met, figures.overall.applicable) == (sum(met.values()), 3 * 44)
    assert figures.basis == {"agreed": 3 * 44}


def test_29_real_visits_give_every_share_that_was_printed_in_2021(laptop: Laptop, office: Office) -> None:
    with office.open() as found:
        receipts = join(found, [given(laptop, office, n) for n in range(29)])
        assert {one.result for one in receipts} == {"new"}
        figures = found.figures()
    shares = [round(one.percent or 0) for one in figures.by_section.values()]
    assert shares == [79, 47, 88, 74]
    assert [round(one.percent or 0) for one in figures.by_type.values()] == [82, 72, 48]
    assert (figures.overall.met, figures.overall.applicable) == (978, 1276)
    assert [one.counts.met for one in figures.teams] == [
        42, 41, 41, 40, 40, 39, 39, 38, 38, 37, 37, 36, 36, 35, 35, 35, 34, 34, 33, 33, 32, 31, 30, 29, 27, 25, 23, 20,
        18,
    ]  # fmt: skip
    caseload = figures.context["caseload"]
    assert (round(caseload.mean or 0), caseload.min, caseload.max) == (37, 14, 82)
    assert [round(figures.surveys[group].mean_respondents or 0) for group in ("patient", "carer")] == [16, 14]


def test_nothing_about_a_single_person_is_in_a_set(laptop: Laptop, office: Office) -> None:
    private = [
        Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True, consent_circulation=True),
        Quote(id="Q1", interview="P1", text="zsecret: they rang me", standards=["47"]),
        Rating(standard="47", value="not_met", note="znote of one reviewer"),
        Concern(id="IC1", text="zconcern about a stairwell", told="the manager"),
        LocalContext(standard="54", text="znote: not commissioned"),
        CaseNote(id="3"),
    ]
    with office.open() as found:
        join(found, [given(laptop, office, 0, private)])
        tables = [row[0] for row in found.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {table: [repr(tuple(row)) for row in found.db.execute(f'SELECT * FROM "{table}"')] for table in tables}
    assert any("T01" in row for row in held["extract"])
    shown = "\n".join(row for rows in held.values() for row in rows)
    assert [word for word in PRIVATE if word.casefold() in shown.casefold()] == []
