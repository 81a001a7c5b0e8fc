"""The rules a machine checks: the promises about where things may stand.

These run without Qt too: they read the source, they do not import the screens.
"""

from __future__ import annotations

import ast
import functools
import gc
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.order import HERE, LONGEST

ROOT = Path(__file__).resolve().parent.parent
OURS = ("reviewapp", "ui", "packaging", "tests")
DATABASE = {"sqlite_utils", "sqlcipher3", "sqlite3", "pysqlite3"}
DOCUMENTS = {"reportlab", "docx", "openpyxl", "PIL", "pypdf", "pikepdf"}
ENGINES = {"duckdb", "pandas", "pyspark"}
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|VIEW)"
    r"|DROP\s+(TABLE|INDEX)|ALTER\s+TABLE|PRAGMA\s+\w+)\b",
    re.DOTALL,
)
LATE = DOCUMENTS | ENGINES | {"PySide6", "lxml", "phonenumbers", "ui", "zxcvbn"}
"""What takes long to load, and is loaded only when it is needed."""
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![0-9A-Za-z_])")


def sources(*folders: str) -> list[Path]:
    """Every module of ours in these folders; never none, so that a moved folder is noticed."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found, f"nothing to check in {folders}"
    return found


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a module, walked through once."""
    return tuple(ast.walk(tree(path)))


