"""A part for each section of the standards: every standard, most and least met, what people said, practice, teams."""

from __future__ import annotations

from collections import defaultdict

from reviewapp.codebooks.library import builtin
from reviewapp.national.model import Practice, Quote
from reviewapp.national.report.front import team_dots
from reviewapp.national.report.material import NationalMaterial, text
from reviewapp.national.report.numbered import Numbered
from reviewapp.report.chart_blocks import Dot, Dots
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Heading, Listing, Paragraph
from reviewapp.report.tree import Quote as QuoteBlock
from reviewapp.visit import labels


def sections(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """All sections, in the order of the instrument; every quote and example stands once."""
    quotes, practice = _quotes_by_section(material), _practice_by_section(material)
    made: list[Block] = []
    for place, name in enumerate(material.sections):
        made += [
            Heading(level=1, runs=text(name), id=f"section-{place}"),
            *_about(material, name),
            *material.passage(f"section {name}"),
            _standards(material, numbered, name),
            *_ranked(material, place, name),
            *team_dots(
                material, numbered.figure(f"{name}: share met by each team"), name, f"by_section.{name}"
            ),
            *_said(material, place, quotes.get(name, [])),
            *_practice(material, place, practice.get(name, [])),
            *_reflection(material, place, name),
        ]  # fmt: skip
    return made


def _about(material: NationalMaterial, name: str) -> list[Block]:
    many = sum(1 for one in material.instrument.standards if one.section == name)
    place = f"by_section.{name}"
    if not material.value(f"{place}.applicable"):
        return [Paragraph(runs=text(f"{many} standards. None of them was applicable to any team."))]
    runs: Runs = (
        *text(f"{many} standards. Over all teams "), material.percent(f"{place}.percent", bold=True),
        *text(" of them were met: "), *material.met_of(place), *text(" ratings that apply."),
    )  # fmt: skip
    return [Paragraph(runs=runs, style="lead")]


def _standards(material: NationalMaterial, numbered: Numbered, name: str) -> Dots:
    """Every standard of a section, in the order of its numbers, with how many teams met it."""
    rows = []
    for one in material.instrument.standards:
        if one.section == name:
            run = material.percent(f"by_standard.{one.number}.percent")
            rows.append(
                Dot(
                    label=material.named(one.number),
                    value=run if not isinstance(run, Text) else None,
                    note=material.met_of(f"by_standard.{one.number}"),
                )
            )
    caption = numbered.figure(f"{name}: teams that met each standard")
    told = "; ".join(f"{row.label}: {''.join(run.text for run in row.note)}" for row in rows)
    return Dots(caption=caption, alt=f"{caption}. {told}.", rows=tuple(rows))


def _ranked(material: NationalMaterial, place: int, name: str) -> list[Block]:
    """The most and the least met standards of a section, with ties; none stands on both lists."""
    made: list[Block] = []
    for list_, title, key in (
        ("most_met", "Achievements: most met in this section", "achievements"),
        ("least_met", "For improvement: least met in this section", "improvements"),
    ):
        found = material.value(f"{list_}.{name}") if name in material.value(list_) else []
        if not found:
            continue
        items = tuple(
            (
                *text(f"{material.named(one['number'])}: "),
                material.number(f"{list_}.{name}.{row}.met"), *text(" of "),
                material.number(f"{list_}.{name}.{row}.of"), *text(" teams ("),
                material.percent(f"{list_}.{name}.{row}.percent"), *text(")."),
            )
            for row, one in enumerate(found)
        )  # fmt: skip
        made += [
            Heading(level=2, runs=text(title), id=f"section-{place}-{key}", listed=False),
            *material.passage(f"{key} {name}"),
            Listing(items=items),
        ]
    return made


def _first_section(material: NationalMaterial, numbers: tuple[str, ...]) -> str:
    known = [material.standards[number].section for number in numbers if number in material.standards]
    return known[0] if known else ""


def _quotes_by_section(material: NationalMaterial) -> dict[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for one in material.words.quotes:
        found[_first_section(material, one.standards)].append(one)
    return found


def _practice_by_section(material: NationalMaterial) -> dict[str, list[Practice]]:
    found: dict[str, list[Practice]] = defaultdict(list)
    for one in material.words.practice:
        found[_first_section(material, one.standards)].append(one)
    return found


def _said(material: NationalMaterial, place: int, quotes: list[Quote]) -> list[Block]:
    """What people said about the standards of a section, in the order of the standards."""
    if not quotes:
        return []
    order = {number: at for at, number in enumerate(material.standards)}
    known = sorted(quotes, key=lambda one: (order[_known(material, one.standards)[0]], one.group, one.text))
    return [
        Heading(level=2, runs=text("What people said"), id=f"section-{place}-said", listed=False),
        *(quote_block(material, one) for one in known),
    ]


def _known(material: NationalMaterial, numbers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(number for number in numbers if number in material.standards)


def quote_block(material: NationalMaterial, one: Quote) -> QuoteBlock:
    """A quote with the role of who said it and the standards it is about; never of which team."""
    who, numbers = labels.a_one_of(one.group), _known(material, one.standards)
    about = f", on standard{'s' if len(numbers) > 1 else ''} {labels.all_of(numbers)}" if numbers else ""
    return QuoteBlock(
        text=one.text, label=who, group=one.group, tone=one.tone, standards=numbers,
        line=f"{who[:1].upper()}{who[1:]}{about}",
    )  # fmt: skip


def other_words(material: NationalMaterial) -> list[Block]:
    """Quotes and examples that are about none of the standards; empty where there are none."""
    quotes = _quotes_by_section(material).get("", [])
    practice = _practice_by_section(material).get("", [])
    if not quotes and not practice:
        return []
    made: list[Block] = [Heading(level=1, runs=text("Other things people said"), id="other")]
    for place, (theme, said) in enumerate(_by_theme(quotes).items()):
        if theme:
            made.append(Heading(level=2, runs=text(theme), id=f"other-{place}", listed=False))
        made += [quote_block(material, one) for one in said]
    return [*made, *_examples(practice)]


def _by_theme(quotes: list[Quote]) -> dict[str, list[Quote]]:
    """Quotes under the title of their first theme, in the order of the codebooks; those without a known one last."""
    titles = {theme.id: theme.title for book in builtin() for theme in book.themes}
    found: dict[str, list[Quote]] = {title: [] for title in (*titles.values(), "")}
    for one in quotes:
        known = [titles[theme] for theme in one.themes if theme in titles]
        found[known[0] if known else ""].append(one)
    return {title: said for title, said in found.items() if said}


def _practice(material: NationalMaterial, place: int, practice: list[Practice]) -> list[Block]:
    if not practice:
        return []
    return [
        Heading(level=2, runs=text("Best practice"), id=f"section-{place}-practice", listed=False),
        *_examples(practice),
    ]


def _examples(practice: list[Practice]) -> list[Block]:
    """Examples with the name of the team where its host agreed to that."""
    return [
        Paragraph(runs=(*text(f"{one.team or 'A team'}: ", bold=True), *text(one.text)))
        for one in sorted(practice, key=lambda one: (one.standards, one.team, one.text))
    ]


def _reflection(material: NationalMaterial, place: int, name: str) -> list[Block]:
    words = material.passage(f"reflection {name}")
    if not words:
        return []
    return [Heading(level=2, runs=text("To reflect on"), id=f"section-{place}-reflect", listed=False), *words]
