"""A form that is not of this visit is refused at every door, whoever's browser sends it, and changes nothing."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pytest

from app.rules.refusals import FORGED
from app.rules.secret import token_for
from tests.browser import Browser, words
from tests.cast import Cast, Person
from tests.rules_named import rule
from tests.safety.claims import for_the_desk, is_open
from tests.safety.digest import digest
from tests.safety.portal_map import Door, doors
from tests.safety.table import FIELDS
from tests.safety.things import Things, give, things_of

POSTS = [door for door in doors() if door.method == "POST" and "elsewhere" not in door.holes]
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=----------b"
Sent = tuple[str, Mapping[str, str]]


def form(fields: Mapping[str, object], **headers: str) -> Sent:
    return urlencode(fields, doseq=True), {"Content-Type": FORM, **headers}


def parts(fields: Mapping[str, object]) -> Sent:
    written = [
        f'------------b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{it}' for name, it in fields.items()
    ]
    return "\r\n".join([*written, "------------b--\r\n"]), {"Content-Type": MULTIPART}


# How a form can be forged, from the browser's own token and the fields rightly filled in.
KINDS: dict[str, Callable[[str, Mapping[str, object]], Sent]] = {
    "no token": lambda own, fields: form(fields),
    "an empty token": lambda own, fields: form({"csrf": "", **fields}),
    "a token of somebody else": lambda own, fields: form({"csrf": token_for("csrf", "somebody else's"), **fields}),
    "a token of another purpose": lambda own, fields: form({"csrf": own[::-1], **fields}),
    "from another site": lambda own, fields: form({"csrf": own, **fields}, **{"Sec-Fetch-Site": "cross-site"}),
    "from a neighbour": lambda own, fields: form({"csrf": own, **fields}, **{"Sec-Fetch-Site": "same-site"}),
    "as text": lambda own, fields: (form({"csrf": own, **fields})[0], {"Content-Type": "text/plain"}),
    "as JSON": lambda own, fields: (form({"csrf": own, **fields})[0], {"Content-Type": "application/json"}),
    "in parts, no token": lambda own, fields: parts(fields),
    "in parts, a token of somebody else": lambda own, fields: parts({"csrf": token_for("csrf", "x"), **fields}),
    "a token in the address": lambda own, fields: form(fields, **{"X-CSRF-Token": own}),
}


async def who_may(cast: Cast, door: Door) -> tuple[Person | None, ...]:
    """Those whose browser a forger would use here."""
    return (None, cast.dana) if is_open(door) else (cast.ari if for_the_desk(door) else cast.dana,)


async def danas(browser: Browser, cast: Cast) -> Things:
    things = await things_of(browser, cast.ben, cast.address, cast.dock)
    await give(things, cast.dana)
    return things


@rule("USER-3")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_forged_form_is_refused_at_every_door(browser: Browser, cast: Cast, kind: str) -> None:
    things, wrong = await danas(browser, cast), []
    sessions: dict[Person | None, dict[str, str]] = {}
    for who in (None, cast.dana, cast.ari):
        browser.sign_out()
        await (browser.sign_in(who) if who else browser.get("/login"))
        sessions[who] = dict(browser.http.cookies)
    before = await digest()
    for door in POSTS:
        for who in await who_may(cast, door):
            browser.sign_out()
            browser.http.cookies.update(sessions[who])
            content, headers = KINDS[kind](browser.csrf, FIELDS.get(door.name, {}))
            path = door.address(things.ids) + ("?csrf=" + browser.csrf if "address" in kind else "")
            answer = await browser.http.post(path, content=content, headers=headers)
            if answer.status_code != 403:
                wrong.append(f"{door.name} for {who.name if who else 'a visitor'}: {answer.status_code}")
    assert not wrong
    assert await digest() == before


@pytest.mark.parametrize("door", [door for door in POSTS if is_open(door)], ids=lambda door: door.name)
async def test_a_visitor_whose_session_ended_still_needs_a_token_at_an_open_door(
    browser: Browser, cast: Cast, door: Door
) -> None:
    things = await danas(browser, cast)
    browser.sign_out()
    browser.plant("ended-session")
    fields = FIELDS.get(door.name, {})
    assert FORGED in words(await browser.post(door.address(things.ids), fields, csrf="x" * 32))
    await browser.get("/login")
    own = token_for("csrf", browser.http.cookies["visit"])
    assert FORGED not in words(await browser.post(door.address(things.ids), fields, csrf=own))
