"""Reads the project's own sources for the tests of its layout."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
NO_SOURCE = {"vendor", "migrations", "__pycache__"}


@dataclass(frozen=True)
class Module:
    """One Python file, by its path below the project's root."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse((ROOT / self.path).read_text())

    @property
    def name(self) -> str:
        return ".".join(self.path.with_suffix("").parts).removesuffix(".__init__")

    def is_in(self, *rooms: str) -> bool:
        return any(within(self.name, room) for room in rooms)

    @property
    def imports(self) -> Iterator[tuple[str, str]]:
        """Every imported module or name, dotted, with `path:line`; imports inside of functions too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, self.at(node)) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = self._absolute(node)
                yield from ((f"{source}.{alias.name}", self.at(node)) for alias in node.names)

    def at(self, node: ast.stmt | ast.expr | ast.arg) -> str:
        return f"{self.path}:{node.lineno}"

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.path.parent.parts
        return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def files(*folders: str, ends: tuple[str, ...]) -> list[Path]:
    """What the project itself wrote below these folders, relative to its root."""
    found = (path for folder in folders for end in ends for path in (ROOT / folder).rglob(f"*{end}"))
    relative = (path.relative_to(ROOT) for path in found)
    return sorted(path for path in relative if not NO_SOURCE & set(path.parts))


@cache
def modules(*folders: str) -> list[Module]:
    return [Module(path) for path in files(*folders, ends=(".py",))]


def words(node: ast.AST) -> str:
    """The names that a piece of code mentions, in lower case and set apart by blanks."""
    names = (getattr(part, key, "") for part in ast.walk(node) for key in ("id", "attr", "arg") if part is not None)
    return " ".join(str(name).lower() for name in names if name)
