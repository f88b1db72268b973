"""The address book (ORDER-1)."""

import pytest

from app.rules.addresses import LIMITS
from db import sql
from db.companies import Address
from tests.browser import Browser, words
from tests.cast import Cast
from tests.checking_out import basket_of, filled, placed
from tests.rules_named import rule

YARD = {"name": "Yard", "line1": "1 Yard Rd", "city": "Napier", "postcode": "4110", "country": "nz", "is_default": "1"}


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


@rule("ORDER-1")
async def test_dana_keeps_an_address(dana: Browser, cast: Cast) -> None:
    page = await dana.follow(await dana.post("/account/addresses", YARD))
    assert "Added to the address book." in words(page) and "1 Yard Rd, Napier 4110, NZ" in words(page)
    defaults = await Address.select(Address.name).where(
        Address.is_default.eq(True) & (Address.company == cast.brightbyte)
    )
    assert [row["name"] for row in defaults] == ["Yard"]
    assert await sql.value("SELECT count(*) FROM addresses WHERE company = $1 AND is_default", cast.coastline) == 1


async def test_a_town_is_named_once_wherever_an_address_stands(dana: Browser, cast: Cast) -> None:
    await dana.post("/account/addresses", {**YARD, "city": "Auckland", "region": "auckland", "postcode": "1052"})
    basket = await basket_of(cast.dana, (cast.dock, 1))
    assert "1 Yard Rd, Auckland 1052, NZ" in words(await dana.get("/account/addresses"))
    form = await filled(dana, basket)
    assert "1 Yard Rd, Auckland 1052, NZ" in (await dana.get(f"/baskets/{basket}/order")).text
    number = await placed(dana, basket, **form)
    mail = await sql.row("SELECT text, html FROM notices")
    assert mail
    for told in (words(await dana.get(f"/orders/{number}")), mail["text"], mail["html"]):
        assert "Auckland 1052" in told and "auckland" not in told


async def test_dana_changes_and_removes_an_address(dana: Browser, cast: Cast) -> None:
    path = f"/account/addresses/{cast.address}"
    assert 'value="12 Quay Street"' in (await dana.get(path)).text
    page = await dana.follow(await dana.post(path, {**YARD, "line1": "13 Quay St"}))
    assert "13 Quay St" in words(page)
    page = await dana.follow(await dana.post(f"{path}/removal"))
    assert "Removed" in words(page) and "No addresses yet" in words(page)
    assert (await dana.post(f"{path}/removal")).status_code == 404


@pytest.mark.parametrize("name", ["name", "line1", "city", "postcode", "country"])
async def test_a_missing_part_is_said_at_its_field(dana: Browser, name: str) -> None:
    answer = await dana.post("/account/addresses", {**YARD, "attention": "Yan <ok>", name: " "})
    assert answer.status_code == 422 and f'id="field-{name}-error"' in answer.text and "Yan &lt;ok&gt;" in answer.text


@pytest.mark.parametrize("name", LIMITS)
async def test_too_long_a_part_is_said_at_its_field(dana: Browser, cast: Cast, name: str) -> None:
    wrong = {**YARD, name: "x" * (LIMITS[name] + 1)}
    for path in ("/account/addresses", f"/account/addresses/{cast.address}"):
        answer = await dana.post(path, wrong)
        assert answer.status_code == 422 and f'id="field-{name}-error"' in answer.text
    assert await Address.count() == 2


@pytest.mark.parametrize(("name", "typed"), [("country", "N1"), ("country", "New Zealand"), ("city", "a\0b")])
async def test_what_no_parcel_bears_is_refused(dana: Browser, name: str, typed: str) -> None:
    assert (await dana.post("/account/addresses", {**YARD, name: typed})).status_code == 422


async def test_the_book_is_searched(dana: Browser) -> None:
    await dana.post("/account/addresses", YARD)
    found = words(await dana.get("/account/addresses?q=yard+r"))
    assert "1 Yard Rd" in found and "Quay" not in found and "1 address, 1 to 1" in found
    for other in ("%", "_", "\\", "zebra", "\0"):
        page = await dana.http.get("/account/addresses", params={"q": other})
        assert page.status_code == 200 and ("No address fits" in words(page)) is (other != "\0")


async def test_ben_reads_the_book_and_changes_nothing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    page = await browser.get("/account/addresses")
    assert "12 Quay Street" in page.text and "disabled" in page.text and "deliver to a new address" in words(page)
    assert "/account/addresses/" not in page.text
    for path in ("", f"/{cast.address}", f"/{cast.address}/removal", "/99", f"/{10**11}/removal"):
        answer = await browser.post(f"/account/addresses{path}", YARD)
        assert answer.status_code == 403 and "Dana Reyes" in words(answer)
    assert (await browser.get("/account/addresses/new")).status_code == 403


async def test_vera_has_no_address_book(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    assert (await browser.get("/account/addresses")).status_code == 403


async def test_sams_addresses_do_not_exist_for_dana(dana: Browser, cast: Cast) -> None:
    assert "Beach Road" not in (await dana.get("/account/addresses")).text
    for number in (cast.other_address, 10**11):
        path = f"/account/addresses/{number}"
        assert (await dana.get(path)).status_code == 404
        assert (await dana.post(path, YARD)).status_code == 404
        assert (await dana.post(f"{path}/removal")).status_code == 404
    assert await Address.exists().where(Address.id == cast.other_address)


async def test_a_get_removes_nothing(dana: Browser, cast: Cast) -> None:
    assert (await dana.get(f"/account/addresses/{cast.address}/removal")).status_code == 405
