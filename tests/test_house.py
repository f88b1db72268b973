"""The house: which room may import which, and what no file may hold (docs/architecture.md)."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.house import ROOT, Module, files, modules, within

MOST_LINES = 220
WEB = ("litestar", "jinja2")
ABOVE_RULES = ("app.routes", "app.answers", "app.main", "app.cli", "app.commands")

# A room, what it never imports, and why.
ARROWS = [
    ("db", ("app", *WEB), "what is kept knows nothing of who asks or how it looks"),
    ("app", ("asyncpg", "sqlite3", "aiosqlite"), "only db knows the drivers"),
    (
        "app.files",
        ("app.rules", *ABOVE_RULES, *WEB),
        "a file module says in which bytes, and lies below the rules",
    ),
    ("app.rules", (*ABOVE_RULES, *WEB), "a rule holds for a page, a file and the command line alike"),
    (
        "app.routes",
        ("app.main", "app.cli", "app.commands", "piccolo", "asyncpg", "sqlite3"),
        "a handler holds no query",
    ),
]
DRIVERS = {"piccolo", "asyncpg", "aiosqlite", "db"}
QUERIES = {"select", "objects", "insert", "update", "delete", "raw", "count", "exists", "run", "run_sync"}
INLINE = [
    ("a script", re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)),
    ("a style sheet", re.compile(r"<style\b", re.IGNORECASE)),
    ("a style attribute", re.compile(r"\sstyle\s*=", re.IGNORECASE)),
    ("an on… attribute", re.compile(r"<[^>]*\s(?:on[a-z]+|(?:data-)?hx-on[:\w-]*)\s*=", re.IGNORECASE)),
    ("a javascript: address", re.compile(r"javascript:", re.IGNORECASE)),
]
LEFT_OVER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
SLEEPS = {"sleep", "wait_for_timeout"}


@pytest.mark.parametrize(("room", "forbidden", "why"), ARROWS, ids=[arrow[0] for arrow in ARROWS])
def test_imports_point_down(room: str, forbidden: tuple[str, ...], why: str) -> None:
    wrong = [
        f"{at} imports {name}"
        for module in modules("app", "db")
        if module.is_in(room)
        for name, at in module.imports
        if any(within(name, other) for other in forbidden)
    ]
    assert not wrong, why


def test_only_the_command_line_imports_the_wiring() -> None:
    wrong = [
        at
        for module in modules("app", "db")
        if not module.is_in("app.main", "app.cli", "app.commands")
        for name, at in module.imports
        if within(name, "app.main")
    ]
    assert not wrong


def test_db_knows_piccolo_and_its_drivers_only() -> None:
    wrong = [
        f"{at} imports {name}"
        for module in modules("db")
        for name, at in module.imports
        if (top := name.partition(".")[0]) not in DRIVERS and top not in sys.stdlib_module_names
    ]
    assert not wrong


def test_handlers_run_no_queries() -> None:
    assert not [at for module in modules("app/routes") for at in queries_in(module)]


def queries_in(module: Module) -> Iterator[str]:
    """Calls like `Basket.select()`, on a name that came from db."""
    imported = {name.rpartition(".")[2] for name, _ in module.imports if within(name, "db")}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERIES and imported & set(owner(node)):
            yield module.at(node)


def owner(node: ast.Attribute) -> list[str]:
    """The name before the dot, where it is a plain one."""
    return [node.value.id] if isinstance(node.value, ast.Name) else []


def test_only_db_asks_which_engine_it_is() -> None:
    wrong = [
        module.at(node)
        for module in modules("app/rules", "app/routes", "app/files")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and re.search("sqlite|postgres", (node.id if isinstance(node, ast.Name) else node.attr).lower())
    ]
    assert not wrong


def test_files_are_short() -> None:
    sources = files("app", "db", "tests", "bench", ends=(".py", ".html", ".css", ".js"))
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in sources}
    assert not {path: length for path, length in lengths.items() if length > MOST_LINES}


def test_a_module_opens_with_a_sentence() -> None:
    written = [module for module in modules("app", "db", "tests", "bench") if module.tree.body]
    assert not [str(module.path) for module in written if not ast.get_docstring(module.tree)]


def test_templates_hold_nothing_inline() -> None:
    pages = files("app/templates", "app/partials", ends=(".html",))
    found = {str(path): inline((ROOT / path).read_text()) for path in pages}
    assert not {path: what for path, what in found.items() if what}


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        "<p style='color: red'>",
        "<style>p {}</style>",
        '<a\nonclick="go()">',
        '<b data-hx-on:click="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_what_is_inline_is_found(html: str) -> None:
    assert inline(html)
    assert not inline('<script type="module" src="/app.js"></script><p data-on="style">on = x</p>')


def inline(html: str) -> list[str]:
    return [what for what, pattern in INLINE if pattern.search(html)]


def test_tests_do_not_wait_by_the_clock() -> None:
    wrong = [
        module.at(node)
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and name_called(node) in SLEEPS
    ]
    assert not wrong


def name_called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_nothing_is_left_for_later() -> None:
    sources = files("app", "db", "tests", "bench", "docs", ends=(".py", ".html", ".css", ".js", ".md", ".txt"))
    assert not [str(path) for path in sources if LEFT_OVER.search((ROOT / path).read_text())]
