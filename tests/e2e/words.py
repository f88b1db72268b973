"""The words of the browser stories: what a person does, found by role and label."""

import re
from typing import Any

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, expect

from tests.e2e.errands import PASSWORD, Errands

DANA = "dana@brightbyte.example"
BEN = "ben@brightbyte.example"
VERA = "vera@brightbyte.example"
SAM = "sam@coastline.example"
ARI = "ari@harbour.example"

A_STATUS = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Portal:
    """One person's browser; `complaints` is what it wrote to its console as an error."""

    def __init__(self, page: Page, url: str, javascript: bool) -> None:
        self.page = page
        self.url = url
        self.javascript = javascript
        self.complaints: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not A_STATUS.match(message.text):
            self.complaints.append(message.text)

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"a dialog of the browser: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str) -> int:
        """Go to an address; gives the status of its page."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def sign_in(self, email: str) -> Errands:
        """Be this person without walking through the log-in; gives the errands of the same session."""
        errands = Errands(self.url, email)
        self.page.context.add_cookies([{"name": "session", "value": errands.session, "url": self.url}])
        return errands

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.open("/login")
        self.give_password(email, password)

    def give_password(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the log-in that is shown."""
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.button("Log in").click()
        expect(self.page.get_by_role("button", name="Log out", include_hidden=True)).to_be_attached()

    def log_out(self) -> None:
        self.page.get_by_role("banner").get_by_role("group").locator("summary").click()
        self.button("Log out").click()
        self.heading("Log in")

    def search(self, text: str) -> None:
        self.page.get_by_label("Search products").fill(text)
        self.page.get_by_label("Search products").press("Enter")
        expect(self.page).to_have_url(re.compile(r"/products\?"))

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name)

    def link(self, name: str | re.Pattern[str], exact: bool = True) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name, exact=exact)

    def quick_link(self, name: str) -> Locator:
        return self.page.get_by_role("navigation", name="Quick Links").get_by_role("link", name=name)

    @property
    def current_basket(self) -> Locator:
        """The basket in the header."""
        return self.page.get_by_role("banner").get_by_role("link", name=re.compile("^Basket “"))

    @property
    def sums(self) -> Locator:
        return self.page.get_by_role("complementary", name="Sums")

    def row(self, text: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("row").filter(has_text=text)

    def heading(self, name: str | re.Pattern[str]) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def says(self, text: str | re.Pattern[str]) -> None:
        """The notice says it."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, target: Locator) -> None:
        """Walk there by Tab alone."""
        wanted = target.element_handle()
        for _ in range(300):
            self.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {target}")

    def mark(self) -> None:
        """Remember this very page, for `stayed`."""
        self.page.evaluate("window.stayedHere = true")

    def stayed(self) -> bool:
        """No page load has happened since `mark`."""
        return bool(self.page.evaluate("window.stayedHere === true"))

    def measure(self, script: str) -> Any:
        """What a script finds in the page, with JavaScript or without."""
        return self.page.evaluate(script)
