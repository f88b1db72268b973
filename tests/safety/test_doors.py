"""Who passes which door: every route × everybody that the vocabulary can make × whose things, all derived from it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.asking import knock_without_a_trace, told
from tests.safety.claims import for_the_desk, refusal
from tests.safety.people import EVERYBODY, GROUPS, Someone, arrive
from tests.safety.portal_map import Door, doors
from tests.safety.table import EXCEPTIONS, FIELDS, GOOD, sees_colleagues
from tests.safety.things import MISSING, OF_A_PERSON, OF_EVERYBODY, Things, give, things_of

OWN, COLLEAGUES, STRANGERS, NOBODYS = "own", "a colleague's", "a stranger's", "missing"


def whose(door: Door, one: Someone) -> tuple[str, ...]:
    """The kinds of things that make a difference at this door."""
    holes = set(door.holes)
    if not holes - OF_EVERYBODY:
        return (OWN,)
    if not one.company or for_the_desk(door):
        return OWN, NOBODYS
    return (OWN, COLLEAGUES, STRANGERS, NOBODYS) if holes & OF_A_PERSON else (OWN, STRANGERS, NOBODYS)


def expected(door: Door, one: Someone, things: str) -> frozenset[int]:
    """What the door must answer; more than one status only where a form or a page would do."""
    if status := refusal(door, one):
        return frozenset({status})
    if things in {STRANGERS, NOBODYS} or (things == COLLEAGUES and not sees_colleagues(door, one)):
        return frozenset({404})
    return EXCEPTIONS.get(door.name, GOOD)


@dataclass(frozen=True)
class World:
    """Two sets of things of each company: one for whoever asks, one that a colleague keeps."""

    bright: Things
    brights: Things
    coast: Things
    coasts: Things

    def ids(self, one: Someone) -> dict[str, dict[str, object]]:
        sides = (self.coast, self.coasts, self.bright) if one.company == "Coastline" else None
        own, colleagues, strangers = sides or (self.bright, self.brights, self.coast)
        return {OWN: own.ids, COLLEAGUES: colleagues.ids, STRANGERS: strangers.ids, NOBODYS: MISSING}


@pytest.fixture
async def world(browser: Browser, cast: Cast) -> World:
    bright = [await things_of(browser, cast.ben, cast.address, cast.dock) for _ in range(2)]
    coast = [await things_of(browser, cast.sam, cast.other_address, cast.dock) for _ in range(2)]
    return World(*bright, *coast)


@rule("USER-4", "DESK-1")
@pytest.mark.parametrize("group", GROUPS)
async def test_each_door_answers_each_person_as_its_guards_say(
    browser: Browser, cast: Cast, world: World, group: str
) -> None:
    wrong = []
    for one in GROUPS[group]:
        person = await arrive(browser, cast, one)
        ids = world.ids(one)
        if person and one.company:
            await give(world.coast if one.company == "Coastline" else world.bright, person)
        for door in doors():
            answers = {}
            for things in whose(door, one):
                answer = answers[things] = await knock_without_a_trace(browser, door, ids[things])
                if answer.status_code not in expected(door, one, things):
                    wrong.append(f"{door.name} for {one.label}, {things}: {answer.status_code}")
            told_apart = [told(answer) for answer in answers.values() if answer.status_code in {403, 404}]
            if any(one_answer != told_apart[0] for one_answer in told_apart):
                wrong.append(f"{door.name} for {one.label}: a thing that is not theirs is told from a missing one")
    assert not wrong


def test_the_table_is_whole(record_testsuite_property: Callable[[str, object], None]) -> None:
    answers = sum(len(whose(door, one)) for door in doors() for one in EVERYBODY)
    record_testsuite_property("doors", f"{len(doors())} doors, {len(EVERYBODY)} people, {answers:,} answers")
    assert {door.name for door in doors()} >= {*EXCEPTIONS, *FIELDS}
    assert {hole for door in doors() for hole in door.holes} <= set(MISSING)
    assert answers > len(doors()) * len(EVERYBODY)
