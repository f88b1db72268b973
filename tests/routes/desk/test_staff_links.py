"""The link with which staff set a password: mailed, good once, and for nobody else (DESK-7)."""

import asyncio
import json

import pytest

from app.rules import log_ins, sealed
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.desk.test_staff import NEW
from tests.rules_named import rule

pytestmark = rule("DESK-7")
GOOD = "Kowhai-blossom-77"


async def link() -> str:
    """The path of the newest link that was mailed."""
    row = await sql.row("SELECT sealed_secrets FROM notices WHERE kind = 'staff_link' ORDER BY id DESC LIMIT 1")
    assert row
    address: str = json.loads(sealed.unseal("mail", row["sealed_secrets"]))["link"]
    return address[address.index("/staff/") :]


async def test_ari_adds_tui_who_sets_a_password_by_the_link(ari: Browser, cast: Cast) -> None:
    shown = words(await ari.follow(await ari.post("/desk/staff", NEW)))
    assert "Tui Rangi" in shown and "A link to set a password is on its way." in shown and "no password yet" in shown
    path = await link()
    ari.sign_out()
    page = words(await ari.get(path))
    assert "tui@harbour.example" in page and "At least 12 characters" in page
    answer = await ari.post(path, {"new_password": GOOD, "repeated": GOOD})
    assert answer.headers["Location"].startswith("/login")
    entered = await log_ins.log_in("TUI@harbour.example", GOOD, "127.0.0.1", "tests")
    assert entered.token and not entered.owes_second_step
    ari.plant(entered.token)
    assert (await ari.get("/desk")).headers["Location"] == "/welcome"


async def test_a_link_works_once_and_looking_at_it_changes_nothing(ari: Browser, cast: Cast) -> None:
    await ari.post("/desk/staff", NEW)
    path = await link()
    for _ in range(3):
        assert (await ari.get(path)).status_code == 200
    fields = {"new_password": GOOD, "repeated": GOOD}
    answers = await asyncio.gather(*(ari.post(path, fields) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert [answer.status_code for answer in answers].count(303) == 1
    for answer in (await ari.get(path), await ari.post(path, fields), await ari.get("/staff/none")):
        assert answer.status_code == 403 and "used, has expired" in words(answer)


@pytest.mark.parametrize(
    ("password", "repeated", "field"),
    [("", "", "new_password"), ("short-A1", "short-A1", "new_password"), (GOOD, GOOD + "x", "repeated")],
)
async def test_a_password_that_does_not_fit_is_told_at_its_field(
    ari: Browser, password: str, repeated: str, field: str
) -> None:
    await ari.post("/desk/staff", NEW)
    path = await link()
    answer = await ari.post(path, {"new_password": password, "repeated": repeated})
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text
    assert not password or password not in answer.text
    assert (await ari.get(path)).status_code == 200


async def test_a_newer_link_ends_the_older_and_the_disabled_have_none(ari: Browser, cast: Cast) -> None:
    await ari.post(f"/desk/staff/{cast.piri.id}/link")
    first = await link()
    await ari.post(f"/desk/staff/{cast.piri.id}/link")
    assert (await ari.get(first)).status_code == 403 and (await ari.get(await link())).status_code == 200
    await ari.post(f"/desk/staff/{cast.piri.id}/suspension")
    assert (await ari.get(await link())).status_code == 403
    assert (await ari.post(f"/desk/staff/{cast.piri.id}/link")).status_code == 403
