"""What the package for Debian tells the desktop about our files is what the program writes and asks for."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reviewapp.national.model import Notice
from reviewapp.national.network_key import of_home
from reviewapp.national.sealed import write_notice
from reviewapp.plan.next_round import write_carry_over
from reviewapp.store import backup, signing
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, PHRASE, Homes
from ui.pages.bring_together.jobs import PATTERN, suggested_name
from ui.pages.bring_together.receipts import receipt_name
from ui.pages.shared.visit_pack_part import PACKS
from ui.pages.start.earlier import FILES as CARRIED
from ui.pages.start.network.sent import EXTRACTS
from ui.session.back_up import BACKUPS

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"
# Our own file, so nothing of it is foreign.
TYPES = {
    found.attrib["type"].rpartition("-")[2]: found
    for found in ElementTree.parse(LINUX / "reviewapp.xml").getroot().iter(f"{SPACE}mime-type")
}


def globs(kind: str) -> set[str]:
    return {found.attrib["pattern"] for found in TYPES[kind].iter(f"{SPACE}glob")}


def beginnings(kind: str) -> list[str]:
    return [found.attrib["value"] for found in TYPES[kind].iter(f"{SPACE}match")]


def test_every_type_leads_to_the_program() -> None:
    entry = (LINUX / "reviewapp.desktop").read_text(encoding="utf-8")
    listed = re.search(r"(?m)^MimeType=(.+);$", entry)
    assert listed is not None
    assert set(listed[1].split(";")) == {f"application/x-reviewapp-{kind}" for kind in TYPES}
    assert "Exec=reviewapp open %f\n" in entry


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [("pack", PACKS), ("return", PATTERN), ("backup", BACKUPS), ("carry", CARRIED), ("extract", EXTRACTS)],
)
def test_every_suffix_the_program_asks_for_is_known_to_the_desktop(kind: str, pattern: str) -> None:
    asked = set(re.findall(r"\*\.\w+", pattern))
    assert asked and asked <= globs(kind)


def test_what_is_written_now_and_what_was_written_before_are_both_offered_to_be_read() -> None:
    day = date(2026, 11, 17)
    names = [suggested_name("R2", everybody=False, today=day), receipt_name("L1", day), "R2-2026-05-12.review"]
    assert {f"*{Path(name).suffix}" for name in names} <= set(re.findall(r"\*\.\w+", PATTERN))


def test_files_are_known_by_their_beginning_whatever_they_are_called(homes: Homes, tmp_path: Path) -> None:
    laptop = Laptop.open(homes.reviewer, PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    visit.backup(tmp_path / "copy")
    visit.close()
    shutil.copytree(homes.before, tmp_path / "lead")
    leads = Laptop.open(tmp_path / "lead", PASSPHRASE)
    visit = leads.open_visit(leads.visits()[0].id)
    write_carry_over(visit, tmp_path / "carried", PHRASE)
    visit.close()
    written = {"pack": homes.pack, "return": homes.returns["R3"], "backup": tmp_path / "copy"}
    written["carry"] = tmp_path / "carried"
    notice = Notice(visit="a", records=("quote/Q1/R2",))
    write_notice(tmp_path / "notice", notice, network=of_home(b"k" * 32), private=signing.new_private_key())
    written["extract"] = tmp_path / "notice"
    for kind, path in written.items():
        start = path.read_bytes()[:80].decode("ascii")
        fitting = [other for other in TYPES if any(start.startswith(words) for words in beginnings(other))]
        assert fitting == [kind]
    assert f"*{backup.SUFFIX}" in globs("backup")
