"""Lists every rule with the tests that prove it; one that is called done and has none is a failure."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.rules_named import done_rules, every_rule

TESTS = Path(__file__).parent
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def main() -> int:
    proofs = proofs_in(TESTS)
    done = done_rules()
    if "--brief" not in sys.argv:
        for name, text in every_rule().items():
            print("\n".join(entry(name, text, proofs.get(name, []), done=name in done)))
    proven = [name for name in every_rule() if name in proofs]
    print(f"{len(every_rule())} rules: {len(proven)} with tests, {len(done)} called done")
    complaints = [f"{name} is called done and no test proves it" for name in done if name not in proofs]
    complaints += [f"{name} is no rule of docs/rules.md" for name in {*done, *proofs} - every_rule().keys()]
    print("".join(f"{complaint}\n" for complaint in sorted(complaints)), end="")
    return 1 if complaints else 0


def entry(name: str, text: str, tests: list[str], *, done: bool) -> list[str]:
    state = "done" if done else "begun" if tests else "open"
    summary = text if len(text) <= 80 else f"{text[:79]}…"
    return [f"{name:<12}{state:<7}{summary}", *(f"{'':<12}{test}" for test in tests)]


def proofs_in(folder: Path) -> dict[str, list[str]]:
    """The tests by the rule they name, as pytest would address them."""
    proofs: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for name, test in proofs_of(ast.parse(path.read_text()), path.relative_to(folder.parent).as_posix()):
            proofs.setdefault(name, []).append(test)
    return proofs


def proofs_of(node: ast.Module | ast.ClassDef, address: str) -> Iterator[tuple[str, str]]:
    """Pairs of a rule and a test, for the node itself (marked as a whole) and for each definition in it."""
    for child in node.body:
        if isinstance(child, ast.Assign) and any(is_named(target, "pytestmark") for target in child.targets):
            yield from ((name, address) for name in names_in(child.value))
        if isinstance(child, Definition):
            test = f"{address}::{child.name}"
            yield from ((name, test) for decorator in child.decorator_list for name in names_in(decorator))
            if isinstance(child, ast.ClassDef):
                yield from proofs_of(child, test)


def names_in(marks: ast.expr) -> Iterator[str]:
    for node in ast.walk(marks):
        if isinstance(node, ast.Call) and is_named(node.func, "rule"):
            yield from (str(name.value) for name in node.args if isinstance(name, ast.Constant))


def is_named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


if __name__ == "__main__":
    sys.exit(main())
