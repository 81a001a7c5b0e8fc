"""The program can speak another language: every word goes through gettext, and 40 % longer words have room."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeGuard

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtCore import QLocale

from reviewapp.base.i18n import (
    DOMAIN,
    LONG,
    SOURCE,
    VARIABLE,
    _,
    join_words,
    load_translations,
    plural,
    preferred_languages,
)
from reviewapp.base.pseudolocale import CLOSE, FACTOR, OPEN, pseudo_translate
from ui.formats import long_date, long_pattern

ROOT = Path(__file__).parents[3]
sys.path.append(str(ROOT / "packaging"))

from _words import COUNTED, SINGLE, SourceText, words, write_template  # noqa: E402

NO_WORDS_FOR_PEOPLE = frozenset(
    {
        "ui/app/selftest.py",
        "ui/app/screenshots.py",
        "ui/app/scored_sample.py",
        "ui/widgets/__init__.py",
        "ui/theme/stylesheet.py",
    }
)
"""What speaks on the command line only, names of classes, the style sheet."""
WHOLE_WORDS = re.compile(r"[A-Za-z’']{2,} (?:[a-z]|[A-Z][a-z])|^[A-Z][a-z]+(?: |$)|…$|^ (?:and|or) $")
TECHNICAL = frozenset(
    {
        *("Fusion", "It", "Regular", "Semibold", "Bold", "Reviewapp", "Reviewapp ", "Pill", "Reading", "…"),
        *("visit identity", "reviewapp receipt 1\n", "reviewapp carry-over 1\n"),
    }
)
NOT_SHOWN = frozenset(
    {
        *("setObjectName", "getLogger", "property", "setProperty", "warning", "compile", "Slot", "Signal", "TypeVar"),
        "connect",
    }
)
"""What is given to these is for programs; `connect` names a signal of the system's bus."""


def run(*arguments: str, language: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env={**os.environ, VARIABLE: language}, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("long")
    found: dict[str, list[str]] = json.loads(run("-m", "tests.ui.languages.long_walk", str(folder), language=LONG))
    return found


def test_words_that_are_40_per_cent_longer_have_room_on_every_page(walked: dict[str, list[str]]) -> None:
    assert walked["room"] == []


def test_every_word_of_ours_on_every_page_is_translated(walked: dict[str, list[str]]) -> None:
    assert walked["forgotten"] == []


def test_the_walk_sees_what_is_forgotten_and_what_has_no_room(walked: dict[str, list[str]]) -> None:
    assert any("Never translated" in line for line in walked["planted forgotten"])
    assert any(pseudo_translate("Without room") in line for line in walked["planted room"])


# What is written in the sources ------------------------------------------------------------------------------------


def sources() -> list[Path]:
    """The screens, and the room that says on them why a file is not taken."""
    files = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "reviewapp" / "exchange").rglob("*.py")]
    return sorted(path for path in files if path.relative_to(ROOT).as_posix() not in NO_WORDS_FOR_PEOPLE)


def forgotten_in(code: str) -> list[str]:
    """Texts that read like words for a person and do not go through gettext."""
    tree = ast.parse(code)
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and node.value not in TECHNICAL
        and WHOLE_WORDS.search(node.value)
        and not _excused(node, parents)
    ]


def _excused(node: ast.AST, parents: dict[int, ast.AST]) -> bool:
    child, parent = node, parents.get(id(node))
    while parent is not None and not isinstance(parent, ast.stmt):
        if isinstance(parent, ast.Call):
            name = parent.func.id if isinstance(parent.func, ast.Name) else getattr(parent.func, "attr", "")
            if name in COUNTED | SINGLE or name in NOT_SHOWN:
                return True
        if isinstance(parent, ast.Compare):
            return True
        child, parent = parent, parents.get(id(parent))
    names = [target.id for target in getattr(parent, "targets", ()) if isinstance(target, ast.Name)]
    # An assertion is for us, and names of classes are no words.
    return isinstance(parent, ast.Assert) or "__all__" in names or child is getattr(parent, "annotation", None)


def test_what_reads_like_words_goes_through_gettext() -> None:
    wrong = {path.relative_to(ROOT): forgotten_in(path.read_text(encoding="utf-8")) for path in sources()}
    assert "\n".join(f"{name}, {line}" for name, lines in wrong.items() for line in lines) == ""


def test_a_forgotten_text_is_seen_and_what_is_for_programs_is_not() -> None:
    code = 'def f(w):\n    """Shows it."""\n    w.setText("No visit is open")\n    w.setObjectName("Big one")\n'
    assert forgotten_in(code) == ["line 3: 'No visit is open'"]
    assert forgotten_in('x = _("No visit is open")\ny = f"Lock {x} now"') == ["line 2: 'Lock '"]


