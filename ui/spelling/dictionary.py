"""The one dictionary of the program: British English, and beside it the words of the field.

Nothing that somebody typed is ever kept: a word that is accepted is accepted until the visit is closed or the program
locks, for a list of accepted words would hold the names of patients.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from reviewapp.base.paths import resource
from ui.spelling.words import words_of

FOLDER = ("spelling", "en-GB")
FIELD_WORDS = ("spelling", "field_words.txt")
MOST_SUGGESTIONS = 5
_CAPITALS = re.compile(r"[A-Z]{2,}s?")


class _Loading(QRunnable):
    """Reads the dictionary, and the words of a visit's texts, in the background: too long for a keystroke to wait."""

    class Signals(QObject):
        """What a runnable may say to the screen's thread."""

        loaded = Signal(object)

    def __init__(self, found: Any, texts: Sequence[str]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = self.Signals()
        self._found, self.texts = found, texts

    def run(self) -> None:
        """Read both lists, unless they were read before, and the texts."""
        found = read_dictionary() if self._found is None else self._found
        self.signals.loaded.emit((found, {word.text for text in self.texts for word in words_of(text)}))


def read_dictionary() -> Any:
    """The dictionary with the words of the field in it, as a `hunspell.Hunspell`."""
    from hunspell import Hunspell

    found = Hunspell("index", hunspell_data_dir=str(resource(*FOLDER)))
    for word in field_words():
        found.add(word)
    return found


def field_words() -> list[str]:
    """The words of the field that no general dictionary has; one a line, `#` begins a remark."""
    lines = resource(*FIELD_WORDS).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


class Dictionary(QObject):
    """Says whether a word is spelt as the dictionary has it, and offers other spellings.

    Until it is loaded every word counts as known, as it does while spelling is not checked.
    """

    changed = Signal()
    """Other words are known than before: it was loaded, switched, or a word was accepted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Any = None
        self._loading: _Loading | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._on = False
        self._accepted: set[str] = set()
        self._of_visit: frozenset[str] = frozenset()
        self._texts: tuple[str, ...] = ()
        self._read = True
        """Whether the words of the texts are known."""
        self._suggested: dict[str, list[str]] = {}

    @property
    def on(self) -> bool:
        """Whether spelling is checked."""
        return self._on

    @property
    def loading(self) -> bool:
        """Whether words are being read in the background."""
        return self._loading is not None

    def switch(self, on: bool) -> None:
        """Check spelling from now on, or not."""
        if on != self._on:
            self._on = on
            self.changed.emit()

    def prepare(self) -> None:
        """Load the words in the background, if spelling is checked and nobody asked before."""
        if self._on and self._loading is None and (self._found is None or not self._read):
            self._loading = _Loading(self._found, self._texts)
            self._loading.signals.loaded.connect(self._on_loaded)
            self._pool.start(self._loading)

    def knows(self, word: str) -> bool:
        """Whether the word needs no mark. A word in capitals is taken for an abbreviation."""
        if not self._on or self._found is None or not self._read or _CAPITALS.fullmatch(word):
            return True
        if word in self._accepted or word in self._of_visit:
            return True
        return bool(self._found.spell(word))

    def accept(self, word: str) -> None:
        """Mark this word no more, until the visit is closed or the program locks."""
        self._accepted.add(word)
        self.changed.emit()

    def begin_visit(self, texts: Sequence[str] = ()) -> None:
        """Forget what was accepted; from now on the words of these texts are known, which are read when needed."""
        self._accepted, self._of_visit = set(), frozenset()
        self._texts, self._read = tuple(texts), not texts
        if self._found is not None:
            self.prepare()

    def suggestions(self, word: str) -> list[str]:
        """Other spellings, the likeliest first; some 0.2 s for a word that was not asked about before."""
        if self._found is None or self.knows(word):
            return []
        if word not in self._suggested:
            self._suggested[word] = list(self._found.suggest(word))[:MOST_SUGGESTIONS]
        return self._suggested[word]

    @Slot(object)
    def _on_loaded(self, loaded: tuple[Any, set[str]]) -> None:
        read = self._loading
        self._found, self._loading = loaded[0], None
        if read is not None and read.texts is self._texts:
            self._of_visit, self._read = frozenset(loaded[1]), True
            self.changed.emit()
        else:  # another visit was opened meanwhile
            self.prepare()

    def wait(self) -> None:
        """Wait until nothing is being loaded."""
        self._pool.waitForDone()


@cache
def dictionary() -> Dictionary:
    """The dictionary of the program."""
    return Dictionary()
