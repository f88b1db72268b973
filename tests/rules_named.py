"""Ties a test to the rule that it proves: `@rule("BASKET-5")` above a test or a class, or as `pytestmark`."""

import re
from functools import cache
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
RULE = re.compile(r"^- ([A-Z]+-\d+) (?:\[[a-z, ]+\] )?(.+)$", re.MULTILINE)


@cache
def every_rule() -> dict[str, str]:
    """The text of each rule of docs/rules.md under its name, in the document's order."""
    return dict(RULE.findall((DOCS / "rules.md").read_text()))


def done_rules() -> list[str]:
    """The names in docs/rules-done.txt, one a line; what follows a # is a remark."""
    lines = (line.partition("#")[0].strip() for line in (DOCS / "rules-done.txt").read_text().splitlines())
    return [line for line in lines if line]


def rule(*names: str) -> pytest.MarkDecorator:
    """Raises ValueError for a name that docs/rules.md does not have, so that a slip shows at collection."""
    unknown = [name for name in names if name not in every_rule()]
    if unknown or not names:
        raise ValueError(f"docs/rules.md has no rule {', '.join(unknown) or 'without a name'}")
    return pytest.mark.rule(*names)
