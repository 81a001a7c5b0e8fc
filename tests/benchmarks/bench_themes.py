"""What coding costs: reading another program's project, and agreement of coders, as ratios within one run.

A project like the real one of NVivo that is known to us (two texts of 300,000 characters with emoji, line ends of two
characters, 300 selections, 150 codes) is read, beside opening its archive, decoding its texts and parsing its XML with
lxml: what any reader has to do. Wanted: at most 3. Alpha over 2,000 units, 30 themes and 4 coders stands beside a bare
count of the same cells. Wanted: under 10. Nothing passes or fails.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from random import Random

from lxml import etree

from reviewapp.figures.theme_agreement import agreement_by_theme
from reviewapp.qda.model import stable_guid
from reviewapp.qda.read_project import read_project
from tests.benchmarks.bench_criteria import alternately

SELECTIONS, CODES, CHARACTERS = 300, 150, 300_000
PIECES, WEIGHTS = ("word ", "\U0001f600 ", "a longer sentence.\r\n"), (300, 1, 20)
"""As dense as in the real file: some 890 emoji in a text."""
UNITS, THEMES, CODERS = 2_000, 30, 4


def main() -> None:
    """Print the ratios."""
    project = like_nvivo()
    bare, whole = alternately(lambda: _open_and_parse(project), lambda: read_project(project, "a.qdpx"), rounds=20)
    print(f"a project of {SELECTIONS} selections: archive, texts and XML alone {bare * 1000:.1f} ms, "
          f"read {whole * 1000:.1f} ms, ratio {whole / bare:.2f} (wanted: at most 3)")  # fmt: skip
    units, themes = coded()
    bare, whole = alternately(lambda: _count(units), lambda: agreement_by_theme(units, themes), rounds=20)
    print(f"alpha of {UNITS:,} units, {THEMES} themes, {CODERS} coders: counted {bare * 1000:.1f} ms, "
          f"alpha {whole * 1000:.1f} ms, ratio {whole / bare:.2f} (wanted: under 10)")  # fmt: skip


def like_nvivo() -> bytes:
    """An example project as NVivo for Windows writes one: byte order mark, line ends of two, UTF-16 units."""
    draw, stream = Random(1), io.BytesIO()
    codes = "".join(f'<Code guid="{stable_guid("c", str(n))}" name="code {n}" isCodable="true"/>' for n in range(CODES))
    sources = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            text = "".join(draw.choices(PIECES, WEIGHTS, k=CHARACTERS // 5))[:CHARACTERS]
            archive.writestr(f"Sources/{number}.txt", ("\ufeff" + text).encode())
            sources.append(_source(number, text, draw))
        xml = f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{''.join(sources)}</Sources>"
        head = '<Project xmlns="urn:QDA-XML:project:1.0" name="Example" origin="NVivo for Windows 12.6">'
        archive.writestr("project.qde", f"{head}{xml}</Project>")
    return stream.getvalue()


def _source(number: int, text: str, draw: Random) -> str:
    selections = []
    for one in range(SELECTIONS // 2):
        start = text.index(" ", draw.randrange(len(text) - 200)) + 1
        end = text.index(" ", start + 20)
        at, to = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
        guid = stable_guid("s", f"{number}/{one}")
        code = stable_guid("c", str(draw.randrange(CODES)))
        selections.append(
            f'<PlainTextSelection guid="{guid}" name="" startPosition="{at}" endPosition="{to}"><Description/>'
            f'<Coding guid="{stable_guid("k", guid)}" creatingUser="{stable_guid("u", "1")}">'
            f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
        )
    guid = stable_guid("t", str(number))
    return f'<TextSource guid="{guid}" plainTextPath="internal://{number}.txt">{"".join(selections)}</TextSource>'


def _open_and_parse(project: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(project)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".qde"):
                etree.fromstring(data)
            else:
                data.decode("utf-8-sig").replace("\r\n", "\n")


def coded() -> tuple[list[dict[str, frozenset[str]]], list[str]]:
    """Units as coders saw them: two or three themes each, mostly alike."""
    draw, themes = Random(2), [f"T{n}" for n in range(THEMES)]
    units = []
    for _unit in range(UNITS):
        meant = draw.sample(themes, 2)
        units.append(
            {
                f"R{n}": frozenset(theme for theme in (*meant, draw.choice(themes)) if draw.random() > 0.2)
                for n in range(CODERS)
            }
        )
    return units, themes


def _count(units: list[dict[str, frozenset[str]]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for coders in units:
        for seen in coders.values():
            found.update(seen)
    return found


if __name__ == "__main__":
    main()
