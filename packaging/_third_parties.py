"""What is known by hand of what the built program contains: licences, texts, and C libraries inside wheels.

Everything else is read from the wheels themselves (`_inside.py`). A library that says nothing usable of its licence and
is not named here stops the build.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

SPDX = {
    "apache license, version 2.0": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd-3-clause": "BSD-3-Clause",
    "mit": "MIT",
    "psfl": "PSF-2.0",
    "sil ofl 1.1": "OFL-1.1",
    "lgpl-3.0-only or gpl-2.0-only or gpl-3.0-only": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "bsd license (see license.txt for details), copyright (c) 2000-2025, reportlab inc.": "BSD-3-Clause",
}
"""How the field `License` of a wheel is spelt → the SPDX expression meant."""

LICENCES = {
    "chunspell": "MIT AND (MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later)",
    "click-default-group": "Unlicense",
    "colorama": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
}
"""Of wheels whose own words are not an SPDX expression; read from the licence text inside each."""

TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt-third-parties.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "cryptography": ("Apache-2.0.txt",),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
    "lxml": ("libxml2.txt", "libxslt.txt"),
    "pyrage": ("Apache-2.0.txt",),
    "chunspell": ("MPL-1.1.txt",),
}
"""Files of `packaging/licences/` that go with a wheel, beside the texts it brings itself."""


class Within(NamedTuple):
    """A C library built into the compiled part of a wheel, where no file shows it."""

    name: str
    licence: str
    version: Callable[[], str]


def _sqlcipher(question: str) -> str:
    with_key = import_module("sqlcipher3").connect(":memory:")
    with_key.execute("PRAGMA key = 'none'")
    return str(with_key.execute(question).fetchone()[0])


def _dotted(module: str, name: str) -> str:
    return ".".join(map(str, getattr(import_module(module), name)))


class Data(NamedTuple):
    """A list of words or numbers by others that lies in `resources/`: the files, and where its licence text is."""

    name: str
    version: str
    licence: str
    purl: str
    text: str
    files: tuple[str, ...]


DATA = (
    Data(
        "en_GB-ise Hunspell dictionary (SCOWL)",
        "2020.12.07",
        "MIT AND BSD-3-Clause",
        "pkg:npm/dictionary-en-gb@3.0.0",
        "resources/spelling/en-GB/LICENCE",
        ("resources/spelling/en-GB/index.aff", "resources/spelling/en-GB/index.dic"),
    ),
)
"""What is not a library and yet somebody else's."""

WITHIN = {
    "chunspell": (Within("Hunspell", "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", lambda: "1.7"),),
    "sqlcipher3": (
        Within("SQLCipher", "BSD-3-Clause", lambda: _sqlcipher("PRAGMA cipher_version").split()[0]),
        Within("SQLite", "blessing", lambda: _sqlcipher("SELECT sqlite_version()")),
        Within("OpenSSL", "Apache-2.0", lambda: _sqlcipher("PRAGMA cipher_provider_version").split()[1]),
    ),
    "lxml": (
        Within("libxml2", "MIT", lambda: _dotted("lxml.etree", "LIBXML_COMPILED_VERSION")),
        Within("libxslt", "MIT", lambda: _dotted("lxml.etree", "LIBXSLT_COMPILED_VERSION")),
    ),
    "pypdfium2": (
        Within(
            "PDFium",
            "BSD-3-Clause AND Apache-2.0",
            lambda: str(import_module("pypdfium2.version").PDFIUM_INFO).partition("@")[0],
        ),
    ),
    "pyside6-essentials": (Within("Qt", "LGPL-3.0-only", lambda: str(import_module("PySide6.QtCore").qVersion())),),
}
"""Wheel → the C libraries in it that its own list of contents (`sboms/` in its metadata) does not name."""
