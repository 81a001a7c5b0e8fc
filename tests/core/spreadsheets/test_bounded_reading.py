"""A file from outside is read within bounds: what parses spreadsheets without any is used nowhere in the program."""

from __future__ import annotations

import ast
from pathlib import Path

PRODUCT = Path(__file__).parents[3] / "reviewapp"
UNBOUNDED = {"load_workbook", "ZipFile", "read_excel", "read_csv"}
"""What opens a whole file, however large it becomes; `spreadsheets` and what stands beneath it count first."""
MAY = {"spreadsheets", "qda", "base"}


def test_only_the_bounded_reader_opens_a_spreadsheet() -> None:
    found = []
    for path in sorted(PRODUCT.rglob("*.py")):
        if path.relative_to(PRODUCT).parts[0] in MAY:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        named = {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in calls}
        found += [f"{path.relative_to(PRODUCT)}: {name}" for name in sorted(named & UNBOUNDED)]
    assert not found
