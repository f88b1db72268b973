"""What nobody would type into Quick Order: each is a row with a reason or is said at the field, never a fault."""

import pytest

from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.test_forms import send
from tests.safety.typed import NASTY
from tests.sheet_steps import bens, sheet_of

pytestmark = rule("BASKET-11")


@pytest.mark.parametrize("name", ["text", "codes", "quantities", "basket", "name", "add"])
async def test_whatever_is_typed_is_answered_in_words(browser: Browser, cast: Cast, name: str) -> None:
    ben = await bens(browser, cast)
    for kind, typed in NASTY.items():
        fields = {"basket": "new", "codes": "NOPE", "quantities": "2", name: typed}
        for path in ("/quick-order", "/quick-order/checks"):
            answer = await send(ben, path, fields, htmx=path.endswith("checks"))
            assert answer.status_code in (200, 303, 413, 422), (kind, path, answer.status_code)
            if answer.status_code == 303:
                assert (await ben.follow(answer)).status_code == 200, kind


@pytest.mark.parametrize("name", ["sku", "quantity", "product"])
async def test_a_row_is_mended_with_whatever_is_typed(browser: Browser, cast: Cast, name: str) -> None:
    ben = await bens(browser, cast)
    at = await sheet_of(ben, "NOPE\t1")
    for kind, typed in NASTY.items():
        answer = await send(ben, f"{at}/rows/1", {"sku": "NOPE", "quantity": "2", name: typed}, htmx=True)
        assert answer.status_code in (200, 422), (kind, answer.status_code, words(answer)[:200])


async def test_addresses_of_a_sheet_take_anything(browser: Browser, cast: Cast) -> None:
    ben = await bens(browser, cast)
    at = await sheet_of(ben, "NOPE\t1")
    for name in ("page", "good", "added", "mended", "format", "replaced", "back", "dropped"):
        for kind, typed in NASTY.items():
            answer = await ben.http.get(at, params={name: typed.encode("utf-8", "replace")[:2_000]})
            assert answer.status_code == 200, (name, kind)
