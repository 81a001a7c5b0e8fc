"""All figures of a set of visits, from the answers of an engine: what every output of the set is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.norms import norm_for
from reviewapp.instruments.model import Instrument
from reviewapp.national import people_figures, rating_figures, standard_figures
from reviewapp.national.engines import Engine
from reviewapp.national.figures import LeftOut, NationalFigures
from reviewapp.national.questions import questions
from reviewapp.national.rating_figures import Head
from reviewapp.national.tables import REVIEWER, SPOKEN, places


def national_figures(
    engine: Engine,
    *,
    name: str,
    instrument: Instrument,
    heads: Mapping[int, Head],
    left_out: Iterable[LeftOut] = (),
    digest: str = "",
    cycle: str | None = None,
) -> NationalFigures:
    """The figures of one cycle of a set, the newest unless another is named; true counts, nothing withheld.

    `heads` names every visit of the tables by its number; `digest` is that of the set. Raises Invalid for a cycle in
    which no visit counts.
    """
    asked = {question: engine.rows(sql) for question, sql in questions().items()}
    visits = rating_figures.visits_of(asked["visits"])
    chosen = _cycle(list(visits), cycle)
    found = rating_figures.per_visit(asked["per_visit"])
    where, scored = places(instrument), instrument.scale.kind == "scored"
    cycles = {c: rating_figures.teams_of(held, found, heads, where, scored=scored) for c, held in visits.items()}
    teams = cycles.get(chosen, [])
    tallies = standard_figures.tallies(asked["per_standard"], chosen)
    by_standard = standard_figures.by_standard(tallies, instrument)
    most, least = standard_figures.most_and_least(by_standard, instrument)
    norm = norm_for(instrument)
    rows = [row for visit in visits.get(chosen, []) for row in found.get(visit.visit, ())]
    return NationalFigures(
        name=name,
        instrument=instrument.id,
        edition=instrument.edition,
        cycle=chosen,
        n_visits=len(teams),
        n_teams=len({team.code for team in teams}),
        drafts=sum(1 for team in teams if team.status == "draft"),
        overall=standard_figures.together(by_standard),
        by_type=rating_figures.by_type(rows, where),
        by_section=rating_figures.by_section(rows, where),
        by_standard=by_standard,
        teams=teams,
        distribution=rating_figures.distribution(teams, where),
        context=people_figures.facts(asked["facts"], chosen),
        surveys=people_figures.surveys(asked["survey_answers"], asked["people"], chosen, instrument),
        audit=people_figures.audit(asked["audit_answers"], chosen, instrument),
        actions=people_figures.actions(asked["action_counts"], chosen, instrument),
        most_met=most,
        least_met=least,
        basis=standard_figures.basis(tallies, "final"),
        basis_drafts=standard_figures.basis(tallies, "draft"),
        by_status=standard_figures.by_status(tallies),
        left_out=list(left_out),
        cycles={c: rating_figures.cycle_figures(held, scored=scored) for c, held in cycles.items()},
        same_teams=rating_figures.same_teams(cycles, scored=scored),
        score=rating_figures.totals(teams) if scored else None,
        items=standard_figures.items(tallies, instrument, norm) if scored else {},
        subscales=rating_figures.subscales(teams, where) if scored else {},
        norm=norm,
        spoken=dict(people_figures.people(asked["people"], chosen, SPOKEN)),
        reviewers=dict(people_figures.people(asked["people"], chosen, REVIEWER)),
        digest=digest,
    )


def _cycle(known: list[str], wanted: str | None) -> str:
    """The cycle that is meant; empty where the set has no visit that counts."""
    if wanted is None:
        return known[-1] if known else ""
    if wanted not in known:
        raise Invalid(
            _("no visit of cycle {cycle} counts in this set", cycle=f"{wanted!r}"),
            field="cycle",
            do=_("choose one of: {known}", known=", ".join(known) or "-"),
        )
    return wanted
