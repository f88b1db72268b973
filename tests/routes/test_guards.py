"""Every door says who may pass it; a route that forgets to say so fails here."""

from collections.abc import Iterator

import pytest
from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from app.main import make_portal
from app.routes.guards import open_to_all
from app.rules.privileges import Privilege
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

OPEN = {
    "/",
    "/become-a-reseller",
    "/become-a-reseller/check",
    "/become-a-reseller/confirmation/{token:str}",
    "/become-a-reseller/documents",
    "/become-a-reseller/documents/{document_id:int}/removal",
    "/become-a-reseller/sent",
    "/become-a-reseller/sent/mail",
    "/become-a-reseller/sent/removal",
    "/become-a-reseller/state/{reference:str}/{token:str}",
    "/become-a-reseller/state/{reference:str}/{token:str}/answers",
    "/become-a-reseller/terms",
    "/become-a-reseller/{name:str}",
    "/email-changes/confirmed",
    "/email-changes/{token:str}",
    "/healthz",
    "/login",
    "/login/second-step",
    "/login/second-step/passkey",
    "/metrics",
    "/notification-addresses/confirmed",
    "/notification-addresses/{token:str}",
    "/password-requirements",
    "/password-requirements/common",
    "/password/forgotten",
    "/password/forgotten/sent",
    "/password/help",
    "/password/help/administrator",
    "/password/help/distributor",
    "/password/help/sent",
    "/password/reset/{token:str}",
    "/password/reset/{token:str}/password",
    "/products",
    "/products/suggestions",
    "/products/{sku:str}",
    "/products/{sku:str}/availability",
    "/readyz",
    "/staff/{token:str}",
    "/{elsewhere:path}",
}


def _handlers() -> Iterator[tuple[str, HTTPRouteHandler]]:
    for route in make_portal().routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if handler.name != "options":
                    yield route.path, handler


def test_a_route_that_says_nothing_keeps_the_portal_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    @get("/forgotten")
    async def forgotten() -> str:
        return ""

    monkeypatch.setattr("app.main.ROUTES", [forgotten])
    with pytest.raises(RuntimeError, match="GET /forgotten"):
        make_portal()


def test_only_these_routes_are_open_to_visitors() -> None:
    found = {path for path, handler in _handlers() if open_to_all in handler.resolve_guards()}
    assert found == OPEN


@rule("DESK-1")
@pytest.mark.parametrize("path", ["/desk", "/desk/mail", "/desk/styleguide"])
async def test_the_desk_is_for_staff(browser: Browser, cast: Cast, path: str) -> None:
    assert (await browser.get(path)).headers["Location"].startswith("/login?next=")
    await browser.sign_in(cast.dana)
    assert (await browser.get(path)).status_code == 403
    await browser.sign_in(cast.ari)
    assert (await browser.get(path)).status_code == 200


@rule("USER-3")
async def test_a_privilege_counts_from_the_very_next_request(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.get("/baskets")).status_code == 200
    from db import sql

    await sql.run(
        'DELETE FROM user_privileges WHERE "user" = $1 AND privilege = $2', cast.ben.id, Privilege.USE_BASKETS
    )
    answer = await browser.get("/baskets")
    assert answer.status_code == 403
    assert "Dana Reyes, your website administrator, can allow it" in words(answer)


@rule("USER-4")
async def test_a_privilege_is_asked_before_the_thing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    for path in ("/baskets/1", "/baskets/999999", "/orders/20-AAAAA"):
        assert (await browser.get(path)).status_code == 403, path
