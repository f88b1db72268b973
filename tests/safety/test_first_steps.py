"""Who owes the first steps is led to them from every door, whatever is asked for and however (LOGIN-3, case 10)."""

import pytest

from app.visits import FIRST_STEPS
from db import sql
from tests.browser import Browser
from tests.cast import Cast
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
