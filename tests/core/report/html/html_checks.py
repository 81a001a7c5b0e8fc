"""What is wrong with a page of HTML, as far as reading it through can tell."""

from __future__ import annotations

from html.parser import HTMLParser

EMPTY = {"meta", "br", "hr", "rect", "line", "polygon"}
LIVE = {"script", "iframe", "img", "link", "form", "object", "embed", "input", "button"}
LEADING = {"href", "src", "action", "srcset", "data"}


class _Page(HTMLParser):
    """Reads a page and keeps what is needed to judge it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.levels: list[int] = []
        self.words: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in EMPTY:
            self.open.append(tag)
        if tag in LIVE:
            self.faults.append(f"a {tag}")
        self._attributes(found)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag == "th" and found.get("scope") not in ("col", "row"):
            self.faults.append("a head without a scope")
        if tag == "svg" and (found.get("role") != "img" or not found.get("aria-labelledby")):
            self.faults.append("a picture without words")

    def _attributes(self, found: dict[str, str]) -> None:
        for name, value in found.items():
            if name.startswith("on"):
                self.faults.append(f"a handler {name}")
            if name in LEADING and not value.startswith("#"):
                self.faults.append(f"leads away: {value}")
            if name in LEADING or name == "aria-labelledby":
                self.wanted.append(value.removeprefix("#"))
        if "id" in found:
            self.ids.append(found["id"])
        if found.get("role") == "region":
            self.names.append(found["aria-label"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.faults.append(f"<{tag}/> closes itself")
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def _read(page: str) -> _Page:
    found = _Page()
    found.feed(page)
    found.close()
    return found


def html_faults(page: str) -> list[str]:
    """One line for each fault: what a browser would run or fetch, what leads nowhere, what is not marked as it is."""
    found = _read(page)
    faults = found.faults + [f"{tag} is never closed" for tag in found.open]
    faults += [f"nothing is called {one}" for one in found.wanted if one not in found.ids]
    faults += [f"two parts are called {one}" for one in {*found.ids} if found.ids.count(one) > 1]
    faults += [f"two regions are named {one}" for one in {*found.names} if found.names.count(one) > 1]
    if found.levels.count(1) != 1 or found.levels[:1] != [1]:
        faults.append(f"headings of level 1: {found.levels.count(1)}")
    jumps = [(one, two) for one, two in zip(found.levels, found.levels[1:], strict=False) if two > one + 1]
    faults += [f"headings jump from {one} to {two}" for one, two in jumps]
    if not page.startswith("<!DOCTYPE html>") or "default-src 'none'" not in page or 'lang="' not in page:
        faults.append("no type, policy or language")
    return faults


def html_words(page: str) -> str:
    """All words of the page, without white space."""
    return "".join("".join(_read(page).words).split())
