"""Mail at the desk: staff read it and send a failed one again; nobody else sees any of it."""

import pytest

from app.rules import notices
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules.test_notices import fail, write
from tests.rules_named import rule


async def test_moana_reads_a_mail(browser: Browser, cast: Cast) -> None:
    mail = await write()
    await browser.sign_in(cast.moana)
    listed = words(await browser.get("/desk/mail"))
    assert "ben@brightbyte.example Order 20-RK7Q2 kept" in listed
    assert "0 min" in listed
    shown = await browser.get(f"/desk/mail/{mail['id']}")
    assert mail["message_id"] in words(shown)
    assert "5 × $312.40 = $1,562.00" in words(shown)


async def test_the_html_part_stands_alone(browser: Browser, cast: Cast) -> None:
    mail = await write()
    await browser.sign_in(cast.piri)
    answer = await browser.get(f"/desk/mail/{mail['id']}/html")
    assert answer.text == mail["html"]
    assert answer.headers.get_list("content-security-policy") == [
        "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store, private"


async def test_moana_filters_mail(browser: Browser, cast: Cast) -> None:
    await fail(await write())
    await write("dana@brightbyte.example")
    await browser.sign_in(cast.moana)
    failed = words(await browser.get("/desk/mail?state=failed&q=bright"))
    assert "ben@brightbyte.example" in failed
    assert "550 no such user" in failed
    assert "dana@brightbyte.example" not in failed
    assert "No mail fits this filter." in words(await browser.get("/desk/mail?state=sent&q=%27%25"))


async def test_fifty_mails_stand_on_a_page(browser: Browser, cast: Cast) -> None:
    for number in range(51):
        await write(f"user{number}@brightbyte.example")
    await browser.sign_in(cast.moana)
    assert "51 mails, 1 to 50" in words(await browser.get("/desk/mail"))
    last = words(await browser.get("/desk/mail?state=&q=&page=2"))
    assert "user0@brightbyte.example" in last
    assert "51 mails, 51 to 51" in last


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 30, "²"])
async def test_any_page_number_is_answered(browser: Browser, cast: Cast, number: str) -> None:
    await browser.sign_in(cast.moana)
    assert (await browser.get(f"/desk/mail?page={number}")).status_code == 200


@rule("NOTIFY-3")
async def test_piri_sends_a_failed_mail_again(browser: Browser, cast: Cast) -> None:
    mail = await write()
    await fail(mail)
    await browser.sign_in(cast.piri)
    answer = await browser.post(f"/desk/mail/{mail['id']}/delivery")
    shown = words(await browser.follow(answer))
    assert "Only a failed mail is sent again." in shown
    again = await notices.claim()
    assert again
    assert again["id"] == mail["id"]


async def test_only_a_failed_mail_is_sent_again(browser: Browser, cast: Cast) -> None:
    mail = await write()
    await browser.sign_in(cast.moana)
    assert (await browser.post(f"/desk/mail/{mail['id']}/delivery")).status_code == 409
    assert (await browser.get(f"/desk/mail/{mail['id']}/delivery")).status_code in {404, 405}


async def test_mail_that_does_not_exist(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    for address in ("1", f"{2**40}", "x"):
        assert (await browser.get(f"/desk/mail/{address}")).status_code == 404
    assert (await browser.post("/desk/mail/1/delivery")).status_code == 404


async def test_dana_and_a_visitor_see_no_mail(browser: Browser, cast: Cast) -> None:
    mail = await write()
    addresses = ("/desk/mail", f"/desk/mail/{mail['id']}", f"/desk/mail/{mail['id']}/html")
    for address in addresses:
        assert (await browser.get(address)).headers["Location"].startswith("/login")
    await browser.sign_in(cast.dana)
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status_code == 403
        assert "20-RK7Q2" not in answer.text
    assert (await browser.post(f"/desk/mail/{mail['id']}/delivery")).status_code == 403
