"""Files that coding programs really wrote are read, each with the values that are known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.qda.offsets import OffsetRule
from reviewapp.qda.read_codes import read_codebook
from reviewapp.qda.read_project import ProjectRead, read_project
from reviewapp.qda.write import plain_text, write_codebook, write_project
from tests.core.qda.schemas import CASES, valid

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the files of other programs are not beside the project")


def project(name: str) -> ProjectRead:
    return read_project((CASES / name).read_bytes(), Path(name).name)


def test_nvivo_for_windows_counts_utf_16_units_and_line_ends_as_two() -> None:
    found = project("nvivo/nvivo-win-12.6-coded-scrubbed.qdpx")
    assert found.rule.rule == OffsetRule(utf16=True, two_for_line_end=True) and found.rule.certain
    assert found.rule.of == 303 and found.rule.next_best is not None and found.rule.next_best < 60
    selections = [(source.text, one) for source in found.project.sources for one in source.selections]
    assert len(selections) == 303 and len({(text, one.start, one.end) for text, one in selections}) == 188
    ends = sum(
        one.end == len(text) or (not text[one.end].isalnum() or not text[one.end - 1].isalnum())
        for text, one in selections
    )
    assert ends == 301
    coders = {coding.coder for _text, one in selections for coding in one.codings}
    assert len(found.project.codebook.codes) == 152 and len(found.project.users) == 2
    assert coders <= {user.guid for user in found.project.users} and found.unknown == found.unplaced == 0


def test_nvivo_for_mac_has_texts_of_one_line_feed() -> None:
    found = project("nvivo/nvivo-mac-15.0-codebook.qdpx")
    assert [source.text for source in found.project.sources] == ["\n", "\n"]
    assert len(found.project.codebook.codes) == 262 and found.ignored == {"file": 2}
    paths = [code.path for code in found.project.codebook.codes]
    assert len({path[-1] for path in paths}) < len(set(paths)), "one name under several parents"


def test_maxqda_has_ten_texts_and_colours() -> None:
    found = project("maxqda/maxqda-24.7-codebook-sources-scrubbed.qdpx")
    assert len(found.project.sources) == 10 and all(source.text for source in found.project.sources)
    assert len(found.project.codebook.codes) == 307
    assert all(code.color.startswith("#") and code.guid == code.guid.lower() for code in found.project.codebook.codes)


@pytest.mark.parametrize(("name", "codes"), [("blank", 0), ("target", 3)])
def test_atlas_ti_needs_no_texts(name: str, codes: int) -> None:
    found = project(f"atlasti/ponte-{name}-atlas-project.qdpx")
    assert len(found.project.codebook.codes) == codes and found.project.sources == ()
    assert [user.name for user in found.project.users][1] == "ATLAS.ti"


def test_paths_without_their_prefix_are_found() -> None:
    found = project("other/qc-1.3.2-demo-scrubbed.qdpx")
    assert found.textless == () and (found.rule.fits, found.rule.of) == (158, 158)
    codings = [coding for source in found.project.sources for one in source.selections for coding in one.codings]
    assert len(codings) == 205


@pytest.mark.parametrize(
    ("name", "origin", "codes"),
    [
        ("qualcoder/qualcoder-3.8.2-codebook.qdc", "QualCoder", 15),
        ("taguette/taguette-1.4.1-codebook.qdc", "Taguette 1.4.1", 3),
        ("taguette/uto_tag-codebook.qdc", "Taguette 1.4.1", 3),
    ],
)
def test_codebooks_are_read_and_written_again(name: str, origin: str, codes: int) -> None:
    found, ignored = read_codebook((CASES / name).read_bytes(), name)
    assert (found.origin, len(found.codes), ignored) == (origin, codes, {})
    written = write_codebook(found).data
    assert valid(written, "Codebook.xsd") and read_codebook(written, name)[0].codes == found.codes


def test_a_codebook_is_no_project() -> None:
    with pytest.raises(Invalid, match="no REFI-QDA codebook"):
        read_codebook(b"<Project xmlns='urn:QDA-XML:project:1.0'/>", "a.qdc")


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(CASES)) for path in CASES.glob("*/*.qdpx")) if CASES.is_dir() else []
)
def test_what_was_read_and_is_written_says_the_same(name: str) -> None:
    found = project(name).project
    written = write_project(found).data
    assert valid(written, "Project.xsd")
    again = read_project(written, name)
    assert again.project.codebook.codes == found.codebook.codes and again.project.users == found.users
    words = [[one.text for one in source.selections] for source in again.project.sources]
    replaced = [[plain_text(one.text) for one in source.selections] for source in found.sources]
    assert words == replaced and again.unplaced == again.unknown == 0
