"""XML from outside: counted before it is parsed, without entities or a document type, names without their namespace.

The namespaces of real files differ (`urn:QDA-XML:codebook:1.0`, `1:0`, `0:4`), so only local names count.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.qda.limits import QdaLimits

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Element = Any
"""An element of lxml, which has no types of its own."""


def parse(data: bytes, file: str, limits: QdaLimits) -> Element:
    """The root element. Raises Invalid for too much of it or a document type, Damaged for what is no XML."""
    from lxml import etree

    if data.count(b"<") > limits.tags:
        raise Invalid(
            _("{file} consists of more than {n} tags", file=file, n=limits.tags), do=_("export fewer texts at once")
        )
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(_("{file} is no XML that can be read", file=file), do=_("export it again")) from error
    if root.getroottree().docinfo.doctype:
        raise Invalid(
            _("{file} has a document type, which no exchange file has", file=file),
            do=_("do not use it; ask the sender"),
        )
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


@lru_cache(maxsize=256)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, in their order."""
    return (one for one in element if local(one) in names)


def child_text(element: Element, name: str) -> str:
    """The text of the first child of that name, or nothing."""
    return next((one.text or "" for one in children(element, name)), "")


def guid(text: str | None) -> str:
    """An identifier as it is compared: lower case, no braces. What is no UUID stays as it is; None becomes empty."""
    if text is not None and _GUID.fullmatch(text):
        return text
    plain = (text or "").strip().strip("{}").lower()
    if _GUID.fullmatch(plain):
        return plain
    try:
        return str(uuid.UUID(plain)) if plain else ""
    except ValueError:
        return plain


class Ignored:
    """Counts what a reader leaves out, by the name of its element, so that it can be told."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str, n: int = 1) -> None:
        """Count `n` more of an element."""
        if n:
            self._counts[name] += n

    def counts(self) -> dict[str, int]:
        """How often each element was left out, in the order of their names."""
        return dict(sorted(self._counts.items()))
