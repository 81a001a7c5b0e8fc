"""The figures of a set as a benchmark file, which visits print beside their own once a laptop has imported it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.figures.benchmark import Benchmark, ContextFigure
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument
from reviewapp.national.figures import ContextSpread, Counts, NationalFigures
from reviewapp.national.mask import FEWEST_TEAMS


def benchmark_of(shown: NationalFigures, instrument: Instrument) -> Benchmark:
    """The benchmark of a set's figures as they may be shown (`national.mask`): pooled shares, unrounded.

    Raises Invalid for a scored scale, and for a set of so few teams that it would show one of them.
    """
    if instrument.scale.kind == "scored":
        raise Invalid(
            _("{title} is scored: a benchmark says what share of standards is met", title=instrument.title),
            field="benchmark",
            do=_("print the national report, which has the spread of the scores"),
        )
    if shown.n_teams < FEWEST_TEAMS or shown.overall.percent is None:
        raise Invalid(
            _("a benchmark needs {n} teams, and here are {have}", n=FEWEST_TEAMS, have=shown.n_teams),
            field="benchmark",
            do=_("add more extracts first"),
        )
    edition = edition_of(instrument)
    return Benchmark(
        id=_id(_name(shown)),
        title=_name(shown),
        instruments=(instrument.id,),
        editions=(edition,),
        cycle=shown.cycle,
        teams=shown.n_teams,
        source=_source(shown),
        overall=shown.overall.percent,
        by_type=_shares(shown.by_type),
        by_section=_shares(shown.by_section),
        by_standard=_shares(shown.by_standard),
        context={name: found for name, one in shown.context.items() if (found := _fact(one)) is not None},
        notes=_notes(shown),
    )


def save_benchmark(found: Benchmark, path: Path) -> None:
    """Write a benchmark as TOML. Raises ReviewError when the file cannot be written."""
    save_file(path, as_toml(found).encode())


def as_toml(found: Benchmark) -> str:
    """A benchmark as TOML that a person can read, as those in `resources/benchmarks`."""
    fields: dict[str, Any] = msgspec.to_builtins(found)
    plain = [f"{name} = {_value(value)}" for name, value in fields.items() if not isinstance(value, dict)]
    tables = []
    for name, value in fields.items():
        if isinstance(value, dict):
            tables += ["", f"[{name}]", *(f"{_key(key)} = {_value(one)}" for key, one in value.items())]
    return "\n".join([*plain, *tables]) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, str):
        # JSON's escapes are TOML's; only this control character needs one there and not here.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        held = (f"{_key(name)} = {_value(one)}" for name, one in value.items() if one is not None)
        return "{ " + ", ".join(held) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _name(shown: NationalFigures) -> str:
    """The name of the set, with the cycle where it does not end in it."""
    return shown.name if shown.name.endswith(shown.cycle) else f"{shown.name} {shown.cycle}"


def _id(text: str) -> str:
    """An id that can name a file, from any name of a set."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:64].strip("-") or "network"


def _source(shown: NationalFigures) -> str:
    return f"{shown.n_visits} visits of {shown.name} in {shown.cycle} (set {shown.digest[:12]})"


def _notes(shown: NationalFigures) -> tuple[str, ...]:
    notes = ["Shares are pooled: met of all that applied, over all teams."]
    if shown.drafts:
        notes.append(f"{shown.drafts} of the {shown.n_visits} visits are drafts.")
    rests = {**shown.basis, **{f"{name} (draft)": n for name, n in shown.basis_drafts.items()}}
    notes.append("Basis of the ratings: " + ", ".join(f"{name} {n}" for name, n in rests.items()) + ".")
    return tuple(notes)


def _shares(found: Mapping[str, Counts]) -> dict[str, int | float]:
    return {name: one.percent for name, one in found.items() if one.percent is not None}


def _fact(one: ContextSpread) -> ContextFigure | None:
    if one.yes is not None:
        return ContextFigure(percent=100 * one.yes / one.n)
    return None if one.mean is None else ContextFigure(mean=one.mean, lowest=one.min, highest=one.max)
