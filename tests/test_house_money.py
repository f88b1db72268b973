"""Money is a whole number of cents: no float comes near a name that means money (PRICE-3)."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import Module, modules, words
from tests.rules_named import rule

MONEY = re.compile(r"price|cents|cost|msrp|amount|money|total|tax|balance|credit_limit|discount")


@rule("PRICE-3")
def test_no_float_near_money() -> None:
    assert not [at for module in modules("app", "db") for at in floats_near_money(module.tree, module)]


@pytest.mark.parametrize(
    "code",
    [
        "unit_price: float = 0",
        "total = float(text)",
        "half = line.price_cents / 2",
        "def tax(rate: float) -> int: ...",
        "def show(cents: float | None) -> str: ...",
        "def total() -> float: ...",
    ],
)
def test_the_detector_detects(code: str, one_file: Module) -> None:
    assert list(floats_near_money(ast.parse(code), one_file))


def test_whole_cents_pass(one_file: Module) -> None:
    code = "def total_cents(lines: list[Line]) -> int: return sum(line.price_cents for line in lines)"
    assert not list(floats_near_money(ast.parse(code), one_file))


@pytest.fixture
def one_file() -> Module:
    return modules("tests")[0]


def floats_near_money(tree: ast.AST, module: Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.expr | ast.arg) and uses_float(node) and MONEY.search(named(node)):
            yield module.at(node)


def uses_float(node: ast.AST) -> bool:
    """Whether the node itself, not one below, makes or declares a float."""
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=value) if value is not None and calls_float(value):
            return True
        case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=annotation) if annotation is not None:
            return "float" in words(annotation).split()
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            kinds = [argument.annotation for argument in node.args.args] + [node.returns]
            return any("float" in words(kind).split() for kind in kinds if kind is not None)
        case ast.BinOp(op=ast.Div()):
            return True
        case _:
            return calls_float(node)


def calls_float(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"


def named(node: ast.AST) -> str:
    """The names that say what the float is for: a function's own, else all in the expression or statement."""
    return node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else words(node)
