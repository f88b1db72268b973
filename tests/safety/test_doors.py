"""Who passes which door: every route × everybody that the vocabulary can make × whose things, all derived from it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.rules import steady
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.asking import Heard, knock_quickly, knock_without_a_trace
from tests.safety.claims import for_the_desk, refusal
from tests.safety.people import COASTLINE, EVERYBODY, GROUPS, Someone, arrive
from tests.safety.portal_map import Door, doors
from tests.safety.table import EXCEPTIONS, FIELDS, GOOD, sees_colleagues
from tests.safety.things import MISSING, OF_EVERYBODY, OF_ITS_BEARER, Things, give, is_personal, things_of

OWN, COLLEAGUES, STRANGERS, NOBODYS = "own", "a colleague's", "a stranger's", "missing"
MIXED = "a stranger's under an own one"


def whose(door: Door, one: Someone) -> list[str]:
    """The kinds of things that make a difference at this door."""
    holes = set(door.holes) - OF_EVERYBODY
    if not holes or holes & OF_ITS_BEARER:
        return [OWN, NOBODYS][: 1 + len(holes)]
    mixed = [MIXED] if len(holes) > 1 else []
    if not one.company or for_the_desk(door):
        return [OWN, NOBODYS, *mixed]
    return [OWN, *([COLLEAGUES] if is_personal(door) else []), STRANGERS, NOBODYS, *mixed]


def expected(door: Door, one: Someone, things: str) -> frozenset[int]:
    """What the door must answer; more than one status only where a form or a page would do."""
    if status := refusal(door, one):
        return frozenset({status})
    if things == NOBODYS and OF_ITS_BEARER & set(door.holes):
        return frozenset({403, 404})  # used, expired or never there: one answer
    if things in {STRANGERS, NOBODYS, MIXED} or (things == COLLEAGUES and not sees_colleagues(door, one)):
        return frozenset({404})
    return EXCEPTIONS.get(door.name, GOOD)


@dataclass(frozen=True)
class World:
    """Two sets of things of each company: one for whoever asks, one that a colleague keeps."""

    bright: Things
    brights: Things
    coast: Things
    coasts: Things

    def ids(self, door: Door, one: Someone) -> dict[str, dict[str, object]]:
        sides = (self.coast, self.coasts, self.bright) if one.company == COASTLINE else None
        own, colleagues, strangers = sides or (self.bright, self.brights, self.coast)
        last = [*door.holes][-1:]
        mixed = own.ids | {key: thing for key, thing in strangers.ids.items() if key.rpartition("/")[2] in last}
        return {OWN: own.ids, COLLEAGUES: colleagues.ids, STRANGERS: strangers.ids, NOBODYS: MISSING, MIXED: mixed}


@pytest.fixture
async def world(browser: Browser, cast: Cast) -> World:
    bright = [await things_of(browser, cast.ben, cast.address, cast.dock) for _ in range(2)]
    coast = [await things_of(browser, cast.sam, cast.other_address, cast.dock) for _ in range(2)]
    return World(*bright, *coast)


@rule("USER-4", "DESK-1")
@pytest.mark.parametrize("group", GROUPS)
async def test_each_door_answers_each_person_as_its_guards_say(
    browser: Browser, cast: Cast, world: World, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    monkeypatch.setattr(steady, "SECONDS", 0)
    wrong: dict[str, list[str]] = {}
    for one in GROUPS[group]:
        person = await arrive(browser, cast, one)
        if person:
            await give(world.coast if one.company == COASTLINE else world.bright, person)
        for door in doors():
            asked = knock_without_a_trace if door.method == "POST" or one.is_acted else knock_quickly
            answers: dict[str, Heard] = {}
            ids = world.ids(door, one)
            for things in whose(door, one):
                answer = answers[things] = await asked(browser, door, ids[things])
                if answer.status_code not in expected(door, one, things):
                    wrong.setdefault(f"{door.name}, {things}: {answer.status_code}", []).append(one.label)
            not_theirs = [heard for things, heard in answers.items() if things != OWN or refusal(door, one)]
            refused = [heard for heard in not_theirs if heard.status_code in {403, 404}]
            if any(heard != refused[0] for heard in refused):
                wrong.setdefault(f"{door.name}: not theirs is told from missing", []).append(one.label)
    assert not wrong, "\n".join(f"{what} for {len(who)}, such as {who[0]}" for what, who in wrong.items())


def test_the_table_is_whole(record_testsuite_property: Callable[[str, object], None]) -> None:
    answers = sum(len(whose(door, one)) for door in doors() for one in EVERYBODY)
    record_testsuite_property("doors", f"{len(doors())} doors, {len(EVERYBODY)} people, {answers:,} answers")
    assert {door.name for door in doors()} >= {*EXCEPTIONS, *FIELDS}
    assert {hole for door in doors() for hole in door.holes} <= set(MISSING)
    assert answers > len(doors()) * len(EVERYBODY)
