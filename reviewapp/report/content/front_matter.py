"""The cover of the report, its notices, and the result of the visit in one sentence."""

from __future__ import annotations

from reviewapp.figures.presentations import decided_presentations
from reviewapp.figures.rounds import this_round
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.profiles import NAMES
from reviewapp.report.runs import Runs
from reviewapp.report.tree import Block, Callout, Cover, Fact
from reviewapp.visit import labels
from reviewapp.visit.state import has_committee


def cover(material: ReportData, *, draft: bool, made: str) -> list[Block]:
    """The cover with facts and notices: service, date, standards, team, copy, draft."""
    info, instrument = material.state.info, material.instrument
    facts = [
        *_days(material),
        Fact(label="Kind of review", runs=text(labels.KINDS.get(info.kind, info.kind))),
        Fact(label="Scale" if material.scored else "Standards", runs=text(f"{instrument.title}, {instrument.edition}")),
        Fact(label="Review team", runs=text("\n".join(team(material)) or "not yet named")),
        *_decided(material),
        Fact(label="This copy", runs=text(f"{_for_whom(material)}, made {labels.day(made)}")),
    ]
    notices = [*_draft_notice(material, draft), *_only_here_notice(material), *subset_notice(material)]
    if material.circulation:
        notices.append(
            Callout(
                title="Copy for wider circulation",
                runs=text(
                    "Small numbers of people, immediate concerns and the action plan are left out. Only words whose "
                    "speakers agreed to wider use are quoted."
                ),
            )
        )
    return [
        Cover(
            kind_of_report=material.kind,
            title=info.service,
            subtitle=info.organisation,
            facts=tuple(facts),
            notices=tuple(notices),
        )
    ]


def _days(material: ReportData) -> list[Fact]:
    """The day of the visit, and the one it was planned for where that is another."""
    planned = labels.day(this_round(material.state).planned)
    facts = [Fact(label="Date of visit", runs=text(material.day))]
    return facts if planned == material.day else [*facts, Fact(label="Planned for", runs=text(planned))]


def _decided(material: ReportData) -> list[Fact]:
    """The newest decision of the committee as a fact; empty while there is none."""
    decisions = decided_presentations(material.state)
    if not decisions:
        return []
    on = f", {labels.day(decisions[-1].date)}" if decisions[-1].date.strip() else ""
    return [Fact(label="Committee's decision", runs=text(f"{decisions[-1].label.strip().capitalize()}{on}"))]


def team(material: ReportData) -> list[str]:
    """The members of the review team as texts with role and code; names where recorded, never for circulation."""
    lines = []
    for code, person in sorted(material.state.people.items()):
        role = labels.role(person.role).capitalize()
        named = person.name.strip() and not material.circulation
        lines.append(f"{role}: {person.name.strip()} ({code})" if named else f"{role} ({code})")
    return lines


def _for_whom(material: ReportData) -> str:
    """Whose copy it is; a review that is not presented to a committee has its whole copy for the review team."""
    whole = material.profile == "committee"
    return "For the review team" if whole and not has_committee(material.state) else NAMES[material.profile]


def _draft_notice(material: ReportData, draft: bool) -> list[Callout]:
    if not draft:
        return []
    whole = _for_whom(material)
    what = "for checking facts" if material.profile == "host" else f"{whole[:1].lower()}{whole[1:]}"
    notice = f"This draft is {what}. Ratings and wording may still change; please do not pass it on."
    return [Callout(title="DRAFT", runs=text(notice))]


def _only_here_notice(material: ReportData) -> list[Callout]:
    """The notice that the report rests on the words of a laptop that nobody else counts; else empty."""
    if not material.state.only_here:
        return []
    notice = (
        "The lead has not confirmed the laptop on which this copy was made, or set it aside. What was recorded on it "
        "is in this copy and is not counted anywhere else. Please do not pass it on."
    )
    return [Callout(title="Not counted by the team", runs=text(notice))]


def subset_notice(material: ReportData) -> list[Callout]:
    """The notice that the figures are of a subset, for wherever they are printed alone; empty for a full set."""
    instrument = material.instrument
    if instrument.scope != "subset":
        return []
    runs: Runs = text(f"All figures in this report are {subset_note(material)}.")
    if instrument.superseded_by:
        runs += text(f" These standards have been superseded by the {instrument.superseded_by}.")
    return [Callout(title="A subset of the standards", runs=runs)]


def subset_note(material: ReportData) -> str:
    """What the figures of a subset are, `on these 44 standards only; not an accreditation outcome`."""
    return material.instrument.subset_note.strip() or "on a subset of the standards only; not an accreditation outcome"


def subset_words(material: ReportData) -> str:
    """The same as a sentence, to follow others; empty for a full set."""
    return f" The figures are {subset_note(material)}." if material.instrument.scope == "subset" else ""


def counted(material: ReportData) -> Runs:
    """The result of the visit in one sentence, with traced figures; the team's own claims are said to be that."""
    if material.scored:
        return _counted_scores(material)
    if not material.reviewed and not material.claimed:
        return (*text("Nothing has been rated yet, of "), material.number("material.standards"), *text(" standards."))
    if material.claimed:
        opening, overall = "No reviewer has rated anything yet. In the team's own view, against ", "self_review.overall"
    else:
        opening, overall = f"Reviewed on {material.day} against ", "figures.overall"
    return (
        *text(opening),
        material.number("material.standards", bold=True),
        *text(" standards: "),
        material.number(f"{overall}.met", bold=True),
        *text(" met, "),
        material.number(f"{overall}.not_met", bold=True),
        *text(" not met, "),
        material.number(f"{overall}.na"),
        *text(" not applicable, "),
        material.number(f"{overall}.unrated"),
        *text(" not rated."),
        *_only_claimed(material),
    )


def _only_claimed(material: ReportData) -> Runs:
    """That some of what was counted is the team's own rating only; empty where none is."""
    if not material.mixed:
        return ()
    return (*text(" Rated by the team itself only: "), material.number("figures.basis_counts.self_review"), *text("."))


def _counted_scores(material: ReportData) -> Runs:
    score = "self_review.score" if material.claimed else "figures.score"
    if not material.value(f"{score}.rated"):
        return text("No item has been scored yet." if material.value(f"{score}.of") else "No item applies.")
    opening = (
        "No reviewer has scored anything yet. In the team's own view: total score "
        if material.claimed
        else (f"Reviewed on {material.day}: total score ")
    )
    runs = (
        *text(opening),
        material.number(f"{score}.total", bold=True),
        *text(" with "),
        material.number(f"{score}.rated"),
        *text(" of "),
        material.number(f"{score}.of"),
        *text(" items scored."),
        *_only_claimed(material),
    )
    lowest, highest = material.value(f"{score}.lowest"), material.value(f"{score}.highest")
    if lowest != highest:
        runs += (
            *text(" However the others are scored, the total of all is between "),
            material.number(f"{score}.lowest"), *text(" and "), material.number(f"{score}.highest"), *text("."),
        )  # fmt: skip
    band = material.value(f"{score}.band")
    return (*runs, *text(f" That is: {band}.", bold=True)) if band else runs
