"""Errands done by plain forms, fast and out of sight, so that a story begins where it is about."""

import re

import mechanicalsoup

PASSWORD = "Demo-portal-2026!"


class Errands:
    """What one person has done before the story begins."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        self.browser = mechanicalsoup.StatefulBrowser(raise_on_404=True)
        self._send("/login", "/login", email=email, password=PASSWORD)

    @property
    def session(self) -> str:
        return str(self.browser.session.cookies["session"])

    def basket(self, name: str, quantities: dict[str, int]) -> int:
        """A new current basket with these quantities by SKU; gives its id."""
        self._send("/baskets", "/baskets", name=name)
        basket = int(self.browser.url.rpartition("/")[2])
        self._send(f"/baskets/{basket}", f"/baskets/{basket}/current")
        for sku, quantity in quantities.items():
            self._send(f"/baskets/{basket}", f"/baskets/{basket}/lines", sku=sku, quantity=str(quantity))
        return basket

    def order(self, basket: int, po_number: str) -> str:
        """The basket ordered; gives the order's number."""
        self._send(f"/baskets/{basket}/order", f"/baskets/{basket}/order", po_number=po_number)
        self.browser.select_form("form#place")
        self.browser.submit_selected()
        number = re.search(r"/orders/([^?]+)", self.browser.url)
        assert number, self.browser.page.get_text()
        return number[1]

    def _send(self, path: str, action: str, **fields: str) -> None:
        self.browser.open(self.url + path)
        self.browser.select_form(f'main form[action="{action}"]')
        for name, value in fields.items():
            self.browser[name] = value
        answer = self.browser.submit_selected()
        assert answer.ok, f"{action}: {answer.status_code} {self.browser.page.get_text()}"