@pytest.fixture(autouse=True, scope="module")
def trees_are_let_go() -> Iterator[None]:
    """Nobody searches millions of nodes for garbage: not while they are read, and not in the tests after these."""
    gc.disable()
    yield
    nodes.cache_clear()
    tree.cache_clear()
    gc.enable()


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def imports(among: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """The top-level name and line of everything imported among these nodes."""
    for node in among:
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node.lineno


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported (what is only for the type checker does not)."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            continue
        yield child
        yield from outside_functions(child)


def strings(path: Path) -> Iterator[tuple[str, int]]:
    """Every piece of text in a module that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno


def in_store(path: Path) -> bool:
    return path.is_relative_to(ROOT / "reviewapp" / "store")


def test_only_the_store_imports_a_database() -> None:
    elsewhere = [
        place(path, line)
        for path in sources("reviewapp", "ui")
        for name, line in imports(nodes(path))
        if name in DATABASE and not in_store(path)
    ]
    assert elsewhere == []


def test_only_the_store_holds_sql() -> None:
    elsewhere = [
        place(path, line)
        for path in sources("reviewapp", "ui")
        if not in_store(path)
        for text, line in strings(path)
        if SQL.search(text)
    ]
    assert elsewhere == []


def test_only_the_engines_of_many_visits_name_an_engine() -> None:
    """Both are extras: nothing else may need them, and they are imported by name, when they are asked for."""
    engines = re.compile(r"^(duckdb|pyspark|grpc|pyarrow|pandas)(\.|$)")
    elsewhere = [
        place(path, line)
        for path in sources("reviewapp", "ui")
        for name, line in [*imports(nodes(path)), *strings(path)]
        if engines.match(name) and path != ROOT / "reviewapp" / "national" / "engines.py"
    ]
    assert elsewhere == []


def test_the_store_of_an_open_visit_is_used_in_the_workspace_only() -> None:
    """What others need of it is a method of `OpenVisit`; tests may look at the entries themselves."""
    reached = [
        place(path, node.lineno)
        for path in sources("reviewapp", "ui")
        if not path.is_relative_to(ROOT / "reviewapp" / "workspace")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ("store", "_store")
        if ast.unparse(node.value).endswith("visit")
    ]
    assert reached == []


def test_only_the_worker_opens_a_visit_a_second_time() -> None:
    """It says there whether a job writes, and closes what it opened; on the screen there is one visit."""
    opened = [
        place(path, node.lineno)
        for path in sources("ui")
        if path != ROOT / "ui" / "session" / "worker.py"
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("visit.second")
    ]
    assert opened == []


def test_what_makes_documents_is_imported_only_when_a_document_is_made() -> None:
    early = [
        place(path, line)
        for path in sources("reviewapp")
        for name, line in imports(outside_functions(tree(path)))
        if name in DOCUMENTS
    ]
    assert early == []


def test_only_one_module_speaks_to_the_garbage_collector() -> None:
    elsewhere = [
        place(path, line)
        for path in sources("reviewapp", "ui")
        if path != ROOT / "ui" / "session" / "garbage.py"
        for name, line in imports(nodes(path))
        if name == "gc"
    ]
    assert elsewhere == []


@pytest.mark.parametrize("module", ["reviewapp", "reviewapp.cli.app", "reviewapp.workspace.laptop"])
def test_importing_the_core_loads_neither_qt_nor_document_makers(module: str) -> None:
    program = f"import sys, {module}; print(*sorted({LATE} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_no_modules_import_each_other_in_a_circle() -> None:
    # Imports inside functions and for the type checker count too: each ties two modules together for a reader.
    graph = grimp.build_graph("reviewapp", "ui", cache_dir=None)
    circle: list[str] = []
    try:
        TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
    assert " imports ".join(circle) == ""


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would hide the library of the same name"


def test_every_package_goes_into_the_wheel() -> None:
    # setup.py finds the packages by their `__init__.py`.
    folders = {path.parent for path in sources("reviewapp", "ui")}
    assert [place(folder, 1) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_an_ignored_type_error_is_named() -> None:
    unnamed = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:\s*[A-Z])")
    found = [
        place(path, number)
        for path in sources(*OURS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if unnamed.search(line) and "re.compile" not in line
    ]
    assert found == []


def test_nothing_catches_everything() -> None:
    bare = [
        place(path, node.lineno)
        for path in sources(*OURS)
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_colours_are_named_only_in_the_theme() -> None:
    screens = [path for path in sources("ui") if not path.is_relative_to(ROOT / "ui" / "theme")]
    written = [place(path, line) for path in screens for text, line in strings(path) if COLOUR.search(text)]
    made = [
        place(path, node.lineno)
        for path in screens
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("QColor", "QColor.fromRgb", "QColor.fromString"))
        and any(isinstance(value, ast.Constant) for value in node.args)
    ]
    constants = [
        place(path, node.lineno)
        for path in screens
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and "GlobalColor" in ast.unparse(node)
    ]
    assert written + made + constants == []


def test_no_lambda_or_partial_is_connected_to_a_signal() -> None:
    # On PySide6 a widget captured this way stays alive after it is closed (20 of 20 times, measured).
    leaks = [
        place(path, node.lineno)
        for path in sources("ui")
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
        for value in ast.walk(ast.Tuple(elts=node.args, ctx=ast.Load()))
        if isinstance(value, ast.Lambda)
        or (isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] in {"partial", "partialmethod"})
    ]
    assert leaks == []


QT_OVERRIDES = frozenset({"data", "event", "flags", "paint", "validate"})
"""Methods of Qt without a capital letter that our classes override; Qt documents what they promise."""


def test_every_public_method_of_the_screens_says_what_it_promises() -> None:
    # In place of ruff's D102, which would ask for a sentence at every override of a method of Qt (camelCase) too.
    silent = [
        f"{place(path, method.lineno)} {method.name}"
        for path in sources("ui")
        for cls in nodes(path)
        if isinstance(cls, ast.ClassDef)
        for method in cls.body
        if isinstance(method, ast.FunctionDef)
        and not method.name.startswith("_")
        and method.name.islower()
        and method.name not in QT_OVERRIDES
        and not any(ast.unparse(one).endswith(".setter") for one in method.decorator_list)
        and ast.get_docstring(method) is None
    ]
    assert silent == []


def tracked() -> list[Path]:
    """The files that belong to the project, as git lists them; without git the folders that are ours."""
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        found = [ROOT / name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for folder in (*OURS, "resources") for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in found if path.is_file()]


def test_no_file_names_a_registry_or_a_machine() -> None:
    hosts = [name + end for name, end in (("pypi", ".org"), ("pythonhosted", ".org"), ("test.pypi", ".org"))]
    places = [f"/{name}/" for name in ("work", "root", "tmp/w", "opt/pypi", "opt/wheels", "home/[a-z]+")]
    options = ["--" + name for name in ("index-url", "extra-index-url", "find-links", "trusted-host")]
    pattern = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w.~}}*-]){p}" for p in places)]))
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [place(path, text.count("\n", 0, match.start()) + 1) for match in pattern.finditer(text)]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert found == []
    assert [option for option in options if option in lock] == []
    assert "://" not in lock


def test_every_pin_in_the_lock_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^\w[\w.-]*==[^\n]*\n(?:[ \t]+[^\n]*\n)*", lock)
    assert len(pins) > 20
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert re.sub(r"(?m)^(#.*)?\n", "", lock) == "".join(pins), "something in the lock is not a pin"


def test_the_lock_holds_what_is_asked_for_in_the_right_part() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    parts = {part.partition(":")[0]: set(re.findall(r"(?m)^([\w.-]+)==", part)) for part in lock.split("# == ")[1:]}
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^\w.-]", text)[0].lower() for text in requirements}

    assert names(project["dependencies"]) <= parts["core"]
    assert names(extras["desktop"]) <= parts["desktop"]
    assert names(extras["dev"]) - parts["desktop"] <= parts["dev"] | parts["core"]
    assert names(extras["spark"]) | names(extras["sail"]) <= parts["sail"], "no part of any other environment"
    assert names(extras["verapdf"]) <= parts["verapdf"]
    assert {"pyside6-essentials", "shiboken6", "pytest-qt"} <= parts["desktop"]


def test_the_test_files_that_begin_first_are_there() -> None:
    assert [name for name in LONGEST if not (HERE / name).is_file()] == []
