"""Jinja as the portal uses it: dense, escaped, and quick enough for tables of 500 rows."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

ROOM = Path(__file__).parent
INDENTATION = re.compile(r"\n[ \t]+")
SPECIAL = re.compile("[&<>\"']").search

# The token of the forms that are being drawn: macros know it without being handed the page's whole context.
forms_token: ContextVar[object] = ContextVar("forms_token", default="")


def shown(value: Any) -> str:
    """`value` as HTML; most of what a table holds has nothing to escape."""
    kind = type(value)
    if kind is str:
        return value if SPECIAL(value) is None else escape(value)
    return str(value) if kind is int else escape(value)


class QuickCode(CodeGenerator):
    """Compiles `{{ x }}` to `shown(x)`, a fifth of the cost of the library's way to the same text."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"environment.shown({finalize.src or ''}")


class Dense(FileSystemLoader):
    """Templates without the indentation of their lines: it is for who reads the source, and a third of a page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, filename, is_fresh = super().get_source(environment, template)
        return INDENTATION.sub("\n", source), filename, is_fresh


class Templates(Environment):
    """Every template of app/templates and app/partials; an unknown name in one is an error."""

    code_generator_class = QuickCode
    shown = staticmethod(shown)


class CurrentToken:
    """`{{ csrf }}` wherever it stands."""

    def __str__(self) -> str:
        return str(forms_token.get())

    def __html__(self) -> str:
        return str(self)


templates = Templates(
    loader=Dense(ROOM),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    cache_size=-1,
    auto_reload=False,
)
templates.globals["csrf"] = CurrentToken()
