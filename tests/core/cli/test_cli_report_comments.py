"""Comments that the committee makes in Word come back beside the parts of the report they belong to."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as open_word

from reviewapp.intake.word_comments import read_comments
from reviewapp.report.docx.ooxml import bookmark_name
from tests.core.cli.support import Shell

COMMITTEE = "Example reader"


def copy(shell: Shell, name: str = "draft.docx") -> Path:
    path = shell.folder / name
    shell("L1", "report", shell.visit, "--docx", path)
    return path


def comment(path: Path, part: str, text: str, *, author: str = COMMITTEE) -> None:
    """A comment on the heading of a part, as Word makes one."""
    word = open_word(str(path))
    name = bookmark_name(part)
    found = next(p for p in word.paragraphs if p._p.xpath(f'.//w:bookmarkStart[@w:name="{name}"]'))
    word.add_comment(found.runs, text=text, author=author, initials="ER")
    word.save(str(path))


def test_comments_come_back_beside_their_parts_and_a_second_time_add_nothing(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "method", "How many people\nwere spoken to?")
    comment(path, "summary", "Shorter, please")
    told = shell.json("L1", "report", shell.visit, "--comments", path)
    assert [one["part"] for one in told["new"]] == ["summary", "method"]
    first, second = told["parts"]
    assert (first["title"], [one["text"] for one in first["comments"]]) == ("Summary", ["Shorter, please"])
    assert second["title"].endswith("How this review was done")
    assert [one["text"] for one in second["comments"]] == ["How many people\nwere spoken to?"]
    assert told["new"][0]["author"] == COMMITTEE
    assert told["new"][0]["quoted"] == "Summary"
    again = shell.json("L1", "report", shell.visit, "--comments", path)
    assert (again["new"], again["held"]) == ([], 2)
    assert again["parts"] == told["parts"]


def test_a_preview_records_nothing(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    shell("L1", "report", shell.visit, "--comments", path, "--preview")
    assert shell.json("L1", "report", shell.visit, "--comments")["parts"] == []


def test_a_later_copy_with_the_same_comments_adds_only_the_new_one(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    shell("L1", "report", shell.visit, "--comments", path)
    comment(path, "summary", "And a picture", author="Another example reader")
    later = shell.json("L1", "report", shell.visit, "--comments", path)
    assert [one["text"] for one in later["new"]] == ["And a picture"]


def test_what_became_of_a_comment_is_recorded_and_listed(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    (new,) = shell.json("L1", "report", shell.visit, "--comments", path)["new"]
    line = f'{{"kind":"report_comment","id":"{new["id"]}","done":true,"answer":"Cut to half a page"}}'
    shell.record("L1", line, me="L1")
    assert "[dealt with: Cut to half a page]" in shell("L1", "report", shell.visit, "--comments")


def test_a_part_that_the_report_no_longer_has_keeps_its_comments(shell: Shell) -> None:
    shell.record("L1", '{"kind":"concern","id":"IC1","text":"an example","told":"","at":""}', me="L1")
    path = copy(shell)
    comment(path, "concerns", "Was the manager told?")
    shell.record("L1", '{"kind":"concern","id":"IC1","deleted":true}', me="L1")
    told = shell.json("L1", "report", shell.visit, "--comments", path)
    (part,) = told["parts"]
    assert part["title"] == "Immediate concerns"
    assert [one["text"] for one in part["comments"]] == ["Was the manager told?"]


def test_tracked_changes_are_told_and_stay_in_the_copy(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    rewrite(
        path, "word/document.xml", b"</w:body>", b'<w:p><w:ins w:id="99" w:author="E"><w:r/></w:ins></w:p></w:body>'
    )
    shell("L1", "report", shell.visit, "--comments", path)
    assert "1 tracked change" in shell.err


@pytest.mark.parametrize("what", ["no-file", "text", "empty", "zip", "spreadsheet", "foreign", "cut", "another visit"])
def test_another_file_is_refused_in_one_line_and_nothing_is_recorded(shell: Shell, what: str) -> None:
    path = shell.folder / "file.docx"
    if what == "text":
        path.write_text("Dear all")
    elif what == "empty":
        path.write_bytes(b"")
    elif what in ("zip", "spreadsheet"):
        with ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml" if what == "spreadsheet" else "a", "<a/>")
    elif what == "foreign":
        open_word().save(str(path))
    elif what == "cut":
        whole = copy(shell).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif what == "another visit":
        shutil.copy(copy(shell), path)
        rewrite(path, "word/document.xml", f"visit_{shell.visit}".encode(), b"visit_0123456789abcdef")
    if what == "no-file":
        shell("L1", "report", shell.visit, "--comments", path, code=1)
    else:
        shell("L1", "report", shell.visit, "--comments", path, code=1)
        assert "Word" in shell.err or "damaged" in shell.err or "another visit" in shell.err
    assert shell.json("L1", "report", shell.visit, "--comments")["parts"] == []


def test_a_file_that_swells_when_it_is_unpacked_is_refused(shell: Shell) -> None:
    path = copy(shell)
    rewrite(path, "word/document.xml", b"</w:body>", b"<w:p/>" * 4_000_000 + b"</w:body>")
    shell("L1", "report", shell.visit, "--comments", path, code=1)


def test_entities_in_the_xml_are_refused(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter")
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:comments'
    rewrite(path, "word/comments.xml", b"<w:comments", declared)
    shell("L1", "report", shell.visit, "--comments", path, code=1)


def test_only_the_lead_takes_comments_in(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    shell("R2", "report", shell.visit, "--comments", path, code=1)


@pytest.mark.parametrize("options", [("--check",), ("--pdf", "x.pdf"), ("--reply-by", "2027-01-01"), ("--strict",)])
def test_comments_go_with_nothing_else(shell: Shell, options: tuple[str, ...]) -> None:
    shell("L1", "report", shell.visit, "--comments", *options, code=2)


def test_answers_stand_after_the_comment_they_answer(shell: Shell) -> None:
    path = copy(shell)
    comment(path, "summary", "Shorter, please")
    comment(path, "summary", "I agree", author="Another example reader")
    thread(path)
    first, second = read_comments(path).comments
    assert (first.text, second.text, second.reply_to) == ("Shorter, please", "I agree", first.id)
    (part,) = shell.json("L1", "report", shell.visit, "--comments", path)["parts"]
    assert [one["text"] for one in part["comments"]] == ["Shorter, please", "I agree"]


def thread(path: Path) -> None:
    """Make the second comment an answer to the first, as Word keeps it: by the ids of paragraphs, in a part apart."""
    with ZipFile(path) as archive:
        comments = archive.read("word/comments.xml")
    pieces = comments.split(b"<w:p>")
    assert len(pieces) == 3
    comments = pieces[0] + b'<w:p w14:paraId="00000001">' + pieces[1] + b'<w:p w14:paraId="00000002">' + pieces[2]
    rewrite_whole(path, "word/comments.xml", comments)
    word15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    extended = (
        f'<w15:commentsEx xmlns:w15="{word15}"><w15:commentEx w15:paraId="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    )
    rewrite_whole(path, "word/commentsExtended.xml", extended.encode())


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Replace what stands once in a part of the archive."""
    with ZipFile(path) as archive:
        content = archive.read(part)
    assert old in content
    rewrite_whole(path, part, content.replace(old, new, 1))


def rewrite_whole(path: Path, part: str, content: bytes) -> None:
    """Put this in the place of a part of the archive."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(out.getvalue())
