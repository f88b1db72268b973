"""The documents say what is: every setting, every dependency, every rule's name."""

import re
from dataclasses import fields

from app.rules.settings import Settings
from tests.house import ROOT
from tests.rules_named import done_rules, every_rule


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def test_operating_names_every_setting() -> None:
    settings = {f"PORTAL_{field.name.upper()}" for field in fields(Settings)} | {"PORTAL_DATABASE_URL"}
    named = set(re.findall(r"PORTAL_[A-Z_]+", document("operating.md")))
    assert settings == named


def test_every_direct_dependency_has_its_line() -> None:
    inputs = ["requirements.in", "requirements-test.in", "requirements-node.in"]
    lines = [line for name in inputs for line in (ROOT / name).read_text().splitlines()]
    needed = {re.split(r"[=<>]", line)[0].lower() for line in lines if line[:1].isalpha()}
    explained = set(re.findall(r"^\| \[?`?([\w.-]+)`?", document("dependencies.md").lower(), re.MULTILINE))
    assert not needed - explained


def test_what_is_called_done_is_a_rule() -> None:
    assert set(done_rules()) <= every_rule().keys()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^):#]+)", page.read_text())]
    assert not [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
