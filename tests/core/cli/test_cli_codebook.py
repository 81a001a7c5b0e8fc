"""`codebook`: the themes of the program and of others, listed, shown, exported and imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.support import Shell


def test_codebooks_go_out_and_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path, capsys)
    listed = shell.json("L1", "codebook", "list")["codebooks"]
    assert [one["id"] for one in listed] == ["crisis-team-features", "complex-needs-care", "crisis-team-practice"]
    shown = shell.json("L1", "codebook", "show", "crisis-team-features")
    assert shown["id"] == "crisis-team-features" and len(shown["themes"]) == 17
    first = shown["themes"][1]
    assert {"id", "parent", "title", "use_when", "not_when", "codable", "guid"} <= first.keys()
    assert (first["id"], first["parent"]) == ("T1", "TA")
    assert "use when: Giving, explaining" in shell("L1", "codebook", "show", "crisis-team-features")
    for name in ("themes.xlsx", "themes.csv", "themes.qdc"):
        shell("L1", "codebook", "export", "crisis-team-practice", tmp_path / name)
        told = shell.json("L1", "codebook", "import", tmp_path / name, "--id", f"ours-{name[-3:]}")
        assert (told["result"], told["themes"], told["new"], told["not_read"]) == ("added", 5, 5, [])
        again = shell.json("L1", "codebook", "import", tmp_path / name, "--id", f"ours-{name[-3:]}")
        assert again["result"] == "unchanged"
    listed = shell.json("L1", "codebook", "list")["codebooks"]
    assert [one["id"] for one in listed][3:] == ["ours-csv", "ours-lsx", "ours-qdc"]


def test_what_cannot_be_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path, capsys)
    shell("L1", "codebook", "show", "nowhere", code=1)
    assert "there is no codebook 'nowhere' here" in shell.err
    shell("L1", "codebook", "import", tmp_path / "missing.qdc", "--id", "ours", code=1)
    shell("L1", "codebook", "export", "crisis-team-practice", tmp_path / "themes.txt", code=1)
    assert "ends in none of .xlsx, .csv and .qdc" in shell.err
    (tmp_path / "spoilt.qdc").write_bytes(b"<CodeBook><Codes>")
    shell("L1", "codebook", "import", tmp_path / "spoilt.qdc", "--id", "ours", code=1)
    assert "is no XML that can be read" in shell.err
