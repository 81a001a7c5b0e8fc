"""The small HTML of a table cell as plain lines: lists stay lists, guidance is separated from the statement."""

from __future__ import annotations

import html
import itertools
import re

import msgspec

BULLET = "• "
_TAG = re.compile(r"(<[/!a-zA-Z][^<>]{0,500}>)")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_OWN_BULLET = re.compile(r"^[•▪◦‣·]\s*")
_OWN_NUMBER = re.compile(r"^(\d{1,3})[.)]\s+")
_GUIDANCE = re.compile(r"^guidance\s*:\s*", re.IGNORECASE)
_LEFT_HANGING = re.compile(r"(\b(and|or|the|of|to|with|including|such as)|[(,])$", re.IGNORECASE)


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Plain text of one standard. `unfinished` and `split` describe the anomalies of its lists, for a person."""

    statement: str
    guidance: str = ""
    unfinished: tuple[str, ...] = ()
    split: tuple[str, ...] = ()


def wording(cell: str) -> Wording:
    """Statement and guidance of a cell: tags dropped, entities resolved, one line for each paragraph or list item.

    Items begin with "• ", numbered ones with "1. "; the text after the bold label "Guidance:" is guidance. An
    incomplete tag stays as text.
    """
    reader = _Reader()
    for part in _TAG.split(cell):
        tag = _TAG_NAME.match(part)
        if tag:
            reader.tag(tag[2].casefold(), opens=not tag[1])
        elif not _TAG.fullmatch(part):
            reader.text(html.unescape(part))
    reader.end_line()
    statement = [line for line, is_guidance in reader.lines if not is_guidance]
    guidance = [line for line, is_guidance in reader.lines if is_guidance]
    return Wording(
        statement="\n".join(statement),
        guidance="\n".join(guidance),
        unfinished=(*reader.unfinished(), *_announced(statement), *_announced(guidance)),
        split=tuple(_split(statement) + _split(guidance)),
    )


class _Reader:
    """Collects lines, each with whether it belongs to the guidance.

    The library's HTML parser is not used: it fails on `<![` and takes minutes over a hostile row.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[str, bool]] = []
        self.guidance = False
        self._text: list[str] = []
        self._counters: list[int | None] = []
        self._in_item = False
        self._empty_items = 0

    def tag(self, name: str, *, opens: bool) -> None:
        """End the line at a block, item or line break; keep count of open lists."""
        if name in ("p", "br", "li", "ul", "ol", "div"):
            self.end_line()
        if name in ("ul", "ol") and opens:
            self._counters.append(0 if name == "ol" else None)
        elif name in ("ul", "ol") and self._counters:
            self._counters.pop()
        if name == "li":
            self._in_item = opens

    def text(self, data: str) -> None:
        """Add text to the line; the label "Guidance:" ends the statement and begins the guidance."""
        label = _GUIDANCE.match(data.lstrip())
        if label and not self.guidance:
            self.end_line()
            self.guidance = True
            data = data.lstrip()[label.end() :]
        self._text.append(data)

    def end_line(self) -> None:
        """Store the collected text as one line, with its bullet or number if it is an item."""
        line = " ".join("".join(self._text).split())
        self._text = []
        was_item, self._in_item = self._in_item, False
        if was_item:
            line = self._item(line)
        if line:
            self.lines.append((line, self.guidance))

    def _item(self, line: str) -> str:
        own = _OWN_NUMBER.match(line)
        line = _OWN_NUMBER.sub("", _OWN_BULLET.sub("", line)) if self._counters else line
        if not line:
            self._empty_items += 1
            return ""
        count = self._counters[-1] if self._counters else None
        if count is None:
            return f"{BULLET}{own[0] if own else ''}{line}"
        self._counters[-1] = int(own[1]) if own else count + 1
        return f"{self._counters[-1]}. {line}"

    def unfinished(self) -> list[str]:
        """The anomalies of the lists, once everything is read."""
        found = ["a list is not closed"] if self._counters else []
        return found + (["a list item is empty"] if self._empty_items else [])


def _announced(lines: list[str]) -> list[str]:
    """An anomaly when the text ends with a colon and so announces a list that is missing."""
    return [f"it ends with {lines[-1][-30:]!r}"] if lines and lines[-1].endswith(":") else []


def _split(lines: list[str]) -> list[str]:
    """An anomaly for each item that ends in the middle of a phrase while the next item continues it."""
    pairs = itertools.pairwise(lines)
    return [
        f"{a.removeprefix(BULLET)!r} / {b.removeprefix(BULLET)!r}"
        for a, b in pairs
        if a.startswith(BULLET) and b.startswith(BULLET) and _LEFT_HANGING.search(a)
    ]
