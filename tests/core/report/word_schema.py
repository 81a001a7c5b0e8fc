"""What a Word document breaks of its schema, as its own validator says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openxml_audit import OpenXmlValidator


def schema_faults(docx: bytes) -> list[str]:
    """One line for each fault; none for a document that Word need not repair."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "document.docx"
        file.write_bytes(docx)
        return [str(error) for error in OpenXmlValidator().validate(file).errors]
