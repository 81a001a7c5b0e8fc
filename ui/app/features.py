"""Keeps PySide from reading the source of every module of ours.

PySide looks into each module that is imported after it, for whether it may switch to other spellings of Qt's names
(`from __feature__ import ...`). No module of ours does. The looking reads all sources and keeps them: 10 MB, and 0.15 s
of the start.
"""

from __future__ import annotations

from importlib import import_module


def ignore_features() -> None:
    """Have PySide take every module imported from now on for one that switches nothing."""
    import_module("PySide6.QtCore")  # it brings the module that looks
    try:
        feature = import_module("shibokensupport.feature")
    except ImportError:
        return  # a PySide that looks in another way: the sources are read, and nothing else is different
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", _uses_nothing)  # noqa: B010  a name that its types do not know


def _uses_nothing(_module: object) -> bool:
    return False
