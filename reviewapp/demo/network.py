"""The sample of a network: 29 invented teams give their extracts to an office, which makes its national report.

The extracts go through the same sealed files and the same joining as real ones; only the visits behind them are made
up from a table (`resources/sample-network/network.toml`), as 29 of them would take hours to play.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.files import save_file
from reviewapp.base.paths import resource
from reviewapp.demo.homes import clear_homes, mark_visits
from reviewapp.demo.team import Progress
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument
from reviewapp.national.joining import FileReceipt, join
from reviewapp.national.model import AuditAnswers, Extract, Practice, Quote, Survey, SurveyAnswers, Value
from reviewapp.national.network_key import write_network_key
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.networks import Networks
from reviewapp.national.report import passages
from reviewapp.national.report.make import report_of
from reviewapp.national.sealed import write_extract
from reviewapp.store import signing
from reviewapp.workspace.laptop import Laptop

FORMATS = ("pdf", "docx", "xlsx", "json")


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quote of the sample, from the team of this number."""

    team: int
    group: str
    tone: str
    standards: tuple[str, ...]
    text: str


class _Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An example of practice; `named`: whether its team agreed to be named."""

    team: int
    named: bool
    standards: tuple[str, ...]
    text: str


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `network.toml`."""

    name: str
    instrument: str
    cycle: str
    teams: int
    own_copy: str
    not_met: str
    not_open_24_7: tuple[int, ...]
    caseload: tuple[int, ...]
    days_under_team: tuple[int, ...]
    respondents: dict[str, tuple[int, ...]]
    passages: dict[str, str]
    quotes: tuple[_Said, ...]
    practice: tuple[_Example, ...]


class NetworkDemo(msgspec.Struct, frozen=True, kw_only=True):
    """The sample as played: the office's installation, its set, and the documents."""

    home: Path
    set_id: str
    documents: tuple[Path, ...]


def sample() -> Sample:
    """The table that the sample is made from."""
    return msgspec.convert(tomllib.loads(resource("sample-network", "network.toml").read_text("utf-8")), Sample)


def sample_extracts(made_from: Sample, instrument: Instrument) -> list[Extract]:
    """One extract for each team, in the order of their codes."""
    missing = not_met(made_from.not_met)
    return [_extract(made_from, instrument, n, missing) for n in range(1, made_from.teams + 1)]


def not_met(table: str) -> dict[str, frozenset[int]]:
    """By standard: the numbers of the teams that do not meet it."""
    found = {}
    for entry in table.replace("\n", ";").split(";"):
        number, __, listed = entry.partition(":")
        if number.strip():
            found[number.strip()] = frozenset(team for part in listed.split() for team in _span(part))
    return found


def _span(part: str) -> range:
    if part == "-":
        return range(0)
    first, __, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def code(n: int) -> str:
    """The code of a team at the sample's office."""
    return f"T{n:02}"


def _extract(made_from: Sample, instrument: Instrument, n: int, missing: Mapping[str, frozenset[int]]) -> Extract:
    meets = {one.number: n not in missing.get(one.number, ()) for one in instrument.standards}
    at = n - 1
    return Extract(
        visit=f"{n:016x}", revision=100 + n, team=code(n), cycle=made_from.cycle,
        month=f"{made_from.cycle}-{at % 12 + 1:02}", kind="accreditation", status="final",
        instrument=edition_of(instrument), scope=instrument.scope,
        values={number: Value(counts="met" if met else "not_met", basis="agreed") for number, met in meets.items()},
        surveys={
            group: _survey(instrument, n + place, many[at], meets)
            for place, (group, many) in enumerate(made_from.respondents.items())
        },
        audit={
            item.item: AuditAnswers(yes=6 + (n + place) % 3, no=1 + n % 2, na=place % 2, not_recorded=(n + place) % 2)
            for place, item in enumerate(instrument.audit)
        },
        context={
            "caseload": made_from.caseload[at], "days_under_team": made_from.days_under_team[at],
            "open_24_7": n not in made_from.not_open_24_7,
        },
        spoken={"patient": 3, "carer": 3 if at % 3 else 2, "staff": 4},
        reviewers={"lead": 1, "clinician": 1, "patient_rep": 1} | ({"carer_rep": 1} if at % 2 else {}),
        actions={number: {"open": 1} for number, met in meets.items() if not met},
        quotes=tuple(
            Quote(record=f"quote/Q{place}/R2", text=one.text, group=one.group, tone=one.tone, standards=one.standards)
            for place, one in enumerate(made_from.quotes, start=1)
            if one.team == n
        ),
        practice=tuple(
            Practice(
                record=f"passage/practice:{place}", text=one.text, standards=one.standards,
                team=f"Example team {n}" if one.named else "",
            )
            for place, one in enumerate(made_from.practice, start=1)
            if one.team == n
        ),
    )  # fmt: skip


def _survey(instrument: Instrument, n: int, respondents: int, meets: Mapping[str, bool]) -> Survey:
    """Answers to what people can judge: mostly yes where the team meets the standard, more often no where not."""
    answers = {}
    for place, one in enumerate(one for one in instrument.standards if "survey" in one.sources):
        na = (n + place) % 2
        no = (n * 3 + place) % 3 if meets[one.number] else respondents // 2
        answers[one.number] = SurveyAnswers(yes=respondents - na - no, no=no, na=na)
    return Survey(respondents=respondents, standards=answers)


def fill(network: NetworkSet, folder: Path) -> list[FileReceipt]:
    """Join the extracts of the sample, written into a folder, to a set, and write its passages; returns receipts."""
    made_from, paths = sample(), []
    for said in sample_extracts(made_from, network.instrument):
        paths.append(folder / f"{said.team}.extract")
        write_extract(paths[-1], said, network=network.key, private=signing.new_private_key())
    receipts = join(network, paths)
    for place, words in made_from.passages.items():
        passages.write(network, place, words.strip())
    return receipts


def play_network(out: Path, *, passphrase: str, progress: Progress) -> NetworkDemo:
    """Let 29 teams give their extracts to an office in `out`, and write its report and one team's own copy.

    Raises ReviewError where `out` holds something else than an earlier sample, or cannot be written to.
    """
    made_from = sample()
    private_files.make_folder(out)
    homes, files = out / "homes", out / "extracts"
    clear_homes(homes)
    progress("The office sets up its laptop and makes a set with a key for the leads")
    laptop = Laptop.create(homes / "office", passphrase)[0]
    instrument = laptop.library.get(made_from.instrument)
    networks = Networks(laptop.home)
    set_id = networks.new(made_from.name, instrument)
    mark_visits(homes, (set_id,))
    private_files.make_folder(files)
    with networks.open(set_id) as network:
        write_network_key(out / "example.network-key", network.key)
        progress(f"{made_from.teams} leads seal an extract of their visit to that key; the office joins them")
        receipts = fill(network, files)
        progress(f"{sum(1 for one in receipts if one.result == 'new')} of {len(receipts)} count; the report is made")
        figures = network.figures()
        report = report_of(network, figures)
        written = {f"national-report.{suffix}": report.rendered(suffix) for suffix in FORMATS}
        own = report_of(network, figures, team=made_from.own_copy)
        written[f"national-report-{made_from.own_copy}.pdf"] = own.rendered("pdf")
        for name, data in written.items():
            save_file(out / name, data)
        network.note_printed(report.printed)
    return NetworkDemo(home=laptop.home.folder, set_id=set_id, documents=tuple(out / name for name in written))
