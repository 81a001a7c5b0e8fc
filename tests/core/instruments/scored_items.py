"""Random standards with sound maps, and the slow, plain way to score them, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from reviewapp.instruments.model import Criterion, MapRow, Standard
from reviewapp.instruments.score_rules import Count, Joined, Letter, Level, Otherwise, ScoreRule, parse
from reviewapp.instruments.scoring import ItemScoring

SCALE = [1, 2, 3, 4, 5]


def item(criteria: tuple[Criterion, ...], rules: dict[int, str], scores: tuple[int, ...] = ()) -> Standard:
    rows = tuple(MapRow(score=score, rule=rule) for score, rule in rules.items())
    return Standard(
        number="1", type="item", section="S", title="T", statement="t", criteria=criteria, map=rows, scores=scores
    )


def letters_of(text: str, **implies: tuple[str, ...]) -> tuple[Criterion, ...]:
    """A plain criterion for each letter."""
    return tuple(Criterion(id=letter, text=f"What {letter} asks", implies=implies.get(letter, ())) for letter in text)


def scoring(criteria: str | tuple[Criterion, ...], rules: dict[int, str], **implies: tuple[str, ...]) -> ItemScoring:
    made = letters_of(criteria, **implies) if isinstance(criteria, str) else criteria
    return ItemScoring(item(made, rules), SCALE)


def holds(rule: ScoreRule, met: frozenset[str], standard: Standard) -> bool:
    """Whether a rule holds, worked out from its meaning."""
    match rule:
        case Otherwise():
            return True
        case Letter(id=letter):
            return letter in met
        case Count(at_least=at_least, many=many):
            n = sum(one.id in met for one in standard.criteria if not one.level)
            return n >= many if at_least else n == many
        case Level(at_least=at_least, step=step):
            level = max((one.level for one in standard.criteria if one.id in met), default=0)
            return level >= step if at_least else level == step
        case Joined(by=by, parts=parts):
            return (all if by == "&" else any)(holds(part, met, standard) for part in parts)


def score_by_reading(standard: Standard, met: frozenset[str]) -> int:
    """The score, by reading the map from the highest score down."""
    rows = sorted(standard.map, key=lambda row: -row.score)
    return next(row.score for row in rows if holds(parse(row.rule), met, standard))


def all_possible(standard: Standard) -> Iterator[frozenset[str]]:
    """Every combination in which what is met has what it implies."""
    ids = [one.id for one in standard.criteria]
    for bits in product((False, True), repeat=len(ids)):
        met = frozenset(letter for letter, bit in zip(ids, bits, strict=True) if bit)
        if all(met.issuperset(one.implies) for one in standard.criteria if one.id in met):
            yield met


@st.composite
def rule_texts(draw: st.DrawFn, letters: str, steps: int) -> str:
    """A rule of any form."""
    atoms = st.one_of(
        st.sampled_from([*letters]),
        st.builds("n{}{}".format, st.sampled_from([">=", "="]), st.integers(0, len(letters))),
        *([st.builds("level{}{}".format, st.sampled_from([">=", "="]), st.integers(0, steps))] if steps else []),
    )
    parts = draw(st.lists(atoms, min_size=1, max_size=3))
    text = draw(st.sampled_from([" & ", " | "])).join(parts)
    return f"({text}) & {draw(atoms)}" if draw(st.booleans()) else text


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """A standard with up to seven criteria, some of which imply others or are steps, and a map that may be unsound."""
    many, steps = draw(st.integers(1, 5)), draw(st.integers(0, 2))
    letters = "abcdefg"[: many + steps]
    plain = [
        Criterion(
            id=letter,
            text="t",
            implies=tuple(sorted(draw(st.sets(st.sampled_from(letters[:number]), max_size=2)))) if number else (),
        )
        for number, letter in enumerate(letters[:many])
    ]
    rungs = [Criterion(id=letter, text="t", level=n) for n, letter in enumerate(letters[many:], 1)]
    scores = sorted(draw(st.sets(st.sampled_from(SCALE), min_size=2)), reverse=True)
    rules = {score: draw(rule_texts(letters, steps)) for score in scores[:-1]} | {scores[-1]: "otherwise"}
    return item((*plain, *rungs), rules, tuple(scores))
