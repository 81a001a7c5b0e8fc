"""The two schemas of REFI-QDA, which stand beside the project with the files of other programs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CASES = Path(__file__).parents[4] / "shared" / "cases" / "qda"


def valid(data: bytes, schema: str) -> bool:
    """Whether XML, or the project inside a `.qdpx`, is valid; without the schemas nothing is said against it."""
    from lxml import etree

    path = CASES / "schema" / schema
    if not path.is_file():
        return True
    if data.startswith(b"PK"):
        data = zipfile.ZipFile(io.BytesIO(data)).read("project.qde")
    found = etree.XMLSchema(file=str(path))
    assert found.validate(etree.fromstring(data)), found.error_log
    return True
