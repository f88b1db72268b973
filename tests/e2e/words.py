"""The words of the browser stories: what a person does, found by role and label."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PASSWORD = "Demo-portal-2026!"
DANA = "dana@brightbyte.example"
BEN = "ben@brightbyte.example"
VERA = "vera@brightbyte.example"
SAM = "sam@coastline.example"
ARI = "ari@harbour.example"

AXE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Portal:
    """One person's browser."""

    def __init__(self, page: Page, javascript: bool) -> None:
        self.page = page
        self.javascript = javascript

    def open(self, path: str) -> None:
        self.page.goto(path)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.open("/login")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("button", name="Log out")).to_be_attached()

    def search(self, text: str) -> None:
        self.page.get_by_label("Search products").fill(text)
        self.page.get_by_label("Search products").press("Enter")
        expect(self.page).to_have_url(re.compile(r"/products"))

    def heading(self, name: str | re.Pattern[str]) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def says(self, text: str | re.Pattern[str]) -> None:
        """The notice says it."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def mark(self) -> None:
        """Remember this very page, for `stayed`."""
        self.page.evaluate("window.stayedHere = true")

    def stayed(self) -> bool:
        """No page load has happened since `mark`."""
        return bool(self.page.evaluate("window.stayedHere === true"))

    def faults(self) -> list[dict[str, Any]]:
        """What axe finds wrong on this page."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
        return [
            {"rule": fault["id"], "where": [node["target"] for node in fault["nodes"]][:5]}
            for fault in found["violations"]
        ]
