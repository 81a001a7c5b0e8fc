"""Published figures of a network of teams (`resources/benchmarks/*.toml`), for comparison with a team's own figures.

They are the printed numbers of a national report, or the figures of a network's own set (`national benchmark`), kept as
data with their source; nothing is computed from them. What a laptop imports stands before what comes with the program.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.files import read_whole, reason_of
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.base.json_shelf import JsonShelf, ShelfWords
from reviewapp.base.paths import resource
from reviewapp.instruments.check import check_id
from reviewapp.instruments.editions import Edition
from reviewapp.instruments.model import Instrument

FOLDER = "benchmarks"
"""The folder of a home in which imported ones lie, beside that of the instruments."""


LARGEST = 1_000_000
"""Most bytes of a file with a benchmark."""


class ContextFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published fact about the teams: a mean with its range, or the per cent of teams for which it holds."""

    mean: int | float | None = None
    lowest: int | float | None = None
    highest: int | float | None = None
    percent: int | float | None = None


class Benchmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Per cent of standards met, as published for `teams` teams; a standard that was not published is missing.

    `editions`: the wordings it was measured by, where they are known; else it fits by the id alone. `cycle`: the one
    it is of. `not_from_parts`: figures that do not follow from the others, so that they are never printed beside them
    (`overall`, or a section as `by_section.NAME`); `notes` say why.
    """

    id: str
    title: str
    instruments: tuple[str, ...]
    teams: int
    source: str
    overall: int | float
    by_type: dict[str, int | float]
    by_section: dict[str, int | float]
    by_standard: dict[str, int | float]
    context: dict[str, ContextFigure] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    cycle: str = ""
    not_from_parts: tuple[str, ...] = ()

    def fits(self, instrument: Instrument) -> bool:
        """Whether it was measured by this instrument: by exactly this wording where its wordings are known."""
        if self.editions:
            return any(edition.is_of(instrument) for edition in self.editions)
        return instrument.id in self.instruments


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Every benchmark that comes with the program, read once."""
    files = sorted(resource("benchmarks").glob("*.toml"))
    return tuple(msgspec.toml.decode(file.read_bytes(), type=Benchmark) for file in files)


def benchmark_for(instrument: Instrument, own: Iterable[Benchmark] = ()) -> Benchmark | None:
    """The benchmark that fits an instrument, or None: of those imported the newest cycle's, else a built-in one."""
    fitting = [one for one in own if one.fits(instrument)]
    if fitting:
        return max(fitting, key=lambda one: (one.cycle, one.id))
    return next((one for one in benchmarks() if one.fits(instrument)), None)


class BenchmarkLibrary:
    """The benchmarks that were imported on a laptop: JSON files in `folder`, one for each id."""

    def __init__(self, folder: Path) -> None:
        self._shelf = JsonShelf(folder, Benchmark, _WORDS, LARGEST, _check_file)

    def all(self) -> tuple[Benchmark, ...]:
        """Every one that can be read, by id; `problems` tells of the others."""
        return tuple(one for one in self._shelf.loaded().values() if isinstance(one, Benchmark))

    def problems(self) -> dict[str, str]:
        """Why a file cannot be used, in words, by its name."""
        return {name: one.what for name, one in self._shelf.loaded().items() if not isinstance(one, Benchmark)}

    def add(self, found: Benchmark) -> None:
        """Keep a benchmark in the place of the one with its id."""
        self._shelf.save(found.id, found)

    def remove(self, name: str) -> None:
        """Forget an imported benchmark. Raises Invalid where there is none of this id."""
        path = self._shelf.path(name)
        if name not in {file.stem for file in self._shelf.files()}:
            known = ", ".join(file.stem for file in self._shelf.files()) or "-"
            raise Invalid(
                _("no benchmark {name} was imported here", name=f"{name!r}"),
                field="benchmark",
                do=_("choose one of: {known}", known=known),
            )
        path.unlink()


_WORDS = ShelfWords(
    unlisted=gettext_noop("the benchmarks in {path} cannot be listed: {reason}"),
    unsound=gettext_noop("{name} is not a sound benchmark: {why}"),
)


def read_benchmark(path: Path) -> Benchmark:
    """A benchmark from a TOML file, as `national benchmark` writes it. Raises Damaged or Invalid naming the fault."""
    try:
        data = read_whole(path, LARGEST)
        if len(data) > LARGEST:
            raise Damaged(_("{name} is no benchmark: it is too large", name=path.name), do=_("choose another file"))
        found = msgspec.toml.decode(data, type=Benchmark)
    except OSError as error:
        raise Damaged(
            _("cannot read {path}: {reason}", path=path, reason=reason_of(error)), do=_("check the name and the place")
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged(
            _("{name} is no benchmark: {why}", name=path.name, why=str(error)[:120]), do=_("choose another file")
        ) from error
    check(found)
    return found


def check(found: Benchmark) -> None:
    """Raise Invalid unless every share is a share, and the id can name a file."""
    check_id(found.id)
    shares = [found.overall, *found.by_type.values(), *found.by_section.values(), *found.by_standard.values()]
    if not all(math.isfinite(share) and 0 <= share <= 100 for share in shares):
        raise Invalid(
            _("a share of the benchmark {id} is not between 0 and 100 per cent", id=found.id), field="benchmark"
        )
    if found.teams < 1 or not (found.instruments or found.editions):
        raise Invalid(_("the benchmark {id} says of no team or no instrument", id=found.id), field="benchmark")


def _check_file(found: Benchmark, name: str) -> None:
    check(found)
    if found.id != name:
        raise Invalid(_("it says that it is {id}", id=found.id), field="benchmark")


def overall_range(found: Benchmark, instrument: Instrument) -> tuple[float, float]:
    """Between which shares of all standards must lie, if its sections are right to a whole per cent and all apply."""
    least = most = of = 0
    for section, share in found.by_section.items():
        cells = found.teams * sum(1 for one in instrument.standards if one.section == section)
        half = Fraction(1, 2)
        least += math.ceil(cells * (Fraction(share) - half) / 100)
        most += math.floor(cells * (Fraction(share) + half) / 100)
        of += cells
    return (100 * least / of, 100 * most / of) if of else (0.0, 100.0)