FOR_PROGRAMS = frozenset(
    {
        *("connect", "createMethodCall", "createSignal", "call", "asyncCall", "registerService", "SLOT", "SIGNAL"),
        *("setProperty", "property", "setObjectName", "findChild", "findChildren", "inherits", "getattr", "setattr"),
        *("hasattr", "import_module", "find_spec", "getLogger", "getenv", "open", "Path", "joinpath", "with_name"),
        *("with_suffix", "glob", "rglob", "resource", "setData", "value", "setValue", "set_local", "local", "execute"),
        *("query", "startswith", "endswith", "removeprefix", "removesuffix", "fullmatch", "match", "search", "split"),
        *("FieldWrite", "derive", "wrap", "unwrap", "show_page", "reveal", "number", "flag", "FileLock", "savepoint"),
    }
)
"""Calls whose arguments other programs, files or our own code read: buses, objects' names, paths, settings, keys."""
FOR_PROGRAMS_BY_NAME = frozenset(
    {"field", "entity", "key", "kind", "slot", "mode", "encoding", "errors", "tag", "suffix", "path", "icon", "tone"}
)
COMPARED_ALIKE = {"ui/pages/start/check_visit.py": 1}
"""The result of a check is what it says, and is known again by that, in whatever language both are."""


def translated_for_programs(code: str) -> list[str]:
    """Where a text that no person reads goes through gettext."""
    tree, found = ast.parse(code), []
    for node in ast.walk(tree):
        given: list[ast.AST] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given += node.args if name in FOR_PROGRAMS else []
            given += [keyword.value for keyword in node.keywords if keyword.arg in FOR_PROGRAMS_BY_NAME]
        elif isinstance(node, ast.Compare):
            given += [node.left, *node.comparators]
        elif isinstance(node, ast.Subscript):
            given.append(node.slice)
        elif isinstance(node, ast.Dict):
            given += [key for key in node.keys if key is not None]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            given += [node.left, node.right]
        found += [f"line {one.lineno}: {ast.unparse(one)}" for one in given if _is_translated(one)]
    return found


def _is_translated(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "plural")


