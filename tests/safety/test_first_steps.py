"""Who owes the first steps is led to them from every door, whatever is asked for and however (LOGIN-3, case 10)."""

import pytest

from app.visits import FIRST_STEPS
from db import sql
from tests.browser import Browser
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule
from tests.safety.asking import Heard, knock_without_a_trace
from tests.safety.digest import digest
from tests.safety.people import ADMINISTRATOR, EVERY_ROLE, Someone, arrive
from tests.safety.portal_map import Door, doors
from tests.safety.things import bens_things, give

OWED = {
    "a new password": "UPDATE users SET password_is_temporary = true WHERE id = $1",
    "a challenge question": "UPDATE users SET challenge_answer_hash = '' WHERE id = $1",
    "a second step": 'DELETE FROM authenticators WHERE "user" = $1',
}


def is_a_step(door: Door) -> bool:
    return any(door.path == path or door.path.startswith(f"{path}/") for path in FIRST_STEPS)


def leads_to_them(heard: Heard, htmx: bool) -> bool:
    headers = dict(heard.headers)
    if htmx:
        return heard.status_code == 200 and headers.get(b"hx-redirect") == b"/welcome"
    return heard.status_code == 303 and headers.get(b"location") == b"/welcome"


@rule("LOGIN-3")
@pytest.mark.parametrize("one", [ADMINISTRATOR, EVERY_ROLE], ids=lambda one: one.label)
@pytest.mark.parametrize("owed", OWED)
async def test_every_other_door_leads_to_the_first_steps(browser: Browser, cast: Cast, owed: str, one: Someone) -> None:
    things = await bens_things(browser, cast)
    person = await arrive(browser, cast, one)
    assert person
    await give(things, person)
    await sql.run("UPDATE companies SET requires_second_step = true")
    await sql.run(OWED[owed], person.id)
    before = await digest("audit_entries")
    asked = [(door, htmx) for door in doors() if not is_a_step(door) for htmx in (False, True)]
    answers = [(door, htmx, await knock_without_a_trace(browser, door, things.ids, htmx=htmx)) for door, htmx in asked]
    assert not [door.name for door, htmx, heard in answers if not leads_to_them(heard, htmx)]
    assert await digest("audit_entries") == before


@rule("LOGIN-3")
@pytest.mark.parametrize("path", ["/account/profile", "/desk/companies/1", "/desk/cases/1", "/nowhere"])
@pytest.mark.parametrize("owed", OWED)
async def test_a_form_that_waited_for_the_log_in_opens_no_page_before_them(
    browser: Browser, cast: Cast, owed: str, path: str
) -> None:
    person = cast.moana if path.startswith("/desk") else cast.ben
    await sql.run('DELETE FROM authenticators WHERE "user" = $1', person.id)
    await sql.run("UPDATE companies SET requires_second_step = true")
    await sql.run(OWED[owed], person.id)
    await browser.get("/login")
    kept = {"kept_path": path, "kept_name": "name", "kept_value": "x"}
    answer = await browser.post("/login", {"email": person.email, "password": PASSWORD, **kept})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/welcome")
