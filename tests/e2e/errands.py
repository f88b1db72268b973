"""Errands done by plain forms, fast and out of sight, so that a story begins where it is about."""

import re

import mechanicalsoup

PASSWORD = "Demo-portal-2026!"


class Errands:
    """What one person has done before the story begins."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        self.browser = mechanicalsoup.StatefulBrowser(raise_on_404=True)
        self.browser.open(f"{url}/login")
        self.browser.select_form('main form[action="/login"]')
        self.browser["email"], self.browser["password"] = email, PASSWORD
        self.browser.submit_selected()
        self.csrf = str(self.browser.page.find("input", {"name": "csrf"})["value"])

    @property
    def session(self) -> str:
        return str(self.browser.session.cookies["session"])

    def basket(self, name: str, quantities: dict[str, int]) -> int:
        """A new current basket with these quantities by SKU; gives its id."""
        path = self.send("/baskets", name=name, visibility="private")
        self.send(f"{path}/current")
        for sku, quantity in quantities.items():
            self.send(f"{path}/lines", sku=sku, quantity=str(quantity))
        return int(path.rpartition("/")[2])

    def share(self, basket: int, *names: str) -> None:
        """Let these colleagues change the basket."""
        self.send(f"/baskets/{basket}", visibility="shared")
        page = self.browser.session.get(f"{self.url}/baskets/{basket}/approvals").text
        for name in names:
            found = re.search(rf'for="approve-([0-9]+)">{name}<', page)
            assert found, f"{name} cannot be approved"
            self.send(f"/baskets/{basket}/approvals", user=found[1])

    def change(self, basket: int, sku: str, quantity: int) -> None:
        """Another quantity of a line of the basket."""
        self.send(self._line(basket, sku), quantity=str(quantity))

    def remove(self, basket: int, sku: str) -> None:
        """A line of the basket removed."""
        self.send(f"{self._line(basket, sku)}/removal")

    def _line(self, basket: int, sku: str) -> str:
        """The address of a product's line."""
        page = self.browser.session.get(f"{self.url}/baskets/{basket}").text
        found = re.search(rf'<tr id="line-([0-9]+)"(?:(?!<tr).)*?SKU {sku}<', page, re.DOTALL)
        assert found, f"there is no line of {sku}"
        return f"/baskets/{basket}/lines/{found[1]}"

    def order(self, basket: int, po_number: str) -> str:
        """The basket ordered; gives the order's number."""
        self.browser.open(f"{self.url}/baskets/{basket}/order")
        self.browser.select_form("form#checkout")
        self.browser["po_number"] = po_number
        self.browser.submit_selected()
        self.browser.select_form("form#place")
        self.browser.submit_selected()
        return str(self.browser.url).rpartition("/orders/")[2].partition("?")[0]

    def send(self, path: str, **fields: str) -> str:
        """Send a form; gives the path that the answer leads to."""
        form = {"csrf": self.csrf, **fields}
        answer = self.browser.session.post(self.url + path, data=form, allow_redirects=False)
        assert answer.status_code == 303, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return str(answer.headers["Location"]).partition("?")[0]