def test_no_text_that_is_not_for_people_is_translated() -> None:
    wrong = []
    for folder in ("ui", "reviewapp"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            lines = translated_for_programs(path.read_text(encoding="utf-8"))
            wrong += [f"{name}, {line}" for line in lines[COMPARED_ALIKE.get(name, 0) :]]
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(
    "code",
    [
        'bus.connect(SERVICE, path, SESSION, _("Lock"), self)', 'w.setObjectName(_("Card"))', 'x = {_("id"): 1}',
        'raise Invalid("no", field=_("date"))', 'p = folder / _("backups")', 'row[_("name")]',
        'settings.value(_("theme"))', 'if page == _("Start"): f()',
    ],
)  # fmt: skip
def test_a_translated_text_that_programs_read_is_seen(code: str) -> None:
    assert len(translated_for_programs(code)) == 1


def test_the_name_of_no_object_and_no_setting_is_translated(walked: dict[str, list[str]]) -> None:
    assert walked["for_programs"] == []


@cache
def extracted() -> tuple[SourceText, ...]:
    return tuple(words())


def test_a_translator_gets_every_text_with_the_place_it_stands_in(tmp_path: Path) -> None:
    many = write_template(tmp_path / "reviewapp.pot")
    with (tmp_path / "reviewapp.pot").open("rb") as stream:
        template = read_po(stream)
    assert len(template) == many > 1500
    for found in extracted():
        message = template.get(found.forms[0])
        assert message is not None
        assert (found.path, found.line) in message.locations


def test_only_words_that_can_be_found_go_through_gettext() -> None:
    """What is a name or a sum when the program runs is marked where it is written (`gettext_noop`, `ngettext_noop`)."""
    unknown = []
    for found in ("ui", "reviewapp"):
        for path in sorted((ROOT / found).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COUNTED | SINGLE:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.JoinedStr | ast.BinOp):
                        unknown.append(f"{path.name}:{node.lineno}")
    assert unknown == []


def test_one_and_many_name_the_same_fields() -> None:
    for found in extracted():
        one, many = fields(found.forms[0]), fields(found.forms[-1])
        assert len(found.forms) == 1 or one | {"n"} == many | {"n"}, found


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_every_field_of_a_message_is_given_and_named() -> None:
    wrong = []
    for folder in ("ui", "reviewapp"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "plural"):
                    texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                    given = {keyword.arg for keyword in node.keywords} | ({"n"} if node.func.id == "plural" else set())
                    if texts and (given or node.func.id == "plural") and not set().union(*map(fields, texts)) <= given:
                        wrong.append(f"{path.name}:{node.lineno}: {texts}")
    assert wrong == []


# A language --------------------------------------------------------------------------------------------------------


def catalogue(folder: Path) -> None:
    """A few words of Welsh, as a translator's tool writes them."""
    words = Catalog(locale="cy")
    words["Cancel"] = Message("Cancel", "Canslo")
    words[("{n} standard", "{n} standards")] = Message(("{n} standard", "{n} standards"), ("{n} safon",) * 6)
    target = folder / "cy" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as stream:
        write_mo(stream, words)


def test_words_of_a_language_are_used_and_what_it_lacks_stays_english(tmp_path: Path) -> None:
    catalogue(tmp_path)
    found = load_translations("cy", tmp_path)
    assert found is not None
    assert found.gettext("Cancel") == "Canslo"
    assert found.ngettext("{n} standard", "{n} standards", 3) == "{n} safon"
    assert found.gettext("Not there") == "Not there"
    assert load_translations("de", tmp_path) is None


def test_what_the_system_speaks_is_looked_for_and_our_own_variable_comes_first() -> None:
    assert preferred_languages({"LANG": "cy_GB.UTF-8"}.get) == ["cy_GB", "cy"]
    assert preferred_languages({"LANG": "cy_GB.UTF-8", "LANGUAGE": "de:fr"}.get) == ["de", "fr"]
    assert preferred_languages({"LANGUAGE": "de", VARIABLE: "cy"}.get) == ["cy"]
    assert preferred_languages(dict[str, str]().get) == []


def test_english_is_what_stands_in_the_sources() -> None:
    assert _("Nothing {here}") == "Nothing {here}"
    assert _("Nothing {here}", here="at all") == "Nothing at all"
    assert plural("{n} note", "{n} notes", 1) == "1 note"
    assert plural("{n} note by {who}", "{n} notes by {who}", 2, who="R2") == "2 notes by R2"
    assert join_words(["a", "b", "c"], _(" or ")) == "a, b or c"
    assert join_words([], _(" or ")) == ""


def test_what_a_person_typed_is_never_taken_for_a_field() -> None:
    assert _("Standard {title}", title="{0} {title} %s") == "Standard {0} {title} %s"


def test_the_long_language_is_40_per_cent_longer_and_keeps_what_is_filled_in() -> None:
    for found in extracted():
        for text in found.forms:
            long = pseudo_translate(text)
            assert fields(long) == fields(text)
            own = re.sub(r"\{[^{}]*\}", "", text)  # without the fields, whose names are no words
            letters = len(own)
            if any(letter.isalpha() for letter in own) and "(*" not in text and letters > 3:
                assert len(re.sub(r"\{[^{}]*\}", "", long)) - len(OPEN + CLOSE) >= letters * FACTOR - 4, text


def test_dates_are_written_as_people_write_them() -> None:
    assert long_date("2026-05-12") == "12 May 2026"
    assert long_date("soon") == "soon"
    assert "dddd" not in long_pattern()
    told = run("-c", "from ui.formats import long_date; print(long_date('2026-05-12'))", language=SOURCE)
    assert told.strip() == "12 May 2026"
    assert QLocale("cy").monthName(5) != "May"


def test_qts_own_words_are_in_the_language_too() -> None:
    code = """
from PySide6.QtCore import QCoreApplication
import ui.formats
from PySide6.QtCore import QLocale
ui.formats.locale = lambda: QLocale("de_DE")
import ui.app.qt_translations
ui.app.qt_translations.locale = ui.formats.locale
application = QCoreApplication([])
print(ui.app.qt_translations.install_qt_translations(application), application.translate("QPlatformTheme", "Cancel"))
"""
    assert run("-c", code, language=SOURCE).split() == ["True", "Abbrechen"]


def test_what_other_programs_read_is_the_same_in_every_language(tmp_path: Path) -> None:
    secret = tmp_path / "pass"
    secret.write_text("only for this test\n", encoding="utf-8")
    secret.chmod(0o600)
    out = tmp_path / "demo"
    run("-m", "reviewapp", "--passphrase-file", str(secret), "demo", "--headless", "--out", str(out), language=LONG)
    visit = json.loads((out / "homes" / "made-by-the-demo.json").read_text(encoding="utf-8"))["visit"]
    home = out / "homes" / "L1"
    asked = ("-m", "reviewapp", "--home", str(home), "--passphrase-file", str(secret), "visit", "status", visit)
    long, own = (run(*asked, "--json", language=language) for language in (LONG, SOURCE))
    assert json.loads(long) == json.loads(own)
    assert OPEN not in long
