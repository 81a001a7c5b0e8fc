"""How what people said was coded, for the part on method: by whom, how much of it twice, and how alike.

An alpha stands here and nowhere else, always with what it rests on: it says nothing about the service.
"""

from __future__ import annotations

from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.told import PATH, theme_title
from reviewapp.report.runs import Computed, Runs
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table
from reviewapp.visit.themes import themes_in_force

NOT_COMPUTABLE = "not computable"


def coding_in_method(material: ReportData) -> list[Runs]:
    """How what people said was coded, as sentences; empty while nothing was."""
    if material.places.by_theme is None:
        return []
    found = material.value(PATH)
    if found["coders"] == 1:
        return [
            text("What people said was read for themes by one reviewer, so how alike two would see them is not known.")
        ]
    return [
        (
            *text("What people said was read for themes by several reviewers: "),
            material.number(f"{PATH}.coders"),
            *text(". Of "),
            material.number(f"{PATH}.coded"),
            *text(" passages "),
            material.number(f"{PATH}.by_two.yes"),
            *text(" were read by two of them or more. How alike they see the themes there (Krippendorff's alpha: 1 is"
                  " always alike, 0 is chance): "),
            *_alpha(material, f"{PATH}.alpha"),
            *_interval(material),
            *text(". It describes how consistently the themes can be used, and judges no reviewer."),
        )
    ]  # fmt: skip


def alike_by_theme(material: ReportData) -> list[Block]:
    """The same for each theme, as a table; empty with one coder, and in the copy for circulation.

    There a theme that only a few people spoke of would be told by its line.
    """
    if material.places.by_theme is None or material.circulation:
        return []
    found = material.value(f"{PATH}.by_theme")
    themes = [one for one in themes_in_force(material.state).by_id.values() if one.id in found]
    if not themes:
        return []
    rows = tuple(
        (
            text(theme_title(theme), bold=True),
            _alpha(material, f"{PATH}.by_theme.{theme.id}.alpha"),
            *((material.number(f"{PATH}.by_theme.{theme.id}.{part}"),) for part in ("units", "both", "one")),
        )
        for theme in themes
    )
    columns = (
        Column(title="Theme", weight=5.6), Column(title="Alpha", weight=1.1), Column(title="Passages read by two"),
        Column(title="All saw it"), Column(title="Only some saw it"),
    )  # fmt: skip
    remark = "Few passages make an alpha uncertain."
    if any(found[theme.id]["alpha"] is None for theme in themes):
        remark += " None can be computed for a theme that everyone saw in every passage."
    return [
        Heading(level=2, runs=text("How the themes were used"), id="method-themes", listed=False),
        Table(caption="How alike the reviewers see each theme", columns=columns, rows=rows),
        Paragraph(runs=text(remark), style="small"),
    ]


def _alpha(material: ReportData, path: str) -> Runs:
    alpha = material.value(path)
    return text(NOT_COMPUTABLE) if alpha is None else (Computed(text=f"{alpha:.2f}", value=alpha, from_=path),)


def _interval(material: ReportData) -> Runs:
    if material.value(f"{PATH}.interval") is None:
        return ()
    low, high = (_alpha(material, f"{PATH}.interval.{end}") for end in (0, 1))
    return (*text(", and between "), *low, *text(" and "), *high, *text(" in 95 of 100 draws of the interviews"))
