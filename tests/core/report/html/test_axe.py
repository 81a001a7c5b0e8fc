"""Pages of HTML meet WCAG 2.2 AA as far as axe-core can tell, in a real browser that fetches nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reviewapp.figures.status import status
from reviewapp.plan.pages.build import page_of
from reviewapp.report.html.render import html_bytes
from tests.core.plan.pages.test_build import TODAY, nothing, the_three_rounds, with_actions
from tests.core.report.building import report, rich_visit
from tests.core.report.pdf.test_pdf import HOSTILE, all_blocks

AXE = Path(__file__).parents[4] / "packaging" / "axe"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or shutil.which("node") is None, reason="needs Chromium and Node.js"),
    pytest.mark.skipif(not (AXE / "node_modules").is_dir(), reason="needs `npm ci` in packaging/axe"),
]


def test_no_page_has_a_fault_in_light_or_dark_on_a_screen_or_a_telephone(tmp_path: Path) -> None:
    pages = {
        "report": html_bytes(report(rich_visit())),
        "host": html_bytes(report(rich_visit(), profile="host")),
        "blocks": html_bytes(all_blocks(HOSTILE)),
        "plain": page_of("plain-summary", with_actions(), status(with_actions()), nothing, TODAY, "html"),
        "minutes": page_of("follow-up", the_three_rounds(), status(the_three_rounds()), nothing, TODAY, "html"),
    }
    for name, data in pages.items():
        (tmp_path / f"{name}.html").write_bytes(data)
    files = [str(tmp_path / f"{name}.html") for name in pages]
    ran = subprocess.run(
        ["node", "read.mjs", str(CHROMIUM), *files], cwd=AXE, capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    assert len(found) == 4 * len(pages)
    assert [(one["file"], one["width"], one["faults"]) for one in found if one["faults"]] == []
    assert [one["asked"] for one in found if one["asked"]] == []
    assert [(one["file"], one["beyond"]) for one in found if one["beyond"] > 0] == []
    assert min(one["passed"] for one in found) > 15
