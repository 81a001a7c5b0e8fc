"""The 29 teams of an example set whose every printed share is that of the 2021 national report.

Plainly made up: the teams T01-T29 are nobody, and only the shares are the report's. Whether each team meets each
standard was chosen so that these come out, all but the 74 % of all standards, which cannot: the parts that the report
prints force 76 or 77 %, and here it is 978 of 1,276.
"""

from __future__ import annotations

from collections.abc import Mapping

from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.national.model import AuditAnswers, Extract, Survey, SurveyAnswers, Value

INSTRUMENT = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")
TEAMS = tuple(f"T{n:02}" for n in range(1, 30))
CYCLE = "2021"

NOT_MET = """
1: 12 16 26-29; 4: 3 20 23-29; 14: 4 8 13 24-29; 20: 7 11; 36: 15 19; 46: 12-13 16-17 20-29; 47: 2
54: 9 12 16 24-29; 63: 6 10 18 23 25-29; 84: 14-29; 90: 2 4-29
96: -; 97: -; 113: 9 11 14 18-19 21-29; 119: 5 11 15 19 22 26-29; 121: 27; 134: 6 10; 135: 21 25 27-29; 136: 3 16
138: 4 8 12; 139: 19 23 27-29; 141: 20 24 28; 142: 23; 146: 13 17; 148: 5 9
151: 2 15 27 29; 152: 1 14; 153: -; 155: -; 156: 8-29; 157: 3 7 20 24-29; 158: 12 16-29
159: 4 8 17 28-29; 160: 7-8 10-29
161: 1 5 9 28-29; 163: -; 165: 7 11 28-29; 166: 18 22 26; 167: 21 25 29; 169: 13-15 17-29; 170: 13 22 26 28-29
171: 6 10 14-15 19-29; 172: 17 21-29; 174: 6 10 14 18 29
"""
"""The teams that do not meet each standard, by their numbers."""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word) for word in text.split())


CASELOAD = _numbers("14 16 18 22 23 26 26 27 30 30 32 32 33 35 35 36 37 38 40 40 41 43 45 48 49 53 56 66 82")
DAYS = _numbers("10 12 13 15 15 17 17 18 19 19 20 21 21 22 22 23 23 23 24 25 25 26 26 28 28 30 30 32 34")
NOT_OPEN_24_7 = frozenset({"T05", "T12", "T19", "T26"})
PATIENTS = _numbers("10 10 10 10 11 11 12 12 12 13 13 14 14 14 15 15 16 16 16 17 17 18 18 19 20 21 25 28 37")
CARERS = _numbers("10 10 10 10 10 11 11 11 12 12 12 12 13 13 13 13 14 14 14 15 15 15 16 16 17 18 20 22 27")


def not_met() -> dict[str, frozenset[str]]:
    """By standard: the codes of the teams that do not meet it."""
    found = {}
    for entry in NOT_MET.replace("\n", ";").split(";"):
        number, _colon, listed = entry.partition(":")
        if number.strip():
            found[number.strip()] = frozenset(code for part in listed.split() for code in _teams(part))
    return found


def _teams(part: str) -> list[str]:
    if part == "-":
        return []
    first, _dash, last = part.partition("-")
    return list(TEAMS[int(first) - 1 : int(last or first)])


def extracts() -> list[Extract]:
    """One extract for each team, in the order of their codes."""
    missing = not_met()
    return [_extract(n, code, {s: code not in by for s, by in missing.items()}) for n, code in enumerate(TEAMS)]


def _extract(n: int, code: str, meets: Mapping[str, bool]) -> Extract:
    return Extract(
        visit=f"{n + 1:032x}",
        revision=1,
        team=code,
        cycle=CYCLE,
        month=f"{CYCLE}-{n % 12 + 1:02}",
        kind="accreditation",
        status="final",
        instrument=edition_of(INSTRUMENT),
        scope=INSTRUMENT.scope,
        values={s.number: Value(counts="met" if meets[s.number] else "not_met", basis="agreed") for s in STANDARDS},
        surveys={"patient": _survey(n, PATIENTS[n], meets), "carer": _survey(n + 1, CARERS[n], meets)},
        audit={
            item.item: AuditAnswers(yes=6 + (n + at) % 3, no=1 + n % 2, na=at % 2, not_recorded=(n + at) % 2)
            for at, item in enumerate(INSTRUMENT.audit)
        },
        context={"caseload": CASELOAD[n], "days_under_team": DAYS[n], "open_24_7": code not in NOT_OPEN_24_7},
        spoken={"patient": 3, "carer": 3 if n % 3 else 2, "staff": 4},
        reviewers={"lead": 1, "clinician": 1, "patient_rep": 1, "carer_rep": n % 2},
        actions={number: {"open": 1} for number, met in meets.items() if not met},
    )


STANDARDS = INSTRUMENT.standards


def _survey(n: int, respondents: int, meets: Mapping[str, bool]) -> Survey:
    """Answers to what people can judge: mostly yes where the team meets the standard, more often no where not."""
    asked = [s for s in STANDARDS if "survey" in s.sources]
    answers = {}
    for at, standard in enumerate(asked):
        na = (n + at) % 2
        no = (n * 3 + at) % 3 if meets[standard.number] else respondents // 2
        answers[standard.number] = SurveyAnswers(yes=respondents - na - no, no=no, na=na)
    return Survey(respondents=respondents, standards=answers)
