"""Mutants: small changes to the functions of a module, each of which some test should notice.

Beyond what mutation testers usually change (operators, constants, arguments, conditions) three kinds stand here because
they find promises that nobody tests: one side of an `and` or `or` left out, a call whose result is not used left out,
and a condition that always or never holds. What only changes the words of a message is left alone: strings inside
`_()` and in the `do` and `kept` of an error.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.BitOr: "&",
    ast.BitAnd: "|", ast.BitXor: "&", ast.Pow: "*",
}  # fmt: skip
_NAMES = {
    "lower": "upper", "upper": "lower", "lstrip": "rstrip", "rstrip": "lstrip", "partition": "rpartition",
    "rpartition": "partition", "removeprefix": "removesuffix", "removesuffix": "removeprefix",
    "startswith": "endswith", "endswith": "startswith", "min": "max", "max": "min", "any": "all", "all": "any",
}  # fmt: skip
_LEFT_ALONE = {"len", "isinstance", "cast", "_", "ngettext", "TypeVar"}
"""Calls whose arguments are not changed: a type's name, the words of a message."""
_WORDS = {"do", "kept"}
"""Arguments of an error that hold words only."""


class Mutant(NamedTuple):
    """One change: this piece of the source is replaced by that text."""

    function: str
    line: int
    end_line: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: str) -> str:
        """The source with the change in it; every later line keeps its number."""
        lost = self.before.count("\n") - self.after.count("\n")
        return source[: self.start] + self.after + "\n" * max(0, lost) + source[self.end :]


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module's functions and lambdas, in the order of the source."""
    maker = _Maker(source)
    maker.visit(ast.parse(source))
    return sorted(set(maker.found), key=lambda one: (one.start, one.end, one.after))


class _Maker(ast.NodeVisitor):
    """Walks through a module and notes what may be changed."""

    def __init__(self, source: str) -> None:
        self.source, self.found = source, list[Mutant]()
        self._bytes = [line.encode() for line in source.splitlines(keepends=True)]
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._names: list[str] = []
        self._inside = 0
        self._statement: ast.stmt | None = None

    # Where a node stands ---------------------------------------------------------------------------------------

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._bytes[line - 1][:column].decode())

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _text(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.source[start:end]

    def _note(self, start: int, end: int, after: str) -> None:
        if not self._inside or self.source[start:end] == after:
            return
        statement = self._statement
        first, last = (statement.lineno, statement.end_lineno or statement.lineno) if statement else (1, 1)
        if isinstance(statement, (ast.If, ast.While, ast.For, ast.With)):
            last = statement.body[0].lineno - 1 if statement.body[0].lineno > first else first
        name = ".".join(self._names)
        self.found.append(Mutant(name, first, last, start, end, self.source[start:end], after))

    def _replace(self, node: ast.expr | ast.stmt, *texts: str) -> None:
        for text in texts:
            self._note(*self._span(node), text)

    def _between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """The operator between two operands; comments and brackets between them stay."""
        start, end = self._span(left)[1], self._span(right)[0]
        at = self.source.find(old, start, end)
        if at >= 0:
            self._note(at, at + len(old), new)

    # What may be changed ---------------------------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        before = self._statement
        if isinstance(node, ast.stmt):
            self._statement = node
        super().visit(node)
        self._statement = before

    def _within(self, name: str, *nodes: ast.AST) -> None:
        self._names.append(name)
        self._inside += 1
        for node in nodes:
            self.visit(node)
        self._inside -= 1
        self._names.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within(node.name, *node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._names.append(node.name)
        for statement in node.body:
            self.visit(statement)
        self._names.pop()

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._within("<lambda>", node.body)
        if not isinstance(node.body, ast.Constant):
            self._inside += 1
            self._replace(node.body, "None")
            self._inside -= 1

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Left alone: before Python 3.12 nothing inside tells where it stands."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._replace(node.value, '""' if _is_none(node.value) else "None")
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._replace(node.value, '""' if _is_none(node.value) else "None")
        self.visit(node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        start, end = self._span(node.target)[1], self._span(node.value)[0]
        at = self.source.index("=", start, end)
        self._note(start, at, " ")
        self._replace(node, "pass")
        self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return
        if isinstance(node.value, ast.Call):
            self._replace(node, "pass")
        self.visit(node.value)

    def visit_Delete(self, node: ast.Delete) -> None:
        self._replace(node, "pass")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            if not _is_none(node.value):
                self._replace(node.value, "None")
            self.visit(node.value)

    def visit_Break(self, node: ast.Break) -> None:
        self._replace(node, "continue")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._replace(node, "break")

    def visit_If(self, node: ast.If) -> None:
        self._replace(node.test, "True", "False")
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._replace(node.test, "False")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._replace(node.test, "True", "False")
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._replace(test, "True", "False")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        texts = [f"({self._text(value)})" for value in node.values]
        self._replace(node, "(" + f" {new} ".join(texts) + ")")
        for number in range(len(texts)):
            self._replace(node, "(" + f" {old} ".join(texts[:number] + texts[number + 1 :]) + ")")
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            new = _COMPARISONS[type(operator)]
            old = {"is not": "is", "is": "is not", "not in": "in", "in": "not in"}.get(new) or _swapped(new)
            self._between(left, right, old, new)
            left = right
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        symbols = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%"}
        symbols |= {ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^", ast.Pow: "**"}
        old = symbols.get(type(node.op))
        if old:
            self._between(node.left, node.right, old, _OPERATORS[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._replace(node, f"({self._text(node.operand)})")
        elif isinstance(node.op, ast.USub):
            self._replace(node, f"+{self._text(node.operand)}")
        self.visit(node.operand)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._replace(node, str(not value))
        elif isinstance(value, int):
            self._replace(node, str(value + 1))
        elif isinstance(value, float):
            self._replace(node, repr(value + 1))
        elif isinstance(value, str):
            self._replace(node, repr(f"XX{value}XX"))
        elif isinstance(value, bytes):
            self._replace(node, repr(b"XX" + value + b"XX"))

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if isinstance(node.func, ast.Attribute):
            self.visit(node.func.value)
            self._swap(node.func.attr, self._span(node.func)[1])
        elif name:
            self._swap(name, self._span(node.func)[1])
        else:
            self.visit(node.func)
        if name in _LEFT_ALONE:
            return
        for argument in node.args:
            if not isinstance(argument, ast.Starred) and not _is_none(argument):
                bare = isinstance(argument, ast.GeneratorExp) and self._span(argument)[1] == self._span(node)[1]
                self._replace(argument, "(None)" if bare else "None")
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg in _WORDS or (name == "zip" and keyword.arg == "strict"):
                continue
            if keyword.arg and not _is_none(keyword.value):
                self._replace(keyword.value, "None")
            self._leave_out(keyword)
            self.visit(keyword.value)

    def _swap(self, name: str, end: int) -> None:
        if name in _NAMES:
            self._note(end - len(name), end, _NAMES[name])

    def _leave_out(self, keyword: ast.keyword) -> None:
        """Without this argument, where a default may stand in."""
        if keyword.arg is None or keyword.end_lineno is None or keyword.end_col_offset is None:
            return
        start = self._offset(keyword.lineno, keyword.col_offset)
        self._note(start, self._offset(keyword.end_lineno, keyword.end_col_offset), "**{}")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _swapped(symbol: str) -> str:
    return {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "!=": "==", "==": "!="}[symbol]


def modules(root: Path, names: list[str]) -> Iterator[Path]:
    """The modules of these packages or files, sorted."""
    for name in names:
        path = root / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))
