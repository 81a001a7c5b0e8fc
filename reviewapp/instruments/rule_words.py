"""What the highest score of a standard takes, in words: what good looks like, before it is asked for criterion by
criterion. In English, for documents."""

from __future__ import annotations

from reviewapp.base.i18n import any_of, join_words
from reviewapp.instruments.model import Standard
from reviewapp.instruments.score_rules import Count, Joined, Letter, Level, ScoreRule, parse


def highest_score(standard: Standard) -> int | None:
    """The highest score that the map of a standard gives; None without a map."""
    return max((row.score for row in standard.map), default=None)


def highest_in_words(standard: Standard) -> str:
    """What that score takes: `all 5 criteria`, `c and d`, `at least 8 of 12 criteria`; empty without a map."""
    best = max(standard.map, key=lambda row: row.score, default=None)
    return "" if best is None else rule_in_words(parse(best.rule), standard)


def rule_in_words(rule: ScoreRule, standard: Standard) -> str:
    """A rule of a score map in words; empty for what needs nothing."""
    if isinstance(rule, Letter):
        return rule.id
    if isinstance(rule, Count):
        return _count(rule, standard)
    if isinstance(rule, Level):
        step = next((one.id for one in standard.criteria if one.level == rule.step), f"{rule.step}")
        return f"step {step} of the ladder{' or a higher one' if rule.at_least and step != _top(standard) else ''}"
    if isinstance(rule, Joined):
        parts = [_part(part, standard) for part in rule.parts]
        return join_words(parts, " and ") if rule.by == "&" else any_of(parts)
    return ""


def _part(rule: ScoreRule, standard: Standard) -> str:
    """A part of a rule, in brackets where it has parts itself."""
    words = rule_in_words(rule, standard)
    return f"({words})" if isinstance(rule, Joined) else words


def _count(rule: Count, standard: Standard) -> str:
    of = sum(not one.level for one in standard.criteria)
    if rule.many >= of:
        return f"all {of} criteria"
    return f"{'at least ' if rule.at_least else ''}{rule.many} of {of} criteria"


def _top(standard: Standard) -> str:
    return max(standard.criteria, key=lambda one: one.level).id
